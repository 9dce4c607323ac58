//! Tables and charts become bytes. Nothing here touches a disk or a terminal.
//!
//! Every exporter of tables takes the same [`Table`](crate::table::Table). Those for people ([`text`],
//! [`markdown`]) show figures as a person reads them, in the [`Units`] asked for; those for other programs
//! ([`csv`], [`json`]) write them raw and exact. A whole [`Paper`](crate::paper::Paper) becomes one page (`html`) or a
//! Word document (`docx`). [`diagnostics`] shows faults of the input with their places; [`findings`] hands them to
//! other programs. The scenario format becomes a JSON Schema ([`schema`]) and its reference ([`reference`](mod@reference)).

pub mod csv;
pub mod diagnostics;
#[cfg(feature = "papers")]
pub mod docx;
pub mod findings;
#[cfg(feature = "papers")]
pub mod html;
pub mod json;
pub mod markdown;
#[cfg(feature = "charts")]
pub mod png;
pub mod reference;
pub mod schema;
#[cfg(feature = "charts")]
pub mod svg;
pub mod text;
#[cfg(feature = "xlsx")]
pub mod xlsx;

mod figure;
#[cfg(feature = "cli")]
pub(crate) use figure::directions_shown;
#[cfg(feature = "charts")]
mod fonts;

/// The units in which money is shown to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Pounds and pence.
    Pounds,
    /// Thousands of pounds, to the nearest thousand.
    #[default]
    Thousands,
    /// Millions of pounds, to the nearest ten thousand.
    Millions,
}

impl Units {
    /// As finance people write it.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Pounds => "£",
            Self::Thousands => "£000",
            Self::Millions => "£m",
        }
    }
}
