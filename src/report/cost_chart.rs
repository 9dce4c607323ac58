//! Chart: cost by financial year, stacked by activity group, options side by side.

use rust_decimal::Decimal;

use super::names::{GROUPS, group};
use super::{Case, claim, words};
use crate::appraisal::{OptionAppraisal, YearRow};
use crate::chart::{Body, Chart, ColumnPanel, Columns, Ink, Series};
use crate::id::OptionId;
use crate::number::Number;

/// The meaning of each group, in the order of [`GROUPS`].
const INKS: [Ink; 8] = [
    Ink::Starting,
    Ink::Building,
    Ink::Keeping,
    Ink::Improving,
    Ink::Stalled,
    Ink::Running,
    Ink::Legacy,
    Ink::Other,
];

/// Cash by financial year.
pub fn cost_chart(case: &Case) -> Chart {
    let horizon = case.plan.horizon;
    let mut amounts =
        vec![vec![vec![Decimal::ZERO; horizon.years()]; GROUPS.len()]; case.scenario.options.len()];
    for posting in &case.run.ledger.postings {
        if let Some(group) = group(posting.activity) {
            let t = case.plan.year_of[usize::from(posting.month)];
            amounts[posting.option.place()][group][t] += posting.financial;
        }
    }
    let used = |g: usize| amounts.iter().any(|groups| groups[g].iter().any(|amount| !amount.is_zero()));
    let shown: Vec<usize> = (0..GROUPS.len()).filter(|&g| used(g)).collect();
    let panels = case.scenario.options.iter().zip(&case.run.appraisal.options).zip(&amounts);
    Chart {
        title: title(case),
        subtitle: format!(
            "Cash by financial year in prices of each year, with VAT that can't be recovered{}",
            case.in_part()
        ),
        source: case.source(),
        body: Body::Columns(Columns {
            years: (0..horizon.years()).map(|t| horizon.year(t)).collect(),
            series: shown.iter().map(|&g| Series { name: GROUPS[g].0.to_owned(), ink: INKS[g] }).collect(),
            panels: panels
                .map(|((option, measures), groups)| ColumnPanel {
                    name: option.name.clone(),
                    note: format!("{} in all", words::signed(measures.cost.nominal)),
                    amounts: shown
                        .iter()
                        .map(|&g| groups[g].iter().map(|a| Number::to_f64(*a)).collect())
                        .collect(),
                })
                .collect(),
        }),
    }
}

/// The range of what the options but the baseline cost, and the year in which most is paid.
fn title(case: &Case) -> String {
    let rivals: Vec<&OptionAppraisal<Decimal>> =
        claim::rivals(case).into_iter().map(|id| case.appraisal(id)).collect();
    let costs = || rivals.iter().map(|option| (option.id, option.cost.nominal));
    let told = |(ids, cost): (Vec<OptionId>, Decimal)| {
        let each = if ids.len() == 1 { "" } else { " each" };
        format!("{} {}{each}", claim::names(case, &ids), words::signed(cost))
    };
    let (span, apart) = (case.span(), if rivals.len() > 1 { claim::apart(case) } else { "" });
    let range = match (claim::lowest(costs()), claim::highest(costs())) {
        (Some(least), Some(most)) if least.1 < most.1 => format!("from {} to {}", told(least), told(most)),
        (Some(all), _) => told(all),
        _ => return format!("Cash without a programme, over {span}"),
    };
    format!("Cash over {span}{apart}: {range}; {}", highest_year(case, &rivals))
}

/// `highest year £3.20m in 2027-28 (Project)`, or all the years and options for which it is that much.
fn highest_year(case: &Case, options: &[&OptionAppraisal<Decimal>]) -> String {
    let years = |option: &OptionAppraisal<Decimal>| {
        option.by_year.iter().map(YearRow::cash).enumerate().collect::<Vec<_>>()
    };
    let all = options.iter().flat_map(|o| years(o).into_iter().map(|(t, cash)| ((o.id, t), cash)));
    let Some((places, cash)) = claim::highest(all) else { return String::new() };
    let mut whose: Vec<OptionId> = places.iter().map(|(id, _)| *id).collect();
    whose.dedup();
    let when: Vec<usize> = places.iter().map(|(_, t)| *t).collect();
    let amount = words::signed(cash);
    match whose.as_slice() {
        [one] if options.len() > 1 => {
            format!("highest year {amount} in {} ({})", claim::years(case, &when), case.name(*one))
        }
        [_] => format!("highest year {amount} in {}", claim::years(case, &when)),
        several => format!("highest year {amount} each for {}", claim::names(case, several)),
    }
}
