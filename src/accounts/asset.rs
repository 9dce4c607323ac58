//! One asset: additions in, a balance by month out.

use crate::number::Number;
use crate::plan::Plan;

/// How the life of an asset runs. Months count from the start of the horizon.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssetPlan<N> {
    /// From which month it can be used; `None` if it never can. What is added before is under construction
    /// until then; what is added from then on is used from the month after.
    pub available: Option<usize>,
    /// Useful life of each addition from the month it is used, in months.
    pub life: i64,
    /// Shares of what is under construction that are lost, at the start of these months.
    pub losses: Vec<(usize, N)>,
    /// All of it is written off at the start of this month.
    pub written_off: Option<usize>,
    /// What is left is written off at the end of the month before this one: the service has ended.
    pub ends: Option<usize>,
}

/// A balance over a time: opening + additions - amortisation - impairment = closing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Corkscrew<N> {
    /// Net book value at its start.
    pub opening: N,
    /// Capital spent.
    pub additions: N,
    /// Written down for use.
    pub amortisation: N,
    /// Written off for loss.
    pub impairment: N,
    /// Net book value at its end.
    pub closing: N,
    /// Of which under construction.
    pub construction: N,
    /// Public dividend capital dividend on the average of opening and closing; years only.
    pub pdc_dividend: N,
}

impl<N: Number> Corkscrew<N> {
    /// The sum of two balances over the same time.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            opening: self.opening + other.opening,
            additions: self.additions + other.additions,
            amortisation: self.amortisation + other.amortisation,
            impairment: self.impairment + other.impairment,
            closing: self.closing + other.closing,
            construction: self.construction + other.construction,
            pdc_dividend: self.pdc_dividend + other.pdc_dividend,
        }
    }
}

/// An addition in use, or what a refund has left of one.
#[derive(Clone, Copy)]
struct Tranche<N> {
    cost: N,
    from: usize,
    life: i64,
}

impl<N: Number> Tranche<N> {
    /// What is written down by the start of a month: in a straight line, rounded as it adds up, so that the
    /// last month leaves nothing.
    fn written_down(&self, month: usize) -> N {
        let used = self.used(month);
        (self.cost * N::from_count(used) / N::from_count(self.life)).as_posted()
    }

    /// Months of use by the start of a month, at most its life.
    fn used(&self, month: usize) -> i64 {
        (month.saturating_sub(self.from) as i64).min(self.life)
    }

    /// What a refund leaves of it at the start of a month, and of the refund; nothing, if it takes it all.
    fn refunded(self, refund: &mut N, month: usize) -> Option<Self> {
        let left = self.cost - self.written_down(month);
        let taken = left.at_most(*refund);
        if taken.is_nought() {
            return (!left.is_nought()).then_some(self);
        }
        *refund -= taken;
        let rest =
            Self { cost: left - taken, from: month.max(self.from), life: self.life - self.used(month) };
        (taken < left).then_some(rest)
    }
}

