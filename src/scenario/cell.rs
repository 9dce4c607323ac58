//! The pounds in a cell of a table, as spreadsheets show them: `1,250`, `£1.2m`, `(1,250)` for less than zero, `-`
//! for nil.
//!
//! It refuses what a spreadsheet may have cut short or what can be read in two ways: `#####`, `1.2E+06`, `1.000`.

use rust_decimal::Decimal;

use super::Unit;
use super::quantity::{self, short};

/// What a cell may hold.
pub(super) const EXPECTED: &str =
    "a plain number like `1,250`, money like `£1.2m`, either in brackets if less than zero, or `-` for nil";

/// The pounds in a cell. A plain number counts so many pounds; money with its sign counts as it stands.
pub(super) fn pounds(text: &str, unit: i64) -> Result<Decimal, String> {
    let fault = |why: &str| format!("`{}` {why}", short(text));
    let tidy = text.replace(['\u{2212}', '\u{2013}', '\u{2014}'], "-").replace(char::is_whitespace, " ");
    let tidy = tidy.trim();
    if tidy.starts_with('#') {
        return Err(fault("is what a spreadsheet shows when it can't show a number"));
    }
    if tidy.replace([' ', '£'], "") == "-" {
        return Ok(Decimal::ZERO);
    }
    let (negative, size) = sign(tidy);
    let (in_pounds, digits) = without_pound(&size);
    if digits.starts_with(['-', '(']) || digits.ends_with(['-', ')']) {
        return Err(fault("has more than one sign"));
    }
    if (in_pounds || unit == 1) && is_ambiguous(digits) {
        return Err(ambiguous(text, negative, digits));
    }
    let value = if in_pounds {
        let read = quantity::read(&format!("£{digits}"), &[Unit::Pounds]);
        read.map(|quantity| quantity.value).map_err(|_| fault("is not an amount of money"))?
    } else {
        let value = quantity::signed(digits).map_err(fault)?;
        let pounds = value.checked_mul(Decimal::from(unit)).map(|value| value.normalize());
        pounds.filter(|value| value.scale() <= 2).ok_or_else(|| fault("has a fraction of a penny"))?
    };
    Ok(if negative { -value } else { value })
}

/// Whether an amount is less than zero, and the amount without that: `(1)`, `£(1)`, `(£1)`, `-1`, `£-1`, `-£1`, `1-`.
fn sign(text: &str) -> (bool, String) {
    let (outer, rest) = without_pound(text);
    let bracketed = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let signed = rest.strip_prefix('-').or_else(|| rest.strip_suffix('-'));
    let Some(size) = bracketed.or(signed) else { return (false, text.to_owned()) };
    let (inner, size) = without_pound(size);
    (true, if outer || inner { format!("£{size}") } else { size.to_owned() })
}

/// Whether a text begins with a pound sign, and the rest of it.
fn without_pound(text: &str) -> (bool, &str) {
    let text = text.trim();
    text.strip_prefix('£').map_or((false, text), |rest| (true, rest.trim()))
}

/// Whether a number has three digits after a full stop, which parts thousands on the Continent.
fn is_ambiguous(digits: &str) -> bool {
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    digits.split_once('.').is_some_and(|(whole, rest)| {
        (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && rest.len() == 3
            && plain(whole)
            && plain(rest)
    })
}

fn ambiguous(text: &str, negative: bool, digits: &str) -> String {
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let sign = if negative { "-" } else { "" };
    let two = rest.get(..2).unwrap_or_default();
    format!("`{}` can be read in two ways: {sign}£{whole},{rest} or {sign}£{whole}.{two}?", short(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_show_is_read() {
        let cases = [
            ("1000", "1000"),
            ("1,250.50", "1250.5"),
            ("£1,000.00", "1000"),
            ("£ 1,000.00", "1000"),
            ("£1.2m", "1200000"),
            ("(1,000)", "-1000"),
            ("(£1,000)", "-1000"),
            ("£(1,000)", "-1000"),
            ("( £2k )", "-2000"),
            ("-£2,000", "-2000"),
            ("£-500", "-500"),
            ("- 500", "-500"),
            ("\u{2212}500", "-500"),
            ("–500", "-500"),
            ("1,000-", "-1000"),
            ("-", "0"),
            ("£-   ", "0"),
            ("£ –", "0"),
            ("0", "0"),
        ];
        for (text, value) in cases {
            assert_eq!(pounds(text, 1).map(|value| value.to_string()), Ok(value.to_owned()), "{text}");
        }
        // In thousands three decimals are pounds; money with its sign is in pounds whatever the table says.
        assert_eq!(pounds("(1.250)", 1_000), Ok(Decimal::from(-1_250)));
        assert_eq!(pounds("£1,250", 1_000), Ok(Decimal::from(1_250)));
    }

    #[test]
    fn what_can_be_read_otherwise_is_refused() {
        for text in
            ["1.2E+06", "12x", "1,00", "5%", "$5", "one", "£", "()", "£5 a year", "1.2k", "0.001", "26-Apr"]
        {
            assert!(pounds(text, 1).is_err(), "{text}");
        }
        for text in ["(-5)", "-(5)", "--5", "-5-", "((5))", "£(-5)"] {
            assert!(pounds(text, 1).is_err_and(|why| why.ends_with("has more than one sign")), "{text}");
        }
        for text in ["#REF!", "#####"] {
            assert!(pounds(text, 1).is_err_and(|why| why.contains("spreadsheet")), "{text}");
        }
    }

    #[test]
    fn three_digits_after_a_full_stop_are_asked_about() {
        let asked = |text, unit| pounds(text, unit).expect_err("two readings");
        assert_eq!(asked("1.000", 1), "`1.000` can be read in two ways: £1,000 or £1.00?");
        assert_eq!(
            asked("(£180.000)", 1_000),
            "`(£180.000)` can be read in two ways: -£180,000 or -£180.00?"
        );
    }
}
