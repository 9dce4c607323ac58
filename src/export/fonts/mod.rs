//! The typeface of every picture, embedded: Source Sans 3 by Adobe, under the SIL Open Font License 1.1 (see
//! `LICENSE.md` beside the files). The files are as published; "Source" is a reserved name, so they are
//! neither subset nor converted.

/// Source Sans 3 Regular.
pub(super) const REGULAR: &[u8] = include_bytes!("SourceSans3-Regular.otf");

/// Source Sans 3 Semibold.
pub(super) const SEMIBOLD: &[u8] = include_bytes!("SourceSans3-Semibold.otf");
