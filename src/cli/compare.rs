//! `wholelife compare`: what each option costs and gives, side by side.

use serde_json::{Value, json};

use super::args::{Compare, Format};
use super::failure::Failure;
use super::input::{Loaded, Reading, sound};
use super::screen::Screen;
use super::{Outcome, choice};
use crate::export::json::{self, FORMAT_VERSION};
use crate::id::OptionId;
use crate::report;
use crate::table::Table;

/// Runs it.
pub(super) fn run(args: &Compare, screen: &Screen) -> Result<Outcome, Failure> {
    if args.shown.format == Format::Csv && args.files.len() > 1 {
        return Err(Failure::OneTable);
    }
    let reading = args.changes.reading();
    let Some(loaded) = reading.load_all(&args.files, screen)? else { return Ok(Outcome::Faults) };
    let (mut tables, mut values) = (Vec::new(), Vec::new());
    for scenario in &loaded {
        let pair = choice::pair(scenario, args.between.as_ref())?;
        let Some(schedules) = schedules(args, scenario, pair, screen)? else { return Ok(Outcome::Faults) };
        match args.shown.format {
            Format::Json => {
                let mut value = report::summary(&scenario.case, pair);
                if !schedules.is_empty() {
                    value["discount_schedules"] = json::tables(&schedules);
                }
                values.push(value);
            }
            // A CSV file holds one table: then it is the one that was asked for.
            Format::Csv if !schedules.is_empty() => tables.extend(schedules),
            Format::Table | Format::Markdown | Format::Csv => {
                tables.push(report::comparison(&scenario.case, pair));
                tables.extend(schedules);
            }
        }
    }
    screen.show(&tables, || together(&loaded, values), args.shown)?;
    Ok(Outcome::Done)
}

/// The figures of a scenario under each discount schedule that was asked for, if any was: the same run with
/// another `programme.discount`. `None` if there is no such schedule, which has then been told.
fn schedules(
    args: &Compare,
    loaded: &Loaded,
    pair: Option<(OptionId, OptionId)>,
    screen: &Screen,
) -> Result<Option<Vec<Table>>, Failure> {
    if args.discount.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let mut cases = Vec::with_capacity(args.discount.len());
    for schedule in &args.discount {
        let mut set = args.changes.set.clone();
        set.push(("programme.discount".to_owned(), schedule.clone()));
        let reading = Reading { set: &set, strict: args.changes.strictness.strict };
        let Some(scenario) = reading.reread(loaded, screen) else { return Ok(None) };
        cases.push(sound(&loaded.name, scenario)?);
    }
    Ok(Some(vec![report::schedules(&cases, pair)]))
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
