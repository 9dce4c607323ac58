//! Renewals to the month: approval, the new team, its hand-over, and the next one.

use rust_decimal::Decimal;
use wholelife::ledger::{Activity, Element};
use wholelife::report::Case;

use crate::model::support::{Asked, SERVICE, WORLD, one_stream_text, pounds, row, run};

/// The months in which an activity costs something, with what it costs.
fn when(case: &Case, activity: Activity) -> Vec<(usize, Decimal)> {
    let months = case.months("o", activity, case.plan.horizon.months());
    months.into_iter().enumerate().filter(|(_, amount)| !amount.is_zero()).collect()
}

fn each(months: &[usize], amount: &str) -> Vec<(usize, Decimal)> {
    months.iter().map(|&month| (month, pounds(amount))).collect()
}

/// Efforts of 1, 2 and 3, half as much again: nine months from month 2 on, live in month 11, where the team stays a
/// month. Due twelve months after, in month 23: approval again, £600 over two months; half of 9 is 4.5 months of
/// work from 25, so that half of month 29 is idle; hand-over in 30. The next is due twelve months after month 30.
#[test]
fn a_renewal_is_a_small_project() {
    let approach = "kind = \"temporary\"\noverrun = \"50%\"\napproval = { lead = \"2 months\", cost = \"£600\" }\n\
                    handover = { overlap = \"1 month\" }\nrenewal = { every = \"12 months\", effort = \"50%\" }";
    let service = SERVICE.replace("alpha = \"1 team-month\"", "alpha = \"2 team-months\"");
    let service = service.replace("beta = \"2 team", "beta = \"3 team");
    let case = run(&one_stream_text(approach, &service).replace("years = 3", "years = 5"));
    assert_eq!(case.lives("o").1, Some(11));
    assert_eq!(when(&case, Activity::Approval), each(&[0, 1, 23, 24, 42, 43], "300"));
    let mut renewal = each(&[25, 26, 27, 28, 29, 44, 45, 46, 47, 48], "10000");
    (renewal[4].1, renewal[9].1) = (pounds("5000"), pounds("5000"));
    assert_eq!(when(&case, Activity::Renewal), renewal);
    assert_eq!(when(&case, Activity::Idle), each(&[29, 48], "5000"));
    assert_eq!(when(&case, Activity::Handover), each(&[11, 30, 49], "10000"));
    assert_eq!(case.run.sheets[0].lives[0].renewed, [29, 48]);
    // Approval of a renewal is a cost of the service.
    let of_service = |p: &wholelife::ledger::Posting<Decimal>| matches!(p.element, Element::Work(..));
    assert_eq!(case.cash("o", |p| p.activity == Activity::Approval && of_service(p)), pounds("1200"));
}

/// One team-month by a team that forms from half strength over two months, 0.625 then 0.875: months 17 and 18, as
/// at its start, and every time again.
#[test]
fn each_renewal_has_a_new_team() {
    let approach = "kind = \"temporary\"\nforming = { time = \"2 months\", from = \"50%\" }\n\
                    renewal = { every = \"12 months\", effort = \"25%\" }";
    // Work: 0.625 + 0.875 + 1 + 1 and 0.5 of month 4: live in 5, due in 17.
    let case = run(&one_stream_text(approach, SERVICE).replace("years = 3", "years = 4"));
    assert_eq!(case.lives("o").1, Some(5));
    // Each is due twelve months after the one before it is over: 18 + 1 + 12, 32 + 1 + 12.
    let forming = [0, 17, 31, 45].map(|month| [(month, pounds("3750")), (month + 1, pounds("1250"))]);
    assert_eq!(when(&case, Activity::Forming), forming.concat());
}

