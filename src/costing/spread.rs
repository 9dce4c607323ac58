//! A year's amount over its months: evenly, to the penny, the last month taking the odd pence (MODEL 7).

use std::ops::Range;

use super::{Cases, Label, Poster};
use crate::ledger::{Sink, Treatment};
use crate::number::Number;

/// Posts an amount, already taken to both cases, evenly over months.
///
/// Whole pence are shared out, in both kinds of number, so that the odd pence of the last month are the same.
pub(super) fn spread<N: Number, S: Sink<N>>(
    poster: &mut Poster<'_, N, S>,
    months: Range<usize>,
    label: Label,
    treatment: Treatment,
    amount: Cases<N>,
) {
    if !S::DETAILED {
        // A year's amount is a year's amount, wherever in it it falls.
        poster.put(months.start, label, treatment, poster.lifted(label, amount));
        return;
    }
    for (label, amount) in poster.with_uplifts(label, amount) {
        let (economic, financial) = (shares(amount.economic, &months), shares(amount.financial, &months));
        for (month, (economic, financial)) in months.clone().zip(economic.zip(financial)) {
            poster.put(month, label, treatment, Cases { economic, financial });
        }
    }
}

/// The share of each month: an even one, rounded to the penny, and for the last month what is left.
fn shares<N: Number>(amount: N, months: &Range<usize>) -> impl Iterator<Item = N> + use<N> {
    let count = months.len() as i128;
    let whole = amount.to_pence();
    // Half away from zero, as everywhere.
    let each = (2 * whole + whole.signum() * count) / (2 * count);
    let last = whole - each * (count - 1);
    (0..count).map(move |m| N::from_pence(if m + 1 == count { last } else { each }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    #[test]
    fn the_last_month_takes_the_odd_pence() {
        let pence = |pounds: i64, months| {
            shares(Decimal::from(pounds), &(0..months)).map(Number::to_pence).collect::<Vec<_>>()
        };
        assert_eq!(pence(100, 3), [3_333, 3_333, 3_334]);
        assert_eq!(pence(-100, 3), [-3_333, -3_333, -3_334]);
        assert_eq!(pence(2, 3), [67, 67, 66]);
        // 0.06 over 12: half a penny each rounds away from zero, and the last takes it back.
        let six = shares(Decimal::new(6, 2), &(0..12)).map(Number::to_pence).collect::<Vec<_>>();
        assert_eq!(six, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -5]);
    }
}
