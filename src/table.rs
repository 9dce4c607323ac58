//! Tables as data.
