//! `wholelife switching`: where in its range each input changes which of two options is preferred.

use super::args::Format;
use super::failure::Failure;
use super::questions::{Preference, Switching};
use super::screen::Screen;
use super::work::{self, Runs};
use super::{Outcome, choice, ranges};
use crate::export::json;
use crate::id::InputId;
use crate::report;
use crate::uncertainty::{self, By, Pair, Range};

/// About so many runs does the search of one input take.
const RUNS_OF_A_SEARCH: usize = 100;

/// Runs it. As CSV and JSON values are in the grammar of the file, for `--set`.
pub(super) fn run(args: &Switching, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = args.changes.reading();
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let case = &loaded.case;
    let Some((first, second)) = choice::pair(&loaded, args.between.as_ref())? else {
        return Err(Failure::NoPair { file: loaded.name.clone() });
    };
    let by = match args.by {
        Preference::Cost => By::Cost,
        Preference::Npsv => By::Npsv,
    };
    let pair = Pair { first, second, by };
    let mut inputs = Vec::new();
    for named in &args.input {
        let Some(found) = ranges::resolve(named, reading, &loaded, screen)? else {
            return Ok(Outcome::Faults);
        };
        inputs.push(found);
    }
    if args.input.is_empty() {
        let range = |id: InputId| Range::of(case.scenario.inputs[id.place()].estimate);
        let all = uncertainty::may_vary(&case.scenario).into_iter();
        inputs = all.filter_map(|id| Some((id, range(id)?))).collect();
    }
    work::announce(case, Runs::Draws(inputs.len() * RUNS_OF_A_SEARCH), "fewer inputs (`--input`)");
    let found: Vec<_> = inputs
        .into_iter()
        .map(|(input, range)| uncertainty::switching(&case.scenario, input, range, pair))
        .collect();
    let tables = match args.shown.format {
        Format::Csv | Format::Json => [report::switching_rows(case, &found, pair)],
        Format::Table | Format::Markdown => [report::switching(case, &found, pair)],
    };
    screen.show(&tables, || json::tables(&tables), args.shown)?;
    Ok(Outcome::Done)
}
