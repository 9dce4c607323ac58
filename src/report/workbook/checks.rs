//! Checks: sums taken on two roads, the figures that wholelife itself had, and one master check.

use rust_decimal::Decimal;

use super::assumptions::Assumptions;
use super::base::{BaseRows, COST};
use super::reconciliation::Reconciliation;
use super::summary::{CHANGES, MASTER, Parts};
use crate::id::OptionId;
use crate::report::Case;
use crate::workbook::{Alarm, Live, Role, Sheet, Shown, Spot, Value};

/// Half a penny: what floating-point numbers may differ by, and no more.
const TOLERANCE: &str = "£0.005";

/// What the master check says where nothing fails.
const HOLDS: &str = "all checks hold";

struct Writer {
    sheet: Sheet,
    row: u32,
    failures: Vec<Spot>,
    tolerance: Spot,
}

/// The sheet of checks; the master check goes to the summary too.
pub(super) fn checks(
    parts: &Parts<'_>,
    inputs: &Assumptions,
    base: &BaseRows,
    reconciliation: &Reconciliation,
    summary: &mut Sheet,
) -> Sheet {
    let case = parts.case;
    let mut sheet = Sheet::new("Checks", vec![74.0, 18.0, 14.0], (7, 1));
    sheet.text((0, 0), Role::Title, format!("Checks: {}", case.scenario.programme.name));
    sheet.text((1, 0), Role::Note, format!("A check of pounds holds if its difference is at most {TOLERANCE}; of shares and counts, if nothing is left."));
    sheet.text((3, 0), Role::Plain, "Tolerance");
    let tolerance = sheet.number((3, 1), Shown::Number.role(Role::Frozen), Decimal::new(5, 3));
    for (column, words) in ["Check", "Difference", "1 if it fails"].into_iter().enumerate() {
        sheet.text((6, column as u16), Role::Head, words);
    }
    let mut writer = Writer { sheet, row: 7, failures: Vec::new(), tolerance };
    for place in 0..parts.costs.len() {
        option(&mut writer, parts, base, reconciliation, place);
    }
    let frozen = assumptions(&mut writer, inputs);
    own_figures(&mut writer, parts, inputs);
    let Writer { mut sheet, failures, .. } = writer;
    sheet.text((4, 0), Role::Total, "Master check: how many fail");
    let count =
        sheet.formula((4, 1), Shown::Count.role(Role::Total), &Live::sum(&failures), Some(Decimal::ZERO));
    let verdict = |sheet: &mut Sheet, at| {
        // No check fails: the only number that can stand here is nought, shown as words.
        let cases = [
            (Live::from(count).equals(Live::nought()), HOLDS),
            (Live::from(frozen).exceeds(Live::nought()), "A FROZEN CELL WAS CHANGED: run wholelife again"),
            (Live::from(count).exceeds(Live::nought()), "A CHECK FAILS: see Checks"),
        ];
        let told = Value::Text(HOLDS.to_owned());
        sheet.words_or(at, Shown::Words.role(Role::Total), &cases, &Live::nought(), told);
        sheet.alarms.push(Alarm { place: sheet.place(at.0, at.1), unless: HOLDS });
    };
    verdict(&mut sheet, (4, 2));
    verdict(summary, (MASTER, 2));
    summary.formula((CHANGES, 2), Shown::Count.plain(), &inputs.changes(), Some(Decimal::ZERO));
    sheet
}

impl Writer {
    fn section(&mut self, words: &str) {
        for (column, words) in [words, "", ""].into_iter().enumerate() {
            self.sheet.text((self.row, column as u16), Role::Section, words);
        }
        self.row += 1;
    }

    fn check(&mut self, words: &str, difference: &Live) {
        let tolerance = self.tolerance.into();
        self.row(words, difference, Shown::Pence, tolerance);
    }

    /// A check of what must be nought exactly; the figure that it looks at.
    fn none(&mut self, words: &str, left: &Live, shown: Shown) -> Spot {
        self.row(words, left, shown, Live::nought())
    }

    fn row(&mut self, words: &str, left: &Live, shown: Shown, tolerance: Live) -> Spot {
        self.sheet.text((self.row, 0), Role::Plain, words);
        let spot = self.sheet.formula((self.row, 1), shown.plain(), left, None);
        let fails = Live::from(spot).size().exceeds(tolerance);
        let live = Live::either(fails, Live::count(1), Live::nought());
        self.failures.push(self.sheet.formula((self.row, 2), Shown::Count.plain(), &live, None));
        self.row += 1;
        spot
    }
}

