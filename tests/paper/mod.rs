//! The board paper as its readers meet it: the page in a browser and on A4, the Word document in a word processor,
//! and what both must be whatever a scenario holds.
//!
//! Tests that need Chromium, LibreOffice or poppler say SKIPPED where there is none. `PAPER_LOOK=folder` keeps the
//! pictures of what was seen there, to be looked at.

#![cfg(feature = "cli")]

mod browser;
mod html;
mod word;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use crate::shared::wholelife;
use tempfile::TempDir;

/// Reports of the scenarios that papers must bear, made once: ordinary, least, crowded, and with names that are no
/// names.
struct Reports {
    desk: TempDir,
}

const NAMES: [&str; 4] = ["patient-access", "one-option-one-year", "ten-long-names", "hostile"];

/// A name that would break out of markup, if anything let it.
const HOSTILE: &str =
    "</title></p></w:t><script>alert(1)</script> \" ' & &amp; ]]> `x` <img src=http://x.example/>";

static REPORTS: LazyLock<Reports> = LazyLock::new(|| {
    let desk = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| fs::read_to_string(root.join(file)).expect("a scenario");
    let least = read("tests/gallery/one-option-one-year.toml");
    let literal = format!("'''{HOSTILE}'''");
    let hostile =
        ["\"Discovery only\"", "\"Example NHS Foundation Trust\"", "\"Letters\"", "\"The only option\""]
            .into_iter()
            .fold(least.clone(), |text, name| {
                assert!(text.contains(name), "{name} is in the fixture");
                text.replace(name, &literal)
            });
    let scenarios =
        [read("scenarios/patient-access.toml"), least, read("tests/gallery/ten-long-names.toml"), hostile];
    for (name, text) in NAMES.into_iter().zip(scenarios) {
        fs::write(desk.path().join(format!("{name}.toml")), text).expect("written");
        make(desk.path(), name, name);
    }
    Reports { desk }
});

fn make(folder: &Path, name: &str, out: &str) {
    let made = wholelife(folder).args(["report", &format!("{name}.toml"), "-o", out]).output().expect("run");
    assert!(made.status.success(), "{name}: {}", String::from_utf8_lossy(&made.stderr));
}

fn file(name: &str, file: &str) -> PathBuf {
    REPORTS.desk.path().join(name).join(file)
}

fn page(name: &str) -> String {
    fs::read_to_string(file(name, "report.html")).expect("a page")
}

/// The command of a program, or `None` after saying that a test is skipped for want of it.
fn program(name: &str, test: &str) -> Option<Command> {
    let found = Command::new(name).arg("--version").output();
    // poppler's programs know `-v` and fail on anything else, but they are there.
    if found.is_err() {
        eprintln!("SKIPPED: {test}: there is no `{name}` on this machine");
        return None;
    }
    Some(Command::new(name))
}

/// Pages of a PDF as pictures, for whoever looks at them.
fn keep_to_look_at(pdf: &Path, name: &str) {
    let Ok(folder) = std::env::var("PAPER_LOOK") else { return };
    fs::create_dir_all(&folder).expect("a folder");
    let to = Path::new(&folder).join(name);
    let drawn = Command::new("pdftoppm").args(["-r", "70", "-png"]).arg(pdf).arg(to).status();
    assert!(drawn.is_ok_and(|status| status.success()), "{name}: pdftoppm");
}

/// The words of a PDF with single spaces, and its number of pages; nothing where there is no poppler.
fn read_pdf(pdf: &Path, test: &str) -> Option<(String, usize)> {
    let output = program("pdftotext", test)?.arg("-layout").arg(pdf).arg("-").output().expect("pdftotext");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let pages = text.matches('\u{c}').count();
    Some((text.split_whitespace().collect::<Vec<_>>().join(" "), pages))
}

#[test]
fn two_runs_give_the_same_bytes() {
    let desk = REPORTS.desk.path();
    make(desk, "one-option-one-year", "again");
    for name in ["report.html", "board-paper.docx"] {
        let [first, second] =
            ["one-option-one-year", "again"].map(|run| fs::read(file(run, name)).expect("a file"));
        assert!(first == second, "{name} differs between two runs");
    }
}
