//! Charts as plain data: what a picture says, not how it is drawn.
//!
//! A report fills one of these; `export` turns it into SVG and PNG. Amounts are pounds as `f64`, for drawing
//! only. Titles, names and notes are shown as given, so a headline figure is worded where it is exact: in
//! the report. Anything may come in (no options, sixty years, negative amounts, names of any length); an
//! amount that is not finite counts as nought.

use crate::calendar::{FinancialYear, Horizon, Month};

/// One picture with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The finding, as a sentence; shown on two lines if it must be.
    pub title: String,
    /// Units, price basis and whatever else is needed to read the axes.
    pub subtitle: String,
    /// Where the figures come from: the last line of the picture.
    pub source: String,
    /// What is drawn.
    pub body: Body,
}

/// The sorts of chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Stacked columns by financial year, a panel for each option.
    Columns(Columns),
    /// Cumulative cost and benefit by month, a panel for each option.
    Cumulative(Cumulative),
    /// Streams as bars over time.
    Timeline(Timeline),
}

/// What a colour means. The same meaning has the same colour and pattern in every chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ink {
    /// Seeking approval; in charts of money also forming.
    Starting,
    /// A team that forms, not yet at full strength.
    Forming,
    /// Discovery.
    Discovery,
    /// Alpha.
    Alpha,
    /// Beta; in charts of money all building.
    Building,
    /// Upkeep of what is live.
    Keeping,
    /// Improvement of what is live.
    Improving,
    /// Paid, but idle or stalled.
    Stalled,
    /// Handing over.
    HandingOver,
    /// Renewal.
    Renewing,
    /// Running costs: hosting, licences, support.
    Running,
    /// What the services replace.
    Legacy,
    /// Everything else.
    Other,
    /// Cost as a whole.
    Cost,
    /// Benefit as a whole.
    Benefit,
}

/// Stacked columns by financial year; small multiples on one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// The years, from left to right.
    pub years: Vec<FinancialYear>,
    /// What the columns are made of, from the axis outwards.
    pub series: Vec<Series>,
    /// One for each option.
    pub panels: Vec<ColumnPanel>,
}

/// A part of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name in the key.
    pub name: String,
    /// Its meaning.
    pub ink: Ink,
}

/// The columns of one option.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnPanel {
    /// The option's name.
    pub name: String,
    /// A short remark below the name, such as the total; may be empty.
    pub note: String,
    /// Pounds, by series and then by year; what is missing counts as nought.
    pub amounts: Vec<Vec<f64>>,
}

/// Cumulative cost and benefit by month.
#[derive(Clone, Debug, PartialEq)]
pub struct Cumulative {
    /// The months, and how they fall into financial years.
    pub horizon: Horizon,
    /// One for each option.
    pub panels: Vec<BalancePanel>,
}

/// Cost against benefit of one option.
#[derive(Clone, Debug, PartialEq)]
pub struct BalancePanel {
    /// The option's name.
    pub name: String,
    /// A short remark below the name; may be empty.
    pub note: String,
    /// Pounds spent from the start to the end of each month.
    pub cost: Vec<f64>,
    /// Pounds of benefit from the start to the end of each month.
    pub benefit: Vec<f64>,
    /// When the second catches up with the first.
    pub payback: Payback,
}

/// When benefit catches up with cost, for good or ill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payback {
    /// In this month.
    In(Month),
    /// Not within the horizon.
    NotWithinHorizon,
    /// There is no outlay to pay back, or no benefit is counted: nothing is marked.
    NotApplicable,
}

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

/// An amount fit to draw.
pub(crate) fn finite(amount: f64) -> f64 {
    if amount.is_finite() { amount } else { 0.0 }
}

impl Chart {
    /// Whether there is nothing to show: no option, nothing in it, or nought throughout. Such a chart can be
    /// drawn, but is better left out, and that said.
    pub fn is_empty(&self) -> bool {
        let nought = |amounts: &[f64]| amounts.iter().all(|&a| finite(a).abs() < 0.005);
        match &self.body {
            Body::Columns(columns) => {
                columns.years.is_empty() || columns.panels.iter().flat_map(|p| &p.amounts).all(|a| nought(a))
            }
            Body::Cumulative(it) => it.panels.iter().all(|p| nought(&p.cost) && nought(&p.benefit)),
            Body::Timeline(timeline) => timeline
                .options
                .iter()
                .flat_map(|o| &o.streams)
                .all(|s| s.bars.is_empty() && s.milestones.is_empty()),
        }
    }

    /// The picture in words, for those who don't see it: the finding first, then each option.
    pub fn alt_text(&self) -> String {
        let mut sentences = vec![self.title.clone(), self.subtitle.clone()];
        match &self.body {
            Body::Columns(columns) => sentences.extend(columns.in_words()),
            Body::Cumulative(it) => sentences.extend(it.in_words()),
            Body::Timeline(timeline) => sentences.extend(timeline.in_words()),
        }
        let mut text = String::new();
        for sentence in sentences.iter().map(|s| s.trim()).filter(|s| !s.is_empty()) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(sentence);
            if !sentence.ends_with(['.', '!', '?']) {
                text.push('.');
            }
        }
        text
    }
}

/// `name: remark`, or whichever of them there is.
fn remark(name: &str, remark: &str) -> String {
    match (name.is_empty(), remark.is_empty()) {
        (false, false) => format!("{name}: {remark}"),
        _ => format!("{name}{remark}"),
    }
}

impl Columns {
    fn in_words(&self) -> Vec<String> {
        let (Some(first), Some(last)) = (self.years.first(), self.years.last()) else {
            return vec!["No years".into()];
        };
        let parts: Vec<&str> = self.series.iter().map(|s| s.name.as_str()).collect();
        let mut words = vec![format!("Stacked columns by financial year, {first} to {last}")];
        words.push(format!("From the axis outwards: {}", parts.join(", ")));
        words.extend(self.panels.iter().map(|p| remark(&p.name, &p.note)));
        words
    }
}

impl Cumulative {
    fn in_words(&self) -> Vec<String> {
        let last = self.horizon.last().in_words();
        let span = format!("{} to {last}", self.horizon.start().in_words());
        let mut words = vec![format!("Lines of cumulative cost and benefit by month, {span}")];
        for panel in &self.panels {
            words.push(remark(&panel.name, &panel.note));
            words.extend(panel.payback.in_words(self.horizon));
        }
        words
    }
}

impl Payback {
    /// As a remark: `Pays back Mar 2030`; nothing if it doesn't apply.
    pub fn in_words(self, horizon: Horizon) -> Option<String> {
        match self {
            Self::In(month) => Some(format!("Pays back {}", month.in_words())),
            Self::NotWithinHorizon => Some(format!("Not paid back by {}", horizon.last().in_words())),
            Self::NotApplicable => None,
        }
    }
}

impl Timeline {
    fn in_words(&self) -> Vec<String> {
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
