//! The rules of `check`: each has a scenario in `tests/rules` that breaks it, and the message beside it; the
//! catalogue `docs/checks.md` is made of them and of `tests/errors`. `SNAPSHOTS=overwrite cargo test --test suite rules::`
//! writes both anew.

use std::fs;
use std::path::{Path, PathBuf};

use snapbox::{Assert, Data, assert::DEFAULT_ACTION_ENV};
use wholelife::diagnostic::{Code, Diagnostic, Sources};
use wholelife::export::diagnostics::render;
use wholelife::report::Case;
use wholelife::review::review;
use wholelife::scenario::{Request, read};

/// The last fault or warning of the reader that has no scenario here but in `tests/errors`.
const LAST_OF_READER: u16 = 105;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn inputs(folder: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(project().join(folder)).expect("the folder of inputs");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

fn stem(file: &Path) -> &str {
    file.file_stem().and_then(|stem| stem.to_str()).expect("a name")
}

/// What a file breaks.
fn found(file: &Path, on: Option<&str>) -> (Vec<Diagnostic>, Sources) {
    let text = fs::read_to_string(file).expect("an input in UTF-8");
    let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
    let reading =
        read(&Request { name, text: &text, set: &[], tables: &|_| Err("no tables here".to_owned()) });
    let scenario = reading.scenario.expect("a scenario that can be run");
    (review(&Case::new(scenario).subject(), &reading.diagnostics, on), reading.sources)
}

#[test]
fn each_scenario_breaks_the_rule_of_its_name() {
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV);
    for file in inputs("tests/rules").iter().filter(|file| stem(file) != "clean") {
        let (mut found, sources) = found(file, None);
        found.retain(|diagnostic| diagnostic.code.name() == stem(file));
        assert!(!found.is_empty(), "{} breaks nothing", file.display());
        let rendered = render(&found, &sources, false);
        assert.eq(rendered, Data::read_from(&file.with_extension("txt"), None).raw());
    }
}

#[test]
fn the_clean_scenario_breaks_none() {
    let file = project().join("tests/rules/clean.toml");
    assert_eq!(found(&file, None).0, []);
}

#[test]
fn the_day_decides_what_is_overdue() {
    let file = project().join("tests/rules/clean.toml");
    let overdue = |on| found(&file, Some(on)).0.iter().any(|found| found.code == Code::OverdueReview);
    // Reviews are due by March 2027, and that month is not over on its last day.
    assert!(!overdue("2027-03-31"));
    assert!(overdue("2027-04-01"));
}

#[test]
fn what_is_allowed_is_left_out_below_its_key_only() {
    let file = project().join("tests/rules/no-effect.toml");
    let text = fs::read_to_string(file).expect("the input");
    let keys = |allow: &str| {
        let text = text.replace("allow = [", &format!("allow = [{allow}"));
        let reading = read(&Request { name: "x", text: &text, set: &[], tables: &|_| Err(String::new()) });
        let scenario = reading.scenario.expect("a scenario that can be run");
        let found = review(&Case::new(scenario).subject(), &reading.diagnostics, None);
        found.into_iter().map(|found| found.key).collect::<Vec<_>>()
    };
    let of = |key: &str| format!("{{ rule = \"no-effect\", key = \"{key}\", reason = \"known\" }}, ");
    let both = ["service.booking.neglect.run_cost", "service.booking.neglect.benefits"];
    assert_eq!(keys(""), both);
    assert_eq!(keys(&of("service.booking.neglect.benefits")), both[..1]);
    assert_eq!(keys(&of("service.booking")), [""; 0]);
    // No key begins with this and a dot: the allowance is idle, and what it names is told.
    assert_eq!(keys(&of("service.book")), ["allow", both[0], both[1]]);
}

#[test]
fn the_catalogue_of_checks_is_what_the_code_says() {
    let mut text = "# Checks\n\n\
        What `wholelife check` says, by number. A fault (WL0001 and on) stops the run. A rule (WL0101 and on) is a\n\
        warning, and with `--strict` stops the run too; a scenario may break it knowingly, with\n\
        `allow = [{ rule = \"...\", key = \"...\", reason = \"...\" }]`. The examples are from `tests/errors` and\n\
        `tests/rules`.\n"
        .to_owned();
    for &code in Code::ALL {
        let example = example(code);
        let meaning: Vec<&str> = code.meaning().split_whitespace().collect();
        text.push_str(&format!("\n## {code} {}\n\n{}\n", code.name(), meaning.join(" ")));
        text.push_str(&format!("\n```text\n{}\n```\n", example.trim_end()));
    }
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV);
    assert.eq(text, Data::read_from(&project().join("docs/checks.md"), None).raw());
}

/// The first message of a code among the kept ones.
fn example(code: Code) -> String {
    let folder = if code.number() <= LAST_OF_READER { "tests/errors" } else { "tests/rules" };
    let messages = inputs(folder).into_iter().filter(|file| !stem(file).starts_with("ten-faults"));
    let mark = format!("[{code}]");
    let texts = messages.filter_map(|file| fs::read_to_string(file.with_extension("txt")).ok());
    let first = |text: String| {
        text.split("\n\n").find(|message| message.contains(&mark)).map(|message| message.trim().to_owned())
    };
    texts.into_iter().find_map(first).expect("every fault and every rule has an example")
}
