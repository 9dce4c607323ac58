//! An explanation as a table for people and as JSON for machines.
//!
//! The table shows a few levels: the largest terms of a sum first, the rest in one row. JSON has every term of every
//! formula, with the operation and exact operands, so that a machine can recompute the figure.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
use serde_json::{Map, Value as Json, json};

use super::leaf::{Places, written};
use super::quantity::plain;
use crate::explain::{
    Explainer, Explanation, Figure, Formula, Name, Operation, Origin, Rounding, Term, Unit, Value, When,
    figures_in,
};
use crate::table::{Cell, ColumnKind, Table};

/// The version of the JSON format.
const FORMAT_VERSION: &str = "1.0";

/// The most terms of a list that are shown: of the figure asked for, and of those below it.
const MOST: [usize; 2] = [14, 6];

/// A figure with the levels below it, for people.
pub fn explanation(explainer: &Explainer<'_>, places: &Places<'_>, name: Name, depth: usize) -> Table {
    let explained = explainer.explain(name);
    let mut table = Table::new(title(explainer, &explained))
        .column("Figure", ColumnKind::Text)
        .column("Value", ColumnKind::Figures)
        .column("How, or where from", ColumnKind::Text);
    let mut how = sentence(&explained.formula.words);
    if !explained.formula.symbols.is_empty() {
        how = format!("{how} In symbols: {}.", explained.formula.symbols);
    }
    table.push_total(vec![
        Cell::text(&explained.label),
        cell(&explained.value, explained.unit),
        Cell::text(how.trim()),
    ]);
    let mut rows = Rows { explainer, places, table, seen: BTreeSet::from([name]) };
    rows.beside(&explained.formula);
    rows.terms(&explained.formula, 1, depth);
    if is_about_work(&explained.formula) {
        let capacity = "Capacity = teams x pace x strength while forming x gain once settled x output kept beside other teams \
                        x utilisation x posts filled or covered, in team-months; factors that are switched off are left out.";
        rows.table.notes.push(capacity.to_owned());
    }
    if let Some(example) = first_figure(&explained.formula) {
        let example = explainer.name(example);
        let note = format!(
            "Each name in brackets can be asked for in its turn, such as {example}; --depth shows more levels."
        );
        rows.table.notes.push(note);
    }
    rows.table
}

fn title(explainer: &Explainer<'_>, explained: &Explanation) -> String {
    format!("{}: where it comes from", explainer.name(explained.name))
}

/// Whether a formula adds up work.
fn is_about_work(formula: &Formula) -> bool {
    let mut work = false;
    figures_in(formula, &mut |name| work |= matches!(name.figure, Figure::Work(..)));
    work
}

/// The first figure with a name among the terms of a formula.
fn first_figure(formula: &Formula) -> Option<Name> {
    let mut first = None;
    figures_in(formula, &mut |name| {
        first.get_or_insert(name);
    });
    first
}

/// Rows in the making.
struct Rows<'a, 's> {
    explainer: &'a Explainer<'s>,
    places: &'a Places<'a>,
    table: Table,
    /// The figures whose formulas stand here already.
    seen: BTreeSet<Name>,
}

impl Rows<'_, '_> {
    /// What came before: no operands, but the way there.
    fn beside(&mut self, formula: &Formula) {
        for term in &formula.beside {
            self.term(term, "", 1, 1);
        }
    }

    fn terms(&mut self, formula: &Formula, indent: usize, depth: usize) {
        if depth == 0 {
            return;
        }
        let mut terms: Vec<(usize, &Term)> = formula.terms.iter().enumerate().collect();
        let runs = if formula.operation.is_over_time() { runs(&terms) } else { Vec::new() };
        if !runs.is_empty() {
            return self.over_time(formula, &runs, indent, depth);
        }
        if !formula.operation.is_ordered() {
            terms.sort_by_key(|(_, term)| std::cmp::Reverse(size(term)));
        }
        let most = MOST[usize::from(indent > 1)];
        // A last row for one term would save nothing.
        let most = if terms.len() == most + 1 { most + 1 } else { most };
        for &(place, term) in terms.iter().take(most) {
            self.term(term, formula.operation.sign(place), indent, depth);
        }
        self.rest(&terms[terms.len().min(most)..], formula.operation, indent);
    }

