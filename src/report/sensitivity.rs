//! Sensitivity as tables: what each uncertain input does to the figures, the widest swing first. The rows are
//! those of a tornado.

use rust_decimal::Decimal;

use super::{Case, quantity, words};
use crate::id::OptionId;
use crate::scenario::Estimate;
use crate::table::{Cell, ColumnKind, Table};
use crate::uncertainty::{Figures, Sensitivity, Swing};

/// The figure that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The net present cost of an option.
    Cost(OptionId),
    /// The net present social value of an option.
    Npsv(OptionId),
    /// The net present cost of the first option less that of the second.
    Difference(OptionId, OptionId),
}

impl Measure {
    /// The figure.
    pub fn of(self, figures: &Figures) -> Decimal {
        match self {
            Self::Cost(option) => figures.cost[option.place()],
            Self::Npsv(option) => figures.npsv[option.place()],
            Self::Difference(first, second) => figures.difference((first, second)),
        }
    }

    /// As people call it.
    pub fn name(self, case: &Case) -> String {
        match self {
            Self::Cost(option) => format!("Net present cost of {}", case.name(option)),
            Self::Npsv(option) => format!("Net present social value of {}", case.name(option)),
            Self::Difference(first, second) => {
                format!("Net present cost of {} less {}", case.name(first), case.name(second))
            }
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Cost(_) => "cost",
            Self::Npsv(_) => "npsv",
            Self::Difference(..) => "difference",
        }
    }

    /// The options it is of, by their names in the file.
    fn whose(self, case: &Case) -> String {
        let id = |option: OptionId| case.scenario.options[option.place()].id.as_str();
        match self {
            Self::Cost(option) | Self::Npsv(option) => id(option).to_owned(),
            Self::Difference(first, second) => format!("{},{}", id(first), id(second)),
        }
    }
}

/// How one figure moves as each uncertain input goes to its low and its high.
pub fn sensitivity(case: &Case, of: &Sensitivity, measure: Measure) -> Table {
    let figure = |figures: &Figures| measure.of(figures);
    let (ranked, without) = of.ranked(&case.scenario, figure);
    let mut table = Table::new(format!("{}: each input by itself", measure.name(case)))
        .column("Input", ColumnKind::Text)
        .column("Low", ColumnKind::Text)
        .column("Likely", ColumnKind::Text)
        .column("High", ColumnKind::Text)
        .column("At low", ColumnKind::Money)
        .column("At high", ColumnKind::Money)
        .column("Swing", ColumnKind::Money);
    for swing in ranked {
        let [key, low, likely, high] = words_of(case, swing).map(Cell::text);
        let ends =
            [figure(&swing.low), figure(&swing.high), swing.swing(&of.central, figure)].map(Cell::Money);
        table.push([key, low, likely, high].into_iter().chain(ends).collect());
    }
    table.notes.push(format!(
        "Central: {}. One input at a time, the others at their central values; present values in {}. Swing: from the \
         lowest to the highest of the figures at low, central and high.",
        words::signed(figure(&of.central)),
        case.real_prices(),
    ));
    table.notes.extend(chances(case, of));
    if of.swings.is_empty() {
        table
            .notes
            .push("The scenario has no uncertain input: write one as { low, likely, high }.".to_owned());
    }
    let idle: Vec<String> = without.iter().map(|swing| format!("`{}`", key(case, swing))).collect();
    if !idle.is_empty() {
        table.notes.push(format!("No effect on this figure: {}.", words::list(&idle)));
    }
    table
}

/// The same as rows of one form, for programs: an input and a figure each, those without effect too.
pub fn sensitivity_rows(case: &Case, of: &Sensitivity, measures: &[Measure]) -> Table {
    let mut table = Table::new("Sensitivity");
    for name in ["measure", "of", "input", "low", "likely", "high"] {
        table = table.column(name, ColumnKind::Text);
    }
    for name in ["at_low", "central", "at_high", "swing"] {
        table = table.column(name, ColumnKind::Money);
    }
    for &measure in measures {
        let figure = |figures: &Figures| measure.of(figures);
        let (ranked, without) = of.ranked(&case.scenario, figure);
        for swing in ranked.into_iter().chain(without) {
            let mut cells = vec![Cell::text(measure.word()), Cell::text(measure.whose(case))];
            cells.extend(words_of(case, swing).map(Cell::text));
            let figures = [figure(&swing.low), figure(&of.central), figure(&swing.high)];
            cells.extend(figures.map(Cell::Money));
            cells.push(Cell::Money(swing.swing(&of.central, figure)));
            table.push(cells);
        }
    }
    table
}

/// The input's key path, and its low, central value and high as the file writes them.
fn words_of(case: &Case, swing: &Swing) -> [String; 4] {
    let input = &case.scenario.inputs[swing.input.place()];
    let text = |value| quantity(value, input.unit);
    [input.key.clone(), text(swing.range.low), text(input.estimate.central()), text(swing.range.high)]
}

fn key<'a>(case: &'a Case, swing: &Swing) -> &'a str {
    &case.scenario.inputs[swing.input.place()].key
}

/// What the ends mean for inputs that are one of two values.
fn chances(case: &Case, of: &Sensitivity) -> Option<String> {
    let of_two = of.swings.iter().filter(|swing| {
        matches!(case.scenario.inputs[swing.input.place()].estimate, Estimate::Chance { .. })
    });
    let keys: Vec<String> = of_two.map(|swing| format!("`{}`", key(case, swing))).collect();
    (!keys.is_empty())
        .then(|| format!("One of two values, that it happens and that it does not: {}.", words::list(&keys)))
}
