//! What differs between two scenario files, and what each change does to the headlines of the options that
//! both have: as tables, as one table with a row a number, and for other programs.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Case;
use super::bridge::money;
use crate::scenario::Change;
use crate::table::{Cell, ColumnKind, Table};
use crate::uncertainty::{Difference, Figure, Group, Headline, Method};

const FORMAT_VERSION: &str = "1.0";

/// What changed, then what the changes do.
pub fn difference_tables(new: &Case, difference: &Difference) -> Vec<Table> {
    let mut tables = vec![changes(difference)];
    if !difference.groups.is_empty() && !difference.headlines.is_empty() {
        tables.push(contributions(new, difference));
    }
    tables
}

/// Everything in one table: a row for each change and, where it comes to something of its own, each headline.
pub fn difference_rows(difference: &Difference) -> Table {
    let mut table = Table::new("Changes and what they do")
        .column("change", ColumnKind::Text)
        .column("input", ColumnKind::Text)
        .column("old", ColumnKind::Text)
        .column("new", ColumnKind::Text)
        .column("option", ColumnKind::Text)
        .column("figure", ColumnKind::Text)
        .column("amount", ColumnKind::Money);
    let empty = || Cell::Nothing(None);
    for change in &difference.changes {
        let mut cells = vec![Cell::text(sort(change)), Cell::text(&change.key)];
        cells.extend([&change.old, &change.new].map(|value| value.as_ref().map_or(empty(), Cell::text)));
        cells.extend([empty(), empty(), empty()]);
        table.push(cells);
    }
    for (place, group) in difference.groups.iter().enumerate() {
        for headline in &difference.headlines {
            let name = name(difference, group);
            let mut cells = vec![Cell::text("contribution"), Cell::Text(name), empty(), empty()];
            cells.extend([Cell::text(&headline.option), Cell::text(word(headline.figure))]);
            cells.push(Cell::Money(headline.contributions[place]));
            table.push(cells);
        }
    }
    table
}

/// For other programs.
pub fn difference_value(difference: &Difference) -> Value {
    let changes = difference.changes.iter().map(|change| {
        json!({
            "change": sort(change), "input": change.key, "old": change.old, "new": change.new,
            "wording": change.is_wording,
        })
    });
    let keys =
        |group: &Group| group.changes.iter().map(|&place| &difference.changes[place].key).collect::<Vec<_>>();
    let groups = difference.groups.iter().map(|group| {
        json!({ "name": name(difference, group), "inputs": keys(group), "structure": group.is_structure })
    });
    let headlines = difference.headlines.iter().map(|headline| {
        json!({
            "option": headline.option,
            "figure": word(headline.figure),
            "old": money(headline.old),
            "new": money(headline.new),
            "difference": money(headline.new - headline.old),
            "contributions": headline.contributions.iter().map(|&amount| money(amount)).collect::<Vec<_>>(),
        })
    });
    json!({
        "format_version": FORMAT_VERSION,
        "method": match difference.method { Method::Shapley => "shapley", Method::Path => "path" },
        "changes": changes.collect::<Vec<_>>(),
        "groups": groups.collect::<Vec<_>>(),
        "headlines": headlines.collect::<Vec<_>>(),
    })
}

fn changes(difference: &Difference) -> Table {
    let mut table = Table::new("What differs")
        .column("Input", ColumnKind::Text)
        .column("Change", ColumnKind::Text)
        .column("Old", ColumnKind::Text)
        .column("New", ColumnKind::Text);
    for change in &difference.changes {
        let mut cells = vec![Cell::text(&change.key), Cell::text(sort(change))];
        let value = |value: &Option<String>| value.as_ref().map_or(Cell::Nothing(None), Cell::text);
        cells.extend([value(&change.old), value(&change.new)]);
        table.push(cells);
    }
    if difference.changes.is_empty() { table.note("The two files say the same.") } else { table }
}

fn contributions(new: &Case, difference: &Difference) -> Table {
    let mut options: Vec<&str> =
        difference.headlines.iter().map(|headline| headline.option.as_str()).collect();
    options.dedup();
    let mut table = Table::new("What the changes do").column("Change", ColumnKind::Text);
    for option in &options {
        let named = new.scenario.options.iter().find(|known| known.id == *option);
        table = table.column(named.map_or(*option, |known| &known.name), ColumnKind::Money);
    }
    for figure in Figure::ALL {
        table.push_section(title(figure));
        let of: Vec<&Headline> = difference.headlines.iter().filter(|h| h.figure == figure).collect();
        let row = |name: String, amount: &dyn Fn(&Headline) -> Decimal| {
            let amounts = of.iter().map(|headline| Cell::Money(amount(headline)));
            [Cell::Text(name)].into_iter().chain(amounts).collect::<Vec<_>>()
        };
        table.push_total(row("Old".to_owned(), &|h| h.old));
        for (place, group) in difference.groups.iter().enumerate() {
            table.push_indented(1, row(name(difference, group), &|h| h.contributions[place]));
        }
        table.push_total(row("New".to_owned(), &|h| h.new));
    }
    table.notes.push(method(difference));
    table
}

fn method(difference: &Difference) -> String {
    let how = match difference.method {
        Method::Shapley => {
            "Each change's contribution is its Shapley value: every order of the changes counts the same."
        }
        Method::Path => {
            "There are too many changes to run every order of them: each change's contribution is the mean of \
             what it does when they are made in the order of the file, and in its reverse."
        }
    };
    let structure = if difference.groups.iter().any(|group| group.is_structure) {
        " What came or went as a whole, and what makes no scenario without it, is one change: structure."
    } else {
        ""
    };
    format!("{how} Contributions add up exactly.{structure}")
}

/// What a group of changes is called: the key path of what is changed as a whole.
fn name(difference: &Difference, group: &Group) -> String {
    match group.changes.as_slice() {
        [first, ..] if !group.is_structure => difference.changes[*first].taken.join("."),
        [only] => format!("structure: {}", difference.changes[*only].key),
        several => format!("structure ({} changes together)", several.len()),
    }
}

fn sort(change: &Change) -> &'static str {
    match (&change.old, &change.new) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    }
}

fn title(figure: Figure) -> &'static str {
    match figure {
        Figure::Cost => "Net present cost",
        Figure::Npsv => "Net present social value",
        Figure::Nominal => "Cash, prices of each year",
    }
}

fn word(figure: Figure) -> &'static str {
    match figure {
        Figure::Cost => "net-present-cost",
        Figure::Npsv => "npsv",
        Figure::Nominal => "nominal-cost",
    }
}
