//! Months taken in one step, by those who add up by year, against the same months one by one: what they come to, and
//! that the steps are as long as they may be.
//!
//! A second stream, `z`, waits for its approval over the whole horizon and pays £1,000 a month for it. Its charges fall
//! in the first month of each step, so that they tell where steps begin.

use std::collections::BTreeMap;

use wholelife::delivery::{Delivery, Timesheet};
use wholelife::ledger::Activity;
use wholelife::number::Number;
use wholelife::plan::{Plan, ProgrammeOption};

use crate::model::support::{SERVICE, WORLD, run};

/// A year's work and charges, services' lives and streams' courses are the same by both roads, or this panics.
pub(crate) fn months_add_up(plan: &Plan<f64>, option: &ProgrammeOption<f64>) {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * a.abs().max(1.0);
    let (months, years) = (&mut Delivery::default(), &mut Delivery::by_year());
    let (months, years) = (months.run(plan, option), years.run(plan, option));
    let mut sums: BTreeMap<_, [f64; 4]> = BTreeMap::new();
    for (sheet, sign) in [(months, 1.0), (years, -1.0)] {
        for e in &sheet.entries {
            let key = (plan.year_of[e.month], e.stream, e.crew as usize, e.service, e.activity);
            let sum = sums.entry(key).or_default();
            for (sum, part) in sum.iter_mut().zip([e.time, e.cost, e.work]) {
                *sum += sign * part;
            }
        }
        for c in &sheet.charges {
            let key = (plan.year_of[c.month], c.stream, usize::MAX, c.service, c.activity);
            sums.entry(key).or_default()[3] += sign * c.amount;
        }
    }
    for (key, sums) in sums {
        assert!(sums.iter().all(|sum| sum.abs() < 1e-6), "{key:?}: {sums:?}");
    }
    assert_eq!(&months.courses, &years.courses);
    assert_eq!(&months.losses, &years.losses);
    for (a, b) in months.lives.iter().zip(&years.lives) {
        assert_eq!((a.first_release, a.live, &a.renewed), (b.first_release, b.live, &b.renewed));
        for (a, b) in a.months.iter().zip(&b.months) {
            let alike = near(a.released, b.released) && near(a.neglect, b.neglect);
            assert!(alike && near(a.improvement, b.improvement), "{a:?} {b:?}");
        }
    }
    // One entry a year for whatever differs in its month only.
    let mut seen: Vec<_> = years
        .entries
        .iter()
        .map(|e| (plan.year_of[e.month], e.stream, e.crew as usize, e.service, e.activity))
        .collect();
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), all);
}

/// Three years of `s` under an approach of these keys, beside `z`.
fn waiting_text(keys: &str, service: &str, start: &str) -> String {
    format!(
        "{WORLD}[approach.a]\nteam = \"one\"\n{keys}\n\
         [approach.wait]\nkind = \"temporary\"\nteam = \"one\"\napproval = {{ lead = \"36 months\", cost = \"£36k\" }}\n\
         forming = {{ time = \"6 months\", from = \"50%\" }}\n\
         {service}\n{}[option.o]\nname = \"O\"\n\
         [option.o.stream.x]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"{start}\"\n\
         [option.o.stream.z]\napproach = \"wait\"\nservices = [\"t\"]\nstart = \"2026-04\"\n",
        SERVICE.replace("service.s", "service.t"),
    )
}

fn realise(text: &str) -> Plan<f64> {
    let case = run(text);
    let values: Vec<f64> = case.scenario.central().iter().map(|&v| Number::to_f64(v)).collect();
    case.scenario.realise(&values)
}

fn waiting(keys: &str, service: &str, start: &str) -> Plan<f64> {
    realise(&waiting_text(keys, service, start))
}

/// The months in which steps begin.
fn begins(sheet: &Timesheet<f64>) -> Vec<usize> {
    let waits = sheet.charges.iter().filter(|c| c.stream.place() == 1 && c.activity == Activity::Approval);
    waits.map(|c| c.month).collect()
}

/// A step begins in these months and in no others (a kernel that takes longer ones may leave some out), and steps
/// come to what their months do.
fn hold(plan: &Plan<f64>, expected: &[usize]) {
    months_add_up(plan, &plan.options[0]);
    let mut delivery = Delivery::by_year();
    let found = begins(delivery.run(plan, &plan.options[0]));
    let more: Vec<_> = found.iter().filter(|month| !expected.contains(month)).collect();
    assert!(more.is_empty(), "{more:?} of {found:?}");
    // Of the months of a year, the first always begins a step: entries of two years are never one.
    assert!([0, 12, 24].iter().all(|month| found.contains(month)), "{found:?}");
}

