//! Parameters that the headline rests on: those that nobody has confirmed, and those out of date.

use std::collections::BTreeSet;

use super::register::is_past;
use super::{Subject, some};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{CategoryId, IndexId};
use crate::ledger::{Activity, Kind, Treatment};
use crate::parameters::{Edition, Figure, Status};
use crate::scenario::Origin;

/// See the module.
pub(super) fn check(subject: &Subject<'_>, on: &str, found: &mut Vec<Diagnostic>) {
    let Some(edition) = Edition::named(&subject.scenario.programme.edition) else { return };
    let relied = relied_on(subject, edition);
    let mut tell = |rule, figures: Vec<&Figure>, words: &str, help: &str| {
        let keys: Vec<String> = figures.iter().map(|figure| figure.key.clone()).collect();
        if !keys.is_empty() {
            let message = format!("the figures rest on {} {words}: {}", keys.len(), some(&keys));
            found.push(Diagnostic::warning(rule, "programme.parameters", None, message).help(help));
        }
    };
    let is_unverified = |figure: &&&Figure| figure.status == Status::Unverified;
    tell(
        Code::UnverifiedParameter,
        relied.iter().filter(is_unverified).copied().collect(),
        "unverified parameters",
        "confirm them and override them in `[parameter]` with a source, or say in `allow` why they will do",
    );
    let is_old = |figure: &&&Figure| figure.valid_to.as_deref().is_some_and(|last| is_past(last, on));
    tell(
        Code::OutdatedParameter,
        relied.iter().filter(is_old).copied().collect(),
        &format!("parameters not known to be in force after {on}"),
        "use a newer edition, or override them in `[parameter]` with a source",
    );
}

/// The unverified figures that the run rests on.
pub fn unverified<'e>(subject: &Subject<'_>, edition: &'e Edition) -> Vec<&'e Figure> {
    let mut figures = relied_on(subject, edition);
    figures.retain(|figure| figure.status == Status::Unverified);
    figures
}

/// Figures of the edition that are inputs of the scenario and can have changed a posting.
fn relied_on<'e>(subject: &Subject<'_>, edition: &'e Edition) -> Vec<&'e Figure> {
    let postings = || subject.run.ledger.postings.iter();
    let followed: BTreeSet<IndexId> =
        postings().map(|posting| posting.index).chain([IndexId::GENERAL]).collect();
    let employs = postings().any(|posting| posting.category == CategoryId::PAY);
    let capitalises = postings().any(|p| p.treatment == Treatment::Capital && p.activity != Activity::Line);
    let owns = postings().any(|posting| posting.treatment == Treatment::Capital);
    let taxed = postings().any(|posting| posting.kind == Kind::Vat);
    let counts = |figure: &Figure| match figure.key.split('.').next().unwrap_or(&figure.key) {
        "pension" | "apprenticeship-levy" | "national-insurance" | "agenda-for-change" => employs,
        "capital-share" => capitalises,
        "pdc-dividend" => owns,
        "vat" => taxed,
        index if edition.index_names().contains(&index) => {
            followed.iter().any(|id| subject.scenario.indices[id.place()].name == index)
        }
        _ => true,
    };
    let parameters = subject.scenario.inputs.iter().filter_map(|input| match &input.origin {
        Origin::Parameter(key) => edition.figure(key),
        Origin::Written(_) | Origin::Default => None,
    });
    parameters.filter(|figure| counts(figure)).collect()
}
