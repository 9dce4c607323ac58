//! Inputs that change nothing: each written number is tried at other values, and where no figure of any option
//! moves, it is said.
//!
//! An input is tried at half and double, at nought and at one, and at the ends of its range. That it may matter
//! at some other value is possible, so the finding says what was tried.

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::number::Number;
use crate::run::{self, Run};
use crate::scenario::{Estimate, Input, Origin, Scenario, Unit};

/// See the module.
pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let scenario = subject.scenario;
    let worlds = [scenario.central(), against_the_odds(scenario)].map(|values| {
        let values: Vec<f64> = values.into_iter().map(f64::from_decimal).collect();
        let run = run::run(&scenario.realise(&values));
        (values, run)
    });
    let known: Vec<String> =
        found.iter().filter(|d| d.code == Code::NoEffect).map(|d| d.key.clone()).collect();
    let covered = |input: &Input| {
        known.iter().any(|key| input.key.strip_prefix(key.as_str()).is_some_and(|rest| rest.starts_with('.')))
    };
    let idle: Vec<Diagnostic> = (0..scenario.inputs.len())
        .into_par_iter()
        .filter_map(|place| {
            let input = &scenario.inputs[place];
            let Origin::Written(span) = input.origin else { return None };
            // Shares sum to 100%, so that no one share can change alone.
            if covered(input) || input.key.contains(".shares.") {
                return None;
            }
            let changes = worlds.iter().any(|(central, before)| {
                others(input).into_iter().any(|value| {
                    let mut values = central.clone();
                    values[place] = value.to_f64();
                    differs(before, &run::run(&scenario.realise(&values)))
                })
            });
            let message = format!("`{}` changes no result", input.key);
            let help = "nothing moved when it was halved, doubled, or set to nought or one: take it out, or \
                        look for what keeps it from having an effect";
            (!changes)
                .then(|| Diagnostic::warning(Code::NoEffect, &input.key, Some(span), message).help(help))
        })
        .collect();
    found.extend(idle);
}

/// Central values, but for each chance the branch that is not the central one: what matters only if a stall happens
/// matters.
fn against_the_odds(scenario: &Scenario) -> Vec<Decimal> {
    let value = |input: &Input| match input.estimate {
        Estimate::Chance { then, otherwise, .. } if input.estimate.central() == then => otherwise,
        Estimate::Chance { then, .. } => then,
        Estimate::Point(_) | Estimate::Range { .. } => input.estimate.central(),
    };
    scenario.inputs.iter().map(value).collect()
}

/// The values to try, likeliest to matter first; only such as the file could hold.
fn others(input: &Input) -> Vec<Decimal> {
    let central = input.estimate.central();
    let is_share = input.unit == Unit::Rate && central >= Decimal::ZERO && central <= Decimal::ONE;
    let whole = matches!(input.unit, Unit::Months | Unit::Count);
    let mut tried = vec![central * Decimal::TWO, central / Decimal::TWO];
    if is_share {
        tried.push(Decimal::ONE);
    }
    if whole {
        tried.extend([central + Decimal::ONE, central + Decimal::from(12)]);
    }
    if central <= Decimal::ZERO {
        tried.push(Decimal::ONE);
    }
    // The life of a thing may not be nought, nor the time between two.
    if input.unit != Unit::Months {
        tried.push(Decimal::ZERO);
    }
    match input.estimate {
        Estimate::Point(_) => {}
        Estimate::Range { low, high, .. } => tried.extend([low, high]),
        Estimate::Chance { then, otherwise, .. } => tried.extend([then, otherwise]),
    }
    let [low, high] = input.ends();
    let may_be = |value: Decimal| low <= value && value <= high && !(is_share && value > Decimal::ONE);
    tried.retain(|&value| value != central && may_be(value));
    tried
}

fn differs(a: &Run<f64>, b: &Run<f64>) -> bool {
    a.ledger.postings != b.ledger.postings
        || a.accounts != b.accounts
        || a.funding != b.funding
        || a.appraisal.options.iter().zip(&b.appraisal.options).any(|(a, b)| {
            [a.npsv, a.cost.present].map(f64::to_bits) != [b.npsv, b.cost.present].map(f64::to_bits)
        })
}
