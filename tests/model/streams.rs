//! Streams of several services and several streams: who waits for whom, what a stall takes from which service, who
//! pays for the end, and that options don't see each other.

use rust_decimal::Decimal;
use wholelife::delivery::Delivery;
use wholelife::id::{CategoryId, IndexId, ServiceId};
use wholelife::ledger::{Activity, Element};
use wholelife::number::Number;
use wholelife::plan::Plan;

use crate::model::support::{Asked, SERVICE, WORLD, one_stream, one_stream_text, pounds, row, run};

/// A service of so much beta and nothing else.
fn service(name: &str, beta: &str, keys: &str) -> String {
    format!(
        "[service.{name}]\neffort = {{ beta = \"{beta} team-months\" }}\nrun = \"£0 a year\"\n\
         upkeep = \"0 team-months a year\"\n{keys}\n"
    )
}

/// A stream of an option.
fn stream(option: &str, name: &str, approach: &str, services: &str, start: &str) -> String {
    format!(
        "[option.{option}.stream.{name}]\napproach = \"{approach}\"\nservices = [{services}]\nstart = {start}\n"
    )
}

fn approach(name: &str, kind: &str, keys: &str) -> String {
    format!("[approach.{name}]\nkind = \"{kind}\"\nteam = \"one\"\n{keys}\n")
}

const APRIL: &str = "\"2026-04\"";

/// `s` takes two months and `t` two: `y` starts two months after both are live, in month 4, so in 6; with the end of
/// `x`, who hands nothing over, in 4.
#[test]
fn a_stream_waits_for_all_of_another() {
    let case = |start: &str, years: u32| {
        run(&format!(
            "{WORLD}{}{}{}{}[option.o]\nname = \"O\"\n{}{}",
            approach("a", "temporary", ""),
            service("s", "2", ""),
            service("t", "2", ""),
            service("u", "1", ""),
            stream("o", "x", "a", "\"s\", \"t\"", APRIL),
            stream("o", "y", "a", "\"u\"", start),
        )
        .replace("years = 3", &format!("years = {years}")))
    };
    let courses = |case: &wholelife::report::Case| {
        case.run.sheets[0].courses.iter().map(|c| (c.start, c.work, c.end)).collect::<Vec<_>>()
    };
    let after = case("{ after = \"x\", event = \"live\", plus = \"2 months\" }", 1);
    assert_eq!(courses(&after), [(Some(0), Some(0), Some(4)), (Some(6), Some(6), Some(7))]);
    let after = case("{ after = \"x\", event = \"end\" }", 1);
    assert_eq!(courses(&after)[1], (Some(4), Some(4), Some(5)));
    let after = case("{ after = \"x\", event = \"first release\", plus = \"1 month\" }", 1);
    assert_eq!(courses(&after)[1].1, Some(3));
}

/// What ends after the horizon has not ended: who waits for it never starts.
#[test]
fn what_comes_after_the_horizon_is_not_known() {
    let text = format!(
        "{WORLD}{}{}{}[option.o]\nname = \"O\"\n{}{}",
        approach("a", "temporary", "handover = { overlap = \"6 months\" }"),
        service("s", "10", ""),
        service("u", "1", ""),
        stream("o", "x", "a", "\"s\"", APRIL),
        stream("o", "y", "a", "\"u\"", "{ after = \"x\", event = \"end\" }"),
    );
    let case = run(&text.replace("years = 3", "years = 1"));
    assert_eq!(case.run.sheets[0].courses[1].start, None);
}

/// Approval starts with its stream, in month 2, and not before; a stream that costs nothing to approve has no charge.
#[test]
fn approval_starts_with_its_stream() {
    let text =
        one_stream_text("kind = \"temporary\"\napproval = { lead = \"1 month\", cost = \"£3k\" }", SERVICE)
            .replace("start = \"2026-04\"\n", "start = \"2026-06\"\n")
            .replacen("start = \"2026-06\"", "start = \"2026-04\"", 1);
    assert_eq!(run(&text).months("o", Activity::Approval, 5), row(&["0", "0", "3000", "0", "0"]));
    let free = one_stream("kind = \"temporary\"\napproval = { lead = \"1 month\", cost = \"£0\" }");
    assert!(free.run.sheets[0].charges.is_empty());
}

