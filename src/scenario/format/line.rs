//! Cost and benefit lines, funds, and what they share with other tables: `index`, `options`, `shares`.

use super::frame::prices;
use super::{Entries, EntryKey, Key, Rule, Table, Takes, choice, key, list, table, years};
use crate::scenario::measure::{self, Measure};
use crate::scenario::{fund, line, people, service, sheet};

/// The price index that something follows.
pub(super) fn index(meaning: &'static str) -> Key {
    key("index", Takes::Name("index"), meaning).or("`general`")
}

/// The options that something belongs to.
pub(super) fn options() -> Key {
    key("options", list(Takes::Name("option")), "The options that it belongs to.").or("all")
}

/// Who bears something.
pub(super) fn shares() -> Key {
    let shares = Entries {
        key: EntryKey::Name("organisation"),
        takes: Box::new(Takes::Quantity(measure::SHARE)),
        may_say_source: false,
    };
    key("shares", Takes::Entries(shares), "Who bears it: shares by organisation that sum to 100%.")
        .or("the programme's organisation")
}

/// Money by year: each year for itself, or the same for several.
fn by_year(each: Measure, span: &'static str, meaning: &'static str) -> Key {
    let years = Takes::Entries(years(Takes::Quantity(each)));
    key("by_year", Takes::Either(vec![years, Takes::Table(span)]), meaning)
}

fn from_to_amount(
    path: &'static str,
    also: &'static [&'static str],
    amount: Measure,
    example: &'static str,
) -> Table {
    let keys = vec![
        key("from", Takes::Year, "The first year.").required(),
        key("to", Takes::Year, "The last year.").required(),
        key("amount", Takes::Quantity(amount), "How much, in each of them.").required(),
    ];
    Table { also, ..table(path, "The same amount in each of several years.", keys, example) }
}

/// Where lines stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Programme,
    Option,
    Service,
}

/// What every line says beside its amount.
fn terms(place: Place) -> Vec<Key> {
    let mut keys = vec![key("name", Takes::Text, "Its name for people.").or("its key")];
    if place == Place::Programme {
        keys.push(options());
    }
    keys.extend([
        index("What it follows."),
        key(
            "prices",
            prices(),
            "The year in whose prices it is stated, or `nominal`: cash of the year in which it falls.",
        )
        .or("the programme's"),
        shares(),
    ]);
    keys
}

fn of_costs() -> Vec<Key> {
    vec![
        key("category", Takes::Category, "What it is spent on: a word of your own, for totals by category.")
            .or("`other`"),
        key("treatment", choice(&line::TREATMENTS), "Whether it is capital or revenue.").or("`revenue`"),
        key("vat", choice(&people::VATS), "What happens to VAT on it; amounts are without.").or("`none`"),
        key("life", Takes::Quantity(measure::CYCLE), "The useful life of what capital buys.")
            .or_figure("default.useful-life"),
        key(
            "refund_of",
            Takes::Name("capital line or service"),
            "What capital comes back from: the asset of this line or service is worth so much less.",
        )
        .or("nothing"),
    ]
}

fn of_benefits() -> Vec<Key> {
    vec![
        key("kind", choice(&service::GAINS), "Who gains. Needed, unless a table says it for each row."),
        key(
            "discount",
            choice(&service::DISCOUNTS),
            "The discount schedule: `health` for effects on health.",
        )
        .or("`standard`"),
    ]
}

/// How much and when, in the programme's own months.
fn amounts() -> Vec<Key> {
    vec![
        key(
            "amount",
            Takes::Quantity(measure::AMOUNT),
            "How much: once, or for each year or month from `from` to `to`.",
        ),
        by_year(
            measure::SUM,
            "cost.NAME.by_year",
            "How much in each financial year, evenly over its months.",
        ),
        key(
            "table",
            Takes::Text,
            "A CSV file beside the scenario: a row for each line (`name`, `kind`, `category`, `treatment`), a column for each financial year. A row is changed under its name: `cost.TABLE.ROW`.",
        ),
        key("unit", choice(&sheet::UNITS), "What a plain number in the table is worth. Only beside `table`.")
            .or("`£`"),
        key("from", Takes::Month, "The month in which it falls or begins. What goes on or recurs may have begun before the programme: it counts from its start.").or("the programme's first"),
        key("to", Takes::Month, "The last month in which it may fall.").or("the programme's last"),
        key("every", Takes::Quantity(measure::CYCLE), "The time after which an amount falls again.")
            .or("it falls once"),
        key("written_off", Takes::Month, "The month at whose start what capital bought is written off.")
            .or("never"),
    ]
}

