//! The commands `sensitivity` and `switching` as a user meets them.

use super::{PATIENT_ACCESS, lines};
use snapbox::cmd::{Command, OutputAssert, cargo_bin};

fn wholelife(args: &[&str]) -> OutputAssert {
    let command = Command::new(cargo_bin("wholelife")).args(args).stdin(PATIENT_ACCESS);
    ["COLUMNS", "NO_COLOR", "CLICOLOR_FORCE"].iter().fold(command, Command::env_remove).assert()
}

fn told(run: &OutputAssert) -> String {
    String::from_utf8(run.get_output().stderr.clone()).expect("text")
}

#[test]
fn bad_names_and_ranges_are_refused_with_a_reason() {
    let cases = [
        ("service.booking.effort.betta", 2, "did you mean `service.booking.effort.beta`?"),
        ("approach.team.coordination", 2, "state a range"),
        ("approach.project.overrun=90%..20%", 2, "low above its high"),
        ("approach.project.overrun=20 months..90 months", 1, "a rate in per cent is needed"),
        ("approach.team.utilisation=50%..150%", 1, "1% to 100%"),
        ("approach.project.stall.chance=0%..50%", 2, "one of two values"),
        ("service.booking.run=£10k a month..£20k a month", 2, "not in the unit"),
        ("approach.project.overrun=20%", 2, "two dots between"),
    ];
    for (input, code, why) in cases {
        let run = wholelife(&["switching", "-", "--input", input]).code(code).stdout_eq("");
        assert!(told(&run).contains(why), "{input}: {}", told(&run));
    }
    let same = ["sensitivity", "-", "--grid", "approach.team.overrun", "approach.team.overrun"];
    assert!(told(&wholelife(&same).code(2)).contains("two different inputs"));
    wholelife(&["sensitivity", "-", "--steps", "3"]).code(2);
}

#[test]
fn every_format_is_given() {
    let grid =
        ["sensitivity", "-", "--steps", "2", "--grid", "approach.team.overrun", "approach.project.overrun"];
    let switching =
        ["switching", "-", "--input", "approach.project.overrun", "--input", "approach.project.stall.chance"];
    for command in [&["sensitivity", "-"][..], &["sensitivity", "-", "--measure", "npsv"], &grid, &switching]
    {
        for format in ["table", "csv", "json", "markdown"] {
            let args: Vec<&str> = command.iter().copied().chain(["--format", format]).collect();
            let run = wholelife(&args).code(0).stderr_eq("");
            let out = String::from_utf8(run.get_output().stdout.clone()).expect("text");
            assert!(out.contains("approach.project.overrun"), "{args:?}: {out}");
            assert_eq!(out.contains("\"format_version\": \"1.0\""), format == "json", "{args:?}");
        }
    }
}

#[test]
fn a_scenario_with_one_option_has_nothing_to_switch() {
    let folder = tempfile::tempdir().expect("a folder");
    let text =
        lines("\"£1\"", "\"£2\"").replace("[option.b]\nname = \"B\"\n", "").replace("[\"b\"]", "[\"a\"]");
    let file = folder.path().join("one.toml");
    std::fs::write(&file, text).expect("written");
    let file = file.to_str().expect("text");
    assert!(told(&wholelife(&["switching", file]).code(2)).contains("only one option"));
    wholelife(&["sensitivity", file]).code(0);
}
