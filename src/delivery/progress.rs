//! How far a service has come: effort left in discovery, alpha and beta.

use super::tolerance;
use crate::ledger::Activity;
use crate::number::Number;
use crate::plan::Service;

/// The phases of building, in order.
pub(super) const PHASES: [Activity; 3] = [Activity::Discovery, Activity::Alpha, Activity::Beta];

/// Effort of a service, overrun included, in team-months.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Progress<N> {
    total: [N; 3],
    left: [N; 3],
}

impl<N: Number> Progress<N> {
    pub(super) fn reset(&mut self, service: &Service<N>, overrun: N) {
        self.total = service.effort.map(|effort| effort * (N::ONE + overrun));
        self.left = self.total;
    }

    /// All the effort there is.
    pub(super) fn total(&self) -> N {
        self.total[0] + self.total[1] + self.total[2]
    }

    /// Effort done.
    pub(super) fn done(&self) -> N {
        self.total() - self.left[0] - self.left[1] - self.left[2]
    }

    /// Effort left in a phase.
    pub(super) fn left(&self, phase: usize) -> N {
        self.left[phase]
    }

    /// Share of the effort that is done: all of it, if there is none.
    pub(super) fn share(&self) -> N {
        if self.total().is_nought() { N::ONE } else { self.done() / self.total() }
    }

    /// Whether nothing is left to do.
    pub(super) fn is_complete(&self) -> bool {
        self.left.iter().all(|left| left.is_nought())
    }

    /// Works at a phase with the capacity at hand; returns what it took.
    pub(super) fn work(&mut self, phase: usize, capacity: N) -> N {
        let spent = self.left[phase].at_most(capacity);
        self.left[phase] -= spent;
        if self.left[phase] < tolerance() {
            self.left[phase] = N::ZERO;
        }
        spent
    }

    /// Throws away a share of what is done, in every phase alike, so that the share of capital written off
    /// is the share that is spent again.
    pub(super) fn lose(&mut self, share: N) {
        for (left, total) in self.left.iter_mut().zip(self.total) {
            *left += share * (total - *left);
        }
    }
}
