//! `wholelife sensitivity`: each uncertain input to its low and its high, or two inputs against one another.

use super::args::Format;
use super::failure::Failure;
use super::input::{Loaded, Reading};
use super::questions::{Figure, Sensitivity};
use super::screen::Screen;
use super::work::{self, Runs};
use super::{Outcome, choice, ranges};
use crate::export::json;
use crate::id::OptionId;
use crate::report::{self, Measure};
use crate::table::Table;
use crate::uncertainty::{self, Axis};

/// Runs it. As CSV and JSON there is one table of rows of one form.
pub(super) fn run(args: &Sensitivity, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = args.changes.reading();
    let Some(loaded) = reading.load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let measures = measures(args, &loaded)?;
    let tables = match args.grid.as_deref() {
        Some(axes) => match grid(args, axes, reading, &loaded, &measures, screen)? {
            Some(tables) => tables,
            None => return Ok(Outcome::Faults),
        },
        None => one_at_a_time(args, &loaded, &measures),
    };
    screen.show(&tables, || json::tables(&tables), args.shown)?;
    Ok(Outcome::Done)
}

fn one_at_a_time(args: &Sensitivity, loaded: &Loaded, measures: &[Measure]) -> Vec<Table> {
    let case = &loaded.case;
    let runs = 2 * uncertainty::may_vary(&case.scenario).len();
    work::announce(case, Runs::Exact(runs), "fewer uncertain inputs");
    let result = uncertainty::sensitivity(&case.scenario);
    if for_programs(args.shown.format) {
        return vec![report::sensitivity_rows(case, &result, measures)];
    }
    measures.iter().map(|&measure| report::sensitivity(case, &result, measure)).collect()
}

fn for_programs(format: Format) -> bool {
    matches!(format, Format::Csv | Format::Json)
}

/// The two-way tables; `None` if a stated range has faults.
fn grid(
    args: &Sensitivity,
    axes: &[ranges::Named],
    reading: Reading<'_>,
    loaded: &Loaded,
    measures: &[Measure],
    screen: &Screen,
) -> Result<Option<Vec<Table>>, Failure> {
    let mut found = Vec::new();
    for named in axes {
        let Some((input, range)) = ranges::resolve(named, reading, loaded, screen)? else { return Ok(None) };
        if found.iter().any(|axis: &Axis| axis.input == input) {
            return Err(Failure::SameInputTwice { key: named.key.clone() });
        }
        found.push(Axis::new(&loaded.case.scenario, input, range, args.steps.into()));
    }
    if !ranges::go_together(axes, reading, loaded, screen) {
        return Ok(None);
    }
    let axes = <[Axis; 2]>::try_from(found).expect("clap takes exactly two");
    let case = &loaded.case;
    let steps = usize::from(args.steps);
    work::announce(case, Runs::Exact(steps * steps), "fewer `--steps`");
    let grid = uncertainty::grid(&case.scenario, axes);
    if for_programs(args.shown.format) {
        return Ok(Some(vec![report::grid_rows(case, &grid, measures)]));
    }
    Ok(Some(measures.iter().map(|&measure| report::grid(case, &grid, measure)).collect()))
}

/// The figures asked for: those of every option, or the difference of the pair.
fn measures(args: &Sensitivity, loaded: &Loaded) -> Result<Vec<Measure>, Failure> {
    let options = (0..loaded.case.scenario.options.len()).map(OptionId::new);
    let pair = choice::pair(loaded, args.between.as_ref())?;
    let difference = |(first, second)| vec![Measure::Difference(first, second)];
    match (args.measure, pair) {
        (Some(Figure::Cost), _) | (None, None) => Ok(options.map(Measure::Cost).collect()),
        (Some(Figure::Npsv), _) => {
            // Against itself the baseline has none.
            let baseline = loaded.case.plan.baseline;
            Ok(options.filter(|&id| Some(id) != baseline).map(Measure::Npsv).collect())
        }
        (_, Some(pair)) => Ok(difference(pair)),
        (Some(Figure::Difference), None) => Err(Failure::NoPair { file: loaded.name.clone() }),
    }
}
