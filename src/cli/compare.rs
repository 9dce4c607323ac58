//! `wholelife compare`: what each option of a scenario costs and gives, side by side.

use super::args::{Compare, Format};
use super::failure::Failure;
use super::input::{Loaded, Reading, sound};
use super::screen::Screen;
use super::{Outcome, choice, portfolio};
use crate::export::json;
use crate::id::OptionId;
use crate::report;
use crate::table::Table;

/// Runs it: one scenario in full, several as a portfolio.
pub(super) fn run(args: &Compare, screen: &Screen) -> Result<Outcome, Failure> {
    let [file] = &args.files[..] else { return portfolio::compare(args, screen) };
    if args.portfolio {
        return portfolio::compare(args, screen);
    }
    if !args.option.is_empty() {
        let why = "chooses what several files add up; of one file, `wholelife statements FILE --option` shows an option";
        return Err(Failure::Files { argument: "--option", why });
    }
    let Some(loaded) = args.changes.reading().load(file, screen)? else { return Ok(Outcome::Faults) };
    let pair = choice::pair(&loaded, args.between.as_ref())?;
    let Some(schedules) = schedules(args, &loaded, pair, screen)? else { return Ok(Outcome::Faults) };
    let tables = match args.shown.format {
        // A CSV file holds one table: then it is the one that was asked for.
        Format::Csv if !schedules.is_empty() => schedules.clone(),
        Format::Json => Vec::new(),
        Format::Table | Format::Markdown | Format::Csv => {
            [vec![report::comparison(&loaded.case, pair)], schedules.clone()].concat()
        }
    };
    let value = || {
        let mut value = report::summary(&loaded.case, pair);
        if !schedules.is_empty() {
            value["discount_schedules"] = json::tables(&schedules);
        }
        value
    };
    screen.show(&tables, value, args.shown)?;
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
        choice::schedule(loaded, schedule)?;
        let mut set = args.changes.set.clone();
        set.retain(|(key, _)| key.trim() != "programme.discount");
        set.push(("programme.discount".to_owned(), schedule.clone()));
        let reading = Reading { set: &set, strict: args.changes.strictness.strict };
        let Some(scenario) = reading.reread(loaded, screen) else { return Ok(None) };
        cases.push(sound(&loaded.name, scenario)?);
    }
    Ok(Some(vec![report::schedules(&cases, pair)]))
}
