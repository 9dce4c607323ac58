//! Amounts and remarks in words, the same in the picture and in its description.

use crate::calendar::FinancialYear;

/// An amount fit to draw.
pub(crate) fn finite(amount: f64) -> f64 {
    if amount.is_finite() { amount } else { 0.0 }
}

/// Whether there is no penny in any of them.
pub(super) fn are_nought(amounts: &[f64]) -> bool {
    amounts.iter().all(|&a| finite(a).abs() < 0.005)
}

/// `2026-27 to 2036-37`; `None` without years.
pub(super) fn span(years: &[FinancialYear]) -> Option<String> {
    Some(format!("{} to {}", years.first()?, years.last()?))
}

/// The year with the largest amount, and that amount; the first of several. `None` if it comes to nothing.
pub(super) fn most(years: usize, of: impl Fn(usize) -> f64) -> Option<(usize, f64)> {
    let mut most = None;
    for (year, amount) in (0..years).map(|year| (year, of(year))) {
        if amount >= 0.5 && most.is_none_or(|(_, so_far)| amount > so_far) {
            most = Some((year, amount));
        }
    }
    most
}

/// `name: remark`, or whichever of them there is.
pub(super) fn remark(name: &str, remark: &str) -> String {
    match (name.is_empty(), remark.is_empty()) {
        (false, false) => format!("{name}: {remark}"),
        _ => format!("{name}{remark}"),
    }
}
