//! Rules and faults: what each means, for those who meet its name or number.

use serde_json::{Value, json};

use crate::diagnostic::Code;
use crate::table::{Cell, ColumnKind, Table};

/// Every rule: what `check` questions, and a scenario may allow.
pub fn rules() -> Table {
    table_of("Rules", Code::ALL.iter().copied().filter(|code| code.is_rule()))
}

/// One rule or fault.
pub fn rule(code: Code) -> Table {
    table_of(if code.is_rule() { "Rule" } else { "Fault" }, [code])
}

fn table_of(title: &str, codes: impl IntoIterator<Item = Code>) -> Table {
    let mut table = Table::new(title)
        .column("number", ColumnKind::Text)
        .column("rule", ColumnKind::Text)
        .column("meaning", ColumnKind::Text);
    for code in codes {
        let name = code.name();
        let words = [&code.to_string(), &name, &one_line(code.meaning())].map(Cell::text);
        table.push(words.into());
    }
    table
}

/// Every rule and every fault, for other programs.
pub fn rules_value() -> Value {
    Value::Array(Code::ALL.iter().map(|&code| rule_value(code)).collect())
}

/// One rule or fault, for other programs.
pub fn rule_value(code: Code) -> Value {
    json!({
        "code": code.to_string(),
        "name": code.name(),
        "is_rule": code.is_rule(),
        "meaning": one_line(code.meaning()),
    })
}

/// What a rule or a fault means and what can be done about it, as text.
pub fn rule_in_words(code: Code) -> String {
    let name = code.name();
    let what = if code.is_rule() {
        format!(
            "A rule: `wholelife check` warns of it, and with --strict it stops the run. A scenario may break it\n\
             knowingly: allow = [{{ rule = \"{name}\", reason = \"...\" }}]"
        )
    } else {
        "A fault: the scenario can't be run until it is mended.".to_owned()
    };
    format!("{code} {name}\n\n{}\n\n{what}\n", one_line(code.meaning()))
}

/// A text that was wrapped in its source.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