/// Likewise, of a stream from month 0 on.
fn steps(keys: &str, service: &str, expected: &[usize]) {
    hold(&waiting(keys, service, "2026-04"), expected);
}

/// A month of discovery, one of alpha, and six of beta, with the last of each apart: months 0, 1, 2 to 6, 7; and after
/// go-live nothing but years.
#[test]
fn building_goes_on_until_a_phase_is_done() {
    let service = SERVICE.replace("\"2 team-months\"", "\"6 team-months\"");
    steps("kind = \"persistent\"", &service, &[0, 1, 2, 7, 8, 12, 24]);
    steps("kind = \"temporary\"", &service, &[0, 1, 2, 7, 8, 12, 24]);
    // First release at half of eight: month 3 is apart too, and month 4, in which users have it.
    let release = "kind = \"temporary\"\nrelease = { pattern = \"incremental\", first = \"50%\" }";
    steps(release, &service, &[0, 1, 2, 3, 4, 7, 8, 12, 24]);
    // At seven eighths: month 6, and then 7.
    let late = release.replace("50%", "87.5%");
    steps(&late, &service, &[0, 1, 2, 6, 7, 8, 12, 24]);
}

/// Ten months of beta, stalled at seven of twelve for nine months: months 6, 7 to 15 over the turn of the year, then
/// one by one as after every stall, until work is done in 20.
#[test]
fn a_pause_is_a_step() {
    let service = SERVICE.replace("\"2 team-months\"", "\"10 team-months\"");
    let stall = "kind = \"temporary\"\nstall = { after = \"58%\", pause = \"9 months\", standing = \"50%\", lost = \"0%\" }";
    steps(stall, &service, &[0, 1, 2, 6, 7, 12, 16, 20, 21, 24]);
}

/// Nothing is done in the months of approval but paying for it, 2 at the start; reviews every five months of work, from
/// month 7 on: the month of each, the one after it, and years. Building takes months 2 to 31.
#[test]
fn a_review_is_apart() {
    let service = SERVICE
        .replace("\"2 team-months\"", "\"30 team-months\"")
        .replace("\"1 team-month\"", "\"0 team-months\"");
    let review = "kind = \"persistent\"\napproval = { lead = \"2 months\", cost = \"£0\" }\n\
                  review = { every = \"5 months\", cost = \"£1k\" }";
    let apart = [7, 8, 12, 13, 17, 18, 22, 23, 27, 28, 32, 33];
    steps(review, &service, &[&[0, 2, 12, 24, 31][..], &apart].concat());
    // Approval at once, or in one month, when a stream starts in month 6.
    for (lead, months) in [("0 months", [6, 7]), ("1 month", [6, 7])] {
        let keys = format!("kind = \"persistent\"\napproval = {{ lead = \"{lead}\", cost = \"£100\" }}");
        let plan = waiting(&keys, &service, "2026-10");
        hold(&plan, &[&[0, 12, 24, 35][..], &months].concat());
    }
}

/// Half a month's work a month, building at once with another stream that starts in month 2. Month 0 is apart, as the
/// month in which approval at once would be paid.
#[test]
fn streams_at_work_together() {
    let service = SERVICE
        .replace("\"2 team-months\"", "\"9 team-months\"")
        .replace("\"1 team-month\"", "\"0 team-months\"");
    let other = "[option.o.stream.w]\napproach = \"late\"\nservices = [\"u\"]\nstart = \"2026-06\"\n\
                 [approach.late]\nkind = \"persistent\"\nteam = \"one\"\nutilisation = \"50%\"\n\
                 forming = { time = \"4 months\", from = \"50%\" }\n";
    let other = format!("{other}{}", service.replace("service.s", "service.u"));
    let keys = "kind = \"persistent\"\nutilisation = \"50%\"";
    // `w` forms in months 2 to 5; `x` is done in 17, and `w` after 0.28 + 0.34 + 0.41 + 0.47 and 15 halves, in 21.
    let expected = [0, 1, 2, 3, 4, 5, 6, 12, 17, 18, 20, 21, 22, 24];
    let text = waiting_text(keys, &service, "2026-04");
    hold(&realise(&format!("{text}{other}")), &expected);
}

