//! A plan with its run, and what each of its postings came of; and the terms that every formula needs.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::figure::{Figure, Name};
use super::formula::{Formula, Operation, Origin, Rounding, Term, Unit, Value};
use super::funding::Payment;
use crate::accounts::AssetOf;
use crate::calendar::Month;
use crate::costing;
use crate::delivery::Timesheet;
use crate::id::{InputId, OptionId, OrganisationId};
use crate::ledger::{Cause, Posting, Sink};
use crate::plan::{Plan, ProgrammeOption};
use crate::run::Run;
use crate::scenario::{self, Scenario};

/// A plan, its run, and where its postings came from.
#[derive(Debug)]
pub(super) struct World<'a> {
    /// What the user wrote.
    pub(super) scenario: &'a Scenario,
    /// Its numbers.
    pub(super) plan: Cow<'a, Plan<Decimal>>,
    /// What came of them.
    pub(super) run: Cow<'a, Run<Decimal>>,
    /// What each posting of each option came of; residual values, which the kernel does not post, have none.
    causes: Vec<Vec<Cause>>,
    /// What funds pay, by option.
    pub(super) payments: Vec<Vec<Payment>>,
    /// The assets of each option.
    pub(super) assets: Vec<Vec<(AssetOf, OrganisationId)>>,
    /// Whether every stream starts a month later.
    pub(super) delayed: bool,
}

/// Takes postings with what they came of.
#[derive(Default)]
struct Trace {
    now: Option<Cause>,
    rows: Vec<(Posting<Decimal>, Cause)>,
}

impl Sink<Decimal> for Trace {
    fn because(&mut self, cause: Cause) {
        self.now = Some(cause);
    }

    fn post(&mut self, posting: Posting<Decimal>) {
        let Some(cause) = self.now else { unreachable!("the kernel says what its postings come of") };
        self.rows.push((posting, cause));
    }
}

impl<'a> World<'a> {
    pub(super) fn new(
        scenario: &'a Scenario,
        plan: Cow<'a, Plan<Decimal>>,
        run: Cow<'a, Run<Decimal>>,
        delayed: bool,
    ) -> Self {
        let mut causes = Vec::with_capacity(plan.options.len());
        let mut payments = Vec::with_capacity(plan.options.len());
        let mut assets = Vec::with_capacity(plan.options.len());
        for (option, sheet) in plan.options.iter().zip(&run.sheets) {
            let mut trace = Trace::default();
            costing::cost(&plan, option, sheet, &mut trace);
            let postings = run.postings(option.id);
            assert!(
                trace.rows.iter().zip(postings).all(|((traced, _), posting)| traced == posting),
                "the kernel posts the same twice"
            );
            causes.push(trace.rows.into_iter().map(|(_, cause)| cause).collect());
            payments.push(super::funding::payments(&plan, option, postings));
            let accounts = &run.accounts[option.id.place()];
            assets.push(accounts.assets.iter().map(|asset| (asset.of, asset.organisation)).collect());
        }
        Self { scenario, plan, run, causes, payments, assets, delayed }
    }

    /// A posting of an option.
    pub(super) fn posting(&self, option: OptionId, place: usize) -> &Posting<Decimal> {
        &self.run.postings(option)[place]
    }

    /// What a posting came of; nothing for a residual value.
    pub(super) fn cause(&self, option: OptionId, place: usize) -> Option<Cause> {
        self.causes[option.place()].get(place).copied()
    }

    /// The timesheet of an option.
    pub(super) fn sheet(&self, option: OptionId) -> &Timesheet<Decimal> {
        &self.run.sheets[option.place()]
    }

    /// The numbers of an option.
    pub(super) fn option(&self, option: OptionId) -> &ProgrammeOption<Decimal> {
        &self.plan.options[option.place()]
    }

    /// The month at an offset.
    pub(super) fn month(&self, offset: usize) -> Month {
        self.plan.horizon.month(offset)
    }

