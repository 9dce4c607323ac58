//! `--set key.path=value`: puts a value at a key path of the tree before it is checked. Faults in it are then
//! found like any other, and point into the argument.
//!
//! An override changes what is there or adds a key to it. It does not bring a new role, service or option
//! into being: that would be a misspelt name. It refuses an override that would undo an earlier one: the same key
//! again, or a table that holds it.

use toml::de::DeValue;

use super::document::{Entry, Node, Value, parse_value};
use super::names::nearest;
use super::quantity::short;
use super::years;
use crate::diagnostic::{Code, Diagnostic, SourceId, Sources, Span};

/// The tables of named things, and those inside a thing.
const NAMED: [&str; 10] =
    ["role", "team", "post", "approach", "service", "cost", "benefit", "option", "fund", "organisation"];
const NAMED_INSIDE: [&str; 3] = ["stream", "cost", "benefit"];

/// The beginning of the name of an argument as a source.
const NAME: &str = "--set ";

/// Whether a value was given as an argument: what the file says of where its own value comes from is not true of it.
pub(super) fn is_override(sources: &Sources, span: Span) -> bool {
    sources.name(span.source).starts_with(NAME)
}

/// The argument that gives the value at a key path, if one does.
pub(super) fn source_of(sources: &Sources, path: &str) -> Option<SourceId> {
    sources.find(&format!("{NAME}{}", short(path)))
}

/// Puts arguments into the tree.
pub(super) fn apply(
    root: &mut Node,
    arguments: &[String],
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut set: Vec<Vec<String>> = Vec::new();
    for argument in arguments {
        apply_one(root, argument, &mut set, sources, diagnostics);
    }
}

/// Puts one argument into the tree; its path joins those that are set.
fn apply_one(
    root: &mut Node,
    argument: &str,
    set: &mut Vec<Vec<String>>,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let path = argument.split('=').next().unwrap_or_default().trim();
    let source = sources.add(format!("{NAME}{}", short(path)), argument);
    let fault = |start: usize, end: usize, code, message: String| {
        Diagnostic::error(code, path, Some(Span { source, start, end }), message)
    };
    let Some(equals) = argument.find('=') else {
        let message = "an override is written `key.path=value`".to_owned();
        diagnostics.push(
            fault(0, argument.len(), Code::Syntax, message).help("write it like `--set programme.years=15`"),
        );
        return;
    };
    let segments = segments(argument, equals, source);
    if segments.iter().any(|(key, _)| key.is_empty()) || segments.len() > 12 {
        let message = format!("`{}` is not a key path", short(path));
        diagnostics.push(
            fault(0, equals, Code::Syntax, message)
                .expected("keys with dots between, like `service.booking.run`"),
        );
        return;
    }
    let keys: Vec<String> = segments.iter().map(|(key, _)| key.clone()).collect();
    if let Some(earlier) = set.iter().find(|earlier| undoes(&keys, earlier)) {
        let message = if earlier.len() == keys.len() {
            format!("`{}` is set twice", short(path))
        } else {
            format!("this undoes what was set before at `{}`", short(&earlier.join(".")))
        };
        diagnostics.push(
            fault(0, equals, Code::DuplicateKey, message)
                .expected("each key once")
                .help("keep one of the two"),
        );
        return;
    }
    set.push(keys);
    let value = value(argument, equals + 1, source, diagnostics);
    if let Err(fault) = put(root, &segments, value) {
        diagnostics.push(*fault);
    }
}

/// Whether setting a path undoes what an earlier one has set: it is the same, or a table around it.
fn undoes(path: &[String], earlier: &[String]) -> bool {
    path.len() <= earlier.len() && path.iter().zip(earlier).all(|(a, b)| a == b || years::same(a, b))
}

/// The keys of the path with their places.
fn segments(argument: &str, equals: usize, source: SourceId) -> Vec<(String, Span)> {
    let mut start = 0;
    argument[..equals]
        .split('.')
        .map(|part| {
            let indent = part.len() - part.trim_start().len();
            let key = part.trim();
            let span = Span { source, start: start + indent, end: start + indent + key.len() };
            start += part.len() + 1;
            (key.trim_matches('"').to_owned(), span)
        })
        .collect()
}

/// The value: TOML if it is TOML, otherwise text as it stands.
fn value(argument: &str, start: usize, source: SourceId, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let raw = &argument[start..];
    let start = start + raw.len() - raw.trim_start().len();
    let text = raw.trim();
    let span = Span { source, start, end: start + text.len() };
    if let Some(node) = parse_value(text, source, start, diagnostics) {
        return node;
    }
    if text.starts_with(['{', '[', '"', '\''])
        && let Err(error) = DeValue::parse(text)
    {
        let mut fault = super::syntax::diagnostic(&error, text, source);
        fault.span = fault.span.map(|span| Span { start: span.start + start, end: span.end + start, ..span });
        diagnostics.push(fault);
        return Node { value: Value::Broken, span };
    }
    Node { value: Value::Text(text.to_owned()), span }
}

fn put(root: &mut Node, segments: &[(String, Span)], value: Node) -> Result<(), Box<Diagnostic>> {
    let mut node = root;
    for (depth, (key, span)) in segments.iter().enumerate() {
        let path: Vec<&str> = segments[..=depth].iter().map(|(key, _)| key.as_str()).collect();
        let last = depth + 1 == segments.len();
        let Value::Table(entries) = &mut node.value else {
            let above = path[..depth].join(".");
            let message = format!("`{}` is no table, so it has no key `{}`", short(&above), short(key));
            let fault = Diagnostic::error(Code::WrongSort, path.join("."), Some(*span), message);
            return Err(fault.help(format!("set `{}` as a whole", short(&above))).into());
        };
        let place = entries.iter().position(|entry| entry.key == *key || years::same(&entry.key, key));
        let place = match place {
            Some(place) => place,
            None if !last && is_name(&path) => return Err(unknown(entries, &path, *span).into()),
            None => {
                let empty = Node { value: Value::Table(Vec::new()), span: *span };
                entries.push(Entry { key: key.clone(), key_span: *span, node: empty });
                entries.len() - 1
            }
        };
        node = &mut entries[place].node;
    }
    *node = value;
    Ok(())
}

/// Whether the last key of a path is the name of a thing.
pub(super) fn is_name(path: &[&str]) -> bool {
    match path {
        [kind, _] => NAMED.contains(kind),
        ["service" | "option", _, kind, _] => NAMED_INSIDE.contains(kind),
        _ => false,
    }
}

fn unknown(entries: &[Entry], path: &[&str], span: Span) -> Diagnostic {
    let (kind, name) = (path[path.len() - 2], path[path.len() - 1]);
    let message = format!("there is no {kind} called `{}`", short(name));
    let fault = Diagnostic::error(Code::UnknownName, path.join("."), Some(span), message)
        .expected(format!("the name of a {kind} in the scenario"));
    fault.meant(nearest(name, entries.iter().map(|entry| entry.key.as_str())))
}
