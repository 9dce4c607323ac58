//! Mechanisms: how work funded in a way behaves (MODEL section 6), as checked. What each number does is told
//! where the kernel uses it, in `delivery`.

use crate::calendar::Month;
use crate::id::{InputId, StreamId, TeamId};

/// How work funded in a way behaves: section 6 of the model, each mechanism apart.
#[derive(Clone, Debug)]
pub struct Mechanisms {
    /// Persistent or temporary.
    pub kind: ApproachKind,
    /// The team kind that does the work.
    pub team: TeamId,
    /// Before work starts.
    pub approval: Approval,
    /// Funding reviews of a persistent team.
    pub review: Option<Review>,
    /// A new team's rise to full strength.
    pub forming: Forming,
    /// A standing team's gain.
    pub settled: Settled,
    /// Output lost per further team at work in the option.
    pub coordination: InputId,
    /// Share of working capacity that goes to planned work.
    pub utilisation: InputId,
    /// Vacant posts.
    pub vacancies: Option<Vacancies>,
    /// Effort beyond the estimate.
    pub overrun: InputId,
    /// When users get anything.
    pub release: Release,
    /// Handing over to others at the end of a temporary team.
    pub handover: Handover,
    /// Upkeep after a temporary team has gone.
    pub upkeep: Option<Upkeep>,
    /// Renewal after a temporary team has gone.
    pub renewal: Option<Renewal>,
    /// Work that stops and starts again.
    pub stall: Option<Stall>,
    /// The end of a persistent team.
    pub stand_down: Option<StandDown>,
}

/// Persistent teams stay with their services; temporary ones build and leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApproachKind {
    /// A standing team.
    Persistent,
    /// A project.
    Temporary,
}

/// `lead` months pass and `cost` is spent before a stream works.
#[derive(Clone, Copy, Debug)]
pub struct Approval {
    /// Months.
    pub lead: InputId,
    /// Pounds, evenly over the lead.
    pub cost: InputId,
}

/// Each `every` after work starts a review costs `cost`.
#[derive(Clone, Copy, Debug)]
pub struct Review {
    /// Months.
    pub every: InputId,
    /// Pounds.
    pub cost: InputId,
}

/// Capacity rises in a straight line from `from` to 100% over `time`.
#[derive(Clone, Copy, Debug)]
pub struct Forming {
    /// Months.
    pub time: InputId,
    /// Share of full strength at the start.
    pub from: InputId,
}

/// Once the team has existed `after`, output is x (1 + gain).
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    /// Months.
    pub after: InputId,
    /// Rate.
    pub gain: InputId,
}

/// Vacant posts, some covered from another team kind.
#[derive(Clone, Copy, Debug)]
pub struct Vacancies {
    /// Share of posts vacant.
    pub rate: InputId,
    /// Share of those that are covered.
    pub cover: InputId,
    /// By whom.
    pub team: TeamId,
}

/// When users get what is built.
#[derive(Clone, Copy, Debug)]
pub struct Release {
    /// In parts, or all at once.
    pub pattern: Pattern,
    /// Share of effort done at first release (incremental only).
    pub first: InputId,
}

/// The pattern of release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Nothing until the service is complete.
    Single,
    /// In parts, from the first release on.
    Incremental,
}

/// The end of a temporary team.
#[derive(Clone, Copy, Debug)]
pub struct Handover {
    /// Months that the team stays without output.
    pub overlap: InputId,
    /// Share of upkeep's effect lost after that.
    pub loss: InputId,
    /// Months in which it recovers.
    pub recovery: InputId,
}

/// Upkeep paid for once a temporary team's service is live.
#[derive(Clone, Copy, Debug)]
pub struct Upkeep {
    /// Share of the upkeep needed that is paid for.
    pub coverage: InputId,
    /// Who does it.
    pub team: TeamId,
}

/// A project that renews the service from time to time.
#[derive(Clone, Copy, Debug)]
pub struct Renewal {
    /// Months from go-live, then from each renewal's completion.
    pub every: InputId,
    /// Share of the original effort.
    pub effort: InputId,
}

/// Work stops once, and some of it is lost.
#[derive(Clone, Copy, Debug)]
pub struct Stall {
    /// Share of the stream's effort done when it stops.
    pub after: InputId,
    /// Months.
    pub pause: InputId,
    /// Share of team cost that goes on.
    pub standing: InputId,
    /// Share of the effort done on services not yet live that must be done again.
    pub lost: InputId,
    /// 1 if it happens in this run, 0 if not.
    pub happens: InputId,
}

/// The planned end of a persistent team.
#[derive(Clone, Copy, Debug)]
pub struct StandDown {
    /// When.
    pub when: StandDownWhen,
    /// Pounds a head, in the last month.
    pub cost: InputId,
    /// The stream of the same option that takes over the upkeep.
    pub to: Option<StreamId>,
}

/// When a persistent team ends.
#[derive(Clone, Copy, Debug)]
pub enum StandDownWhen {
    /// So many months after the stream's last service is complete.
    Done {
        /// Months.
        notice: InputId,
    },
    /// With this month as its last.
    Month(Month),
}
