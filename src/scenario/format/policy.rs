//! Uplifts, capital shares, and figures instead of those of the parameter edition.

use super::{Entries, EntryKey, Table, Takes, key, table};
use crate::scenario::{measure, policy};

fn bias() -> Table {
    let keys = vec![
        key("uplift", Takes::Quantity(measure::SURCHARGE), "The share that is added.").required(),
        key(
            "mitigation",
            Takes::Quantity(measure::SHARE),
            "The share of it that is prevented: uplift x (1 - mitigation).",
        )
        .or_nought(),
    ];
    table(
        "optimism_bias.NAME",
        "Optimism bias of an activity or a category of costs, with what has been done against it.",
        keys,
        "[optimism_bias]\nbeta = { uplift = \"30%\", mitigation = \"40%\" }\nrun = \"10%\"",
    )
}

fn capitalisation() -> Table {
    let meaning = |name: &str| match name {
        "discovery" => "The share of discovery that is capital.",
        "alpha" => "The share of alpha that is capital.",
        "beta" => "The share of beta that is capital.",
        "improvement" => "The share of improvement that is capital.",
        _ => "The share of renewal that is capital.",
    };
    let share = |name| {
        let share = key(name, Takes::Quantity(measure::SHARE), meaning(name));
        share.or("the edition's `capital-share`, or 0%")
    };
    table(
        "capitalisation",
        "The share of directly attributable team time that is capital, by activity. An auditor must agree it.",
        policy::CAPITALISABLE.map(share).into(),
        "[capitalisation]\nbeta = \"60%\"\nimprovement = \"25%\"",
    )
}

/// A figure of any unit: which one it takes, and in which range, its key says.
fn figure() -> Takes {
    Takes::Either(policy::FIGURES.map(Takes::Quantity).into())
}

fn parameter() -> Table {
    // A dotted key is a table in a table: `vat.standard`.
    let bands = Takes::Entries(Entries {
        key: EntryKey::Name("pay band"),
        takes: Box::new(Takes::Table("parameter.agenda-for-change.NAME")),
        may_say_source: true,
    });
    let keys = vec![key("agenda-for-change", bands, "Pay bands: the edition's, or your own.")];
    let figures = Entries {
        key: EntryKey::Name("part of a parameter's key"),
        takes: Box::new(Takes::Either(vec![figure(), Takes::Table("parameter")])),
        may_say_source: true,
    };
    let parameters = table(
        "parameter",
        "Figures instead of those of the parameter edition, under the same keys and in the same units (`wholelife params show` lists them). \
         Each has the range of what it stands for: growth and discount rates -50% to 50%, optimism bias 0% to 1000%, \
         other rates 0% to 100%.",
        keys,
        "[parameter]\npdc-dividend.rate = { value = \"4%\", source = \"Local forecast, 2026-10\" }",
    );
    Table { others: Some(figures), ..parameters }
}

fn band() -> Table {
    let point = |name| key(name, Takes::Quantity(measure::PAY), "The salary at this point.");
    table(
        "parameter.agenda-for-change.NAME",
        "A pay band by its points. One that the edition lacks must say its source at each.",
        policy::POINTS.map(point).into(),
        "[parameter.agenda-for-change.vsm]\ntop = { value = \"£140k a year\", source = \"Remuneration committee, minute 12\" }",
    )
}

pub(super) fn tables() -> Vec<Table> {
    vec![bias(), capitalisation(), parameter(), band()]
}
