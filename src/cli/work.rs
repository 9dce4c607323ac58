//! Says before it starts that a command will take long, what makes it long, and how to make it less.
//!
//! Work is the amounts that a run posts times the runs. A run in exact decimals takes ten times a draw and more, and
//! counts as ten.

use super::screen::tell;
use crate::report::Case;

/// Millions of amounts that are worked out without a word: some seconds, more for exact runs.
const LIMIT: usize = 1_000;

/// How often a command runs the scenario.
#[derive(Clone, Copy, Debug)]
pub(super) enum Runs {
    /// Draws, on binary numbers.
    Draws(usize),
    /// Runs in exact decimals.
    Exact(usize),
}

/// Says what a command is about to do if that is much; `less` is what the user may ask for instead.
pub(super) fn announce(case: &Case, runs: Runs, less: &str) {
    if let Some(words) = statement(case.run.ledger.postings.len(), runs, less) {
        tell(&words);
    }
}

fn statement(postings: usize, runs: Runs, less: &str) -> Option<String> {
    let (runs, weight, what) = match runs {
        Runs::Draws(runs) => (runs, 1, "draws"),
        Runs::Exact(runs) => (runs, 10, "exact runs, which count ten times,"),
    };
    let millions = postings.saturating_mul(runs).saturating_mul(weight) / 1_000_000;
    (millions > LIMIT).then(|| {
        format!(
            "this will take long: {runs} {what} of {postings} amounts each are {millions} million, and over {LIMIT} \
             million takes minutes or more. To make it less: {less}, a shorter horizon, or fewer options, services \
             and table rows in one file"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_much_work_is_announced() {
        // 10,000 amounts x 100,000 draws = 1,000 million: the limit itself. Exact runs count ten times.
        assert_eq!(statement(10_000, Runs::Draws(100_000), ""), None);
        assert_eq!(statement(10_000, Runs::Exact(10_000), ""), None);
        let words = statement(10_000, Runs::Draws(200_000), "fewer draws (`-n`)").expect("2,000 million");
        assert!(words.contains("200000 draws of 10000 amounts each are 2000 million"), "{words}");
        assert!(words.contains("To make it less: fewer draws (`-n`), a shorter horizon"), "{words}");
        let words = statement(1_000_000, Runs::Exact(1_024), "").expect("10,240 million");
        assert!(words.contains("1024 exact runs, which count ten times, of 1000000"), "{words}");
        assert!(statement(usize::MAX, Runs::Exact(usize::MAX), "").is_some());
    }
}
