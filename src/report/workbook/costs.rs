//! Costs and benefits by year, line by line, and what they are worth when discounted.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::amounts::Amounts;
use super::assets::Assets;
use super::base::{BENEFIT, BaseRows, HEALTH, kind};
use super::prices::Prices;
use super::timeline::{All, Line, Row, Yearly};
use crate::id::{OptionId, OrganisationId};
use crate::ledger::{Discount, Element, Kind};
use crate::report::Case;
use crate::scenario::{Flow, Organisation};
use crate::workbook::{Key, Live, Role, Sheet, Shown, Spot};

/// The kinds of benefit.
pub(super) const KINDS: [(Kind, &str); 3] = [
    (Kind::CashReleasing, "Cash-releasing"),
    (Kind::NonCashReleasing, "Non-cash-releasing"),
    (Kind::Societal, "Societal"),
];

/// The costs of an option.
pub(super) struct Costs {
    pub(super) capital: Row,
    pub(super) revenue: Row,
    pub(super) cash: Row,
    pub(super) real: Row,
    /// Cash by organisation, in the order of the scenario; empty where there is one alone.
    pub(super) borne: Vec<Row>,
    /// Borne by bodies that are not public; `None` where all are.
    pub(super) non_public: Option<Row>,
    /// Its number, as the base amounts have it.
    pub(super) option: Spot,
}

/// The benefits of an option.
pub(super) struct Benefits {
    /// Real, by kind: under the standard schedule, and under the one for health.
    pub(super) kinds: Vec<[Option<Row>; 2]>,
    pub(super) real: Row,
    pub(super) cash: Row,
}

/// What an option comes to, discounted.
pub(super) struct Discounted {
    pub(super) cost: Spot,
    pub(super) cumulative: Row,
    /// By kind.
    pub(super) benefits: Vec<Spot>,
    pub(super) benefit: Spot,
    pub(super) non_public: Option<Spot>,
}

type Sums = BTreeMap<(OptionId, Element), Vec<(Decimal, Decimal)>>;

/// Cash and real amounts of every line by year, as posted.
fn posted(case: &Case) -> Sums {
    let years = case.plan.horizon.years();
    let mut sums = Sums::new();
    for posting in case.run.ledger.postings.iter().filter(|p| p.kind != Kind::Residual) {
        let t = case.plan.year_of[usize::from(posting.month)];
        let line = sums.entry((posting.option, posting.element));
        let sum = &mut line.or_insert_with(|| vec![Default::default(); years])[t];
        sum.0 += posting.financial;
        sum.1 += posting.economic;
    }
    sums
}

fn is_benefit(case: &Case, element: Element) -> bool {
    match element {
        Element::Benefit(_) => true,
        Element::Line(id) => matches!(case.scenario.lines[id.place()].flow, Flow::Benefit { .. }),
        _ => false,
    }
}

/// What a line is, for people.
fn label(case: &Case, option: OptionId, element: Element) -> String {
    let scenario = &case.scenario;
    let service = |id: crate::id::ServiceId| scenario.services[id.place()].name.as_str();
    let last = |key: &str| key.rsplit('.').next().unwrap_or_default().replace('-', " ");
    match element {
        Element::Stream(id) => format!("Stream {}: approval, forming, idle time", case.stream(option, id)),
        Element::Work(id, on) => format!("{}: work of stream {}", service(on), case.stream(option, id)),
        Element::Service(id) => format!("{}: running it", service(id)),
        Element::Legacy(id) => format!("{}: legacy", service(id)),
        Element::Benefit(id) => {
            let benefit = &scenario.benefits[id.place()];
            format!("{}: {}", service(benefit.service), last(&benefit.key))
        }
        Element::Line(id) => scenario.lines[id.place()].name.clone(),
        Element::Post(id) => format!("Post: {}", last(&scenario.posts[id.place()].key)),
    }
}

/// A row for each line of an option, and for each the amounts told.
struct Lines<'a, 'b> {
    sheet: &'b mut Yearly<'a>,
    amounts: &'b Amounts,
    base: &'b BaseRows,
    posted: &'b Sums,
}

