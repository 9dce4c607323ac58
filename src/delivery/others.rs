//! Some streams of an option run by themselves, among others that do what a run of all has shown.
//!
//! Streams know of each other by three things only: how many teams are at work, events that a start waits for, and
//! upkeep that one takes over from another. Streams that take upkeep over must be run together; the rest is said
//! here. So long as nothing that others see of a stream changes, it does the same by itself as among all.

use super::month::month_of;
use super::{Delivery, Timesheet};
use crate::id::{ServiceId, StreamId};
use crate::number::Number;
use crate::plan::{Awaited, Plan, ProgrammeOption, Start};

/// What the streams of an option show each other, by a run of all of them.
#[derive(Clone, Debug, Default)]
pub struct Others<N> {
    /// Teams at work by month: of all streams, and of those that are run here.
    all: Vec<N>,
    own: Vec<N>,
    /// By service: the stream that delivers it, its first release and its go-live.
    services: Vec<(Option<StreamId>, Option<usize>, Option<usize>)>,
    /// By stream: the month after its last.
    ends: Vec<Option<usize>>,
}

impl<N: Number> Others<N> {
    /// What a run of all streams shows: its timesheet, and its teams at work by month.
    pub fn new(sheet: &Timesheet<N>, teams: &[N]) -> Self {
        Self {
            all: teams.to_vec(),
            own: Vec::new(),
            services: sheet.lives.iter().map(|life| (life.stream, life.first_release, life.live)).collect(),
            ends: sheet.courses.iter().map(|course| course.end).collect(),
        }
    }

    /// Of the teams at work, those of the streams that are run here.
    pub fn set_own(&mut self, teams: &[N]) {
        self.own.clear();
        self.own.extend_from_slice(teams);
    }

    /// Whether no other stream sees a difference: as many teams at work, the same events.
    pub fn see_no_difference(&self, own: &Delivery<N>) -> bool {
        let same_services = own.delivered.iter().all(|service| {
            let life = &own.sheet.lives[service.place()];
            self.services[service.place()] == (life.stream, life.first_release, life.live)
        });
        let same_ends = || {
            let end = |id: &StreamId| self.ends[id.place()] == own.sheet.courses[id.place()].end;
            own.running.iter().all(end)
        };
        same_services && own.teams == self.own && same_ends()
    }

    /// All teams at work in a month in which so many of those that are run here are.
    pub(super) fn at_work(&self, month: usize, own: N) -> N {
        match self.own.get(month) {
            Some(&known) if known != own => self.all[month] - known + own,
            _ => self.all[month],
        }
    }
}

impl<N: Number> Delivery<N> {
    /// Starts the streams that wait for others when those are known to let them.
    pub(super) fn await_others(&mut self, plan: &Plan<N>, option: &ProgrammeOption<N>, others: &Others<N>) {
        for &id in &self.running {
            let Start::After { of, event, plus } = option.streams[id.place()].start else { continue };
            let awaited = match of {
                Awaited::Stream(stream) => Some(stream),
                Awaited::Service(service) => others.services[service.place()].0,
            };
            if awaited.is_some_and(|stream| self.running.contains(&stream)) {
                continue;
            }
            let ends = |id: StreamId| others.ends[id.place()].map(|end| end as i64);
            let events = |service: ServiceId| {
                let (_, first_release, live) = others.services[service.place()];
                (first_release, live)
            };
            let known = month_of(option, of, event, ends, events);
            // What waits for what never comes begins when all is over.
            let start = known.map_or(plan.horizon.months() as i64, |month| month + plus);
            self.streams[id.place()].starts(plan, &option.streams[id.place()], start);
        }
    }
}