/// After a stall that takes back more than users had not, releases stand still for a while.
#[test]
fn what_is_released_stands_still_after_a_loss() {
    let service = SERVICE
        .replace("\"2 team-months\"", "\"20 team-months\"")
        .replace("\"1 team-month\"", "\"0 team-months\"");
    let keys = "kind = \"temporary\"\nrelease = { pattern = \"incremental\", first = \"25%\" }\n\
                stall = { after = \"50%\", pause = \"2 months\", standing = \"40%\", lost = \"75%\" }\n\
                forming = { time = \"6 months\", from = \"50%\" }";
    let every: Vec<usize> = (12..36).collect();
    steps(keys, &service, &[&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11][..], &every].concat());
}

/// A stall while a team forms is a step: it comes in month 2, with two of 20 done, and forming goes on after it.
#[test]
fn a_pause_of_a_forming_team_is_a_step() {
    let service = SERVICE
        .replace("\"2 team-months\"", "\"20 team-months\"")
        .replace("\"1 team-month\"", "\"0 team-months\"");
    let keys = "kind = \"temporary\"\nforming = { time = \"6 months\", from = \"50%\" }\n\
                stall = { after = \"10%\", pause = \"6 months\", standing = \"40%\", lost = \"0%\" }";
    // 0.54, 0.63, 0.71, 0.79 of work: two are done in month 3; the pause is 3 or 4 to 9.
    let every: Vec<usize> = (10..36).collect();
    steps(keys, &service, &[&[0, 1, 2, 3, 4][..], &every].concat());
}

/// One service of a project under renewal is enough to make its months differ.
#[test]
fn one_renewal_of_two_services() {
    let keys = "kind = \"temporary\"\nrenewal = { every = \"10 months\", effort = \"60%\" }\n\
                forming = { time = \"4 months\", from = \"50%\" }";
    let work = SERVICE.replace("\"1 team-month\"", "\"3 team-months\"");
    let text = waiting_text(keys, &format!("{work}{}", work.replace("service.s", "service.v")), "2026-04");
    let plan = realise(&text.replace("services = [\"s\"]", "services = [\"s\", \"v\"]"));
    months_add_up(&plan, &plan.options[0]);
}

/// Two renewals that are under way at once: eight team-months of building apart, and of twelve each. Each other team at
/// work takes all of a team's output, so from the ninth month on nothing is done, and neither is ever done with.
#[test]
fn renewals_in_each_others_way() {
    let keys = "kind = \"temporary\"\ncoordination = \"100%\"\nrenewal = { every = \"10 months\", effort = \"150%\" }\n\
                forming = { time = \"2 months\", from = \"50%\" }";
    let work = SERVICE.replace("\"1 team-month\"", "\"3 team-months\"");
    let text = waiting_text(keys, &format!("{work}{}", work.replace("service.s", "service.v")), "2026-04");
    let plan = realise(&text.replace("services = [\"s\"]", "services = [\"s\", \"v\"]"));
    months_add_up(&plan, &plan.options[0]);
    let mut delivery = Delivery::by_year();
    let sheet = delivery.run(&plan, &plan.options[0]);
    assert!(sheet.lives.iter().all(|life| life.renewed.is_empty()));
}

/// A team that is done in month 5, before it has formed in 11: till then it is idle a little more each month.
#[test]
fn a_team_that_is_done_before_it_has_formed() {
    let keys = "kind = \"persistent\"\nforming = { time = \"12 months\", from = \"50%\" }";
    steps(keys, SERVICE, &(0..=12).chain([24]).collect::<Vec<_>>());
}

/// A team that forms over three months, and has settled after ten; it is idle from month 5 on. One that forms while it
/// builds for long is alike from month 3.
#[test]
fn a_team_changes_pace() {
    let long = SERVICE
        .replace("\"2 team-months\"", "\"20 team-months\"")
        .replace("\"1 team-month\"", "\"0 team-months\"");
    let forming = "kind = \"persistent\"\nforming = { time = \"3 months\", from = \"50%\" }";
    // 0.58, 0.75, 0.92 and then 1 a month: 17.75 more, months 3 to 20.
    steps(forming, &long, &[0, 1, 2, 3, 12, 20, 21, 24]);

    let keys = "kind = \"persistent\"\nforming = { time = \"3 months\", from = \"50%\" }\nsettled = { after = \"10 months\", gain = \"50%\" }";
    steps(keys, SERVICE, &[0, 1, 2, 3, 4, 5, 10, 12, 24]);
}

