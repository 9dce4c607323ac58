//! Discounting: discount factors, price indices and uplifts by year, from the rates in Assumptions.

use std::ops::Bound;

use rust_decimal::Decimal;

use super::assumptions::Assumptions;
use super::timeline::{All, Line, Row, Yearly};
use crate::calendar::FinancialYear;
use crate::id::{CategoryId, IndexId, InputId};
use crate::ledger::{Activity, Discount};
use crate::report::Case;
use crate::scenario::{DiscountBand, Prices as Stated, Uplift, UpliftOf};
use crate::workbook::{Live, Role, Shown, Spot, serial};

/// The rates of every year.
pub(super) struct Prices<'a> {
    pub(super) sheet: Yearly<'a>,
    /// Discount factors: standard, and for health effects.
    factors: [Row; 2],
    /// Months from the start to each year's end.
    pub(super) ends: Row,
    /// The month after each year's end.
    pub(super) after: Row,
    nominal: Vec<Row>,
    relative: Vec<Row>,
    deflate: Row,
    /// What takes a price year to the base year, by index.
    to_base: Vec<((IndexId, FinancialYear), Spot)>,
    bias: Vec<(UpliftOf, Spot)>,
    contingency: Vec<(UpliftOf, Spot)>,
    /// What a pound a year is worth over the horizon.
    annuity: Live,
}

impl<'a> Prices<'a> {
    pub(super) fn new(case: &'a Case, inputs: &Assumptions) -> Self {
        let mid_year = case.scenario.programme.mid_year;
        let timing = if mid_year {
            "Factors are those of the middle of each year."
        } else {
            "Year 0 is not discounted."
        };
        let base = format!("Price indices are 1 in {}, the price base year.", case.scenario.programme.prices);
        let mut sheet =
            Yearly::new(case, "Discounting", "Discount factors, price indices and uplifts", &[timing, &base]);
        sheet.section("Time line");
        let horizon = case.plan.horizon;
        let end = |t: usize| horizon.months_of(horizon.year(t)).end;
        let ends = sheet.frozen(
            &Line { shown: Shown::Count, ..Line::stock("Months from the start to the year's end", "months") },
            |t| Decimal::from(end(t)),
        );
        let line = Line { shown: Shown::Month, ..Line::stock("Month after the year's end", "month") };
        let after = sheet.frozen(&line, |t| serial(horizon.start().plus(end(t) as i32)));
        let policy = &case.scenario.policy;
        let factors = [
            discount(&mut sheet, inputs, "Standard", &policy.discount, Discount::Standard),
            discount(&mut sheet, inputs, "Health effects", &policy.health_discount, Discount::Health),
        ];
        let annuity = annuity(&mut sheet, inputs, &factors[Discount::Standard as usize]);
        let mut nominal: Vec<Row> = Vec::new();
        let mut relative = Vec::new();
        for place in 0..case.scenario.indices.len() {
            let level = levels(&mut sheet, inputs, place);
            let deflator = nominal.first().cloned();
            relative.push(sheet.row(
                &Line::factor("relative to the deflator", "factor"),
                Some(&|t| case.plan.prices.relative(IndexId::new(place), t)),
                |t| {
                    deflator
                        .as_ref()
                        .map_or_else(|| Live::count(1), |d| Live::from(level.years[t]) / d.years[t])
                },
            ));
            nominal.push(level);
        }
        sheet.section("Cash of a year to price-base prices");
        let deflate =
            sheet.row(&Line::factor("1 / deflator", "factor"), Some(&|t| case.plan.prices.deflate(t)), |t| {
                Live::count(1) / nominal[0].years[t]
            });
        let to_base = price_years(&mut sheet, inputs);
        let bias =
            uplifts(&mut sheet, inputs, "Optimism bias, net of mitigation", &case.scenario.optimism_bias);
        let contingency = uplifts(&mut sheet, inputs, "Contingency", &case.scenario.contingency);
        Self { sheet, factors, ends, after, nominal, relative, deflate, to_base, bias, contingency, annuity }
    }

    pub(super) fn factors(&self, schedule: Discount) -> &[Spot] {
        &self.factors[schedule as usize].years
    }

    pub(super) fn annuity(&self) -> Live {
        self.annuity.clone()
    }

