//! Scenario and values to plan.

use std::cell::RefCell;

use rust_decimal::Decimal;

use super::{
    Amount, Approval, Benefit, CapitalShares, CostPart, Flow, Forming, Fund, Handover, Legacy, Line,
    LinePrices, Plan, Post, PriceTable, ProgrammeOption, Renewal, Review, Service, Shares, Stall, StandDown,
    StandDownWhen, Start, Stream, Upkeep, Uplifts,
};
use super::{people, prices};
use crate::calendar::{FinancialYear, Horizon};
use crate::id::{IndexId, InputId, LineId, OptionId, PostId};
use crate::ledger::{Discount, Kind};
use crate::number::Number;
use crate::scenario::{self, ApproachKind, Scenario, Unit, UpliftOf, When};

/// A value for every input.
pub(super) struct Values<'a, N> {
    scenario: &'a Scenario,
    #[allow(clippy::struct_field_names, reason = "they are what it holds")]
    values: &'a [N],
    /// Where it is noted which inputs are asked for, if somebody wants to know.
    notes: Option<&'a RefCell<Vec<InputId>>>,
    /// A list that serves for one step of work and keeps its memory.
    pub(super) scratch: &'a RefCell<Vec<CostPart<N>>>,
}

impl<'a, N: Number> Values<'a, N> {
    /// The values of a scenario's inputs.
    pub(super) fn new(
        scenario: &'a Scenario,
        values: &'a [N],
        notes: Option<&'a RefCell<Vec<InputId>>>,
        scratch: &'a RefCell<Vec<CostPart<N>>>,
    ) -> Self {
        assert_eq!(values.len(), scenario.inputs.len(), "a value for every input");
        Self { scenario, values, notes, scratch }
    }

    /// As it is written, in its unit.
    pub(super) fn of(&self, id: InputId) -> N {
        if let Some(notes) = self.notes {
            notes.borrow_mut().push(id);
        }
        self.values[id.place()]
    }

    /// Whole months.
    fn months(&self, id: InputId) -> i64 {
        self.of(id).to_whole()
    }

    /// Whole months, at least one: a cycle that can't stand still.
    fn cycle(&self, id: InputId) -> i64 {
        self.months(id).max(1)
    }

    /// Pounds (or team-months) a year, whether it is stated a year or a month.
    pub(super) fn a_year(&self, id: InputId) -> N {
        match self.scenario.inputs[id.place()].unit {
            Unit::PoundsAMonth => self.of(id) * N::from_count(12),
            _ => self.of(id),
        }
    }

    /// Pounds (or team-months) a month, whether it is stated a year or a month.
    fn a_month(&self, id: InputId) -> N {
        match self.scenario.inputs[id.place()].unit {
            Unit::PoundsAYear | Unit::TeamMonthsAYear => self.of(id) / N::from_count(12),
            _ => self.of(id),
        }
    }
}

impl Scenario {
    /// The plan of the reported run: central values, exact decimals.
    pub fn central_plan(&self) -> Plan<Decimal> {
        self.realise(&self.central())
    }

    /// The plan under a value for every input, in the order of [`Scenario::inputs`].
    pub fn realise<N: Number>(&self, values: &[N]) -> Plan<N> {
        let scratch = RefCell::default();
        let values = Values::new(self, values, None, &scratch);
        let horizon = self.programme.horizon;
        Plan {
            horizon,
            year_of: (0..horizon.months()).map(|m| horizon.year_of(m)).collect(),
            prices: prices(&values),
            discount: discount(&values, None),
            vat: values.of(self.policy.vat),
            pdc_dividend: values.of(self.policy.pdc_dividend),
            optimism_bias: uplifts(&self.optimism_bias, &values, None),
            contingency: uplifts(&self.contingency, &values, None),
            residual: self.programme.residual == scenario::Residual::StraightLine,
            annuity: self.programme.annuity,
            public: self.organisations.iter().map(|organisation| organisation.public).collect(),
            funds: self.funds.iter().map(|f| fund(f, &values, None)).collect(),
            pay: self
                .indices
                .iter()
                .position(|index| index.name == scenario::PAY)
                .map_or(IndexId::GENERAL, IndexId::new),
            capital_shares: capital_shares(&values),
            services: self.services.iter().map(|s| service(s, &values, None)).collect(),
            benefits: self.benefits.iter().map(|b| benefit(b, &values)).collect(),
            lines: self.lines.iter().map(|l| line(l, &values, None)).collect(),
            posts: self.posts.iter().map(|p| post(p, &values, None)).collect(),
            options: (0..self.options.len()).map(|o| option(OptionId::new(o), &values)).collect(),
            baseline: self.programme.baseline,
        }
    }
}

