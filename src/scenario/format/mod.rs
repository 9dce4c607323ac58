//! The scenario format as data: every table of a scenario file, every key of it, what it takes and what it means.
//!
//! The readers of this room decide what a file may say; this tells it, from the same words, units and ranges. The
//! JSON Schema and the reference are made from it. `tests/format.rs` holds the two together: for each table, what its
//! reader asks for is what stands here.

mod approach;
mod estimates;
mod frame;
mod line;
mod option;
mod people;
mod policy;
mod service;
mod words;

use super::Unit;
pub use super::measure::Measure;
pub use words::units;

/// One table of a scenario file.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its key path, with names in capitals: `service.NAME.legacy`; empty for the whole file.
    pub path: &'static str,
    /// Other places where the same table may stand.
    pub also: &'static [&'static str],
    /// What it is for.
    pub meaning: &'static str,
    /// Its keys.
    pub keys: Vec<Key>,
    /// What keys of the user's choosing hold, beside those named.
    pub others: Option<Entries>,
    /// What its keys ask of one another.
    pub rule: Option<Rule>,
    /// It in a scenario, as TOML.
    pub example: &'static str,
}

/// One key of a table.
#[derive(Clone, Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it means.
    pub meaning: &'static str,
    /// What holds if it is not there.
    pub default: Default,
}

/// Entries whose keys the user chooses.
#[derive(Clone, Debug)]
pub struct Entries {
    /// What a key is.
    pub key: EntryKey,
    /// What stands under it.
    pub takes: Box<Takes>,
    /// Whether `source`, `owner` and the like may stand among them; if not, they are names like any other.
    pub may_say_source: bool,
}

/// What a key that the user chooses is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKey {
    /// A name that it thereby declares or refers to: of what.
    Name(&'static str),
    /// A financial year.
    Year,
}

/// What holds if a key is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// It must be there.
    Required,
    /// Nothing: what it is about does not happen.
    Nothing,
    /// Nought, in the key's first unit.
    Nought,
    /// One, or 100%.
    One,
    /// The figure of the parameter edition under this key.
    Parameter(&'static str),
    /// What these words say.
    Words(&'static str),
}

/// What a key takes.
#[derive(Clone, Debug)]
pub enum Takes {
    /// Text.
    Text,
    /// Text that is not blank.
    Reason,
    /// A category of costs: a new one, or one that other lines have.
    Category,
    /// The name of something that the file declares, or of a figure: which.
    Name(&'static str),
    /// A date, or the beginning of one.
    Date,
    /// A month.
    Month,
    /// A financial year.
    Year,
    /// `true` or `false`.
    Truth,
    /// A whole number, without quotes.
    Whole {
        /// The lowest.
        low: u32,
        /// The highest.
        high: u32,
    },
    /// One of some words.
    Choice(Vec<String>),
    /// A quantity, which may be uncertain.
    Quantity(Measure),
    /// A quantity that is one figure.
    Figure(Measure),
    /// The quantity of the key that it is a part of; itself uncertain, or not.
    Same {
        /// Whether it may be uncertain in turn.
        may_be_uncertain: bool,
    },
    /// A list.
    List {
        /// What it is of.
        of: Box<Takes>,
        /// The least that it has.
        least: usize,
        /// The most that it has.
        most: Option<usize>,
    },
    /// The table at this path.
    Table(&'static str),
    /// The keys of the table at this path that are to be other than elsewhere: none is required.
    PartOf(&'static str),
    /// A table of entries.
    Entries(Entries),
    /// Either of several.
    Either(Vec<Takes>),
    /// Nothing: the reader knows the key only to say why it has no place here.
    Refused,
}

/// What the keys of a table ask of one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Exactly one of these is there.
    OneOf(&'static [&'static str]),
    /// One of these is there at least.
    AnyOf(&'static [&'static str]),
}

/// The whole format.
#[derive(Clone, Debug)]
pub struct Format {
    /// Every table, the whole file first.
    pub tables: Vec<Table>,
    /// The tables that may stand where a quantity does.
    pub estimates: Vec<Table>,
    /// What any table may say of where its values come from.
    pub provenance: Vec<Key>,
}

/// The format of scenario files.
pub fn format() -> Format {
    let tables = [
        frame::tables(),
        people::tables(),
        approach::tables(),
        service::tables(),
        line::tables(),
        option::tables(),
        policy::tables(),
    ];
    Format {
        tables: tables.into_iter().flatten().collect(),
        estimates: estimates::tables(),
        provenance: estimates::provenance(),
    }
}

impl Format {
    /// The table at a path.
    pub fn table(&self, path: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.path == path)
    }

    /// The key that a dotted path of a scenario leads to: `service.booking.run` is `run` of `service.NAME`.
    pub fn key(&self, path: &str) -> Option<&Key> {
        let (table, name) = path.rsplit_once('.').unwrap_or(("", path));
        let parts: Vec<&str> = table.split('.').collect();
        let is = |place: &str| {
            let place: Vec<&str> = place.split('.').collect();
            place.len() == parts.len() && place.iter().zip(&parts).all(|(a, b)| *a == NAME || a == b)
        };
        let tables = self.tables.iter().filter(|table| table.places().any(is));
        tables.flat_map(|table| &table.keys).find(|key| key.name == name)
    }
}

