//! Statements: affordability, accounts, and the two cases reconciled. Years run across, as finance reads.
//!
//! Each is of one option, for all organisations or for one; the statements of the organisations sum to the
//! whole.

mod accounts;
mod affordability;
mod categories;
mod reconciliation;

pub use accounts::{accounts, income_and_expenditure};
pub use affordability::affordability;
pub use categories::categories;
pub use reconciliation::{Bridge, bridge, reconciliation};

use rust_decimal::Decimal;

use super::Case;
use crate::id::{OptionId, OrganisationId};
use crate::table::{Cell, ColumnKind, Table};

/// All statements of the options asked for, one after the other.
pub fn statements(case: &Case, only: Option<OptionId>, organisation: Option<OrganisationId>) -> Vec<Table> {
    let all = (0..case.scenario.options.len()).map(OptionId::new);
    let wanted: Vec<OptionId> = all.filter(|&id| only.is_none_or(|only| only == id)).collect();
    let mut tables = Vec::new();
    for &option in &wanted {
        if !case.scenario.funds.is_empty() {
            tables.push(affordability(case, option, organisation));
        }
        tables.push(income_and_expenditure(case, option, organisation));
        tables.extend(accounts(case, option, organisation));
        tables.push(categories(case, option, organisation));
    }
    tables.push(reconciliation(case, &wanted, organisation));
    tables
}

/// A statement in the making: a line a row, a column for each financial year and one for their sum.
struct Statement<'a> {
    case: &'a Case,
    table: Table,
}

impl<'a> Statement<'a> {
    fn new(case: &'a Case, what: &str, option: OptionId, organisation: Option<OrganisationId>) -> Self {
        let whose = organisation.map(|id| format!(", {}", case.scenario.organisations[id.place()].name));
        let title = format!("{what}: {}{}", case.name(option), whose.unwrap_or_default());
        let mut table = Table::new(title).column("Line", ColumnKind::Text);
        for t in 0..case.plan.horizon.years() {
            table = table.column(case.plan.horizon.year(t).to_string(), ColumnKind::Money);
        }
        Self { case, table: table.column("All years", ColumnKind::Money) }
    }

    fn section(&mut self, heading: &str) {
        self.table.push_section(heading);
    }

    /// A flow: its years add up. Left out if it is nought throughout and `always` is not set.
    fn flow(&mut self, name: &str, always: bool, of: impl Fn(usize) -> Decimal) {
        let years: Vec<Decimal> = (0..self.case.plan.horizon.years()).map(of).collect();
        if always || years.iter().any(|year| !year.is_zero()) {
            let sum = years.iter().sum();
            self.row(name, years, Cell::Money(sum), false);
        }
    }

    /// A sum of the flows above it.
    fn total(&mut self, name: &str, of: impl Fn(usize) -> Decimal) {
        let years: Vec<Decimal> = (0..self.case.plan.horizon.years()).map(of).collect();
        let sum = years.iter().sum();
        self.row(name, years, Cell::Money(sum), true);
    }

    /// A balance: its years don't add up.
    fn stock(&mut self, name: &str, of: impl Fn(usize) -> Decimal) {
        let years = (0..self.case.plan.horizon.years()).map(of).collect();
        self.row(name, years, Cell::Nothing(None), false);
    }

    fn row(&mut self, name: &str, years: Vec<Decimal>, last: Cell, is_total: bool) {
        let mut cells = vec![Cell::text(name)];
        cells.extend(years.into_iter().map(Cell::Money));
        cells.push(last);
        if is_total { self.table.push_total(cells) } else { self.table.push_indented(1, cells) }
    }

    fn note(mut self, text: &str) -> Table {
        self.table.notes.push(text.to_owned());
        if let Some(years) = self.case.part_years() {
            self.table.notes.push(format!("Years that lie in the horizon only in part: {years}."));
        }
        self.table
    }
}
