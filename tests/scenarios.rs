//! The shipped scenarios against what is known of them from elsewhere: the totals that two published
//! programmes state, and figures of the patient-access scenario worked by hand from its own inputs.
//! `docs/model.md` tells the patient-access ones step by step.

#![cfg(feature = "cli")]

use rust_decimal::Decimal;

use crate::shared::{Row, Scenario, pounds};

/// The sums of the financial and of the economic amounts of the rows that pass.
fn sums(ledger: &[Row], pass: impl Fn(&Row) -> bool) -> (Decimal, Decimal) {
    let rows = ledger.iter().filter(|row| pass(row));
    rows.fold((Decimal::ZERO, Decimal::ZERO), |(cash, real), row| (cash + row.financial, real + row.economic))
}

fn cash(ledger: &[Row], pass: impl Fn(&Row) -> bool) -> Decimal {
    sums(ledger, pass).0
}

/// £m by year as the answer to parliamentary question 74596 gives them: staff, IT, both.
const VERIFY: [(&str, &str, &str, &str); 9] = [
    ("2014-15", "4.4", "7.6", "12.0"),
    ("2015-16", "4.3", "13.4", "17.7"),
    ("2016-17", "5.3", "18.4", "23.7"),
    ("2017-18", "11.9", "23.6", "35.5"),
    ("2018-19", "5.3", "28.7", "34.0"),
    ("2019-20", "8.2", "9.2", "17.4"),
    ("2020-21", "5.8", "9.2", "15.0"),
    ("2021-22", "7.4", "8.7", "16.1"),
    ("2022-23", "0.2", "2.0", "2.2"),
];

#[test]
fn govuk_verify_comes_to_its_published_figures() {
    let ledger = Scenario::shipped("govuk-verify").ledger();
    let million = |text: &str| pounds(text) * Decimal::from(1_000_000);
    for (year, staff, it, both) in VERIFY {
        let of = |category: &str| cash(&ledger, |row| row.year == year && row.category == category);
        assert_eq!((of("pay"), of("supplier")), (million(staff), million(it)), "{year}");
        assert_eq!(cash(&ledger, |row| row.year == year), million(both), "{year}");
    }
    assert_eq!(cash(&ledger, |row| row.category == "pay"), pounds("52,800,000"));
    assert_eq!(cash(&ledger, |row| row.category == "supplier"), pounds("120,800,000"));
    assert_eq!(cash(&ledger, |_| true), pounds("173,600,000"));
    assert!(ledger.iter().all(|row| row.treatment == "revenue" && row.kind == "cost"));
}

/// The totals of rows that the outline business case states.
#[test]
fn the_councils_table_comes_to_its_stated_totals() {
    let ledger = Scenario::shipped("council-corporate-systems").ledger();
    let new = |element: &str| {
        let element = format!("cost.new-system.{element}");
        cash(&ledger, |row| row.option == "new" && row.element == element)
    };
    let present = |element: &str| {
        let element = format!("cost.present-licences.{element}");
        cash(&ledger, |row| row.option == "present" && row.element == element)
    };
    for (stated, row) in [
        ("1,900,000", new("staff-and-backfill")),
        ("850,000", new("technical-consultancy")),
        ("2,750,000", cash(&ledger, |row| row.treatment == "capital")),
        ("9,533,700", new("new-licences-and-financing")),
        ("2,693,000", present("finance-licences")),
        ("2,621,000", present("hr-and-payroll-licences")),
        ("5,314,000", cash(&ledger, |row| row.option == "present")),
        ("242,000", new("procurement")),
        ("275,500", new("wrbs")),
        ("543,000", new("financial-services")),
        ("81,000", new("reduced-audit-fees")),
        ("829,000", new("hr-and-recruitment")),
    ] {
        assert_eq!(row, pounds(stated), "stated £{stated}");
    }
    // Summed by us: what the scenario's head comment says.
    assert_eq!(cash(&ledger, Row::is_benefit), pounds("1,970,500"));
    assert_eq!(cash(&ledger, |row| row.option == "new" && !row.is_benefit()), pounds("12,283,700"));
}