    /// A month as a value, if it lies inside the horizon.
    pub(super) fn when(&self, offset: Option<usize>) -> Value {
        match offset.filter(|&month| month < self.plan.horizon.months()) {
            Some(month) => Value::Month(self.month(month)),
            None => Value::Nothing("not within the horizon".to_owned()),
        }
    }

    /// A term that is a figure with a name.
    pub(super) fn figure(&self, figure: Figure, label: impl Into<String>, value: Value, unit: Unit) -> Term {
        let origin = Origin::Figure(Name { delayed: self.delayed, figure });
        Term { label: label.into(), value, unit, when: None, origin }
    }

    /// A term that is a figure with a name, and a number.
    pub(super) fn numbered(
        &self,
        figure: Figure,
        label: impl Into<String>,
        value: Decimal,
        unit: Unit,
    ) -> Term {
        self.figure(figure, label, Value::Number(value), unit)
    }

    /// An input as it is written.
    pub(super) fn input(&self, id: InputId) -> Term {
        let input = &self.scenario.inputs[id.place()];
        let unit = match input.unit {
            scenario::Unit::Pounds => Unit::Pounds,
            scenario::Unit::PoundsAYear => Unit::PoundsAYear,
            scenario::Unit::PoundsAMonth => Unit::PoundsAMonth,
            scenario::Unit::Rate => Unit::Rate,
            scenario::Unit::Months => Unit::Months,
            scenario::Unit::TeamMonths => Unit::TeamMonths,
            scenario::Unit::TeamMonthsAYear => Unit::TeamMonthsAYear,
            scenario::Unit::Count => Unit::Number,
        };
        let value = Value::Number(input.estimate.central());
        Term { label: input.key.clone(), value, unit, when: None, origin: Origin::Input(id) }
    }

    /// An input in pounds or team-months a month, however it is written.
    pub(super) fn a_month(&self, id: InputId) -> Term {
        let unit = match self.scenario.inputs[id.place()].unit {
            scenario::Unit::PoundsAYear => Unit::PoundsAMonth,
            scenario::Unit::TeamMonthsAYear => Unit::TeamMonths,
            _ => return self.input(id),
        };
        let input = self.input(id);
        let label = format!("{} a month", input.label);
        Term::made(label, unit, Formula::new(Operation::Quotient, vec![input, twelve()]))
    }

    /// An input in pounds or team-months a year, however it is written.
    pub(super) fn a_year(&self, id: InputId) -> Term {
        let input = self.input(id);
        if self.scenario.inputs[id.place()].unit != scenario::Unit::PoundsAMonth {
            return input;
        }
        let label = format!("{} a year", input.label);
        Term::made(label, Unit::PoundsAYear, Formula::new(Operation::Product, vec![input, twelve()]))
    }

    /// An input in whole months.
    pub(super) fn months(&self, id: InputId) -> Term {
        let input = self.input(id);
        if input.number().is_integer() {
            return input;
        }
        let label = format!("{}, whole months", input.label);
        Term::made(label, Unit::Months, Formula::new(Operation::Sum, vec![input]).rounded(Rounding::Whole))
    }

    /// 1 + an input.
    pub(super) fn one_plus(&self, id: InputId) -> Term {
        let input = self.input(id);
        let label = format!("1 + {}", input.label);
        Term::made(label, Unit::Number, Formula::new(Operation::Sum, vec![one(), input]))
    }

    /// 1 - an input.
    pub(super) fn one_less(&self, id: InputId) -> Term {
        let input = self.input(id);
        let label = format!("1 - {}", input.label);
        Term::made(label, Unit::Number, Formula::new(Operation::Difference, vec![one(), input]))
    }
}

/// 1, the whole.
pub(super) fn one() -> Term {
    Term::constant("1", Decimal::ONE, Unit::Number, "the whole")
}

/// The months of a year.
pub(super) fn twelve() -> Term {
    Term::constant("12", Decimal::from(12), Unit::Months, "months in a year")
}
