//! Reconciliation: each option from the economic to the financial total, by cause.

use rust_decimal::Decimal;

use super::base::{BaseRows, kind};
use super::costs::{Costs, Discounted};
use crate::id::OptionId;
use crate::ledger::Kind;
use crate::report::{Case, statements};
use crate::workbook::{Live, Role, Sheet, Shown, Spot};

/// The way from one total to the other, by option.
pub(super) struct Reconciliation {
    pub(super) sheet: Sheet,
    /// The financial total at the end of the way.
    pub(super) financial: Vec<Spot>,
}

pub(super) fn reconciliation(
    case: &Case,
    base: &BaseRows,
    costs: &[Costs],
    discounted: &[Discounted],
) -> Reconciliation {
    let mut widths = vec![46.0, 11.0];
    widths.extend(costs.iter().map(|_| 20.0));
    let mut sheet = Sheet::new("Reconciliation", widths, (4, 2));
    sheet.text(
        (0, 0),
        Role::Title,
        format!("From the economic to the financial case: {}", case.scenario.programme.name),
    );
    sheet.text(
        (1, 0),
        Role::Note,
        "Live. Economic case in price-base prices; financial case in prices of each year.",
    );
    sheet.text((3, 0), Role::Head, "Line");
    sheet.text((3, 1), Role::Head, "Unit");
    let labels = [
        ("Net present cost", "£ present", Role::Plain),
        ("Discounting", "£", Role::Plain),
        ("Economic case: real cost", "£ real", Role::Total),
        ("Central pension contributions", "£", Role::Plain),
        ("Opportunity cost of clinical time", "£", Role::Plain),
        ("Optimism bias", "£", Role::Plain),
        ("Residual value", "£", Role::Plain),
        ("Inflation", "£", Role::Plain),
        ("VAT that is borne", "£", Role::Plain),
        ("Contingency", "£", Role::Plain),
        ("Financial case: cash cost", "£ cash", Role::Total),
    ];
    for (place, (label, unit, role)) in labels.iter().enumerate() {
        sheet.text((4 + place as u32, 0), *role, *label);
        sheet.text((4 + place as u32, 1), *role, *unit);
    }
    let mut financial = Vec::new();
    for (place, (costs, discounted)) in costs.iter().zip(discounted).enumerate() {
        let id = OptionId::new(place);
        let column = 2 + place as u16;
        sheet.text((3, column), Role::Head, case.name(id));
        let told = statements::bridge(case, id, None);
        let sum = |of: Kind, real: bool| {
            let amounts = if real { &base.whole.real } else { &base.whole.cash };
            Live::sum_where(amounts, (&base.option, costs.option), &[(&base.kind, kind(of))])
        };
        let mut row = 4;
        let mut put = |live: &Live, role: Role, told: Option<Decimal>| {
            let spot = sheet.formula((row, column), Shown::Pounds.role(role), live, told);
            row += 1;
            spot
        };
        let present = put(&discounted.cost.into(), Role::Plain, None);
        let real = costs.real.all();
        put(&(real.clone() - present), Role::Plain, None);
        let first = put(&real, Role::Total, Some(told.economic));
        let steps = [
            (-sum(Kind::CentralPension, true), told.central_pension),
            (-sum(Kind::Opportunity, true), told.opportunity),
            (-sum(Kind::OptimismBias, true), told.optimism_bias),
            // What lies between the lines' real cost and all of it.
            (residual(base, costs), told.residual),
            (sum(Kind::Cost, false) - sum(Kind::Cost, true), told.inflation),
            (sum(Kind::Vat, false), told.vat),
            (sum(Kind::Contingency, false), told.contingency),
        ];
        let mut spots = vec![first];
        for (live, told) in steps {
            spots.push(put(&live, Role::Plain, Some(told)));
        }
        financial.push(put(&Live::sum(&spots), Role::Total, Some(told.financial)));
    }
    Reconciliation { sheet, financial }
}

/// The residual value taken out again: it is no cash.
fn residual(base: &BaseRows, costs: &Costs) -> Live {
    let cost = [(&base.side, super::base::COST)];
    let spent = Live::sum_where(&base.whole.real, (&base.option, costs.option), &cost);
    spent - costs.real.all()
}
