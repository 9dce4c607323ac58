//! One amount of the ledger: from quantities and prices of the plan to the penny that was posted.

use rust_decimal::Decimal;

use super::figure::{Figure, Side};
use super::formula::{Formula, Operation, Rounding, Term, Unit};
use super::world::{World, one};
use crate::costing;
use crate::delivery::{Charge, Crew, Entry};
use crate::id::{IndexId, InputId, LineId, OptionId, OrganisationId};
use crate::ledger::{Activity, Cause, Element, Kind, Posting, Treatment};
use crate::scenario::{Amount, Prices, Shares, Uplift, UpliftOf};

impl World<'_> {
    pub(super) fn posting_formula(&self, side: Side, option: OptionId, place: usize) -> Formula {
        let Some(cause) = self.cause(option, place) else { return self.residual_formula(option, place) };
        let posting = self.posting(option, place);
        let t = self.plan.year_of[usize::from(posting.month)];
        let mut factors = self.base(posting, option, cause);
        factors.extend(self.price(posting, cause, side, t));
        factors.extend(self.uplift_of(posting));
        let whole = Formula::new(Operation::Product, factors)
            .rounded(Rounding::Penny)
            .told(Self::words(cause, posting), "");
        let part = match cause {
            Cause::Time { entry, .. } => self.split(whole, posting, option, entry),
            Cause::Post { first, months, .. } | Cause::Line { first, months, .. } => {
                spread(whole, usize::from(posting.month) - first, months)
            }
            Cause::Charge(_) | Cause::Monthly | Cause::Once => whole,
        };
        self.borne(part, posting, option)
    }

    /// What is multiplied to give the amount in base-year prices.
    fn base(&self, posting: &Posting<Decimal>, option: OptionId, cause: Cause) -> Vec<Term> {
        match (cause, posting.element) {
            (Cause::Time { entry, part }, _) => {
                let mut factors = self.paid_time(option, entry);
                let entry = &self.sheet(option).entries[entry];
                factors.push(self.stream_cost(option, entry.stream, entry.crew == Crew::Upkeep, part));
                factors
            }
            (Cause::Charge(charge), _) => vec![self.charge(option, &self.sheet(option).charges[charge])],
            (Cause::Post { part, months, .. }, Element::Post(post)) => {
                vec![self.post_cost(post, part), months_of_year(months)]
            }
            (Cause::Line { vat, months, .. }, Element::Line(line)) => self.line(posting, line, vat, months),
            (_, Element::Service(id)) => {
                let service = &self.scenario.services[id.place()];
                match service.retire.filter(|_| cause == Cause::Once) {
                    Some(cost) => vec![self.input(cost)],
                    None => self.running(option, id, usize::from(posting.month)),
                }
            }
            (_, Element::Legacy(id)) => match self.scenario.services[id.place()].legacy {
                Some(legacy) if cause == Cause::Once => vec![self.input(legacy.exit)],
                _ => vec![self.legacy_run(id, self.plan.year_of[usize::from(posting.month)])],
            },
            (_, Element::Benefit(id)) => self.benefit(option, id, usize::from(posting.month)),
            _ => Vec::new(),
        }
    }

    /// What occasions a charge: approval, a review, the end of a team.
    fn charge(&self, option: OptionId, charge: &Charge<Decimal>) -> Term {
        let stream = &self.scenario.options[option.place()].streams[charge.stream.place()];
        let (mechanisms, plan) = (&stream.mechanisms, &self.option(option).streams[charge.stream.place()]);
        match (charge.activity, mechanisms.review, mechanisms.stand_down) {
            (Activity::Review, Some(review), _) => self.input(review.cost),
            (Activity::StandDown, _, Some(stand_down)) => {
                let heads = Formula::new(
                    Operation::Product,
                    vec![self.team_heads(mechanisms.team), self.input(stream.teams)],
                );
                let heads = Term::made("heads of all its teams", Unit::Number, heads);
                let formula = Formula::new(Operation::Product, vec![self.input(stand_down.cost), heads]);
                Term::made("cost of ending the team", Unit::Pounds, formula)
            }
            _ => {
                let cost = self.input(mechanisms.approval.cost);
                let lead = if plan.approval.lead > 1 {
                    self.months(mechanisms.approval.lead)
                } else {
                    Term::constant("1 month", 1, Unit::Months, "a lead of a month at most: all in one month")
                };
                let formula = Formula::new(Operation::Quotient, vec![cost, lead]);
                Term::made("approval cost of a month of its lead", Unit::Pounds, formula)
            }
        }
    }

    /// A line's amount over months of a year, in prices of the base year or nominal.
    fn line(&self, posting: &Posting<Decimal>, id: LineId, vat: bool, months: usize) -> Vec<Term> {
        let line = &self.scenario.lines[id.place()];
        let year = self.plan.horizon.financial_year(self.month(usize::from(posting.month)));
        let mut factors = match &line.amount {
            Amount::Once(id) => vec![self.input(*id)],
            Amount::Rate(id) => vec![self.a_month(*id), months_of_year(months)],
            Amount::ByYear(years) => {
                years.iter().filter(|(of, _)| *of == year).map(|&(_, id)| self.input(id)).collect()
            }
        };
        if vat {
            factors.push(self.input(self.scenario.policy.vat));
        }
        if let Prices::Year(stated) = line.prices {
            factors.extend(self.to_base(line.index, stated));
        }
        factors
    }

    /// What takes prices of a year to those of the base year.
    fn to_base(&self, index: IndexId, stated: crate::calendar::FinancialYear) -> Option<Term> {
        let base = self.scenario.programme.prices;
        let growth = &self.scenario.indices[index.place()].growth;
        let (low, high) = (stated.min(base), stated.max(base));
        let grown: Vec<Term> = growth
            .iter()
            .filter(|&(&year, _)| year > low && year <= high)
            .map(|(_, &id)| self.one_plus(id))
            .collect();
        if grown.is_empty() {
            return None;
        }
        let mut level = Term::made("growth between", Unit::Number, Formula::new(Operation::Product, grown));
        if stated < base {
            let formula = Formula::new(Operation::Quotient, vec![one(), level]);
            level = Term::made("price level of the stated year", Unit::Number, formula);
        }
        let formula = Formula::new(Operation::Quotient, vec![one(), level]);
        Some(Term::made(format!("from {stated} to {base} prices"), Unit::Number, formula))
    }

    /// What takes the amount to the prices of its case.
    fn price(&self, posting: &Posting<Decimal>, cause: Cause, side: Side, t: usize) -> Option<Term> {
        let nominal = match (cause, posting.element) {
            (Cause::Line { .. }, Element::Line(line)) => {
                self.scenario.lines[line.place()].prices == Prices::Nominal
            }
            _ => false,
        };
        match (side, nominal) {
            (Side::Cash, true) => None,
            (Side::Real, true) => self.deflate(t),
            (Side::Cash, false) => self.level(posting.index, t),
            (Side::Real, false) => self.relative(posting.index, t),
        }
    }

    /// Optimism bias or contingency: the share that is added.
    fn uplift_of(&self, posting: &Posting<Decimal>) -> Option<Term> {
        let (uplifts, label) = match posting.kind {
            Kind::OptimismBias => (&self.scenario.optimism_bias, "optimism bias less mitigation"),
            Kind::Contingency => (&self.scenario.contingency, "contingency"),
            _ => return None,
        };
        let by_activity = |uplift: &&Uplift| uplift.of == UpliftOf::Activity(posting.activity);
        let by_category = |uplift: &&Uplift| uplift.of == UpliftOf::Category(posting.category);
        let found = uplifts.iter().find(by_activity).or_else(|| uplifts.iter().find(by_category));
        found.map(|uplift| self.uplift(uplift, label))
    }

    fn words(cause: Cause, posting: &Posting<Decimal>) -> String {
        let base = match (cause, posting.element) {
            (Cause::Time { .. }, _) => "time x what the team costs a month",
            (Cause::Post { .. }, _) => "what the post costs a month x months",
            (Cause::Line { vat: true, .. }, _) => "VAT on the line's amount",
            (Cause::Line { .. }, _) => "the line's amount",
            (Cause::Charge(_), _) => "what delivery occasions",
            (Cause::Once, _) => "the cost, once",
            (Cause::Monthly, Element::Service(_)) => "run cost, raised by neglect",
            (Cause::Monthly, Element::Benefit(_)) => "the benefit a month x its effect",
            (Cause::Monthly, _) => "what the replaced system costs a month",
        };
        let uplift = match posting.kind {
            Kind::OptimismBias => " x optimism bias",
            Kind::Contingency => " x contingency",
            _ => "",
        };
        format!("{base} x prices{uplift}, to the penny")
    }

    /// Team time: capital is a share of it, revenue the rest.
    fn split(&self, whole: Formula, posting: &Posting<Decimal>, option: OptionId, entry: usize) -> Formula {
        let entry = &self.sheet(option).entries[entry];
        let shares = self.scenario.policy.capital_shares;
        let activity = match entry.activity {
            Activity::Discovery => Some(shares.discovery),
            Activity::Alpha => Some(shares.alpha),
            Activity::Beta => Some(shares.beta),
            Activity::Improvement => Some(shares.improvement),
            Activity::Renewal => Some(shares.renewal),
            _ => None,
        };
        let may = entry.service.is_some_and(|id| self.plan.services[id.place()].capitalise);
        let Some(activity) = activity.filter(|_| may) else { return whole };
        let share = vec![self.input(activity), self.input(self.attributable(option, entry))];
        let share = Term::made("share that is capital", Unit::Rate, Formula::new(Operation::Product, share));
        if share.number().is_zero() {
            return whole;
        }
        let whole = Term::made("Cost", Unit::Pounds, whole);
        let capital = Formula::new(Operation::Product, vec![whole.clone(), share]).rounded(Rounding::Penny);
        if posting.treatment == Treatment::Capital {
            return capital.told(
                "the cost x the share that is capital, to the penny",
                "cost x share of activity x attributable",
            );
        }
        let capital = Term::made("Capital part", Unit::Pounds, capital);
        Formula::new(Operation::Difference, vec![whole, capital])
            .told("the cost less the part that is capital", "")
    }

    fn attributable(&self, option: OptionId, entry: &Entry<Decimal>) -> InputId {
        let mechanisms = &self.scenario.options[option.place()].streams[entry.stream.place()].mechanisms;
        let team = match (entry.crew, mechanisms.upkeep) {
            (Crew::Upkeep, Some(upkeep)) => upkeep.team,
            _ => mechanisms.team,
        };
        self.scenario.teams[team.place()].attributable
    }

    /// The part of the organisation that bears it: its share, or for the last what the others leave.
    fn borne(&self, part: Formula, posting: &Posting<Decimal>, option: OptionId) -> Formula {
        let bearers = costing::bearers(&self.plan, self.option(option), posting.element);
        let Some((last, others)) = bearers.split_last().filter(|(_, others)| !others.is_empty()) else {
            return part;
        };
        let shares = self.shares(option, posting.element);
        let whole = Term::made("All who bear it", Unit::Pounds, part);
        let share = |organisation: OrganisationId| {
            let share =
                shares.iter().find(|(id, _)| *id == organisation).map(|&(_, share)| self.input(share));
            let terms = std::iter::once(whole.clone()).chain(share).collect();
            Formula::new(Operation::Product, terms).rounded(Rounding::Penny)
        };
        if last.0 != posting.organisation {
            return share(posting.organisation).told("its share, to the penny", "");
        }
        let others = others.iter().map(|&(id, _)| {
            let name = self.scenario.organisations[id.place()].name.clone();
            Term::made(name, Unit::Pounds, share(id))
        });
        let terms = std::iter::once(whole.clone()).chain(others).collect();
        Formula::new(Operation::Difference, terms).told("what the others leave", "")
    }

    /// The shares as the scenario states them; the same that [`costing::bearers`] finds in the plan.
    fn shares(&self, option: OptionId, element: Element) -> &Shares {
        let scenario = self.scenario;
        let of_stream = |place: usize| &scenario.options[option.place()].streams[place].shares;
        let of_service = |place: usize| &scenario.services[place].shares;
        match element {
            Element::Work(id, service) if of_stream(id.place()).is_empty() => of_service(service.place()),
            Element::Stream(id) | Element::Work(id, _) => of_stream(id.place()),
            Element::Service(id) | Element::Legacy(id) => of_service(id.place()),
            Element::Benefit(id) => of_service(scenario.benefits[id.place()].service.place()),
            Element::Line(id) => {
                let line = &scenario.lines[id.place()];
                match line.service.filter(|_| line.shares.is_empty()) {
                    Some(service) => of_service(service.place()),
                    None => &line.shares,
                }
            }
            Element::Post(id) => &scenario.posts[id.place()].shares,
        }
    }

    /// What a row of the ledger is, for its name and label.
    pub(super) fn row(&self, option: OptionId, place: usize) -> usize {
        let before = self.run.appraisal.options.iter().take_while(|other| other.id != option);
        before.map(|other| self.run.postings(other.id).len()).sum::<usize>() + place + 1
    }

    pub(super) fn legacy_run(&self, id: crate::id::ServiceId, t: usize) -> Term {
        let label =
            format!("{}.legacy: run cost a month, {}", self.scenario.services[id.place()].key, self.year(t));
        let value = self.legacy_formula(id, t).compute();
        self.figure(Figure::LegacyRun(id, t), label, value, Unit::PoundsAMonth)
    }

    pub(super) fn legacy_formula(&self, id: crate::id::ServiceId, t: usize) -> Formula {
        let Some(legacy) = self.scenario.services[id.place()].legacy else {
            return Formula::new(Operation::Sum, Vec::new());
        };
        if t == 0 {
            return Formula::new(Operation::Sum, vec![self.a_month(legacy.run)])
                .told("as stated, in year 0", "");
        }
        let terms = vec![self.legacy_run(id, t - 1), self.one_plus(legacy.growth)];
        Formula::new(Operation::Product, terms)
            .told("the year before x (1 + growth)", "L(t) = L(t-1) x (1 + g)")
    }
}

fn months_of_year(months: usize) -> Term {
    let word = if months == 1 { "1 month".to_owned() } else { format!("{months} months") };
    Term::constant(word, months as i64, Unit::Months, "the months of the year in which it is paid")
}

/// A year's amount over its months: even shares to the penny, the last month taking what is left.
fn spread(whole: Formula, place: usize, months: usize) -> Formula {
    if months < 2 {
        return whole;
    }
    let whole = Term::made("Amount of the year", Unit::Pounds, whole);
    let each = Formula::new(Operation::Quotient, vec![whole.clone(), months_of_year(months)])
        .rounded(Rounding::Penny);
    if place + 1 < months {
        return each.told(format!("an even share of {months} months, to the penny"), "amount / months");
    }
    let each = Term::made("An even share", Unit::Pounds, each);
    let others = Term::constant(
        format!("{} months", months - 1),
        months as i64 - 1,
        Unit::Months,
        "all months but the last",
    );
    let others = Formula::new(Operation::Product, vec![each, others]);
    let others = Term::made("The months before", Unit::Pounds, others);
    Formula::new(Operation::Difference, vec![whole, others])
        .told("what the months before leave: the last takes the odd pence", "")
}
