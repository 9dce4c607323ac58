//! The comparison for other programs: JSON, money as decimal strings, `format_version` 1.0.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
use serde_json::{Map, Value, json};

use super::{Case, findings, plain_findings, unverified};
use crate::appraisal::{CaseTotals, OptionAppraisal, Payback, RateOfReturn};
use crate::audit::passed;
use crate::id::OptionId;
use crate::ledger::Discount;

/// The version of the format.
const FORMAT_VERSION: &str = "1.0";

/// Everything that the comparison says.
pub fn summary(case: &Case, pair: Option<(OptionId, OptionId)>) -> Value {
    with_findings(case, pair, &findings(case, pair))
}

/// The same but for how sure it is: that takes draws, which a thousand scenarios would wait for.
pub fn plain_summary(case: &Case, pair: Option<(OptionId, OptionId)>) -> Value {
    with_findings(case, pair, &plain_findings(case, pair))
}

fn with_findings(case: &Case, pair: Option<(OptionId, OptionId)>, findings: &[String]) -> Value {
    let programme = &case.scenario.programme;
    let horizon = case.plan.horizon;
    let mut options = Map::new();
    for (option, measures) in case.scenario.options.iter().zip(&case.run.appraisal.options) {
        options.insert(option.id.clone(), self::option(case, measures));
    }
    let id = |id: OptionId| case.scenario.options[id.place()].id.clone();
    json!({
        "format_version": FORMAT_VERSION,
        "programme": {
            "name": programme.name,
            "organisation": programme.organisation,
            "start": horizon.start().to_string(),
            "years": horizon.months() / 12,
            "prices": programme.prices.to_string(),
            "parameters": programme.edition,
            "discount": programme.discount,
            "annuity": programme.annuity.word(),
            "baseline": case.plan.baseline.map(id),
        },
        "options": options,
        "difference": pair.map(|(first, second)| difference(case, first, second)),
        "findings": findings,
        "unverified_parameters": unverified(case),
        "checks": {
            "passed": passed(&case.checks),
            "of": case.checks.iter().map(|check| check.name).collect::<Vec<_>>(),
        },
    })
}

fn option(case: &Case, measures: &OptionAppraisal<Decimal>) -> Value {
    let benefits = &measures.benefits;
    let kind =
        |kind: &CaseTotals<Decimal>| json!({ "real": money(kind.real), "present": money(kind.present) });
    let horizon = case.plan.horizon;
    let month =
        |offset: Option<usize>| offset.filter(|&m| m < horizon.months()).map(|m| case.month(m).to_string());
    let cost = &measures.cost;
    json!({
        "name": case.name(measures.id),
        "whole_life_cost": {
            "nominal": money(cost.nominal), "real": money(cost.real), "present": money(cost.present),
            "capital": money(measures.capital), "revenue": money(measures.revenue),
        },
        "benefits": {
            "real": money(benefits.total().real),
            "present": money(benefits.total().present),
            "cash_released": money(benefits.total().nominal),
            "by_kind": {
                "cash-releasing": kind(&benefits.cash_releasing),
                "non-cash-releasing": kind(&benefits.non_cash_releasing),
                "societal": kind(&benefits.societal),
            },
        },
        "npsv": money(measures.npsv),
        "bcr": measures.bcr.map(|ratio| places(ratio, 4)),
        "rpsc": measures.rpsc.map(|ratio| places(ratio, 4)),
        "rate_of_return": case.run.appraisal.rate_of_return(measures.id).map(|rate| match rate {
            RateOfReturn::One(rate) => places(rate, 6),
            RateOfReturn::Nothing => "none".to_owned(),
            RateOfReturn::Several => "several".to_owned(),
        }),
        "equivalent_annual_cost": money(measures.equivalent_annual_cost),
        "month_of_delay": money(case.run.month_of_delay[measures.id.place()]),
        "first_benefit": month(measures.first_benefit),
        "full_benefit": month(measures.full_benefit),
        "payback": {
            "simple": measures.payback.map(|payback| paid_back(case, payback)),
            "discounted": measures.discounted_payback.map(|payback| paid_back(case, payback)),
        },
        "peak_year": {
            "financial_year": horizon.year(measures.peak_year.0).to_string(),
            "cash": money(measures.peak_year.1),
        },
        "funding": funding(case, measures),
        "income_and_expenditure_peak": {
            "financial_year": horizon.year(case.worst_year(measures.id).0).to_string(),
            "net": money(case.worst_year(measures.id).1),
        },
        "cumulative_net_present_cost": measures.cumulative_cost.iter().map(|&cost| money(cost)).collect::<Vec<_>>(),
        "by_year": by_year(case, measures),
    })
}

/// What funds leave unpaid and unspent; nothing where the scenario has no funds.
fn funding(case: &Case, measures: &OptionAppraisal<Decimal>) -> Option<Value> {
    let funding = &case.run.funding[measures.id.place()];
    let [capital, revenue] = funding.gap();
    (!case.scenario.funds.is_empty()).then(|| {
        json!({
            "gap": { "capital": money(capital), "revenue": money(revenue) },
            "lapsed": money(funding.lapsed()),
            "paid": money(funding.paid()),
            "most_payable": money(funding.most_payable),
        })
    })
}

fn by_year(case: &Case, measures: &OptionAppraisal<Decimal>) -> Vec<Value> {
    let years = measures.by_year.iter().enumerate();
    years
        .map(|(t, year)| {
            json!({
                "financial_year": case.plan.horizon.year(t).to_string(),
                "months": case.plan.horizon.months_in(t),
                "capital": money(year.capital),
                "revenue": money(year.revenue),
                "real_cost": money(year.cost),
                "benefits": money(year.benefits),
                "cash_released": money(year.cash_released),
                "discount_factor": places(case.plan.discount_factor(Discount::Standard, t), 10),
            })
        })
        .collect()
}

/// A month, `"nothing to pay back"` or `"not within the horizon"`.
fn paid_back(case: &Case, payback: Payback) -> String {
    match payback {
        Payback::Month(month) => case.month(month).to_string(),
        Payback::Never => "nothing to pay back".to_owned(),
        Payback::NotWithinHorizon => "not within the horizon".to_owned(),
    }
}

fn difference(case: &Case, first: OptionId, second: OptionId) -> Value {
    let (a, b) = (case.appraisal(first), case.appraisal(second));
    let less = |of: &dyn Fn(&OptionAppraisal<Decimal>) -> Decimal| money(of(a) - of(b));
    json!({
        "first": case.scenario.options[first.place()].id,
        "second": case.scenario.options[second.place()].id,
        "whole_life_cost": {
            "nominal": less(&|o| o.cost.nominal),
            "real": less(&|o| o.cost.real),
            "present": less(&|o| o.cost.present),
        },
        "benefits": {
            "real": less(&|o| o.benefits.total().real),
            "present": less(&|o| o.benefits.total().present),
        },
        "npsv": less(&|o| o.npsv),
    })
}

/// Pounds and pence as a decimal string.
pub(super) fn money(amount: Decimal) -> String {
    places(amount, 2)
}

fn places(value: Decimal, places: u32) -> String {
    let mut rounded = value.round_dp_with_strategy(places, MidpointAwayFromZero);
    rounded.rescale(places);
    rounded.to_string()
}
