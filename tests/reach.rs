//! Rates near the ends of what is accepted, over sixty years, through every command: figures are finite, or said to be
//! none. What leaves the range is one fault at the value that does it, and exit code 1.

#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::shared::wholelife;

/// The starter over sixty years, with growth and discount that range far, draws that would leave their range, assets that
/// outlast the horizon and a fund.
fn edge() -> String {
    let changed = [
        ("years        = 11 ", "residual = \"straight-line\"\ntiming = \"mid-year\"\nyears = 60 "),
        ("utilisation = \"80%\"", "utilisation = { low = \"60%\", high = \"99%\", shape = \"p10-p90\" }"),
    ];
    let starter = include_str!("../src/cli/starter.toml").to_owned();
    let starter = changed.into_iter().fold(starter, |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    format!(
        "{starter}
        [index.general]
        growth = {{ low = \"-5%\", likely = \"2%\", high = \"9%\" }}
        [index.pay]
        growth = {{ low = \"0%\", likely = \"3%\", high = \"8%\" }}
        [parameter]
        discount.green-book-2026.1 = {{ low = \"-10%\", likely = \"-5%\", high = \"50%\" }}
        [fund.digital]
        kind = \"either\"
        carry_forward = true
        by_year = {{ from = \"2026-27\", to = \"2085-86\", amount = \"£1m a year\" }}
        "
    )
}

fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    fs::write(desk.path().join("edge.toml"), edge()).expect("written");
    fs::write(desk.path().join("other.toml"), edge().replace("\"£180k a year\"", "\"£280k a year\""))
        .expect("written");
    fs::write(desk.path().join("starter.toml"), include_str!("../src/cli/starter.toml")).expect("written");
    desk
}

fn run(folder: &Path, line: &str) -> Output {
    wholelife(folder).args(line.split_whitespace()).output().expect("run")
}

/// What a command prints; it must succeed, and print no number that is none.
fn runs(folder: &Path, line: &str) -> String {
    let output = run(folder, line);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{line}: {told}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let none: Vec<&str> = words.filter(|word| matches!(*word, "NaN" | "nan" | "inf" | "Infinity")).collect();
    assert!(none.is_empty(), "{line}: {text}");
    text
}

#[test]
fn every_command_runs_at_the_ends() {
    let desk = desk();
    for line in [
        "check edge.toml",
        "compare edge.toml",
        "compare edge.toml --format json",
        "compare edge.toml other.toml",
        "compare edge.toml --discount health,lower-sensitivity",
        "statements edge.toml",
        "assumptions edge.toml",
        "ledger edge.toml --format csv",
        "bridge edge.toml --from project --to team",
        "diff edge.toml other.toml",
        "sensitivity edge.toml",
        "sensitivity edge.toml --grid index.general.growth index.pay.growth=-1%..9%",
        "switching edge.toml",
        "simulate edge.toml -n 300 --format json",
        "simulate edge.toml -n 300",
        "workbook edge.toml -o edge.xlsx",
    ] {
        runs(desk.path(), line);
    }
    let figures = runs(desk.path(), "explain edge.toml --list");
    let names: Vec<&str> = figures.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| name.contains('@')).collect();
    assert!(names.len() > 20, "{figures}");
    for name in names.iter().step_by(names.len() / 12) {
        runs(desk.path(), &format!("explain edge.toml {name}"));
    }
    runs(desk.path(), "report edge.toml -o out");
    for entry in fs::read_dir(desk.path().join("out")).expect("the report") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "svg" || ending == "csv" || ending == "json") {
            let text = fs::read_to_string(&path).expect("text");
            let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
            assert!(!words.any(|word| matches!(word, "NaN" | "nan" | "inf")), "{}", path.display());
        }
    }
}

/// One fault, at the value, and no figure.
fn refuses(folder: &Path, line: &str, at: &str) {
    let output = run(folder, line);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{line}: {told}");
    assert_eq!(told.matches("error[WL0007]").count(), 1, "{line}: {told}");
    assert!(told.contains(at), "{line}: {told}");
    assert!(!told.contains("panicked") && output.stdout.is_empty(), "{line}: {told}");
}

#[test]
fn what_leaves_the_range_is_one_fault_in_any_command() {
    let desk = desk();
    let far = "--set index.general.growth=-50% --set index.pay.growth=50% --set programme.years=60";
    for command in ["compare", "simulate", "sensitivity", "switching", "statements", "ledger", "assumptions"]
    {
        refuses(desk.path(), &format!("{command} starter.toml {far}"), "--set index.general.growth:1:22");
    }
    refuses(desk.path(), "compare starter.toml --set parameter.general.after=-100%", "-50% to 50%");
    let discount =
        "compare starter.toml --set parameter.discount.green-book-2026.1=-90% --set programme.years=60";
    refuses(desk.path(), discount, "-50% to 50%");
    // Each range by itself is accepted, and so is either axis; the two corners far apart are not.
    let grid = |pay: &str| {
        format!(
            "sensitivity starter.toml --set programme.years=60 --set parameter.discount.green-book-2026.1=0% \
             --grid index.general.growth=-15%..2% index.pay.growth=1%..{pay}"
        )
    };
    let desk_with_indices = tempfile::tempdir().expect("a folder");
    let text = format!(
        "{}\n[index.general]\ngrowth = \"2%\"\n[index.pay]\ngrowth = \"3%\"\n",
        include_str!("../src/cli/starter.toml")
    );
    fs::write(desk_with_indices.path().join("starter.toml"), text).expect("written");
    refuses(desk_with_indices.path(), &grid("12%"), "over the deflator");
    runs(desk_with_indices.path(), &grid("3%"));
}
