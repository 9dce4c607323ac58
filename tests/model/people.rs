//! What people cost (MODEL section 5).

use wholelife::ledger::Kind;

use crate::model::support::{Asked, WORLD, pounds, run};

fn post(keys: &str) -> String {
    format!("{WORLD}\n[option.o]\nname = \"O\"\n[post.p]\n{keys}\n").replace("years = 3", "years = 1")
}

/// Band 7, top, 2026/27: 56,515 + 15% x (56,515 - 5,000) + 14.38% + 0.5% = 56,515 + 7,727.25 + 8,126.857 +
/// 282.575 = 72,651.68; with the centrally paid 9.4% (5,312.41) the economy bears 77,964.09.
#[test]
fn band_7_top_of_scale() {
    let case = run(&post("role = { band = \"7\" }\nfte = 1"));
    assert_eq!(case.cash("o", |_| true), pounds("72651.68"));
    assert_eq!(case.real("o", |_| true), pounds("77964.09"));
    assert_eq!(case.real("o", |p| p.kind == Kind::CentralPension), pounds("5312.41"));
}

/// The same sums for bands 8a (64,750) and 6 (48,117).
#[test]
fn other_bands() {
    for (band, trust, economy) in [("8a", "83347.30", "89433.80"), ("6", "61744.36", "66267.36")] {
        let case = run(&post(&format!("role = {{ band = \"{band}\" }}\nfte = 1")));
        assert_eq!(
            (case.cash("o", |_| true), case.real("o", |_| true)),
            (pounds(trust), pounds(economy)),
            "{band}"
        );
    }
}

/// A band of the scenario's own, 140,000: 140,000 + 15% x 135,000 + 14.38% x 140,000 + 0.5% x 140,000 = 140,000 +
/// 20,250 + 20,132 + 700 = 181,082.
#[test]
fn a_band_of_the_scenarios_own() {
    let own =
        "[parameter.agenda-for-change]\nvsm.top = { value = \"£140k a year\", source = \"Pay board\" }\n";
    let case = run(&format!("{own}{}", post("role = { band = \"vsm\" }\nfte = 1")));
    assert_eq!(case.cash("o", |_| true), pounds("181082"));
}

/// Below the threshold there is no national insurance: 4,000 + 14.38% + 0.5% = 4,595.20.
#[test]
fn no_national_insurance_below_the_threshold() {
    let case = run(&post("role = { salary = \"£4,000\" }\nfte = 1"));
    assert_eq!(case.cash("o", |_| true), pounds("4595.20"));
}

/// £500 x 220 days = 110,000 in both cases; VAT 22,000 in the financial case only.
#[test]
fn a_contractor() {
    let case = run(&post("role = { day_rate = \"£500\", days = 220 }\nfte = 1"));
    assert_eq!((case.cash("o", |_| true), case.real("o", |_| true)), (pounds("132000"), pounds("110000")));
    assert_eq!(case.cash("o", |p| p.kind == Kind::Vat), pounds("22000"));
}

/// Two half posts for a quarter: 2 x 0.5 x 120,000 / 4.
#[test]
fn count_fte_and_months_of_a_post() {
    let case = run(&post("role = \"worker\"\nfte = 0.5\ncount = 2\nfrom = \"2026-07\"\nto = \"2026-09\""));
    assert_eq!(case.cash("o", |_| true), pounds("30000"));
}

/// A clinician at 120,000 released at 80% backfill: the trust pays 96,000, the economy loses all 120,000, of
/// which 24,000 is opportunity cost.
#[test]
fn backfill() {
    let case = run(&post("role = \"worker\"\nfte = 1\nbackfill = \"80%\""));
    assert_eq!((case.cash("o", |_| true), case.real("o", |_| true)), (pounds("96000"), pounds("120000")));
    assert_eq!(case.real("o", |p| p.kind == Kind::Opportunity), pounds("24000"));
}

/// The centrally paid pension of a released clinician is an opportunity cost in the same share. Salary 100,000:
/// borne 100,000 + 14,250 + 14,380 + 500 = 129,130; central 9,400. At 80%: 103,304 paid, 7,520 central,
/// (129,130 + 9,400) x 20% = 27,706 opportunity; 138,530 in all.
#[test]
fn backfill_of_a_salary() {
    let case = run(&post("role = { salary = \"£100k\" }\nfte = 1\nbackfill = \"80%\""));
    assert_eq!((case.cash("o", |_| true), case.real("o", |_| true)), (pounds("103304"), pounds("138530")));
    assert_eq!(case.real("o", |p| p.kind == Kind::Opportunity), pounds("27706"));
    assert_eq!(case.real("o", |p| p.kind == Kind::CentralPension), pounds("7520"));
}

/// Tools at £6,000 a head a year for a team of 2.5 heads: 1,250 a month beside 25,000 of pay.
#[test]
fn non_pay_is_by_head() {
    let text = crate::model::support::one_stream_text("kind = \"temporary\"", crate::model::support::SERVICE)
        .replace("members = { worker = 1 }", "members = { worker = 2.5 }\nnon_pay = \"£6k a year\"");
    let case = run(&text);
    assert_eq!(case.cash("o", |p| p.month == 0), pounds("26250"));
}
