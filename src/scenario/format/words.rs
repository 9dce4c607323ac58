//! What a key takes and what stands for it, in words; and what the text of a quantity looks like, as a pattern.

use super::{Default, Entries, EntryKey, Key, Measure, Takes};
use crate::scenario::{Unit, quantity};

/// Digits, with commas between thousands only.
const WHOLE: &str = r"([0-9]{1,3}(,[0-9]{3})+|[0-9]+)";
/// A minus, as a keyboard or a word processor has it.
const MINUS: &str = "[-−–]";

impl Takes {
    /// In a few words: `a rate in per cent, 0% to 100%`.
    pub fn in_words(&self) -> String {
        match self {
            Self::Text | Self::Reason => "text".to_owned(),
            Self::Category => "a category: lower-case letters, digits and hyphens".to_owned(),
            Self::Name(what) => format!("the name of {}", with_article(what)),
            Self::Date => "a date: `\"2026-11-23\"`, `\"2026-11\"` or `\"2026\"`".to_owned(),
            Self::Month => "a month: `\"2026-04\"`".to_owned(),
            Self::Year => "a financial year: `\"2026-27\"`".to_owned(),
            Self::Truth => "`true` or `false`".to_owned(),
            Self::Whole { low, high } => format!("a whole number, {low} to {high}"),
            Self::Choice(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
                words.join(", ")
            }
            Self::Quantity(measure) => measure.in_words(),
            Self::Figure(measure) => format!("{}; one figure", measure.in_words()),
            Self::Same { may_be_uncertain: false } => "what the key takes; one figure".to_owned(),
            Self::Same { may_be_uncertain: true } => "what the key takes".to_owned(),
            Self::List { of, least, most } => {
                let size = match (least, most) {
                    (0, _) => String::new(),
                    (least, None) => format!(" of {least} at least"),
                    (least, Some(most)) => format!(" of {least} to {most}"),
                };
                format!("a list{size}: each {}", of.in_words())
            }
            Self::Table(path) | Self::PartOf(path) => format!("a table: `{path}`"),
            Self::Entries(entries) => entries.in_words(),
            Self::Either(several) => several.iter().map(Self::in_words).collect::<Vec<_>>().join("; or "),
            Self::Refused => "nothing".to_owned(),
        }
    }
}

impl Entries {
    /// In a few words: `for each role: a plain number, 0 to 10,000`.
    pub fn in_words(&self) -> String {
        let what = match self.key {
            EntryKey::Name(what) => what,
            EntryKey::Year => "financial year",
        };
        format!("for each {what}: {}", self.takes.in_words())
    }
}

impl Key {
    /// What stands for it if it is left out; `None` if nothing does.
    pub fn default_in_words(&self) -> Option<String> {
        match self.default {
            Default::Required | Default::Nothing => None,
            Default::Nought => Some(self.plain(0)),
            Default::One => Some(self.plain(1)),
            Default::Parameter(figure) => Some(format!("the edition's `{figure}`")),
            Default::Words(words) => Some(words.to_owned()),
        }
    }

    /// A whole number in the key's first unit.
    fn plain(&self, number: i64) -> String {
        match &self.takes {
            Takes::Quantity(measure) => measure.stated(number),
            _ => number.to_string(),
        }
    }
}

/// Every unit in words, with an example as a user writes it.
pub fn units() -> Vec<(&'static str, &'static str)> {
    Unit::ALL.map(|unit| (quantity::sort(unit), quantity::example(unit))).into()
}

impl Measure {
    /// Its units and its range: `money a year or money a month, £0 to £100bn a year`.
    pub fn in_words(&self) -> String {
        let sorts: Vec<&str> = self.units.iter().map(|&unit| quantity::sort(unit)).collect();
        format!("{}, {}", sorts.join(" or "), self.range(self.units[0]))
    }

    /// Its range in each of its units: `£0 to £10m a year`.
    pub fn ranges(&self) -> String {
        self.units.iter().map(|&unit| self.range(unit)).collect::<Vec<_>>().join("; ")
    }

    /// What it looks like, with an example.
    pub fn expected(&self) -> String {
        quantity::expected(self.units)
    }

    /// Whether it may be written as a bare number.
    pub fn may_be_bare(&self) -> bool {
        self.units.contains(&Unit::Count)
    }

    /// What its text looks like, as a regular expression that JSON Schema understands. The digits are not compared
    /// with the range; a quantity that can't be negative has no sign.
    pub fn pattern(&self) -> String {
        let forms: Vec<String> = self.units.iter().map(|&unit| form(unit, self.low < 0)).collect();
        format!(r"^\s*({})\s*$", forms.join("|"))
    }
}

fn form(unit: Unit, may_be_negative: bool) -> String {
    let number = format!(r"{WHOLE}(\.[0-9]+)?");
    let sign = if may_be_negative { format!("{MINUS}?") } else { String::new() };
    let number = format!("{sign}{number}");
    match unit {
        Unit::Pounds => money(may_be_negative, ""),
        Unit::PoundsAYear => money(may_be_negative, r"\s+a\s+year"),
        Unit::PoundsAMonth => money(may_be_negative, r"\s+a\s+month"),
        Unit::Rate => format!(r"{number}\s*%"),
        Unit::Months => format!(r"{number}\s*(month|year)s?"),
        Unit::TeamMonths => format!(r"{number}\s*team-months?"),
        Unit::TeamMonthsAYear => format!(r"{number}\s*team-months?\s+a\s+year"),
        Unit::Count => number,
    }
}

/// Money. Three digits after the full stop of an amount without a multiple may be thousands or pence: neither is taken.
fn money(may_be_negative: bool, time: &str) -> String {
    let figure = format!(r"{WHOLE}((\.[0-9]+)?(k|m|bn)|(\.([0-9]{{1,2}}|[0-9]{{4,}}))?)");
    if may_be_negative {
        format!(r"(({MINUS}?£|£{MINUS}){figure}|\(£{figure}\)){time}")
    } else {
        format!("£{figure}{time}")
    }
}

fn with_article(what: &str) -> String {
    let article = if what.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {what}")
}
