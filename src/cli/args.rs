//! The arguments of the command, and the help that people read. Nothing is run or read here.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::ranges::{self, Named};
use super::values;
use crate::export::Units;
use crate::uncertainty::Measure;

const EXAMPLES: &str = "\
Examples:
  wholelife init my.toml                      write a starter scenario, with comments
  wholelife compare my.toml                   what each option costs and gives, side by side
  wholelife report my.toml -o board-paper     spreadsheets and charts for a paper

Exit codes: 0 done; 1 the scenario has faults; 2 a wrong argument, or a file that can't be read or written.";

/// Whole-life cost of digital services, funded through standing teams or through projects.
///
/// A scenario file says what is to be built, who builds and keeps it, and several options to fund that
/// work. wholelife runs every option through the same mechanism, month by month.
#[derive(Debug, Parser)]
#[command(name = "wholelife", version, after_help = EXAMPLES, max_term_width = 100)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show what each option costs and gives over its whole life, side by side
    Compare(Compare),
    /// Say everything that is wrong with scenario files, without running them
    Check(Check),
    /// Show affordability, accounts, and how the two cases reconcile, year by year
    Statements(Statements),
    /// Show what each uncertain input does to the result, or two inputs against one another
    Sensitivity(Sensitivity),
    /// Find the values of inputs at which the preferred option changes
    Switching(Switching),
    /// Draw the uncertain inputs thousands of times: spreads, chances, cash by year
    Simulate(Simulate),
    /// List every amount behind the totals, one row each
    Ledger(Ledger),
    /// Say why one option costs more than another, mechanism by mechanism
    Bridge(Bridge),
    /// Show what differs between two scenario files, and what each change does to the headlines
    Diff(Diff),
    /// Write spreadsheets (CSV) and charts for a paper into a folder
    Report(Report),
    /// Write a commented starter scenario to begin from
    Init(Init),
}

/// `wholelife compare`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wholelife compare my.toml
  wholelife compare my.toml --between team,project --units £m
  wholelife compare my.toml --set service.booking.effort.beta=\"12 team-months\"
  wholelife compare my.toml --discount green-book-2026,review-2026
  wholelife compare my.toml --format csv > comparison.csv
  cat my.toml | wholelife compare -")]
pub(super) struct Compare {
    /// Scenario files; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Show the difference between these two options, by their names in the file
    #[arg(long, value_name = "A,B", value_parser = pair)]
    pub(super) between: Option<(String, String)>,
    /// Run under each of these discount schedules, and show their figures side by side
    #[arg(long, value_name = "SCHEDULE,...", value_delimiter = ',')]
    pub(super) discount: Vec<String>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,
    /// Units of money in tables for people; csv and json are always in pounds
    #[arg(long, value_enum, default_value_t = Units::Thousands)]
    pub(super) units: Units,
    #[command(flatten)]
    pub(super) changes: Changes,
    #[command(flatten)]
    pub(super) strictness: Strictness,
}

