//! Switching values as a table, and the nearest of them in words.

use rust_decimal::Decimal;

use super::{Case, quantity, words};
use crate::id::OptionId;
use crate::scenario::Unit;
use crate::table::{Cell, ColumnKind, Table};
use crate::uncertainty::{By, Near, Pair, Switching, Turn, TurnKind, near_turns};

/// How many switching values a finding names.
const NAMED: usize = 3;

/// The switching values of inputs: a row for each, or a row that says there is none.
pub fn switching(case: &Case, of: &[Switching], pair: Pair) -> Table {
    let (first, second) = (case.name(pair.first), case.name(pair.second));
    let (what, better) = match pair.by {
        By::Cost => ("costs less", "Costs less"),
        By::Npsv => ("has the higher net present social value", "Better"),
    };
    let mut table = Table::new(format!("Where it changes which of {first} and {second} {what}"))
        .column("Input", ColumnKind::Text)
        .column("Likely", ColumnKind::Text)
        .column("Changes", ColumnKind::Text)
        .column(format!("{better} below"), ColumnKind::Text)
        .column(format!("{better} above"), ColumnKind::Text)
        .column("Difference below", ColumnKind::Money)
        .column("Difference above", ColumnKind::Money);
    for one in of {
        let input = &case.scenario.inputs[one.input.place()];
        let head = || [Cell::text(&input.key), Cell::text(quantity(one.central.value, input.unit))];
        let name =
            |option: Option<OptionId>| option.map_or(Cell::Nothing(None), |id| Cell::text(case.name(id)));
        if one.turns.is_empty() {
            let [low, high] = one.ends;
            let preferred = [low, high].map(|point| name(pair.preferred(point.difference)));
            let ends = [low, high].map(|point| Cell::Money(point.difference));
            let none = [Cell::text(none(one, input.unit))];
            table.push(head().into_iter().chain(none).chain(preferred).chain(ends).collect());
        }
        for turn in &one.turns {
            let [below, above] = turn.preferred.map(name);
            let cells = [Cell::text(changes(turn, input.unit)), below, above];
            let sides = [turn.below, turn.above].map(|point| Cell::Money(point.difference));
            table.push(head().into_iter().chain(cells).chain(sides).collect());
        }
    }
    let figure = match pair.by {
        By::Cost => "net present cost",
        By::Npsv => "net present social value",
    };
    table.note(format!(
        "One input at a time, the others at their central values. Difference: {figure} of {first} less that of \
         {second}; where there is no change, at the ends of the range."
    ))
}

/// The same as rows of one form, for programs: values in the grammar of the file, ready for `--set`.
pub fn switching_rows(case: &Case, of: &[Switching], pair: Pair) -> Table {
    let mut table = Table::new("Switching values");
    for name in ["input", "central", "low", "high", "kind", "value", "below", "above"] {
        table = table.column(name, ColumnKind::Text);
    }
    table = table
        .column("preferred_below", ColumnKind::Text)
        .column("preferred_above", ColumnKind::Text)
        .column("difference_below", ColumnKind::Money)
        .column("difference_above", ColumnKind::Money);
    let id = |option: OptionId| case.scenario.options[option.place()].id.as_str();
    for one in of {
        let input = &case.scenario.inputs[one.input.place()];
        let text = |value| Cell::text(quantity(value, input.unit));
        let head = || {
            let range = [one.central.value, one.range.low, one.range.high];
            [Cell::text(&input.key)].into_iter().chain(range.map(text))
        };
        for turn in &one.turns {
            let values = [turn.value(one.central.value), turn.below.value, turn.above.value].map(text);
            let name = |option: Option<OptionId>| option.map_or(Cell::Nothing(None), |o| Cell::text(id(o)));
            let sides = [turn.below, turn.above].map(|point| Cell::Money(point.difference));
            let kind = [Cell::text(word(turn.kind))];
            let cells = head().chain(kind).chain(values).chain(turn.preferred.map(name)).chain(sides);
            table.push(cells.collect());
        }
        if one.turns.is_empty() {
            let nothing = || Cell::Nothing(None);
            let name = |option: Option<OptionId>| option.map_or(Cell::Nothing(None), |o| Cell::text(id(o)));
            let preferred = one.ends.map(|point| name(pair.preferred(point.difference)));
            let rest = [Cell::text("none"), nothing(), nothing(), nothing()];
            let ends = one.ends.map(|point| Cell::Money(point.difference));
            table.push(head().chain(rest).chain(preferred).chain(ends).collect());
        }
    }
    table
}

