//! From the text of data files to an [`Edition`], or every fault in them.
//!
//! A series file says who publishes it, its title, source, date and status, and then has tables `figure`,
//! `index` and `discount`. A figure is text with its unit, or a table with `value`. Source, date, status, note
//! and validity may be said again for a table or for one figure, and hold for what is inside it. It refuses
//! a figure without source, date, status or unit; a key that means nothing; a key that is there twice; an
//! index with a year missing or without an `after`; and a discount schedule that does not begin at year 1.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Band, Edition, Figure, FigureUnit, Index, Series, Status, value};
use crate::calendar::{FinancialYear, is_date};

/// Something wrong in a data file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    file: String,
    key: String,
    problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.key, self.problem)
    }
}

/// All faults in one text.
pub(super) fn in_words(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("; ")
}

/// Where a figure comes from: keys that may stand in a file, a table in it, or with one figure.
const PROVENANCE: [&str; 6] = ["source", "dated", "status", "note", "valid_from", "valid_to"];

/// What holds for the figures inside a table unless they say otherwise.
#[derive(Clone, Copy, Default)]
struct Provenance<'a> {
    source: Option<&'a str>,
    dated: Option<&'a str>,
    status: Option<Status>,
    note: Option<&'a str>,
    valid_from: Option<&'a str>,
    valid_to: Option<&'a str>,
}

/// Loads an edition: its own text, and the texts of all series that there are, by path.
pub(super) fn edition(name: &str, text: &str, all: &[(&str, &str)]) -> Result<Edition, Vec<Fault>> {
    let mut loader = Loader { file: format!("editions/{name}"), ..Loader::default() };
    let mut edition = Edition {
        name: name.to_owned(),
        title: String::new(),
        dated: String::new(),
        default_discount: String::new(),
        series: Vec::new(),
        figures: Vec::new(),
        by_key: Vec::new(),
        indices: Vec::new(),
        schedules: Vec::new(),
    };
    if let Some(table) = loader.parse(text) {
        let table = table.get_ref();
        loader.only(table, "", &["title", "dated", "default_discount", "series"]);
        edition.title = loader.text(table, "title");
        edition.dated = loader.text(table, "dated");
        loader.date("dated", &edition.dated);
        edition.default_discount = loader.text(table, "default_discount");
        for path in loader.series_of(table) {
            match all.iter().find(|(known, _)| *known == path) {
                Some((_, text)) => edition.series.extend(loader.series(path, text)),
                None => loader.fault(path, "there is no such series"),
            }
        }
    }
    loader.finish(edition)
}

#[derive(Default)]
struct Loader {
    /// The file that is being read, for faults.
    file: String,
    figures: Vec<Figure>,
    indices: Vec<Index>,
    schedules: Vec<(String, Vec<Band>)>,
    faults: Vec<Fault>,
}

impl Loader {
    fn fault(&mut self, key: impl Into<String>, problem: impl Into<String>) {
        let file = self.file.clone();
        self.faults.push(Fault { file, key: key.into(), problem: problem.into() });
    }

    /// Checks what only the whole edition can tell.
    fn finish(mut self, mut edition: Edition) -> Result<Edition, Vec<Fault>> {
        self.file = format!("editions/{}", edition.name);
        let mut by_key: Vec<usize> = (0..self.figures.len()).collect();
        by_key.sort_by(|&a, &b| self.figures[a].key.cmp(&self.figures[b].key));
        for pair in by_key.windows(2) {
            let key = &self.figures[pair[0]].key;
            if *key == self.figures[pair[1]].key {
                let key = key.clone();
                self.fault(key, "is there twice");
            }
        }
        if !self.schedules.iter().any(|(name, _)| *name == edition.default_discount) {
            self.fault("default_discount", "there is no such discount schedule");
        }
        if !self.indices.iter().any(|index| index.name == "general") {
            self.fault("index.general", "is missing: it is the deflator");
        }
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        edition.figures = self.figures;
        edition.by_key = by_key;
        edition.indices = self.indices;
        edition.schedules = self.schedules;
        Ok(edition)
    }

