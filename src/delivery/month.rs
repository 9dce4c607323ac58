//! One month of an option: which streams start, seek approval, work and end.

use super::{Charge, Delivery, Others};
use crate::id::{ServiceId, StreamId};
use crate::ledger::Activity;
use crate::number::Number;
use crate::plan::{ApproachKind, Awaited, Event, Plan, ProgrammeOption, Start, Stream};

impl<N: Number> Delivery<N> {
    /// Advances all streams that are run by a month.
    pub(super) fn month(
        &mut self,
        plan: &Plan<N>,
        option: &ProgrammeOption<N>,
        month: usize,
        others: Option<&Others<N>>,
    ) {
        let now = month as i64;
        let running = std::mem::take(&mut self.running);
        let streams = || running.iter().map(|&id| (id, &option.streams[id.place()]));
        self.begin(month);
        for (id, stream) in streams() {
            self.trigger(plan, option, stream, id, now);
            self.approve(stream, id, month);
            self.start_renewals(plan, stream, id, month);
        }
        let teams = streams().fold(N::ZERO, |sum, (id, stream)| sum + self.teams_of(stream, id, now));
        self.teams.push(teams);
        let at_work = others.map_or(teams, |others| others.at_work(month, teams));
        self.at_work = at_work;
        for (id, stream) in streams() {
            if self.streams[id.place()].at_work(stream, now) {
                self.work(plan, stream, id, month, at_work);
            }
            if stream.kind == ApproachKind::Temporary {
                self.renew(stream, id, month, at_work);
                self.keep_up_after_handover(plan, stream, id, month);
            }
        }
        // Only when all have worked: who takes over upkeep does so next month.
        for (id, stream) in streams() {
            self.stand_down(stream, id, month);
        }
        self.age(plan, month);
        self.running = running;
    }

    /// Nobody has kept anything up yet, and a service will stand next month as it does now, but for what
    /// this month does to it.
    fn begin(&mut self, month: usize) {
        for service in &self.delivered {
            self.coverage[service.place()] = N::ZERO;
            let life = &mut self.sheet.lives[service.place()];
            life.months[month + 1] = life.months[month];
        }
    }

    /// Starts a stream whose event has come. Events are known at the latest in the month they fall in.
    fn trigger(
        &mut self,
        plan: &Plan<N>,
        option: &ProgrammeOption<N>,
        stream: &Stream<N>,
        id: StreamId,
        now: i64,
    ) {
        let Start::After { of, event, plus } = stream.start else { return };
        if self.streams[id.place()].start.is_some() {
            return;
        }
        let ends = |awaited: StreamId| self.streams[awaited.place()].end.filter(|&end| end <= now);
        let events = |service: ServiceId| {
            let life = &self.sheet.lives[service.place()];
            (life.first_release, life.live)
        };
        let known = month_of(option, of, event, ends, events);
        if let Some(month) = known {
            self.streams[id.place()].starts(plan, stream, month + plus);
        }
    }

    /// Approval's cost, evenly over the lead; all in the first month if there is no lead.
    fn approve(&mut self, stream: &Stream<N>, id: StreamId, month: usize) {
        let Some(start) = self.streams[id.place()].start else { return };
        self.approval_charge(stream, id, None, start, month);
        if let (Some(review), Some(work)) = (stream.review, self.streams[id.place()].work_start(stream)) {
            let since = month as i64 - work;
            let running = self.streams[id.place()].at_work(stream, month as i64);
            if running && since > 0 && since % review.every == 0 {
                self.charge(month, id, None, Activity::Review, review.cost);
            }
        }
    }

    pub(super) fn approval_charge(
        &mut self,
        stream: &Stream<N>,
        id: StreamId,
        service: Option<ServiceId>,
        start: i64,
        month: usize,
    ) {
        let months = stream.approval.lead.max(1);
        if (start..start + months).contains(&(month as i64)) {
            let amount = stream.approval.cost / N::from_count(months);
            self.charge(month, id, service, Activity::Approval, amount);
        }
    }

