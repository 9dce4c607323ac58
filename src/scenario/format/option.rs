//! Options, their streams, and when a stream starts.

use super::approach::mechanisms;
use super::line::shares;
use super::{Table, Takes, choice, key, table, things};
use crate::scenario::{measure, trigger};

fn option() -> Table {
    let keys = vec![
        key("name", Takes::Text, "Its name for people.").or("its key"),
        key("cost", things("cost", "option.NAME.cost.NAME"), "Costs of this option alone."),
        key("benefit", things("benefit", "option.NAME.benefit.NAME"), "Benefits of this option alone."),
        key("stream", things("stream", "option.NAME.stream.NAME"), "Who works on what, and when.")
            .or("nothing is delivered: legacy systems run on"),
    ];
    table(
        "option.NAME",
        "One way to deliver and fund the programme. The one called `baseline` is business as usual.",
        keys,
        "[option.baseline]\nname = \"Business as usual\"",
    )
}

fn stream() -> Table {
    let services = Takes::List { of: Box::new(Takes::Name("service")), least: 1, most: None };
    let start = Takes::Either(vec![Takes::Month, Takes::Table("option.NAME.stream.NAME.start")]);
    let mut keys = vec![
        key("approach", Takes::Name("approach"), "How its work is funded.").required(),
        key("services", services, "What it builds, in this order. One option delivers a service once.")
            .required(),
        key("start", start, "When it starts, with approval: a month, or after something else.").required(),
        key("teams", Takes::Quantity(measure::TEAMS), "How many teams.").or_one(),
        key("team", Takes::Name("team kind"), "The kind of team that does the work.").or("the approach's"),
    ];
    keys.extend(mechanisms(Takes::PartOf).into_iter().map(|key| key.or("the approach's")));
    keys.push(shares());
    table(
        "option.NAME.stream.NAME",
        "One standing team or one project that works through a list of services. Keys of its approach may be written here too: they lie over those of the approach, key by key.",
        keys,
        "[option.team.stream.first]\napproach = \"team\"\nservices = [\"booking\"]\nstart = \"2026-04\"\noverrun = \"10%\"\napproval = { lead = \"1 month\" }",
    )
}

fn start() -> Table {
    let keys = vec![
        key("after", Takes::Name("service that the option delivers, or stream of it"), "What is waited for.")
            .required(),
        key(
            "event",
            choice(&trigger::EVENTS),
            "Which of its events: its first release, its go-live, or a stream's end.",
        )
        .required(),
        key("plus", Takes::Quantity(measure::TIME), "How long after that.").or_nought(),
    ];
    table(
        "option.NAME.stream.NAME.start",
        "A start that waits for something else of the same option: a second team that starts after the first one's first release.",
        keys,
        "[option.team.stream.second]\napproach = \"team\"\nservices = [\"messages\"]\nstart = { after = \"booking\", event = \"first release\", plus = \"2 months\" }",
    )
}

pub(super) fn tables() -> Vec<Table> {
    vec![option(), stream(), start()]
}
