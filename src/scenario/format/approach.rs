//! Approaches and their mechanisms. A stream has the same keys, laid over those of its approach.

use super::{Key, Table, Takes, choice, key, table, word};
use crate::scenario::{approach, measure};

fn share() -> Takes {
    Takes::Quantity(measure::SHARE)
}

fn time() -> Takes {
    Takes::Quantity(measure::TIME)
}

fn cost() -> Takes {
    Takes::Quantity(measure::COST)
}

/// The keys of the mechanisms. `inner` makes of the path of a mechanism's table what a key takes.
pub(super) fn mechanisms(inner: fn(&'static str) -> Takes) -> Vec<Key> {
    vec![
        key("approval", inner("approach.NAME.approval"), "What comes before work starts."),
        key("review", inner("approach.NAME.review"), "Funding reviews; persistent only."),
        key("forming", inner("approach.NAME.forming"), "How a new team comes to full strength."),
        key("settled", inner("approach.NAME.settled"), "What a team gains by staying together."),
        key(
            "coordination",
            share(),
            "Output lost for each further team at work in the option: x max(0, 1 - coordination x (N - 1)).",
        )
        .or_nought(),
        key(
            "utilisation",
            Takes::Quantity(measure::SOME_SHARE),
            "The share of working capacity that goes to planned work.",
        )
        .or_one(),
        key(
            "vacancies",
            inner("approach.NAME.vacancies"),
            "Posts that are vacant, and how they are covered.",
        ),
        key(
            "overrun",
            Takes::Quantity(measure::CHANGE),
            "Effort beyond the estimate: effort x (1 + overrun).",
        )
        .or_nought(),
        key("release", inner("approach.NAME.release"), "When users get anything."),
        key("handover", inner("approach.NAME.handover"), "How a team hands over and leaves; temporary only."),
        key(
            "upkeep",
            inner("approach.NAME.upkeep"),
            "What upkeep is paid for once the team has gone; temporary only. A persistent team does it itself.",
        ),
        key("renewal", inner("approach.NAME.renewal"), "Projects that renew what was left; temporary only."),
        key("stall", inner("approach.NAME.stall"), "Work that stops once, and what is lost by it."),
        key("stand_down", inner("approach.NAME.stand_down"), "When a standing team ends; persistent only.")
            .or("it stays to the end"),
    ]
}

fn approach() -> Table {
    let mut keys = vec![
        key("kind", choice(&approach::KINDS), "`persistent`: a standing team that stays with its services. `temporary`: a project that builds, hands over and leaves.")
            .required(),
        key("team", Takes::Name("team kind"), "The kind of team that does the work.").or("each stream says"),
    ];
    keys.extend(mechanisms(Takes::Table));
    table(
        "approach.NAME",
        "How work that is funded in this way behaves. A mechanism that is left out is switched off.",
        keys,
        "[approach.lean]\nkind = \"persistent\"\nteam = \"product\"\nutilisation = \"80%\"\noverrun = { low = \"0%\", likely = \"15%\", high = \"60%\" }",
    )
}

/// A mechanism's table: of an approach, and of a stream.
fn mechanism(
    path: &'static str,
    also: &'static [&'static str],
    meaning: &'static str,
    keys: Vec<Key>,
    example: &'static str,
) -> Table {
    Table { also, ..table(path, meaning, keys, example) }
}

fn at_work() -> Vec<Table> {
    vec![
        mechanism(
            "approach.NAME.approval",
            &["option.NAME.stream.NAME.approval"],
            "What comes before a stream starts work. Revenue.",
            vec![
                key("lead", time(), "How long approval takes.").or_nought(),
                key("cost", cost(), "What it costs, evenly over the lead; in the first month if there is none.").or_nought(),
            ],
            "[approach.project]\napproval = { lead = \"15 months\", cost = \"£350k\" }",
        ),
        mechanism(
            "approach.NAME.review",
            &["option.NAME.stream.NAME.review"],
            "Funding reviews of a persistent team, from the start of its work. Revenue.",
            vec![
                key("every", Takes::Quantity(measure::CYCLE), "The time from one to the next.").required(),
                key("cost", cost(), "What each costs.").required(),
            ],
            "[approach.team]\nreview = { every = \"12 months\", cost = \"£25k\" }",
        ),
        mechanism(
            "approach.NAME.forming",
            &["option.NAME.stream.NAME.forming"],
            "A new team's capacity rises in a straight line to 100%.",
            vec![
                key("time", time(), "How long it takes.").required(),
                key("from", share(), "The share of full strength with which it begins.").required(),
            ],
            "[approach.team]\nforming = { time = \"6 months\", from = \"25%\" }",
        ),
        mechanism(
            "approach.NAME.settled",
            &["option.NAME.stream.NAME.settled"],
            "Once the team has existed for a time, its output is x (1 + gain).",
            vec![
                key("after", time(), "How long it must have existed.").or_nought(),
                key("gain", Takes::Quantity(measure::CHANGE), "How much more it then gets done.").required(),
            ],
            "[approach.team]\nsettled = { after = \"12 months\", gain = \"10%\" }",
        ),
        mechanism(
            "approach.NAME.vacancies",
            &["option.NAME.stream.NAME.vacancies"],
            "Vacant posts. Output is x (1 - rate x (1 - cover)); the team's own cost x (1 - rate), and the cover is paid for.",
            vec![
                key("rate", share(), "The share of posts that is vacant.").required(),
                key("cover", share(), "The share of those that others fill.").required(),
                key("team", Takes::Name("team kind"), "The kind of team that fills them, at its average cost a head.").required(),
            ],
            "[approach.team]\nvacancies = { rate = \"12%\", cover = \"50%\", team = \"contractors\" }",
        ),
        mechanism(
            "approach.NAME.release",
            &["option.NAME.stream.NAME.release"],
            "When users get what is built.",
            vec![
                key("pattern", choice(&approach::PATTERNS), "`single`: nothing until the service is complete. `incremental`: in parts.")
                    .or("`single`"),
                key("first", share(), "The share of the service's effort that is done at its first release. Needed with `incremental`.").or_one(),
            ],
            "[approach.team]\nrelease = { pattern = \"incremental\", first = \"40%\" }",
        ),
    ]
}