    /// The terms that are not shown one by one.
    fn rest(&mut self, rest: &[(usize, &Term)], operation: Operation, indent: usize) {
        let Some((_, one)) = rest.first() else { return };
        let label = format!("{} more", rest.len());
        let together = match operation {
            Operation::Sum | Operation::Difference => {
                let sum: Option<Decimal> = rest.iter().map(|(_, term)| number(term)).sum();
                sum.map(|sum| cell(&Value::Number(sum), one.unit))
            }
            _ => None,
        };
        let label = if together.is_some() { format!("{label}, together") } else { label };
        let value = together.unwrap_or(Cell::Nothing(None));
        self.table
            .push_indented(indent, vec![Cell::text(label), value, Cell::text("--format json shows them")]);
    }

    /// A list over months: a stretch of months alike is one row; only the last stretches of a long one are shown.
    fn over_time(&mut self, formula: &Formula, runs: &[Run<'_>], indent: usize, depth: usize) {
        let first = usize::from(formula.operation == Operation::MonthReached);
        for (place, term) in formula.terms.iter().take(first).enumerate() {
            self.term(term, formula.operation.sign(place), indent, depth);
        }
        let (hidden, after) = Self::window(formula, runs);
        let before: Decimal = runs[..hidden].iter().map(|run| run.sum).sum();
        if hidden > 0 {
            self.months_left_out("before", &runs[..hidden], indent);
        }
        let mut total = before;
        for run in &runs[hidden..after] {
            total += run.sum;
            let so_far = format!("{} so far", shown(total, run.term.unit));
            let how = match &run.term.origin {
                Origin::Figure(name) => {
                    format!("{so_far}{} [{}]", self.capacity(*name), self.explainer.name(*name))
                }
                Origin::Formula(formula) => {
                    let capacity = first_figure(formula).map_or(String::new(), |name| self.capacity(name));
                    format!("{so_far}{capacity}")
                }
                _ => so_far,
            };
            let label = match run.months {
                1 => run.term.label.clone(),
                months => format!("{} to {}: {months} months, each", run.term.label, run.last.label),
            };
            let cells = vec![Cell::text(label), cell(&run.term.value, run.term.unit), Cell::text(how)];
            self.table.push_indented(indent, cells);
        }
        if after < runs.len() {
            self.months_left_out("after", &runs[after..], indent);
        }
    }

    fn months_left_out(&mut self, side: &str, runs: &[Run<'_>], indent: usize) {
        let months: usize = runs.iter().map(|run| run.months).sum();
        let sum = Value::Number(runs.iter().map(|run| run.sum).sum());
        let unit = runs.first().map_or(Unit::Number, |run| run.term.unit);
        let cells = vec![
            Cell::text(format!("{months} months {side}, together")),
            cell(&sum, unit),
            Cell::text("--format json shows them"),
        ];
        self.table.push_indented(indent, cells);
    }

    /// The stretches that are shown: those about the month that is told, or the last.
    fn window(formula: &Formula, runs: &[Run<'_>]) -> (usize, usize) {
        let told = formula.compute();
        let at = runs.iter().position(|run| {
            run.term
                .when
                .map(|when| match when {
                    When::Month(month) => Value::Month(month),
                    When::Year(year) => Value::Year(year),
                })
                .as_ref()
                == Some(&told)
        });
        match at.filter(|_| runs.len() > MOST[0]) {
            Some(at) => (at.saturating_sub(MOST[0] / 2), (at + MOST[0] / 2).min(runs.len())),
            None => (runs.len().saturating_sub(MOST[0]), runs.len()),
        }
    }

    /// The capacity that a month's work comes out of, in figures.
    fn capacity(&self, name: Name) -> String {
        if !matches!(name.figure, Figure::Work(..)) {
            return String::new();
        }
        let mut capacity = None;
        figures_in(&self.explainer.explain(name).formula, &mut |name| {
            if matches!(name.figure, Figure::Capacity(..)) {
                capacity.get_or_insert(name);
            }
        });
        capacity.map_or(String::new(), |name| {
            let explained = self.explainer.explain(name);
            format!("; capacity {}", arithmetic(&explained.formula))
        })
    }

    fn term(&mut self, term: &Term, sign: &str, indent: usize, depth: usize) {
        let label = format!("{sign}{}", term.label);
        let value = cell(&term.value, term.unit);
        let (how, below) = match &term.origin {
            Origin::Figure(name) => {
                let asked = format!("[{}]", self.explainer.name(*name));
                if depth > 1 && !self.seen.insert(*name) {
                    (format!("See above {asked}"), None)
                } else if depth > 1 {
                    let explained = self.explainer.explain(*name);
                    (format!("{} {asked}", sentence(&explained.formula.words)), Some(explained.formula))
                } else {
                    (asked, None)
                }
            }
            Origin::Formula(formula) if depth > 1 => (sentence(&formula.words), Some((**formula).clone())),
            Origin::Formula(formula) => (arithmetic(formula), None),
            Origin::Input(id) => (self.places.in_words(self.explainer.scenario(), *id), None),
            Origin::Written(key) => (self.places.written_in_words(key), None),
            Origin::Constant(why) => (sentence(why), None),
        };
        self.table.push_indented(indent, vec![Cell::text(label), value, Cell::text(how.trim())]);
        if let Some(formula) = below {
            self.terms(&formula, indent + 1, depth - 1);
        }
    }
}

/// Terms of one value in months one after the other.
struct Run<'t> {
    term: &'t Term,
    last: &'t Term,
    months: usize,
    sum: Decimal,
}

fn runs<'t>(terms: &[(usize, &'t Term)]) -> Vec<Run<'t>> {
    let mut runs: Vec<Run<'t>> = Vec::new();
    for &(_, term) in terms.iter().filter(|(_, term)| matches!(term.when, Some(When::Month(_)))) {
        let Some(number) = number(term) else { continue };
        match runs.last_mut() {
            Some(run) if run.term.value == term.value => {
                (run.last, run.months, run.sum) = (term, run.months + 1, run.sum + number);
            }
            _ => runs.push(Run { term, last: term, months: 1, sum: number }),
        }
    }
    runs
}