    pub(super) fn charge(
        &mut self,
        month: usize,
        stream: StreamId,
        service: Option<ServiceId>,
        activity: Activity,
        amount: N,
    ) {
        if !amount.is_nought() {
            self.sheet.charges.push(Charge { month, stream, service, activity, amount });
        }
    }

    /// The teams of a stream at work this month, renewals included.
    fn teams_of(&self, stream: &Stream<N>, id: StreamId, now: i64) -> N {
        let state = &self.streams[id.place()];
        let renewals = state.renewals.iter().filter(|renewal| renewal.at_work(now)).count();
        let crews = i64::from(state.at_work(stream, now)) + renewals as i64;
        stream.teams * N::from_count(crews)
    }

    /// In its last month a persistent stream pays what its end costs; next month another takes over.
    fn stand_down(&mut self, stream: &Stream<N>, id: StreamId, month: usize) {
        let Some(stand_down) = stream.stand_down else { return };
        let state = &self.streams[id.place()];
        if !state.at_work(stream, month as i64) || state.end != Some(month as i64 + 1) {
            return;
        }
        let heads = stream.team.heads * stream.teams;
        self.charge(month, id, None, Activity::StandDown, stand_down.cost * heads);
        if let Some(to) = stand_down.to {
            let mut inherited = std::mem::take(&mut self.streams[id.place()].inherited);
            let taker = &mut self.streams[to.place()].inherited;
            taker.extend(stream.services.iter().chain(&inherited));
            inherited.clear();
            self.streams[id.place()].inherited = inherited;
        }
    }

    /// At the end of a month: D of a live service grows by (1 - coverage) / 12, and is 0 after a renewal.
    fn age(&mut self, plan: &Plan<N>, month: usize) {
        for &id in &self.delivered {
            let service = &plan.services[id.place()];
            if !self.is_live(plan, id, month) || service.upkeep.is_nought() {
                continue;
            }
            let unfunded = N::ONE - self.coverage[id.place()];
            let life = &mut self.sheet.lives[id.place()];
            let renewed = life.renewed.last() == Some(&month);
            if renewed {
                life.months[month + 1].neglect = N::ZERO;
            } else if !unfunded.is_nought() {
                life.months[month + 1].neglect += unfunded / N::from_count(12);
            }
        }
    }

    pub(super) fn is_live(&self, plan: &Plan<N>, service: ServiceId, month: usize) -> bool {
        let live = self.sheet.lives[service.place()].live;
        live.is_some_and(|live| live <= month) && month < plan.services[service.place()].end
    }

    pub(super) fn note_course(&mut self, stream: &Stream<N>, id: StreamId) {
        let state = &self.streams[id.place()];
        let course = &mut self.sheet.courses[id.place()];
        let month = |m: Option<i64>| m.and_then(|m| usize::try_from(m).ok());
        course.start = month(state.start);
        course.work = month(state.work_start(stream));
        course.end = month(state.end);
    }
}

/// The month of an event of a service or a stream, of whose services the first releases and lives are known;
/// `None` until it is known.
pub(super) fn month_of<N>(
    option: &ProgrammeOption<N>,
    of: Awaited,
    event: Event,
    ends: impl Fn(StreamId) -> Option<i64>,
    events: impl Fn(ServiceId) -> (Option<usize>, Option<usize>),
) -> Option<i64> {
    match (of, event) {
        (Awaited::Service(service), Event::FirstRelease) => events(service).0.map(|month| month as i64),
        (Awaited::Service(service), _) => events(service).1.map(|month| month as i64),
        (Awaited::Stream(awaited), Event::End) => ends(awaited),
        (Awaited::Stream(awaited), _) => {
            let mut services =
                option.streams[awaited.place()].services.iter().map(|&service| events(service));
            match event {
                Event::FirstRelease => {
                    services.filter_map(|(first, _)| first).min().map(|month| month as i64)
                }
                _ => services.try_fold(0, |last, (_, live)| live.map(|live| last.max(live as i64))),
            }
        }
    }
}

pub(super) fn ids<N>(option: &ProgrammeOption<N>) -> impl Iterator<Item = (StreamId, &Stream<N>)> {
    option.streams.iter().enumerate().map(|(place, stream)| (StreamId::new(place), stream))
}