/// Neglect grows from 0 to 1 in twelve months, and again after the renewal of month 16, until that of month 29.
#[test]
fn every_renewal_cures_neglect() {
    let approach = "kind = \"temporary\"\nrenewal = { every = \"12 months\", effort = \"25%\" }";
    let service = SERVICE
        .replace("\"0 team-months a year\"", "\"12 team-months a year\"\nneglect = { run_cost = \"12%\" }")
        .replace("\"£0 a year\"", "\"£12k a year\"");
    let run_cost = run(&one_stream_text(approach, &service)).months("o", Activity::Run, 31);
    assert_eq!(run_cost[28..31], row(&["1110", "1120", "1000"]));
}

/// After a renewal whoever keeps the service up has to learn it again. Live in 4, renewed in 16, handed over at the
/// start of 17: upkeep works at 1 - 0.4 x (1 - 0.5 / 2) = 0.7, then 0.9, then 1.
#[test]
fn a_renewal_is_handed_over() {
    let approach = "kind = \"temporary\"\nrenewal = { every = \"12 months\", effort = \"25%\" }\n\
                    handover = { loss = \"40%\", recovery = \"2 months\" }\n\
                    upkeep = { coverage = \"100%\", team = \"one\" }";
    let service = SERVICE
        .replace("\"0 team-months a year\"", "\"12 team-months a year\"\nneglect = { run_cost = \"12%\" }");
    let case = run(&one_stream_text(approach, &service.replace("\"£0 a year\"", "\"£12k a year\"")));
    let entries = case.run.sheets[0].entries.iter().filter(|e| e.activity == Activity::Upkeep);
    let work: Vec<Decimal> = entries.map(|e| e.work).take(16).collect();
    let mut expected = vec![Decimal::ONE; 16];
    for place in [0, 13] {
        (expected[place], expected[place + 1]) = (pounds("0.7"), pounds("0.9"));
    }
    assert_eq!(work, expected);
}

/// The service ends with month 17: of four months of renewal two are done, and nobody goes on. One that ends before
/// its renewal is due is never renewed.
#[test]
fn nobody_renews_what_has_ended() {
    let approach = "kind = \"temporary\"\nrenewal = { every = \"12 months\", effort = \"100%\" }";
    let ended = |to: &str| run(&one_stream_text(approach, &format!("{SERVICE}to = \"{to}\"\n")));
    let case = ended("2027-09");
    assert_eq!(when(&case, Activity::Renewal), each(&[16, 17], "10000"));
    assert_eq!(case.cash("o", |p| p.month > 17), Decimal::ZERO);
    assert_eq!(when(&ended("2027-07"), Activity::Renewal), []);
    // A team that is still handing over is gone when it said so, not when the service ends.
    let staying = format!("{approach}\nhandover = {{ overlap = \"1 month\" }}");
    let late = run(&one_stream_text(&staying, &format!("{SERVICE}to = \"2027-12\"\n")));
    assert_eq!(when(&late, Activity::Handover), each(&[4, 20], "10000"));
}

/// A renewal is a team at work: 10% lost to each other in month 16, by it and by the standing team, and 1 before.
#[test]
fn a_renewal_gets_in_others_way() {
    let text = format!(
        "{WORLD}\n[approach.a]\nkind = \"temporary\"\nteam = \"one\"\ncoordination = \"10%\"\n\
         renewal = {{ every = \"12 months\", effort = \"20%\" }}\n\
         [approach.b]\nkind = \"persistent\"\nteam = \"one\"\ncoordination = \"10%\"\n{SERVICE}{}\
         [option.o]\nname = \"O\"\n\
         [option.o.stream.x]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"2026-04\"\n\
         [option.o.stream.y]\napproach = \"b\"\nservices = [\"t\"]\nstart = \"2026-04\"\n",
        SERVICE.replace("service.s", "service.t")
    );
    let case = run(&text);
    let work = |stream: usize, month: usize| {
        let entries =
            case.run.sheets[0].entries.iter().filter(|e| e.stream.place() == stream && e.month == month);
        entries.map(|e| e.work).sum::<Decimal>()
    };
    // Four team-months at 0.9: live in month 5, renewed from 17.
    assert_eq!((work(1, 16), work(1, 17), work(0, 17)), (Decimal::ONE, pounds("0.9"), pounds("0.9")));
}
