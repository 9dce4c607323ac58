//! A portfolio for people: every scenario and option, cash by year, and the funds that scenarios share.

use rust_decimal::Decimal;

use super::{Choice, Member, Part, kind_word};
use crate::report::words;
use crate::table::{Cell, ColumnKind, Table};

/// The tables, in their order. Those that would have no rows are left out, and the first says why.
pub fn portfolio_tables(members: &[Member], choices: &[Choice]) -> Vec<Table> {
    let mut tables = vec![options(members, choices)];
    if choices.iter().any(|choice| !choice.years.is_empty()) {
        tables.push(by_year(members, choices));
    }
    if choices.iter().any(|choice| !choice.pots.is_empty()) {
        tables.push(funds(choices));
    }
    tables
}

fn options(members: &[Member], choices: &[Choice]) -> Table {
    let title = match members.len() {
        1 => "Portfolio of 1 scenario".to_owned(),
        n => format!("Portfolio of {} scenarios", words::count(n)),
    };
    let mut table = Table::new(title)
        .column("Scenario and option", ColumnKind::Text)
        .column("Net present cost", ColumnKind::Money)
        .column("Net present social value", ColumnKind::Money)
        .column("Benefit-cost ratio", ColumnKind::Number)
        .column("Cash", ColumnKind::Money)
        .column("Capital", ColumnKind::Money)
        .column("Revenue", ColumnKind::Money)
        .column("Capital no fund pays", ColumnKind::Money)
        .column("Revenue no fund pays", ColumnKind::Money)
        .column("Funds that lapse", ColumnKind::Money);
    for member in members {
        table.push_section(member.title());
        for part in &member.parts {
            let cells = figures(part);
            table.push_indented(1, [Cell::text(&part.name)].into_iter().chain(cells).collect());
        }
    }
    if !choices.is_empty() {
        table.push_section("Together, one option of each scenario");
    }
    for choice in choices {
        table.push_total(together(members, choice));
    }
    table.notes = notes(members, choices);
    table
}

fn figures(part: &Part) -> [Cell; 9] {
    let measures = &part.measures;
    let gap = part.funding.as_ref().map(|funding| (funding.gap(), funding.lapsed()));
    let of_funds = |amount: Option<Decimal>| amount.map_or(Cell::Nothing(None), Cell::Money);
    [
        Cell::Money(measures.cost.present),
        Cell::Money(measures.npsv),
        measures.bcr.map_or(Cell::Nothing(None), |ratio| Cell::Number(ratio, 2)),
        Cell::Money(measures.cost.nominal),
        Cell::Money(measures.capital),
        Cell::Money(measures.revenue),
        of_funds(gap.map(|(gap, _)| gap[0])),
        of_funds(gap.map(|(gap, _)| gap[1])),
        of_funds(gap.map(|(_, lapsed)| lapsed)),
    ]
}

/// The total of a choice. Gaps and lapses have none here: they depend on what is shared, year by year.
fn together(members: &[Member], choice: &Choice) -> Vec<Cell> {
    let sum = |of: fn(&Part) -> Decimal| Cell::Money(choice.parts(members).map(|(_, part)| of(part)).sum());
    let present = |of: fn(&Part) -> Decimal| {
        let unlike = || Cell::nothing("unlike prices, first years or discount schedules: no sum");
        choice.present(members, of).map_or_else(unlike, Cell::Money)
    };
    let mut cells = vec![
        Cell::text(format!("{} ({} of {} scenarios)", choice.name, choice.scenarios(), choice.of)),
        present(|part| part.measures.cost.present),
        present(|part| part.measures.npsv),
        Cell::Nothing(None),
        sum(|part| part.measures.cost.nominal),
        sum(|part| part.measures.capital),
        sum(|part| part.measures.revenue),
    ];
    cells.extend([const { Cell::Nothing(None) }; 3]);
    cells
}

