//! Summary: the measures of every option side by side, the master check, and charts of live cells.

use rust_decimal::Decimal;

use super::accounts::Accounts;
use super::assets::Assets;
use super::costs::{Benefits, Costs, Discounted, KINDS, added};
use super::funding::Funding;
use super::months::Months;
use super::prices::Prices;
use super::timeline::Row;
use crate::appraisal::{Payback, RateOfReturn};
use crate::id::{OptionId, OrganisationId};
use crate::report::Case;
use crate::workbook::{
    Area, ChartKind, Live, NativeChart, Place, Role, Sheet, Shown, Spot, Style, Value, serial,
};

/// All that the measures are made of.
pub(super) struct Parts<'a> {
    pub(super) case: &'a Case,
    pub(super) prices: &'a Prices<'a>,
    pub(super) costs: &'a [Costs],
    pub(super) benefits: &'a [Benefits],
    pub(super) discounted: &'a [Discounted],
    pub(super) months: &'a Months,
    pub(super) assets: &'a Assets,
    pub(super) accounts: &'a [Accounts],
    pub(super) funding: &'a [Funding],
    /// The heads of the year columns.
    pub(super) labels: Area,
}

/// The row of the master check: filled when the checks are made.
pub(super) const MASTER: u32 = 3;

/// The row that says how many assumptions were changed.
pub(super) const CHANGES: u32 = 4;

const HEAD: u32 = 8;
const MONEY: Style = Shown::Pounds.plain();
const TOTAL: Style = Shown::Pounds.role(Role::Total);

struct Writer<'a> {
    parts: &'a Parts<'a>,
    sheet: Sheet,
    row: u32,
}

/// The summary, and every measure that an option has (for the checks).
pub(super) fn summary(parts: &Parts<'_>) -> Sheet {
    let case = parts.case;
    let mut widths = vec![44.0, 12.0];
    widths.extend(parts.costs.iter().map(|_| 22.0));
    let mut sheet = Sheet::new("Summary", widths, (HEAD + 1, 2));
    let programme = &case.scenario.programme;
    sheet.text((0, 0), Role::Title, format!("{}: whole-life cost of each option", programme.name));
    sheet.text((1, 0), Role::Note, format!("{}. {}", case.span(), case.source()));
    sheet.text((MASTER, 0), Role::Total, "Master check");
    sheet.text((CHANGES, 0), Role::Plain, "Assumptions changed since this was written");
    sheet.text((5, 0), Role::Note, "Live: change a discount rate, index, deflator, VAT rate, PDC rate, useful life, capital share, fund, line or benefit value in Assumptions, and every figure follows.");
    sheet.text((6, 0), Role::Note, "Frozen, and grey wherever it stands: delivery timing and the base amounts that follow from it. To change effort, teams, dates or pay, change the scenario file and run wholelife.");
    sheet.text((HEAD, 0), Role::Head, "Measure");
    sheet.text((HEAD, 1), Role::Head, "Unit");
    for place in 0..parts.costs.len() {
        sheet.text((HEAD, 2 + place as u16), Role::Head, case.name(OptionId::new(place)));
    }
    let mut writer = Writer { parts, sheet, row: HEAD + 1 };
    writer.costs();
    writer.benefits();
    writer.against();
    writer.times();
    writer.money();
    writer.bearers();
    let row = writer.row + 1;
    let mut sheet = writer.sheet;
    charts(parts, &mut sheet, row);
    sheet
}

