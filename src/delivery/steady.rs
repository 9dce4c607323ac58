//! Months that are like the one before: foreseen, and taken in one step, for those who add up by year.
//!
//! Whatever goes on in a month goes on until a date on which something begins or ends, or until work that goes
//! on at the same pace comes to a mark. What has no steady pace (a team that forms, a renewal, recovery after
//! handing over, building after a stall) is not foreseen: it is taken month by month. A property holds the two
//! ways together.

use super::month::ids;
use super::progress::PHASES;
use super::state::StreamState;
use super::{Crew, Delivery, Entry};
use crate::id::{ServiceId, StreamId};
use crate::ledger::Activity;
use crate::number::Number;
use crate::plan::{ApproachKind, Pattern, Plan, ProgrammeOption, Stream};

/// A run of months from the next on, as long as no mark cuts it short.
struct Run {
    next: i64,
    months: i64,
}

impl Run {
    /// It ends before this month, if that is still to come.
    fn before(&mut self, date: Option<i64>) {
        if let Some(date) = date.filter(|&date| date >= self.next) {
            self.months = self.months.min(date - self.next);
        }
    }

    /// It ends before an amount is used up that goes down by so much a month.
    fn within<N: Number>(&mut self, left: N, a_month: N) {
        let hundredth = N::ONE / N::from_count(100);
        if a_month < hundredth {
            return self.none();
        }
        // Rounded down, and a hair more: a month in which a mark is reached is never skipped.
        let whole = (left / a_month - N::ONE / N::from_count(2) - hundredth).to_whole();
        self.months = self.months.min(whole.max(0));
    }

    fn none(&mut self) {
        self.months = 0;
    }
}

impl<N: Number> Delivery<N> {
    /// How many months after this one are like it but for their date, up to the end of its financial year. The
    /// month's entries are those from `first` on.
    pub(super) fn alike(
        &self,
        plan: &Plan<N>,
        option: &ProgrammeOption<N>,
        month: usize,
        first: usize,
    ) -> usize {
        let now = month as i64;
        if ids(option).any(|(id, stream)| in_flux(stream, &self.streams[id.place()], now)) {
            return 0;
        }
        let year = plan.year_of[month];
        let months = plan.year_of[month + 1..].iter().take_while(|&&t| t == year).count();
        let mut run = Run { next: now + 1, months: months as i64 };
        for (life, service) in self.sheet.lives.iter().zip(&plan.services) {
            run.before(life.first_release.map(|month| month as i64));
            run.before(life.live.map(|month| month as i64));
            run.before(Some(service.end as i64));
        }
        for (id, stream) in ids(option) {
            if run.months == 0 {
                break;
            }
            let state = &self.streams[id.place()];
            dates(&mut run, stream, state);
            if state.at_work(stream, now) {
                self.pace(&mut run, plan, (id, stream), month, &self.sheet.entries[first..]);
            }
        }
        run.months as usize
    }

    /// How long a stream's own teams go on as they do.
    fn pace(
        &self,
        run: &mut Run,
        plan: &Plan<N>,
        (id, stream): (StreamId, &Stream<N>),
        month: usize,
        entries: &[Entry<N>],
    ) {
        let (state, now) = (&self.streams[id.place()], month as i64);
        if let (Some(review), Some(work)) = (stream.review, state.work_start(stream)) {
            let since = now - work;
            if since > 0 && since % review.every == 0 {
                return run.none();
            }
            run.before(Some(now - since % review.every + review.every));
        }
        let finished = state.done.is_some_and(|done| done < now);
        if state.is_stalled(now) || stream.kind == ApproachKind::Temporary && finished {
            return;
        }
        let k = state.worked - 1;
        let settled = |k| stream.forming.settled(k);
        run.months = (0..run.months).take_while(|j| settled(k + j + 1) == settled(k)).count() as i64;
        let own = || entries.iter().filter(move |e| e.stream == id && e.crew == Crew::Stream);
        if !finished {
            let mut built = own().filter_map(|entry| Some((entry, phase(entry)?)));
            match (built.next(), built.next()) {
                (Some((entry, (phase, service))), None) if state.stalled.is_none() => {
                    self.build_on(run, stream, service, phase, entry.work);
                }
                _ => run.none(),
            }
            return;
        }
        for entry in own().filter(|entry| entry.activity == Activity::Improvement) {
            let Some(service) = entry.service.map(ServiceId::place) else { continue };
            let (numbers, life) = (&plan.services[service], &self.sheet.lives[service]);
            let to_come = numbers.improve_limit - life.months[month + 1].improvement;
            run.within(to_come / numbers.improve_gain, entry.work);
        }
    }

