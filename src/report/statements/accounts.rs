//! Accounts: income and expenditure with the departmental limits, and the balance of every asset.

use super::Statement;
use crate::accounts::{Asset, AssetOf, Corkscrew};
use crate::id::{OptionId, OrganisationId};
use crate::report::Case;
use crate::table::Table;
use rust_decimal::Decimal;

/// The effect on income and expenditure, and on the capital and resource limits.
pub fn income_and_expenditure(case: &Case, option: OptionId, organisation: Option<OrganisationId>) -> Table {
    let accounts = &case.run.accounts[option.place()];
    let year = |t: usize| accounts.result(organisation, t);
    let mut statement = Statement::new(case, "Income and expenditure", option, organisation);
    statement.section("Effect on income and expenditure (a cost is positive)");
    statement.flow("Pay", true, |t| year(t).pay);
    statement.flow("Non-pay", true, |t| year(t).non_pay);
    statement.flow("Amortisation", true, |t| year(t).amortisation);
    statement.flow("Impairment", true, |t| year(t).impairment);
    statement.flow("PDC dividend", true, |t| year(t).pdc_dividend);
    statement.flow("less cash-releasing benefits", true, |t| -year(t).cash_released);
    statement.total("Net effect", |t| year(t).net());
    statement.section("Departmental limits");
    statement.flow("Capital (CDEL)", true, |t| year(t).limits().capital);
    statement.flow("Resource (RDEL), not ring-fenced", true, |t| year(t).limits().resource);
    statement.flow("Resource (RDEL), ring-fenced: amortisation", true, |t| year(t).limits().ring_fenced);
    statement.flow("Resource (RDEL): write-offs", true, |t| year(t).limits().impairment);
    statement.section("Cash");
    statement.total("Cash paid", |t| year(t).capital + year(t).pay + year(t).non_pay);
    statement.note(
        "Nominal. Pay is employed people, contractors with their VAT, and the cost of ending teams. Capital shares of \
         team time are defaults that an auditor must agree.",
    )
}

/// The balance of all assets, then of each; nothing if there is none.
pub fn accounts(case: &Case, option: OptionId, organisation: Option<OrganisationId>) -> Option<Table> {
    let accounts = &case.run.accounts[option.place()];
    let mine = |asset: &&Asset<Decimal>| organisation.is_none_or(|id| id == asset.organisation);
    let assets: Vec<&Asset<Decimal>> = accounts.assets.iter().filter(mine).collect();
    if assets.is_empty() {
        return None;
    }
    let mut statement = Statement::new(case, "Assets", option, organisation);
    corkscrew(&mut statement, "All assets", |t| accounts.balance(organisation, t));
    let several = case.scenario.organisations.len() > 1 && organisation.is_none();
    for asset in assets {
        let name = match asset.of {
            AssetOf::Service(id) => case.scenario.services[id.place()].name.clone(),
            AssetOf::Line(id) => case.scenario.lines[id.place()].name.clone(),
        };
        let whose = &case.scenario.organisations[asset.organisation.place()].name;
        let name = if several { format!("{name}, {whose}") } else { name };
        corkscrew(&mut statement, &name, |t| asset.years[t]);
    }
    Some(statement.note(
        "Nominal. Under construction until the service is live, then amortised in a straight line by month. PDC \
         dividend on the average of opening and closing net book value.",
    ))
}

fn corkscrew(statement: &mut Statement<'_>, name: &str, year: impl Fn(usize) -> Corkscrew<Decimal>) {
    statement.section(name);
    statement.stock("Opening net book value", |t| year(t).opening);
    statement.flow("additions", true, |t| year(t).additions);
    statement.flow("less amortisation", true, |t| -year(t).amortisation);
    statement.flow("less impairment", false, |t| -year(t).impairment);
    statement.stock("Closing net book value", |t| year(t).closing);
    statement.stock("of which under construction", |t| year(t).construction);
    statement.flow("PDC dividend", true, |t| year(t).pdc_dividend);
}
