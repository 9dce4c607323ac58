//! Values at the ends of what may be written, and near them: what fuzzing and `tests/endurance.rs` put into scenarios.
//! Bytes choose, so that a fuzzer can.

use rust_decimal::Decimal;
use wholelife::scenario::{Input, Unit};

/// Rates that compound and may be written into any scenario, those first that compound against one another.
const GROWTH: [&str; 4] = [
    "index.general.growth",
    "index.pay.growth",
    "index.licences.growth",
    "parameter.discount.green-book-2026.1",
];

/// Overrides of a scenario's inputs: the first byte says over how many years, every three after it which input has which
/// value, or which range.
pub(crate) fn overrides(inputs: &[Input], choices: &[u8]) -> Vec<String> {
    let Some((&first, rest)) = choices.split_first() else { return Vec::new() };
    let mut set = Vec::new();
    if first % 4 > 0 {
        set.push("programme.years=60".to_owned());
    }
    // Shares sum to 100%: no one of them can change alone.
    let all: Vec<&Input> = inputs.iter().filter(|input| !input.key.contains(".shares.")).collect();
    let half = [Decimal::new(-5, 1), Decimal::new(5, 1)];
    for three in rest.chunks_exact(3) {
        let place = usize::from(u16::from_be_bytes([three[0], three[1]]));
        // One in four is a rate that compounds.
        let (key, unit, ends) = if place % 4 == 0 {
            (GROWTH[place / 4 % GROWTH.len()], Unit::Rate, half)
        } else if all.is_empty() {
            continue;
        } else {
            let input = all[place % all.len()];
            (input.key.as_str(), input.unit, input.ends())
        };
        let (one, other) = (value(three[2] % 8, ends), value(three[2] / 8 % 8, ends));
        let written = |value: Decimal| written(value, unit);
        set.push(match three[2] / 64 {
            0 | 1 => format!("{key}={}", written(one)),
            shape => {
                let quoted = |value| {
                    if unit == Unit::Count { written(value) } else { format!("\"{}\"", written(value)) }
                };
                let (low, high) = (quoted(one.min(other)), quoted(one.max(other)));
                let shape = if shape == 2 { "uniform" } else { "p10-p90" };
                format!("{key}={{ low = {low}, high = {high}, shape = \"{shape}\" }}")
            }
        });
    }
    set
}

/// One of eight values of a range: its ends, zero, the middle, and some between.
fn value(which: u8, [low, high]: [Decimal; 2]) -> Decimal {
    let share = |hundredths: i64, of: Decimal| of * Decimal::new(hundredths, 2);
    let value = match which {
        0 => low,
        1 => high,
        2 => Decimal::ZERO,
        3 => (low + high) / Decimal::TWO,
        // Growth of 26% and -20% a year is about the most that sixty years bear.
        4 => share(52, high),
        5 => share(40, low),
        6 => high / Decimal::ONE_THOUSAND,
        _ => share(10, high),
    };
    value.clamp(low, high)
}

/// A value as it is written in a scenario.
fn written(value: Decimal, unit: Unit) -> String {
    let digits = |value: Decimal, places: u32| value.round_dp(places).normalize().to_string();
    let money = || {
        let sign = if value.is_sign_negative() { "-" } else { "" };
        format!("{sign}£{}", digits(value.abs(), 2))
    };
    match unit {
        Unit::Pounds => money(),
        Unit::PoundsAYear => format!("{} a year", money()),
        Unit::PoundsAMonth => format!("{} a month", money()),
        Unit::Rate => format!("{}%", digits(value * Decimal::ONE_HUNDRED, 9)),
        Unit::Months => format!("{} months", digits(value, 9)),
        Unit::TeamMonths => format!("{} team-months", digits(value, 9)),
        Unit::TeamMonthsAYear => format!("{} team-months a year", digits(value, 9)),
        Unit::Count => digits(value, 12),
    }
}
