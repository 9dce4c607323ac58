//! Each mechanism alone (MODEL section 6), on one worker at £10,000 a month and a service of four team-months.

use rust_decimal::Decimal;
use wholelife::ledger::{Activity, Treatment};

use crate::model::support::{Asked, SERVICE, WORLD, one_stream, one_stream_text, pounds, row, run};

const PERSISTENT: &str = "kind = \"persistent\"";
const TEMPORARY: &str = "kind = \"temporary\"";

/// Four months of work, live in the fifth; then a standing team is idle, a temporary one is gone.
#[test]
fn without_mechanisms_a_service_takes_its_effort() {
    for (kind, total) in [(PERSISTENT, "360000"), (TEMPORARY, "40000")] {
        let case = one_stream(kind);
        assert_eq!(case.lives("o"), (Some(4), Some(4)), "{kind}");
        assert_eq!(case.months("o", Activity::Discovery, 2), row(&["10000", "0"]));
        assert_eq!(case.months("o", Activity::Alpha, 3), row(&["0", "10000", "0"]));
        assert_eq!(case.months("o", Activity::Beta, 5), row(&["0", "0", "10000", "10000", "0"]));
        assert_eq!(case.cash("o", |_| true), pounds(total), "{kind}");
    }
}

/// A service that takes no effort, bought as it stands: complete in the first month, in which the team has nothing to
/// do, and live in the second.
#[test]
fn a_service_without_effort_is_live_after_a_month() {
    let service = "[service.s]\neffort = { beta = \"0 team-months\" }\nrun = \"£0 a year\"\n\
                   upkeep = \"0 team-months a year\"\n\
                   benefit.b = { value = \"£12k a year\", kind = \"cash-releasing\" }\n";
    let case = run(&one_stream_text(TEMPORARY, service));
    assert_eq!(case.lives("o"), (Some(1), Some(1)));
    assert_eq!(case.months("o", Activity::Idle, 3), row(&["10000", "0", "0"]));
    assert_eq!(case.months("o", Activity::Benefit, 3), row(&["0", "1000", "1000"]));
    assert_eq!(case.cash("o", |p| !p.kind.is_benefit()), pounds("10000"));
}

/// Beta is 70% capital: 14,000 of 20,000; the rest of 40,000 is revenue.
#[test]
fn capital_is_a_share_of_beta() {
    let case = one_stream(TEMPORARY);
    assert_eq!(case.cash("o", |p| p.treatment == Treatment::Capital), pounds("14000"));
    assert_eq!(case.cash("o", |p| p.treatment == Treatment::Revenue), pounds("26000"));
    // At 80% attributable: 11,200. Not capitalised at all: 0.
    let text = one_stream_text(TEMPORARY, SERVICE);
    let eighty = text.replace("members =", "attributable = \"80%\"\nmembers =");
    assert_eq!(run(&eighty).cash("o", |p| p.treatment == Treatment::Capital), pounds("11200"));
    let none = text.replace("[service.s]", "[service.s]\ncapitalise = false");
    assert_eq!(run(&none).cash("o", |p| p.treatment == Treatment::Capital), Decimal::ZERO);
}

/// A standing team and a project of the same staff cost the same, to the penny, up to go-live.
#[test]
fn with_every_mechanism_off_the_funding_model_makes_no_difference() {
    let (team, project) = (one_stream(PERSISTENT), one_stream(TEMPORARY));
    assert_eq!(team.lives("o"), project.lives("o"));
    let until_live = |case: &wholelife::report::Case| {
        let postings = case.run.ledger.postings.iter().filter(|p| p.month < 4);
        postings.map(|p| (p.month, p.activity, p.treatment, p.economic, p.financial)).collect::<Vec<_>>()
    };
    assert_eq!(until_live(&team), until_live(&project));
}

/// £9,000 over a lead of three months; work starts in the fourth.
#[test]
fn approval_delays_and_costs() {
    let case = one_stream(&format!("{TEMPORARY}\napproval = {{ lead = \"3 months\", cost = \"£9k\" }}"));
    assert_eq!(case.months("o", Activity::Approval, 4), row(&["3000", "3000", "3000", "0"]));
    assert_eq!(case.months("o", Activity::Discovery, 4), row(&["0", "0", "0", "10000"]));
    assert_eq!(case.lives("o").1, Some(7));
}