    pub(super) fn nominal(&self, index: IndexId, t: usize) -> Spot {
        self.nominal[index.place()].years[t]
    }

    /// Nothing for the deflator itself, which is 1 to itself.
    pub(super) fn relative(&self, index: IndexId, t: usize) -> Option<Spot> {
        (index != IndexId::GENERAL).then(|| self.relative[index.place()].years[t])
    }

    pub(super) fn deflate(&self, t: usize) -> Spot {
        self.deflate.years[t]
    }

    pub(super) fn to_base(&self, index: IndexId, year: FinancialYear) -> Option<Spot> {
        self.to_base.iter().find(|(key, _)| *key == (index, year)).map(|&(_, spot)| spot)
    }

    pub(super) fn bias(&self, activity: Activity, category: CategoryId) -> Option<Spot> {
        of(&self.bias, activity, category)
    }

    pub(super) fn contingency(&self, activity: Activity, category: CategoryId) -> Option<Spot> {
        of(&self.contingency, activity, category)
    }
}

/// That of the activity, or else of the category.
fn of(uplifts: &[(UpliftOf, Spot)], activity: Activity, category: CategoryId) -> Option<Spot> {
    let find = |of: UpliftOf| uplifts.iter().find(|(known, _)| *known == of).map(|&(_, spot)| spot);
    find(UpliftOf::Activity(activity)).or_else(|| find(UpliftOf::Category(category)))
}

/// The sum of the discount factors of the years in which the equivalent annual cost is paid, each with the part of it
/// that lies in the horizon.
fn annuity(sheet: &mut Yearly<'_>, inputs: &Assumptions, factors: &Row) -> Live {
    let case = sheet.case;
    let horizon = case.plan.horizon;
    let mut paid = factors.clone();
    if case.plan.annuity.lag() == 1 {
        let told = |t: usize| case.plan.discount_factor(Discount::Standard, t + 1);
        let line = Line::factor("Discount factor of the year after: equivalent annual cost", "factor");
        paid = sheet.row(&line, Some(&told), |t| match factors.years.get(t + 1) {
            Some(&next) => next.into(),
            None => Live::from(factors.years[t]) * after_last(case, inputs, t),
        });
    }
    if (0..horizon.years()).all(|t| horizon.months_in(t) == 12) {
        return Live::sum(&paid.years);
    }
    let line = Line { shown: Shown::Count, ..Line::stock("Months of the year in the horizon", "months") };
    let months = sheet.frozen(&line, |t| Decimal::from(horizon.months_in(t)));
    Live::sum_product(&paid.years, &months.years) / Live::count(12)
}

/// The factor of the year after the last over that of the last.
fn after_last(case: &Case, inputs: &Assumptions, last: usize) -> Live {
    let bands = &case.scenario.policy.discount;
    let growth = |t: usize| {
        let band = bands.iter().rev().find(|band| band.from_year as usize <= t.max(1));
        Live::count(1) + band.map_or_else(Live::nought, |band| inputs.of(band.rate).into())
    };
    let step = Live::count(1) / growth(last + 1);
    if case.scenario.programme.mid_year {
        return step * growth(last).root() / growth(last + 1).root();
    }
    step
}

fn discount(
    sheet: &mut Yearly<'_>,
    inputs: &Assumptions,
    name: &str,
    bands: &[DiscountBand],
    schedule: Discount,
) -> Row {
    sheet.section(&format!("{name} discounting"));
    let case = sheet.case;
    let mid_year = case.scenario.programme.mid_year;
    let rate = |t: usize| {
        let band = bands.iter().rev().find(|band| band.from_year as usize <= t.max(1));
        band.map_or_else(Live::nought, |band| inputs.of(band.rate).into())
    };
    let rates =
        sheet.row(&Line { shown: Shown::Rate, ..Line::factor("Discount rate", "% a year") }, None, |t| {
            if t == 0 && !mid_year { Live::nought() } else { rate(t) }
        });
    let told = |t| case.plan.discount_factor(schedule, t);
    let told: Option<&dyn Fn(usize) -> Decimal> = if mid_year { None } else { Some(&told) };
    let years = sheet.row_after(&Line::factor("Discount factor", "factor"), told, |t, before| {
        let one = || Live::count(1);
        before.last().map_or_else(one, |&last| Live::from(last) / (one() + rates.years[t]))
    });
    if !mid_year {
        return years;
    }
    sheet.row(
        &Line::factor("Discount factor, middle of the year", "factor"),
        Some(&|t| case.plan.discount_factor(schedule, t)),
        |t| Live::from(years.years[t]) / (Live::count(1) + rates.years[t]).root(),
    )
}

