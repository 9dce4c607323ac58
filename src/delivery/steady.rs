//! Months that only go on, taken in one step for those who add up by year.
//!
//! Between two dates on which something begins or ends a crew does the same in every month, or builds or renews
//! one thing with a capacity that only its own age changes, until its work comes to a mark; and those who have taken
//! over a service learn it at a known rate. A month that does more than go on (a phase ends in it, a team that forms
//! has several things to do) is run in full. A property holds the two ways together.

mod booking;
mod run;
mod task;

use super::month::ids;
use super::progress::PHASES;
use super::{Crew, Delivery, Entry};
use crate::id::{ServiceId, StreamId};
use crate::ledger::Activity;
use crate::number::Number;
use crate::plan::{ApproachKind, Pattern, Plan, ProgrammeOption, Stream};

use run::Run;
pub(super) use task::{Task, Work};

impl<N: Number> Delivery<N> {
    /// Takes as many months after this one as only go on with it, and says how many. The month's entries and charges
    /// are those from these places on; with them come those of later years.
    pub(super) fn go_on(
        &mut self,
        plan: &Plan<N>,
        option: &ProgrammeOption<N>,
        month: usize,
        (first_entry, first_charge): (usize, usize),
    ) -> usize {
        let mut tasks = std::mem::take(&mut self.tasks);
        tasks.clear();
        let months = self.foresee(&mut tasks, plan, option, month, first_entry);
        self.repeat_charges(plan, month, months, first_charge);
        self.repeat_entries(plan, option, (month, months), first_entry, &tasks);
        if months > 0 {
            self.advance(option, month, months, &tasks);
        }
        self.tasks = tasks;
        months
    }

    /// How many months after this one only go on with it, and with what.
    fn foresee(
        &self,
        tasks: &mut Vec<Task<N>>,
        plan: &Plan<N>,
        option: &ProgrammeOption<N>,
        month: usize,
        first_entry: usize,
    ) -> usize {
        let mut run = Run::new(month, plan.horizon.months() - 1 - month);
        for (life, service) in self.sheet.lives.iter().zip(&plan.services) {
            if life.renewed.last() == Some(&month) {
                run.stop();
            }
            run.before(life.first_release.map(|month| month as i64));
            run.before(life.live.map(|month| month as i64));
            run.before(Some(service.end as i64));
            if life.live.is_none() && service.end < plan.horizon.months() {
                // The work on it stops in its last month.
                run.before(Some(service.end as i64 - 1));
            }
        }
        for (id, stream) in ids(option) {
            if run.is_over() {
                return 0;
            }
            self.own_teams(&mut run, tasks, plan, (id, stream), month, first_entry);
            self.renewals(&mut run, tasks, (id, stream), month, first_entry);
            self.learners(tasks, plan, (id, stream), month, first_entry);
            run.before_dates(stream, &self.streams[id.place()]);
        }
        for task in tasks {
            if run.is_over() {
                return 0;
            }
            task.limit(&mut run, &option.streams[task.stream.place()], self.at_work);
        }
        run.months()
    }

    /// What a stream's own teams go on with.
    fn own_teams(
        &self,
        run: &mut Run,
        tasks: &mut Vec<Task<N>>,
        plan: &Plan<N>,
        (id, stream): (StreamId, &Stream<N>),
        month: usize,
        first_entry: usize,
    ) {
        let (state, now) = (&self.streams[id.place()], month as i64);
        if !state.at_work(stream, now) {
            return;
        }
        let finished = state.done.is_some_and(|done| done < now);
        if state.is_stalled(now) || stream.kind == ApproachKind::Temporary && finished {
            return;
        }
        let k = state.worked - 1;
        let entries = &self.sheet.entries[first_entry..];
        let own = || entries.iter().enumerate().filter(|(_, e)| e.stream == id && e.crew == Crew::Stream);
        if !finished {
            let (mut built, mut forming, mut others) = (None, None, 0);
            for (place, entry) in own() {
                match (phase(entry), entry.activity) {
                    (Some(phase), _) if built.is_none() => built = Some((place, entry.work, phase)),
                    // Two phases in a month: the next is not like it.
                    (Some(_), _) => return run.stop(),
                    (None, Activity::Forming) => forming = Some(place),
                    (None, _) => others += 1,
                }
            }
            let Some((entry, spent, (phase, service))) = built else { return run.stop() };
            let room = self.room_to_build(stream, state.stalled.is_none(), service, phase);
            let work = Work::Build { service, phase };
            tasks.push(Task { stream: id, work, k, entry, forming, spent, room });
            if others == 0 {
                return;
            }
        }
        // Several things to do: what is left for the last of them changes with the team.
        if !run.while_as_strong(&stream.forming, k) {
            return;
        }
        for (_, entry) in own().filter(|(_, entry)| entry.activity == Activity::Improvement) {
            let Some(service) = entry.service.map(ServiceId::place) else { continue };
            let (numbers, life) = (&plan.services[service], &self.sheet.lives[service]);
            let to_come = numbers.improve_limit - life.months[month + 1].improvement;
            run.within(to_come / numbers.improve_gain, entry.work);
        }
    }

