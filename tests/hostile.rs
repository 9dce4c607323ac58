//! Names that would do harm, in every command and every format: they stay words.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use tempfile::TempDir;

use crate::shared::wholelife;

/// Names as TOML writes them: what a spreadsheet would run, markup, what steers a terminal or turns the direction of
/// writing, a nought, and length.
fn names() -> Vec<String> {
    let wicked = [
        "=cmd|' /C calc'!A0",
        "\\t=1+1",
        "\\r@SUM(A1)",
        "</text></svg></w:t><script>alert(1)</script><img src=x onerror=y> &amp; \\\" ' ]]>",
        "\\u001b[31mred\\u001b]0;title\\u0007\\u009b2J\\b\\u007f",
        "a\\u202egnp.exe\\u2066\\u200fb",
        "nought\\u0000 end\\uFFFE",
        "../../../etc/passwd",
    ];
    wicked.into_iter().map(str::to_owned).chain(["long ".repeat(400)]).collect()
}

/// A scenario in which whatever may be named is called so.
fn scenario(name: &str) -> String {
    let text = include_str!("gallery/one-option-one-year.toml");
    let places = [
        "\"Discovery only\"",
        "\"Example NHS Foundation Trust\"",
        "\"Letters\"",
        "\"The only option\"",
        "\"Digital budget\"",
    ];
    let text = places.into_iter().fold(text.to_owned(), |text, place| {
        assert!(text.contains(place), "{place} is in the fixture");
        text.replace(place, &format!("\"{name}\""))
    });
    format!(
        "{text}\n[cost.extra]\nname = \"{name}\"\n\
         amount = {{ value = \"£5k a year\", source = \"{name}\", owner = \"{name}\", note = \"{name}\" }}\n\
         [[decision]]\ndate = \"2026-04-01\"\nwhat = \"{name}\"\nwhy = \"{name}\"\nby = \"{name}\"\n"
    )
}

fn desk(name: &str) -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    fs::write(desk.path().join("my.toml"), scenario(name)).expect("written");
    desk
}

fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn what_people_read_on_a_terminal_neither_draws_nor_turns() {
    let commands: [&[&str]; 9] = [
        &["compare", "my.toml"],
        &["compare", "my.toml", "--format", "markdown"],
        &["check", "my.toml"],
        &["check", "my.toml", "--format", "github"],
        &["statements", "my.toml"],
        &["assumptions", "my.toml", "--format", "table"],
        &["explain", "my.toml", "npc@only"],
        &["explain", "my.toml", "npc@only", "--format", "markdown"],
        &["ledger", "my.toml", "--format", "table"],
    ];
    for name in names() {
        let desk = desk(&name);
        for command in commands {
            let output = wholelife(desk.path()).args(command).output().expect("run");
            let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text"));
            assert_eq!(output.status.code(), Some(0), "{command:?} of {name}: {told:?}");
            let found = told.iter().flat_map(|text| text.chars()).find(|&c| steers(c));
            assert_eq!(found, None, "{command:?} of {name}");
        }
    }
}

#[test]
fn what_programs_read_holds_the_name_and_nothing_else() {
    for name in names() {
        let desk = desk(&name);
        for command in ["compare", "assumptions", "statements", "check"] {
            let output =
                wholelife(desk.path()).args([command, "my.toml", "--format", "json"]).output().expect("run");
            let value: Result<serde_json::Value, _> = serde_json::from_slice(&output.stdout);
            assert!(value.is_ok(), "{command} of {name}: {value:?}");
        }
    }
}

/// Nothing but tags of the writer's own, and what a parser of XML takes.
fn well_formed(what: &str, text: &str) {
    let matched = tags_match(text);
    assert!(matched.is_ok(), "{what}: {matched:?}");
    assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{what}");
    let forbidden = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    assert_eq!(text.chars().find(|&c| forbidden(c)), None, "{what}");
}

