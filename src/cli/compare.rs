//! `wholelife compare`: what each option costs and gives, side by side.

use std::path::Path;

use serde_json::{Value, json};

use super::args::{Compare, Format};
use super::failure::Failure;
use super::input::{Loaded, Reading, is_standard_input};
use super::screen::Screen;
use super::{Outcome, choice};
use crate::export::json::{self, FORMAT_VERSION};
use crate::report;
use crate::table::Table;

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
    if !args.discount.is_empty() {
        let mut schedules = Vec::with_capacity(loaded.len());
        for ((path, scenario), value) in args.files.iter().zip(&loaded).zip(&mut values) {
            let Some(table) = self::schedules(args, path, scenario, screen)? else {
                return Ok(Outcome::Faults);
            };
            value["discount_schedules"] = json::tables(std::slice::from_ref(&table));
            schedules.push(table);
        }
        // A CSV file holds one table: then it is the one that was asked for.
        tables = if args.format == Format::Csv {
            schedules
        } else {
            tables.into_iter().chain(schedules).collect()
        };
    }
    screen.show(&tables, || together(&loaded, values), args.format, args.units)?;
    Ok(Outcome::Done)
}

/// The figures of a scenario under each discount schedule that was asked for: the same run with another
/// `programme.discount`.
fn schedules(
    args: &Compare,
    path: &Path,
    loaded: &Loaded,
    screen: &Screen,
) -> Result<Option<Table>, Failure> {
    if is_standard_input(path) {
        return Err(Failure::InputTwice);
    }
    let mut cases = Vec::with_capacity(args.discount.len());
    for schedule in &args.discount {
        let mut set = args.changes.set.clone();
        set.push(("programme.discount".to_owned(), schedule.clone()));
        let reading = Reading { set: &set, strict: args.strictness.strict };
        let Some(other) = reading.load(path, screen)? else { return Ok(None) };
        cases.push(other.case);
    }
    let pair = choice::pair(loaded, args.between.as_ref())?;
    Ok(Some(report::schedules(&cases, pair)))
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
