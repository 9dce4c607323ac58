//! A run of months, cut short by dates and by marks.

use crate::delivery::state::StreamState;
use crate::number::Number;
use crate::plan::{Forming, Stream};

/// A run of months from the next on, as long as nothing cuts it short.
pub(super) struct Run {
    next: i64,
    months: i64,
}

impl Run {
    /// So many months after this one.
    pub(super) fn new(month: usize, months: usize) -> Self {
        Self { next: month as i64 + 1, months: months as i64 }
    }

    /// How many months it has.
    pub(super) fn months(&self) -> usize {
        self.months as usize
    }

    /// Whether it has none.
    pub(super) fn is_over(&self) -> bool {
        self.months == 0
    }

    /// It has none.
    pub(super) fn stop(&mut self) {
        self.months = 0;
    }

    /// It has no more than so many.
    pub(super) fn at_most(&mut self, months: i64) {
        self.months = self.months.min(months);
    }

    /// It ends before this month, if that is still to come.
    pub(super) fn before(&mut self, date: Option<i64>) {
        if let Some(date) = date.filter(|&date| date >= self.next) {
            self.at_most(date - self.next);
        }
    }

    /// It ends before an amount is used up that goes down by so much a month.
    pub(super) fn within<N: Number>(&mut self, left: N, a_month: N) {
        let hundredth = N::ONE / N::from_count(100);
        if a_month < hundredth {
            return self.stop();
        }
        // Rounded down, and a hair more: a month in which a mark is reached is never skipped.
        let whole = (left / a_month - N::ONE / N::from_count(2) - hundredth).to_whole();
        self.at_most(whole.max(0));
    }

    /// It ends before a team, now in its working month k, is stronger than it is. Whether there is any of it.
    pub(super) fn while_as_strong<N: Number>(&mut self, forming: &Forming<N>, k: i64) -> bool {
        if forming.ramp(k) < N::ONE {
            self.stop();
        } else {
            let settled = forming.settled(k);
            if forming.settled(k + self.months) != settled {
                self.months =
                    (0..self.months).take_while(|j| forming.settled(k + j + 1) == settled).count() as i64;
            }
        }
        !self.is_over()
    }

    /// It ends before the dates on which a stream turns, as far as they are known.
    pub(super) fn before_dates<N: Number>(&mut self, stream: &Stream<N>, state: &StreamState<N>) {
        self.before(state.end);
        // A standing team that stands down pays for it in its last month.
        self.before(state.end.map(|end| end - 1));
        let Some(start) = state.start else { return };
        self.before_approval(stream, start);
        self.before(state.done.map(|done| done + 1));
        if let Some(stall) = &state.stalled {
            self.before(Some(stall.start));
            self.before(Some(stall.end));
        }
        let work = start + stream.approval.lead;
        if let Some(review) = stream.review.filter(|_| work < self.next) {
            let now = self.next - 1;
            self.before(Some(now + review.every - (now - work) % review.every));
        }
        for renewal in state.renewals.iter().filter(|renewal| renewal.due.is_some()) {
            if let Some(start) = renewal.start {
                self.before_approval(stream, start);
            }
            for date in [renewal.due, renewal.work, renewal.end] {
                self.before(date);
            }
        }
    }

    /// It ends before an approval begins and before it ends.
    fn before_approval<N: Number>(&mut self, stream: &Stream<N>, start: i64) {
        self.before(Some(start));
        self.before(Some(start + stream.approval.lead.max(1)));
    }
}
