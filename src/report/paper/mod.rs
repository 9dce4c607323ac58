//! The board paper: the finding, what it rests on, and how to make it again, composed once for every form it is
//! written in.
//!
//! It says only what the run and the runs behind the pack say. What can't be told of a scenario (no funds, nothing
//! uncertain, a chart that would be empty) is said in its place.

mod assumptions;
mod checks;
mod drivers;
mod funding;

use rust_decimal::Decimal;

use super::comparison::measures;
use super::{Case, Item, Pack, mechanism, words};
use crate::id::OptionId;
use crate::paper::{Paper, Section};
use crate::parameters::Edition;
use crate::scenario::{DiscountBand, Residual};
use crate::table::{Cell, ColumnKind, Table};
use crate::uncertainty::Mechanism;

type Pair = (OptionId, OptionId);

/// What a paper was made from, as far as only the caller knows it.
#[derive(Clone, Debug, Default)]
pub struct MadeFrom {
    /// The scenario, then its tables: file name, and SHA-256 in hexadecimal.
    pub texts: Vec<(String, String)>,
    /// Inputs changed for this run: key and value.
    pub set: Vec<(String, String)>,
    /// What is to be said of the files themselves, such as letters that pictures lack.
    pub remarks: Vec<String>,
}

/// The paper of a case.
pub fn paper(case: &Case, pair: Option<Pair>, pack: &Pack, made_from: &MadeFrom) -> Paper {
    let programme = &case.scenario.programme;
    let findings = &pack.evidence.findings;
    let headline = pair.and(findings.first()).cloned().unwrap_or_else(|| alone(case));
    let rest = findings.iter().filter(|finding| **finding != headline).cloned().collect();
    let mut finding = Section::new("Finding");
    finding.text(headline.clone());
    finding.list(rest);
    let whose = if programme.organisation.is_empty() {
        String::new()
    } else {
        format!("{}. ", programme.organisation)
    };
    Paper {
        title: programme.name.clone(),
        subtitle: format!("{whose}Whole-life cost and benefit over {}", case.span()),
        headline,
        sections: vec![
            finding,
            basis(case),
            comparison(case, pair),
            over_time(case, pack),
            funding::section(case, pack),
            drivers::section(case, pair, pack),
            assumptions::section(case, made_from),
            checks::section(case),
            again(case, made_from),
        ],
        foot: case.source(),
    }
}

/// The headline where there are no two options to compare.
fn alone(case: &Case) -> String {
    let told = case.run.appraisal.options.iter().map(|option| {
        format!(
            "{} costs {} and gives {} in benefits",
            case.name(option.id),
            words::pounds(option.cost.present),
            words::pounds(option.benefits.total().present)
        )
    });
    format!("{} over {} (present value).", words::list(&told.collect::<Vec<_>>()), case.span())
}

/// Adds a chart of the pack, or says that it was left out.
fn figure(section: &mut Section, pack: &Pack, name: &'static str) {
    if let Some((_, Item::Chart(chart))) = pack.items.iter().find(|(known, _)| known == name) {
        section.blocks.push(crate::paper::Block::Figure { name, chart: chart.clone() });
    } else if let Some((_, why)) = pack.left_out.iter().find(|(known, _)| known == name) {
        section.text(format!("The chart `{name}` is left out: {why}."));
    }
}

fn all(case: &Case) -> impl Iterator<Item = OptionId> {
    (0..case.scenario.options.len()).map(OptionId::new)
}

/// A table with a column of figures for each option.
fn by_option(case: &Case, title: &str, first: &str, kind: ColumnKind) -> Table {
    let table = Table::new(title).column(first, ColumnKind::Text);
    all(case).fold(table, |table, id| table.column(case.name(id), kind))
}

fn row<T>(name: impl Into<String>, cells: impl Iterator<Item = T>, cell: impl FnMut(T) -> Cell) -> Vec<Cell> {
    std::iter::once(Cell::text(name)).chain(cells.map(cell)).collect()
}

fn basis(case: &Case) -> Section {
    let mut section = Section::new("What is compared, and on what basis");
    let mut options =
        Table::new("The options").column("Option", ColumnKind::Text).column("Work", ColumnKind::Text);
    for id in all(case) {
        let work = match case.scenario.options[id.place()].streams.len() {
            0 => "No team or project builds anything".to_owned(),
            _ => mechanism::mechanism(case, id, Mechanism::Structure),
        };
        let baseline =
            if Some(id) == case.plan.baseline { "; the others are measured against it" } else { "" };
        options.push(vec![Cell::text(case.name(id)), Cell::text(format!("{work}{baseline}"))]);
    }
    section.table(
        options.note("Each stream of work with the services it builds, in their order, and when it starts."),
    );
    let mut table =
        Table::new("The basis").column("Item", ColumnKind::Text).column("Basis", ColumnKind::Text);
    for (item, told) in terms(case) {
        table.push(vec![Cell::text(item), Cell::text(told)]);
    }
    section.table(table);
    section
}

