//! What people cost: roles, team kinds, vacancies, posts (MODEL section 5).

use super::{CostPart, Team};
use crate::id::{CategoryId, IndexId, RoleId, TeamId};
use crate::ledger::Kind;
use crate::number::Number;
use crate::scenario::{Policy, RoleCost, Scenario, Vacancies, Vat};

use super::realise::Values;

/// Adds an amount to the part of the same category, index and kind, or begins one.
fn add<N: Number>(parts: &mut Vec<CostPart<N>>, part: CostPart<N>) {
    let same = |p: &&mut CostPart<N>| (p.category, p.index, p.kind) == (part.category, part.index, part.kind);
    if let Some(found) = parts.iter_mut().find(same) {
        found.amount += part.amount;
    } else if !part.amount.is_nought() {
        parts.push(part);
    }
}

/// Pounds a year that an employer bears for a salary: the salary, national insurance above the threshold,
/// pension contribution and apprenticeship levy.
fn borne<N: Number>(salary: N, policy: &Policy, values: &Values<'_, N>) -> N {
    let above = (salary - values.of(policy.national_insurance_threshold)).at_least(N::ZERO);
    salary
        + values.of(policy.national_insurance) * above
        + values.of(policy.pension) * salary
        + values.of(policy.apprenticeship_levy) * salary
}

/// Pounds a month of one full-time equivalent of a role, part by part.
fn role<N: Number>(
    scenario: &Scenario,
    id: RoleId,
    values: &Values<'_, N>,
    mut told: impl FnMut(CostPart<N>),
) {
    let role = &scenario.roles[id.place()];
    let policy = &scenario.policy;
    let twelve = N::from_count(12);
    let mut part = |category, kind, a_year: N| {
        if !a_year.is_nought() {
            told(CostPart { category, index: role.index, kind, amount: a_year / twelve });
        }
    };
    match role.cost {
        RoleCost::Salary(salary) => {
            let salary = values.a_year(salary);
            part(CategoryId::PAY, Kind::Cost, borne(salary, policy, values));
            part(CategoryId::PAY, Kind::CentralPension, values.of(policy.central_pension) * salary);
        }
        RoleCost::Day { rate, days, vat } => {
            let a_year = values.of(rate) * values.of(days);
            part(CategoryId::CONTRACTOR, Kind::Cost, a_year);
            if vat == Vat::Irrecoverable {
                part(CategoryId::CONTRACTOR, Kind::Vat, values.of(policy.vat) * a_year);
            }
        }
        RoleCost::Loaded(cost) => part(CategoryId::PAY, Kind::Cost, values.a_year(cost)),
    }
}

/// A team kind at full strength. `cost` is an empty list to use.
pub(super) fn team<N: Number>(
    scenario: &Scenario,
    id: TeamId,
    values: &Values<'_, N>,
    mut cost: Vec<CostPart<N>>,
) -> Team<N> {
    let kind = &scenario.teams[id.place()];
    let mut heads = N::ZERO;
    for &(member, fte) in &kind.members {
        let fte = values.of(fte);
        heads += fte;
        role(scenario, member, values, |part| {
            add(&mut cost, CostPart { amount: part.amount * fte, ..part });
        });
    }
    let non_pay = values.a_year(kind.non_pay) * heads / N::from_count(12);
    let general = IndexId::GENERAL;
    let (category, kind_of_cost) = (CategoryId::NON_PAY, Kind::Cost);
    add(&mut cost, CostPart { category, index: general, kind: kind_of_cost, amount: non_pay });
    Team { heads, cost, pace: values.of(kind.pace), attributable: values.of(kind.attributable) }
}

/// A team with vacancies: its own cost x (1 - rate), plus rate x cover x heads x the average cost a head of
/// the covering kind. Returns the team and the share of output that is lost: rate x (1 - cover).
pub(super) fn with_vacancies<N: Number>(
    scenario: &Scenario,
    mut team: Team<N>,
    vacancies: Option<&Vacancies>,
    values: &Values<'_, N>,
) -> (Team<N>, N) {
    let Some(vacancies) = vacancies else { return (team, N::ZERO) };
    let (rate, cover) = (values.of(vacancies.rate), values.of(vacancies.cover));
    for part in &mut team.cost {
        part.amount = part.amount * (N::ONE - rate);
    }
    team.cost.retain(|part| !part.amount.is_nought());
    let mut covering = self::team(scenario, vacancies.team, values, values.scratch.take());
    let covered_heads = rate * cover * team.heads;
    for part in covering.cost.drain(..) {
        add(&mut team.cost, CostPart { amount: part.amount * covered_heads / covering.heads, ..part });
    }
    values.scratch.replace(covering.cost);
    (team, rate * (N::ONE - cover))
}

/// Pounds a month of a post: all its heads. A released clinician costs the organisation the backfill only;
/// the rest of the time's whole value is an opportunity cost of the economic case.
pub(super) fn post<N: Number>(
    scenario: &Scenario,
    post: &crate::scenario::Post,
    values: &Values<'_, N>,
    mut parts: Vec<CostPart<N>>,
) -> Vec<CostPart<N>> {
    let people = values.of(post.fte) * values.of(post.count);
    let backfill = post.backfill.map_or(N::ONE, |share| values.of(share));
    role(scenario, post.role, values, |part| {
        let whole = part.amount * people;
        add(&mut parts, CostPart { amount: whole * backfill, ..part });
        if part.kind.is_economic() {
            add(
                &mut parts,
                CostPart { kind: Kind::Opportunity, amount: whole * (N::ONE - backfill), ..part },
            );
        }
    });
    parts
}
