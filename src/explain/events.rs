//! Turning points: why a month is the month it is.

use rust_decimal::Decimal;

use super::figure::{Event, Figure};
use super::formula::{Formula, Operation, Origin, Term, Unit, Value};
use super::world::{World, one};
use crate::calendar::Month;
use crate::costing::services::full_effect;
use crate::delivery::Life;
use crate::id::{BenefitId, OptionId, ServiceId, StreamId};
use crate::ledger::Activity;
use crate::plan::{ApproachKind, Awaited, Event as Awaits, Pattern};
use crate::scenario::{self, StandDownWhen, Start};

impl World<'_> {
    fn life(&self, option: OptionId, service: ServiceId) -> &Life<Decimal> {
        &self.sheet(option).lives[service.place()]
    }

    /// What the run says a turning point is.
    pub(super) fn event_value(&self, event: Event, option: OptionId) -> Value {
        let course = |stream: StreamId| self.sheet(option).courses[stream.place()];
        match event {
            Event::Start(stream) => self.when(course(stream).start),
            Event::Work(stream) => self.when(course(stream).work),
            Event::End(stream) => self.when(course(stream).end),
            Event::FirstRelease(service) => self.when(self.life(option, service).first_release),
            Event::Live(service) => self.when(self.life(option, service).live),
            Event::Renewed(service, n) => self.when(self.life(option, service).renewed.get(n).copied()),
            Event::Done(_) | Event::RenewalWork(..) | Event::FullEffect(_) => {
                self.inside(self.event_formula(event, option).compute())
            }
        }
    }

    /// A month beyond the horizon is none.
    pub(super) fn inside(&self, value: Value) -> Value {
        match value {
            Value::Month(month) if month > self.plan.horizon.last() => {
                Value::Nothing("not within the horizon".to_owned())
            }
            value => value,
        }
    }

    pub(super) fn event_label(&self, event: Event, option: OptionId) -> String {
        let stream = |id: StreamId| self.read_stream(option, id).id.as_str();
        let service = |id: ServiceId| self.scenario.services[id.place()].name.as_str();
        match event {
            Event::Start(id) => format!("{} starts", stream(id)),
            Event::Work(id) => format!("{} starts work", stream(id)),
            Event::End(id) => format!("{} has ended", stream(id)),
            Event::Done(id) => format!("{} has built its last service", stream(id)),
            Event::FirstRelease(id) => format!("First release of {}", service(id)),
            Event::Live(id) => format!("{} goes live", service(id)),
            Event::Renewed(id, n) => format!("Renewal {} of {} is done", n + 1, service(id)),
            Event::RenewalWork(id, n) => format!("Work on renewal {} of {} starts", n + 1, service(id)),
            Event::FullEffect(id) => format!("Full effect of {}", self.scenario.benefits[id.place()].key),
        }
    }

    pub(super) fn event(&self, event: Event, option: OptionId) -> Term {
        let (label, value) = (self.event_label(event, option), self.event_value(event, option));
        self.figure(Figure::Event(event, option), label, value, Unit::Month)
    }

    fn written(key: String, month: Month) -> Term {
        let origin = Origin::Written(key.clone());
        Term { label: key, value: Value::Month(month), unit: Unit::Month, when: None, origin }
    }

    pub(super) fn event_formula(&self, event: Event, option: OptionId) -> Formula {
        match event {
            Event::Start(stream) => self.start(option, stream),
            Event::Work(id) => {
                let lead = self.months(self.read_stream(option, id).mechanisms.approval.lead);
                let terms = vec![self.event(Event::Start(id), option), lead];
                Formula::new(Operation::MonthsLater, terms)
                    .told("its start and the months of approval", "w = start + lead")
            }
            Event::Done(stream) => {
                let services = &self.read_stream(option, stream).services;
                let mut live: Vec<Term> = services.iter().map(|&id| self.live_or_ended(option, id)).collect();
                let mut words = "the month before the last go-live";
                if services.iter().any(|&id| self.ends_unfinished(option, id)) {
                    live.push(self.event(Event::Work(stream), option));
                    words = "the month before the last of its services is live or has ended";
                }
                let live = Term::made("all of it live", Unit::Month, Formula::new(Operation::Greatest, live));
                let less = Term::constant(
                    "-1 month",
                    -1,
                    Unit::Months,
                    "a service is live from the month after it is complete",
                );
                Formula::new(Operation::MonthsLater, vec![live, less]).told(words, "")
            }
            Event::End(stream) => self.end(option, stream),
            Event::FirstRelease(service) => self.first_release(option, service),
            Event::Live(service) => self.live(option, service),
            Event::Renewed(service, n) => self.renewed(option, service, n),
            Event::RenewalWork(service, n) => self.renewal_work(option, service, n),
            Event::FullEffect(benefit) => self.full_effect(option, benefit),
        }
    }

    fn start(&self, option: OptionId, id: StreamId) -> Formula {
        let stream = self.read_stream(option, id);
        let key = format!("option.{}.stream.{}.start", self.scenario.options[option.place()].id, stream.id);
        let (of, event, plus) = match stream.start {
            Start::Month(month) => {
                let mut terms = vec![Self::written(key, month)];
                if self.delayed {
                    terms.push(Term::constant(
                        "1 month",
                        1,
                        Unit::Months,
                        "every stream starts a month later",
                    ));
                }
                return Formula::new(Operation::MonthsLater, terms)
                    .told("the month that the scenario states", "");
            }
            Start::After { of, event, plus } => (of, event, plus),
        };
        let awaited = match (of, event) {
            (Awaited::Service(service), Awaits::FirstRelease) => {
                self.event(Event::FirstRelease(service), option)
            }
            (Awaited::Service(service), _) => self.event(Event::Live(service), option),
            (Awaited::Stream(stream), Awaits::End) => self.event(Event::End(stream), option),
            (Awaited::Stream(stream), event) => {
                let services = &self.read_stream(option, stream).services;
                let first = event == Awaits::FirstRelease;
                let turn = |id: ServiceId| if first { Event::FirstRelease(id) } else { Event::Live(id) };
                // Services whose first release never comes don't hold back the others'.
                let turns = services.iter().map(|&id| self.event(turn(id), option));
                let turns = turns.filter(|turn| !first || matches!(turn.value, Value::Month(_))).collect();
                let (operation, label) = if first {
                    (Operation::Least, "first release of any")
                } else {
                    (Operation::Greatest, "all of it live")
                };
                Term::made(label, Unit::Month, Formula::new(operation, turns))
            }
        };
        let terms = vec![awaited, self.months(plus)];
        Formula::new(Operation::MonthsLater, terms)
            .told("the event that it waits for, and the months after that", "")
    }

    /// Whether a service of an option ends before it goes live.
    fn ends_unfinished(&self, option: OptionId, service: ServiceId) -> bool {
        let end = self.plan.services[service.place()].end;
        end < self.plan.horizon.months() && self.life(option, service).live.is_none()
    }

    /// Go-live, or for a service that ends before that the month after its last.
    fn live_or_ended(&self, option: OptionId, id: ServiceId) -> Term {
        if !self.ends_unfinished(option, id) {
            return self.event(Event::Live(id), option);
        }
        let service = &self.scenario.services[id.place()];
        let terms = vec![Self::written(format!("{}.to", service.key), service.to), one()];
        let label = format!("{} has ended", service.name);
        Term::made(label, Unit::Month, Formula::new(Operation::MonthsLater, terms))
    }

    fn never_finished(&self, id: ServiceId, what: &str) -> Formula {
        let why = format!("it ends in {}, before that", self.scenario.services[id.place()].to.in_words());
        Formula::new(Operation::Greatest, vec![Self::never(what, &why)]).told(why, "")
    }

    /// Whether all services of a stream have ended by the time it could start work.
    fn never_works(&self, option: OptionId, id: StreamId) -> bool {
        let work = self.sheet(option).courses[id.place()].work;
        let services = &self.read_stream(option, id).services;
        let ended = |work: usize| services.iter().all(|&id| self.plan.has_ended(id, work as i64));
        work.is_some_and(ended)
    }

    fn end(&self, option: OptionId, id: StreamId) -> Formula {
        let stream = self.read_stream(option, id);
        let m = &stream.mechanisms;
        if self.never_works(option, id) {
            let mut terms = vec![self.event(Event::Work(id), option)];
            if let Some(StandDownWhen::Month(month)) = m.stand_down.map(|stand_down| stand_down.when) {
                let last = Self::written("stand_down".to_owned(), month);
                let after = Formula::new(Operation::MonthsLater, vec![last, one()]);
                terms.push(Term::made("the month after the last that is stated", Unit::Month, after));
            }
            return Formula::new(Operation::Least, terms)
                .told("all its services have ended before it could start work", "");
        }
        let notice = match (m.kind, m.stand_down.map(|stand_down| stand_down.when)) {
            (ApproachKind::Temporary, _) => m.handover.overlap,
            (ApproachKind::Persistent, Some(StandDownWhen::Done { notice })) => notice,
            (ApproachKind::Persistent, Some(StandDownWhen::Month(month))) => {
                let key = format!(
                    "option.{}.stream.{}.stand_down",
                    self.scenario.options[option.place()].id,
                    stream.id
                );
                let terms = vec![Self::written(key, month), one()];
                return Formula::new(Operation::MonthsLater, terms)
                    .told("the month after the last that is stated", "");
            }
            (ApproachKind::Persistent, None) => {
                let never = Self::never("its end", "a standing team stays");
                return Formula::new(Operation::Greatest, vec![never]).told("a standing team stays", "");
            }
        };
        let mut terms = vec![self.event(Event::Done(id), option), one()];
        if m.kind == ApproachKind::Temporary
            && stream.services.iter().all(|&id| self.ends_unfinished(option, id))
        {
            return Formula::new(Operation::MonthsLater, terms)
                .told("the month after its last service has ended: there is nothing to hand over", "");
        }
        terms.push(self.months(notice));
        Formula::new(Operation::MonthsLater, terms)
            .told("the month after its last service is complete, and overlap or notice", "")
    }

    /// The work on a service month by month, and what a stall takes back.
    fn steps(&self, option: OptionId, service: ServiceId, until: usize) -> Vec<Term> {
        let mut steps: Vec<(usize, Term)> = Vec::new();
        let mut months: Vec<(usize, Vec<Term>)> = Vec::new();
        for place in self.building_entries(option, service) {
            let month = self.entry(option, place).month;
            let work = self.work_done(option, place);
            match months.last_mut() {
                Some((last, works)) if *last == month => works.push(work),
                _ => months.push((month, vec![work])),
            }
        }
        for (month, mut works) in months.into_iter().filter(|(month, _)| *month < until) {
            let label = self.month(month).in_words();
            let term = match (works.len(), works.pop()) {
                (1, Some(work)) => Term { label, ..work },
                (_, last) => {
                    works.extend(last);
                    Term::made(label, Unit::TeamMonths, Formula::new(Operation::Sum, works))
                }
            };
            steps.push((month, term.in_month(self.month(month))));
        }
        let losses = self.sheet(option).losses.iter();
        for loss in losses.filter(|loss| loss.service == service && loss.month < until) {
            let nought = Term::constant("0", 0, Unit::TeamMonths, "what is lost is taken away");
            let share = self.lost_share(option, service).map(|share| self.input(share));
            let lost =
                std::iter::once(self.done(option, service, None, loss.month, false)).chain(share).collect();
            let lost = Term::made("lost work", Unit::TeamMonths, Formula::new(Operation::Product, lost));
            let label = format!("lost in {}", self.month(loss.month).in_words());
            let term =
                Term::made(label, Unit::TeamMonths, Formula::new(Operation::Difference, vec![nought, lost]));
            let at = steps.partition_point(|(month, _)| *month < loss.month);
            steps.insert(at, (loss.month, term.in_month(self.month(loss.month))));
        }
        steps.into_iter().map(|(_, term)| term).collect()
    }

    fn live(&self, option: OptionId, service: ServiceId) -> Formula {
        let Some(stream) = self.life(option, service).stream else {
            let never = Self::never("go-live", "no stream of the option delivers it");
            return Formula::new(Operation::Greatest, vec![never])
                .told("no stream of the option delivers it", "");
        };
        if self.ends_unfinished(option, service) {
            let mut formula = self.never_finished(service, "go-live");
            formula.beside = self.way_to(option, service, stream);
            return formula;
        }
        let complete = self.reached(
            option,
            service,
            stream,
            self.effort(option, service),
            self.life(option, service).live,
        );
        let mut formula = Formula::new(Operation::MonthsLater, vec![complete, month_after()]).told(
            "the month after the one in which the work done on it reaches its effort, overrun included",
            "live = complete + 1",
        );
        formula.beside = self.way_to(option, service, stream);
        formula
    }

    /// What comes before the work on a service: its stream's start, approval, the services before it, a stall.
    fn way_to(&self, option: OptionId, service: ServiceId, id: StreamId) -> Vec<Term> {
        let stream = self.read_stream(option, id);
        let mut way = vec![
            self.event(Event::Start(id), option),
            self.months(stream.mechanisms.approval.lead),
            self.event(Event::Work(id), option),
        ];
        let before = stream.services.iter().take_while(|&&other| other != service);
        way.extend(before.map(|&other| self.event(Event::Live(other), option)));
        let stalled = self.entries(option, |e| e.stream == id && e.activity == Activity::Stalled);
        if let Some(&first) = stalled.first() {
            let from = self.month(self.entry(option, first).month).in_words();
            let why = format!("work stands still from {from}");
            way.push(Term::constant("months stalled", stalled.len() as i64, Unit::Months, why));
        }
        way
    }

    /// The month by which the work on a service reaches a threshold.
    fn reached(
        &self,
        option: OptionId,
        service: ServiceId,
        stream: StreamId,
        threshold: Term,
        event: Option<usize>,
    ) -> Term {
        let until = event.unwrap_or(self.plan.horizon.months());
        let mut terms = self.steps(option, service, until);
        if let (true, Some(month)) = (terms.is_empty(), event.and_then(|event| event.checked_sub(1))) {
            let why = "it takes no work, so it is complete when the stream comes to it";
            terms.push(Term::constant("0", 0, Unit::TeamMonths, why).in_month(self.month(month)));
        }
        terms.insert(0, threshold);
        let work = self.event(Event::Work(stream), option);
        let began = match work.value {
            Value::Month(month) => {
                format!(" ({} starts work in {})", self.read_stream(option, stream).id, month.in_words())
            }
            _ => String::new(),
        };
        let words = format!("the month by which the running total of work done reaches the effort{began}");
        let formula =
            Formula::new(Operation::MonthReached, terms).told(words, "first month with Σ work >= effort");
        Term::made("Complete", Unit::Month, formula)
    }

    fn first_release(&self, option: OptionId, service: ServiceId) -> Formula {
        let life = self.life(option, service);
        let release = life.stream.map(|id| (id, self.read_stream(option, id).mechanisms.release));
        let Some((stream, release)) = release.filter(|(_, release)| release.pattern == Pattern::Incremental)
        else {
            let live = self.event(Event::Live(service), option);
            return Formula::new(Operation::Greatest, vec![live])
                .told("nothing is released before all of it", "");
        };
        if life.first_release.is_none() && self.ends_unfinished(option, service) {
            return self.never_finished(service, "first release");
        }
        let share = vec![self.input(release.first), self.effort(option, service)];
        let share =
            Term::made("effort by first release", Unit::TeamMonths, Formula::new(Operation::Product, share));
        let reached = self.reached(option, service, stream, share, life.first_release);
        let mut formula = Formula::new(Operation::MonthsLater, vec![reached, month_after()]).told(
            "the month after the one in which the work done on it reaches its share for first release",
            "first release = month of first x effort + 1",
        );
        formula.beside = self.way_to(option, service, stream);
        formula
    }

    fn renewed(&self, option: OptionId, service: ServiceId, n: usize) -> Formula {
        let renewed = &self.life(option, service).renewed;
        let after = n.checked_sub(1).and_then(|before| renewed.get(before)).map_or(0, |&before| before + 1);
        let until = renewed.get(n).map_or(self.plan.horizon.months(), |&month| month + 1);
        let places = self.renewal_entries(option, service).into_iter();
        let places = places.filter(|&place| (after..until).contains(&self.entry(option, place).month));
        let mut terms = vec![self.renewal_effort(option, service)];
        terms.extend(places.map(|place| {
            let month = self.month(self.entry(option, place).month);
            Term { label: month.in_words(), ..self.work_done(option, place) }.in_month(month)
        }));
        if terms.len() == 1
            && let Some(&month) = renewed.get(n)
        {
            let nought = Term::constant("0", 0, Unit::TeamMonths, "it takes no work");
            terms.push(nought.in_month(self.month(month)));
        }
        Formula::new(Operation::MonthReached, terms).told(
            "the month by which the work done on the renewal reaches its effort",
            "first month with Σ work >= effort",
        )
    }

    fn renewal_work(&self, option: OptionId, service: ServiceId, n: usize) -> Formula {
        let stream = self.life(option, service).stream;
        let mechanisms = stream.map(|id| &self.read_stream(option, id).mechanisms);
        let mut terms = match n.checked_sub(1) {
            None => vec![self.event(Event::Live(service), option)],
            Some(before) => vec![self.event(Event::Renewed(service, before), option), one()],
        };
        if let Some(m) = mechanisms {
            terms.extend(m.renewal.map(|renewal| self.at_least_a_month(renewal)));
            terms.push(self.months(m.approval.lead));
        }
        Formula::new(Operation::MonthsLater, terms).told(
            "its go-live or the renewal before, the time between renewals, and the months of approval",
            "",
        )
    }

    fn at_least_a_month(&self, renewal: scenario::Renewal) -> Term {
        let every = self.months(renewal.every);
        if every.number() >= Decimal::ONE {
            return every;
        }
        Term::made("at least a month", Unit::Months, Formula::new(Operation::Greatest, vec![every, one()]))
    }

    /// The first month in which a benefit of a service has an effect.
    pub(super) fn first_effect(&self, option: OptionId, id: BenefitId) -> Term {
        let benefit = &self.scenario.benefits[id.place()];
        let terms = vec![self.event(Event::FirstRelease(benefit.service), option), self.months(benefit.lag)];
        Term::made("first effect", Unit::Month, Formula::new(Operation::MonthsLater, terms))
    }

    fn full_effect(&self, option: OptionId, id: BenefitId) -> Formula {
        let benefit = &self.scenario.benefits[id.place()];
        let mut terms = vec![self.first_effect(option, id)];
        if self.plan.benefits[id.place()].ramp > Decimal::ONE {
            terms.push(self.rounded_up(benefit.ramp));
            terms.push(Term::constant(
                "-1 month",
                -1,
                Unit::Months,
                "the last month of the ramp is at full effect",
            ));
        }
        let risen =
            Term::made("the end of its ramp", Unit::Month, Formula::new(Operation::MonthsLater, terms));
        let live = self.event(Event::Live(benefit.service), option);
        let (plan, life) = (&self.plan.benefits[id.place()], self.life(option, benefit.service));
        let end = self.plan.services[benefit.service.place()].end;
        if end < self.plan.horizon.months() && full_effect(plan, life, end).is_none() {
            let mut formula = self.never_finished(benefit.service, "full effect");
            formula.beside = vec![live, risen];
            return formula;
        }
        Formula::new(Operation::Greatest, vec![live, risen])
            .told("the later of go-live and the end of its ramp", "max(live, first release + lag + ramp - 1)")
    }
}

fn month_after() -> Term {
    Term::constant("1 month", 1, Unit::Months, "users have it from the month after")
}
