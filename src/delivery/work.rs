//! A month of a stream's own teams: upkeep, delivery, improvement, and where that leaves the stream.

use super::crew::Shift;
use super::progress::PHASES;
use super::{Crew, Delivery, Loss, tolerance};
use crate::id::{ServiceId, StreamId};
use crate::ledger::Activity;
use crate::number::Number;
use crate::plan::{ApproachKind, Pattern, Plan, StandDownWhen, Stream};

impl<N: Number> Delivery<N> {
    /// A month of a stream's own teams.
    pub(super) fn work(
        &mut self,
        plan: &Plan<N>,
        stream: &Stream<N>,
        id: StreamId,
        month: usize,
        at_work: N,
    ) {
        let now = month as i64;
        let state = &self.streams[id.place()];
        let (k, done) = (state.worked, state.done.is_some());
        let stalled = stream.stall.filter(|_| state.is_stalled(now));
        let mut entries = std::mem::take(&mut self.sheet.entries);
        let mut shift = Shift::open(&mut entries, stream, (id, Crew::Stream, None, month), k, at_work);
        if let Some(stall) = stalled {
            shift.close_without_output(Activity::Stalled, None, stall.standing);
        } else if stream.kind == ApproachKind::Temporary && done {
            shift.close_without_output(Activity::Handover, stream.services.last().copied(), N::ONE);
        } else {
            self.lose_after_stall(plan, stream, id, month);
            if stream.kind == ApproachKind::Persistent {
                self.keep_up(plan, stream, id, month, &mut shift);
            }
            self.build(plan, stream, month, &mut shift);
            if stream.kind == ApproachKind::Persistent {
                self.improve(plan, stream, month, &mut shift);
            }
            shift.close();
            self.streams[id.place()].worked += 1;
        }
        self.sheet.entries = entries;
        self.turn(plan, stream, id, now);
    }

    /// Upkeep of live services, own ones first, as far as capacity goes.
    fn keep_up(
        &mut self,
        plan: &Plan<N>,
        stream: &Stream<N>,
        id: StreamId,
        month: usize,
        shift: &mut Shift<'_, N>,
    ) {
        let inherited = std::mem::take(&mut self.streams[id.place()].inherited);
        for &service in stream.services.iter().chain(&inherited) {
            if self.is_live(plan, service, month) {
                let need = plan.services[service.place()].upkeep;
                let done = need.at_most(shift.left());
                shift.spend(Activity::Upkeep, service, done);
                self.coverage[service.place()] = if done == need { N::ONE } else { done / need };
            }
        }
        self.streams[id.place()].inherited = inherited;
    }

    /// Delivery: each service's discovery, alpha, beta, running on into the next. Nobody goes on building a service
    /// that has ended.
    fn build(&mut self, plan: &Plan<N>, stream: &Stream<N>, month: usize, shift: &mut Shift<'_, N>) {
        for &service in &stream.services {
            if self.sheet.lives[service.place()].live.is_some() || plan.has_ended(service, month as i64) {
                continue;
            }
            let progress = &mut self.progress[service.place()];
            for (phase, &activity) in PHASES.iter().enumerate() {
                let spent = progress.work(phase, shift.left());
                shift.spend(activity, service, spent);
            }
            if !plan.has_ended(service, month as i64 + 1) {
                self.release(stream, service, month);
            }
            if !self.progress[service.place()].is_complete() {
                break;
            }
        }
    }

    /// What users have from next month on of a service that is not live yet.
    fn release(&mut self, stream: &Stream<N>, service: ServiceId, month: usize) {
        let progress = &self.progress[service.place()];
        let (share, complete) = (progress.share(), progress.is_complete());
        let life = &mut self.sheet.lives[service.place()];
        let next = month + 1;
        let first = stream.pattern == Pattern::Incremental && share + tolerance() >= stream.first_release;
        if complete || first {
            life.first_release.get_or_insert(next);
        }
        if complete {
            life.live = Some(next);
        }
        if life.first_release.is_some() {
            // What users have is not taken back when a stall loses work on what they don't have yet.
            life.months[next].released = share.at_least(life.months[month].released);
        }
    }

    /// Improvement of live services, in order, up to their limits.
    fn improve(&mut self, plan: &Plan<N>, stream: &Stream<N>, month: usize, shift: &mut Shift<'_, N>) {
        for &service in &stream.services {
            let numbers = &plan.services[service.place()];
            if !self.is_live(plan, service, month) || numbers.improve_gain <= N::ZERO {
                continue;
            }
            let so_far = self.sheet.lives[service.place()].months[month].improvement;
            let worth_doing = (numbers.improve_limit - so_far) / numbers.improve_gain;
            let spent = worth_doing.at_most(shift.left());
            if spent < tolerance() {
                continue;
            }
            shift.spend(Activity::Improvement, service, spent);
            let next = &mut self.sheet.lives[service.place()].months[month + 1];
            next.improvement = (so_far + spent * numbers.improve_gain).at_most(numbers.improve_limit);
        }
    }

    /// After a month's work: is the stream done, does it stall, when does it end? It is done when each of its services
    /// is complete or has ended; a project that has brought nothing live has nothing to hand over.
    fn turn(&mut self, plan: &Plan<N>, stream: &Stream<N>, id: StreamId, now: i64) {
        if self.streams[id.place()].done.is_some() {
            return;
        }
        let mut total = N::ZERO;
        let mut done = N::ZERO;
        let (mut complete, mut delivers) = (true, false);
        for &service in &stream.services {
            let progress = &self.progress[service.place()];
            total += progress.total();
            done += progress.done();
            let live = self.sheet.lives[service.place()].live.is_some();
            complete &= live || plan.has_ended(service, now + 1);
            delivers |= live;
        }
        let state = &mut self.streams[id.place()];
        if complete {
            state.done = Some(now);
            match (stream.kind, stream.stand_down.map(|s| s.when)) {
                (ApproachKind::Temporary, _) => {
                    let overlap = if delivers { stream.handover.overlap } else { 0 };
                    state.end = Some(now + 1 + overlap);
                }
                (ApproachKind::Persistent, Some(StandDownWhen::Done(notice))) => {
                    state.end = Some(now + 1 + notice);
                }
                (ApproachKind::Persistent, _) => {}
            }
        }
        let Some(stall) = stream.stall else { return };
        if state.stalled.is_none() && !complete && done + tolerance() >= stall.after * total {
            state.stalled = Some(now + 1..now + 1 + stall.pause);
        }
    }

    /// In the first month after a stall, some of the work on what is not live turns out to be lost.
    fn lose_after_stall(&mut self, plan: &Plan<N>, stream: &Stream<N>, id: StreamId, month: usize) {
        let (Some(stall), Some(stalled)) = (stream.stall, &self.streams[id.place()].stalled) else { return };
        if stalled.end != month as i64 {
            return;
        }
        for &service in &stream.services {
            let progress = &mut self.progress[service.place()];
            if plan.has_ended(service, month as i64) {
                continue;
            }
            if !progress.is_complete() && progress.done() > N::ZERO && !stall.lost.is_nought() {
                progress.lose(stall.lost);
                self.sheet.losses.push(Loss { month, service, share: stall.lost });
            }
        }
    }
}
