//! Where a figure comes from: its formula, the numbers put in, and theirs, down to the inputs of the scenario.
//!
//! Every figure that an output shows has a name, such as `npc@team` or `live@team.booking`. [`Explainer::explain`]
//! gives its [`Formula`]: an operation over terms, each of which is a figure with a name again, a formula, an input
//! or a constant. Nothing is computed that the kernel has not computed: what a posting came of is told by the kernel
//! itself ([`crate::ledger::Cause`]), and every formula is held against what the run says. A formula that does not
//! come to its figure is a fault of the program, and stops it.

mod assets;
mod course;
mod events;
mod figure;
mod flows;
mod formula;
mod funding;
mod lives;
mod measures;
mod names;
mod people;
mod postings;
mod prices;
mod values;
mod work;
mod world;

pub use figure::{Event, Figure, Flow, FundLine, Measure, Name, Period, Side, Slice};
pub use formula::{Formula, Operation, Origin, Rounding, Term, Unit, Value, When};
pub use names::{category, element};

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::plan::Plan;
use crate::run::{self, Run};
use crate::scenario::Scenario;
use world::World;

/// A figure and what makes it.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Which.
    pub name: Name,
    /// What it is, for people.
    pub label: String,
    /// What it comes to.
    pub value: Value,
    /// Its unit.
    pub unit: Unit,
    /// What makes it.
    pub formula: Formula,
}

/// Explains the figures of a run.
#[derive(Debug)]
pub struct Explainer<'a> {
    now: World<'a>,
    later: OnceCell<World<'a>>,
}

impl<'a> Explainer<'a> {
    /// Of a scenario, its plan and its run.
    pub fn new(scenario: &'a Scenario, plan: &'a Plan<Decimal>, run: &'a Run<Decimal>) -> Self {
        let now = World::new(scenario, Cow::Borrowed(plan), Cow::Borrowed(run), false);
        Self { now, later: OnceCell::new() }
    }

    fn world(&self, delayed: bool) -> &World<'a> {
        if !delayed {
            return &self.now;
        }
        self.later.get_or_init(|| {
            let plan = run::a_month_later(&self.now.plan);
            let run = run::run(&plan);
            World::new(self.now.scenario, Cow::Owned(plan), Cow::Owned(run), true)
        })
    }

    /// The scenario whose figures they are.
    pub fn scenario(&self) -> &'a Scenario {
        self.now.scenario
    }

    /// The figures that outputs show, in the order of the options.
    pub fn figures(&self) -> Vec<Name> {
        let figures = self.now.headlines().into_iter();
        figures.map(|figure| Name { delayed: false, figure }).collect()
    }

    /// The amounts of the rows of the ledger.
    pub fn rows(&self) -> Vec<Name> {
        self.now.rows().into_iter().map(|figure| Name { delayed: false, figure }).collect()
    }

    /// A figure's name, as it is asked for.
    pub fn name(&self, name: Name) -> String {
        self.world(name.delayed).name(name.figure)
    }

    /// The figure of a name.
    pub fn find(&self, name: &str) -> Option<Name> {
        self.world(names::is_delayed(name)).find(name)
    }

    /// A figure and what makes it.
    ///
    /// # Panics
    ///
    /// If the formula does not come to the figure, which is a fault of the program.
    pub fn explain(&self, name: Name) -> Explanation {
        let world = self.world(name.delayed);
        let formula = world.formula(name.figure);
        let computed = world.inside(formula.compute());
        let value = world.value(name.figure).unwrap_or_else(|| computed.clone());
        assert!(agree(&computed, &value), "{}: {computed:?} is not {value:?}", world.name(name.figure));
        Explanation { name, label: world.label(name.figure), value, unit: World::unit(name.figure), formula }
    }

    /// What a figure is, what it comes to, and its unit.
    pub fn outline(&self, name: Name) -> (String, Value, Unit) {
        let world = self.world(name.delayed);
        let value =
            world.value(name.figure).unwrap_or_else(|| world.inside(world.formula(name.figure).compute()));
        (world.label(name.figure), value, World::unit(name.figure))
    }

    /// A figure, then what it is made of, and so on, as many steps as asked; each figure once.
    pub fn explain_down(&self, name: Name, depth: usize) -> Vec<Explanation> {
        let (mut seen, mut wave) = (BTreeSet::from([name]), vec![name]);
        let mut all = Vec::new();
        for _ in 0..depth {
            let begins = all.len();
            all.extend(wave.drain(..).map(|name| self.explain(name)));
            for explanation in &all[begins..] {
                figures_in(&explanation.formula, &mut |name| {
                    if seen.insert(name) {
                        wave.push(name);
                    }
                });
            }
            if wave.is_empty() {
                break;
            }
        }
        all
    }
}

/// Tells every figure with a name that a formula mentions.
pub fn figures_in(formula: &Formula, told: &mut impl FnMut(Name)) {
    for term in formula.terms.iter().chain(&formula.beside) {
        match &term.origin {
            Origin::Figure(name) => told(*name),
            Origin::Formula(formula) => figures_in(formula, told),
            Origin::Input(_) | Origin::Written(_) | Origin::Constant(_) => {}
        }
    }
}

/// Whether two values are the same; of numbers that are not rounded, to fifteen places, since the order of
/// operations shows in the last of twenty-eight.
fn agree(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => (a - b).abs() < Decimal::new(1, 15),
        (Value::Nothing(_), Value::Nothing(_)) => true,
        (a, b) => a == b,
    }
}

impl World<'_> {
    fn formula(&self, figure: Figure) -> Formula {
        match figure {
            Figure::Measure(measure, option) => self.measure_formula(measure, option),
            Figure::Flow(flow, slice) => self.flow_formula(flow, slice),
            Figure::Cumulative(option, t) => self.cumulative_formula(option, t),
            Figure::Gain(discounted, option, month) => self.gain_formula(discounted, option, month),
            Figure::Asset(flow, option, place, t) => self.asset_formula(flow, option, place, t),
            Figure::Fund(line, option, owner, t) => self.fund_formula(line, option, owner, t),
            Figure::Payment(option, place) => self.payment_formula(option, place),
            Figure::Need(option, place) => self.need_formula(option, place),
            Figure::Posting(side, option, place) => self.posting_formula(side, option, place),
            Figure::Event(event, option) => self.event_formula(event, option),
            Figure::DiscountFactor(schedule, t, end) => self.factor_formula(schedule, t, end),
            Figure::Level(index, t) => self.level_formula(index, t),
            Figure::Relative(index, t) => self.relative_formula(index, t),
            Figure::Deflate(t) => self.deflate_formula(t),
            Figure::RoleCost(role, place) => self.role_formula(role, place),
            Figure::TeamCost(team, place) => self.team_formula(team, place),
            Figure::StreamCost(option, stream, upkeep, place) => {
                self.stream_cost_formula(option, stream, upkeep, place)
            }
            Figure::PostCost(post, place) => self.post_formula(post, place),
            Figure::Capacity(option, place) => self.capacity_formula(option, place),
            Figure::Time(option, place) => self.time_formula(option, place),
            Figure::Work(option, place) => self.work_formula(option, place),
            Figure::Effort(option, service) => self.effort_formula(option, service),
            Figure::Released(option, service, month) => self.released_formula(option, service, month),
            Figure::Neglect(option, service, month) => self.neglect_formula(option, service, month),
            Figure::Coverage(option, service, month) => self.coverage_formula(option, service, month),
            Figure::Improvement(option, service, month) => self.improvement_formula(option, service, month),
            Figure::LegacyRun(service, t) => self.legacy_formula(service, t),
        }
    }
}
