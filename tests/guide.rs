//! The guide for finance directors, followed word for word in an empty folder: each command is run, each change to the
//! file is made, and what is printed stands in the guide. `SNAPSHOTS=overwrite cargo test --test suite guide::` renews it; look
//! at the difference first.

#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;

use snapbox::{Assert, Data, assert::DEFAULT_ACTION_ENV};

use crate::shared::console::{renewed, words};
use crate::shared::wholelife;

/// The file that the guide has its reader change.
const FILE: &str = "my.toml";

fn guide() -> (std::path::PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.md");
    let text = fs::read_to_string(&path).expect("the guide").replace("\r\n", "\n");
    (path, text)
}

#[test]
fn the_guide_followed_word_for_word_prints_what_it_shows() {
    let desk = tempfile::tempdir().expect("a folder");
    let (path, page) = guide();
    let mut parts = page.split("```diff\n");
    let mut text = renewed(desk.path(), parts.next().expect("a first part"));
    let mut changes = 0;
    for part in parts {
        let (change, after) = part.split_once("```\n").expect("the end of a change");
        make(&desk.path().join(FILE), change);
        text.push_str(&format!("```diff\n{change}```\n{}", renewed(desk.path(), after)));
        changes += 1;
    }
    assert!(changes > 0 && desk.path().join("board-paper/board-paper.docx").is_file());
    Assert::new().action_env(DEFAULT_ACTION_ENV).eq(text.clone(), Data::read_from(&path, None).raw());
    for file in named_files(&text) {
        assert!(desk.path().join("board-paper").join(file).is_file(), "the report has no `{file}`");
    }
    // The commands of the closing table run as well, but for those that need other files.
    let mut asked = 0;
    for command in table_commands(&text) {
        let words = words(command);
        if words.iter().any(|word| word.contains('*') || word == "last.toml") {
            continue;
        }
        let run = wholelife(desk.path()).args(&words[1..]).output().expect("run");
        assert!(run.status.success(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
        asked += 1;
    }
    assert!(asked >= 4);
}

/// Makes a change: a line in place of another, or lines at the end of the file.
fn make(path: &Path, change: &str) {
    let mut text = fs::read_to_string(path).expect("the file");
    let mut old: Option<&str> = None;
    for line in change.lines() {
        if let Some(line) = line.strip_prefix('-') {
            assert_eq!(text.matches(&format!("\n{line}")).count(), 1, "one line `{line}`");
            old = Some(line);
        } else {
            let new = line.strip_prefix('+').unwrap_or_else(|| panic!("neither taken nor added: {line}"));
            text = match old.take() {
                Some(old) => text.replacen(&format!("\n{old}"), &format!("\n{new}"), 1),
                None => format!("{text}{new}\n"),
            };
        }
    }
    assert_eq!(old, None);
    fs::write(path, text).expect("written");
}

/// The files that the guide says are in the report's folder.
fn named_files(text: &str) -> Vec<&str> {
    let (_, after) = text.split_once("In the folder `board-paper`:\n").expect("the list");
    let (list, _) = after.split_once("\n## ").expect("its end");
    let names: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
    assert!(names.len() >= 5);
    names
}

fn table_commands(text: &str) -> impl Iterator<Item = &str> {
    let (_, table) = text.split_once("| question | command |\n").expect("the table");
    table.lines().filter_map(|line| line.split('`').nth(1)).filter(|code| code.starts_with("wholelife "))
}
