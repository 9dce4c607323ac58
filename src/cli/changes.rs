//! The arguments that change how a scenario is read: flattened into every command that runs one.
//!
//! `--years` and `--start` are `--set programme.years` and `--set programme.start` under names of their own, so
//! that manifests and papers show them among what was set.

use clap::{ArgMatches, Args, FromArgMatches};

use super::input::Reading;
use crate::calendar::Month;

/// How a scenario is read: flattened into every command that runs one.
#[derive(Debug)]
pub(super) struct Changes {
    /// Inputs changed for this run: key and value.
    pub(super) set: Vec<(String, String)>,
    /// What counts as a fault.
    pub(super) strictness: Strictness,
}

/// [`Changes`] as they are given: start and length have arguments of their own.
#[derive(Debug, Args)]
struct Given {
    /// Change an input for this run, by its key in the file; may be given several times, for a key once
    #[arg(long, value_name = "KEY=VALUE", value_parser = change)]
    set: Vec<(String, String)>,
    /// Run this many years instead of the file's; what falls outside them is left out, and said
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u32).range(1..=60))]
    years: Option<u32>,
    /// Start in this month instead of the file's; dates that the file states move with it
    #[arg(long, value_name = "MONTH", value_parser = month)]
    start: Option<Month>,
    #[command(flatten)]
    strictness: Strictness,
}

impl From<Given> for Changes {
    fn from(given: Given) -> Self {
        let years = given.years.map(|years| ("programme.years".to_owned(), years.to_string()));
        let start = given.start.map(|start| ("programme.start".to_owned(), start.to_string()));
        Self { set: given.set.into_iter().chain(years).chain(start).collect(), strictness: given.strictness }
    }
}

impl FromArgMatches for Changes {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Given::from_arg_matches(matches).map(Self::from)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Changes {
    fn augment_args(command: clap::Command) -> clap::Command {
        Given::augment_args(command)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Given::augment_args_for_update(command)
    }
}

impl Changes {
    /// The way to read the file with them.
    pub(super) fn reading(&self) -> Reading<'_> {
        Reading { set: &self.set, strict: self.strictness.strict }
    }
}

/// What counts as a fault.
#[derive(Debug, Args)]
pub(super) struct Strictness {
    /// Treat warnings as faults
    #[arg(long)]
    pub(super) strict: bool,
}

/// A month, as it may be written in a scenario.
fn month(text: &str) -> Result<Month, String> {
    Month::parse(text).ok_or_else(|| "a month is needed, like 2027-04".to_owned())
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

    #[test]
    fn a_change_may_hold_an_equals_sign() {
        assert_eq!(change("a.b = { low = \"1%\" }"), Ok(("a.b".into(), "{ low = \"1%\" }".into())));
        for wrong in ["a.b", "=1", "a=", "", " = "] {
            assert!(change(wrong).is_err(), "{wrong}");
        }
    }
}
