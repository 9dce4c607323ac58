//! The arguments of the commands that ask what the answer rests on: how sure, what does what, why.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::args::{Shown, pair};
use super::changes::{Changes, Strictness};
use super::ranges::{self, Named};
use super::values;
use crate::uncertainty::Measure;

/// `wholelife sensitivity`.
#[derive(Debug, Args)]
#[command(after_help = "\
Each uncertain input goes to its low and to its high, the others stay central.

Examples:
  wholelife sensitivity my.toml
  wholelife sensitivity my.toml --measure npsv --format csv > sensitivity.csv
  wholelife sensitivity my.toml --grid approach.team.overrun approach.project.overrun
  wholelife sensitivity my.toml --grid approach.team.overrun \\
      \"service.booking.effort.beta=7 team-months..14 team-months\"")]
pub(super) struct Sensitivity {
    /// Scenario file; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The figure to look at (default: the difference between two options, if there are two)
    #[arg(long, value_enum)]
    pub(super) measure: Option<Figure>,
    /// The two options whose difference is taken, by their names in the file
    #[arg(long, value_name = "A,B", value_parser = pair)]
    pub(super) between: Option<(String, String)>,
    /// Vary these two inputs together; a range other than an input's own is written KEY=LOW..HIGH
    #[arg(long, num_args = 2, value_names = ["KEY_A", "KEY_B"], value_parser = ranges::named)]
    pub(super) grid: Option<Vec<Named>>,
    /// How many values of each input the grid takes
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u8).range(2..=101), requires = "grid")]
    pub(super) steps: u8,
    #[command(flatten)]
    pub(super) shown: Shown,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// `wholelife switching`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wholelife switching my.toml
  wholelife switching my.toml --between team,project --by npsv
  wholelife switching my.toml --input service.booking.effort.beta
  wholelife switching my.toml --input \"service.booking.run=£100k a year..£900k a year\"")]
pub(super) struct Switching {
    /// Scenario file; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Only this input; may be given several times (default: every uncertain one)
    #[arg(long, value_name = "KEY[=LOW..HIGH]", value_parser = ranges::named)]
    pub(super) input: Vec<Named>,
    /// The two options that are compared, by their names in the file
    #[arg(long, value_name = "A,B", value_parser = pair)]
    pub(super) between: Option<(String, String)>,
    /// What makes an option the preferred one
    #[arg(long, value_enum, default_value_t = Preference::Cost)]
    pub(super) by: Preference,
    #[command(flatten)]
    pub(super) shown: Shown,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// `wholelife simulate`.
#[derive(Debug, Args)]
#[command(after_help = "\
Ctrl-C stops it and shows what whole batches of 10,000 draws have given by then; then the exit code is 130.

Examples:
  wholelife simulate my.toml
  wholelife simulate my.toml -n 1000000 --precision \"£5k\"
  wholelife simulate my.toml --between team,project --format json > draws.json")]
pub(super) struct Simulate {
    /// Scenario file; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// How many draws; with --precision, at most
    #[arg(short = 'n', long, value_name = "N", default_value_t = 100_000, value_parser = values::draws)]
    pub(super) draws: usize,
    /// What the random numbers begin from: the same seed gives the same draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
    /// How many threads work at it; the result is the same for any number [default: one a core]
    #[arg(long, value_name = "N", value_parser = values::threads)]
    pub(super) threads: Option<usize>,
    /// Stop when the standard error of every option's P80 net present cost is at most this; if N draws don't reach it,
    /// it says what they reached, and what it would take
    #[arg(long, value_name = "MONEY", value_parser = values::pounds)]
    pub(super) precision: Option<f64>,
    /// Show the difference between these two options, by their names in the file
    #[arg(long, value_name = "A,B", value_parser = pair)]
    pub(super) between: Option<(String, String)>,
    #[command(flatten)]
    pub(super) shown: Shown,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// `wholelife bridge`.
#[derive(Debug, Args)]
#[command(after_help = "\
The bars add up to the difference exactly. A mechanism that is the same in both options has no bar.

Examples:
  wholelife bridge my.toml --from project --to team
  wholelife bridge my.toml --from project --to team --measure npsv --format markdown
  wholelife bridge my.toml --from project --via staged --to team
                          size and staffing first (project to staged), then the funding model (staged to team)")]
pub(super) struct Bridge {
    /// Scenario file; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The option to begin at, by its name in the file
    #[arg(long, value_name = "OPTION")]
    pub(super) from: String,
    /// The option to end at
    #[arg(long, value_name = "OPTION")]
    pub(super) to: String,
    /// An option on the way, to tell apart what it shares with one and with the other
    #[arg(long, value_name = "OPTION")]
    pub(super) via: Option<String>,
    /// What is explained
    #[arg(long, value_enum, default_value_t = Measure::Cost)]
    pub(super) measure: Measure,
    #[command(flatten)]
    pub(super) shown: Shown,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// `wholelife diff`.
#[derive(Debug, Args)]
#[command(after_help = "\
Contributions add up to each headline's difference exactly. Up to 12 changes are shared by Shapley value; more by
the order of the file and its reverse.

Exit codes: 0 done; 1 one of the scenarios has faults, or with --exit-code they differ; 2 a wrong argument, or a
file that can't be read. To tell faults from differences, run `wholelife check` first.

Examples:
  wholelife diff last-year.toml this-year.toml
  wholelife diff draft.toml agreed.toml --exit-code --format json")]
pub(super) struct Diff {
    /// The old scenario file; `-` for standard input
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,
    /// The new one
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,
    /// End with exit code 1 if the files differ, 0 if they don't
    #[arg(long)]
    pub(super) exit_code: bool,
    #[command(flatten)]
    pub(super) shown: Shown,
    #[command(flatten)]
    pub(super) strictness: Strictness,
}

/// The figure that sensitivity looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Figure {
    /// Net present cost, of every option
    Cost,
    /// Net present social value, of every option
    Npsv,
    /// Net present cost of the first option less that of the second
    Difference,
}

/// What makes an option the preferred one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Preference {
    /// The lower net present cost
    Cost,
    /// The higher net present social value
    Npsv,
}

impl ValueEnum for Measure {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Cost, Self::Npsv]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Cost => PossibleValue::new("cost").help("net present cost"),
            Self::Npsv => PossibleValue::new("npsv").help("net present social value, against the baseline"),
        })
    }
}