/// Without a lead the whole cost falls in the first month.
#[test]
fn approval_without_a_lead_is_paid_at_once() {
    let case = one_stream(&format!("{TEMPORARY}\napproval = {{ cost = \"£9k\" }}"));
    assert_eq!(case.months("o", Activity::Approval, 2), row(&["9000", "0"]));
}

/// Work starts in month 2; reviews each twelve months after: months 14 and 26 of 36.
#[test]
fn reviews_come_round_while_the_stream_runs() {
    let case = one_stream(&format!(
        "{PERSISTENT}\napproval = {{ lead = \"2 months\", cost = \"£0\" }}\n\
         review = {{ every = \"12 months\", cost = \"£1k\" }}"
    ));
    let months: Vec<usize> = case
        .months("o", Activity::Review, 36)
        .iter()
        .enumerate()
        .filter_map(|(m, amount)| (!amount.is_zero()).then_some(m))
        .collect();
    assert_eq!(months, [14, 26]);
    assert_eq!(case.cash("o", |p| p.activity == Activity::Review), pounds("2000"));
}

/// `ramp(k) = 0.2 + 0.8 x min(1, (k + 0.5) / 4)` = 0.3, 0.5, 0.7, 0.9, 1. Forming is paid (1 - ramp) of
/// 10,000. Work done by the end of each month: 0.3, 0.8, 1.5, 2.4, 3.4, 4.4: live in month 6.
#[test]
fn a_new_team_forms() {
    let case = one_stream(&format!("{TEMPORARY}\nforming = {{ time = \"4 months\", from = \"20%\" }}"));
    let forming = case.months("o", Activity::Forming, 5);
    assert_eq!(forming, row(&["7000", "5000", "3000", "1000", "0"]));
    assert_eq!(case.lives("o").1, Some(6));
    // Discovery's team-month takes 0.3 + 0.5 + 0.2 of the first three months' 0.3, 0.5 and 0.7.
    assert_eq!(case.months("o", Activity::Discovery, 4), row(&["3000", "5000", "2000", "0"]));
}

/// Output 1, 1, then 1.5 a month: 4 are done in month 3 with 1 to spare, which is two thirds of the month.
#[test]
fn a_settled_team_does_more() {
    let case = one_stream(&format!("{PERSISTENT}\nsettled = {{ after = \"2 months\", gain = \"50%\" }}"));
    assert_eq!(case.lives("o").1, Some(4));
    assert_eq!(case.months("o", Activity::Idle, 5), row(&["0", "0", "0", "6666.67", "10000"]));
}

/// Two teams at work, each at 1 - 10% x (2 - 1) = 0.9: 1.8 team-months take two months; alone, 1.8 months.
/// When the short stream is gone the other works at 1 again.
#[test]
fn teams_get_in_each_others_way() {
    let text = format!(
        "{WORLD}\n[approach.a]\nkind = \"temporary\"\nteam = \"one\"\ncoordination = \"10%\"\n\
         [service.s]\neffort = {{ beta = \"2.8 team-months\" }}\nrun = \"£0 a year\"\nupkeep = \"0 team-months a year\"\n\
         [service.t]\neffort = {{ beta = \"1.8 team-months\" }}\nrun = \"£0 a year\"\nupkeep = \"0 team-months a year\"\n\
         [option.o]\nname = \"O\"\n\
         [option.o.stream.x]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"2026-04\"\n\
         [option.o.stream.y]\napproach = \"a\"\nservices = [\"t\"]\nstart = \"2026-04\"\n"
    );
    let case = run(&text);
    let live: Vec<_> = case.run.sheets[0].lives.iter().map(|life| life.live).collect();
    // s: 0.9 + 0.9 + 1.0 = 2.8, so its third month is full and it is live in month 3.
    assert_eq!(live, [Some(3), Some(2)]);
    assert_eq!(case.months("o", Activity::Beta, 4), row(&["20000", "20000", "10000", "0"]));
}

