//! Delivery: what every stream of an option does, month by month (MODEL section 6).
//!
//! [`Delivery::run`] takes an option of a plan to its [`Timesheet`]: who worked on what in each month, what
//! approval, reviews and standing down cost, and how each service lives: released, live, kept up, neglected,
//! improved. It knows no prices and no postings. Team-funded and project-funded work run through the same
//! code and differ only in the numbers of their [`crate::plan::Stream`].

mod afterlife;
mod crew;
mod month;
mod others;
mod progress;
mod state;
mod steady;
mod work;

use crate::id::{ServiceId, StreamId};
use crate::ledger::Activity;
use crate::number::Number;
use crate::plan::{Plan, ProgrammeOption};

pub use others::Others;
use progress::Progress;
use state::StreamState;
use steady::Task;

/// A remainder under this many team-months counts as done (MODEL 6.2): a thousand-millionth.
fn tolerance<N: Number>() -> N {
    N::ONE / N::from_count(1_000_000_000)
}

/// What a run of an option's streams leaves.
#[derive(Clone, Debug, Default)]
pub struct Timesheet<N> {
    /// The time of crews, by month, then stream.
    pub entries: Vec<Entry<N>>,
    /// Sums of money that delivery itself occasions.
    pub charges: Vec<Charge<N>>,
    /// Work thrown away.
    pub losses: Vec<Loss<N>>,
    /// The life of every service of the plan.
    pub lives: Vec<Life<N>>,
    /// The course of every stream of the option.
    pub courses: Vec<Course>,
}

/// A crew's time on one activity in one month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<N> {
    /// Month, from the start of the horizon.
    pub month: usize,
    /// The stream.
    pub stream: StreamId,
    /// Which of its crews.
    pub crew: Crew,
    /// What it worked on, if it was a service.
    pub service: Option<ServiceId>,
    /// What it did.
    pub activity: Activity,
    /// Share of the crew's month; those of a crew sum to 1 (an upkeep crew's is always 1).
    pub time: N,
    /// How many team-months of the crew's cost that is.
    pub cost: N,
    /// Team-months of work done.
    pub work: N,
}

/// The crews of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crew {
    /// The stream's own teams.
    Stream,
    /// A new team that renews a service.
    Renewal,
    /// The team kind that is paid for upkeep once a temporary team has gone.
    Upkeep,
}

/// A sum of money that delivery occasions: approval, review, standing down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Charge<N> {
    /// Month.
    pub month: usize,
    /// The stream.
    pub stream: StreamId,
    /// The service, for a renewal's approval.
    pub service: Option<ServiceId>,
    /// What for.
    pub activity: Activity,
    /// Pounds.
    pub amount: N,
}

/// Work on a service that a stall has thrown away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss<N> {
    /// The month in which work goes on, and the loss is known.
    pub month: usize,
    /// The service.
    pub service: ServiceId,
    /// Share of the work done on it, and of the capital spent on it, that is lost.
    pub share: N,
}

/// The life of a service in one option. Months count from the start of the horizon; only months inside it
/// are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Life<N> {
    /// The stream that delivers it.
    pub stream: Option<StreamId>,
    /// First release month.
    pub first_release: Option<usize>,
    /// Go-live month.
    pub live: Option<usize>,
    /// Months in which a renewal was completed.
    pub renewed: Vec<usize>,
    /// State at the start of each month.
    pub months: Vec<Health<N>>,
}

/// How a service stands at the start of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Health<N> {
    /// Share of it that users have.
    pub released: N,
    /// Years of unfunded upkeep since go-live or renewal: D in MODEL section 7.
    pub neglect: N,
    /// Improvement so far, as a share of full benefits.
    pub improvement: N,
}

impl<N: Number> Life<N> {
    /// As nobody has begun to build it, over so many months.
    fn reset(&mut self, months: usize) {
        (self.stream, self.first_release, self.live) = (None, None, None);
        self.renewed.clear();
        self.months.clear();
        let unborn = Health { released: N::ZERO, neglect: N::ZERO, improvement: N::ZERO };
        self.months.resize(months, unborn);
    }
}

impl<N: Number> Health<N> {
    fn plus(self, other: Self) -> Self {
        Self {
            released: self.released + other.released,
            neglect: self.neglect + other.neglect,
            improvement: self.improvement + other.improvement,
        }
    }

    fn less(self, other: Self) -> Self {
        Self {
            released: self.released - other.released,
            neglect: self.neglect - other.neglect,
            improvement: self.improvement - other.improvement,
        }
    }
}

/// The course of a stream: its turning points, where they fall inside the horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// The month approval starts.
    pub start: Option<usize>,
    /// The month work starts.
    pub work: Option<usize>,
    /// The month after its last.
    pub end: Option<usize>,
}