fn number(term: &Term) -> Option<Decimal> {
    if let Value::Number(number) = term.value { Some(number) } else { None }
}

fn size(term: &Term) -> Decimal {
    number(term).map_or(Decimal::ZERO, |number| number.abs())
}

/// With a capital letter and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

/// A formula in figures: `1,998,234.55 x 0.9019`.
fn arithmetic(formula: &Formula) -> String {
    let sign = match formula.operation {
        Operation::Sum => " + ",
        Operation::Difference => " - ",
        Operation::Product => " x ",
        Operation::Quotient => " / ",
        _ => return sentence(&formula.words),
    };
    if formula.terms.len() > 8 {
        return sentence(&formula.words);
    }
    let figures: Vec<String> = formula
        .terms
        .iter()
        .map(|term| number(term).map_or_else(|| term.label.clone(), |number| shown(number, term.unit)))
        .collect();
    figures.join(sign)
}

/// A number as it is read, whatever its unit.
fn shown(number: Decimal, unit: Unit) -> String {
    match unit {
        Unit::Pounds | Unit::PoundsAMonth | Unit::PoundsAYear => {
            let pounds = number.round_dp_with_strategy(2, MidpointAwayFromZero);
            format!(
                "{}£{}",
                if pounds.is_sign_negative() { "-" } else { "" },
                super::quantity::grouped(pounds.abs())
            )
        }
        Unit::Rate => format!("{}%", plain(places(number * Decimal::ONE_HUNDRED, 2))),
        Unit::TeamMonths => format!("{} team-months", plain(places(number, 3))),
        Unit::TeamMonthsAYear => format!("{} team-months a year", plain(places(number, 3))),
        Unit::Months if number == Decimal::ONE => "1 month".to_owned(),
        Unit::Months => format!("{} months", plain(places(number, 2))),
        Unit::Number | Unit::Month | Unit::Year => plain(places(number, 6)),
    }
}

fn places(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, MidpointAwayFromZero)
}

fn cell(value: &Value, unit: Unit) -> Cell {
    match value {
        Value::Number(number) => match unit {
            Unit::Pounds => Cell::Money(*number),
            _ => Cell::text(shown(*number, unit)),
        },
        Value::Month(month) => Cell::Month(*month),
        Value::Year(year) => Cell::Year(*year),
        Value::Nothing(why) => Cell::nothing(why.clone()),
    }
}

