//! Assets: what capital spending becomes, addition by addition.
//!
//! Amortisation rounds the running total of each addition, month by month, so what is written down in a year is
//! the difference of two rounded totals: a row for each addition, with its total at each year's end, gives the
//! engine's pennies without a column for each month.

use rust_decimal::Decimal;

use super::amounts::{Amounts, Asset};
use super::assumptions::Assumptions;
use super::base::{BaseRows, kind};
use super::prices::Prices;
use super::timeline::{FIRST, Line, Row, Yearly};
use crate::accounts::{self, AssetOf, AssetPlan, Corkscrew};
use crate::id::OptionId;
use crate::ledger::{Kind, Treatment};
use crate::report::Case;
use crate::scenario::Flow;
use crate::workbook::{Key, Live, Role, Sheet, Shown, Spot, serial};

/// The assets of all options.
pub(super) struct Assets {
    pub(super) sheet: Sheet,
    /// In the order of [`Amounts::assets`].
    pub(super) rows: Vec<AssetRows>,
}

/// An asset year by year.
pub(super) struct AssetRows {
    pub(super) asset: Asset,
    pub(super) name: String,
    pub(super) additions: Row,
    pub(super) amortisation: Row,
    pub(super) impairment: Row,
    pub(super) construction: Row,
    /// What it is worth at the horizon, if that counts.
    pub(super) worth: Option<Spot>,
}

/// Additions that share their fate: all that is under construction at a time, or what is added in one month.
#[derive(Debug)]
struct Pool {
    /// Whether it is what is under construction; else it is what one month adds to an asset in use.
    building: bool,
    /// The months in which they were spent, from one to before another.
    from: usize,
    before: usize,
    /// Shares that were lost at the start of months.
    losses: Vec<(usize, Decimal)>,
    /// The month from which they are used.
    used: Option<usize>,
    /// Written down until the start of this month, and what is left is written off in that one.
    ends: Option<(usize, usize)>,
}

/// What becomes of additions, in the order of the balance: see [`accounts::balance`].
fn pools(plan: &AssetPlan<Decimal>, asset: &Asset, horizon: usize) -> Vec<Pool> {
    let mut pools: Vec<Pool> = Vec::new();
    let open = |from: usize| Pool {
        building: true,
        from,
        before: horizon,
        losses: Vec::new(),
        used: None,
        ends: None,
    };
    let mut construction = open(0);
    let spent = |pool: &Pool| asset.months.iter().any(|month| (pool.from..pool.before).contains(month));
    for month in 0..horizon {
        let building = plan.available.is_none_or(|available| month <= available);
        if building {
            construction.losses.extend(plan.losses.iter().filter(|(m, _)| *m == month).copied());
        }
        let close = |pools: &mut Vec<Pool>, construction: &mut Pool, before: usize, until: usize| {
            for pool in pools.iter_mut().filter(|pool| pool.ends.is_none()) {
                pool.ends = Some((until, month));
            }
            let still = plan.available.is_none_or(|available| available > month);
            let ended = std::mem::replace(construction, open(if still { before } else { horizon }));
            pools.push(Pool { before, ends: Some((until, month)), ..ended });
        };
        if plan.written_off == Some(month) {
            close(&mut pools, &mut construction, month, month);
        }
        if plan.available == Some(month) {
            let built = std::mem::replace(&mut construction, open(horizon));
            pools.push(Pool { before: month, used: Some(month), ..built });
        }
        if plan.available.is_some_and(|available| available <= month) && asset.months.contains(&month) {
            let used = Some(month + 1);
            pools.push(Pool { building: false, before: month + 1, used, ..open(month) });
        }
        if plan.available.is_none() && month + 1 == horizon {
            let never = std::mem::replace(&mut construction, open(horizon));
            pools.push(Pool { ends: Some((horizon, month)), ..never });
        }
        if plan.ends == Some(month + 1) {
            close(&mut pools, &mut construction, month + 1, month + 1);
        }
    }
    // What is still being built at the end, although it will be used after it.
    pools.push(construction);
    pools.retain(spent);
    pools
}

