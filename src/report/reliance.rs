//! What the figures rest on that nobody has verified yet.

use std::collections::BTreeSet;

use super::{Case, params};
use crate::parameters::{Edition, Figure};
use crate::review;
use crate::table::{Cell, ColumnKind, Table};

/// The unverified parameters that the figures rest on, by series: ``price growth `general` ``, `pay`, ...
pub fn unverified(case: &Case) -> Vec<String> {
    let Some(edition) = Edition::named(&case.scenario.programme.edition) else { return Vec::new() };
    let name = |figure: &Figure| match series(&figure.key) {
        index if edition.index_names().contains(&index) => format!("price growth `{index}`"),
        _ => format!("`{}`", figure.key),
    };
    let names: BTreeSet<String> =
        review::unverified(&case.subject(), edition).into_iter().map(name).collect();
    names.into_iter().collect()
}

/// The same figure by figure, with what is known of each.
pub fn unverified_figures(case: &Case) -> Table {
    let mut table = Table::new("Unverified parameters that the figures rest on")
        .column("parameter", ColumnKind::Text)
        .column("value", ColumnKind::Figures)
        .column("source", ColumnKind::Text)
        .column("dated", ColumnKind::Text)
        .column("note", ColumnKind::Text);
    let Some(edition) = Edition::named(&case.scenario.programme.edition) else { return table };
    for figure in review::unverified(&case.subject(), edition) {
        let note = figure.note.as_deref().unwrap_or_default();
        let words = [figure.source.as_str(), figure.dated.as_str(), note].map(Cell::text);
        table.push([Cell::text(&figure.key), params::value(figure)].into_iter().chain(words).collect());
    }
    table
}

fn series(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}
