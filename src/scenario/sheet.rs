//! A CSV table beside the scenario: rows are lines, columns are financial years.
//!
//! It refuses columns that mean nothing, ragged rows, two rows of one name, and cells that are not money,
//! each with its place in the file. Nothing of a table is guessed.

use std::collections::BTreeSet;

use csv::StringRecord;
use rust_decimal::Decimal;

use super::keys::{Field, Table};
use super::line::{Side, TREATMENTS, Terms, is_category};
use super::measure;
use super::names::nearest;
use super::quantity::{self, short};
use super::reader::Reader;
use super::service::GAINS;
use super::{Amount, Estimate, Flow, Line, Origin, Unit, When};
use crate::calendar::FinancialYear;
use crate::diagnostic::{Code, Diagnostic, SourceId, Span};
use crate::ledger::Kind;

const MOST_ROWS: usize = 10_000;
const MOST_BYTES: usize = 16_000_000;

/// What a plain number in a table is worth.
pub(super) const UNITS: [(&str, i64); 3] = [("£", 1), ("£000", 1_000), ("£m", 1_000_000)];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Kind,
    Category,
    Treatment,
    Year(FinancialYear),
    /// A column with a fault, already reported.
    Unread,
}

/// One row with its place.
struct Row<'s> {
    key: &'s str,
    record: &'s StringRecord,
    start: usize,
    text: &'s str,
    source: SourceId,
}

