//! The scenario format as data is what the reader reads: no key in one and not in the other, the same defaults. And what
//! is made from it: the JSON Schema takes what the reader takes and sees the faults that a schema can see; the reference
//! shows it. `SNAPSHOTS=overwrite cargo test --test suite format::` writes schema and reference anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas, ValidationError};
use rust_decimal::Decimal;
use serde_json::Value as Json;
use snapbox::{Assert, Data, assert::DEFAULT_ACTION_ENV};
use toml::{Table as Toml, Value};
use wholelife::diagnostic::{Code, Severity};
use wholelife::export::{json, reference, schema};
use wholelife::scenario::format::{Default, NAME, Table, Takes, format};
use wholelife::scenario::{Origin, Reading, Request, read};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The scenario files of a folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

/// Every scenario of the house that can be read.
fn good() -> Vec<PathBuf> {
    let folders = ["scenarios", "tests/rules", "tests/gallery", "tests/format"];
    let mut all: Vec<PathBuf> = folders.iter().flat_map(|folder| files(folder)).collect();
    all.push(root().join("src/cli/starter.toml"));
    all
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// Reads a text, with CSV tables of a folder.
fn reading(text: &str, folder: &Path) -> Reading {
    let tables = |name: &str| fs::read(folder.join(name)).map_err(|fault| fault.to_string());
    read(&Request { name: "scenario.toml", text, set: &[], tables: &tables })
}

/// The schema, ready to judge.
struct Judge {
    schemas: Schemas,
    schema: SchemaIndex,
}

impl Judge {
    fn new() -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("scenario.json", schema::schema(&format())).expect("a schema");
        let schema = compiler.compile("scenario.json", &mut schemas);
        let schema = schema.unwrap_or_else(|fault| panic!("{fault:#}"));
        Self { schemas, schema }
    }

    /// What it refuses in a scenario, by key path; nothing if it takes it.
    fn refused(&self, toml: &Toml) -> BTreeSet<String> {
        let value: Json = serde_json::to_value(toml).expect("JSON");
        let mut places = BTreeSet::new();
        if let Err(fault) = self.schemas.validate(&value, self.schema) {
            leaves(&fault, &mut places);
        }
        places
    }
}

/// The key paths that a fault comes down to. An item of a list stands at the list's key, as the reader has it.
fn leaves(fault: &ValidationError<'_, '_>, places: &mut BTreeSet<String>) {
    if fault.causes.is_empty() {
        let pointer = fault.instance_location.to_string();
        let parts = pointer.split('/').filter(|part| !part.is_empty() && part.parse::<usize>().is_err());
        places.insert(parts.collect::<Vec<_>>().join("."));
    }
    fault.causes.iter().for_each(|cause| leaves(cause, places));
}

#[test]
fn the_schema_and_the_reference_are_kept() {
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV);
    let kept = |path: &str| Data::read_from(&root().join(path), None).raw();
    assert.eq(json::text(&schema::schema(&format())), kept("docs/schema/scenario.json"));
    assert.eq(reference::page(&format()), kept("docs/scenario.md"));
}

#[test]
fn the_schema_takes_every_good_scenario() {
    let judge = Judge::new();
    for path in good() {
        let toml: Toml = text(&path).parse().expect("TOML");
        let refused = judge.refused(&toml);
        assert!(refused.is_empty(), "{}: {refused:#?}", path.display());
    }
}

