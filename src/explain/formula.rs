//! A figure as an operation over its terms: what a reader follows with a pencil, and a machine recomputes.
//!
//! The operations are few and closed, and computed here on exact decimals. Nothing here knows what a figure means.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
use rust_decimal::prelude::ToPrimitive;

use super::figure::Name;
use crate::appraisal::{RateOfReturn, rate_of_return};
use crate::calendar::{FinancialYear, Month};
use crate::id::InputId;

/// What a figure comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number, in the unit beside it.
    Number(Decimal),
    /// A month.
    Month(Month),
    /// A financial year.
    Year(FinancialYear),
    /// There is none, and why.
    Nothing(String),
}

/// The unit of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Pounds.
    Pounds,
    /// Pounds a month.
    PoundsAMonth,
    /// Pounds a year.
    PoundsAYear,
    /// A share or growth rate, as a fraction.
    Rate,
    /// Months of time.
    Months,
    /// Team-months of work.
    TeamMonths,
    /// Team-months of work a year.
    TeamMonthsAYear,
    /// A bare number: heads, teams, a factor.
    Number,
    /// A month of the calendar.
    Month,
    /// A financial year.
    Year,
}

impl Unit {
    /// As it is written in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pounds => "£",
            Self::PoundsAMonth => "£ a month",
            Self::PoundsAYear => "£ a year",
            Self::Rate => "share",
            Self::Months => "months",
            Self::TeamMonths => "team-months",
            Self::TeamMonthsAYear => "team-months a year",
            Self::Number => "number",
            Self::Month => "month",
            Self::Year => "financial-year",
        }
    }
}

/// What is done with the terms, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// All of them added up; of one term, that term.
    Sum,
    /// The first less all others.
    Difference,
    /// All of them multiplied.
    Product,
    /// The first divided by each of the others.
    Quotient,
    /// The smallest number or the earliest month.
    Least,
    /// The largest number or the latest month.
    Greatest,
    /// The square root.
    Root,
    /// The third if the first is at least the second, otherwise the fourth.
    IfAtLeast,
    /// The month so many months after the first.
    MonthsLater,
    /// How many months the first is after the second.
    MonthsBetween,
    /// The month of the first term by which the running total of all terms but the first reaches the first, or
    /// lacks less than a thousand-millionth of it.
    MonthReached,
    /// The month of the first term above nought.
    FirstAboveNought,
    /// The month after the last at which the running total is below nought.
    PaidBack,
    /// The year of the greatest term; of several, the first.
    YearOfGreatest,
    /// The one discount rate at which terms a year apart are worth nothing together, to six places.
    RateOfReturn,
}

impl Operation {
    /// As it is written in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Difference => "difference",
            Self::Product => "product",
            Self::Quotient => "quotient",
            Self::Least => "least",
            Self::Greatest => "greatest",
            Self::Root => "root",
            Self::IfAtLeast => "if-at-least",
            Self::MonthsLater => "months-later",
            Self::MonthsBetween => "months-between",
            Self::MonthReached => "month-reached",
            Self::FirstAboveNought => "first-above-nought",
            Self::PaidBack => "paid-back",
            Self::YearOfGreatest => "year-of-greatest",
            Self::RateOfReturn => "rate-of-return",
        }
    }

    /// Whether the order of the terms says something, so that they are not sorted by size.
    pub fn is_ordered(self) -> bool {
        self != Self::Sum
    }

    /// Whether its terms are a list over months.
    pub fn is_over_time(self) -> bool {
        matches!(self, Self::MonthReached | Self::FirstAboveNought | Self::PaidBack)
    }

    /// What stands before a term in print, by its place.
    pub fn sign(self, place: usize) -> &'static str {
        match (self, place) {
            (Self::Product, 1..) => "x ",
            (Self::Quotient, 1..) => "/ ",
            (Self::MonthsLater, 1..) => "+ ",
            (Self::Difference, 1..) => "less ",
            _ => "",
        }
    }
}

/// How the outcome is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the penny, half away from zero.
    Penny,
    /// To the nearest whole number, half away from zero.
    Whole,
    /// Up to a whole number.
    Up,
}

impl Rounding {
    /// As it is written in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Penny => "penny",
            Self::Whole => "whole",
            Self::Up => "up",
        }
    }
}

/// When a term of a list over time falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// In a month.
    Month(Month),
    /// In a financial year.
    Year(FinancialYear),
}

/// One operand.
#[derive(Clone, Debug)]
pub struct Term {
    /// What it is, for people.
    pub label: String,
    /// Its value.
    pub value: Value,
    /// Its unit.
    pub unit: Unit,
    /// When it falls, where that matters.
    pub when: Option<When>,
    /// What makes it.
    pub origin: Origin,
}

