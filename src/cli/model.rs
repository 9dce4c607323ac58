//! The one seam between the command and the library: from the text of a scenario to what is printed.
//!
//! STAND-IN: everything below that is marked so only lets the shell be built and tested before the model
//! is there. The signatures are what the commands need; the bodies are to be replaced.

use serde_json::{Value, json};

use crate::diagnostic::{Code, Diagnostic, Severity, Sources, Span};
use crate::export::{csv, json::FORMAT_VERSION};
use crate::table::{Cell, ColumnKind, Table};

/// STAND-IN for `scenario::Request`.
pub(super) struct Request<'a> {
    /// The file, as the user knows it.
    pub(super) name: &'a str,
    /// Its text.
    pub(super) text: &'a str,
    /// Inputs changed for this run: key and value.
    pub(super) set: &'a [(String, String)],
    /// The text of a CSV file beside the scenario, or why there is none.
    pub(super) tables: &'a dyn Fn(&str) -> Result<String, String>,
}

/// What reading gives: a model unless there are faults, and everything there is to say.
pub(super) struct Reading {
    pub(super) model: Option<Model>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) sources: Sources,
}

/// A scenario that can be run. STAND-IN: the ids and names of its options.
#[derive(Debug)]
pub(super) struct Model {
    options: Vec<(String, String)>,
}

/// What `compare` shows: tables for people, the first of them for CSV, and the value for programs.
pub(super) struct Comparison {
    pub(super) tables: Vec<Table>,
    pub(super) value: Value,
}

/// Reads a scenario. STAND-IN for `scenario::read`: its syntax, its options, the tables it names.
pub(super) fn read(request: &Request) -> Reading {
    let mut sources = Sources::default();
    let source = sources.add(request.name, request.text);
    let mut diagnostics = Vec::new();
    let root = toml::from_str::<toml::Table>(request.text).unwrap_or_else(|fault| {
        let span = fault.span().map(|span| Span { source, start: span.start, end: span.end });
        diagnostics.push(Diagnostic::error(Code::Syntax, "", span, fault.message()));
        toml::Table::new()
    });
    for (key, _) in request.set {
        let found = key.split('.').try_fold(None, |at: Option<&toml::Value>, part| {
            at.map_or_else(|| root.get(part), |at| at.get(part)).map(Some)
        });
        if found.is_none() {
            diagnostics.push(Diagnostic::error(Code::UnknownName, key, None, format!("no input `{key}`")));
        }
    }
    let items = |key: &str| root.get(key).and_then(toml::Value::as_table).cloned().unwrap_or_default();
    for (key, line) in items("cost") {
        let table = line.get("table").and_then(toml::Value::as_str);
        if let Some(Err(why)) = table.map(request.tables) {
            diagnostics.push(Diagnostic::error(Code::BadTable, format!("cost.{key}.table"), None, why));
        }
    }
    let name = |id: &str, option: &toml::Value| {
        option.get("name").and_then(toml::Value::as_str).unwrap_or(id).to_owned()
    };
    let mut options: Vec<(String, String)> =
        items("option").iter().map(|(id, option)| (id.clone(), name(id, option))).collect();
    options.sort_by_key(|(id, _)| request.text.find(&format!("[option.{id}]")));
    if options.is_empty() && diagnostics.is_empty() {
        diagnostics.push(Diagnostic::error(Code::MissingKey, "option", None, "there is no option"));
    }
    let model = diagnostics.is_empty().then_some(Model { options });
    Reading { model, diagnostics, sources }
}

/// Diagnostics as text. STAND-IN for `export::diagnostics::render`.
pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, _colour: bool) -> String {
    let line = |d: &Diagnostic| {
        let place = d.span.map_or(String::new(), |span| {
            let (line, column) = sources.line_and_column(span);
            format!("{}:{line}:{column}: ", sources.name(span.source))
        });
        format!("{place}{}[{}]: {}\n", d.severity, d.code, d.message)
    };
    debug_assert!(diagnostics.iter().all(|d| d.severity <= Severity::Warning));
    diagnostics.iter().map(line).collect()
}

impl Model {
    /// The options' names in the file, in its order.
    pub(super) fn option_ids(&self) -> Vec<&str> {
        self.options.iter().map(|(id, _)| id.as_str()).collect()
    }

    /// The parameter edition that the run uses. STAND-IN.
    #[expect(clippy::unused_self, reason = "stand-in")]
    pub(super) fn edition(&self) -> &'static str {
        "nhs-england-2026-27"
    }

    /// The comparison of all options; with the difference between two of them, by id. STAND-IN.
    pub(super) fn comparison(&self, between: Option<(&str, &str)>) -> Comparison {
        let mut table = Table::new("Options").column("Measure", ColumnKind::Text);
        for (_, name) in &self.options {
            table = table.column(name, ColumnKind::Figures);
        }
        if let Some((first, second)) = between {
            table = table.note(format!("Difference: {first} less {second}."));
        }
        let noughts = self.options.iter().map(|_| Cell::Money(rust_decimal::Decimal::ZERO));
        table.push([Cell::text("Whole-life cost")].into_iter().chain(noughts).collect());
        let options = self.options.iter().map(|(id, name)| (id.clone(), json!({ "name": name })));
        let options: serde_json::Map<String, Value> = options.collect();
        Comparison {
            tables: vec![table],
            value: json!({ "format_version": FORMAT_VERSION, "options": options }),
        }
    }

    /// Every posting of one option or of all. STAND-IN.
    pub(super) fn ledger(&self, option: Option<&str>) -> Table {
        let mut table =
            Table::new("Ledger").column("option", ColumnKind::Text).column("economic", ColumnKind::Money);
        for (id, _) in self.options.iter().filter(|(id, _)| option.is_none_or(|option| option == id)) {
            table.push(vec![Cell::text(id), Cell::Money(rust_decimal::Decimal::ZERO)]);
        }
        table
    }

    /// The files of a report: name and bytes. STAND-IN.
    pub(super) fn report(&self) -> Vec<(String, Vec<u8>)> {
        let comparison = self.comparison(None);
        let first = comparison.tables.first().map(csv::file).unwrap_or_default();
        let ids = self.option_ids();
        let ledgers = ids
            .iter()
            .zip(super::files::stems(&ids))
            .map(|(id, stem)| (format!("ledger-{stem}.csv"), csv::file(&self.ledger(Some(id)))));
        [("comparison.csv".into(), first)].into_iter().chain(ledgers).collect()
    }
}
