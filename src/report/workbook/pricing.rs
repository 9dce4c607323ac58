//! From a frozen base amount to the pounds of both cases: VAT, prices, uplifts, months, the capital share.

use std::ops::Range;

use rust_decimal::Decimal;

use super::assumptions::{Assumptions, a_month};
use super::prices::Prices;
use crate::id::LineId;
use crate::ledger::{Activity, Base, Element, Kind, Split, Treatment};
use crate::report::Case;
use crate::scenario::{Amount, Prices as Stated};
use crate::workbook::{Live, Place, Spot};

/// What a row makes of a base amount: its own kind or an uplift, in months of one year that have the same.
#[derive(Clone)]
pub(super) struct Part<'a> {
    pub(super) base: &'a Base<Decimal>,
    pub(super) kind: Kind,
    pub(super) months: Range<usize>,
}

impl Part<'_> {
    /// A month's part of an amount that is spread: an even one to the penny, and for the last month what is left.
    pub(super) fn of_month(&self, amount: Live) -> Live {
        let year = amount.penny();
        let months = self.base.months.len() as i64;
        if months == 1 {
            return year;
        }
        let each = (year.clone() / Live::count(months)).penny();
        let last = self.months.end == self.base.months.end;
        if last { (year - Live::count(months - 1) * each).penny() } else { each }
    }
}

/// What amounts are priced with.
#[derive(Clone, Copy)]
pub(super) struct Pricing<'a> {
    pub(super) case: &'a Case,
    pub(super) inputs: &'a Assumptions,
    pub(super) prices: &'a Prices<'a>,
}

impl Pricing<'_> {
    /// The frozen amount of a row. A division that never ends can leave the engine's exact decimals a hair below
    /// half a penny where floating point, and a spreadsheet's rounding, see the half: then the amount is moved by
    /// a part in a million million to the engine's side.
    pub(super) fn frozen(&self, part: &Part<'_>, place: Place, pounds: Place) -> Decimal {
        let value = part.base.amount;
        let spot = self.pounds(part.base, part.months.start, Spot { place, value });
        let pounds = Spot { place: pounds, value: spot.value() };
        let (half, near) = (Decimal::new(5, 1), Decimal::new(1, 9));
        let cases = self.cases(part, pounds).into_iter().flatten();
        let from_half = cases.map(|live| (live.value().abs() * Decimal::ONE_HUNDRED).fract() - half);
        let hair = Decimal::new(2, 12);
        let mut off = from_half.filter(|off| !off.is_zero() && off.abs() < near);
        match off.next() {
            Some(off) if off.is_sign_negative() => value - value * hair,
            Some(_) => value + value * hair,
            None => value,
        }
    }

    /// The base amount in pounds: what is frozen, times the figures that are not.
    pub(super) fn pounds(&self, base: &Base<Decimal>, month: usize, frozen: Spot) -> Live {
        let (case, inputs) = (self.case, self.inputs);
        let live = match base.element {
            Element::Benefit(id) => {
                let value = case.scenario.benefits[id.place()].value;
                value.map_or_else(|| frozen.into(), |id| a_month(case, id, inputs.of(id)) * frozen)
            }
            Element::Line(id) => {
                self.stated_amount(id, month).map_or_else(|| frozen.into(), |value| value * frozen)
            }
            _ => frozen.into(),
        };
        if base.kind != Kind::Vat {
            return live;
        }
        let line = if let Element::Line(id) = base.element { Some(id) } else { None };
        live * inputs.of(case.scenario.policy.vat) * inputs.borne(line)
    }

    /// The figure that a line states for a month's year.
    fn stated_amount(&self, id: LineId, month: usize) -> Option<Live> {
        let (case, inputs) = (self.case, self.inputs);
        match &case.scenario.lines[id.place()].amount {
            Amount::Once(id) => Some(inputs.of(*id).into()),
            Amount::Rate(id) => Some(a_month(case, *id, inputs.of(*id))),
            Amount::ByYear(years) => {
                let year = case.plan.horizon.year(case.plan.year_of[month]);
                let stated = years.iter().rev().find(|(stated, _)| *stated == year);
                stated.map(|&(_, id)| inputs.of(id).into())
            }
        }
    }

    /// Real and cash, not yet rounded; nothing where a case leaves the amount out.
    pub(super) fn cases(&self, part: &Part<'_>, pounds: Spot) -> [Option<Live>; 2] {
        let (Part { base, months, .. }, kind, prices) = (part, part.kind, self.prices);
        let t = self.case.plan.year_of[months.start];
        let stated = stated(self.case, base.element);
        let nominal = stated == Some(Stated::Nominal);
        let other_year = match stated {
            Some(Stated::Year(year)) => prices.to_base(base.index, year),
            _ => None,
        };
        let by = |live: Live, factor: Option<Spot>| match factor {
            Some(factor) => live * factor,
            None => live,
        };
        let at_base = || by(pounds.into(), other_year);
        let real = (kind.is_economic() && base.kind.is_economic()).then(|| {
            let real = if nominal {
                Live::from(pounds) * prices.deflate(t)
            } else {
                by(at_base(), prices.relative(base.index, t))
            };
            let bias =
                if kind == Kind::OptimismBias { prices.bias(base.activity, base.category) } else { None };
            by(real, bias)
        });
        let cash = (kind.is_financial() && base.kind.is_financial()).then(|| {
            let cash = if nominal { Live::from(pounds) } else { at_base() * prices.nominal(base.index, t) };
            let contingent = kind == Kind::Contingency;
            by(cash, if contingent { prices.contingency(base.activity, base.category) } else { None })
        });
        [real, cash]
    }

    /// How much of an amount is capital; nothing where none ever is.
    pub(super) fn capital(&self, base: &Base<Decimal>, whole: Spot) -> Option<Live> {
        match base.split {
            Split::Whole(Treatment::Capital) => Some(whole.into()),
            Split::Share(share) if !share.is_zero() => {
                Some((Live::from(whole) * self.capital_share(base)?).penny())
            }
            Split::Whole(_) | Split::Share(_) => None,
        }
    }

    /// The share of team time that is capital: that of the activity, of what the team can attribute.
    fn capital_share(&self, base: &Base<Decimal>) -> Option<Live> {
        let (scenario, inputs) = (&self.case.scenario, self.inputs);
        let Element::Work(stream, _) = base.element else { return None };
        let shares = scenario.policy.capital_shares;
        let id = match base.activity {
            Activity::Discovery => shares.discovery,
            Activity::Alpha => shares.alpha,
            Activity::Beta => shares.beta,
            Activity::Improvement => shares.improvement,
            Activity::Renewal => shares.renewal,
            _ => return None,
        };
        let team = scenario.options[base.option.place()].streams[stream.place()].mechanisms.team;
        Some(Live::from(inputs.of(id)) * inputs.of(scenario.teams[team.place()].attributable))
    }
}

/// The prices that a line is stated in.
pub(super) fn stated(case: &Case, element: Element) -> Option<Stated> {
    if let Element::Line(id) = element { Some(case.scenario.lines[id.place()].prices) } else { None }
}
