//! Chart: cost by financial year, stacked by activity group, options side by side.

use rust_decimal::Decimal;

use super::names::{GROUPS, group};
use super::{Case, words};
use crate::appraisal::OptionAppraisal;
use crate::chart::{Body, Chart, ColumnPanel, Columns, Ink, Series};
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

/// The dearest and the cheapest option but the baseline, and the year in which most is paid.
fn title(case: &Case) -> String {
    let mut options: Vec<_> =
        case.run.appraisal.options.iter().filter(|option| Some(option.id) != case.plan.baseline).collect();
    options.sort_by_key(|option| option.cost.nominal);
    let told =
        |o: &OptionAppraisal<Decimal>| format!("{} {}", case.name(o.id), words::signed(o.cost.nominal));
    let peak = |o: &OptionAppraisal<Decimal>| {
        format!("{} in {}", words::signed(o.peak_year.1), case.year_in_words(o.peak_year.0))
    };
    let span = case.span();
    match options.as_slice() {
        [] => format!("Cash without a programme, over {span}"),
        [only] => format!("Cash over {span}: {}; highest year {}", told(only), peak(only)),
        [least, .., most] => {
            let highest = options.iter().max_by_key(|o| o.peak_year.1).unwrap_or(most);
            format!(
                "Cash over {span}: from {} to {}; highest year {} ({})",
                told(least),
                told(most),
                peak(highest),
                case.name(highest.id)
            )
        }
    }
}
