//! Discounting and the measures (MODEL section 10).

use rust_decimal::Decimal;
use wholelife::appraisal::{MonthTotals, Payback, Totals};
use wholelife::ledger::Sink;

use crate::support::{WORLD, pounds, run};

/// Costs and benefits stated year by year, against a baseline that has none.
fn flows(keys: &str) -> String {
    format!("{WORLD}\n[option.baseline]\nname = \"As now\"\n[option.o]\nname = \"O\"\n{keys}\n")
        .replace("years = 3", "years = 7")
}

/// 1,000 in year 0, 200 back in each of years 1 to 6 at 3.5%: 200 x 5.3285530... - 1,000 = 65.71.
#[test]
fn npsv_of_a_plain_flow() {
    let case = run(&flows(
        "[option.o.cost.c]\namount = \"£1000\"\n\
         [option.o.benefit.b]\nkind = \"societal\"\n\
         by_year = { from = \"2027-28\", to = \"2032-33\", amount = \"£200 a year\" }",
    ));
    let o = &case.run.appraisal.options[1];
    assert_eq!(o.npsv, pounds("65.71"));
    assert_eq!(o.benefits.societal.present, pounds("1065.71"));
    assert_eq!(o.bcr.map(|r| r.round_dp(4)), Some(pounds("1.0657")));
    // 16.67 a month from month 12 on, the last of a year 16.63. Five years give back 1,000: month 71.
    assert_eq!(o.payback, Some(Payback::Month(71)));
    // Discounted, 1,000 is passed in year 6: years 1 to 5 give 903.01; 96.99 more at 200 x 0.8135 / 12 = 13.56
    // a month takes eight months, of which the eighth is month 79.
    assert_eq!(o.discounted_payback, Some(Payback::Month(79)));
    // Equivalent annual cost: 1,000 over the factors of years 0 to 6, 6.3285530.
    assert_eq!(o.equivalent_annual_cost, pounds("158.01"));
}

/// £1,104.0808 in year 5 is 1,000 of base prices at 2% growth; discounted 841.97. Adding 2% to the rate would
/// give 844.77, which is wrong.
#[test]
fn real_values_meet_real_rates() {
    let case =
        run(&flows("[option.o.cost.c]\namount = \"£1,104.08\"\nfrom = \"2031-04\"\nprices = \"nominal\"")
            .replace("[index.general]\ngrowth = \"0%\"", "[index.general]\ngrowth = \"2%\""));
    assert_eq!(case.run.appraisal.options[1].cost.present, pounds("841.97"));
}

/// Health effects at 1.5% where they ask for it: 1,000 / 1.015 = 985.22, against 966.18 at 3.5%.
#[test]
fn health_effects_have_their_own_rate() {
    let benefit = |discount: &str| {
        let keys = format!(
            "[option.o.benefit.b]\nkind = \"societal\"\namount = \"£1000\"\nfrom = \"2027-04\"\ndiscount = \"{discount}\""
        );
        run(&flows(&keys)).run.appraisal.options[1].benefits.societal.present
    };
    assert_eq!((benefit("health"), benefit("standard")), (pounds("985.22"), pounds("966.18")));
}

/// The measures are against the baseline: cheaper than doing nothing has no ratio, and no payback to wait for.
#[test]
fn an_option_that_saves_from_the_start() {
    let case = run(&flows(
        "[option.baseline.cost.c]\namount = \"£1200 a year\"\n[option.o.cost.c]\namount = \"£600 a year\"",
    ));
    let (base, o) = (&case.run.appraisal.options[0], &case.run.appraisal.options[1]);
    assert_eq!(o.npsv, base.cost.present - o.cost.present);
    assert_eq!((o.bcr, o.payback), (None, Some(Payback::Never)));
    assert_eq!((base.npsv, base.bcr, base.payback), (Decimal::ZERO, None, None));
}

/// Without a baseline the measures are gross.
#[test]
fn without_a_baseline_measures_are_gross() {
    let text =
        flows("[option.o.cost.c]\namount = \"£1000\"").replace("[option.baseline]\nname = \"As now\"\n", "");
    let o = &run(&text).run.appraisal.options[0];
    assert_eq!((o.npsv, o.payback), (pounds("-1000"), Some(Payback::NotWithinHorizon)));
}

/// Mid-year factors: year 0 at 1 / sqrt(1.035) = 0.9829463744, year 1 at that / 1.035 = 0.9497066419.
#[test]
fn mid_year_factors_only_when_asked() {
    let text = flows("[option.o.cost.c]\nby_year = { \"2026-27\" = \"£1m\", \"2027-28\" = \"£1m\" }");
    let end = run(&text).run.appraisal.options[1].cost.present;
    assert_eq!(end, pounds("1966183.57"));
    let mid = run(&text.replace("[programme]", "[programme]\ntiming = \"mid-year\""));
    // 982,946.3744 + 949,706.6419 = 1,932,653.0163.
    assert_eq!(mid.run.appraisal.options[1].cost.present, pounds("1932653.02"));
}

/// The peak is the year with most cash.
#[test]
fn peak_year() {
    let case = run(&flows("[option.o.cost.c]\nby_year = { \"2026-27\" = \"£1m\", \"2028-29\" = \"£3m\" }"));
    assert_eq!(case.run.appraisal.options[1].peak_year, (2, pounds("3000000")));
}

/// Sums that are used again begin from nothing: £1,000 twice, with a clearing between, is £1,000.
#[test]
fn totals_forget_when_they_are_cleared() {
    let case = run(&flows("[option.o.cost.c]\namount = \"£1000\""));
    let mut totals = Totals::new(&case.plan);
    for _ in 0..2 {
        totals.clear();
        case.run.ledger.postings.iter().for_each(|posting| totals.post(*posting));
        assert_eq!(totals.options[1].months[0].cost, pounds("1000"));
    }
    totals.clear();
    assert!(totals.options.iter().flat_map(|option| &option.months).all(|m| *m == MonthTotals::default()));
}
