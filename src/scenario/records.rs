//! A CSV text as records, each cell with its place: separated by commas, semicolons or tabs, as its heading is.
//!
//! Rows in which nothing stands, and empty cells after the last heading, are left out: spreadsheets write them.

use csv::{ReaderBuilder, StringRecord};

/// What stands between cells, and what it is called.
const SEPARATORS: [(u8, &str); 3] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs")];

/// A cell: its text without blanks around it, and its bytes in the file.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A row in which something stands.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// Its row, from 1, as a spreadsheet counts.
    pub(super) row: usize,
    /// Whether rows in which nothing stands come before it.
    pub(super) after_gap: bool,
    pub(super) cells: Vec<Cell>,
}

/// The records of a text, and what stands between their cells if not commas. `most` and no more are read.
pub(super) fn records(text: &str, most: usize) -> Result<(Vec<Record>, Option<&'static str>), csv::Error> {
    let heading = text.lines().find(|line| !is_blank(line)).unwrap_or_default();
    let (separator, called) = separator(heading);
    let mut csv = ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut records: Vec<Record> = Vec::new();
    let (mut width, mut inside, mut next) = (0, 0, 1);
    for record in csv.records() {
        let record = record?;
        let position = record.position();
        let (start, skipped) = beginning(text, position.map_or(0, |position| position.byte() as usize));
        let line = position.map_or(0, |position| position.line() as usize) + skipped;
        let row = line.saturating_sub(inside);
        inside += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let mut cells = cells(&record, text, start, separator);
        // The heading ends with its last word; other rows may only have more than that if something stands there.
        while cells.len() > width && cells.last().is_some_and(|cell| cell.text.is_empty()) {
            cells.pop();
        }
        if cells.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        if records.is_empty() {
            width = cells.len();
        }
        records.push(Record { row, after_gap: row > next, cells });
        next = row + 1;
        if records.len() >= most {
            break;
        }
    }
    Ok((records, (separator != b',').then_some(called)))
}

fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '"'))
}

/// The separator that stands most often outside quotes; of several, the first of the list.
fn separator(heading: &str) -> (u8, &'static str) {
    let count = |separator: u8| {
        let mut quoted = false;
        let bytes = heading.bytes().filter(|&byte| {
            quoted ^= byte == b'"';
            byte == separator && !quoted
        });
        bytes.count()
    };
    let mut found = SEPARATORS[0];
    for candidate in SEPARATORS {
        if count(candidate.0) > count(found.0) {
            found = candidate;
        }
    }
    found
}

/// Where a record begins that a reader of records has found after a byte, and how many empty lines come before it.
fn beginning(text: &str, after: usize) -> (usize, usize) {
    let bytes = text.as_bytes().get(after..).unwrap_or_default();
    let ends = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    (after + ends.clone().count(), ends.filter(|&&byte| byte == b'\n').count())
}

/// The cells of a record that begins at a byte of the text. A quotation mark opens a cell only at its start.
fn cells(record: &StringRecord, text: &str, start: usize, separator: u8) -> Vec<Cell> {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut cells = Vec::with_capacity(record.len());
    for cell in record {
        let first = at;
        let mut quoted = bytes.get(at) == Some(&b'"');
        at += usize::from(quoted);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                // A doubled one closes the cell and opens it again.
                b'"' if quoted || bytes[at - 1] == b'"' => quoted = !quoted,
                b'\r' | b'\n' if !quoted => break,
                _ if byte == separator && !quoted => break,
                _ => {}
            }
            at += 1;
        }
        cells.push(Cell { text: cell.trim().to_owned(), start: first, end: at });
        at += usize::from(bytes.get(at) == Some(&separator));
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rows = Vec<(usize, bool, Vec<String>)>;

    fn rows(text: &str) -> (Rows, Option<&'static str>) {
        let (records, separator) = records(text, 100).expect("records");
        let cells = |record: Record| record.cells.into_iter().map(|cell| cell.text).collect();
        (records.into_iter().map(|record| (record.row, record.after_gap, cells(record))).collect(), separator)
    }

    fn row(row: usize, after_gap: bool, cells: &[&str]) -> (usize, bool, Vec<String>) {
        (row, after_gap, cells.iter().map(|&cell| cell.to_owned()).collect())
    }

    #[test]
    fn rows_and_columns_without_anything_are_left_out() {
        let text = "\n,,\nname,a,,\n x ,1,,\n,,,\ny,,,\nz,1,2,\n,,\n";
        let want = vec![
            row(3, true, &["name", "a"]),
            row(4, false, &["x", "1"]),
            row(6, true, &["y", ""]),
            row(7, false, &["z", "1", "2"]),
        ];
        assert_eq!(rows(text), (want, None));
    }

    #[test]
    fn the_heading_shows_what_separates_cells() {
        assert_eq!(rows("name;a\nx, y;1,000").0[1], row(2, false, &["x, y", "1,000"]));
        assert_eq!(rows("name;a\nx;1").1, Some("semicolons"));
        assert_eq!(rows("name\ta\nx\t1").1, Some("tabs"));
        assert_eq!(rows("\"na;;;me\",a\nx,1").1, None);
        assert_eq!(rows("name\nx").1, None);
    }

    #[test]
    fn cells_know_their_places() {
        let text = "name,a\r\n\"x, \"\"y\"\"\",5\" disc\r\n";
        let (records, _) = records(text, 9).expect("records");
        let places: Vec<&str> = records[1].cells.iter().map(|cell| &text[cell.start..cell.end]).collect();
        assert_eq!(places, ["\"x, \"\"y\"\"\"", "5\" disc"]);
        assert_eq!(records[1].cells[0].text, "x, \"y\"");
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does() {
        assert_eq!(rows("name,a\n\"two\nlines\",1\nz,2").0[2], row(3, false, &["z", "2"]));
    }

    #[test]
    fn no_more_rows_are_read_than_asked_for() {
        assert_eq!(records("a\nb\nc", 2).expect("records").0.len(), 2);
    }
}