    /// Team-months that may be spent on a phase of a service before anything comes of it.
    fn room_to_build(&self, stream: &Stream<N>, may_stall: bool, service: ServiceId, phase: usize) -> N {
        let progress = &self.progress[service.place()];
        let mut room = progress.left(phase);
        if stream.pattern == Pattern::Incremental && self.sheet.lives[service.place()].first_release.is_none()
        {
            room = room.at_most(stream.first_release * progress.total() - progress.done());
        }
        if let Some(stall) = stream.stall.filter(|_| may_stall) {
            let all = || stream.services.iter().map(|service| &self.progress[service.place()]);
            let total = all().fold(N::ZERO, |sum, progress| sum + progress.total());
            let done = all().fold(N::ZERO, |sum, progress| sum + progress.done());
            room = room.at_most(stall.after * total - done);
        }
        room
    }

    /// What the teams that renew a stream's services go on with.
    fn renewals(
        &self,
        run: &mut Run,
        tasks: &mut Vec<Task<N>>,
        (id, stream): (StreamId, &Stream<N>),
        month: usize,
        first_entry: usize,
    ) {
        let now = month as i64;
        for service in &stream.services {
            for &renewed in &self.sheet.lives[service.place()].renewed {
                run.before(Some(renewed as i64 + 1 + stream.handover.overlap));
            }
        }
        for (place, renewal) in self.streams[id.place()].renewals.iter().enumerate() {
            let Some(began) = renewal.work.filter(|_| renewal.at_work(now)) else { continue };
            let service = Some(stream.services[place]);
            let entries = &self.sheet.entries[first_entry..];
            let whose = (id, Crew::Renewal, service);
            let find = |activity| {
                entries.iter().position(|e| (e.stream, e.crew, e.service) == whose && e.activity == activity)
            };
            if renewal.end.is_some() {
                // It is being handed over, up to that date.
                continue;
            }
            let Some(entry) = find(Activity::Renewal) else { return run.stop() };
            let (spent, forming) = (entries[entry].work, find(Activity::Forming));
            let (work, room) = (Work::Renew { place }, renewal.left);
            tasks.push(Task { stream: id, work, k: now - began, entry, forming, spent, room });
        }
    }

    /// Those who have taken over a stream's services and learn them still.
    fn learners(
        &self,
        tasks: &mut Vec<Task<N>>,
        plan: &Plan<N>,
        (id, stream): (StreamId, &Stream<N>),
        month: usize,
        first_entry: usize,
    ) {
        let (Some(upkeep), ApproachKind::Temporary, now) = (&stream.upkeep, stream.kind, month as i64) else {
            return;
        };
        for &service in &stream.services {
            let Some(since) = self.handed_over((id, stream), service, now) else { continue };
            let k = now - since;
            if stream.handover.learnt(k) >= N::ONE {
                continue;
            }
            let whose = (id, Crew::Upkeep, Some(service));
            let mut entries = self.sheet.entries[first_entry..].iter();
            // None: the service has ended, or nothing of its upkeep is paid for.
            if let Some(entry) = entries.position(|e| (e.stream, e.crew, e.service) == whose) {
                let spent = upkeep.coverage * plan.services[service.place()].upkeep;
                let (work, room, forming) = (Work::Learn { service }, N::ZERO, None);
                tasks.push(Task { stream: id, work, k, entry, forming, spent, room });
            }
        }
    }

    /// Takes services and streams so many months on.
    fn advance(&mut self, option: &ProgrammeOption<N>, month: usize, months: usize, tasks: &[Task<N>]) {
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
        for task in tasks {
            self.go_on_with(task, &option.streams[task.stream.place()], month, months);
        }
    }

    /// Goes on with a task for so many months.
    fn go_on_with(&mut self, task: &Task<N>, stream: &Stream<N>, month: usize, months: usize) {
        let steady = task.is_steady(stream, months as i64);
        let pace = |j: usize| if steady { task.spent } else { task.pace(stream, self.at_work, j as i64) };
        match task.work {
            Work::Renew { place } => {
                let left = &mut self.streams[task.stream.place()].renewals[place].left;
                (1..=months).for_each(|j| *left -= pace(j));
            }
            Work::Build { service, phase } => {
                let progress = &mut self.progress[service.place()];
                let life = &mut self.sheet.lives[service.place()];
                for j in 1..=months {
                    progress.work(phase, pace(j));
                    if life.first_release.is_some() {
                        // As when it is released: not taken back for what a stall has lost.
                        let before = life.months[month + j].released;
                        life.months[month + j + 1].released = progress.share().at_least(before);
                    }
                }
            }
            Work::Learn { service } => {
                let coverage = stream.upkeep.as_ref().map_or(N::ZERO, |upkeep| upkeep.coverage);
                let life = &mut self.sheet.lives[service.place()];
                for j in 1..=months {
                    let covered = (coverage * stream.handover.learnt(task.k + j as i64)).at_most(N::ONE);
                    let unfunded = (N::ONE - covered) / N::from_count(12);
                    life.months[month + j + 1].neglect = life.months[month + j].neglect + unfunded;
                }
            }
        }
    }
}

/// The phase that an entry of a stream's own teams builds, and of which service.
fn phase<N>(entry: &Entry<N>) -> Option<(usize, ServiceId)> {
    let phase = PHASES.iter().position(|&phase| phase == entry.activity)?;
    Some((phase, entry.service?))
}
