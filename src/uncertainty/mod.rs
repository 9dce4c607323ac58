//! Uncertainty: what the answer rests on. Everything here realises the scenario with other numbers and runs
//! the same kernel again (MODEL section 12); there is no second, faster model.
//!
//! | files | question |
//! |---|---|
//! | `sample`, `distribution`, `beta`, `octaves`, `copula`, `lanes`, `engine`, `meter`, `tally`, `simulate`, `rounds`, `statistics` | how sure? |
//! | `sensitivity`, `grid`, `worlds` | what does each input do? |
//! | `switching`, `search` | what would change the answer? |
//! | `bridge`, `shapley` | why do two options differ? |
//! | `diff` | why do two scenarios differ? |

mod added;
mod beta;
mod bridge;
mod copula;
mod diff;
mod distribution;
mod engine;
mod grid;
mod lanes;
mod meter;
mod octaves;
mod rounds;
mod sample;
mod search;
mod sensitivity;
mod shapley;
mod simulate;
mod statistics;
mod switching;
mod tally;
mod worlds;

pub use added::added_costs;
pub use bridge::{Bar, Bridge, Measure, Mechanism, bridge};
pub use diff::{Difference, Figure, Group, Headline, Method, difference};
pub use distribution::Distribution;
pub use engine::Engine;
pub use grid::{Axis, Grid, grid};
pub use lanes::{Draws, Lanes};
pub use rounds::{BATCH, Rounds};
pub use sample::Sampler;
pub use sensitivity::{Figures, Sensitivity, Swing, sensitivity};
pub use shapley::{MOST_PARTS, path, shapley};
pub use simulate::{Ended, MOST_DRAWS, OptionDraws, Order, Precision, Simulation, simulate};
pub use statistics::{Estimated, PERCENTILES, Spread};
pub use switching::{Near, Point, Switching, Turn, TurnKind, near_turns, switching};
pub use tally::Outcome;
pub use worlds::{By, Pair, Range, Worlds, may_vary};
