//! Amounts of money in brief, as sentences, titles and charts give them. The exact figure stands in a table beside.
//!
//! The rule, for every place: whole pounds below £10,000; whole thousands below a million; above that two decimals, or
//! one where two would make more than four figures: `£9,999`, `£846k`, `£12.35m`, `£108.3m`, `£108.3bn`. A unit is
//! chosen after rounding: £999,950 is £1.00m, never £1000k. Rounding is half away from zero. Less than half a pound is
//! £0 without a sign; a minus is the sign U+2212.

/// The units in which amounts are written, from the largest: pounds, and the suffix.
const UNITS: [(f64, &str); 4] = [(1e9, "bn"), (1e6, "m"), (1e3, "k"), (1.0, "")];

/// An amount with a minus where it is below zero: `−£12.35m`.
pub(crate) fn brief(pounds: f64) -> String {
    let size = size(pounds);
    if pounds < 0.0 && size != "£0" { format!("−{size}") } else { size }
}

/// An amount as a change: `+£450k`, `−£1.20m`, `£0`.
pub(crate) fn change(pounds: f64) -> String {
    let plus = if pounds >= 0.5 { "+" } else { "" };
    format!("{plus}{}", brief(pounds))
}

/// An amount without its sign, which is left to the sentence.
pub(crate) fn size(pounds: f64) -> String {
    let pounds = pounds.abs();
    // In steps of the last figure, so that a half is rounded as it is written and not as it is held.
    let steps = |step: f64| (pounds / step).round();
    if steps(1.0) < 10_000.0 {
        return format!("£{}", grouped(steps(1.0) as u64));
    }
    if steps(1e3) < 1_000.0 {
        return format!("£{}k", steps(1e3));
    }
    let (unit, suffix) = if steps(1e5) < 10_000.0 { UNITS[1] } else { UNITS[0] };
    let hundredths = steps(unit / 100.0);
    if hundredths < 10_000.0 {
        format!("£{:.2}{suffix}", hundredths / 100.0)
    } else {
        format!("£{:.1}{suffix}", steps(unit / 10.0) / 10.0)
    }
}

/// A whole number with its thousands apart: `2,000`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// One unit and one number of decimals for amounts that are to compare, such as the labels of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    unit: f64,
    suffix: &'static str,
    decimals: usize,
}

impl Scale {
    /// The unit in which the largest amount reads best, with as many decimals as that unit then needs.
    pub(crate) fn of(largest: f64, decimals: impl Fn(f64) -> usize) -> Self {
        let scales = UNITS.map(|(unit, suffix)| Self { unit, suffix, decimals: decimals(unit) });
        // The first that is not too small: that would write no 1000 of its own unit, which is 1 of the one before.
        let is_too_small = |scale: &Self| {
            let step = scale.unit * 10_f64.powi(-(scale.decimals as i32));
            (largest.abs() / step).round() * step >= 1_000.0 * scale.unit
        };
        let fitting = scales.iter().rev().find(|scale| !is_too_small(scale));
        *fitting.unwrap_or(&scales[0])
    }

    /// An amount on the scale.
    pub(crate) fn label(self, pounds: f64) -> String {
        let digits = format!("{:.*}", self.decimals, (pounds / self.unit).abs());
        if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
            return "£0".to_owned();
        }
        let sign = if pounds < 0.0 { "−" } else { "" };
        format!("{sign}£{digits}{}", self.suffix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The boundaries: the last amount that rounds down, the first that rounds up to the next form.
    #[test]
    fn every_boundary_is_rounded_before_its_unit_is_chosen() {
        let cases = [
            (0.0, "£0"),
            (0.49, "£0"),
            (0.5, "£1"),
            (950.0, "£950"),
            (999.5, "£1,000"),
            (9_999.49, "£9,999"),
            (9_999.5, "£10k"),
            (12_500.0, "£13k"),
            (999_499.99, "£999k"),
            (999_500.0, "£1.00m"),
            (999_950.0, "£1.00m"),
            (1_234_567.89, "£1.23m"),
            // 12.345m is a little more than it in binary, and 1.005m a little less: both are halves as written.
            (12_345_000.0, "£12.35m"),
            (1_005_000.0, "£1.01m"),
            (99_994_999.0, "£99.99m"),
            (99_995_000.0, "£100.0m"),
            (108_346_650.0, "£108.3m"),
            (999_949_999.0, "£999.9m"),
            (999_950_000.0, "£1.00bn"),
            (99_995_000_000.0, "£100.0bn"),
            // bugs/bn: 0.1.0 wrote "£108346.65m".
            (108_346_650_000.0, "£108.3bn"),
            (1_083_466_500_000.0, "£1083.5bn"),
        ];
        for (pounds, words) in cases {
            assert_eq!(size(pounds), words, "{pounds}");
            let minus = if words == "£0" { String::new() } else { "−".to_owned() };
            assert_eq!(brief(-pounds), format!("{minus}{words}"), "-{pounds}");
        }
        assert_eq!([450e3, -1.2e6, 0.3, -0.3].map(change), ["+£450k", "−£1.20m", "£0", "£0"]);
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!([0, 999, 1_000, 2_000_000].map(grouped), ["0", "999", "1,000", "2,000,000"]);
    }

    /// One decimal: £999,960 is £1000.0k, and so £1.0m.
    #[test]
    fn a_scale_is_chosen_after_rounding_and_has_no_signed_zero() {
        let label = |largest: f64, pounds: f64| Scale::of(largest, |_| 1).label(pounds);
        assert_eq!(label(999_940.0, 999_940.0), "£999.9k");
        assert_eq!(label(999_960.0, 999_960.0), "£1.0m");
        assert_eq!(label(999_960_000.0, -999_960_000.0), "−£1.0bn");
        assert_eq!(label(2e6, -40_000.0), "£0");
    }
}