/// Five team-months of improvement from month 4 on: 4 to 7, then 8, the last, and no more.
#[test]
fn improvement_goes_on_until_its_limit() {
    let service = format!("{SERVICE}improve = {{ gain = \"2%\", limit = \"10%\" }}\n");
    steps("kind = \"persistent\"", &service, &[0, 1, 2, 3, 4, 8, 9, 12, 24]);
}

/// Upkeep beside it takes half of the team, so that six months are 4 to 9, and 10 the half month left.
#[test]
fn upkeep_takes_its_part_of_every_month() {
    let service = SERVICE.replace("\"0 team-months a year\"", "\"6 team-months a year\"");
    let service = format!("{service}improve = {{ gain = \"2%\", limit = \"6.5%\" }}\n");
    steps("kind = \"persistent\"", &service, &[0, 1, 2, 3, 4, 10, 11, 12, 24]);
}

/// Done in month 3; the team stands down with month 8, in which it pays for that; nobody keeps the service up after,
/// and it ends with month 29.
#[test]
fn ends_are_apart() {
    let keys =
        "kind = \"persistent\"\nstand_down = { when = \"done\", notice = \"5 months\", cost = \"£5k\" }";
    let service = SERVICE.replace("\"0 team-months a year\"", "\"12 team-months a year\"");
    let service = format!("{service}to = \"2028-09\"\n");
    steps(keys, &service, &[0, 1, 2, 3, 4, 8, 9, 12, 24, 30]);
}

/// Done in month 3, handed over with month 6, the last, which is apart; from 7 on upkeep learns for four months, one by one, and then goes on.
#[test]
fn handing_over_is_apart() {
    let keys = "kind = \"temporary\"\nhandover = { overlap = \"3 months\", loss = \"40%\", recovery = \"4 months\" }\n\
                upkeep = { coverage = \"100%\", team = \"one\" }";
    let service = SERVICE.replace("\"0 team-months a year\"", "\"12 team-months a year\"");
    steps(keys, &service, &[0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 24]);
}

/// Two months of approval, work in 2 to 5, learnt by 8. Live in 6, due in 19: approval in 19 and 20, the new team in 21
/// and 22, handed over in 23, learnt by 25; the next is due in 23 + 13 = 36, after the horizon.
#[test]
fn a_renewal_is_apart() {
    let keys = "kind = \"temporary\"\napproval = { lead = \"2 months\", cost = \"£100\" }\n\
                renewal = { every = \"13 months\", effort = \"50%\" }\n\
                handover = { loss = \"40%\", recovery = \"2 months\" }\n\
                upkeep = { coverage = \"100%\", team = \"one\" }";
    let service = SERVICE.replace("\"0 team-months a year\"", "\"12 team-months a year\"");
    let expected = [0, 2, 3, 4, 5, 6, 7, 8, 12, 19, 21, 22, 23, 24, 25];
    steps(keys, &service, &expected);
}

/// A renewal is done in a month, and handed over two months after it: neglect begins anew once only, and grows in these
/// two as half of upkeep is paid for. So too with the second renewal.
#[test]
fn neglect_begins_anew_once() {
    let keys = "kind = \"temporary\"\nrenewal = { every = \"10 months\", effort = \"50%\" }\n\
                handover = { overlap = \"3 months\", loss = \"40%\", recovery = \"4 months\" }\n\
                upkeep = { coverage = \"50%\", team = \"one\" }";
    let service = SERVICE.replace("\"0 team-months a year\"", "\"6 team-months a year\"");
    let plan = waiting(keys, &service, "2026-04");
    months_add_up(&plan, &plan.options[0]);
    let mut delivery = Delivery::by_year();
    assert_eq!(delivery.run(&plan, &plan.options[0]).lives[0].renewed.len(), 2);
}

