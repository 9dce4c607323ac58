//! What is known of where an input's value comes from: what the scenario says of it, or what its edition does.

use crate::parameters::{Edition, Figure};
use crate::scenario::{Input, Origin};

/// Where a value comes from and who answers for it. What is empty is not known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) source: Option<&'a str>,
    pub(super) dated: Option<&'a str>,
    pub(super) owner: Option<&'a str>,
    pub(super) review_by: Option<&'a str>,
    pub(super) signed_off: Option<&'a str>,
    pub(super) note: Option<&'a str>,
    /// The figure of the edition that the input takes. Then the scenario says nothing of it.
    pub(super) figure: Option<&'a Figure>,
}

/// What is known of an input.
pub(super) fn known<'a>(input: &'a Input, edition: Option<&'a Edition>) -> Known<'a> {
    let figure = match &input.origin {
        Origin::Parameter(key) => edition.and_then(|edition| edition.figure(key)),
        Origin::Written(_) | Origin::Default => None,
    };
    let said = &input.provenance;
    Known {
        source: said.source.as_deref().or(figure.map(|figure| figure.source.as_str())),
        dated: said.dated.as_deref().or(figure.map(|figure| figure.dated.as_str())),
        owner: said.owner.as_deref(),
        review_by: said.review_by.as_deref(),
        signed_off: said.signed_off.as_deref(),
        note: said.note.as_deref().or(figure.and_then(|figure| figure.note.as_deref())),
        figure,
    }
}

impl Known<'_> {
    /// How far the edition says that its figure can be relied on.
    pub(super) fn status(&self) -> Option<&'static str> {
        self.figure.map(|figure| figure.status.word())
    }

    /// The source, and what a reader should know of it: `Pay circular 2; top of the scale`.
    pub(super) fn source_and_note(&self) -> String {
        [self.source, self.note].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}
