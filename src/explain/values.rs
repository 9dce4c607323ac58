//! What the run says that a figure is, its unit and its label: the other road to what the formulas come to.

use rust_decimal::Decimal;

use super::figure::{Figure, Flow, Period, Side, Slice};
use super::formula::{Unit, Value};
use super::world::World;
use super::{flows, names};
use crate::id::{OptionId, ServiceId};
use crate::ledger::Discount;

impl World<'_> {
    /// What the run, not the formula, says that a figure is; nothing where only the formula says it.
    pub(super) fn value(&self, figure: Figure) -> Option<Value> {
        let life = |option: OptionId, service: ServiceId, month: usize| {
            &self.sheet(option).lives[service.place()].months[month]
        };
        let number = match figure {
            Figure::Measure(measure, option) => return Some(self.measure_value(measure, option)),
            Figure::Event(event, option) => return Some(self.event_value(event, option)),
            Figure::Flow(flow, slice) => self.reported(flow, &slice)?,
            Figure::Cumulative(option, t) => self.run.appraisal.options[option.place()].cumulative_cost[t],
            Figure::Asset(flow, option, place, t) => self.asset_value(flow, option, place, t),
            Figure::Fund(line, option, owner, t) => self.fund_line(line, option, owner, t),
            Figure::Payment(option, place) => self.payment_value(option, place),
            Figure::Need(option, place) => self.need_value(option, place),
            Figure::Posting(side, option, place) => flows::amount(self.posting(option, place), side),
            Figure::DiscountFactor(schedule, t, false) => self.plan.discount_factor(schedule, t),
            Figure::Level(index, t) => self.plan.prices.nominal(index, t),
            Figure::Relative(index, t) => self.plan.prices.relative(index, t),
            Figure::Deflate(t) => self.plan.prices.deflate(t),
            Figure::StreamCost(option, stream, upkeep, place) => {
                self.stream_team(option, stream, upkeep).cost[place].amount
            }
            Figure::PostCost(post, place) => self.plan.posts[post.place()].cost[place].amount,
            Figure::Time(option, place) => self.entry(option, place).time,
            Figure::Work(option, place) => self.entry(option, place).work,
            Figure::Released(option, service, month) => life(option, service, month).released,
            Figure::Neglect(option, service, month) => life(option, service, month).neglect,
            Figure::Improvement(option, service, month) => life(option, service, month).improvement,
            Figure::Gain(..)
            | Figure::DiscountFactor(..)
            | Figure::RoleCost(..)
            | Figure::TeamCost(..)
            | Figure::Capacity(..)
            | Figure::Effort(..)
            | Figure::Coverage(..)
            | Figure::LegacyRun(..) => return None,
        };
        Some(Value::Number(number))
    }

    pub(super) fn unit(figure: Figure) -> Unit {
        match figure {
            Figure::Measure(measure, _) => Self::measure_unit(measure),
            Figure::Flow(..)
            | Figure::Cumulative(..)
            | Figure::Gain(..)
            | Figure::Asset(..)
            | Figure::Fund(..)
            | Figure::Payment(..)
            | Figure::Need(..)
            | Figure::Posting(..) => Unit::Pounds,
            Figure::Event(..) => Unit::Month,
            Figure::RoleCost(..)
            | Figure::TeamCost(..)
            | Figure::StreamCost(..)
            | Figure::PostCost(..)
            | Figure::LegacyRun(..) => Unit::PoundsAMonth,
            Figure::Capacity(..) | Figure::Work(..) | Figure::Effort(..) => Unit::TeamMonths,
            Figure::Time(..) | Figure::Released(..) | Figure::Coverage(..) | Figure::Improvement(..) => {
                Unit::Rate
            }
            Figure::DiscountFactor(..)
            | Figure::Level(..)
            | Figure::Relative(..)
            | Figure::Deflate(..)
            | Figure::Neglect(..) => Unit::Number,
        }
    }

    /// What the run's own statements say of a flow; they know years, not elements or months.
    fn reported(&self, flow: Flow, slice: &Slice) -> Option<Decimal> {
        let years = match slice.period {
            Period::Year(t) => t..t + 1,
            Period::All if !flow.is_balance() => 0..self.plan.horizon.years(),
            Period::All | Period::Month(_) => return None,
        };
        if slice.element.is_some() || slice.schedule.is_some() {
            return None;
        }
        years.map(|t| self.reported_in(flow, slice, t)).sum()
    }

    fn reported_in(&self, flow: Flow, slice: &Slice, t: usize) -> Option<Decimal> {
        let (option, whose) = (slice.option, slice.organisation);
        let accounts = &self.run.accounts[option.place()];
        let (result, balance) = (accounts.result(whose, t), accounts.balance(whose, t));
        let funding = &self.run.funding[option.place()];
        let need = funding.need(whose, t);
        let year = whose.is_none().then(|| self.run.appraisal.options[option.place()].by_year[t]);
        Some(match flow {
            Flow::Cash => year?.cash(),
            Flow::Capital => year.map_or(result.capital, |year| year.capital),
            Flow::Revenue => year.map_or(result.pay + result.non_pay, |year| year.revenue),
            Flow::Cost => year?.cost,
            Flow::Benefits => year?.benefits,
            Flow::CashReleased => year.map_or(result.cash_released, |year| year.cash_released),
            Flow::Gap => need.gap()[0] + need.gap()[1],
            Flow::GapCapital => need.gap()[0],
            Flow::GapRevenue => need.gap()[1],
            Flow::Paid => need.paid[0] + need.paid[1],
            Flow::PaidCapital => need.paid[0],
            Flow::PaidRevenue => need.paid[1],
            Flow::Lapsed => funding.funds.iter().map(|fund| fund.years[t].lapsed).sum(),
            Flow::Pay => result.pay,
            Flow::NonPay => result.non_pay,
            Flow::Amortisation => result.amortisation,
            Flow::Impairment => result.impairment,
            Flow::PdcDividend => result.pdc_dividend,
            Flow::Expenditure => result.cost(),
            Flow::NetEffect => result.net(),
            Flow::Cdel => result.limits().capital,
            Flow::Rdel => result.limits().resource,
            Flow::RdelRingFenced => result.limits().ring_fenced,
            Flow::RdelWriteOffs => result.limits().impairment,
            Flow::OpeningValue => balance.opening,
            Flow::Additions => balance.additions,
            Flow::ClosingValue => balance.closing,
            Flow::Construction => balance.construction,
            _ => return None,
        })
    }

    /// What a figure is, for people.
    pub(super) fn label(&self, figure: Figure) -> String {
        let option = |id: OptionId| self.scenario.options[id.place()].name.as_str();
        let month = |m: usize| self.month(m).in_words();
        let service = |id: ServiceId| self.scenario.services[id.place()].name.as_str();
        match figure {
            Figure::Measure(measure, o) => format!("{}, {}", measure.label(), option(o)),
            Figure::Flow(flow, slice) => {
                format!("{}, {}", self.flow_label(flow, &slice), option(slice.option))
            }
            Figure::Cumulative(o, t) => format!("Net present cost up to {}, {}", self.year(t), option(o)),
            Figure::Gain(false, o, m) => format!("Net gain of {}, {}", month(m), option(o)),
            Figure::Gain(true, o, m) => format!("Discounted net gain of {}, {}", month(m), option(o)),
            Figure::Asset(flow, o, place, t) => {
                format!("{}, {}, {}, {}", flow.label(), self.asset_name(o, place), self.year(t), option(o))
            }
            Figure::Fund(line, o, owner, t) => {
                format!("{}, {}", self.fund_label(line, o, owner, t), option(o))
            }
            Figure::Payment(o, place) => format!("{}, {}", self.payment_label(o, place), option(o)),
            Figure::Need(o, place) => format!("{}, {}", self.need_label(o, place), option(o)),
            Figure::Posting(side, o, place) => {
                let side = if side == Side::Real { "real" } else { "cash" };
                let element = names::element(self.scenario, o, self.posting(o, place).element);
                format!("{element}, {}, {side}, {}", self.posting_label(o, place), option(o))
            }
            Figure::Event(event, o) => format!("{}, {}", self.event_label(event, o), option(o)),
            Figure::DiscountFactor(schedule, t, end) => {
                let health = if schedule == Discount::Health { " for health effects" } else { "" };
                let end = if end { " at the end of the year" } else { "" };
                format!("Discount factor{health}{end}, {}", self.year(t))
            }
            Figure::Level(index, t) => {
                format!("Price level `{}`, {}", self.scenario.indices[index.place()].name, self.year(t))
            }
            Figure::Relative(index, t) => {
                let name = &self.scenario.indices[index.place()].name;
                format!("Price level `{name}` over the deflator, {}", self.year(t))
            }
            Figure::Deflate(t) => format!("One over the deflator, {}", self.year(t)),
            Figure::RoleCost(id, place) => self.role_cost(id, place).label,
            Figure::TeamCost(id, place) => self.team_label(id, place),
            Figure::StreamCost(o, id, upkeep, place) => {
                format!("{}, {}", self.stream_cost(o, id, upkeep, place).label, option(o))
            }
            Figure::PostCost(id, place) => self.post_cost(id, place).label,
            Figure::Capacity(o, place) => format!("{}, {}", self.capacity(o, place).label, option(o)),
            Figure::Time(o, place) => format!("{}, {}", self.time(o, place).label, option(o)),
            Figure::Work(o, place) => format!("{}, {}", self.work_done(o, place).label, option(o)),
            Figure::Effort(o, id) => format!("Effort of {}, overrun included, {}", service(id), option(o)),
            Figure::Released(o, id, m) => {
                format!("Share released of {}, {}, {}", service(id), month(m), option(o))
            }
            Figure::Neglect(o, id, m) => {
                format!("Years of unfunded upkeep of {}, {}, {}", service(id), month(m), option(o))
            }
            Figure::Coverage(o, id, m) => {
                format!("Upkeep done of {}, {}, {}", service(id), month(m), option(o))
            }
            Figure::Improvement(o, id, m) => {
                format!("Improvement of {}, {}, {}", service(id), month(m), option(o))
            }
            Figure::LegacyRun(id, t) => self.legacy_run(id, t).label,
        }
    }
}
