//! Figures as people read them (`-1,234`, `3.5%`, `Apr 2026`) and as programs read them (`-1234.00`).
//!
//! Rounding is half away from zero, as a spreadsheet shows it, and nothing is ever shown as `-0`.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

use super::Units;
use crate::table::{Cell, Column, ColumnKind, Row, Table};

/// A cell as a person reads it. A reason for nothing is left to the caller.
pub(super) fn shown(cell: &Cell, units: Units) -> String {
    match cell {
        Cell::Text(words) => one_line(words),
        Cell::Money(pounds) => match units {
            Units::Pounds => grouped(*pounds, 2),
            Units::Thousands => grouped(*pounds / Decimal::ONE_THOUSAND, 0),
            Units::Millions => grouped(*pounds / Decimal::from(1_000_000), 2),
        },
        Cell::Rate(fraction) => percentage(*fraction),
        Cell::Number(number, places) => grouped(*number, *places),
        Cell::Count(number) => grouped(Decimal::from(*number), 0),
        Cell::Month(month) => month.in_words(),
        Cell::Year(year) => year.to_string(),
        Cell::Nothing(_) => "–".into(),
    }
}

/// A cell as a program reads it, or nothing. Money has its pence, a rate is a fraction, a month is
/// `2026-04`.
pub(super) fn raw(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(words) => Some(words.clone()),
        Cell::Money(pounds) => Some(fixed(*pounds, 2)),
        Cell::Rate(fraction) => Some(fraction.normalize().to_string()),
        Cell::Number(number, places) => Some(fixed(*number, *places)),
        Cell::Count(number) => Some(number.to_string()),
        Cell::Month(month) => Some(month.to_string()),
        Cell::Year(year) => Some(year.to_string()),
        Cell::Nothing(_) => None,
    }
}

/// A cell as a person reads it, with the mark of its reason for nothing: `– [1]`.
pub(super) fn marked(cell: &Cell, units: Units, reasons: &[&str]) -> String {
    let mark = match cell {
        Cell::Nothing(Some(reason)) => reasons.iter().position(|r| r == reason),
        _ => None,
    };
    mark.map_or_else(|| shown(cell, units), |place| format!("{} [{}]", shown(cell, units), place + 1))
}

/// Words in parts, and whether a part stood between two backticks: a name as the scenario writes it.
#[cfg(feature = "papers")]
pub(super) fn spans(words: &str) -> Vec<(bool, &str)> {
    let mut spans = Vec::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('`')
        && let Some((name, after)) = after.split_once('`')
    {
        spans.extend([(false, before), (true, name)]);
        rest = after;
    }
    spans.push((false, rest));
    spans.retain(|(_, part)| !part.is_empty());
    spans
}

/// A column's heading, with its unit if one is stated.
pub(super) fn heading(column: &Column) -> String {
    let name = one_line(&column.name);
    if column.unit.is_empty() { name } else { format!("{name} ({})", one_line(&column.unit)) }
}

/// Whether the figures of a column line up on the right.
pub(super) fn is_right_aligned(column: &Column) -> bool {
    column.kind != ColumnKind::Text
}

/// Whether a table is so short that a sheet should not part it.
#[cfg(feature = "papers")]
pub(super) fn is_short(table: &Table) -> bool {
    table.rows.len() <= 14
}

/// The reasons that a table gives for absent figures, each once, in order: what its note marks count.
pub(super) fn reasons(table: &Table) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for cell in table.rows.iter().flat_map(|row: &Row| &row.cells) {
        if let Cell::Nothing(Some(reason)) = cell
            && !found.contains(&reason.as_str())
        {
            found.push(reason);
        }
    }
    found
}

/// Whether a table has money in it, so that its units must be told.
pub(super) fn has_money(table: &Table) -> bool {
    table.rows.iter().flat_map(|row| &row.cells).any(|cell| matches!(cell, Cell::Money(_)))
}

/// Text without line breaks and control characters, its direction marks shown: a name must not draw on the terminal, and
/// look like no other.
pub(super) fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    directions_shown(text).chars().map(|c| if is_break(c) { ' ' } else { c }).collect()
}

/// Text with its direction marks shown as what they are, `[U+202E]`. They turn the writing around, by which one name can be
/// made to look like another, and what stands beside it like something else. Every exporter shows them so; JSON, whose
/// strings programs compare, escapes them.
pub(crate) fn directions_shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_direction_mark) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| direction_shown(c).unwrap_or_else(|| c.to_string());
    Cow::Owned(text.chars().map(shown).collect())
}

