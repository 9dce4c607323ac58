//! The names that a scenario declares: collected before anything refers to them, so that a reference can
//! look ahead, and a misspelt one gets the nearest name of its sort.

use std::collections::BTreeSet;

use super::document::Node;
use crate::diagnostic::Span;

/// The most letters in which a mistyped word differs from the one that was meant.
const MOST_MISTYPED: usize = 2;

/// What a name may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Role,
    Team,
    Approach,
    Service,
    Option,
    Line,
    Organisation,
}

impl Sort {
    /// As messages call it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Team => "team",
            Self::Approach => "approach",
            Self::Service => "service",
            Self::Option => "option",
            Self::Line => "cost line",
            Self::Organisation => "organisation",
        }
    }

    /// The table of the file that declares such names.
    fn table(self) -> &'static str {
        if self == Self::Line { "cost" } else { self.word() }
    }
}

/// A declared name.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) name: String,
    pub(super) span: Span,
}

/// All declared names, and which of them something refers to.
#[derive(Clone, Debug)]
pub(super) struct Names {
    declared: Vec<(Sort, Vec<Name>)>,
    used: BTreeSet<(Sort, usize)>,
}

impl Names {
    /// Collects the names of a file.
    pub(super) fn collect(root: &Node) -> Self {
        let sorts = [
            Sort::Role,
            Sort::Team,
            Sort::Approach,
            Sort::Service,
            Sort::Option,
            Sort::Line,
            Sort::Organisation,
        ];
        let declared = sorts.map(|sort| (sort, declared(root, sort.table()))).into();
        Self { declared, used: BTreeSet::new() }
    }

    /// The names of a sort, in the order of the file.
    pub(super) fn of(&self, sort: Sort) -> &[Name] {
        self.declared.iter().find(|(s, _)| *s == sort).map_or(&[], |(_, names)| names)
    }

    /// The place of a name among those of its sort.
    pub(super) fn place(&self, sort: Sort, name: &str) -> Option<usize> {
        self.of(sort).iter().position(|declared| declared.name == name)
    }

    /// Notes that something which matters refers to a name.
    pub(super) fn mark(&mut self, sort: Sort, place: usize) {
        self.used.insert((sort, place));
    }

    /// The names of a sort that nothing which matters refers to.
    pub(super) fn unused(&self, sort: Sort) -> Vec<Name> {
        let names = self.of(sort).iter().enumerate();
        names
            .filter(|&(place, _)| !self.used.contains(&(sort, place)))
            .map(|(_, name)| name.clone())
            .collect()
    }
}

fn declared(root: &Node, table: &str) -> Vec<Name> {
    let entries = root.get(table).map_or(&[][..], Node::entries);
    entries.iter().map(|entry| Name { name: entry.key.clone(), span: entry.key_span }).collect()
}

/// The known name that is nearest to what was written, if one alone is near enough to be meant.
///
/// A name with other digits is another thing (`5` for `3`, `trust-a-2`), and of two that are as near either may be
/// meant (`recoverable` and `irrecoverable` for `unrecoverable`): neither is suggested.
pub(super) fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let written = written.to_lowercase();
    let length = written.chars().count();
    nearest_within(&written, known, if length < 3 { 0 } else { length / 3 })
}

/// The choice that was meant: a word that was mistyped, not one that says something else.
pub(super) fn nearest_choice<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let written = written.to_lowercase();
    let length = written.chars().count();
    nearest_within(&written, known, (length / 3).min(MOST_MISTYPED))
}

fn nearest_within<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
    allowed: usize,
) -> Option<&'k str> {
    let length = written.chars().count();
    if length > 80 {
        return None;
    }
    let distance = |name: &str| {
        let name = name.to_lowercase();
        let same_digits = digits(written).eq(digits(&name));
        // Names are as far apart at least as they differ in length, and to count that is quick.
        let near = same_digits && length.abs_diff(name.chars().count()) <= allowed;
        near.then(|| strsim::damerau_levenshtein(written, &name)).filter(|far| *far <= allowed)
    };
    let mut near: Vec<(usize, &str)> =
        known.into_iter().filter_map(|name| Some((distance(name)?, name))).collect();
    near.sort_unstable();
    near.dedup();
    match near[..] {
        [(first, _), (second, _), ..] if first == second => None,
        _ => near.first().map(|&(_, name)| name),
    }
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_says_the_same_thing() {
        let vat = ["none", "recoverable", "irrecoverable"];
        let cases: [(&str, &[&str], Option<&str>); 14] = [
            ("recoverble", &vat, Some("recoverable")),
            ("Recoverable", &vat, Some("recoverable")),
            ("irrecoverabel", &vat, Some("irrecoverable")),
            ("partly", &vat, None),
            ("partly recoverable", &vat, None),
            ("part recoverable", &vat, None),
            ("unrecoverable", &vat, None),
            ("non-recoverable", &vat, None),
            ("no", &vat, None),
            ("not-cash-releasing", &["cash-releasing", "non-cash-releasing"], Some("non-cash-releasing")),
            ("3", &["5", "8a"], None),
            ("8b", &["8a", "8c", "8d"], None),
            ("capitol", &["capital", "revenue"], Some("capital")),
            ("", &["top"], None),
        ];
        for (written, choices, meant) in cases {
            assert_eq!(nearest_choice(written, choices.iter().copied()), meant, "{written}");
        }
        assert_eq!(nearest("bookings", ["booking", "records"]), Some("booking"));
        assert_eq!(nearest("trust-3", ["trust-1", "trust-2"]), None);
        assert_eq!(nearest("teem", ["team", "teen"]), None, "either may be meant");
        assert_eq!(nearest("team", ["team", "team"]), Some("team"));
    }
}
