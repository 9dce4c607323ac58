//! Tables on a terminal: right-aligned, in the units asked for, as wide as the screen, and readable without
//! colour.

#![cfg(feature = "cli")]

use std::collections::BTreeSet;

use crate::shared::{Scenario, gallery, wholelife};

fn scenarios() -> Vec<Scenario> {
    gallery().into_iter().chain([Scenario::shipped("patient-access")]).collect()
}

fn at_width(scenario: &Scenario, columns: &str, args: &[&str]) -> String {
    let (command, rest) = args.split_first().expect("a command");
    let run = wholelife(&scenario.folder)
        .arg(command)
        .arg(format!("{}.toml", scenario.name))
        .args(rest)
        .env("COLUMNS", columns)
        .output()
        .expect("run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("text")
}

/// What stands apart and looks like a figure: with its commas, its sign and its unit.
fn figures(text: &str) -> BTreeSet<&str> {
    let is_figure = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '£');
    text.split_whitespace()
        .filter(is_figure)
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .collect()
}

#[test]
fn tables_keep_to_80_and_200_columns_and_break_no_number() {
    for scenario in scenarios() {
        for command in [&["compare"][..], &["statements"], &["sensitivity"]] {
            let widest = at_width(&scenario, "2000", command);
            for width in [80, 200] {
                let text = at_width(&scenario, &width.to_string(), command);
                let place = format!("{} {command:?} at {width}", scenario.name);
                for line in text.lines() {
                    assert!(line.chars().count() <= width, "{place}: {line}");
                }
                let (found, expected) = (figures(&text), figures(&widest));
                let broken: Vec<_> = found.difference(&expected).collect();
                let lost: Vec<_> = expected.difference(&found).collect();
                assert!(broken.is_empty() && lost.is_empty(), "{place}: {broken:?}, {lost:?}");
            }
        }
    }
}

/// The figures of a column end where its neighbours above and below end.
#[test]
fn figures_are_aligned_on_the_right() {
    let text = at_width(&Scenario::shipped("patient-access"), "200", &["compare"]);
    let rows: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("  Cash, prices") || line.starts_with("    capital"))
        .filter(|line| line.contains(','))
        .collect();
    assert_eq!(rows.len(), 2, "{text}");
    let ends = |row: &str| -> Vec<usize> {
        let chars: Vec<char> = row.chars().collect();
        let is_end = |at: &usize| chars[*at].is_ascii_digit() && chars.get(at + 1).is_none_or(|c| *c == ' ');
        (0..chars.len()).filter(is_end).collect()
    };
    assert_eq!(ends(rows[0]), ends(rows[1]), "{rows:?}");
    assert!(ends(rows[0]).len() >= 5);
}

#[test]
fn units_are_said_and_change_the_figures() {
    let scenario = Scenario::shipped("patient-access");
    let row = |unit: &str| {
        let text = at_width(&scenario, "200", &["compare", "--units", unit]);
        assert!(text.contains(&format!("Money in {unit}\n")), "{text}");
        let row = text.lines().find(|line| line.starts_with("  Cash, prices of each year")).expect("a row");
        row.split_whitespace().nth(5).expect("a figure").to_owned()
    };
    assert_eq!(["£", "£000", "£m"].map(row), ["10,815,069.72", "10,815", "10.82"]);
}

/// Colour only repeats: without its codes the text is the same. It goes to no pipe, and to nobody who has
/// said no.
#[test]
fn colour_says_nothing_by_itself() {
    let scenario = Scenario::shipped("seven-inputs");
    let run = |name: &str, value: &str| {
        let mut command = wholelife(&scenario.folder);
        command.args(["compare", "seven-inputs.toml"]).env("COLUMNS", "120");
        if !name.is_empty() {
            command.env(name, value);
        }
        String::from_utf8(command.output().expect("run").stdout).expect("text")
    };
    let (piped, forced, refused) = (run("", ""), run("CLICOLOR_FORCE", "1"), run("NO_COLOR", "1"));
    assert!(!piped.contains('\u{1b}') && forced.contains('\u{1b}') && piped == refused);
    assert_eq!(forced.replace("\u{1b}[1m", "").replace("\u{1b}[0m", ""), piped);
}
