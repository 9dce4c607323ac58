//! The schedules for the Comprehensive Investment Appraisal, worked by hand.
//!
//! No inflation; the second year's factors are 1 / 1.035 and, for health effects, 1 / 1.015. Against a baseline
//! of £1,200 a year the option buys for £10,000 at once and then pays £600 a year, so each year saves £600.
//! Optimism bias is 200% less 60% of it: £8,000.

use wholelife::export::csv;
use wholelife::report::{cia, cia_of};
use wholelife::uncertainty::{Order, simulate};

use crate::model::support::{Asked, SERVICE, WORLD, run};

const BUY: &str = r#"
[programme]
name  = "Test"
start = "2026-04"
years = 2
[index.general]
growth = "0%"
[option.baseline]
name = "As is"
[option.baseline.cost.old]
amount = "£1200 a year"
[option.buy]
name = "Buy"
[option.buy.cost.new]
amount    = "£10000"
from      = "2026-04"
category  = "licence"
treatment = "capital"
life      = "2 years"
[option.buy.cost.run]
amount = "£600 a year"
[option.buy.benefit.save]
amount = "£2400 a year"
kind   = "cash-releasing"
[option.buy.benefit.time]
amount = "£1200 a year"
kind   = "non-cash-releasing"
[option.buy.benefit.waits]
amount   = "£360 a year"
kind     = "societal"
discount = "health"
[optimism_bias]
licence = { uplift = "200%", mitigation = "60%" }
[contingency]
licence = "5%"
"#;

const EXPECTED: &str = "\
schedule,line,basis,2026-27,2027-28,total
Discounting,Standard,factor,1.0000000000,0.9661835749,
Discounting,Health effects,factor,1.0000000000,0.9852216749,
Costs,capital: licence,real,10000.00,0.00,10000.00
Costs,revenue: other,real,-600.00,-600.00,-1200.00
Costs,All,real,9400.00,-600.00,8800.00
Costs,capital: licence,discounted,10000.00,0.00,10000.00
Costs,revenue: other,discounted,-600.00,-579.71,-1179.71
Costs,All,discounted,9400.00,-579.71,8820.29
Risks,Optimism bias,real,8000.00,0.00,8000.00
Risks,All,real,8000.00,0.00,8000.00
Risks,Optimism bias,discounted,8000.00,0.00,8000.00
Risks,All,discounted,8000.00,0.00,8000.00
Risks,Contingency (not in the totals),nominal,500.00,0.00,500.00
CRB,save,real,2400.00,2400.00,4800.00
CRB,All,real,2400.00,2400.00,4800.00
CRB,save,discounted,2400.00,2318.84,4718.84
CRB,All,discounted,2400.00,2318.84,4718.84
NCRB,time,real,1200.00,1200.00,2400.00
NCRB,All,real,1200.00,1200.00,2400.00
NCRB,time,discounted,1200.00,1159.42,2359.42
NCRB,All,discounted,1200.00,1159.42,2359.42
SB,waits,real,360.00,360.00,720.00
SB,All,real,360.00,360.00,720.00
SB,waits,discounted,360.00,354.68,714.68
SB,All,discounted,360.00,354.68,714.68
NPSV,All benefits less all costs and risks,discounted,,,-9027.35
";

#[test]
fn every_schedule_is_less_the_baseline_and_the_last_year_is_in_it() {
    let case = run(BUY);
    let schedules = cia(&case, None);
    assert_eq!(schedules.len(), 1, "none for the baseline itself");
    assert_eq!(csv::text(&schedules[0].1), EXPECTED);
}

#[test]
fn what_uncertain_inputs_add_on_average_is_a_risk_beside_the_totals() {
    let uncertain =
        "{ low = \"£0 a year\", likely = \"£600 a year\", high = \"£3000 a year\", shape = \"triangular\" }";
    let case = run(&BUY.replace("amount = \"£600 a year\"", &format!("amount = {uncertain}")));
    let order = Order { draws: 1_000, seed: 1, threads: 1, precision: None };
    let drawn = simulate(&case.scenario, order, &|_| true);
    let table = cia_of(&case, case.option("buy"), Some(&drawn)).expect("schedules");
    let text = csv::text(&table);
    let rows: Vec<&str> = text.lines().filter(|row| row.contains("mean of 1,000 draws")).collect();
    assert_eq!(rows.len(), 3, "{text}");
    // The mean of the triangle is £1,200 a year: £600 above the likely one in either year, without inflation. The second
    // year is discounted by 1/1.035 = 0.966183575.
    for (row, second) in rows.iter().zip([600.0, 600.0, 600.0 * 0.966_183_575]) {
        let cells: Vec<f64> = row.rsplit(',').take(3).map(|cell| cell.parse().expect("an amount")).collect();
        for (cell, expected) in cells.iter().zip([600.0 + second, second, 600.0]) {
            assert!((cell - expected).abs() < 15.0, "{row}: {expected}");
        }
    }
    let without: String =
        text.split_inclusive('\n').filter(|row| !row.contains("mean of 1,000 draws")).collect();
    assert_eq!(without, EXPECTED, "the totals stay");
}

#[test]
fn a_benefit_without_a_value_is_listed_where_the_option_gives_it() {
    let service = SERVICE.replace(
        "run ",
        "benefit.trust = { kind = \"unmonetised\", description = \"Patients trust it\" }\nrun ",
    );
    let case = run(&format!(
        "{WORLD}\n[approach.a]\nkind = \"persistent\"\nteam = \"one\"\n{service}\n[option.baseline]\n[option.o]\n\
         [option.o.stream.x]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"2026-04\"\n"
    ));
    let table = cia_of(&case, case.option("o"), None).expect("schedules");
    assert!(
        csv::text(&table).contains("\nUB,s: Patients trust it,not in money,,,,\n"),
        "{}",
        csv::text(&table)
    );
}

#[test]
fn without_a_baseline_there_are_no_schedules() {
    let case = run(&BUY.replace("[option.baseline", "[option.asis").replace("name  =", "name ="));
    assert!(cia(&case, None).is_empty());
}
