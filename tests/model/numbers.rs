//! The reported run against closed forms.

use rust_decimal::Decimal;

use crate::model::support::{Asked, SERVICE, one_stream_text, pounds, run};

/// A standing team costs its months, whatever it does in them: mechanisms move its time, not its cost.
#[test]
fn a_standing_team_costs_its_months() {
    let mechanisms = [
        "",
        "forming = { time = \"6 months\", from = \"25%\" }",
        "utilisation = \"70%\"",
        "overrun = \"300%\"",
        "settled = { after = \"3 months\", gain = \"40%\" }",
        "coordination = \"5%\"",
        "release = { pattern = \"incremental\", first = \"30%\" }",
    ];
    for keys in mechanisms {
        let case = run(&one_stream_text(&format!("kind = \"persistent\"\n{keys}"), SERVICE));
        let cost = case.cash("o", |_| true);
        // 36 months at 10,000. Each activity of a month is rounded alone: at most half a penny each.
        assert!((cost - pounds("360000")).abs() < Decimal::new(36 * 3, 2), "{keys}: {cost}");
    }
}

/// A constant real cost over years 0 to n - 1 is worth a year's cost times the annuity of the Green Book's
/// factors: 4.6730792086 for five years, 8.6076865089 for ten.
#[test]
fn constant_costs_are_annuities() {
    for (years, annuity) in [(5, "467307.92"), (10, "860768.65")] {
        let text = crate::model::support::WORLD.replace("years = 3", &format!("years = {years}"));
        let case = run(&format!("{text}[option.o]\nname = \"O\"\n[cost.c]\namount = \"£100k a year\"\n"));
        let o = &case.run.appraisal.options[0];
        assert_eq!(o.cost.present, pounds(annuity), "{years} years");
        assert_eq!(o.equivalent_annual_cost, pounds("100000"), "{years} years");
    }
}
