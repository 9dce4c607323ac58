//! The scenario format as a page to read: every table with its keys, what they take and what they mean.

use crate::scenario::format::{Default, Entries, Format, Key, Rule, Table, Takes, units};

const HEAD: &str = "\
# The scenario file: reference

<!-- Written from the format that the reader uses (src/scenario/format).
     SNAPSHOTS=overwrite cargo test --test suite format:: writes it anew. -->

A scenario is a text file in [TOML](https://toml.io): tables in square brackets, and under each of them keys with their
values. `wholelife init my.toml` writes one to begin from; `wholelife check my.toml` says everything that is wrong with
it. Where this page says NAME, write a name of your own: letters, digits, `-` and `_`.

Keys may be written under a heading, in braces, or with dots; these say the same:

```toml
[service.booking.legacy]
run = \"£420k a year\"
```

```toml
[service.booking]
legacy = { run = \"£420k a year\" }
```

## Quantities

Every quantity says its unit, so that 0.035 and 3.5% can't be confused. Money takes `k`, `m` and `bn`; numbers may have
commas between thousands. `2 years` is 24 months. A negative is written `-£500`, `£-500` or, as accountants do, `(£500)`.
`£180.000` is refused, for it may be £180,000 or £180.00.

A month is written `2026-04`; `2026/04`, `04/2026`, `Apr 2026`, `April 2026` and `Apr-26` are the same. A financial year is
written `2026-27`; `2026/27`, `26/27`, `2026-2027` and `FY2026-27` are the same, with any dash. `FY27` and `2027` are refused,
for the year may end or start in 2027. Where `year_starts = \"January\"` a year is `2026`, in the file and in every output.
A pay band is `8a`, `8A`, `Band 8a` or `AfC Band 8a`.
";

const UNCERTAIN: &str = "
## Uncertain quantities

Wherever a quantity stands, one of these tables may stand in its place, unless its key takes one figure.
";

const PROVENANCE: &str = "
## Where values come from

Any table may say this: beside a value, in the table of a service, or at the top of the file. It holds for every value in
that table that says nothing nearer.
";

/// The page.
pub fn page(format: &Format) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("\n| quantity | like |\n|---|---|\n");
    for (sort, example) in units() {
        page.push_str(&format!("| {sort} | {example} |\n"));
    }
    page.push_str(UNCERTAIN);
    for table in &format.estimates {
        page.push_str(&section(table, format));
    }
    page.push_str(PROVENANCE);
    page.push_str(&keys(&format.provenance, format));
    for table in &format.tables {
        page.push_str(&section(table, format));
    }
    page
}

/// What a table is called on the page.
fn title(table: &Table) -> String {
    if table.path.is_empty() { "The whole file".to_owned() } else { format!("`{}`", table.path) }
}

fn section(table: &Table, format: &Format) -> String {
    // A table inside another one stands under it, and a form of quantity under quantities.
    let is_inside = table.path.starts_with('{') || table.path.trim_end_matches(".NAME").contains('.');
    let mut section =
        format!("\n{} {}\n\n{}\n", if is_inside { "###" } else { "##" }, title(table), table.meaning);
    if !table.also.is_empty() && !table.path.starts_with('{') {
        let places: Vec<String> = table.also.iter().map(|place| format!("`{place}`")).collect();
        section.push_str(&format!("\nIt may also stand as {}.\n", places.join(", ")));
    }
    section.push_str(&keys(&table.keys, format));
    let notes =
        [table.others.as_ref().map(|others| others_in_words(others, format)), table.rule.map(rule_in_words)];
    for note in notes.into_iter().flatten() {
        section.push_str(&format!("\n{note}\n"));
    }
    if !table.example.is_empty() {
        section.push_str(&format!("\n```toml\n{}\n```\n", table.example));
    }
    section
}

fn keys(keys: &[Key], format: &Format) -> String {
    let shown = keys.iter().filter(|key| !matches!(key.takes, Takes::Refused));
    let rows: String = shown.map(|key| row(key, format)).collect();
    if rows.is_empty() {
        return rows;
    }
    format!("\n| key | takes | left out | meaning |\n|---|---|---|---|\n{rows}")
}

fn row(key: &Key, format: &Format) -> String {
    let default = match key.default {
        Default::Required => "**needed**".to_owned(),
        _ => key.default_in_words().unwrap_or_else(|| "–".to_owned()),
    };
    let takes = linked(&key.takes.in_words(), format);
    format!("| `{}` | {takes} | {default} | {} |\n", key.name, key.meaning)
}

fn others_in_words(others: &Entries, format: &Format) -> String {
    format!("And {}.", linked(&others.in_words(), format))
}

fn rule_in_words(rule: Rule) -> String {
    let (how_many, keys) = match rule {
        Rule::OneOf(keys) => ("Exactly one", keys),
        Rule::AnyOf(keys) => ("At least one", keys),
    };
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    format!("{how_many} of {} is needed.", keys.join(", "))
}

/// The same words, with the tables they name as links to their sections.
fn linked(words: &str, format: &Format) -> String {
    let named = format.tables.iter().filter(|table| !table.path.is_empty());
    named.fold(words.to_owned(), |words, table| {
        let path = table.path;
        let anchor = path.replace('.', "").to_lowercase();
        words.replace(&format!("a table: `{path}`"), &format!("a table: [`{path}`](#{anchor})"))
    })
}