/// `wholelife check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wholelife check my.toml
  wholelife check scenarios/*.toml --strict")]
pub(super) struct Check {
    /// Scenario files; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) strictness: Strictness,
}

/// `wholelife statements`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wholelife statements my.toml --option team
  wholelife statements my.toml --option team --organisation trust-a --format csv > statements.csv")]
pub(super) struct Statements {
    /// Scenario file; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Only this option, by its name in the file
    #[arg(long, value_name = "OPTION")]
    pub(super) option: Option<String>,
    /// Only what this organisation bears, by its name in the file
    #[arg(long, value_name = "ORGANISATION")]
    pub(super) organisation: Option<String>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,
    /// Units of money in tables for people; csv and json are always in pounds
    #[arg(long, value_enum, default_value_t = Units::Thousands)]
    pub(super) units: Units,
    #[command(flatten)]
    pub(super) changes: Changes,
    #[command(flatten)]
    pub(super) strictness: Strictness,
}

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
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,
    /// Units of money in tables for people; csv and json are always in pounds
    #[arg(long, value_enum, default_value_t = Units::Thousands)]
    pub(super) units: Units,
    #[command(flatten)]
    pub(super) changes: Changes,
    #[command(flatten)]
    pub(super) strictness: Strictness,
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
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,
    /// Units of money in tables for people; csv and json are always in pounds
    #[arg(long, value_enum, default_value_t = Units::Thousands)]
    pub(super) units: Units,
    #[command(flatten)]
    pub(super) changes: Changes,
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

/// `wholelife simulate`.
#[derive(Debug, Args)]
#[command(after_help = "\
Ctrl-C stops it and shows what whole rounds of draws have given by then; then the exit code is 130.

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
    /// Stop when the standard error of every option's P80 net present cost is at most this
    #[arg(long, value_name = "MONEY", value_parser = values::pounds)]
    pub(super) precision: Option<f64>,
    /// Show the difference between these two options, by their names in the file
    #[arg(long, value_name = "A,B", value_parser = pair)]
    pub(super) between: Option<(String, String)>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,
    /// Units of money in tables for people; csv and json are always in pounds
    #[arg(long, value_enum, default_value_t = Units::Thousands)]
    pub(super) units: Units,
    #[command(flatten)]
    pub(super) changes: Changes,
    #[command(flatten)]
    pub(super) strictness: Strictness,
}

/// `wholelife ledger`.
#[derive(Debug, Args)]
#[command(after_help = "\
Every total of every other output is a sum of these rows.

Examples:
  wholelife ledger my.toml > ledger.csv
  wholelife ledger my.toml --option team | head")]
pub(super) struct Ledger {
    /// Scenario file; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Only this option, by its name in the file
    #[arg(long, value_name = "OPTION")]
    pub(super) option: Option<String>,
    /// How to write the rows
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub(super) format: Format,
    /// Units of money in tables for people; csv and json are always in pounds
    #[arg(long, value_enum, default_value_t = Units::Pounds)]
    pub(super) units: Units,
    #[command(flatten)]
    pub(super) changes: Changes,
    #[command(flatten)]
    pub(super) strictness: Strictness,
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
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,
    /// Units of money in tables for people; csv and json are always in pounds
    #[arg(long, value_enum, default_value_t = Units::Thousands)]
    pub(super) units: Units,
    #[command(flatten)]
    pub(super) changes: Changes,
    #[command(flatten)]
    pub(super) strictness: Strictness,
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
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,
    /// Units of money in tables for people; csv and json are always in pounds
    #[arg(long, value_enum, default_value_t = Units::Thousands)]
    pub(super) units: Units,
    #[command(flatten)]
    pub(super) strictness: Strictness,
}

/// `wholelife report`.
#[derive(Debug, Args)]
#[command(after_help = "\
Running it again brings the folder up to date. A file there that wholelife did not write, or that somebody
has edited since, is never overwritten without --force; then nothing at all is written.

Examples:
  wholelife report my.toml -o board-paper
  wholelife report my.toml -o late-approval --set approach.project.approval.lead=\"24 months\"")]
pub(super) struct Report {
    /// Scenario file; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The folder to write into; it is made if it isn't there
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: PathBuf,
    /// Overwrite files that are not wholelife's own, or that were edited
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) changes: Changes,
    #[command(flatten)]
    pub(super) strictness: Strictness,
}

/// `wholelife init`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wholelife init my.toml
  wholelife init | less")]
pub(super) struct Init {
    /// The file to write; without one, or with `-`, the scenario goes to standard output
    #[arg(value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    /// Overwrite the file if it is there
    #[arg(long)]
    pub(super) force: bool,
}

/// Inputs that are changed for this run.
#[derive(Debug, Args)]
pub(super) struct Changes {
    /// Change an input for this run, by its key in the file; may be given several times
    #[arg(long, value_name = "KEY=VALUE", value_parser = change)]
    pub(super) set: Vec<(String, String)>,
}

/// What counts as a fault.
#[derive(Debug, Args)]
pub(super) struct Strictness {
    /// Treat warnings as faults
    #[arg(long)]
    pub(super) strict: bool,
}

/// How to write a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Aligned text, for people
    Table,
    /// For spreadsheets: raw numbers, in pounds; the main table only
    Csv,
    /// For other programs: exact amounts, in pounds
    Json,
    /// For papers and issues
    Markdown,
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

impl ValueEnum for Units {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Pounds, Self::Thousands, Self::Millions]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let alias = match self {
            Self::Pounds => "pounds",
            Self::Thousands => "thousands",
            Self::Millions => "millions",
        };
        Some(PossibleValue::new(self.sign()).alias(alias).help(format!("or `{alias}`")))
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let names: Vec<&str> = text.split(',').map(str::trim).collect();
    match names[..] {
        [first, second] if !first.is_empty() && !second.is_empty() && first != second => {
            Ok((first.into(), second.into()))
        }
        _ => Err("two different options are needed, with a comma between them: team,project".into()),
    }
}

fn change(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').unwrap_or(("", ""));
    let (key, value) = (key.trim(), value.trim());
    if key.is_empty() || value.is_empty() {
        return Err("a key and a value are needed: service.booking.effort.beta=\"12 team-months\"".into());
    }
    Ok((key.into(), value.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_do_not_contradict_one_another() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_change_may_hold_an_equals_sign() {
        assert_eq!(change("a.b = { low = \"1%\" }"), Ok(("a.b".into(), "{ low = \"1%\" }".into())));
        for wrong in ["a.b", "=1", "a=", "", " = "] {
            assert!(change(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_pair_is_two_different_options() {
        assert_eq!(pair("team, project"), Ok(("team".into(), "project".into())));
        for wrong in ["team", "team,", "team,team", "a,b,c", ""] {
            assert!(pair(wrong).is_err(), "{wrong}");
        }
    }
}
