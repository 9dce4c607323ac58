//! Another start or another length, as one setting; what began before the start; years by every name.

use std::fs;
use std::path::Path;

use rust_decimal::Decimal;
use wholelife::audit;
use wholelife::diagnostic::{Code, Severity};
use wholelife::report::Case;
use wholelife::scenario::{self, Reading, Request};

use super::support::{Asked, SERVICE, WORLD, pounds, row};

/// Stated dates of every sort, all inside three years from April 2026.
const DATED: &str = r#"
[approach.a]
kind = "persistent"
team = "one"
[option.o.stream.x]
approach = "a"
services = ["s"]
start = "2026-07"
stand_down = { when = "2028-06", cost = "£3k" }
[option.o.cost.once]
amount = "£10k"
from = "2027-10"
[option.o.cost.rate]
amount = "£12k a year"
from = "2026-10"
to = "2027-12"
[option.o.cost.years]
by_year = { "2026-27" = "£6k", "2028/29" = "£9k" }
[option.o.cost.engine]
amount = "£24k"
from = "2026-05"
treatment = "capital"
life = "2 years"
written_off = "2027-05"
[post.lead]
role = "worker"
from = "2027-01"
to = "2027-06"
[fund.budget]
kind = "revenue"
by_year = { "2026-27" = "£50k", "2027-28" = "£60k" }
"#;

fn dated() -> String {
    let service =
        SERVICE.replace("[service.s]", "[service.s]\nto = \"2028-09\"\nretire = { cost = \"£7k\" }");
    format!("{WORLD}{service}{DATED}")
}

fn reading(text: &str, set: &[&str]) -> Reading {
    let set: Vec<String> = set.iter().map(|&change| change.to_owned()).collect();
    scenario::read(&Request {
        name: "test.toml",
        text,
        set: &set,
        tables: &|_| Err("no tables here".to_owned()),
    })
}

fn case(text: &str, set: &[&str]) -> Case {
    let reading = reading(text, set);
    let told = wholelife::export::diagnostics::render(&reading.diagnostics, &reading.sources, false);
    Case::new(reading.scenario.unwrap_or_else(|| panic!("{told}")))
}

/// The cash of a line by month, from the start.
fn by_month(case: &Case, key: &str, months: usize) -> Vec<Decimal> {
    let place = case.scenario.lines.iter().position(|line| line.key == key).expect("a line");
    let line = wholelife::ledger::Element::Line(wholelife::id::LineId::new(place));
    let of = |m: usize| case.cash("o", |p| p.element == line && usize::from(p.month) == m);
    (0..months).map(of).collect()
}

fn postings(case: &Case) -> Vec<String> {
    let told = |p: &wholelife::ledger::Posting<Decimal>| {
        format!("{} {:?} {:?} {} {}", p.month, p.element, p.activity, p.financial, p.economic)
    };
    case.run.ledger.postings.iter().map(told).collect()
}

/// Prices stand still, so twelve months later everything costs the same in the same month of the run.
#[test]
fn stated_dates_move_with_the_start() {
    let text = dated();
    let (here, later) = (case(&text, &[]), case(&text, &["programme.start=2027-04"]));
    assert_eq!(postings(&here), postings(&later));
    assert!(postings(&here).len() > 40, "{}", postings(&here).len());
    assert_eq!(later.scenario.programme.horizon.start().to_string(), "2027-04");
    let falls = |case: &Case| -> Vec<String> {
        case.scenario.funds[0].by_year.iter().map(|(year, _)| year.to_string()).collect()
    };
    assert_eq!(
        (falls(&here), falls(&later)),
        (vec!["2026-27".into(), "2027-28".into()], vec!["2027-28".into(), "2028-29".into()])
    );
    // A year's key path is that of the file, wherever its money falls.
    assert!(later.scenario.inputs.iter().any(|input| input.key == "fund.budget.by_year.2026-27"));
}

/// Half a year later, in the same financial year: months move by six, money by year stays in its years. £6k of
/// 2026-27 falls in the six months that are left of it.
#[test]
fn money_by_year_moves_by_whole_years() {
    let later = case(&dated(), &["programme.start=2026-10"]);
    assert_eq!(
        by_month(&later, "option.o.cost.years", 7),
        row(&["1000", "1000", "1000", "1000", "1000", "1000", "0"])
    );
    // £10k in October 2027 is month 18 from April 2026, and so from October 2026.
    assert_eq!(by_month(&later, "option.o.cost.once", 19)[18], pounds("10000"));
}