/// Half the capacity goes to other things: four team-months take eight, all of it booked to the work.
#[test]
fn utilisation_stretches_the_work() {
    let case = one_stream(&format!("{TEMPORARY}\nutilisation = \"50%\""));
    assert_eq!(case.lives("o").1, Some(8));
    assert_eq!(case.cash("o", |_| true), pounds("80000"));
}

/// 20% of posts vacant, half of those covered at £20,000 a head: 8,000 + 0.2 x 0.5 x 20,000 = 10,000 a month;
/// output 1 - 0.2 x 0.5 = 0.9. Work done: 0.9, 1.8, 2.7, 3.6, 4.5: five months.
#[test]
fn vacancies_cost_and_slow() {
    let text = one_stream_text(
        &format!("{TEMPORARY}\nvacancies = {{ rate = \"20%\", cover = \"50%\", team = \"dear\" }}"),
        "[role.dear]\ncost = \"£240k\"\n[team.dear]\nmembers = { dear = 2 }\n",
    );
    let case = run(&text.replace("[option.o]", &format!("{SERVICE}\n[option.o]")));
    assert_eq!(case.lives("o").1, Some(5));
    assert_eq!(case.cash("o", |_| true), pounds("50000"));
}

/// A quarter more than estimated: five months.
#[test]
fn overrun_is_more_of_the_same_work() {
    let case = one_stream(&format!("{TEMPORARY}\noverrun = \"25%\""));
    assert_eq!(case.lives("o").1, Some(5));
    assert_eq!(case.cash("o", |p| p.activity == Activity::Beta), pounds("25000"));
}

/// Half the effort is done at the end of month 1: released 0.5 in month 2, 0.75 in 3, all from 4.
#[test]
fn incremental_release_gives_part_of_the_benefit_early() {
    let benefit = "\n[service.s.benefit.b]\nvalue = \"£12k a month\"\nkind = \"cash-releasing\"\n";
    let approach = format!("{TEMPORARY}\nrelease = {{ pattern = \"incremental\", first = \"50%\" }}");
    let case = run(&one_stream_text(&approach, &format!("{SERVICE}{benefit}")));
    assert_eq!(case.lives("o"), (Some(2), Some(4)));
    assert_eq!(case.months("o", Activity::Benefit, 5), row(&["0", "0", "6000", "9000", "12000"]));
    let single = run(&one_stream_text(TEMPORARY, &format!("{SERVICE}{benefit}")));
    assert_eq!(single.months("o", Activity::Benefit, 5), row(&["0", "0", "0", "0", "12000"]));
}

/// A temporary team stays two months after completion in month 3, at full cost and without output. Upkeep of
/// a team-month a month is paid from go-live in month 4. Gone in month 6, upkeep works at
/// 1 - 0.4 x (1 - (j + 0.5) / 4) = 0.65, 0.75, 0.85, 0.95, then 1, so D at the start of months 7 to 10 is
/// 0.35, 0.60, 0.75, 0.80 twelfths, and run cost of 1,000 x (1 + 12% x D) is 1,003.50, 1,006.00, 1,007.50,
/// 1,008.00.
#[test]
fn handover_loses_grasp_for_a_while() {
    let approach = format!(
        "{TEMPORARY}\nhandover = {{ overlap = \"2 months\", loss = \"40%\", recovery = \"4 months\" }}\n\
         upkeep = {{ coverage = \"100%\", team = \"one\" }}"
    );
    let service = SERVICE
        .replace("\"0 team-months a year\"", "\"12 team-months a year\"\nneglect = { run_cost = \"12%\" }")
        .replace("\"£0 a year\"", "\"£12k a year\"");
    let case = run(&one_stream_text(&approach, &service));
    assert_eq!(case.months("o", Activity::Handover, 7), row(&["0", "0", "0", "0", "10000", "10000", "0"]));
    assert_eq!(case.months("o", Activity::Upkeep, 6), row(&["0", "0", "0", "0", "10000", "10000"]));
    let run_cost = case.months("o", Activity::Run, 12);
    assert_eq!(run_cost[4..11], row(&["1000", "1000", "1000", "1003.50", "1006", "1007.50", "1008"]));
    assert_eq!(run_cost[11], pounds("1008"));
}

