//! One thing that a crew goes on building, renewing or learning, and its pace while the crew forms and settles.

use std::ops::Range;

use super::run::Run;
use crate::delivery::Entry;
use crate::id::{ServiceId, StreamId};
use crate::number::Number;
use crate::plan::Stream;

/// What a crew of a stream works on, and how far it is from a mark.
#[derive(Clone, Debug)]
pub(in super::super) struct Task<N> {
    /// The stream.
    pub(super) stream: StreamId,
    /// What it is.
    pub(super) work: Work,
    /// The crew's working month that has just been run; of learning, the months since.
    pub(super) k: i64,
    /// The place of its entry among those of the month.
    pub(super) entry: usize,
    /// The place of the entry of its forming, if it forms.
    pub(super) forming: Option<usize>,
    /// Team-months done in that month; of learning, what they would be with all of it learnt.
    pub(super) spent: N,
    /// Team-months to the next mark; learning has none.
    pub(super) room: N,
}

/// What is gone on with.
#[derive(Clone, Copy, Debug)]
pub(in super::super) enum Work {
    /// A phase of a service.
    Build {
        /// The service.
        service: ServiceId,
        /// Its phase.
        phase: usize,
    },
    /// The renewal of a stream's service.
    Renew {
        /// The service's place in the stream.
        place: usize,
    },
    /// Learning a service that has been handed over.
    Learn {
        /// The service.
        service: ServiceId,
    },
}

impl<N: Number> Task<N> {
    /// Whether so many more months have the pace of this one.
    pub(super) fn is_steady(&self, stream: &Stream<N>, months: i64) -> bool {
        let forming = &stream.forming;
        self.forming.is_none() && forming.settled(self.k) == forming.settled(self.k + months)
    }

    /// Team-months done in the j-th month after this one.
    pub(super) fn pace(&self, stream: &Stream<N>, at_work: N, j: i64) -> N {
        if self.is_steady(stream, j) { self.spent } else { stream.capacity(self.k + j, at_work) }
    }

    /// Ends a run of months before the mark.
    pub(super) fn limit(&self, run: &mut Run, stream: &Stream<N>, at_work: N) {
        let months = run.months() as i64;
        if let Work::Learn { .. } = self.work {
            return;
        }
        if self.is_steady(stream, months) {
            return run.within(self.room, self.spent);
        }
        let hundredth = N::ONE / N::from_count(100);
        let mut left = self.room;
        for j in 1..=months {
            let pace = self.pace(stream, at_work, j);
            // A hair of a month is kept, here too.
            if left < pace + pace * hundredth {
                return run.at_most(j - 1);
            }
            left -= pace;
        }
    }

    /// Makes its entries those of the j-th months after this one, for these j; they stand for as many months of the
    /// pace of this one.
    pub(super) fn book(
        &self,
        stream: &Stream<N>,
        at_work: N,
        months: Range<usize>,
        entries: &mut [Entry<N>],
    ) {
        let k = |j: usize| self.k + j as i64;
        if let Work::Learn { .. } = self.work {
            let work = |sum, j| sum + self.spent * stream.handover.learnt(k(j));
            entries[self.entry].work = months.fold(N::ZERO, work);
            return;
        }
        if self.is_steady(stream, months.end as i64 - 1) {
            return;
        }
        let count = N::from_count(months.len() as i64);
        let (mut time, mut work) = (N::ZERO, N::ZERO);
        for j in months {
            time += stream.forming.ramp(k(j));
            work += self.pace(stream, at_work, j as i64);
        }
        let entry = &mut entries[self.entry];
        (entry.time, entry.cost, entry.work) = (time, time * stream.teams, work);
        if let Some(forming) = self.forming {
            let entry = &mut entries[forming];
            entry.time = count - time;
            entry.cost = entry.time * stream.teams;
        }
    }
}
