//! A figure as its data file writes it: `"3.5%"`, `"£56,515 a year"`, `"60 months"`.
//!
//! Strict and small: a number without a unit is refused, and so is a comma out of place. What users write in
//! a scenario is read elsewhere, with more forms and kinder messages.

use rust_decimal::Decimal;

use super::FigureUnit;

/// Reads a figure exactly; `None` if it is not written as it should be.
pub(super) fn read(text: &str) -> Option<(Decimal, FigureUnit)> {
    if let Some(percent) = text.strip_suffix('%') {
        let (sign, digits) = match percent.strip_prefix('-') {
            Some(digits) => (Decimal::NEGATIVE_ONE, digits),
            None => (Decimal::ONE, percent),
        };
        return Some((sign * number(digits)? / Decimal::ONE_HUNDRED, FigureUnit::Rate));
    }
    if let Some(money) = text.strip_prefix('£') {
        let (digits, unit) = match money.split_once(' ') {
            None => (money, FigureUnit::Pounds),
            Some((digits, "a year")) => (digits, FigureUnit::PoundsAYear),
            Some((digits, "a day")) => (digits, FigureUnit::PoundsADay),
            Some(_) => return None,
        };
        return Some((number(digits)?, unit));
    }
    let (digits, unit) = text.split_once(' ')?;
    let unit = match unit {
        "months" => FigureUnit::Months,
        "years" => FigureUnit::Years,
        "days" => FigureUnit::Days,
        "heads" => FigureUnit::Heads,
        _ => return None,
    };
    let value = number(digits)?;
    value.is_integer().then_some((value, unit))
}

/// Reads `0.5`, `5000` or `56,515.25`: plain digits, or digits in threes.
fn number(text: &str) -> Option<Decimal> {
    let (whole, decimals) = match text.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let whole_is_right = digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && digits(group));
    if !whole_is_right || !decimals.is_none_or(digits) {
        return None;
    }
    text.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_read_exactly_with_its_unit() {
        let cases = [
            ("3.5%", "0.035", FigureUnit::Rate),
            ("-0.5%", "-0.005", FigureUnit::Rate),
            ("200%", "2", FigureUnit::Rate),
            ("£5,000", "5000", FigureUnit::Pounds),
            ("£112,782 a year", "112782", FigureUnit::PoundsAYear),
            ("£310.50 a day", "310.50", FigureUnit::PoundsADay),
            ("60 months", "60", FigureUnit::Months),
            ("11 years", "11", FigureUnit::Years),
            ("220 days", "220", FigureUnit::Days),
            ("9 heads", "9", FigureUnit::Heads),
        ];
        for (text, value, unit) in cases {
            assert_eq!(read(text), Some((value.parse().expect("a decimal"), unit)), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let wrong = [
            "",
            "%",
            "3.5",
            "0.035",
            "3.%",
            ".5%",
            "3,5%",
            "+3%",
            "--3%",
            "3.5 %",
            "£",
            "£-5",
            "£5,00",
            "£5000,000",
            "£,500",
            "£5k",
            "£500 a month",
            "£500 a  year",
            "60",
            "60 month",
            "6.5 months",
            " 60 months",
            "1e3 days",
            "99999999999999999999999999999999%",
        ];
        for text in wrong {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
