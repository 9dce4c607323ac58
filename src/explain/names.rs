//! The names of figures: made in one place, looked up by comparing, never taken apart.
//!
//! A name of the scenario may hold any character; since no name is parsed, none can lead astray.

use super::figure::{Event, Figure, Flow, FundLine, Measure, Name, Period, Side, Slice};
use super::people::Part;
use super::world::World;
use crate::delivery::Crew;
use crate::id::{CategoryId, OptionId, OrganisationId, ServiceId, StreamId};
use crate::ledger::{CATEGORIES, Discount, Element};
use crate::scenario::Scenario;

/// In front of the names of figures of the plan in which every stream starts a month later.
const DELAYED: &str = "a-month-later/";

/// What a posting is for, as a key path: `stream.first/service.booking`, `cost.integration-engine`.
pub fn element(scenario: &Scenario, option: OptionId, element: Element) -> String {
    let stream = |id: StreamId| format!("stream.{}", scenario.options[option.place()].streams[id.place()].id);
    let service = |id: ServiceId| scenario.services[id.place()].key.clone();
    match element {
        Element::Stream(id) => stream(id),
        Element::Work(id, on) => format!("{}/{}", stream(id), service(on)),
        Element::Service(id) => service(id),
        Element::Legacy(id) => format!("{}.legacy", service(id)),
        Element::Benefit(id) => scenario.benefits[id.place()].key.clone(),
        Element::Line(id) => scenario.lines[id.place()].key.clone(),
        Element::Post(id) => scenario.posts[id.place()].key.clone(),
    }
}

/// The name of a category.
pub fn category(scenario: &Scenario, id: CategoryId) -> &str {
    CATEGORIES.get(id.place()).copied().unwrap_or_else(|| &scenario.categories[id.place()])
}

/// A key path without its first part: `booking` of `service.booking`.
fn tail(key: &str) -> &str {
    key.split_once('.').map_or(key, |(_, tail)| tail)
}

