//! Quantities as text: `"£240k a year"`, `"3.5%"`, `"18 months"`, `"9 team-months"`, read exactly.
//!
//! A negative is written `-£500`, or as accountants and Excel write it: `£-500`, `(£500)`. Any blank and any dash
//! serves. It refuses a number without its unit, a unit that the key does not take, commas anywhere but in the
//! thousands, three digits after the full stop of an amount (thousands or pence?), fractions of a penny, and more
//! digits than exact arithmetic keeps. Every refusal says what was expected with an example and, where it can be
//! made out, the corrected text (see [`meant`]). No text panics or overflows.

mod meant;

#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

use super::Unit;

/// A quantity: a value in its unit (rates as fractions, durations in months).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    pub(super) value: Decimal,
    pub(super) unit: Unit,
}

/// Why a text is not the quantity that is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// What is wrong, in one line.
    pub(super) message: String,
    /// What was expected, with an example.
    pub(super) expected: String,
    /// The corrected text, where it can be made out; several where it could be read in several ways.
    pub(super) meant: Vec<String>,
}

const MOST_WHOLE_DIGITS: usize = 15;
/// Digits after the decimal point that are read.
pub(super) const MOST_DECIMALS: u32 = 12;

/// An amount of money, as it is written in scenarios: `£10k`; `None` if it is none.
pub fn pounds(text: &str) -> Option<Decimal> {
    read(text, &[Unit::Pounds]).ok().map(|quantity| quantity.value)
}

/// Reads a text as a quantity in one of some units.
pub(super) fn read(text: &str, units: &[Unit]) -> Result<Quantity, Fault> {
    let message = match parse(text) {
        Ok(quantity) if units.contains(&quantity.unit) => return Ok(quantity),
        Ok(quantity) => {
            format!("`{}` is {}, but {} is needed here", short(text), sort(quantity.unit), wanted(units))
        }
        Err(why) => format!("`{}` {why}", short(text)),
    };
    Err(Fault { message, expected: expected(units), meant: meant::texts(text, units) })
}

/// Reads a bare number (as TOML writes it) as a count.
pub(super) fn read_number(digits: &str, units: &[Unit]) -> Result<Quantity, Fault> {
    let plain = digits.strip_prefix('+').unwrap_or(digits);
    let refuse = |message: String| {
        Err(Fault { message, expected: expected(units), meant: meant::texts(plain, units) })
    };
    if !units.contains(&Unit::Count) {
        return refuse(format!("`{}` has no unit, but {} is needed here", short(digits), wanted(units)));
    }
    match signed(plain) {
        Ok(value) => Ok(Quantity { value, unit: Unit::Count }),
        Err(why) => refuse(format!("`{}` {why}", short(digits))),
    }
}

/// What a quantity in one of some units looks like.
pub(super) fn expected(units: &[Unit]) -> String {
    let examples: Vec<String> = units.iter().map(|&unit| example(unit).to_owned()).collect();
    match units {
        [Unit::Count] => "a plain number, like `3`".to_owned(),
        _ => format!("{}, like {}", wanted(units), examples.join(" or ")),
    }
}

fn wanted(units: &[Unit]) -> String {
    units.iter().map(|&unit| sort(unit)).collect::<Vec<_>>().join(" or ")
}

/// What sort of quantity a unit belongs to.
pub(super) fn sort(unit: Unit) -> &'static str {
    match unit {
        Unit::Pounds => "an amount of money",
        Unit::PoundsAYear => "money a year",
        Unit::PoundsAMonth => "money a month",
        Unit::Rate => "a rate in per cent",
        Unit::Months => "a duration",
        Unit::TeamMonths => "an effort in team-months",
        Unit::TeamMonthsAYear => "an effort in team-months a year",
        Unit::Count => "a plain number",
    }
}

/// A quantity in a unit, as it is written.
pub(super) fn example(unit: Unit) -> &'static str {
    match unit {
        Unit::Pounds => "`\"£240k\"`",
        Unit::PoundsAYear => "`\"£240k a year\"`",
        Unit::PoundsAMonth => "`\"£20k a month\"`",
        Unit::Rate => "`\"3.5%\"`",
        Unit::Months => "`\"18 months\"`",
        Unit::TeamMonths => "`\"9 team-months\"`",
        Unit::TeamMonthsAYear => "`\"6 team-months a year\"`",
        Unit::Count => "`3`",
    }
}

/// Reads a text as any quantity.
fn parse(text: &str) -> Result<Quantity, &'static str> {
    let text = plain(text);
    let (signs, rest) = signs(&text)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    if digits.is_empty() {
        return Err(if text.contains(|c: char| c.is_ascii_digit()) {
            "is not a quantity"
        } else {
            "has no number"
        });
    }
    let tail = signs.close(tail)?;
    let value = number(digits)? * if signs.is_negative() { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
    if !signs.pounds {
        return measured(value, tail.trim_start());
    }
    if tail.is_empty() || tail.starts_with(' ') {
        in_pence(digits)?;
    }
    amount(value, &tail)
}

