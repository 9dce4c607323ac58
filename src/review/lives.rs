//! Whether what is promised ever comes: services that never go live, benefits that never reach their full effect,
//! refunds of what is no longer there.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Subject, some};
use crate::accounts::AssetOf;
use crate::costing::services::full_effect;
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{LineId, OptionId};
use crate::ledger::{Element, Kind, Treatment};

/// See the module.
pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    never_live(subject, found);
    never_full(subject, found);
    refunds(subject, found);
}

impl Subject<'_> {
    /// The names of the options in which something holds.
    fn options_where(&self, holds: impl Fn(usize) -> bool) -> Vec<String> {
        let options = self.scenario.options.iter().enumerate();
        options.filter(|(place, _)| holds(*place)).map(|(_, option)| option.id.clone()).collect()
    }
}

fn options(names: &[String]) -> String {
    format!("option{} {}", if names.len() == 1 { "" } else { "s" }, some(names))
}

fn never_live(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let months = subject.plan.horizon.months();
    for (place, service) in subject.scenario.services.iter().enumerate() {
        let late = subject.options_where(|option| {
            let life = &subject.run.sheets[option].lives[place];
            life.stream.is_some() && life.live.is_none_or(|live| live >= months)
        });
        if late.is_empty() {
            continue;
        }
        let key = &service.key;
        let warning = if subject.plan.services[place].end < months {
            let message = format!(
                "`{key}` ends in {} before it goes live in {}: the work on it stops then and is written off",
                service.to.in_words(),
                options(&late)
            );
            let warning = subject.warning(Code::NeverLive, key, message);
            warning.help("let it end later (`to`), begin it earlier, or leave it out of these options")
        } else {
            let message = format!("`{key}` does not go live within the horizon in {}", options(&late));
            let warning = subject.warning(Code::NeverLive, key, message);
            warning.help("begin it earlier, put more teams on it, or lengthen `programme.years`")
        };
        found.push(warning);
    }
}

/// Benefits of services that go live, but end, or meet the end of the horizon, while the benefit still grows.
fn never_full(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (benefit, written) in subject.plan.benefits.iter().zip(&subject.scenario.benefits) {
        let place = benefit.service.place();
        let service = &subject.plan.services[place];
        let short = subject.options_where(|option| {
            let life = &subject.run.sheets[option].lives[place];
            let is_live = life.live.is_some_and(|live| live < service.end);
            benefit.value.is_some() && is_live && full_effect(benefit, life, service.end).is_none()
        });
        if short.is_empty() {
            continue;
        }
        let what = if service.end < subject.plan.horizon.months() { "its service" } else { "the horizon" };
        let (key, options) = (&written.key, options(&short));
        let message = format!("`{key}` never reaches its full effect in {options}: {what} ends before that");
        let warning = subject.warning(Code::NeverFull, key, message);
        found.push(warning.help("check `ramp`, `lag` and the dates, or say in `allow` why that is right"));
    }
}

/// Assets of which more comes back than they are worth.
fn refunds(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let mut gains: BTreeMap<AssetOf, Vec<String>> = BTreeMap::new();
    for (place, option) in subject.scenario.options.iter().enumerate() {
        for asset in &subject.run.accounts[place].assets {
            if asset.years.iter().any(|year| year.impairment < Decimal::ZERO) {
                gains.entry(asset.of).or_default().push(option.id.clone());
            }
        }
    }
    for (of, mut names) in gains {
        names.dedup();
        // The line that brings it: of several, the first.
        let refund = subject.scenario.lines.iter().enumerate().find(|(place, line)| {
            let is_it = line.refund_of.unwrap_or(AssetOf::Line(LineId::new(*place))) == of;
            is_it && line.flow.is_capital() && comes_back(subject, *place)
        });
        let Some((_, refund)) = refund else { continue };
        let message = format!(
            "`{}` brings back more than its asset is worth in {}: the rest is a gain in income and expenditure",
            refund.key,
            options(&names)
        );
        let warning = subject.warning(Code::RefundBeyondValue, &refund.key, message);
        found.push(match refund.refund_of {
            None => warning.help("name the asset: `refund_of = \"...\"`, a capital line or a service"),
            Some(_) => warning.help("check the amount and its date against what is refunded"),
        });
    }
}

/// Whether a line ever brings capital back.
fn comes_back(subject: &Subject<'_>, line: usize) -> bool {
    let id = LineId::new(line);
    (0..subject.scenario.options.len()).any(|option| {
        let mut postings = subject.run.postings(OptionId::new(option)).iter();
        postings.any(|posting| {
            posting.element == Element::Line(id)
                && posting.treatment == Treatment::Capital
                && posting.kind != Kind::Residual
                && posting.financial < Decimal::ZERO
        })
    })
}
