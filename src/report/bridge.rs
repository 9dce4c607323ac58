//! The bridge: why one option costs more (or gives more) than another, mechanism by mechanism; as a table, in
//! words, for programs, and as the steps of a waterfall.
//!
//! Several bridges, each beginning where the one before ends, are told as one way: from an option through
//! another to a third.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Case, mechanism, words};
use crate::id::OptionId;
use crate::table::{Cell, ColumnKind, Table};
use crate::uncertainty::{Bar, Bridge, Measure, Mechanism};

const FORMAT_VERSION: &str = "1.0";

/// A step of a waterfall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its label.
    pub name: String,
    /// The figure of an option, or what a mechanism adds (below nought: takes off). Pounds.
    pub amount: Decimal,
    /// Whether it is the figure of an option, drawn from nought; else it is drawn from where the last one ended.
    pub is_level: bool,
}

/// The steps of a waterfall: the first option's figure, each mechanism that differs, the next option's figure.
pub fn waterfall(case: &Case, bridges: &[Bridge]) -> Vec<Step> {
    let level = |id, amount| Step { name: case.name(id).to_owned(), amount, is_level: true };
    let mut steps: Vec<Step> =
        bridges.first().map(|first| level(first.from, first.start)).into_iter().collect();
    for bridge in bridges {
        let bars = bridge.bars.iter().filter(|bar| bar.differs);
        steps.extend(bars.map(|bar| Step {
            name: bar.mechanism.name().to_owned(),
            amount: bar.amount,
            is_level: false,
        }));
        steps.push(level(bridge.to, bridge.end));
    }
    steps
}

/// The bridges as one table, each bar with what differs.
pub fn bridge_table(case: &Case, bridges: &[Bridge]) -> Table {
    let mut table = Table::new(title(case, bridges))
        .column("Mechanism", ColumnKind::Text)
        .column("Amount", ColumnKind::Money)
        .column("Share", ColumnKind::Rate)
        .column("What differs", ColumnKind::Text);
    let row = |name: &str, amount, share, words: String| {
        vec![Cell::text(name), Cell::Money(amount), share, Cell::Text(words)]
    };
    let figure = |bridge: &Bridge| noun(bridge.measure);
    for (place, bridge) in bridges.iter().enumerate() {
        if bridges.len() > 1 {
            table.push_section(format!("{} to {}", case.name(bridge.from), case.name(bridge.to)));
        }
        if place == 0 || bridges.len() > 1 {
            let words = figure(bridge).to_owned();
            table.push_total(row(case.name(bridge.from), bridge.start, Cell::Nothing(None), words));
        }
        for bar in &bridge.bars {
            let share = share(bar.amount, bridge.difference()).map_or(Cell::Nothing(None), Cell::Rate);
            let cells = row(bar.mechanism.name(), bar.amount, share, what_differs(case, bridge, bar));
            table.push_indented(1, cells);
        }
        table.push_total(row(
            case.name(bridge.to),
            bridge.end,
            Cell::Nothing(None),
            figure(bridge).to_owned(),
        ));
    }
    table.notes.extend(in_words(case, bridges));
    table.notes.push(method(case, bridges));
    table
}

/// What the bridges say, a paragraph each, and one for the whole way if there are several.
pub fn in_words(case: &Case, bridges: &[Bridge]) -> Vec<String> {
    let mut paragraphs: Vec<String> = bridges.iter().map(|bridge| paragraph(case, bridge)).collect();
    if let ([first, .., last], [_, _, ..]) = (bridges, bridges) {
        let parts = bridges.iter().map(|bridge| {
            let (from, to) = (case.name(bridge.from), case.name(bridge.to));
            format!("{} from {from} to {to}", signed(bridge.measure, bridge.difference()))
        });
        paragraphs.push(format!(
            "From {} to {}: {} in all, of which {}.",
            case.name(first.from),
            case.name(last.to),
            signed(first.measure, last.end - first.start),
            words::list(&parts.collect::<Vec<_>>()),
        ));
    }
    paragraphs
}

/// The bridges for other programs.
pub fn bridge_value(case: &Case, bridges: &[Bridge]) -> Value {
    let id = |id: OptionId| &case.scenario.options[id.place()].id;
    let part = |bridge: &Bridge| {
        let bars = bridge.bars.iter().map(|bar| {
            let of = |id| mechanism::mechanism(case, id, bar.mechanism);
            json!({
                "mechanism": bar.mechanism.word(),
                "name": bar.mechanism.name(),
                "differs": bar.differs,
                "amount": money(bar.amount),
                "share": share(bar.amount, bridge.difference()).map(|s| s.normalize().to_string()),
                "from": of(bridge.from),
                "to": of(bridge.to),
            })
        });
        json!({
            "from": { "option": id(bridge.from), "name": case.name(bridge.from), "amount": money(bridge.start) },
            "to": { "option": id(bridge.to), "name": case.name(bridge.to), "amount": money(bridge.end) },
            "difference": money(bridge.difference()),
            "runs": bridge.runs,
            "bars": bars.collect::<Vec<_>>(),
        })
    };
    let steps = waterfall(case, bridges).into_iter();
    json!({
        "format_version": FORMAT_VERSION,
        "measure": bridges.first().map(|bridge| match bridge.measure {
            Measure::Cost => "net-present-cost",
            Measure::Npsv => "npsv",
        }),
        "parts": bridges.iter().map(part).collect::<Vec<_>>(),
        "waterfall": steps.map(|step| json!({
            "name": step.name, "amount": money(step.amount), "level": step.is_level,
        })).collect::<Vec<_>>(),
        "words": in_words(case, bridges),
    })
}