/// Reviews every month: the first a month after work starts.
#[test]
fn reviews_may_come_every_month() {
    let case = one_stream("kind = \"persistent\"\nreview = { every = \"1 month\", cost = \"£1k\" }");
    assert_eq!(case.months("o", Activity::Review, 3), row(&["0", "1000", "1000"]));
    // Approval, reviews and standing down are told apart, and standing down follows pay.
    let end = "review = { every = \"12 months\", cost = \"£1k\" }\napproval = { cost = \"£2k\" }\n\
               stand_down = { when = \"done\", cost = \"£5k\" }";
    let case = one_stream(&format!("kind = \"persistent\"\n{end}").replace("12 months", "2 months"));
    let of = |activity: Activity| {
        let found = case.run.ledger.postings.iter().find(|p| p.activity == activity).expect("such a posting");
        (found.category, found.index)
    };
    assert_eq!(of(Activity::Approval), (CategoryId::APPROVAL, IndexId::GENERAL));
    assert_eq!(of(Activity::Review), (CategoryId::REVIEW, IndexId::GENERAL));
    assert_eq!(of(Activity::StandDown), (CategoryId::EXIT, case.plan.pay));
    assert_eq!(of(Activity::Discovery), (CategoryId::PAY, case.plan.pay));
}

/// Two teams of three heads: £5,000 for each of six.
#[test]
fn every_head_is_paid_for_when_teams_stand_down() {
    let text =
        one_stream_text("kind = \"persistent\"\nstand_down = { when = \"done\", cost = \"£5k\" }", SERVICE)
            .replace("worker = 1", "worker = 3");
    let case = run(&format!("{text}teams = 2\n"));
    assert_eq!(case.cash("o", |p| p.activity == Activity::StandDown), pounds("30000"));
}

/// Three services of 2, 6 and 2: after three months of ten, 30%, `s` is live, `t` has had one month, `u` none. Half
/// of that one is lost, and of nothing else: 0.5 + 10 months in all, of which 4 are the pause.
#[test]
fn a_stall_takes_from_what_is_begun_and_not_live() {
    let text = |lost: &str| {
        let stall = format!(
            "stall = {{ after = \"30%\", pause = \"4 months\", standing = \"0%\", lost = \"{lost}\" }}"
        );
        format!(
            "{WORLD}{}{}{}{}[option.o]\nname = \"O\"\n{}",
            approach("a", "temporary", &stall),
            service("s", "2", ""),
            service("t", "6", ""),
            service("u", "2", ""),
            stream("o", "x", "a", "\"s\", \"t\", \"u\"", APRIL),
        )
    };
    let case = run(&text("50%"));
    let sheet = &case.run.sheets[0];
    let losses: Vec<_> = sheet.losses.iter().map(|loss| (loss.month, loss.service, loss.share)).collect();
    assert_eq!(losses, [(7, ServiceId::new(1), pounds("0.5"))]);
    let live: Vec<_> = sheet.lives.iter().map(|life| life.live).collect();
    // 3 months and 4 of pause; 5.5 months for `t` end in the middle of month 12, 2 for `u` in that of 14.
    assert_eq!(live, [Some(2), Some(13), Some(15)]);
    assert!(run(&text("0%")).run.sheets[0].losses.is_empty());
}