/// 60% of a team-month a month, by a team at half the pace: 0.6 / 0.5 x 10,000 = 12,000 a month. D grows by
/// 0.4 / 12 a month: after 12 months run cost is 1,000 x (1 + 12% x 0.4) = 1,048.
#[test]
fn upkeep_that_is_not_paid_for_leaves_neglect() {
    let approach = format!("{TEMPORARY}\nupkeep = {{ coverage = \"60%\", team = \"slow\" }}");
    let service = format!(
        "[team.slow]\nmembers = {{ worker = 1 }}\npace = \"50%\"\n{}",
        SERVICE
            .replace(
                "\"0 team-months a year\"",
                "\"12 team-months a year\"\nneglect = { run_cost = \"12%\" }"
            )
            .replace("\"£0 a year\"", "\"£12k a year\"")
    );
    let case = run(&one_stream_text(&approach, &service));
    assert_eq!(case.months("o", Activity::Upkeep, 6)[3..], row(&["0", "12000", "12000"]));
    assert_eq!(case.months("o", Activity::Run, 17)[16], pounds("1048"));
}

/// Live in month 4, renewed twelve months later with a quarter of four team-months: month 16, in which D is
/// 12 x 1/12 = 1. The renewal resets it; the next is due twelve months after completion, in month 29.
#[test]
fn renewal_cures_neglect() {
    let approach = format!("{TEMPORARY}\nrenewal = {{ every = \"12 months\", effort = \"25%\" }}");
    let service = SERVICE
        .replace("\"0 team-months a year\"", "\"12 team-months a year\"\nneglect = { run_cost = \"12%\" }")
        .replace("\"£0 a year\"", "\"£12k a year\"");
    let case = run(&one_stream_text(&approach, &service));
    let renewal = case.months("o", Activity::Renewal, 36);
    let months: Vec<usize> = (0..36).filter(|&m| !renewal[m].is_zero()).collect();
    assert_eq!(months, [16, 29]);
    assert_eq!(case.cash("o", |p| p.activity == Activity::Renewal), pounds("20000"));
    let run_cost = case.months("o", Activity::Run, 19);
    // D = 1 at the start of month 16, 0 at 17, a twelfth at 18.
    assert_eq!(run_cost[16..19], row(&["1120", "1000", "1010"]));
}

/// Live in month 4, renewed from month 16 with all of four team-months; but the service ends after month 17, and its
/// renewal with it: two months at 10,000.
#[test]
fn what_has_ended_is_not_renewed_further() {
    let approach = format!("{TEMPORARY}\nrenewal = {{ every = \"12 months\", effort = \"100%\" }}");
    let case = run(&one_stream_text(&approach, &format!("{SERVICE}to = \"2027-09\"\n")));
    let renewal = case.months("o", Activity::Renewal, 36);
    assert_eq!(renewal[15..19], row(&["0", "10000", "10000", "0"]));
    assert_eq!(renewal.iter().sum::<Decimal>(), pounds("20000"));
}

/// Half of four done after month 1; three months at 40% of 10,000; then half of the two done is lost, so that
/// three are left: months 5, 6, 7, live in 8.
#[test]
fn a_stall_costs_time_money_and_work() {
    let stall = "stall = { after = \"50%\", pause = \"3 months\", standing = \"40%\", lost = \"50%\" }";
    let case = one_stream(&format!("{TEMPORARY}\n{stall}"));
    assert_eq!(case.months("o", Activity::Stalled, 6), row(&["0", "0", "4000", "4000", "4000", "0"]));
    assert_eq!(case.lives("o").1, Some(8));
    assert_eq!(case.cash("o", |_| true), pounds("62000"));
    // Each phase done loses half alike: half of discovery and half of alpha are done again in month 5.
    assert_eq!(case.months("o", Activity::Discovery, 6)[5], pounds("5000"));
    assert_eq!(case.months("o", Activity::Alpha, 6)[5], pounds("5000"));
    assert_eq!(case.run.sheets[0].losses.len(), 1);
}

/// At a chance of half or less the central run has no stall.
#[test]
fn an_unlikely_stall_does_not_happen_in_the_central_run() {
    for (chance, live) in [("50%", 4), ("51%", 8)] {
        let stall = format!(
            "stall = {{ after = \"50%\", pause = \"3 months\", standing = \"40%\", lost = \"50%\", chance = \"{chance}\" }}"
        );
        assert_eq!(one_stream(&format!("{TEMPORARY}\n{stall}")).lives("o").1, Some(live), "{chance}");
    }
}

