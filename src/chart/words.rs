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

/// The unit in which an amount reads best, in pounds, and its suffix.
pub(crate) fn unit_of(amount: f64) -> (f64, &'static str) {
    match amount.abs() {
        a if a >= 1e9 => (1e9, "bn"),
        a if a >= 1e6 => (1e6, "m"),
        a if a >= 1e3 => (1e3, "k"),
        _ => (1.0, ""),
    }
}

/// An amount in a unit, so many decimals of it.
pub(crate) fn in_unit(amount: f64, unit: f64, suffix: &str, decimals: usize) -> String {
    let sign = if amount < 0.0 { "−" } else { "" };
    format!("{sign}£{:.decimals$}{suffix}", (amount / unit).abs())
}

/// An amount to about three figures: `£12.3m`, `£1.23m`, `−£450k`, `£0`.
pub(crate) fn brief(amount: f64) -> String {
    if amount.abs() < 0.5 {
        return "£0".into();
    }
    // A little less than the unit already rounds up to it: £999,600 is £1.00m, not £1000k.
    let (unit, suffix) = unit_of(amount * 1.0005);
    let decimals = match (amount / unit).abs() {
        _ if suffix.is_empty() => 0,
        a if a < 9.995 => 2,
        a if a < 99.95 => 1,
        _ => 0,
    };
    in_unit(amount, unit, suffix, decimals)
}

/// An amount with its sign: `+£450k`, `−£1.20m`, `£0`.
pub(crate) fn signed(amount: f64) -> String {
    let plus = if amount >= 0.5 { "+" } else { "" };
    format!("{plus}{}", brief(amount))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brief_amounts_have_about_three_figures() {
        let written = [0.2, 950.0, 12_340.0, 999_600.0, 1_234_000.0, -45_600_000.0, 2.5e9].map(brief);
        assert_eq!(written, ["£0", "£950", "£12.3k", "£1.00m", "£1.23m", "−£45.6m", "£2.50bn"]);
    }
}
