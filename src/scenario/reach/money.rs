//! What adds up: everything that an option may cost or give, over all of its things and months.

use super::{MOST_BILLIONS, Reach};
use crate::diagnostic::Diagnostic;
use crate::id::{InputId, OptionId, RoleId, TeamId};
use crate::scenario::{
    Amount, Flow, Line, Post, Prices, RoleCost, Service, TeamKind, Unit, Uplift, Vat, measure,
};

/// A sum of sizes, and which part of it is the largest.
#[derive(Default)]
struct Sum {
    total: f64,
    largest: f64,
    /// What the largest part comes of.
    inputs: Vec<InputId>,
}

impl Sum {
    fn add(&mut self, size: f64, inputs: impl IntoIterator<Item = InputId>) {
        self.total += size;
        if size > self.largest {
            self.largest = size;
            self.inputs = inputs.into_iter().collect();
        }
    }

    fn join(&mut self, times: f64, part: &Part) {
        self.add(times * part.size, part.inputs.iter().copied());
    }
}

/// A size and what it comes of.
#[derive(Clone, Default)]
struct Part {
    size: f64,
    inputs: Vec<InputId>,
}

impl Part {
    fn new(size: f64, inputs: impl IntoIterator<Item = InputId>) -> Self {
        Self { size, inputs: inputs.into_iter().collect() }
    }

    fn larger(self, other: Self) -> Self {
        if other.size > self.size { other } else { self }
    }
}

/// What any stream of any option may cost.
#[derive(Default)]
struct Crews {
    /// A crew a month.
    crew: Part,
    /// A team-month of upkeep by others.
    upkeep: Part,
    approval: Part,
    /// All reviews.
    reviews: Part,
    stand_down: Part,
}