impl Writer<'_> {
    fn section(&mut self, words: &str) {
        self.sheet.text((self.row, 0), Role::Section, words);
        for column in 1..2 + self.parts.costs.len() as u16 {
            self.sheet.text((self.row, column), Role::Section, "");
        }
        self.row += 1;
    }

    fn head(&mut self, label: &str, unit: &str, role: Role) {
        self.sheet.text((self.row, 0), role, label);
        self.sheet.text((self.row, 1), role, unit);
    }

    /// A measure of every option.
    fn measure(
        &mut self,
        label: &str,
        unit: &str,
        style: Style,
        of: impl Fn(usize) -> (Live, Option<Decimal>),
    ) {
        let role = if style.role == Role::Total { Role::Total } else { Role::Plain };
        self.head(label, unit, role);
        for option in 0..self.parts.costs.len() {
            let (live, told) = of(option);
            self.sheet.formula((self.row, 2 + option as u16), style, &live, told);
        }
        self.row += 1;
    }

    fn costs(&mut self) {
        let parts = self.parts;
        let told = |option: usize| parts.case.appraisal(OptionId::new(option));
        self.section("Whole-life cost");
        let all = |row: &Row, told: Decimal| (row.all(), Some(told));
        self.measure("Nominal (cash)", "£ cash", TOTAL, |o| all(&parts.costs[o].cash, told(o).cost.nominal));
        self.measure("of which capital", "£ cash", MONEY, |o| all(&parts.costs[o].capital, told(o).capital));
        self.measure("of which revenue", "£ cash", MONEY, |o| all(&parts.costs[o].revenue, told(o).revenue));
        self.measure("Real", "£ real", MONEY, |o| all(&parts.costs[o].real, told(o).cost.real));
        self.measure("Net present cost", "£ present", TOTAL, |o| {
            (parts.discounted[o].cost.into(), Some(told(o).cost.present))
        });
        let paid = format!("Equivalent annual cost, {}", parts.case.plan.annuity.word());
        self.measure(&paid, "£ a year", MONEY, |o| {
            let live = (Live::from(parts.discounted[o].cost) / parts.prices.annuity()).penny();
            (live, Some(told(o).equivalent_annual_cost))
        });
        self.measure("Peak year: cash", "£ cash", MONEY, |o| {
            (Live::largest(&parts.costs[o].cash.years), Some(told(o).peak_year.1))
        });
        self.year("Peak year", |o| &parts.costs[o].cash, |o| told(o).peak_year.0);
    }

    /// The year in which a row is largest.
    fn year<'r>(&mut self, label: &str, row: impl Fn(usize) -> &'r Row, told: impl Fn(usize) -> usize) {
        self.head(label, "year", Role::Plain);
        let horizon = self.parts.case.plan.horizon;
        let words: Vec<String> = (0..horizon.years()).map(|t| self.parts.case.year_in_words(t)).collect();
        for option in 0..self.parts.costs.len() {
            let years = &row(option).years;
            let place = Live::largest(years).place_in(years);
            let at = (self.row, 2 + option as u16);
            let told = words[told(option)].clone();
            self.sheet.picked(at, Shown::Answer.plain(), &place, (self.parts.labels, &words), told);
        }
        self.row += 1;
    }

    fn benefits(&mut self) {
        let parts = self.parts;
        let told = |option: usize| parts.case.appraisal(OptionId::new(option)).benefits;
        self.section("Benefits");
        self.measure("Real", "£ real", MONEY, |o| {
            (parts.benefits[o].real.all(), Some(told(o).total().real))
        });
        self.measure("Cash released", "£ cash", MONEY, |o| {
            (parts.benefits[o].cash.all(), Some(told(o).total().nominal))
        });
        for (place, (_, name)) in KINDS.iter().enumerate() {
            self.measure(&format!("{name}, discounted"), "£ present", MONEY, |o| {
                let kinds = [told(o).cash_releasing, told(o).non_cash_releasing, told(o).societal];
                (parts.discounted[o].benefits[place].into(), Some(kinds[place].present))
            });
        }
        self.measure("Discounted", "£ present", TOTAL, |o| {
            (parts.discounted[o].benefit.into(), Some(told(o).total().present))
        });
    }

    /// Measures against the baseline, gross where there is none.
    fn against(&mut self) {
        let parts = self.parts;
        let baseline = parts.case.plan.baseline.map(OptionId::place);
        let told = |option: usize| parts.case.appraisal(OptionId::new(option));
        self.section(if baseline.is_some() { "Against the baseline" } else { "Gross: there is no baseline" });
        let less = |option: usize, of: &dyn Fn(usize) -> Live| match baseline {
            Some(base) if base != option => of(option) - of(base),
            Some(_) => Live::nought(),
            None => of(option),
        };
        let cost = |option: usize| less(option, &|o| parts.discounted[o].cost.into());
        let benefit = |option: usize| less(option, &|o| parts.discounted[o].benefit.into());
        self.measure("Net present social value (NPSV)", "£ present", TOTAL, |o| {
            (benefit(o) - cost(o), Some(told(o).npsv))
        });
        let non_public = |option: usize| {
            less(option, &|o| parts.discounted[o].non_public.map_or_else(Live::nought, Live::from))
        };
        self.ratio("Benefit-cost ratio", |o| (benefit(o), cost(o), told(o).bcr));
        self.ratio("Return on public sector cost", |o| {
            (benefit(o) - non_public(o), cost(o) - non_public(o), told(o).rpsc)
        });
        self.month_row("Paid back", |months| months.simple, |o| told(o).payback);
        self.month_row("Paid back, discounted", |months| months.discounted, |o| told(o).discounted_payback);
    }

    /// A quotient, where its divisor is a pound at least.
    fn ratio(&mut self, label: &str, of: impl Fn(usize) -> (Live, Live, Option<Decimal>)) {
        self.head(label, "ratio", Role::Plain);
        for option in 0..self.parts.costs.len() {
            let (above, below, told) = of(option);
            let none = [(Live::count(1).exceeds(below.clone()), "none")];
            let told = told.map_or_else(|| Value::Text("none".to_owned()), Value::Number);
            let at = (self.row, 2 + option as u16);
            self.sheet.words_or(at, Shown::Ratio.plain(), &none, &(above / below), told);
        }
        self.row += 1;
    }

    /// A month of payback.
    fn month_row(
        &mut self,
        label: &str,
        last: impl Fn(&super::months::MonthsOf) -> Spot,
        told: impl Fn(usize) -> Option<Payback>,
    ) {
        const NEVER: &str = "nothing to pay back";
        const BEYOND: &str = "not within the horizon";
        self.head(label, "month", Role::Plain);
        let (case, months) = (self.parts.case, self.parts.months);
        let count = Live::count(case.plan.horizon.months() as i64);
        for option in 0..self.parts.costs.len() {
            let at = (self.row, 2 + option as u16);
            let (Some(of), Some(told)) = (&months.options[option], told(option)) else {
                self.sheet.text(at, Role::Plain, "the baseline");
                continue;
            };
            let below = Live::from(last(of));
            let told = match told {
                Payback::Month(month) => Value::Number(serial(case.month(month))),
                Payback::Never => Value::Text(NEVER.to_owned()),
                Payback::NotWithinHorizon => Value::Text(BEYOND.to_owned()),
            };
            let cases = [
                (below.clone().equals(Live::nought()), NEVER),
                (below.clone().equals(count.clone()), BEYOND),
            ];
            let month = (below + Live::count(1)).pick_from(&months.dates);
            self.sheet.words_or(at, Shown::Month.plain(), &cases, &month, told);
        }
        self.row += 1;
    }

    fn times(&mut self) {
        let parts = self.parts;
        let case = parts.case;
        self.section("Times");
        self.head("First benefit", "month", Role::Plain);
        for (option, &first) in parts.months.first_benefit.iter().enumerate() {
            let told = case.appraisal(OptionId::new(option)).first_benefit;
            let told =
                told.map_or_else(|| Value::Text("none".to_owned()), |m| Value::Number(serial(case.month(m))));
            let none = [(Live::from(first).exceeds(Live::count(1_000_000)), "none")];
            let month = Live::from(first).pick_from(&parts.months.dates);
            self.sheet.words_or((self.row, 2 + option as u16), Shown::Month.plain(), &none, &month, told);
        }
        self.row += 1;
        self.head("Full benefit (frozen)", "month", Role::Plain);
        for option in 0..parts.costs.len() {
            let at = (self.row, 2 + option as u16);
            match case.appraisal(OptionId::new(option)).full_benefit {
                Some(month) => {
                    self.sheet.number(at, Shown::Month.role(Role::Frozen), serial(case.month(month)));
                }
                None if case.promises(OptionId::new(option)) => {
                    self.sheet.text(at, Role::Frozen, "not reached");
                }
                None => self.sheet.text(at, Role::Frozen, "none"),
            }
        }
        self.row += 1;
        self.head("Rate of return, real (frozen)", "% a year", Role::Plain);
        for option in 0..parts.costs.len() {
            let at = (self.row, 2 + option as u16);
            match case.run.appraisal.rate_of_return(OptionId::new(option)) {
                Some(RateOfReturn::One(rate)) => {
                    self.sheet.number(at, Shown::Rate.role(Role::Frozen), rate);
                }
                Some(RateOfReturn::Nothing) => self.sheet.text(at, Role::Frozen, "none"),
                Some(RateOfReturn::Several) => self.sheet.text(at, Role::Frozen, "several"),
                None => self.sheet.text(at, Role::Frozen, "the baseline"),
            }
        }
        self.row += 1;
        self.head("A month's delay costs (frozen)", "£ present", Role::Plain);
        for (option, &cost) in case.run.month_of_delay.iter().enumerate() {
            self.sheet.number((self.row, 2 + option as u16), Shown::Pounds.role(Role::Frozen), cost);
        }
        self.row += 1;
    }

    /// Who bears the costs, and what that does to each organisation's income and expenditure.
    fn bearers(&mut self) {
        let parts = self.parts;
        let case = parts.case;
        let bodies = &case.scenario.organisations;
        if bodies.len() < 2 {
            return;
        }
        self.section("Who bears it");
        for (place, body) in bodies.iter().enumerate() {
            self.measure(&format!("{}: cash cost", body.name), "£ cash", MONEY, |o| {
                (parts.costs[o].borne[place].all(), None)
            });
            let accounts = &case.run.accounts;
            let net = |o: usize| {
                let years = 0..case.plan.horizon.years();
                years.map(|t| accounts[o].result(Some(OrganisationId::new(place)), t).net()).sum()
            };
            self.measure(&format!("{}: net effect on income and expenditure", body.name), "£", MONEY, |o| {
                (parts.accounts[o].of_each[place].all(), Some(net(o)))
            });
        }
    }

    fn money(&mut self) {
        let parts = self.parts;
        let case = parts.case;
        self.section("Funding and accounts");
        if !parts.funding.is_empty() {
            let told = |option: usize| &case.run.funding[option];
            for (place, name) in
                ["Capital gap: no fund pays", "Revenue gap: no fund pays"].into_iter().enumerate()
            {
                self.measure(name, "£ cash", MONEY, |o| {
                    (parts.funding[o].gaps[place].all(), Some(told(o).gap()[place]))
                });
            }
            self.measure("Paid by funds", "£ cash", MONEY, |o| {
                (parts.funding[o].paid[0].all() + parts.funding[o].paid[1].all(), Some(told(o).paid()))
            });
            self.measure("Lapses: unspent and lost", "£ cash", MONEY, |o| {
                let spots: Vec<Spot> = parts.funding[o].lapsed.iter().filter_map(|row| row.all).collect();
                (added(&spots), Some(told(o).lapsed()))
            });
        }
        let worst = |option: usize| case.worst_year(OptionId::new(option));
        self.measure("Worst year of income and expenditure: net effect", "£", MONEY, |o| {
            (Live::largest(&parts.accounts[o].net.years), Some(worst(o).1))
        });
        self.year("Worst year of income and expenditure", |o| &parts.accounts[o].net, |o| worst(o).0);
    }
}

