//! Price levels and discount factors, from the growth and the rates of each year.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::figure::Figure;
use super::formula::{Formula, Operation, Term, Unit};
use super::world::{World, one, twelve};
use crate::id::IndexId;
use crate::ledger::Discount;
use crate::scenario::Uplift;

impl World<'_> {
    /// The year of an index, for people.
    pub(super) fn year(&self, t: usize) -> String {
        self.plan.horizon.year(t).to_string()
    }

    /// The part of a year that lies in the horizon, where that is not all of it.
    pub(super) fn part_of_year(&self, t: usize) -> Option<Term> {
        let months = self.plan.horizon.months_in(t);
        (months < 12).then(|| {
            let count = Term::constant(
                format!("{months} months of {}", self.year(t)),
                months as i64,
                Unit::Months,
                "the part of the year that lies in the horizon",
            );
            let terms = vec![count, twelve()];
            Term::made("part of the year", Unit::Number, Formula::new(Operation::Quotient, terms))
        })
    }

    /// What takes a base-year amount to cash; nothing in the base year.
    pub(super) fn level(&self, index: IndexId, t: usize) -> Option<Term> {
        let value = self.plan.prices.nominal(index, t);
        let label = format!("price level `{}`, {}", self.scenario.indices[index.place()].name, self.year(t));
        (value != Decimal::ONE).then(|| self.numbered(Figure::Level(index, t), label, value, Unit::Number))
    }

    /// What takes a base-year amount to real prices; nothing where only the deflator itself is at work.
    pub(super) fn relative(&self, index: IndexId, t: usize) -> Option<Term> {
        let value = self.plan.prices.relative(index, t);
        let name = &self.scenario.indices[index.place()].name;
        let label = format!("price level `{name}` over the deflator, {}", self.year(t));
        (value != Decimal::ONE).then(|| self.numbered(Figure::Relative(index, t), label, value, Unit::Number))
    }

    /// What takes cash of a year to real prices; nothing in the base year.
    pub(super) fn deflate(&self, t: usize) -> Option<Term> {
        let value = self.plan.prices.deflate(t);
        let label = format!("1 / deflator, {}", self.year(t));
        (value != Decimal::ONE).then(|| self.numbered(Figure::Deflate(t), label, value, Unit::Number))
    }

    /// The discount factor of a year.
    pub(super) fn factor(&self, schedule: Discount, t: usize) -> Term {
        let value = self.plan.discount_factor(schedule, t);
        let label = format!("discount factor, {}", self.year(t));
        self.numbered(Figure::DiscountFactor(schedule, t, false), label, value, Unit::Number)
    }

    pub(super) fn level_formula(&self, index: IndexId, t: usize) -> Formula {
        let (base, year) = (self.scenario.programme.prices, self.plan.horizon.year(t));
        let growth = &self.scenario.indices[index.place()].growth;
        let formula = match year.cmp(&base) {
            Ordering::Equal => {
                let base_year = Term::constant("1", Decimal::ONE, Unit::Number, "the price base year");
                Formula::new(Operation::Sum, vec![base_year])
            }
            Ordering::Greater => {
                let before = if t > 0 && year.plus(-1) >= base { self.level(index, t - 1) } else { None };
                let mut terms: Vec<Term> = before.into_iter().collect();
                let from = if terms.is_empty() { base } else { year.plus(-1) };
                let grown = growth.iter().filter(|&(&grown, _)| grown > from && grown <= year);
                terms.extend(grown.map(|(_, &id)| self.one_plus(id)));
                Formula::new(Operation::Product, terms)
            }
            Ordering::Less => {
                let grown = growth.iter().filter(|&(&grown, _)| grown > year && grown <= base);
                let product =
                    Formula::new(Operation::Product, grown.map(|(_, &id)| self.one_plus(id)).collect());
                let product = Term::made("growth to the base year", Unit::Number, product);
                Formula::new(Operation::Quotient, vec![one(), product])
            }
        };
        formula.told(
            "the level of the year before x (1 + growth)",
            "I(t) = I(t-1) x (1 + g(t)), 1 in the base year",
        )
    }

    pub(super) fn relative_formula(&self, index: IndexId, t: usize) -> Formula {
        let level = self.level(index, t).unwrap_or_else(one);
        let deflator = self.level(IndexId::GENERAL, t).unwrap_or_else(one);
        let formula = Formula::new(Operation::Quotient, vec![level, deflator]);
        formula.told(
            "the price level over the deflator's, so that only relative price changes remain",
            "R(t) = I(t) / D(t)",
        )
    }

    pub(super) fn deflate_formula(&self, t: usize) -> Formula {
        let deflator = self.level(IndexId::GENERAL, t).unwrap_or_else(one);
        Formula::new(Operation::Quotient, vec![one(), deflator]).told("one over the deflator", "1 / D(t)")
    }

    /// `DF(t) = DF(t - 1) / (1 + r(t))`; for mid-year factors over the root of (1 + r(t)).
    pub(super) fn factor_formula(&self, schedule: Discount, t: usize, end_of_year: bool) -> Formula {
        let bands = match schedule {
            Discount::Standard => &self.scenario.policy.discount,
            Discount::Health => &self.scenario.policy.health_discount,
        };
        let band = bands.iter().rev().find(|band| band.from_year as usize <= t.max(1));
        let growth = band.map(|band| self.one_plus(band.rate));
        if self.scenario.programme.mid_year && !end_of_year {
            let end = self.end_of_year(schedule, t);
            let root = Formula::new(Operation::Root, growth.into_iter().collect());
            let root = Term::made("half a year's growth", Unit::Number, root);
            let formula = Formula::new(Operation::Quotient, vec![end, root]);
            return formula
                .told("the factor of the year's end over half a year's growth", "DF(t) / sqrt(1 + r(t))");
        }
        if t == 0 {
            let whole = Term::constant("1", Decimal::ONE, Unit::Number, "year 0 is not discounted");
            return Formula::new(Operation::Sum, vec![whole]).told("year 0 is not discounted", "DF(0) = 1");
        }
        let before =
            if end_of_year { self.end_of_year(schedule, t - 1) } else { self.factor(schedule, t - 1) };
        let formula = Formula::new(Operation::Quotient, std::iter::once(before).chain(growth).collect());
        formula.told("the factor of the year before / (1 + discount rate)", "DF(t) = DF(t-1) / (1 + r(t))")
    }

    fn end_of_year(&self, schedule: Discount, t: usize) -> Term {
        let figure = Figure::DiscountFactor(schedule, t, true);
        let value = self.factor_formula(schedule, t, true).compute();
        self.figure(figure, format!("discount factor at the end of {}", self.year(t)), value, Unit::Number)
    }

    /// An uplift: rate x (1 - mitigation).
    pub(super) fn uplift(&self, uplift: &Uplift, label: &str) -> Term {
        let terms = vec![self.input(uplift.rate), self.one_less(uplift.mitigation)];
        Term::made(label, Unit::Rate, Formula::new(Operation::Product, terms))
    }
}
