//! export.

pub mod diagnostics;
