//! The text of a scenario as a tree of our own: every key and value with its place, tables in the order of
//! the file, numbers as the digits that were written (no binary floating point on the way).
//!
//! It refuses what is not TOML and what is nested deeper than any scenario, and goes on with what could be
//! made out, so that the faults of the rest are found in the same run.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{syntax, years};
use crate::diagnostic::{Code, Diagnostic, SourceId, Span};

/// The most levels of tables in tables that are looked at. A scenario needs seven.
const DEEPEST: usize = 32;

/// The most dots outside quotes in one statement: each may be a level of nesting.
const MOST_DOTS: usize = 1_000;

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) span: Span,
}

/// A value as written.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Quoted text.
    Text(String),
    /// A bare number, by its digits.
    Number(String),
    /// `true` or `false`.
    Truth(bool),
    /// A bare TOML date.
    Date,
    /// Something that could not be made out, and was reported.
    Broken,
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Vec<Entry>),
}

/// A key of a table and what it holds.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) node: Node,
}

impl Value {
    /// What sort of value it is, for messages.
    pub(super) fn sort(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "a bare number",
            Self::Truth(_) => "true or false",
            Self::Date => "a bare date",
            Self::Broken => "not readable",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Node {
    /// The entries, if it is a table.
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The value under a key, if it is a table that has it.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }
}

/// The tree of a whole file, with what could not be made out put among the diagnostics.
pub(super) fn parse(text: &str, source: SourceId, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let whole = Span { source, start: 0, end: 0 };
    if let Some(at) = too_deep(text) {
        diagnostics.push(deep(Span { source, start: at, end: at + 1 }));
        return Node { value: Value::Table(Vec::new()), span: whole };
    }
    let (root, errors) = DeTable::parse_recoverable(text);
    diagnostics.extend(errors.iter().map(|error| syntax::diagnostic(error, text, source)));
    let faults = errors.iter().filter(|error| !syntax::is_duplicate(error));
    let broken = Broken::new(faults.filter_map(toml::de::Error::span).collect());
    let mut grower = Grower { source, shift: 0, broken, diagnostics };
    let entries = grower.table(root.get_ref(), DEEPEST);
    let mut root = Node { value: Value::Table(entries), span: whole };
    years::spell_alike(&mut root);
    root
}

/// The tree of one value that stands at `shift` in its source; `None` if it is not a TOML value.
pub(super) fn parse_value(
    text: &str,
    source: SourceId,
    shift: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Node> {
    if too_deep(text).is_some() {
        return None;
    }
    let value = DeValue::parse(text).ok()?;
    Some(Grower { source, shift, broken: Broken::default(), diagnostics }.node(&value, DEEPEST))
}

fn deep(span: Span) -> Diagnostic {
    Diagnostic::error(Code::TooLarge, "", Some(span), "tables are nested deeper than any scenario needs")
        .expected(format!("at most {DEEPEST} levels"))
}

/// Where the parser found faults. A file can have as many as it has values, so none are looked for one by one.
#[derive(Default)]
struct Broken {
    /// Where each starts, and how far it or one before it reaches; in order.
    faults: Vec<(usize, usize)>,
}

impl Broken {
    fn new(mut faults: Vec<Range<usize>>) -> Self {
        faults.sort_by_key(|fault| fault.start);
        let mut reached = 0;
        let reach = |fault: Range<usize>| {
            reached = reached.max(fault.end).max(fault.start + 1);
            (fault.start, reached)
        };
        Self { faults: faults.into_iter().map(reach).collect() }
    }

    /// Whether a fault lies in a range, if only in part.
    fn meets(&self, range: &Range<usize>) -> bool {
        let before = self.faults.partition_point(|&(start, _)| start < range.end);
        self.faults[..before].last().is_some_and(|&(_, reached)| range.start < reached)
    }
}

/// Turns the parser's tree into ours.
struct Grower<'d> {
    source: SourceId,
    shift: usize,
    /// A value there is none.
    broken: Broken,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Grower<'_> {
    fn span<T>(&self, spanned: &Spanned<T>) -> Span {
        let range = spanned.span();
        Span { source: self.source, start: range.start + self.shift, end: range.end + self.shift }
    }

    fn table(&mut self, table: &DeTable<'_>, levels: usize) -> Vec<Entry> {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: self.span(key),
                node: self.node(value, levels),
            })
            .collect();
        entries.sort_by_key(first_place);
        entries
    }

    fn node(&mut self, value: &Spanned<DeValue<'_>>, levels: usize) -> Node {
        let span = self.span(value);
        let Some(left) = levels.checked_sub(1) else {
            self.diagnostics.push(deep(span));
            return Node { value: Value::Table(Vec::new()), span };
        };
        let range = value.span();
        // The parser puts a nought of no length where a value is missing.
        let is_broken = range.is_empty() || self.broken.meets(&range);
        let value = match value.get_ref() {
            DeValue::Table(table) => Value::Table(self.table(table, left)),
            _ if is_broken => Value::Broken,
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) if number.radix() == 10 => Value::Number(number.as_str().to_owned()),
            DeValue::Integer(number) => Value::Number(number.to_string()),
            DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
            DeValue::Boolean(truth) => Value::Truth(*truth),
            DeValue::Datetime(_) => Value::Date,
            DeValue::Array(items) => Value::List(items.iter().map(|item| self.node(item, left)).collect()),
        };
        Node { value, span }
    }
}

/// Where an entry first appears: a table may be opened by a part of it, `[option.team.stream.first]`.
fn first_place(entry: &Entry) -> usize {
    let inner = entry.node.entries().iter().map(|inner| inner.key_span.start).min();
    inner.map_or(entry.key_span.start, |inner| inner.min(entry.key_span.start))
}

/// Where a statement has so many dots outside quotes and comments that its tables could be nested deeper
/// than the stack is. The parser bounds each key and each bracket, but not their product.
fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut dots, mut open) = (0, 0_usize, 0_usize);
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'') => {
                at = after_quoted(bytes, at, quote);
                continue;
            }
            b'#' => {
                at = bytes[at..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |n| at + n);
                continue;
            }
            b'{' | b'[' => open += 1,
            b'}' | b']' => open = open.saturating_sub(1),
            b'\n' if open == 0 => dots = 0,
            b'.' => {
                dots += 1;
                if dots > MOST_DOTS {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The place after a quoted text: a single line, or between triple quotes.
fn after_quoted(bytes: &[u8], start: usize, quote: u8) -> usize {
    let triple = bytes[start..].starts_with(&[quote; 3]);
    let mut at = start + if triple { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            b'\n' if !triple => return at,
            b if b == quote && !triple => return at + 1,
            b if b == quote && bytes[at..].starts_with(&[quote; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    at.min(bytes.len())
}