/// First release at a quarter, stalled at half with three quarters of that lost: what users have stays, half, until there is
/// more; before the first release they have nothing.
#[test]
fn what_users_have_stays() {
    let keys = "release = { pattern = \"incremental\", first = \"25%\" }\n\
                stall = { after = \"50%\", pause = \"1 month\", standing = \"0%\", lost = \"75%\" }";
    let case = one_stream(&format!("kind = \"temporary\"\n{keys}"));
    let released: Vec<Decimal> =
        case.run.sheets[0].lives[0].months.iter().take(8).map(|m| m.released).collect();
    // Done: 1, 2, a pause, 2 less 1.5 and one more: 1.5, then 2.5, 3.5 and 4.
    assert_eq!(released, row(&["0", "0.25", "0.5", "0.5", "0.5", "0.625", "0.875", "1"]));
    let single = one_stream("kind = \"temporary\"");
    let released: Vec<Decimal> =
        single.run.sheets[0].lives[0].months.iter().take(5).map(|m| m.released).collect();
    assert_eq!(released, row(&["0", "0", "0", "0", "1"]));
}

/// A service without any effort is complete as soon as its turn comes, after four months of `s`, and not before.
#[test]
fn services_are_built_in_their_order() {
    let text = one_stream_text("kind = \"temporary\"", &format!("{SERVICE}{}", service("t", "0", "")))
        .replace("services = [\"s\"]", "services = [\"s\", \"t\"]");
    let case = run(&text);
    let lives: Vec<_> = case.run.sheets[0].lives.iter().map(|life| (life.first_release, life.live)).collect();
    assert_eq!(lives, [(Some(4), Some(4)), (Some(4), Some(4))]);
    assert_eq!(case.run.sheets[0].lives[1].months[4].released, Decimal::ONE);
}

/// A temporary team stays for its last service; and it improves nothing, though half of its last month is idle.
#[test]
fn a_temporary_team_only_builds() {
    let improve = "improve = { gain = \"10%\", limit = \"50%\" }";
    let text = format!(
        "{WORLD}{}{}{}[option.o]\nname = \"O\"\n{}",
        approach("a", "temporary", "handover = { overlap = \"1 month\" }"),
        service("s", "0.5", improve),
        service("t", "1", improve),
        stream("o", "x", "a", "\"s\", \"t\"", APRIL),
    );
    let case = run(&text);
    assert_eq!(case.cash("o", |p| p.activity == Activity::Improvement), Decimal::ZERO);
    assert_eq!(case.months("o", Activity::Idle, 3), row(&["0", "5000", "0"]));
    let handover = case.run.ledger.postings.iter().find(|p| p.activity == Activity::Handover);
    let of = handover.and_then(|p| p.element.service());
    assert_eq!(of, Some(ServiceId::new(1)));
    assert!(matches!(handover.map(|p| p.element), Some(Element::Work(..))));
}

/// Two team-months of upkeep needed a month and one to be had: half covered, so that D is a half after twelve months
/// and run cost 1,000 x (1 + 12% x 0.5). The second service gets nothing: D is 1.
#[test]
fn upkeep_goes_as_far_as_the_team_does() {
    let kept = "neglect = { run_cost = \"12%\" }";
    let needy = |name: &str| {
        service(name, "1", kept)
            .replace("\"0 team-months a year\"", "\"24 team-months a year\"")
            .replace("£0", "£12k")
    };
    let text = format!(
        "{WORLD}{}{}{}{}[option.o]\nname = \"O\"\n{}{}",
        approach("a", "persistent", ""),
        approach("b", "temporary", ""),
        needy("s"),
        needy("t"),
        stream("o", "x", "a", "\"s\"", APRIL),
        stream("o", "y", "b", "\"t\"", APRIL),
    );
    let case = run(&text);
    let cost = |place: usize| {
        let of = Element::Service(ServiceId::new(place));
        case.cash("o", |p| p.element == of && p.month == 13 && p.activity == Activity::Run)
    };
    assert_eq!((cost(0), cost(1)), (pounds("1060"), pounds("1120")));
    assert_eq!(case.months("o", Activity::Upkeep, 2), row(&["0", "10000"]));
}

