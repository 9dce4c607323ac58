//! `[approach]`: the mechanisms by which work funded in a way behaves. What is not written is switched off.
//!
//! A stream's own keys lie over those of its approach, merged key by key, so the same reading serves both.

use super::keys::{Field, Table};
use super::kit::table_of;
use super::measure;
use super::names::{Name, Sort};
use super::reader::{Fallback, Reader};
use super::{
    ApproachKind, Approval, Estimate, Forming, Handover, Mechanisms, Origin, Pattern, Release, Renewal,
    Review, Settled, Stall, StandDown, StandDownWhen, Unit, Upkeep, Vacancies,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{InputId, StreamId, TeamId};
use rust_decimal::Decimal;

/// An approach while streams that use it are read.
pub(super) struct Approach<'n> {
    /// Unknown where it has a fault: then nothing can be of the wrong kind.
    pub(super) kind: Option<ApproachKind>,
    pub(super) table: Table<'n>,
}

/// Whose mechanisms are read.
#[derive(Clone, Copy)]
pub(super) enum Whose<'s> {
    /// An approach's: the team may be left to the streams.
    Approach,
    /// A stream's; with the streams of its option.
    Stream(&'s [Name]),
    /// A stream's whose approach has a fault of its own: nothing is missing in it.
    Orphan(&'s [Name]),
}

pub(super) const KINDS: [(&str, ApproachKind); 2] =
    [("persistent", ApproachKind::Persistent), ("temporary", ApproachKind::Temporary)];

pub(super) const PATTERNS: [(&str, Pattern); 2] =
    [("single", Pattern::Single), ("incremental", Pattern::Incremental)];

/// The word for a team that ends when its services are done.
pub(super) const DONE: &str = "done";

impl Reader<'_> {
    /// Reads `[approach]`.
    pub(super) fn read_approaches<'n>(&mut self, root: &mut Table<'n>) -> Vec<Approach<'n>> {
        self.each(root, "approach", |reader, field| reader.approach(field))
    }

    fn approach<'n>(&mut self, field: &Field<'n>) -> Approach<'n> {
        let bare = table_of(field);
        let mut table = bare.clone();
        let kind = self.required(&mut table, "kind", "kind = \"persistent\"");
        let kind = kind.and_then(|kind| self.choice(&kind, &KINDS));
        self.mechanisms(&mut table, kind, Whose::Approach);
        table.finish(self);
        Approach { kind, table: bare }
    }

    /// Reads the mechanisms of an approach, or of a stream over its approach.
    pub(super) fn mechanisms(
        &mut self,
        table: &mut Table<'_>,
        kind: Option<ApproachKind>,
        whose: Whose<'_>,
    ) -> Mechanisms {
        self.check_kind(table, kind);
        Mechanisms {
            kind: kind.unwrap_or(ApproachKind::Persistent),
            team: self.main_team(table, whose),
            approval: self.approval(table),
            review: self.review(table),
            forming: self.forming(table),
            settled: self.settled(table),
            coordination: self.input(table, "coordination", measure::SHARE, Fallback::Nought),
            utilisation: self.input(table, "utilisation", measure::SOME_SHARE, Fallback::One),
            vacancies: self.vacancies(table, whose),
            overrun: self.input(table, "overrun", measure::CHANGE, Fallback::Nought),
            release: self.release(table),
            handover: self.handover(table),
            upkeep: self.upkeep(table, whose),
            renewal: self.renewal(table),
            stall: self.stall(table),
            stand_down: self.stand_down(table, whose),
        }
    }

    /// Reports mechanisms that belong to the other kind of approach.
    fn check_kind(&mut self, table: &Table<'_>, kind: Option<ApproachKind>) {
        let (keys, this, other): (&[&str], _, _) = match kind {
            Some(ApproachKind::Persistent) => (&["handover", "upkeep", "renewal"], "persistent", "temporary"),
            Some(ApproachKind::Temporary) => (&["review", "stand_down"], "temporary", "persistent"),
            None => return,
        };
        for key in keys {
            if let Some(field) = table.clone().take(key) {
                let message = format!("`{key}` belongs to a {other} approach, and this one is {this}");
                let fault =
                    Diagnostic::error(Code::WrongKindOfApproach, &field.path, Some(field.key_span), message);
                self.report(fault.expected(format!("a key of a {this} approach")));
            }
        }
    }

    fn main_team(&mut self, table: &mut Table<'_>, whose: Whose<'_>) -> TeamId {
        if !table.has("team") && matches!(whose, Whose::Stream(_)) {
            self.missing(
                table,
                "team",
                "team = \"...\"` to the approach or the stream, like `team = \"product\"",
            );
        }
        table.take("team").map_or(TeamId::new(0), |field| self.team_at(&field, whose))
    }

    fn team_at(&mut self, field: &Field<'_>, whose: Whose<'_>) -> TeamId {
        let place = self.refer(field, Sort::Team);
        if let (Some(place), Whose::Stream(_)) = (place, whose) {
            self.names.mark(Sort::Team, place);
        }
        TeamId::new(place.unwrap_or_default())
    }

    /// The team that a mechanism needs.
    fn other_team(&mut self, table: &mut Table<'_>, whose: Whose<'_>) -> TeamId {
        let team = self.required(table, "team", "team = \"support\"");
        team.map_or(TeamId::new(0), |field| self.team_at(&field, whose))
    }

    fn approval(&mut self, table: &mut Table<'_>) -> Approval {
        let mut table = table.table_or_absent("approval", self);
        let approval = Approval {
            lead: self.input(&mut table, "lead", measure::TIME, Fallback::Nought),
            cost: self.input(&mut table, "cost", measure::COST, Fallback::Nought),
        };
        table.finish(self);
        approval
    }

    fn review(&mut self, table: &mut Table<'_>) -> Option<Review> {
        let mut table = table.table("review", self)?;
        let review = Review {
            every: self.input(&mut table, "every", measure::CYCLE, Fallback::Required),
            cost: self.input(&mut table, "cost", measure::COST, Fallback::Required),
        };
        table.finish(self);
        Some(review)
    }

    fn forming(&mut self, table: &mut Table<'_>) -> Forming {
        let mut inner = table.table_or_absent("forming", self);
        // One without the other would change nothing.
        let (time, from) = if table.has("forming") {
            (Fallback::Required, Fallback::Required)
        } else {
            (Fallback::Nought, Fallback::One)
        };
        let forming = Forming {
            time: self.input(&mut inner, "time", measure::TIME, time),
            from: self.input(&mut inner, "from", measure::SHARE, from),
        };
        inner.finish(self);
        forming
    }

    fn settled(&mut self, table: &mut Table<'_>) -> Settled {
        let mut inner = table.table_or_absent("settled", self);
        let gain = if table.has("settled") { Fallback::Required } else { Fallback::Nought };
        let settled = Settled {
            after: self.input(&mut inner, "after", measure::TIME, Fallback::Nought),
            gain: self.input(&mut inner, "gain", measure::CHANGE, gain),
        };
        inner.finish(self);
        settled
    }

    fn vacancies(&mut self, table: &mut Table<'_>, whose: Whose<'_>) -> Option<Vacancies> {
        let mut table = table.table("vacancies", self)?;
        let vacancies = Vacancies {
            rate: self.input(&mut table, "rate", measure::SHARE, Fallback::Required),
            cover: self.input(&mut table, "cover", measure::SHARE, Fallback::Required),
            team: self.other_team(&mut table, whose),
        };
        table.finish(self);
        Some(vacancies)
    }

    fn release(&mut self, table: &mut Table<'_>) -> Release {
        let mut table = table.table_or_absent("release", self);
        let pattern = self.choice_of(&mut table, "pattern", &PATTERNS, Pattern::Single);
        let first = if pattern == Pattern::Incremental { Fallback::Required } else { Fallback::One };
        let first = self.input(&mut table, "first", measure::SHARE, first);
        table.finish(self);
        Release { pattern, first }
    }

    fn handover(&mut self, table: &mut Table<'_>) -> Handover {
        let mut table = table.table_or_absent("handover", self);
        let handover = Handover {
            overlap: self.input(&mut table, "overlap", measure::TIME, Fallback::Nought),
            loss: self.input(&mut table, "loss", measure::SHARE, Fallback::Nought),
            recovery: self.input(&mut table, "recovery", measure::TIME, Fallback::Nought),
        };
        table.finish(self);
        handover
    }

    fn upkeep(&mut self, table: &mut Table<'_>, whose: Whose<'_>) -> Option<Upkeep> {
        let mut table = table.table("upkeep", self)?;
        let upkeep = Upkeep {
            coverage: self.input(&mut table, "coverage", measure::SHARE, Fallback::Required),
            team: self.other_team(&mut table, whose),
        };
        table.finish(self);
        Some(upkeep)
    }

    fn renewal(&mut self, table: &mut Table<'_>) -> Option<Renewal> {
        let mut table = table.table("renewal", self)?;
        let renewal = Renewal {
            every: self.input(&mut table, "every", measure::CYCLE, Fallback::Required),
            effort: self.input(&mut table, "effort", measure::SURCHARGE, Fallback::Required),
        };
        table.finish(self);
        Some(renewal)
    }

    fn stall(&mut self, table: &mut Table<'_>) -> Option<Stall> {
        let mut table = table.table("stall", self)?;
        let stall = Stall {
            after: self.input(&mut table, "after", measure::SHARE, Fallback::Required),
            pause: self.input(&mut table, "pause", measure::TIME, Fallback::Required),
            standing: self.input(&mut table, "standing", measure::SHARE, Fallback::Nought),
            lost: self.input(&mut table, "lost", measure::SHARE, Fallback::Nought),
            happens: self.happens(&mut table),
        };
        table.finish(self);
        Some(stall)
    }

    /// Whether a stall happens: the chance as an input that is 1 or 0.
    fn happens(&mut self, table: &mut Table<'_>) -> InputId {
        let (path, chance, origin) = match table.take("chance") {
            Some(field) => {
                let chance = self.estimate(&field, measure::SHARE);
                let chance = chance.map_or(Decimal::ONE, |(estimate, _)| estimate.central());
                (field.path.clone(), chance, Origin::Written(field.node.span))
            }
            None => (table.path("chance"), Decimal::ONE, Origin::Default),
        };
        let estimate = Estimate::Chance { chance, then: Decimal::ONE, otherwise: Decimal::ZERO };
        self.add(path, measure::SHARE, Unit::Rate, estimate, origin)
    }

    fn stand_down(&mut self, table: &mut Table<'_>, whose: Whose<'_>) -> Option<StandDown> {
        let mut table = table.table("stand_down", self)?;
        let when = table.take("when").filter(|field| field.text() != Some(DONE));
        let when = match when {
            Some(month) => {
                self.excludes(&table, "when", &["notice"]);
                table.take("notice");
                let fallback = self.horizon_or_any().last();
                StandDownWhen::Month(self.month_of_event(&month).unwrap_or(fallback))
            }
            None => StandDownWhen::Done {
                notice: self.input(&mut table, "notice", measure::TIME, Fallback::Nought),
            },
        };
        let cost = self.input(&mut table, "cost", measure::COST, Fallback::Nought);
        let to = table.take("to").and_then(|field| self.heir(&field, whose));
        table.finish(self);
        Some(StandDown { when, cost, to })
    }

    /// The stream that takes over the upkeep.
    fn heir(&mut self, field: &Field<'_>, whose: Whose<'_>) -> Option<StreamId> {
        let (Whose::Stream(streams) | Whose::Orphan(streams)) = whose else {
            let message = "`to` names a stream of the same option, so it belongs on the stream".to_owned();
            self.fault(Code::Conflict, field, message, "`stand_down = { to = ... }` on a stream");
            return None;
        };
        let name = self.text(field)?;
        let place = streams.iter().position(|stream| stream.name == name);
        if place.is_none() {
            let known: Vec<String> = streams.iter().map(|stream| stream.name.clone()).collect();
            self.unknown_name(field, "stream", &name, &known);
        }
        place.map(StreamId::new)
    }
}