/// Charts of live cells: they move with them.
fn charts(parts: &Parts<'_>, sheet: &mut Sheet, row: u32) {
    let area = |row: &Row| match (row.years.first(), row.years.last()) {
        (Some(&first), Some(&last)) => Area::of(first, last),
        _ => parts.labels,
    };
    let heads: Vec<Place> =
        (0..parts.costs.len()).map(|option| sheet.place(HEAD, 2 + option as u16)).collect();
    let options = |of: &dyn Fn(usize) -> Area| -> Vec<(Place, Area)> {
        heads.iter().enumerate().map(|(option, &head)| (head, of(option))).collect()
    };
    let mut charts = vec![
        (
            ChartKind::Columns,
            "Cash cost by year".to_owned(),
            "£ cash",
            options(&|o| area(&parts.costs[o].cash)),
        ),
        (
            ChartKind::Lines,
            "Net present cost to the end of each year".to_owned(),
            "£ present",
            options(&|o| area(&parts.discounted[o].cumulative)),
        ),
        (
            ChartKind::Columns,
            "Net effect on income and expenditure".to_owned(),
            "£",
            options(&|o| area(&parts.accounts[o].net)),
        ),
    ];
    if !parts.funding.is_empty() {
        charts.push((
            ChartKind::Columns,
            "Revenue that no fund pays".to_owned(),
            "£ cash",
            options(&|o| area(&parts.funding[o].gaps[1])),
        ));
    }
    for (place, (kind, title, unit, series)) in charts.into_iter().enumerate() {
        let at = sheet.place(row + 18 * place as u32, 0);
        sheet.charts.push(NativeChart {
            kind,
            title,
            unit: unit.to_owned(),
            labels: parts.labels,
            series,
            at,
        });
    }
}
