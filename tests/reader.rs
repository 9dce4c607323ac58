//! The reader on whole scenarios: what it makes of them, and that nothing makes it panic.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use wholelife::diagnostic::{Code, Severity};
use wholelife::export::diagnostics::render;
use wholelife::scenario::{Estimate, Origin, Reading, Request, Scenario, read};

const PATIENT_ACCESS: &str = include_str!("../scenarios/patient-access.toml");

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
    let key = |id: wholelife::id::InputId| scenario.inputs[id.place()].key.as_str();
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
    let tables = |_: &str| Ok(csv.to_owned());
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

#[test]
fn the_published_programmes_read() {
    for name in ["govuk-verify", "council-corporate-systems"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let text = fs::read_to_string(folder.join(format!("{name}.toml"))).expect("a scenario");
        let tables = |file: &str| fs::read_to_string(folder.join(file)).map_err(|error| error.to_string());
        let reading = read(&Request { name, text: &text, set: &[], tables: &tables });
        let rendered = render(&reading.diagnostics, &reading.sources, false);
        assert!(reading.scenario.is_some(), "{rendered}");
    }
}

/// Reads and renders: neither may panic, whatever the text.
fn survive(text: &str, csv: &str, set: &[String]) {
    let reading = read(&Request { name: "any", text, set, tables: &|_| Ok(csv.to_owned()) });
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
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, "[\\[\\]{}=\",.#\\\\a-z0-9£%\n -]{0,6}"), 1..6)
    ) {
        let mut text: Vec<char> = PATIENT_ACCESS.chars().collect();
        for (at, length, insert) in cuts {
            let start = at.index(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, insert.chars());
        }
        survive(&text.into_iter().collect::<String>(), "", &[]);
    }
}

#[test]
fn an_approach_of_no_known_kind_is_one_fault() {
    let text = PATIENT_ACCESS.replacen("\"temporary\"", "\"temporal\"", 1);
    let codes: Vec<Code> = reading(&text, &[]).diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::UnknownChoice]);
}
