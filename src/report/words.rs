//! Figures and lists in sentences. Rounded for reading: the exact figure stands in the table beside the sentence.

use rust_decimal::Decimal;

use crate::money;
use crate::number::Number;

/// Money in brief, its sign left to the sentence. What is less than half a pound, but something, is not called nothing.
pub(super) fn pounds(amount: Decimal) -> String {
    let size = money::size(Number::to_f64(amount));
    if size == "£0" && !amount.is_zero() { "under £1".to_owned() } else { size }
}

/// Money likewise where no word tells the sign: `−£12.35m`.
pub(super) fn signed(amount: Decimal) -> String {
    money::brief(Number::to_f64(amount))
}

/// A whole number with its thousands apart: `2,000`.
pub(super) fn count(number: usize) -> String {
    money::grouped(number as u64)
}

/// More than this many letters of a list are too long for the title of a chart.
const TITLE: usize = 160;

/// Several things as a list in a title; or, if that would be too long to read, what says it in brief.
pub(super) fn list_or(items: &[String], brief: impl FnOnce() -> String) -> String {
    let all = list(items);
    if all.chars().count() <= TITLE { all } else { brief() }
}

/// Several things as a list in a sentence: `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_that_is_not_zero_is_not_called_zero() {
        let cases = [("0", "£0", "£0"), ("-0.20", "under £1", "£0"), ("-12345678", "£12.35m", "−£12.35m")];
        for (amount, words, with_sign) in cases {
            let amount = amount.parse().expect("an amount");
            assert_eq!((pounds(amount).as_str(), signed(amount).as_str()), (words, with_sign));
        }
    }

    #[test]
    fn a_list_too_long_for_a_title_is_told_in_brief() {
        let names = |n: usize| vec!["Team-funded".to_owned(); n];
        assert_eq!(list_or(&names(2), || "two".into()), "Team-funded and Team-funded");
        assert_eq!(list_or(&names(20), || "twenty".into()), "twenty");
    }
}