fn terms(case: &Case) -> Vec<(&'static str, String)> {
    let (programme, horizon) = (&case.scenario.programme, case.plan.horizon);
    let timing = if programme.mid_year { "at the middle of each year" } else { "with year 0 undiscounted" };
    let organisations: Vec<String> = case.scenario.organisations.iter().map(|o| o.name.clone()).collect();
    let edition = Edition::named(&programme.edition);
    let edition =
        edition.map_or_else(String::new, |e| format!("{}, put together {}; ", e.title(), e.dated()));
    let mut terms = vec![
        ("Period", format!("{} to {}", case.span(), horizon.last().in_words())),
        ("Prices", format!(
            "Real and present values in {}; cash and accounts in prices of each year",
            case.real_prices()
        )),
        ("Discounting", format!(
            "`{}`: {}, {timing}",
            programme.discount,
            rates(case, &case.scenario.policy.discount)
        )),
        ("Measured against", case.plan.baseline.map_or_else(
            || "Nothing: the scenario has no baseline, so values are gross".to_owned(),
            |id| case.name(id).to_owned(),
        )),
        ("What the two cases count", "Cash includes VAT that can't be recovered and contingency. Real and present \
                                      values leave them out, and count the full cost of labour and optimism bias"
            .to_owned()),
        ("Worth at the end", match programme.residual {
            Residual::None => "None is counted".to_owned(),
            Residual::StraightLine => "The unexpired share of the real cost of assets in use".to_owned(),
        }),
        ("Parameters", format!("{edition}edition `{}`", programme.edition)),
    ];
    if organisations.len() > 1 {
        terms.push(("Organisations", words::list(&organisations)));
    }
    terms
}

/// A discount schedule in words: `3.5%, 3% from year 31`.
fn rates(case: &Case, bands: &[DiscountBand]) -> String {
    let told = bands.iter().enumerate().map(|(place, band)| {
        let input = &case.scenario.inputs[band.rate.place()];
        let rate = super::quantity(input.estimate.central(), input.unit);
        if place == 0 { format!("{rate} a year") } else { format!("{rate} from year {}", band.from_year) }
    });
    told.collect::<Vec<_>>().join(", ")
}

fn comparison(case: &Case, pair: Option<Pair>) -> Section {
    let mut section = Section::new("Comparison");
    let mut table = measures(case, pair);
    "Cost, benefit, money and dates of the options".clone_into(&mut table.title);
    section.table(table.note(
        "Net present social value is benefits less costs beyond those of the baseline. A ratio favours small \
         options: look at the value too. Figures are rounded one by one.",
    ));
    section
}

/// Cash by year as figures, then the charts that run over time.
fn over_time(case: &Case, pack: &Pack) -> Section {
    let mut section = Section::new("Cost and benefit over time");
    let options = &case.run.appraisal.options;
    let mut table = by_option(case, "Cash by financial year, prices of each year", "Year", ColumnKind::Money);
    let mut part = |name: &str, of: &dyn Fn(usize, usize) -> Decimal| {
        table.push_section(name);
        let years = 0..case.plan.horizon.years();
        for t in years.clone() {
            let year = case.plan.horizon.year(t).to_string();
            table.push_indented(1, row(year, 0..options.len(), |o| Cell::Money(of(o, t))));
        }
        let sum = |o| Cell::Money(years.clone().map(|t| of(o, t)).sum());
        table.push_total(row(format!("{name}, all years"), 0..options.len(), sum));
    };
    part("Capital", &|o, t| options[o].by_year[t].capital);
    part("Revenue", &|o, t| options[o].by_year[t].revenue);
    part("Cash", &|o, t| options[o].by_year[t].cash());
    section.table(table);
    for name in ["cost-by-year", "cumulative", "horizon", "timeline"] {
        figure(&mut section, pack, name);
    }
    section
}

fn again(case: &Case, made_from: &MadeFrom) -> Section {
    let programme = &case.scenario.programme;
    let mut section = Section::new("How to reproduce this paper");
    section.text(
        "The same files, the same version and the same changes give this paper again, to the byte. Run \
         `wholelife report FILE -o FOLDER`.",
    );
    let mut table = Table::new("What it was made from")
        .column("Item", ColumnKind::Text)
        .column("Which", ColumnKind::Text);
    let mut item = |name: &str, which: String| table.push(vec![Cell::text(name), Cell::Text(which)]);
    item("Tool", format!("wholelife {}", env!("CARGO_PKG_VERSION")));
    item("Parameters", format!("edition `{}`", programme.edition));
    for (name, hash) in &made_from.texts {
        item("File", format!("{name}, SHA-256 `{hash}`"));
    }
    for (key, value) in &made_from.set {
        item("Changed for this run", format!("`--set {key}={value}`"));
    }
    if made_from.set.is_empty() {
        item("Changed for this run", "nothing".to_owned());
    }
    section.table(table);
    for remark in &made_from.remarks {
        section.text(remark.clone());
    }
    section
}
