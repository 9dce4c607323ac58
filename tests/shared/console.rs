//! Pages whose `console` blocks are run: the command after `$ `, and below it what it prints today.
//!
//! A comment before a block, `<!-- shown: A > B; C > D -->`, says which lines of an output the page shows: from the
//! first that begins with A up to the next that begins with B, and so on; to the end, if nothing follows `>`. Lines
//! left out are a line of dots.

use std::path::Path;

use super::wholelife;

/// As the pages are wide.
const COLUMNS: &str = "100";

/// A page with what its commands print today in a folder.
pub(crate) fn renewed(folder: &Path, page: &str) -> String {
    let mut parts = page.split("```console\n");
    let mut text = parts.next().expect("a first part").to_owned();
    for part in parts {
        let (block, after) = part.split_once("```\n").expect("the end of a block");
        let command = block.lines().next().expect("a command");
        let printed = printed(folder, command.strip_prefix("$ ").expect("a command after `$ `"));
        let shown = match shown(&text) {
            Some(ranges) => excerpt(&printed, &ranges),
            None => printed,
        };
        text.push_str(&format!("```console\n{command}\n{shown}```\n{after}"));
    }
    text
}

/// What a command prints, errors after results.
fn printed(folder: &Path, command: &str) -> String {
    let words = words(command);
    let (name, args) = words.split_first().expect("a command");
    assert_eq!(name, "wholelife");
    let run = wholelife(folder).args(args).env("COLUMNS", COLUMNS).output().expect("run");
    String::from_utf8([run.stdout, run.stderr].concat()).expect("text")
}

/// The words of a command line; quotes keep spaces.
pub(crate) fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in command.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// The ranges that the comment right before a block asks for.
pub(crate) fn shown(before: &str) -> Option<Vec<(String, String)>> {
    let comment = before.trim_end().lines().last()?.strip_prefix("<!-- shown: ")?.strip_suffix(" -->")?;
    let range = |text: &str| {
        let (from, to) = text.split_once('>').expect("`A > B`");
        (from.trim().to_owned(), to.trim().to_owned())
    };
    Some(comment.split(';').map(range).collect())
}

pub(crate) fn excerpt(printed: &str, ranges: &[(String, String)]) -> String {
    let lines: Vec<&str> = printed.lines().collect();
    let mut text = String::new();
    let mut at = 0;
    for (from, to) in ranges {
        let found = lines[at..].iter().position(|line| line.starts_with(from.as_str()));
        let first = at + found.unwrap_or_else(|| panic!("no line begins with `{from}` in:\n{printed}"));
        let end = lines[first + 1..].iter().position(|line| !to.is_empty() && line.starts_with(to.as_str()));
        let end = match end {
            Some(place) => first + 1 + place,
            None if to.is_empty() => lines.len(),
            None => panic!("no line begins with `{to}` after `{from}` in:\n{printed}"),
        };
        if first > at {
            text.push_str("...\n");
        }
        for line in &lines[first..end] {
            text.push_str(&format!("{line}\n"));
        }
        at = end;
    }
    if at < lines.len() {
        text.push_str("...\n");
    }
    text
}
