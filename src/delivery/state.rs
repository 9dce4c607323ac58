//! Where the streams of an option stand, between one month and the next.

use crate::id::ServiceId;
use crate::number::Number;
use crate::plan::{Plan, StandDownWhen, Start, Stream};

/// Where a stream stands.
#[derive(Clone, Debug, Default)]
pub(super) struct StreamState<N> {
    /// The month approval starts, once known.
    pub(super) start: Option<i64>,
    /// Working months behind it: months at work, not counting those in which work was stopped.
    pub(super) worked: i64,
    /// The first month after its last, once known.
    pub(super) end: Option<i64>,
    /// The month in which its last service became complete.
    pub(super) done: Option<i64>,
    /// The months of its stall, once it has come.
    pub(super) stalled: Option<std::ops::Range<i64>>,
    /// Services whose upkeep it has taken over.
    pub(super) inherited: Vec<ServiceId>,
    /// Renewals of its services, by their place in the stream.
    pub(super) renewals: Vec<RenewalState<N>>,
}

/// Where the renewals of a service stand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RenewalState<N> {
    /// When the next one starts its approval.
    pub(super) due: Option<i64>,
    /// When the current or last one started its approval.
    pub(super) start: Option<i64>,
    /// When its team starts or started work.
    pub(super) work: Option<i64>,
    /// Effort left.
    pub(super) left: N,
    /// When its team ends, once the work is done.
    pub(super) end: Option<i64>,
}

impl<N: Number> StreamState<N> {
    pub(super) fn reset(&mut self, plan: &Plan<N>, stream: &Stream<N>) {
        (self.start, self.worked, self.end, self.done, self.stalled) = (None, 0, None, None, None);
        self.inherited.clear();
        self.renewals.clear();
        self.renewals.resize(stream.services.len(), RenewalState::default());
        if let Some(StandDownWhen::Month(last)) = stream.stand_down.map(|s| s.when) {
            self.end = Some(last + 1);
        }
        if let Start::Month(month) = stream.start {
            self.starts(plan, stream, month);
        }
    }

    /// Notes when it starts. Where all its services have ended by the time it could work, it never does.
    pub(super) fn starts(&mut self, plan: &Plan<N>, stream: &Stream<N>, month: i64) {
        self.start = Some(month);
        let work = month + stream.approval.lead;
        if stream.services.iter().all(|&service| plan.has_ended(service, work)) {
            self.done = Some(work - 1);
            self.end = Some(self.end.map_or(work, |end| end.min(work)));
        }
    }

    /// The month work starts.
    pub(super) fn work_start(&self, stream: &Stream<N>) -> Option<i64> {
        self.start.map(|start| start + stream.approval.lead)
    }

    /// Whether its own teams are at work in a month.
    pub(super) fn at_work(&self, stream: &Stream<N>, month: i64) -> bool {
        self.work_start(stream).is_some_and(|w| w <= month) && self.end.is_none_or(|end| month < end)
    }

    pub(super) fn is_stalled(&self, month: i64) -> bool {
        self.stalled.as_ref().is_some_and(|months| months.contains(&month))
    }
}

impl<N: Number> RenewalState<N> {
    pub(super) fn at_work(&self, month: i64) -> bool {
        self.work.is_some_and(|w| w <= month) && self.end.is_none_or(|end| month < end)
    }
}