// What adds up. Whatever an option has of another in a bridge is among the most that any has.
impl Reach<'_> {
    fn months(&self) -> f64 {
        self.scenario.programme.horizon.months() as f64
    }

    /// The largest size a month, whether it is stated a year or a month.
    fn a_month(&self, id: InputId) -> f64 {
        let a_year =
            matches!(self.scenario.inputs[id.place()].unit, Unit::PoundsAYear | Unit::TeamMonthsAYear);
        if a_year { self.size(id) / 12.0 } else { self.size(id) }
    }

    pub(super) fn fault_of_money(&self) -> Option<Diagnostic> {
        let lifted =
            1.0 + self.uplift(&self.scenario.optimism_bias) + self.uplift(&self.scenario.contingency);
        let factor = self.highest_prices() * lifted;
        let crews = self.crews();
        for (place, option) in self.scenario.options.iter().enumerate() {
            let sum = self.amounts(OptionId::new(place), &crews);
            if sum.total * factor <= f64::from(MOST_BILLIONS) * 1e9 {
                continue;
            }
            let keys = sum.inputs.iter().map(|id| format!("`{}`", self.scenario.inputs[id.place()].key));
            let keys: Vec<String> = keys.collect();
            let most = measure::thousands(i64::from(MOST_BILLIONS));
            let message = format!("the amounts of option `{}` may add up to more than £{most}bn", option.id);
            let fault = self.fault(&sum.inputs, message);
            let fault = fault.expected(format!("at most £{most}bn over the horizon, in any prices"));
            return Some(fault.help(format!("most of it comes of {}", keys.join(" and "))));
        }
        None
    }

    fn uplift(&self, uplifts: &[Uplift]) -> f64 {
        let share = |uplift: &Uplift| self.high(uplift.rate) * (1.0 - self.low(uplift.mitigation));
        uplifts.iter().map(share).fold(0.0, f64::max)
    }

    /// Everything that an option costs or gives, in prices of the base year.
    fn amounts(&self, id: OptionId, crews: &Crews) -> Sum {
        let (scenario, months) = (self.scenario, self.months());
        let mut sum = Sum::default();
        for stream in &scenario.options[id.place()].streams {
            let services = stream.services.len() as f64;
            // Its own crew, and one that renews each of its services.
            sum.join(months * (1.0 + services), &crews.crew);
            sum.join(1.0 + services * months, &crews.approval);
            sum.join(1.0, &crews.reviews);
            sum.join(1.0, &crews.stand_down);
        }
        for service in &scenario.services {
            self.service(service, crews, &mut sum);
        }
        for benefit in &scenario.benefits {
            let improved = 1.0 + self.high(scenario.services[benefit.service.place()].improve_limit);
            if let Some(value) = benefit.value {
                sum.add(months * self.a_month(value) * improved, [value]);
            }
        }
        for post in scenario.posts.iter().filter(|post| post.options.contains(&id)) {
            let part = self.post(post);
            sum.join(months, &part);
        }
        for line in scenario.lines.iter().filter(|line| line.options.contains(&id)) {
            self.line(line, &mut sum);
        }
        sum
    }

    fn service(&self, service: &Service, crews: &Crews, sum: &mut Sum) {
        let (months, years) = (self.months(), self.scenario.programme.horizon.years() as f64);
        let neglected = 1.0 + self.high(service.neglect_run_cost) * years;
        sum.add(months * self.a_month(service.run) * neglected, [service.run, service.neglect_run_cost]);
        let upkeep =
            Part::new(crews.upkeep.size, crews.upkeep.inputs.iter().copied().chain([service.upkeep]));
        sum.join(months * self.a_month(service.upkeep), &upkeep);
        if let Some(cost) = service.retire {
            sum.add(self.size(cost), [cost]);
        }
        if let Some(legacy) = service.legacy {
            let grown = libm::pow(1.0 + self.high(legacy.growth).max(0.0), years);
            sum.add(months * self.a_month(legacy.run) * grown, [legacy.growth, legacy.run]);
            sum.add(self.size(legacy.exit), [legacy.exit]);
        }
    }

    fn line(&self, line: &Line, sum: &mut Sum) {
        let to_base = match line.prices {
            Prices::Year(year) => {
                self.levels[line.index.place()].get(&year).map_or(1.0, |[low, _]| (1.0 / low).max(1.0))
            }
            Prices::Nominal => self.highest_deflation(),
        };
        let vat = match line.flow {
            Flow::Cost { vat: Vat::Irrecoverable, .. } => 1.0 + self.high(self.scenario.policy.vat),
            Flow::Cost { .. } | Flow::Benefit { .. } => 1.0,
        };
        let mut add = |size: f64, id: InputId| sum.add(size * to_base * vat, [id]);
        match &line.amount {
            Amount::Once(id) => {
                add(
                    self.size(*id) * line.every.map_or(1.0, |every| 1.0 + self.months() / self.low(every)),
                    *id,
                );
            }
            Amount::Rate(id) => add(self.months() * self.a_month(*id), *id),
            Amount::ByYear(years) => years.iter().for_each(|&(_, id)| add(self.size(id), id)),
        }
    }

    /// A month of a full-time year of a role.
    fn role(&self, id: RoleId) -> Part {
        let policy = &self.scenario.policy;
        match self.scenario.roles[id.place()].cost {
            RoleCost::Salary(salary) => {
                let shares = [
                    policy.national_insurance,
                    policy.pension,
                    policy.apprenticeship_levy,
                    policy.central_pension,
                ];
                let on_costs: f64 = shares.iter().map(|&share| self.high(share)).sum();
                Part::new(self.high(salary) * (1.0 + on_costs) / 12.0, [salary])
            }
            RoleCost::Day { rate, days, .. } => {
                let vat = 1.0 + self.high(policy.vat);
                Part::new(self.high(rate) * self.high(days) * vat / 12.0, [rate, days])
            }
            RoleCost::Loaded(cost) => Part::new(self.high(cost) / 12.0, [cost]),
        }
    }

    /// Heads of a team, and its dearest head, a month.
    fn heads(&self, team: &TeamKind) -> (Part, Part) {
        let mut heads = Sum::default();
        let mut dearest = Part::default();
        for &(role, fte) in &team.members {
            heads.add(self.high(fte), [fte]);
            dearest = dearest.larger(self.role(role));
        }
        let non_pay = self.high(team.non_pay) / 12.0;
        let size = dearest.size + non_pay;
        if non_pay > dearest.size {
            dearest.inputs = vec![team.non_pay];
        }
        (Part::new(heads.total, heads.inputs), Part { size, ..dearest })
    }

    /// A month of a team at full strength, perhaps covered by another kind.
    fn team(&self, id: TeamId, cover: Option<TeamId>) -> Part {
        let team = |id: TeamId| self.heads(&self.scenario.teams[id.place()]);
        let (heads, mut dearest) = team(id);
        if let Some(cover) = cover {
            dearest = dearest.larger(team(cover).1);
        }
        Part::new(heads.size * dearest.size, dearest.inputs.into_iter().chain(heads.inputs))
    }

    fn post(&self, post: &Post) -> Part {
        let people = self.high(post.fte) * self.high(post.count);
        let role = self.role(post.role);
        Part::new(people * role.size, role.inputs.into_iter().chain([post.count, post.fte]))
    }

    /// The most that any stream has of each.
    fn crews(&self) -> Crews {
        let mut crews = Crews::default();
        let mut most = |of: fn(&mut Crews) -> &mut Part, part: Part| {
            let so_far = std::mem::take(of(&mut crews));
            *of(&mut crews) = so_far.larger(part);
        };
        let mut heads = Part::default();
        for stream in self.scenario.options.iter().flat_map(|option| &option.streams) {
            let m = &stream.mechanisms;
            let team = self.team(m.team, m.vacancies.as_ref().map(|vacancies| vacancies.team));
            let teams = self.high(stream.teams);
            let crew = Part::new(teams * team.size, team.inputs.into_iter().chain([stream.teams]));
            most(|crews| &mut crews.crew, crew);
            most(|crews| &mut crews.approval, Part::new(self.high(m.approval.cost), [m.approval.cost]));
            if let Some(review) = m.review {
                let reviews = self.high(review.cost) * self.months() / self.low(review.every);
                most(|crews| &mut crews.reviews, Part::new(reviews, [review.cost]));
            }
            if let Some(upkeep) = m.upkeep {
                let (team, pace) =
                    (self.team(upkeep.team, None), self.scenario.teams[upkeep.team.place()].pace);
                let size = self.high(upkeep.coverage) * team.size / self.low(pace);
                most(|crews| &mut crews.upkeep, Part::new(size, team.inputs.into_iter().chain([pace])));
            }
            if let Some(stand_down) = m.stand_down {
                most(|crews| &mut crews.stand_down, Part::new(self.high(stand_down.cost), [stand_down.cost]));
            }
            let own = self.heads(&self.scenario.teams[m.team.place()]).0;
            heads = heads.larger(Part { size: own.size * teams, ..own });
        }
        crews.stand_down.size *= heads.size;
        crews
    }
}