/// Whether every tag is closed by its like, and every `&` begins an entity.
fn tags_match(text: &str) -> Result<(), String> {
    let (mut open, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        let end = tag.find('>').ok_or("a tag without end")?;
        let inside = &tag[..end];
        let word = |text: &str| text.split([' ', '\n', '/']).next().unwrap_or_default().to_owned();
        match inside.strip_prefix('/') {
            Some(name) if open.pop() != Some(word(name)) => return Err(format!("</{name}> closes another")),
            Some(_) => {}
            None if inside.starts_with(['?', '!']) || inside.ends_with('/') => {}
            None => open.push(word(inside)),
        }
        rest = &tag[end + 1..];
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}

#[test]
fn every_file_of_a_report_is_whole_and_lies_in_its_folder() {
    for name in names() {
        let desk = desk(&name);
        let output = wholelife(desk.path()).args(["report", "my.toml", "-o", "out"]).output().expect("run");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let beside: Vec<_> =
            fs::read_dir(desk.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
        assert_eq!(beside.len(), 2, "{beside:?}");
        for entry in fs::read_dir(desk.path().join("out")).expect("a folder") {
            let path = entry.expect("an entry").path();
            let what = format!("{} of {name}", path.display());
            let bytes = fs::read(&path).expect("a file");
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("svg") => well_formed(&what, std::str::from_utf8(&bytes).expect("text")),
                Some("xlsx" | "docx") => package(&what, &bytes),
                Some("html") => {
                    let text = String::from_utf8(bytes).expect("text");
                    assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{what}");
                    assert!(!text.contains('\u{0}') && !text.contains('\u{1b}'), "{what}");
                }
                _ => {}
            }
        }
    }
}

/// The parts of an office file: well-formed, and no name became a formula.
fn package(what: &str, bytes: &[u8]) {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an office file");
    for place in 0..zip.len() {
        let mut part = zip.by_index(place).expect("a part");
        let name = part.name().expect("a name").into_owned();
        assert!(
            Path::new(&name).components().all(|c| matches!(c, std::path::Component::Normal(_))),
            "{name}"
        );
        if Path::new(&*name).extension().is_some_and(|ending| ending == "xml" || ending == "rels") {
            let mut text = String::new();
            part.read_to_string(&mut text).expect("text");
            well_formed(&format!("{name} of {what}"), &text);
            let formulas = text.split("<f>").skip(1).filter_map(|rest| rest.split("</f>").next());
            for formula in formulas {
                assert!(!formula.contains("cmd|") && !formula.contains("SUM(A1)"), "{what}: {formula}");
            }
        }
    }
}

/// Keys become parts of file names, so they can't hold what leads elsewhere; neither can a table's file name.
#[test]
fn no_key_and_no_table_leads_out_of_the_folder() {
    let keys = ["../../x", "/etc/x", "a/b", "..", "C:x", "a\\\\b", "x\\u0000", "x\\n", "", "=x", "\\u202ex"];
    for key in keys {
        let desk = tempfile::tempdir().expect("a folder");
        let text = include_str!("gallery/one-option-one-year.toml")
            .replace("option.only", &format!("option.\"{key}\""));
        fs::write(desk.path().join("my.toml"), text).expect("written");
        let output = wholelife(desk.path()).args(["report", "my.toml", "-o", "out"]).output().expect("run");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{key}: {told}");
        assert!(told.contains("can't be a name") && !told.chars().any(steers), "{key}: {told}");
        assert!(!desk.path().join("out").exists(), "{key}");
    }
    for table in [
        "../t.csv",
        "/etc/passwd",
        "a/../../t.csv",
        "..\\\\t.csv",
        "C:t.csv",
        "x\\u0000.csv",
        "\\u001b[2J.csv",
    ] {
        let desk = tempfile::tempdir().expect("a folder");
        let text = include_str!("gallery/one-option-one-year.toml");
        let text = format!("{text}\n[cost.rows]\ntable = \"{table}\"\n");
        fs::write(desk.path().join("my.toml"), text).expect("written");
        let output = wholelife(desk.path()).args(["compare", "my.toml"]).output().expect("run");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{table}: {told}");
        assert!(told.contains("WL") && !told.chars().any(steers), "{table}: {told}");
    }
}
