//! Base amounts: a row for the months of a year that have the same amount, live from there on.
//!
//! The engine rounds every posting to the penny in its month, capital apart from revenue and organisation by
//! organisation. A workbook of yearly amounts would drift from it by some pence for every posting that it puts
//! together; so the grain here is the posting's. A row has the amounts of one month, rounded, and those of all its
//! months, which are that many times as much; every other sheet only adds these up.

use std::ops::Range;

use rust_decimal::Decimal;

use super::amounts::{Amounts, bearers, may_be_capital};
use super::assets::turning_points;
use super::assumptions::Assumptions;
use super::prices::Prices;
use super::pricing::{Part, Pricing, stated};
use crate::id::{CategoryId, InputId, OrganisationId};
use crate::ledger::{Base, CATEGORIES, Discount, Kind, Split, Treatment};
use crate::report::Case;
use crate::scenario::Prices as Stated;
use crate::workbook::{Area, Column, Key, Keys, Live, Place, Role, Sheet, Shown, Spot, Style, serial};

/// Sides of a posting, as the column `base_side` has them.
pub(super) const COST: Key = Key::Word("cost", 1);
pub(super) const BENEFIT: Key = Key::Word("benefit", 2);
pub(super) const HEALTH: Key = Key::Word("health benefit", 3);

/// Groups of income and expenditure, as the column `base_account` has them.
pub(super) const PAY: Key = Key::Word("pay", 1);
pub(super) const NON_PAY: Key = Key::Word("non-pay", 2);

/// A kind, as the column `base_kind` has it.
pub(super) fn kind(kind: Kind) -> Key {
    Key::Word(kind.word(), kind as i32)
}

/// The rows and their columns.
pub(super) struct BaseRows {
    pub(super) sheet: Sheet,
    pub(super) option: Keys,
    pub(super) line: Keys,
    pub(super) year: Keys,
    /// The first month of a row, and its last.
    pub(super) from: Keys,
    pub(super) to: Keys,
    pub(super) kind: Keys,
    pub(super) side: Keys,
    pub(super) account: Keys,
    pub(super) organisation: Keys,
    pub(super) asset: Keys,
    pub(super) capital_cell: Keys,
    pub(super) revenue_cell: Keys,
    pub(super) category: Keys,
    /// The amounts of one of its months, and those of all of them.
    pub(super) month: Amount,
    pub(super) whole: Amount,
}

/// Four columns of amounts.
pub(super) struct Amount {
    pub(super) real: Column<Decimal>,
    pub(super) cash: Column<Decimal>,
    pub(super) capital_real: Column<Decimal>,
    pub(super) capital_cash: Column<Decimal>,
}

const HEAD: u32 = 4;

const HEADS: [(&str, f64); 28] = [
    ("Option", 7.0),
    ("Line no.", 7.0),
    ("Line", 34.0),
    ("Year index", 6.0),
    ("From", 10.0),
    ("To", 10.0),
    ("Months", 8.0),
    ("Activity", 13.0),
    ("Category", 13.0),
    ("Kind", 15.0),
    ("Side", 9.0),
    ("Account", 9.0),
    ("Index", 10.0),
    ("Borne by", 8.0),
    ("Asset no.", 7.0),
    ("Capital pool", 8.0),
    ("Revenue pool", 8.0),
    ("Frozen, a month", 15.0),
    ("Base £, a month", 14.0),
    ("Real £, a month", 14.0),
    ("Cash £, a month", 14.0),
    ("Capital, real £, a month", 14.0),
    ("Capital, cash £, a month", 14.0),
    ("Real £", 14.0),
    ("Cash £", 14.0),
    ("Capital, real £", 14.0),
    ("Capital, cash £", 14.0),
    ("Category no.", 8.0),
];

/// The columns that a row's own formulas refer to.
const MONTHS: u16 = 6;
const FROZEN: u16 = 17;
const POUNDS: u16 = 18;
/// The four amounts of a month, and those of all months.
const MONTH: u16 = 19;
const WHOLE: u16 = 23;
const CATEGORY: u16 = 27;

/// The four amounts of a row's month.
#[derive(Clone, Copy, Default)]
struct Four {
    real: Option<Spot>,
    cash: Option<Spot>,
    capital_real: Option<Spot>,
    capital_cash: Option<Spot>,
}

