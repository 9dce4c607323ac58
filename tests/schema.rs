//! The published schemas in `docs/schema` hold what the command writes, and nothing else: every field is told
//! there, and an output with a field more or less fails.

#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

use crate::shared::{Scenario, gallery, shipped};

/// The schemas, read from the files that are published.
struct Published {
    schemas: Schemas,
    compiler: Compiler,
}

impl Published {
    fn new() -> Self {
        Self { schemas: Schemas::new(), compiler: Compiler::new() }
    }

    fn schema(&mut self, name: &str) -> SchemaIndex {
        let path = folder().join(format!("{name}.json"));
        let place = path.to_str().expect("text");
        self.compiler.compile(place, &mut self.schemas).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    fn holds(&mut self, name: &str, text: &str, whose: &str) {
        let value: Value = serde_json::from_str(text).expect("JSON");
        let schema = self.schema(name);
        let held = self.schemas.validate(&value, schema);
        assert!(held.is_ok(), "{whose} is not as {name}.json says: {:#}", held.expect_err("checked"));
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema")
}

fn scenarios() -> Vec<Scenario> {
    shipped().iter().map(|name| Scenario::shipped(name)).chain(gallery()).collect()
}

/// A folder with a scenario, its tables, and a copy of it.
fn with_copy(scenario: &Scenario) -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    let file = format!("{}.toml", scenario.name);
    for entry in fs::read_dir(&scenario.folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name == file || path.extension().is_some_and(|ending| ending == "csv") {
            fs::copy(&path, desk.path().join(&name)).expect("a copy");
        }
    }
    fs::copy(desk.path().join(&file), desk.path().join("copy.toml")).expect("a copy");
    desk
}

#[test]
fn comparisons_and_tables_are_as_published() {
    let mut published = Published::new();
    for scenario in scenarios() {
        let name = &scenario.name;
        published.holds("comparison", &scenario.run(&["compare", "--format", "json"]), name);
        for command in ["ledger", "statements", "sensitivity"] {
            published.holds("tables", &scenario.run(&[command, "--format", "json"]), name);
        }
        let schedules = ["compare", "--discount", "green-book-2026", "--format", "json"];
        published.holds("comparison", &scenario.run(&schedules), name);
        // With a copy of itself: every option and fund is shared, and all terms are alike.
        let desk = with_copy(&scenario);
        let beside = Scenario { name: name.clone(), folder: desk.path().to_owned() };
        let told = beside.run(&["compare", "copy.toml", "--format", "json"]);
        published.holds("comparison", &told, name);
        let value: Value = serde_json::from_str(&told).expect("JSON");
        let options = value["files"][0]["comparison"]["options"].as_object().expect("options").len();
        assert_eq!(value["portfolio"]["totals"].as_array().map(Vec::len), Some(options), "{name}");
        let switching = scenario.output(&["switching", "--format", "json"]);
        let told = String::from_utf8_lossy(&switching.stderr);
        if switching.status.success() {
            published.holds("tables", &String::from_utf8_lossy(&switching.stdout), name);
        } else {
            assert!(told.contains("there is only one option"), "{name}: {told}");
        }
    }
}

#[test]
fn simulations_are_as_published() {
    let mut published = Published::new();
    for scenario in scenarios() {
        let told = scenario.run(&["simulate", "-n", "40", "--format", "json"]);
        published.holds("simulation", &told, &scenario.name);
    }
}

#[test]
fn bridges_and_differences_are_as_published() {
    let mut published = Published::new();
    let patient_access = Scenario::shipped("patient-access");
    let bridge = ["bridge", "--from", "project", "--via", "staged", "--to", "team", "--format", "json"];
    published.holds("bridge", &patient_access.run(&bridge), "a bridge");
    let desk = tempfile::tempdir().expect("a folder");
    let other = desk.path().join("other.toml");
    let text = fs::read_to_string(patient_access.folder.join("patient-access.toml")).expect("the scenario");
    fs::write(&other, text.replace("£380k a year", "£300k a year")).expect("written");
    let diff = ["diff", other.to_str().expect("text"), "--format", "json"];
    published.holds("diff", &patient_access.run(&diff), "a difference");
}

#[test]
fn findings_are_as_published() {
    let mut published = Published::new();
    for scenario in scenarios() {
        let told = scenario.output(&["check", "--format", "json"]).stdout;
        published.holds("check", &String::from_utf8_lossy(&told), &scenario.name);
    }
    let errors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let faulty = Scenario { name: "ten-faults".to_owned(), folder: errors };
    let told = faulty.output(&["check", "--format", "json"]).stdout;
    published.holds("check", &String::from_utf8_lossy(&told), "ten faults");
}

#[test]
fn the_files_of_a_report_are_as_published() {
    let mut published = Published::new();
    let desk = tempfile::tempdir().expect("a folder");
    for scenario in gallery() {
        let out = desk.path().join(&scenario.name);
        scenario.run(&["report", "-o", out.to_str().expect("text")]);
        for (schema, file) in [("comparison", "summary.json"), ("manifest", "manifest.json")] {
            let text = fs::read_to_string(out.join(file)).expect("the file");
            published.holds(schema, &text, &scenario.name);
        }
    }
}

/// A schema that lets other fields pass would let it and the outputs drift apart unseen.
#[test]
fn schemas_refuse_what_they_do_not_tell() {
    let mut published = Published::new();
    let told = Scenario::shipped("seven-inputs").run(&["compare", "--format", "json"]);
    let value: Value = serde_json::from_str(&told).expect("JSON");
    let schema = published.schema("comparison");
    let refused = |value: &Value| published.schemas.validate(value, schema).is_err();
    assert!(!refused(&value));
    for place in ["", "/programme", "/options/keep", "/options/keep/payback", "/difference"] {
        let mut more = value.clone();
        more.pointer_mut(place)
            .and_then(Value::as_object_mut)
            .expect("an object")
            .insert("x".into(), 1.into());
        assert!(refused(&more), "{place}");
    }
    let mut less = value.clone();
    less.as_object_mut().expect("an object").remove("findings");
    assert!(refused(&less));
    let mut number = value;
    number["options"]["keep"]["npsv"] = 1.5.into();
    assert!(refused(&number), "money is text: a number would lose pennies");
    for entry in fs::read_dir(folder()).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text: Value = serde_json::from_str(&fs::read_to_string(&path).expect("a file")).expect("JSON");
        closed(&name, &text);
    }
}

/// Every object with fields is closed, or says what keys of the user's choosing hold.
fn closed(place: &str, schema: &Value) {
    if let Some(fields) = schema.get("properties").filter(|fields| fields.is_object())
        && schema.get("type").is_some()
    {
        let more = &schema["additionalProperties"];
        let told = more.as_object().is_some_and(|more| !more.is_empty());
        assert!(*more == Value::Bool(false) || told, "{place}: {fields}");
    }
    match schema {
        Value::Object(fields) => {
            for (key, inner) in fields {
                closed(&format!("{place}/{key}"), inner);
            }
        }
        Value::Array(items) => items.iter().for_each(|inner| closed(place, inner)),
        _ => {}
    }
}