/// Done in month 3, two months' notice: the last month is 5, with £5,000 for its one head.
#[test]
fn a_standing_team_stands_down() {
    let case = one_stream(&format!(
        "{PERSISTENT}\nstand_down = {{ when = \"done\", notice = \"2 months\", cost = \"£5k\" }}"
    ));
    assert_eq!(case.months("o", Activity::StandDown, 7), row(&["0", "0", "0", "0", "0", "5000", "0"]));
    assert_eq!(case.cash("o", |p| p.activity != Activity::StandDown), pounds("60000"));
    let dated = one_stream(&format!("{PERSISTENT}\nstand_down = {{ when = \"2026-05\", cost = \"£5k\" }}"));
    assert_eq!(dated.cash("o", |_| true), pounds("25000"));
    assert_eq!(dated.lives("o").1, None);
}

/// Upkeep that another stream takes over goes on; else it stops, and neglect begins.
#[test]
fn upkeep_passes_to_the_stream_that_takes_over() {
    let with = |to: &str| {
        format!(
            "{WORLD}\n[approach.a]\nkind = \"persistent\"\nteam = \"one\"\n\
             [service.s]\neffort = {{ beta = \"1 team-month\" }}\nrun = \"£12k a year\"\n\
             upkeep = \"12 team-months a year\"\nneglect = {{ run_cost = \"12%\" }}\n\
             [service.t]\neffort = {{ beta = \"1 team-month\" }}\nrun = \"£0 a year\"\nupkeep = \"0 team-months a year\"\n\
             [option.o]\nname = \"O\"\n\
             [option.o.stream.x]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"2026-04\"\n\
             stand_down = {{ when = \"2026-07\"{to} }}\n\
             [option.o.stream.y]\napproach = \"a\"\nservices = [\"t\"]\nstart = \"2026-04\"\n"
        )
    };
    let kept = run(&with(", to = \"y\""));
    assert_eq!(
        kept.months("o", Activity::Upkeep, 6),
        row(&["0", "10000", "10000", "10000", "10000", "10000"])
    );
    assert_eq!(kept.months("o", Activity::Run, 24)[23], pounds("1000"));
    let left = run(&with(""));
    assert_eq!(left.months("o", Activity::Upkeep, 5), row(&["0", "10000", "10000", "10000", "0"]));
    // Unkept from month 4: D = 12 / 12 at the start of month 16.
    assert_eq!(left.months("o", Activity::Run, 17)[16], pounds("1120"));
}

/// A second stream waits for the first one's first release (month 2) and one month more.
#[test]
fn a_stream_can_wait_for_another() {
    let text = |after: &str| {
        format!(
            "{WORLD}\n[approach.a]\nkind = \"temporary\"\nteam = \"one\"\n\
             release = {{ pattern = \"incremental\", first = \"50%\" }}\nhandover = {{ overlap = \"1 month\" }}\n{SERVICE}\
             [service.t]\neffort = {{ beta = \"1 team-month\" }}\nrun = \"£0 a year\"\nupkeep = \"0 team-months a year\"\n\
             [option.o]\nname = \"O\"\n\
             [option.o.stream.x]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"2026-04\"\n\
             [option.o.stream.y]\napproach = \"a\"\nservices = [\"t\"]\nstart = {{ {after} }}\n"
        )
    };
    // First release in month 2, live in 4, hand-over in 4, so the end is month 5.
    let starts = [
        ("after = \"x\", event = \"first release\"", 2),
        ("after = \"s\", event = \"first release\", plus = \"1 month\"", 3),
        ("after = \"s\", event = \"live\"", 4),
        ("after = \"x\", event = \"live\"", 4),
        ("after = \"x\", event = \"end\"", 5),
    ];
    for (after, month) in starts {
        let case = run(&text(after));
        assert_eq!(case.run.sheets[0].courses[1].work, Some(month), "{after}");
        assert_eq!(case.run.sheets[0].lives[1].live, Some(month + 1), "{after}");
    }
}