/// £10k in prices of 2026-27, spent in October 2027 and, moved, in October 2028. At 10% growth a year:
/// 10,000 x 1.1 = 11,000 and x 1.21 = 12,100 of cash; £10,000 in real terms, both.
#[test]
fn amounts_stay_in_the_prices_of_the_file() {
    let text = dated().replace("[index.general]\ngrowth = \"0%\"", "[index.general]\ngrowth = \"10%\"");
    for (set, month, cash) in [(&[][..], 18, "11000"), (&["programme.start=2027-04"][..], 18, "12100")] {
        let case = case(&text, set);
        assert_eq!(by_month(&case, "option.o.cost.once", 19)[month], pounds(cash));
        assert_eq!(case.scenario.programme.prices.to_string(), "2026-27");
        let place = case.scenario.lines.iter().position(|line| line.name == "once").expect("a line");
        let line = wholelife::ledger::Element::Line(wholelife::id::LineId::new(place));
        assert_eq!(case.real("o", |p| p.element == line), pounds("10000"));
    }
}

/// What the run states itself is meant as it stands.
#[test]
fn months_given_with_the_run_do_not_move() {
    let set = ["programme.start=2027-04", "option.o.cost.once.from=2027-10"];
    assert_eq!(by_month(&case(&dated(), &set), "option.o.cost.once", 7)[6], pounds("10000"));
}

/// One year from April 2026: the stream (July), the post (January) and the line by the month (October) have begun;
/// £6k of 2026-27 is whole. The rest lies outside, is named in one warning and costs nothing.
#[test]
fn what_falls_outside_a_shorter_horizon_is_left_out_and_named() {
    let reading = reading(&dated(), &["programme.years=1"]);
    let [told] = &reading.diagnostics[..] else { panic!("{:?}", reading.diagnostics) };
    assert_eq!((told.code, told.severity), (Code::LeftOut, Severity::Warning));
    assert_eq!(
        told.message,
        "left out, since it falls outside Apr 2026 to Mar 2027: `service.s.to` (2028-09), \
         `option.o.cost.once.from` (2027-10), `option.o.cost.years` (2028-29), `option.o.cost.engine.written_off` \
         (2027-05), `option.o.stream.x.stand_down.when` (2028-06), `fund.budget` (2027-28)"
    );
    let case = case(&dated(), &["programme.years=1"]);
    // 9 months of the team and 3 of the post at £10k; 6 x £1k; £6k; the engine. No decommissioning, no end.
    assert_eq!(case.cash("o", |_| true), pounds("156000"));
    assert!(audit::passed(&case.checks));
}

/// Of a contract from October 2025 to September 2026, six months are left at £1k. What recurs every twelve months
/// since October 2025 recurs in Octobers. Money of 2025-26 is left out.
#[test]
fn what_began_before_the_start_counts_from_the_start() {
    let lines = r#"
[option.o.cost.contract]
amount = "£12k a year"
from = "2025-10"
to = "2026-09"
[option.o.cost.beat]
amount = "£10k"
from = "2025-10"
every = "12 months"
[option.o.cost.years]
by_year = { "2025-26" = "£5k", "2026-27" = "£6k" }
[post.lead]
role = "worker"
from = "2020-01"
to = "2026-05"
"#;
    let text = format!("{WORLD}{lines}");
    let reading = reading(&text, &[]);
    let left_out = reading.diagnostics.iter().filter(|d| d.code == Code::LeftOut);
    let told: Vec<&str> = left_out.map(|d| d.message.as_str()).collect();
    assert_eq!(
        told,
        ["left out, since it falls outside Apr 2026 to Mar 2029: `option.o.cost.years` (2025-26)"]
    );
    let case = case(&text, &[]);
    assert_eq!(by_month(&case, "option.o.cost.contract", 36).iter().sum::<Decimal>(), pounds("6000"));
    let beat = by_month(&case, "option.o.cost.beat", 36);
    let falls: Vec<usize> = (0..36).filter(|&m| beat[m] == pounds("10000")).collect();
    assert_eq!((falls, beat.iter().sum::<Decimal>()), (vec![6, 18, 30], pounds("30000")));
    assert_eq!(by_month(&case, "option.o.cost.years", 36).iter().sum::<Decimal>(), pounds("6000"));
    // Two months of the post, at £10k.
    assert_eq!(case.cash("o", |_| true), pounds("6000") + pounds("30000") + pounds("6000") + pounds("20000"));
}