/// A list in the memory of an old one, if there is one.
pub(super) fn refilled<T>(old: Option<&mut Vec<T>>, items: impl Iterator<Item = T>) -> Vec<T> {
    let mut list = old.map(std::mem::take).unwrap_or_default();
    list.clear();
    list.extend(items);
    list
}

/// Price levels.
fn prices<N: Number>(values: &Values<'_, N>) -> PriceTable<N> {
    let programme = &values.scenario.programme;
    let of = |id| values.of(id);
    PriceTable::new(&values.scenario.indices, programme.horizon, programme.prices, of)
}

/// Price levels of one index.
pub(super) fn index<N: Number>(index: IndexId, values: &Values<'_, N>, prices: &mut PriceTable<N>) {
    let programme = &values.scenario.programme;
    prices.renew(&values.scenario.indices, index, programme.horizon, programme.prices, |id| values.of(id));
}

/// Discount factors: standard, and for health effects.
pub(super) fn discount<N: Number>(values: &Values<'_, N>, mut old: Option<&mut [Vec<N>; 2]>) -> [Vec<N>; 2] {
    let (programme, policy) = (&values.scenario.programme, &values.scenario.policy);
    let half_year: Option<&dyn Fn(N) -> N> = if programme.mid_year { Some(&root) } else { None };
    let mut factors = |bands, place: usize| {
        let old = old.as_deref_mut().map(|old| &mut old[place]);
        prices::discount_factors(bands, programme.horizon.years() + 1, half_year, |id| values.of(id), old)
    };
    [factors(&policy.discount, 0), factors(&policy.health_discount, 1)]
}

pub(super) fn capital_shares<N: Number>(values: &Values<'_, N>) -> CapitalShares<N> {
    let shares = values.scenario.policy.capital_shares;
    CapitalShares {
        discovery: values.of(shares.discovery),
        alpha: values.of(shares.alpha),
        beta: values.of(shares.beta),
        improvement: values.of(shares.improvement),
        renewal: values.of(shares.renewal),
    }
}

/// The square root of a discount growth factor (a little above 1), by Newton's method: six steps from 1 give
/// every digit that either kind of number has, with no call on a platform's own mathematics.
fn root<N: Number>(value: N) -> N {
    (0..6).fold(N::ONE, |guess, _| (guess + value / guess) / N::from_count(2))
}

pub(super) fn uplifts<N: Number>(
    uplifts: &[scenario::Uplift],
    values: &Values<'_, N>,
    old: Option<&mut Uplifts<N>>,
) -> Uplifts<N> {
    let mut by = old.map(std::mem::take).unwrap_or_default();
    by.activities.clear();
    by.categories.clear();
    for uplift in uplifts {
        let share = values.of(uplift.rate) * (N::ONE - values.of(uplift.mitigation));
        match uplift.of {
            UpliftOf::Activity(activity) => by.activities.push((activity, share)),
            UpliftOf::Category(category) => by.categories.push((category, share)),
        }
    }
    by
}

fn shares<N: Number>(
    shares: &scenario::Shares,
    values: &Values<'_, N>,
    old: Option<&mut Shares<N>>,
) -> Shares<N> {
    refilled(old, shares.iter().map(|&(organisation, share)| (organisation, values.of(share))))
}

/// The year index of a year that has been checked to lie inside the horizon.
fn year_index(horizon: Horizon, year: FinancialYear) -> usize {
    usize::try_from(year.since(horizon.first_year())).expect("checked: inside the horizon")
}

pub(super) fn fund<N: Number>(
    fund: &scenario::Fund,
    values: &Values<'_, N>,
    mut old: Option<&mut Fund<N>>,
) -> Fund<N> {
    let horizon = values.scenario.programme.horizon;
    let years = (0..horizon.years()).map(|_| N::ZERO);
    let mut by_year = refilled(old.as_deref_mut().map(|old| &mut old.by_year), years);
    for &(year, amount) in &fund.by_year {
        by_year[year_index(horizon, year)] += values.of(amount).as_posted();
    }
    Fund {
        kind: fund.kind,
        by_year,
        targets: refilled(old.as_deref_mut().map(|old| &mut old.targets), fund.targets.iter().copied()),
        options: refilled(old.map(|old| &mut old.options), fund.options.iter().copied()),
        carry_forward: fund.carry_forward,
        organisation: fund.organisation,
    }
}

