//! Months: costs and benefits month by month, for what a year is too coarse to tell: payback, first benefit.

use rust_decimal::Decimal;

use super::assets::Assets;
use super::base::{BENEFIT, BaseRows, COST, HEALTH, day};
use super::costs::{Costs, added};
use super::prices::Prices;
use crate::id::OptionId;
use crate::ledger::Discount;
use crate::report::Case;
use crate::workbook::{Key, Live, Role, Sheet, Shown, Spot};

/// What the months tell.
pub(super) struct Months {
    pub(super) sheet: Sheet,
    /// The month of each row, and one for the month after the last.
    pub(super) dates: Vec<Spot>,
    pub(super) options: Vec<Option<MonthsOf>>,
    /// The number of the first month with a benefit; a million and more if there is none. By option.
    pub(super) first_benefit: Vec<Spot>,
    /// The cost of each month, by option.
    pub(super) costs: Vec<Vec<Spot>>,
}

/// The number of the last month in which an option has not paid back: simple and discounted. Nothing for the
/// baseline.
pub(super) struct MonthsOf {
    pub(super) simple: Spot,
    pub(super) discounted: Spot,
}

/// The columns of an option.
struct Columns {
    cost: Vec<Spot>,
    gain: Vec<Spot>,
    discounted: Vec<Spot>,
    benefit: Vec<Spot>,
}

const HEAD: u32 = 4;
const WIDE: u16 = 8;

pub(super) fn months(
    case: &Case,
    base: &BaseRows,
    prices: &Prices<'_>,
    assets: &Assets,
    costs: &[Costs],
) -> Months {
    let count = case.plan.horizon.months();
    let mut widths = vec![7.0, 11.0, 8.0, 10.0, 10.0];
    widths.extend(costs.iter().flat_map(|_| [13.0; WIDE as usize]));
    let mut sheet = Sheet::new("Months", widths, (HEAD + 1, 5));
    sheet.text((0, 0), Role::Title, format!("Month by month: {}", case.scenario.programme.name));
    sheet.text((1, 0), Role::Note, "Real costs and benefits, for payback: the month from which the running total of gains over the baseline stays at nought or above.");
    for (column, words) in
        ["No.", "Month", "Year index", "Discount factor", "Health factor"].iter().enumerate()
    {
        sheet.text((HEAD, column as u16), Role::Head, *words);
    }
    let mut numbers = Vec::new();
    let mut dates = Vec::new();
    let mut factors: [Vec<Spot>; 2] = [Vec::new(), Vec::new()];
    for month in 0..=count {
        let row = HEAD + 1 + month as u32;
        dates.push(sheet.number((row, 1), Shown::Month.plain(), Decimal::from(day(case, month))));
        if month == count {
            sheet.text((row, 2), Role::Note, "after the end");
            break;
        }
        numbers.push(sheet.number((row, 0), Shown::Count.plain(), Decimal::from(month + 1)));
        let t = case.plan.year_of[month];
        sheet.number((row, 2), Shown::Count.plain(), Decimal::from(t));
        for (place, schedule) in [Discount::Standard, Discount::Health].into_iter().enumerate() {
            let factor = Live::from(prices.factors(schedule)[t]);
            let at = (row, 3 + place as u16);
            factors[place].push(sheet.formula(at, Shown::Factor.plain(), &factor, None));
        }
    }
    let mut writer = Writer { case, base, assets, costs, sheet, dates: &dates, factors: &factors };
    let columns: Vec<Columns> = (0..costs.len()).map(|option| writer.columns(option)).collect();
    let foot = HEAD + 3 + count as u32;
    let words = [
        "Number of the last month below nought",
        "Number of the first month with a benefit (a million and more: none)",
    ];
    for (place, words) in words.into_iter().enumerate() {
        writer.sheet.text((foot + place as u32, 0), Role::Note, words);
    }
    let baseline = case.plan.baseline.map(OptionId::place);
    let options = (0..costs.len()).map(|option| {
        let running = (Some(option) != baseline).then(|| writer.running(&columns, option, baseline))?;
        let [simple, discounted] = running;
        let mut last = |place: u16, running: &[Spot]| {
            let live = Live::last_below_nought(running, &numbers);
            writer.sheet.formula((foot, column(option) + place), Shown::Count.plain(), &live, None)
        };
        Some(MonthsOf { simple: last(6, &simple), discounted: last(7, &discounted) })
    });
    let options = options.collect();
    let first_benefit = columns.iter().enumerate().map(|(option, columns)| {
        let live = Live::first_above_nought(&columns.benefit, &numbers);
        writer.sheet.formula((foot + 1, column(option) + 3), Shown::Count.plain(), &live, None)
    });
    let first_benefit = first_benefit.collect();
    let sheet = writer.sheet;
    let costs = columns.into_iter().map(|columns| columns.cost).collect();
    Months { sheet, dates, options, first_benefit, costs }
}

