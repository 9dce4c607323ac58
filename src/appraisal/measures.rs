//! The measures of each option, gross and against the baseline.

use super::full_benefit::full_benefit;
use super::payback::{Payback, payback};
use super::totals::{OptionTotals, Totals};
use crate::delivery::Timesheet;
use crate::id::OptionId;
use crate::ledger::Discount;
use crate::number::Number;
use crate::plan::{Plan, ProgrammeOption};

/// The measures of all options.
#[derive(Clone, Debug)]
pub struct Appraisal<N> {
    /// One for each option.
    pub options: Vec<OptionAppraisal<N>>,
    /// The option the others are measured against.
    pub baseline: Option<OptionId>,
}

/// A sum in three views.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CaseTotals<N> {
    /// Cash of this organisation in the prices of each year.
    pub nominal: N,
    /// Economic case, price-base prices.
    pub real: N,
    /// Economic case, discounted to year 0.
    pub present: N,
}

/// Benefits by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Benefits<N> {
    /// Those that change the income or spending of a public body.
    pub cash_releasing: CaseTotals<N>,
    /// Those to public bodies that release no cash.
    pub non_cash_releasing: CaseTotals<N>,
    /// Those to patients and the public.
    pub societal: CaseTotals<N>,
}

impl<N: Number> Benefits<N> {
    /// All of them.
    pub fn total(&self) -> CaseTotals<N> {
        let kinds = [self.cash_releasing, self.non_cash_releasing, self.societal];
        kinds.into_iter().fold(CaseTotals::default(), |sum, kind| CaseTotals {
            nominal: sum.nominal + kind.nominal,
            real: sum.real + kind.real,
            present: sum.present + kind.present,
        })
    }
}

/// The measures of an option. Money in pounds; months count from the start of the horizon.
#[derive(Clone, Debug)]
pub struct OptionAppraisal<N> {
    /// Which option.
    pub id: OptionId,
    /// Whole-life cost; `present` is the net present cost.
    pub cost: CaseTotals<N>,
    /// Capital cash over the horizon.
    pub capital: N,
    /// Revenue cash over the horizon.
    pub revenue: N,
    /// Benefits.
    pub benefits: Benefits<N>,
    /// Net present social value: present benefits less present costs, both less the baseline's.
    pub npsv: N,
    /// Present benefits over present costs, both less the baseline's; `None` where the costs are not above
    /// the baseline's by a pound, and for the baseline itself.
    pub bcr: Option<N>,
    /// Return on public sector cost: (present benefits - non-public present costs) / public present costs, all
    /// less the baseline's; `None` where public costs are not above the baseline's by a pound, and for the baseline.
    pub rpsc: Option<N>,
    /// The part of the net present cost that bodies bear which are not public.
    pub non_public_cost: N,
    /// The yearly sum, in price-base prices, whose present value over the horizon is the net present cost; paid in
    /// the years that the programme's `annuity` says.
    pub equivalent_annual_cost: N,
    /// Payback on real amounts against the baseline; `None` for the baseline itself.
    pub payback: Option<Payback>,
    /// Payback on discounted amounts, likewise.
    pub discounted_payback: Option<Payback>,
    /// The first month with a benefit.
    pub first_benefit: Option<usize>,
    /// The first month in which every benefit is at full effect (neglect and improvement apart); `None` if there
    /// is no such month inside the horizon.
    pub full_benefit: Option<usize>,
    /// Net present cost by the end of each year index: what the cost would be if the appraisal ended there.
    pub cumulative_cost: Vec<N>,
    /// The year index in which most cash is paid, and how much. A year of which only part lies in the horizon counts
    /// with the cash of that part.
    pub peak_year: (usize, N),
    /// Year by year.
    pub by_year: Vec<YearRow<N>>,
}

/// A financial year of an option.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct YearRow<N> {
    /// Capital cash.
    pub capital: N,
    /// Revenue cash.
    pub revenue: N,
    /// Real cost of the economic case.
    pub cost: N,
    /// Real benefits.
    pub benefits: N,
    /// Cash released, nominal.
    pub cash_released: N,
}

impl<N: Number> YearRow<N> {
    /// Cash paid.
    pub fn cash(&self) -> N {
        self.capital + self.revenue
    }
}

/// The years at which the order of two options by cumulative net present cost flips: the year indices at whose
/// end the one that was dearer at the end of the year before is cheaper.
pub fn flips<N: Number>(first: &OptionAppraisal<N>, second: &OptionAppraisal<N>) -> Vec<usize> {
    let years = first.cumulative_cost.iter().zip(&second.cumulative_cost).enumerate();
    let mut dearer: Option<bool> = None;
    let mut flips = Vec::new();
    for (t, (a, b)) in years.filter(|(_, (a, b))| a != b) {
        let now = a > b;
        if dearer.is_some_and(|before| before != now) {
            flips.push(t);
        }
        dearer = Some(now);
    }
    flips
}

impl<N: Number> Appraisal<N> {
    /// The measures of a run's totals.
    pub fn new(plan: &Plan<N>, totals: &Totals<N>, sheets: &[Timesheet<N>]) -> Self {
        let mut options: Vec<OptionAppraisal<N>> = (plan.options.iter().zip(&totals.options).zip(sheets))
            .map(|((option, sums), sheet)| gross(plan, option, sums, sheet))
            .collect();
        let baseline = plan.baseline.map(|id| (options[id.place()].clone(), &totals.options[id.place()]));
        for (option, sums) in options.iter_mut().zip(&totals.options) {
            against(plan, option, sums, baseline.as_ref());
        }
        Self { options, baseline: plan.baseline }
    }
}

