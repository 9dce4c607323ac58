//! Every test but one, as one program: each test program links the whole crate, which takes longer than to run it.
//!
//! `tests/allocation.rs` stands alone, for it counts what the whole process allocates. A file of `tests` that is neither
//! named here nor in Cargo.toml would never run; `house::every_test_file_is_run` refuses that.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a test that can't run says so")]

mod arguments;
mod audit;
mod bridge;
mod charts;
mod cli;
mod diff;
mod effect;
mod endurance;
mod errors;
mod explain;
mod files;
mod format;
mod golden;
mod guide;
mod hostile;
mod house;
mod limits;
mod manual;
mod model;
mod pages;
mod paper;
mod portfolio;
mod provenance;
mod reach;
mod reader;
mod rules;
mod scenarios;
mod schema;
mod sensitivity;
mod shared;
mod simulation;
mod spine;
mod terminal;
mod titles;
mod workbook;
mod worked;
