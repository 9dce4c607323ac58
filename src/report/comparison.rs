//! The comparison: options as columns, measures as rows, and the difference between two of them.

use rust_decimal::Decimal;

use super::{Case, findings};
use crate::appraisal::{OptionAppraisal, Payback, RateOfReturn};
use crate::id::OptionId;
use crate::table::{Cell, ColumnKind, Table};

type Measure<'a> = &'a dyn Fn(&OptionAppraisal<Decimal>) -> Decimal;

/// The comparison of all options, with its basis and its findings below.
pub fn comparison(case: &Case, pair: Option<(OptionId, OptionId)>) -> Table {
    let mut table = measures(case, pair);
    table.notes.push(basis(case));
    table.notes.extend(findings(case, pair));
    table
}

/// Its figures alone.
pub(super) fn measures(case: &Case, pair: Option<(OptionId, OptionId)>) -> Table {
    let programme = &case.scenario.programme;
    let title = if programme.organisation.is_empty() {
        programme.name.clone()
    } else {
        format!("{}: {}", programme.organisation, programme.name)
    };
    let mut table = Table::new(title).column("Measure", ColumnKind::Text);
    for option in &case.scenario.options {
        table = table.column(option.name.clone(), ColumnKind::Figures);
    }
    if let Some((first, second)) = pair {
        let name = format!("{} less {}", case.name(first), case.name(second));
        table = table.column(name, ColumnKind::Figures);
    }
    let mut rows = Rows { case, pair, table };
    whole_life_cost(&mut rows);
    benefits(&mut rows);
    value(&mut rows);
    money(&mut rows);
    dates(&mut rows);
    rows.table
}

fn whole_life_cost(rows: &mut Rows<'_>) {
    rows.table.push_section("Whole-life cost");
    rows.money(1, "Cash, prices of each year", &|o| o.cost.nominal);
    rows.money(2, "capital", &|o| o.capital);
    rows.money(2, "revenue", &|o| o.revenue);
    let real = format!("Real, {}", rows.case.real_prices());
    rows.money(1, &real, &|o| o.cost.real);
    rows.money(1, "Present value (net present cost)", &|o| o.cost.present);
    let paid = format!("Equivalent annual cost, {}", rows.case.plan.annuity.word());
    rows.money(1, &paid, &|o| o.equivalent_annual_cost);
}

fn benefits(rows: &mut Rows<'_>) {
    rows.table.push_section("Benefits, present value");
    rows.money(1, "Cash-releasing", &|o| o.benefits.cash_releasing.present);
    rows.money(1, "Non-cash-releasing", &|o| o.benefits.non_cash_releasing.present);
    rows.money(1, "Societal", &|o| o.benefits.societal.present);
    rows.money(1, "All", &|o| o.benefits.total().present);
}

fn value(rows: &mut Rows<'_>) {
    let case = rows.case;
    let baseline = case.plan.baseline;
    rows.table.push_section(match baseline {
        Some(id) => format!("Against {}", case.name(id)),
        None => "Gross: the scenario has no baseline".to_owned(),
    });
    rows.money(1, "Net present social value", &|o| o.npsv);
    let is_baseline = |o: &OptionAppraisal<Decimal>| Some(o.id) == baseline;
    rows.cells("Benefit-cost ratio", &|o| match o.bcr {
        Some(ratio) => Cell::Number(ratio, 2),
        None if is_baseline(o) => Cell::Nothing(None),
        None => Cell::nothing("costs no more than the baseline"),
    });
    rows.cells("Return on public sector cost", &|o| match o.rpsc {
        Some(ratio) => Cell::Number(ratio, 2),
        None if is_baseline(o) => Cell::Nothing(None),
        None => Cell::nothing("costs no more than the baseline"),
    });
    rows.cells("Rate of return, real", &|o| match case.run.appraisal.rate_of_return(o.id) {
        None => Cell::Nothing(None),
        Some(RateOfReturn::One(rate)) => Cell::Rate(rate),
        Some(RateOfReturn::Nothing) => Cell::text("none"),
        Some(RateOfReturn::Several) => Cell::text("several"),
    });
    rows.money(1, "Cost of a month's delay", &|o| case.run.month_of_delay[o.id.place()]);
    rows.cells("Payback, real", &|o| paid_back(case, o.payback));
    rows.cells("Payback, discounted", &|o| paid_back(case, o.discounted_payback));
}

