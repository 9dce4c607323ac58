//! Base amounts: a row for each month's amount, live from there on.
//!
//! The engine rounds every posting to the penny in its month, capital apart from revenue and organisation by
//! organisation. A workbook of yearly amounts would drift from it by some pence for every posting that it puts
//! together; so the grain here is the posting's, and every other sheet only adds these rows up.

use rust_decimal::Decimal;

use super::amounts::{Amounts, bearers, may_be_capital};
use super::assumptions::Assumptions;
use super::prices::Prices;
use super::pricing::{Part, Pricing, stated};
use crate::id::{CategoryId, InputId, OrganisationId};
use crate::ledger::{Base, CATEGORIES, Discount, Kind, Split, Treatment};
use crate::report::Case;
use crate::scenario::Prices as Stated;
use crate::workbook::{Area, Column, Key, Live, Place, Role, Sheet, Shown, Spot, serial};

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
    pub(super) option: Column<i32>,
    pub(super) line: Column<i32>,
    pub(super) year: Column<i32>,
    pub(super) month: Column<i32>,
    pub(super) kind: Column<i32>,
    pub(super) side: Column<i32>,
    pub(super) account: Column<i32>,
    pub(super) organisation: Column<i32>,
    pub(super) asset: Column<i32>,
    pub(super) capital_cell: Column<i32>,
    pub(super) revenue_cell: Column<i32>,
    pub(super) category: Column<i32>,
    pub(super) real: Column<Decimal>,
    pub(super) cash: Column<Decimal>,
    pub(super) capital_real: Column<Decimal>,
    pub(super) capital_cash: Column<Decimal>,
    /// Every column's name and area.
    pub(super) names: Vec<(String, Area)>,
}

const HEAD: u32 = 4;

const HEADS: [(&str, f64); 20] = [
    ("Option", 7.0),
    ("Line no.", 7.0),
    ("Line", 34.0),
    ("Year index", 6.0),
    ("Month", 10.0),
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
    ("Frozen", 15.0),
    ("Base £", 14.0),
    ("Real £", 14.0),
    ("Cash £", 14.0),
    ("Capital, real £", 14.0),
];
const LAST_HEADS: [(&str, f64); 2] = [("Capital, cash £", 14.0), ("Category no.", 8.0)];

/// The four amounts of a row.
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
    let widths = HEADS.iter().chain(&LAST_HEADS).map(|&(_, width)| width).collect();
    let mut sheet = Sheet::new("Base", widths, (HEAD + 1, 3));
    sheet.text((0, 0), Role::Title, format!("Base amounts: {}", case.scenario.programme.name));
    sheet.text((1, 0), Role::Note, "A row for each month's amount, at the grain at which wholelife rounds to the penny. Delivery timing is frozen: which rows there are, their months, and the grey column.");
    sheet.text((2, 0), Role::Note, "Frozen: pounds before indices, VAT and the split into capital and revenue; for a cost or benefit line, a benefit and VAT, what multiplies the figure in Assumptions. The columns to its right are live.");
    for (column, (words, _)) in HEADS.iter().chain(&LAST_HEADS).enumerate() {
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
        writer.part(*part);
    }
    if writer.outside > outside {
        let words = "Wholes that several organisations share: outside all sums, since the rows above are their shares";
        writer.rows.sheet.text((outside - 1, 0), Role::Section, words);
    }
    let mut rows = writer.rows;
    rows.names = rows.areas(writer.row.max(HEAD + 2) - 1);
    rows
}

/// Every base amount month by month, and what is laid on it.
fn parts<'a>(case: &Case, amounts: &'a Amounts) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let has = |uplifts: &crate::plan::Uplifts<Decimal>, base: &Base<Decimal>| {
        uplifts.activities.iter().any(|(activity, _)| *activity == base.activity)
            || uplifts.categories.iter().any(|(category, _)| *category == base.category)
    };
    for base in &amounts.bases {
        for month in base.months.clone() {
            let part = Part { base, kind: base.kind, month };
            parts.push(part);
            if base.kind.is_economic() && !base.kind.is_benefit() && has(&case.plan.optimism_bias, base) {
                parts.push(Part { kind: Kind::OptimismBias, ..part });
            }
            if base.kind.is_financial() && !base.kind.is_benefit() && has(&case.plan.contingency, base) {
                parts.push(Part { kind: Kind::Contingency, ..part });
            }
        }
    }
    parts
}

impl BaseRows {
    fn empty(sheet: Sheet) -> Self {
        fn column<T>(name: &'static str) -> Column<T> {
            Column { name, values: Vec::new() }
        }
        Self {
            sheet,
            option: column("base_option"),
            line: column("base_line"),
            year: column("base_year"),
            month: column("base_month"),
            kind: column("base_kind"),
            side: column("base_side"),
            account: column("base_account"),
            organisation: column("base_organisation"),
            asset: column("base_asset"),
            capital_cell: column("base_capital_pool"),
            revenue_cell: column("base_revenue_pool"),
            category: column("base_category"),
            real: column("base_real"),
            cash: column("base_cash"),
            capital_real: column("base_capital_real"),
            capital_cash: column("base_capital_cash"),
            names: Vec::new(),
        }
    }

    fn areas(&self, last: u32) -> Vec<(String, Area)> {
        let columns = [
            (self.option.name, 0),
            (self.line.name, 1),
            (self.year.name, 3),
            (self.month.name, 4),
            (self.kind.name, 7),
            (self.side.name, 8),
            (self.account.name, 9),
            (self.organisation.name, 11),
            (self.asset.name, 12),
            (self.capital_cell.name, 13),
            (self.revenue_cell.name, 14),
            (self.real.name, 17),
            (self.cash.name, 18),
            (self.capital_real.name, 19),
            (self.capital_cash.name, 20),
            (self.category.name, 21),
        ];
        let area =
            |column| Area { first: self.sheet.place(HEAD + 1, column), last: self.sheet.place(last, column) };
        columns.map(|(name, column)| (name.to_owned(), area(column))).to_vec()
    }

