//! Uncertainty: what the answer rests on. Everything here realises the scenario with other numbers and runs
//! the same kernel again; there is no second, faster model.

mod bridge;
mod grid;
mod search;
mod sensitivity;
mod diff;
mod shapley;
mod switching;
mod worlds;

pub use bridge::{Bar, Bridge, Measure, Mechanism, bridge};
pub use grid::{Axis, Grid, grid};
pub use sensitivity::{Figures, Sensitivity, Swing, sensitivity};
pub use diff::{Difference, Figure, Group, Headline, Method, difference};
pub use shapley::{MOST_PARTS, path, shapley};
pub use switching::{Near, Point, Switching, Turn, TurnKind, near_turns, switching};
pub use worlds::{By, Pair, Range, Worlds, may_vary};