/// What makes a term.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A figure with a name, explained under it.
    Figure(Name),
    /// A formula of its own.
    Formula(Box<Formula>),
    /// An input of the scenario.
    Input(InputId),
    /// Something written in the scenario that is no number: a month, a choice; by its key path.
    Written(String),
    /// A constant of the model or the calendar, and why it is what it is.
    Constant(String),
}

/// An operation over terms.
#[derive(Clone, Debug)]
pub struct Formula {
    /// What is done.
    pub operation: Operation,
    /// How its outcome is rounded.
    pub rounding: Option<Rounding>,
    /// What it is in words.
    pub words: String,
    /// What it is in symbols; may be empty.
    pub symbols: String,
    /// What it is done with.
    pub terms: Vec<Term>,
    /// What leads up to it, in order: no operands, but what a reader asks next.
    pub beside: Vec<Term>,
}

impl Formula {
    /// An operation over terms.
    pub(super) fn new(operation: Operation, terms: Vec<Term>) -> Self {
        Self {
            operation,
            rounding: None,
            words: String::new(),
            symbols: String::new(),
            terms,
            beside: Vec::new(),
        }
    }

    /// Rounded.
    #[must_use]
    pub(super) fn rounded(mut self, rounding: Rounding) -> Self {
        self.rounding = Some(rounding);
        self
    }

    /// Told in words and symbols.
    #[must_use]
    pub(super) fn told(mut self, words: impl Into<String>, symbols: impl Into<String>) -> Self {
        (self.words, self.symbols) = (words.into(), symbols.into());
        self
    }

    /// The outcome, from the values of the terms.
    pub fn compute(&self) -> Value {
        let value = outcome(self.operation, &self.terms);
        match (value, self.rounding) {
            (Value::Number(number), Some(rounding)) => Value::Number(match rounding {
                Rounding::Penny => number.round_dp_with_strategy(2, MidpointAwayFromZero),
                Rounding::Whole => number.round_dp_with_strategy(0, MidpointAwayFromZero),
                Rounding::Up => number.ceil(),
            }),
            (value, _) => value,
        }
    }
}

impl Term {
    /// With the month it falls in.
    #[must_use]
    pub(super) fn in_month(mut self, month: Month) -> Self {
        self.when = Some(When::Month(month));
        self
    }

    /// With the year it falls in.
    #[must_use]
    pub(super) fn in_year(mut self, year: FinancialYear) -> Self {
        self.when = Some(When::Year(year));
        self
    }

    /// A formula of its own.
    pub(super) fn made(label: impl Into<String>, unit: Unit, formula: Formula) -> Self {
        let value = formula.compute();
        Self { label: label.into(), value, unit, when: None, origin: Origin::Formula(Box::new(formula)) }
    }

    /// A constant, and why.
    pub(super) fn constant(
        label: impl Into<String>,
        value: impl Into<Decimal>,
        unit: Unit,
        why: impl Into<String>,
    ) -> Self {
        let value = Value::Number(value.into());
        Self { label: label.into(), value, unit, when: None, origin: Origin::Constant(why.into()) }
    }

    /// A month of the calendar, and why it.
    pub(super) fn month(label: impl Into<String>, month: Month, why: impl Into<String>) -> Self {
        let value = Value::Month(month);
        Self {
            label: label.into(),
            value,
            unit: Unit::Month,
            when: None,
            origin: Origin::Constant(why.into()),
        }
    }

    /// Its number; nought if it is none.
    pub(super) fn number(&self) -> Decimal {
        if let Value::Number(number) = self.value { number } else { Decimal::ZERO }
    }
}

fn nothing(why: &str) -> Value {
    Value::Nothing(why.to_owned())
}

