//! Figures by financial year, a row a number: for spreadsheets and pivot tables.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Case;
use crate::ledger::{Activity, Discount};
use crate::table::{Cell, ColumnKind, Table};

/// Cost and benefit of every option in every year.
pub fn by_year(case: &Case) -> Table {
    let mut table = Table::new("Cost and benefit by financial year")
        .column("option", ColumnKind::Text)
        .column("financial_year", ColumnKind::Year)
        .column("months", ColumnKind::Count)
        .column("capital_cash", ColumnKind::Money)
        .column("revenue_cash", ColumnKind::Money)
        .column("cash", ColumnKind::Money)
        .column("real_cost", ColumnKind::Money)
        .column("real_benefits", ColumnKind::Money)
        .column("cash_released", ColumnKind::Money)
        .column("discount_factor", ColumnKind::Number);
    for (option, measures) in case.scenario.options.iter().zip(&case.run.appraisal.options) {
        for (t, year) in measures.by_year.iter().enumerate() {
            table.push(vec![
                Cell::text(&option.id),
                Cell::Year(case.plan.horizon.year(t)),
                Cell::Count(case.plan.horizon.months_in(t) as i64),
                Cell::Money(year.capital),
                Cell::Money(year.revenue),
                Cell::Money(year.cash()),
                Cell::Money(year.cost),
                Cell::Money(year.benefits),
                Cell::Money(year.cash_released),
                Cell::Number(case.plan.discount_factor(Discount::Standard, t), 10),
            ]);
        }
    }
    table.notes.push(format!(
        "Cash in prices of each year, with VAT that can't be recovered; real figures in {}.",
        case.real_prices()
    ));
    table
}

/// Cost of every option in every year by activity.
pub fn activity_by_year(case: &Case) -> Table {
    let mut sums: BTreeMap<(usize, Activity, usize), (Decimal, Decimal)> = BTreeMap::new();
    for posting in case.run.ledger.postings.iter().filter(|posting| !posting.kind.is_benefit()) {
        let t = case.plan.year_of[usize::from(posting.month)];
        let sum = sums.entry((posting.option.place(), posting.activity, t)).or_default();
        sum.0 += posting.financial;
        sum.1 += posting.economic;
    }
    let mut table = Table::new("Cost by activity and financial year")
        .column("option", ColumnKind::Text)
        .column("activity", ColumnKind::Text)
        .column("financial_year", ColumnKind::Year)
        .column("cash", ColumnKind::Money)
        .column("real_cost", ColumnKind::Money);
    for ((option, activity, t), (financial, economic)) in sums {
        table.push(vec![
            Cell::text(&case.scenario.options[option].id),
            Cell::text(activity.word()),
            Cell::Year(case.plan.horizon.year(t)),
            Cell::Money(financial),
            Cell::Money(economic),
        ]);
    }
    table
}