/// The months in which something happens to an asset: what was spent before one of them and from it on fares apart.
pub(super) fn turning_points(case: &Case, option: OptionId, of: AssetOf) -> Vec<usize> {
    let plan = accounts::asset_plan(&case.plan, &case.run.sheets[option.place()], of);
    let losses = plan.losses.iter().map(|&(month, _)| month);
    losses.chain(plan.available).chain(plan.written_off).chain(plan.ends).collect()
}

/// A pool as it stands on the sheet.
struct PoolRow<'a> {
    pool: &'a Pool,
    start: Spot,
    cost: Spot,
    /// Losses: the month, how much.
    lost: Vec<(usize, Spot)>,
    written_down: Option<Row>,
}

pub(super) fn assets(
    case: &Case,
    amounts: &Amounts,
    inputs: &Assumptions,
    prices: &Prices<'_>,
    base: &BaseRows,
) -> Assets {
    let notes = [
        "A row for each month's additions: nominal cost, and what is written down of it by each year's end. In use from: months from the start.",
        "Live: additions, useful lives. Frozen: in which month an asset comes into use, is lost or ends.",
    ];
    let mut sheet = Yearly::new(case, "Assets", "Additions and how they are written down", &notes);
    let first = FIRST + sheet.years() as u16;
    let heads = ["Spent from", "Spent before", "Ends", "Real cost £", "Real value at the end £"];
    for (place, words) in heads.into_iter().enumerate() {
        sheet.sheet.text((notes.len() as u32 + 2, first + place as u16), Role::Head, words);
        sheet.sheet.widths.push(13.0);
    }
    let rows = amounts.assets.iter().enumerate();
    let rows = rows.map(|(place, asset)| {
        Writer { case, inputs, prices, base, sheet: &mut sheet, asset }.asset(place + 1)
    });
    let rows = rows.collect();
    Assets { sheet: sheet.sheet, rows }
}

struct Writer<'a, 'b> {
    case: &'a Case,
    inputs: &'a Assumptions,
    prices: &'a Prices<'a>,
    base: &'a BaseRows,
    sheet: &'b mut Yearly<'a>,
    asset: &'a Asset,
}

impl Writer<'_, '_> {
    fn asset(mut self, number: usize) -> AssetRows {
        let (case, asset) = (self.case, self.asset);
        let (of, life) = match asset.of {
            AssetOf::Service(id) => {
                (&case.scenario.services[id.place()].name, Some(case.scenario.services[id.place()].life))
            }
            AssetOf::Line(id) => {
                let line = &case.scenario.lines[id.place()];
                let life = if let Flow::Cost { life, .. } = line.flow { Some(life) } else { None };
                (&line.name, life)
            }
        };
        let several = case.scenario.organisations.len() > 1;
        let whose = &case.scenario.organisations[asset.organisation.place()].name;
        let name = if several { format!("{of}, {whose}") } else { of.clone() };
        self.sheet.section(&format!("{}: {name}", case.name(asset.option)));
        let key = self.sheet.key(number);
        let life = life.map_or_else(|| Live::count(1), |id| self.inputs.of(id).into());
        let line = Line { shown: Shown::Count, ..Line::stock("Useful life", "months") };
        let life = self.sheet.single(&line, None, &life.rounded(0).at_least(Live::count(1)));
        let told: Vec<Decimal> = (0..self.sheet.years()).map(|t| self.told(t).additions).collect();
        let (base, index) = (self.base, self.sheet.index.clone());
        let additions = self.sheet.row(&Line::flow("Additions", "£"), Some(&|t| told[t]), |t| {
            Live::sum_where(&base.whole.capital_cash, (&base.asset, key), &[(&base.year, Key::Is(index[t]))])
        });
        if self.is_refunded() {
            return self.refunded(name, additions);
        }
        let plan = accounts::asset_plan(&case.plan, &case.run.sheets[asset.option.place()], asset.of);
        let pools = pools(&plan, asset, case.plan.horizon.months());
        let mut worths = Vec::new();
        let mut rows = Vec::new();
        for pool in &pools {
            rows.push(self.pool(pool, key, life, &mut worths));
        }
        let amortisation = self.amortisation(&rows);
        let impairment = self.impairment(&rows);
        let construction = self.construction(&rows, key);
        let worth = case.plan.residual.then(|| {
            let line = Line::stock("Unexpired real cost at the horizon", "£");
            self.sheet.single(&line, None, &Live::sum(&worths).at_least(Live::nought()))
        });
        AssetRows { asset: asset.clone(), name, additions, amortisation, impairment, construction, worth }
    }

