//! Accounts: income and expenditure, the departmental limits, and the balance of every asset, by year.

use rust_decimal::Decimal;

use super::assets::{AssetRows, Assets};
use super::assumptions::Assumptions;
use super::base::{BaseRows, NON_PAY, PAY, kind};
use super::costs::{Benefits, Costs};
use super::timeline::{Line, Row, Yearly};
use crate::accounts::{Corkscrew, IncomeAndExpenditure};
use crate::id::{OptionId, OrganisationId};
use crate::ledger::Kind;
use crate::report::Case;
use crate::workbook::{Column, Key, Keys, Live, Sheet, Spot};

/// The accounts of an option.
pub(super) struct Accounts {
    pub(super) net: Row,
    pub(super) closing: Row,
    /// The pay and non-pay that were paid.
    pub(super) revenue: [Row; 2],
    /// The net effect on each organisation; empty where there is one alone.
    pub(super) of_each: Vec<Row>,
}

/// Whose statement it is: that of an option, of all organisations or of one.
#[derive(Clone, Copy)]
struct Of<'a> {
    id: OptionId,
    organisation: Option<OrganisationId>,
    base: &'a BaseRows,
    costs: &'a Costs,
    benefits: &'a Benefits,
}

/// A statement's rows.
struct Statement {
    net: Row,
    closing: Row,
    revenue: [Row; 2],
}

/// A balance by year.
struct Balance {
    opening: Row,
    additions: Row,
    amortisation: Row,
    impairment: Row,
    closing: Row,
    construction: Row,
    dividend: Row,
}

pub(super) fn accounts(
    case: &Case,
    inputs: &Assumptions,
    base: &BaseRows,
    assets: &Assets,
    costs: &[Costs],
    benefits: &[Benefits],
) -> (Sheet, Vec<Accounts>) {
    let notes = [
        "Nominal. Live: additions, useful lives and the PDC dividend rate. Capital shares of team time are defaults that an auditor must agree.",
        "Frozen: in which month an asset comes into use, is lost or ends.",
    ];
    let mut sheet = Yearly::new(case, "Accounts", "Income and expenditure, limits and assets", &notes);
    let mut all = Vec::new();
    let bodies = || (0..case.scenario.organisations.len()).map(OrganisationId::new);
    for (place, (costs, benefits)) in costs.iter().zip(benefits).enumerate() {
        let id = OptionId::new(place);
        let mine: Vec<&AssetRows> = assets.rows.iter().filter(|row| row.asset.option == id).collect();
        let balances =
            mine.iter().map(|asset| (asset.asset.organisation, balance(&mut sheet, inputs, asset)));
        let balances: Vec<(OrganisationId, Balance)> = balances.collect();
        let of = Of { id, organisation: None, base, costs, benefits };
        let Statement { net, closing, revenue } = of.statement(&mut sheet, &balances);
        let every = bodies().filter(|_| case.scenario.organisations.len() > 1);
        let of_each =
            every.map(|body| Of { organisation: Some(body), ..of }.statement(&mut sheet, &balances).net);
        let of_each = of_each.collect();
        all.push(Accounts { net, closing, revenue, of_each });
    }
    (sheet.sheet, all)
}

fn balance(sheet: &mut Yearly<'_>, inputs: &Assumptions, asset: &AssetRows) -> Balance {
    let case = sheet.case;
    sheet.section(&format!("{}: asset: {}", case.name(asset.asset.option), asset.name));
    let of = &asset.asset;
    let mut known = case.run.accounts[of.option.place()].assets.iter();
    let known = known.find(|a| a.of == of.of && a.organisation == of.organisation);
    let told = |t: usize| known.map(|asset| asset.years[t]).unwrap_or_default();
    corkscrew(
        sheet,
        told,
        &|row| match row {
            Part::Additions => &asset.additions,
            Part::Amortisation => &asset.amortisation,
            Part::Impairment => &asset.impairment,
            Part::Construction => &asset.construction,
        },
        inputs.of(case.scenario.policy.pdc_dividend),
    )
}

#[derive(Clone, Copy)]
enum Part {
    Additions,
    Amortisation,
    Impairment,
    Construction,
}

