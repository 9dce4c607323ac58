//! Inputs that arguments name, with the range in which they are to vary: their own, or a stated one. A stated
//! range is read just as `--set` would read it, so whatever `--set` refuses is refused here.

use rust_decimal::Decimal;

use super::choice;
use super::failure::Failure;
use super::input::{Loaded, Reading};
use super::screen::Screen;
use crate::id::InputId;
use crate::scenario::Estimate;
use crate::uncertainty::Range;

/// An input by its key path, and the ends of a range as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its key path.
    pub(super) key: String,
    /// Low and high.
    pub(super) range: Option<(String, String)>,
}

/// Reads `KEY` or `KEY=LOW..HIGH`.
pub(super) fn named(text: &str) -> Result<Named, String> {
    let (key, range) = text.split_once('=').map_or((text, None), |(key, range)| (key, Some(range)));
    let key = key.trim();
    if key.is_empty() {
        return Err("the key of an input is needed: service.booking.run".into());
    }
    let range = match range.map(|range| range.split_once("..")) {
        None => None,
        Some(Some((low, high))) if !low.trim().is_empty() && !high.trim().is_empty() => {
            Some((low.trim().to_owned(), high.trim().to_owned()))
        }
        Some(_) => {
            let example = "service.booking.effort.beta=\"7 team-months..14 team-months\"";
            return Err(format!("a range has a low and a high with two dots between: {example}"));
        }
    };
    Ok(Named { key: key.to_owned(), range })
}

/// The input and its range; `None` if the stated one has faults, which have been told.
pub(super) fn resolve(
    named: &Named,
    reading: Reading<'_>,
    loaded: &Loaded,
    screen: &Screen,
) -> Result<Option<(InputId, Range)>, Failure> {
    let id = choice::input(loaded, &named.key)?;
    let estimate = loaded.case.scenario.inputs[id.place()].estimate;
    let key = || named.key.clone();
    let Some((low_text, high_text)) = &named.range else {
        let range = Range::of(estimate).ok_or_else(|| Failure::NoRange { key: key() })?;
        return Ok(Some((id, range)));
    };
    if let Estimate::Chance { .. } = estimate {
        return Err(Failure::EitherOr { key: key() });
    }
    let Some(low) = value(id, &named.key, low_text, reading, loaded, screen)? else { return Ok(None) };
    let Some(high) = value(id, &named.key, high_text, reading, loaded, screen)? else { return Ok(None) };
    if low > high {
        return Err(Failure::OutOfOrder { key: key(), low: low_text.clone(), high: high_text.clone() });
    }
    Ok(Some((id, Range { low, high })))
}

/// An end of a range, as a value in the input's unit.
fn value(
    id: InputId,
    key: &str,
    text: &str,
    reading: Reading<'_>,
    loaded: &Loaded,
    screen: &Screen,
) -> Result<Option<Decimal>, Failure> {
    let mut set = reading.set.to_vec();
    set.push((key.to_owned(), text.to_owned()));
    let Some(changed) = Reading { set: &set, ..reading }.reread(loaded, screen) else { return Ok(None) };
    let found = changed.inputs.iter().find(|input| input.key == key);
    match found {
        Some(input) if input.unit == loaded.case.scenario.inputs[id.place()].unit => match input.estimate {
            Estimate::Point(value) => Ok(Some(value)),
            _ => Err(Failure::NotOneValue { key: key.to_owned(), text: text.to_owned() }),
        },
        _ => Err(Failure::OtherUnit { key: key.to_owned(), text: text.to_owned() }),
    }
}

/// Whether several inputs may be at the ends of their stated ranges together: each by itself was read already. What
/// keeps them from it has been told.
pub(super) fn go_together(named: &[Named], reading: Reading<'_>, loaded: &Loaded, screen: &Screen) -> bool {
    let stated: Vec<(&str, [&str; 2])> = named
        .iter()
        .filter_map(|named| named.range.as_ref().map(|(low, high)| (named.key.as_str(), [&**low, &**high])))
        .collect();
    let corners = if stated.len() > 1 { 1_usize << stated.len() } else { 0 };
    (0..corners).all(|corner| {
        let ends = stated.iter().enumerate();
        let ends = ends.map(|(place, (key, ends))| ((*key).to_owned(), ends[corner >> place & 1].to_owned()));
        let set: Vec<(String, String)> = reading.set.iter().cloned().chain(ends).collect();
        Reading { set: &set, ..reading }.reread(loaded, screen).is_some()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_range_has_two_ends() {
        let range = |low: &str, high: &str| Some((low.to_owned(), high.to_owned()));
        let named = |text| super::named(text).map(|named| (named.key, named.range));
        assert_eq!(named("a.b"), Ok(("a.b".into(), None)));
        assert_eq!(named("a = £1.5m .. £2m"), Ok(("a".into(), range("£1.5m", "£2m"))));
        for wrong in ["", "=1..2", "a=", "a=1", "a=1..", "a=..2"] {
            assert!(named(wrong).is_err(), "{wrong}");
        }
    }
}
