//! Measures of an option over the whole horizon.

use rust_decimal::Decimal;

use super::figure::{Event, Figure, Flow, Measure, Name, Period, Slice};
use super::formula::{Formula, NO_RATE, Operation, Origin, Rounding, SEVERAL_RATES, Term, Unit, Value};
use super::world::World;
use crate::appraisal::{OptionAppraisal, Payback, RateOfReturn};
use crate::costing::lines;
use crate::id::{BenefitId, LineId, OptionId};
use crate::ledger::Discount;
use crate::plan::{self, Amount};

const KINDS: [Flow; 3] = [Flow::CashReleasing, Flow::NonCashReleasing, Flow::Societal];

impl World<'_> {
    fn appraisal(&self, option: OptionId) -> &OptionAppraisal<Decimal> {
        &self.run.appraisal.options[option.place()]
    }

    /// What the run says a measure is.
    pub(super) fn measure_value(&self, measure: Measure, option: OptionId) -> Value {
        let of = self.appraisal(option);
        let none = |why: &str| Value::Nothing(why.to_owned());
        let ratio = |ratio: Option<Decimal>| match ratio {
            Some(ratio) => Value::Number(ratio),
            None if self.plan.baseline == Some(option) => none("it is the baseline itself"),
            None => none("costs no more than the baseline"),
        };
        let payback = |payback: Option<Payback>| match payback {
            None => none("it is the baseline itself"),
            Some(Payback::Never) => none("nothing to pay back"),
            Some(Payback::NotWithinHorizon) => none("not within the horizon"),
            Some(Payback::Month(month)) => Value::Month(self.month(month)),
        };
        let year = |t: usize| Value::Year(self.plan.horizon.year(t));
        let worst = || {
            let net = |t| self.run.accounts[option.place()].result(None, t).net();
            let years = (1..self.plan.horizon.years()).map(|t| (t, net(t)));
            years.fold((0, net(0)), |worst, year| if year.1 > worst.1 { year } else { worst })
        };
        Value::Number(match measure {
            Measure::NetPresentCost => of.cost.present,
            Measure::EquivalentAnnualCost => of.equivalent_annual_cost,
            Measure::PresentBenefits => of.benefits.total().present,
            Measure::PresentCashReleasing => of.benefits.cash_releasing.present,
            Measure::PresentNonCashReleasing => of.benefits.non_cash_releasing.present,
            Measure::PresentSocietal => of.benefits.societal.present,
            Measure::PresentNonPublicCost => of.non_public_cost,
            Measure::Npsv => of.npsv,
            Measure::MonthOfDelay => self.run.month_of_delay[option.place()],
            Measure::PeakCash => of.peak_year.1,
            Measure::WorstNetEffect => worst().1,
            Measure::Discounting => of.cost.real - of.cost.present,
            Measure::BenefitCostRatio => return ratio(of.bcr),
            Measure::PublicReturn => return ratio(of.rpsc),
            Measure::RateOfReturn => {
                return match self.run.appraisal.rate_of_return(option) {
                    None => none("it is the baseline itself"),
                    Some(RateOfReturn::One(rate)) => Value::Number(rate),
                    Some(RateOfReturn::Nothing) => none(NO_RATE),
                    Some(RateOfReturn::Several) => none(SEVERAL_RATES),
                };
            }
            Measure::Payback => return payback(of.payback),
            Measure::DiscountedPayback => return payback(of.discounted_payback),
            Measure::PeakYear => return year(of.peak_year.0),
            Measure::WorstYear => return year(worst().0),
            Measure::FirstBenefit => return self.when(of.first_benefit),
            Measure::FullBenefit => return self.when(of.full_benefit),
        })
    }

    pub(super) fn measure_unit(measure: Measure) -> Unit {
        match measure {
            Measure::BenefitCostRatio | Measure::PublicReturn => Unit::Number,
            Measure::RateOfReturn => Unit::Rate,
            Measure::PeakYear | Measure::WorstYear => Unit::Year,
            Measure::Payback | Measure::DiscountedPayback | Measure::FirstBenefit | Measure::FullBenefit => {
                Unit::Month
            }
            _ => Unit::Pounds,
        }
    }

    pub(super) fn measure(&self, measure: Measure, option: OptionId) -> Term {
        let label = format!("{}, {}", measure.label(), self.scenario.options[option.place()].name);
        let value = self.measure_value(measure, option);
        self.figure(Figure::Measure(measure, option), label, value, Self::measure_unit(measure))
    }

    pub(super) fn measure_formula(&self, measure: Measure, option: OptionId) -> Formula {
        let baseline = self.plan.baseline;
        let against = matches!(
            measure,
            Measure::Npsv
                | Measure::BenefitCostRatio
                | Measure::PublicReturn
                | Measure::RateOfReturn
                | Measure::Payback
                | Measure::DiscountedPayback
        );
        if against && baseline == Some(option) {
            return self.of_the_baseline(measure);
        }
        match measure {
            Measure::NetPresentCost => self.present(Flow::Cost, option),
            Measure::PresentCashReleasing => self.present(Flow::CashReleasing, option),
            Measure::PresentNonCashReleasing => self.present(Flow::NonCashReleasing, option),
            Measure::PresentSocietal => self.present(Flow::Societal, option),
            Measure::PresentNonPublicCost => self.present(Flow::NonPublicCost, option),
            Measure::PresentBenefits => {
                let kinds = [
                    Measure::PresentCashReleasing,
                    Measure::PresentNonCashReleasing,
                    Measure::PresentSocietal,
                ];
                let terms = kinds.map(|kind| self.measure(kind, option)).into();
                Formula::new(Operation::Sum, terms)
                    .told("the three kinds of benefit added up", "PVB = Σ kinds")
            }
            Measure::EquivalentAnnualCost => {
                let lag = self.plan.annuity.lag();
                let factors = (0..self.plan.horizon.years()).map(|t| {
                    let factor = self.factor(Discount::Standard, t + lag);
                    let Some(part) = self.part_of_year(t) else { return factor };
                    let counted = Formula::new(Operation::Product, vec![factor, part]);
                    Term::made(self.year(t), Unit::Number, counted)
                });
                let annuity = Formula::new(Operation::Sum, factors.collect());
                let annuity = Term::made("the discount factors added up", Unit::Number, annuity);
                let terms = vec![self.measure(Measure::NetPresentCost, option), annuity];
                Formula::new(Operation::Quotient, terms).rounded(Rounding::Penny).told(
                    format!(
                        "net present cost over the sum of the discount factors {}, to the penny",
                        self.plan.annuity.word()
                    ),
                    if lag == 0 { "EAC = NPC / Σ DF(t)" } else { "EAC = NPC / Σ DF(t + 1)" },
                )
            }
            Measure::Npsv => {
                let terms = vec![self.more_benefit(option), self.more_cost(option)];
                Formula::new(Operation::Difference, terms).told(
                    "present benefits less present costs, both less the baseline's",
                    "NPSV = (PVB - PVB₀) - (NPC - NPC₀)",
                )
            }
            Measure::BenefitCostRatio => {
                let terms = vec![self.more_benefit(option), self.more_cost(option)];
                Self::unless_cheap(terms, "BCR = (PVB - PVB₀) / (NPC - NPC₀)")
            }
            Measure::PublicReturn => {
                let other = self.more(Measure::PresentNonPublicCost, option, "Non-public cost");
                let difference = |label: &str, from: Term| {
                    let terms = vec![from, other.clone()];
                    Term::made(label, Unit::Pounds, Formula::new(Operation::Difference, terms))
                };
                let terms = vec![
                    difference("Benefits less non-public cost", self.more_benefit(option)),
                    difference("Public cost", self.more_cost(option)),
                ];
                Self::unless_cheap(terms, "RPSC = (ΔPVB - Δnon-public cost) / Δpublic cost")
            }
            Measure::MonthOfDelay => {
                let late = self.measure_later(option);
                let terms = vec![self.measure(Measure::Npsv, option), late];
                Formula::new(Operation::Difference, terms).told(
                    "net present social value less what it is when every stream starts a month later",
                    "NPSV - NPSV(a month later)",
                )
            }
            Measure::Payback | Measure::DiscountedPayback => {
                let discounted = measure == Measure::DiscountedPayback;
                let months = 0..self.plan.horizon.months();
                let terms = months.map(|month| self.gain(discounted, option, month)).collect();
                Formula::new(Operation::PaidBack, terms).told(
                    "the month after the last in which the running total of net gains is below nought",
                    "the first month from which Σ gains stays at or above nought",
                )
            }
            Measure::RateOfReturn => {
                let years = (0..self.plan.horizon.years()).map(|t| self.gain_of_year(option, t)).collect();
                Formula::new(Operation::RateOfReturn, years).told(
                    "the one discount rate at which real net gains, year by year, are worth nothing together",
                    "Σ gain(t) / (1 + r)^t = 0",
                )
            }
            Measure::PeakYear | Measure::PeakCash => {
                self.peak(measure == Measure::PeakYear, Flow::Cash, option)
            }
            Measure::WorstYear | Measure::WorstNetEffect => {
                self.peak(measure == Measure::WorstYear, Flow::NetEffect, option)
            }
            Measure::FirstBenefit => {
                let slice = Slice::of(option);
                let month = |m: usize| {
                    let term = self.flow(Flow::Benefits, slice.month(m), self.month(m).in_words());
                    term.in_month(self.month(m))
                };
                let months =
                    self.appraisal(option).first_benefit.map_or(self.plan.horizon.months(), |m| m + 1);
                Formula::new(Operation::FirstAboveNought, (0..months).map(month).collect())
                    .told("the first month with a benefit", "the first month in which benefits > 0")
            }
            Measure::FullBenefit => self.full_benefit(option),
            Measure::Discounting => {
                let cost = self.flow(Flow::Cost, Slice::of(option), Flow::Cost.label());
                let terms = vec![cost, self.measure(Measure::NetPresentCost, option)];
                Formula::new(Operation::Difference, terms).told("real cost less net present cost", "")
            }
        }
    }

    fn of_the_baseline(&self, measure: Measure) -> Formula {
        let why = "the baseline is measured against itself";
        let nought = match self.measure_value(measure, self.plan.baseline.unwrap_or(OptionId::new(0))) {
            Value::Number(_) => Term::constant("0", Decimal::ZERO, Unit::Pounds, why),
            value => Term {
                label: measure.label().to_owned(),
                value,
                unit: Self::measure_unit(measure),
                when: None,
                origin: Origin::Constant(why.to_owned()),
            },
        };
        Formula::new(Operation::Greatest, vec![nought]).told(why, "")
    }

    /// The sum over years of real amounts x discount factors, to the penny.
    fn present(&self, flow: Flow, option: OptionId) -> Formula {
        let whole = Slice::of(option);
        let mut terms = Vec::new();
        // Benefits to health have their own discount schedule.
        let both = self.run.postings(option).iter().any(|p| p.discount == Discount::Health);
        let schedules = [Some(Discount::Standard), Some(Discount::Health)];
        let schedules = if both && KINDS.contains(&flow) { &schedules[..] } else { &[None][..] };
        for t in 0..self.plan.horizon.years() {
            for &schedule in schedules {
                let slice = Slice { schedule, ..whole }.year(t);
                let amount = self.flow(flow, slice, flow.label());
                let factor = self.factor(schedule.unwrap_or(Discount::Standard), t);
                let year = Formula::new(Operation::Product, vec![amount, factor]);
                terms.push(Term::made(self.year(t), Unit::Pounds, year).in_year(self.plan.horizon.year(t)));
            }
        }
        let what = if flow == Flow::Cost { "real cost" } else { "real amount" };
        let years = self.plan.horizon.years();
        Formula::new(Operation::Sum, terms).rounded(Rounding::Penny).told(
            format!("the sum over {years} years of {what} x discount factor, to the penny"),
            "Σ C(t) x DF(t)",
        )
    }

    fn more_benefit(&self, option: OptionId) -> Term {
        self.more(Measure::PresentBenefits, option, "Benefits beyond the baseline's")
    }

    fn more_cost(&self, option: OptionId) -> Term {
        self.more(Measure::NetPresentCost, option, "Costs beyond the baseline's")
    }

    /// A measure less that of the baseline; the measure itself, if there is no baseline.
    fn more(&self, measure: Measure, option: OptionId, label: &str) -> Term {
        let own = self.measure(measure, option);
        let Some(baseline) = self.plan.baseline else { return own };
        let terms = vec![own, self.measure(measure, baseline)];
        Term::made(label, Unit::Pounds, Formula::new(Operation::Difference, terms))
    }

    fn unless_cheap(terms: Vec<Term>, symbols: &str) -> Formula {
        let cheap = terms.last().is_some_and(|cost| cost.number() < Decimal::ONE);
        if !cheap {
            return Formula::new(Operation::Quotient, terms)
                .told("benefits over costs, both less the baseline's", symbols);
        }
        let none = Term {
            label: "a ratio".to_owned(),
            value: Value::Nothing("costs no more than the baseline".to_owned()),
            unit: Unit::Number,
            when: None,
            origin: Origin::Constant(
                "a ratio of costs that are not above the baseline's says nothing".to_owned(),
            ),
        };
        Formula::new(Operation::Greatest, vec![none])
            .told("there is no ratio: it costs no more than the baseline", symbols)
    }

    fn measure_later(&self, option: OptionId) -> Term {
        let npsv = self.appraisal(option).npsv - self.run.month_of_delay[option.place()];
        let figure = Figure::Measure(Measure::Npsv, option);
        let mut term =
            self.numbered(figure, "Net present social value, every stream a month later", npsv, Unit::Pounds);
        term.origin = Origin::Figure(Name { delayed: true, figure });
        term
    }

    fn peak(&self, year: bool, flow: Flow, option: OptionId) -> Formula {
        let years = (0..self.plan.horizon.years()).map(|t| {
            let term = self.flow(flow, Slice::of(option).year(t), self.year(t));
            term.in_year(self.plan.horizon.year(t))
        });
        let (operation, words) = if year {
            (Operation::YearOfGreatest, "the year in which it is greatest")
        } else {
            (Operation::Greatest, "the greatest of all years")
        };
        Formula::new(operation, years.collect()).told(words, "")
    }

    /// Real benefits less real costs of a year, less the baseline's.
    fn gain_of_year(&self, option: OptionId, t: usize) -> Term {
        let net = |of: OptionId| {
            let year = |flow: Flow| self.flow(flow, Slice::of(of).year(t), flow.label());
            let formula = Formula::new(Operation::Difference, vec![year(Flow::Benefits), year(Flow::Cost)]);
            Term::made(self.scenario.options[of.place()].name.clone(), Unit::Pounds, formula)
        };
        let terms = std::iter::once(option).chain(self.plan.baseline).map(net).collect();
        let gain = Formula::new(Operation::Difference, terms);
        Term::made(self.year(t), Unit::Pounds, gain).in_year(self.plan.horizon.year(t))
    }

    fn gain(&self, discounted: bool, option: OptionId, month: usize) -> Term {
        let figure = Figure::Gain(discounted, option, month);
        let value = self.gain_formula(discounted, option, month).compute();
        let term = self.figure(figure, self.month(month).in_words(), value, Unit::Pounds);
        term.in_month(self.month(month))
    }

    /// Benefits less costs of a month, less the baseline's.
    pub(super) fn gain_formula(&self, discounted: bool, option: OptionId, month: usize) -> Formula {
        let own = self.net(discounted, option, month);
        let formula = match self.plan.baseline {
            Some(baseline) => {
                Formula::new(Operation::Difference, vec![own, self.net(discounted, baseline, month)])
            }
            None => Formula::new(Operation::Sum, vec![own]),
        };
        formula.told("benefits less costs of the month, less those of the baseline", "(B - C) - (B₀ - C₀)")
    }

    fn net(&self, discounted: bool, option: OptionId, month: usize) -> Term {
        let t = self.plan.year_of[month];
        let slice = Slice { period: Period::Month(month), ..Slice::of(option) };
        let times = |flow: Flow, schedule: Discount, slice: Slice| {
            let amount = self.flow(flow, slice, self.flow_label(flow, &slice));
            let mut terms = vec![amount];
            if discounted {
                terms.push(self.factor(schedule, t));
            }
            Term::made(flow.label(), Unit::Pounds, Formula::new(Operation::Product, terms))
        };
        let both = self.run.postings(option).iter().any(|p| p.discount == Discount::Health);
        let benefits = if both {
            let schedules = [Discount::Standard, Discount::Health];
            let kinds = schedules
                .map(|schedule| times(Flow::Benefits, schedule, Slice { schedule: Some(schedule), ..slice }));
            Term::made("Benefits", Unit::Pounds, Formula::new(Operation::Sum, kinds.into()))
        } else {
            times(Flow::Benefits, Discount::Standard, slice)
        };
        let terms = vec![benefits, times(Flow::Cost, Discount::Standard, slice)];
        let label = self.scenario.options[option.place()].name.clone();
        Term::made(label, Unit::Pounds, Formula::new(Operation::Difference, terms))
    }

    pub(super) fn cumulative_formula(&self, option: OptionId, t: usize) -> Formula {
        let years = (0..=t).map(|t| {
            let amount = self.flow(Flow::Cost, Slice::of(option).year(t), Flow::Cost.label());
            let factor = self.factor(Discount::Standard, t);
            Term::made(self.year(t), Unit::Pounds, Formula::new(Operation::Product, vec![amount, factor]))
        });
        Formula::new(Operation::Sum, years.collect()).rounded(Rounding::Penny).told(
            "the sum of real cost x discount factor up to this year, to the penny",
            "Σ C(s) x DF(s), s ≤ t",
        )
    }

    /// The latest of the months in which each benefit is at full effect, if none has ended by then.
    fn full_benefit(&self, option: OptionId) -> Formula {
        let delivered = |b: usize| {
            let benefit = &self.plan.benefits[b];
            benefit.value.is_some() && self.sheet(option).lives[benefit.service.place()].stream.is_some()
        };
        let benefits = (0..self.plan.benefits.len()).filter(|&b| delivered(b));
        let mut terms: Vec<Term> =
            benefits.map(|b| self.event(Event::FullEffect(BenefitId::new(b)), option)).collect();
        let lines = self.option(option).lines.iter().copied();
        let lines = lines.filter(|id| matches!(self.plan.lines[id.place()].flow, plan::Flow::Benefit { .. }));
        terms.extend(lines.map(|id| self.full_effect_of_line(option, id)));
        let latest = Formula::new(Operation::Greatest, terms)
            .told("the latest of the months in which each benefit is at full effect", "latest of months");
        let never = "a benefit has ended before another is at full effect";
        match (self.appraisal(option).full_benefit, latest.compute()) {
            (None, Value::Month(_)) => {
                let none = Self::never("full benefit", never);
                let mut formula = Formula::new(Operation::Greatest, vec![none]).told(never, "");
                formula.beside = latest.terms;
                formula
            }
            _ => latest,
        }
    }

    fn full_effect_of_line(&self, option: OptionId, id: LineId) -> Term {
        let line = &self.plan.lines[id.place()];
        let label = format!("Full effect of {}", self.scenario.lines[id.place()].key);
        match lines::full_effect(&self.plan, line, self.sheet(option)) {
            Some(months) => {
                let why = match line.amount {
                    Amount::Once(_) => "the month in which it falls first",
                    Amount::Monthly(_) => "the month in which it begins",
                    Amount::ByYear(_) => "the first month of the year with the most a month",
                };
                Term::month(label, self.month(months.start), why)
            }
            None => Self::never(&label, "nothing of it falls within the horizon"),
        }
    }
}