/// The cash of the project's option is the published total, to the nearest £100,000; our split has no say in that.
#[test]
fn the_frimley_record_comes_to_its_published_total() {
    let ledger = Scenario::shipped("frimley-epr").ledger();
    let project = cash(&ledger, |row| row.option == "project" && !row.is_benefit());
    assert!((project - pounds("108,000,000")).abs() < pounds("50,000"), "{project}");
}

/// £1,000k a year in the proportion of the awards of 2022-23, £393m of capital and £45.29m of revenue.
#[test]
fn the_awards_are_split_as_frontline_digitisation_was() {
    let told =
        Scenario::shipped("blended-funding").run(&["statements", "--option", "awards", "--format", "json"]);
    let capital = (pounds("1000") * pounds("393") / pounds("438.29")).round() * pounds("1000");
    for granted in [capital, pounds("1,000,000") - capital] {
        assert!(told.contains(&format!("\"{granted}.00\"")), "{granted}");
    }
}

fn patient_access() -> (Scenario, Vec<Row>) {
    let scenario = Scenario::shipped("patient-access");
    let ledger = scenario.ledger();
    (scenario, ledger)
}

const FUNDED: [&str; 3] = ["team", "project", "staged"];

/// What a posting is decides which case has it: VAT is no cost to the economy; centrally paid pension and
/// clinical time that nobody replaces are no cash of the trust.
#[test]
fn each_case_has_what_belongs_to_it() {
    let (_, ledger) = patient_access();
    for kind in
        ["cost", "vat", "central-pension", "opportunity", "cash-releasing", "non-cash-releasing", "societal"]
    {
        let (cash, real) = sums(&ledger, |row| row.kind == kind);
        let in_cash = ["cost", "vat", "cash-releasing"].contains(&kind);
        assert_eq!(cash > Decimal::ZERO, in_cash, "{kind}: {cash}");
        assert_eq!(real > Decimal::ZERO, kind != "vat", "{kind}: {real}");
    }
    let [own, tax] = ["cost", "vat"].map(|kind| {
        cash(&ledger, |row| row.option == "team" && row.category == "contractor" && row.kind == kind)
    });
    let difference = (own / Decimal::from(5) - tax).abs();
    assert!(difference < pounds("10"), "contractors' VAT is a fifth, but for pence: {own}, {tax}");
}

/// Nothing is done: two old systems, £420k and £300k in the first year, 4% more in each of ten that follow,
/// in real terms; no benefit. 720,000 x (1.04 ^ 11 - 1) / 0.04 = 9,710,173.01, each month rounded.
#[test]
fn business_as_usual_is_its_old_systems() {
    let (_, ledger) = patient_access();
    assert!(ledger.iter().filter(|row| row.option == "baseline").all(|row| row.activity == "legacy"));
    let first = sums(&ledger, |row| row.option == "baseline" && row.year == "2026-27");
    assert_eq!(first, (pounds("720,000"), pounds("720,000")));
    // 748,800 real; 2.0% of general inflation into 2027-28: 763,776.
    let second = sums(&ledger, |row| row.option == "baseline" && row.year == "2027-28");
    assert_eq!(second, (pounds("763,776"), pounds("748,800")));
    let (_, real) = sums(&ledger, |row| row.option == "baseline");
    assert!((real - pounds("9,710,173.01")).abs() < pounds("1.32"), "half a penny a posting: {real}");
}

