//! Rules and faults: what each means, for those who meet its name or number.

use serde_json::{Value, json};

use crate::diagnostic::Code;
use crate::table::{Cell, ColumnKind, Table};

/// Every rule: what `check` questions, and a scenario may allow.
pub fn rules() -> Table {
    let mut table = Table::new("Rules")
        .column("number", ColumnKind::Text)
        .column("rule", ColumnKind::Text)
        .column("meaning", ColumnKind::Text);
    for code in Code::ALL.iter().filter(|code| code.is_rule()) {
        let name = code.name();
        let words = [&code.to_string(), &name, &one_line(code.meaning())].map(Cell::text);
        table.push(words.into());
    }
    table
}

/// Every rule and every fault, for other programs.
pub fn rules_value() -> Value {
    let one = |code: &Code| {
        json!({
            "code": code.to_string(),
            "name": code.name(),
            "is_rule": code.is_rule(),
            "meaning": one_line(code.meaning()),
        })
    };
    Value::Array(Code::ALL.iter().map(one).collect())
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