fn money(rows: &mut Rows<'_>) {
    let case = rows.case;
    rows.table.push_section("Money, prices of each year");
    if !case.scenario.funds.is_empty() {
        let gap = |o: &OptionAppraisal<Decimal>| case.run.funding[o.id.place()].gap();
        rows.money(1, "Capital that no fund pays", &|o| gap(o)[0]);
        rows.money(1, "Revenue that no fund pays", &|o| gap(o)[1]);
        rows.money(1, "Funds that lapse", &|o| case.run.funding[o.id.place()].lapsed());
    }
    rows.cells("Peak year of cash", &|o| case.year_cell(o.peak_year.0));
    rows.money(2, "cash in that year", &|o| o.peak_year.1);
    rows.cells("Peak year of income and expenditure", &|o| case.year_cell(case.worst_year(o.id).0));
    rows.money(2, "net effect in that year", &|o| case.worst_year(o.id).1);
}

fn dates(rows: &mut Rows<'_>) {
    let case = rows.case;
    rows.table.push_section("When");
    let month = |offset: Option<usize>| {
        let inside = offset.filter(|&m| m < case.plan.horizon.months());
        inside.map_or(Cell::Nothing(None), |m| Cell::Month(case.month(m)))
    };
    rows.cells("First benefit", &|o| month(o.first_benefit));
    rows.cells("Full benefit", &|o| match o.full_benefit {
        None if case.promises(o.id) => Cell::nothing(format!("not reached within {}", case.span())),
        full => month(full),
    });
}

fn paid_back(case: &Case, payback: Option<Payback>) -> Cell {
    match payback {
        None => Cell::Nothing(None),
        Some(Payback::Month(month)) => Cell::Month(case.month(month)),
        Some(Payback::Never) => Cell::text("nothing to pay back"),
        Some(Payback::NotWithinHorizon) => Cell::nothing(format!("not within {}", case.span())),
    }
}

/// What the figures mean, in a note.
pub(super) fn basis(case: &Case) -> String {
    let programme = &case.scenario.programme;
    let parts = case.part_years().map_or_else(String::new, |years| {
        format!(" Years that lie in it only in part count with that part: {years}.")
    });
    let factors = if programme.mid_year { "mid-year factors" } else { "year 0 undiscounted" };
    format!(
        "{}.{parts} Real figures in {}; discounted by `{}`, {factors}. Parameters: {}. Cash includes VAT that can't be \
         recovered; real and present figures leave it out and count the full cost of labour.",
        case.span(),
        case.real_prices(),
        programme.discount,
        programme.edition,
    )
}

/// Rows in the making: a cell for each option and one for the difference.
struct Rows<'a> {
    case: &'a Case,
    pair: Option<(OptionId, OptionId)>,
    table: Table,
}

impl Rows<'_> {
    fn money(&mut self, indent: usize, name: &str, of: Measure<'_>) {
        let mut cells = vec![Cell::text(name)];
        cells.extend(self.case.run.appraisal.options.iter().map(|option| Cell::Money(of(option))));
        if let Some((first, second)) = self.pair {
            cells.push(Cell::Money(of(self.case.appraisal(first)) - of(self.case.appraisal(second))));
        }
        self.table.push_indented(indent, cells);
    }

    fn cells(&mut self, name: &str, of: &dyn Fn(&OptionAppraisal<Decimal>) -> Cell) {
        let mut cells = vec![Cell::text(name)];
        cells.extend(self.case.run.appraisal.options.iter().map(of));
        if self.pair.is_some() {
            cells.push(Cell::Nothing(None));
        }
        self.table.push_indented(1, cells);
    }
}
