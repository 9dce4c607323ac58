//! The whole file, what frames the programme, and the logs that a scenario keeps of itself.

use super::{Entries, EntryKey, Key, Rule, Table, Takes, choice, key, list, table, things, word, years};
use crate::diagnostic::Code;
use crate::scenario::{measure, programme};

/// The rules that a scenario may allow itself to break.
fn rules() -> Takes {
    Takes::Choice(Code::ALL.iter().filter(|code| code.is_rule()).map(|code| code.name()).collect())
}

/// A rate for each activity or category of costs.
fn uplifts(takes: Takes) -> Takes {
    let key = EntryKey::Name("activity or category of costs");
    Takes::Entries(Entries { key, takes: Box::new(takes), may_say_source: true })
}

fn root() -> Table {
    let surcharge = Takes::Quantity(measure::SURCHARGE);
    let bias = Takes::Either(vec![surcharge.clone(), Takes::Table("optimism_bias.NAME")]);
    let keys = vec![
        key("programme", Takes::Table("programme"), "What the scenario says about itself.").required(),
        key(
            "organisation",
            things("organisation", "organisation.NAME"),
            "Organisations that bear costs and have funds.",
        )
        .or("one: `programme.organisation`"),
        key("role", things("role", "role.NAME"), "What a person in a team costs."),
        key("team", things("team kind", "team.NAME"), "Kinds of team: who is in them."),
        key("post", things("post", "post.NAME"), "People outside the teams."),
        key(
            "approach",
            things("approach", "approach.NAME"),
            "Ways of funding work, and how it then behaves.",
        ),
        key("service", things("service", "service.NAME"), "What is built, and its life."),
        key(
            "cost",
            things("cost", "cost.NAME"),
            "Costs that are stated, not derived from teams and services.",
        ),
        key("benefit", things("benefit", "benefit.NAME"), "Benefits that no service gives."),
        key(
            "option",
            things("option", "option.NAME"),
            "The ways to deliver and fund the programme that are compared.",
        )
        .required(),
        key("fund", things("fund", "fund.NAME"), "Money that may be spent."),
        key(
            "optimism_bias",
            uplifts(bias),
            "Uplifts for optimism by activity or category; in the economic case only.",
        ),
        key(
            "contingency",
            uplifts(surcharge),
            "Contingency by activity or category; in the financial case only.",
        ),
        key(
            "capitalisation",
            Takes::Table("capitalisation"),
            "Shares of team time that are capital, by activity.",
        )
        .or("the edition's shares"),
        key(
            "index",
            things("index", "index.NAME"),
            "Price indices of the scenario's own, or instead of the edition's.",
        ),
        key("parameter", Takes::Table("parameter"), "Figures instead of the edition's, by their keys."),
        key("correlation", things("group", "correlation.NAME"), "Uncertain inputs that move together."),
        key("allow", list(Takes::Table("allow")), "Rules of `check` that the scenario breaks knowingly."),
        key("decision", list(Takes::Table("decision")), "What was decided, in order. It changes no figure."),
        key(
            "change",
            list(Takes::Table("change")),
            "What was changed in the file, in order. It changes no figure.",
        ),
    ];
    table("", "A scenario file: one programme, and the options to deliver and fund it.", keys, "")
}

fn programme() -> Table {
    let starts = Takes::Either(vec![choice(&programme::MONTHS), Takes::Whole { low: 1, high: 12 }]);
    let keys = vec![
        key("name", Takes::Text, "Its name, as outputs show it.").required(),
        key(
            "organisation",
            Takes::Text,
            "Whose cash the financial case is about: a name for people, or the key of an `[organisation]`.",
        ),
        key("start", Takes::Month, "The first month.").required(),
        key(
            "years",
            Takes::Whole { low: 1, high: programme::MOST_YEARS },
            "How many whole years from the start: year 0 and those after it.",
        )
        .or("11"),
        key("year_starts", starts, "The month in which a financial year starts.").or("`April`"),
        key(
            "prices",
            Takes::Year,
            "The price base year: amounts are in its prices unless they say otherwise.",
        )
        .or("the year of `start`"),
        key(
            "parameters",
            Takes::Name("edition of the built-in parameters"),
            "The edition of policy figures: pay scales, discount rates, tax, inflation.",
        )
        .or("the newest edition"),
        key(
            "discount",
            Takes::Name("discount schedule of the edition"),
            "The schedule by which economic amounts are discounted.",
        )
        .or("the edition's own"),
        key("baseline", Takes::Name("option"), "The option that the others are measured against.")
            .or("the one called `baseline`; with none, measures are gross"),
        key(
            "timing",
            choice(&programme::TIMINGS),
            "Discounts amounts from the middle of each year; every output then says so.",
        )
        .or("no factor within a year"),
        key(
            "residual",
            choice(&programme::RESIDUALS),
            "Whether the unexpired share of assets at the end counts, as an economic credit.",
        )
        .or("`none`"),
        key(
            "annuity",
            choice(&programme::ANNUITIES),
            "The years in which the equivalent annual cost is paid: the programme's own (0 to n - 1), or each a year later (1 to n), as textbooks have it.",
        )
        .or("`from year 0`"),
    ];
    table(
        "programme",
        "What the scenario says about itself, and the months that it covers.",
        keys,
        "[programme]\nname = \"Patient access\"\norganisation = \"Example NHS Foundation Trust\"\nstart = \"2026-04\"\nyears = 11\nparameters = \"nhs-england-2026-27\"",
    )
}