fn notes(members: &[Member], choices: &[Choice]) -> Vec<String> {
    let mut notes = vec![
        "Central figures only: `wholelife compare` of one file has its findings, `wholelife simulate` its spread. Net \
         present social value is against each scenario's own baseline. Gaps and lapses are those of each scenario by \
         itself."
            .to_owned(),
    ];
    if choices.iter().all(|choice| choice.years.is_empty()) {
        notes.push(
            "Nothing is added up: no two scenarios have an option of the same name. `--option a,b` takes the first of \
             these that each scenario has."
                .to_owned(),
        );
    }
    for choice in choices.iter().filter(|choice| choice.scenarios() < choice.of) {
        let has = |m: usize| choice.taken.iter().any(|&(member, _)| member == m);
        let without = members.iter().enumerate().filter(|(m, _)| !has(*m));
        let without: Vec<String> = without.map(|(_, member)| member.file.clone()).collect();
        let option = &choice.name;
        notes.push(format!("Without an option {option}, and not in its total: {}.", few(without)));
    }
    let mut unlike: Vec<String> = choices.iter().flat_map(|choice| choice.unlike.clone()).collect();
    unlike.sort();
    unlike.dedup();
    if !unlike.is_empty() {
        notes.push(format!(
            "Taken for different money, though of the same name, because kind, carry-forward or a year's grant differ \
             between files: {}.",
            few(unlike)
        ));
    }
    notes
}

/// A list that stays readable.
fn few(mut names: Vec<String>) -> String {
    const SHOWN: usize = 6;
    if names.len() > SHOWN {
        let more = names.len() - SHOWN;
        names.truncate(SHOWN);
        names.push(format!("{more} more"));
    }
    words::list(&names)
}

fn by_year(members: &[Member], choices: &[Choice]) -> Table {
    let mut table = Table::new("Cash by financial year, all scenarios together")
        .note(
            "Cash in prices of each year. Paid and gap of a scenario count if it states funds. What shared funds can't \
             pay is what they lack when all draw on them; other funds do not step in.",
        )
        .column("Option and year", ColumnKind::Year)
        .column("Scenarios", ColumnKind::Count)
        .column("Capital", ColumnKind::Money)
        .column("Revenue", ColumnKind::Money)
        .column("Cash", ColumnKind::Money)
        .column("Paid, each alone", ColumnKind::Money)
        .column("Gap, each alone", ColumnKind::Money)
        .column("Shared funds can't pay", ColumnKind::Money)
        .column("Gap together", ColumnKind::Money);
    for choice in choices.iter().filter(|choice| !choice.years.is_empty()) {
        table.push_section(choice.name.clone());
        let funded = choice.has_funds(members);
        let of_funds = |amount: Decimal| if funded { Cell::Money(amount) } else { Cell::Nothing(None) };
        for year in &choice.years {
            let cells = vec![
                Cell::Year(year.year),
                Cell::Count(year.scenarios as i64),
                Cell::Money(year.cost[0]),
                Cell::Money(year.cost[1]),
                Cell::Money(year.cash()),
                of_funds(year.paid),
                of_funds(year.gap[0] + year.gap[1]),
                of_funds(year.shared_gap),
                of_funds(year.gap_together()),
            ];
            table.push_indented(1, cells);
        }
    }
    table
}

fn funds(choices: &[Choice]) -> Table {
    let mut table = Table::new("Funds that scenarios share")
        .note(
            "A fund is the same money in two files if name, kind and carry-forward are the same, and so is the grant of \
             each year that both cover. It is granted once. Needed: what the scenarios take from it, each by itself. Years with neither grant nor \
             need are left out.",
        )
        .column("Fund and year", ColumnKind::Year)
        .column("Brought forward", ColumnKind::Money)
        .column("Granted", ColumnKind::Money)
        .column("Needed", ColumnKind::Money)
        .column("Paid", ColumnKind::Money)
        .column("Gap", ColumnKind::Money)
        .column("Carried forward", ColumnKind::Money)
        .column("Lapsed", ColumnKind::Money);
    for choice in choices {
        for pot in &choice.pots {
            let (fund, kind) = (&pot.terms.name, kind_word(pot.terms.kind));
            table.push_section(format!("{}: {fund} ({kind}), {} scenarios", choice.name, pot.scenarios()));
            for year in pot.years.iter().filter(|year| !year.is_idle()) {
                let (gap, granted) = (year.gap(), year.granted);
                let amounts =
                    [year.brought_forward, granted, year.needed, year.paid, gap, year.carried, year.lapsed];
                let cells = [Cell::Year(year.year)].into_iter().chain(amounts.map(Cell::Money));
                table.push_indented(1, cells.collect());
            }
        }
    }
    table
}
