//! Figures in sentences. Rounded for reading: the exact figure stands in the table beside the sentence.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

/// Money to three or so figures: `£12.35m`, `£846k`, `£950`. The sign is left to the sentence.
pub(super) fn pounds(amount: Decimal) -> String {
    let amount = amount.abs();
    let places = |value: Decimal, places: u32| value.round_dp_with_strategy(places, MidpointAwayFromZero);
    let (million, thousand) = (Decimal::from(1_000_000), Decimal::from(1_000));
    if places(amount / thousand, 0) >= thousand {
        format!("£{:.2}m", places(amount / million, 2))
    } else if amount >= Decimal::from(10_000) {
        format!("£{}k", places(amount / thousand, 0))
    } else {
        let whole = places(amount, 0).to_string();
        let (head, tail) = whole.split_at(whole.len().saturating_sub(3));
        if head.is_empty() { format!("£{tail}") } else { format!("£{head},{tail}") }
    }
}

/// Money likewise where no word tells the sign: `−£12.35m`.
pub(super) fn signed(amount: Decimal) -> String {
    let sign = if amount < Decimal::ZERO { "−" } else { "" };
    format!("{sign}{}", pounds(amount))
}

/// A whole number with its thousands apart: `2,000`.
pub(super) fn count(number: usize) -> String {
    let digits = number.to_string();
    let places = digits.char_indices().rev();
    let parted = places.flat_map(|(at, digit)| {
        let after = digits.len() - at - 1;
        let comma = (after > 0 && after.is_multiple_of(3)).then_some(',');
        comma.into_iter().chain([digit])
    });
    parted.collect::<Vec<_>>().into_iter().rev().collect()
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
    fn money_in_a_sentence_keeps_about_three_figures() {
        let cases = [
            ("1234567.89", "£1.23m"),
            ("999499.99", "£999k"),
            ("999500", "£1.00m"),
            ("-12345", "£12k"),
            ("9999.49", "£9,999"),
            ("95", "£95"),
            ("0", "£0"),
        ];
        for (amount, words) in cases {
            assert_eq!(pounds(amount.parse().expect("an amount")), words);
        }
        let told = ["-12345678", "12345678", "0"].map(|amount| signed(amount.parse().expect("an amount")));
        assert_eq!(told, ["−£12.35m", "£12.35m", "£0"]);
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!([0, 999, 1_000, 2_000_000].map(count), ["0", "999", "1,000", "2,000,000"]);
    }

    #[test]
    fn a_list_too_long_for_a_title_is_told_in_brief() {
        let names = |n: usize| vec!["Team-funded".to_owned(); n];
        assert_eq!(list_or(&names(2), || "two".into()), "Team-funded and Team-funded");
        assert_eq!(list_or(&names(20), || "twenty".into()), "twenty");
    }
}