pub(super) fn service<N: Number>(
    service: &scenario::Service,
    values: &Values<'_, N>,
    mut old: Option<&mut Service<N>>,
) -> Service<N> {
    let horizon = values.scenario.programme.horizon;
    let legacy = service.legacy.map(|legacy| Legacy {
        run: values.a_month(legacy.run),
        growth: values.of(legacy.growth),
        overlap: values.months(legacy.overlap),
        exit: values.of(legacy.exit),
    });
    Service {
        effort: service.effort.map(|id| values.of(id)),
        run: values.a_month(service.run),
        index: service.index,
        upkeep: values.a_month(service.upkeep),
        neglect_run_cost: values.of(service.neglect_run_cost),
        neglect_benefits: values.of(service.neglect_benefits),
        improve_gain: values.of(service.improve_gain),
        improve_limit: values.of(service.improve_limit),
        life: values.cycle(service.life),
        capitalise: service.capitalise,
        legacy,
        end: horizon.offset(service.to).map_or(horizon.months(), |m| m + 1),
        // A service that outlives the horizon is not decommissioned in it.
        retire: service.retire.filter(|_| service.to <= horizon.last()).map(|id| values.of(id)),
        benefits: refilled(old.as_deref_mut().map(|old| &mut old.benefits), service.benefits.iter().copied()),
        shares: shares(&service.shares, values, old.map(|old| &mut old.shares)),
    }
}

fn schedule(health: bool) -> Discount {
    if health { Discount::Health } else { Discount::Standard }
}

pub(super) fn benefit<N: Number>(benefit: &scenario::Benefit, values: &Values<'_, N>) -> Benefit<N> {
    Benefit {
        service: benefit.service,
        value: benefit.value.map(|id| values.a_month(id)),
        kind: benefit.kind.unwrap_or(Kind::Societal),
        discount: schedule(benefit.health),
        ramp: values.of(benefit.ramp),
        lag: values.months(benefit.lag),
        index: benefit.index,
    }
}

pub(super) fn line<N: Number>(
    line: &scenario::Line,
    values: &Values<'_, N>,
    mut old: Option<&mut Line<N>>,
) -> Line<N> {
    let programme = &values.scenario.programme;
    let horizon = programme.horizon;
    let when = |when: When| match when {
        When::Month(month) => i64::from(month.since(horizon.start())),
        When::FromLive(id) => values.months(id),
    };
    let amount = match &line.amount {
        scenario::Amount::Once(id) => Amount::Once(values.of(*id)),
        scenario::Amount::Rate(id) => Amount::Monthly(values.a_month(*id)),
        scenario::Amount::ByYear(years) => {
            let memory = old.as_deref_mut().and_then(|old| match &mut old.amount {
                Amount::ByYear(years) => Some(years),
                Amount::Once(_) | Amount::Monthly(_) => None,
            });
            let mut by_year = refilled(memory, (0..horizon.years()).map(|_| None));
            for &(year, id) in years {
                let t =
                    usize::try_from(year.since(horizon.first_year())).expect("checked: inside the horizon");
                by_year[t] = Some(values.of(id));
            }
            Amount::ByYear(by_year)
        }
    };
    let prices = match line.prices {
        scenario::Prices::Nominal => LinePrices::Nominal,
        scenario::Prices::Year(year) => {
            let growth = &values.scenario.indices[line.index.place()].growth;
            LinePrices::Real(N::ONE / prices::level(growth, programme.prices, year, &|id| values.of(id)))
        }
    };
    let flow = match line.flow {
        scenario::Flow::Cost { category, treatment, vat, life } => Flow::Cost {
            category,
            treatment,
            vat: vat == scenario::Vat::Irrecoverable,
            life: values.cycle(life),
        },
        scenario::Flow::Benefit { kind, health } => Flow::Benefit { kind, discount: schedule(health) },
    };
    Line {
        flow,
        amount,
        from: when(line.from),
        to: line.to.map(when),
        every: line.every.map(|id| values.cycle(id)),
        index: line.index,
        prices,
        service: line.service,
        shares: shares(&line.shares, values, old.map(|old| &mut old.shares)),
        written_off: line.written_off.and_then(|month| horizon.offset(month)),
        refund_of: line.refund_of,
    }
}

pub(super) fn post<N: Number>(
    post: &scenario::Post,
    values: &Values<'_, N>,
    mut old: Option<&mut Post<N>>,
) -> Post<N> {
    let horizon = values.scenario.programme.horizon;
    let cost = refilled(old.as_deref_mut().map(|old| &mut old.cost), std::iter::empty());
    let cost = people::post(values.scenario, post, values, cost);
    let shares = shares(&post.shares, values, old.map(|old| &mut old.shares));
    Post { cost, months: horizon.months_between(post.from, post.to), shares }
}

