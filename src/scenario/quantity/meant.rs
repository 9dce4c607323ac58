//! What was meant by a text that is no quantity: the same quantity, written as it is read.
//!
//! A suggestion never changes a value. It is made only where every part of the text is understood: signs, one
//! number, a multiple, words of a unit. Those are kept. What it may add is what the place takes and the text lacks,
//! a pound sign or a unit. Where a number could be two (`£180.000`), both are given; where it could be anything
//! (`£1,00`), none.

use rust_decimal::Decimal;

use super::{Quantity, number, parse, plain};
use crate::scenario::Unit;
use crate::scenario::names::nearest;

/// The longest text that is looked at.
const LONGEST: usize = 80;

/// Words that say that a figure is rough, and marks around it.
const BEFORE: [&str; 10] =
    ["gbp", "c", "ca", "circa", "about", "approx", "approximately", "around", "~", "+"];

/// Words long enough to be known when one letter is wrong.
const LONG_WORDS: [&str; 12] = [
    "annum", "annually", "billion", "million", "month", "monthly", "months", "percent", "pounds", "thousand",
    "year", "years",
];

/// A text, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sketch {
    negative: bool,
    pounds: bool,
    /// As [`number`] reads them.
    digits: String,
    /// `k`, `m`, `bn` or nothing.
    multiple: &'static str,
    said: Said,
}

/// The words of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each word is said or not, beside any other")]
struct Said {
    percent: bool,
    year: bool,
    month: bool,
    team: bool,
    /// `a`, `per`: so much in each.
    each: bool,
    /// Days, people, teams: what is only counted.
    things: bool,
}

/// The text as it should have been written, in one of some units; more than one where it could be read so.
pub(super) fn texts(text: &str, units: &[Unit]) -> Vec<String> {
    let Some(sketch) = sketch(text) else { return Vec::new() };
    let mut readings = units.iter().map(|&unit| sketch.spelt(unit));
    let readings = readings.find(|spelt| !spelt.is_empty()).unwrap_or_default();
    let takes = |quantity: Quantity| units.contains(&quantity.unit);
    readings.into_iter().filter(|spelt| parse(spelt).is_ok_and(takes)).collect()
}

/// Understands a whole text, or nothing of it.
fn sketch(text: &str) -> Option<Sketch> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let text = plain(text).to_lowercase();
    let text = text.trim_matches(|c| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | ' '));
    let first = text.find(|c: char| c.is_ascii_digit())?;
    // `.5` begins with its full stop, `c.5` does not.
    let (before, _) = text.split_at(first);
    let stopped = before.strip_suffix('.').filter(|before| !before.ends_with(|c: char| c.is_alphabetic()));
    let (before, rest) = text.split_at(stopped.map_or(first, str::len));
    let end = rest.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (digits, after) = rest.split_at(end);
    let mut sketch = Sketch { digits: spelt_digits(digits)?, ..Sketch::default() };
    let brackets = sketch.before(before)?;
    sketch.after(after, brackets)?;
    Some(sketch)
}

/// Digits as [`number`] reads them: the same digits, with commas between thousands and a full stop before
/// decimals. `None` where it can't be said which is which.
fn spelt_digits(text: &str) -> Option<String> {
    let whole = if text.starts_with('.') { format!("0{text}") } else { text.to_owned() };
    let in_threes = |mark: char| {
        let groups: Vec<&str> = whole.split(mark).collect();
        let plain = |group: &&str| group.bytes().all(|b| b.is_ascii_digit());
        let first = (1..=3).contains(&groups[0].len());
        (first && groups.iter().all(plain) && groups[1..].iter().all(|group| group.len() == 3))
            .then(|| groups.join(","))
    };
    if number(&whole).is_ok() {
        return Some(whole);
    }
    if whole.matches('.').count() > 1 { in_threes('.') } else { in_threes(' ') }
}

impl Sketch {
    /// What stands before the digits; whether it opens a bracket.
    fn before(&mut self, text: &str) -> Option<bool> {
        let (mut bracket, mut minus) = (false, false);
        for word in parts(text) {
            let new = match word.as_str() {
                "£" | "gbp" if self.pounds => false,
                "£" | "gbp" => {
                    self.pounds = true;
                    true
                }
                "-" => !std::mem::replace(&mut minus, true),
                "(" => !std::mem::replace(&mut bracket, true),
                word => BEFORE.contains(&word),
            };
            if !new {
                return None;
            }
        }
        self.negative = minus || bracket;
        (!(minus && bracket)).then_some(bracket)
    }

    /// What stands after the digits.
    fn after(&mut self, text: &str, mut bracket: bool) -> Option<()> {
        let parts = parts(text);
        // Some systems put the sign of a negative after the number.
        if parts.last().is_some_and(|last| last == "-") {
            return None;
        }
        for (place, word) in parts.iter().enumerate() {
            if word == ")" {
                if !std::mem::take(&mut bracket) {
                    return None;
                }
                continue;
            }
            let multiple = match word.as_str() {
                "k" | "thousand" => "k",
                "m" | "mn" | "million" => "m",
                "b" | "bn" | "billion" => "bn",
                _ => "",
            };
            if place == 0 && !multiple.is_empty() {
                self.multiple = multiple;
            } else {
                self.word(word)?;
            }
        }
        (!bracket).then_some(())
    }