fn option(
    writer: &mut Writer,
    parts: &Parts<'_>,
    base: &BaseRows,
    reconciliation: &Reconciliation,
    place: usize,
) {
    let (costs, benefits) = (&parts.costs[place], &parts.benefits[place]);
    writer.section(parts.case.name(OptionId::new(place)));
    let cash = Live::sum_where(&base.whole.cash, (&base.option, costs.option), &[(&base.side, COST)]);
    writer.check("Cash cost: line by line = base rows", &(costs.cash.all() - cash));
    let [pay, non_pay] = &parts.accounts[place].revenue;
    writer.check("Revenue cost = pay + non-pay", &(costs.revenue.all() - pay.all() - non_pay.all()));
    let months = Live::sum(&parts.months.costs[place]);
    writer.check("Real cost: by year = month by month", &(costs.real.all() - months));
    let kinds = benefits.kinds.iter().flatten().flatten().filter_map(|row| row.all).collect::<Vec<_>>();
    writer
        .check("Benefits: line by line = kind by kind", &(benefits.real.all() - super::costs::added(&kinds)));
    writer.check(
        "Economic case, reconciled = financial case",
        &(Live::from(reconciliation.financial[place]) - costs.cash.all()),
    );
    let mine = parts.assets.rows.iter().filter(|row| row.asset.option.place() == place);
    let left =
        mine.fold(costs.capital.all(), |left, row| left - row.amortisation.all() - row.impairment.all());
    let closing = parts.accounts[place].closing.years.last().map_or_else(Live::nought, |&last| last.into());
    writer.check(
        "Assets: capital spent - amortisation - impairment = closing net book value",
        &(left - closing),
    );
    let Some(funding) = parts.funding.get(place) else { return };
    for (need, (spent, name)) in
        funding.needs.iter().zip([(&costs.capital, "capital"), (&costs.revenue, "revenue")])
    {
        writer.check(&format!("Funding: {name} needed = {name} cost"), &(need.all() - spent.all()));
    }
    for (place, need) in funding.needs.iter().enumerate() {
        let name = ["capital", "revenue"][place];
        let rest = need.all() - funding.paid[place].all() - funding.gaps[place].all();
        writer.check(&format!("Funding: {name} paid + gap = needed"), &rest);
    }
    for fund in &funding.funds {
        let flows = |row: &super::timeline::Row| Live::sum(&row.years);
        let live = flows(&fund.brought) + flows(&fund.granted)
            - flows(&fund.paid)
            - flows(&fund.carried)
            - flows(&fund.lapsed);
        writer.check("Fund: brought forward + granted = paid + carried + lapsed", &live);
    }
}

/// What wholelife refuses is refused here too. How many frozen assumptions were changed.
fn assumptions(writer: &mut Writer, inputs: &Assumptions) -> Spot {
    writer.section("Assumptions");
    let count = Shown::Count;
    let frozen =
        writer.none("Frozen cells that were changed: run wholelife again", &inputs.frozen_changes(), count);
    writer.none("Live cells outside what wholelife takes (Lowest to Highest)", &inputs.refused(), count);
    for (key, left) in inputs.shares_left() {
        writer.none(&format!("`{key}` sum to 100%: what is left"), &left, Shown::Rate);
    }
    frozen
}

/// Until an assumption is changed, the headlines are those that wholelife itself computed.
fn own_figures(writer: &mut Writer, parts: &Parts<'_>, inputs: &Assumptions) {
    let case: &Case = parts.case;
    writer.section("As wholelife computed it (compared until an assumption is changed)");
    for (place, discounted) in parts.discounted.iter().enumerate() {
        let option = case.appraisal(OptionId::new(place));
        let figures = [
            ("net present cost", discounted.cost.into(), option.cost.present),
            ("benefits, discounted", discounted.benefit.into(), option.benefits.total().present),
            ("cash cost", parts.costs[place].cash.all(), option.cost.nominal),
        ];
        for (name, live, told) in figures {
            let at = (writer.row, 3);
            let spot = writer.sheet.number(at, Shown::Pence.role(Role::Frozen), told);
            let difference = Live::either(inputs.unchanged(), live - spot, Live::nought());
            writer.check(&format!("{}: {name}", case.name(option.id)), &difference);
        }
    }
}
