//! Two versions of a scenario file: where their trees differ, and scenarios mixed of the two.
//!
//! A difference is found by key path, value by value; an uncertain value is one value. What is taken from the
//! other version is the value, or the whole table where one version lacks it. It refuses nothing: a mix that is
//! no scenario is `None`.

use std::collections::BTreeMap;

use super::document::{self, Entry, Node, Value};
use super::overrides::is_name;
use super::provenance;
use super::{Scenario, read};
use crate::diagnostic::Sources;

/// In front of the name of a CSV file of the second version that has other rows than the first one's.
const OTHER_ROWS: char = '\u{1}';

/// A scenario file with the CSV files that it names.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The CSV files beside it: name and bytes.
    pub tables: &'a BTreeMap<String, Vec<u8>>,
}

/// Two versions of a file, side by side.
#[derive(Clone, Debug)]
pub struct Versions {
    roots: [Node; 2],
    sources: Sources,
    /// The CSV files of both; those of the second that differ have the mark in front of their name.
    tables: BTreeMap<String, Vec<u8>>,
}

/// A value that is not the same in both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its dotted key path.
    pub key: String,
    /// As the first version has it; `None` where it is added.
    pub old: Option<String>,
    /// As the second version has it; `None` where it is removed.
    pub new: Option<String>,
    /// What is taken from the second version if this is: the keys of the value, or of the whole table that one
    /// version lacks.
    pub taken: Vec<String>,
    /// Whether a named thing (a service, an option, a stream) came or went with it.
    pub is_structural: bool,
    /// Whether it is words for people, which no figure depends on.
    pub is_wording: bool,
}

impl Versions {
    /// Two files, each of which can be read.
    pub fn new(old: File<'_>, new: File<'_>) -> Self {
        let mut sources = Sources::default();
        let mut tables = old.tables.clone();
        let mut roots = [old, new].map(|file| {
            let source = sources.add(file.name, file.text);
            document::parse(file.text, source, &mut Vec::new())
        });
        for (name, bytes) in new.tables {
            match old.tables.get(name) {
                Some(same) if same == bytes => {}
                Some(_) => {
                    tables.insert(format!("{OTHER_ROWS}{name}"), bytes.clone());
                    mark(&mut roots[1], name);
                }
                None => {
                    tables.insert(name.clone(), bytes.clone());
                }
            }
        }
        Self { roots, sources, tables }
    }

    /// Every value that differs, in the order of the first file, then what only the second has.
    pub fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        compare(&self.roots[0], &self.roots[1], &mut Vec::new(), &mut changes);
        changes
    }

    /// The first version with what these paths lead to taken from the second; `None` if that is no scenario.
    pub fn mixed(&self, taken: &[&[String]]) -> Option<Scenario> {
        let mut root = self.roots[0].clone();
        for path in taken {
            take(&mut root, &self.roots[1], path);
        }
        let tables = |name: &str| {
            self.tables.get(name).cloned().ok_or_else(|| "it was not there when the file was read".to_owned())
        };
        read::read_tree(root, self.sources.clone(), Vec::new(), &tables, None, true).scenario
    }
}

/// Gives a CSV file's name its mark wherever it is named.
fn mark(node: &mut Node, name: &str) {
    let Value::Table(entries) = &mut node.value else { return };
    for entry in entries {
        match &mut entry.node.value {
            Value::Text(text) if entry.key == "table" && text == name => text.insert(0, OTHER_ROWS),
            _ => mark(&mut entry.node, name),
        }
    }
}

fn compare(old: &Node, new: &Node, path: &mut Vec<String>, changes: &mut Vec<Change>) {
    for entry in old.entries() {
        path.push(entry.key.clone());
        match new.get(&entry.key) {
            None => list(&entry.node, false, path, changes),
            Some(other) if is_table(&entry.node) && is_table(other) => {
                compare(&entry.node, other, path, changes);
            }
            Some(other) if same(&entry.node, other) => {}
            Some(other) => {
                let change = Change::new(path, path, Some(&entry.node), Some(other));
                changes.push(change);
            }
        }
        path.pop();
    }
    for entry in new.entries().iter().filter(|entry| old.get(&entry.key).is_none()) {
        path.push(entry.key.clone());
        list(&entry.node, true, path, changes);
        path.pop();
    }
}

