//! Services: what they take, what they cost once they live, what they replace and what they give.

use super::line::{index, shares};
use super::{Rule, Table, Takes, choice, key, table, things};
use crate::scenario::{measure, service};

fn service() -> Table {
    let keys = vec![
        key("name", Takes::Text, "Its name for people.").or("its key"),
        key("effort", Takes::Table("service.NAME.effort"), "The work of building it."),
        key(
            "run",
            Takes::Quantity(measure::RUN),
            "What it costs to run from first release: hosting, licences, support contracts.",
        )
        .or_nought(),
        index("What its run costs follow."),
        key(
            "upkeep",
            Takes::Quantity(measure::EFFORT_A_YEAR),
            "The work that keeps it healthy once it is live.",
        )
        .or_nought(),
        key("neglect", Takes::Table("service.NAME.neglect"), "What upkeep that is not done does to it."),
        key("improve", Takes::Table("service.NAME.improve"), "What further work on it gives."),
        key("life", Takes::Quantity(measure::CYCLE), "Its useful life, for amortisation.")
            .or_figure("default.useful-life"),
        key(
            "capitalise",
            Takes::Truth,
            "Whether team time on it may be capital. Say `false` for subscription software and the like.",
        )
        .or("true"),
        key("legacy", Takes::Table("service.NAME.legacy"), "What it replaces."),
        key("to", Takes::Month, "The month in which it ends.").or("the programme's last"),
        key("retire", Takes::Table("service.NAME.retire"), "Its decommissioning, in its last month."),
        key("benefit", things("benefit", "service.NAME.benefit.NAME"), "What it gives."),
        shares(),
        key("cost", things("cost", "service.NAME.cost.NAME"), "Costs of its own, dated from its go-live."),
    ];
    table(
        "service.NAME",
        "Something given to users: it is built, goes live, is kept up, is renewed, and may replace an old system.",
        keys,
        "[service.booking]\nname = \"Online booking\"\neffort = { discovery = \"2 team-months\", alpha = \"3 team-months\", beta = \"9 team-months\" }\nrun = \"£180k a year\"\nupkeep = \"3 team-months a year\"\nlife = \"5 years\"",
    )
}

fn effort() -> Table {
    let effort = || Takes::Quantity(measure::EFFORT);
    let keys = vec![
        key("discovery", effort(), "Finding out what is needed.").or_nought(),
        key("alpha", effort(), "Trying out ways to do it.").or_nought(),
        key("beta", effort(), "Building it.").or_nought(),
    ];
    table(
        "service.NAME.effort",
        "The work of building it, by phase: months of a standard team.",
        keys,
        "[service.booking.effort]\ndiscovery = \"2 team-months\"\nbeta = { low = \"7 team-months\", likely = \"9 team-months\", high = \"14 team-months\" }",
    )
}

fn life() -> Vec<Table> {
    let rate = || Takes::Quantity(measure::SURCHARGE);
    vec![
        table(
            "service.NAME.neglect",
            "What a year of upkeep that is not done does, in a straight line; a renewal makes it good.",
            vec![
                key("run_cost", rate(), "The share by which run costs rise.").or_nought(),
                key("benefits", rate(), "The share by which benefits fall, not below nothing.").or_nought(),
            ],
            "[service.booking]\nneglect = { run_cost = \"7%\", benefits = \"8%\" }",
        ),
        table(
            "service.NAME.improve",
            "What a standing team's further work on a live service gives.",
            vec![
                key("gain", rate(), "The share of full benefits that a team-month of improvement adds.")
                    .or_nought(),
                key("limit", rate(), "The most that it can add.").or_nought(),
            ],
            "[service.booking]\nimprove = { gain = \"1.5%\", limit = \"30%\" }",
        ),
        table(
            "service.NAME.legacy",
            "A system that the service replaces. It runs to the end in an option that does not deliver the service.",
            vec![
                key("run", Takes::Quantity(measure::RUN), "What it costs to run.").required(),
                key(
                    "growth",
                    Takes::Quantity(measure::GROWTH),
                    "How much more it costs each year, in real terms.",
                )
                .or_nought(),
                key("overlap", Takes::Quantity(measure::TIME), "How long it runs on after go-live.")
                    .or_nought(),
                key(
                    "exit",
                    Takes::Quantity(measure::COST),
                    "What leaving it costs, once, in its last month.",
                )
                .or_nought(),
            ],
            "[service.booking]\nlegacy = { run = \"£420k a year\", growth = \"4%\", overlap = \"3 months\", exit = \"£60k\" }",
        ),
        table(
            "service.NAME.retire",
            "Decommissioning.",
            vec![
                key("cost", Takes::Quantity(measure::COST), "What it costs, in the service's last month.")
                    .required(),
            ],
            "[service.booking]\nto = \"2034-03\"\nretire = { cost = \"£40k\" }",
        ),
    ]
}

fn benefit() -> Table {
    let mut kinds: Vec<String> = service::GAINS.iter().map(|(word, _)| (*word).to_owned()).collect();
    kinds.push(service::UNMONETISED.to_owned());
    let keys = vec![
        key(
            "kind",
            Takes::Choice(kinds),
            "Who gains. An `unmonetised` benefit has a description and no value.",
        )
        .required(),
        key(
            "value",
            Takes::Quantity(measure::GAIN),
            "Its value at full effect. Needed unless it is unmonetised.",
        ),
        key("description", Takes::Text, "What it is, in words. Needed if it is unmonetised."),
        key(
            "ramp",
            Takes::Quantity(measure::TIME),
            "The time from first effect to full effect, in a straight line.",
        )
        .or_nought(),
        key("lag", Takes::Quantity(measure::TIME), "The time from first release to first effect.")
            .or_nought(),
        key(
            "discount",
            choice(&service::DISCOUNTS),
            "The discount schedule: `health` for effects on health.",
        )
        .or("`standard`"),
        index("What its value follows."),
    ];
    let benefit = table(
        "service.NAME.benefit.NAME",
        "A benefit that the service gives as it is released: value x share released x ramp x health x (1 + improvement).",
        keys,
        "[service.booking.benefit.postage]\nvalue = \"£260k a year\"\nkind = \"cash-releasing\"\nramp = \"12 months\"\n[service.booking.benefit.dignity]\nkind = \"unmonetised\"\ndescription = \"Patients choose a time that suits them.\"",
    );
    Table { rule: Some(Rule::AnyOf(&["value", "description"])), ..benefit }
}

pub(super) fn tables() -> Vec<Table> {
    [vec![service(), effort()], life(), vec![benefit()]].into_iter().flatten().collect()
}