    /// A word of a unit.
    fn word(&mut self, word: &str) -> Option<()> {
        match word {
            "-" => {}
            "cent" if self.said.each => self.said.percent = true,
            "%" | "percent" | "pct" => self.said.percent = true,
            "a" | "an" | "per" | "/" | "each" | "every" => self.said.each = true,
            "year" | "years" | "yr" | "yrs" => self.said.year = true,
            "annum" | "pa" | "annually" | "yearly" => (self.said.year, self.said.each) = (true, true),
            "month" | "months" | "mo" | "mos" | "mth" | "mths" => self.said.month = true,
            "monthly" | "pm" | "pcm" => (self.said.month, self.said.each) = (true, true),
            "team" => self.said.team = true,
            "gbp" | "pound" | "pounds" | "£" => self.pounds = true,
            "day" | "days" | "people" | "fte" | "wte" | "heads" | "teams" | "posts" | "staff" => {
                self.said.things = true;
            }
            _ => {
                let known = nearest(word, LONG_WORDS).filter(|_| word.len() > 3)?;
                // A multiple after other words is no multiple.
                return if known.ends_with("illion") || known == "thousand" {
                    None
                } else {
                    self.word(known)
                };
            }
        }
        Some(())
    }

    /// It in a unit, as that is written; nothing if it says something else.
    fn spelt(&self, unit: Unit) -> Vec<String> {
        let Said { percent, year, month, team, each, things } = self.said;
        let counted = !self.pounds && self.multiple.is_empty();
        let fits = match unit {
            Unit::Pounds => !(percent || year || month || team || each || things),
            Unit::PoundsAYear => !(percent || month || team || things || each && !year),
            Unit::PoundsAMonth => month && !(percent || year || team || things),
            Unit::Rate => counted && !(year || month || team || things || each && !percent),
            Unit::Months => counted && !(percent || team || things || each || year && month),
            Unit::TeamMonths => counted && !(percent || year || things || each || team && !month),
            Unit::TeamMonthsAYear => {
                counted && !(percent || things || year && !each || each && !year || team && !month)
            }
            Unit::Count => counted && !(percent || year || month || team || each),
        };
        if !fits {
            return Vec::new();
        }
        let sign = if self.negative { "-" } else { "" };
        let with = |digits: &str| {
            let multiple = self.multiple;
            match unit {
                Unit::Pounds => format!("{sign}£{digits}{multiple}"),
                Unit::PoundsAYear => format!("{sign}£{digits}{multiple} a year"),
                Unit::PoundsAMonth => format!("{sign}£{digits}{multiple} a month"),
                Unit::Rate => format!("{sign}{}%", self.percent(digits)),
                Unit::Months => format!("{sign}{digits} {}", if year { "years" } else { "months" }),
                Unit::TeamMonths => format!("{sign}{digits} team-months"),
                Unit::TeamMonthsAYear => format!("{sign}{digits} team-months a year"),
                Unit::Count => format!("{sign}{digits}"),
            }
        };
        let is_money = matches!(unit, Unit::Pounds | Unit::PoundsAYear | Unit::PoundsAMonth);
        if is_money && self.multiple.is_empty() {
            self.amounts().iter().map(|digits| with(digits)).collect()
        } else {
            vec![with(&self.digits)]
        }
    }

    /// The digits of an amount: of thousands or of pence where three follow the full stop.
    fn amounts(&self) -> Vec<String> {
        match self.digits.split_once('.') {
            Some((whole, decimals)) if decimals.len() == 3 => {
                let thousands = (whole != "0" && whole.replace(',', "").len() <= 3)
                    .then(|| format!("{whole},{decimals}"));
                let pence = decimals.strip_suffix('0').map(|pence| format!("{whole}.{pence}"));
                thousands.into_iter().chain(pence).collect()
            }
            _ => vec![self.digits.clone()],
        }
    }

    /// `0.035` without a sign is likely to mean 3.5%; `3.5` as it stands.
    fn percent(&self, digits: &str) -> String {
        let fraction = number(digits).ok().filter(|&value| !self.said.percent && value < Decimal::ONE);
        match fraction.and_then(|value| value.checked_mul(Decimal::ONE_HUNDRED)) {
            Some(percent) => percent.normalize().to_string(),
            None => digits.to_owned(),
        }
    }
}

/// Words, and marks one by one; without blanks and the full stops of abbreviations.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut in_word = false;
    for c in text.chars().filter(|&c| c != '.') {
        match parts.last_mut().filter(|_| in_word && c.is_alphabetic()) {
            Some(word) => word.push(c),
            None if !c.is_whitespace() => parts.push(c.to_string()),
            None => {}
        }
        in_word = c.is_alphabetic();
    }
    parts
}