/// Who bears a row.
#[derive(Clone, Copy)]
enum Bearer<'a> {
    /// One organisation, all of it.
    One(OrganisationId),
    /// Several: this row is the whole, outside all sums.
    Whole,
    /// A share of a whole.
    Share(OrganisationId, InputId, Four),
    /// What the other shares leave.
    Rest(OrganisationId, Four, &'a [Four]),
}

pub(super) fn base_rows(
    case: &Case,
    amounts: &Amounts,
    inputs: &Assumptions,
    prices: &Prices<'_>,
) -> BaseRows {
    let parts = parts(case, amounts);
    let counted: usize =
        parts.iter().map(|p| bearers(case, p.base.option, p.base.element).len().max(1)).sum();
    let widths = HEADS.iter().map(|&(_, width)| width).collect();
    let mut sheet = Sheet::new("Base", widths, (HEAD + 1, 3));
    sheet.text((0, 0), Role::Title, format!("Base amounts: {}", case.scenario.programme.name));
    sheet.text((1, 0), Role::Note, "A row for the months of a year that have the same amount. Amounts of a month are rounded to the penny as wholelife rounds them. Delivery timing is frozen: which rows there are, their months, and the grey columns.");
    sheet.text((2, 0), Role::Note, "Frozen: pounds before indices, VAT and the split into capital and revenue; for a cost or benefit line, a benefit and VAT, what multiplies the figure in Assumptions. The columns to its right are live.");
    for (column, (words, _)) in HEADS.iter().enumerate() {
        sheet.text((HEAD, column as u16), Role::Head, *words);
    }
    let mut writer = Writer {
        case,
        amounts,
        pricing: Pricing { case, inputs, prices },
        row: HEAD + 1,
        rows: BaseRows::empty(sheet),
        outside: HEAD + counted as u32 + 4,
    };
    let outside = writer.outside;
    for part in &parts {
        writer.part(part);
    }
    if writer.outside > outside {
        let words = "Wholes that several organisations share: outside all sums, since the rows above are their shares";
        writer.rows.sheet.text((outside - 1, 0), Role::Section, words);
    }
    writer.rows
}

/// Every base amount, and what is laid on it.
fn parts<'a>(case: &Case, amounts: &'a Amounts) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let has = |uplifts: &crate::plan::Uplifts<Decimal>, base: &Base<Decimal>| {
        uplifts.activities.iter().any(|(activity, _)| *activity == base.activity)
            || uplifts.categories.iter().any(|(category, _)| *category == base.category)
    };
    for (base, months) in spans(case, amounts) {
        let part = Part { base, kind: base.kind, months };
        parts.push(part.clone());
        if base.kind.is_economic() && !base.kind.is_benefit() && has(&case.plan.optimism_bias, base) {
            parts.push(Part { kind: Kind::OptimismBias, ..part.clone() });
        }
        if base.kind.is_financial() && !base.kind.is_benefit() && has(&case.plan.contingency, base) {
            parts.push(Part { kind: Kind::Contingency, ..part });
        }
    }
    parts
}

/// Base amounts with the months that have the same. What is spread over months has two rows, since the last month
/// takes the odd pence; what goes on from month to month within a year has one, but what may become capital is
/// parted where something happens to its asset.
fn spans<'a>(case: &Case, amounts: &'a Amounts) -> Vec<(&'a Base<Decimal>, Range<usize>)> {
    let mut spans: Vec<(&Base<Decimal>, Range<usize>)> = Vec::new();
    let mut of_element = 0;
    let mut turns: Option<Vec<usize>> = None;
    for base in &amounts.bases {
        let last = spans.last().map(|(last, _)| (last.option, last.element));
        if last != Some((base.option, base.element)) {
            (of_element, turns) = (spans.len(), None);
        }
        let of = case.plan.asset_of(base.element).filter(|_| may_be_capital(base) && !base.kind.is_benefit());
        let turns: &[usize] = match of {
            Some(of) => turns.get_or_insert_with(|| turning_points(case, base.option, of)),
            None => &[],
        };
        let Range { start, end } = base.months.clone();
        let goes_on = |(known, months): &&mut (&Base<Decimal>, Range<usize>)| {
            let same = Base { months: base.months.clone(), ..(*known).clone() };
            let is_month = end - start == 1 && known.months.len() == 1;
            let same_year = case.plan.year_of[months.start] == case.plan.year_of[start];
            is_month && months.end == start && same_year && !turns.contains(&start) && same == *base
        };
        if let Some((_, months)) = spans[of_element..].iter_mut().rev().find(goes_on) {
            months.end = end;
            continue;
        }
        let mut cuts: Vec<usize> =
            turns.iter().copied().chain([end - 1]).filter(|cut| (start + 1..end).contains(cut)).collect();
        cuts.extend([start, end]);
        cuts.sort_unstable();
        cuts.dedup();
        spans.extend(cuts.windows(2).map(|pair| (base, pair[0]..pair[1])));
    }
    spans
}

