//! A crew's month: its capacity (MODEL 6.2), the work it does with it, and the share of its time that takes.

use rust_decimal::Decimal;
use std::collections::BTreeSet;

use super::figure::{Event, Figure};
use super::formula::{Formula, Operation, Rounding, Term, Unit, Value};
use super::world::{World, one};
use crate::delivery::{Crew, Entry};
use crate::id::{InputId, OptionId, ServiceId, StreamId, TeamId};
use crate::ledger::Activity;
use crate::number::Number;
use crate::scenario;

pub(super) const PHASES: [Activity; 3] = [Activity::Discovery, Activity::Alpha, Activity::Beta];

impl World<'_> {
    pub(super) fn entry(&self, option: OptionId, place: usize) -> &Entry<Decimal> {
        &self.sheet(option).entries[place]
    }

    pub(super) fn read_stream(&self, option: OptionId, id: StreamId) -> &scenario::Stream {
        &self.scenario.options[option.place()].streams[id.place()]
    }

    pub(super) fn team_heads(&self, id: TeamId) -> Term {
        let team = &self.scenario.teams[id.place()];
        let ftes = team.members.iter().map(|&(_, fte)| self.input(fte)).collect();
        Term::made(format!("{}: heads", team.key), Unit::Number, Formula::new(Operation::Sum, ftes))
    }

    /// The entries of the crew's month that an entry belongs to, by place.
    pub(super) fn shift(&self, option: OptionId, place: usize) -> Vec<usize> {
        let entries = &self.sheet(option).entries;
        let of = |entry: &Entry<Decimal>| {
            let service = entry.service.filter(|_| entry.crew != Crew::Stream);
            (entry.month, entry.stream, entry.crew, service)
        };
        let whose = of(&entries[place]);
        let begins = (0..=place).rev().take_while(|&p| of(&entries[p]) == whose).last().unwrap_or(place);
        (begins..entries.len()).take_while(|&p| of(&entries[p]) == whose).collect()
    }

    /// How many team-months of a team's cost an entry is.
    pub(super) fn paid_time(&self, option: OptionId, place: usize) -> Vec<Term> {
        let entry = self.entry(option, place);
        let stream = self.read_stream(option, entry.stream);
        match (entry.crew, entry.activity, entry.service, stream.mechanisms.upkeep, stream.mechanisms.stall) {
            (Crew::Upkeep, _, Some(service), Some(upkeep), _) => {
                let work = self.paid_upkeep(service, upkeep.coverage);
                let pace = self.input(self.scenario.teams[upkeep.team.place()].pace);
                let formula = Formula::new(Operation::Quotient, vec![work, pace]);
                vec![Term::made("team-months of the upkeep team", Unit::TeamMonths, formula)]
            }
            (_, Activity::Stalled, _, _, Some(stall)) => {
                vec![self.input(stall.standing), self.input(stream.teams)]
            }
            (_, Activity::Handover, ..) => vec![self.input(stream.teams)],
            _ => vec![self.time(option, place), self.input(stream.teams)],
        }
    }

    /// Upkeep that is paid for: coverage x what the service needs a month.
    pub(super) fn paid_upkeep(&self, service: ServiceId, coverage: InputId) -> Term {
        let terms = vec![self.input(coverage), self.a_month(self.scenario.services[service.place()].upkeep)];
        Term::made("upkeep paid for", Unit::TeamMonths, Formula::new(Operation::Product, terms))
    }

    fn entry_label(&self, option: OptionId, place: usize, what: &str) -> String {
        let entry = self.entry(option, place);
        let on = entry
            .service
            .map_or(String::new(), |id| format!(" of {}", self.scenario.services[id.place()].name));
        let month = self.month(entry.month).in_words();
        format!("{what}{}{on}, {month}", entry.activity.word())
    }

    pub(super) fn time(&self, option: OptionId, place: usize) -> Term {
        let label = self.entry_label(option, place, "share of the month on ");
        self.numbered(Figure::Time(option, place), label, self.entry(option, place).time, Unit::Rate)
    }

    /// Forming takes 1 - ramp; the rest goes in proportion to the work, and the last takes what is left of it.
    pub(super) fn time_formula(&self, option: OptionId, place: usize) -> Formula {
        let ramp = self.ramp(option, place);
        if self.entry(option, place).activity == Activity::Forming {
            let formula = Formula::new(Operation::Difference, vec![one(), ramp]);
            return formula.told("what a team still forming lacks of full strength", "1 - ramp(k)");
        }
        let worked = self.shift(option, place).into_iter();
        let worked: Vec<usize> =
            worked.filter(|&p| self.entry(option, p).activity != Activity::Forming).collect();
        if worked.last() == Some(&place) {
            let others = worked.into_iter().filter(|&p| p != place).map(|p| self.time(option, p));
            let terms = std::iter::once(ramp).chain(others).collect();
            return Formula::new(Operation::Difference, terms)
                .told("the team's strength less its time on everything else", "ramp(k) - Σ others");
        }
        let work = Formula::new(Operation::Product, vec![ramp, self.work_done(option, place)]);
        let terms = vec![Term::made("ramp x work", Unit::TeamMonths, work), self.capacity(option, place)];
        Formula::new(Operation::Quotient, terms)
            .told("the team's strength x the work done / capacity", "ramp(k) x work / capacity")
    }

    /// Months of work behind the crew.
    fn months_worked(&self, option: OptionId, place: usize) -> Term {
        let entry = self.entry(option, place);
        let now =
            Term::month(self.month(entry.month).in_words(), self.month(entry.month), "the month in question");
        let renewals = |service: ServiceId| {
            self.sheet(option).lives[service.place()].renewed.iter().filter(|&&m| m < entry.month).count()
        };
        let begun = match (entry.crew, entry.service) {
            (Crew::Renewal, Some(service)) => {
                self.event(Event::RenewalWork(service, renewals(service)), option)
            }
            _ => self.event(Event::Work(entry.stream), option),
        };
        let since = Formula::new(Operation::MonthsBetween, vec![now, begun]);
        let since = Term::made("months since work began", Unit::Months, since);
        let stalled: BTreeSet<usize> = self
            .sheet(option)
            .entries
            .iter()
            .filter(|e| e.stream == entry.stream && e.crew == Crew::Stream && e.month < entry.month)
            .filter(|e| e.activity == Activity::Stalled)
            .map(|e| e.month)
            .collect();
        if stalled.is_empty() || entry.crew != Crew::Stream {
            return since;
        }
        let stalled = Term::constant(
            "months stalled",
            stalled.len() as i64,
            Unit::Months,
            "months in which work was stopped",
        );
        Term::made(
            "working months before it",
            Unit::Months,
            Formula::new(Operation::Difference, vec![since, stalled]),
        )
    }

    fn ramp(&self, option: OptionId, place: usize) -> Term {
        let entry = self.entry(option, place);
        let forming = self.read_stream(option, entry.stream).mechanisms.forming;
        let risen =
            self.risen(self.months_worked(option, place), forming.time, "share of forming that is over");
        let rise = Formula::new(Operation::Product, vec![self.one_less(forming.from), risen]);
        let rise = Term::made("what has been gained", Unit::Rate, rise);
        let formula = Formula::new(Operation::Sum, vec![self.input(forming.from), rise]);
        let formula = formula.told(
            "from + (1 - from) x the share of forming that is over",
            "ramp(k) = from + (1 - from) x min(1, (k + 1/2) / time)",
        );
        Term::made("strength of the team (ramp)", Unit::Rate, formula)
    }

    /// A straight rise from 0 to 1 over a time, at the middle of a month.
    pub(super) fn risen(&self, months: Term, time: InputId, label: &str) -> Term {
        let half = Term::constant("1/2", Decimal::new(5, 1), Unit::Months, "the middle of the month");
        let middle = Formula::new(Operation::Sum, vec![months, half]);
        let middle = Term::made("months by the middle of this one", Unit::Months, middle);
        let time = self.input(time);
        if time.number() <= Decimal::ZERO {
            return Term::constant(label, 1, Unit::Rate, "it takes no time");
        }
        let quotient = Formula::new(Operation::Quotient, vec![middle, time]);
        let quotient = Term::made("months / time", Unit::Rate, quotient);
        Term::made(label, Unit::Rate, Formula::new(Operation::Least, vec![one(), quotient]))
    }

    pub(super) fn capacity(&self, option: OptionId, place: usize) -> Term {
        let first = self.shift(option, place).first().copied().unwrap_or(place);
        let entry = self.entry(option, place);
        let name = &self.read_stream(option, entry.stream).id;
        let label = format!("capacity of {name}, {}", self.month(entry.month).in_words());
        let value = self.capacity_formula(option, first).compute();
        self.figure(Figure::Capacity(option, first), label, value, Unit::TeamMonths)
    }

    /// The capacity of MODEL 6.2; factors that are switched off are left out.
    pub(super) fn capacity_formula(&self, option: OptionId, place: usize) -> Formula {
        let entry = self.entry(option, place);
        let stream = self.read_stream(option, entry.stream);
        let m = &stream.mechanisms;
        let plan = &self.option(option).streams[entry.stream.place()];
        let pace = self.scenario.teams[m.team.place()].pace;
        let mut terms = vec![self.input(stream.teams), self.input(pace), self.ramp(option, place)];
        if !plan.forming.settled_gain.is_zero() {
            let worked = self.months_worked(option, place);
            let parts = vec![worked, self.input(m.settled.after), self.one_plus(m.settled.gain), one()];
            let formula = Formula::new(Operation::IfAtLeast, parts)
                .told("1 + gain once the team has settled, otherwise 1", "1 + gain if k >= after");
            terms.push(Term::made("gain of a settled team", Unit::Number, formula));
        }
        if !plan.coordination.is_zero() {
            terms.push(self.coordinated(option, entry.month, m.coordination));
        }
        terms.push(self.input(m.utilisation));
        if let Some(vacancies) = m.vacancies {
            let lost = vec![self.input(vacancies.rate), self.one_less(vacancies.cover)];
            let lost = Term::made(
                "posts vacant and not covered",
                Unit::Rate,
                Formula::new(Operation::Product, lost),
            );
            let kept = Formula::new(Operation::Difference, vec![one(), lost]);
            terms.push(Term::made("posts filled or covered", Unit::Rate, kept));
        }
        Formula::new(Operation::Product, terms).told(
            "teams x pace x strength x gain x coordination x utilisation x posts filled",
            "n x pace x ramp(k) x (1 + gain) x max(0, 1 - coordination x (N - 1)) x utilisation x (1 - vacant)",
        )
    }

    fn coordinated(&self, option: OptionId, month: usize, coordination: InputId) -> Term {
        let at_work: BTreeSet<(StreamId, Option<ServiceId>)> = self
            .sheet(option)
            .entries
            .iter()
            .filter(|entry| entry.month == month && entry.crew != Crew::Upkeep)
            .map(|entry| (entry.stream, entry.service.filter(|_| entry.crew == Crew::Renewal)))
            .collect();
        let teams =
            at_work.iter().map(|(stream, _)| self.input(self.read_stream(option, *stream).teams)).collect();
        let teams =
            Term::made("teams at work in the option", Unit::Number, Formula::new(Operation::Sum, teams));
        let others = Term::made(
            "further teams",
            Unit::Number,
            Formula::new(Operation::Difference, vec![teams, one()]),
        );
        let lost = Formula::new(Operation::Product, vec![self.input(coordination), others]);
        let lost = Term::made("output lost to coordination", Unit::Rate, lost);
        let left =
            Term::made("1 - output lost", Unit::Rate, Formula::new(Operation::Difference, vec![one(), lost]));
        let nought = Term::constant("0", 0, Unit::Rate, "not below nought");
        Term::made(
            "output kept beside other teams",
            Unit::Rate,
            Formula::new(Operation::Greatest, vec![nought, left]),
        )
    }

    pub(super) fn work_done(&self, option: OptionId, place: usize) -> Term {
        let label = self.entry_label(option, place, "");
        let entry = self.entry(option, place);
        let term = self.numbered(Figure::Work(option, place), label, entry.work, Unit::TeamMonths);
        term.in_month(self.month(entry.month))
    }

    /// The smaller of what is left to do and what capacity is left.
    pub(super) fn work_formula(&self, option: OptionId, place: usize) -> Formula {
        let entry = self.entry(option, place);
        let m = &self.read_stream(option, entry.stream).mechanisms;
        let Some(service) = entry.service else { return self.idle(option, place) };
        let of = &self.scenario.services[service.place()];
        let (need, words) = match entry.activity {
            Activity::Upkeep if entry.crew == Crew::Upkeep => {
                return self.handed_over_upkeep(option, place, service);
            }
            Activity::Upkeep => (self.a_month(of.upkeep), "the upkeep needed, as far as capacity goes"),
            Activity::Improvement => {
                let limit =
                    vec![self.input(of.improve_limit), self.improvement(option, service, entry.month)];
                let left = Term::made(
                    "improvement not yet made",
                    Unit::Rate,
                    Formula::new(Operation::Difference, limit),
                );
                let formula = Formula::new(Operation::Quotient, vec![left, self.input(of.improve_gain)]);
                let worth = Term::made("team-months up to the limit", Unit::TeamMonths, formula);
                (worth, "improvement up to its limit, as far as capacity goes")
            }
            Activity::Renewal => {
                let earlier = self.renewal_entries(option, service).into_iter().filter(|&p| p < place);
                let since = self.sheet(option).lives[service.place()]
                    .renewed
                    .iter()
                    .filter(|&&r| r < entry.month)
                    .max();
                let earlier = earlier.filter(|&p| since.is_none_or(|&r| self.entry(option, p).month > r));
                let terms = std::iter::once(self.renewal_effort(option, service))
                    .chain(earlier.map(|p| self.work_done(option, p)))
                    .collect();
                let left = Term::made(
                    "renewal left to do",
                    Unit::TeamMonths,
                    Formula::new(Operation::Difference, terms),
                );
                (left, "what is left of the renewal, as far as capacity goes")
            }
            _ => {
                let Some(phase) = PHASES.iter().position(|&phase| phase == entry.activity) else {
                    return self.idle(option, place);
                };
                let label = format!("{} left to do", entry.activity.word());
                let total = vec![self.input(of.effort[phase]), self.one_plus(m.overrun)];
                let total = Term::made(
                    "effort with overrun",
                    Unit::TeamMonths,
                    Formula::new(Operation::Product, total),
                );
                let done = self.done(option, service, Some(entry.activity), entry.month, true);
                let left = Formula::new(Operation::Difference, vec![total, done]);
                (
                    Term::made(label, Unit::TeamMonths, left),
                    "what is left of the phase, as far as capacity goes",
                )
            }
        };
        let left = self.capacity_left(option, place);
        Formula::new(Operation::Least, vec![need, left]).told(words, "min(left to do, capacity left)")
    }

    fn idle(&self, option: OptionId, place: usize) -> Formula {
        if self.entry(option, place).activity != Activity::Idle {
            let why = "no work is done";
            return Formula::new(Operation::Sum, vec![Term::constant("0", 0, Unit::TeamMonths, why)]);
        }
        Formula::new(Operation::Sum, vec![self.capacity_left(option, place)])
            .told("capacity with nothing to do", "")
    }

    /// Capacity less what the crew has done before in the month.
    fn capacity_left(&self, option: OptionId, place: usize) -> Term {
        let before = self.shift(option, place).into_iter().filter(|&p| p < place);
        let before = before.filter(|&p| !self.entry(option, p).work.is_zero());
        let terms = std::iter::once(self.capacity(option, place))
            .chain(before.map(|p| self.work_done(option, p)))
            .collect();
        let left = Formula::new(Operation::Difference, terms);
        let left = Term::made("capacity left", Unit::TeamMonths, left);
        if left.number() < Decimal::ZERO {
            let nought = Term::constant("0", 0, Unit::TeamMonths, "not below nought");
            return Term::made(
                "capacity left",
                Unit::TeamMonths,
                Formula::new(Operation::Greatest, vec![nought, left]),
            );
        }
        left
    }

    fn handed_over_upkeep(&self, option: OptionId, place: usize, service: ServiceId) -> Formula {
        let entry = self.entry(option, place);
        let mechanisms = &self.read_stream(option, entry.stream).mechanisms;
        let Some(upkeep) = mechanisms.upkeep else { return self.idle(option, place) };
        let mut terms = vec![self.paid_upkeep(service, upkeep.coverage)];
        terms.extend(self.kept_after_handover(option, entry.stream, service, entry.month));
        Formula::new(Operation::Product, terms).told(
            "upkeep paid for, less what hand-over loses of its effect",
            "coverage x upkeep x (1 - lost)",
        )
    }

    /// The work done on building a service by the start of a month; in one phase only, if named. What a stall
    /// throws away in that month counts as done or not, as asked.
    pub(super) fn done(
        &self,
        option: OptionId,
        service: ServiceId,
        phase: Option<Activity>,
        month: usize,
        after_loss: bool,
    ) -> Term {
        let mut losses = self.sheet(option).losses.iter().filter(|loss| loss.service == service);
        let last = losses.rfind(|loss| loss.month < month || (after_loss && loss.month == month));
        let mut terms = Vec::new();
        if let Some(loss) = last {
            let before = self.done(option, service, phase, loss.month, false);
            let kept = self.lost_share(option, service).map(|lost| self.one_less(lost));
            let kept = Formula::new(Operation::Product, std::iter::once(before).chain(kept).collect());
            terms.push(Term::made("kept after the stall", Unit::TeamMonths, kept));
        }
        let from = last.map_or(0, |loss| loss.month);
        let built = self.building_entries(option, service).into_iter().filter(|&p| {
            let entry = self.entry(option, p);
            (from..month).contains(&entry.month) && phase.is_none_or(|phase| phase == entry.activity)
        });
        terms.extend(built.map(|p| self.work_done(option, p)));
        Term::made("done before", Unit::TeamMonths, Formula::new(Operation::Sum, terms))
    }

    pub(super) fn lost_share(&self, option: OptionId, service: ServiceId) -> Option<InputId> {
        let stream = self.sheet(option).lives[service.place()].stream?;
        self.read_stream(option, stream).mechanisms.stall.map(|stall| stall.lost)
    }

    /// The entries of building a service, by place.
    pub(super) fn building_entries(&self, option: OptionId, service: ServiceId) -> Vec<usize> {
        self.entries(option, |e| {
            e.service == Some(service) && e.crew == Crew::Stream && PHASES.contains(&e.activity)
        })
    }

    /// The entries of renewing a service, by place.
    pub(super) fn renewal_entries(&self, option: OptionId, service: ServiceId) -> Vec<usize> {
        self.entries(option, |e| e.service == Some(service) && e.activity == Activity::Renewal)
    }

    pub(super) fn entries(&self, option: OptionId, keep: impl Fn(&Entry<Decimal>) -> bool) -> Vec<usize> {
        let all = self.sheet(option).entries.iter().enumerate();
        all.filter(|(_, entry)| keep(entry)).map(|(place, _)| place).collect()
    }

    /// The work that renewing a service takes.
    pub(super) fn renewal_effort(&self, option: OptionId, service: ServiceId) -> Term {
        let stream = self.sheet(option).lives[service.place()].stream;
        let mechanisms = stream.map(|id| &self.read_stream(option, id).mechanisms);
        let effort = self.scenario.services[service.place()].effort.map(|id| self.input(id));
        let effort = Term::made(
            "effort of building it",
            Unit::TeamMonths,
            Formula::new(Operation::Sum, effort.into()),
        );
        let mut terms = vec![effort];
        terms.extend(mechanisms.map(|m| self.one_plus(m.overrun)));
        terms.extend(mechanisms.and_then(|m| m.renewal).map(|renewal| self.input(renewal.effort)));
        Term::made("effort of the renewal", Unit::TeamMonths, Formula::new(Operation::Product, terms))
    }

    pub(super) fn effort(&self, option: OptionId, service: ServiceId) -> Term {
        let label = format!("effort of {}, overrun included", self.scenario.services[service.place()].name);
        let value = self.effort_formula(option, service).compute();
        self.figure(Figure::Effort(option, service), label, value, Unit::TeamMonths)
    }

    pub(super) fn effort_formula(&self, option: OptionId, service: ServiceId) -> Formula {
        let stream = self.sheet(option).lives[service.place()].stream;
        let overrun = stream.map(|id| self.read_stream(option, id).mechanisms.overrun);
        let efforts =
            self.scenario.services[service.place()].effort.iter().zip(PHASES).map(|(&id, phase)| {
                let terms =
                    std::iter::once(self.input(id)).chain(overrun.map(|id| self.one_plus(id))).collect();
                Term::made(phase.word(), Unit::TeamMonths, Formula::new(Operation::Product, terms))
            });
        Formula::new(Operation::Sum, efforts.collect())
            .told("the effort of each phase x (1 + overrun)", "Σ effort x (1 + overrun)")
    }

    /// A whole number of months as a term of its own.
    pub(super) fn rounded_up(&self, id: InputId) -> Term {
        let input = self.input(id);
        let label = format!("{}, begun months", input.label);
        Term::made(label, Unit::Months, Formula::new(Operation::Sum, vec![input]).rounded(Rounding::Up))
    }

    /// Nothing, and why.
    pub(super) fn never(label: &str, why: &str) -> Term {
        let value = Value::Nothing(why.to_owned());
        let mut term = Term::constant(label, Decimal::from_count(0), Unit::Month, why);
        term.value = value;
        term
    }
}
