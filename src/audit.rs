//! The audit: checks that a run makes of itself, each on another road than the figures it holds together.
//!
//! Every check says what is left over where nothing should be, by option. A run of which anything is left is not to
//! be shown to anybody: the fault is the program's, not the user's.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::appraisal::YearRow;
use crate::delivery::Crew;
use crate::id::{CategoryId, OptionId};
use crate::ledger::{Discount, Kind, Posting, Treatment};
use crate::plan::Plan;
use crate::run::Run;

/// One check of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What it holds together, in words.
    pub name: &'static str,
    /// What is left over, by option; pounds, or a count of months for the timesheet.
    pub left: Vec<Decimal>,
    /// The most that may be left over: nought, but a few pennies where a road rounds in other places.
    pub allowed: Decimal,
}

impl Check {
    /// Whether nothing is left over that may not be.
    pub fn passed(&self) -> bool {
        self.left.iter().all(|left| left.abs() <= self.allowed)
    }
}

/// Whether all of them passed: the one master result.
pub fn passed(checks: &[Check]) -> bool {
    checks.iter().all(Check::passed)
}

/// All checks of a run, in a fixed order.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the methods named alone hold for one lifetime only"
)]
pub fn audit(plan: &Plan<Decimal>, run: &Run<Decimal>) -> Vec<Check> {
    let option = |place: usize| Audited { plan, run, id: OptionId::new(place) };
    let check = |name, allowed, of: fn(&Audited<'_>) -> Decimal| {
        let left = (0..plan.options.len()).map(|place| of(&option(place))).collect();
        Check { name, left, allowed }
    };
    // NPSV is made of up to ten present values, each rounded to the penny.
    let (none, penny, pennies) = (Decimal::ZERO, Decimal::new(1, 2), Decimal::new(5, 2));
    let mut checks = vec![
        check("Capital, revenue, real cost and benefits of each year, against the ledger", none, |of| {
            of.years()
        }),
        check("Capital and revenue, against whole-life cash", none, |of| of.treatments()),
        check("From real to cash cost, cause by cause", none, |of| of.causes()),
        check("Net present cost, posting by posting", penny, |of| of.present_cost()),
        check("NPSV, posting by posting", pennies, |of| of.npsv()),
        check("Assets: opening, additions, amortisation, impairment and closing", none, |of| of.assets()),
        check("Assets that are worth less than nothing", none, |of| of.negative_assets()),
        check("Equivalent annual cost, paid month by month, against net present cost", penny, |of| {
            of.annuity()
        }),
        check("Cash of each year by category, against whole-life cash", none, |of| of.categories()),
        check("Additions to assets, against capital in the ledger", none, |of| of.additions()),
        check("Months in which a crew's timesheet does not sum to one", none, |of| of.timesheet()),
    ];
    if !plan.funds.is_empty() {
        checks
            .push(check("Cash cost of each year, against what funds pay and the gap", none, |of| of.needs()));
        checks.push(check(
            "Funds: brought forward and granted, against paid, carried and lapsed",
            none,
            |of| of.funds(),
        ));
    }
    checks
}

/// An option of a run.
struct Audited<'a> {
    plan: &'a Plan<Decimal>,
    run: &'a Run<Decimal>,
    id: OptionId,
}