impl World<'_> {
    /// The name of a figure.
    pub(super) fn name(&self, figure: Figure) -> String {
        let prefix = if self.delayed { DELAYED } else { "" };
        format!("{prefix}{}", self.bare_name(figure))
    }

    fn id(&self, option: OptionId) -> &str {
        &self.scenario.options[option.place()].id
    }

    fn bare_name(&self, figure: Figure) -> String {
        let option = |id: OptionId| self.id(id);
        let year = |t: usize| self.plan.horizon.year(t);
        let month = |m: usize| self.month(m);
        let service = |id: ServiceId| tail(&self.scenario.services[id.place()].key);
        match figure {
            Figure::Measure(measure, o) => format!("{}@{}", measure.word(), option(o)),
            Figure::Flow(flow, slice) => self.flow_name(flow, &slice),
            Figure::Cumulative(o, t) => format!("cumulative-npc@{}:{}", option(o), year(t)),
            Figure::Gain(false, o, m) => format!("net-gain@{}:{}", option(o), month(m)),
            Figure::Gain(true, o, m) => format!("discounted-net-gain@{}:{}", option(o), month(m)),
            Figure::Asset(flow, o, place, t) => {
                format!("{}@{}.{}:{}", flow.word(), option(o), self.asset_key(o, place), year(t))
            }
            Figure::Fund(line, o, owner, t) => {
                let fund = self.run.funding[o.place()].funds[owner].fund;
                let fund = &self.scenario.funds[fund.place()].id;
                format!("{}@{}.fund.{fund}:{}", line.word(), option(o), year(t))
            }
            Figure::Payment(o, place) | Figure::Need(o, place) => {
                let word = if matches!(figure, Figure::Need(..)) { "need" } else { "payment" };
                let (fund, t, number) = self.payment_name(o, place);
                format!("{word}@{}.fund.{fund}:{}:{number}", option(o), year(t))
            }
            Figure::Posting(side, o, place) => {
                let word = if side == Side::Real { "real" } else { "cash" };
                format!("ledger-{word}:{}", self.row(o, place))
            }
            Figure::Event(event, o) => self.event_name(event, o),
            Figure::DiscountFactor(schedule, t, end) => {
                let health = if schedule == Discount::Health { "health-" } else { "" };
                let end = if end { "end-of-year-" } else { "" };
                format!("{end}{health}discount-factor:{}", year(t))
            }
            Figure::Level(index, t) => {
                format!("price-level.{}:{}", self.scenario.indices[index.place()].name, year(t))
            }
            Figure::Relative(index, t) => {
                format!("relative-price-level.{}:{}", self.scenario.indices[index.place()].name, year(t))
            }
            Figure::Deflate(t) => format!("one-over-deflator:{}", year(t)),
            Figure::RoleCost(role, place) => {
                let key = &self.scenario.roles[role.place()].key;
                format!("role-cost.{}:{}", tail(key), self.part_name(self.role_parts(role)[place]))
            }
            Figure::TeamCost(team, place) => {
                let key = &self.scenario.teams[team.place()].key;
                format!("team-cost.{}:{}", tail(key), self.part_name(self.team_parts(team)[place]))
            }
            Figure::StreamCost(o, stream, upkeep, place) => {
                let part = &self.stream_team(o, stream, upkeep).cost[place];
                let part = self.part_name((part.category, part.index, part.kind));
                let upkeep = if upkeep { ".upkeep" } else { "" };
                format!("team-cost@{}.{}{upkeep}:{part}", option(o), self.read_stream(o, stream).id)
            }
            Figure::PostCost(post, place) => {
                let part = &self.plan.posts[post.place()].cost[place];
                let part = self.part_name((part.category, part.index, part.kind));
                format!("post-cost.{}:{part}", tail(&self.scenario.posts[post.place()].key))
            }
            Figure::Capacity(o, place) => format!("capacity@{}", self.crew_name(o, place)),
            Figure::Time(o, place) => format!("time@{}", self.entry_name(o, place)),
            Figure::Work(o, place) => format!("work@{}", self.entry_name(o, place)),
            Figure::Effort(o, id) => format!("effort@{}.{}", option(o), service(id)),
            Figure::Released(o, id, m) => format!("released@{}.{}:{}", option(o), service(id), month(m)),
            Figure::Neglect(o, id, m) => format!("neglect@{}.{}:{}", option(o), service(id), month(m)),
            Figure::Coverage(o, id, m) => format!("coverage@{}.{}:{}", option(o), service(id), month(m)),
            Figure::Improvement(o, id, m) => {
                format!("improvement@{}.{}:{}", option(o), service(id), month(m))
            }
            Figure::LegacyRun(id, t) => format!("legacy-run.{}:{}", service(id), year(t)),
        }
    }

    fn flow_name(&self, flow: Flow, slice: &Slice) -> String {
        let mut name = format!("{}@{}", flow.word(), self.id(slice.option));
        if let Some(id) = slice.organisation {
            name += &format!("/{}", self.scenario.organisations[id.place()].id);
        }
        if let Some(schedule) = slice.schedule {
            name += &format!("+{}", schedule.word());
        }
        match slice.period {
            Period::All => {}
            Period::Year(t) => name += &format!(":{}", self.plan.horizon.year(t)),
            Period::Month(month) => name += &format!(":month-{}", self.month(month)),
        }
        if let Some(element) = slice.element {
            name += &format!(":{}", self::element(self.scenario, slice.option, element));
        }
        name
    }

    fn event_name(&self, event: Event, o: OptionId) -> String {
        let option = self.id(o);
        let stream = |id: StreamId| self.read_stream(o, id).id.as_str();
        let service = |id: ServiceId| tail(&self.scenario.services[id.place()].key);
        match event {
            Event::Start(id) => format!("start@{option}.{}", stream(id)),
            Event::Work(id) => format!("work-start@{option}.{}", stream(id)),
            Event::End(id) => format!("end@{option}.{}", stream(id)),
            Event::Done(id) => format!("done@{option}.{}", stream(id)),
            Event::FirstRelease(id) => format!("first-release@{option}.{}", service(id)),
            Event::Live(id) => format!("live@{option}.{}", service(id)),
            Event::Renewed(id, n) => format!("renewed@{option}.{}:{}", service(id), n + 1),
            Event::RenewalWork(id, n) => format!("renewal-work@{option}.{}:{}", service(id), n + 1),
            Event::FullEffect(id) => {
                format!("full-effect@{option}.{}", tail(&self.scenario.benefits[id.place()].key))
            }
        }
    }

    fn part_name(&self, (category, index, kind): Part) -> String {
        let category = self::category(self.scenario, category);
        format!("{category}.{}.{}", self.scenario.indices[index.place()].name, kind.word())
    }

    fn crew_name(&self, o: OptionId, place: usize) -> String {
        let entry = self.entry(o, place);
        let crew = match (entry.crew, entry.service) {
            (Crew::Renewal, Some(id)) => {
                format!(".renewal.{}", tail(&self.scenario.services[id.place()].key))
            }
            (Crew::Upkeep, Some(id)) => format!(".upkeep.{}", tail(&self.scenario.services[id.place()].key)),
            _ => String::new(),
        };
        format!("{}.{}{crew}:{}", self.id(o), self.read_stream(o, entry.stream).id, self.month(entry.month))
    }

    fn entry_name(&self, o: OptionId, place: usize) -> String {
        let entry = self.entry(o, place);
        let on = entry.service.filter(|_| entry.crew == Crew::Stream);
        let on = on.map_or(String::new(), |id| format!(".{}", tail(&self.scenario.services[id.place()].key)));
        format!("{}:{}{on}", self.crew_name(o, place), entry.activity.word())
    }

    /// The figures that outputs show: measures, money by year, turning points.
    pub(super) fn headlines(&self) -> Vec<Figure> {
        let mut all = Vec::new();
        for option in (0..self.plan.options.len()).map(OptionId::new) {
            all.extend(Measure::ALL.iter().map(|&measure| Figure::Measure(measure, option)));
            self.flows(option, &mut all);
            all.extend((0..self.plan.horizon.years()).map(|t| Figure::Cumulative(option, t)));
            self.accounts(option, &mut all);
            self.events(option, &mut all);
        }
        all
    }

    /// Whether a flow means anything in this scenario.
    fn is_used(&self, flow: Flow) -> bool {
        let funds = [
            Flow::Gap,
            Flow::GapCapital,
            Flow::GapRevenue,
            Flow::Paid,
            Flow::PaidCapital,
            Flow::PaidRevenue,
            Flow::Lapsed,
        ];
        !(self.scenario.funds.is_empty() && funds.contains(&flow))
    }

    fn flows(&self, option: OptionId, all: &mut Vec<Figure>) {
        let organisations: Vec<Option<OrganisationId>> = match self.scenario.organisations.len() {
            0 | 1 => vec![None],
            several => {
                std::iter::once(None).chain((0..several).map(|o| Some(OrganisationId::new(o)))).collect()
            }
        };
        for &flow in Flow::ALL.iter().filter(|&&flow| self.is_used(flow)) {
            for &organisation in &organisations {
                if flow == Flow::Lapsed && organisation.is_some() {
                    // What lapses is a fund's, not an organisation's.
                    continue;
                }
                let whole = Slice { organisation, ..Slice::of(option) };
                if !flow.is_balance() {
                    all.push(Figure::Flow(flow, whole));
                }
                all.extend((0..self.plan.horizon.years()).map(|t| Figure::Flow(flow, whole.year(t))));
            }
        }
    }

    fn accounts(&self, option: OptionId, all: &mut Vec<Figure>) {
        for t in 0..self.plan.horizon.years() {
            let assets = 0..self.assets[option.place()].len();
            all.extend(
                assets.flat_map(|place| Flow::OF_ASSETS.map(|flow| Figure::Asset(flow, option, place, t))),
            );
            let funds = 0..self.run.funding[option.place()].funds.len();
            all.extend(funds.flat_map(|owner| {
                FundLine::ALL.iter().map(move |&line| Figure::Fund(line, option, owner, t))
            }));
        }
    }

    fn events(&self, option: OptionId, all: &mut Vec<Figure>) {
        let mut push = |event: Event| all.push(Figure::Event(event, option));
        let streams = &self.scenario.options[option.place()].streams;
        for id in (0..streams.len()).map(StreamId::new) {
            [Event::Start(id), Event::Work(id), Event::Done(id), Event::End(id)]
                .into_iter()
                .for_each(&mut push);
        }
        for id in (0..self.plan.services.len()).map(ServiceId::new) {
            let life = &self.sheet(option).lives[id.place()];
            if life.stream.is_none() {
                continue;
            }
            [Event::FirstRelease(id), Event::Live(id)].into_iter().for_each(&mut push);
            for n in 0..life.renewed.len() {
                [Event::RenewalWork(id, n), Event::Renewed(id, n)].into_iter().for_each(&mut push);
            }
            for &benefit in &self.plan.services[id.place()].benefits {
                if self.plan.benefits[benefit.place()].value.is_some() {
                    push(Event::FullEffect(benefit));
                }
            }
        }
    }

    /// Every figure that lies behind those, but for the rows of the ledger.
    fn behind(&self) -> Vec<Figure> {
        let mut all = Vec::new();
        for option in (0..self.plan.options.len()).map(OptionId::new) {
            self.slices(option, &mut all);
            let months = 0..self.plan.horizon.months();
            all.extend(months.clone().flat_map(|m| [false, true].map(|d| Figure::Gain(d, option, m))));
            for place in 0..self.sheet(option).entries.len() {
                if self.shift(option, place).first() == Some(&place) {
                    all.push(Figure::Capacity(option, place));
                }
                all.extend([Figure::Time(option, place), Figure::Work(option, place)]);
            }
            let payments = 0..self.payments[option.place()].len();
            all.extend(payments.flat_map(|p| [Figure::Payment(option, p), Figure::Need(option, p)]));
            for id in (0..self.plan.services.len()).map(ServiceId::new) {
                if self.sheet(option).lives[id.place()].stream.is_none() {
                    continue;
                }
                all.push(Figure::Effort(option, id));
                all.extend(months.clone().flat_map(|m| {
                    [
                        Figure::Released(option, id, m),
                        Figure::Neglect(option, id, m),
                        Figure::Coverage(option, id, m),
                        Figure::Improvement(option, id, m),
                    ]
                }));
            }
            for id in (0..self.option(option).streams.len()).map(StreamId::new) {
                for upkeep in [false, true] {
                    let parts = 0..self.stream_team(option, id, upkeep).cost.len();
                    all.extend(parts.map(|part| Figure::StreamCost(option, id, upkeep, part)));
                }
            }
        }
        self.prices_and_people(&mut all);
        all
    }

    /// Money of a month, of an element, of a discount schedule.
    fn slices(&self, option: OptionId, all: &mut Vec<Figure>) {
        let mut elements: Vec<Element> = self.run.postings(option).iter().map(|p| p.element).collect();
        elements.sort_unstable();
        elements.dedup();
        let whole = Slice::of(option);
        let organisations = (0..self.scenario.organisations.len()).map(OrganisationId::new);
        let of_each = organisations.map(|id| Slice { organisation: Some(id), ..whole });
        let by_schedule =
            [Discount::Standard, Discount::Health].map(|id| Slice { schedule: Some(id), ..whole });
        let wholes: Vec<Slice> = std::iter::once(whole).chain(of_each).chain(by_schedule).collect();
        for &flow in Flow::ALL.iter().filter(|flow| flow.is_of_postings()) {
            for (whole, t) in
                wholes.iter().flat_map(|&whole| (0..self.plan.horizon.years()).map(move |t| (whole, t)))
            {
                let of = |&element: &Element| Slice { element: Some(element), ..whole.year(t) };
                all.extend(elements.iter().map(|element| Figure::Flow(flow, of(element))));
            }
        }
        let schedules = [None, Some(Discount::Standard), Some(Discount::Health)];
        for flow in [Flow::Cost, Flow::Benefits, Flow::CashReleasing, Flow::NonCashReleasing, Flow::Societal]
        {
            for schedule in schedules {
                let whole = Slice { schedule, ..whole };
                let months = (0..self.plan.horizon.months()).map(|m| Figure::Flow(flow, whole.month(m)));
                all.extend(months);
                let years = 0..self.plan.horizon.years();
                all.extend(years.filter(|_| schedule.is_some()).map(|t| Figure::Flow(flow, whole.year(t))));
            }
        }
    }

    fn prices_and_people(&self, all: &mut Vec<Figure>) {
        use crate::id::{IndexId, PostId, RoleId, TeamId};
        for t in 0..self.plan.horizon.years() {
            for schedule in [Discount::Standard, Discount::Health] {
                all.extend([false, true].map(|end| Figure::DiscountFactor(schedule, t, end)));
            }
            let indices = (0..self.scenario.indices.len()).map(IndexId::new);
            all.extend(indices.flat_map(|index| [Figure::Level(index, t), Figure::Relative(index, t)]));
            all.push(Figure::Deflate(t));
            let services = (0..self.plan.services.len()).filter(|&s| self.plan.services[s].legacy.is_some());
            all.extend(services.map(|s| Figure::LegacyRun(ServiceId::new(s), t)));
        }
        for id in (0..self.scenario.roles.len()).map(RoleId::new) {
            all.extend((0..self.role_parts(id).len()).map(|part| Figure::RoleCost(id, part)));
        }
        for id in (0..self.scenario.teams.len()).map(TeamId::new) {
            all.extend((0..self.team_parts(id).len()).map(|part| Figure::TeamCost(id, part)));
        }
        for id in (0..self.plan.posts.len()).map(PostId::new) {
            all.extend((0..self.plan.posts[id.place()].cost.len()).map(|part| Figure::PostCost(id, part)));
        }
    }

    /// The rows of the ledger: real and cash amounts that are not nought.
    pub(super) fn rows(&self) -> Vec<Figure> {
        let options = (0..self.plan.options.len()).map(OptionId::new);
        let mut all = Vec::new();
        for option in options {
            for (place, posting) in self.run.postings(option).iter().enumerate() {
                let sides = [(Side::Real, posting.economic), (Side::Cash, posting.financial)];
                let sides = sides.into_iter().filter(|(_, amount)| !amount.is_zero());
                all.extend(sides.map(|(side, _)| Figure::Posting(side, option, place)));
            }
        }
        all
    }

    /// The figure of a name.
    pub(super) fn find(&self, name: &str) -> Option<Name> {
        let bare = if self.delayed { name.strip_prefix(DELAYED)? } else { name };
        let all = self.headlines().into_iter().chain(self.rows()).chain(self.behind());
        let found = all.into_iter().find(|&figure| self.bare_name(figure) == bare);
        found.map(|figure| Name { delayed: self.delayed, figure })
    }
}

/// Whether a name is one of the plan in which every stream starts a month later.
pub(super) fn is_delayed(name: &str) -> bool {
    name.starts_with(DELAYED)
}
