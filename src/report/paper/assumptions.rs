//! Every figure that the answer was made of: what the scenario writes, and what the parameter edition gives, each
//! with its source, date and status.

use std::collections::{BTreeMap, BTreeSet};

use super::MadeFrom;
use crate::calendar::FinancialYear;
use crate::paper::Section;
use crate::parameters::Edition;
use crate::report::known::known;
use crate::report::{Case, quantity};
use crate::scenario::{Estimate, Input, Origin, Shape, Unit};
use crate::table::{Cell, ColumnKind, Table};

pub(super) fn section(case: &Case, made_from: &MadeFrom) -> Section {
    let mut section = Section::new("Assumptions and their sources");
    let inputs = || case.scenario.inputs.iter();
    let written = inputs().filter(|input| matches!(input.origin, Origin::Written(_))).count();
    let defaults = inputs().filter(|input| input.origin == Origin::Default).count();
    let unsourced = inputs().filter(|input| {
        matches!(input.origin, Origin::Written(_))
            && input.provenance.source.is_none()
            && !is_set(input, made_from)
    });
    section.text(format!(
        "The scenario writes {written} figures; {} of them state no source. {defaults} more stand at the default of \
         their mechanism, most of which switch it off, and are not listed.",
        unsourced.count()
    ));
    section.table(written_figures(case, made_from));
    section.table(parameters(case));
    section
}

fn columns(title: &str, last: &str) -> Table {
    let table = Table::new(title);
    let names = ["Figure", "Value", "Source", "Dated", last];
    names.into_iter().fold(table, |table, name| table.column(name, ColumnKind::Text))
}

fn is_set(input: &Input, made_from: &MadeFrom) -> bool {
    made_from.set.iter().any(|(key, _)| *key == input.key)
}

/// What the file writes, in its order, under a heading for each of its tables. The years of one figure stand
/// together.
fn written_figures(case: &Case, made_from: &MadeFrom) -> Table {
    let mut table = columns("What the scenario states", "Owner and status");
    let mut part = "";
    let mut before: Option<(&str, Vec<Cell>)> = None;
    for input in case.scenario.inputs.iter().filter(|input| matches!(input.origin, Origin::Written(_))) {
        let here = input.key.split('.').next().unwrap_or_default();
        if here != part {
            table.push_section(here);
            part = here;
        }
        let (series, year) = input.key.rsplit_once('.').filter(|(_, year)| is_year(year)).unzip();
        let value = year.map_or_else(|| estimate(input), |year| format!("{year}: {}", estimate(input)));
        let cells = |key: &str| {
            let told = [Some(source(input, made_from)), input.provenance.dated.clone(), Some(owner(input))];
            let head = [Cell::text(format!("`{key}`")), Cell::text(&value)];
            let told =
                told.map(|words| words.filter(|w| !w.is_empty()).map_or(Cell::Nothing(None), Cell::Text));
            head.into_iter().chain(told).collect::<Vec<_>>()
        };
        let of = series.unwrap_or(&input.key);
        let new = cells(of);
        match (&before, table.rows.last_mut()) {
            (Some((key, told)), Some(row)) if series == Some(*key) && told[2..] == new[2..] => {
                row.cells[1] = Cell::text(format!("{}; {value}", row.cells[1].words()));
            }
            _ => table.push(new.clone()),
        }
        before = Some((of, new));
    }
    without_empty(said_once(table))
}

/// What most rows say of source, date and owner stands once, below the table, and not in those rows.
fn said_once(mut table: Table) -> Table {
    let told = |cells: &[Cell]| -> Option<Vec<String>> {
        let told: Vec<String> = cells.get(2..)?.iter().map(|cell| cell.words().to_owned()).collect();
        told.iter().any(|words| !words.is_empty()).then_some(told)
    };
    let mut times: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for said in table.rows.iter().filter_map(|row| told(&row.cells)) {
        *times.entry(said).or_default() += 1;
    }
    let most = times.into_iter().find(|(_, times)| times * 2 > table.rows.len());
    let Some((most, _)) = most else { return table };
    for row in table.rows.iter_mut().filter(|row| told(&row.cells).as_ref() == Some(&most)) {
        row.cells[2..].fill(Cell::Nothing(None));
    }
    let headings = table.columns[2..].iter().map(|column| column.name.to_lowercase());
    let said = headings.zip(&most).filter(|(_, words)| !words.is_empty());
    let said: Vec<String> = said.map(|(heading, words)| format!("{heading}: {words}")).collect();
    table.note(format!("Where a row does not say otherwise, {}.", said.join("; ")))
}

/// Without the columns that have nothing in any row.
fn without_empty(table: Table) -> Table {
    let is_told = |place: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(place));
        place < 2 || cells.into_iter().any(|cell| !matches!(cell, Cell::Nothing(_)))
    };
    let kept: Vec<bool> = (0..table.columns.len()).map(is_told).collect();
    let keep = |place: &usize| kept.get(*place).copied().unwrap_or_default();
    let mut table = table;
    let mut place = 0..;
    table.columns.retain(|_| place.next().is_some_and(|place| keep(&place)));
    for row in &mut table.rows {
        let mut place = 0..;
        row.cells.retain(|_| place.next().is_some_and(|place| keep(&place)));
    }
    table
}

fn is_year(text: &str) -> bool {
    FinancialYear::parse(text).or(FinancialYear::parse_calendar(text)).is_some()
}

/// The figures of the parameter edition that the scenario uses.
fn parameters(case: &Case) -> Table {
    let mut table = columns("What the parameter edition gives", "Status");
    let edition = Edition::named(&case.scenario.programme.edition);
    let mut part = String::new();
    // Several inputs may take the same figure.
    let mut told = BTreeSet::new();
    for input in &case.scenario.inputs {
        let Origin::Parameter(key) = &input.origin else { continue };
        let known = known(input, edition);
        let Some(figure) = known.figure.filter(|_| told.insert(key)) else { continue };
        let here = key.split('.').next().unwrap_or_default();
        if here != part {
            table.push_section(here);
            here.clone_into(&mut part);
        }
        let words = [
            format!("`{key}`"),
            quantity(figure.value, input.unit),
            known.source_and_note(),
            figure.dated.clone(),
            figure.status.word().to_owned(),
        ];
        table.push(words.map(Cell::Text).into());
    }
    table
}

fn source(input: &Input, made_from: &MadeFrom) -> String {
    if is_set(input, made_from) {
        return "changed for this run".to_owned();
    }
    known(input, None).source_and_note()
}

fn owner(input: &Input) -> String {
    let known = known(input, None);
    let told = [
        known.owner.map(str::to_owned),
        known.signed_off.map(|by| format!("signed off: {by}")),
        known.review_by.map(|by| format!("review by {by}")),
    ];
    told.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// A value and, if it is uncertain, its range: `£500 (£413 to £675, pert)`.
fn estimate(input: &Input) -> String {
    let text = |value| quantity(value, input.unit);
    match input.estimate {
        Estimate::Point(value) => text(value),
        Estimate::Range { low, likely, high, shape } => {
            let shape = match shape {
                Shape::Pert => "PERT",
                Shape::Triangular => "triangular",
                Shape::P10P90 => "P10 to P90",
                Shape::Uniform => "uniform",
                Shape::Normal => "normal",
            };
            format!("{} ({} to {}, {shape})", text(likely), text(low), text(high))
        }
        Estimate::Chance { chance, then, otherwise } => {
            let chance = quantity(chance, Unit::Rate);
            format!("{} (a chance of {chance}), else {}", text(then), text(otherwise))
        }
    }
}
