//! The horizon curve: what each option would have cost if the appraisal ended after each year.

use super::{Case, claim, words};
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

/// The same as lines, with the years marked in which another option becomes the one that costs least.
pub fn horizon_chart(case: &Case) -> Chart {
    let options = &case.run.appraisal.options;
    let lines = options.iter().map(|option| Line {
        name: case.name(option.id).to_owned(),
        note: format!("{} in the end", words::signed(option.cost.present)),
        amounts: option.cumulative_cost.iter().map(|&cost| Number::to_f64(cost)).collect(),
    });
    let race = Race::of(case);
    let marks = race.leads.windows(2).map(|leads| {
        let [(_, before), (t, after)] = [leads[0], leads[1]];
        let year = case.plan.horizon.year(t);
        let what = if race.field.len() == 2 { "Order flips" } else { "Lowest changes" };
        Mark {
            line: before.min(after).place(),
            crosses: Some(before.max(after).place()),
            at: t,
            label: format!("{what} in {year}"),
        }
    });
    Chart {
        title: title(case, &race),
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
            marks: marks.collect(),
        }),
    }
}

/// Which option costs least by the end of each year: of those that compete, or, where only one does, of it and the
/// baseline.
struct Race {
    field: Vec<OptionId>,
    /// The years from which an option alone costs least, and which it is; one that is drawn level keeps the lead.
    leads: Vec<(usize, OptionId)>,
    /// Whether in some year another option costs as little as the one in the lead.
    is_level: bool,
    /// Whether in some year several others, level with one another, cost less than it.
    is_overtaken: bool,
    /// Those that cost least in the end.
    least: Vec<OptionId>,
}

impl Race {
    fn of(case: &Case) -> Self {
        let rivals = claim::rivals(case);
        let both = || (0..case.scenario.options.len()).map(OptionId::new).collect();
        let field: Vec<OptionId> = if rivals.len() == 1 { both() } else { rivals };
        let mut race =
            Self { field, leads: Vec::new(), is_level: false, is_overtaken: false, least: Vec::new() };
        for t in 0..case.plan.horizon.years() {
            let costs = race.field.iter().map(|&id| (id, case.appraisal(id).cumulative_cost[t]));
            race.least = claim::lowest(costs).map(|(least, _)| least).unwrap_or_default();
            match race.least.as_slice() {
                [alone] if race.leads.last().is_none_or(|(_, leader)| leader != alone) => {
                    race.leads.push((t, *alone));
                }
                [_] => {}
                several => match race.leads.last() {
                    Some((_, leader)) if !several.contains(leader) => race.is_overtaken = true,
                    _ => race.is_level = true,
                },
            }
        }
        race
    }
}

fn title(case: &Case, race: &Race) -> String {
    let name = |id: &OptionId| case.name(*id);
    let is_two = race.field.len() == 2;
    let flips: Vec<String> =
        race.leads.iter().skip(1).map(|(t, _)| case.plan.horizon.year(*t).to_string()).collect();
    let what = if is_two { "order flips" } else { "lowest changes" };
    let flips = words::list_or(&flips, || format!("{} years", flips.len()));
    let when = match race.leads.len() {
        0 | 1 if race.least.len() == 1 && !race.is_overtaken => "whatever the horizon".to_owned(),
        0 | 1 => "over the whole horizon".to_owned(),
        _ => format!("over the whole horizon; the {what} in {flips}"),
    };
    let claim = match race.least.as_slice() {
        [] => return format!("Net present cost over {}", case.span()),
        _ if race.field.len() < 2 => return format!("Net present cost over {}", case.span()),
        [one] => {
            // Level in some year of the horizon, so not below whatever the horizon.
            let never_more = race.is_level && !race.is_overtaken && race.leads.len() == 1;
            let verb = match (is_two, never_more) {
                (true, false) => "costs less than",
                (true, true) => "costs no more than",
                (false, false) => "costs least",
                (false, true) => "costs no more than any other",
            };
            let other = race.field.iter().find(|id| is_two && *id != one).map(|id| format!(" {}", name(id)));
            format!("{} {verb}{} {when}", name(one), other.unwrap_or_default())
        }
        several if is_two => format!("{} cost the same {when}", claim::names(case, several)),
        several => format!("{} cost the same, and least, {when}", claim::names(case, several)),
    };
    // Of two options in all, neither is left out.
    let apart = if race.field.len() == case.scenario.options.len() { "" } else { claim::apart(case) };
    let apart = apart.strip_prefix(", the").map_or_else(String::new, |rest| format!("The{rest}, "));
    format!("{apart}{claim}")
}
