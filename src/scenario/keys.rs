//! A table while it is being read: it remembers what was asked for, so that at the end every key that nobody
//! asked for is reported with the nearest one that is known.
//!
//! A table may have layers: a stream's own keys over those of its approach, merged key by key.

use std::collections::BTreeSet;

use super::document::{Entry, Node, Value};
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Span};

/// One table of the file under the key path it stands at.
#[derive(Clone, Debug)]
struct Layer<'n> {
    path: String,
    span: Option<Span>,
    entries: &'n [Entry],
}

/// A table that is being read. See the module.
#[derive(Clone, Debug)]
pub(super) struct Table<'n> {
    /// The layers, the one that wins first.
    layers: Vec<Layer<'n>>,
    /// The key path that defaults get.
    base: String,
    asked: BTreeSet<String>,
}

/// A value of a table, with its key path.
#[derive(Clone, Debug)]
pub(super) struct Field<'n> {
    /// The key itself.
    key: &'n str,
    /// The dotted key path.
    pub(super) path: String,
    /// The place of the key.
    pub(super) key_span: Span,
    /// The value.
    pub(super) node: &'n Node,
}

impl<'n> Field<'n> {
    /// The key itself: the last part of the path.
    pub(super) fn key(&self) -> &'n str {
        self.key
    }

    /// An item of a list, under the list's key.
    pub(super) fn item(&self, node: &'n Node) -> Self {
        Self { node, ..self.clone() }
    }

    /// The text, if it is text.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.node.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'n> Table<'n> {
    /// The whole file.
    pub(super) fn root(node: &'n Node) -> Self {
        let layer = Layer { path: String::new(), span: None, entries: node.entries() };
        Self { layers: vec![layer], base: String::new(), asked: BTreeSet::new() }
    }

    /// The table that a value is. The caller knows that it is one.
    pub(super) fn of(field: &Field<'n>) -> Self {
        let span = Some(field.node.span);
        let layer = Layer { path: field.path.clone(), span, entries: field.node.entries() };
        Self { layers: vec![layer], base: field.path.clone(), asked: BTreeSet::new() }
    }

    /// A table in which nothing is written, so that everything is default.
    pub(super) fn absent(base: String) -> Self {
        Self { layers: Vec::new(), base, asked: BTreeSet::new() }
    }

    /// This table laid over another, which gives the key path of defaults.
    pub(super) fn over(&self, under: &Table<'n>) -> Self {
        let layers = self.layers.iter().chain(&under.layers).cloned().collect();
        Self { layers, base: under.base.clone(), asked: BTreeSet::new() }
    }

    /// The key path of the table.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// The place of the table's heading.
    pub(super) fn span(&self) -> Option<Span> {
        self.layers.first().and_then(|layer| layer.span)
    }

    /// The key path that a key has by default.
    pub(super) fn path(&self, key: &str) -> String {
        join(&self.base, key)
    }

    /// Whether the table has a key; does not count as asking for it.
    pub(super) fn has(&self, key: &str) -> bool {
        self.layers.iter().any(|layer| layer.entries.iter().any(|entry| entry.key == key))
    }

    /// The value of a key, from the first layer that has it.
    pub(super) fn take(&mut self, key: &str) -> Option<Field<'n>> {
        self.asked.insert(key.to_owned());
        self.layers.iter().find_map(|layer| layer.field(key))
    }

    /// Everything in the table, in the order of the file.
    pub(super) fn take_all(&mut self) -> Vec<Field<'n>> {
        let keys: Vec<&str> =
            self.layers.iter().flat_map(|l| l.entries.iter().map(|e| e.key.as_str())).collect();
        let fields =
            self.layers.iter().flat_map(|layer| layer.entries.iter().map(|entry| layer.entry(entry)));
        let fields = fields.collect();
        self.asked.extend(keys.into_iter().map(str::to_owned));
        fields
    }

    /// The table under a key, merged over the layers; `None` if no layer has it. What is not a table is
    /// reported.
    pub(super) fn table(&mut self, key: &str, reader: &mut Reader<'_>) -> Option<Table<'n>> {
        self.asked.insert(key.to_owned());
        let fields: Vec<Field<'n>> = self.layers.iter().filter_map(|layer| layer.field(key)).collect();
        if fields.is_empty() {
            return None;
        }
        let mut inner = Table::absent(self.path(key));
        for field in &fields {
            if reader.is_table(field) {
                inner.layers.extend(Table::of(field).layers);
            }
        }
        Some(inner)
    }

    /// The table under a key, or one with nothing in it.
    pub(super) fn table_or_absent(&mut self, key: &str, reader: &mut Reader<'_>) -> Table<'n> {
        self.table(key, reader).unwrap_or_else(|| Table::absent(self.path(key)))
    }

    /// Counts what another table was asked for as asked of this one.
    pub(super) fn also_asked(&mut self, other: &Table<'_>) {
        self.asked.extend(other.asked.iter().cloned());
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(self, reader: &mut Reader<'_>) {
        for layer in &self.layers {
            for entry in layer.entries.iter().filter(|entry| !self.asked.contains(&entry.key)) {
                reader.report(self.unknown(layer, entry, reader));
            }
        }
    }

    fn unknown(&self, layer: &Layer<'_>, entry: &Entry, reader: &Reader<'_>) -> Diagnostic {
        let what = match layer.path.as_str() {
            "" => "a table of a scenario".to_owned(),
            path => format!("a key of `{path}`"),
        };
        let key = super::quantity::short(&entry.key);
        let message = format!("`{key}` is not {what}");
        let fault =
            Diagnostic::error(Code::UnknownKey, join(&layer.path, &entry.key), Some(entry.key_span), message);
        let known: Vec<&str> = self.asked.iter().map(String::as_str).collect();
        let fault = fault.expected(match known.len() {
            0 => "nothing goes in this table".to_owned(),
            _ => format!("one of {}", known.join(", ")),
        });
        fault.meant(reader.guess(&entry.key, known))
    }
}

impl<'n> Layer<'n> {
    fn field(&self, key: &str) -> Option<Field<'n>> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| self.entry(entry))
    }

    fn entry(&self, entry: &'n Entry) -> Field<'n> {
        Field {
            key: &entry.key,
            path: join(&self.path, &entry.key),
            key_span: entry.key_span,
            node: &entry.node,
        }
    }
}

/// A key path and one more key.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
