//! Inputs that change nothing: each written number is tried at other values, and where no figure of any option
//! moves, it is said.
//!
//! An input is tried at half and double, at nought and at one, and at the ends of its range. That it may matter
//! at some other value is possible, so the finding says what was tried.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{FundId, InputId};
use crate::number::Number;
use crate::run::{self, Outcome, Run, Trials};
use crate::scenario::{Estimate, Input, Origin, Scenario, Unit};

/// See the module.
pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let scenario = subject.scenario;
    let known: Vec<String> =
        found.iter().filter(|d| d.code == Code::NoEffect).map(|d| d.key.clone()).collect();
    let covered = |input: &Input| {
        known.iter().any(|key| input.key.strip_prefix(key.as_str()).is_some_and(|rest| rest.starts_with('.')))
    };
    // Shares sum to 100%, so that no one share can change alone.
    let is_asked = |input: &Input| {
        matches!(input.origin, Origin::Written(_)) && !input.key.contains(".shares.") && !covered(input)
    };
    let search =
        Search { scenario, inputs: scenario.inputs.iter().map(|i| Entry::new(is_asked(i))).collect() };
    let central = scenario.central();
    let odds = against_the_odds(scenario);
    search.search(&central);
    if odds != central {
        search.search(&odds);
    }
    for (input, entry) in scenario.inputs.iter().zip(&search.inputs) {
        let Origin::Written(span) = input.origin else { continue };
        if entry.is_open() {
            let message = format!("`{}` changes no result", input.key);
            let help = "nothing moved when it was halved, doubled, or set to nought or one: take it out, or \
                        look for what keeps it from having an effect";
            found.push(Diagnostic::warning(Code::NoEffect, &input.key, Some(span), message).help(help));
        }
    }
}

/// What is known of each input, by those who look for an effect of it, side by side.
struct Search<'a> {
    scenario: &'a Scenario,
    inputs: Vec<Entry>,
}

/// Whether an input is asked about and has shown no effect yet.
struct Entry(AtomicBool);

impl Entry {
    fn new(is_open: bool) -> Self {
        Self(AtomicBool::new(is_open))
    }

    fn is_open(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn close(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Search<'_> {
    /// Closes the inputs that have an effect in a world.
    fn search(&self, world: &[Decimal]) {
        let values: Vec<f64> = world.iter().map(|value| value.to_f64()).collect();
        let trials = Trials::new(self.scenario, values.clone());
        // What no piece can say is tried on the whole.
        let unclear: Vec<AtomicBool> = self.inputs.iter().map(|_| AtomicBool::new(false)).collect();
        trials.pieces().par_iter().for_each_init(
            || trials.worker(),
            |worker, piece| {
                let mut opened = worker.open(piece);
                for id in opened.inputs() {
                    for value in self.tries(id) {
                        match opened.outcome(id, value) {
                            Outcome::Same => {}
                            Outcome::Different => {
                                self.inputs[id.place()].close();
                                break;
                            }
                            Outcome::Unclear => unclear[id.place()].store(true, Ordering::Relaxed),
                        }
                    }
                }
            },
        );
        let mut worker = trials.worker();
        for fund in 0..self.scenario.funds.len() {
            worker.fund_inputs(FundId::new(fund)).iter().for_each(|id| self.inputs[id.place()].close());
        }
        let unclear = unclear.iter().enumerate().filter(|(_, unclear)| unclear.load(Ordering::Relaxed));
        let unclear = unclear.map(|(place, _)| InputId::new(place)).chain(worker.discount_inputs());
        let unclear: Vec<InputId> = unclear.filter(|id| self.inputs[id.place()].is_open()).collect();
        if unclear.is_empty() {
            return;
        }
        let before = run::run(&self.scenario.realise(&values));
        for id in unclear {
            let has_effect = self.tries(id).into_iter().any(|value| {
                let mut values = values.clone();
                values[id.place()] = value;
                differs(&before, &run::run(&self.scenario.realise(&values)))
            });
            if has_effect {
                self.inputs[id.place()].close();
            }
        }
    }

    /// The values to try for an input that has shown no effect yet.
    fn tries(&self, id: InputId) -> Vec<f64> {
        if !self.inputs[id.place()].is_open() {
            return Vec::new();
        }
        others(&self.scenario.inputs[id.place()]).iter().map(|value| value.to_f64()).collect()
    }
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
    let [low, high] = input.ends();
    if central <= Decimal::ZERO {
        tried.push(Decimal::ONE.min(high));
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
