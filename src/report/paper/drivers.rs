//! What drives the answer: mechanisms, single inputs, switching values, all uncertain inputs together.

use super::{Pair, figure};
use crate::paper::Section;
use crate::report::simulation::places;
use crate::report::{
    Case, Measure, Pack, bridge_in_words, bridge_table, claim, sensitivity, switching, words,
};
use crate::table::{Cell, ColumnKind, Table};
use crate::uncertainty::{self, By, Estimated, Range, Sensitivity, Simulation, near_turns};

/// The most inputs that a table of the paper has; the rest are in the files beside it.
const MOST_ROWS: usize = 12;

pub(super) fn section(case: &Case, pair: Option<Pair>, pack: &Pack) -> Section {
    let mut section = Section::new("What drives the answer");
    if let Some(bridge) = &pack.evidence.bridge {
        let bridge = std::slice::from_ref(bridge);
        section.heading("Mechanism by mechanism");
        for paragraph in bridge_in_words(case, bridge) {
            section.text(paragraph);
        }
        figure(&mut section, pack, "bridge");
        let mut table = bridge_table(case, bridge);
        // The first note is the paragraph above.
        table.notes.drain(..1.min(table.notes.len()));
        section.table(table);
    }
    if let (Some(pair), Some(swings)) = (pair, &pack.evidence.swings) {
        single(&mut section, case, pair, pack, swings);
    }
    match &pack.evidence.drawn {
        Some(drawn) => {
            section.heading("All uncertain inputs together");
            section.table(spreads(case, drawn));
            figure(&mut section, pack, "s-curves");
            figure(&mut section, pack, "fan");
        }
        None => section.text(
            "Nothing in the scenario is uncertain: no input has a range, so it can't be said how sure the answer is.",
        ),
    }
    section
}

/// One input at a time.
fn single(section: &mut Section, case: &Case, pair: Pair, pack: &Pack, swings: &Sensitivity) {
    section.heading("One input at a time");
    figure(section, pack, "tornado");
    let mut table = sensitivity(case, swings, Measure::Difference(pair.0, pair.1));
    let more = table.rows.len().saturating_sub(MOST_ROWS);
    table.rows.truncate(MOST_ROWS);
    if more > 0 {
        table.notes.push(format!("{more} more with a smaller swing: `sensitivity.csv`."));
    }
    section.table(table);
    figure(section, pack, "heat-map");
    section.heading("Switching values");
    let by_cost = uncertainty::Pair { first: pair.0, second: pair.1, by: By::Cost };
    let found: Vec<_> = near_turns(&case.scenario, by_cost)
        .into_iter()
        .filter_map(|near| Some((near.input, Range::of(case.scenario.inputs[near.input.place()].estimate)?)))
        .collect();
    if found.is_empty() {
        section.text(format!(
            "No uncertain input, by itself at its low or its high, changes which of {} and {} costs less.",
            case.name(pair.0),
            case.name(pair.1)
        ));
        return;
    }
    let more = found.len().saturating_sub(MOST_ROWS);
    let shown = found.into_iter().take(MOST_ROWS);
    let shown: Vec<_> =
        shown.map(|(input, range)| uncertainty::switching(&case.scenario, input, range, by_cost)).collect();
    let mut table = switching(case, &shown, by_cost);
    if more > 0 {
        table.notes.push(format!("{more} more: `wholelife switching`."));
    }
    section.table(table);
}

/// Options down, so that any number of them fits.
fn spreads(case: &Case, drawn: &Simulation) -> Table {
    let mut table = Table::new("Net present cost over the draws").column("Option", ColumnKind::Text);
    for name in ["Reported run", "P10", "P50", "P80", "P90"] {
        table = table.column(name, ColumnKind::Money);
    }
    table = table.column(format!("Chance to cost least{}", claim::included(case)), ColumnKind::Rate);
    let least = drawn.smallest(|option| &option.net_present_cost);
    let options = case.run.appraisal.options.iter().zip(&drawn.options).zip(&least);
    let mut p80s = Vec::new();
    for ((measures, draws), least) in options {
        let spread = drawn.spread(&draws.net_present_cost);
        let mut cells = vec![Cell::text(case.name(measures.id)), Cell::Money(measures.cost.present)];
        cells
            .extend([10, 50, 80, 90].map(|percent| Cell::Money(places(spread.percentile(percent).value, 2))));
        cells.push(Cell::Rate(places(least.value, 4)));
        table.push(cells);
        p80s.push(spread.percentile(80));
    }
    let farthest = |all: &[Estimated]| all.iter().copied().map(reach).fold(0.0, f64::max);
    table.note(format!(
        "{} draws of {} uncertain inputs, seed {}; every option meets the same draws. P80: a chance of 80% that it is \
         no more. More draws would move a P80 by up to {} and a chance by up to {:.1} percentage points, in nine cases \
         of ten.",
        words::count(drawn.draws),
        drawn.inputs.len(),
        drawn.order.seed,
        words::pounds(places(farthest(&p80s), 2)),
        farthest(&least) * 100.0,
    ))
}

/// How far from a figure the farther end of its 90% interval lies; zero without one.
fn reach(at: Estimated) -> f64 {
    at.interval.map_or(0.0, |[low, high]| (at.value - low).max(high - at.value))
}
