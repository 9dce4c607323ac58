//! Funding: in each year, in the order of the file, each fund pays what it may of what is not yet paid.

use rust_decimal::Decimal;

use super::amounts::{Amounts, FundCell};
use super::assumptions::Assumptions;
use super::base::BaseRows;
use super::costs::{Benefits, added};
use super::timeline::{All, Line, Row, Yearly};
use crate::id::OptionId;
use crate::ledger::Treatment;
use crate::report::Case;
use crate::workbook::{Key, Live, Role, Sheet, Shown, Spot};

/// The funding of an option.
pub(super) struct Funding {
    /// Capital, then revenue.
    pub(super) needs: [Row; 2],
    pub(super) paid: [Row; 2],
    pub(super) gaps: [Row; 2],
    pub(super) lapsed: Vec<Row>,
    pub(super) funds: Vec<FundRows>,
}

/// A fund by year.
pub(super) struct FundRows {
    pub(super) brought: Row,
    pub(super) granted: Row,
    pub(super) paid: Row,
    pub(super) carried: Row,
    pub(super) lapsed: Row,
}

pub(super) fn funding(
    case: &Case,
    amounts: &Amounts,
    inputs: &Assumptions,
    base: &BaseRows,
    benefits: &[Benefits],
) -> (Sheet, Vec<Funding>) {
    let notes = [
        "Cash in prices of each year, with VAT that is borne. A pool is cost that the same funds may pay. Live: needs, grants, who pays, gap, what lapses.",
        "Frozen: the most that any allocation could pay (a maximum flow over all years): write the workbook anew for it.",
    ];
    let mut sheet = Yearly::new(case, "Funding", "Who pays, what is missing, what lapses", &notes);
    let mut all = Vec::new();
    if case.scenario.funds.is_empty() {
        sheet.section("The scenario has no funds");
    } else {
        for (place, benefits) in benefits.iter().enumerate() {
            let id = OptionId::new(place);
            let writer = Writer { case, inputs, base, amounts, sheet: &mut sheet, id };
            all.push(writer.option(benefits));
        }
    }
    (sheet.sheet, all)
}

struct Writer<'a, 'b> {
    case: &'a Case,
    inputs: &'b Assumptions,
    base: &'b BaseRows,
    amounts: &'b Amounts,
    sheet: &'b mut Yearly<'a>,
    id: OptionId,
}

/// A pool, and what has been paid of it so far.
struct Pool<'a> {
    cell: &'a FundCell,
    need: Row,
    paid: Vec<Row>,
}

