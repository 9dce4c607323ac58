//! Reading steps that several tables share: tables of named things, keys that go or don't go together.

use super::document::Value;
use super::keys::{Field, Table};
use super::names::Sort;
use super::quantity::short;
use super::reader::Reader;
use crate::calendar::Month;
use crate::diagnostic::{Code, Diagnostic};

/// Names become parts of file names.
const MOST_NAME: usize = 100;

impl Reader<'_> {
    /// Reads a table of named things, `[service]`, one after the other. A thing that is not a table is read as
    /// one with nothing in it, so that its place in the list stays.
    pub(super) fn each<'n, T>(
        &mut self,
        parent: &mut Table<'n>,
        key: &str,
        mut read: impl FnMut(&mut Self, &Field<'n>) -> T,
    ) -> Vec<T> {
        let Some(mut table) = parent.table(key, self) else { return Vec::new() };
        let things = table.take_all();
        things
            .iter()
            .map(|field| {
                self.check_name(field);
                self.is_table(field);
                read(self, field)
            })
            .collect()
    }

    /// A name is part of key paths, so it can't have a dot or a blank in it.
    pub(super) fn check_name(&mut self, field: &Field<'_>) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let key = field.key();
        if key.is_empty() || !key.chars().all(plain) {
            let message = format!("`{}` can't be a name", short(key));
            let fault = Diagnostic::error(Code::WrongSort, &field.path, Some(field.key_span), message);
            self.report(fault.expected("letters, digits, `-` and `_`"));
        } else if key.len() > MOST_NAME {
            let message = format!("a name of {} characters is too long", key.len());
            let fault = Diagnostic::error(Code::TooLarge, &field.path, Some(field.key_span), message);
            self.report(fault.expected(format!("at most {MOST_NAME}; `name` may be longer")));
        }
    }

    /// What people read a thing called: its `name`, or its key.
    pub(super) fn called(&mut self, table: &mut Table<'_>, field: &Field<'_>) -> String {
        let Some(written) = table.take("name") else { return field.key().to_owned() };
        let Some(name) = self.text(&written) else { return field.key().to_owned() };
        if name.trim().is_empty() {
            let message = format!("`{}` is called nothing", field.path);
            self.fault(Code::AlikeNames, &written, message, "a name, or no key `name`");
        }
        name
    }

    /// The same of a thing that outputs show side by side with others of its sort: no two may look alike.
    pub(super) fn called_apart(&mut self, sort: Sort, table: &mut Table<'_>, field: &Field<'_>) -> String {
        let name = self.called(table, field);
        let written = table.take("name").map_or(field.key_span, |written| written.node.span);
        let seen = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let first = self.shown.entry((sort, seen)).or_insert_with(|| field.path.clone()).clone();
        // Keys that differ in capital letters only are a fault of their own.
        let keys_alike = first.eq_ignore_ascii_case(&field.path);
        if !keys_alike && !name.trim().is_empty() {
            let message = format!("`{first}` and `{}` are both called `{}`", field.path, short(&name));
            let fault = Diagnostic::error(Code::AlikeNames, &field.path, Some(written), message)
                .expected(format!("a name that no other {} has", sort.word()))
                .help("tables and charts show them by their names; say in `name` what tells them apart");
            self.report(fault);
        }
        name
    }

    /// A key that is itself a reference to a name.
    pub(super) fn refer_key(&mut self, field: &Field<'_>, sort: Sort) -> Option<usize> {
        let place = self.names.place(sort, field.key());
        if place.is_none() {
            let known = self.known(sort);
            self.unknown_key_name(field, sort.word(), &known);
        }
        place
    }

    /// Reports that a key does not go with the others of its table.
    pub(super) fn conflict(&mut self, table: &Table<'_>, key: &str, message: String) {
        let mut table = table.clone();
        let span = table.take(key).map(|field| field.key_span).or(table.span());
        self.report(Diagnostic::error(Code::Conflict, table.path(key), span, message));
    }

    /// Reports a key that is there without another one that gives it a meaning.
    pub(super) fn only_with(&mut self, table: &Table<'_>, key: &str, other: &str) {
        if table.has(key) && !table.has(other) {
            self.conflict(table, key, format!("`{key}` needs `{other}` beside it"));
        }
    }

    /// Reports keys that a table has although another one excludes them.
    pub(super) fn excludes(&mut self, table: &Table<'_>, key: &str, others: &[&str]) {
        for other in others.iter().filter(|other| table.has(other)) {
            self.conflict(table, other, format!("`{other}` does not go with `{key}`"));
        }
    }

    /// Reports a `from` after its `to`.
    pub(super) fn in_time_order(&mut self, table: &Table<'_>, from: Option<Month>, to: Option<Month>) {
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            self.conflict(table, "to", format!("`to` ({to}) is before `from` ({from})"));
        }
    }
}

/// The table that a named thing is; one with nothing in it if it is no table.
pub(super) fn table_of<'n>(field: &Field<'n>) -> Table<'n> {
    match field.node.value {
        Value::Table(_) => Table::of(field),
        _ => Table::absent(field.path.clone()),
    }
}
