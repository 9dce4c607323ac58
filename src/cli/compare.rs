//! `wholelife compare`: what each option costs and gives, side by side.

use serde_json::{Value, json};

use super::args::{Compare, Format};
use super::failure::Failure;
use super::input::{Loaded, Reading};
use super::screen::Screen;
use super::{Outcome, choice};
use crate::export::json::FORMAT_VERSION;
use crate::report;

/// Runs it.
pub(super) fn run(args: &Compare, screen: &Screen) -> Result<Outcome, Failure> {
    if args.format == Format::Csv && args.files.len() > 1 {
        return Err(Failure::OneTable);
    }
    let reading = Reading { set: &args.changes.set, strict: args.strictness.strict };
    let Some(loaded) = reading.load_all(&args.files, screen)? else { return Ok(Outcome::Faults) };
    let mut tables = Vec::with_capacity(loaded.len());
    let mut values = Vec::with_capacity(loaded.len());
    for scenario in &loaded {
        let pair = choice::pair(scenario, args.between.as_ref())?;
        tables.push(report::comparison(&scenario.case, pair));
        values.push(report::summary(&scenario.case, pair));
    }
    screen.show(&tables, || together(&loaded, values), args.format, args.units)?;
    Ok(Outcome::Done)
}

/// Several comparisons as one value, in the order of the files; a single one as it is.
fn together(loaded: &[Loaded], mut values: Vec<Value>) -> Value {
    if let [_] = loaded
        && let Some(one) = values.pop()
    {
        return one;
    }
    let files = loaded.iter().zip(values);
    let files = files.map(|(scenario, value)| json!({ "file": scenario.name, "comparison": value }));
    json!({ "format_version": FORMAT_VERSION, "files": files.collect::<Vec<_>>() })
}
