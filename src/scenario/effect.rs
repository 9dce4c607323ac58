//! Warns of things that are written and change no result: a role that no team has, an index that nothing
//! follows. One warning each, at the heading: not one for each number below it.

use super::names::Sort;
use super::quantity::short;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Span};

/// Why a thing that nothing refers to has no effect.
const REASONS: [(Sort, &str, &str); 5] = [
    (Sort::Role, "role", "no team or post has this role"),
    (Sort::Team, "team", "no stream uses this team"),
    (Sort::Approach, "approach", "no stream uses this approach"),
    (Sort::Service, "service", "no option delivers this service, and it replaces nothing"),
    (Sort::Organisation, "organisation", "no shares and no fund name this organisation"),
];

impl Reader<'_> {
    /// See the module. Everything else must have been read.
    pub(super) fn warn_of_no_effect(&mut self) {
        for (sort, table, why) in REASONS {
            for name in self.names.unused(sort) {
                self.no_effect(&format!("{table}.{}", name.name), name.span, why);
            }
        }
        for name in self.unfollowed() {
            self.no_effect(&format!("index.{}", name.name), name.span, "nothing follows this index");
        }
    }

    fn no_effect(&mut self, key: &str, span: Span, why: &str) {
        let message = format!("`{}` changes no result: {why}", short(key));
        self.report(Diagnostic::warning(Code::NoEffect, key, Some(span), message));
    }
}
