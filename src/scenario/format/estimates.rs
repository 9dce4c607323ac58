//! What may stand where a quantity does (a range, a chance, an annotated value), and what any table may say of where
//! its values come from.

use super::{Key, Table, Takes, choice, key, table};
use crate::scenario::{estimate, measure, provenance as said};

/// A part of an uncertain value: one figure.
const PART: Takes = Takes::Same { may_be_uncertain: false };

/// Where a quantity may stand, to show these tables by.
const PLACES: &[&str] = &["service.NAME.run"];

pub(super) fn tables() -> Vec<Table> {
    let range = vec![
        key("low", PART, "The lowest it can be; under `p10-p90` and `normal` the value that one in ten lies below.")
            .required(),
        key("likely", PART, "The likeliest: the value of the reported run.")
            .or("needed for `pert` and `triangular`; not taken by `uniform` and `normal` (the middle of low and high) and `p10-p90` (the root of low times high), which it can't change"),
        key("high", PART, "The highest it can be; under `p10-p90` and `normal` the value that one in ten lies above.")
            .required(),
        key("shape", choice(&estimate::SHAPES), "How it is spread. `p10-p90` is a lognormal through its tenth and ninetieth percentiles; `normal` a normal one through them, whose draws end six standard deviations out.").or("`pert`"),
    ];
    let chance = vec![
        key("chance", Takes::Figure(measure::SHARE), "How likely it is that it happens.").required(),
        key("then", PART, "The value if it happens.").required(),
        key("else", PART, "The value if it does not.").required(),
    ];
    let value = vec![
        key(
            "value",
            Takes::Same { may_be_uncertain: true },
            "The value itself, certain or not, beside what is said of its source.",
        )
        .required(),
    ];
    let all = [
        table(
            "{ low, likely, high }",
            "A range. All parts are in one unit, and in order.",
            range,
            "[service.booking]\nrun = { low = \"£160k a year\", likely = \"£180k a year\", high = \"£240k a year\" }",
        ),
        table(
            "{ chance, then, else }",
            "One of two values. The reported run takes the likelier one.",
            chance,
            "[service.booking]\nrun = { chance = \"15%\", then = \"£240k a year\", else = \"£180k a year\" }",
        ),
        table(
            "{ value }",
            "A value with its source.",
            value,
            "[service.booking]\nrun = { value = \"£180k a year\", source = \"Contract 2025/114, schedule 3\" }",
        ),
    ];
    all.into_iter().map(|table| Table { also: PLACES, ..table }).collect()
}

/// What any table may say.
pub(super) fn provenance() -> Vec<Key> {
    let told = |name: &'static str| match name {
        "source" => (Takes::Text, "The document it is taken from, and where in it; or how it was estimated."),
        "owner" => (Takes::Text, "Who answers for it."),
        "dated" => (Takes::Date, "The date of the source."),
        "review_by" => (Takes::Date, "The date by which it is to be looked at again."),
        "signed_off" => (Takes::Text, "Who agreed to it, and when."),
        _ => (Takes::Text, "What a reader should know before using it."),
    };
    let told = |name| {
        let (takes, meaning) = told(name);
        key(name, takes, meaning)
    };
    said::KEYS.into_iter().map(told).collect()
}