    /// Whether capital comes back from it: what a refund takes from which addition is the engine's own affair.
    fn is_refunded(&self) -> bool {
        let mut postings = self.case.run.postings(self.asset.option).iter();
        postings.any(|posting| {
            posting.treatment == Treatment::Capital
                && posting.organisation == self.asset.organisation
                && (posting.financial < Decimal::ZERO || posting.economic < Decimal::ZERO)
                && posting.kind != Kind::Residual
                && self.case.plan.asset_of(posting.element) == Some(self.asset.of)
        })
    }

    /// An asset from which capital comes back: frozen but for its additions.
    fn refunded(self, name: String, additions: Row) -> AssetRows {
        let years: Vec<Corkscrew<Decimal>> = (0..self.sheet.years()).map(|t| self.told(t)).collect();
        let asset = self.asset;
        let mut frozen = |label, of: fn(&Corkscrew<Decimal>) -> Decimal| {
            self.sheet.frozen(&Line::stock(label, "£"), |t| of(&years[t]))
        };
        let amortisation = frozen("Amortisation (frozen: capital comes back)", |year| year.amortisation);
        let impairment = frozen("Impairment (frozen; a gain is negative)", |year| year.impairment);
        let construction = frozen("Under construction at the year's end (frozen)", |year| year.construction);
        let worth = self.case.plan.residual.then(|| {
            let line = Line { role: Role::Frozen, ..Line::stock("Unexpired real cost (frozen)", "£") };
            let credits = self.case.run.postings(asset.option).iter().filter(|posting| {
                posting.kind == Kind::Residual
                    && posting.organisation == asset.organisation
                    && self.case.plan.asset_of(posting.element) == Some(asset.of)
            });
            let worth = credits.map(|posting| -posting.economic).sum();
            self.sheet.frozen_single(&line, worth)
        });
        AssetRows { asset: asset.clone(), name, additions, amortisation, impairment, construction, worth }
    }

    /// The engine's own balance.
    fn told(&self, t: usize) -> Corkscrew<Decimal> {
        let assets = &self.case.run.accounts[self.asset.option.place()].assets;
        let mine = assets.iter().find(|a| a.of == self.asset.of && a.organisation == self.asset.organisation);
        mine.map(|asset| asset.years[t]).unwrap_or_default()
    }

