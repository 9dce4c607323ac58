//! `[fund]`: money that may be spent, by kind and year, and what it is restricted to.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{Field, Table};
use super::kit::table_of;
use super::measure;
use super::names::Sort;
use super::reader::Reader;
use super::{Fund, FundKind, FundTarget, ProgrammeOption};
use crate::id::{LineId, OptionId, ServiceId, StreamId};

pub(super) const KINDS: [(&str, FundKind); 3] =
    [("capital", FundKind::Capital), ("revenue", FundKind::Revenue), ("either", FundKind::Either)];

/// What a fund may be restricted to.
pub(super) struct Targets<'a> {
    pub(super) options: &'a [ProgrammeOption],
    /// The lines of each `[cost.NAME]`.
    pub(super) lines: &'a BTreeMap<String, Vec<LineId>>,
}

impl Reader<'_> {
    /// Reads `[fund]`.
    pub(super) fn read_funds(&mut self, root: &mut Table<'_>, targets: &Targets<'_>) -> Vec<Fund> {
        self.each(root, "fund", |reader, field| reader.fund(field, targets))
    }

    fn fund(&mut self, field: &Field<'_>, targets: &Targets<'_>) -> Fund {
        let mut table = table_of(field);
        let kind = self.required(&mut table, "kind", "kind = \"capital\"");
        let kind = kind.and_then(|kind| self.choice(&kind, &KINDS));
        let by_year = self.required(&mut table, "by_year", "by_year = { \"2026-27\" = \"£500k\" }");
        let by_year =
            by_year.map_or_else(Vec::new, |years| self.by_year(&years, measure::COST, measure::YEARLY));
        let restricted = table.take("for").map_or_else(Vec::new, |list| {
            self.list(&list, "a list of services, `OPTION.STREAM` or cost lines, like `[\"booking\"]`")
        });
        let fund = Fund {
            id: field.key().to_owned(),
            name: self.called(&mut table, field),
            kind: kind.unwrap_or(FundKind::Either),
            by_year,
            targets: self.targets(&restricted, targets),
            options: self.options_of(&mut table),
            carry_forward: self.truth(&mut table, "carry_forward", false),
            organisation: table.take("organisation").and_then(|field| self.organisation_of(&field)),
        };
        table.finish(self);
        fund
    }

    /// What the names in `for` stand for, in order and each once: a cost is looked up among them.
    fn targets(&mut self, names: &[Field<'_>], targets: &Targets<'_>) -> Vec<FundTarget> {
        let mut seen = BTreeSet::new();
        let new = names.iter().filter(|name| name.text().is_none_or(|text| seen.insert(text.to_owned())));
        let found: BTreeSet<FundTarget> = new.flat_map(|name| self.target(name, targets)).collect();
        found.into_iter().collect()
    }

    /// What a name in `for` stands for: a service, a stream of an option, or a cost line with all its rows.
    fn target(&mut self, field: &Field<'_>, targets: &Targets<'_>) -> Vec<FundTarget> {
        let Some(name) = self.text(field) else { return Vec::new() };
        if let Some(place) = self.names.place(Sort::Service, &name) {
            return vec![FundTarget::Service(ServiceId::new(place))];
        }
        if let Some(lines) = targets.lines.get(&name) {
            return lines.iter().copied().map(FundTarget::Line).collect();
        }
        let mut known: Vec<String> = Vec::new();
        for (place, option) in targets.options.iter().enumerate() {
            for (stream_place, stream) in option.streams.iter().enumerate() {
                let path = format!("{}.{}", option.id, stream.id);
                if path == name {
                    return vec![FundTarget::Stream(OptionId::new(place), StreamId::new(stream_place))];
                }
                known.push(path);
            }
        }
        known.extend(self.names.of(Sort::Service).iter().map(|service| service.name.clone()));
        known.extend(targets.lines.keys().cloned());
        self.unknown_name(field, "service, stream or cost line", &name, &known);
        Vec::new()
    }
}