fn word(kind: TurnKind) -> &'static str {
    match kind {
        TurnKind::Equal => "equal",
        TurnKind::Neighbours => "neighbours",
        TurnKind::WholeMonths => "whole-months",
        TurnKind::Jump => "jump",
        TurnKind::EitherOr => "either-or",
    }
}

/// A change in the input's own unit.
fn changes(turn: &Turn, unit: Unit) -> String {
    let [below, above] = [turn.below, turn.above].map(|point| quantity(point.value, unit));
    match turn.kind {
        TurnKind::Equal => format!("equal at {below}"),
        TurnKind::Neighbours => format!("equal between {below} and {above}"),
        TurnKind::WholeMonths => format!("from {above} on (not yet at {below})"),
        TurnKind::Jump => format!("flips between {below} and {above}"),
        TurnKind::EitherOr => format!("flips between {below} and {above}, its only values"),
    }
}

fn none(one: &Switching, unit: Unit) -> String {
    let [low, high] = [one.range.low, one.range.high].map(|value| quantity(value, unit));
    if one.ends.iter().all(|end| end.difference.is_zero()) && one.central.difference.is_zero() {
        return format!("equal from {low} to {high}");
    }
    format!("none between {low} and {high}")
}

/// The two or three inputs that would soonest turn the order of two options by cost, in sentences; nothing
/// where there is no pair, or the two cost the same. Quick enough for every comparison.
pub fn switching_sentences(case: &Case, pair: Option<(OptionId, OptionId)>) -> Vec<String> {
    let Some((first, second)) = pair else { return Vec::new() };
    let pair = Pair { first, second, by: By::Cost };
    let Some(cheaper) = pair.preferred(pair.difference(&case.run.appraisal)) else { return Vec::new() };
    let uncertain = !crate::uncertainty::may_vary(&case.scenario).is_empty();
    let dearer = if cheaper == first { second } else { first };
    let would = format!("{} would cost less than {}", case.name(dearer), case.name(cheaper));
    let near = near_turns(&case.scenario, pair);
    match near.len() {
        0 if uncertain => {
            vec![format!(
                "No uncertain input, by itself at its low or its high, changes that {} costs less than {}.",
                case.name(cheaper),
                case.name(dearer)
            )]
        }
        0 => Vec::new(),
        count => {
            let named: Vec<String> = near.iter().take(NAMED).map(|near| condition(case, near)).collect();
            let more = match count.saturating_sub(NAMED) {
                0 => String::new(),
                n => format!("; {n} more, with `wholelife switching`"),
            };
            vec![format!("{would} if, by itself, {}{more}.", or(&named))]
        }
    }
}

/// ``` `service.booking.run` were £210k a year or more (likely £180k a year)```.
fn condition(case: &Case, near: &Near) -> String {
    let input = &case.scenario.inputs[near.input.place()];
    let likely = input.estimate.central();
    let text = |value: Decimal| quantity(value, input.unit);
    let beyond = if near.above { "or more" } else { "or less" };
    format!("`{}` were {} {beyond} (likely {})", input.key, text(near.value), text(likely))
}

fn or(items: &[String]) -> String {
    words::list(items).replacen(" and `", " or `", usize::MAX)
}
