//! What people cost: roles, team kinds, the teams of streams, posts.

use rust_decimal::Decimal;

use super::figure::Figure;
use super::formula::{Formula, Operation, Term, Unit};
use super::world::{World, one, twelve};
use crate::id::{CategoryId, IndexId, OptionId, PostId, RoleId, StreamId, TeamId};
use crate::ledger::Kind;
use crate::plan::CostPart;
use crate::scenario::{RoleCost, TeamKind, Vat};

/// What tells the parts of a cost apart.
pub(super) type Part = (CategoryId, IndexId, Kind);

fn of(part: &CostPart<Decimal>) -> Part {
    (part.category, part.index, part.kind)
}

impl World<'_> {
    /// The parts of what a role costs.
    pub(super) fn role_parts(&self, id: RoleId) -> Vec<Part> {
        let role = &self.scenario.roles[id.place()];
        let (category, second) = match role.cost {
            RoleCost::Salary(_) => (CategoryId::PAY, Some(Kind::CentralPension)),
            RoleCost::Day { vat, .. } => {
                (CategoryId::CONTRACTOR, (vat == Vat::Irrecoverable).then_some(Kind::Vat))
            }
            RoleCost::Loaded(_) => (CategoryId::PAY, None),
        };
        let kinds = std::iter::once(Kind::Cost).chain(second);
        kinds.map(|kind| (category, role.index, kind)).collect()
    }

    /// The parts of what a team kind costs, in the order in which they arise.
    pub(super) fn team_parts(&self, id: TeamId) -> Vec<Part> {
        let mut parts = Vec::new();
        let members = self.scenario.teams[id.place()].members.iter();
        let non_pay = (CategoryId::NON_PAY, IndexId::GENERAL, Kind::Cost);
        for part in members.flat_map(|&(role, _)| self.role_parts(role)).chain([non_pay]) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts
    }

    /// What part of a cost it is, in words.
    pub(super) fn part_words(&self, (category, _, kind): Part) -> String {
        let category = super::names::category(self.scenario, category);
        match kind {
            Kind::Cost => category.to_owned(),
            kind => format!("{category}, {}", kind.word()),
        }
    }

    pub(super) fn role_cost(&self, id: RoleId, place: usize) -> Term {
        let part = self.role_parts(id)[place];
        let label = format!("{}: {} a month", self.scenario.roles[id.place()].key, self.part_words(part));
        let value = self.role_formula(id, place).compute();
        self.figure(Figure::RoleCost(id, place), label, value, Unit::PoundsAMonth)
    }

    pub(super) fn role_formula(&self, id: RoleId, place: usize) -> Formula {
        let policy = &self.scenario.policy;
        let product = |label: &str, terms: Vec<Term>| {
            Term::made(label, Unit::PoundsAYear, Formula::new(Operation::Product, terms))
        };
        let (a_year, words) = match self.scenario.roles[id.place()].cost {
            RoleCost::Salary(salary) if place == 0 => {
                let salary = || self.a_year(salary);
                let above = vec![salary(), self.input(policy.national_insurance_threshold)];
                let above = Term::made(
                    "salary above the threshold",
                    Unit::PoundsAYear,
                    Formula::new(Operation::Difference, above),
                );
                let nought =
                    Term::constant("0", 0, Unit::PoundsAYear, "no national insurance below the threshold");
                let above = Formula::new(Operation::Greatest, vec![above, nought]);
                let above = Term::made("salary above the threshold, if any", Unit::PoundsAYear, above);
                let terms = vec![
                    salary(),
                    product("national insurance", vec![self.input(policy.national_insurance), above]),
                    product("pension contribution", vec![self.input(policy.pension), salary()]),
                    product("apprenticeship levy", vec![self.input(policy.apprenticeship_levy), salary()]),
                ];
                let whole = Term::made(
                    "what the employer bears a year",
                    Unit::PoundsAYear,
                    Formula::new(Operation::Sum, terms),
                );
                (whole, "salary, national insurance, pension and levy of a year / 12")
            }
            RoleCost::Salary(salary) => {
                let terms = vec![self.input(policy.central_pension), self.a_year(salary)];
                (
                    product("central pension contribution a year", terms),
                    "central pension contribution of a year / 12",
                )
            }
            RoleCost::Day { rate, days, .. } => {
                let a_year = product("days a year", vec![self.input(rate), self.input(days)]);
                if place == 0 {
                    (a_year, "day rate x days of a year / 12")
                } else {
                    (
                        product("VAT a year", vec![self.input(policy.vat), a_year]),
                        "VAT on day rate x days of a year / 12",
                    )
                }
            }
            RoleCost::Loaded(cost) => (self.a_year(cost), "the cost of a year / 12"),
        };
        Formula::new(Operation::Quotient, vec![a_year, twelve()]).told(words, "")
    }

    fn heads(&self, team: &TeamKind) -> Term {
        let ftes = team.members.iter().map(|&(_, fte)| self.input(fte)).collect();
        Term::made(format!("{}: heads", team.key), Unit::Number, Formula::new(Operation::Sum, ftes))
    }

    pub(super) fn team_label(&self, id: TeamId, place: usize) -> String {
        let part = self.team_parts(id)[place];
        format!("{}: {} a month", self.scenario.teams[id.place()].key, self.part_words(part))
    }

    fn team_cost(&self, id: TeamId, part: Part) -> Option<Term> {
        let place = self.team_parts(id).iter().position(|&known| known == part)?;
        let label = self.team_label(id, place);
        let value = self.team_formula(id, place).compute();
        Some(self.figure(Figure::TeamCost(id, place), label, value, Unit::PoundsAMonth))
    }

    pub(super) fn team_formula(&self, id: TeamId, place: usize) -> Formula {
        let team = &self.scenario.teams[id.place()];
        let part = self.team_parts(id)[place];
        let mut terms = Vec::new();
        for &(role, fte) in &team.members {
            if let Some(at) = self.role_parts(role).iter().position(|&known| known == part) {
                let product = vec![self.role_cost(role, at), self.input(fte)];
                let label = format!("{} x heads", self.scenario.roles[role.place()].key);
                terms.push(Term::made(label, Unit::PoundsAMonth, Formula::new(Operation::Product, product)));
            }
        }
        if part.0 == CategoryId::NON_PAY {
            let heads = vec![self.a_year(team.non_pay), self.heads(team)];
            let heads = Term::made(
                "non-pay of all heads a year",
                Unit::PoundsAYear,
                Formula::new(Operation::Product, heads),
            );
            let a_month = Formula::new(Operation::Quotient, vec![heads, twelve()]);
            terms.push(Term::made("non-pay a month", Unit::PoundsAMonth, a_month));
        }
        Formula::new(Operation::Sum, terms)
            .told("the sum over its members of cost a month x heads", "Σ cost x heads")
    }

    /// A part of what a stream's team costs a month.
    pub(super) fn stream_cost(&self, option: OptionId, stream: StreamId, upkeep: bool, place: usize) -> Term {
        let part = &self.stream_team(option, stream, upkeep).cost[place];
        let name = &self.scenario.options[option.place()].streams[stream.place()].id;
        let whose = if upkeep { format!("upkeep team of {name}") } else { format!("team of {name}") };
        let label = format!("{whose}: {} a month", self.part_words(of(part)));
        self.numbered(
            Figure::StreamCost(option, stream, upkeep, place),
            label,
            part.amount,
            Unit::PoundsAMonth,
        )
    }

    pub(super) fn stream_team(
        &self,
        option: OptionId,
        stream: StreamId,
        upkeep: bool,
    ) -> &crate::plan::Team<Decimal> {
        let crew = if upkeep { crate::delivery::Crew::Upkeep } else { crate::delivery::Crew::Stream };
        crate::costing::crew(&self.option(option).streams[stream.place()], crew)
    }

    pub(super) fn stream_cost_formula(
        &self,
        option: OptionId,
        stream: StreamId,
        upkeep: bool,
        place: usize,
    ) -> Formula {
        let part = of(&self.stream_team(option, stream, upkeep).cost[place]);
        let mechanisms = &self.scenario.options[option.place()].streams[stream.place()].mechanisms;
        let team = match mechanisms.upkeep {
            Some(paid) if upkeep => paid.team,
            _ => mechanisms.team,
        };
        let own = self.team_cost(team, part);
        let Some(vacancies) = mechanisms.vacancies.filter(|_| !upkeep) else {
            let terms = own.into_iter().collect();
            return Formula::new(Operation::Sum, terms).told("what the team kind costs", "");
        };
        let mut terms = Vec::new();
        if let Some(own) = own {
            let filled = vec![own, self.one_less(vacancies.rate)];
            terms.push(Term::made(
                "posts that are filled",
                Unit::PoundsAMonth,
                Formula::new(Operation::Product, filled),
            ));
        }
        if let Some(covering) = self.team_cost(vacancies.team, part) {
            let heads = self.heads(&self.scenario.teams[team.place()]);
            let covered = vec![self.input(vacancies.rate), self.input(vacancies.cover), heads];
            let covered =
                Term::made("heads that are covered", Unit::Number, Formula::new(Operation::Product, covered));
            let all = Formula::new(Operation::Product, vec![covering, covered]);
            let all = Term::made("cost of cover x heads", Unit::PoundsAMonth, all);
            let others = self.heads(&self.scenario.teams[vacancies.team.place()]);
            let each = Formula::new(Operation::Quotient, vec![all, others]);
            terms.push(Term::made("posts that are covered", Unit::PoundsAMonth, each));
        }
        Formula::new(Operation::Sum, terms).told(
            "filled posts at the team's cost, and covered ones at the average cost a head of those who cover",
            "C x (1 - rate) + rate x cover x heads x C' / heads'",
        )
    }

    pub(super) fn post_cost(&self, id: PostId, place: usize) -> Term {
        let part = &self.plan.posts[id.place()].cost[place];
        let label = format!("{}: {} a month", self.scenario.posts[id.place()].key, self.part_words(of(part)));
        self.numbered(Figure::PostCost(id, place), label, part.amount, Unit::PoundsAMonth)
    }

    pub(super) fn post_formula(&self, id: PostId, place: usize) -> Formula {
        let part = of(&self.plan.posts[id.place()].cost[place]);
        let post = &self.scenario.posts[id.place()];
        let people = || {
            let terms = vec![self.input(post.fte), self.input(post.count)];
            Term::made("full-time people", Unit::Number, Formula::new(Operation::Product, terms))
        };
        let lost = part.2 == Kind::Opportunity;
        let share = || match post.backfill {
            Some(share) if lost => self.one_less(share),
            Some(share) => self.input(share),
            None => one(),
        };
        let mut terms = Vec::new();
        for (at, known) in self.role_parts(post.role).into_iter().enumerate() {
            let same = (known.0, known.1) == (part.0, part.1);
            if same && (known.2 == part.2 || (lost && known.2.is_economic())) {
                let product = vec![self.role_cost(post.role, at), people(), share()];
                let label = self.part_words(known);
                terms.push(Term::made(label, Unit::PoundsAMonth, Formula::new(Operation::Product, product)));
            }
        }
        let words = if lost {
            "the value of the time that backfill does not replace"
        } else {
            "the cost of the role x people x the share that backfill costs"
        };
        Formula::new(Operation::Sum, terms).told(words, "")
    }
}
