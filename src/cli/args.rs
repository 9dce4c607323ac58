//! The arguments of the command, and the help that people read. Nothing is run or read here.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::changes::{Changes, Strictness};
use super::explain::Explain;
use super::questions::{Bridge, Diff, Sensitivity, Simulate, Switching};
use crate::calendar::is_date;
use crate::export::Units;

const EXAMPLES: &str = "\
Examples:
  wholelife init my.toml                      write a starter scenario, with comments
  wholelife compare my.toml                   what each option costs and gives, side by side
  wholelife report my.toml -o board-paper     workbook, paper, tables and charts for a board

Exit codes: 0 done; 1 the scenario has faults; 2 a wrong argument, or a file that can't be read or
written; 3 a fault in wholelife itself, found by the checks that every run makes: no figure is shown.";

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
    /// List the rules that `check` applies, or explain one of them or a fault: `wholelife rules WL0101`
    Rules(Rules),
    /// List what a scenario assumes: value, source, owner, and how much the answer moves with each
    Assumptions(Assumptions),
    /// List the built-in parameters with their sources, or compare two editions
    Params(Params),
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
    /// Say where a figure comes from, down to the inputs
    Explain(Explain),
    /// Write the board pack into a folder: workbook, paper (HTML and Word), tables and charts
    Report(Report),
    /// Write the workbook with live formulas alone
    Workbook(Workbook),
    /// Write a commented starter scenario to begin from
    Init(Init),
    /// Print what a scenario file may say, as a JSON Schema, for editors and other programs
    Schema,
    /// Print a script that completes the commands and arguments of wholelife in a shell
    Completions(Completions),
    /// Print the manual page of wholelife, or write those of all its commands into a folder
    Man(Manual),
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
  wholelife compare scenarios/*.toml                          a portfolio: one table, and what it comes to
  wholelife compare scenarios/*.toml --option team,squad      of each file the first of these that it has
  wholelife compare scenarios/*.toml --format csv > portfolio.csv
  cat my.toml | wholelife compare -

Of several files, one that can't be run is told and left out; the exit code is then 1, or 2 if it can't be read.")]
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
    /// Show a portfolio's table even of a single file, as a part of a larger run
    #[arg(long)]
    pub(super) portfolio: bool,
    /// Of several files, add up the first of these options that each has; otherwise every option of the same name
    #[arg(long, value_name = "OPTION,...", value_delimiter = ',')]
    pub(super) option: Vec<String>,
    #[command(flatten)]
    pub(super) shown: Shown,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// `wholelife check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wholelife check my.toml
  wholelife check scenarios/*.toml --strict
  wholelife check my.toml --on 2026-11-23            are reviews and parameters out of date on that day?
  wholelife check scenarios/*.toml --format github   marks the lines in a pull request

A warning that is meant can be allowed in the scenario, with a reason:
  allow = [{ rule = \"large-team\", key = \"team.product\", reason = \"...\" }]
`wholelife rules` lists every rule.")]
pub(super) struct Check {
    /// Scenario files; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t = Findings::Text)]
    pub(super) format: Findings,
    /// The day from which dates are past; without one, the start of the programme
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) on: Option<String>,
    #[command(flatten)]
    pub(super) strictness: Strictness,
}

/// `wholelife rules`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wholelife rules
  wholelife rules no-effect
  wholelife rules WL0006 --format json")]
pub(super) struct Rules {
    /// The name or the number of a rule or a fault
    #[arg(value_name = "RULE")]
    pub(super) rule: Option<String>,
    #[command(flatten)]
    pub(super) shown: Shown,
}

/// `wholelife assumptions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wholelife assumptions my.toml
  wholelife assumptions my.toml --between team,project --format csv > register.csv")]
pub(super) struct Assumptions {
    /// Scenario file; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Show what each does to the difference between these two options, by their names in the file
    #[arg(long, value_name = "A,B", value_parser = pair)]
    pub(super) between: Option<(String, String)>,
    #[command(flatten)]
    pub(super) shown: Shown,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// `wholelife params`.
#[derive(Debug, Args)]
#[command(mut_arg("units", |arg| arg.default_value("£").global(true)), mut_arg("format", |arg| arg.global(true)))]
#[command(after_help = "\
Examples:
  wholelife params list                              the editions
  wholelife params show                              every parameter of the default edition
  wholelife params show pension --edition nhs-england-2025-26
  wholelife params compare nhs-england-2025-26 nhs-england-2026-27

A scenario replaces a parameter under `[parameter]`, with its own source:
  [parameter]
  pdc-dividend.rate = { value = \"4%\", source = \"...\" }")]
pub(super) struct Params {
    #[command(subcommand)]
    pub(super) command: ParamsCommand,
    #[command(flatten)]
    pub(super) shown: Shown,
}

/// What to do with parameters.
#[derive(Debug, Subcommand)]
pub(super) enum ParamsCommand {
    /// List the editions
    List,
    /// Show the parameters of an edition: all, or those whose key begins with KEY
    Show {
        /// The beginning of a key, whole parts of it: `pension`, `vat.standard`
        key: Option<String>,
        /// The edition
        #[arg(long, default_value = "nhs-england-2026-27")]
        edition: String,
    },
    /// Show what differs between two editions
    Compare {
        /// The first edition
        old: String,
        /// The second edition
        new: String,
    },
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
    #[command(flatten)]
    pub(super) shown: Shown,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// `wholelife ledger`.
#[derive(Debug, Args)]
#[command(mut_arg("format", |arg| arg.default_value("csv")), mut_arg("units", |arg| arg.default_value("£")))]
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
    #[command(flatten)]
    pub(super) shown: Shown,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// `wholelife report`.
#[derive(Debug, Args)]
#[command(after_help = "\
Running it again brings the folder up to date. A file there that wholelife did not write, or that somebody
has edited since, is never overwritten without --force; then nothing at all is written.

Examples:
  wholelife report my.toml -o board-paper
  wholelife report my.toml -o late-approval --set approach.project.approval.lead=\"24 months\"
  wholelife report scenarios/*.toml -o papers     a folder for each, and the portfolio's tables beside them")]
pub(super) struct Report {
    /// Scenario files; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The folder to write into; it is made if it isn't there
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: PathBuf,
    /// Overwrite files that are not wholelife's own, or that were edited
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// `wholelife workbook`.
#[derive(Debug, Args)]
#[command(after_help = "\
Change an assumption in it, and every total, metric and chart follows. Delivery timing is frozen.

Examples:
  wholelife workbook my.toml -o my.xlsx
  wholelife workbook my.toml -o - | ssh files \"cat > my.xlsx\"
  wholelife workbook my.toml -o dearer.xlsx --set parameter.vat.standard=\"22%\"")]
pub(super) struct Workbook {
    /// Scenario file; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The file to write; `-` for standard output
    #[arg(short, long, value_name = "XLSX")]
    pub(super) output: PathBuf,
    /// Overwrite the file if it is there
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// `wholelife init`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wholelife init my.toml
  wholelife init my.toml --schema      with help from an editor that knows TOML schemas
  wholelife init | less")]
pub(super) struct Init {
    /// The file to write; without one, or with `-`, the scenario goes to standard output
    #[arg(value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    /// Overwrite the file if it is there
    #[arg(long)]
    pub(super) force: bool,
    /// Write wholelife.schema.json beside it, and point editors at that in its first line
    #[arg(long)]
    pub(super) schema: bool,
}

/// `wholelife completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wholelife completions bash > ~/.local/share/bash-completion/completions/wholelife
  wholelife completions powershell >> $PROFILE")]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

/// `wholelife man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wholelife man | man -l -
  wholelife man -o ~/.local/share/man/man1")]
pub(super) struct Manual {
    /// The folder to write the pages into, one for each command; it is made if it isn't there
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite pages that are there
    #[arg(long)]
    pub(super) force: bool,
}

/// How a result is shown: flattened into every command that prints tables.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Shown {
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,
    /// Units of money in tables for people; csv and json are always in pounds
    #[arg(long, value_enum, default_value_t = Units::Thousands)]
    pub(super) units: Units,
}

/// How to write findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Findings {
    /// For people, with the lines they are about
    Text,
    /// For other programs
    Json,
    /// For code review tools: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations in a pull request
    Github,
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

/// Two options, with a comma between them.
pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    let names: Vec<&str> = text.split(',').map(str::trim).collect();
    match names[..] {
        [first, second] if !first.is_empty() && !second.is_empty() && first != second => {
            Ok((first.into(), second.into()))
        }
        _ => Err("two different options are needed, with a comma between them: team,project".into()),
    }
}

fn day(text: &str) -> Result<String, String> {
    if !is_date(text) {
        return Err("a date is needed, like 2026-11-23 or 2026-11".into());
    }
    Ok(text.to_owned())
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
    fn a_pair_is_two_different_options() {
        assert_eq!(pair("team, project"), Ok(("team".into(), "project".into())));
        for wrong in ["team", "team,", "team,team", "a,b,c", ""] {
            assert!(pair(wrong).is_err(), "{wrong}");
        }
    }
}
