//! The built-in parameters: editions, their figures with sources, and what differs between two editions.

use std::collections::BTreeSet;

use crate::parameters::{Edition, Figure, FigureUnit, Status};
use crate::table::{Cell, ColumnKind, Table};

/// Every edition.
pub fn editions() -> Table {
    let mut table = Table::new("Parameter editions")
        .column("edition", ColumnKind::Text)
        .column("title", ColumnKind::Text)
        .column("dated", ColumnKind::Text)
        .column("parameters", ColumnKind::Count)
        .column("unverified", ColumnKind::Count);
    for edition in Edition::names().into_iter().filter_map(Edition::named) {
        let unverified = edition.figures().filter(|figure| figure.status == Status::Unverified).count();
        table.push(vec![
            Cell::text(edition.name()),
            Cell::text(edition.title()),
            Cell::text(edition.dated()),
            Cell::Count(edition.figures().count() as i64),
            Cell::Count(unverified as i64),
        ]);
    }
    table.note("The first is the one that a scenario uses which names none (`programme.parameters`).")
}

/// The figures of an edition; of those whose key begins with `below`, if named (`pension`, `vat.standard`).
pub fn figures(edition: &Edition, below: Option<&str>) -> Table {
    let mut table = Table::new(format!("Parameters of {}: {}", edition.name(), edition.title()))
        .column("parameter", ColumnKind::Text)
        .column("value", ColumnKind::Figures)
        .column("unit", ColumnKind::Text)
        .column("status", ColumnKind::Text)
        .column("dated", ColumnKind::Text)
        .column("in force", ColumnKind::Text)
        .column("source", ColumnKind::Text)
        .column("note", ColumnKind::Text);
    for figure in edition.figures().filter(|figure| below.is_none_or(|below| is_below(&figure.key, below))) {
        let words = [figure.status.word(), &figure.dated, &in_force(figure), &figure.source].map(Cell::text);
        let mut cells = vec![Cell::text(&figure.key), value(figure), Cell::text(figure.unit.word())];
        cells.extend(words);
        cells.push(figure.note.as_ref().map_or(Cell::Nothing(None), Cell::text));
        table.push(cells);
    }
    table
}

/// What differs between two editions: values, and figures that one of them lacks.
pub fn edition_changes(old: &Edition, new: &Edition) -> Table {
    let mut table = Table::new(format!("From {} to {}", old.name(), new.name()))
        .column("parameter", ColumnKind::Text)
        .column(old.name(), ColumnKind::Figures)
        .column(new.name(), ColumnKind::Figures)
        .column("status", ColumnKind::Text);
    let keys: BTreeSet<&str> = old.keys().chain(new.keys()).collect();
    let mut same = 0;
    for key in keys {
        let (before, after) = (old.figure(key), new.figure(key));
        let told = |figure: Option<&Figure>| figure.map_or(Cell::Nothing(Some("none".to_owned())), value);
        let status = |figure: Option<&Figure>| figure.map_or("none", |figure| figure.status.word());
        let facts = |figure: &Figure| (figure.value, figure.unit, figure.status);
        if before.map(facts) == after.map(facts) {
            same += 1;
            continue;
        }
        let statuses = match (status(before), status(after)) {
            (a, b) if a == b => a.to_owned(),
            (a, b) => format!("{a}, then {b}"),
        };
        table.push(vec![Cell::text(key), told(before), told(after), Cell::Text(statuses)]);
    }
    table.note(format!("{same} parameters are the same in both."))
}

/// Whether a key is this one or below it.
fn is_below(key: &str, below: &str) -> bool {
    key.strip_prefix(below).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A figure's value, as a cell of its unit.
pub(super) fn value(figure: &Figure) -> Cell {
    match figure.unit {
        FigureUnit::Rate => Cell::Rate(figure.value),
        FigureUnit::Pounds | FigureUnit::PoundsAYear | FigureUnit::PoundsADay => Cell::Money(figure.value),
        FigureUnit::Months | FigureUnit::Years | FigureUnit::Days | FigureUnit::Heads => {
            Cell::Number(figure.value, 0)
        }
    }
}

fn in_force(figure: &Figure) -> String {
    match (&figure.valid_from, &figure.valid_to) {
        (None, None) => String::new(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("to {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    }
}
