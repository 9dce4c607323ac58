//! Payback: when what an option gives has covered what it costs more than the baseline, for good.

use crate::number::Number;

/// When an option has paid back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payback {
    /// From this month on the running total stays at nought or above.
    Month(usize),
    /// It never is below nought: there is nothing to pay back.
    Never,
    /// The running total ends below nought.
    NotWithinHorizon,
}

/// The month from which the running total of net gains stays at nought or above. Later spending (a renewal,
/// say) that takes it below nought again moves payback after that: the first crossing would flatter.
pub(super) fn payback<N: Number>(net: impl Iterator<Item = N>) -> Payback {
    let mut sum = N::ZERO;
    let mut last_below = None;
    let mut months = 0;
    for gain in net {
        sum += gain;
        if sum < N::ZERO {
            last_below = Some(months);
        }
        months += 1;
    }
    match last_below {
        None => Payback::Never,
        Some(month) if month + 1 == months => Payback::NotWithinHorizon,
        Some(month) => Payback::Month(month + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payback_is_the_last_crossing() {
        // Running totals: -10, -4, 2, -3, 3, 9: paid back from month 4, not from month 2.
        assert_eq!(payback([-10.0, 6.0, 6.0, -5.0, 6.0, 6.0].into_iter()), Payback::Month(4));
        assert_eq!(payback([-10.0, 6.0].into_iter()), Payback::NotWithinHorizon);
        assert_eq!(payback([0.0, 6.0].into_iter()), Payback::Never);
        // Fifty pence short is short.
        assert_eq!(payback([-10.0, 9.5].into_iter()), Payback::NotWithinHorizon);
        // Exactly nought is paid back.
        assert_eq!(payback([-10.0, 10.0].into_iter()), Payback::Month(1));
    }
}