impl Amount {
    /// Four columns side by side, under the names of the whole or of a month.
    fn new([real, cash, capital_real, capital_cash]: [&'static str; 4], first: Place) -> Self {
        let column = |name, place: u16| Column::new(name, Place { column: first.column + place, ..first });
        Self {
            real: column(real, 0),
            cash: column(cash, 1),
            capital_real: column(capital_real, 2),
            capital_cash: column(capital_cash, 3),
        }
    }

    fn columns(&mut self) -> [&mut Column<Decimal>; 4] {
        [&mut self.real, &mut self.cash, &mut self.capital_real, &mut self.capital_cash]
    }
}

impl BaseRows {
    fn empty(sheet: Sheet) -> Self {
        let first = |column| sheet.place(HEAD + 1, column);
        let keys = |name, column| Keys::new(name, first(column));
        let month =
            ["base_month_real", "base_month_cash", "base_month_capital_real", "base_month_capital_cash"];
        let whole = ["base_real", "base_cash", "base_capital_real", "base_capital_cash"];
        Self {
            option: keys("base_option", 0),
            line: keys("base_line", 1),
            year: keys("base_year", 3),
            from: keys("base_from", 4),
            to: keys("base_to", 5),
            kind: keys("base_kind", 9),
            side: keys("base_side", 10),
            account: keys("base_account", 11),
            organisation: keys("base_organisation", 13),
            asset: keys("base_asset", 14),
            capital_cell: keys("base_capital_pool", 15),
            revenue_cell: keys("base_revenue_pool", 16),
            category: keys("base_category", CATEGORY),
            month: Amount::new(month, first(MONTH)),
            whole: Amount::new(whole, first(WHOLE)),
            sheet,
        }
    }

    /// Every column's name and area.
    pub(super) fn names(&self) -> Vec<(String, Area)> {
        let keys = [
            &self.option,
            &self.line,
            &self.year,
            &self.from,
            &self.to,
            &self.kind,
            &self.side,
            &self.account,
            &self.organisation,
            &self.asset,
            &self.capital_cell,
            &self.revenue_cell,
            &self.category,
        ];
        let amounts = [&self.month, &self.whole];
        let amounts =
            amounts.into_iter().flat_map(|of| [&of.real, &of.cash, &of.capital_real, &of.capital_cash]);
        let names =
            keys.into_iter().map(Keys::named).chain(amounts.map(|column| (column.name, column.area())));
        names.map(|(name, area)| (name.to_owned(), area)).collect()
    }
}

struct Writer<'a> {
    case: &'a Case,
    amounts: &'a Amounts,
    pricing: Pricing<'a>,
    row: u32,
    rows: BaseRows,
    /// The next row for a whole that is shared.
    outside: u32,
}