    /// How long one phase of one service is built at a pace.
    fn build_on(&self, run: &mut Run, stream: &Stream<N>, service: ServiceId, phase: usize, a_month: N) {
        let progress = &self.progress[service.place()];
        run.within(progress.left(phase), a_month);
        if stream.pattern == Pattern::Incremental && self.sheet.lives[service.place()].first_release.is_none()
        {
            run.within(stream.first_release * progress.total() - progress.done(), a_month);
        }
        if let Some(stall) = stream.stall {
            let all = || stream.services.iter().map(|service| &self.progress[service.place()]);
            let total = all().fold(N::ZERO, |sum, progress| sum + progress.total());
            let done = all().fold(N::ZERO, |sum, progress| sum + progress.done());
            run.within(stall.after * total - done, a_month);
        }
    }

    /// Takes so many more months like this one, whose entries and charges begin at these places.
    pub(super) fn repeat(
        &mut self,
        option: &ProgrammeOption<N>,
        month: usize,
        months: usize,
        (first_entry, first_charge): (usize, usize),
    ) {
        let (more, all) = (N::from_count(months as i64), N::from_count(months as i64 + 1));
        for entry in &mut self.sheet.entries[first_entry..] {
            if let Some((phase, service)) = phase(entry) {
                self.progress[service.place()].work(phase, more * entry.work);
            }
            (entry.time, entry.cost, entry.work) = (all * entry.time, all * entry.cost, all * entry.work);
        }
        for charge in &mut self.sheet.charges[first_charge..] {
            charge.amount = all * charge.amount;
        }
        for life in &mut self.sheet.lives {
            let (before, mut now) = (life.months[month], life.months[month + 1]);
            let step = now.less(before);
            for health in &mut life.months[month + 2..=month + months + 1] {
                now = now.plus(step);
                *health = now;
            }
        }
        for ((_, stream), state) in ids(option).zip(&mut self.streams) {
            if state.at_work(stream, month as i64) && !state.is_stalled(month as i64) {
                state.worked += months as i64;
            }
        }
    }
}

/// Whether a stream's months have no pace: its team forms, a service is under renewal, or those who keep one up
/// still learn it.
fn in_flux<N: Number>(stream: &Stream<N>, state: &StreamState<N>, now: i64) -> bool {
    let forms = || stream.forming.ramp(state.worked - 1) < N::ONE;
    if state.at_work(stream, now) && !state.is_stalled(now) && forms() {
        return true;
    }
    let recovers = |since: i64| since <= now && stream.handover.learnt(now - since) < N::ONE;
    stream.kind == ApproachKind::Temporary
        && (state.end.is_some_and(recovers)
            || state
                .renewals
                .iter()
                .any(|renewal| renewal.at_work(now) || renewal.handed_over.is_some_and(recovers)))
}

/// The dates on which a stream turns, known so far.
fn dates<N: Number>(run: &mut Run, stream: &Stream<N>, state: &StreamState<N>) {
    let lead = stream.approval.lead;
    let approval = |start: Option<i64>| [start, start.map(|start| start + lead.max(1))];
    let stall = state.stalled.as_ref().map(|months| (months.start, months.end));
    let own = [
        state.done.map(|done| done + 1),
        // A standing team that stands down pays for it in its last month.
        state.end.map(|end| end - 1),
        state.end,
        stall.map(|(start, _)| start),
        stall.map(|(_, end)| end),
        // And the one after it, in which the loss is known.
        stall.map(|(_, end)| end + 1),
    ];
    approval(state.start).into_iter().chain(own).for_each(|date| run.before(date));
    for renewal in &state.renewals {
        let dates = [renewal.due, renewal.work, renewal.end, renewal.handed_over];
        approval(renewal.start).into_iter().chain(dates).for_each(|date| run.before(date));
    }
}

/// The phase that an entry of a stream's own teams builds, and of which service.
fn phase<N>(entry: &Entry<N>) -> Option<(usize, ServiceId)> {
    let phase = PHASES.iter().position(|&phase| phase == entry.activity)?;
    Some((phase, entry.service?))
}