fn title(case: &Case, bridges: &[Bridge]) -> String {
    let (Some(first), Some(last)) = (bridges.first(), bridges.last()) else { return String::new() };
    format!("From {} to {}: {}", case.name(first.from), case.name(last.to), noun(first.measure))
}

fn paragraph(case: &Case, bridge: &Bridge) -> String {
    let difference = bridge.difference();
    let ends = format!(
        "From {} ({}) to {} ({}), {} {}",
        case.name(bridge.from),
        words::signed(bridge.start),
        case.name(bridge.to),
        words::signed(bridge.end),
        noun(bridge.measure),
        match difference.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Less => format!("falls by {}", words::pounds(difference)),
            std::cmp::Ordering::Equal => "stays the same".to_owned(),
            std::cmp::Ordering::Greater => format!("rises by {}", words::pounds(difference)),
        }
    );
    let mut bars: Vec<&Bar> = bridge.bars.iter().filter(|bar| !bar.amount.is_zero()).collect();
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.amount.abs()));
    let told = |more: bool| {
        let verb = match (bridge.measure, more) {
            (_, true) => "adds",
            (Measure::Cost, false) => "saves",
            (Measure::Npsv, false) => "takes off",
        };
        let bars = bars.iter().filter(|bar| (bar.amount > Decimal::ZERO) == more);
        let bars = bars.map(|bar| {
            let name = bar.mechanism.name().to_lowercase();
            format!("{name} {verb} {}", words::pounds(bar.amount))
        });
        bars.collect::<Vec<_>>()
    };
    let parts: Vec<String> = [told(true), told(false)]
        .into_iter()
        .filter(|list| !list.is_empty())
        .map(|list| words::list(&list))
        .collect();
    if parts.is_empty() { format!("{ends}.") } else { format!("{ends}: {}.", parts.join("; ")) }
}

fn method(case: &Case, bridges: &[Bridge]) -> String {
    let runs: usize = bridges.iter().map(|bridge| bridge.runs).sum();
    let alone = bridges.iter().any(|bridge| bridge.without_streams);
    let alone = if alone {
        " An option without streams has no mechanisms of its own: the difference is one of structure alone."
    } else {
        ""
    };
    format!(
        "Each bar is the mechanism's Shapley value over all sets of mechanisms taken from the one option or the \
         other ({runs} runs); the bars add up exactly. {}.{alone}",
        case.span()
    )
}

fn what_differs(case: &Case, bridge: &Bridge, bar: &Bar) -> String {
    if !bar.differs {
        return "the same in both".to_owned();
    }
    let [from, to] = [bridge.from, bridge.to].map(|id| mechanism::mechanism(case, id, bar.mechanism));
    let differ = if from == to { String::new() } else { format!("{from} against {to}") };
    if bar.mechanism != Mechanism::Structure {
        return differ;
    }
    let own = |id, other| mechanism::own_lines(case, id, other);
    let lines = [(bridge.from, bridge.to), (bridge.to, bridge.from)]
        .into_iter()
        .map(|(id, other)| (id, own(id, other)))
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(id, lines)| format!("only {} has {}", case.name(id), words::list(&lines)));
    let told = [differ].into_iter().filter(|words| !words.is_empty()).chain(lines);
    told.collect::<Vec<_>>().join("; ")
}

/// The share of a difference, to four places; none where there is no difference.
fn share(amount: Decimal, difference: Decimal) -> Option<Decimal> {
    (!difference.is_zero()).then(|| (amount / difference).round_dp(4))
}

fn noun(measure: Measure) -> &'static str {
    match measure {
        Measure::Cost => "net present cost",
        Measure::Npsv => "net present social value",
    }
}

fn signed(measure: Measure, difference: Decimal) -> String {
    match (measure, difference > Decimal::ZERO) {
        _ if difference.is_zero() => "no difference".to_owned(),
        (_, true) => format!("{} more", words::pounds(difference)),
        (_, false) => format!("{} less", words::pounds(difference)),
    }
}

/// Pounds and pence as a decimal string.
pub(super) fn money(amount: Decimal) -> String {
    let mut amount = amount;
    amount.rescale(2);
    amount.to_string()
}