impl Writer<'_> {
    fn part(&mut self, part: &Part<'_>) {
        let shares = bearers(self.case, part.base.option, part.base.element);
        let Some((&(last, _), others)) = shares.split_last() else {
            self.counted(part, Bearer::One(OrganisationId::FIRST));
            return;
        };
        let row = self.outside;
        let whole = self.line(row, part, Bearer::Whole);
        self.outside += 1;
        let mut given = Vec::new();
        for &(organisation, share) in others {
            given.push(self.counted(part, Bearer::Share(organisation, share, whole)));
        }
        self.counted(part, Bearer::Rest(last, whole, &given));
    }

    /// A row that counts.
    fn counted(&mut self, part: &Part<'_>, bearer: Bearer<'_>) -> Four {
        let organisation = match bearer {
            Bearer::One(id) | Bearer::Share(id, ..) | Bearer::Rest(id, ..) => id,
            Bearer::Whole => OrganisationId::FIRST,
        };
        let four = self.line(self.row, part, bearer);
        self.keys(part, organisation);
        let count = part.months.len();
        let months =
            self.rows.sheet.number((self.row, MONTHS), Shown::Count.role(Role::Frozen), count.into());
        let spots = [four.real, four.cash, four.capital_real, four.capital_cash];
        let sheet = &mut self.rows.sheet;
        let columns = self.rows.month.columns().into_iter().zip(self.rows.whole.columns());
        for ((spot, place), (month, whole)) in spots.into_iter().zip(WHOLE..).zip(columns) {
            let all = spot.map(|spot| {
                let style = Shown::Pence.plain();
                sheet.formula((self.row, place), style, &(Live::from(spot) * months), None)
            });
            month.push(spot.map_or(Decimal::ZERO, |spot| spot.value));
            whole.push(all.map_or(Decimal::ZERO, |spot| spot.value));
        }
        self.row += 1;
        four
    }

    /// The keys by which a row is found.
    fn keys(&mut self, part: &Part<'_>, organisation: OrganisationId) {
        let (Part { base, kind, months }, row, case) = (part, self.row, self.case);
        let Key::Word(side, side_key) = side(*kind, base.discount) else { return };
        let Key::Word(account, account_key) = account(*kind, base.category) else { return };
        let rows = &mut self.rows;
        for (keys, at, words, key) in [
            (&mut rows.kind, 9, kind.word(), *kind as i32),
            (&mut rows.side, 10, side, side_key),
            (&mut rows.account, 11, account, account_key),
        ] {
            rows.sheet.text((row, at), Role::Plain, words);
            keys.push(key);
        }
        let capital = may_be_capital(base) && !kind.is_benefit();
        let asset = case.plan.asset_of(base.element).filter(|_| capital);
        let asset = asset.and_then(|of| self.amounts.asset(base.option, of, organisation));
        let cash = kind.is_financial() && !kind.is_benefit();
        let revenue = base.split != Split::Whole(Treatment::Capital);
        let cell = |wanted: bool, treatment| {
            let wanted = wanted && cash && !case.plan.funds.is_empty();
            wanted.then(|| self.amounts.cell(case, base, treatment, organisation)).flatten()
        };
        let capital_cell = cell(capital, Treatment::Capital);
        let revenue_cell = cell(revenue, Treatment::Revenue);
        let line = self.amounts.line(base.option, base.element);
        let (count, month) = (Shown::Count.plain(), Shown::Month.role(Role::Frozen));
        let mut key = |keys: &mut Keys, at: u16, style: Style, value: Option<i32>| {
            if let Some(value) = value {
                rows.sheet.number((row, at), style, Decimal::from(value));
            }
            keys.push(value.unwrap_or(0));
        };
        let number = |number: Option<usize>| number.map(|number| number as i32);
        key(&mut rows.option, 0, count, Some(base.option.place() as i32 + 1));
        key(&mut rows.line, 1, count, number(line));
        key(&mut rows.year, 3, count, Some(case.plan.year_of[months.start] as i32));
        key(&mut rows.from, 4, month, Some(day(case, months.start)));
        key(&mut rows.to, 5, month, Some(day(case, months.end - 1)));
        key(&mut rows.organisation, 13, count, Some(organisation.place() as i32 + 1));
        key(&mut rows.asset, 14, count, number(asset));
        key(&mut rows.capital_cell, 15, count, number(capital_cell));
        key(&mut rows.revenue_cell, 16, count, number(revenue_cell));
        key(&mut rows.category, CATEGORY, count, Some(base.category.place() as i32 + 1));
    }

    /// Words and amounts of a row.
    fn line(&mut self, row: u32, part: &Part<'_>, bearer: Bearer<'_>) -> Four {
        let base = part.base;
        let case = self.case;
        let sheet = &mut self.rows.sheet;
        sheet.text((row, 2), Role::Plain, case.key_path(base.option, base.element));
        sheet.text((row, 7), Role::Plain, base.activity.word());
        let category = base.category.place();
        let category =
            CATEGORIES.get(category).copied().unwrap_or_else(|| &case.scenario.categories[category]);
        sheet.text((row, 8), Role::Plain, category);
        let index = match stated(case, base.element) {
            Some(Stated::Nominal) => "cash",
            _ => &case.scenario.indices[base.index.place()].name,
        };
        self.rows.sheet.text((row, 12), Role::Plain, index);
        let style = Shown::Pence.plain();
        let (whole, others) = match bearer {
            Bearer::One(_) | Bearer::Whole => return self.own(row, part),
            Bearer::Share(_, _, whole) => (whole, &[][..]),
            Bearer::Rest(_, whole, others) => (whole, others),
        };
        let share = |whole: Live| match bearer {
            Bearer::Share(_, share, _) => Some((whole * self.pricing.inputs.of(share)).penny()),
            _ => None,
        };
        let rest = |whole: Spot, of: fn(&Four) -> Option<Spot>| {
            others.iter().filter_map(of).fold(Live::from(whole), |left, other| left - other).penny()
        };
        // Capital and revenue are shared apart: a share of the whole is the sum of the two.
        let two = |whole: Option<Spot>, capital: Option<Spot>, of: fn(&Four) -> Option<Spot>| {
            whole.map(|whole| match capital {
                None => share(whole.into()).unwrap_or_else(|| rest(whole, of)),
                Some(capital) => share(Live::from(whole) - capital)
                    .and_then(|revenue| share(capital.into()).map(|capital| capital + revenue))
                    .unwrap_or_else(|| rest(whole, of)),
            })
        };
        let capital = |capital: Option<Spot>, of: fn(&Four) -> Option<Spot>| {
            capital.map(|capital| share(capital.into()).unwrap_or_else(|| rest(capital, of)))
        };
        let real = two(whole.real, whole.capital_real, |four| four.real);
        let cash = two(whole.cash, whole.capital_cash, |four| four.cash);
        let capital_real = capital(whole.capital_real, |four| four.capital_real);
        let capital_cash = capital(whole.capital_cash, |four| four.capital_cash);
        let sheet = &mut self.rows.sheet;
        let mut put =
            |column, live: Option<Live>| live.map(|live| sheet.formula((row, column), style, &live, None));
        Four {
            real: put(MONTH, real),
            cash: put(MONTH + 1, cash),
            capital_real: put(MONTH + 2, capital_real),
            capital_cash: put(MONTH + 3, capital_cash),
        }
    }

    /// The amounts of a row that has one bearer, or none yet.
    fn own(&mut self, row: u32, part: &Part<'_>) -> Four {
        let (base, month) = (part.base, part.months.start);
        let place = |column| Place { sheet: "Base", row, column };
        let frozen = self.pricing.frozen(part, place(FROZEN), place(POUNDS));
        let sheet = &mut self.rows.sheet;
        let frozen = sheet.number((row, FROZEN), Shown::Number.role(Role::Frozen), frozen);
        let style = Shown::Pence.plain();
        let pounds = sheet.formula((row, POUNDS), style, &self.pricing.pounds(base, month, frozen), None);
        let mut put =
            |column, live: Option<Live>| live.map(|live| sheet.formula((row, column), style, &live, None));
        let [real, cash] = self.pricing.cases(part, pounds);
        let real = put(MONTH, real.map(|real| part.of_month(real)));
        let cash = put(MONTH + 1, cash.map(|cash| part.of_month(cash)));
        let capital_real = put(MONTH + 2, real.and_then(|whole| self.pricing.capital(base, whole)));
        let capital_cash = put(MONTH + 3, cash.and_then(|whole| self.pricing.capital(base, whole)));
        Four { real, cash, capital_real, capital_cash }
    }
}

fn side(kind: Kind, discount: Discount) -> Key {
    match (kind.is_benefit(), discount) {
        (false, _) => COST,
        (true, Discount::Standard) => BENEFIT,
        (true, Discount::Health) => HEALTH,
    }
}

fn account(kind: Kind, category: CategoryId) -> Key {
    if kind.is_benefit() {
        Key::Word("benefit", 3)
    } else if [CategoryId::PAY, CategoryId::CONTRACTOR, CategoryId::EXIT].contains(&category) {
        PAY
    } else {
        NON_PAY
    }
}

/// The day that stands for a month in the columns `base_from` and `base_to`.
pub(super) fn day(case: &Case, month: usize) -> i32 {
    i32::try_from(serial(case.plan.horizon.month(month)).mantissa()).unwrap_or_default()
}