impl Writer<'_, '_> {
    fn option(mut self, benefits: &Benefits) -> Funding {
        let (case, id) = (self.case, self.id);
        let told = &case.run.funding[id.place()];
        self.sheet.section(&format!("{}: needs", case.name(id)));
        let amounts = self.amounts;
        let cells = amounts.cells.iter().enumerate().filter(|(_, cell)| cell.option == id);
        let cells: Vec<(usize, &FundCell)> = cells.collect();
        let mut pools: Vec<Pool<'_>> = Vec::new();
        for (place, cell) in cells {
            let need = self.need(place + 1, cell);
            pools.push(Pool { cell, need, paid: Vec::new() });
        }
        let accounts = told.funds.iter().enumerate();
        let funds: Vec<FundRows> = accounts.map(|(place, _)| self.fund(place, &mut pools)).collect();
        self.sheet.section(&format!("{}: affordability", case.name(id)));
        let row = |writer: &mut Self,
                   line: &Line<'_>,
                   treatment: Treatment,
                   of: &dyn Fn(&Pool<'_>, usize) -> Vec<Spot>,
                   told: &dyn Fn(usize) -> Decimal| {
            let mine: Vec<&Pool<'_>> = pools.iter().filter(|pool| pool.cell.treatment == treatment).collect();
            writer.sheet.row(line, Some(told), |t| {
                added(&mine.iter().flat_map(|pool| of(pool, t)).collect::<Vec<_>>())
            })
        };
        let sides = [(Treatment::Capital, "Capital", 0), (Treatment::Revenue, "Revenue", 1)];
        let mut three = |(treatment, name, place): (Treatment, &str, usize)| {
            let told = |t: usize| told.need(None, t);
            let label = format!("{name} needed");
            let need = row(
                &mut self,
                &Line::flow(&label, "£ cash"),
                treatment,
                &|pool, t| vec![pool.need.years[t]],
                &|t| told(t).cost[place],
            );
            let label = format!("{name} paid by funds");
            let every = |pool: &Pool<'_>, t: usize| pool.paid.iter().map(|paid| paid.years[t]).collect();
            let paid =
                row(&mut self, &Line::flow(&label, "£ cash"), treatment, &every, &|t| told(t).paid[place]);
            let label = format!("{name} gap: no fund pays");
            let gap = self.sheet.row(&Line::total(&label, "£ cash"), Some(&|t| told(t).gap()[place]), |t| {
                (Live::from(need.years[t]) - paid.years[t]).penny()
            });
            (need, paid, gap)
        };
        let (capital, revenue) = (three(sides[0]), three(sides[1]));
        let released = benefits.cash.clone();
        let accounts = &case.run.accounts[id.place()];
        let line = Line::flow("Beside this: cash-releasing benefits (not netted)", "£ cash");
        self.sheet
            .row(&line, Some(&|t| accounts.result(None, t).cash_released), |t| released.years[t].into());
        self.sheet.sheet.text(
            (self.sheet.row, 1),
            Role::Plain,
            "The most that any allocation could pay (frozen)",
        );
        self.sheet.sheet.text((self.sheet.row, 2), Role::Plain, "£ cash");
        let at = (self.sheet.row, super::timeline::ALL);
        self.sheet.sheet.number(at, Shown::Pounds.role(Role::Frozen), told.most_payable);
        self.sheet.row += 1;
        let lapsed = funds.iter().map(|fund| fund.lapsed.clone()).collect();
        Funding {
            needs: [capital.0, revenue.0],
            paid: [capital.1, revenue.1],
            gaps: [capital.2, revenue.2],
            lapsed,
            funds,
        }
    }

    /// The need of a pool.
    fn need(&mut self, number: usize, cell: &FundCell) -> Row {
        let case = self.case;
        let own: Vec<&str> =
            self.owned().iter().map(|&fund| case.scenario.funds[fund].name.as_str()).collect();
        let payers: Vec<&str> = cell.funds.iter().map(|&place| own[place]).collect();
        let payers = if payers.is_empty() { "no fund may pay".to_owned() } else { payers.join(", ") };
        let several = case.scenario.organisations.len() > 1;
        let whose = &case.scenario.organisations[cell.organisation.place()].name;
        let whose = if several { format!(" of {whose}") } else { String::new() };
        let label = format!("Pool: {}{whose}: {payers}", cell.treatment.word());
        let key = self.sheet.key(number);
        let index = self.sheet.index.clone();
        let base = self.base;
        self.sheet.row(&Line::flow(&label, "£ cash"), None, |t| {
            let year = [(&base.year, Key::Is(index[t]))];
            let sum = |column, cell| Live::sum_where(column, (cell, key), &year);
            if cell.treatment == Treatment::Capital {
                sum(&base.whole.capital_cash, &base.capital_cell)
            } else {
                let all = sum(&base.whole.cash, &base.revenue_cell);
                (all - sum(&base.whole.capital_cash, &base.revenue_cell)).penny()
            }
        })
    }

    /// The funds that the option has, in file order.
    fn owned(&self) -> Vec<usize> {
        let funds = self.case.plan.funds.iter().enumerate();
        funds.filter(|(_, fund)| fund.options.contains(&self.id)).map(|(place, _)| place).collect()
    }

    /// A fund: what it has, what it pays of each pool that it may pay, and what is left.
    fn fund(&mut self, owner: usize, pools: &mut [Pool<'_>]) -> FundRows {
        let (case, inputs) = (self.case, self.inputs);
        let place = self.owned()[owner];
        let fund = &case.scenario.funds[place];
        let told = &case.run.funding[self.id.place()].funds[owner].years;
        self.sheet.section(&format!("{}: {}", case.name(self.id), fund.name));
        let horizon = case.plan.horizon;
        let may: Vec<usize> =
            (0..pools.len()).filter(|&pool| pools[pool].cell.funds.contains(&owner)).collect();
        // What is carried stands below what is paid, one row a pool.
        let carried_row = self.sheet.row + 3 + may.len() as u32;
        let line = Line::stock("Brought forward", "£ cash");
        let brought = self.sheet.row(&line, Some(&|t| told[t].brought_forward), |t| {
            let before = t.checked_sub(1).filter(|_| fund.carry_forward);
            before.map_or_else(Live::nought, |before| {
                let column = super::timeline::FIRST + before as u16;
                let place = crate::workbook::Place { sheet: "Funding", row: carried_row, column };
                Spot { place, value: told[before].carried }.into()
            })
        });
        let granted = self.sheet.row(&Line::flow("Granted", "£ cash"), Some(&|t| told[t].granted), |t| {
            let mine = fund.by_year.iter().filter(|(year, _)| *year == horizon.year(t));
            let grants = mine.map(|&(_, id)| Live::from(inputs.of(id)).penny());
            grants.reduce(|sum, grant| sum + grant).unwrap_or_else(Live::nought)
        });
        let mut parts: Vec<Row> = Vec::new();
        for &place in &may {
            let pool = &pools[place];
            let label = format!("paid of pool {}", self.number(pool.cell));
            let paid = self.sheet.row(&Line::flow(&label, "£ cash"), None, |t| {
                let unpaid =
                    pool.paid.iter().fold(Live::from(pool.need.years[t]), |left, paid| left - paid.years[t]);
                let left = Live::from(brought.years[t]) + granted.years[t];
                let left = parts.iter().fold(left, |left, part| left - part.years[t]);
                unpaid.at_most(left).penny()
            });
            parts.push(paid.clone());
            pools[place].paid.push(paid);
        }
        let paid = self.sheet.row(&Line::total("Paid", "£ cash"), Some(&|t| told[t].paid(None)), |t| {
            Live::sum(&parts.iter().map(|part| part.years[t]).collect::<Vec<_>>())
        });
        let last = self.sheet.years() - 1;
        let left = |t: usize| (Live::from(brought.years[t]) + granted.years[t] - paid.years[t]).penny();
        let carries = |t: usize| fund.carry_forward && t < last;
        let line = Line { all: All::Nothing, ..Line::stock("Carried forward", "£ cash") };
        let carried = self
            .sheet
            .row(&line, Some(&|t| told[t].carried), |t| if carries(t) { left(t) } else { Live::nought() });
        assert_eq!(
            carried.years.first().map(|spot| spot.place.row),
            Some(carried_row),
            "the row brought forward refers to"
        );
        let line = Line::total("Lapses: unspent and lost", "£ cash");
        let lapsed = self
            .sheet
            .row(&line, Some(&|t| told[t].lapsed), |t| if carries(t) { Live::nought() } else { left(t) });
        FundRows { brought, granted, paid, carried, lapsed }
    }

    fn number(&self, cell: &FundCell) -> usize {
        self.amounts.cells.binary_search(cell).map_or(0, |place| place + 1)
    }
}