/// The faults of `tests/errors` that are of structure and yet beyond a schema: file, key path, why.
const UNSEEN: [(&str, &str, &str); 12] = [
    ("calendar-years", "option.team.cost.hosting.by_year.2026-27", "when years start is said elsewhere"),
    ("calendar-years", "option.team.cost.licence.by_year.to", "when years start is said elsewhere"),
    ("calendar-years", "option.team.cost.support.prices", "when years start is said elsewhere"),
    ("own-band", "role.lead.band", "the bands are those of the edition and of the file"),
    ("unknown-choice", "role.developer.band", "the bands are those of the edition and of the file"),
    ("values", "cost.hosting.by_year.2026-27", "the schema's place is the key as it is spelt: 2026/27"),
    ("values", "cost.hosting.by_year.2028", "a year is one number where years start in January"),
    ("values", "cost.hosting.by_year.FY27", "by_year may be one of two tables, so the fault is of neither"),
    ("values", "cost.licence.amount.dated", "how many days a month has is no pattern"),
    ("values", "cost.licence.amount.review_by", "how many days a month has is no pattern"),
    ("values", "decision.date", "how many days a month has is no pattern"),
    ("values", "role.developer.band", "the bands are those of the edition and of the file"),
];

/// The files of `tests/errors` that a schema takes, faulty as they are, and why.
const BEYOND: [(&str, &str); 23] = [
    ("alike-names", "names are the file's own"),
    ("bad-cells", "the faults are in a CSV file"),
    ("bad-range", "low, likely and high are compared as quantities"),
    ("bad-table", "the fault is in a CSV file, or in its name"),
    ("before-the-start", "the horizon is a sum"),
    ("compounding", "what growth makes over the years is a product"),
    ("correlation", "a matrix is judged by its eigenvalues, and inputs by their names"),
    ("deflator", "what growth makes over the years is a product"),
    ("delivered-twice", "services are counted over streams"),
    ("implied-middle", "which shape takes `likely`, and how far tails reach, are no patterns"),
    ("missing-growth", "the years that an index needs are those of the horizon"),
    ("never-happens", "what an option delivers is the sum of its streams"),
    ("no-organisations", "organisations are names"),
    ("not-a-table", "the faults are those of other files"),
    ("outside-horizon", "the horizon is a sum"),
    ("parameter-ranges", "which range a figure has is a matter of its key"),
    ("sums-too-large", "amounts are added up over things and months"),
    ("shown-alike", "names are the file's own"),
    ("total-rows", "the faults are in a CSV file"),
    ("trigger-loop", "what waits for what is a matter of names"),
    ("unknown-name", "names are the file's own"),
    ("unknown-parameter", "parameters are names of the edition"),
    ("wrong-kind-of-approach", "what a stream may say depends on the approach that it names"),
];

/// The codes of faults that a schema can see.
const OF_STRUCTURE: [Code; 5] =
    [Code::UnknownKey, Code::MissingKey, Code::WrongSort, Code::WrongUnit, Code::UnknownChoice];

#[test]
fn the_schema_sees_what_the_reader_sees() {
    let judge = Judge::new();
    let (mut unseen, mut beyond) = (BTreeSet::new(), BTreeSet::new());
    for path in files("tests/errors") {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = text(&path);
        let reading = reading(&text, &root().join("tests/errors"));
        let Ok(toml) = text.parse::<Toml>() else {
            let codes = [Code::Syntax, Code::DuplicateKey];
            assert!(reading.diagnostics.iter().any(|d| codes.contains(&d.code)), "{name}");
            continue;
        };
        let refused = judge.refused(&toml);
        let errors = reading.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        for fault in errors.clone().filter(|d| OF_STRUCTURE.contains(&d.code)) {
            // A key too many or too few is a fault of its table.
            let table = fault.key.rsplit_once('.').map_or("", |(table, _)| table);
            let of_table = matches!(fault.code, Code::UnknownKey | Code::MissingKey);
            let seen = refused.contains(&fault.key) || (of_table && refused.contains(table));
            if !seen {
                unseen.insert((name.clone(), fault.key.clone()));
            }
        }
        if errors.count() > 0 && refused.is_empty() {
            beyond.insert(name);
        }
    }
    let listed = UNSEEN.map(|(file, key, _)| (file.to_owned(), key.to_owned()));
    let files = BEYOND.map(|(file, _)| file.to_owned());
    assert_eq!((unseen, beyond), (BTreeSet::from(listed), BTreeSet::from(files)));
}

