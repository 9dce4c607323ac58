//! The error catalogue: every fault the reader knows has a file in `tests/errors` and its rendered message
//! beside it. `SNAPSHOTS=overwrite cargo test --test suite errors::` writes the messages anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use snapbox::{Assert, Data, assert::DEFAULT_ACTION_ENV};
use wholelife::diagnostic::{Code, Severity};
use wholelife::export::diagnostics::render;
use wholelife::scenario::{Reading, Request, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors")
}

fn inputs() -> Vec<PathBuf> {
    let files = fs::read_dir(folder()).expect("the folder of inputs");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

/// Reads an input. A comment `# --set KEY=VALUE` at its top is an override.
fn reading(file: &Path) -> Reading {
    let text = fs::read_to_string(file).expect("an input in UTF-8");
    let set: Vec<String> =
        text.lines().filter_map(|line| line.strip_prefix("# --set ")).map(str::to_owned).collect();
    let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
    let tables = |name: &str| fs::read(folder().join(name)).map_err(|_| "there is no such file".to_owned());
    read(&Request { name, text: &text, set: &set, tables: &tables })
}

#[test]
fn every_input_gives_the_message_beside_it() {
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV);
    for file in inputs() {
        let reading = reading(&file);
        let errors = reading.diagnostics.iter().any(|d| d.severity == Severity::Error);
        assert_eq!(reading.scenario.is_none(), errors, "{}", file.display());
        let rendered = render(&reading.diagnostics, &reading.sources, false);
        assert.eq(rendered, Data::read_from(&file.with_extension("txt"), None).raw());
    }
}

#[test]
fn every_code_has_an_input() {
    let mut seen: BTreeSet<Code> = BTreeSet::new();
    for file in inputs() {
        seen.extend(reading(&file).diagnostics.iter().map(|diagnostic| diagnostic.code));
    }
    // The rules that need a run have theirs in `tests/rules`.
    let of_reader = Code::ALL.iter().filter(|code| code.number() <= 105);
    let missing: Vec<&Code> = of_reader.filter(|code| !seen.contains(code)).collect();
    assert!(missing.is_empty(), "no input for {missing:?}");
}

#[test]
fn ten_faults_give_ten_diagnostics_in_one_run() {
    let reading = reading(&folder().join("ten-faults.toml"));
    let codes: BTreeSet<Code> = reading.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!((reading.diagnostics.len(), codes.len()), (10, 10), "{:#?}", reading.diagnostics);
}

#[test]
fn diagnostics_come_in_the_order_of_their_places() {
    for file in inputs() {
        let spans: Vec<_> = reading(&file).diagnostics.iter().map(|diagnostic| diagnostic.span).collect();
        assert!(spans.is_sorted(), "{}", file.display());
    }
}

#[test]
fn a_file_of_more_than_four_megabytes_is_refused() {
    let text = "#\n".repeat(2_000_001);
    let reading = read(&Request { name: "large", text: &text, set: &[], tables: &|_| Err(String::new()) });
    assert_eq!(reading.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::TooLarge]);
}
