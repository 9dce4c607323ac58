//! Services once they are given to users: run cost, retirement, what they replace, and benefits.

use std::ops::Range;

use super::{Label, Poster};
use crate::delivery::{Life, Timesheet};
use crate::id::{BenefitId, CategoryId, IndexId, ServiceId};
use crate::ledger::{Activity, Cause, Element, Sink, Treatment};
use crate::number::Number;
use crate::plan::Benefit;

/// Run cost from first release, raised by neglect, until the service ends; its retirement in the last month.
pub(super) fn run<N: Number, S: Sink<N>>(poster: &mut Poster<'_, N, S>, sheet: &Timesheet<N>, id: ServiceId) {
    let (service, life) = (&poster.plan.services[id.place()], &sheet.lives[id.place()]);
    let Some(first) = life.first_release else { return };
    let element = Element::Service(id);
    let label = Label::cost(element, Activity::Run, CategoryId::RUN, service.index);
    poster.sink.because(Cause::Monthly);
    poster.post_months(first..service.end, label, |months| {
        let count = N::from_count(months.len() as i64);
        let neglect = life.months[months].iter().fold(N::ZERO, |sum, state| sum + state.neglect);
        service.run * (count + service.neglect_run_cost * neglect)
    });
    if let Some(cost) = service.retire.filter(|_| first < service.end) {
        let label = Label::cost(element, Activity::Retirement, CategoryId::RETIREMENT, IndexId::GENERAL);
        poster.sink.because(Cause::Once);
        poster.post(service.end - 1, label, Treatment::Revenue, cost);
    }
}

/// What a service replaces runs on until go-live and the overlap, growing by year index, and then costs its
/// exit; to the horizon's end if the service never goes live.
pub(super) fn legacy<N: Number, S: Sink<N>>(
    poster: &mut Poster<'_, N, S>,
    sheet: &Timesheet<N>,
    id: ServiceId,
) {
    let plan = poster.plan;
    let months = plan.horizon.months();
    let Some(legacy) = plan.services[id.place()].legacy else { return };
    let label = Label::cost(Element::Legacy(id), Activity::Legacy, CategoryId::LEGACY, IndexId::GENERAL);
    let exit = sheet.lives[id.place()].live.map(|live| live + legacy.overlap as usize);
    let mut amount = legacy.run;
    let mut t = 0;
    poster.sink.because(Cause::Monthly);
    poster.post_months(0..exit.unwrap_or(months).min(months), label, |months| {
        if plan.year_of[months.start] > t {
            t = plan.year_of[months.start];
            amount = amount * (N::ONE + legacy.growth);
        }
        amount * N::from_count(months.len() as i64)
    });
    if let Some(month) = exit.filter(|&month| month < months) {
        poster.sink.because(Cause::Once);
        poster.post(month, label, Treatment::Revenue, legacy.exit);
    }
}

/// A benefit of a released service.
pub(super) fn benefit<N: Number, S: Sink<N>>(
    poster: &mut Poster<'_, N, S>,
    sheet: &Timesheet<N>,
    id: BenefitId,
) {
    let benefit = &poster.plan.benefits[id.place()];
    let (Some(value), life) = (benefit.value, &sheet.lives[benefit.service.place()]) else { return };
    let Some(first) = first_effect(benefit, life) else { return };
    let label = Label {
        kind: benefit.kind,
        discount: benefit.discount,
        ..Label::cost(Element::Benefit(id), Activity::Benefit, CategoryId::BENEFIT, benefit.index)
    };
    let service = &poster.plan.services[benefit.service.place()];
    poster.sink.because(Cause::Monthly);
    poster.post_months(first..service.end, label, |months| {
        let since = months.start - first;
        let states = life.months[months].iter().enumerate();
        let effect = states.fold(N::ZERO, |sum, (j, state)| {
            let health = (N::ONE - service.neglect_benefits * state.neglect).at_least(N::ZERO);
            sum + state.released * ramp(benefit, since + j) * health * (N::ONE + state.improvement)
        });
        value * effect
    });
}

/// The first month of a benefit's effect.
pub fn first_effect<N>(benefit: &Benefit<N>, life: &Life<N>) -> Option<usize> {
    life.first_release.map(|month| month + benefit.lag.max(0) as usize)
}

/// Share of full effect `j` months after the first: min(1, (j + 1) / ramp).
fn ramp<N: Number>(benefit: &Benefit<N>, j: usize) -> N {
    if benefit.ramp <= N::ONE {
        return N::ONE;
    }
    (N::from_count(j as i64 + 1) / benefit.ramp).at_most(N::ONE)
}

/// The months in which a service's benefit is at full effect, neglect and improvement apart: the service is live,
/// the ramp is over, and it has not ended. `None` if there is none.
pub fn full_effect<N: Number>(benefit: &Benefit<N>, life: &Life<N>, end: usize) -> Option<Range<usize>> {
    let (first, live) = (first_effect(benefit, life)?, life.live?);
    let full = (first.max(live)..end).find(|&month| ramp(benefit, month - first) >= N::ONE)?;
    Some(full..end)
}
