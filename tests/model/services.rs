//! Services once they are given to users (MODEL section 7): legacy, neglect, improvement, retirement.

use wholelife::ledger::Activity;

use crate::model::support::{Asked, SERVICE, one_stream_text, pounds, row, run};

const PERSISTENT: &str = "kind = \"persistent\"";

fn with(keys: &str) -> String {
    one_stream_text(PERSISTENT, &format!("{SERVICE}{keys}\n"))
}

/// £1,000 a month, 10% more each year by year index, until go-live (month 4) and two months, then £5,000.
#[test]
fn legacy_runs_until_the_overlap_is_over() {
    let text =
        with("legacy = { run = \"£12k a year\", growth = \"10%\", overlap = \"2 months\", exit = \"£5k\" }");
    let case = run(&format!("{text}[option.baseline]\nname = \"As now\"\n"));
    let months = case.months("o", Activity::Legacy, 8);
    assert_eq!(months, row(&["1000", "1000", "1000", "1000", "1000", "1000", "5000", "0"]));
    // Nobody delivers it: 12,000 + 13,200 + 14,520.
    assert_eq!(case.cash("baseline", |_| true), pounds("39720"));
}

/// Run cost from first release; without a release there is none.
#[test]
fn run_cost_starts_with_the_first_release() {
    let case = run(&with("").replace("\"£0 a year\"", "\"£12k a year\""));
    assert_eq!(case.months("o", Activity::Run, 6), row(&["0", "0", "0", "0", "1000", "1000"]));
}

/// The team has 1 team-month a month for improvement from month 4, each adding 10% up to 15%: one whole month,
/// then half a month; benefits of 1,000 a month become 1,100 in month 5 and 1,150 from month 6.
#[test]
fn improvement_adds_up_to_its_limit() {
    let text = with(
        "improve = { gain = \"10%\", limit = \"15%\" }\n\
         benefit.b = { value = \"£12k a year\", kind = \"societal\" }",
    );
    let case = run(&text);
    assert_eq!(case.months("o", Activity::Improvement, 7)[4..], row(&["10000", "5000", "0"]));
    assert_eq!(case.months("o", Activity::Idle, 7)[4..], row(&["0", "5000", "10000"]));
    let benefit = |m: u16| case.real("o", |p| p.activity == Activity::Benefit && p.month == m);
    assert_eq!(
        [benefit(4), benefit(5), benefit(6), benefit(7)].to_vec(),
        row(&["1000", "1100", "1150", "1150"])
    );
}

/// Ramp over four months, after a lag of one: months 5 to 8 give 1/4, 2/4, 3/4, 4/4 of 1,200.
#[test]
fn benefits_ramp_up_after_their_lag() {
    let text = with(
        "benefit.b = { value = \"£1200 a month\", kind = \"cash-releasing\", ramp = \"4 months\", lag = \"1 month\" }",
    );
    let case = run(&text);
    let months = case.months("o", Activity::Benefit, 10);
    assert_eq!(months[4..], row(&["0", "300", "600", "900", "1200", "1200"]));
    let measures = &case.run.appraisal.options[0];
    assert_eq!((measures.first_benefit, measures.full_benefit), (Some(5), Some(8)));
}

/// Nobody keeps it up: D is 1/12 more each month, benefits 1,000 x max(0, 1 - 600% x D): 500 after one month
/// and nothing from the third on.
#[test]
fn neglect_wears_benefits_down_to_nothing() {
    let text = with(
        "neglect = { benefits = \"600%\" }\nbenefit.b = { value = \"£12k a year\", kind = \"cash-releasing\" }",
    );
    let text =
        text.replace("\"persistent\"", "\"temporary\"").replace("\"0 team-months a", "\"1 team-month a");
    let months = run(&text).months("o", Activity::Benefit, 9);
    assert_eq!(months[4..], row(&["1000", "500", "0", "0", "0"]));
}

/// Ended in month 11 (March 2027), with its decommissioning; no run cost or benefit after.
#[test]
fn a_service_ends() {
    let text = with(
        "to = \"2027-03\"\nretire = { cost = \"£7k\" }\nbenefit.b = { value = \"£12k a year\", kind = \"societal\" }",
    );
    let case = run(&text.replace("\"£0 a year\"", "\"£12k a year\""));
    assert_eq!(case.cash("o", |p| p.activity == Activity::Run), pounds("8000"));
    assert_eq!(case.real("o", |p| p.activity == Activity::Benefit), pounds("8000"));
    assert_eq!(case.months("o", Activity::Retirement, 13)[10..], row(&["0", "7000", "0"]));
}
