//! `allow`: rules that a scenario breaks knowingly, each with its reason.
//!
//! It refuses a rule that there is none of, a fault (which can't be allowed), and a rule without a reason.

use super::keys::Table;
use super::quantity::short;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Span};

/// A rule that the scenario may break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The rule.
    pub rule: Code,
    /// The key path below which it is allowed; empty for everywhere.
    pub key: String,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub span: Span,
}

impl Allowance {
    /// Whether it covers what a rule says.
    pub fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let below = diagnostic.key.strip_prefix(&self.key);
        let inside =
            self.key.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        diagnostic.code == self.rule && inside
    }
}

impl Reader<'_> {
    /// Reads `allow`.
    pub(super) fn read_allow(&mut self, root: &mut Table<'_>) -> Vec<Allowance> {
        let Some(field) = root.take("allow") else { return Vec::new() };
        let expected = "a list, like `[{ rule = \"large-team\", reason = \"...\" }]`";
        let mut allowed = Vec::new();
        for item in self.list(&field, expected) {
            if !self.is_table(&item) {
                continue;
            }
            let mut table = Table::of(&item);
            let rule = self.required(&mut table, "rule", "rule = \"large-team\"");
            let rule = rule.and_then(|rule| {
                let rules: Vec<(String, Code)> =
                    Code::ALL.iter().filter(|code| code.is_rule()).map(|&code| (code.name(), code)).collect();
                let choices: Vec<(&str, Code)> =
                    rules.iter().map(|(name, code)| (name.as_str(), *code)).collect();
                self.choice(&rule, &choices)
            });
            let reason = self.required(&mut table, "reason", "reason = \"...\"");
            let reason = reason.and_then(|reason| {
                let text = self.text(&reason)?;
                if text.trim().is_empty() {
                    let message = "the reason is empty".to_owned();
                    self.fault(Code::MissingKey, &reason, message, "why this rule may be broken here");
                    return None;
                }
                Some(text)
            });
            let key = self.text_of(&mut table, "key").unwrap_or_default();
            table.finish(self);
            if let (Some(rule), Some(reason)) = (rule, reason) {
                allowed.push(Allowance { rule, key, reason, span: item.node.span });
            }
        }
        allowed
    }
}

/// Leaves out what is allowed, and warns of allowances for rules of `known` that nothing breaks.
pub fn allowed(allowed: &[Allowance], known: impl Fn(Code) -> bool, found: &mut Vec<Diagnostic>) {
    let is_idle =
        |allowance: &&Allowance| known(allowance.rule) && !found.iter().any(|d| allowance.covers(d));
    let warning = |allowance: &Allowance| {
        let place = match allowance.key.as_str() {
            "" => String::new(),
            key => format!(" at `{}`", short(key)),
        };
        let message = format!("`{}` is allowed{place}, and nothing breaks it", allowance.rule.name());
        Diagnostic::warning(Code::IdleAllowance, "allow", Some(allowance.span), message)
            .help("take it out, or correct its key")
    };
    let idle: Vec<Diagnostic> = allowed.iter().filter(is_idle).map(warning).collect();
    found.retain(|diagnostic| !allowed.iter().any(|allowance| allowance.covers(diagnostic)));
    found.extend(idle);
}
