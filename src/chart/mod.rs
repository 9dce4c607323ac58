//! Charts as plain data: what a picture says, not how it is drawn.
//!
//! A report fills one of these; `export` turns it into SVG and PNG. Amounts are pounds as `f64`, for drawing
//! only. Titles, names and notes are shown as given, so a headline figure is worded where it is exact: in
//! the report. Anything may come in (no options, sixty years, negative amounts, names of any length); an
//! amount that is not finite counts as nought.

mod assets;
mod columns;
mod cumulative;
mod distribution;
mod fan;
mod funding;
mod heat;
mod lines;
mod timeline;
mod tornado;
mod waterfall;
mod words;

pub use assets::{AssetPanel, Assets};
pub use columns::{ColumnPanel, Columns, Series};
pub use cumulative::{BalancePanel, Cumulative, Payback};
pub use distribution::{Curve, Distribution};
pub use fan::{Fan, FanBand, FanPanel};
pub use funding::{FundedYear, Funding, FundingPanel};
pub use heat::{Heat, HeatAxis};
pub use lines::{Line, Lines, Mark, Moments};
pub use timeline::{Bar, Event, Milestone, Phase, Timeline, TimelineOption, TimelineStream};
pub use tornado::{Swing, SwingEnd, Tornado};
pub use waterfall::{Amount, Waterfall};

#[cfg(feature = "charts")]
pub(crate) use heat::sign;
#[cfg(feature = "charts")]
pub(crate) use words::finite;

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
    /// Need against funds by financial year, a row of panels for each kind of money.
    Funding(Funding),
    /// Asset value, and the effect on income and expenditure, by financial year.
    Assets(Assets),
    /// One line of money over time for each option.
    Lines(Lines),
    /// From one total to another by signed bars.
    Waterfall(Waterfall),
    /// What single inputs do to a result, low and high.
    Tornado(Tornado),
    /// How likely each option is to cost no more than so much.
    Distribution(Distribution),
    /// Cumulative cost by financial year with bands of likelihood, a panel for each option.
    Fan(Fan),
    /// A grid of results over the values of two inputs.
    Heat(Heat),
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
    /// Benefit as a whole, or the part of it that releases cash.
    Benefit,
    /// A need that funds pay for.
    Funded,
    /// A need that no fund pays for.
    Gap,
    /// Funds that are lost unspent.
    Lapsed,
    /// Funds that are unspent and stay for the next year.
    CarriedForward,
    /// Assets in use.
    InUse,
    /// Assets under construction.
    UnderConstruction,
    /// Pay charged to revenue.
    Pay,
    /// Everything bought that is charged to revenue.
    NonPay,
    /// Amortisation of assets in use.
    Amortisation,
    /// Assets written off.
    Impairment,
    /// PDC dividend.
    Dividend,
    /// A total between which a bridge is built.
    Total,
    /// What adds to it.
    Increase,
    /// What takes from it.
    Decrease,
    /// The result with an input at its low value.
    AtLow,
    /// The result with an input at its high value.
    AtHigh,
}

impl Chart {
    /// Whether there is nothing to show: no option, nothing in it, or nought throughout. Such a chart can be
    /// drawn, but is better left out, and that said.
    pub fn is_empty(&self) -> bool {
        match &self.body {
            Body::Columns(it) => it.is_empty(),
            Body::Cumulative(it) => it.is_empty(),
            Body::Timeline(it) => it.is_empty(),
            Body::Funding(it) => it.is_empty(),
            Body::Assets(it) => it.is_empty(),
            Body::Lines(it) => it.is_empty(),
            Body::Waterfall(it) => it.is_empty(),
            Body::Tornado(it) => it.is_empty(),
            Body::Distribution(it) => it.is_empty(),
            Body::Fan(it) => it.is_empty(),
            Body::Heat(it) => it.is_empty(),
        }
    }

    /// The picture in words, for those who don't see it: the finding first, then each option.
    pub fn alt_text(&self) -> String {
        let mut sentences = vec![self.title.clone(), self.subtitle.clone()];
        sentences.extend(match &self.body {
            Body::Columns(it) => it.in_words(),
            Body::Cumulative(it) => it.in_words(),
            Body::Timeline(it) => it.in_words(),
            Body::Funding(it) => it.in_words(),
            Body::Assets(it) => it.in_words(),
            Body::Lines(it) => it.in_words(),
            Body::Waterfall(it) => it.in_words(),
            Body::Tornado(it) => it.in_words(),
            Body::Distribution(it) => it.in_words(),
            Body::Fan(it) => it.in_words(),
            Body::Heat(it) => it.in_words(),
        });
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