/// A figure with what it is made of, so many steps down, for a machine: every figure once, under its name.
pub fn explanation_value(explainer: &Explainer<'_>, sources: &Places<'_>, name: Name, depth: usize) -> Json {
    let mut figures = Map::new();
    for explained in explainer.explain_down(name, depth) {
        let mut told = formula(explainer, sources, &explained.formula);
        told.insert("label".into(), explained.label.clone().into());
        told.insert("value".into(), value(&explained.value));
        told.insert("unit".into(), explained.unit.word().into());
        if let Value::Nothing(why) = &explained.value {
            told.insert("none_because".into(), why.clone().into());
        }
        figures.insert(explainer.name(explained.name), told.into());
    }
    json!({
        "format_version": FORMAT_VERSION,
        "figure": explainer.name(name),
        "depth": depth,
        "horizon_end": explainer.scenario().programme.horizon.last().to_string(),
        "figures": figures,
    })
}

fn formula(explainer: &Explainer<'_>, sources: &Places<'_>, formula: &Formula) -> Map<String, Json> {
    let mut told = Map::new();
    told.insert("operation".into(), formula.operation.word().into());
    told.insert("rounded".into(), formula.rounding.map(Rounding::word).into());
    told.insert("words".into(), formula.words.clone().into());
    told.insert("symbols".into(), formula.symbols.clone().into());
    let operands: Vec<Json> = formula.terms.iter().map(|term| operand(explainer, sources, term)).collect();
    told.insert("operands".into(), operands.into());
    if !formula.beside.is_empty() {
        let beside: Vec<Json> = formula.beside.iter().map(|term| operand(explainer, sources, term)).collect();
        told.insert("beside".into(), beside.into());
    }
    told
}

fn operand(explainer: &Explainer<'_>, sources: &Places<'_>, term: &Term) -> Json {
    let mut told = match &term.origin {
        Origin::Formula(inner) => formula(explainer, sources, inner),
        _ => Map::new(),
    };
    told.insert("label".into(), term.label.clone().into());
    told.insert("value".into(), value(&term.value));
    told.insert("unit".into(), term.unit.word().into());
    if let Some(when) = term.when {
        let when = match when {
            When::Month(month) => month.to_string(),
            When::Year(year) => year.to_string(),
        };
        told.insert("when".into(), when.into());
    }
    match &term.origin {
        Origin::Figure(name) => told.insert("figure".into(), explainer.name(*name).into()),
        Origin::Input(id) => told.insert("input".into(), sources.input(explainer.scenario(), *id)),
        Origin::Written(key) => told.insert("written".into(), written(sources, key)),
        Origin::Constant(why) => told.insert("constant".into(), why.clone().into()),
        Origin::Formula(_) => None,
    };
    told.into()
}

/// A number in all its digits, a month, a year; nothing where there is none.
fn value(value: &Value) -> Json {
    match value {
        Value::Number(number) => number.normalize().to_string().into(),
        Value::Month(month) => month.to_string().into(),
        Value::Year(year) => year.to_string().into(),
        Value::Nothing(_) => Json::Null,
    }
}

/// The names of all figures that outputs show, with what they are and come to.
pub fn explainable(explainer: &Explainer<'_>) -> Table {
    let mut table = Table::new("Figures that can be explained")
        .column("figure", ColumnKind::Text)
        .column("value", ColumnKind::Figures)
        .column("what it is", ColumnKind::Text);
    for name in explainer.figures() {
        let (label, value, unit) = explainer.outline(name);
        table.push(vec![Cell::text(explainer.name(name)), cell(&value, unit), Cell::text(label)]);
    }
    let rows = explainer.rows();
    let ends = rows.first().zip(rows.last());
    if let Some((first, last)) = ends {
        let rows = format!("{} to {}", explainer.name(*first), explainer.name(*last));
        table.notes.push(format!("Also the amounts of each row of `wholelife ledger`: {rows}."));
    }
    table.notes.push("What an explanation names in brackets can be asked for too.".to_owned());
    table
}