/// Five sevenths of a team-month at 700% each is the limit of 500%, exactly: no digit of the division is left over.
#[test]
fn improvement_ends_on_its_limit() {
    let improved = |gain: &str, limit: &str| {
        let improve = format!("improve = {{ gain = \"{gain}\", limit = \"{limit}\" }}\n");
        run(&one_stream_text("kind = \"persistent\"", &format!("{SERVICE}{improve}")))
    };
    let sheet = &improved("700%", "500%").run.sheets[0];
    assert_eq!(sheet.lives[0].months[5].improvement, pounds("5"));
    let improves = |activity| activity == Activity::Improvement;
    assert_eq!(sheet.entries.iter().filter(|e| improves(e.activity)).count(), 1);
    // 9 / 17 of 17% is a hair less than 9% in binary: what is left is nothing to work at.
    let fast = fast(&improved("17%", "9%"));
    let sheet = Delivery::default().run(&fast, &fast.options[0]).clone();
    assert_eq!(sheet.entries.iter().filter(|e| improves(e.activity)).count(), 1);
}

/// The plan of a case in `f64`.
fn fast(case: &wholelife::report::Case) -> Plan<f64> {
    let values: Vec<f64> = case.scenario.central().iter().map(|&v| Number::to_f64(v)).collect();
    case.scenario.realise(&values)
}

/// Ten months at a tenth are a team-month, though ten tenths are a hair less than 1 in binary.
#[test]
fn a_remainder_of_rounding_takes_no_month() {
    let text = format!(
        "{WORLD}{}{}[option.o]\nname = \"O\"\n{}",
        approach("a", "temporary", "utilisation = \"10%\""),
        service("s", "1", ""),
        stream("o", "x", "a", "\"s\"", APRIL),
    );
    let case = run(&text);
    assert_eq!(case.lives("o").1, Some(10));
    let fast = fast(&case);
    assert_eq!(Delivery::default().run(&fast, &fast.options[0]).lives[0].live, Some(10));
}

/// Two months of discovery of eight are done before the stall at a quarter.
#[test]
fn a_stall_may_come_in_discovery() {
    let stall = "stall = { after = \"25%\", pause = \"1 month\", standing = \"50%\", lost = \"0%\" }";
    let service = SERVICE.replace("discovery = \"1 team", "discovery = \"5 team");
    let case = run(&one_stream_text(&format!("kind = \"temporary\"\n{stall}"), &service));
    assert_eq!(case.months("o", Activity::Stalled, 4), row(&["0", "0", "5000", "0"]));
}

/// A month's time is shared out to its last digit, three thirds of it; a full month has no idle time, nothing is
/// booked of nothing, and only work on services is work.
#[test]
fn a_months_time_is_one() {
    let text = one_stream_text(
        "kind = \"temporary\"\nutilisation = \"30%\"\nforming = { time = \"2 months\", from = \"50%\" }\n\
         handover = { overlap = \"1 month\" }\nupkeep = { coverage = \"0%\", team = \"one\" }\n\
         stall = { after = \"90%\", pause = \"1 month\", standing = \"50%\", lost = \"0%\" }",
        "[service.s]\neffort = { discovery = \"0.0625 team-months\", alpha = \"0.0625 team-months\", \
         beta = \"1 team-month\" }\nrun = \"£0 a year\"\nupkeep = \"12 team-months a year\"\n",
    );
    let case = run(&text);
    let entries = &case.run.sheets[0].entries;
    for month in 0..7 {
        let time: Decimal = entries.iter().filter(|e| e.month == month).map(|e| e.time).sum();
        assert_eq!(time, Decimal::ONE, "month {month}");
    }
    assert!(entries.iter().all(|e| !e.time.is_zero() && e.activity != Activity::Upkeep));
    let idle = entries.iter().filter(|e| e.activity == Activity::Idle).count();
    assert_eq!(idle, 1, "only the month in which it is done");
    let useless = [Activity::Forming, Activity::Stalled, Activity::Handover];
    let work = |on: &dyn Fn(Activity) -> bool| {
        entries.iter().filter(|e| on(e.activity)).map(|e| e.work).sum::<Decimal>()
    };
    assert_eq!(work(&|a| useless.contains(&a)), Decimal::ZERO);
    assert_eq!(work(&|a| a != Activity::Idle), pounds("1.125"));
    for activity in useless {
        assert!(entries.iter().any(|e| e.activity == activity), "{activity:?}");
    }
}

