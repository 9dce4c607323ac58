//! The same scenario under several discount schedules, side by side.

use rust_decimal::Decimal;

use super::Case;
use crate::appraisal::OptionAppraisal;
use crate::id::OptionId;
use crate::table::{Cell, ColumnKind, Table};

/// A figure of an option that depends on the schedule.
type Figure = fn(&OptionAppraisal<Decimal>) -> Decimal;

/// Present figures of each option under each schedule; `cases` are runs of one scenario that differ in their
/// schedule only.
pub fn schedules(cases: &[Case], pair: Option<(OptionId, OptionId)>) -> Table {
    let mut table = Table::new("Under other discount schedules").column("Measure", ColumnKind::Text);
    for case in cases {
        table = table.column(case.scenario.programme.discount.clone(), ColumnKind::Money);
    }
    let figures: [(&str, Figure); 3] = [
        ("Net present cost", |o| o.cost.present),
        ("Benefits, present value", |o| o.benefits.total().present),
        ("Net present social value", |o| o.npsv),
    ];
    let Some(first) = cases.first() else { return table };
    let ids = (0..first.scenario.options.len()).map(OptionId::new);
    for (name, figure) in figures {
        table.push_section(name);
        for id in ids.clone() {
            let cells = cases.iter().map(|case| Cell::Money(figure(case.appraisal(id))));
            table.push_indented(1, [Cell::text(first.name(id))].into_iter().chain(cells).collect());
        }
        if let Some((a, b)) = pair {
            let less = |case: &Case| Cell::Money(figure(case.appraisal(a)) - figure(case.appraisal(b)));
            let label = format!("{} less {}", first.name(a), first.name(b));
            table.push_total([Cell::text(label)].into_iter().chain(cases.iter().map(less)).collect());
        }
    }
    table
}
