//! `[service]`: what is built and then lives, with its benefits and its own cost lines.

use super::keys::{Field, Table};
use super::kit::table_of;
use super::line::{Scope, Side};
use super::measure;
use super::names::Sort;
use super::reader::{Fallback, Reader};
use super::{Benefit, Legacy, Line, Service};
use crate::diagnostic::Code;
use crate::id::{BenefitId, InputId, ServiceId};
use crate::ledger::Kind;

/// The kinds of benefit that have a value.
pub(super) const GAINS: [(&str, Kind); 3] = [
    ("cash-releasing", Kind::CashReleasing),
    ("non-cash-releasing", Kind::NonCashReleasing),
    ("societal", Kind::Societal),
];

/// The kind of benefit that has none.
pub(super) const UNMONETISED: &str = "unmonetised";

/// What a service's benefit is worth: so much of a kind, or nothing that can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gain {
    Of(Kind),
    Unmonetised,
}

impl Gain {
    fn kind(self) -> Option<Kind> {
        match self {
            Self::Of(kind) => Some(kind),
            Self::Unmonetised => None,
        }
    }
}

/// Which discount schedule a benefit takes: whether it is the one for health.
pub(super) const DISCOUNTS: [(&str, bool); 2] = [("standard", false), ("health", true)];

impl Reader<'_> {
    /// Reads `[service]`; benefits and lines join their lists.
    pub(super) fn read_services(
        &mut self,
        root: &mut Table<'_>,
        benefits: &mut Vec<Benefit>,
        lines: &mut Vec<Line>,
    ) -> Vec<Service> {
        let mut place = 0;
        self.each(root, "service", |reader, field| {
            let id = ServiceId::new(place);
            place += 1;
            reader.service(field, id, benefits, lines)
        })
    }

    fn service(
        &mut self,
        field: &Field<'_>,
        id: ServiceId,
        benefits: &mut Vec<Benefit>,
        lines: &mut Vec<Line>,
    ) -> Service {
        let mut table = table_of(field);
        let name = self.called_apart(Sort::Service, &mut table, field);
        let effort = self.effort(&mut table);
        let run = self.input(&mut table, "run", measure::RUN, Fallback::Nought);
        let index = self.index(&mut table, "general");
        let upkeep = self.input(&mut table, "upkeep", measure::EFFORT_A_YEAR, Fallback::Nought);
        let [neglect_run_cost, neglect_benefits] =
            self.pair(&mut table, "neglect", ["run_cost", "benefits"], measure::SURCHARGE);
        let [improve_gain, improve_limit] =
            self.pair(&mut table, "improve", ["gain", "limit"], measure::SURCHARGE);
        let life = self.input(&mut table, "life", measure::CYCLE, Fallback::Figure("default.useful-life"));
        let capitalise = self.truth(&mut table, "capitalise", true);
        let legacy = self.legacy(&mut table);
        if legacy.is_some() {
            self.names.mark(Sort::Service, id.place());
        }
        let to = table.take("to").and_then(|field| self.month_of_event(&field));
        let retire = table.table("retire", self).map(|mut retire| {
            let cost = self.input(&mut retire, "cost", measure::COST, Fallback::Required);
            retire.finish(self);
            cost
        });
        let own_benefits = self.benefits(&mut table, id, benefits);
        let shares = self.shares(&mut table);
        let own_lines = self.lines(&mut table, Side::Cost, Scope::Service(id), lines);
        table.finish(self);
        Service {
            key: field.path.clone(),
            name,
            effort,
            run,
            index,
            upkeep,
            neglect_run_cost,
            neglect_benefits,
            improve_gain,
            improve_limit,
            life,
            capitalise,
            legacy,
            to: to.unwrap_or_else(|| self.horizon_or_any().last()),
            retire,
            benefits: own_benefits,
            lines: own_lines.into_iter().flat_map(|(_, ids)| ids).collect(),
            shares,
        }
    }

    fn effort(&mut self, table: &mut Table<'_>) -> [InputId; 3] {
        let mut table = table.table_or_absent("effort", self);
        let effort = ["discovery", "alpha", "beta"]
            .map(|phase| self.input(&mut table, phase, measure::EFFORT, Fallback::Nought));
        table.finish(self);
        effort
    }

    /// Two rates of an inner table, each nought if not written.
    fn pair(
        &mut self,
        table: &mut Table<'_>,
        key: &str,
        keys: [&str; 2],
        measure: measure::Measure,
    ) -> [InputId; 2] {
        let mut table = table.table_or_absent(key, self);
        let pair = keys.map(|key| self.input(&mut table, key, measure, Fallback::Nought));
        table.finish(self);
        pair
    }

    fn legacy(&mut self, table: &mut Table<'_>) -> Option<Legacy> {
        let mut table = table.table("legacy", self)?;
        let legacy = Legacy {
            run: self.input(&mut table, "run", measure::RUN, Fallback::Required),
            growth: self.input(&mut table, "growth", measure::GROWTH, Fallback::Nought),
            overlap: self.input(&mut table, "overlap", measure::TIME, Fallback::Nought),
            exit: self.input(&mut table, "exit", measure::COST, Fallback::Nought),
        };
        table.finish(self);
        Some(legacy)
    }

    fn benefits(
        &mut self,
        table: &mut Table<'_>,
        service: ServiceId,
        benefits: &mut Vec<Benefit>,
    ) -> Vec<BenefitId> {
        let first = benefits.len();
        let own = self.each(table, "benefit", |reader, field| reader.benefit(field, service));
        benefits.extend(own);
        (first..benefits.len()).map(BenefitId::new).collect()
    }

    fn benefit(&mut self, field: &Field<'_>, service: ServiceId) -> Benefit {
        let mut table = table_of(field);
        let kind = self.benefit_kind(&mut table);
        let monetised = kind != Some(Gain::Unmonetised);
        let value = match table.take("value") {
            Some(value) if !monetised => {
                let message = "an unmonetised benefit has no value".to_owned();
                self.fault(Code::Conflict, &value, message, "a `description` instead, or another kind");
                None
            }
            Some(value) => Some(self.written(&value, measure::GAIN)),
            None if monetised => {
                self.missing(&table, "value", "value = \"£380k a year\"");
                None
            }
            None => None,
        };
        let description = self.text_of(&mut table, "description");
        if !monetised && description.is_none() && !table.has("description") {
            self.missing(&table, "description", "description = \"...\"");
        }
        let benefit = Benefit {
            key: field.path.clone(),
            service,
            value,
            kind: kind.and_then(Gain::kind),
            description: description.unwrap_or_default(),
            ramp: self.input(&mut table, "ramp", measure::TIME, Fallback::Nought),
            lag: self.input(&mut table, "lag", measure::TIME, Fallback::Nought),
            health: self.choice_of(&mut table, "discount", &DISCOUNTS, false),
            index: self.index(&mut table, "general"),
        };
        table.finish(self);
        benefit
    }

    /// The kind of a service's benefit.
    fn benefit_kind(&mut self, table: &mut Table<'_>) -> Option<Gain> {
        let mut choices: Vec<(&str, Gain)> =
            GAINS.iter().map(|&(word, kind)| (word, Gain::Of(kind))).collect();
        choices.push((UNMONETISED, Gain::Unmonetised));
        let field = self.required(table, "kind", "kind = \"cash-releasing\"")?;
        self.choice(&field, &choices)
    }
}