impl Row<'_> {
    /// The place of a cell: quotes heeded.
    fn span(&self, column: usize) -> Span {
        let bytes = self.text.as_bytes();
        let mut at = self.start.min(bytes.len());
        while at < bytes.len() && matches!(bytes[at], b'\r' | b'\n') {
            at += 1;
        }
        let (mut left, mut quoted, mut start) = (column, false, at);
        while at < bytes.len() {
            match bytes[at] {
                b'"' => quoted = !quoted,
                b'\r' | b'\n' if !quoted => break,
                b',' if !quoted && left == 0 => break,
                b',' if !quoted => {
                    left -= 1;
                    start = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        Span { source: self.source, start: start.min(at), end: at }
    }

    fn cell(&self, columns: &[Column], column: Column) -> Option<(&str, Span)> {
        let place = columns.iter().position(|&c| c == column)?;
        let text = self.record.get(place)?.trim();
        (!text.is_empty()).then(|| (text, self.span(place)))
    }
}

impl Reader<'_> {
    /// Reads the table file that a line names; each row joins the lines under the line's terms.
    pub(super) fn sheet(
        &mut self,
        table: &mut Table<'_>,
        file: &Field<'_>,
        side: Side,
        terms: &Terms,
        lines: &mut Vec<Line>,
    ) {
        let unit = self.choice_of(table, "unit", &UNITS, 1);
        let Some((source, text)) = self.sheet_text(file) else { return };
        let mut csv =
            csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
        let mut columns: Vec<Column> = Vec::new();
        let mut seen = BTreeSet::new();
        for (number, record) in csv.records().enumerate() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let message = format!("this table can't be read: {error}");
                    self.bad_table(
                        &file.path,
                        Span { source, start: 0, end: 0 },
                        message,
                        "a CSV table in UTF-8",
                    );
                    return;
                }
            };
            let start = record.position().map_or(0, |position| position.byte() as usize);
            let row = Row { key: &file.path, record: &record, start, text: &text, source };
            if number == 0 {
                columns = self.columns(&row);
                if !columns.contains(&Column::Name) {
                    return;
                }
            } else if number > MOST_ROWS {
                let message = format!("a table of more than {MOST_ROWS} rows is too long");
                self.report(Diagnostic::error(Code::TooLarge, &file.path, Some(row.span(0)), message));
                return;
            } else {
                self.row(&row, &columns, table, side, (terms, unit), &mut seen, lines);
            }
        }
        if columns.is_empty() {
            let message = "this table is empty".to_owned();
            self.bad_table(
                &file.path,
                Span { source, start: 0, end: 0 },
                message,
                "a heading with `name` and years",
            );
        }
    }

    /// The text of the file, if it may be read: it lies beside the scenario or below.
    fn sheet_text(&mut self, file: &Field<'_>) -> Option<(SourceId, String)> {
        let name = self.text(file)?;
        let outside = name.starts_with(['/', '\\'])
            || name.contains(':')
            || name.split(['/', '\\']).any(|part| part == "..");
        if outside || name.is_empty() {
            let message = format!("`{}` does not lie beside the scenario", short(&name));
            self.fault(Code::BadTable, file, message, "the name of a CSV file beside the scenario");
            return None;
        }
        match (self.tables)(&name) {
            Ok(text) if text.len() > MOST_BYTES => {
                let message = format!("`{}` is larger than {} MB", short(&name), MOST_BYTES / 1_000_000);
                self.fault(Code::TooLarge, file, message, "a smaller table");
                None
            }
            Ok(text) => Some((self.sources.add(name, text.clone()), text)),
            Err(why) => {
                let message = format!("`{}` can't be read: {why}", short(&name));
                self.fault(Code::BadTable, file, message, "the name of a CSV file beside the scenario");
                None
            }
        }
    }

    fn bad_table(&mut self, key: &str, span: Span, message: String, expected: &str) {
        self.report(Diagnostic::error(Code::BadTable, key, Some(span), message).expected(expected));
    }

    fn columns(&mut self, row: &Row<'_>) -> Vec<Column> {
        let mut columns = Vec::new();
        for (place, heading) in row.record.iter().enumerate() {
            let column = self.column(row, heading.trim(), row.span(place));
            if column != Column::Unread && columns.contains(&column) {
                let message = format!("the column `{}` stands here twice", short(heading));
                self.bad_table(row.key, row.span(place), message, "each column once");
                columns.push(Column::Unread);
            } else {
                columns.push(column);
            }
        }
        if !columns.contains(&Column::Name) {
            let message = "the table has no column `name`".to_owned();
            self.bad_table(row.key, row.span(0), message, "a column `name`");
        }
        columns
    }

    fn column(&mut self, row: &Row<'_>, heading: &str, span: Span) -> Column {
        const WORDS: [(&str, Column); 4] = [
            ("name", Column::Name),
            ("kind", Column::Kind),
            ("category", Column::Category),
            ("treatment", Column::Treatment),
        ];
        let heading = heading.trim_start_matches('\u{feff}');
        if let Some(&(_, column)) = WORDS.iter().find(|(word, _)| *word == heading) {
            return column;
        }
        if let Some(year) = self.year_in(heading) {
            let inside = self.year_inside(year, row.key, span);
            return if inside { Column::Year(year) } else { Column::Unread };
        }
        let message = format!("`{}` is not a column of a table", short(heading));
        let fault = Diagnostic::error(Code::BadTable, row.key, Some(span), message)
            .expected("name, kind, category, treatment or a financial year like 2026-27");
        self.report(fault.meant(nearest(heading, WORDS.map(|(word, _)| word))));
        Column::Unread
    }

    #[expect(clippy::too_many_arguments, reason = "one call, and the parts are of different types")]
    fn row(
        &mut self,
        row: &Row<'_>,
        columns: &[Column],
        table: &mut Table<'_>,
        side: Side,
        (terms, unit): (&Terms, i64),
        seen: &mut BTreeSet<String>,
        lines: &mut Vec<Line>,
    ) {
        if row.record.len() != columns.len() {
            let message = format!("this row has {} cells, the heading {}", row.record.len(), columns.len());
            self.bad_table(row.key, row.span(0), message, &format!("{} cells", columns.len()));
            return;
        }
        let (name, slug) = match row.cell(columns, Column::Name) {
            Some((name, _)) if !slug(name).is_empty() => (name.to_owned(), slug(name)),
            _ => {
                self.bad_table(
                    row.key,
                    row.span(0),
                    "this row has no name".to_owned(),
                    "a name with letters or digits",
                );
                return;
            }
        };
        if !seen.insert(slug.clone()) {
            let message = format!("two rows have the name `{slug}`");
            self.bad_table(row.key, row.span(0), message, "a name that no other row has");
            return;
        }
        let mut terms = Terms { name, ..terms.clone() };
        let Some(flow) = self.row_flow(row, columns, side, &mut terms) else { return };
        let path = table.path(&slug);
        let stand_ins = self.stand_ins();
        let amounts = self.amounts(row, columns, table, &slug, unit);
        let start = When::Month(self.horizon_or_any().start());
        let line = terms.line(path, flow, Amount::ByYear(amounts), start);
        if stand_ins == self.stand_ins() {
            self.check_capital(&line, &terms);
        }
        lines.push(line);
    }

    /// Whether a row is a cost or a benefit, and of what sort.
    fn row_flow(&mut self, row: &Row<'_>, columns: &[Column], side: Side, terms: &mut Terms) -> Option<Flow> {
        if let Some((text, span)) = row.cell(columns, Column::Category) {
            if is_category(text) {
                terms.category = self.category(text);
                terms.category_at = Some(span);
            } else {
                let message = format!("`{}` can't be a category", short(text));
                self.bad_table(row.key, span, message, "lower-case letters, digits and hyphens");
            }
        }
        if let Some((text, span)) = row.cell(columns, Column::Treatment) {
            terms.treatment = self.word(row, text, span, &TREATMENTS)?;
        }
        let kind: Option<Kind> = match row.cell(columns, Column::Kind) {
            Some(("cost", _)) => None,
            Some((text, span)) => {
                let mut choices: Vec<(&str, Option<Kind>)> = vec![("cost", None)];
                choices.extend(GAINS.iter().map(|&(word, kind)| (word, Some(kind))));
                self.word(row, text, span, &choices)?
            }
            None if side == Side::Benefit && terms.kind.is_none() => {
                let message = "this row of a benefit table does not say of which kind it is".to_owned();
                self.bad_table(
                    row.key,
                    row.span(0),
                    message,
                    "a cell in the column `kind`, or `kind` on the line",
                );
                return None;
            }
            None => terms.kind,
        };
        Some(match kind {
            Some(kind) => Flow::Benefit { kind, health: terms.health },
            None => terms.cost(),
        })
    }

    fn word<T: Copy>(&mut self, row: &Row<'_>, text: &str, span: Span, choices: &[(&str, T)]) -> Option<T> {
        let found = choices.iter().find(|(word, _)| *word == text).map(|&(_, choice)| choice);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let message = format!("`{}` is none of the words of this column", short(text));
            self.bad_table(row.key, span, message, &format!("one of {}", words.join(", ")));
        }
        found
    }

    /// The amounts of a row; `[cost.TABLE.ROW] 2026-27 = ...` in the scenario (or `--set`) wins over a cell.
    fn amounts(
        &mut self,
        row: &Row<'_>,
        columns: &[Column],
        table: &mut Table<'_>,
        slug: &str,
        unit: i64,
    ) -> Vec<(FinancialYear, crate::id::InputId)> {
        let mut over = table.table(slug, self);
        let mut amounts = Vec::new();
        for &column in columns {
            let Column::Year(year) = column else { continue };
            let written = over.as_mut().and_then(|over| over.take(&year.to_string()));
            if let Some(field) = written {
                amounts.push((self.moved_year(year), self.written(&field, measure::SUM)));
            } else if let Some((text, span)) = row.cell(columns, column)
                && let Some(value) = self.cell_value(row, text, span, unit)
            {
                let key = format!("{}.{year}", table.path(slug));
                let estimate = Estimate::Point(value);
                let amount = self.add(key, measure::SUM, Unit::Pounds, estimate, Origin::Written(span));
                amounts.push((self.moved_year(year), amount));
            }
        }
        if let Some(over) = over {
            over.finish(self);
        }
        amounts.sort_by_key(|(year, _)| *year);
        amounts
    }

    /// The pounds in a cell: a plain number in the table's unit, or money in full.
    fn cell_value(&mut self, row: &Row<'_>, text: &str, span: Span, unit: i64) -> Option<Decimal> {
        const EXPECTED: &str = "a plain number like `1,250`, or money like `£1.2m`";
        let value = if text.contains('£') {
            quantity::read(text, &[Unit::Pounds])
                .map(|quantity| quantity.value)
                .map_err(|fault| fault.message)
        } else {
            let read = if unit == 1 { quantity::signed_pounds } else { quantity::signed };
            let value = read(text).map_err(|why| format!("`{}` {why}", short(text)));
            value.and_then(|value| {
                let pounds = value.checked_mul(Decimal::from(unit)).map(|value| value.normalize());
                pounds
                    .filter(|value| value.scale() <= 2)
                    .ok_or_else(|| format!("`{}` has a fraction of a penny", short(text)))
            })
        };
        match value {
            Ok(value) => match measure::SUM.outside(value, Unit::Pounds) {
                None => Some(value),
                Some(range) => {
                    let message = "this amount is outside the range that makes sense".to_owned();
                    self.report(
                        Diagnostic::error(Code::OutOfRange, row.key, Some(span), message).expected(range),
                    );
                    None
                }
            },
            Err(message) => {
                self.bad_table(row.key, span, message, EXPECTED);
                None
            }
        }
    }
}

/// A row's name as a key: lower-case letters and digits, joined by hyphens.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}