impl Audited<'_> {
    fn postings(&self) -> impl Iterator<Item = &Posting<Decimal>> {
        self.run.postings(self.id).iter()
    }

    fn costs(&self) -> impl Iterator<Item = &Posting<Decimal>> {
        self.postings().filter(|posting| !posting.kind.is_benefit())
    }

    fn year(&self, posting: &Posting<Decimal>) -> usize {
        self.plan.year_of[usize::from(posting.month)]
    }

    fn cash(&self) -> Decimal {
        self.costs().map(|posting| posting.financial).sum()
    }

    fn years(&self) -> Decimal {
        let mut left: Vec<[Decimal; 4]> = (self.run.appraisal.options[self.id.place()].by_year.iter())
            .map(|year| [year.capital, year.revenue, year.cost, year.benefits])
            .collect();
        for posting in self.postings() {
            let year = &mut left[self.year(posting)];
            match (posting.kind.is_benefit(), posting.treatment) {
                (true, _) => year[3] -= posting.economic,
                (false, treatment) => {
                    year[2] -= posting.economic;
                    year[usize::from(treatment != Treatment::Capital)] -= posting.financial;
                }
            }
        }
        left.iter().flatten().map(Decimal::abs).sum()
    }

    fn treatments(&self) -> Decimal {
        let option = &self.run.appraisal.options[self.id.place()];
        (option.capital + option.revenue - self.cash()).abs() + (option.cost.nominal - self.cash()).abs()
    }

    /// The parts of the reconciliation (MODEL section 10) must take real cost to cash: what only one case has, and
    /// the inflation of what both have.
    fn causes(&self) -> Decimal {
        let real = self.run.appraisal.options[self.id.place()].cost.real;
        let steps: Decimal = self
            .costs()
            .map(|posting| match posting.kind {
                Kind::CentralPension | Kind::Opportunity | Kind::OptimismBias | Kind::Residual => {
                    -posting.economic
                }
                Kind::Vat | Kind::Contingency => posting.financial,
                Kind::Cost => posting.financial - posting.economic,
                Kind::CashReleasing | Kind::NonCashReleasing | Kind::Societal => Decimal::ZERO,
            })
            .sum();
        real + steps - self.cash()
    }

    fn present<'p>(&self, postings: impl Iterator<Item = &'p Posting<Decimal>>) -> Decimal {
        let worth = |posting: &Posting<Decimal>| {
            // Costs follow the standard schedule whatever they are for.
            let schedule = if posting.kind.is_benefit() { posting.discount } else { Discount::Standard };
            posting.economic * self.plan.discount_factor(schedule, self.year(posting))
        };
        postings.map(worth).sum()
    }

    fn present_cost(&self) -> Decimal {
        self.run.appraisal.options[self.id.place()].cost.present - self.present(self.costs())
    }

    fn npsv(&self) -> Decimal {
        let worth = |option: &Self| {
            let benefits = option.postings().filter(|posting| posting.kind.is_benefit());
            option.present(benefits) - option.present(option.costs())
        };
        let baseline = self.plan.baseline.map(|id| worth(&Audited { id, ..*self }));
        self.run.appraisal.options[self.id.place()].npsv - worth(self) + baseline.unwrap_or_default()
    }

    fn assets(&self) -> Decimal {
        let mut left = Decimal::ZERO;
        for asset in &self.run.accounts[self.id.place()].assets {
            let mut before = Decimal::ZERO;
            for year in &asset.years {
                left += (year.opening - before).abs();
                left += (year.opening + year.additions - year.amortisation - year.impairment - year.closing)
                    .abs();
                before = year.closing;
            }
        }
        left
    }

    /// How many book values and dividends of a year are below nought.
    fn negative_assets(&self) -> Decimal {
        let years = self.run.accounts[self.id.place()].assets.iter().flat_map(|asset| &asset.years);
        let below = |amounts: [Decimal; 3]| amounts.iter().any(|amount| *amount < Decimal::ZERO);
        let years = years.filter(|year| below([year.closing, year.construction, year.pdc_dividend]));
        Decimal::from(years.count())
    }

    fn annuity(&self) -> Decimal {
        let option = &self.run.appraisal.options[self.id.place()];
        let lag = self.plan.annuity.lag();
        let months = self.plan.year_of.iter();
        let factors =
            months.map(|t| self.plan.discount_factor(Discount::Standard, t + lag) / Decimal::from(12));
        let years: Decimal = factors.sum();
        // Both sums are rounded to the penny, so what is left is measured in pounds a year.
        (option.equivalent_annual_cost * years - option.cost.present) / years.max(Decimal::ONE)
    }

    /// Categories are summed in any order, years apart; they must come to what capital and revenue do.
    fn categories(&self) -> Decimal {
        let mut sums: BTreeMap<(CategoryId, usize), Decimal> = BTreeMap::new();
        for posting in self.costs() {
            *sums.entry((posting.category, self.year(posting))).or_default() += posting.financial;
        }
        let mut left: Vec<Decimal> =
            self.run.appraisal.options[self.id.place()].by_year.iter().map(YearRow::cash).collect();
        for ((_, t), sum) in sums {
            left[t] -= sum;
        }
        left.iter().map(Decimal::abs).sum()
    }

    fn additions(&self) -> Decimal {
        let accounts = &self.run.accounts[self.id.place()];
        let added: Decimal =
            accounts.assets.iter().flat_map(|asset| &asset.years).map(|year| year.additions).sum();
        let capital = self.costs().filter(|posting| posting.treatment == Treatment::Capital);
        added - capital.map(|posting| posting.financial).sum::<Decimal>()
    }

    fn timesheet(&self) -> Decimal {
        let mut shares = BTreeMap::new();
        for entry in &self.run.sheets[self.id.place()].entries {
            let (crew, service) = match entry.crew {
                Crew::Stream => (0, None),
                Crew::Renewal => (1, entry.service),
                Crew::Upkeep => (2, entry.service),
            };
            *shares.entry((entry.month, entry.stream, crew, service)).or_insert(Decimal::ZERO) += entry.time;
        }
        // Shares are quotients: they sum to one but for the last digits.
        let is_off = |share: &&Decimal| (**share - Decimal::ONE).round_dp(12) != Decimal::ZERO;
        Decimal::from(shares.values().filter(is_off).count())
    }

    fn needs(&self) -> Decimal {
        let funding = &self.run.funding[self.id.place()];
        let mut left: Vec<Decimal> = (0..self.plan.horizon.years())
            .map(|t| {
                let need = funding.need(None, t);
                let paid: Decimal = funding.funds.iter().map(|fund| fund.years[t].paid(None)).sum();
                let gap = need.gap();
                paid + gap[0] + gap[1]
            })
            .collect();
        for posting in self.costs() {
            left[self.year(posting)] -= posting.financial;
        }
        left.iter().map(Decimal::abs).sum()
    }

    fn funds(&self) -> Decimal {
        let mut left = Decimal::ZERO;
        for fund in &self.run.funding[self.id.place()].funds {
            let mut before = Decimal::ZERO;
            for year in &fund.years {
                left += (year.brought_forward - before).abs();
                left += (year.brought_forward + year.granted - year.paid(None) - year.carried - year.lapsed)
                    .abs();
                before = year.carried;
            }
        }
        left
    }
}