impl Lines<'_, '_> {
    fn rows(&mut self, option: OptionId, benefits: bool, real: bool) -> Vec<Row> {
        let (case, base) = (self.sheet.case, self.base);
        let mut rows = Vec::new();
        for (place, &(of, element)) in self.amounts.lines.iter().enumerate() {
            if of != option || is_benefit(case, element) != benefits {
                continue;
            }
            let key = self.sheet.key(place + 1);
            let posted = self.posted.get(&(option, element));
            let told = |t: usize| {
                let (cash, economic) = posted.map(|years| years[t]).unwrap_or_default();
                if real { economic } else { cash }
            };
            let index = self.sheet.index.clone();
            let column = if real { &base.whole.real } else { &base.whole.cash };
            let unit = if real { "£ real" } else { "£ cash" };
            rows.push(self.sheet.row(&Line::flow(&label(case, option, element), unit), Some(&told), |t| {
                Live::sum_where(column, (&base.line, key), &[(&base.year, Key::Is(index[t]))])
            }));
        }
        rows
    }

    fn total(&mut self, name: &str, unit: &str, rows: &[Row], told: &dyn Fn(usize) -> Decimal) -> Row {
        self.sheet.row(&Line::total(name, unit), Some(told), |t| {
            Live::sum(&rows.iter().map(|row| row.years[t]).collect::<Vec<_>>())
        })
    }
}

pub(super) fn costs(case: &Case, amounts: &Amounts, base: &BaseRows, assets: &Assets) -> (Sheet, Vec<Costs>) {
    let notes = [
        "Live: every figure is a sum of rows of the sheet Base. Cash is in prices of each year, with VAT that is borne; real is in price-base prices, without VAT.",
        "Frozen: delivery timing, and the base amounts behind these figures.",
    ];
    let mut sheet = Yearly::new(case, "Costs by year", "Costs by year", &notes);
    let posted = posted(case);
    let mut all = Vec::new();
    for place in 0..case.scenario.options.len() {
        let id = OptionId::new(place);
        let told = |t: usize| case.appraisal(id).by_year[t];
        sheet.section(&format!("{}: cash cost (financial case)", case.name(id)));
        let mut lines = Lines { sheet: &mut sheet, amounts, base, posted: &posted };
        let rows = lines.rows(id, false, false);
        let cash = lines.total("Cash cost", "£ cash", &rows, &|t| told(t).cash());
        let option = sheet.key(place + 1);
        let index = sheet.index.clone();
        let line = Line::flow("of which capital", "£ cash");
        let capital = sheet.row(&line, Some(&|t| told(t).capital), |t| {
            let year = (&base.year, Key::Is(index[t]));
            Live::sum_where(&base.whole.capital_cash, (&base.option, option), &[year])
        });
        let revenue =
            sheet.row(&Line::flow("of which revenue", "£ cash"), Some(&|t| told(t).revenue), |t| {
                Live::from(cash.years[t]) - capital.years[t]
            });
        sheet.section(&format!("{}: real cost (economic case)", case.name(id)));
        let mut lines = Lines { sheet: &mut sheet, amounts, base, posted: &posted };
        let mut rows = lines.rows(id, false, true);
        if case.plan.residual {
            rows.push(residual(&mut sheet, id, assets, |_| true));
        }
        let mut lines = Lines { sheet: &mut sheet, amounts, base, posted: &posted };
        let real = lines.total("Real cost", "£ real", &rows, &|t| told(t).cost);
        let borne = borne(&mut sheet, id, base, option);
        let non_public = non_public(&mut sheet, id, base, assets, option);
        all.push(Costs { capital, revenue, cash, real, borne, non_public, option });
    }
    (sheet.sheet, all)
}

