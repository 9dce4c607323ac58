//! The reader on whole scenarios: what it makes of them, and that nothing makes it panic.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use wholelife::diagnostic::{Code, Severity};
use wholelife::export::diagnostics::render;
use wholelife::id::{InputId, OrganisationId};
use wholelife::ledger::Activity;
use wholelife::scenario::{
    Amount, Estimate, Flow, Origin, Reading, Request, Residual, Scenario, Shares, UpliftOf, read,
};

const PATIENT_ACCESS: &str = include_str!("../scenarios/patient-access.toml");

/// What a blended programme of three organisations may say of its money.
const SHARED: &str = r#"
[programme]
name = "Shared"
organisation = "Trust B"
start = "2026-04"
years = 4
residual = "straight-line"

[organisation.trust-a]
name = "Trust A"
[organisation.trust-b]
name = "Trust B"
[organisation.charity]
public = false

[role]
developer = { band = "7" }
[team.product]
members = { developer = 6 }
[approach.team]
kind = "persistent"
team = "product"

[post.cdio]
role = { salary = "£131,964" }
shares = { trust-a = "60%", trust-b = "40%" }

[service.booking]
effort = { beta = "9 team-months" }
shares = { trust-a = "33.333333333%", trust-b = "33.333333333%", charity = "33.333333334%" }
[service.booking.cost.kit]
amount = "£40k"
[service.booking.cost.own]
amount = "£40k"
shares = { charity = "100%" }

[cost.licence]
amount = "£40k"
category = "licence"
treatment = "capital"
written_off = "2028-10"
[cost.rows]
table = "rows.csv"
written_off = "2027-04"
shares = { trust-b = { low = "20%", likely = "30%", high = "50%" }, trust-a = "70%" }
[benefit.savings]
amount = "£40k a year"
kind = "cash-releasing"
shares = { trust-a = "100%" }

[optimism_bias]
beta = { uplift = "200%", mitigation = { low = "40%", likely = "60%", high = "70%" } }
licence = "10%"
run = { uplift = { value = "5%", source = "our own record" } }
alpha = { low = "10%", likely = "20%", high = "40%" }

[contingency]
licence = "5%"
pay = { value = "3%", owner = "Finance" }

[fund.ours]
kind = "capital"
by_year = { "2026-27" = "£1m" }
organisation = "trust-a"
[fund.anyones]
kind = "revenue"
by_year = { "2026-27" = "£1m" }

[option.team.stream.first]
approach = "team"
services = ["booking"]
start = "2026-04"
shares = { trust-b = "100%" }
[option.team.cost.move]
amount = "£40k"
shares = { trust-a = "50%", charity = "50%" }
"#;

const ROWS: &str = "name,kind,treatment,2026-27\nKit,cost,capital,£40k\nCables,cost,revenue,£40k\n";

fn reading(text: &str, set: &[&str]) -> Reading {
    let set: Vec<String> = set.iter().map(|&argument| argument.to_owned()).collect();
    read(&Request { name: "test.toml", text, set: &set, tables: &|_| Err("there are no tables".to_owned()) })
}

fn patient_access(set: &[&str]) -> Scenario {
    let reading = reading(PATIENT_ACCESS, set);
    let rendered = render(&reading.diagnostics, &reading.sources, false);
    assert!(reading.diagnostics.is_empty(), "{rendered}");
    reading.scenario.expect("a scenario")
}

fn central(scenario: &Scenario, key: &str) -> String {
    let input = scenario.inputs.iter().find(|input| input.key == key);
    let input = input.unwrap_or_else(|| unreachable!("no input {key}"));
    input.estimate.central().normalize().to_string()
}

