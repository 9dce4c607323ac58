//! Where values come from, as the scenario says it: beside a value, in a table around it, at the top of the file.

use wholelife::scenario::{Provenance, Request, Scenario, read};

const FILE: &str = r#"
owner = "Director of Finance"
[programme]
name = "Small"
start = "2026-04"
years = 2
[cost.hosting]
source = "Contract C12, schedule 3"
dated = "2026-02"
by_year = { "2026-27" = "£5k", "2027-28" = { value = "£6k", source = "Supplier's letter", review_by = "2027-01-31" } }
[cost.licences]
amount = { low = "£1k a year", likely = "£2k a year", high = "£4k a year", note = "three quotes" }
[option.only]
"#;

/// The scenario with overrides.
fn scenario(set: &[&str]) -> Scenario {
    let set: Vec<String> = set.iter().map(|&change| change.to_owned()).collect();
    let reading =
        read(&Request { name: "small.toml", text: FILE, set: &set, tables: &|_| Err(String::new()) });
    assert!(reading.diagnostics.is_empty(), "{:#?}", reading.diagnostics);
    reading.scenario.expect("a scenario")
}

fn said(scenario: &Scenario, key: &str) -> Provenance {
    let input = scenario.inputs.iter().find(|input| input.key == key);
    input.expect("an input of that key").provenance.clone()
}

/// The parts that are said, in the order of the structure; nothing where nothing is.
fn texts(said: &Provenance) -> [&str; 6] {
    let parts = [&said.source, &said.owner, &said.dated, &said.review_by, &said.signed_off, &said.note];
    parts.map(|part| part.as_deref().unwrap_or_default())
}

#[test]
fn the_nearest_table_that_says_it_wins_part_by_part() {
    let scenario = scenario(&[]);
    let first = said(&scenario, "cost.hosting.by_year.2026-27");
    assert_eq!(texts(&first), ["Contract C12, schedule 3", "Director of Finance", "2026-02", "", "", ""]);
    let second = said(&scenario, "cost.hosting.by_year.2027-28");
    assert_eq!(texts(&second), ["Supplier's letter", "Director of Finance", "2026-02", "2027-01-31", "", ""]);
    let range = said(&scenario, "cost.licences.amount");
    assert_eq!(texts(&range), ["", "Director of Finance", "", "", "", "three quotes"]);
}

#[test]
fn an_override_is_not_covered_by_what_the_file_says() {
    let scenario = scenario(&["cost.licences.amount=£3k a year"]);
    assert_eq!(said(&scenario, "cost.licences.amount"), Provenance::default());
    assert_eq!(said(&scenario, "cost.hosting.by_year.2026-27").owner.as_deref(), Some("Director of Finance"));
}

#[test]
fn figures_of_the_edition_are_not_covered_either() {
    assert_eq!(said(&scenario(&[]), "parameter.vat.standard"), Provenance::default());
}
