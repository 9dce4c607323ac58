//! The horizon curve: what each option would have cost if the appraisal ended after each year.

use super::{Case, words};
use crate::appraisal::flips;
use crate::chart::{Body, Chart, Line, Lines, Mark, Moments};
use crate::id::OptionId;
use crate::number::Number;
use crate::table::{Cell, ColumnKind, Table};

/// Net present cost of every option by the end of every year.
pub fn horizon(case: &Case) -> Table {
    let mut table = Table::new("Net present cost by horizon")
        .column("option", ColumnKind::Text)
        .column("financial_year", ColumnKind::Year)
        .column("months", ColumnKind::Count)
        .column("net_present_cost", ColumnKind::Money);
    for (option, measures) in case.scenario.options.iter().zip(&case.run.appraisal.options) {
        for (t, &cost) in measures.cumulative_cost.iter().enumerate() {
            table.push(vec![
                Cell::text(&option.id),
                Cell::Year(case.plan.horizon.year(t)),
                Cell::Count(case.plan.horizon.months_of(case.plan.horizon.year(t)).end as i64),
                Cell::Money(cost),
            ]);
        }
    }
    table.note(
        "Discounted real cost from the start to the end of each year, or of the part of it in the horizon.",
    )
}

/// The same as lines, with the years marked in which the order of the pair flips.
pub fn horizon_chart(case: &Case, pair: Option<(OptionId, OptionId)>) -> Chart {
    let options = &case.run.appraisal.options;
    let lines = options.iter().map(|option| Line {
        name: case.name(option.id).to_owned(),
        note: format!("{} in the end", words::signed(option.cost.present)),
        amounts: option.cumulative_cost.iter().map(|&cost| Number::to_f64(cost)).collect(),
    });
    let marks = pair.map_or_else(Vec::new, |(first, second)| {
        let mark = |t: usize| Mark {
            line: first.place(),
            crosses: Some(second.place()),
            at: t,
            label: format!("Order flips in {}", case.plan.horizon.year(t)),
        };
        flips(case.appraisal(first), case.appraisal(second)).into_iter().map(mark).collect()
    });
    Chart {
        title: title(case, pair),
        subtitle: format!(
            "Net present cost from the start to the end of each year, {}{}",
            case.real_prices(),
            case.in_part()
        ),
        source: case.source(),
        body: Body::Lines(Lines {
            moments: match case.part_years() {
                Some(_) => Moments::Parts(case.plan.horizon),
                None => Moments::Years(
                    (0..case.plan.horizon.years()).map(|t| case.plan.horizon.year(t)).collect(),
                ),
            },
            lines: lines.collect(),
            marks,
        }),
    }
}

fn title(case: &Case, pair: Option<(OptionId, OptionId)>) -> String {
    let Some((first, second)) = pair else { return format!("Net present cost over {}", case.span()) };
    let (a, b) = (case.appraisal(first), case.appraisal(second));
    let (cheap, dear) = if a.cost.present <= b.cost.present { (first, second) } else { (second, first) };
    let flips: Vec<String> = flips(a, b).into_iter().map(|t| case.plan.horizon.year(t).to_string()).collect();
    let when = match flips.as_slice() {
        [] => "whatever the horizon".to_owned(),
        years => format!("over the whole horizon; the order flips in {}", words::list(years)),
    };
    format!("{} costs less than {} {when}", case.name(cheap), case.name(dear))
}