    /// Reads one series file.
    fn series(&mut self, path: &str, text: &str) -> Option<Series> {
        path.clone_into(&mut self.file);
        let table = self.parse(text)?;
        let table = table.get_ref();
        self.only(table, "", &["publisher", "title", "figure", "index", "discount"]);
        let series = Series {
            path: path.to_owned(),
            publisher: self.text(table, "publisher"),
            title: self.text(table, "title"),
        };
        let from = self.provenance("", table, Provenance::default());
        for (section, part) in in_file_order(table) {
            match section {
                "figure" => self.figures("", part, from),
                "index" => self.each(section, part, |loader, name, part| loader.index(name, part, from)),
                "discount" => self.each(section, part, |loader, name, part| {
                    loader.schedule(name, part, from);
                }),
                _ => {}
            }
        }
        Some(series)
    }

    /// Reads a figure, or a table of figures, under a key.
    fn figures<'a>(&mut self, key: &str, part: &'a DeValue<'_>, from: Provenance<'a>) {
        match part {
            DeValue::String(text) => self.figure(key, text, from),
            DeValue::Table(table) => {
                let from = self.provenance(key, table, from);
                if table.contains_key("value") {
                    self.only(table, key, &["value"]);
                    let text = self.text(table, "value");
                    return self.figure(key, &text, from);
                }
                for (name, part) in in_file_order(table) {
                    if !PROVENANCE.contains(&name) {
                        self.figures(&dotted(key, name), part, from);
                    }
                }
            }
            _ => self.fault(key, "a figure is text with a unit, or a table"),
        }
    }

    /// Takes one figure in.
    fn figure(&mut self, key: &str, text: &str, from: Provenance<'_>) {
        let read = value::read(text);
        if read.is_none() {
            self.fault(key, format!("`{text}` is no figure with a unit"));
        }
        if from.source.is_none() {
            self.fault(key, "has no source");
        }
        if from.dated.is_none() {
            self.fault(key, "has no date");
        }
        if from.status.is_none() {
            self.fault(key, "has no status");
        }
        if let (Some((value, unit)), Some(source), Some(dated), Some(status)) =
            (read, from.source, from.dated, from.status)
        {
            self.figures.push(Figure {
                key: key.to_owned(),
                value,
                unit,
                status,
                source: source.to_owned(),
                dated: dated.to_owned(),
                note: from.note.map(str::to_owned),
                valid_from: from.valid_from.map(str::to_owned),
                valid_to: from.valid_to.map(str::to_owned),
            });
        }
    }

    /// Reads a price index: a growth rate for each year without a gap, and one for the years after.
    fn index<'a>(&mut self, name: &str, part: &'a DeValue<'_>, from: Provenance<'a>) {
        if self.indices.iter().any(|known| known.name == name) {
            return self.fault(name, "the index is there twice");
        }
        let first_place = self.figures.len();
        self.figures(name, part, from);
        let (mut years, mut after) = (Vec::new(), None);
        for place in first_place..self.figures.len() {
            let key = self.rate_key(place);
            match key.rsplit('.').next() {
                Some("after") => after = Some(place),
                Some(year) => match FinancialYear::parse(year) {
                    Some(year) => years.push((year, place)),
                    None => self.fault(key, "is neither a financial year nor `after`"),
                },
                None => {}
            }
        }
        years.sort_unstable();
        if years.windows(2).any(|pair| pair[1].0.since(pair[0].0) != 1) {
            self.fault(name, "a year is missing");
        }
        match (years.first(), after) {
            (Some(&(first, _)), Some(after)) => {
                let years = years.iter().map(|&(_, place)| place).collect();
                self.indices.push(Index { name: name.to_owned(), first, years, after });
            }
            _ => self.fault(name, "an index needs at least one year, and `after`"),
        }
    }

    /// Reads a discount schedule: rates by the first year index that they apply to.
    fn schedule<'a>(&mut self, name: &str, part: &'a DeValue<'_>, from: Provenance<'a>) {
        if self.schedules.iter().any(|(known, _)| known == name) {
            return self.fault(name, "the discount schedule is there twice");
        }
        let first_place = self.figures.len();
        self.figures(&dotted("discount", name), part, from);
        let mut bands = Vec::new();
        for place in first_place..self.figures.len() {
            let key = self.rate_key(place);
            match key.rsplit('.').next().and_then(|year| year.parse().ok()) {
                Some(from_year) => bands.push(Band { from_year, rate: self.figures[place].clone() }),
                None => self.fault(key, "is no year index"),
            }
        }
        bands.sort_by_key(|band| band.from_year);
        if bands.first().is_none_or(|band| band.from_year != 1) {
            self.fault(name, "a discount schedule begins at year 1");
        }
        self.schedules.push((name.to_owned(), bands));
    }

    /// The key of a figure that must be a rate.
    fn rate_key(&mut self, place: usize) -> String {
        let key = self.figures[place].key.clone();
        if self.figures[place].unit != FigureUnit::Rate {
            self.fault(&key, "is no rate");
        }
        key
    }

    /// Calls `read` for each named table of a section.
    fn each<'a>(
        &mut self,
        section: &str,
        part: &'a DeValue<'_>,
        read: impl Fn(&mut Self, &'a str, &'a DeValue<'a>),
    ) {
        match part.as_table() {
            Some(table) => in_file_order(table).into_iter().for_each(|(name, part)| read(self, name, part)),
            None => self.fault(section, "is no table"),
        }
    }

    /// What a table says about the source of what is inside, over what held around it.
    fn provenance<'a>(
        &mut self,
        key: &str,
        table: &'a DeTable<'_>,
        around: Provenance<'a>,
    ) -> Provenance<'a> {
        let mut own = around;
        for name in PROVENANCE {
            let Some(part) = table.get(name) else { continue };
            let Some(text) = part.get_ref().as_str().filter(|text| !text.is_empty()) else {
                self.fault(dotted(key, name), "is no text, or empty");
                continue;
            };
            match name {
                "source" => own.source = Some(text),
                "dated" => own.dated = Some(text),
                "note" => own.note = Some(text),
                "valid_from" => own.valid_from = Some(text),
                "valid_to" => own.valid_to = Some(text),
                _ => own.status = Status::ALL.iter().copied().find(|status| status.word() == text),
            }
            if matches!(name, "dated" | "valid_from" | "valid_to") {
                self.date(&dotted(key, name), text);
            }
        }
        own
    }

    /// Refuses a date that is not `2026`, `2026-02` or `2026-02-05`.
    fn date(&mut self, key: &str, text: &str) {
        if !is_date(text) {
            self.fault(key, format!("`{text}` is no date"));
        }
    }

    /// The paths of the series that an edition lists.
    fn series_of<'a>(&mut self, table: &'a DeTable<'_>) -> Vec<&'a str> {
        let listed = table.get("series").and_then(|part| part.get_ref().as_array());
        let paths = listed.map(|list| list.iter().filter_map(|item| item.get_ref().as_str()).collect());
        paths.unwrap_or_else(|| {
            self.fault("series", "is no list of series");
            Vec::new()
        })
    }

    /// A text that must be there.
    fn text(&mut self, table: &DeTable<'_>, key: &str) -> String {
        let text = table.get(key).and_then(|part| part.get_ref().as_str()).unwrap_or_default();
        if text.is_empty() {
            self.fault(key, "is missing, or no text");
        }
        text.to_owned()
    }

    /// Refuses keys other than these and those of provenance.
    fn only(&mut self, table: &DeTable<'_>, around: &str, known: &[&str]) {
        for (name, _) in in_file_order(table) {
            if !known.contains(&name) && !PROVENANCE.contains(&name) {
                self.fault(dotted(around, name), "means nothing here");
            }
        }
    }

    fn parse<'a>(&mut self, text: &'a str) -> Option<Spanned<DeTable<'a>>> {
        DeTable::parse(text).map_err(|error| self.fault("", error.message())).ok()
    }
}

/// `around.name`, or `name` alone at the top.
fn dotted(around: &str, name: &str) -> String {
    if around.is_empty() { name.to_owned() } else { format!("{around}.{name}") }
}

/// The entries of a table as the file has them: the parser sorts them by key.
fn in_file_order<'a>(table: &'a DeTable<'_>) -> Vec<(&'a str, &'a DeValue<'a>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries.into_iter().map(|(key, part)| (key.get_ref().as_ref(), part.get_ref())).collect()
}
