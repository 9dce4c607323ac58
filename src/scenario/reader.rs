//! What the readers of all tables share: the diagnostics and inputs gathered so far, the declared names, and
//! the reading of single values (text, choices, months, names, inputs).
//!
//! A value with a fault is reported and replaced by a stand-in, so that reading goes on; a scenario with any
//! fault is never handed out.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::dates::Moved;
use super::document::Value;
use super::keys::{Field, Table};
use super::measure::Measure;
use super::names::{Names, Sort, nearest, nearest_choice};
use super::provenance::Provenances;
use super::quantity::short;
use super::{Estimate, Input, Organisation, Origin, Provenance, Unit, index, overrides, syntax};
use crate::calendar::{FinancialYear, Horizon, Month};
use crate::diagnostic::{Code, Diagnostic, Sources, Span};
use crate::id::{CategoryId, InputId};
use crate::ledger::CATEGORIES;
use crate::parameters::Edition;

/// A file with more faults than this is no scenario: nobody guesses what each of its names was meant to be, since
/// that compares each with all that are known.
const MOST_GUESSED: usize = 1_000;

/// See the module.
pub(super) struct Reader<'a> {
    diagnostics: Vec<Diagnostic>,
    /// The texts that were read.
    pub(super) sources: Sources,
    /// Every number so far.
    pub(super) inputs: Vec<Input>,
    by_key: BTreeMap<String, InputId>,
    /// Declared names.
    pub(super) names: Names,
    /// The parameter edition.
    pub(super) edition: &'static Edition,
    /// What the file says of where its values come from.
    provenances: Provenances,
    /// Figures of the edition that the scenario overrides, by their keys.
    pub(super) overridden: BTreeMap<String, InputId>,
    /// The months covered; `None` while they are not known for a fault in `[programme]`.
    pub(super) horizon: Option<Horizon>,
    /// How the horizon differs from that of the file.
    pub(super) moved: Moved,
    /// The price base year.
    pub(super) prices: FinancialYear,
    /// The price indices that something follows.
    pub(super) indices: index::Indices,
    /// Cost categories.
    pub(super) categories: Vec<String>,
    /// Organisations; the programme's own first.
    pub(super) organisations: Vec<Organisation>,
    /// How many values had a fault, so that something stands in for them.
    stand_ins: usize,
    /// The texts of CSV tables beside the scenario.
    pub(super) tables: &'a dyn Fn(&str) -> Result<String, String>,
}

/// What an input is if it is not written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fallback {
    /// It must be written.
    Required,
    /// Nought.
    Nought,
    /// One, or 100%.
    One,
    /// A figure of the parameter edition.
    Figure(&'static str),
}

impl<'a> Reader<'a> {
    /// A reader that has read nothing yet.
    pub(super) fn new(
        sources: Sources,
        names: Names,
        edition: &'static Edition,
        provenances: Provenances,
        written_start: Option<Month>,
        tables: &'a dyn Fn(&str) -> Result<String, String>,
    ) -> Self {
        Self {
            diagnostics: Vec::new(),
            sources,
            inputs: Vec::new(),
            by_key: BTreeMap::new(),
            provenances,
            names,
            edition,
            overridden: BTreeMap::new(),
            horizon: None,
            moved: Moved::from(written_start),
            prices: FinancialYear::new(2026),
            indices: index::Indices::default(),
            categories: CATEGORIES.map(str::to_owned).into(),
            organisations: Vec::new(),
            stand_ins: 0,
            tables,
        }
    }

    /// Takes a fault or warning in.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Everything there is to say, in the order of places and each thing once.
    pub(super) fn into_parts(mut self) -> (Vec<Diagnostic>, Sources) {
        self.drop_consequences();
        self.diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
        self.diagnostics.dedup();
        (self.diagnostics, self.sources)
    }

    /// Leaves out what may be said only because the file could not be made out: where a heading is broken, the
    /// keys after it stand in the wrong table, and the names that it declares are lost.
    fn drop_consequences(&mut self) {
        let lost = |d: &&Diagnostic| d.code == Code::Syntax && syntax::loses_more_than_a_value(&d.message);
        let Some(first) = self.diagnostics.iter().filter(lost).filter_map(|d| d.span).min() else { return };
        self.diagnostics.retain(|d| match d.code {
            Code::MissingKey | Code::UnknownName | Code::NeverHappens | Code::NoEffect => false,
            Code::UnknownKey | Code::Conflict | Code::UnknownParameter | Code::SharesDoNotSum => {
                d.span < Some(first)
            }
            _ => true,
        });
    }

