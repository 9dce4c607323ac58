//! Streams as bars over time.

use super::Ink;
use super::words::remark;
use crate::calendar::{Horizon, Month};

/// Streams over time, grouped by option.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// The months, and how they fall into financial years.
    pub horizon: Horizon,
    /// The options, from top to bottom.
    pub options: Vec<TimelineOption>,
}

/// The streams of one option.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineOption {
    /// The option's name.
    pub name: String,
    /// Its streams, from top to bottom.
    pub streams: Vec<TimelineStream>,
}

/// A row of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineStream {
    /// The stream's name.
    pub name: String,
    /// What it does when. Bars may overlap in time: they are then drawn below each other.
    pub bars: Vec<Bar>,
    /// First releases and go-lives, by month.
    pub milestones: Vec<Milestone>,
}

/// A span of work of one sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The first month.
    pub from: Month,
    /// The month after the last.
    pub until: Month,
    /// The sort of work.
    pub phase: Phase,
    /// The service worked on, or empty. Touching bars of one label are labelled once.
    pub label: String,
}

/// The sorts of work that a timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Waiting for approval.
    Approval,
    /// The team forms.
    Forming,
    /// Discovery.
    Discovery,
    /// Alpha.
    Alpha,
    /// Beta.
    Beta,
    /// Upkeep and improvement of what is live.
    Upkeep,
    /// Overlap with the team that takes over.
    Handover,
    /// Stalled.
    Stalled,
    /// A renewal.
    Renewal,
}

impl Phase {
    /// All of them, in the order of a stream's life.
    pub const ALL: [Self; 9] = [
        Self::Approval,
        Self::Forming,
        Self::Discovery,
        Self::Alpha,
        Self::Beta,
        Self::Stalled,
        Self::Handover,
        Self::Upkeep,
        Self::Renewal,
    ];

    /// Its name in the key.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approval => "Approval",
            Self::Forming => "Forming",
            Self::Discovery => "Discovery",
            Self::Alpha => "Alpha",
            Self::Beta => "Beta",
            Self::Upkeep => "Upkeep and improvement",
            Self::Handover => "Hand-over",
            Self::Stalled => "Stalled or idle",
            Self::Renewal => "Renewal",
        }
    }

    /// Its meaning, in common with the charts of money.
    pub fn ink(self) -> Ink {
        match self {
            Self::Approval => Ink::Starting,
            Self::Forming => Ink::Forming,
            Self::Discovery => Ink::Discovery,
            Self::Alpha => Ink::Alpha,
            Self::Beta => Ink::Building,
            Self::Upkeep => Ink::Keeping,
            Self::Handover => Ink::HandingOver,
            Self::Stalled => Ink::Stalled,
            Self::Renewal => Ink::Renewing,
        }
    }
}

/// Something that happens at the start of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// The month.
    pub month: Month,
    /// What happens.
    pub event: Event,
    /// The service it happens to.
    pub label: String,
}

/// What milestones mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// Users get a first part of the service.
    FirstRelease,
    /// The service is complete and live.
    Live,
}

impl Timeline {
    pub(super) fn is_empty(&self) -> bool {
        let mut streams = self.options.iter().flat_map(|o| &o.streams);
        streams.all(|s| s.bars.is_empty() && s.milestones.is_empty())
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        let mut words = vec!["Bars over time, a row for each stream".to_owned()];
        for option in &self.options {
            let events: Vec<String> =
                option.streams.iter().flat_map(|s| &s.milestones).map(Milestone::in_words).collect();
            let events = if events.is_empty() { "nothing goes live".into() } else { events.join(", ") };
            words.push(remark(&option.name, &events));
        }
        words
    }
}

impl Milestone {
    fn in_words(&self) -> String {
        let event = match self.event {
            Event::FirstRelease => "first release",
            Event::Live => "live",
        };
        format!("{} {event} {}", self.label, self.month.in_words()).trim().to_owned()
    }
}
