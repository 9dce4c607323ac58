//! What the command tells of itself: completions, manual pages, what a fault or a rule means, and the schema that helps
//! editors.

#![cfg(feature = "cli")]

use std::fs;

use tempfile::TempDir;

use crate::shared::desk::{desk, read, stderr, stdout, wholelife};

/// Every command as its arguments tell it: the lines under `Commands:` of the help.
fn commands(desk: &TempDir) -> Vec<String> {
    let help = stdout(&wholelife(desk.path(), &["--help"]).code(0));
    let (_, after) = help.split_once("Commands:\n").expect("the commands");
    let lines = after.lines().take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.map(|line| line.trim().split(' ').next().expect("a word").to_owned()).collect()
}

#[test]
fn completions_name_every_command_in_every_shell() {
    let desk = tempfile::tempdir().expect("a folder");
    let commands = commands(&desk);
    assert!(commands.len() > 15, "{commands:?}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = stdout(&wholelife(desk.path(), &["completions", shell]).code(0).stderr_eq(""));
        for name in commands.iter().map(String::as_str).chain(["--between"]) {
            // fish writes a long argument without its dashes.
            let name = name.trim_start_matches('-');
            assert!(script.contains(name), "{shell}: {name}");
        }
    }
    wholelife(desk.path(), &["completions", "cmd"]).code(2).stdout_eq("");
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let desk = tempfile::tempdir().expect("a folder");
    let page = stdout(&wholelife(desk.path(), &["man"]).code(0).stderr_eq(""));
    assert!(page.starts_with(".ie") && page.contains(".TH wholelife 1"), "{page}");
    wholelife(desk.path(), &["man", "-o", "man/man1"]).code(0).stdout_eq("");
    let pages: Vec<String> = fs::read_dir(desk.path().join("man/man1"))
        .expect("a folder")
        .map(|page| page.expect("a page").file_name().to_string_lossy().into_owned())
        .collect();
    assert!(pages.contains(&"wholelife-params-show.1".to_owned()), "{pages:?}");
    for name in commands(&desk).iter().filter(|name| *name != "help") {
        assert!(page.contains(&format!("wholelife\\-{name}(1)")), "{name}: {page}");
        assert!(pages.contains(&format!("wholelife-{name}.1")), "{name}: {pages:?}");
        let page = read(&desk, &format!("man/man1/wholelife-{name}.1"));
        assert!(page.contains(".SH SYNOPSIS"), "{name}");
    }
    // What is there is not overwritten unasked.
    wholelife(desk.path(), &["man", "-o", "man/man1"]).code(2);
    wholelife(desk.path(), &["man", "-o", "man/man1", "--force"]).code(0);
}

#[test]
fn a_fault_or_rule_alone_is_explained_as_by_rules() {
    let desk = desk();
    for name in ["WL0101", "wl0006", "no-effect"] {
        let told = stdout(&wholelife(desk.path(), &["rules", name]).code(0));
        wholelife(desk.path(), &["explain", name]).code(0).stdout_eq(told).stderr_eq("");
    }
    let run = wholelife(desk.path(), &["explain", "no-efect"]).code(2).stdout_eq("");
    assert!(stderr(&run).contains("(did you mean `no-effect`?)"), "{}", stderr(&run));
    let run = wholelife(desk.path(), &["explain", "my.toml"]).code(2).stdout_eq("");
    assert!(stderr(&run).contains("which figure?"), "{}", stderr(&run));
}

#[test]
fn a_scenario_may_have_its_schema_beside_it() {
    let desk = tempfile::tempdir().expect("a folder");
    let schema = stdout(&wholelife(desk.path(), &["schema"]).code(0).stderr_eq(""));
    wholelife(desk.path(), &["init", "my.toml", "--schema"]).code(0).stdout_eq("");
    assert_eq!(read(&desk, "wholelife.schema.json"), schema);
    let plain = stdout(&wholelife(desk.path(), &["init"]).code(0));
    assert_eq!(read(&desk, "my.toml"), format!("#:schema ./wholelife.schema.json\n{plain}"));
    wholelife(desk.path(), &["compare", "my.toml"]).code(0);
    // A second scenario shares the schema; an edited one is renewed; another program's file is left.
    wholelife(desk.path(), &["init", "other.toml", "--schema"]).code(0);
    wholelife(desk.path(), &["init", "other.toml", "--schema"]).code(2);
    fs::write(desk.path().join("wholelife.schema.json"), "{}").expect("written");
    wholelife(desk.path(), &["init", "third.toml", "--schema"]).code(2);
    assert_eq!(read(&desk, "wholelife.schema.json"), "{}");
    assert!(!desk.path().join("third.toml").exists());
    for args in [&["init", "--schema"][..], &["init", "-", "--schema"]] {
        let run = wholelife(desk.path(), args).code(2).stdout_eq("");
        assert!(stderr(&run).contains("wholelife schema"), "{}", stderr(&run));
    }
}