/// How much and when, in months after a service's go-live.
fn shifted() -> Vec<Key> {
    vec![
        key(
            "amount",
            Takes::Quantity(measure::AMOUNT),
            "How much: once, or for each year or month from `from` to `to`.",
        )
        .required(),
        key(
            "from",
            Takes::Quantity(measure::SHIFT),
            "When it falls or begins, after go-live; before it if negative.",
        )
        .or_nought(),
        key("to", Takes::Quantity(measure::SHIFT), "The last month in which it may fall, after go-live.")
            .or("the service's last"),
        key("every", Takes::Quantity(measure::CYCLE), "The time after which an amount falls again.")
            .or("it falls once"),
        key("table", Takes::Refused, "A service's line has an amount, not a table."),
        key("unit", Takes::Refused, "It belongs to a table."),
        key("written_off", Takes::Refused, "A service's line has no dates of its own."),
    ]
}

/// What a line needs: one way to say how much.
const HOW_MUCH: Rule = Rule::OneOf(&["amount", "by_year", "table"]);

fn line(path: &'static str, meaning: &'static str, parts: [Vec<Key>; 3], example: &'static str) -> Table {
    table(path, meaning, parts.into_iter().flatten().collect(), example)
}

/// A line outside a service: it may be a table, whose rows are changed under their names.
fn free_line(
    path: &'static str,
    meaning: &'static str,
    parts: [Vec<Key>; 3],
    example: &'static str,
) -> Table {
    let row = Takes::Entries(years(Takes::Quantity(measure::SUM)));
    let rows =
        Entries { key: EntryKey::Name("row of the table"), takes: Box::new(row), may_say_source: true };
    Table { others: Some(rows), rule: Some(HOW_MUCH), ..line(path, meaning, parts, example) }
}

fn lines() -> Vec<Table> {
    vec![
        free_line(
            "cost.NAME",
            "A cost that every option bears, the baseline too, unless `options` says which.",
            [terms(Place::Programme), of_costs(), amounts()],
            "[cost.integration-engine]\namount = \"£240k\"\ntreatment = \"capital\"\ncategory = \"software\"\nfrom = \"2027-04\"\nevery = \"5 years\"\noptions = [\"team\"]\n[cost.support]\nby_year = { \"2026-27\" = \"£40k\", \"2027-28\" = \"£42k\" }\nvat = \"recoverable\"",
        ),
        free_line(
            "option.NAME.cost.NAME",
            "A cost of one option.",
            [terms(Place::Option), of_costs(), amounts()],
            "[option.team.cost.training]\namount = \"£30k a year\"\ncategory = \"training\"\nto = \"2028-03\"",
        ),
        line(
            "service.NAME.cost.NAME",
            "A cost of a service, where it is delivered.",
            [terms(Place::Service), of_costs(), shifted()],
            "[service.booking.cost.launch]\namount = \"£25k\"\nfrom = \"-2 months\"",
        ),
        free_line(
            "benefit.NAME",
            "A benefit that no service gives, in every option unless `options` says which.",
            [terms(Place::Programme), of_benefits(), amounts()],
            "[benefit.estate]\namount = \"£50k a year\"\nkind = \"cash-releasing\"\nfrom = \"2029-04\"\noptions = [\"team\"]",
        ),
        free_line(
            "option.NAME.benefit.NAME",
            "A benefit of one option.",
            [terms(Place::Option), of_benefits(), amounts()],
            "[option.team.benefit.retention]\namount = \"£15k a year\"\nkind = \"non-cash-releasing\"",
        ),
    ]
}

fn fund() -> Table {
    let targets = list(Takes::Name("service, `OPTION.STREAM` or cost line"));
    let keys = vec![
        key("name", Takes::Text, "Its name for people.").or("its key"),
        key("kind", choice(&fund::KINDS), "What it may pay for.").required(),
        by_year(measure::COST, "fund.NAME.by_year", "How much it has in each financial year.").required(),
        key("for", targets, "What it is restricted to.").or("nothing"),
        options(),
        key(
            "carry_forward",
            Takes::Truth,
            "Whether what is not spent stays for the next year; else it lapses.",
        )
        .or("false"),
        key("organisation", Takes::Name("organisation"), "The organisation whose costs it pays.").or("any"),
    ];
    table(
        "fund.NAME",
        "Money that may be spent. In each year, in the order of the file, each fund pays what it may of the costs not yet paid.",
        keys,
        "[fund.capital]\nname = \"Digital capital\"\nkind = \"capital\"\nby_year = { \"2026-27\" = \"£1m\", \"2027-28\" = \"£800k\" }\nfor = [\"booking\", \"team.first\"]",
    )
}

pub(super) fn tables() -> Vec<Table> {
    let costs: &[&str] =
        &["option.NAME.cost.NAME.by_year", "benefit.NAME.by_year", "option.NAME.benefit.NAME.by_year"];
    let of_line =
        "[cost.support]\nby_year = { from = \"2026-27\", to = \"2030-31\", amount = \"£40k a year\" }";
    let of_fund = "[fund.revenue]\nkind = \"revenue\"\nby_year = { from = \"2026-27\", to = \"2030-31\", amount = \"£1m a year\" }";
    let mut tables = lines();
    tables.extend([
        from_to_amount("cost.NAME.by_year", costs, measure::YEARLY_SUM, of_line),
        fund(),
        from_to_amount("fund.NAME.by_year", &[], measure::YEARLY, of_fund),
    ]);
    tables
}
