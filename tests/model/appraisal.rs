//! Discounting and the measures (MODEL section 10).

use rust_decimal::Decimal;
use wholelife::appraisal::{CaseTotals, MonthTotals, Payback, Totals, flips};
use wholelife::ledger::Sink;

use crate::model::support::{SERVICE, WORLD, one_stream_text, pounds, row, run};

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

/// Every measure of an option against a baseline that has costs, a charity's costs and benefits of its own. A month's
/// amounts are whole pounds. Factors of the two years: 1 + 1 / 1.035 = 1.9661836 standard, 1 + 1 / 1.015 = 1.9852217
/// for health.
#[test]
fn every_measure_is_less_the_baselines() {
    let case = run(&format!(
        "{WORLD}\n[organisation.trust]\nname = \"Trust\"\n[organisation.charity]\nname = \"Charity\"\npublic = false\n\
         [option.baseline]\nname = \"As now\"\n\
         [option.baseline.cost.c]\namount = \"£120 a year\"\n\
         [option.baseline.cost.d]\namount = \"£24 a year\"\nshares = {{ charity = \"100%\" }}\n\
         [option.baseline.benefit.x]\namount = \"£60 a year\"\nkind = \"societal\"\n\
         [option.o]\nname = \"O\"\n\
         [option.o.cost.c]\namount = \"£240 a year\"\n\
         [option.o.cost.d]\namount = \"£60 a year\"\nshares = {{ charity = \"100%\" }}\n\
         [option.o.benefit.cash]\namount = \"£36 a year\"\nkind = \"cash-releasing\"\n\
         [option.o.benefit.time]\namount = \"£48 a year\"\nkind = \"non-cash-releasing\"\n\
         [option.o.benefit.public]\namount = \"£600 a year\"\nkind = \"societal\"\n\
         [option.o.benefit.health]\namount = \"£12 a year\"\nkind = \"societal\"\ndiscount = \"health\"\n"
    )
    .replace("years = 3", "years = 2"));
    let (base, o) = (&case.run.appraisal.options[0], &case.run.appraisal.options[1]);
    // 144 and 300 a year; 24 and 60 of it the charity's.
    assert_eq!((base.cost.present, o.cost.present), (pounds("283.13"), pounds("589.86")));
    assert_eq!((base.non_public_cost, o.non_public_cost), (pounds("47.19"), pounds("117.97")));
    assert_eq!(o.cumulative_cost, [pounds("300"), pounds("589.86")]);
    assert_eq!(o.equivalent_annual_cost, pounds("300"));
    // The first of two equal years is the peak.
    assert_eq!(o.peak_year, (0, pounds("300")));
    // Nominal, real, present: 36, 48 and 600 a year at the standard rate, 12 at that for health.
    let views = |t: &CaseTotals<Decimal>| [t.nominal, t.real, t.present];
    let of = &o.benefits;
    assert_eq!(views(&of.cash_releasing).to_vec(), row(&["72", "72", "70.78"]));
    assert_eq!(views(&of.non_cash_releasing).to_vec(), row(&["0", "96", "94.38"]));
    assert_eq!(views(&of.societal).to_vec(), row(&["0", "1224", "1203.53"]));
    assert_eq!(views(&of.total()).to_vec(), row(&["72", "1392", "1368.69"]));
    assert_eq!(o.by_year.iter().map(|year| year.cash_released).collect::<Vec<_>>(), row(&["36", "36"]));
    // Benefits 1,368.69 - 117.97 = 1,250.72; costs 589.86 - 283.13 = 306.73.
    assert_eq!(o.npsv, pounds("943.99"));
    assert_eq!(o.bcr, Some(pounds("1250.72") / pounds("306.73")));
    // Not public 117.97 - 47.19 = 70.78: (1,250.72 - 70.78) / (306.73 - 70.78).
    assert_eq!(o.rpsc, Some(pounds("1179.94") / pounds("235.95")));
}

