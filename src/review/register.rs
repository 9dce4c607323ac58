//! The register of assumptions: written values without a source, an owner, a review date; reviews overdue.
//!
//! One finding a rule, not one a value: the values are counted and the first ones named.

use super::{Subject, some};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::{Input, Origin, Provenance};

type Part = fn(&Provenance) -> Option<&String>;

const PARTS: [(Code, &str, &str, Part); 3] = [
    (Code::MissingSource, "source", "source = \"...\"", |said| said.source.as_ref()),
    (Code::MissingOwner, "owner", "owner = \"...\"", |said| said.owner.as_ref()),
    (Code::MissingReview, "review date", "review_by = \"2027-03\"", |said| said.review_by.as_ref()),
];

/// See the module.
pub(super) fn check(subject: &Subject<'_>, on: &str, found: &mut Vec<Diagnostic>) {
    let inputs = &subject.scenario.inputs;
    let written: Vec<&Input> =
        inputs.iter().filter(|input| matches!(input.origin, Origin::Written(_))).collect();
    for (rule, word, example, part) in PARTS {
        let without: Vec<&&Input> =
            written.iter().filter(|input| part(&input.provenance).is_none()).collect();
        let keys: Vec<String> = without.iter().map(|input| input.key.clone()).collect();
        let Some(first) = keys.first() else { continue };
        let message =
            format!("{} of {} written values have no {word}: {}", keys.len(), written.len(), some(&keys));
        let help = format!("say `{example}` beside a value, in its table, or at the top of the file");
        found.push(subject.warning(rule, first, message).help(help));
    }
    let overdue =
        |input: &&&Input| input.provenance.review_by.as_deref().is_some_and(|date| is_past(date, on));
    let keys: Vec<String> = written.iter().filter(overdue).map(|input| input.key.clone()).collect();
    if let Some(first) = keys.first() {
        let message = format!("the review of {} was due before {on}", some(&keys));
        let help = "look at the value again, then move `review_by`";
        found.push(subject.warning(Code::OverdueReview, first, message).help(help));
    }
}

/// Whether a date, whole or the beginning of one, lies wholly before another.
pub(super) fn is_past(date: &str, on: &str) -> bool {
    let shared = date.len().min(on.len());
    date.get(..shared) < on.get(..shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_past_only_if_all_of_it_is() {
        assert!(is_past("2026-03", "2026-04"));
        assert!(is_past("2025", "2026-04"));
        assert!(is_past("2026-04-30", "2026-05"));
        // The month and the year are not over.
        assert!(!is_past("2026-04", "2026-04-30"));
        assert!(!is_past("2026", "2026-04"));
        assert!(!is_past("2026-04-30", "2026-04"));
    }
}