/// When each option gives users something, worked from effort and capacity.
///
/// - Team: work from June 2026. Capacity 0.8 x (1 - 12% x 50%) = 0.752 team-months a month; in the six of
///   forming 3.75 x 0.752 = 2.82. First release at 40% of 14 x 1.15 = 6.44: five more months, done in April
///   2027.
/// - Project: 15 months of approval, work from July 2027; 14 x 1.27 = 17.78, of which 3.75 in the six months
///   of forming; 15 more: done in March 2029, all at once.
/// - Staged: four months of approval, work from August 2026; half of 16.1 is 8.05, five months after forming:
///   done in June 2027.
#[test]
fn first_benefits_come_when_the_first_release_does() {
    let (_, ledger) = patient_access();
    for (option, month) in [("team", "2027-05"), ("project", "2029-04"), ("staged", "2027-07")] {
        let of = |pass: &dyn Fn(&&Row) -> bool| {
            ledger.iter().filter(|row| row.option == option).filter(pass).map(|row| row.month.clone()).min()
        };
        assert_eq!(of(&|row| row.is_benefit()).as_deref(), Some(month), "{option}");
        assert_eq!(of(&|row| row.activity == "run").as_deref(), Some(month), "{option}");
    }
}

/// In every funded option all three services replace what they should: the old systems end with their exit
/// payment, £60k and £45k in real terms.
#[test]
fn old_systems_end() {
    let (_, ledger) = patient_access();
    for option in FUNDED {
        for (service, exit) in [("booking", "60,000"), ("referrals", "45,000")] {
            let element = format!("service.{service}.legacy");
            let last = ledger.iter().rfind(|row| row.option == option && row.element == element);
            assert_eq!(last.map(|row| row.economic), Some(pounds(exit)), "{option}, {service}");
        }
    }
}

/// £240k and its VAT, capital, in October 2026, 2031 and 2036, in every option but the baseline. 2026-27 is
/// the year of prices: no inflation in the first.
#[test]
fn the_integration_engine_is_bought_three_times() {
    let (_, ledger) = patient_access();
    for option in FUNDED {
        let bought: Vec<&Row> = ledger
            .iter()
            .filter(|row| row.option == option && row.element == "cost.integration-engine")
            .collect();
        let months: Vec<&str> = bought.iter().map(|row| row.month.as_str()).collect();
        assert_eq!(months, ["2026-10", "2026-10", "2031-10", "2031-10", "2036-10", "2036-10"]);
        assert_eq!((bought[0].financial, bought[1].financial), (pounds("240,000"), pounds("48,000")));
        assert!(bought.iter().all(|row| row.treatment == "capital"));
        let real: Decimal = bought.iter().map(|row| row.economic).sum();
        assert_eq!(real, pounds("720,000"), "{option}");
    }
}

/// A salary of £131,964 costs the trust 170,644.8432 a year. The trust pays 80% of 0.4 of it: 54,606.35. The
/// other fifth of the time, 13,651.59, is lost to patients: with its share of the central pension, 992.37,
/// an opportunity cost of 14,643.96. The rest of the central pension is 3,969.48.
#[test]
fn the_first_year_of_clinical_leadership() {
    let (_, ledger) = patient_access();
    for (kind, cash, real) in [
        ("cost", "54,606.35", "54,606.35"),
        ("opportunity", "0", "14,643.96"),
        ("central-pension", "0", "3,969.48"),
    ] {
        let year = sums(&ledger, |row| {
            (row.option.as_str(), row.element.as_str(), row.year.as_str()) == ("team", "post.ccio", "2026-27")
                && row.kind == kind
        });
        assert_eq!(year, (pounds(cash), pounds(real)), "{kind}");
    }
}

