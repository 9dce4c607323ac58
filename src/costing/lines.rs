//! Cost and benefit lines: once, every so often, a month, a year, or stated by year.

use std::ops::Range;

use super::spread::spread;
use super::{Cases, Label, Poster};
use crate::delivery::Timesheet;
use crate::id::{CategoryId, LineId};
use crate::ledger::{Activity, Cause, Element, Kind, Sink, Split, Treatment};
use crate::number::Number;
use crate::plan::{Amount, Flow, Line, LinePrices, Plan};

/// Posts a line.
pub(super) fn line<N: Number, S: Sink<N>>(poster: &mut Poster<'_, N, S>, sheet: &Timesheet<N>, id: LineId) {
    let plan = poster.plan;
    let line = &plan.lines[id.place()];
    let Some(months) = months(plan, line, sheet) else { return };
    match &line.amount {
        Amount::Once(amount) => {
            for month in months.step_by(line.every.map_or(usize::MAX, |m| m as usize)) {
                post(poster, id, line, month..month + 1, *amount);
            }
        }
        Amount::Monthly(amount) => {
            for year in plan.horizon.by_year(months) {
                let whole = *amount * N::from_count(year.len() as i64);
                post(poster, id, line, year, whole);
            }
        }
        Amount::ByYear(amounts) => {
            for year in plan.horizon.by_year(months) {
                if let Some(amount) = amounts[poster.year(year.start)] {
                    post(poster, id, line, year, amount);
                }
            }
        }
    }
}

/// The months in which a line may fall: `None` if the service it belongs to doesn't go live inside the horizon.
/// A service's line ends with the service; one that would begin before the horizon begins in its first month.
fn months<N>(plan: &Plan<N>, line: &Line<N>, sheet: &Timesheet<N>) -> Option<Range<usize>> {
    let horizon = plan.horizon.months();
    let (zero, last) = match line.service {
        Some(service) => {
            let live = sheet.lives[service.place()].live.filter(|&live| live < horizon)?;
            (live as i64, plan.services[service.place()].end)
        }
        None => (0, horizon),
    };
    let inside = |month: i64| month.clamp(0, last as i64) as usize;
    let end = line.to.map_or(last, |to| inside(zero + to + 1));
    let from = zero + line.from;
    // What recurs since before the start keeps its beat: the first time is the first that falls inside.
    let start = match line.every {
        Some(every) if from < 0 && line.service.is_none() => inside(from.rem_euclid(every)),
        _ => inside(from),
    };
    Some(start..end.max(start))
}

/// The months in which a benefit line is at full effect: an amount a year or a month while it is paid, one stated by
/// year from the year in which most falls a month until it ends, one that falls once or now and then from the first
/// time on. `None` if there is none.
pub fn full_effect<N: Number>(plan: &Plan<N>, line: &Line<N>, sheet: &Timesheet<N>) -> Option<Range<usize>> {
    let months = months(plan, line, sheet).filter(|months| !months.is_empty())?;
    match &line.amount {
        Amount::Once(_) => Some(months.start..plan.horizon.months()),
        Amount::Monthly(_) => Some(months),
        Amount::ByYear(amounts) => {
            let mut full: Option<(N, Range<usize>)> = None;
            for year in plan.horizon.by_year(months) {
                let Some(amount) = amounts[plan.year_of[year.start]] else { continue };
                let a_month = amount.at_least(-amount) / N::from_count(year.len() as i64);
                full = match full {
                    Some((most, from)) if a_month <= most => Some((most, from.start..year.end)),
                    _ => Some((a_month, year)),
                };
            }
            full.map(|(_, months)| months)
        }
    }
}

/// Posts an amount over months of one year, and the VAT on it as its own posting.
fn post<N: Number, S: Sink<N>>(
    poster: &mut Poster<'_, N, S>,
    id: LineId,
    line: &Line<N>,
    months: Range<usize>,
    amount: N,
) {
    let t = poster.year(months.start);
    let (label, treatment, vat) = match line.flow {
        Flow::Cost { category, treatment, vat, .. } => {
            (Label::cost(Element::Line(id), Activity::Line, category, line.index), treatment, vat)
        }
        Flow::Benefit { kind, discount } => {
            let label = Label::cost(Element::Line(id), Activity::Benefit, CategoryId::BENEFIT, line.index);
            (Label { kind, discount, ..label }, Treatment::Neither, false)
        }
    };
    let cases = |kind: Kind, amount: N| match line.prices {
        LinePrices::Real(to_base) => poster.cases(kind, line.index, t, amount * to_base),
        LinePrices::Nominal => Cases {
            economic: if kind.is_economic() { amount * poster.plan.prices.deflate(t) } else { N::ZERO },
            financial: if kind.is_financial() { amount } else { N::ZERO },
        },
    };
    let net = cases(label.kind, amount);
    let tax = vat.then(|| cases(Kind::Vat, amount * poster.plan.vat));
    let cause = |vat: bool| Cause::Line { vat, first: months.start, months: months.len() };
    poster.sink.because(cause(false));
    poster.base(months.clone(), label, Split::Whole(treatment), amount);
    spread(poster, months.clone(), label, treatment, net);
    if let Some(tax) = tax {
        let label = Label { kind: Kind::Vat, ..label };
        poster.sink.because(cause(true));
        poster.base(months.clone(), label, Split::Whole(treatment), amount * poster.plan.vat);
        spread(poster, months, label, treatment, tax);
    }
}
