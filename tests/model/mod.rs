//! The model against numbers worked by hand, and against what must hold whatever the numbers.

mod accounts;
mod appraisal;
mod cia;
mod costs;
mod ends;
mod funds;
mod horizon;
mod lines;
mod mechanisms;
mod money;
mod numbers;
mod people;
pub(crate) mod properties;
mod renewal;
mod services;
mod steady;
mod streams;
mod support;