    /// Whether a fault was found.
    pub(super) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == crate::diagnostic::Severity::Error)
    }

    /// The horizon, or one to go on with.
    pub(super) fn horizon_or_any(&self) -> Horizon {
        self.horizon.unwrap_or_else(|| Horizon::new(super::programme::any_month(), 11, 4))
    }

    /// An error at a value.
    pub(super) fn fault(&mut self, code: Code, field: &Field<'_>, message: String, expected: &str) {
        let fault = Diagnostic::error(code, &field.path, Some(field.node.span), message);
        self.report(fault.expected(expected));
    }

    /// Reports that a key is missing in a table.
    pub(super) fn missing(&mut self, table: &Table<'_>, key: &str, example: &str) {
        let place = match table.base() {
            "" => "the scenario".to_owned(),
            base => format!("`{base}`"),
        };
        let fault = Diagnostic::error(
            Code::MissingKey,
            table.path(key),
            table.span(),
            format!("{place} needs the key `{key}`"),
        );
        self.report(fault.expected(format!("`{key}` in here")).help(format!("add `{example}`")));
    }

    /// The value of a key that a table needs; reported if it is missing.
    pub(super) fn required<'n>(
        &mut self,
        table: &mut Table<'n>,
        key: &str,
        example: &str,
    ) -> Option<Field<'n>> {
        let field = table.take(key);
        if field.is_none() {
            self.missing(table, key, example);
        }
        field
    }

    /// Whether a value is a table; reported if not.
    pub(super) fn is_table(&mut self, field: &Field<'_>) -> bool {
        let is = matches!(field.node.value, Value::Table(_));
        if !is {
            self.wrong_sort(field, "a table, like `{ key = \"value\" }`");
        }
        is
    }

    /// Reports a value of the wrong sort.
    pub(super) fn wrong_sort(&mut self, field: &Field<'_>, expected: &str) {
        if matches!(field.node.value, Value::Broken) {
            return;
        }
        let message = format!("`{}` is {}", field.path, field.node.value.sort());
        self.fault(Code::WrongSort, field, message, expected);
    }

    /// Plain text.
    pub(super) fn text(&mut self, field: &Field<'_>) -> Option<String> {
        if field.text().is_none() {
            self.wrong_sort(field, "text in quotes");
        }
        field.text().map(str::to_owned)
    }

    /// Plain text under a key, if it is there.
    pub(super) fn text_of(&mut self, table: &mut Table<'_>, key: &str) -> Option<String> {
        table.take(key).and_then(|field| self.text(&field))
    }

    /// `true` or `false` under a key.
    pub(super) fn truth(&mut self, table: &mut Table<'_>, key: &str, default: bool) -> bool {
        let Some(field) = table.take(key) else { return default };
        if let Value::Truth(truth) = field.node.value {
            return truth;
        }
        self.wrong_sort(&field, "`true` or `false`, without quotes");
        default
    }

    /// One of some words.
    pub(super) fn choice<T: Copy>(&mut self, field: &Field<'_>, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(field);
        let choice = choices.iter().find(|(word, _)| Some(*word) == text.as_deref());
        if let Some(&(_, choice)) = choice {
            return Some(choice);
        }
        self.stand_ins += 1;
        let text = text?;
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let message = format!("`{}` is not a choice for `{}`", short(&text), field.key());
        let list = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let fault = Diagnostic::error(Code::UnknownChoice, &field.path, Some(field.node.span), message)
            .expected(format!("one of {list}"));
        let meant = if self.guesses() { nearest_choice(&text, words) } else { None };
        self.report(fault.meant_text(meant));
        None
    }

    /// One of some words under a key, with a default.
    pub(super) fn choice_of<T: Copy>(
        &mut self,
        table: &mut Table<'_>,
        key: &str,
        choices: &[(&str, T)],
        default: T,
    ) -> T {
        table.take(key).and_then(|field| self.choice(&field, choices)).unwrap_or(default)
    }

    /// The place of a name that must have been declared.
    pub(super) fn refer(&mut self, field: &Field<'_>, sort: Sort) -> Option<usize> {
        let name = self.text(field)?;
        let place = self.names.place(sort, &name);
        if place.is_none() {
            let known = self.known(sort);
            self.unknown_name(field, sort.word(), &name, &known);
        }
        place
    }

    /// The names of a sort that may have been meant.
    pub(super) fn known(&self, sort: Sort) -> Vec<String> {
        let names = if self.guesses() { self.names.of(sort) } else { &[] };
        names.iter().map(|known| known.name.clone()).collect()
    }

    /// Whether it is still guessed what names were meant to be.
    pub(super) fn guesses(&self) -> bool {
        self.diagnostics.len() < MOST_GUESSED
    }

    /// What was meant by what was written, if something known is near it.
    pub(super) fn guess<'k>(
        &self,
        written: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<&'k str> {
        if self.guesses() { nearest(written, known) } else { None }
    }

    /// Reports a name that nothing carries. What is known need not be told once nothing is guessed.
    pub(super) fn unknown_name(&mut self, field: &Field<'_>, word: &str, name: &str, known: &[String]) {
        let known = self.guesses().then_some(known);
        self.report(no_such_name(&field.path, field.node.span, word, name, known));
    }

    /// Reports a key that is itself a name that nothing carries.
    pub(super) fn unknown_key_name(&mut self, field: &Field<'_>, word: &str, known: &[String]) {
        let known = self.guesses().then_some(known);
        self.report(no_such_name(&field.path, field.key_span, word, field.key(), known));
    }

    /// The items of a list, as fields of the list's key path.
    pub(super) fn list<'n>(&mut self, field: &Field<'n>, expected: &str) -> Vec<Field<'n>> {
        let Value::List(items) = &field.node.value else {
            self.wrong_sort(field, expected);
            return Vec::new();
        };
        items.iter().map(|node| field.item(node)).collect()
    }

    /// The input under a key: as written, or what stands for it.
    pub(super) fn input(
        &mut self,
        table: &mut Table<'_>,
        key: &str,
        measure: Measure,
        fallback: Fallback,
    ) -> InputId {
        match table.take(key) {
            Some(field) => self.written(&field, measure),
            None => self.unwritten(table, key, measure, fallback),
        }
    }

    /// The input under a key, if it is written.
    pub(super) fn input_if_written(
        &mut self,
        table: &mut Table<'_>,
        key: &str,
        measure: Measure,
    ) -> Option<InputId> {
        table.take(key).map(|field| self.written(&field, measure))
    }

    /// The input that a field is.
    pub(super) fn written(&mut self, field: &Field<'_>, measure: Measure) -> InputId {
        if let Some(&id) = self.by_key.get(&field.path) {
            return id;
        }
        let stand_in = (Estimate::Point(Decimal::ONE), measure.units[0]);
        let estimate = self.estimate(field, measure);
        self.stand_ins += usize::from(estimate.is_none());
        let (estimate, unit) = estimate.unwrap_or(stand_in);
        self.add(field.path.clone(), measure, unit, estimate, Origin::Written(field.node.span))
    }

    /// How many values had a fault so far: where none was added, what was read since can be checked as a whole.
    pub(super) fn stand_ins(&self) -> usize {
        self.stand_ins
    }

    fn unwritten(&mut self, table: &Table<'_>, key: &str, measure: Measure, fallback: Fallback) -> InputId {
        let (path, unit) = (table.path(key), measure.units[0]);
        match fallback {
            Fallback::Required => {
                let example = super::quantity::expected(&measure.units[..1]);
                let example = example.rsplit("like ").next().unwrap_or_default().trim_matches('`').to_owned();
                self.missing(table, key, &format!("{key} = {example}"));
                self.add(path, measure, unit, Estimate::Point(Decimal::ONE), Origin::Default)
            }
            Fallback::Nought => {
                self.add(path, measure, unit, Estimate::Point(Decimal::ZERO), Origin::Default)
            }
            Fallback::One => self.add(path, measure, unit, Estimate::Point(Decimal::ONE), Origin::Default),
            Fallback::Figure(figure) => {
                let (estimate, unit) = self.figure(figure, unit);
                self.add(path, measure, unit, estimate, Origin::Parameter(figure.to_owned()))
            }
        }
    }

    /// Takes an input in; the same key path is the same input.
    pub(super) fn add(
        &mut self,
        key: String,
        measure: Measure,
        unit: Unit,
        estimate: Estimate,
        origin: Origin,
    ) -> InputId {
        if let Some(&id) = self.by_key.get(&key) {
            return id;
        }
        let id = InputId::new(self.inputs.len());
        self.by_key.insert(key.clone(), id);
        let provenance = match origin {
            Origin::Written(span) if !overrides::is_override(&self.sources, span) => {
                self.provenances.of(&key)
            }
            _ => Provenance::default(),
        };
        self.inputs.push(Input { key, unit, measure, estimate, origin, provenance });
        id
    }

    /// An input's central value.
    pub(super) fn central(&self, id: InputId) -> Decimal {
        self.inputs[id.place()].estimate.central()
    }

    /// An input's unit.
    pub(super) fn unit(&self, id: InputId) -> Unit {
        self.inputs[id.place()].unit
    }

    /// The identity of a cost category.
    pub(super) fn category(&mut self, name: &str) -> CategoryId {
        let place = self.categories.iter().position(|known| known == name).unwrap_or_else(|| {
            self.categories.push(name.to_owned());
            self.categories.len() - 1
        });
        CategoryId::new(place)
    }
}

/// The fault of a name that nothing carries. `word` says what it would be the name of.
fn no_such_name(key: &str, span: Span, word: &str, name: &str, known: Option<&[String]>) -> Diagnostic {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let message = format!("there is no {word} called `{}`", short(name));
    let fault = Diagnostic::error(Code::UnknownName, key, Some(span), message);
    let Some(known) = known else { return fault.expected(format!("the name of {article} {word}")) };
    let expected = match known.len() {
        0 => format!("the name of {article} {word}, of which there is none yet"),
        1..=12 => format!("one of {}", known.join(", ")),
        n => format!("the name of {article} {word}; there are {n}"),
    };
    fault.expected(expected).meant(nearest(name, known.iter().map(String::as_str)))
}
