//! Options that arguments name: they must be options of the scenario.

use super::failure::Failure;
use super::input::Loaded;

/// The option of a scenario that an argument names, or which there are.
pub(super) fn option<'a>(scenario: &'a Loaded, name: &str) -> Result<&'a str, Failure> {
    let known = scenario.model.option_ids();
    known.iter().find(|id| **id == name).copied().ok_or_else(|| Failure::NoSuchOption {
        file: scenario.name.clone(),
        name: name.to_owned(),
        suggestion: nearest(name, &known).map_or(String::new(), |id| format!(" (did you mean `{id}`?)")),
        known: known.iter().map(|id| format!("`{id}`")).collect(),
    })
}

fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |id: &str| strsim::jaro_winkler(&name.to_lowercase(), &id.to_lowercase());
    let likeliest = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(likeliest) > 0.7).then_some(likeliest)
}
