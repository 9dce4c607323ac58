//! A stream's numbers, mechanism by mechanism, with the formulas that belong to one mechanism alone.

use super::{Shares, Team};
use crate::id::{ServiceId, StreamId};
use crate::number::Number;
use crate::scenario::{ApproachKind, Awaited, Event, Pattern};

/// One standing team or project, mechanism by mechanism (MODEL section 6).
#[derive(Clone, Debug, PartialEq)]
pub struct Stream<N> {
    /// What it builds, in order.
    pub services: Vec<ServiceId>,
    /// When it starts.
    pub start: Start,
    /// How many teams.
    pub teams: N,
    /// Who bears it; where empty, whoever bears the service worked on.
    pub shares: Shares<N>,
    /// Persistent or temporary.
    pub kind: ApproachKind,
    /// Before it works.
    pub approval: Approval<N>,
    /// Funding reviews.
    pub review: Option<Review<N>>,
    /// Who works: one team, vacancies and their cover included.
    pub team: Team<N>,
    /// Output lost to vacant posts: x (1 - this).
    pub vacant: N,
    /// A new team's rise, and a standing team's gain.
    pub forming: Forming<N>,
    /// Output lost per further team at work.
    pub coordination: N,
    /// Share of capacity that goes to planned work.
    pub utilisation: N,
    /// Effort beyond the estimate.
    pub overrun: N,
    /// Single or incremental release.
    pub pattern: Pattern,
    /// Share of effort done at first release.
    pub first_release: N,
    /// Handing over.
    pub handover: Handover<N>,
    /// Upkeep once a temporary team has delivered.
    pub upkeep: Option<Upkeep<N>>,
    /// Renewal.
    pub renewal: Option<Renewal<N>>,
    /// A stall that happens in this run.
    pub stall: Option<Stall<N>>,
    /// The end of a persistent team.
    pub stand_down: Option<StandDown<N>>,
}

impl<N: Number> Stream<N> {
    /// Team-months of output in working month k, with `at_work` teams at work in the option (MODEL 6.2).
    ///
    /// ```text
    /// capacity = n x pace x ramp(k) x (1 + gain if k >= settled.after)
    ///          x max(0, 1 - coordination x (N - 1)) x utilisation x (1 - rate x (1 - cover))
    /// ```
    pub fn capacity(&self, k: i64, at_work: N) -> N {
        let coordinated = (N::ONE - self.coordination * (at_work - N::ONE)).at_least(N::ZERO);
        self.teams
            * self.team.pace
            * self.forming.ramp(k)
            * self.forming.settled(k)
            * coordinated
            * self.utilisation
            * (N::ONE - self.vacant)
    }
}

/// When a stream starts, in months from the start of the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Start {
    /// In this month.
    Month(i64),
    /// So many months after an event.
    After {
        /// What is waited for.
        of: Awaited,
        /// Which of its events.
        event: Event,
        /// Months.
        plus: i64,
    },
}

/// Approval before work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Approval<N> {
    /// Whole months.
    pub lead: i64,
    /// Pounds.
    pub cost: N,
}

/// Funding reviews.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Review<N> {
    /// Whole months, at least 1.
    pub every: i64,
    /// Pounds each.
    pub cost: N,
}

/// How a team's capacity changes over its life.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forming<N> {
    /// Months to full strength.
    pub time: N,
    /// Share of full strength at the start.
    pub from: N,
    /// Months after which it has settled.
    pub settled_after: N,
    /// Gain in output once settled.
    pub settled_gain: N,
}

impl<N: Number> Forming<N> {
    /// Share of full strength in working month k, taken at the middle of the month.
    ///
    /// `ramp(k) = from + (1 - from) x min(1, (k + 1/2) / time)`, 1 if `time` is 0 (MODEL 6.2).
    pub fn ramp(&self, k: i64) -> N {
        self.from + (N::ONE - self.from) * risen(k, self.time)
    }

    /// Factor of output in working month k for having settled.
    pub fn settled(&self, k: i64) -> N {
        if N::from_count(k) >= self.settled_after { N::ONE + self.settled_gain } else { N::ONE }
    }
}

/// A straight rise from 0 to 1 over `time` months, at the middle of month k.
pub fn risen<N: Number>(k: i64, time: N) -> N {
    let twice = N::from_count(2 * k + 1);
    if twice >= time + time {
        return N::ONE;
    }
    twice / N::from_count(2) / time
}

/// Handing over at the end of a temporary team.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handover<N> {
    /// Whole months without output.
    pub overlap: i64,
    /// Share of upkeep's effect lost after that.
    pub loss: N,
    /// Months of recovery.
    pub recovery: N,
}

impl<N: Number> Handover<N> {
    /// Share of upkeep's effect in month k of those who have taken over.
    pub fn learnt(&self, k: i64) -> N {
        N::ONE - self.loss * (N::ONE - risen(k, self.recovery))
    }
}

/// Upkeep paid for after go-live, done by another team.
#[derive(Clone, Debug, PartialEq)]
pub struct Upkeep<N> {
    /// Share of what is needed.
    pub coverage: N,
    /// Who does it.
    pub team: Team<N>,
}

/// Renewal projects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Renewal<N> {
    /// Whole months, at least 1.
    pub every: i64,
    /// Share of the original effort.
    pub effort: N,
}

/// A stall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stall<N> {
    /// Share of the stream's effort done when it comes.
    pub after: N,
    /// Whole months.
    pub pause: i64,
    /// Share of team cost that goes on.
    pub standing: N,
    /// Share of work done on services not yet live that is lost.
    pub lost: N,
}

/// The planned end of a persistent team.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StandDown<N> {
    /// When.
    pub when: StandDownWhen,
    /// Pounds a head.
    pub cost: N,
    /// The stream that takes over the upkeep.
    pub to: Option<StreamId>,
}

/// When a persistent team ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StandDownWhen {
    /// So many whole months after its last service is complete.
    Done(i64),
    /// With this month as its last.
    Month(i64),
}