/// How a direction mark is shown; `None` for any other character.
pub(super) fn direction_shown(c: char) -> Option<String> {
    is_direction_mark(c).then(|| format!("[U+{:04X}]", u32::from(c)))
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// With exactly so many decimal places. The noughts are added here because `Decimal` panics when its own
/// formatting is asked for more digits than it can hold.
fn fixed(number: Decimal, places: u32) -> String {
    let rounded = number.round_dp_with_strategy(places, MidpointAwayFromZero);
    let rounded = if rounded.is_zero() { Decimal::ZERO } else { rounded };
    let point = if rounded.scale() == 0 && places > 0 { "." } else { "" };
    let noughts = "0".repeat(places.saturating_sub(rounded.scale()) as usize);
    format!("{rounded}{point}{noughts}")
}

fn grouped(number: Decimal, places: u32) -> String {
    let plain = fixed(number, places);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.find('.').map_or((digits, ""), |point| digits.split_at(point));
    let mut out = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

/// A fraction as a percentage of at most two decimal places. A fraction so large that a hundred of it is
/// beyond counting is shown as it stands.
fn percentage(fraction: Decimal) -> String {
    let Some(hundredfold) = fraction.checked_mul(Decimal::ONE_HUNDRED) else { return fraction.to_string() };
    let rounded = hundredfold.round_dp_with_strategy(2, MidpointAwayFromZero).normalize();
    format!("{}%", grouped(rounded, rounded.scale()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str, units: Units) -> String {
        shown(&Cell::Money(text.parse().expect("a number")), units)
    }

    #[test]
    fn money_is_shown_in_the_units_asked_for() {
        assert_eq!(money("1234567.89", Units::Pounds), "1,234,567.89");
        assert_eq!(money("1234567.89", Units::Thousands), "1,235");
        assert_eq!(money("1234567.89", Units::Millions), "1.23");
        assert_eq!(money("-1234567.8", Units::Pounds), "-1,234,567.80");
        assert_eq!(money("999500", Units::Thousands), "1,000");
    }

    #[test]
    fn halves_go_away_from_zero_and_nothing_is_minus_nought() {
        assert_eq!(money("2500", Units::Thousands), "3");
        assert_eq!(money("-2500", Units::Thousands), "-3");
        assert_eq!(money("-499.99", Units::Thousands), "0");
        assert_eq!(raw(&Cell::Money("-0.004".parse().expect("a number"))), Some("0.00".into()));
    }

    #[test]
    fn rates_are_percentages_to_people_and_fractions_to_programs() {
        for (fraction, people, program) in [
            ("0.035", "3.5%", "0.035"),
            ("0.1438", "14.38%", "0.1438"),
            ("-0.270", "-27%", "-0.27"),
            ("12", "1,200%", "12"),
            ("0.333333333333", "33.33%", "0.333333333333"),
        ] {
            let cell = Cell::Rate(fraction.parse().expect("a number"));
            assert_eq!(shown(&cell, Units::Thousands), people);
            assert_eq!(raw(&cell).as_deref(), Some(program));
        }
    }

    #[test]
    fn the_largest_numbers_there_are_can_be_shown() {
        for cell in [Cell::Money(Decimal::MAX), Cell::Rate(Decimal::MIN), Cell::Number(Decimal::MIN, 6)] {
            assert!(!shown(&cell, Units::Pounds).is_empty());
            assert!(raw(&cell).is_some());
        }
        assert_eq!(shown(&Cell::Count(i64::MIN), Units::Pounds), "-9,223,372,036,854,775,808");
    }

    #[cfg(feature = "papers")]
    #[test]
    fn names_are_told_from_words_and_a_lone_backtick_is_one() {
        assert_eq!(spans("if `a.b` is `c`"), [(false, "if "), (true, "a.b"), (false, " is "), (true, "c")]);
        assert_eq!(spans("5` high"), [(false, "5` high")]);
        assert_eq!(spans("``"), []);
    }

    #[test]
    fn a_name_can_not_draw_on_the_terminal() {
        assert_eq!(one_line("a\x1b[31mred\nname"), "a [31mred name");
        // All of them, and nothing else: the isolates are not the line separators before them.
        let marks = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}";
        let shown = "[U+061C][U+200E][U+200F][U+202A][U+202E][U+2066][U+2069]";
        assert_eq!(directions_shown(marks), shown);
        assert_eq!(one_line("a\u{202e}b\u{2028}"), "a[U+202E]b ");
        assert_eq!(directions_shown("مستشفى Tŷ'r"), "مستشفى Tŷ'r");
    }
}
