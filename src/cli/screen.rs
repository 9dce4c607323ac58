//! The terminal: data to standard output, everything else to standard error.
//!
//! A reader that has seen enough and closed the pipe (`| head`) is no failure. Colour goes only to a
//! terminal that wants it: `NO_COLOR` and its kin are honoured.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde_json::Value;

use super::args::{Format, Shown};
use super::closed;
use super::failure::Failure;
use crate::export::directions_shown;
use crate::export::{csv, json, markdown, text};
use crate::table::Table;

/// What is known of the terminal.
#[derive(Debug)]
pub(super) struct Screen {
    width: Option<usize>,
    colour_out: bool,
    colour_err: bool,
}

impl Screen {
    /// Finds out about the terminal. `COLUMNS` overrides its width; output that goes elsewhere has none.
    pub(super) fn new() -> Self {
        let stated = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let found = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into());
        Self {
            width: stated.or_else(found).filter(|&width: &usize| width > 0),
            colour_out: AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            colour_err: AutoStream::choice(&io::stderr()) != ColorChoice::Never,
        }
    }

    /// Whether what is told on standard error may be coloured.
    pub(super) fn colour_err(&self) -> bool {
        self.colour_err
    }

    /// Prints tables for people one after another; as CSV only the first, since a CSV file holds one table.
    pub(super) fn show(
        &self,
        tables: &[Table],
        value: impl FnOnce() -> Value,
        Shown { format, units }: Shown,
    ) -> Result<(), Failure> {
        let style = text::Style { units, width: self.width, colour: self.colour_out };
        let each = |draw: &dyn Fn(&Table) -> String| tables.iter().map(draw).collect::<Vec<_>>().join("\n");
        match format {
            Format::Table => print(&mut anstream::stdout(), &each(&|table| text::text(table, &style))),
            Format::Markdown => print(&mut io::stdout(), &each(&|table| markdown::text(table, units))),
            // The bytes of the file that `report` writes of the same table.
            Format::Csv => print_bytes(&tables.first().map(csv::file).unwrap_or_default()),
            Format::Json => print(&mut io::stdout(), &json::text(&value())),
        }
    }

    /// Tells what stopped the command.
    pub(super) fn fail(&self, failure: &Failure) {
        let red = if self.colour_err { AnsiColor::Red.on_default().bold() } else { Style::new() };
        tell(&format!("{red}error{red:#}: {failure}"));
    }
}

/// Prints text to standard output as it is.
pub(super) fn print_plain(words: &str) -> Result<(), Failure> {
    print(&mut io::stdout(), words)
}

/// Tells something on standard error. If nobody can be told, nothing can be done about it.
pub(super) fn tell(words: &str) {
    let words = directions_shown(words.trim_end_matches('\n'));
    if !words.is_empty() {
        let _ = writeln!(anstream::stderr(), "{words}");
    }
}

/// Prints bytes to standard output.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout();
    written(out.write_all(bytes).and_then(|()| out.flush()))
}

fn print(out: &mut impl Write, words: &str) -> Result<(), Failure> {
    written(out.write_all(words.as_bytes()).and_then(|()| out.flush()))
}

/// What came of writing to standard output: a reader that has gone away has seen enough, one that never was has not.
pub(super) fn written(result: io::Result<()>) -> Result<(), Failure> {
    if closed::is_closed() {
        return Err(Failure::NoOutput);
    }
    match result {
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(Failure::Output),
    }
}
