//! A portfolio for spreadsheets and databases: a row for each scenario and option, year, and shared fund.

use rust_decimal::Decimal;

use super::{Choice, Member, Part, kind_word};
use crate::table::{Cell, ColumnKind, Table};

/// A row for each scenario and option. Amounts in pounds, each scenario's in its own prices.
pub fn portfolio_rows(members: &[Member]) -> Table {
    let mut table = Table::new("Portfolio");
    for name in ["file", "organisation", "programme", "option", "option_name", "is_baseline"] {
        table = table.column(name, ColumnKind::Text);
    }
    for name in ["first_year", "prices"] {
        table = table.column(name, ColumnKind::Year);
    }
    table = table.column("discount", ColumnKind::Text);
    for name in [
        "net_present_cost",
        "equivalent_annual_cost",
        "present_benefits",
        "npsv",
        "cash",
        "capital",
        "revenue",
        "real_cost",
        "capital_gap",
        "revenue_gap",
        "paid_by_funds",
        "lapsed",
    ] {
        table = table.column(name, ColumnKind::Money);
    }
    table = table.column("bcr", ColumnKind::Number);
    for member in members {
        for part in &member.parts {
            table.push(row(member, part));
        }
    }
    table
}

fn row(member: &Member, part: &Part) -> Vec<Cell> {
    let measures = &part.measures;
    let yes_or_no = if part.is_baseline { "yes" } else { "no" };
    let texts = [&member.file, &member.organisation, &member.name, &part.id, &part.name, yes_or_no];
    let mut cells: Vec<Cell> = texts.into_iter().map(Cell::text).collect();
    cells.extend([Cell::Year(member.basis.first), Cell::Year(member.basis.prices)]);
    cells.push(Cell::text(&member.basis.discount));
    cells.extend(
        [
            measures.cost.present,
            measures.equivalent_annual_cost,
            measures.benefits.total().present,
            measures.npsv,
            measures.cost.nominal,
            measures.capital,
            measures.revenue,
            measures.cost.real,
        ]
        .map(Cell::Money),
    );
    let funding = part.funding.as_ref();
    let figures = funding.map(|f| [f.gap()[0], f.gap()[1], f.paid(), f.lapsed()].map(Cell::Money));
    cells.extend(figures.unwrap_or([const { Cell::Nothing(None) }; 4]));
    cells.push(measures.bcr.map_or(Cell::Nothing(None), |ratio| Cell::Number(ratio, 4)));
    cells
}

/// A row for each choice and financial year.
pub fn portfolio_by_year_rows(members: &[Member], choices: &[Choice]) -> Table {
    let mut table = Table::new("Portfolio by financial year")
        .column("option", ColumnKind::Text)
        .column("financial_year", ColumnKind::Year)
        .column("scenarios", ColumnKind::Count);
    for name in
        ["capital", "revenue", "cash", "paid_if_alone", "capital_gap_if_alone", "revenue_gap_if_alone"]
    {
        table = table.column(name, ColumnKind::Money);
    }
    table = table.column("shared_gap", ColumnKind::Money).column("gap", ColumnKind::Money);
    for choice in choices {
        let funded = choice.has_funds(members);
        let of_funds = |amount: Decimal| if funded { Cell::Money(amount) } else { Cell::Nothing(None) };
        for year in &choice.years {
            table.push(vec![
                Cell::text(&choice.name),
                Cell::Year(year.year),
                Cell::Count(year.scenarios as i64),
                Cell::Money(year.cost[0]),
                Cell::Money(year.cost[1]),
                Cell::Money(year.cash()),
                of_funds(year.paid),
                of_funds(year.gap[0]),
                of_funds(year.gap[1]),
                of_funds(year.shared_gap),
                of_funds(year.gap_together()),
            ]);
        }
    }
    table
}

/// A row for each choice, shared fund and financial year.
pub fn portfolio_fund_rows(choices: &[Choice]) -> Table {
    let mut table = Table::new("Funds that scenarios share")
        .column("option", ColumnKind::Text)
        .column("fund", ColumnKind::Text)
        .column("kind", ColumnKind::Text)
        .column("scenarios", ColumnKind::Count)
        .column("financial_year", ColumnKind::Year);
    for name in ["brought_forward", "granted", "needed", "paid", "gap", "carried_forward", "lapsed"] {
        table = table.column(name, ColumnKind::Money);
    }
    for choice in choices {
        for pot in &choice.pots {
            for year in &pot.years {
                let mut cells = vec![
                    Cell::text(&choice.name),
                    Cell::text(&pot.terms.name),
                    Cell::text(kind_word(pot.terms.kind)),
                    Cell::Count(pot.scenarios() as i64),
                    Cell::Year(year.year),
                ];
                let (gap, granted) = (year.gap(), year.granted);
                cells.extend(
                    [year.brought_forward, granted, year.needed, year.paid, gap, year.carried, year.lapsed]
                        .map(Cell::Money),
                );
                table.push(cells);
            }
        }
    }
    table
}
