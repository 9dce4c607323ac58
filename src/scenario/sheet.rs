//! A CSV table beside the scenario: rows are lines, columns are financial years.
//!
//! It refuses columns that mean nothing, ragged rows, two rows of one name, rows that are totals of others, and cells
//! that are not money, each with its place in the file. Nothing of a table is guessed.

use std::collections::BTreeSet;

use super::cell;
use super::encoding::decode;
use super::keys::{Field, Table};
use super::line::{Side, TREATMENTS, Terms, is_category};
use super::measure;
use super::names::nearest;
use super::quantity::short;
use super::reader::Reader;
use super::records::{Cell, Record, records};
use super::service::GAINS;
use super::totals::{Above, Amounts, Total, is_called_total};
use super::{Amount, Estimate, Flow, Line, Origin, Unit, When};
use crate::calendar::FinancialYear;
use crate::diagnostic::{Code, Diagnostic, SourceId, Span};
use crate::ledger::Kind;

const MOST_ROWS: usize = 10_000;
const MOST_BYTES: usize = 16_000_000;

/// What a plain number in a table is worth.
pub(super) const UNITS: [(&str, i64); 4] = [("£", 1), ("£000", 1_000), ("£k", 1_000), ("£m", 1_000_000)];

/// What a table must be.
const A_TABLE: &str = "the name of a CSV file beside the scenario";

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Kind,
    Category,
    Treatment,
    Year(FinancialYear),
    /// A column without a heading: nothing may stand in it.
    Empty,
    /// A column with a fault, already reported.
    Unread,
}

/// The table of a line while it is read: what holds of all of its rows.
struct Sheet<'t> {
    /// The line's key path.
    key: &'t str,
    source: SourceId,
    columns: Vec<Column>,
    /// The headings of the columns, as they stand.
    headings: Vec<String>,
    side: Side,
    terms: &'t Terms,
    /// What a plain number is worth; nothing where that has a fault, already reported.
    unit: Option<i64>,
}

/// The amounts that stand in a row.
struct Written {
    amounts: Amounts,
    /// Whether none is missing for a fault.
    is_whole: bool,
}

