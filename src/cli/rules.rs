//! `wholelife rules`: the rules that `check` applies, and what each rule and each fault means.

use super::Outcome;
use super::args::{Format, Rules, Shown};
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
    explain(text, screen, args.shown)
}

/// Says what a rule or a fault means, by its name or number.
pub(super) fn explain(text: &str, screen: &Screen, shown: Shown) -> Result<Outcome, Failure> {
    let code = choice::rule(text)?;
    if shown.format == Format::Table {
        print_plain(&report::rule_in_words(code))?;
    } else {
        screen.show(&[report::rule(code)], || report::rule_value(code), shown)?;
    }
    Ok(Outcome::Done)
}