/// A team that forms for long, and settles after that, keeps one service up and improves it while it builds another: what
/// is left for building changes with the team.
#[test]
fn a_forming_team_with_several_things_to_do() {
    let long = SERVICE
        .replace("\"2 team-months\"", "\"18 team-months\"")
        .replace("service.s", "service.v")
        .replace("\"0 team-months a year\"", "\"3 team-months a year\"");
    let first = SERVICE.replace("\"0 team-months a year\"", "\"3 team-months a year\"");
    for forming in ["12 months", "2 months"] {
        let keys = format!(
            "kind = \"persistent\"\nforming = {{ time = \"{forming}\", from = \"50%\" }}\n\
             settled = {{ after = \"14 months\", gain = \"30%\" }}"
        );
        let text = waiting_text(&keys, &format!("{first}{long}"), "2026-04");
        let plan = realise(&text.replace("services = [\"s\"]", "services = [\"s\", \"v\"]"));
        months_add_up(&plan, &plan.options[0]);
    }
}

/// Teams of which there are two: forming and settling while they build, what they cost counts both.
#[test]
fn two_teams_that_form() {
    let service = SERVICE.replace("\"2 team-months\"", "\"40 team-months\"");
    let keys = "kind = \"temporary\"\nforming = { time = \"8 months\", from = \"50%\" }\n\
                settled = { after = \"10 months\", gain = \"20%\" }";
    let text = waiting_text(keys, &service, "2026-04");
    let plan = realise(&text.replacen("approach = \"a\"\n", "approach = \"a\"\nteams = 2\n", 1));
    months_add_up(&plan, &plan.options[0]);
}

/// A memory that has run one option runs the next as a fresh one does: the years of the last don't stay.
#[test]
fn a_second_run_is_like_the_first() {
    let plan = waiting("kind = \"persistent\"", SERVICE, "2026-04");
    let option = &plan.options[0];
    let mut delivery = Delivery::by_year();
    let first = delivery.run(&plan, option).clone();
    let second = delivery.run(&plan, option);
    assert_eq!(first.entries, second.entries);
    assert_eq!(first.charges, second.charges);
}

/// Reviews every five months from month 0, of which a phase that ends in month 1 or 3 leaves a part to come.
#[test]
fn a_review_comes_after_a_part_of_its_months() {
    for alpha in ["1 team-month", "3 team-months"] {
        let service = SERVICE
            .replace("alpha = \"1 team-month\"", &format!("alpha = \"{alpha}\""))
            .replace("\"2 team-months\"", "\"14 team-months\"");
        let plan = waiting(
            "kind = \"persistent\"\nreview = { every = \"5 months\", cost = \"£1k\" }",
            &service,
            "2026-04",
        );
        months_add_up(&plan, &plan.options[0]);
    }
}

/// The other service ends in each of the months in which a forming team may be done with a phase.
#[test]
fn a_phase_is_done_where_something_else_ends() {
    let keys = "kind = \"persistent\"\nforming = { time = \"12 months\", from = \"50%\" }";
    let service = SERVICE.replace("\"2 team-months\"", "\"5 team-months\"");
    for end in
        ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]
    {
        let text = waiting_text(keys, &service, "2026-04");
        let text = text.replace("[service.t]\n", &format!("[service.t]\nto = \"{end}\"\n"));
        let plan = realise(&text);
        months_add_up(&plan, &plan.options[0]);
    }
}

/// With all services ended, months go on to the horizon and no further.
#[test]
fn nothing_is_left_to_serve() {
    let text = waiting_text("kind = \"persistent\"", SERVICE, "2026-04");
    let ended = text.replace("upkeep = \"0", "to = \"2027-09\"\nupkeep = \"0");
    // Nor without the stream that waits, and under a team that is gone: then nothing but the horizon ends the months.
    let alone = ended.split("[option.o.stream.z]").next().expect("the text before it");
    for text in [&ended, alone, &alone.replace("kind = \"persistent\"", "kind = \"temporary\"")] {
        let plan = realise(text);
        months_add_up(&plan, &plan.options[0]);
    }
}

/// Settled in the last month of the horizon, while it improves what was done in the first.
#[test]
fn a_team_settles_in_the_last_month() {
    let service = SERVICE
        .replace("\"1 team-month\"", "\"0 team-months\"")
        .replace("\"2 team-months\"", "\"1 team-month\"");
    let service = format!("{service}improve = {{ gain = \"1%\", limit = \"90%\" }}\n");
    let plan = waiting(
        "kind = \"persistent\"\nsettled = { after = \"35 months\", gain = \"50%\" }",
        &service,
        "2026-04",
    );
    months_add_up(&plan, &plan.options[0]);
}
