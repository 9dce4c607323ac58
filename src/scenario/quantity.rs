//! Quantities as text: `"£240k a year"`, `"3.5%"`, `"18 months"`, `"9 team-months"`, read exactly.
//!
//! It refuses a number without its unit, a unit that the key does not take, commas anywhere but in the
//! thousands, fractions of a penny, and more digits than exact arithmetic keeps. Every refusal says what was
//! expected with an example and, where it can be guessed, the corrected text. No text panics or overflows.

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
    /// The corrected text, where it can be guessed.
    pub(super) guess: Option<String>,
}

const MOST_WHOLE_DIGITS: usize = 15;
const MOST_DECIMALS: usize = 12;

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
    Err(Fault { message, expected: expected(units), guess: guess(text, units) })
}

/// Reads a bare number (as TOML writes it) as a count.
pub(super) fn read_number(digits: &str, units: &[Unit]) -> Result<Quantity, Fault> {
    let plain = digits.strip_prefix('+').unwrap_or(digits);
    let refuse =
        |message: String| Err(Fault { message, expected: expected(units), guess: guess(plain, units) });
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
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (Decimal::NEGATIVE_ONE, rest),
        None => (Decimal::ONE, text.as_str()),
    };
    let (money, rest) = match rest.strip_prefix('£') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    if digits.is_empty() {
        return Err("is not a quantity");
    }
    let value = number(digits)? * sign;
    if money { amount(value, tail) } else { measured(value, tail.trim_start()) }
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

/// Plain digits with a sign.
pub(super) fn signed(text: &str) -> Result<Decimal, &'static str> {
    match text.strip_prefix('-') {
        Some(digits) => number(digits).map(|value| -value),
        None => number(text),
    }
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
    if significant.len() > MOST_WHOLE_DIGITS || decimals.len() > MOST_DECIMALS {
        return Err(TOO_MANY_DIGITS);
    }
    let value = format!("{significant:0>1}.{decimals:0<1}").parse::<Decimal>();
    value.map(|value| value.normalize()).map_err(|_| "is not a number")
}