    /// What a column comes to where keys match.
    pub(super) fn sum(sum: &Column<Decimal>, keys: &[(&Column<i32>, Key)]) -> Live {
        Live::sum_where(sum, keys)
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
    fn part(&mut self, part: Part<'_>) {
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
    fn counted(&mut self, part: Part<'_>, bearer: Bearer<'_>) -> Four {
        let organisation = match bearer {
            Bearer::One(id) | Bearer::Share(id, ..) | Bearer::Rest(id, ..) => id,
            Bearer::Whole => OrganisationId::FIRST,
        };
        let four = self.line(self.row, part, bearer);
        self.keys(part, organisation);
        let value = |spot: Option<Spot>| spot.map_or(Decimal::ZERO, |spot| spot.value);
        self.rows.real.values.push(value(four.real));
        self.rows.cash.values.push(value(four.cash));
        self.rows.capital_real.values.push(value(four.capital_real));
        self.rows.capital_cash.values.push(value(four.capital_cash));
        self.row += 1;
        four
    }

    /// The keys by which a row is found.
    fn keys(&mut self, Part { base, kind, month, .. }: Part<'_>, organisation: OrganisationId) {
        let (row, case) = (self.row, self.case);
        let Key::Word(side, side_key) = side(kind, base.discount) else { return };
        let Key::Word(account, account_key) = account(kind, base.category) else { return };
        self.rows.side.values.push(side_key);
        self.rows.account.values.push(account_key);
        self.rows.kind.values.push(kind as i32);
        let rows = &mut self.rows;
        rows.sheet.text((row, 7), Role::Plain, kind.word());
        rows.sheet.text((row, 8), Role::Plain, side);
        rows.sheet.text((row, 9), Role::Plain, account);
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
        let mut key = |column: &mut Column<i32>, at: u16, shown: Shown, value: Option<i32>| {
            if let Some(value) = value {
                rows.sheet.number((row, at), shown.plain(), Decimal::from(value));
            }
            column.values.push(value.unwrap_or(0));
        };
        let number = |number: Option<usize>| number.map(|number| number as i32);
        key(&mut rows.option, 0, Shown::Count, Some(base.option.place() as i32 + 1));
        key(&mut rows.line, 1, Shown::Count, number(line));
        key(&mut rows.year, 3, Shown::Count, Some(case.plan.year_of[month] as i32));
        key(&mut rows.month, 4, Shown::Month, Some(day(case, month)));
        key(&mut rows.organisation, 11, Shown::Count, Some(organisation.place() as i32 + 1));
        key(&mut rows.asset, 12, Shown::Count, number(asset));
        key(&mut rows.capital_cell, 13, Shown::Count, number(capital_cell));
        key(&mut rows.revenue_cell, 14, Shown::Count, number(revenue_cell));
        key(&mut rows.category, 21, Shown::Count, Some(base.category.place() as i32 + 1));
    }

    /// Words and amounts of a row.
    fn line(&mut self, row: u32, part: Part<'_>, bearer: Bearer<'_>) -> Four {
        let Part { base, .. } = part;
        let case = self.case;
        let sheet = &mut self.rows.sheet;
        sheet.text((row, 2), Role::Plain, case.key_path(base.option, base.element));
        sheet.text((row, 5), Role::Plain, base.activity.word());
        let category = base.category.place();
        let category =
            CATEGORIES.get(category).copied().unwrap_or_else(|| &case.scenario.categories[category]);
        sheet.text((row, 6), Role::Plain, category);
        let index = match stated(case, base.element) {
            Some(Stated::Nominal) => "cash",
            _ => &case.scenario.indices[base.index.place()].name,
        };
        self.rows.sheet.text((row, 10), Role::Plain, index);
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
            real: put(17, real),
            cash: put(18, cash),
            capital_real: put(19, capital_real),
            capital_cash: put(20, capital_cash),
        }
    }

    /// The amounts of a row that has one bearer, or none yet.
    fn own(&mut self, row: u32, part: Part<'_>) -> Four {
        let Part { base, month, .. } = part;
        let place = |column| Place { sheet: "Base", row, column };
        let frozen = Spot { place: place(15), value: self.pricing.frozen(part, place(15), place(16)) };
        let sheet = &mut self.rows.sheet;
        sheet.number((row, 15), Shown::Number.role(Role::Frozen), frozen.value);
        let style = Shown::Pence.plain();
        let pounds = sheet.formula((row, 16), style, &self.pricing.pounds(base, month, frozen), None);
        let mut put =
            |column, live: Option<Live>| live.map(|live| sheet.formula((row, column), style, &live, None));
        let [real, cash] = self.pricing.cases(part, pounds);
        let real = put(17, real.map(|real| part.of_month(real)));
        let cash = put(18, cash.map(|cash| part.of_month(cash)));
        let capital_real = put(19, real.and_then(|whole| self.pricing.capital(base, whole)));
        let capital_cash = put(20, cash.and_then(|whole| self.pricing.capital(base, whole)));
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

/// The day that stands for a month in the column `base_month`.
pub(super) fn day(case: &Case, month: usize) -> i32 {
    i32::try_from(serial(case.plan.horizon.month(month)).mantissa()).unwrap_or_default()
}
