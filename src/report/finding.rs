//! The findings in words: stated, never coloured.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Case, words};
use crate::id::{CategoryId, IndexId, OptionId};
use crate::ledger::{Activity, Kind, Treatment};
use crate::parameters::{Edition, Status};
use crate::scenario::Origin;

/// What the comparison says, in sentences: the pair's difference first, then what it rests on.
pub fn findings(case: &Case, pair: Option<(OptionId, OptionId)>) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some((first, second)) = pair {
        sentences.push(difference(case, first, second));
    }
    sentences.extend(never_live(case));
    let unverified = unverified(case);
    if !unverified.is_empty() {
        sentences.push(format!(
            "These figures rest on parameters that are not yet verified: {}. `wholelife check` lists them.",
            words::list(&unverified)
        ));
    }
    sentences
}

/// Which of two options costs less, by how much, and what it gives for that.
fn difference(case: &Case, first: OptionId, second: OptionId) -> String {
    let (a, b) = (case.appraisal(first), case.appraisal(second));
    let (name_a, name_b) = (case.name(first), case.name(second));
    let more_or_less = |difference: Decimal, more: &str, less: &str| match difference.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Less => format!("{} {less}", words::pounds(difference)),
        std::cmp::Ordering::Equal => "the same".to_owned(),
        std::cmp::Ordering::Greater => format!("{} {more}", words::pounds(difference)),
    };
    let cost = a.cost.present - b.cost.present;
    let benefit = a.benefits.total().present - b.benefits.total().present;
    let than = |difference: Decimal| if difference.is_zero() { "as" } else { "than" };
    format!(
        "{name_a} costs {} {} {name_b} over {} (present value), and gives {} in benefits.",
        more_or_less(cost, "more", "less"),
        than(cost),
        case.span(),
        more_or_less(benefit, "more", "less"),
    )
}

/// Services that an option delivers, but not within the horizon.
fn never_live(case: &Case) -> Vec<String> {
    let mut sentences = Vec::new();
    for (option, sheet) in case.scenario.options.iter().zip(&case.run.sheets) {
        let mut late = Vec::new();
        for (service, life) in case.scenario.services.iter().zip(&sheet.lives) {
            if life.stream.is_some() && life.live.is_none_or(|live| live >= case.plan.horizon.months()) {
                late.push(service.name.clone());
            }
        }
        if !late.is_empty() {
            let span = case.span();
            sentences.push(format!(
                "{}: {} does not go live within {span}.",
                option.name,
                words::list(&late)
            ));
        }
    }
    sentences
}

/// The unverified parameters that the figures rest on, by series: `general (price growth)`, `pay`, ...
pub fn unverified(case: &Case) -> Vec<String> {
    let Some(edition) = Edition::named(&case.scenario.programme.edition) else { return Vec::new() };
    let indices: BTreeSet<IndexId> =
        case.run.ledger.postings.iter().map(|posting| posting.index).chain([IndexId::GENERAL]).collect();
    let postings = || case.run.ledger.postings.iter();
    let employs = postings().any(|posting| posting.category == CategoryId::PAY);
    let capitalises = postings().any(|p| p.treatment == Treatment::Capital && p.activity != Activity::Line);
    let taxed = postings().any(|posting| posting.kind == Kind::Vat);
    let used = |series: &str| match series {
        "pension" | "apprenticeship-levy" | "national-insurance" | "agenda-for-change" => employs,
        "capital-share" => capitalises,
        "vat" => taxed,
        index if edition.index_names().contains(&index) => {
            indices.iter().any(|id| case.scenario.indices[id.place()].name == index)
        }
        _ => true,
    };
    let mut series = BTreeSet::new();
    for input in &case.scenario.inputs {
        let Origin::Parameter(key) = &input.origin else { continue };
        let Some(figure) = edition.figure(key) else { continue };
        let name = key.split('.').next().unwrap_or(key);
        let is_index = edition.index_names().contains(&name);
        if figure.status == Status::Unverified && used(name) {
            series.insert(if is_index { format!("price growth `{name}`") } else { format!("`{key}`") });
        }
    }
    series.into_iter().collect()
}
