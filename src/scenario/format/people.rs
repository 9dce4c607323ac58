//! Roles, team kinds and posts.

use super::line::{options, shares};
use super::{Entries, EntryKey, Rule, Table, Takes, choice, key, table};
use crate::scenario::{measure, people};

fn role() -> Table {
    let pay = Takes::Quantity(measure::PAY);
    let keys = vec![
        key(
            "band",
            Takes::Name("pay band of the edition, or of `[parameter.agenda-for-change]`"),
            "An Agenda for Change band; on-costs are added.",
        ),
        key("point", choice(&people::POINTS), "The point of the band.").or("`top`"),
        key("salary", pay.clone(), "A salary a year; on-costs are added."),
        key("day_rate", Takes::Quantity(measure::DAY_RATE), "A contractor's price for a day, without VAT."),
        key(
            "days",
            Takes::Quantity(measure::DAYS),
            "Days in a contractor's full-time year. Only beside `day_rate`.",
        )
        .or_figure("default.contract-days"),
        key("vat", choice(&people::VATS), "What happens to VAT on a contractor. Only beside `day_rate`.")
            .or("`irrecoverable`"),
        key("cost", pay, "What a full-time year costs in all, as it stands: nothing is added."),
        key("index", Takes::Name("index"), "The price index that it follows.").or("`pay`"),
    ];
    let role = table(
        "role.NAME",
        "What a person in a team costs, by a full-time year: exactly one of a band, a salary, a day rate or a whole cost.",
        keys,
        "[role]\nanalyst = { band = \"6\", point = \"entry\" }\nclinician = { salary = \"£131,964\" }\ncontractor = { day_rate = \"£500\", days = 220 }\nseconded = { cost = \"£92k a year\" }",
    );
    Table { also: &["post.NAME.role"], rule: Some(Rule::OneOf(&people::COSTS)), ..role }
}

fn team() -> Table {
    let members = Entries {
        key: EntryKey::Name("role"),
        takes: Box::new(Takes::Quantity(measure::HEADS)),
        may_say_source: false,
    };
    let keys = vec![
        key("members", Takes::Entries(members), "Full-time equivalents of each role; their sum is the team's heads. More than nine is a warning: scale by adding a stream.")
            .required(),
        key("non_pay", Takes::Quantity(measure::A_HEAD), "Money for each head: tools, equipment, travel.").or_nought(),
        key("pace", Takes::Quantity(measure::PACE), "Standard team-months of work that it does in a month at full strength.").or_one(),
        key("attributable", Takes::Quantity(measure::SHARE), "The share of its time that is directly attributable to building an asset.").or_one(),
    ];
    table(
        "team.NAME",
        "A kind of team: who is in it, and what it gets done.",
        keys,
        "[team.support]\nmembers = { developer = 1.5 }\npace = \"35%\"\nnon_pay = \"£3k a year\"",
    )
}

fn post() -> Table {
    let role = Takes::Either(vec![Takes::Name("role"), Takes::Table("role.NAME")]);
    let keys = vec![
        key("role", role, "What they cost: a role, or the keys of one.").required(),
        key("fte", Takes::Quantity(measure::HEADS), "Full-time equivalents of each.").or_one(),
        key("count", Takes::Quantity(measure::COUNT), "How many there are.").or_one(),
        key("from", Takes::Month, "The first month; one before the programme counts from its start.").or("the programme's first"),
        key("to", Takes::Month, "The last month.").or("the programme's last"),
        key("backfill", Takes::Quantity(measure::SHARE), "A clinician released: the share of pay that replacing them costs. The financial case bears it; the economic case the whole value of the time.")
            .or("no release: both cases bear the pay"),
        options(),
        shares(),
    ];
    table(
        "post.NAME",
        "People outside the teams: a chief information officer, clinical leads, champions.",
        keys,
        "[post.ccio]\nrole = { salary = \"£131,964\" }\nfte = 0.4\nbackfill = \"80%\"\nshares = { acute = \"60%\", community = \"40%\" }",
    )
}

pub(super) fn tables() -> Vec<Table> {
    vec![role(), team(), post()]
}