/// Runs options, one after the other, in the same memory: after the first run of a plan's options no run
/// allocates.
#[derive(Clone, Debug, Default)]
pub struct Delivery<N> {
    sheet: Timesheet<N>,
    progress: Vec<Progress<N>>,
    streams: Vec<StreamState<N>>,
    /// The streams that are run, and the services that they deliver: all others stay unborn.
    running: Vec<StreamId>,
    delivered: Vec<ServiceId>,
    /// The teams at work of the streams that are run, by month; only where every month is run.
    teams: Vec<N>,
    /// Share of the upkeep needed that each service has had this month.
    coverage: Vec<N>,
    /// Teams at work in this month.
    at_work: N,
    /// Whether the timesheet has an entry a year in place of one a month.
    by_year: bool,
    /// The year index at hand, and where its entries begin.
    year: usize,
    year_begins: usize,
    /// What crews go on with after a month.
    tasks: Vec<Task<N>>,
    /// The entries of a month that others are like.
    like_this: Vec<Entry<N>>,
}

impl<N: Number> Delivery<N> {
    /// One whose timesheets put the entries of a financial year that differ in their month only into one, in the
    /// first of these months: for those who add up by year anyway. Months that only go on are taken in one step.
    pub fn by_year() -> Self {
        Self { by_year: true, ..Self::default() }
    }

    /// The timesheet of an option.
    pub fn run(&mut self, plan: &Plan<N>, option: &ProgrammeOption<N>) -> &Timesheet<N> {
        self.running.clear();
        self.running.extend((0..option.streams.len()).map(StreamId::new));
        self.advance_all(plan, option, None, None)
    }

    /// The timesheet of some streams of an option, among others that do as they are said to do.
    pub fn run_among(
        &mut self,
        plan: &Plan<N>,
        option: &ProgrammeOption<N>,
        streams: &[StreamId],
        others: &Others<N>,
    ) -> &Timesheet<N> {
        self.running.clear();
        self.running.extend_from_slice(streams);
        self.advance_all(plan, option, Some(others), None)
    }

    /// The same, but no further than the first month whose entries differ from those of a timesheet.
    pub fn run_until_different(
        &mut self,
        plan: &Plan<N>,
        option: &ProgrammeOption<N>,
        streams: &[StreamId],
        others: &Others<N>,
        from: &Timesheet<N>,
    ) -> &Timesheet<N> {
        self.running.clear();
        self.running.extend_from_slice(streams);
        self.advance_all(plan, option, Some(others), Some(from))
    }

    /// The teams at work in each month of the last run, of the streams that were run.
    pub fn teams(&self) -> &[N] {
        &self.teams
    }

    /// The last timesheet.
    pub fn sheet(&self) -> &Timesheet<N> {
        &self.sheet
    }

    fn advance_all(
        &mut self,
        plan: &Plan<N>,
        option: &ProgrammeOption<N>,
        others: Option<&Others<N>>,
        until_different_from: Option<&Timesheet<N>>,
    ) -> &Timesheet<N> {
        self.clear(plan, option);
        if let Some(others) = others {
            self.await_others(plan, option, others);
        }
        // Where nobody works, no month is unlike another.
        let months = if self.running.is_empty() { 0 } else { plan.horizon.months() };
        let mut month = 0;
        while month < months {
            let before = (self.sheet.entries.len(), self.sheet.charges.len());
            self.month(plan, option, month, others);
            let entries = &self.sheet.entries;
            if until_different_from
                .is_some_and(|from| from.entries.get(before.0..entries.len()) != Some(&entries[before.0..]))
            {
                break;
            }
            if self.by_year {
                month += self.go_on(plan, option, month, before);
            }
            month += 1;
        }
        for place in 0..self.running.len() {
            let id = self.running[place];
            self.note_course(&option.streams[id.place()], id);
        }
        &self.sheet
    }

    fn clear(&mut self, plan: &Plan<N>, option: &ProgrammeOption<N>) {
        (self.year, self.year_begins) = (0, 0);
        self.teams.clear();
        let sheet = &mut self.sheet;
        sheet.entries.clear();
        sheet.charges.clear();
        sheet.losses.clear();
        sheet.courses.clear();
        sheet.courses.resize(option.streams.len(), Course::default());
        let (services, months) = (plan.services.len(), plan.horizon.months() + 1);
        if sheet.lives.len() != services || sheet.lives.first().is_some_and(|l| l.months.len() != months) {
            sheet.lives.resize_with(services, Life::default);
            sheet.lives.iter_mut().for_each(|life| life.reset(months));
        } else {
            // The others are unborn still.
            self.delivered.iter().for_each(|service| sheet.lives[service.place()].reset(months));
        }
        self.delivered.clear();
        self.coverage.resize(plan.services.len(), N::ZERO);
        self.progress.resize_with(plan.services.len(), Progress::default);
        // Never fewer: the states of an option with more streams keep their memory.
        let most = self.streams.len().max(option.streams.len());
        self.streams.resize_with(most, StreamState::default);
        for &id in &self.running {
            let stream = &option.streams[id.place()];
            self.streams[id.place()].reset(plan, stream);
            for &service in &stream.services {
                self.delivered.push(service);
                sheet.lives[service.place()].stream = Some(id);
                self.progress[service.place()].reset(&plan.services[service.place()], stream.overrun);
            }
        }
    }
}
