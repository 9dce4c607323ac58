//! The ledger: one row a posting. Every total elsewhere is a sum of these rows.

use super::Case;
use crate::id::OptionId;
use crate::table::{Cell, ColumnKind, Table};

/// The postings of all options, or of one.
pub fn ledger(case: &Case, only: Option<OptionId>) -> Table {
    let mut table = Table::new("Ledger")
        .column("month", ColumnKind::Month)
        .column("financial_year", ColumnKind::Year)
        .column("option", ColumnKind::Text)
        .column("element", ColumnKind::Text)
        .column("activity", ColumnKind::Text)
        .column("category", ColumnKind::Text)
        .column("index", ColumnKind::Text)
        .column("treatment", ColumnKind::Text)
        .column("kind", ColumnKind::Text)
        .column("economic", ColumnKind::Money)
        .column("financial", ColumnKind::Money);
    // Who bears it matters only where several may.
    let shared = case.scenario.organisations.len() > 1;
    if shared {
        table = table.column("organisation", ColumnKind::Text);
    }
    let wanted = case.run.ledger.postings.iter().filter(|p| only.is_none_or(|id| p.option == id));
    for posting in wanted {
        let month = case.month(usize::from(posting.month));
        let mut cells = vec![
            Cell::Month(month),
            Cell::Year(case.plan.horizon.financial_year(month)),
            Cell::text(&case.scenario.options[posting.option.place()].id),
            Cell::text(case.element(posting)),
            Cell::text(posting.activity.word()),
            Cell::text(case.category(posting.category)),
            Cell::text(&case.scenario.indices[posting.index.place()].name),
            Cell::text(posting.treatment.word()),
            Cell::text(posting.kind.word()),
            Cell::Money(posting.economic),
            Cell::Money(posting.financial),
        ];
        if shared {
            cells.push(Cell::text(&case.scenario.organisations[posting.organisation.place()].id));
        }
        table.push(cells);
    }
    table
}
