//! Tables and charts to bytes.

#[cfg(feature = "charts")]
mod fonts;
#[cfg(feature = "charts")]
pub mod png;
#[cfg(feature = "charts")]
pub mod svg;
