//! The register of assumptions: every value that the scenario states, who answers for it, where it is from, and how
//! much the headline moves with it; the logs of decisions and changes.
//!
//! The headline is the difference in net present cost between the pair of options, or the one option's net present
//! cost where there is no pair. An uncertain value is tried at its low and its high; a single figure at a tenth less
//! and a tenth more. Others stay central.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::known::known;
use super::{Case, quantity, words};
use crate::id::{InputId, OptionId};
use crate::parameters::Edition;
use crate::scenario::{Estimate, LogEntry, Origin, Unit};
use crate::table::{Cell, ColumnKind, Table};
use crate::uncertainty::{Range, added_costs};

/// The register, what moves the headline most first.
pub fn assumptions(case: &Case, pair: Option<(OptionId, OptionId)>) -> Table {
    let mut table = Table::new(format!("Assumptions: {}", case.scenario.programme.name))
        .column("key", ColumnKind::Text)
        .column("value", ColumnKind::Text)
        .column("tried at", ColumnKind::Text)
        .column("effect at low", ColumnKind::Money)
        .column("effect at high", ColumnKind::Money)
        .column("source", ColumnKind::Text)
        .column("dated", ColumnKind::Text)
        .column("status", ColumnKind::Text)
        .column("owner", ColumnKind::Text)
        .column("review by", ColumnKind::Text)
        .column("signed off", ColumnKind::Text)
        .column("note", ColumnKind::Text);
    table.notes.push(format!("Effects are what is added to {}, to the nearest pound.", headline(case, pair)));
    table.notes.push(
        "A range is tried at its low and its high, a single figure at a tenth less and a tenth more; months are \
         whole."
            .to_owned(),
    );
    let edition = Edition::named(&case.scenario.programme.edition);
    let mut rows: Vec<(Decimal, Vec<Cell>)> = effects(case, pair)
        .into_iter()
        .map(|Effect { id, range, low, high }| {
            let input = &case.scenario.inputs[id.place()];
            let text = |value| quantity(value, input.unit);
            let tried = if range.width().is_zero() {
                Cell::Nothing(None)
            } else {
                Cell::Text(format!("{} to {}", text(range.low), text(range.high)))
            };
            let mut cells = vec![
                Cell::text(&input.key),
                Cell::Text(text(input.estimate.central())),
                tried,
                Cell::Money(low),
                Cell::Money(high),
            ];
            let known = known(input, edition);
            let valid_to = known.figure.and_then(|figure| figure.valid_to.as_deref());
            let parts = [
                known.source,
                known.dated,
                known.status().or(Some("stated")),
                known.owner,
                known.review_by.or(valid_to),
                known.signed_off,
                known.note,
            ];
            cells.extend(parts.map(|part| part.map_or(Cell::Nothing(None), Cell::text)));
            (low.abs().max(high.abs()), cells)
        })
        .collect();
    // A stable sort: what moves the headline alike stays in the order of the file.
    rows.sort_by_key(|(effect, _)| std::cmp::Reverse(*effect));
    for (_, cells) in rows {
        table.push(cells);
    }
    table
}

/// The logs of the scenario: decisions, then changes; those that have no entry are left out.
pub fn logs(case: &Case) -> Vec<Table> {
    let of = |title: &str, log: &[LogEntry]| {
        let mut table = Table::new(title)
            .column("date", ColumnKind::Text)
            .column("what", ColumnKind::Text)
            .column("why", ColumnKind::Text)
            .column("by", ColumnKind::Text);
        for entry in log {
            let told = |text: &Option<String>| text.as_ref().map_or(Cell::Nothing(None), Cell::text);
            let cells =
                vec![Cell::text(&entry.date), Cell::text(&entry.what), told(&entry.why), told(&entry.by)];
            table.push(cells);
        }
        table
    };
    let logs = [of("Decisions", &case.scenario.decisions), of("Changes", &case.scenario.changes)];
    logs.into_iter().filter(|log| !log.rows.is_empty()).collect()
}

fn headline(case: &Case, pair: Option<(OptionId, OptionId)>) -> String {
    let known = |id: OptionId| case.name(id).to_owned();
    match pair {
        Some((first, second)) => {
            let difference = case.appraisal(first).cost.present - case.appraisal(second).cost.present;
            format!(
                "the net present cost of {} less that of {}, {}",
                known(first),
                known(second),
                words::signed(difference)
            )
        }
        None => format!("the net present cost of {}", known(OptionId::new(0))),
    }
}

/// What an input does to the headline.
struct Effect {
    id: InputId,
    range: Range,
    low: Decimal,
    high: Decimal,
}

/// What is stated or taken from the edition; defaults of mechanisms are no assumptions of anybody.
///
/// On f64, to the nearest pound: hundreds of values, of which only the size matters.
fn effects(case: &Case, pair: Option<(OptionId, OptionId)>) -> Vec<Effect> {
    let scenario = &case.scenario;
    let asked = |id: &InputId| scenario.inputs[id.place()].origin != Origin::Default;
    let asked = (0..scenario.inputs.len()).map(InputId::new).filter(asked);
    let ranges: Vec<(InputId, Range)> = asked
        .map(|id| {
            let input = &scenario.inputs[id.place()];
            (id, Range::of(input.estimate).unwrap_or_else(|| about(input.estimate, input.unit)))
        })
        .collect();
    let (first, second) = pair.map_or((OptionId::new(0), None), |(first, second)| (first, Some(second)));
    let added = added_costs(scenario, &ranges, (first, second));
    let effect = |(&(id, range), [low, high]): (&(InputId, Range), [f64; 2])| Effect {
        id,
        range,
        low: pounds(low),
        high: pounds(high),
    };
    ranges.iter().zip(added).map(effect).collect()
}

fn pounds(amount: f64) -> Decimal {
    Decimal::from_f64(amount.round()).unwrap_or_default()
}

/// A tenth less and a tenth more than a single figure; for months at least one less and one more, and never less than
/// nought.
fn about(estimate: Estimate, unit: Unit) -> Range {
    let value = estimate.central();
    let tenth = value.abs() / Decimal::TEN;
    if unit != Unit::Months {
        return Range { low: value - tenth, high: value + tenth };
    }
    let step = tenth.round().max(Decimal::ONE);
    Range { low: (value - step).max(Decimal::ONE.min(value)), high: value + step }
}
