//! `wholelife compare`: what each option costs and gives, side by side.

use serde_json::{Value, json};

use super::args::{Compare, Format};
use super::failure::Failure;
use super::input::{Loaded, Reading};
use super::model::Comparison;
use super::screen::Screen;
use super::{Outcome, choice};
use crate::export::json::FORMAT_VERSION;

/// Runs it.
pub(super) fn run(args: &Compare, screen: &Screen) -> Result<Outcome, Failure> {
    if args.format == Format::Csv && args.files.len() > 1 {
        return Err(Failure::OneTable);
    }
    let reading = Reading { set: &args.changes.set, strict: args.strictness.strict };
    let Some(loaded) = reading.load_all(&args.files, screen)? else { return Ok(Outcome::Faults) };
    let mut compared = Vec::with_capacity(loaded.len());
    for scenario in &loaded {
        compared.push(comparison(scenario, args.between.as_ref())?);
    }
    let tables: Vec<_> = compared.iter_mut().flat_map(|comparison| comparison.tables.drain(..)).collect();
    screen.show(&tables, || together(&loaded, compared), args.format, args.units)?;
    Ok(Outcome::Done)
}

fn comparison(scenario: &Loaded, between: Option<&(String, String)>) -> Result<Comparison, Failure> {
    let between = match between {
        Some((first, second)) => Some((choice::option(scenario, first)?, choice::option(scenario, second)?)),
        None => None,
    };
    Ok(scenario.model.comparison(between))
}

/// Several comparisons as one value, in the order of the files; a single one as it is.
fn together(loaded: &[Loaded], mut compared: Vec<Comparison>) -> Value {
    if compared.len() == 1
        && let Some(one) = compared.pop()
    {
        return one.value;
    }
    let files = loaded.iter().zip(compared);
    let files = files.map(|(scenario, c)| json!({ "file": scenario.name, "comparison": c.value }));
    json!({ "format_version": FORMAT_VERSION, "files": files.collect::<Vec<_>>() })
}