/// The standing team's first month at work, June 2026, step by step in `docs/model.md`.
#[test]
fn the_standing_teams_first_month() {
    let (_, ledger) = patient_access();
    let posted = |activity: &str, category: &str, kind: &str| {
        sums(&ledger, |row| {
            row.option == "team"
                && row.month == "2026-06"
                && row.element.starts_with("stream.first")
                && (row.activity.as_str(), row.category.as_str(), row.kind.as_str())
                    == (activity, category, kind)
        })
    };
    for (category, kind, forming, discovery) in [
        ("pay", "cost", "33,608.77", "15,276.71"),
        ("pay", "central-pension", "2,455.06", "1,115.94"),
        ("contractor", "cost", "1,625.94", "739.06"),
        ("contractor", "vat", "325.19", "147.81"),
        ("non-pay", "cost", "2,585.00", "1,175.00"),
    ] {
        for (activity, amount) in [("forming", forming), ("discovery", discovery)] {
            let amount = pounds(amount);
            let nought = Decimal::ZERO;
            let expected = match kind {
                "vat" => (amount, nought),
                "central-pension" => (nought, amount),
                _ => (amount, amount),
            };
            assert_eq!(posted(activity, category, kind), expected, "{activity}, {category}, {kind}");
        }
    }
    // The whole month: 48,885.48 of pay, 2,365.00 of contractors, 473.00 of VAT, 3,760.00 of tools.
    let month = |month: &str| {
        cash(&ledger, |row| {
            row.option == "team"
                && row.month == month
                && row.element.starts_with("stream.first")
                && row.activity != "approval"
        })
    };
    assert_eq!(month("2026-06"), pounds("55,483.48"));
    // However its time is spent, the team costs the same in every month of the year, but for pence.
    for later in ["2026-07", "2026-10", "2027-03"] {
        assert!((month(later) - pounds("55,483.48")).abs() < pounds("0.05"), "{later}: {}", month(later));
    }
}

/// The staged team in April 2027, a whole month of beta: 53,839.74 of pay in 2026-27 prices, 2.4% more in
/// 2027-28 is 55,131.89; real, over 2.0% of general inflation, 54,050.87. Of that 70% x 80% = 56% is capital.
#[test]
fn a_month_of_beta_is_partly_capital() {
    let (_, ledger) = patient_access();
    let posted = |treatment: &str| {
        sums(&ledger, |row| {
            row.option == "staged"
                && row.month == "2027-04"
                && row.element == "stream.booking/service.booking"
                && (row.activity.as_str(), row.category.as_str(), row.kind.as_str())
                    == ("beta", "pay", "cost")
                && row.treatment == treatment
        })
    };
    assert_eq!(posted("capital"), (pounds("30,873.86"), pounds("30,268.49")));
    assert_eq!(posted("revenue"), (pounds("24,258.03"), pounds("23,782.38")));
}

/// The direction of each change is known beforehand; how far it goes is the model's to say.
#[test]
fn changes_move_the_answer_the_way_they_must() {
    let (scenario, _) = patient_access();
    let measure = |set: &[&str], option: &str, pointer: &str| {
        let mut args = vec!["compare", "--format", "json"];
        for change in set {
            args.extend(["--set", change]);
        }
        let told: serde_json::Value = serde_json::from_str(&scenario.run(&args)).expect("JSON");
        pounds(
            told["options"][option].pointer(pointer).and_then(serde_json::Value::as_str).expect("a figure"),
        )
    };
    let cost = "/whole_life_cost/present";
    let benefits = "/benefits/present";
    for (change, option, pointer, more) in [
        ("approach.project.approval.lead=36 months", "project", benefits, false),
        ("approach.project.overrun=100%", "project", benefits, false),
        ("approach.project.upkeep.coverage=100%", "project", benefits, true),
        ("approach.project.handover.loss=0%", "project", benefits, true),
        ("approach.team.utilisation=60%", "team", benefits, false),
        ("approach.team.review.cost=£100k", "team", cost, true),
        ("approach.staged.approval.cost=£10k", "staged", cost, false),
        ("role.contract-developer.day_rate=£700", "project", cost, true),
        ("cost.integration-engine.amount=£500k", "team", cost, true),
    ] {
        let (before, after) = (measure(&[], option, pointer), measure(&[change], option, pointer));
        assert_eq!(after > before, more, "{change}: {option}{pointer} {before} to {after}");
        assert_ne!(after, before, "{change}");
    }
}
