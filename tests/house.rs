//! The rules of the house that a script can see: who may import from whom, and how large a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms by floor, from the ground up. `docs/architecture.md` tells what each is for.
const FLOORS: [&[&str]; 11] = [
    &["number", "calendar", "id", "diagnostic", "money"],
    &["ledger", "table", "chart", "workbook", "parameters"],
    &["scenario", "paper"],
    &["plan"],
    &["delivery"],
    &["costing"],
    &["accounts", "funding", "appraisal"],
    &["run"],
    &["uncertainty", "review", "audit", "explain"],
    &["report", "export"],
    &["cli"],
];

/// No file is longer than a reader can hold in mind.
const MOST_LINES: usize = 500;

fn floor(room: &str) -> usize {
    let found = FLOORS.iter().position(|rooms| rooms.contains(&room));
    found.unwrap_or_else(|| panic!("`{room}` stands on no floor: add it to FLOORS and docs/architecture.md"))
}

fn sources() -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn below(path: &Path) -> PathBuf {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("in the project").to_owned()
}

/// The room of a file, unless it is the library's or the command's head.
fn room(path: &Path) -> Option<String> {
    let inside = below(path);
    let first = inside.components().nth(1)?.as_os_str().to_string_lossy().into_owned();
    let room = first.trim_end_matches(".rs").to_owned();
    (room != "lib" && room != "main").then_some(room)
}

/// The rooms that a text names as `crate::room`, outside comments.
fn imports(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut rooms = Vec::new();
    for line in code {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let names = if let Some(list) = rest.strip_prefix('{') {
                list.split(',').map(|n| n.trim().split("::").next().unwrap_or_default()).collect()
            } else {
                vec![rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()]
            };
            rooms.extend(names.into_iter().filter(|n| n.chars().all(char::is_lowercase)).map(str::to_owned));
        }
    }
    rooms
}

#[test]
fn a_room_imports_only_from_lower_floors() {
    let mut edges = 0;
    for path in sources() {
        let Some(here) = room(&path) else { continue };
        let text = fs::read_to_string(&path).expect("a source file");
        // A module's tests may look up: they need something to run.
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for there in imports(code).into_iter().filter(|there| *there != here) {
            edges += 1;
            assert!(
                floor(&there) < floor(&here),
                "{}: imports `{there}`, not below `{here}`",
                path.display()
            );
        }
    }
    assert!(edges > 50, "the test no longer sees the imports: {edges}");
}

#[test]
fn files_stay_small() {
    for path in sources() {
        let lines = fs::read_to_string(&path).expect("a source file").lines().count();
        assert!(lines <= MOST_LINES, "{}: {lines} lines", path.display());
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for path in sources() {
        let text = fs::read_to_string(&path).expect("a source file");
        assert!(text.starts_with("//!"), "{}: no head", path.display());
    }
}

/// A file that is no module of `tests/suite.rs` would never run, for Cargo.toml names the test programs itself.
#[test]
fn every_test_file_is_run() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let suite = fs::read_to_string(tests.join("suite.rs")).expect("the suite");
    let manifest = fs::read_to_string(tests.join("../Cargo.toml")).expect("the manifest");
    let mut seen = 0;
    for entry in fs::read_dir(&tests).expect("tests can be read") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if path.extension().is_some_and(|e| e == "rs") || path.join("mod.rs").exists() {
            seen += 1;
            let module = suite.lines().any(|line| line == format!("mod {name};"));
            assert!(
                module || manifest.contains(&format!("path = \"tests/{name}.rs\"")),
                "tests/{name} never runs"
            );
        }
    }
    assert!(seen > 30, "the test no longer sees the tests: {seen}");
}