fn afterwards() -> Vec<Table> {
    vec![
        mechanism(
            "approach.NAME.handover",
            &["option.NAME.stream.NAME.handover"],
            "How a temporary team hands over.",
            vec![
                key("overlap", time(), "How long the team stays without output.").or_nought(),
                key("loss", share(), "The share of upkeep's effect that is lost after that.").or_nought(),
                key("recovery", time(), "How long it takes to recover, in a straight line.").or_nought(),
            ],
            "[approach.project]\nhandover = { overlap = \"2 months\", loss = \"35%\", recovery = \"6 months\" }",
        ),
        mechanism(
            "approach.NAME.upkeep",
            &["option.NAME.stream.NAME.upkeep"],
            "Upkeep that is paid for from go-live, once a temporary team has gone.",
            vec![
                key("coverage", share(), "The share of the upkeep needed that is paid for.").required(),
                key("team", Takes::Name("team kind"), "The kind of team that does it.").required(),
            ],
            "[approach.project]\nupkeep = { coverage = \"60%\", team = \"contractors\" }",
        ),
        mechanism(
            "approach.NAME.renewal",
            &["option.NAME.stream.NAME.renewal"],
            "A project that renews the service: approval again, a new team, hand-over again. The service stays live.",
            vec![
                key(
                    "every",
                    Takes::Quantity(measure::CYCLE),
                    "The time from go-live, then from each renewal's completion, to the next.",
                )
                .required(),
                key(
                    "effort",
                    Takes::Quantity(measure::SURCHARGE),
                    "The share of the original effort that it takes.",
                )
                .required(),
            ],
            "[approach.project]\nrenewal = { every = \"5 years\", effort = \"35%\" }",
        ),
        mechanism(
            "approach.NAME.stall",
            &["option.NAME.stream.NAME.stall"],
            "Work stops once and starts again.",
            vec![
                key("after", share(), "The share of the stream's effort that is done when it stops.")
                    .required(),
                key("pause", time(), "How long it stops.").required(),
                key("standing", share(), "The share of the team's cost that goes on.").or_nought(),
                key(
                    "lost",
                    share(),
                    "The share of the effort done on services not yet live that must be done again.",
                )
                .or_nought(),
                key("chance", share(), "How likely it is; in the reported run it happens over 50%.").or_one(),
            ],
            "[approach.project]\nstall = { after = \"60%\", pause = \"9 months\", standing = \"50%\", lost = \"20%\", chance = \"35%\" }",
        ),
        mechanism(
            "approach.NAME.stand_down",
            &["option.NAME.stream.NAME.stand_down"],
            "The end of a persistent team.",
            vec![
                key(
                    "when",
                    Takes::Either(vec![word(approach::DONE), Takes::Month]),
                    "When its services are done, or its last month.",
                )
                .or("`done`"),
                key("notice", time(), "How long it stays after its services are done. Not beside a month.")
                    .or_nought(),
                key("cost", cost(), "What it costs for each head, in its last month.").or_nought(),
                key(
                    "to",
                    Takes::Name("stream of the same option"),
                    "The stream that takes over the upkeep. Only on a stream.",
                )
                .or("the upkeep goes unfunded"),
            ],
            "[approach.team]\nstand_down = { when = \"2033-03\", cost = \"£8k\" }",
        ),
    ]
}

pub(super) fn tables() -> Vec<Table> {
    [vec![approach()], at_work(), afterwards()].into_iter().flatten().collect()
}
