//! Chart: cumulative cost and benefit of each option, with the month in which it has paid back.

use rust_decimal::Decimal;

use super::{Case, claim, words};
use crate::appraisal::{MonthTotals, OptionAppraisal, Payback, Totals};
use crate::chart::{BalancePanel, Body, Chart, Cumulative, Payback as Crossing};
use crate::ledger::Sink;
use crate::number::Number;

/// Running totals by month, real, against the baseline if there is one.
pub fn cumulative_chart(case: &Case) -> Chart {
    let mut totals = Totals::new(&case.plan);
    for &posting in &case.run.ledger.postings {
        totals.post(posting);
    }
    let baseline = case.plan.baseline.map(|id| &totals.options[id.place()].months);
    let options = || case.run.appraisal.options.iter().filter(|option| Some(option.id) != case.plan.baseline);
    let panels = options().map(|option| {
        let months = &totals.options[option.id.place()].months;
        let running = |of: &dyn Fn(&MonthTotals<Decimal>) -> Decimal| {
            let mut sum = Decimal::ZERO;
            let at = |m: usize| of(&months[m]) - baseline.map_or(Decimal::ZERO, |base| of(&base[m]));
            (0..months.len())
                .map(|m| {
                    sum += at(m);
                    Number::to_f64(sum)
                })
                .collect()
        };
        BalancePanel {
            name: case.name(option.id).to_owned(),
            note: String::new(),
            cost: running(&|month| month.cost),
            benefit: running(&MonthTotals::all_benefits),
            payback: crossing(case, option),
        }
    });
    let against =
        case.plan.baseline.map_or_else(String::new, |id| format!(", less those of {}", case.name(id)));
    Chart {
        title: title(case, options()),
        subtitle: format!("Running totals of real cost and benefit{against}, {}", case.real_prices()),
        source: case.source(),
        body: Body::Cumulative(Cumulative { horizon: case.plan.horizon, panels: panels.collect() }),
    }
}

fn crossing(case: &Case, option: &OptionAppraisal<Decimal>) -> Crossing {
    match option.payback {
        Some(Payback::Month(month)) => Crossing::In(case.month(month)),
        Some(Payback::NotWithinHorizon) if option.first_benefit.is_some() => Crossing::NotWithinHorizon,
        _ => Crossing::NotApplicable,
    }
}

/// Who has paid back when.
fn title<'a>(case: &Case, options: impl Iterator<Item = &'a OptionAppraisal<Decimal>>) -> String {
    let (mut paid, mut not, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
    for option in options {
        let name = case.name(option.id).to_owned();
        match option.payback {
            Some(Payback::Month(month)) => paid.push((month, name)),
            Some(Payback::NotWithinHorizon) => not.push(name),
            Some(Payback::Never) | None => nothing.push(name),
        }
    }
    paid.sort();
    let first = claim::lowest(paid.iter().map(|(month, name)| (name.clone(), *month)));
    let by = |(month, name): (usize, String)| format!("{name} by {}", case.month(month).in_words());
    let paid: Vec<String> = paid.into_iter().map(by).collect();
    let brief = |(names, month): (Vec<String>, usize)| {
        let names = words::list_or(&names, || format!("{} of them", words::count(names.len())));
        let apart = claim::apart(case);
        format!(
            "{} options{apart}, first {names} by {}",
            words::count(paid.len()),
            case.month(month).in_words()
        )
    };
    let paid = first.map(|first| vec![words::list_or(&paid, || brief(first))]).unwrap_or_default();
    let said = [
        ("Paid back: ", paid, String::new()),
        ("Not paid back: ", not, format!(" (within {})", case.span())),
        ("Nothing to pay back: ", nothing, String::new()),
    ];
    let said = said.into_iter().filter(|(_, names, _)| !names.is_empty());
    let told = |names: &[String]| words::list_or(names, || format!("{} options", words::count(names.len())));
    let said: Vec<String> = said.map(|(head, names, tail)| format!("{head}{}{tail}", told(&names))).collect();
    if said.is_empty() { "Cost and benefit as they add up".to_owned() } else { said.join("; ") }
}