/// Every shipped scenario and fixture runs at another length and from another start, and passes its own checks.
#[test]
fn every_shipped_scenario_runs_at_another_length_and_start() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut runs = 0;
    for folder in ["scenarios", "tests/gallery", "tests/format"] {
        for entry in fs::read_dir(project.join(folder)).expect("the folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|ending| ending != "toml") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a scenario");
            let tables = |name: &str| fs::read(project.join(folder).join(name)).map_err(|e| e.to_string());
            let start =
                scenario::read(&Request { name: "", text: &text, set: &[], tables: &tables }).scenario;
            let start = start.expect("a scenario").programme.horizon.start();
            let sets = [
                vec!["programme.years=2".to_owned()],
                vec!["programme.years=8".to_owned()],
                vec![format!("programme.start={}", start.plus(12))],
                vec![format!("programme.start={}", start.plus(7)), "programme.years=3".to_owned()],
                vec![format!("programme.start={}", start.plus(24))],
            ];
            for set in sets {
                let read = scenario::read(&Request { name: "", text: &text, set: &set, tables: &tables });
                let told = wholelife::export::diagnostics::render(&read.diagnostics, &read.sources, false);
                let scenario = read.scenario.unwrap_or_else(|| panic!("{} {set:?}: {told}", path.display()));
                assert!(read.diagnostics.iter().filter(|d| d.code == Code::LeftOut).count() <= 1);
                assert!(audit::passed(&Case::new(scenario).checks), "{} {set:?}", path.display());
                runs += 1;
            }
        }
    }
    assert!(runs >= 70, "{runs}");
}

/// `2026-27` by every name is one year and one key path, in the file and in what changes it.
#[test]
fn years_are_alike_by_every_name() {
    let text = |year: &str| {
        format!(
            "{WORLD}[option.o.cost.x]\nby_year = {{ \"{year}\" = {{ value = \"£6k\", source = \"Plan\" }} }}\n"
        )
    };
    for year in ["2026-27", "2026/27", "26/27", "2026-2027", "FY2026-27", "FY 26/27", "2026–27"] {
        let here = case(&text(year), &[]);
        let input = here.scenario.inputs.iter().find(|input| input.key == "option.o.cost.x.by_year.2026-27");
        let source = input.and_then(|input| input.provenance.source.as_deref());
        assert_eq!(source, Some("Plan"), "{year}");
        let change = format!("option.o.cost.x.by_year.{year}=£7k");
        let changed = case(&text("2026-27"), &[change.as_str()]);
        assert_eq!(changed.cash("o", |_| true), pounds("7000"), "{year}");
    }
}

/// With years from January, October 2026 lies in 2026: three months of it, then 2027, then nine months of 2028.
#[test]
fn a_year_from_january_is_read_and_written_as_one_number() {
    let text = format!("{WORLD}[option.o.cost.x]\nby_year = {{ \"2026\" = \"£6k\", \"2027\" = \"£12k\", \"FY2028\" = \"£8k\" }}\n")
        .replace("start = \"2026-04\"", "start = \"2026-10\"\nyear_starts = \"January\"")
        .replace("years = 3", "years = 2");
    let case = case(&text, &[]);
    let months = by_month(&case, "option.o.cost.x", 24);
    // £6k in three months, £12k in twelve, £8k in nine: £888.89 each, the last month a penny less.
    let some = [0, 2, 3, 14, 15, 23].map(|month| months[month]);
    assert_eq!(some.to_vec(), row(&["2000", "2000", "1000", "1000", "888.89", "888.88"]));
    assert_eq!(months.iter().sum::<Decimal>(), pounds("26000"));
    let horizon = case.scenario.programme.horizon;
    let years: Vec<String> = (0..horizon.years()).map(|t| horizon.year(t).to_string()).collect();
    assert_eq!(years, ["2026", "2027", "2028"]);
    assert_eq!(case.scenario.programme.prices.to_string(), "2026");
    assert!(case.scenario.inputs.iter().any(|input| input.key == "option.o.cost.x.by_year.2028"));
}

/// Prices of an older year are brought to the base by the index of their own line: no other needs growth that far
/// back. Pay has none before 2020, and nothing in pay is older.
#[test]
fn growth_is_needed_only_where_prices_of_different_years_meet() {
    let text = format!(
        "{WORLD}[index.contract]\ngrowth = \"10%\"\n[option.o.cost.old]\namount = \"£100\"\nprices = \"2012-13\"\nindex = \"contract\"\n"
    )
    .replace("[index.pay]\ngrowth = \"0%\"\n", "[index.pay]\ngrowth = { \"2027-28\" = \"0%\", after = \"0%\" }\n")
    .replace("[index.general]\ngrowth = \"0%\"\n", "[index.general]\ngrowth = { \"2027-28\" = \"0%\", after = \"0%\" }\n");
    // Fourteen years at 10%: 100 x 1.1^14 = 379.7498..., to the penny 379.75.
    assert_eq!(case(&text, &[]).cash("o", |_| true), pounds("379.75"));
}
