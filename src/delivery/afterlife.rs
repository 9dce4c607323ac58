//! What comes after a temporary team has left: upkeep by others, and renewals.

use super::crew::Shift;
use super::{Crew, Delivery, Entry, tolerance};
use crate::id::{ServiceId, StreamId};
use crate::ledger::Activity;
use crate::number::Number;
use crate::plan::{Plan, Stream};

impl<N: Number> Delivery<N> {
    /// Renewals that fall due start their approval; those under approval go on with it.
    pub(super) fn start_renewals(&mut self, plan: &Plan<N>, stream: &Stream<N>, id: StreamId, month: usize) {
        let Some(renewal) = stream.renewal else { return };
        let now = month as i64;
        for (place, &service) in stream.services.iter().enumerate() {
            let Some(live) = self.sheet.lives[service.place()].live else { continue };
            let numbers = &plan.services[service.place()];
            let state = &mut self.streams[id.place()].renewals[place];
            if month >= numbers.end {
                // Nobody goes on renewing what has been retired.
                state.end = state.end.or(state.work.map(|_| now));
                continue;
            }
            let due = *state.due.get_or_insert(live as i64 + renewal.every);
            if now == due {
                state.start = Some(due);
                state.work = Some(due + stream.approval.lead);
                state.end = None;
                let effort = numbers.effort[0] + numbers.effort[1] + numbers.effort[2];
                state.left = effort * (N::ONE + stream.overrun) * renewal.effort;
            }
            if let Some(start) = state.start {
                self.approval_charge(stream, id, Some(service), start, month);
            }
        }
    }

    /// A month of the teams that renew services.
    pub(super) fn renew(&mut self, stream: &Stream<N>, id: StreamId, month: usize, at_work: N) {
        let now = month as i64;
        for (place, &service) in stream.services.iter().enumerate() {
            let state = &mut self.streams[id.place()].renewals[place];
            let Some(work) = state.work.filter(|_| state.at_work(now)) else { continue };
            let entries = &mut self.sheet.entries;
            let mut shift =
                Shift::open(entries, stream, (id, Crew::Renewal, Some(service), month), now - work, at_work);
            if state.end.is_some() {
                shift.close_without_output(Activity::Handover, Some(service), N::ONE);
                continue;
            }
            let spent = state.left.at_most(shift.left());
            shift.spend(Activity::Renewal, service, spent);
            shift.close();
            state.left -= spent;
            if state.left < tolerance() {
                let end = now + 1 + stream.handover.overlap;
                state.end = Some(end);
                state.due = stream.renewal.map(|renewal| now + 1 + renewal.every);
                self.sheet.lives[service.place()].renewed.push(month);
            }
        }
    }

    /// Upkeep of a temporary stream's live services: paid from go-live, at a share of what is needed, by
    /// another team kind, whose grasp of the service is weaker at first once the builders have gone.
    pub(super) fn keep_up_after_handover(
        &mut self,
        plan: &Plan<N>,
        stream: &Stream<N>,
        id: StreamId,
        month: usize,
    ) {
        let Some(upkeep) = &stream.upkeep else { return };
        let now = month as i64;
        for &service in &stream.services {
            if !self.is_live(plan, service, month) {
                continue;
            }
            let handed_over = self.handed_over((id, stream), service, now);
            let learnt = handed_over.map_or(N::ONE, |since| stream.handover.learnt(now - since));
            self.coverage[service.place()] = (upkeep.coverage * learnt).at_most(N::ONE);
            let work = upkeep.coverage * plan.services[service.place()].upkeep;
            if !work.is_nought() {
                self.sheet.entries.push(Entry {
                    month,
                    stream: id,
                    crew: Crew::Upkeep,
                    service: Some(service),
                    activity: Activity::Upkeep,
                    time: N::ONE,
                    cost: work / upkeep.team.pace,
                    work: work * learnt,
                });
            }
        }
    }

    /// Since when those who keep a stream's service up have been alone with it: since the last hand-over that is
    /// over, while a later renewal is still being handed over.
    pub(super) fn handed_over(
        &self,
        (id, stream): (StreamId, &Stream<N>),
        service: ServiceId,
        now: i64,
    ) -> Option<i64> {
        let past = |&m: &i64| m <= now;
        let renewals = self.sheet.lives[service.place()].renewed.iter();
        let renewals = renewals.map(|&renewed| renewed as i64 + 1 + stream.handover.overlap);
        renewals.filter(past).max().max(self.streams[id.place()].end.filter(past))
    }
}