/// A key that no table has.
const NONSENSE: &str = "zzz";

/// A scenario with a table at a place, with the nonsense key in it. A table that stands for a quantity is told from
/// others by its first key, so that is there too.
fn with_nonsense(table: &Table, place: &str) -> String {
    let lists = ["allow", "decision", "change"];
    let place = place.replace(NAME, "x");
    let first = match table.keys.first() {
        Some(key) if !place.is_empty() => format!("{} = 1\n", key.name),
        _ => String::new(),
    };
    let heading = match place.as_str() {
        "" => String::new(),
        list if lists.contains(&list) => format!("[[{list}]]\n"),
        table => format!("[{table}]\n"),
    };
    format!("{heading}{first}{NONSENSE} = 1\n")
}

/// What the reader says that a table may have: `None` if it does not say that the nonsense key is unknown.
fn known_to_the_reader(text: &str, place: &str) -> Option<BTreeSet<String>> {
    let key = format!("{}.{NONSENSE}", place.replace(NAME, "x"));
    let key = key.trim_start_matches('.');
    let reading = reading(text, root());
    let said = reading.diagnostics.iter().find(|d| d.code == Code::UnknownKey && d.key == key)?;
    let list = said.expected.as_deref().expect("what was expected");
    let list = list.strip_prefix("one of ").or(list.split_once(": ").map(|(_, list)| list))?;
    Some(list.split(", ").map(str::to_owned).collect())
}

#[test]
fn the_reader_asks_for_the_keys_of_the_format_and_no_others() {
    let format = format();
    let (mut closed, mut open) = (0, Vec::new());
    for table in format.tables.iter().chain(&format.estimates) {
        let keys: BTreeSet<String> = table.keys.iter().map(|key| key.name.to_owned()).collect();
        assert_eq!(keys.len(), table.keys.len(), "{}: a key twice", table.path);
        for place in table.places().filter(|place| !place.starts_with('{')) {
            match known_to_the_reader(&with_nonsense(table, place), place) {
                Some(known) => {
                    closed += 1;
                    assert_eq!(known, keys, "{place}");
                }
                None => open.push(place),
            }
        }
    }
    // Keys of the user's choosing: a year that is none, and a parameter that there is none of, have faults of their own.
    assert_eq!(open, ["index.NAME.growth", "parameter"]);
    assert!(closed > 50, "{closed}");
}

/// The tables that the keys of the format name are there, and nothing else is.
#[test]
fn every_table_is_reached() {
    fn reach(takes: &Takes, reached: &mut BTreeSet<&'static str>) {
        match takes {
            Takes::Table(path) | Takes::PartOf(path) => drop(reached.insert(path)),
            Takes::List { of, .. } => reach(of, reached),
            Takes::Entries(entries) => reach(&entries.takes, reached),
            Takes::Either(several) => several.iter().for_each(|one| reach(one, reached)),
            _ => {}
        }
    }
    let format = format();
    let mut reached = BTreeSet::from([""]);
    for table in &format.tables {
        table.keys.iter().for_each(|key| reach(&key.takes, &mut reached));
        table.others.iter().for_each(|others| reach(&others.takes, &mut reached));
    }
    let there: BTreeSet<&str> = format.tables.iter().map(|table| table.path).collect();
    assert_eq!(reached, there);
    assert_eq!(there.len(), format.tables.len(), "a table twice");
}

