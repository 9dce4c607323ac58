//! What arguments name: options, organisations and inputs of the scenario, rules.

use super::failure::Failure;
use super::input::Loaded;
use crate::diagnostic::Code;
use crate::id::{InputId, OptionId, OrganisationId};
use crate::parameters::Edition;
use crate::report::portfolio::Member;

/// The option of a scenario that an argument names, or which there are.
pub(super) fn option(loaded: &Loaded, name: &str) -> Result<OptionId, Failure> {
    let known: Vec<&str> = loaded.case.scenario.options.iter().map(|option| option.id.as_str()).collect();
    place(loaded, "option", name, &known).map(OptionId::new)
}

fn place(loaded: &Loaded, what: &'static str, name: &str, known: &[&str]) -> Result<usize, Failure> {
    known.iter().position(|id| *id == name).ok_or_else(|| Failure::NoSuchName {
        file: loaded.name.clone(),
        what,
        name: name.to_owned(),
        suggestion: nearest(name, known).map_or(String::new(), |id| format!(" (did you mean `{id}`?)")),
        known: known.iter().filter(|id| !id.is_empty()).map(|id| format!("`{id}`")).collect(),
    })
}

/// An option that at least one of several scenarios has.
pub(super) fn option_of_any(members: &[Member], name: &str) -> Result<(), Failure> {
    let mut known: Vec<&str> = Vec::new();
    for part in members.iter().flat_map(|member| &member.parts) {
        if !known.contains(&part.id.as_str()) {
            known.push(&part.id);
        }
    }
    if known.contains(&name) {
        return Ok(());
    }
    Err(Failure::NoSuchOption {
        name: name.to_owned(),
        suggestion: nearest(name, &known).map_or(String::new(), |id| format!(" (did you mean `{id}`?)")),
        known: known.iter().map(|id| format!("`{id}`")).collect(),
    })
}

/// A discount schedule of the edition that a scenario rests on.
pub(super) fn schedule(loaded: &Loaded, name: &str) -> Result<(), Failure> {
    let edition = edition(&loaded.case.scenario.programme.edition)?;
    place(loaded, "discount schedule", name, &edition.discount_schedules()).map(drop)
}

/// The organisation of a scenario that an argument names, or which there are.
pub(super) fn organisation(loaded: &Loaded, name: &str) -> Result<OrganisationId, Failure> {
    let all = &loaded.case.scenario.organisations;
    let known: Vec<&str> = all.iter().map(|organisation| organisation.id.as_str()).collect();
    place(loaded, "organisation", name, &known).map(OrganisationId::new)
}

/// The input of a scenario that an argument names by its key path.
pub(super) fn input(loaded: &Loaded, key: &str) -> Result<InputId, Failure> {
    let known: Vec<&str> = loaded.case.scenario.inputs.iter().map(|input| input.key.as_str()).collect();
    let place = known.iter().position(|known| *known == key).ok_or_else(|| Failure::NoSuchInput {
        file: loaded.name.clone(),
        key: key.to_owned(),
        suggestion: nearest(key, &known).map_or(String::new(), |key| format!(" (did you mean `{key}`?)")),
    })?;
    Ok(InputId::new(place))
}

/// The two options that are set against each other: those named, or those that the report chooses.
pub(super) fn pair(
    loaded: &Loaded,
    between: Option<&(String, String)>,
) -> Result<Option<(OptionId, OptionId)>, Failure> {
    match between {
        Some((first, second)) => Ok(Some((option(loaded, first)?, option(loaded, second)?))),
        None => Ok(loaded.case.pair()),
    }
}

/// The figures of a scenario whose names are nearest to one that it doesn't have, the nearest first.
pub(super) fn figures<'a>(name: &str, known: &'a [String]) -> Vec<&'a str> {
    let name = name.to_lowercase();
    let likeness = |known: &str| strsim::jaro_winkler(&name, known);
    let mut near: Vec<(f64, &str)> = known.iter().map(|known| (likeness(known), known.as_str())).collect();
    near.retain(|(likeness, _)| *likeness > 0.8 && name.len() < 200);
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    near.into_iter().take(3).map(|(_, known)| known).collect()
}

/// A rule or a fault, by its name or number.
pub(super) fn rule(text: &str) -> Result<Code, Failure> {
    Code::find(text).ok_or_else(|| {
        let names: Vec<String> = Code::ALL.iter().map(|code| code.name()).collect();
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let suggestion =
            nearest(text, &known).map_or(String::new(), |name| format!(" (did you mean `{name}`?)"));
        Failure::NoSuchRule { name: text.to_owned(), suggestion }
    })
}

/// A built-in parameter edition, by its name.
pub(super) fn edition(name: &str) -> Result<&'static Edition, Failure> {
    Edition::named(name).ok_or_else(|| {
        let known = Edition::names();
        let suggestion = nearest(name, &known).map_or(String::new(), |id| format!(" (did you mean `{id}`?)"));
        Failure::NoSuchEdition { name: name.to_owned(), suggestion, known: known.join(", ") }
    })
}

/// What to tell of a parameter that an edition lacks.
pub(super) fn no_such_parameter(edition: &Edition, key: &str) -> Failure {
    let known: Vec<&str> = edition.keys().collect();
    let suggestion = nearest(key, &known).map_or(String::new(), |id| format!(" (did you mean `{id}`?)"));
    Failure::NoSuchParameter { edition: edition.name().to_owned(), key: key.to_owned(), suggestion }
}

fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |id: &str| strsim::jaro_winkler(&name.to_lowercase(), &id.to_lowercase());
    // With another number it is another thing.
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let alike = known.iter().copied().filter(|id| digits(id) == digits(name));
    let likeliest = alike.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(likeliest) > 0.7).then_some(likeliest)
}
