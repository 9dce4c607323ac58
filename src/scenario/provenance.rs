//! Where values come from, as the scenario says it.
//!
//! Any table may say `source`, `owner`, `dated`, `review_by`, `signed_off` and `note`: beside a value
//! (`{ value = "£5k", source = "..." }`), in the table of a service, or at the top of the file. It holds for every
//! value in that table that says nothing nearer. These keys are taken out of the tree before it is read, so that no
//! other reader has to know them. Dates are ISO dates or the beginning of one; anything else is refused.

use std::collections::BTreeMap;

use super::Provenance;
use super::document::{Entry, Node, Value};
use super::keys::join;
use super::log::no_date;
use crate::calendar;
use crate::diagnostic::{Code, Diagnostic};

/// What a table may say of where its values come from.
pub(super) const KEYS: [&str; 6] = ["source", "owner", "dated", "review_by", "signed_off", "note"];

/// Tables whose keys are names that the user chose, with a figure each: a role may be called `owner`.
const OF_NAMES: [&str; 2] = ["members", "shares"];

/// What each table says, by its key path.
#[derive(Debug, Default)]
pub(super) struct Provenances {
    by_path: BTreeMap<String, Provenance>,
}

impl Provenances {
    /// Takes what tables say out of the tree.
    pub(super) fn take(root: &mut Node, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut all = Self::default();
        all.walk(root, "", diagnostics);
        all
    }

    /// What is said of the value at a key path: the nearest table that says it wins, part by part.
    pub(super) fn of(&self, path: &str) -> Provenance {
        let above = path.rmatch_indices('.').map(|(dot, _)| &path[..dot]);
        let nearest_first = std::iter::once(path).chain(above).chain(std::iter::once(""));
        let said = nearest_first.filter_map(|place| self.by_path.get(place));
        said.fold(Provenance::default(), Provenance::or)
    }

    fn walk(&mut self, node: &mut Node, path: &str, diagnostics: &mut Vec<Diagnostic>) {
        let Value::Table(entries) = &mut node.value else { return };
        let mut said = Provenance::default();
        entries.retain(|entry| !take(&mut said, entry, path, diagnostics));
        if said != Provenance::default() {
            self.by_path.insert(path.to_owned(), said);
        }
        for entry in entries.iter_mut().filter(|entry| !OF_NAMES.contains(&entry.key.as_str())) {
            self.walk(&mut entry.node, &join(path, &entry.key), diagnostics);
        }
    }
}

/// Whether an entry says where values come from; if so it is taken in.
fn take(said: &mut Provenance, entry: &Entry, path: &str, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let (part, is_date) = match entry.key.as_str() {
        "source" => (&mut said.source, false),
        "owner" => (&mut said.owner, false),
        "dated" => (&mut said.dated, true),
        "review_by" => (&mut said.review_by, true),
        "signed_off" => (&mut said.signed_off, false),
        "note" => (&mut said.note, false),
        _ => return false,
    };
    let fault = |code, message: String, expected: &str| {
        Diagnostic::error(code, join(path, &entry.key), Some(entry.node.span), message).expected(expected)
    };
    match &entry.node.value {
        // Something of the user's that has this name.
        Value::Table(_) => return false,
        Value::Text(text) if is_date && !calendar::is_date(text) => {
            let message = no_date(text);
            let expected = "a date, like \"2026-11-23\", \"2026-11\" or \"2026\"";
            diagnostics.push(fault(Code::WrongUnit, message, expected));
        }
        Value::Text(text) => *part = Some(text.clone()),
        Value::Broken => {}
        other => {
            let message = format!("`{}` is {}", entry.key, other.sort());
            diagnostics.push(fault(Code::WrongSort, message, "text in quotes"));
        }
    }
    true
}