/// Where nothing is written, the reader takes what the format says.
#[test]
fn defaults_are_as_the_format_says() {
    let format = format();
    let mut seen = BTreeSet::new();
    for path in good() {
        let reading = reading(&text(&path), path.parent().expect("a folder"));
        let scenario =
            reading.scenario.unwrap_or_else(|| panic!("{}: {:#?}", path.display(), reading.diagnostics));
        for input in &scenario.inputs {
            let Some(key) = format.key(&input.key) else { continue };
            let (stated, central) = (key.default, input.estimate.central());
            let agrees = match (&input.origin, stated) {
                // What a table needs has a stand-in only where the whole table is left out: it is switched off.
                (Origin::Written(_), _) | (_, Default::Words(_) | Default::Required) => continue,
                (Origin::Default, Default::Nought) => central == Decimal::ZERO,
                (Origin::Default, Default::One) => central == Decimal::ONE,
                (Origin::Parameter(figure), Default::Parameter(named)) => figure == named,
                // A band stands for a salary of the edition.
                (Origin::Parameter(_), Default::Nothing) if key.name == "band" => true,
                _ => false,
            };
            assert!(agrees, "{}: {} is {central}, and the format says {stated:?}", path.display(), input.key);
            seen.insert(key.name);
        }
    }
    assert!(seen.len() > 20, "{seen:?}");
}

/// Puts one table over another.
fn lay(over: Toml, under: &mut Toml) {
    for (key, value) in over {
        match (value, under.get_mut(&key)) {
            (Value::Table(over), Some(Value::Table(under))) => lay(over, under),
            (value, _) => drop(under.insert(key, value)),
        }
    }
}

/// A value as TOML.
fn written(value: &Value) -> String {
    match value {
        Value::Table(table) => {
            let entries = table.iter().map(|(key, value)| format!("{key:?} = {}", written(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Value::String(text) => format!("{text:?}"),
        Value::Float(number) => format!("{number:?}"),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Datetime(_) => panic!("no date stands bare in a scenario"),
    }
}

/// Every example is of its table, and can be read in a scenario that has what it names.
#[test]
fn examples_can_be_read() {
    let (format, judge) = (format(), Judge::new());
    let frame: Toml = text(&root().join("tests/format/frame.toml")).parse().expect("TOML");
    for table in format.tables.iter().chain(&format.estimates).filter(|table| !table.path.is_empty()) {
        let example: Toml = table.example.parse().unwrap_or_else(|fault| panic!("{}: {fault}", table.path));
        let place = table.places().find(|place| !place.starts_with('{')).expect("a place");
        assert!(has(&example, place), "{}: the example has none", table.path);
        let mut whole = frame.clone();
        lay(example, &mut whole);
        let lines = whole.iter().map(|(key, value)| format!("{key} = {}\n", written(value)));
        let reading = reading(&lines.collect::<String>(), root());
        let errors: Vec<_> = reading.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", table.path);
        let refused = judge.refused(&whole);
        assert!(refused.is_empty(), "{}: {refused:?}", table.path);
    }
}

/// Whether something stands at a place.
fn has(toml: &Toml, place: &str) -> bool {
    let (first, rest) = place.split_once('.').map_or((place, None), |(first, rest)| (first, Some(rest)));
    let mut entries = toml.iter().filter(|(key, _)| first == NAME || *key == first);
    entries.any(|(_, value)| match (rest, value) {
        (None, _) => true,
        (Some(rest), Value::Table(inner)) => has(inner, rest),
        (Some(_), _) => false,
    })
}

/// A schema that takes anything would pass all of the above.
#[test]
fn the_schema_refuses_what_the_format_does_not_have() {
    let (format, judge) = (format(), Judge::new());
    let frame: Toml = text(&root().join("tests/format/frame.toml")).parse().expect("TOML");
    for table in format.tables.iter().filter(|table| table.others.is_none()) {
        for place in table.places() {
            let nonsense: Toml = with_nonsense(table, place).parse().expect("TOML");
            let mut whole = frame.clone();
            lay(nonsense, &mut whole);
            let at = place.replace(NAME, "x");
            assert!(judge.refused(&whole).contains(&at), "{place}: {:?}", judge.refused(&whole));
        }
    }
}