#[test]
fn patient_access_reads_without_a_word() {
    let scenario = patient_access(&[]);
    let ids: Vec<&str> = scenario.options.iter().map(|option| option.id.as_str()).collect();
    assert_eq!(ids, ["baseline", "team", "project", "staged"]);
    let cases = [
        ("service.booking.effort.beta", "9"),
        ("service.booking.legacy.growth", "0.04"),
        ("service.messages.benefit.postage.value", "380000"),
        ("approach.project.approval.lead", "15"),
        ("approach.project.stall.chance", "0"),
        ("option.team.stream.second.stand_down.notice", "24"),
        ("role.developer.band", "56515"),
        ("role.contract-developer.day_rate", "500"),
        ("service.messages.life", "60"),
        ("parameter.vat.standard", "0.2"),
        ("fund.digital-revenue.by_year.amount", "2100000"),
    ];
    for (key, value) in cases {
        assert_eq!(central(&scenario, key), value, "{key}");
    }
}

#[test]
fn every_input_has_a_key_of_its_own() {
    let scenario = patient_access(&[]);
    let mut keys: Vec<&str> = scenario.inputs.iter().map(|input| input.key.as_str()).collect();
    keys.sort_unstable();
    assert!(keys.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn an_override_replaces_what_is_written_or_defaulted() {
    let scenario = patient_access(&[
        "service.booking.effort.beta=12 team-months",
        "service.messages.life=\"7 years\"",
        "service.booking.benefit.missed-appointments.value.likely=£950k a year",
        "post.ccio.fte=0.5",
        "programme.years=15",
        "parameter.vat.standard=17.5%",
        "index.cloud.growth=2%",
    ]);
    assert_eq!(central(&scenario, "service.booking.effort.beta"), "12");
    assert_eq!(central(&scenario, "service.messages.life"), "84");
    assert_eq!(central(&scenario, "service.booking.benefit.missed-appointments.value"), "950000");
    assert_eq!(central(&scenario, "post.ccio.fte"), "0.5");
    assert_eq!(scenario.programme.horizon.months(), 180);
    assert_eq!(central(&scenario, "parameter.vat.standard"), "0.175");
    assert_eq!(central(&scenario, "index.cloud.growth"), "0.02");
}

#[test]
fn a_streams_own_keys_lie_over_its_approachs_key_by_key() {
    let scenario = patient_access(&["option.project.stream.triage.handover.overlap=1 month"]);
    let streams = &scenario.options[2].streams;
    let key = |id: InputId| scenario.inputs[id.place()].key.as_str();
    let [access, triage] = [&streams[0].mechanisms.handover, &streams[1].mechanisms.handover];
    assert_eq!(key(access.overlap), "approach.project.handover.overlap");
    assert_eq!(key(triage.overlap), "option.project.stream.triage.handover.overlap");
    assert_eq!(access.loss, triage.loss);
}

#[test]
fn the_stall_of_an_approach_is_a_chance_of_one() {
    let scenario = patient_access(&[]);
    let stall = scenario.options[2].streams[0].mechanisms.stall.expect("a stall");
    let input = &scenario.inputs[stall.happens.place()];
    let Estimate::Chance { chance, then, otherwise } = input.estimate else { unreachable!("a chance") };
    assert_eq!([chance, then, otherwise].map(|n| n.to_string()), ["0.15", "1", "0"]);
    assert!(matches!(input.origin, Origin::Written(_)));
}

#[test]
fn tables_nested_beyond_reason_do_not_exhaust_the_stack() {
    let dots = "a.".repeat(70) + "a";
    let braces = format!("{dots} = {{ ").repeat(79) + &"}".repeat(79);
    for text in
        [braces.clone(), "[".repeat(100_000), "a.".repeat(500_000), format!("x = {}", "{a=".repeat(50_000))]
    {
        let reading = reading(&text, &[]);
        assert!(reading.diagnostics.iter().any(|d| d.severity == Severity::Error));
    }
    assert!(reading(&braces, &[]).diagnostics.iter().any(|d| d.code == Code::TooLarge));
}

#[test]
fn a_table_read_from_a_file_gives_a_line_a_row() {
    let text = "[programme]\nname = \"T\"\nstart = \"2026-04\"\nyears = 2\n[option.a]\n\
                [cost.estates]\ntable = \"t.csv\"\nunit = \"£000\"\ntreatment = \"capital\"\n";
    let csv = "name,kind,treatment,2026-27,2027-28\n\"Hosting, cloud\",cost,revenue,\"1,250\",\n\
               Savings,cash-releasing,,£2m,-0.5\nKit,,,,3\n";
    let tables = |_: &str| Ok(csv.into());
    let set = ["cost.estates.kit.2027-28=£4k".to_owned()];
    let reading = read(&Request { name: "t", text, set: &set, tables: &tables });
    let rendered = render(&reading.diagnostics, &reading.sources, false);
    let scenario = reading.scenario.unwrap_or_else(|| unreachable!("{rendered}"));
    let keys: Vec<&str> = scenario.lines.iter().map(|line| line.key.as_str()).collect();
    assert_eq!(keys, ["cost.estates.hosting-cloud", "cost.estates.savings", "cost.estates.kit"]);
    assert_eq!(central(&scenario, "cost.estates.hosting-cloud.2026-27"), "1250000");
    assert_eq!(central(&scenario, "cost.estates.savings.2026-27"), "2000000");
    assert_eq!(central(&scenario, "cost.estates.savings.2027-28"), "-500");
    assert_eq!(central(&scenario, "cost.estates.kit.2027-28"), "4000");
}

fn published(name: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let text = fs::read_to_string(folder.join(format!("{name}.toml"))).expect("a scenario");
    let tables = |file: &str| fs::read(folder.join(file)).map_err(|error| error.to_string());
    let reading = read(&Request { name, text: &text, set: &[], tables: &tables });
    let rendered = render(&reading.diagnostics, &reading.sources, false);
    assert!(reading.diagnostics.is_empty(), "{rendered}");
    reading.scenario.expect("a scenario")
}

#[test]
fn the_published_programmes_read_without_a_word() {
    for name in ["govuk-verify", "council-corporate-systems", "wokingham-21st-century-council"] {
        published(name);
    }
}

#[test]
fn wokinghams_plan_has_the_totals_that_were_published() {
    let scenario = published("wokingham-21st-century-council");
    let sum = |ids: Vec<InputId>| -> i64 {
        ids.iter().map(|id| scenario.inputs[id.place()].estimate.central().mantissa() as i64).sum()
    };
    let costs: Vec<i64> = scenario
        .lines
        .iter()
        .map(|line| match &line.amount {
            Amount::ByYear(years) => sum(years.iter().map(|&(_, id)| id).collect()),
            other => unreachable!("{other:?}"),
        })
        .collect();
    assert_eq!(costs, [4_329_000, 3_708_000]);
    let funds: Vec<i64> =
        scenario.funds.iter().map(|fund| sum(fund.by_year.iter().map(|&(_, id)| id).collect())).collect();
    assert_eq!(funds, [4_329_000, 710_000, 1_000_000, 1_998_000]);
    // 2018-19, from the paper: 0 of capital; 0, 500 and 1,000 of revenue.
    let last: Vec<i64> = scenario.funds.iter().map(|fund| sum(vec![fund.by_year[2].1])).collect();
    assert_eq!(last, [0, 0, 500_000, 1_000_000]);
}

fn shared(set: &[&str]) -> Scenario {
    let set: Vec<String> = set.iter().map(|&argument| argument.to_owned()).collect();
    let reading = read(&Request { name: "shared", text: SHARED, set: &set, tables: &|_| Ok(ROWS.into()) });
    let rendered = render(&reading.diagnostics, &reading.sources, false);
    assert!(reading.diagnostics.is_empty(), "{rendered}");
    reading.scenario.expect("a scenario")
}

/// Shares as the name of the organisation and the key of the input.
fn told<'s>(scenario: &'s Scenario, shares: &Shares) -> Vec<(&'s str, &'s str)> {
    let name = |id: OrganisationId| scenario.organisations[id.place()].id.as_str();
    shares.iter().map(|&(who, share)| (name(who), scenario.inputs[share.place()].key.as_str())).collect()
}

#[test]
fn the_programmes_own_organisation_comes_first() {
    for (own, order) in [
        ("Trust B", ["trust-b", "trust-a", "charity"]),
        ("charity", ["charity", "trust-a", "trust-b"]),
        ("trust-a", ["trust-a", "trust-b", "charity"]),
    ] {
        let scenario = shared(&[&format!("programme.organisation={own}")]);
        let ids: Vec<&str> = scenario.organisations.iter().map(|o| o.id.as_str()).collect();
        assert_eq!(ids, order);
        assert_eq!(scenario.programme.organisation, scenario.organisations[0].name);
        let private: Vec<&str> =
            scenario.organisations.iter().filter(|o| !o.public).map(|o| o.id.as_str()).collect();
        assert_eq!(private, ["charity"]);
        // Whatever the order, shares and funds keep to their organisation.
        assert_eq!(told(&scenario, &scenario.posts[0].shares)[0].0, "trust-a");
        let fund = scenario.funds[0].organisation.expect("an organisation");
        assert_eq!(scenario.organisations[fund.place()].id, "trust-a");
        assert_eq!(scenario.funds[1].organisation, None);
    }
}

#[test]
fn with_none_declared_there_is_one_organisation() {
    let scenario = patient_access(&[]);
    let [only] = scenario.organisations.as_slice() else { unreachable!("one organisation") };
    assert_eq!(
        (only.id.as_str(), only.name.as_str(), only.public),
        ("", "Example NHS Foundation Trust", true)
    );
}

#[test]
fn shares_are_inputs_of_whatever_is_shared() {
    let scenario = shared(&["post.cdio.shares.trust-a=75%", "post.cdio.shares.trust-b=25%"]);
    let cdio = told(&scenario, &scenario.posts[0].shares);
    assert_eq!(cdio, [("trust-a", "post.cdio.shares.trust-a"), ("trust-b", "post.cdio.shares.trust-b")]);
    assert_eq!(central(&scenario, "post.cdio.shares.trust-a"), "0.75");
    assert_eq!(scenario.services[0].shares.len(), 3);
    let stream = &scenario.options[0].streams[0];
    assert_eq!(told(&scenario, &stream.shares), [("trust-b", "option.team.stream.first.shares.trust-b")]);
    let lines: Vec<(&str, Vec<&str>)> = scenario
        .lines
        .iter()
        .map(|line| {
            (line.key.as_str(), told(&scenario, &line.shares).into_iter().map(|(id, _)| id).collect())
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("service.booking.cost.kit", vec![]),
            ("service.booking.cost.own", vec!["charity"]),
            ("cost.licence", vec![]),
            ("cost.rows.kit", vec!["trust-b", "trust-a"]),
            ("cost.rows.cables", vec!["trust-b", "trust-a"]),
            ("benefit.savings", vec!["trust-a"]),
            ("option.team.cost.move", vec!["trust-a", "charity"]),
        ]
    );
}

#[test]
fn uplifts_are_of_an_activity_or_else_of_a_category() {
    let scenario = shared(&[]);
    let of = |of: UpliftOf| match of {
        UpliftOf::Activity(activity) => activity.word().to_owned(),
        UpliftOf::Category(category) => format!("category {}", scenario.categories[category.place()]),
    };
    let value = |id: InputId| scenario.inputs[id.place()].estimate.central().normalize().to_string();
    let all = scenario.optimism_bias.iter().chain(&scenario.contingency);
    let all: Vec<_> =
        all.map(|uplift| (of(uplift.of), value(uplift.rate), value(uplift.mitigation))).collect();
    let expected = [
        ("beta", "2", "0.6"),
        ("category licence", "0.1", "0"),
        ("run", "0.05", "0"),
        ("alpha", "0.2", "0"),
        ("category licence", "0.05", "0"),
        ("category pay", "0.03", "0"),
    ];
    assert_eq!(all, expected.map(|(of, rate, less)| (of.to_owned(), rate.to_owned(), less.to_owned())));
    for key in ["optimism_bias.beta.uplift", "optimism_bias.beta.mitigation", "optimism_bias.licence"] {
        assert!(scenario.inputs.iter().any(|input| input.key == key), "{key}");
    }
    assert_eq!(scenario.programme.residual, Residual::StraightLine);
    assert_eq!(patient_access(&[]).programme.residual, Residual::None);
}

#[test]
fn every_activity_that_costs_something_takes_an_uplift() {
    for activity in Activity::ALL {
        let set = format!("optimism_bias.{}=10%", activity.word());
        let scenario = reading(PATIENT_ACCESS, &[&set]).scenario;
        let costs = !matches!(activity, Activity::Benefit | Activity::Residual);
        let found = scenario.map(|s| s.optimism_bias.iter().map(|uplift| uplift.of).collect::<Vec<_>>());
        assert_eq!(found, costs.then(|| vec![UpliftOf::Activity(*activity)]), "{set}");
    }
}

#[test]
fn what_the_capital_among_lines_bought_is_written_off() {
    let scenario = shared(&[]);
    for line in &scenario.lines {
        let expected = match line.key.as_str() {
            "cost.licence" => Some("2028-10"),
            "cost.rows.kit" => Some("2027-04"),
            _ => None,
        };
        assert_eq!(line.written_off.map(|month| month.to_string()).as_deref(), expected, "{}", line.key);
        assert!(line.written_off.is_none() || matches!(line.flow, Flow::Cost { .. }));
    }
}

/// Reads and renders: neither may panic, whatever the text.
fn survive(text: &str, csv: &str, set: &[String]) {
    let reading = read(&Request { name: "any", text, set, tables: &|_| Ok(csv.into()) });
    render(&reading.diagnostics, &reading.sources, true);
    assert!(reading.scenario.is_some() || !reading.diagnostics.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived(text in "(?s).{0,400}", set in "(?s).{0,60}") {
        survive(&text, &text, &[set]);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survive(&String::from_utf8_lossy(&bytes), "", &[]);
    }

    #[test]
    fn any_value_of_any_key_is_survived(
        key in prop::sample::select(vec![
            "service.booking.run", "service.booking.effort.beta", "approach.team.forming", "option.team.stream.second.start",
            "cost.integration-engine.amount", "cost.integration-engine.from", "fund.digital-revenue.by_year",
            "programme.start", "programme.years", "programme.prices", "team.product.members.developer", "index.cloud.growth",
            "parameter.vat.standard", "role.developer.band", "service.booking", "option", "option.team.stream.first.services",
            "optimism_bias.beta", "contingency", "post.ccio.shares", "organisation", "capitalisation.beta",
            "cost.integration-engine.written_off", "fund.digital-revenue.organisation", "programme.residual",
        ]),
        value in "([-£]{0,2}[0-9.,]{0,20}[kmbn% ]{0,3}(months|years|team-months| a year)?)|(?s).{0,30}|\\{ (low|likely|chance|growth|after) = \"[0-9%£]{1,6}\" \\}",
    ) {
        survive(PATIENT_ACCESS, "", &[format!("{key}={value}")]);
    }

    #[test]
    fn any_table_is_survived(csv in "(name,kind,2026-27,2027-28\n)?([a-z£0-9,\"%.\n ]{0,12},){0,12}(?s).{0,20}") {
        let text = "[programme]\nname = \"T\"\nstart = \"2026-04\"\n[option.a]\n[cost.x]\ntable = \"t.csv\"\n";
        survive(text, &csv, &[]);
    }

    #[test]
    fn any_mutilation_of_a_scenario_is_survived(
        shared in any::<bool>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, "[\\[\\]{}=\",.#\\\\a-z0-9£%\n -]{0,6}"), 1..6)
    ) {
        let mut text: Vec<char> = if shared { SHARED } else { PATIENT_ACCESS }.chars().collect();
        for (at, length, insert) in cuts {
            let start = at.index(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, insert.chars());
        }
        survive(&text.into_iter().collect::<String>(), ROWS, &[]);
    }
}

#[test]
fn an_approach_of_no_known_kind_is_one_fault() {
    let text = PATIENT_ACCESS.replacen("\"temporary\"", "\"temporal\"", 1);
    let codes: Vec<Code> = reading(&text, &[]).diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::UnknownChoice]);
}