/// The balance of an asset by month.
///
/// A negative addition is a refund. It is taken at the end of its month from what is left of the asset, of what was
/// used first first; the rest is written down over what is left of its life. What is refunded beyond that is a gain,
/// a negative impairment: no book value is below nought.
pub fn balance<N: Number>(asset: &AssetPlan<N>, additions: &[N], horizon: usize) -> Vec<Corkscrew<N>> {
    let mut construction = N::ZERO;
    let mut in_use: Vec<Tranche<N>> = Vec::new();
    let mut opening = N::ZERO;
    let mut months = Vec::with_capacity(horizon);
    for (month, &added) in additions.iter().enumerate() {
        let mut impairment = N::ZERO;
        for &(_, share) in asset.losses.iter().filter(|(m, _)| *m == month) {
            let lost = (construction * share).as_posted();
            construction -= lost;
            impairment += lost;
        }
        if asset.written_off == Some(month) {
            impairment = opening;
            construction = N::ZERO;
            in_use.clear();
        }
        if asset.available == Some(month) && !construction.is_nought() {
            in_use.push(Tranche { cost: construction, from: month, life: asset.life });
            construction = N::ZERO;
        }
        if asset.available.is_some_and(|available| available <= month) {
            if added > N::ZERO {
                in_use.push(Tranche { cost: added, from: month + 1, life: asset.life });
            }
        } else {
            construction += added.at_least(N::ZERO);
        }
        let down = |t: &Tranche<N>| t.written_down(month + 1) - t.written_down(month);
        let amortisation = in_use.iter().fold(N::ZERO, |sum, tranche| sum + down(tranche));
        if added < N::ZERO {
            let mut refund = -added;
            let taken = construction.at_most(refund);
            construction -= taken;
            refund -= taken;
            in_use = in_use.iter().filter_map(|t| t.refunded(&mut refund, month + 1)).collect();
            impairment -= refund;
        }
        let undelivered = month + 1 == horizon && asset.available.is_none();
        if undelivered {
            impairment += construction;
            construction = N::ZERO;
        }
        if asset.ends == Some(month + 1) {
            // With what it loses in this month already, or gains by a refund.
            impairment = opening + added - amortisation;
            construction = N::ZERO;
            in_use.clear();
        }
        let closing = opening + added - amortisation - impairment;
        let pdc_dividend = N::ZERO;
        months.push(Corkscrew {
            opening,
            additions: added,
            amortisation,
            impairment,
            closing,
            construction,
            pdc_dividend,
        });
        opening = closing;
    }
    months
}