impl Sheet<'_> {
    fn span(&self, cell: &Cell) -> Span {
        Span { source: self.source, start: cell.start, end: cell.end }
    }

    /// The place of a row: its first cell.
    fn place(&self, row: &Record) -> Span {
        row.cells.first().map_or(Span { source: self.source, start: 0, end: 0 }, |cell| self.span(cell))
    }

    /// The cell of a row in a column, if something stands in it.
    fn cell<'r>(&self, row: &'r Record, column: Column) -> Option<&'r Cell> {
        let place = self.columns.iter().position(|&c| c == column)?;
        row.cells.get(place).filter(|cell| !cell.text.is_empty())
    }

    /// What people call a cell: `row 3, column \`2026-27\``.
    fn whose(&self, row: &Record, cell: &Cell) -> String {
        let place = row.cells.iter().position(|other| other.start == cell.start);
        let heading = place.and_then(|place| self.headings.get(place)).map_or("", String::as_str);
        format!("row {}, column `{}`", row.row, short(heading))
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
        let unit = self.unit_of(table);
        let Some((source, text)) = self.sheet_text(file) else { return };
        let top = Span { source, start: 0, end: 0 };
        // The heading, and one row too many.
        let (mut rows, separator) = match records(&text, MOST_ROWS + 2) {
            Ok(records) => records,
            Err(error) => {
                let message = format!("this table can't be read: {error}");
                return self.bad_table(&file.path, top, message, "a CSV table");
            }
        };
        if let Some(separator) = separator {
            self.note_of(source, &format!("its cells are separated by {separator}"));
        }
        if rows.is_empty() {
            let message = "this table is empty".to_owned();
            return self.bad_table(&file.path, top, message, "a heading with `name` and years");
        }
        let heading = rows.remove(0);
        let mut sheet = Sheet {
            key: &file.path,
            source,
            columns: Vec::new(),
            headings: heading.cells.iter().map(|cell| cell.text.clone()).collect(),
            side,
            terms,
            unit,
        };
        sheet.columns = self.columns(&sheet, &heading);
        if !sheet.columns.contains(&Column::Name) {
            return;
        }
        let (mut seen, mut above) = (BTreeSet::new(), Above::default());
        for (number, row) in rows.iter().enumerate() {
            if number == MOST_ROWS {
                let message = format!("a table of more than {MOST_ROWS} rows is too long");
                let place = Some(sheet.place(row));
                self.report(Diagnostic::error(Code::TooLarge, &file.path, place, message));
                return;
            }
            if !self.is_whole(&sheet, row) {
                continue;
            }
            let written = self.written_in(&sheet, row);
            if self.is_total(&sheet, row, &written, &mut above) {
                continue;
            }
            self.row(&sheet, row, table, &written, &mut seen, lines);
        }
    }

    /// What a plain number in the table is worth. No other word is suggested: the nearest may be wrong by a thousand.
    fn unit_of(&mut self, table: &mut Table<'_>) -> Option<i64> {
        let Some(field) = table.take("unit") else { return Some(1) };
        let text = self.text(&field)?;
        let found = UNITS.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let message = format!("`{}` is not a choice for `unit`", short(&text));
            let words = UNITS.map(|(word, _)| format!("\"{word}\"")).join(", ");
            self.fault(Code::UnknownChoice, &field, message, &format!("one of {words}"));
        }
        found.map(|&(_, unit)| unit)
    }

    /// The text of the file, if it may be read: it lies beside the scenario or below.
    fn sheet_text(&mut self, file: &Field<'_>) -> Option<(SourceId, String)> {
        let name = self.text(file)?;
        let outside = name.starts_with(['/', '\\'])
            || name.contains(':')
            || name.split(['/', '\\']).any(|part| part == "..");
        if outside || name.is_empty() {
            let message = format!("`{}` does not lie beside the scenario", short(&name));
            self.fault(Code::BadTable, file, message, A_TABLE);
            return None;
        }
        let bytes = match (self.tables)(&name) {
            Ok(bytes) if bytes.len() > MOST_BYTES => {
                let message = format!("`{}` is larger than {} MB", short(&name), MOST_BYTES / 1_000_000);
                self.fault(Code::TooLarge, file, message, "a smaller table");
                return None;
            }
            Ok(bytes) => bytes,
            Err(why) => {
                let message = format!("`{}` can't be read: {why}", short(&name));
                self.fault(Code::BadTable, file, message, A_TABLE);
                return None;
            }
        };
        match decode(&bytes) {
            Ok(decoded) => {
                let source = self.sources.add(name, decoded.text.clone());
                if let Some(encoding) = decoded.encoding {
                    self.note_of(source, &format!("it is read as {encoding}"));
                }
                Some((source, decoded.text))
            }
            Err(why) => {
                let message = format!("`{}` can't be read: {why}", short(&name));
                let fault = Diagnostic::error(Code::BadTable, &file.path, Some(file.node.span), message);
                let help = "save the sheet from the spreadsheet as \"CSV UTF-8 (comma delimited)\", and name that file";
                self.report(fault.expected(A_TABLE).help(help));
                None
            }
        }
    }

    /// Notes how a table was read, a line for each table.
    fn note_of(&mut self, source: SourceId, what: &str) {
        let name = format!("{}: ", self.sources.name(source));
        match self.notes.iter_mut().find(|note| note.starts_with(&name)) {
            Some(note) if note.contains(what) => {}
            Some(note) => note.push_str(&format!("; {what}")),
            None => self.notes.push(name + what),
        }
    }

    fn bad_table(&mut self, key: &str, span: Span, message: String, expected: &str) {
        self.report(Diagnostic::error(Code::BadTable, key, Some(span), message).expected(expected));
    }

    fn bad_cell(&mut self, sheet: &Sheet<'_>, row: &Record, cell: &Cell, why: &str, expected: &str) {
        let message = format!("{}: {why}", sheet.whose(row, cell));
        self.bad_table(sheet.key, sheet.span(cell), message, expected);
    }

    fn columns(&mut self, sheet: &Sheet<'_>, heading: &Record) -> Vec<Column> {
        let mut columns = Vec::new();
        for cell in &heading.cells {
            let column = self.column(sheet, cell);
            if !matches!(column, Column::Unread | Column::Empty) && columns.contains(&column) {
                let message = format!("the column `{}` stands here twice", short(&cell.text));
                self.bad_table(sheet.key, sheet.span(cell), message, "each column once");
                columns.push(Column::Unread);
            } else {
                columns.push(column);
            }
        }
        if !columns.contains(&Column::Name) {
            let message = "the table has no column `name`".to_owned();
            self.bad_table(sheet.key, sheet.place(heading), message, "a column `name`");
        }
        columns
    }

    fn column(&mut self, sheet: &Sheet<'_>, cell: &Cell) -> Column {
        const WORDS: [(&str, Column); 4] = [
            ("name", Column::Name),
            ("kind", Column::Kind),
            ("category", Column::Category),
            ("treatment", Column::Treatment),
        ];
        if cell.text.is_empty() {
            return Column::Empty;
        }
        if let Some(&(_, column)) = WORDS.iter().find(|(word, _)| *word == cell.text.to_lowercase()) {
            return column;
        }
        if let Some(year) = self.year_in(&cell.text) {
            let inside = self.year_inside(year, sheet.key, sheet.span(cell));
            return if inside { Column::Year(year) } else { Column::Unread };
        }
        let message = format!("`{}` is not a column of a table", short(&cell.text));
        let fault = Diagnostic::error(Code::BadTable, sheet.key, Some(sheet.span(cell)), message)
            .expected("name, kind, category, treatment or a financial year like 2026-27");
        self.report(match nearest(&cell.text, WORDS.map(|(word, _)| word)) {
            Some(word) => fault.meant(Some(word)),
            None if cell.text.contains(|c: char| c.is_ascii_digit()) => fault,
            None => fault.help("delete the column: a table says nothing else"),
        });
        Column::Unread
    }

    /// Whether a row has a cell for each column and nothing outside them.
    fn is_whole(&mut self, sheet: &Sheet<'_>, row: &Record) -> bool {
        let (width, cells) = (sheet.columns.len(), row.cells.len());
        if cells != width {
            let cells = if cells == 1 { "one cell".to_owned() } else { format!("{cells} cells") };
            let message = format!("row {} has {cells}, the heading {width}", row.row);
            let mut fault = Diagnostic::error(Code::BadTable, sheet.key, Some(sheet.place(row)), message)
                .expected(format!("{width} cells"));
            if row.cells.iter().any(|cell| cell.text.contains('\n')) {
                fault = fault.help("a quotation mark that is not closed takes in the lines that follow");
            }
            self.report(fault);
            return false;
        }
        let outside = row.cells.iter().zip(&sheet.columns);
        let outside = outside.filter(|(cell, column)| **column == Column::Empty && !cell.text.is_empty());
        for (cell, _) in outside {
            let message =
                format!("row {}: `{}` stands in a column without a heading", row.row, short(&cell.text));
            self.bad_table(sheet.key, sheet.span(cell), message, "a heading above it, or nothing here");
        }
        true
    }

    /// The amounts that stand in a row; a cell with a fault is reported and left out.
    fn written_in(&mut self, sheet: &Sheet<'_>, row: &Record) -> Written {
        let (mut amounts, mut is_whole) = (Amounts::new(), sheet.unit.is_some());
        for (cell, &column) in row.cells.iter().zip(&sheet.columns) {
            let Column::Year(year) = column else { continue };
            if cell.text.is_empty() {
                continue;
            }
            match cell::pounds(&cell.text, sheet.unit.unwrap_or(1)) {
                Ok(value) => {
                    amounts.insert(year, value);
                    let Some(range) = measure::SUM.outside(value, Unit::Pounds) else { continue };
                    let message =
                        format!("{}: it is outside the range that makes sense", sheet.whose(row, cell));
                    let place = Some(sheet.span(cell));
                    self.report(
                        Diagnostic::error(Code::OutOfRange, sheet.key, place, message).expected(range),
                    );
                }
                Err(why) => self.bad_cell(sheet, row, cell, &why, cell::EXPECTED),
            }
            is_whole = false;
        }
        Written { amounts, is_whole }
    }

    /// Whether a row is a total of others, which is reported: as a line it would count them twice.
    fn is_total(&mut self, sheet: &Sheet<'_>, row: &Record, written: &Written, above: &mut Above) -> bool {
        if row.after_gap || written.amounts.is_empty() {
            above.gap();
        }
        let name = sheet.cell(row, Column::Name).map_or("", |cell| cell.text.as_str());
        let Some(total) = above.take(name, written.amounts.clone()) else { return false };
        let called =
            if name.is_empty() { "a row without a name".to_owned() } else { format!("`{}`", short(name)) };
        let why = match total {
            Total::Named => "is a total by its name: as a line it would count other rows twice".to_owned(),
            Total::SumOf(rows) => {
                format!(
                    "is the sum of {rows} rows above it in every year: as a line it would count them twice"
                )
            }
        };
        let message = format!("row {}: {called} {why}", row.row);
        let other = if is_called_total(name) {
            "give it a name without that word"
        } else {
            "move it above the rows that it equals"
        };
        let fault = Diagnostic::error(Code::BadTable, sheet.key, Some(sheet.place(row)), message)
            .expected("rows that are lines, without subtotals and totals")
            .help(format!("delete the row; if it is a line of its own, {other}"));
        self.report(fault);
        true
    }

    fn row(
        &mut self,
        sheet: &Sheet<'_>,
        row: &Record,
        table: &mut Table<'_>,
        written: &Written,
        seen: &mut BTreeSet<String>,
        lines: &mut Vec<Line>,
    ) {
        let name = sheet.cell(row, Column::Name).map(|cell| cell.text.clone()).unwrap_or_default();
        let slug = slug(&name);
        if slug.is_empty() {
            let message = format!("row {} has no name", row.row);
            self.bad_table(sheet.key, sheet.place(row), message, "a name with letters or digits");
            return;
        }
        if !seen.insert(slug.clone()) {
            let message = format!("row {}: another row has the name `{slug}` too", row.row);
            self.bad_table(sheet.key, sheet.place(row), message, "a name that no other row has");
            return;
        }
        let mut terms = Terms { name, ..sheet.terms.clone() };
        let Some(flow) = self.row_flow(sheet, row, &mut terms) else { return };
        let path = table.path(&slug);
        let stand_ins = self.stand_ins();
        let amounts = self.amounts(sheet, row, table, &slug, &written.amounts);
        let start = When::Month(self.horizon_or_any().start());
        let line = terms.line(path, flow, Amount::ByYear(amounts), start);
        if written.is_whole && stand_ins == self.stand_ins() {
            self.check_capital(&line, &terms);
        }
        lines.push(line);
    }

    /// Whether a row is a cost or a benefit, and of what sort. Words are read as spreadsheets write them, with
    /// capitals and blanks.
    fn row_flow(&mut self, sheet: &Sheet<'_>, row: &Record, terms: &mut Terms) -> Option<Flow> {
        if let Some(cell) = sheet.cell(row, Column::Category) {
            let category = plain(&cell.text);
            if is_category(&category) {
                terms.category = self.category(&category);
                terms.category_at = Some(sheet.span(cell));
            } else {
                let why = format!("`{}` can't be a category", short(&cell.text));
                self.bad_cell(sheet, row, cell, &why, "letters, digits and hyphens");
            }
        }
        if let Some(cell) = sheet.cell(row, Column::Treatment) {
            terms.treatment = self.word(sheet, row, cell, &TREATMENTS)?;
        }
        let kind: Option<Kind> = match sheet.cell(row, Column::Kind) {
            Some(cell) => {
                let mut choices: Vec<(&str, Option<Kind>)> = vec![("cost", None)];
                choices.extend(GAINS.iter().map(|&(word, kind)| (word, Some(kind))));
                self.word(sheet, row, cell, &choices)?
            }
            None if sheet.side == Side::Benefit && terms.kind.is_none() => {
                let message = format!("row {} of a benefit table does not say of which kind it is", row.row);
                let expected = "a cell in the column `kind`, or `kind` on the line";
                self.bad_table(sheet.key, sheet.place(row), message, expected);
                return None;
            }
            None => terms.kind,
        };
        Some(match kind {
            Some(kind) => Flow::Benefit { kind, health: terms.health },
            None => terms.cost(),
        })
    }

    fn word<T: Copy>(
        &mut self,
        sheet: &Sheet<'_>,
        row: &Record,
        cell: &Cell,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let text = plain(&cell.text);
        let found = choices.iter().find(|(word, _)| *word == text).map(|&(_, choice)| choice);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let why = format!("`{}` is none of the words of this column", short(&cell.text));
            self.bad_cell(sheet, row, cell, &why, &format!("one of {}", words.join(", ")));
        }
        found
    }

    /// The amounts of a row; `[cost.TABLE.ROW] 2026-27 = ...` in the scenario (or `--set`) wins over a cell.
    fn amounts(
        &mut self,
        sheet: &Sheet<'_>,
        row: &Record,
        table: &mut Table<'_>,
        slug: &str,
        in_cells: &Amounts,
    ) -> Vec<(FinancialYear, crate::id::InputId)> {
        let mut over = table.table(slug, self);
        let mut amounts = Vec::new();
        for (cell, &column) in row.cells.iter().zip(&sheet.columns) {
            let Column::Year(year) = column else { continue };
            let written = over.as_mut().and_then(|over| over.take(&year.to_string()));
            if let Some(field) = written {
                amounts.push((self.moved_year(year), self.written(&field, measure::SUM)));
            } else if let Some(&value) = in_cells.get(&year) {
                let key = format!("{}.{year}", table.path(slug));
                let origin = Origin::Written(sheet.span(cell));
                let amount = self.add(key, measure::SUM, Unit::Pounds, Estimate::Point(value), origin);
                amounts.push((self.moved_year(year), amount));
            }
        }
        if let Some(over) = over {
            over.finish(self);
        }
        amounts.sort_by_key(|(year, _)| *year);
        amounts
    }
}

/// A word as the format writes it: in lower case, with hyphens for blanks.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase()
}

/// A row's name as a key: lower-case letters and digits, joined by hyphens.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}
