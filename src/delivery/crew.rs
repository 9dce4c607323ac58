//! One crew at work in one month: its capacity, how it is spent, and the timesheet entries that come of it.

use super::{Crew, Entry};
use crate::id::{ServiceId, StreamId};
use crate::ledger::Activity;
use crate::number::Number;
use crate::plan::Stream;

/// A month's capacity of a crew, being spent.
pub(super) struct Shift<'a, N> {
    entries: &'a mut Vec<Entry<N>>,
    /// The crew's entries of this month begin here.
    first: usize,
    stream: &'a Stream<N>,
    id: StreamId,
    crew: Crew,
    /// The one service that the crew is there for, if it is.
    service: Option<ServiceId>,
    month: usize,
    ramp: N,
    capacity: N,
    left: N,
}

impl<'a, N: Number> Shift<'a, N> {
    /// Opens working month `k` of a crew of the stream's teams, with `at_work` teams in the option.
    pub(super) fn open(
        entries: &'a mut Vec<Entry<N>>,
        stream: &'a Stream<N>,
        (id, crew, service, month): (StreamId, Crew, Option<ServiceId>, usize),
        k: i64,
        at_work: N,
    ) -> Self {
        let ramp = stream.forming.ramp(k);
        let capacity = stream.capacity(k, at_work);
        let first = entries.len();
        Self { entries, first, stream, id, crew, service, month, ramp, capacity, left: capacity }
    }

    /// Capacity not yet spent, in team-months.
    pub(super) fn left(&self) -> N {
        self.left
    }

    /// Spends team-months on an activity; the time it takes is booked on closing.
    pub(super) fn spend(&mut self, activity: Activity, service: ServiceId, work: N) {
        if work.is_nought() {
            return;
        }
        self.left -= work;
        self.book(activity, Some(service), N::ZERO, work);
    }

    /// Closes the month: what is left is idle; (1 - ramp) of the cost is forming, the rest goes over the
    /// activities in proportion to team-months spent. The last of them takes what the divisions leave, so
    /// that the shares sum to 1.
    pub(super) fn close(mut self) {
        self.idle();
        let mut unbooked = self.ramp;
        let booked = &mut self.entries[self.first..];
        let last = booked.len() - 1;
        for (place, entry) in booked.iter_mut().enumerate() {
            entry.time = if place == last { unbooked } else { self.ramp * entry.work / self.capacity };
            entry.cost = entry.time * self.stream.teams;
            unbooked -= entry.time;
        }
        self.book(Activity::Forming, self.service, N::ONE - self.ramp, N::ZERO);
    }

    /// Closes the month with all of it, at a share of its cost, on one activity without output.
    pub(super) fn close_without_output(mut self, activity: Activity, service: Option<ServiceId>, paid: N) {
        self.book(activity, service, N::ONE, N::ZERO);
        if let Some(entry) = self.entries.last_mut() {
            entry.cost = paid * self.stream.teams;
        }
    }

    fn idle(&mut self) {
        let nothing_done = self.entries.len() == self.first;
        if nothing_done || self.left > super::tolerance() {
            self.book(Activity::Idle, self.service, N::ZERO, self.left);
        }
    }

    fn book(&mut self, activity: Activity, service: Option<ServiceId>, time: N, work: N) {
        if activity == Activity::Forming && time.is_nought() {
            return;
        }
        let cost = time * self.stream.teams;
        let (month, stream, crew) = (self.month, self.id, self.crew);
        self.entries.push(Entry { month, stream, crew, service, activity, time, cost, work });
    }
}