/// What the user may have meant: the number in the text, in a unit that is wanted here.
fn guess(text: &str, units: &[Unit]) -> Option<String> {
    let text: String = text.chars().take(80).collect::<String>().to_lowercase().replace('−', "-");
    let sign = if text.trim_start().starts_with('-') { "-" } else { "" };
    let start = text.find(|c: char| c.is_ascii_digit() || c == '.')?;
    let rest = &text[start..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    let mut digits = digits.replace(',', "");
    if digits.starts_with('.') {
        digits.insert(0, '0');
    }
    let tail = tail.trim();
    let pounds = text.contains('£');
    let fits = |unit: Unit| match unit {
        Unit::Pounds | Unit::PoundsAYear | Unit::PoundsAMonth => {
            !tail.contains("team") && !tail.contains('%')
        }
        Unit::Rate => !pounds && (tail.is_empty() || tail.contains('%') || tail.starts_with('p')),
        Unit::Months => !pounds && (tail.is_empty() || tail.starts_with(['m', 'y'])),
        Unit::TeamMonths | Unit::TeamMonthsAYear | Unit::Count => !pounds && !tail.contains('%'),
    };
    let fitting = units.iter().filter(|&&unit| fits(unit));
    let mut candidates = fitting.filter_map(|&unit| candidate(unit, sign, &digits, tail));
    candidates.find(|text| parse(text).is_ok_and(|quantity| units.contains(&quantity.unit)))
}

fn candidate(unit: Unit, sign: &str, digits: &str, tail: &str) -> Option<String> {
    let time = ["year", "annum", "pa", "p.a."].iter().any(|word| tail.contains(word));
    let monthly = tail.contains("month");
    let first_word = tail.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let multiple = match first_word {
        "k" | "thousand" => "k",
        "m" | "mn" | "million" => "m",
        "b" | "bn" | "billion" => "bn",
        _ => "",
    };
    let years = if tail.starts_with('y') { "years" } else { "months" };
    match unit {
        Unit::Pounds if !time && !monthly => Some(format!("{sign}£{digits}{multiple}")),
        Unit::PoundsAMonth if monthly => Some(format!("{sign}£{digits}{multiple} a month")),
        Unit::PoundsAYear if !monthly => Some(format!("{sign}£{digits}{multiple} a year")),
        Unit::Pounds | Unit::PoundsAMonth | Unit::PoundsAYear => None,
        Unit::Rate => Some(rate_guess(sign, digits, tail)),
        Unit::Months => Some(format!("{sign}{digits} {years}")),
        Unit::TeamMonths => Some(format!("{sign}{digits} team-months")),
        Unit::TeamMonthsAYear => Some(format!("{sign}{digits} team-months a year")),
        Unit::Count => Some(format!("{sign}{digits}")),
    }
}

/// `0.035` is likely to mean 3.5%; `3.5` as it stands.
fn rate_guess(sign: &str, digits: &str, tail: &str) -> String {
    let fraction = number(digits).ok().filter(|&value| tail.is_empty() && value < Decimal::ONE);
    match fraction.and_then(|value| value.checked_mul(Decimal::ONE_HUNDRED)) {
        Some(percent) => format!("{sign}{}%", percent.normalize()),
        None => format!("{sign}{digits}%"),
    }
}

/// A text fit for a message: short, and without control characters.
pub(super) fn short(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect();
    if text.chars().count() > 40 { format!("{clean}...") } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_exactly() {
        let cases = [
            ("£240k", "240000", Unit::Pounds),
            ("£1.2m", "1200000", Unit::Pounds),
            ("£48,526", "48526", Unit::Pounds),
            ("£310.50", "310.5", Unit::Pounds),
            ("£2bn", "2000000000", Unit::Pounds),
            ("-£5k", "-5000", Unit::Pounds),
            ("£0.01", "0.01", Unit::Pounds),
            ("£1.23456k", "1234.56", Unit::Pounds),
            ("£8200000.10", "8200000.1", Unit::Pounds),
            ("£240k a year", "240000", Unit::PoundsAYear),
            ("£48,526  a  year", "48526", Unit::PoundsAYear),
            ("£20k a month", "20000", Unit::PoundsAMonth),
            ("3.5%", "0.035", Unit::Rate),
            ("-0.5 %", "-0.005", Unit::Rate),
            ("33.3333333333%", "0.333333333333", Unit::Rate),
            ("18 months", "18", Unit::Months),
            ("1 month", "1", Unit::Months),
            ("2 years", "24", Unit::Months),
            ("1.5 years", "18", Unit::Months),
            ("-3 months", "-3", Unit::Months),
            ("9 team-months", "9", Unit::TeamMonths),
            ("1 team-month", "1", Unit::TeamMonths),
            ("6 team-months a year", "6", Unit::TeamMonthsAYear),
            ("0.4", "0.4", Unit::Count),
        ];
        for (text, value, unit) in cases {
            let value: Decimal = value.parse().expect("a decimal");
            assert_eq!(read(text, &Unit::ALL), Ok(Quantity { value, unit }), "{text}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        let cases = [
            "",
            " ",
            "£",
            "-",
            "%",
            "k",
            "£k",
            "£-5k",
            "--£5",
            "+£5",
            "£5 k",
            "£5kk",
            "£1,00",
            "£1,0000",
            "£,100",
            "£1000,000",
            "£1.2.3",
            "£.5",
            "£5.",
            "£0.001",
            "£1.234567k",
            "£5 per year",
            "£5/year",
            "£5 a week",
            "£5 a day",
            "£5M",
            "$5",
            "5 €",
            "3.5 per cent",
            "five",
            "18 monthes",
            "9 team months",
            "£1e6",
            "inf",
            "nan",
            "0x10",
            "12345678901234567890",
            "0.1234567890123%",
            "٣ months",
            "£５",
            "1_000",
        ];
        for text in cases {
            assert!(read(text, &Unit::ALL).is_err(), "{text}");
        }
    }

    #[test]
    fn what_was_meant_is_guessed() {
        let cases: [(&str, &[Unit], Option<&str>); 14] = [
            ("0.035", &[Unit::Rate], Some("3.5%")),
            ("3.5", &[Unit::Rate], Some("3.5%")),
            ("3.5 per cent", &[Unit::Rate], Some("3.5%")),
            ("240k", &[Unit::Pounds], Some("£240k")),
            ("£5 million", &[Unit::Pounds], Some("£5m")),
            ("£1,00", &[Unit::Pounds], Some("£100")),
            ("£180k", &[Unit::PoundsAYear], Some("£180k a year")),
            ("£180k per annum", &[Unit::PoundsAYear], Some("£180k a year")),
            ("18", &[Unit::Months], Some("18 months")),
            ("5yrs", &[Unit::Months], Some("5 years")),
            ("9 months", &[Unit::TeamMonths], Some("9 team-months")),
            ("£5k", &[Unit::Months], None),
            ("9 team-months", &[Unit::Pounds], None),
            ("a little", &[Unit::Rate], None),
        ];
        for (text, units, guess) in cases {
            let fault = read(text, units).expect_err("a fault");
            assert_eq!(fault.guess.as_deref(), guess, "{text}");
        }
    }

    #[test]
    fn bare_numbers_are_counts_and_nothing_else() {
        let half = Ok(Quantity { value: Decimal::new(5, 1), unit: Unit::Count });
        assert_eq!(read_number("0.5", &[Unit::Count]), half);
        assert_eq!(read_number("+0.50", &[Unit::Count]), half);
        for wrong in ["nan", "inf", "-inf", "1e400", "0x1F", "99999999999999999999"] {
            assert!(read_number(wrong, &[Unit::Count]).is_err(), "{wrong}");
        }
        let fault = read_number("0.035", &[Unit::Rate]).expect_err("a fault");
        assert_eq!(fault.guess.as_deref(), Some("3.5%"));
    }
}