fn outcome(operation: Operation, terms: &[Term]) -> Value {
    match operation {
        Operation::Sum => fold(terms, Decimal::checked_add),
        Operation::Difference => fold(terms, Decimal::checked_sub),
        Operation::Product => fold(terms, Decimal::checked_mul),
        Operation::Quotient => fold(terms, Decimal::checked_div),
        Operation::Least | Operation::Greatest => extreme(operation, terms),
        Operation::Root => match terms {
            [term] => Value::Number(root(term.number())),
            _ => nothing("a root is of one term"),
        },
        Operation::IfAtLeast => match terms {
            [a, b, then, otherwise] => {
                if a.number() >= b.number() {
                    then.value.clone()
                } else {
                    otherwise.value.clone()
                }
            }
            _ => nothing("a choice is of four terms"),
        },
        Operation::MonthsLater => later(terms),
        Operation::MonthsBetween => match terms {
            [Term { value: Value::Month(a), .. }, Term { value: Value::Month(b), .. }] => {
                Value::Number(a.since(*b).into())
            }
            _ => nothing("one of the months never comes"),
        },
        Operation::MonthReached => reached(terms),
        Operation::FirstAboveNought => {
            let first = terms.iter().find(|term| term.number() > Decimal::ZERO);
            first.map_or_else(|| nothing("not within the horizon"), time)
        }
        Operation::PaidBack => paid_back(terms),
        Operation::RateOfReturn => {
            match rate_of_return(&terms.iter().map(Term::number).collect::<Vec<_>>()) {
                RateOfReturn::One(rate) => Value::Number(rate),
                RateOfReturn::Nothing => nothing(NO_RATE),
                RateOfReturn::Several => nothing(SEVERAL_RATES),
            }
        }
        Operation::YearOfGreatest => {
            let mut greatest: Option<&Term> = None;
            for term in terms {
                if greatest.is_none_or(|g| term.number() > g.number()) {
                    greatest = Some(term);
                }
            }
            greatest.map_or_else(|| nothing("there is no year"), time)
        }
    }
}

/// Why there is no rate of return.
pub(super) const NO_RATE: &str = "no rate makes gains and losses even";
/// Why none is given.
pub(super) const SEVERAL_RATES: &str = "several rates do, so none of them says anything";

fn time(term: &Term) -> Value {
    match term.when {
        Some(When::Month(month)) => Value::Month(month),
        Some(When::Year(year)) => Value::Year(year),
        None => nothing("a term without a time"),
    }
}

fn fold(terms: &[Term], operation: fn(Decimal, Decimal) -> Option<Decimal>) -> Value {
    let mut numbers = terms.iter().map(|term| match &term.value {
        Value::Number(number) => Ok(*number),
        Value::Nothing(why) => Err(why.clone()),
        Value::Month(_) | Value::Year(_) => Err("a date is no number".to_owned()),
    });
    let first = numbers.next().unwrap_or(Ok(Decimal::ZERO));
    let all = numbers.try_fold(first, |so_far, next| {
        let (so_far, next) = (so_far?, next?);
        Ok(Ok(operation(so_far, next).ok_or_else(|| "there is no such number".to_owned())?))
    });
    match all.and_then(|value| value) {
        Ok(number) => Value::Number(number),
        Err(why) => Value::Nothing(why),
    }
}

fn extreme(operation: Operation, terms: &[Term]) -> Value {
    let least = operation == Operation::Least;
    let mut best: Option<&Value> = None;
    for term in terms {
        let better = match (best, &term.value) {
            (_, Value::Nothing(_)) => return term.value.clone(),
            (None, _) => true,
            (Some(Value::Number(so_far)), Value::Number(new)) => (new < so_far) == least && new != so_far,
            (Some(Value::Month(so_far)), Value::Month(new)) => (new < so_far) == least && new != so_far,
            _ => return nothing("numbers and dates can't be compared"),
        };
        if better {
            best = Some(&term.value);
        }
    }
    best.cloned().unwrap_or_else(|| nothing("there is no term"))
}

fn later(terms: &[Term]) -> Value {
    let Some((first, rest)) = terms.split_first() else { return nothing("there is no month") };
    let Value::Month(month) = first.value else { return first.value.clone() };
    let more: Decimal = rest.iter().map(Term::number).sum();
    match more.to_i32() {
        Some(more) => Value::Month(month.plus(more)),
        None => nothing("beyond any calendar"),
    }
}

fn reached(terms: &[Term]) -> Value {
    let Some((threshold, steps)) = terms.split_first() else { return nothing("there is no threshold") };
    let (mut sum, nearly) = (Decimal::ZERO, Decimal::new(1, 9));
    for step in steps {
        sum += step.number();
        if sum + nearly >= threshold.number() {
            return time(step);
        }
    }
    nothing("not within the horizon")
}

fn paid_back(terms: &[Term]) -> Value {
    let (mut sum, mut below) = (Decimal::ZERO, None);
    for (place, term) in terms.iter().enumerate() {
        sum += term.number();
        if sum < Decimal::ZERO {
            below = Some(place);
        }
    }
    match below {
        None => nothing("nothing to pay back"),
        Some(place) => terms.get(place + 1).map_or_else(|| nothing("not within the horizon"), time),
    }
}

/// By Newton's method from 1, six steps, as the plan takes the root of a discount growth factor.
fn root(value: Decimal) -> Decimal {
    (0..6).fold(Decimal::ONE, |guess, _| (guess + value / guess) / Decimal::TWO)
}