/// The first column of an option.
fn column(option: usize) -> u16 {
    5 + option as u16 * WIDE
}

struct Writer<'a> {
    case: &'a Case,
    base: &'a BaseRows,
    assets: &'a Assets,
    costs: &'a [Costs],
    sheet: Sheet,
    dates: &'a [Spot],
    factors: &'a [Vec<Spot>; 2],
}

impl Writer<'_> {
    fn columns(&mut self, option: usize) -> Columns {
        let case = self.case;
        let id = OptionId::new(option);
        let first = column(option);
        let heads = [
            "Cost",
            "Benefits",
            "Health benefits",
            "All benefits",
            "Gain",
            "Gain, discounted",
            "Running gain over baseline",
            "The same, discounted",
        ];
        for (place, words) in heads.into_iter().enumerate() {
            self.sheet.text(
                (HEAD - 1, first + place as u16),
                Role::Head,
                if place == 0 { case.name(id) } else { "" },
            );
            self.sheet.text((HEAD, first + place as u16), Role::Head, words);
        }
        let horizon = case.plan.horizon.months();
        let worths = self.assets.rows.iter().filter(|row| row.asset.option == id).filter_map(|row| row.worth);
        let worths: Vec<Spot> = worths.collect();
        let style = Shown::Pence.plain();
        let mut columns =
            Columns { cost: Vec::new(), gain: Vec::new(), discounted: Vec::new(), benefit: Vec::new() };
        for month in 0..horizon {
            let row = HEAD + 1 + month as u32;
            let base = self.base;
            let date = self.dates[month];
            let sum = |side| {
                let keys = [(&base.from, Key::UpTo(date)), (&base.to, Key::From(date)), (&base.side, side)];
                Live::sum_where(&base.month.real, (&base.option, self.costs[option].option), &keys)
            };
            let mut cost = sum(COST);
            if month + 1 == horizon && !worths.is_empty() {
                cost = cost - added(&worths);
            }
            let (benefit, health) = (sum(BENEFIT), sum(HEALTH));
            let mut put =
                |place: u16, live: &Live| self.sheet.formula((row, first + place), style, live, None);
            let (cost, benefit, health) = (put(0, &cost), put(1, &benefit), put(2, &health));
            columns.cost.push(cost);
            columns.benefit.push(put(3, &(Live::from(benefit) + health)));
            columns.gain.push(put(4, &(Live::from(benefit) + health - cost).penny()));
            let discounted = (Live::from(benefit) - cost) * self.factors[0][month];
            columns.discounted.push(put(5, &(discounted + Live::from(health) * self.factors[1][month])));
        }
        columns
    }

    /// The running totals over the baseline: to the penny, and discounted.
    fn running(&mut self, columns: &[Columns], option: usize, baseline: Option<usize>) -> [Vec<Spot>; 2] {
        let first = column(option);
        let mut running = [Vec::new(), Vec::new()];
        for month in 0..self.case.plan.horizon.months() {
            let row = HEAD + 1 + month as u32;
            for (place, running) in running.iter_mut().enumerate() {
                let of = |columns: &Columns| {
                    if place == 0 { columns.gain[month] } else { columns.discounted[month] }
                };
                let mut live = running.last().map_or_else(
                    || of(&columns[option]).into(),
                    |&last: &Spot| Live::from(last) + of(&columns[option]),
                );
                if let Some(baseline) = baseline {
                    live = live - of(&columns[baseline]);
                }
                let at = (row, first + 6 + place as u16);
                let places = if place == 0 { 2 } else { 8 };
                running.push(self.sheet.formula(at, Shown::Pence.plain(), &live.rounded(places), None));
            }
        }
        running
    }
}
