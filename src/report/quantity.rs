//! Quantities as a scenario writes them: `£450k a year`, `3.5%`, `18 months`. What is written here, the reader
//! reads back as the same value, so that it can be given to `--set`.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

use crate::scenario::Unit;

/// Decimal places that a scenario's text may have.
const MOST_DECIMALS: u32 = 12;

/// A value in the text of its unit. What a scenario can't hold (fractions of a penny, more than twelve decimal
/// places) is rounded, half away from zero.
pub fn quantity(value: Decimal, unit: Unit) -> String {
    match unit {
        Unit::Pounds => pounds(value),
        Unit::PoundsAYear => format!("{} a year", pounds(value)),
        Unit::PoundsAMonth => format!("{} a month", pounds(value)),
        Unit::Rate => match value.checked_mul(Decimal::ONE_HUNDRED) {
            Some(percent) => format!("{}%", plain(percent)),
            None => format!("{}%", plain(value)),
        },
        Unit::Months => counted(value, "month", ""),
        Unit::TeamMonths => counted(value, "team-month", ""),
        Unit::TeamMonthsAYear => counted(value, "team-month", " a year"),
        Unit::Count => plain(value),
    }
}

/// `1 month`, `6 months`.
fn counted(value: Decimal, noun: &str, time: &str) -> String {
    let plural = if value == Decimal::ONE { "" } else { "s" };
    format!("{} {noun}{plural}{time}", plain(value))
}

/// Digits without needless noughts, and without a sign on nought.
pub(super) fn plain(value: Decimal) -> String {
    let rounded = value.round_dp_with_strategy(MOST_DECIMALS, MidpointAwayFromZero).normalize();
    if rounded.is_zero() { "0".to_owned() } else { rounded.to_string() }
}

/// Money: in thousands, millions or thousands of millions where that is exact and short, otherwise with commas.
fn pounds(value: Decimal) -> String {
    let pounds = value.round_dp_with_strategy(2, MidpointAwayFromZero).normalize();
    let sign = if pounds.is_sign_negative() && !pounds.is_zero() { "-" } else { "" };
    let size = pounds.abs();
    let multiples = [(1_000_000_000_u32, 10_000, "bn"), (1_000_000, 10_000, "m"), (1_000, 1_000, "k")];
    for (multiple, step, letter) in multiples {
        let (multiple, step) = (Decimal::from(multiple), Decimal::from(step));
        let long_enough = size >= multiple && (letter != "k" || size >= Decimal::from(10_000));
        if long_enough && (size % step).is_zero() {
            return format!("{sign}£{}{letter}", (size / multiple).normalize());
        }
    }
    format!("{sign}£{}", grouped(size))
}

/// Pounds and, if there are any, pence, with commas between thousands.
pub(super) fn grouped(pounds: Decimal) -> String {
    let digits = pounds.normalize().to_string();
    let (whole, pence) = digits.split_once('.').unwrap_or((&digits, ""));
    let pence = if pence.is_empty() { String::new() } else { format!(".{pence:0<2}") };
    format!("{}{pence}", thousands(whole))
}

/// Commas between thousands.
fn thousands(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_look_as_people_write_them() {
        let cases = [
            ("413", Unit::Pounds, "£413"),
            ("1500", Unit::Pounds, "£1,500"),
            ("48526", Unit::PoundsAYear, "£48,526 a year"),
            ("450000", Unit::PoundsAYear, "£450k a year"),
            ("1300000", Unit::PoundsAYear, "£1.3m a year"),
            ("30000000000", Unit::PoundsAYear, "£30bn a year"),
            ("1234500000", Unit::Pounds, "£1.2345bn"),
            ("1234567.8", Unit::Pounds, "£1,234,567.80"),
            ("-5000", Unit::Pounds, "-£5,000"),
            ("-40000.00", Unit::PoundsAMonth, "-£40k a month"),
            ("-0", Unit::Pounds, "£0"),
            ("1.5", Unit::Rate, "150%"),
            ("0.035", Unit::Rate, "3.5%"),
            ("1", Unit::Months, "1 month"),
            ("6", Unit::Months, "6 months"),
            ("7.5", Unit::TeamMonths, "7.5 team-months"),
            ("1", Unit::TeamMonthsAYear, "1 team-month a year"),
            ("0.40", Unit::Count, "0.4"),
        ];
        for (value, unit, text) in cases {
            assert_eq!(quantity(value.parse().expect("a number"), unit), text);
        }
    }
}
