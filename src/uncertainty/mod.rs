//! How sure: a scenario run again and again with other numbers (MODEL section 12).
//!
//! Everything here is "realise the scenario with other values and run the same kernel": a draw of a
//! simulation is one list of values, met by every option alike.

mod beta;
mod copula;
mod distribution;
mod engine;
mod sample;
mod simulate;
mod statistics;
mod tally;

pub use distribution::Distribution;
pub use engine::Engine;
pub use sample::{ROUND, Sampler};
pub use simulate::{Ended, MOST_DRAWS, OptionDraws, Order, Simulation, simulate};
pub use statistics::{Estimated, PERCENTILES, Spread, chance, spread};
pub use tally::Outcome;
