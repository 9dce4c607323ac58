//! How a service stands in a month: released, kept up, neglected, improved; and what it then costs and gives.

use rust_decimal::Decimal;

use super::figure::{Event, Figure};
use super::formula::{Formula, Operation, Term, Unit};
use super::world::{World, one, twelve};
use crate::costing::services::first_effect;
use crate::delivery::Crew;
use crate::id::{BenefitId, OptionId, ServiceId, StreamId};
use crate::ledger::Activity;
use crate::plan::ApproachKind;

impl World<'_> {
    fn of_service(&self, what: &str, service: ServiceId, month: usize) -> String {
        format!(
            "{what} of {}, {}",
            self.scenario.services[service.place()].name,
            self.month(month).in_words()
        )
    }

    /// Run cost a month x (1 + what neglect adds).
    pub(super) fn running(&self, option: OptionId, service: ServiceId, month: usize) -> Vec<Term> {
        let of = &self.scenario.services[service.place()];
        let mut terms = vec![self.a_month(of.run)];
        let neglect = self.neglect(option, service, month);
        if !neglect.number().is_zero() {
            let more = Formula::new(Operation::Product, vec![self.input(of.neglect_run_cost), neglect]);
            let more = Term::made("what neglect adds", Unit::Rate, more);
            terms.push(Term::made(
                "1 + what neglect adds",
                Unit::Number,
                Formula::new(Operation::Sum, vec![one(), more]),
            ));
        }
        terms
    }

    /// A benefit's value a month x its effect: released x ramp x health x (1 + improvement).
    pub(super) fn benefit(&self, option: OptionId, id: BenefitId, month: usize) -> Vec<Term> {
        let benefit = &self.scenario.benefits[id.place()];
        let plan = &self.plan.benefits[id.place()];
        let service = benefit.service;
        let of = &self.scenario.services[service.place()];
        let Some(value) = benefit.value else { return Vec::new() };
        let mut effect = vec![self.released(option, service, month)];
        let life = &self.sheet(option).lives[service.place()];
        let first = first_effect(plan, life).unwrap_or(month);
        if plan.ramp > Decimal::ONE {
            let now = Term::month(self.month(month).in_words(), self.month(month), "the month in question");
            let since = Formula::new(Operation::MonthsBetween, vec![now, self.first_effect(option, id)]);
            let since = Term::made("months since its first effect", Unit::Months, since);
            debug_assert_eq!(since.number(), Decimal::from((month - first) as u64));
            let months = Term::made(
                "months of effect",
                Unit::Months,
                Formula::new(Operation::Sum, vec![since, one()]),
            );
            let share = Formula::new(Operation::Quotient, vec![months, self.input(benefit.ramp)]);
            let share = Term::made("months / ramp", Unit::Rate, share);
            effect.push(Term::made(
                "share of full effect (ramp)",
                Unit::Rate,
                Formula::new(Operation::Least, vec![share, one()]),
            ));
        }
        let neglect = self.neglect(option, service, month);
        if !neglect.number().is_zero() {
            let less = Formula::new(Operation::Product, vec![self.input(of.neglect_benefits), neglect]);
            let less = Term::made("what neglect takes", Unit::Rate, less);
            let left = Term::made(
                "1 - what neglect takes",
                Unit::Rate,
                Formula::new(Operation::Difference, vec![one(), less]),
            );
            let nought = Term::constant("0", 0, Unit::Rate, "not below nought");
            effect.push(Term::made(
                "health",
                Unit::Rate,
                Formula::new(Operation::Greatest, vec![left, nought]),
            ));
        }
        let improvement = self.improvement(option, service, month);
        if !improvement.number().is_zero() {
            let better = Formula::new(Operation::Sum, vec![one(), improvement]);
            effect.push(Term::made("1 + improvement", Unit::Number, better));
        }
        let effect = Formula::new(Operation::Product, effect);
        vec![self.a_month(value), Term::made("effect", Unit::Rate, effect)]
    }

    pub(super) fn released(&self, option: OptionId, service: ServiceId, month: usize) -> Term {
        let value = self.sheet(option).lives[service.place()].months[month].released;
        let label = self.of_service("share released", service, month);
        self.numbered(Figure::Released(option, service, month), label, value, Unit::Rate)
    }

    pub(super) fn released_formula(&self, option: OptionId, service: ServiceId, month: usize) -> Formula {
        let life = &self.sheet(option).lives[service.place()];
        if life.live.is_some_and(|live| live <= month) {
            let since = life.live.map_or(String::new(), |live| self.month(live).in_words());
            let all = Term::constant("1", 1, Unit::Rate, format!("all of it: live since {since}"));
            return Formula::new(Operation::Sum, vec![all]).told("all of it once it is live", "");
        }
        if life.first_release.is_none_or(|first| first > month) {
            let none = Term::constant("0", 0, Unit::Rate, "nothing is released yet");
            return Formula::new(Operation::Sum, vec![none]).told("nothing is released yet", "");
        }
        let terms = vec![self.done(option, service, None, month, false), self.effort(option, service)];
        let share = Formula::new(Operation::Quotient, terms);
        let words = "the share of its effort that is done at the end of the month before";
        let losses = self.sheet(option).losses.iter();
        if month > 0 && losses.filter(|loss| loss.service == service).any(|loss| loss.month < month) {
            let before = self.released(option, service, month - 1);
            let share = Term::made("share done", Unit::Rate, share);
            return Formula::new(Operation::Greatest, vec![before, share])
                .told(format!("{words}, and never less than before"), "");
        }
        share.told(words, "done / effort")
    }

    pub(super) fn neglect(&self, option: OptionId, service: ServiceId, month: usize) -> Term {
        let value = self.sheet(option).lives[service.place()].months[month].neglect;
        let label = self.of_service("years of unfunded upkeep", service, month);
        self.numbered(Figure::Neglect(option, service, month), label, value, Unit::Number)
    }

    /// The sum over months since go-live or renewal of (1 - coverage) / 12.
    pub(super) fn neglect_formula(&self, option: OptionId, service: ServiceId, month: usize) -> Formula {
        let life = &self.sheet(option).lives[service.place()];
        let end = self.plan.services[service.place()].end;
        let renewed =
            life.renewed.iter().filter(|&&renewed| renewed < month).max().map(|&renewed| renewed + 1);
        let from = renewed.or(life.live).unwrap_or(month);
        let needed = !self.plan.services[service.place()].upkeep.is_zero();
        let months = (from..month.min(end)).filter(|_| needed);
        let terms = months.filter_map(|m| {
            let coverage = self.coverage(option, service, m);
            let unfunded = Formula::new(Operation::Difference, vec![one(), coverage]);
            let unfunded = Term::made("share unfunded", Unit::Rate, unfunded);
            let part = Formula::new(Operation::Quotient, vec![unfunded.clone(), twelve()]);
            (!unfunded.number().is_zero()).then(|| Term::made(self.month(m).in_words(), Unit::Number, part))
        });
        Formula::new(Operation::Sum, terms.collect()).told(
            "the sum over months since go-live or renewal of the share of upkeep not done / 12",
            "D = Σ (1 - coverage) / 12",
        )
    }

    fn coverage(&self, option: OptionId, service: ServiceId, month: usize) -> Term {
        let label = self.of_service("share of upkeep done", service, month);
        let value = self.coverage_formula(option, service, month).compute();
        self.figure(Figure::Coverage(option, service, month), label, value, Unit::Rate)
    }

    pub(super) fn coverage_formula(&self, option: OptionId, service: ServiceId, month: usize) -> Formula {
        let own = self.entries(option, |e| {
            (e.month, e.service, e.crew, e.activity) == (month, Some(service), Crew::Stream, Activity::Upkeep)
        });
        if let Some(&place) = own.first() {
            let need = self.a_month(self.scenario.services[service.place()].upkeep);
            let terms = vec![self.work_done(option, place), need];
            return Formula::new(Operation::Quotient, terms)
                .told("the upkeep done over the upkeep needed", "done / needed");
        }
        let stream = self.sheet(option).lives[service.place()].stream;
        let paid = stream.and_then(|id| {
            let mechanisms = &self.read_stream(option, id).mechanisms;
            let temporary = mechanisms.kind == ApproachKind::Temporary;
            mechanisms.upkeep.filter(|_| temporary).map(|upkeep| (id, upkeep))
        });
        let Some((stream, upkeep)) = paid else {
            let none = Term::constant("0", 0, Unit::Rate, "nobody keeps it up");
            return Formula::new(Operation::Sum, vec![none]).told("nobody keeps it up", "");
        };
        let mut terms = vec![self.input(upkeep.coverage)];
        terms.extend(self.kept_after_handover(option, stream, service, month));
        let done = Term::made("coverage", Unit::Rate, Formula::new(Operation::Product, terms));
        Formula::new(Operation::Least, vec![done, one()]).told(
            "the coverage paid for, less what hand-over loses of its effect",
            "min(1, coverage x (1 - lost))",
        )
    }

    /// 1 - what hand-over loses of upkeep's effect; nothing where nothing has been handed over yet.
    pub(super) fn kept_after_handover(
        &self,
        option: OptionId,
        stream: StreamId,
        service: ServiceId,
        month: usize,
    ) -> Option<Term> {
        let handover = self.read_stream(option, stream).mechanisms.handover;
        let overlap = self.option(option).streams[stream.place()].handover.overlap;
        let sheet = self.sheet(option);
        let end = sheet.courses[stream.place()].end.filter(|&end| end <= month);
        let renewed = sheet.lives[service.place()].renewed.iter().enumerate();
        let mut handed_over =
            renewed.filter(|&(_, &r)| r <= month).map(|(n, &r)| (n, r + 1 + overlap as usize));
        let renewal = handed_over.rfind(|&(_, at)| at <= month);
        let since = match (end, renewal) {
            (None, None) => return None,
            (Some(end), Some((_, at))) if end >= at => self.event(Event::End(stream), option),
            (Some(_), None) => self.event(Event::End(stream), option),
            (_, Some((n, _))) => {
                let renewed = self.event(Event::Renewed(service, n), option);
                let terms = vec![renewed, one(), self.months(handover.overlap)];
                Term::made("renewal handed over", Unit::Month, Formula::new(Operation::MonthsLater, terms))
            }
        };
        let now = Term::month(self.month(month).in_words(), self.month(month), "the month in question");
        let months = Formula::new(Operation::MonthsBetween, vec![now, since]);
        let months = Term::made("months since hand-over", Unit::Months, months);
        let risen = self.risen(months, handover.recovery, "share recovered");
        let left = Term::made(
            "share not recovered",
            Unit::Rate,
            Formula::new(Operation::Difference, vec![one(), risen]),
        );
        let lost = Formula::new(Operation::Product, vec![self.input(handover.loss), left]);
        let lost = Term::made("lost at hand-over", Unit::Rate, lost);
        Some(Term::made(
            "1 - lost at hand-over",
            Unit::Rate,
            Formula::new(Operation::Difference, vec![one(), lost]),
        ))
    }

    pub(super) fn improvement(&self, option: OptionId, service: ServiceId, month: usize) -> Term {
        let value = self.sheet(option).lives[service.place()].months[month].improvement;
        let label = self.of_service("improvement so far", service, month);
        self.numbered(Figure::Improvement(option, service, month), label, value, Unit::Rate)
    }

    pub(super) fn improvement_formula(&self, option: OptionId, service: ServiceId, month: usize) -> Formula {
        let of = &self.scenario.services[service.place()];
        let work = self.entries(option, |e| {
            (e.service, e.activity) == (Some(service), Activity::Improvement) && e.month < month
        });
        let parts = work.into_iter().map(|place| {
            let terms = vec![self.work_done(option, place), self.input(of.improve_gain)];
            let label = self.month(self.entry(option, place).month).in_words();
            Term::made(label, Unit::Rate, Formula::new(Operation::Product, terms))
        });
        let all =
            Term::made("gain of all improvement", Unit::Rate, Formula::new(Operation::Sum, parts.collect()));
        Formula::new(Operation::Least, vec![all, self.input(of.improve_limit)])
            .told("team-months of improvement x gain, up to the limit", "min(limit, Σ work x gain)")
    }
}