/// Every value of what only one version has.
fn list(node: &Node, added: bool, path: &[String], changes: &mut Vec<Change>) {
    let mut left = vec![(path.to_vec(), node)];
    while let Some((at, node)) = left.pop() {
        if is_table(node) && !node.entries().is_empty() {
            let inner = node.entries().iter().rev();
            left.extend(
                inner.map(|entry| ([&at[..], std::slice::from_ref(&entry.key)].concat(), &entry.node)),
            );
        } else {
            let (old, new) = if added { (None, Some(node)) } else { (Some(node), None) };
            changes.push(Change::new(&at, path, old, new));
        }
    }
}

impl Change {
    fn new(path: &[String], taken: &[String], old: Option<&Node>, new: Option<&Node>) -> Self {
        let keys: Vec<&str> = taken.iter().map(String::as_str).collect();
        let comes_or_goes = old.is_none() || new.is_none();
        let is_structural = comes_or_goes && (is_name(&keys) || is_name(&[&keys[..], &[""]].concat()));
        Self {
            key: path.join("."),
            old: old.map(told),
            new: new.map(told),
            taken: taken.to_vec(),
            is_structural,
            is_wording: !is_structural && is_wording(path),
        }
    }
}

/// Whether what stands at a path is words for people: names, where values come from, logs.
fn is_wording(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["allow" | "decision" | "change", ..] | ["programme", "organisation"] => true,
        [.., last] => matches!(*last, "name" | "description") || provenance::KEYS.contains(last),
        [] => false,
    }
}

/// Whether a value is a table of keys, not an uncertain value written as one.
fn is_table(node: &Node) -> bool {
    matches!(node.value, Value::Table(_)) && node.get("low").is_none() && node.get("then").is_none()
}

fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Text(a), Value::Text(b)) | (Value::Number(a), Value::Number(b)) => a == b,
        (Value::Truth(a), Value::Truth(b)) => a == b,
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Table(a), Value::Table(other)) => {
            a.len() == other.len()
                && a.iter().all(|entry| b.get(&entry.key).is_some_and(|b| same(&entry.node, b)))
        }
        _ => false,
    }
}

/// A value as it is written, an uncertain one as its range.
fn told(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => match text.strip_prefix(OTHER_ROWS) {
            Some(name) => format!("{name} (other rows)"),
            None => text.clone(),
        },
        Value::Number(digits) => digits.clone(),
        Value::Truth(truth) => truth.to_string(),
        Value::Date | Value::Broken => "not readable".to_owned(),
        Value::List(items) => format!("[{}]", items.iter().map(told).collect::<Vec<_>>().join(", ")),
        Value::Table(entries) => uncertain(node).unwrap_or_else(|| {
            let inner = entries.iter().map(|entry| format!("{} = {}", entry.key, told(&entry.node)));
            format!("{{{}}}", inner.collect::<Vec<_>>().join(", "))
        }),
    }
}

/// `£1k to £3k, likely £2k (pert)`; `15%: £5k, else £0`.
fn uncertain(node: &Node) -> Option<String> {
    let get = |key: &str| node.get(key).map(told);
    if let (Some(low), Some(high)) = (get("low"), get("high")) {
        let likely = get("likely").map_or(String::new(), |likely| format!(", likely {likely}"));
        let shape = get("shape").map_or(String::new(), |shape| format!(" ({shape})"));
        return Some(format!("{low} to {high}{likely}{shape}"));
    }
    let (chance, then, otherwise) = (get("chance")?, get("then")?, get("else")?);
    Some(format!("{chance}: {then}, else {otherwise}"))
}

/// Puts what a path leads to in another tree in its place in this one, or takes it out where it is not there.
fn take(root: &mut Node, other: &Node, path: &[String]) {
    let [key, rest @ ..] = path else { return };
    let Value::Table(entries) = &mut root.value else { return };
    let place = entries.iter().position(|entry| entry.key == *key);
    let theirs = other.entries().iter().find(|entry| entry.key == *key);
    match (place, theirs) {
        (Some(place), Some(theirs)) if rest.is_empty() => entries[place].node = theirs.node.clone(),
        (Some(place), None) if rest.is_empty() => drop(entries.remove(place)),
        (Some(place), Some(theirs)) => take(&mut entries[place].node, &theirs.node, rest),
        (None, Some(theirs)) => entries.push(Entry::clone(theirs)),
        (_, None) => {}
    }
}