fn option<N: Number>(id: OptionId, values: &Values<'_, N>) -> ProgrammeOption<N> {
    let scenario = values.scenario;
    let option = &scenario.options[id.place()];
    let delivers = |service| option.streams.iter().any(|stream| stream.services.contains(&service));
    let bears = |line: &scenario::Line| line.options.contains(&id) && line.service.is_none_or(delivers);
    let places =
        |count: usize, keep: &dyn Fn(usize) -> bool| (0..count).filter(|&i| keep(i)).collect::<Vec<_>>();
    ProgrammeOption {
        id,
        streams: option.streams.iter().map(|s| stream(s, values, None)).collect(),
        lines: places(scenario.lines.len(), &|i| bears(&scenario.lines[i]))
            .into_iter()
            .map(LineId::new)
            .collect(),
        posts: places(scenario.posts.len(), &|i| scenario.posts[i].options.contains(&id))
            .into_iter()
            .map(PostId::new)
            .collect(),
    }
}

pub(super) fn stream<N: Number>(
    stream: &scenario::Stream,
    values: &Values<'_, N>,
    mut old: Option<&mut Stream<N>>,
) -> Stream<N> {
    let scenario = values.scenario;
    let horizon = scenario.programme.horizon;
    let m = &stream.mechanisms;
    let persistent = m.kind == ApproachKind::Persistent;
    let mut parts = |of: fn(&mut Stream<N>) -> Option<&mut Vec<CostPart<N>>>| {
        refilled(old.as_deref_mut().and_then(of), std::iter::empty())
    };
    let own = parts(|old| Some(&mut old.team.cost));
    let others = parts(|old| old.upkeep.as_mut().map(|upkeep| &mut upkeep.team.cost));
    let full = people::team(scenario, m.team, values, own);
    let (team, vacant) = people::with_vacancies(scenario, full, m.vacancies.as_ref(), values);
    Stream {
        services: refilled(old.as_deref_mut().map(|old| &mut old.services), stream.services.iter().copied()),
        start: match stream.start {
            scenario::Start::Month(month) => Start::Month(i64::from(month.since(horizon.start()))),
            scenario::Start::After { of, event, plus } => {
                Start::After { of, event, plus: values.months(plus) }
            }
        },
        teams: values.of(stream.teams),
        shares: shares(&stream.shares, values, old.map(|old| &mut old.shares)),
        kind: m.kind,
        approval: Approval { lead: values.months(m.approval.lead).max(0), cost: values.of(m.approval.cost) },
        review: m.review.map(|r| Review { every: values.cycle(r.every), cost: values.of(r.cost) }),
        team,
        vacant,
        forming: Forming {
            time: values.of(m.forming.time),
            from: values.of(m.forming.from),
            settled_after: values.of(m.settled.after),
            settled_gain: values.of(m.settled.gain),
        },
        coordination: values.of(m.coordination),
        utilisation: values.of(m.utilisation),
        overrun: values.of(m.overrun),
        pattern: m.release.pattern,
        first_release: values.of(m.release.first),
        handover: Handover {
            overlap: values.months(m.handover.overlap).max(0),
            loss: values.of(m.handover.loss),
            recovery: values.of(m.handover.recovery),
        },
        upkeep: m.upkeep.filter(|_| !persistent).map(|u| Upkeep {
            coverage: values.of(u.coverage),
            team: people::team(scenario, u.team, values, others),
        }),
        renewal: m
            .renewal
            .filter(|_| !persistent)
            .map(|r| Renewal { every: values.cycle(r.every), effort: values.of(r.effort) }),
        stall: m.stall.filter(|s| values.months(s.happens) > 0).map(|s| Stall {
            after: values.of(s.after),
            pause: values.months(s.pause).max(0),
            standing: values.of(s.standing),
            lost: values.of(s.lost),
        }),
        stand_down: m.stand_down.filter(|_| persistent).map(|s| StandDown {
            when: match s.when {
                scenario::StandDownWhen::Done { notice } => StandDownWhen::Done(values.months(notice).max(0)),
                scenario::StandDownWhen::Month(month) => {
                    StandDownWhen::Month(i64::from(month.since(horizon.start())))
                }
            },
            cost: values.of(s.cost),
            to: s.to,
        }),
    }
}
