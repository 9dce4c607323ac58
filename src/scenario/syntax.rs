//! What the TOML parser says, in words for people who don't know TOML.

use crate::diagnostic::{Code, Diagnostic, SourceId, Span};

/// The parser's fault as a diagnostic of ours.
pub(super) fn diagnostic(error: &toml::de::Error, text: &str, source: SourceId) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let span = Span { source, start: range.start.min(text.len()), end: range.end.min(text.len()) };
    if is_duplicate(error) {
        let key = text.get(span.start..span.end).unwrap_or_default().trim();
        return Diagnostic::error(
            Code::DuplicateKey,
            key,
            Some(span),
            format!("`{key}` is written twice in the same table"),
        )
        .expected("a key that this table does not have yet")
        .help("keep one of the two");
    }
    let (message, help) = in_words(error.message());
    let written = text.get(span.start..span.end).unwrap_or_default().trim();
    if written.starts_with(CURLY_QUOTES) {
        let fault = Diagnostic::error(
            Code::Syntax,
            "",
            Some(span),
            "text must stand in straight quotes, not in curly ones",
        );
        return fault.help(match written.trim_matches(CURLY_QUOTES) {
            inner if is_plain(inner) => format!("write it like `\"{inner}\"`"),
            _ => "replace each curly quote by `\"`".to_owned(),
        });
    }
    let fault = Diagnostic::error(Code::Syntax, "", Some(span), message.as_str());
    if message == UNQUOTED && is_plain(written) {
        return fault.help(format!("write it like `\"{written}\"`"));
    }
    fault.help(help)
}

/// The quotes that Word puts in place of straight ones.
const CURLY_QUOTES: [char; 6] = ['“', '”', '„', '‘', '’', '‚'];

/// What is said of text without quotes.
const UNQUOTED: &str = "text must stand in quotes";

/// Whether a text can be shown in quotes as it stands, and is no more than one value.
fn is_plain(text: &str) -> bool {
    let is_mark = |c: char| c.is_control() || CURLY_QUOTES.contains(&c) || "\"'\\,=[]{}#".contains(c);
    !text.is_empty() && text.chars().count() <= 60 && !text.contains(is_mark)
}

/// Whether the fault is a key written twice.
pub(super) fn is_duplicate(error: &toml::de::Error) -> bool {
    error.message().starts_with("duplicate key")
}

/// Whether more than one value is lost with what a message (in our words) is about.
pub(super) fn loses_more_than_a_value(message: &str) -> bool {
    const VALUES: [&str; 6] = ["text must", "a date", "a number", "the number", "the value", "a backslash"];
    !VALUES.iter().any(|start| message.starts_with(start))
}

/// The parser's terse message, and what to do about it.
fn in_words(message: &str) -> (String, &'static str) {
    const WORDS: &[(&str, &str, &str)] = &[
        ("string values must be quoted", UNQUOTED, "write it like `\"£240k\"`"),
        ("missing opening quote", "a quote at the start of the text is missing", "write it like `\"£240k\"`"),
        ("invalid basic string", "a closing quote is missing", "write it like `\"£240k\"`"),
        ("invalid literal string", "a closing quote is missing", "write it like `\"£240k\"`"),
        (
            "invalid multi-line",
            "closing triple quotes are missing",
            "end the text with the quotes it began with",
        ),
        (
            "missing escaped value",
            "a backslash in the text is not understood",
            "write `\\\\` for a backslash",
        ),
        ("too few unicode", "a backslash in the text is not understood", "write `\\\\` for a backslash"),
        ("key with no value", "this key has no value", "write it like `key = \"value\"`"),
        ("missing value", "the value is missing after the equals sign", "write it like `key = \"value\"`"),
        ("extra `=`", "there is one equals sign too many", "write it like `key = \"value\"`"),
        ("unexpected `=`", "an equals sign inside a list", "a list holds values only: `[\"one\", \"two\"]`"),
        ("unclosed array table", "the table heading is not closed", "write it like `[service.booking]`"),
        ("unclosed table", "the table heading is not closed", "write it like `[service.booking]`"),
        (
            "missing table open",
            "a table heading lacks its opening bracket",
            "write it like `[service.booking]`",
        ),
        ("unclosed array", "the list is not closed", "end it with `]`"),
        ("unclosed inline table", "the braces are not closed", "end the value with `}`"),
        ("missing array opening", "a closing bracket without its opening one", "remove it, or add `[`"),
        ("missing inline table opening", "a closing brace without its opening one", "remove it, or add `{`"),
        ("extra comma", "there is one comma too many", "remove it"),
        (
            "missing comma between array",
            "a comma is missing in the list",
            "write it like `[\"one\", \"two\"]`",
        ),
        ("missing comma between key", "a comma is missing in the braces", "write it like `{ a = 1, b = 2 }`"),
        ("missing key for inline", "a key is missing in the braces", "write it like `{ a = 1, b = 2 }`"),
        ("missing assignment", "an equals sign is missing in the braces", "write it like `{ a = 1, b = 2 }`"),
        ("extra assignment", "there is one equals sign too many", "write it like `{ a = 1, b = 2 }`"),
        ("invalid inline table element", "this can't stand in braces", "write it like `{ a = 1, b = 2 }`"),
        (
            "unexpected key or value",
            "something follows the value on the same line",
            "start a new line after each value",
        ),
        (
            "invalid key-value pair",
            "this line is neither `key = value` nor a `[table]`",
            "write it like `key = \"value\"`",
        ),
        ("invalid unquoted key", "a key has a character it can't have", "use letters, digits, `-` and `_`"),
        ("unquoted keys cannot be empty", "a key is empty", "write a name between the dots"),
        ("unexpected leading zero", "a number can't begin with a nought", "remove the nought"),
        ("redundant numeric sign", "the number has two signs", "keep one"),
        ("missing comment start", "this looks like a comment without its `#`", "begin it with `#`"),
        ("invalid comment character", "a comment holds a control character", "remove it"),
        (
            "carriage return",
            "a line ends in a carriage return alone",
            "save the file with ordinary line ends",
        ),
        (
            "cannot extend value",
            "this heading goes into a value that is no table",
            "rename the one or the other",
        ),
        ("cannot recurse", "brackets are nested too deep", "a scenario needs few levels"),
        ("recursion limit", "a key has too many parts", "a scenario needs few levels"),
        ("invalid date", "a date must stand in quotes", "write it like `\"2026-04\"`"),
        ("invalid time", "a date must stand in quotes", "write it like `\"2026-04\"`"),
        ("invalid year", "a date must stand in quotes", "write it like `\"2026-04\"`"),
        ("invalid month", "a date must stand in quotes", "write it like `\"2026-04\"`"),
        ("invalid value", "the value can't be read", "put text in quotes, like `\"£240k\"`"),
    ];
    let found = WORDS.iter().find(|(start, ..)| message.starts_with(start));
    if let Some(&(_, words, help)) = found {
        return (words.to_owned(), help);
    }
    let first = message.split(", expected").next().unwrap_or(message);
    (format!("the file can't be read here: {first}"), "a value is written like `key = \"value\"`")
}
