//! The command: arguments in, exit code out. The only room that touches disk or terminal.
//!
//! Data goes to standard output, everything else to standard error. What the commands print comes from the
//! library as tables and bytes; here it is only read, shown and stored.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

mod args;
mod assumptions;
mod bridge;
mod changes;
mod check;
mod choice;
mod closed;
mod compare;
mod diff;
mod explain;
mod failure;
mod files;
mod folder;
mod init;
mod input;
mod ledger;
mod manifest;
mod manual;
mod params;
mod plain;
mod portfolio;
mod progress;
mod questions;
mod ranges;
mod report;
mod rules;
mod schema;
mod screen;
mod sensitivity;
mod simulate;
mod statements;
mod switching;
mod values;
mod wildcards;
mod work;
mod workbook;

use args::{Arguments, Command};
use failure::Failure;
use screen::Screen;

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All is done.
    Done,
    /// The scenario has faults, and they have been told.
    Faults,
    /// What was compared differs, and the answer was asked for as an exit code.
    Differs,
    /// Some of several files could not be shown; they have been told. The worst of their exit codes.
    Partly(u8),
    /// The user stopped it; what was done by then has been shown.
    Stopped,
}

/// Runs the command with its arguments: 0 done, 1 a scenario has faults, 2 usage or environment, 3 a run
/// that fails its own checks.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let screen = Screen::new();
    let mut arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(answer) if answer.use_stderr() => {
            // If it can't be shown, nothing can be told of it.
            let _ = answer.print();
            return ExitCode::from(2);
        }
        // Help and version come this way.
        Err(answer) => return code(screen::written(answer.print()).map(|()| Outcome::Done), &screen),
    };
    if cfg!(windows) {
        wildcards::expand(&mut arguments.command);
    }
    code(dispatch(&arguments.command, &screen), &screen)
}

fn code(result: Result<Outcome, Failure>, screen: &Screen) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Faults | Outcome::Differs) => ExitCode::from(1),
        Ok(Outcome::Partly(code)) => ExitCode::from(code),
        Ok(Outcome::Stopped) => ExitCode::from(130),
        Err(failure) => {
            screen.fail(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn dispatch(command: &Command, screen: &Screen) -> Result<Outcome, Failure> {
    match command {
        Command::Compare(args) => compare::run(args, screen),
        Command::Bridge(args) => bridge::run(args, screen),
        Command::Diff(args) => diff::run(args, screen),
        Command::Explain(args) => explain::run(args, screen),
        Command::Check(args) => check::run(args, screen),
        Command::Rules(args) => rules::run(args, screen),
        Command::Assumptions(args) => assumptions::run(args, screen),
        Command::Params(args) => params::run(args, screen),
        Command::Statements(args) => statements::run(args, screen),
        Command::Sensitivity(args) => sensitivity::run(args, screen),
        Command::Switching(args) => switching::run(args, screen),
        Command::Simulate(args) => simulate::run(args, screen),
        Command::Ledger(args) => ledger::run(args, screen),
        Command::Report(args) => report::run(args, screen),
        Command::Workbook(args) => workbook::run(args, screen),
        Command::Init(args) => init::run(args),
        Command::Schema => schema::run(),
        Command::Completions(args) => manual::completions(args),
        Command::Man(args) => manual::man(args),
    }
}
