//! The names that a scenario declares: collected before anything refers to them, so that a reference can
//! look ahead, and a misspelt one gets the nearest name of its sort.

use std::collections::BTreeSet;

use super::document::Node;
use crate::diagnostic::Span;

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

/// The known name that is nearest to what was written, if one is near enough to be meant.
pub(super) fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if written.len() > 80 {
        return None;
    }
    let allowed = (written.chars().count() / 3).max(1);
    let written = written.to_lowercase();
    let length = written.chars().count();
    let distance = |name: &str| {
        let name = name.to_lowercase();
        // Names are as far apart at least as they differ in length, and to count that is quick.
        let near = length.abs_diff(name.chars().count()) <= allowed;
        near.then(|| strsim::damerau_levenshtein(&written, &name)).filter(|far| *far <= allowed)
    };
    let near = known.into_iter().filter_map(|name| Some((distance(name)?, name)));
    near.min_by_key(|(far, _)| *far).map(|(_, name)| name)
}
