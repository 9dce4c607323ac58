//! Money: benefits that come too early or twice, cash beside real prices, costs without optimism bias.

use std::collections::{BTreeMap, BTreeSet};

use super::{Subject, some};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{BenefitId, LineId, OptionId};
use crate::ledger::Element;
use crate::scenario::{Flow, Prices};

/// See the module.
pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    early(subject, found);
    twice(subject, found);
    mixed(subject, found);
    unbiased(subject, found);
}

/// Benefit lines of options that deliver services, beginning before anything is released.
fn early(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let scenario = subject.scenario;
    let mut options_of: BTreeMap<LineId, Vec<String>> = BTreeMap::new();
    for (o, option) in scenario.options.iter().enumerate() {
        if option.streams.is_empty() {
            continue;
        }
        let released = subject.run.sheets[o].lives.iter().filter_map(|life| life.first_release).min();
        let postings = subject.run.postings(OptionId::new(o)).iter();
        let benefits = postings.filter(|posting| posting.kind.is_benefit());
        let lines: BTreeSet<LineId> = benefits
            .filter(|posting| released.is_none_or(|released| usize::from(posting.month) < released))
            .filter_map(|posting| match posting.element {
                Element::Line(line) => Some(line),
                _ => None,
            })
            .collect();
        for line in lines {
            options_of.entry(line).or_default().push(option.id.clone());
        }
    }
    for (line, options) in options_of {
        let line = &scenario.lines[line.place()];
        let message = format!("`{}` begins before {} has released anything", line.key, some(&options));
        let warning = subject.warning(Code::EarlyBenefit, &line.key, message);
        let help = "make it a benefit of the service that gives it, or begin it later with `from`";
        found.push(warning.help(help));
    }
}

/// Benefits of one name in one option.
fn twice(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let scenario = subject.scenario;
    let mut told = BTreeSet::new();
    for o in 0..scenario.options.len() {
        let postings = subject.run.postings(OptionId::new(o)).iter();
        let elements: BTreeSet<Element> =
            postings.filter(|posting| posting.kind.is_benefit()).map(|posting| posting.element).collect();
        let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for element in elements {
            let key = match element {
                Element::Benefit(id) => benefit_key(subject, id),
                Element::Line(id) => &scenario.lines[id.place()].key,
                _ => continue,
            };
            by_name.entry(plain(key)).or_default().push(key.to_owned());
        }
        for keys in by_name.into_values().filter(|keys| keys.len() > 1) {
            if told.insert(keys.clone()) {
                let message = format!("{} have the same name: is the same gain counted twice?", some(&keys));
                let last = keys.last().map_or("", String::as_str);
                let warning = subject.warning(Code::DoubleCount, last, message);
                found.push(warning.help("rename one, or drop it"));
            }
        }
    }
}

fn benefit_key<'a>(subject: &Subject<'a>, id: BenefitId) -> &'a str {
    &subject.scenario.benefits[id.place()].key
}

/// The last part of a key in small letters, without digits and signs: `Postage-2` is `postage`.
fn plain(key: &str) -> String {
    let last = key.rsplit('.').next().unwrap_or(key);
    last.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// Lines in cash beside lines in real prices.
fn mixed(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let (nominal, real): (Vec<_>, Vec<_>) =
        subject.scenario.lines.iter().partition(|line| line.prices == Prices::Nominal);
    let (Some(first), Some(_)) = (nominal.first(), real.first()) else { return };
    let keys: Vec<String> = nominal.iter().map(|line| line.key.clone()).collect();
    let message = format!("{} in cash of the year, other lines in real prices", says(&keys, "is", "are"));
    let warning = subject.warning(Code::MixedPrices, &first.key, message);
    found.push(warning.help("check each against its source; if it is meant, say so in `allow`"));
}

fn says(keys: &[String], one: &str, many: &str) -> String {
    format!("{} {}", some(keys), if keys.len() == 1 { one } else { many })
}

/// Costs without optimism bias.
fn unbiased(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let scenario = subject.scenario;
    let works = scenario.options.iter().any(|option| !option.streams.is_empty());
    let spends = scenario.lines.iter().any(|line| matches!(line.flow, Flow::Cost { .. }));
    if scenario.optimism_bias.is_empty() && (works || spends) {
        let message = "no optimism bias is added to any cost".to_owned();
        let help = "add `[optimism_bias]`, or say in `allow` how the estimates already cover it";
        found.push(Diagnostic::warning(Code::NoOptimismBias, "optimism_bias", None, message).help(help));
    }
}