    /// A row for a pool, after one for each of its losses.
    fn pool<'p>(&mut self, pool: &'p Pool, key: Spot, life: Spot, worths: &mut Vec<Spot>) -> PoolRow<'p> {
        let horizon = self.case.plan.horizon;
        let name = |month: usize| horizon.start().plus(month as i32).in_words();
        let far = FIRST + self.sheet.years() as u16;
        let date = |month: usize| serial(horizon.start().plus(month as i32));
        let (base, residual) = (self.base, self.case.plan.residual);
        let mut lost: Vec<(usize, Spot)> = Vec::new();
        let mut lost_real: Vec<Spot> = Vec::new();
        for &(month, share) in &pool.losses {
            let row = self.sheet.row;
            let sheet = &mut self.sheet.sheet;
            sheet.text((row, 1), Role::Plain, format!("Lost in {}: share, cost", name(month)));
            let share = sheet.number((row, 2), Shown::Rate.role(Role::Frozen), share);
            let from = sheet.number((row, far), Shown::Month.role(Role::Frozen), date(pool.from));
            let before = sheet.number((row, far + 1), Shown::Month.role(Role::Frozen), date(month));
            let sum = |capital| spent(base, capital, key, from, Some(before));
            let nominal = lost.iter().fold(sum(Capital::Cash), |left, &(_, lost)| left - lost);
            let spot = sheet.formula((row, 3), Shown::Pence.plain(), &(nominal * share).penny(), None);
            lost.push((month, spot));
            if residual {
                let left = lost_real.iter().fold(sum(Capital::Real), |left, &lost| left - lost);
                lost_real.push(sheet.formula(
                    (row, far + 3),
                    Shown::Pence.plain(),
                    &(left * share).penny(),
                    None,
                ));
            }
            self.sheet.row += 1;
        }
        let row = self.sheet.row;
        let sheet = &mut self.sheet.sheet;
        let start = sheet.number((row, far), Shown::Month.role(Role::Frozen), date(pool.from));
        let one = !pool.building;
        let before = sheet.number((row, far + 1), Shown::Month.role(Role::Frozen), date(pool.before));
        let before = (!one).then_some(before);
        let left = |sum: Live, lost: &mut dyn Iterator<Item = Spot>| lost.fold(sum, |left, lost| left - lost);
        let sum = |capital| spent(base, capital, key, start, before);
        let cost = left(sum(Capital::Cash), &mut lost.iter().map(|&(_, lost)| lost)).penny();
        let cost = sheet.formula((row, 3), Shown::Pence.plain(), &cost, None);
        let ends = pool.ends.map(|(until, _)| {
            sheet.number((row, far + 2), Shown::Count.role(Role::Frozen), Decimal::from(until))
        });
        let real_cost = residual.then(|| {
            let live = left(sum(Capital::Real), &mut lost_real.iter().copied()).penny();
            sheet.formula((row, far + 3), Shown::Pence.plain(), &live, None)
        });
        let spent = if one {
            format!("Added in {}", name(pool.from))
        } else {
            format!("Built before {}", name(pool.before))
        };
        let Some(used) = pool.used else {
            let what = if pool.ends.is_some() { "Never used" } else { "Not in use yet" };
            sheet.text((row, 1), Role::Plain, what);
            self.sheet.row += 1;
            return PoolRow { pool, start, cost, lost, written_down: None };
        };
        let from = sheet.number((row, 2), Shown::Count.role(Role::Frozen), Decimal::from(used));
        let used = |end: Live| (end - from).at_most(life).at_least(Live::nought());
        if let (Some(real_cost), None) = (real_cost, ends) {
            let end = self.prices.ends.years.last().map_or_else(Live::nought, |&end| end.into());
            let down = (Live::from(real_cost) * used(end) / life).penny();
            let live = (Live::from(real_cost) - down).penny();
            worths.push(sheet.formula((row, far + 4), Shown::Pence.plain(), &live, None));
        } else if real_cost.is_some() {
            worths.push(sheet.formula((row, far + 4), Shown::Pence.plain(), &Live::nought(), None));
        }
        sheet.text((row, 1), Role::Plain, spent);
        let mut years = Vec::new();
        for t in 0..self.sheet.years() {
            let end = Live::from(self.prices.ends.years[t]);
            let end = ends.map_or_else(|| end.clone(), |ends| end.clone().at_most(ends));
            let live = (Live::from(cost) * used(end) / life).penny();
            let at = (row, FIRST + t as u16);
            years.push(self.sheet.sheet.formula(at, Shown::Pence.plain(), &live, None));
        }
        self.sheet.row += 1;
        PoolRow { pool, start, cost, lost, written_down: Some(Row { years, all: None }) }
    }

    fn amortisation(&mut self, rows: &[PoolRow<'_>]) -> Row {
        let down = |t: usize| {
            let totals = rows.iter().filter_map(|row| row.written_down.as_ref()).map(|row| row.years[t]);
            sum(&totals.collect::<Vec<_>>())
        };
        let told = |t| self.told(t).amortisation;
        let (told, line) = (&told as &dyn Fn(usize) -> Decimal, Line::flow("Amortisation", "£"));
        let told: Vec<Decimal> = (0..self.sheet.years()).map(told).collect();
        self.sheet.row(&line, Some(&|t| told[t]), |t| match t.checked_sub(1) {
            None => down(t),
            Some(before) => (down(t) - down(before)).penny(),
        })
    }

    fn impairment(&mut self, rows: &[PoolRow<'_>]) -> Row {
        let year_of = &self.case.plan.year_of;
        let told: Vec<Decimal> = (0..self.sheet.years()).map(|t| self.told(t).impairment).collect();
        self.sheet.row(&Line::flow("Impairment", "£"), Some(&|t| told[t]), |t| {
            let mut terms: Vec<Live> = Vec::new();
            for row in rows {
                let lost = row.lost.iter().filter(|&&(month, _)| year_of[month] == t);
                terms.extend(lost.map(|&(_, lost)| lost.into()));
                if row.pool.ends.is_some_and(|(_, month)| year_of[month] == t) {
                    let cost = Live::from(row.cost);
                    terms.push(match &row.written_down {
                        Some(down) => cost - down.years[t],
                        None => cost,
                    });
                }
            }
            terms.into_iter().reduce(|sum, term| sum + term).unwrap_or_else(Live::nought)
        })
    }

    fn construction(&mut self, rows: &[PoolRow<'_>], key: Spot) -> Row {
        let told: Vec<Decimal> = (0..self.sheet.years()).map(|t| self.told(t).construction).collect();
        let horizon = self.case.plan.horizon;
        let end = |t: usize| horizon.months_of(horizon.year(t)).end;
        let line = Line::stock("Under construction at the year's end", "£");
        let of = |t: usize| {
            // Begun, and not yet used or written off by the year's end.
            let standing = |row: &&PoolRow<'_>| {
                let Pool { building, from, used, ends, .. } = row.pool;
                let stays = used.is_none_or(|used| used >= end(t));
                *building && *from < end(t) && stays && ends.is_none_or(|(_, month)| month >= end(t))
            };
            let terms = rows.iter().filter(standing).map(|row| {
                let after = Some(self.prices.after.years[t]);
                let all = spent(self.base, Capital::Cash, key, row.start, after);
                let lost = row.lost.iter().filter(|&&(month, _)| month < end(t));
                lost.fold(all, |left, &(_, lost)| left - lost)
            });
            terms.reduce(|sum, term| sum + term).unwrap_or_else(Live::nought)
        };
        let cells: Vec<Live> = (0..self.sheet.years()).map(of).collect();
        self.sheet.row(&line, Some(&|t| told[t]), |t| cells[t].clone())
    }
}

/// A sort of capital that is spent on assets.
#[derive(Clone, Copy)]
enum Capital {
    /// In prices of each year.
    Cash,
    /// In price-base prices, central pension included, without what is added for optimism.
    Real,
}

/// Capital spent on an asset from a month to before another, or in one month. No row of what may be capital reaches
/// over a month at which such times begin or end.
fn spent(base: &BaseRows, capital: Capital, key: Spot, from: Spot, before: Option<Spot>) -> Live {
    let amounts = if before.is_some() { &base.whole } else { &base.month };
    let months = match before {
        None => [(&base.from, Key::UpTo(from)), (&base.to, Key::From(from))],
        Some(before) => [(&base.from, Key::From(from)), (&base.from, Key::Before(before))],
    };
    let of = |only| {
        let [first, second] = months;
        Live::sum_where(&amounts.capital_real, (&base.asset, key), &[first, second, (&base.kind, kind(only))])
    };
    match capital {
        Capital::Cash => Live::sum_where(&amounts.capital_cash, (&base.asset, key), &months),
        Capital::Real => of(Kind::Cost) + of(Kind::CentralPension),
    }
}

/// The sum of cells: of one area where they touch, else one by one.
fn sum(spots: &[Spot]) -> Live {
    let touch = spots.windows(2).all(|pair| pair[1].place.row == pair[0].place.row + 1);
    if touch {
        return Live::sum(spots);
    }
    spots.iter().map(|&spot| Live::from(spot)).reduce(|sum, spot| sum + spot).unwrap_or_else(Live::nought)
}