/// What an option comes to on its own.
fn gross<N: Number>(
    plan: &Plan<N>,
    option: &ProgrammeOption<N>,
    sums: &OptionTotals<N>,
    sheet: &Timesheet<N>,
) -> OptionAppraisal<N> {
    let by_year = years(plan, sums);
    let add = |of: &dyn Fn(&YearRow<N>) -> N| by_year.iter().fold(N::ZERO, |sum, year| sum + of(year));
    let (capital, revenue) = (add(&|y| y.capital), add(&|y| y.revenue));
    let factors = &plan.discount[Discount::Standard as usize];
    let present = by_year.iter().zip(factors).fold(N::ZERO, |sum, (year, &df)| sum + year.cost * df);
    let non_public = sums.months.iter().zip(&plan.year_of);
    let non_public = non_public.fold(N::ZERO, |sum, (month, &t)| sum + month.non_public_cost * factors[t]);
    let mut running = N::ZERO;
    let cumulative_cost = by_year.iter().zip(factors).map(|(year, &df)| {
        running += year.cost * df;
        running.as_posted()
    });
    let cumulative_cost = cumulative_cost.collect();
    let cost =
        CaseTotals { nominal: capital + revenue, real: add(&|y| y.cost), present: present.as_posted() };
    let mut peak_year = (0, by_year[0].cash());
    for (t, year) in by_year.iter().enumerate() {
        if year.cash() > peak_year.1 {
            peak_year = (t, year.cash());
        }
    }
    OptionAppraisal {
        id: option.id,
        cost,
        capital,
        revenue,
        benefits: benefits(plan, sums),
        npsv: N::ZERO,
        bcr: None,
        rpsc: None,
        non_public_cost: non_public.as_posted(),
        cumulative_cost,
        equivalent_annual_cost: (cost.present / plan.annuity_factor()).as_posted(),
        payback: None,
        discounted_payback: None,
        first_benefit: sums.months.iter().position(|month| month.all_benefits() > N::ZERO),
        full_benefit: full_benefit(plan, option, sheet),
        peak_year,
        by_year,
    }
}

fn years<N: Number>(plan: &Plan<N>, sums: &OptionTotals<N>) -> Vec<YearRow<N>> {
    let mut years = vec![YearRow::default(); plan.horizon.years()];
    for (month, &t) in sums.months.iter().zip(&plan.year_of) {
        let year: &mut YearRow<N> = &mut years[t];
        year.capital += month.capital;
        year.revenue += month.revenue;
        year.cost += month.cost;
        year.benefits += month.all_benefits();
        year.cash_released += month.cash_released;
    }
    years
}

fn benefits<N: Number>(plan: &Plan<N>, sums: &OptionTotals<N>) -> Benefits<N> {
    let mut kinds = [CaseTotals::<N>::default(); 3];
    for (month, &t) in sums.months.iter().zip(&plan.year_of) {
        for (schedule, by_kind) in [Discount::Standard, Discount::Health].into_iter().zip(month.benefits) {
            let factor = plan.discount_factor(schedule, t);
            for (kind, amount) in kinds.iter_mut().zip(by_kind) {
                kind.real += amount;
                kind.present += amount * factor;
            }
        }
        kinds[0].nominal += month.cash_released;
    }
    for kind in &mut kinds {
        kind.present = kind.present.as_posted();
    }
    let [cash_releasing, non_cash_releasing, societal] = kinds;
    Benefits { cash_releasing, non_cash_releasing, societal }
}

/// A ratio of what is gained to what it costs. Below a pound, what an option costs more than the baseline is the
/// rounding of its postings, and a ratio to it would say nothing.
fn ratio<N: Number>(gain: N, cost: N) -> Option<N> {
    (cost >= N::ONE).then(|| gain / cost)
}

/// The measures that compare an option with the baseline; gross, if the scenario has no baseline.
fn against<N: Number>(
    plan: &Plan<N>,
    option: &mut OptionAppraisal<N>,
    sums: &OptionTotals<N>,
    baseline: Option<&(OptionAppraisal<N>, &OptionTotals<N>)>,
) {
    if baseline.is_some_and(|(base, _)| base.id == option.id) {
        return;
    }
    let (base_cost, base_benefits, base_non_public) = baseline
        .map_or((N::ZERO, N::ZERO, N::ZERO), |(base, _)| {
            (base.cost.present, base.benefits.total().present, base.non_public_cost)
        });
    let cost = option.cost.present - base_cost;
    let benefit = option.benefits.total().present - base_benefits;
    option.npsv = benefit - cost;
    option.bcr = ratio(benefit, cost);
    let non_public = option.non_public_cost - base_non_public;
    let public = cost - non_public;
    option.rpsc = ratio(benefit - non_public, public);
    let net = |m: usize, discounted: bool| {
        let of = |sums: &OptionTotals<N>| {
            let (month, t) = (&sums.months[m], plan.year_of[m]);
            let factor = |schedule| if discounted { plan.discount_factor(schedule, t) } else { N::ONE };
            let gains = |schedule: Discount| {
                let by_kind = month.benefits[schedule as usize];
                (by_kind[0] + by_kind[1] + by_kind[2]) * factor(schedule)
            };
            gains(Discount::Standard) + gains(Discount::Health) - month.cost * factor(Discount::Standard)
        };
        of(sums) - baseline.map_or(N::ZERO, |(_, base)| of(base))
    };
    option.payback = Some(payback((0..sums.months.len()).map(|m| net(m, false))));
    option.discounted_payback = Some(payback((0..sums.months.len()).map(|m| net(m, true))));
}
