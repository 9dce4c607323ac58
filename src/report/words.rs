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
    }
}
