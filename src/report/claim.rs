//! What a title or a sentence may claim of several options: the rule, for every place that makes one.
//!
//! - Of the largest and the smallest, all that are equal are named, and nothing is picked among them.
//! - Figures of draws that lie no further apart than sampling can tell are called alike.
//! - Beside a superlative stands whether the baseline is among those compared ([`apart`], [`included`]).
//! - Where two of several options are set against each other, it is said that they are two of so many.

use super::{Case, words};
use crate::id::OptionId;
use crate::uncertainty::Estimated;

/// Standard errors that a difference must exceed before it is told as one: those of a 90% interval.
const ERRORS: f64 = 1.645;

/// The largest of some amounts, and all whose it is, in their order; `None` of none.
pub(super) fn highest<T, V: PartialOrd + Copy>(
    amounts: impl IntoIterator<Item = (T, V)>,
) -> Option<(Vec<T>, V)> {
    extreme(amounts, |a, b| a > b)
}

/// The smallest likewise.
pub(super) fn lowest<T, V: PartialOrd + Copy>(
    amounts: impl IntoIterator<Item = (T, V)>,
) -> Option<(Vec<T>, V)> {
    extreme(amounts, |a, b| a < b)
}

fn extreme<T, V: PartialOrd + Copy>(
    amounts: impl IntoIterator<Item = (T, V)>,
    is_beyond: impl Fn(V, V) -> bool,
) -> Option<(Vec<T>, V)> {
    let mut extreme: Option<(Vec<T>, V)> = None;
    for (whose, amount) in amounts {
        match &mut extreme {
            Some((all, so_far)) if *so_far == amount => all.push(whose),
            Some((_, so_far)) if !is_beyond(amount, *so_far) => {}
            _ => extreme = Some((vec![whose], amount)),
        }
    }
    extreme
}

/// Those that sampling can't tell from the one with the lowest estimate, it included.
pub(super) fn alike_lowest<T: Copy>(estimates: &[(T, Estimated)]) -> Vec<T> {
    let least = estimates.iter().map(|(_, e)| *e).min_by(|a, b| a.value.total_cmp(&b.value));
    let Some(least) = least else { return Vec::new() };
    estimates.iter().filter(|(_, e)| are_alike(*e, least)).map(|(whose, _)| *whose).collect()
}

/// Whether two estimates lie within the sampling error of their difference. That they come of the same draws only makes
/// the error smaller, so that what is called different is.
pub(super) fn are_alike(a: Estimated, b: Estimated) -> bool {
    let error = |of: Estimated| of.error.unwrap_or_default();
    (a.value - b.value).abs() <= ERRORS * error(a).hypot(error(b))
}

/// The options that compete: all but the baseline.
pub(super) fn rivals(case: &Case) -> Vec<OptionId> {
    (0..case.scenario.options.len()).map(OptionId::new).filter(|&id| Some(id) != case.plan.baseline).collect()
}

/// After a superlative over [`rivals`]: that the baseline is not among them.
pub(super) fn apart(case: &Case) -> &'static str {
    if case.plan.baseline.is_some() { ", the baseline apart" } else { "" }
}

/// After a superlative over all options: that the baseline is one of them.
pub(super) fn included(case: &Case) -> &'static str {
    if case.plan.baseline.is_some() { ", the baseline included" } else { "" }
}

/// The names of options, or how many there are if that would be too long for a title.
pub(super) fn names(case: &Case, ids: &[OptionId]) -> String {
    let names: Vec<String> = ids.iter().map(|&id| case.name(id).to_owned()).collect();
    words::list_or(&names, || format!("{} options", words::count(names.len())))
}

/// Years by their place, or how many there are if that would be too long: `2026-27 and 2027-28`.
pub(super) fn years(case: &Case, years: &[usize]) -> String {
    let names: Vec<String> = years.iter().map(|&t| case.plan.horizon.year(t).to_string()).collect();
    match names.as_slice() {
        [first, _, _, _, ..] => format!("each of {} years, the first {first}", names.len()),
        _ => words::list(&names),
    }
}

/// Of how many options a pair is two, if there are more: `2 of 3 options, the baseline apart`.
pub(super) fn two_of(case: &Case, (first, second): (OptionId, OptionId)) -> Option<String> {
    let with_baseline = [first, second].map(Some).contains(&case.plan.baseline);
    let (field, whose) = if with_baseline {
        (case.scenario.options.len(), included(case))
    } else {
        (rivals(case).len(), apart(case))
    };
    (field > 2).then(|| format!("2 of {} options{whose}", words::count(field)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_are_equal_are_named() {
        let amounts = [("a", 3), ("b", 1), ("c", 3), ("d", 1)];
        assert_eq!(highest(amounts), Some((vec!["a", "c"], 3)));
        assert_eq!(lowest(amounts), Some((vec!["b", "d"], 1)));
        assert_eq!(lowest([("a", 2), ("b", 1)]), Some((vec!["b"], 1)));
        assert_eq!(highest::<&str, i32>([]), None);
    }

    /// Errors of 3 and 4 make one of 5 for the difference: alike up to 1.645 x 5 = 8.225.
    #[test]
    fn what_sampling_cant_tell_apart_is_alike() {
        let estimate = |value, error| Estimated { value, error: Some(error), interval: None };
        let of = |second| alike_lowest(&[("a", estimate(100.0, 3.0)), ("b", estimate(second, 4.0))]);
        assert_eq!(of(108.2), ["a", "b"]);
        assert_eq!(of(108.3), ["a"]);
        assert_eq!(of(91.8), ["a", "b"]);
        assert_eq!(of(91.7), ["b"]);
        // Without an error only what is equal is alike.
        assert!(are_alike(estimate(1.0, 0.0), estimate(1.0, 0.0)));
        assert!(!are_alike(estimate(1.0, 0.0), estimate(1.01, 0.0)));
    }
}
