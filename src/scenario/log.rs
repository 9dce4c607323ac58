//! The logs that a scenario keeps of itself: `[[decision]]` and `[[change]]`, each with a date, what, why, and by
//! whom.
//!
//! They change no figure. An entry without a date or without saying what is refused.

use super::keys::Table;
use super::quantity::short;
use super::reader::Reader;
use crate::calendar;
use crate::diagnostic::Code;

/// An entry of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// When: `2026`, `2026-02` or `2026-02-05`.
    pub date: String,
    /// What was decided or changed.
    pub what: String,
    /// Why, if it says.
    pub why: Option<String>,
    /// Who decided or changed it, if it says.
    pub by: Option<String>,
}

/// That a text is no date, and why where only its day is wrong.
pub(super) fn no_date(text: &str) -> String {
    let why = calendar::missing_day(text).map_or(String::new(), |why| format!(": {why}"));
    format!("`{}` is not a date{why}", short(text))
}

impl Reader<'_> {
    /// Reads a log, in the order of the file.
    pub(super) fn read_log(&mut self, root: &mut Table<'_>, key: &str) -> Vec<LogEntry> {
        let Some(field) = root.take(key) else { return Vec::new() };
        let mut log = Vec::new();
        for item in self.list(&field, &format!("entries, each under `[[{key}]]`")) {
            if !self.is_table(&item) {
                continue;
            }
            let mut table = Table::of(&item);
            let date = self.required(&mut table, "date", "date = \"2026-11-23\"").and_then(|date| {
                let text = self.text(&date)?;
                if !calendar::is_date(&text) {
                    let message = no_date(&text);
                    self.fault(Code::WrongUnit, &date, message, "a date, like \"2026-11-23\" or \"2026-11\"");
                    return None;
                }
                Some(text)
            });
            let what = self.required(&mut table, "what", "what = \"...\"").and_then(|what| self.text(&what));
            let (why, by) = (self.text_of(&mut table, "why"), self.text_of(&mut table, "by"));
            table.finish(self);
            if let (Some(date), Some(what)) = (date, what) {
                log.push(LogEntry { date, what, why, by });
            }
        }
        log
    }
}
