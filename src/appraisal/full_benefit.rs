//! Full benefit: the first month in which an option gives all that it ever will.

use std::ops::Range;

use crate::costing::{lines, services};
use crate::delivery::Timesheet;
use crate::number::Number;
use crate::plan::{Flow, Plan, ProgrammeOption};

/// The first month in which every benefit of an option is at full effect, those of services that it delivers and its
/// benefit lines alike. `None` if one never is, if one has ended before another is there, or if there is none.
pub(super) fn full_benefit<N: Number>(
    plan: &Plan<N>,
    option: &ProgrammeOption<N>,
    sheet: &Timesheet<N>,
) -> Option<usize> {
    let of_services = plan.benefits.iter().filter(|benefit| benefit.value.is_some()).filter_map(|benefit| {
        let (life, service) =
            (&sheet.lives[benefit.service.place()], &plan.services[benefit.service.place()]);
        life.stream.map(|_| services::full_effect(benefit, life, service.end))
    });
    let lines = option.lines.iter().map(|id| &plan.lines[id.place()]);
    let benefits = lines.filter(|line| matches!(line.flow, Flow::Benefit { .. }));
    let of_lines = benefits.map(|line| lines::full_effect(plan, line, sheet));
    let mut all: Option<Range<usize>> = None;
    for months in of_services.chain(of_lines) {
        let months = months?;
        all = Some(match all {
            Some(all) => all.start.max(months.start)..all.end.min(months.end),
            None => months,
        });
    }
    all.filter(|months| !months.is_empty()).map(|months| months.start)
}
