//! `wholelife rules`: the rules that `check` applies, and what each rule and each fault means.

use super::Outcome;
use super::args::Rules;
use super::choice;
use super::failure::Failure;
use super::screen::{Screen, print_plain};
use crate::report;

/// Runs it.
pub(super) fn run(args: &Rules, screen: &Screen) -> Result<Outcome, Failure> {
    let Some(text) = &args.rule else {
        screen.show(&[report::rules()], report::rules_value, args.shown)?;
        return Ok(Outcome::Done);
    };
    explain(text)
}

/// Says what a rule or a fault means, by its name or number.
pub(super) fn explain(text: &str) -> Result<Outcome, Failure> {
    print_plain(&report::rule_in_words(choice::rule(text)?))?;
    Ok(Outcome::Done)
}