fn organisation() -> Table {
    let keys = vec![
        key("name", Takes::Text, "Its name for people.").or("its key"),
        key(
            "public",
            Takes::Truth,
            "Whether it is a public body: others are left out of the return on public sector cost.",
        )
        .or("true"),
    ];
    table(
        "organisation.NAME",
        "An organisation that bears costs and has funds. The one that `programme.organisation` names, else the first, bears what no `shares` say otherwise of.",
        keys,
        "[organisation.acute]\nname = \"Example NHS Foundation Trust\"\n[organisation.community]\nname = \"Example Community Trust\"",
    )
}

fn index() -> Table {
    let by_year = Takes::Table("index.NAME.growth");
    let growth = Takes::Either(vec![Takes::Quantity(measure::GROWTH), by_year]);
    let keys =
        vec![key("growth", growth, "Growth a year: one rate for every year, or a rate for each.").required()];
    table(
        "index.NAME",
        "A price index. Names of the edition's indices (`general`, the deflator; `pay`; ...) replace its growth; `none`, which is flat in cash, can't be replaced.",
        keys,
        "[index.licences]\ngrowth = \"5%\"",
    )
}

fn growth() -> Table {
    let rate = Takes::Quantity(measure::GROWTH);
    let keys = vec![key("after", rate.clone(), "Growth in every year after the last one stated.")];
    let by_year = table(
        "index.NAME.growth",
        "Growth from the year before into each year.",
        keys,
        "[index.licences]\ngrowth = { \"2027-28\" = \"6%\", \"2028-29\" = \"4%\", after = \"2%\" }",
    );
    Table { others: Some(years(rate)), ..by_year }
}

fn correlation() -> Table {
    let rho = Takes::Figure(measure::CORRELATION);
    let inputs = Takes::List {
        of: Box::new(Takes::Name("input, by its key path")),
        least: 2,
        most: Some(crate::scenario::correlation::MOST_INPUTS),
    };
    let keys = vec![
        key("inputs", inputs, "The inputs; each is in one group only.").required(),
        key("rho", rho.clone(), "One correlation for all pairs."),
        key(
            "matrix",
            list(list(rho)),
            "The correlation of each with each: a row for each input, 100% from corner to corner.",
        ),
    ];
    let group = table(
        "correlation.NAME",
        "Uncertain inputs that move together in a simulation (a Gaussian copula).",
        keys,
        "[approach.team]\noverrun = { low = \"0%\", likely = \"15%\", high = \"60%\" }\nutilisation = { low = \"70%\", likely = \"80%\", high = \"90%\" }\n[correlation.hard-going]\ninputs = [\"approach.team.overrun\", \"approach.team.utilisation\"]\nrho = \"-40%\"",
    );
    Table { rule: Some(Rule::OneOf(&["rho", "matrix"])), ..group }
}

fn log(path: &'static str, meaning: &'static str, example: &'static str) -> Table {
    let keys: Vec<Key> = vec![
        key("date", Takes::Date, "When.").required(),
        key("what", Takes::Text, "What was decided or changed.").required(),
        key("why", Takes::Text, "Why."),
        key("by", Takes::Text, "By whom."),
    ];
    table(path, meaning, keys, example)
}

fn allow() -> Table {
    let keys = vec![
        key("rule", rules(), "The rule, by its name; `wholelife rules` lists them.").required(),
        key("reason", Takes::Reason, "Why it may be broken here.").required(),
        key("key", Takes::Text, "The key path at and below which it may be broken.").or("everywhere"),
    ];
    table(
        "allow",
        "A rule of `wholelife check` that the scenario breaks knowingly.",
        keys,
        "allow = [{ rule = \"large-team\", key = \"team.product\", reason = \"Ten until March, then two leave.\" }]",
    )
}

pub(super) fn tables() -> Vec<Table> {
    let decision = "[[decision]]\ndate = \"2026-11-23\"\nwhat = \"Keep the messaging service out of scope\"\nwhy = \"Its contract runs to 2029\"\nby = \"Digital board\"";
    let change = "[[change]]\ndate = \"2026-12\"\nwhat = \"Hosting raised to the quote received\"\nby = \"A. Analyst\"";
    vec![
        root(),
        programme(),
        organisation(),
        index(),
        growth(),
        correlation(),
        allow(),
        log("decision", "An entry of the decision log.", decision),
        log("change", "An entry of the change log.", change),
    ]
}

/// The choice between the base year's prices, another year's, and cash.
pub(super) fn prices() -> Takes {
    Takes::Either(vec![word(crate::scenario::line::NOMINAL), Takes::Year])
}