/// Two teams that leave each other nothing to do are idle, and paid.
#[test]
fn teams_without_any_capacity_are_idle() {
    let text = format!(
        "{WORLD}{}{}{}[option.o]\nname = \"O\"\n{}{}",
        approach("a", "temporary", "coordination = \"100%\""),
        service("s", "1", ""),
        service("t", "1", ""),
        stream("o", "x", "a", "\"s\"", APRIL),
        stream("o", "y", "a", "\"t\"", APRIL),
    );
    assert_eq!(run(&text).months("o", Activity::Idle, 2), row(&["20000", "20000"]));
}

/// A draw may pay for more upkeep than there is to do: it is no credit against neglect.
#[test]
fn upkeep_beyond_what_is_needed_is_none() {
    let approach = "kind = \"temporary\"\nupkeep = { coverage = \"100%\", team = \"one\" }";
    let service = SERVICE.replace("\"0 team-months a year\"", "\"12 team-months a year\"");
    let mut plan = run(&one_stream_text(approach, &service)).plan;
    plan.options[0].streams[0].upkeep.as_mut().expect("upkeep").coverage = pounds("1.2");
    let sheet = Delivery::default().run(&plan, &plan.options[0]).clone();
    assert!(sheet.lives[0].months.iter().all(|month| month.neglect.is_zero()));
}

/// The same option twice, and one in which nothing is done: each as if it were alone. In the first `y` takes over
/// the upkeep of `s`, in the second nobody does; both stall and renew alike; the third delivers nothing.
#[test]
fn options_start_from_nothing() {
    let project = "renewal = { every = \"6 months\", effort = \"25%\" }\n\
                   stall = { after = \"50%\", pause = \"1 month\", standing = \"0%\", lost = \"50%\" }";
    let needy = service("s", "1", "").replace("\"0 team-months a year\"", "\"12 team-months a year\"");
    let option = |name: &str, to: &str| {
        format!(
            "[option.{name}]\nname = \"{name}\"\n{}stand_down = {{ when = \"2026-07\"{to} }}\n{}{}",
            stream(name, "x", "a", "\"s\"", APRIL),
            stream(name, "y", "a", "\"t\"", APRIL),
            stream(name, "z", "p", "\"u\"", APRIL),
        )
    };
    let text = format!(
        "{WORLD}{}{}{needy}{}{}{}{}{}[option.none]\nname = \"None\"\n",
        approach("a", "persistent", ""),
        approach("p", "temporary", project),
        service("t", "1", ""),
        service("u", "4", ""),
        option("one", ", to = \"y\""),
        option("two", ""),
        option("three", ", to = \"y\""),
    );
    let case = run(&text);
    let upkeep = |option: &str| case.cash(option, |p| p.activity == Activity::Upkeep);
    // From month 1 on, to the end of three years or to the end of `x` with month 3.
    assert_eq!([upkeep("one"), upkeep("two"), upkeep("three")].to_vec(), row(&["350000", "30000", "350000"]));
    let sheets = &case.run.sheets;
    assert_eq!(sheets[0].losses.len(), 1);
    for other in [1, 2] {
        assert_eq!(sheets[0].losses, sheets[other].losses);
        assert_eq!(
            (sheets[0].lives[2].live, &sheets[0].lives[2].renewed),
            (sheets[other].lives[2].live, &sheets[other].lives[2].renewed)
        );
    }
    assert!(!sheets[0].lives[2].renewed.is_empty());
    let none = &sheets[3];
    assert!(none.losses.is_empty() && none.courses.is_empty() && none.entries.is_empty());
    for life in &none.lives {
        assert!(
            life.live.is_none()
                && life.renewed.is_empty()
                && life.months.iter().all(|m| m.released.is_zero())
        );
    }
}