/// With single blanks and plain hyphens.
fn plain(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace(['−', '–', '—', '‐', '‑', '‒'], "-")
}

/// What stands before the digits.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    pounds: bool,
    minus: bool,
    /// Accountants put a negative in brackets.
    bracket: bool,
}

/// Takes the signs off the start: each once, in any order.
fn signs(text: &str) -> Result<(Signs, &str), &'static str> {
    let (mut signs, mut rest) = (Signs::default(), text);
    loop {
        let mut signed = rest.chars();
        let sign = match signed.next() {
            Some('£') => &mut signs.pounds,
            Some('-') => &mut signs.minus,
            Some('(') => &mut signs.bracket,
            _ => break,
        };
        if std::mem::replace(sign, true) {
            return Err("has a sign twice");
        }
        rest = signed.as_str();
    }
    if signs.minus && signs.bracket { Err("is negative twice") } else { Ok((signs, rest)) }
}

impl Signs {
    fn is_negative(self) -> bool {
        self.minus || self.bracket
    }

    /// What stands after the digits, without the closing bracket that has to be there.
    fn close(self, tail: &str) -> Result<String, &'static str> {
        match (self.bracket, tail.matches(')').count()) {
            (false, _) => Ok(tail.to_owned()),
            (true, 1) => Ok(tail.replacen(')', "", 1)),
            (true, _) => Err("has a bracket that is not closed"),
        }
    }
}

/// Refuses an amount that may be thousands, as on the continent, or pence.
fn in_pence(digits: &str) -> Result<(), &'static str> {
    match digits.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => {
            Err("has three digits after its full stop: thousands or pence?")
        }
        _ => Ok(()),
    }
}

/// Money: what stands after the digits is the multiple, then the time.
fn amount(value: Decimal, tail: &str) -> Result<Quantity, &'static str> {
    let (multiple, time) = tail.split_once(' ').map_or((tail, ""), |(multiple, time)| (multiple, time));
    let multiple = match multiple {
        "" => 1,
        "k" => 1_000,
        "m" => 1_000_000,
        "bn" => 1_000_000_000,
        _ => return Err("is not an amount of money: after the digits come `k`, `m` or `bn`, or nothing"),
    };
    let value = value.checked_mul(Decimal::from(multiple)).ok_or(TOO_MANY_DIGITS)?.normalize();
    if value.scale() > 2 {
        return Err("has a fraction of a penny");
    }
    let unit = match time {
        "" => Unit::Pounds,
        "a year" => Unit::PoundsAYear,
        "a month" => Unit::PoundsAMonth,
        _ => return Err("is not an amount of money: after it comes `a year` or `a month`, or nothing"),
    };
    Ok(Quantity { value, unit })
}

/// Everything that is not money: what stands after the digits is the unit.
fn measured(value: Decimal, unit: &str) -> Result<Quantity, &'static str> {
    let (value, unit) = match unit {
        "" => (value, Unit::Count),
        "%" => (value / Decimal::ONE_HUNDRED, Unit::Rate),
        "month" | "months" => (value, Unit::Months),
        "year" | "years" => (value * Decimal::from(12), Unit::Months),
        "team-month" | "team-months" => (value, Unit::TeamMonths),
        "team-month a year" | "team-months a year" => (value, Unit::TeamMonthsAYear),
        _ => return Err("is not a quantity in a unit of the model"),
    };
    Ok(Quantity { value: value.normalize(), unit })
}

/// Plain digits with a sign, or in the brackets of a negative: `1,250`, `-1,250`, `(1,250)`.
pub(super) fn signed(text: &str) -> Result<Decimal, &'static str> {
    let text = plain(text);
    let (signs, digits) = signs(&text)?;
    if signs.pounds {
        return Err("is not a number");
    }
    let value = number(&signs.close(digits)?)?;
    Ok(if signs.is_negative() { -value } else { value })
}

const TOO_MANY_DIGITS: &str = "has more digits than the model keeps";

/// Digits with a decimal point, and commas between thousands.
fn number(text: &str) -> Result<Decimal, &'static str> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split(',').collect();
    if !groups.iter().all(|group| plain(group)) || !plain(decimals) {
        return Err("is not a number");
    }
    let in_threes = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    if groups.len() > 1 && !in_threes {
        return Err("has a comma that does not part thousands");
    }
    let whole = groups.concat();
    let significant = whole.trim_start_matches('0');
    let decimals = decimals.trim_end_matches('0');
    if significant.len() > MOST_WHOLE_DIGITS || decimals.len() > MOST_DECIMALS as usize {
        return Err(TOO_MANY_DIGITS);
    }
    let value = format!("{significant:0>1}.{decimals:0<1}").parse::<Decimal>();
    value.map(|value| value.normalize()).map_err(|_| "is not a number")
}

/// A text fit for a message: short, and without control characters.
pub(super) fn short(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect();
    if text.chars().count() > 40 { format!("{clean}...") } else { clean }
}
