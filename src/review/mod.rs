//! Review: what a careful reader would question in a scenario that can be run.
//!
//! The reader of the file warns of what it can see in the text; the rules here need the run as well. They refuse
//! nothing: each finding is a warning with its rule, its place and what to do, and the scenario may allow it with a
//! reason (`allow`).
//!
//! | file | rules |
//! |---|---|
//! | `effect` | inputs that change nothing |
//! | `options` | upkeep unpaid, services not alike, renewals and contracts beyond the horizon |
//! | `lives` | services never live, benefits never at full effect, refunds beyond what there is |
//! | `money` | benefits too early or twice, cash beside real prices, no optimism bias |
//! | `register` | no source, owner or review date; review overdue |
//! | `figures` | parameters unverified or out of date |

mod effect;
mod figures;
mod lives;
mod money;
mod options;
mod register;

pub use figures::unverified;

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::plan::Plan;
use crate::run::Run;
use crate::scenario::{Origin, Scenario, allowed};

/// What is reviewed.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its plan.
    pub plan: &'a Plan<Decimal>,
    /// Its reported run.
    pub run: &'a Run<Decimal>,
}

/// Everything there is to question, what the reader of the file warned of included, less what the scenario allows;
/// in the order of places, findings without one first. `on` is the day, `2026-11-23`, from which dates are past;
/// without one it is the start of the programme, for no output depends on a clock.
pub fn review(subject: &Subject<'_>, read: &[Diagnostic], on: Option<&str>) -> Vec<Diagnostic> {
    let on = on.map_or_else(|| subject.scenario.programme.horizon.start().to_string(), str::to_owned);
    let mut found = read.to_vec();
    options::check(subject, &mut found);
    lives::check(subject, &mut found);
    money::check(subject, &mut found);
    register::check(subject, &on, &mut found);
    figures::check(subject, &on, &mut found);
    effect::check(subject, &mut found);
    allowed(&subject.scenario.allowed, |_| true, &mut found);
    found.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    found
}

impl Subject<'_> {
    /// Where the first written input below a key path stands.
    fn place(&self, key: &str) -> Option<Span> {
        self.scenario.inputs.iter().find_map(|input| {
            let rest = input.key.strip_prefix(key)?;
            match input.origin {
                Origin::Written(span) if rest.is_empty() || rest.starts_with('.') => Some(span),
                _ => None,
            }
        })
    }

    fn warning(&self, rule: Code, key: &str, message: String) -> Diagnostic {
        Diagnostic::warning(rule, key, self.place(key), message)
    }
}

/// A few of many, in words: `a, b, c and 4 more`.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 3;
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        names if names.len() <= SHOWN => {
            let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let (last, first) =
                quoted.split_last().map_or(("", &[][..]), |(last, first)| (last.as_str(), first));
            format!("{} and {last}", first.join(", "))
        }
        names => {
            let quoted: Vec<String> = names[..SHOWN].iter().map(|name| format!("`{name}`")).collect();
            format!("{} and {} more", quoted.join(", "), names.len() - SHOWN)
        }
    }
}
