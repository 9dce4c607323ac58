//! People: the time of crews, what delivery occasions, and posts outside the teams.

use std::ops::Range;

use super::spread::spread;
use super::{Label, Poster};
use crate::delivery::{Charge, Crew, Entry, Timesheet};
use crate::id::{CategoryId, IndexId, PostId};
use crate::ledger::{Activity, Cause, Element, Sink, Split, Treatment};
use crate::number::Number;
use crate::plan::{ProgrammeOption, Stream, Team};

/// Team time: capital = cost x capital share of the activity x the team's attributable share, if the service
/// may be capitalised; the rest is revenue (MODEL section 8).
pub(super) fn work<N: Number, S: Sink<N>>(
    poster: &mut Poster<'_, N, S>,
    option: &ProgrammeOption<N>,
    sheet: &Timesheet<N>,
    places: Range<usize>,
) {
    // What a month of the last crew cost in its year: entries of a crew come one after the other.
    let mut rate = None;
    for place in places {
        let entry = &sheet.entries[place];
        let stream = &option.streams[entry.stream.place()];
        let team = crew(stream, entry.crew);
        let may_be_capital = entry.service.is_some_and(|s| poster.plan.services[s.place()].capitalise);
        let share = if may_be_capital {
            poster.plan.capital_shares.of(entry.activity) * team.attributable
        } else {
            N::ZERO
        };
        // Each part of the cost has a category and an index of its own.
        let label = Label::cost(element(entry), entry.activity, CategoryId::PAY, IndexId::GENERAL);
        if S::DETAILED {
            poster.post_time(place, entry, label, share, &team.cost);
            continue;
        }
        let t = poster.year(entry.month);
        let whose = (entry.stream, entry.crew, t);
        let a_month = match rate {
            Some((same, a_month)) if same == whose && !poster.has_uplifts() => a_month,
            _ => poster.month_of(t, label, &team.cost),
        };
        rate = Some((whose, a_month));
        poster.put_split(entry.month, label, share, a_month.times(entry.cost));
    }
}

/// The team that a crew is made of.
pub fn crew<N>(stream: &Stream<N>, crew: Crew) -> &Team<N> {
    match (crew, &stream.upkeep) {
        (Crew::Upkeep, Some(upkeep)) => &upkeep.team,
        _ => &stream.team,
    }
}

fn element<N>(entry: &Entry<N>) -> Element {
    entry.service.map_or(Element::Stream(entry.stream), |service| Element::Work(entry.stream, service))
}

/// Approval and reviews follow `general`, the cost of standing down follows `pay`; all are revenue.
pub(super) fn charges<N: Number, S: Sink<N>>(poster: &mut Poster<'_, N, S>, sheet: &Timesheet<N>) {
    for (place, &Charge { month, stream, service, activity, amount }) in sheet.charges.iter().enumerate() {
        poster.sink.because(Cause::Charge(place));
        let element = service.map_or(Element::Stream(stream), |service| Element::Work(stream, service));
        let (category, index) = match activity {
            Activity::StandDown => (CategoryId::EXIT, poster.plan.pay),
            Activity::Review => (CategoryId::REVIEW, IndexId::GENERAL),
            _ => (CategoryId::APPROVAL, IndexId::GENERAL),
        };
        poster.post(month, Label::cost(element, activity, category, index), Treatment::Revenue, amount);
    }
}

/// A post: a year's cost is spread over its months, so that it comes to the year's cost to the penny.
pub(super) fn post<N: Number, S: Sink<N>>(poster: &mut Poster<'_, N, S>, id: PostId) {
    let plan = poster.plan;
    let post = &plan.posts[id.place()];
    for (place, part) in post.cost.iter().enumerate() {
        let mut label = Label::cost(Element::Post(id), Activity::Post, part.category, part.index);
        label.kind = part.kind;
        for months in plan.horizon.by_year(post.months.clone()) {
            let cause = Cause::Post { part: place, first: months.start, months: months.len() };
            poster.sink.because(cause);
            let amount = part.amount * N::from_count(months.len() as i64);
            poster.base(months.clone(), label, Split::Whole(Treatment::Revenue), amount);
            let year = poster.cases(part.kind, part.index, poster.year(months.start), amount);
            spread(poster, months, label, Treatment::Revenue, year);
        }
    }
}