/// Four benefits of 10, 20, 30 and 40 a month, the last at the rate for health, against 1,500 in each of the first
/// three years: 4,500 is 45 months, so month 44. Discounted: costs 1,500 + 1,449.28 + 1,400.27 = 4,349.55. Three years
/// give 1,200 + 1,168.56 + 1,138.05 = 3,506.61, and a month of year 3 gives 60 x 0.9019 + 40 x 0.9563 = 92.37: ten months
/// more, of which the tenth is month 45.
#[test]
fn payback_counts_every_kind_of_benefit() {
    let benefit = |name: &str, amount: u32, keys: &str| {
        format!("[option.o.benefit.{name}]\namount = \"£{amount} a month\"\n{keys}\n")
    };
    let benefits = [
        benefit("a", 10, "kind = \"cash-releasing\""),
        benefit("b", 20, "kind = \"non-cash-releasing\""),
        benefit("c", 30, "kind = \"societal\""),
        benefit("d", 40, "kind = \"societal\"\ndiscount = \"health\""),
    ];
    let cost = "[option.o.cost.c]\namount = \"£1500\"\nevery = \"12 months\"\nto = \"2029-03\"\n";
    let case = run(&flows(&format!("{cost}{}", benefits.concat())));
    let o = &case.run.appraisal.options[1];
    assert_eq!((o.payback, o.discounted_payback), (Some(Payback::Month(44)), Some(Payback::Month(45))));
}

/// 1,200 at once and 100 a month for a year: paid back in the last month, exactly; there is no baseline.
#[test]
fn payback_may_come_in_the_last_month() {
    let text = flows("[option.o.cost.c]\namount = \"£1200\"\n[option.o.benefit.b]\namount = \"£100 a month\"\nkind = \"societal\"")
        .replace("[option.baseline]\nname = \"As now\"\n", "")
        .replace("years = 7", "years = 1");
    let case = run(&text);
    let o = &case.run.appraisal.options[0];
    assert_eq!((o.payback, o.discounted_payback), (Some(Payback::Month(11)), Some(Payback::Month(11))));
}

/// Pence are enough for a first benefit: 50p a month of benefit for two months is £1. Over a cost of £1 the ratio is 1;
/// a cost of 50p is within rounding of nothing, and a ratio to it is none.
#[test]
fn a_ratio_of_pence() {
    let case = |cost: &str| {
        run(&flows(&format!(
            "[option.o.cost.c]\namount = \"{cost}\"\n\
             [option.o.benefit.b]\namount = \"£0.50 a month\"\nkind = \"societal\"\nfrom = \"2026-05\"\nto = \"2026-06\"",
        )))
    };
    let ratios = |cost: &str| {
        let case = case(cost);
        let o = &case.run.appraisal.options[1];
        (o.bcr, o.rpsc, o.first_benefit)
    };
    assert_eq!(ratios("£1"), (Some(pounds("1")), Some(pounds("1")), Some(1)));
    assert_eq!(ratios("£0.50"), (None, None, Some(1)));
}

/// An option is measured by the benefits of what it delivers: `t`, which it leaves out, never has any.
#[test]
fn full_benefit_is_that_of_what_is_delivered() {
    let benefit = "\n[service.s.benefit.b]\nvalue = \"£12k a month\"\nkind = \"cash-releasing\"\n";
    let service = format!("{SERVICE}{benefit}");
    let other = service.replace("service.s", "service.t");
    let case = run(&one_stream_text("kind = \"temporary\"", &format!("{service}{other}")));
    assert_eq!(case.run.appraisal.options[0].full_benefit, Some(4));
    // Nor does one without a value, whenever it comes.
    let words =
        "[service.s.benefit.w]\nkind = \"unmonetised\"\ndescription = \"Calm\"\nlag = \"12 months\"\n";
    let case = run(&one_stream_text("kind = \"temporary\"", &format!("{service}{words}")));
    assert_eq!(case.run.appraisal.options[0].full_benefit, Some(4));
    // Over eight months it is full in month 11, the last of a year; over nine it never is.
    let full = |ramp: &str| {
        let service = format!("{service}ramp = \"{ramp}\"\n");
        let text = one_stream_text("kind = \"temporary\"", &service).replace("years = 3", "years = 1");
        run(&text).run.appraisal.options[0].full_benefit
    };
    assert_eq!((full("8 months"), full("9 months")), (Some(11), None));
}

/// Where two options cost the same there is no order to flip.
#[test]
fn equal_costs_are_no_flip() {
    let text = format!(
        "{WORLD}\n[option.a]\nname = \"A\"\n[option.a.cost.c]\nby_year = {{ \"2026-27\" = \"£100\", \"2027-28\" = \"£50\" }}\n\
         [option.b]\nname = \"B\"\n[option.b.cost.c]\nby_year = {{ \"2026-27\" = \"£100\" }}\n"
    );
    let case = run(&text);
    let options = &case.run.appraisal.options;
    assert_eq!(flips(&options[0], &options[1]), [0; 0]);
    assert_eq!(flips(&options[1], &options[0]), [0; 0]);
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
