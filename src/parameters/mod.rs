//! Policy figures: discount rates, pay, on-costs, price growth. Dated, sourced, and none of them in Rust.
//!
//! The data lie beside this file, one TOML file a series: `<publisher>/<series>.toml`. An *edition* is a named
//! choice of series that belong together. Every figure has a unit, a source, a date and a [`Status`]; one that
//! lacks any of them does not load. A figure that could not be confirmed is kept, and says so, so that a
//! headline that rests on it can say so too.
//!
//! Nothing here knows about scenarios: how a scenario overrides a figure is the reader's affair.
//! `docs/parameters.md` tells how to read, override and update an edition.

mod embedded;
mod load;
#[cfg(test)]
mod tests;
mod value;

use std::fmt;
use std::sync::OnceLock;

use rust_decimal::Decimal;

use crate::calendar::FinancialYear;

/// How far a figure can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Measured: what happened.
    Outturn,
    /// An official forecast.
    Forecast,
    /// A rate or fact in force, confirmed at its source or by two independent ones.
    Published,
    /// A convention of this model.
    Assumption,
    /// Not confirmed: one secondary source, a derivation, or general knowledge.
    Unverified,
}

impl Status {
    /// Every status, in order.
    pub const ALL: &[Status] =
        &[Self::Outturn, Self::Forecast, Self::Published, Self::Assumption, Self::Unverified];

    /// As it is written in data files and outputs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Outturn => "outturn",
            Self::Forecast => "forecast",
            Self::Published => "published",
            Self::Assumption => "assumption",
            Self::Unverified => "unverified",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureUnit {
    /// A share or growth rate, as a fraction: `3.5%` is 0.035.
    Rate,
    /// Pounds.
    Pounds,
    /// Pounds a year.
    PoundsAYear,
    /// Pounds a working day.
    PoundsADay,
    /// Months.
    Months,
    /// Years.
    Years,
    /// Working days a year.
    Days,
    /// People, full-time equivalent.
    Heads,
}

impl FigureUnit {
    /// As people write it, after the number.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rate => "%",
            Self::Pounds => "£",
            Self::PoundsAYear => "£ a year",
            Self::PoundsADay => "£ a day",
            Self::Months => "months",
            Self::Years => "years",
            Self::Days => "days",
            Self::Heads => "heads",
        }
    }
}

/// One figure of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its dotted key, unique in its edition: `vat.standard`, `general.2027-28`.
    pub key: String,
    /// Its value, exact, in `unit`.
    pub value: Decimal,
    /// Its unit.
    pub unit: FigureUnit,
    /// How far it can be relied on.
    pub status: Status,
    /// The document, and where in it.
    pub source: String,
    /// The date of the source, `2026`, `2026-02` or `2026-02-05`; for a convention, when it was made.
    pub dated: String,
    /// What a reader should know before using it.
    pub note: Option<String>,
    /// The first day it is in force, if the source says.
    pub valid_from: Option<String>,
    /// The last day it is known to be in force, if the source says.
    pub valid_to: Option<String>,
}

/// One band of a declining discount schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The first year index that it applies to: 1 for the first band, since year 0 is not discounted.
    pub from_year: u32,
    /// The rate, until the next band.
    pub rate: Figure,
}

/// A file that an edition is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Where it lies under `src/parameters`, without `.toml`: `hm-treasury/gdp-deflator`.
    pub path: String,
    /// Who publishes what it holds.
    pub publisher: String,
    /// What it holds.
    pub title: String,
}

/// A named, dated set of figures that belong together.
#[derive(Clone, Debug)]
pub struct Edition {
    name: String,
    title: String,
    dated: String,
    default_discount: String,
    series: Vec<Series>,
    /// In the order of the edition's series, and within a series of its file.
    figures: Vec<Figure>,
    /// Places in `figures`, in the order of the keys.
    by_key: Vec<usize>,
    indices: Vec<Index>,
    schedules: Vec<(String, Vec<Band>)>,
}

/// A price index; its figures by place.
#[derive(Clone, Debug)]
struct Index {
    name: String,
    first: FinancialYear,
    /// One a year from `first`, without a gap.
    years: Vec<usize>,
    after: usize,
}

impl Edition {
    /// The names of the built-in editions, the default first.
    pub fn names() -> Vec<&'static str> {
        embedded::EDITIONS.iter().map(|(name, _)| *name).collect()
    }

    /// A built-in edition; `None` if there is none of that name. It is loaded once, when it is first asked for:
    /// to load it takes longer than to read a small scenario.
    pub fn named(name: &str) -> Option<&'static Self> {
        static LOADED: [OnceLock<Edition>; embedded::EDITIONS.len()] =
            [const { OnceLock::new() }; embedded::EDITIONS.len()];
        let place = embedded::EDITIONS.iter().position(|(known, _)| *known == name)?;
        let (name, text) = embedded::EDITIONS[place];
        let load = || match load::edition(name, text, embedded::SERIES) {
            Ok(edition) => edition,
            // Our own data, and a test loads every edition: a fault here is a fault of the program.
            Err(faults) => unreachable!("built-in parameters: {}", load::in_words(&faults)),
        };
        Some(LOADED[place].get_or_init(load))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is, for people.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// When it was put together.
    pub fn dated(&self) -> &str {
        &self.dated
    }

    /// The files it is made of, in order.
    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// A figure by its key.
    pub fn figure(&self, key: &str) -> Option<&Figure> {
        let place = self.by_key.binary_search_by(|&place| self.figures[place].key.as_str().cmp(key)).ok()?;
        self.figures.get(self.by_key[place])
    }

    /// Every key, in a fixed order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.figures.iter().map(|figure| figure.key.as_str())
    }

    /// Every figure, those of indices and discount schedules included, in the order of the keys.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.figures.iter()
    }

    /// The price indices; `general`, the deflator, is one of them.
    pub fn index_names(&self) -> Vec<&str> {
        self.indices.iter().map(|index| index.name.as_str()).collect()
    }

    /// The growth of a price index from the year before into `year`. Beyond the last year of the series it is
    /// the figure `NAME.after`; `None` before the first year, or if there is no such index.
    pub fn growth(&self, index: &str, year: FinancialYear) -> Option<&Figure> {
        let index = self.indices.iter().find(|known| known.name == index)?;
        let years_on = usize::try_from(year.since(index.first)).ok()?;
        self.figures.get(*index.years.get(years_on).unwrap_or(&index.after))
    }

    /// The names of the discount schedules.
    pub fn discount_schedules(&self) -> Vec<&str> {
        self.schedules.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The schedule to use where nothing else is asked for.
    pub fn default_discount(&self) -> &str {
        &self.default_discount
    }

    /// The bands of a discount schedule, in order of years.
    pub fn discount(&self, name: &str) -> Option<&[Band]> {
        self.schedules.iter().find(|(known, _)| known == name).map(|(_, bands)| bands.as_slice())
    }
}
