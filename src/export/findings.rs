//! Findings of `check` for other programs: JSON, SARIF 2.1.0, and annotations for GitHub Actions.
//!
//! Places are lines and columns from 1; columns count characters. Of very many findings each format has the first
//! ones of a file, and says how many more there are ([`Selection`]).

use serde_json::{Value, json};

use super::json::FORMAT_VERSION;
use crate::diagnostic::{Code, Diagnostic, Selection, Severity, Sources};

/// A file that was checked.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether it is a scenario that can be run.
    pub can_be_run: bool,
    /// What was found, in the order of places.
    pub found: &'a [Diagnostic],
    /// The texts that findings point into.
    pub sources: &'a Sources,
}

/// Where a finding stands: file, line, column; the file alone if it is about all of it.
struct Place<'a> {
    file: &'a str,
    start: Option<[usize; 2]>,
    end: Option<[usize; 2]>,
}

impl File<'_> {
    fn place<'a>(&'a self, finding: &Diagnostic) -> Place<'a> {
        let Some(span) = finding.span else { return Place { file: self.name, start: None, end: None } };
        let [start, end] = [span.start, span.end].map(|at| {
            let (line, column) = self.sources.line_and_column(crate::diagnostic::Span { start: at, ..span });
            [line, column]
        });
        Place { file: self.sources.name(span.source), start: Some(start), end: Some(end) }
    }
}

/// As JSON.
pub fn json(files: &[File<'_>]) -> String {
    let finding = |file: &File<'_>, finding: &Diagnostic| {
        let place = file.place(finding);
        json!({
            "code": finding.code.to_string(),
            "name": finding.code.name(),
            "severity": finding.severity.to_string(),
            "key": finding.key,
            "message": finding.message,
            "expected": finding.expected,
            "help": finding.help,
            "file": place.file,
            "line": place.start.map(|[line, _]| line),
            "column": place.start.map(|[_, column]| column),
        })
    };
    let file = |file: &File<'_>| {
        let listed = Selection::of(file.found);
        let mut value = json!({
            "file": file.name,
            "can_be_run": file.can_be_run,
            "findings": listed.shown.iter().map(|found| finding(file, found)).collect::<Vec<_>>(),
        });
        if listed.more().is_some() {
            value["left_out"] = json!({ "faults": listed.faults, "warnings": listed.warnings });
        }
        value
    };
    let files: Vec<Value> = files.iter().map(file).collect();
    super::json::text(&json!({ "format_version": FORMAT_VERSION, "files": files }))
}

/// As SARIF 2.1.0, the format of code review tools.
pub fn sarif(files: &[File<'_>]) -> String {
    let level = |finding: &Diagnostic| match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let result = |file: &File<'_>, finding: &Diagnostic| {
        let place = file.place(finding);
        let mut physical = json!({ "artifactLocation": { "uri": uri(place.file) } });
        if let (Some([line, column]), Some([end_line, end_column])) = (place.start, place.end) {
            physical["region"] = json!({
                "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            });
        }
        json!({
            "ruleId": finding.code.to_string(),
            "level": level(finding),
            "message": { "text": words(finding) },
            "locations": [{ "physicalLocation": physical }],
        })
    };
    let rule = |code: &Code| {
        let meaning: Vec<&str> = code.meaning().split_whitespace().collect();
        json!({
            "id": code.to_string(),
            "name": code.name(),
            "shortDescription": { "text": meaning.join(" ") },
        })
    };
    let listed: Vec<Selection<'_>> = files.iter().map(|file| Selection::of(file.found)).collect();
    let all = files.iter().zip(&listed);
    let results: Vec<Value> =
        all.clone().flat_map(|(file, listed)| listed.shown.iter().map(|found| result(file, found))).collect();
    let notes: Vec<Value> = all
        .filter_map(|(file, listed)| Some(format!("{}: {}", file.name, listed.more()?)))
        .map(|text| json!({ "level": "warning", "message": { "text": text } }))
        .collect();
    let mut value = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "wholelife",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    if !notes.is_empty() {
        let invocation = json!({ "executionSuccessful": true, "toolExecutionNotifications": notes });
        value["runs"][0]["invocations"] = json!([invocation]);
    }
    super::json::text(&value)
}

/// As workflow commands of GitHub Actions, a line each.
pub fn github(files: &[File<'_>]) -> String {
    let mut text = String::new();
    for file in files {
        let listed = Selection::of(file.found);
        for finding in &listed.shown {
            let place = file.place(finding);
            let at =
                place.start.map(|[line, column]| format!(",line={line},col={column}")).unwrap_or_default();
            let title = property(&format!("{} {}", finding.code, finding.code.name()));
            let name = property(place.file);
            let command = finding.severity;
            text.push_str(&format!("::{command} file={name}{at},title={title}::{}\n", data(&words(finding))));
        }
        if let Some(more) = listed.more() {
            text.push_str(&format!("::warning file={}::{}\n", property(file.name), data(&more)));
        }
    }
    text
}

/// A finding in words: what is wrong, what was expected, what to do.
fn words(finding: &Diagnostic) -> String {
    let expected = finding.expected.as_ref().map(|expected| format!("; expected {expected}"));
    let help = finding.help.as_ref().map(|help| format!(" ({help})"));
    [finding.message.clone(), expected.unwrap_or_default(), help.unwrap_or_default()].concat()
}

/// Message text of a workflow command: what would end it is escaped.
fn data(text: &str) -> String {
    super::figure::directions_shown(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A file name as a relative URI reference: what is no plain character is escaped byte by byte.
fn uri(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let path = name.replace('\\', "/");
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::json as listed;
    use super::*;

    fn file<'a>(sources: &'a Sources, found: &'a [Diagnostic]) -> File<'a> {
        File { name: "a b.toml", can_be_run: false, found, sources }
    }

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let sources = Sources::default();
        let found = [Diagnostic::error(Code::WrongUnit, "k", None, "50%\nof: a, b")];
        let text = github(&[file(&sources, &found)]);
        assert_eq!(text, "::error file=a b.toml,title=WL0006 wrong-unit::50%25%0Aof: a, b\n");
    }

    #[test]
    fn a_finding_has_its_line_and_column() {
        let mut sources = Sources::default();
        let source = sources.add("a b.toml", "x = 1\n£ = 22\n");
        let span = crate::diagnostic::Span { source, start: 11, end: 13 };
        let found = [Diagnostic::warning(Code::NoEffect, "£", Some(span), "idle").help("drop it")];
        let read: Value = serde_json::from_str(&sarif(&[file(&sources, &found)])).expect("JSON");
        let result = &read["runs"][0]["results"][0];
        assert_eq!(result["message"]["text"], "idle (drop it)");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%20b.toml");
        assert_eq!(
            place["region"],
            json!({ "startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 7 })
        );
        let read: Value = serde_json::from_str(&listed(&[file(&sources, &found)])).expect("JSON");
        assert_eq!(
            (&read["files"][0]["findings"][0]["line"], &read["files"][0]["findings"][0]["column"]),
            (&json!(2), &json!(5))
        );
    }
}
