//! Single values of arguments that need more than parsing: counts with a limit, amounts of money.

use crate::number::Number;
use crate::scenario;
use crate::uncertainty::MOST_DRAWS;

/// How many draws.
pub(super) fn draws(text: &str) -> Result<usize, String> {
    whole(text, MOST_DRAWS, "draws")
}

/// How many threads.
pub(super) fn threads(text: &str) -> Result<usize, String> {
    whole(text, 1_024, "threads")
}

/// An amount of money above nought, as a scenario writes it.
pub(super) fn pounds(text: &str) -> Result<f64, String> {
    let amount = scenario::pounds(text).map(Number::to_f64);
    amount
        .filter(|&pounds| pounds > 0.0)
        .ok_or_else(|| "an amount of money is needed, like \"£10k\"".to_owned())
}

/// A whole number from one on; commas may stand in it.
fn whole(text: &str, most: usize, what: &str) -> Result<usize, String> {
    let number = text.replace([',', '_'], "").parse().ok();
    number.filter(|n| (1..=most).contains(n)).ok_or_else(|| format!("1 to {most} {what} are possible"))
}