fn corkscrew<'r>(
    sheet: &mut Yearly<'_>,
    told: impl Fn(usize) -> Corkscrew<Decimal>,
    part: &dyn Fn(Part) -> &'r Row,
    rate: Spot,
) -> Balance {
    let horizon = sheet.case.plan.horizon;
    let months_in = |t: usize| horizon.months_in(t);
    // A year opens at what the row of closing balances, four rows down, held the year before.
    let closing_row = sheet.row + 4;
    let opening = sheet.row(&Line::stock("Opening net book value", "£"), Some(&|t| told(t).opening), |t| {
        t.checked_sub(1).map_or_else(Live::nought, |before| {
            let column = super::timeline::FIRST + before as u16;
            Live::from(Spot { place: sheet_place(closing_row, column), value: told_closing(&told, before) })
        })
    });
    let line = Line::flow("additions", "£");
    let additions = sheet.row(&line, Some(&|t| told(t).additions), |t| part(Part::Additions).years[t].into());
    let line = Line::flow("less amortisation", "£");
    let amortisation = sheet
        .row(&line, Some(&|t| -told(t).amortisation), |t| -Live::from(part(Part::Amortisation).years[t]));
    let line = Line::flow("less impairment", "£");
    let impairment =
        sheet.row(&line, Some(&|t| -told(t).impairment), |t| -Live::from(part(Part::Impairment).years[t]));
    let closing = sheet.row(
        &Line { role: crate::workbook::Role::Total, ..Line::stock("Closing net book value", "£") },
        Some(&|t| told(t).closing),
        |t| {
            Live::sum(&[opening.years[t], additions.years[t], amortisation.years[t], impairment.years[t]])
                .penny()
        },
    );
    assert_eq!(
        closing.years.first().map(|spot| spot.place.row),
        Some(closing_row),
        "the row openings refer to"
    );
    let line = Line::stock("of which under construction", "£");
    let construction =
        sheet.row(&line, Some(&|t| told(t).construction), |t| part(Part::Construction).years[t].into());
    let line = Line::flow("PDC dividend", "£");
    let dividend = sheet.row(&line, Some(&|t| told(t).pdc_dividend), |t| {
        let year = (Live::from(opening.years[t]) + closing.years[t]) / Live::count(2) * rate;
        let months = months_in(t);
        if months == 12 {
            return year.penny();
        }
        // The part of the year that lies in the horizon.
        (year * Live::count(months as i64) / Live::count(12)).penny()
    });
    Balance { opening, additions, amortisation, impairment, closing, construction, dividend }
}

fn sheet_place(row: u32, column: u16) -> crate::workbook::Place {
    crate::workbook::Place { sheet: "Accounts", row, column }
}

/// The figure that a cell further down will hold. It is the engine's; what the cell gives is checked there.
fn told_closing(told: &impl Fn(usize) -> Corkscrew<Decimal>, t: usize) -> Decimal {
    told(t).closing
}