/// Who bears the costs, where there are several who may: their cash, and their real costs without residual value.
fn borne(sheet: &mut Yearly<'_>, id: OptionId, base: &BaseRows, option: Spot) -> Vec<Row> {
    let case = sheet.case;
    let bodies = &case.scenario.organisations;
    if bodies.len() < 2 {
        return Vec::new();
    }
    let years = case.plan.horizon.years();
    let mut told = vec![vec![[Decimal::ZERO; 2]; years]; bodies.len()];
    let costs = case.run.postings(id).iter().filter(|p| !p.kind.is_benefit() && p.kind != Kind::Residual);
    for posting in costs {
        let t = case.plan.year_of[usize::from(posting.month)];
        let sums = &mut told[posting.organisation.place()][t];
        sums[0] += posting.financial;
        sums[1] += posting.economic;
    }
    let index = sheet.index.clone();
    let cases = [("cash", "£ cash", &base.whole.cash), ("real", "£ real", &base.whole.real)];
    let rows = cases.into_iter().enumerate().map(|(of, (name, unit, column))| {
        sheet.section(&format!("{}: {name} cost by who bears it", case.name(id)));
        let row = |(place, body): (usize, &Organisation)| {
            let key = sheet.key(place + 1);
            let label = format!("borne by {}", body.name);
            sheet.row(&Line::flow(&label, unit), Some(&|t| told[place][t][of]), |t| {
                let body = (&base.organisation, Key::Is(key));
                let keys = [(&base.year, Key::Is(index[t])), body, (&base.side, super::base::COST)];
                Live::sum_where(column, (&base.option, option), &keys)
            })
        };
        bodies.iter().enumerate().map(row).collect::<Vec<Row>>()
    });
    rows.collect::<Vec<_>>().swap_remove(0)
}

/// The worth of assets at the horizon, as a credit in the last year.
fn residual(
    sheet: &mut Yearly<'_>,
    id: OptionId,
    assets: &Assets,
    of: impl Fn(OrganisationId) -> bool,
) -> Row {
    let mine = assets.rows.iter().filter(|row| row.asset.option == id && of(row.asset.organisation));
    let worths: Vec<Spot> = mine.filter_map(|row| row.worth).collect();
    let last = sheet.years() - 1;
    sheet.row(&Line::flow("Residual value of assets", "£ real"), None, |t| {
        let none = worths.is_empty() || t < last;
        if none { Live::nought() } else { -added(&worths) }
    })
}

/// Cells one by one.
pub(super) fn added(spots: &[Spot]) -> Live {
    spots.iter().map(|&spot| Live::from(spot)).reduce(|sum, spot| sum + spot).unwrap_or_else(Live::nought)
}

/// What bodies bear that are not public.
fn non_public(
    sheet: &mut Yearly<'_>,
    id: OptionId,
    base: &BaseRows,
    assets: &Assets,
    option: Spot,
) -> Option<Row> {
    let case = sheet.case;
    let bodies = case.scenario.organisations.iter().enumerate().filter(|(_, body)| !body.public);
    let index = sheet.index.clone();
    let mut rows = Vec::new();
    for (place, body) in bodies {
        let key = sheet.key(place + 1);
        rows.push(sheet.row(
            &Line::flow(&format!("borne by {} (not public)", body.name), "£ real"),
            None,
            |t| {
                let year = (&base.year, Key::Is(index[t]));
                let keys = [year, (&base.organisation, Key::Is(key)), (&base.side, super::base::COST)];
                Live::sum_where(&base.whole.real, (&base.option, option), &keys)
            },
        ));
    }
    if rows.is_empty() {
        return None;
    }
    if case.plan.residual {
        rows.push(residual(sheet, id, assets, |body| !case.plan.public[body.place()]));
    }
    Some(sheet.row(&Line::total("Real cost of bodies that are not public", "£ real"), None, |t| {
        Live::sum(&rows.iter().map(|row| row.years[t]).collect::<Vec<_>>())
    }))
}