/// What stands in a path for a name of the user's.
pub const NAME: &str = "NAME";

impl Table {
    /// Every place where it may stand.
    pub fn places(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.path).chain(self.also.iter().copied())
    }
}

impl Measure {
    /// The units that a quantity may have.
    pub fn units(&self) -> &'static [Unit] {
        self.units
    }

    /// The lowest and the highest, in pounds, months, team-months or units; for rates in per cent.
    pub fn bounds(&self) -> (i64, i64) {
        (self.low, self.high)
    }

    /// Whether the lowest itself is left out.
    pub fn is_above(&self) -> bool {
        self.above
    }
}

/// A table with nothing but keys.
fn table(path: &'static str, meaning: &'static str, keys: Vec<Key>, example: &'static str) -> Table {
    Table { path, also: &[], meaning, keys, others: None, rule: None, example }
}

/// A key that may be left out, with nothing in its place.
fn key(name: &'static str, takes: Takes, meaning: &'static str) -> Key {
    Key { name, takes, meaning, default: Default::Nothing }
}

impl Key {
    fn required(self) -> Self {
        Self { default: Default::Required, ..self }
    }

    /// Left out, it is nought.
    fn or_nought(self) -> Self {
        Self { default: Default::Nought, ..self }
    }

    /// Left out, it is one or 100%.
    fn or_one(self) -> Self {
        Self { default: Default::One, ..self }
    }

    /// Left out, it is what these words say.
    fn or(self, words: &'static str) -> Self {
        Self { default: Default::Words(words), ..self }
    }

    /// Left out, it is a figure of the parameter edition.
    fn or_figure(self, parameter: &'static str) -> Self {
        Self { default: Default::Parameter(parameter), ..self }
    }
}

/// The words of a reader's list of choices.
fn choice<T>(choices: &[(&str, T)]) -> Takes {
    Takes::Choice(choices.iter().map(|(word, _)| (*word).to_owned()).collect())
}

/// One word that is understood.
fn word(word: &str) -> Takes {
    Takes::Choice(vec![word.to_owned()])
}

fn list(of: Takes) -> Takes {
    Takes::List { of: Box::new(of), least: 0, most: None }
}

/// Named things, each a table at this path.
fn things(what: &'static str, path: &'static str) -> Takes {
    Takes::Entries(Entries {
        key: EntryKey::Name(what),
        takes: Box::new(Takes::Table(path)),
        may_say_source: true,
    })
}

/// A quantity for each financial year.
fn years(takes: Takes) -> Entries {
    Entries { key: EntryKey::Year, takes: Box::new(takes), may_say_source: true }
}