impl Of<'_> {
    fn statement(self, sheet: &mut Yearly<'_>, balances: &[(OrganisationId, Balance)]) -> Statement {
        let Self { id, organisation, .. } = self;
        let case = sheet.case;
        let whose = match organisation {
            Some(body) => format!("{}, {}", case.name(id), case.scenario.organisations[body.place()].name),
            None => case.name(id).to_owned(),
        };
        let accounts = &case.run.accounts[id.place()];
        let total = |t: usize| accounts.balance(organisation, t);
        sheet.section(&format!("{whose}: all assets"));
        let mine = balances.iter().filter(|(body, _)| organisation.is_none_or(|wanted| wanted == *body));
        let mine: Vec<&Balance> = mine.map(|(_, balance)| balance).collect();
        let add = |sheet: &mut Yearly<'_>,
                   line: &Line<'_>,
                   of: fn(&Balance) -> &Row,
                   told: &dyn Fn(usize) -> Decimal| {
            sheet.row(line, Some(told), |t| {
                let spots: Vec<Spot> = mine.iter().map(|balance| of(balance).years[t]).collect();
                super::costs::added(&spots)
            })
        };
        add(sheet, &Line::stock("Opening net book value", "£"), |b| &b.opening, &|t| total(t).opening);
        let additions = add(sheet, &Line::flow("additions", "£"), |b| &b.additions, &|t| total(t).additions);
        let line = Line::flow("less amortisation", "£");
        let amortisation = add(sheet, &line, |b| &b.amortisation, &|t| -total(t).amortisation);
        let line = Line::flow("less impairment", "£");
        let impairment = add(sheet, &line, |b| &b.impairment, &|t| -total(t).impairment);
        let line = Line { role: crate::workbook::Role::Total, ..Line::stock("Closing net book value", "£") };
        let closing = add(sheet, &line, |b| &b.closing, &|t| total(t).closing);
        let line = Line::stock("of which under construction", "£");
        add(sheet, &line, |b| &b.construction, &|t| total(t).construction);
        let line = Line::flow("PDC dividend", "£");
        let dividend = add(sheet, &line, |b| &b.dividend, &|t| total(t).pdc_dividend);

        let year = |t: usize| -> IncomeAndExpenditure<Decimal> { accounts.result(organisation, t) };
        sheet.section(&format!("{whose}: effect on income and expenditure (a cost is positive)"));
        let pay = self.revenue(sheet, "Pay", PAY, &|t| year(t).pay);
        let non_pay = self.revenue(sheet, "Non-pay", NON_PAY, &|t| year(t).non_pay);
        let turned = |row: &Row, t: usize| -Live::from(row.years[t]);
        let line = Line::flow("Amortisation", "£");
        let written_down = sheet.row(&line, Some(&|t| year(t).amortisation), |t| turned(&amortisation, t));
        let line = Line::flow("Impairment", "£");
        let written_off = sheet.row(&line, Some(&|t| year(t).impairment), |t| turned(&impairment, t));
        let line = Line::flow("PDC dividend", "£");
        let pdc = sheet.row(&line, Some(&|t| year(t).pdc_dividend), |t| dividend.years[t].into());
        let released = self.released(sheet, &|t| -year(t).cash_released);
        let net = sheet.row(&Line::total("Net effect", "£"), Some(&|t| year(t).net()), |t| {
            Live::sum(&[
                pay.years[t],
                non_pay.years[t],
                written_down.years[t],
                written_off.years[t],
                pdc.years[t],
                released.years[t],
            ])
        });
        if organisation.is_none() {
            sheet.section(&format!("{whose}: departmental limits"));
            let line = Line::flow("Capital (CDEL)", "£ cash");
            sheet.row(&line, Some(&|t| year(t).limits().capital), |t| additions.years[t].into());
            let line = Line::flow("Resource (RDEL), not ring-fenced", "£ cash");
            let told = |t: usize| year(t).limits().resource;
            sheet.row(&line, Some(&told), |t| Live::from(pay.years[t]) + non_pay.years[t]);
            let line = Line::flow("Resource (RDEL), ring-fenced: amortisation", "£");
            sheet.row(&line, Some(&|t| year(t).limits().ring_fenced), |t| written_down.years[t].into());
            let line = Line::flow("Resource (RDEL): write-offs", "£");
            sheet.row(&line, Some(&|t| year(t).limits().impairment), |t| written_off.years[t].into());
        }
        Statement { net, closing, revenue: [pay, non_pay] }
    }

    /// What is paid of a group of accounts, and is not capital.
    fn revenue(
        self,
        sheet: &mut Yearly<'_>,
        name: &str,
        account: Key,
        told: &dyn Fn(usize) -> Decimal,
    ) -> Row {
        let index = sheet.index.clone();
        let body = self.body(sheet);
        sheet.row(&Line::flow(name, "£ cash"), Some(told), |t| {
            let whole = &self.base.whole;
            let sum = |column| self.sum(column, index[t], (&self.base.account, account), body);
            sum(&whole.cash) - sum(&whole.capital_cash)
        })
    }

    /// The cash that is released.
    fn released(self, sheet: &mut Yearly<'_>, told: &dyn Fn(usize) -> Decimal) -> Row {
        let index = sheet.index.clone();
        let body = self.body(sheet);
        let line = Line::flow("less cash-releasing benefits", "£ cash");
        sheet.row(&line, Some(told), |t| {
            if body.is_none() {
                return -Live::from(self.benefits.cash.years[t]);
            }
            let released = (&self.base.kind, kind(Kind::CashReleasing));
            -self.sum(&self.base.whole.cash, index[t], released, body)
        })
    }

    /// The organisation's number, put beside the row to come.
    fn body(self, sheet: &mut Yearly<'_>) -> Option<Spot> {
        self.organisation.map(|body| sheet.key(body.place() + 1))
    }

    fn sum(self, column: &Column<Decimal>, year: Spot, of: (&Keys, Key), body: Option<Spot>) -> Live {
        let mut keys = vec![(&self.base.year, Key::Is(year)), of];
        keys.extend(body.map(|body| (&self.base.organisation, Key::Is(body))));
        Live::sum_where(column, (&self.base.option, self.costs.option), &keys)
    }
}