pub(super) fn benefits(
    case: &Case,
    amounts: &Amounts,
    base: &BaseRows,
    costs: &[Costs],
) -> (Sheet, Vec<Benefits>) {
    let notes = [
        "Live: every figure is a sum of rows of the sheet Base; a benefit's value is in Assumptions. Real is in price-base prices; cash released is in prices of each year.",
        "Frozen: when each benefit begins, its ramp, neglect and improvement.",
    ];
    let mut sheet = Yearly::new(case, "Benefits", "Benefits by year", &notes);
    let posted = posted(case);
    let health = case.scenario.benefits.iter().any(|benefit| benefit.health)
        || case.scenario.lines.iter().any(|line| matches!(line.flow, Flow::Benefit { health: true, .. }));
    let mut all = Vec::new();
    for (place, costs) in costs.iter().enumerate() {
        let id = OptionId::new(place);
        let told = |t: usize| case.appraisal(id).by_year[t];
        sheet.section(&format!("{}: benefits", case.name(id)));
        let mut lines = Lines { sheet: &mut sheet, amounts, base, posted: &posted };
        let rows = lines.rows(id, true, true);
        let real = lines.total("Benefits", "£ real", &rows, &|t| told(t).benefits);
        let index = sheet.index.clone();
        let sum = |sheet: &mut Yearly<'_>, name: &str, of: Kind, side: Key| {
            sheet.row(&Line::flow(name, "£ real"), None, |t| {
                let keys = [(&base.year, Key::Is(index[t])), (&base.kind, kind(of)), (&base.side, side)];
                Live::sum_where(&base.whole.real, (&base.option, costs.option), &keys)
            })
        };
        let kinds = KINDS.map(|(of, name)| {
            let standard = sum(&mut sheet, &format!("of which {}", name.to_lowercase()), of, BENEFIT);
            let lower = format!("of which {}, health effects", name.to_lowercase());
            [Some(standard), health.then(|| sum(&mut sheet, &lower, of, HEALTH))]
        });
        let line = Line::total("Cash released", "£ cash");
        let cash = sheet.row(&line, Some(&|t| told(t).cash_released), |t| {
            let keys = [(&base.year, Key::Is(index[t])), (&base.kind, kind(Kind::CashReleasing))];
            Live::sum_where(&base.whole.cash, (&base.option, costs.option), &keys)
        });
        all.push(Benefits { kinds: kinds.to_vec(), real, cash });
    }
    (sheet.sheet, all)
}

/// Adds what every option comes to when discounted to the sheet of discount factors.
pub(super) fn discounted(prices: &mut Prices<'_>, costs: &[Costs], benefits: &[Benefits]) -> Vec<Discounted> {
    let factors = [Discount::Standard, Discount::Health].map(|schedule| prices.factors(schedule).to_vec());
    let sheet = &mut prices.sheet;
    let case = sheet.case;
    let mut all = Vec::new();
    for (place, (costs, benefits)) in costs.iter().zip(benefits).enumerate() {
        let option = case.appraisal(OptionId::new(place));
        sheet.section(&format!("{}: discounted", case.name(option.id)));
        let present = |label: &'static str| Line { all: All::Nothing, ..Line::total(label, "£ present") };
        let row = sheet.row(&Line { all: All::Nothing, ..Line::flow("Cost", "£ present") }, None, |t| {
            Live::from(costs.real.years[t]) * factors[0][t]
        });
        let cumulative = sheet.row(
            &Line::stock("Net present cost to the end of each year", "£ present"),
            Some(&|t| option.cumulative_cost[t]),
            |t| Live::sum(&row.years[..=t]).penny(),
        );
        let sum = Live::sum_product(&costs.real.years, &factors[0]).penny();
        let cost = sheet.single(&present("Net present cost"), Some(option.cost.present), &sum);
        let non_public = costs.non_public.as_ref().map(|row| {
            let sum = Live::sum_product(&row.years, &factors[0]).penny();
            sheet.single(&present("of which bodies that are not public"), Some(option.non_public_cost), &sum)
        });
        let told = &option.benefits;
        let told = [told.cash_releasing, told.non_cash_releasing, told.societal];
        let mut kinds = Vec::new();
        for (((_, name), rows), told) in KINDS.iter().zip(&benefits.kinds).zip(told) {
            let parts = rows.iter().zip(&factors).filter_map(|(row, factors)| Some((row.as_ref()?, factors)));
            let sum = parts.map(|(row, factors)| Live::sum_product(&row.years, factors));
            let sum = sum.reduce(|a, b| a + b).unwrap_or_else(Live::nought).penny();
            let label = format!("Benefits: {}", name.to_lowercase());
            let line = Line {
                label: &label,
                unit: "£ present",
                shown: Shown::Pounds,
                role: Role::Plain,
                all: All::Nothing,
            };
            kinds.push(sheet.single(&line, Some(told.present), &sum));
        }
        let benefit =
            sheet.single(&present("Benefits"), Some(option.benefits.total().present), &Live::sum(&kinds));
        all.push(Discounted { cost, cumulative, benefits: kinds, benefit, non_public });
    }
    all
}
