//! Who pays: need, gap and lapse of every option and organisation in brief, then by year.

use rust_decimal::Decimal;

use super::{all, by_option, figure, row};
use crate::calendar::FinancialYear;
use crate::funding::Funding;
use crate::id::OrganisationId;
use crate::paper::Section;
use crate::report::{Case, Pack};
use crate::table::{Cell, ColumnKind, Table};

pub(super) fn section(case: &Case, pack: &Pack) -> Section {
    let mut section = Section::new("Who pays, and the accounts");
    if case.scenario.funds.is_empty() {
        section
            .text("The scenario states no funds, so it can't be said what is paid for and what is missing.");
    } else {
        section.table(in_brief(case));
        section.table(by_year(case));
    }
    figure(&mut section, pack, "funding");
    figure(&mut section, pack, "accounts");
    section
}

fn in_brief(case: &Case) -> Table {
    let mut table = Table::new("What is needed, what funds pay, and what is missing, over all years")
        .column("Option", ColumnKind::Text);
    for name in ["Capital needed", "Revenue needed", "Capital gap", "Revenue gap", "Funds that lapse"] {
        table = table.column(name, ColumnKind::Money);
    }
    table = table.column("Year of the largest gap", ColumnKind::Year);
    let several = case.scenario.organisations.len() > 1;
    if several {
        table.push_section("All organisations");
    }
    rows(case, &mut table, None);
    for (place, organisation) in case.scenario.organisations.iter().enumerate().filter(|_| several) {
        table.push_section(organisation.name.as_str());
        rows(case, &mut table, Some(OrganisationId::new(place)));
    }
    table.note(
        "Cash in prices of each year. In each year, in the order of the file, each fund pays what it may of what is \
         not yet paid. Cash-releasing benefits are not netted.",
    )
}

fn rows(case: &Case, table: &mut Table, organisation: Option<OrganisationId>) {
    for (id, funding) in all(case).zip(&case.run.funding) {
        let years = 0..case.plan.horizon.years();
        let need = |t| funding.need(organisation, t);
        let sum = |of: &dyn Fn(usize) -> Decimal| Cell::Money(years.clone().map(of).sum());
        let cells = vec![
            Cell::text(case.name(id)),
            sum(&|t| need(t).cost[0]),
            sum(&|t| need(t).cost[1]),
            sum(&|t| need(t).gap()[0]),
            sum(&|t| need(t).gap()[1]),
            lapsed(case, funding, organisation),
            worst(case, funding, organisation).map_or(Cell::Nothing(None), Cell::Year),
        ];
        table.push_indented(usize::from(case.scenario.organisations.len() > 1), cells);
    }
}

/// What lapses of all funds, or of those that only one organisation may draw on.
fn lapsed(case: &Case, funding: &Funding<Decimal>, organisation: Option<OrganisationId>) -> Cell {
    let Some(organisation) = organisation else { return Cell::Money(funding.lapsed()) };
    let own = |account: &&crate::funding::FundAccount<Decimal>| {
        case.scenario.funds[account.fund.place()].organisation == Some(organisation)
    };
    let mut own = funding.funds.iter().filter(own).peekable();
    if own.peek().is_none() {
        return Cell::nothing("no fund is this organisation's alone");
    }
    Cell::Money(own.flat_map(|account| &account.years).map(|year| year.lapsed).sum())
}

/// The first of the years with the largest gap, if there is a gap.
fn worst(
    case: &Case,
    funding: &Funding<Decimal>,
    organisation: Option<OrganisationId>,
) -> Option<FinancialYear> {
    let gap = |t| funding.need(organisation, t).gap().into_iter().sum::<Decimal>();
    let years = (0..case.plan.horizon.years()).map(|t| (gap(t), t));
    let worst = years.fold(
        (Decimal::ZERO, None),
        |worst, (gap, t)| {
            if gap > worst.0 { (gap, Some(t)) } else { worst }
        },
    );
    worst.1.map(|t| case.plan.horizon.year(t))
}

fn by_year(case: &Case) -> Table {
    let mut table = by_option(case, "Gap and lapse by financial year", "Year", ColumnKind::Money);
    let mut part = |name: &str, of: &dyn Fn(&Funding<Decimal>, usize) -> Decimal| {
        table.push_section(name);
        for t in 0..case.plan.horizon.years() {
            let year = case.plan.horizon.year(t).to_string();
            table.push_indented(1, row(year, case.run.funding.iter(), |funding| Cell::Money(of(funding, t))));
        }
    };
    part("Gap: no fund pays", &|funding, t| funding.need(None, t).gap().into_iter().sum());
    part("Lapses: unspent and lost", &|funding, t| {
        funding.funds.iter().map(|account| account.years[t].lapsed).sum()
    });
    table
}
