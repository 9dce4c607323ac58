//! A portfolio for other programs: JSON, money as decimal strings.

use serde_json::{Value, json};

use super::{Choice, Member, Pot, PotYear, YearTotal, kind_word};
use crate::report::summary::money;

/// What the scenarios come to. Each scenario's own figures stand in its comparison.
pub fn portfolio_value(members: &[Member], choices: &[Choice]) -> Value {
    let total = |choice: &Choice| {
        json!({
            "option": choice.name,
            "files": choice.parts(members).map(|(member, _)| member.file.as_str()).collect::<Vec<_>>(),
            "net_present_cost": choice.present(members, |part| part.measures.cost.present).map(money),
            "npsv": choice.present(members, |part| part.measures.npsv).map(money),
            "by_year": choice.years.iter().map(year).collect::<Vec<_>>(),
            "shared_funds": choice.pots.iter().map(|pot| fund(members, pot)).collect::<Vec<_>>(),
            "unlike_funds": choice.unlike,
        })
    };
    json!({ "totals": choices.iter().map(total).collect::<Vec<_>>() })
}

fn year(year: &YearTotal) -> Value {
    json!({
        "financial_year": year.year.to_string(),
        "scenarios": year.scenarios,
        "capital": money(year.cost[0]),
        "revenue": money(year.cost[1]),
        "paid_if_alone": money(year.paid),
        "gap_if_alone": { "capital": money(year.gap[0]), "revenue": money(year.gap[1]) },
        "shared_gap": money(year.shared_gap),
        "gap": money(year.gap_together()),
    })
}

fn fund(members: &[Member], pot: &Pot) -> Value {
    let year = |year: &PotYear| {
        json!({
            "financial_year": year.year.to_string(),
            "brought_forward": money(year.brought_forward),
            "granted": money(year.granted),
            "needed": money(year.needed),
            "paid": money(year.paid),
            "gap": money(year.gap()),
            "carried_forward": money(year.carried),
            "lapsed": money(year.lapsed),
        })
    };
    json!({
        "name": pot.terms.name,
        "kind": kind_word(pot.terms.kind),
        "carry_forward": pot.terms.carry_forward,
        "files": pot.members.iter().map(|&place| members[place].file.as_str()).collect::<Vec<_>>(),
        "by_year": pot.years.iter().map(year).collect::<Vec<_>>(),
    })
}