/// Months to years, with the dividend on each: rate x (opening + closing) / 2, for the part of the year that lies
/// inside the horizon.
pub(super) fn by_year<N: Number>(plan: &Plan<N>, months: &[Corkscrew<N>]) -> Vec<Corkscrew<N>> {
    let mut years: Vec<Corkscrew<N>> = Vec::with_capacity(plan.horizon.years());
    for (month, &t) in months.iter().zip(&plan.year_of) {
        if years.len() <= t {
            years.push(Corkscrew { opening: month.opening, ..Corkscrew::default() });
        }
        let year = &mut years[t];
        year.additions += month.additions;
        year.amortisation += month.amortisation;
        year.impairment += month.impairment;
        (year.closing, year.construction) = (month.closing, month.construction);
    }
    for (t, year) in years.iter_mut().enumerate() {
        let average = (year.opening + year.closing) / N::from_count(2);
        let months = N::from_count(plan.horizon.months_in(t) as i64);
        year.pdc_dividend = (average * plan.pdc_dividend * months / N::from_count(12)).as_posted();
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn months(asset: &AssetPlan<Decimal>, spent: &[(usize, i64)], horizon: usize) -> Vec<Corkscrew<Decimal>> {
        let mut additions = vec![Decimal::ZERO; horizon];
        for &(month, pounds) in spent {
            additions[month] += Decimal::from(pounds);
        }
        balance(asset, &additions, horizon)
    }

    fn sum(months: &[Corkscrew<Decimal>], of: impl Fn(&Corkscrew<Decimal>) -> Decimal) -> Decimal {
        months.iter().map(of).sum()
    }

    #[test]
    fn straight_line_leaves_nothing() {
        // 100 over three months from month 1: 33.33, 33.34, 33.33.
        let asset = AssetPlan { available: Some(0), life: 3, ..AssetPlan::default() };
        let months = months(&asset, &[(0, 100)], 6);
        let down: Vec<Decimal> = months.iter().map(|m| m.amortisation).collect();
        assert_eq!(down, [0, 3333, 3334, 3333, 0, 0].map(|pence| Decimal::new(pence, 2)));
        assert_eq!(months[5].closing, Decimal::ZERO);
    }

    #[test]
    fn construction_waits_until_it_can_be_used() {
        // 60 before month 2, 12 in it: 60 / 6 from month 2, 12 / 6 from month 3.
        let asset = AssetPlan { available: Some(2), life: 6, ..AssetPlan::default() };
        let months = months(&asset, &[(0, 30), (1, 30), (2, 12)], 4);
        assert_eq!([months[1].construction, months[2].construction], [Decimal::from(60), Decimal::ZERO]);
        let down: Vec<Decimal> = months.iter().map(|m| m.amortisation).collect();
        assert_eq!(down, [0, 0, 10, 12].map(Decimal::from));
    }

    #[test]
    fn lost_work_is_written_off() {
        // A quarter of the 80 spent is lost at the start of month 2; 20 more is spent; used from month 3.
        let asset = AssetPlan {
            available: Some(3),
            life: 8,
            losses: vec![(2, Decimal::new(25, 2))],
            ..AssetPlan::default()
        };
        let months = months(&asset, &[(0, 80), (2, 20)], 4);
        assert_eq!((months[2].impairment, months[2].closing), (Decimal::from(20), Decimal::from(80)));
        assert_eq!(months[3].amortisation, Decimal::from(10));
    }

    #[test]
    fn what_is_lost_is_whole_pence() {
        // Half of 100.01 is 50.005: 50.01 is lost.
        let asset = AssetPlan { life: 8, losses: vec![(1, Decimal::new(5, 1))], ..AssetPlan::default() };
        let months = balance(&asset, &[Decimal::new(10_001, 2), Decimal::ZERO, Decimal::ZERO], 3);
        assert_eq!((months[1].impairment, months[1].closing), (Decimal::new(5_001, 2), Decimal::new(50, 0)));
        assert_eq!(months[1].construction, months[1].closing);
    }

    #[test]
    fn work_that_is_given_up_is_written_off_once() {
        // 80 in month 0, of which half is lost at the start of month 1 and all of it written off then; 5 more is
        // spent in month 2, and is written off with the horizon. A month has no dividend: years have.
        let asset = AssetPlan {
            life: 60,
            losses: vec![(1, Decimal::new(5, 1))],
            written_off: Some(1),
            ..AssetPlan::default()
        };
        let months = months(&asset, &[(0, 80), (2, 5)], 4);
        let impairment: Vec<Decimal> = months.iter().map(|m| m.impairment).collect();
        assert_eq!(impairment, [0, 80, 0, 5].map(Decimal::from));
        let construction: Vec<Decimal> = months.iter().map(|m| m.construction).collect();
        assert_eq!(construction, [80, 0, 5, 0].map(Decimal::from));
        assert_eq!(months[3].closing, Decimal::ZERO);
        assert!(months.iter().all(|m| m.pdc_dividend == Decimal::ZERO));
    }

    #[test]
    fn a_service_that_ends_unfinished_leaves_no_construction() {
        // 80, and 20 more in its last month, month 1; nothing is left to write off at the end.
        let asset = AssetPlan { available: None, life: 60, ends: Some(2), ..AssetPlan::default() };
        let months = months(&asset, &[(0, 80), (1, 20)], 4);
        assert_eq!((months[1].impairment, months[1].closing), (Decimal::from(100), Decimal::ZERO));
        assert_eq!((months[1].construction, months[3].impairment), (Decimal::ZERO, Decimal::ZERO));
    }

    #[test]
    fn what_never_goes_live_is_written_off_at_the_end() {
        let asset = AssetPlan { available: None, life: 60, ..AssetPlan::default() };
        let months = months(&asset, &[(0, 80)], 4);
        assert_eq!(sum(&months, |m| m.impairment), Decimal::from(80));
        assert_eq!((months[2].closing, months[3].closing), (Decimal::from(80), Decimal::ZERO));
    }

    #[test]
    fn a_service_that_ends_takes_its_asset_with_it() {
        // 60 over six months from month 1, ended after month 3: 30 written down, 30 written off in month 3.
        let asset = AssetPlan { available: Some(0), life: 6, ends: Some(4), ..AssetPlan::default() };
        let months = months(&asset, &[(0, 60)], 6);
        assert_eq!((months[3].impairment, months[3].closing), (Decimal::from(30), Decimal::ZERO));
        assert_eq!(sum(&months, |m| m.amortisation + m.impairment), Decimal::from(60));
    }
}
