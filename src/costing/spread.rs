//! A year's amount over its months: evenly, to the penny, the last month taking the odd pence (MODEL 7).

use std::ops::Range;

use super::{Cases, Label, Poster};
use crate::ledger::{Sink, Treatment};
use crate::number::Number;

/// Posts an amount, already taken to both cases, evenly over months.
///
/// Both kinds of number round to the penny here, so that the odd pence of the last month are the same in
/// both.
pub(super) fn spread<N: Number, S: Sink<N>>(
    poster: &mut Poster<'_, N, S>,
    months: Range<usize>,
    label: Label,
    treatment: Treatment,
    amount: Cases<N>,
) {
    let count = N::from_count(months.len() as i64);
    let whole = Cases { economic: amount.economic.to_penny(), financial: amount.financial.to_penny() };
    let each = Cases {
        economic: (whole.economic / count).to_penny(),
        financial: (whole.financial / count).to_penny(),
    };
    let others = count - N::ONE;
    let last = Cases {
        economic: whole.economic - each.economic * others,
        financial: whole.financial - each.financial * others,
    };
    let end = months.end;
    for month in months {
        poster.put(month, label, treatment, if month + 1 == end { last } else { each });
    }
}