/// Growth and level of an index: 1 in the base year, a running product from there.
fn levels(sheet: &mut Yearly<'_>, inputs: &Assumptions, place: usize) -> Row {
    let case = sheet.case;
    let index = &case.scenario.indices[place];
    let deflator = if place == 0 { " (the deflator)" } else { "" };
    sheet.section(&format!("Price index: {}{deflator}", index.name));
    let (horizon, base) = (case.plan.horizon, case.scenario.programme.prices);
    let growth =
        |t: usize| index.growth.get(&horizon.year(t)).map_or_else(Live::nought, |&id| inputs.of(id).into());
    let line = Line { shown: Shown::Rate, ..Line::factor("Growth from the year before", "% a year") };
    let growth = sheet.row(&line, None, growth);
    let told = |t: usize| case.plan.prices.nominal(IndexId::new(place), t);
    // Years before the base year can't be chained from the left: each is a quotient of its own.
    sheet.row_after(&Line::factor("Price level", "factor"), Some(&told), |t, before| {
        let year = horizon.year(t);
        match before.last() {
            Some(&last) if year > base => Live::from(last) * (Live::count(1) + growth.years[t]),
            _ => level(case, inputs, place, year),
        }
    })
}

/// A level as the product of growth rates between the base year and another.
fn level(case: &Case, inputs: &Assumptions, place: usize, year: FinancialYear) -> Live {
    let base = case.scenario.programme.prices;
    let growth = &case.scenario.indices[place].growth;
    let product = |after: FinancialYear, to: FinancialYear| {
        let years = growth.range((Bound::Excluded(after), Bound::Excluded(to.plus(1))));
        let factors = years.map(|(_, &id): (_, &InputId)| Live::count(1) + inputs.of(id));
        factors.reduce(|product, factor| product * factor).unwrap_or_else(|| Live::count(1))
    };
    if year >= base { product(base, year) } else { Live::count(1) / product(year, base) }
}

/// Lines that are stated in the prices of another year.
fn price_years(sheet: &mut Yearly<'_>, inputs: &Assumptions) -> Vec<((IndexId, FinancialYear), Spot)> {
    let case = sheet.case;
    let base = case.scenario.programme.prices;
    let mut found: Vec<((IndexId, FinancialYear), Spot)> = Vec::new();
    for line in &case.scenario.lines {
        let Stated::Year(year) = line.prices else { continue };
        if year == base || found.iter().any(|(key, _)| *key == (line.index, year)) {
            continue;
        }
        let name = &case.scenario.indices[line.index.place()].name;
        let label = format!("{year} prices to {base} prices, index {name}");
        let live = Live::count(1) / level(case, inputs, line.index.place(), year);
        let spot = sheet.single(&Line::factor(&label, "factor"), None, &live);
        found.push(((line.index, year), spot));
    }
    found
}

fn uplifts(
    sheet: &mut Yearly<'_>,
    inputs: &Assumptions,
    name: &str,
    uplifts: &[Uplift],
) -> Vec<(UpliftOf, Spot)> {
    if uplifts.is_empty() {
        return Vec::new();
    }
    sheet.section(name);
    let case = sheet.case;
    let uplift = |uplift: &Uplift| {
        let on = match uplift.of {
            UpliftOf::Activity(activity) => activity.word(),
            UpliftOf::Category(id) => case.scenario.categories[id.place()].as_str(),
        };
        let line = Line { label: on, unit: "%", shown: Shown::Rate, role: Role::Plain, all: All::Nothing };
        let share = Live::from(inputs.of(uplift.rate)) * (Live::count(1) - inputs.of(uplift.mitigation));
        (uplift.of, sheet.single(&line, None, &share))
    };
    uplifts.iter().map(uplift).collect()
}
