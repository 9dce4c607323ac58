//! Affordability: what kind of money is needed in which year, who pays, what is missing, what lapses.

use rust_decimal::Decimal;

use super::Statement;
use crate::funding::{FundYear, Funding};
use crate::id::{OptionId, OrganisationId};
use crate::report::Case;
use crate::table::Table;

type Year = FundYear<Decimal>;

/// The affordability statement of an option.
pub fn affordability(case: &Case, option: OptionId, organisation: Option<OrganisationId>) -> Table {
    let funding = &case.run.funding[option.place()];
    let mut statement = Statement::new(case, "Affordability", option, organisation);
    for (kind, place) in [("Capital", 0), ("Revenue", 1)] {
        statement.section(kind);
        statement.flow("Needed", true, |t| funding.need(organisation, t).cost[place]);
        for account in &funding.funds {
            let name = format!("paid by {}", case.scenario.funds[account.fund.place()].name);
            statement.flow(&name, false, |t| paid(&account.years[t], organisation, place));
        }
        statement.total("Gap: no fund pays", |t| funding.need(organisation, t).gap()[place]);
    }
    if organisation.is_none() {
        least_more(&mut statement, funding);
    }
    for account in &funding.funds {
        let fund = &case.scenario.funds[account.fund.place()];
        // Of a fund that several may draw on, one organisation's statement shows only what was paid for it.
        let shared = organisation.is_some() && fund.organisation != organisation;
        if shared {
            continue;
        }
        statement.section(&fund.name);
        let year = |of: fn(&Year) -> Decimal| move |t: usize| of(&account.years[t]);
        if fund.carry_forward {
            statement.stock("Brought forward", year(|y| y.brought_forward));
        }
        statement.flow("Granted", true, year(|y| y.granted));
        statement.flow("Paid", true, year(|y| y.paid(None)));
        if fund.carry_forward {
            statement.stock("Carried forward", year(|y| y.carried));
        }
        statement.total("Lapses: unspent and lost", year(|y| y.lapsed));
    }
    let accounts = &case.run.accounts[option.place()];
    statement.section("Beside this");
    let released = |t: usize| accounts.result(organisation, t).cash_released;
    statement.flow("Cash-releasing benefits (not netted)", true, released);
    statement.note(
        "Cash in prices of each year, with VAT that can't be recovered. In each year, in the order of the file, \
         each fund pays what it may of what is not yet paid.",
    )
}

/// What would close the gap. It is of all organisations together: they may share funds.
fn least_more(statement: &mut Statement<'_>, funding: &Funding<Decimal>) {
    if funding.gap().iter().all(Decimal::is_zero) {
        return;
    }
    let more = funding.least_more(&statement.case.plan);
    statement.section("Least new money that closes the gap, funds used in their best order");
    statement.flow("Capital", true, |t| more[t][0]);
    statement.flow("Revenue", true, |t| more[t][1]);
    statement.total("New money", |t| more[t][0] + more[t][1]);
}

fn paid(year: &Year, organisation: Option<OrganisationId>, place: usize) -> Decimal {
    let all = year.paid.iter().enumerate();
    all.filter(|(o, _)| organisation.is_none_or(|id| id.place() == *o)).map(|(_, paid)| paid[place]).sum()
}
