//! Checks: what must come to nought does, computed on another road than the figures it holds together.

use rust_decimal::Decimal;

use super::{all, by_option, row};
use crate::appraisal::YearRow;
use crate::id::OptionId;
use crate::paper::Section;
use crate::report::{Case, statements, unverified, words};
use crate::table::{Cell, ColumnKind};

pub(super) fn section(case: &Case) -> Section {
    let mut section = Section::new("Checks");
    let options: Vec<OptionId> = all(case).collect();
    section.table(statements::reconciliation(case, &options, None));
    let checks = checks(case);
    let failed: Vec<&str> = checks
        .iter()
        .filter(|(_, left)| left.iter().any(|left| !left.is_zero()))
        .map(|(name, _)| *name)
        .collect();
    section.text(if failed.is_empty() {
        "Every check below comes to nothing, to the penny.".to_owned()
    } else {
        format!("These checks do not come to nothing: {}.", failed.join("; "))
    });
    let mut table = by_option(case, "What is left over, in pounds", "Check", ColumnKind::Number);
    for (name, left) in &checks {
        table.push(row(*name, left.iter(), |left| Cell::Number(*left, 2)));
    }
    section.table(table);
    let unverified = unverified(case);
    section.text(if unverified.is_empty() {
        "The figures rest on no parameter that is unverified.".to_owned()
    } else {
        format!("The figures rest on parameters that are not yet verified: {}.", words::list(&unverified))
    });
    section
}

/// What is left over, by option.
type Check = (&'static str, Vec<Decimal>);

fn checks(case: &Case) -> Vec<Check> {
    let each = |of: &dyn Fn(OptionId) -> Decimal| all(case).map(of).collect::<Vec<Decimal>>();
    let cash = |id: OptionId| case.appraisal(id).cost.nominal;
    let mut checks = vec![
        (
            "From the economic to the financial total, cause by cause",
            each(&|id| {
                let bridge = statements::bridge(case, id, None);
                let steps: Decimal = bridge.steps().iter().map(|(_, amount)| *amount).sum();
                bridge.economic + steps - bridge.financial
            }),
        ),
        (
            "Cash of all amounts in the ledger, less cash in the comparison",
            each(&|id| {
                let costs = case.run.postings(id).iter().filter(|posting| !posting.kind.is_benefit());
                costs.map(|posting| posting.financial).sum::<Decimal>() - cash(id)
            }),
        ),
        (
            "Capital and revenue, less cash",
            each(&|id| case.appraisal(id).capital + case.appraisal(id).revenue - cash(id)),
        ),
        (
            "Cash of the years, less cash over all",
            each(&|id| case.appraisal(id).by_year.iter().map(YearRow::cash).sum::<Decimal>() - cash(id)),
        ),
        (
            "Assets: opening, additions, amortisation and impairment, less closing",
            each(&|id| {
                let accounts = &case.run.accounts[id.place()];
                let years = (0..case.plan.horizon.years()).map(|t| accounts.balance(None, t));
                let left = years
                    .map(|y| (y.opening + y.additions - y.amortisation - y.impairment - y.closing).abs());
                left.sum()
            }),
        ),
    ];
    if !case.scenario.funds.is_empty() {
        checks.push((
            "What funds paid and what they did not, less cash",
            each(&|id| {
                let funding = &case.run.funding[id.place()];
                funding.paid() + funding.gap().into_iter().sum::<Decimal>() - cash(id)
            }),
        ));
        checks.push((
            "Funds: brought forward and granted, less paid, carried and lapsed",
            each(&|id| {
                let years = case.run.funding[id.place()].funds.iter().flat_map(|fund| &fund.years);
                let left = years
                    .map(|y| (y.brought_forward + y.granted - y.paid(None) - y.carried - y.lapsed).abs());
                left.sum()
            }),
        ));
    }
    checks
}
