//! Uncertainty: what the answer rests on. Everything here realises the scenario with other numbers and runs
//! the same kernel again; there is no second, faster model.

mod bridge;
mod diff;
mod shapley;

pub use bridge::{Bar, Bridge, Measure, Mechanism, bridge};
pub use diff::{Difference, Figure, Group, Headline, Method, difference};
pub use shapley::{MOST_PARTS, path, shapley};
