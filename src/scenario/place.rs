//! Where a key of a scenario stands: for values that are no inputs, such as months and choices.

use super::document::{Node, parse};
use super::overrides;
use crate::diagnostic::{SourceId, Sources, Span};

/// The place of the value at a key path, in an argument that overrides it or else in the file.
pub fn place_of(sources: &Sources, key: &str) -> Option<Span> {
    if sources.is_empty() {
        return None;
    }
    if let Some(source) = overrides::source_of(sources, key) {
        let start = sources.text(source).find('=').map_or(0, |equals| equals + 1);
        return Some(Span { source, start, end: sources.text(source).len() });
    }
    let file = SourceId(0);
    find(&parse(sources.text(file), file, &mut Vec::new()), key)
}

/// A name in the path may hold dots itself: every way to take it apart is tried.
fn find(node: &Node, path: &str) -> Option<Span> {
    node.entries().iter().find_map(|entry| {
        let rest = path.strip_prefix(entry.key.as_str())?;
        match rest.strip_prefix('.') {
            None if rest.is_empty() => Some(entry.node.span),
            Some(rest) => find(&entry.node, rest),
            None => None,
        }
    })
}
