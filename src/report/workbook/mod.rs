//! The workbook: a case as sheets of live formulas.
//!
//! From the base amounts on everything is live: a rate, index, VAT, capital share, useful life, fund, line or
//! benefit value that is changed in Assumptions moves every figure. Delivery (who works on what, and when) is
//! frozen, and every sheet that rests on it says so. `docs/workbook.md` tells what each sheet holds.
//!
//! Sheets are made in the order in which figures flow, so that every formula refers to cells that stand.

mod accounts;
mod amounts;
mod assets;
mod assumptions;
mod base;
mod categories;
mod checks;
mod costs;
mod funding;
mod months;
mod prices;
mod pricing;
mod reconciliation;
mod summary;
mod tables;
mod timeline;

use super::Case;
use crate::table::Table;
use crate::workbook::Workbook;

use amounts::Amounts;
use assumptions::Assumptions;
use prices::Prices;

/// The workbook of a case. The tables are what the uncertain inputs do, as values.
pub fn workbook(case: &Case, uncertainty: &[&Table]) -> Workbook {
    let inputs = Assumptions::new(case);
    let mut prices = Prices::new(case, &inputs);
    let amounts = Amounts::new(case);
    let base = base::base_rows(case, &amounts, &inputs, &prices);
    let assets = assets::assets(case, &amounts, &inputs, &prices, &base);
    let (costs_sheet, costs) = costs::costs(case, &amounts, &base, &assets);
    let (benefits_sheet, benefits) = costs::benefits(case, &amounts, &base, &costs);
    let discounted = costs::discounted(&mut prices, &costs, &benefits);
    let months = months::months(case, &base, &prices, &assets, &costs);
    let (accounts_sheet, accounts) = accounts::accounts(case, &inputs, &base, &assets, &costs, &benefits);
    let (funding_sheet, funding) = funding::funding(case, &amounts, &inputs, &base, &benefits);
    let categories = categories::categories(case, &base, &costs);
    let reconciliation = reconciliation::reconciliation(case, &base, &costs, &discounted);
    let parts = summary::Parts {
        case,
        prices: &prices,
        costs: &costs,
        benefits: &benefits,
        discounted: &discounted,
        months: &months,
        assets: &assets,
        accounts: &accounts,
        funding: &funding,
        labels: prices.sheet.labels(),
    };
    let mut summary = summary::summary(&parts);
    let checks = checks::checks(&parts, &inputs, &base, &reconciliation, &mut summary);
    let note = "Values: they come from many runs of wholelife and do not move with the assumptions in this workbook.";
    let none = "No input of the scenario is uncertain.";
    let notes: &[&str] = if uncertainty.is_empty() { &[note, none] } else { &[note] };
    let uncertainty = tables::values("Uncertainty", "What the uncertain inputs do", notes, uncertainty);
    let mut names = base.names();
    names.extend(inputs.names(case));
    Workbook {
        title: case.scenario.programme.name.clone(),
        organisation: case.scenario.programme.organisation.clone(),
        source: case.source(),
        sheets: vec![
            summary,
            inputs.sheet,
            costs_sheet,
            benefits_sheet,
            prices.sheet.sheet,
            funding_sheet,
            accounts_sheet,
            reconciliation.sheet,
            categories,
            uncertainty,
            checks,
            tables::sources(case),
            assets.sheet,
            months.sheet,
            base.sheet,
        ],
        names,
    }
}
