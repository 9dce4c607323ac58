//! Options: whether they deliver the same, pay for what they leave behind, and see the ends of what they begin.

use std::collections::{BTreeMap, BTreeSet};

use super::{Subject, some};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{InputId, LineId, OptionId, ServiceId};
use crate::ledger::Element;
use crate::scenario::{ApproachKind, Mechanisms, When};

/// See the module.
pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    unlike(subject, found);
    no_upkeep(subject, found);
    beyond(subject, found);
    recurring(subject, found);
}

impl Subject<'_> {
    fn key_of(&self, id: InputId) -> &str {
        &self.scenario.inputs[id.place()].key
    }

    /// The approach (or the stream) that mechanisms come from.
    fn approach(&self, mechanisms: &Mechanisms) -> String {
        let key = self.key_of(mechanisms.overrun);
        key.strip_suffix(".overrun").unwrap_or(key).to_owned()
    }

    fn live(&self, option: usize, service: ServiceId) -> Option<usize> {
        self.run.sheets[option].lives[service.place()].live
    }
}

/// Options with streams that don't all bring the same services live.
fn unlike(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let scenario = subject.scenario;
    let working: Vec<usize> =
        (0..scenario.options.len()).filter(|&o| !scenario.options[o].streams.is_empty()).collect();
    for &option in &working {
        if subject.plan.baseline == Some(OptionId::new(option)) {
            continue;
        }
        let lacks = |&place: &usize| {
            let service = ServiceId::new(place);
            let elsewhere = working.iter().any(|&other| subject.live(other, service).is_some());
            elsewhere && subject.live(option, service).is_none()
        };
        let lacking: Vec<String> = (0..scenario.services.len())
            .filter(lacks)
            .map(|place| scenario.services[place].key.clone())
            .collect();
        if lacking.is_empty() {
            continue;
        }
        let id = &scenario.options[option].id;
        let message =
            format!("option `{id}` has no live {} by the end, which other options have", some(&lacking));
        let warning = subject.warning(Code::UnlikeOptions, &format!("option.{id}"), message);
        found.push(warning.help("compare like with like: deliver them, or say in `allow` why not"));
    }
}

/// Temporary approaches that build what needs upkeep and pay for none.
fn no_upkeep(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let scenario = subject.scenario;
    let central = |id: InputId| scenario.inputs[id.place()].estimate.central();
    let mut left: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for stream in scenario.options.iter().flat_map(|option| &option.streams) {
        let pays =
            stream.mechanisms.upkeep.as_ref().is_some_and(|upkeep| !central(upkeep.coverage).is_zero());
        if stream.mechanisms.kind == ApproachKind::Persistent || pays {
            continue;
        }
        let services = stream.services.iter().map(|id| &scenario.services[id.place()]);
        let needy = services.filter(|service| !central(service.upkeep).is_zero());
        let names = left.entry(subject.approach(&stream.mechanisms)).or_default();
        names.extend(needy.map(|service| service.key.clone()));
    }
    for (approach, mut services) in left {
        services.sort();
        services.dedup();
        if !services.is_empty() {
            let message = format!("`{approach}` pays for no upkeep of {}", some(&services));
            let warning = subject.warning(Code::NoUpkeep, &approach, message);
            found.push(warning.help("add `upkeep = { coverage = \"...\", team = \"...\" }`"));
        }
    }
}

/// Renewals of which none begins inside the horizon.
fn beyond(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let months = subject.plan.horizon.months();
    for (o, option) in subject.scenario.options.iter().enumerate() {
        for (s, stream) in option.streams.iter().enumerate() {
            let Some(renewal) = &subject.plan.options[o].streams[s].renewal else { continue };
            let Some(written) = &stream.mechanisms.renewal else { continue };
            let mut lives = stream.services.iter().filter_map(|&service| subject.live(o, service)).peekable();
            let every = usize::try_from(renewal.every).unwrap_or(usize::MAX);
            if lives.peek().is_some() && lives.all(|live| live.saturating_add(every) >= months) {
                let key = subject.key_of(written.every).to_owned();
                let message = format!(
                    "no renewal of stream `{}` of option `{}` begins inside the horizon: its cost is not seen",
                    stream.id, option.id
                );
                let warning = subject.warning(Code::ShortHorizon, &key, message);
                found.push(warning.help("lengthen `programme.years`"));
            }
        }
    }
}

/// Recurring lines that fall once, and lines that end after the horizon.
fn recurring(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let scenario = subject.scenario;
    let recurs = |id: LineId| scenario.lines[id.place()].every.is_some();
    // The most months, in any option, in which each of them falls.
    let mut most: BTreeMap<LineId, usize> = BTreeMap::new();
    for o in 0..scenario.options.len() {
        let mut months: BTreeMap<LineId, BTreeSet<u16>> = BTreeMap::new();
        for posting in subject.run.postings(OptionId::new(o)) {
            if let Element::Line(id) = posting.element
                && recurs(id)
            {
                months.entry(id).or_default().insert(posting.month);
            }
        }
        for (id, months) in months {
            let most = most.entry(id).or_default();
            *most = months.len().max(*most);
        }
    }
    for (place, line) in scenario.lines.iter().enumerate() {
        if let Some(every) = line.every
            && most.get(&LineId::new(place)) == Some(&1)
        {
            let key = subject.key_of(every).to_owned();
            let message = format!("`{}` recurs, but falls only once inside the horizon", line.key);
            let warning = subject.warning(Code::ShortHorizon, &key, message);
            found.push(warning.help("lengthen `programme.years`, or drop `every`"));
        }
        if let (Some(service), Some(When::FromLive(to))) = (line.service, line.to) {
            let after = scenario.inputs[to.place()].estimate.central();
            let last = |o: usize| {
                let live = subject.live(o, service)?;
                Some(rust_decimal::Decimal::from(live) + after)
            };
            let end = rust_decimal::Decimal::from(subject.plan.horizon.months());
            let beyond = (0..scenario.options.len()).filter_map(last).any(|last| last > end);
            if beyond {
                let message =
                    format!("`{}` ends after the horizon: its last months are not counted", line.key);
                let warning = subject.warning(Code::ShortHorizon, subject.key_of(to), message);
                found.push(warning.help("lengthen `programme.years`, or say in `allow` why that is right"));
            }
        }
    }
}
