//! Whole-life cost of digital services, funded through standing teams or through projects.
//!
//! A finance director writes a scenario: services, the people who build and keep them, and several options
//! to fund that work. `wholelife` runs every option through one delivery mechanism, month by month, and
//! tells what each costs over its whole life, what it gives, and why.
//!
//! Data goes one way, down one staircase:
//!
//! | step | room |
//! |---|---|
//! | the text of a scenario file becomes a checked [`scenario::Scenario`], or every fault in it | [`scenario`] |
//! | the scenario and one list of values become a [`plan::Plan`] of plain numbers | [`plan`] |
//! | the plan becomes a [`delivery::Timesheet`]: who worked on what, and the lives of services | [`delivery`] |
//! | timesheet, service lives and cost lines become postings | [`costing`], into a [`ledger::Sink`] |
//! | postings become measures | [`appraisal`] |
//! | the same again with other numbers: sensitivity, switching values | [`uncertainty`] |
//! | any figure as a formula over named terms, down to the inputs | [`explain`] |
//! | measures become tables and charts | [`report`] |
//! | tables and charts become bytes | [`export`] |
//!
//! Below the staircase lie [`number`] (exact decimals, or `f64`: one kernel for both), [`calendar`],
//! [`diagnostic`], [`id`], [`ledger`], [`table`], [`chart`], [`workbook`] and [`parameters`] (dated, sourced policy
//! figures). Above it stands `cli`, the only room that touches disk or terminal. A room imports only from
//! floors below its own; a test holds that.

pub mod accounts;
pub mod appraisal;
pub mod audit;
pub mod calendar;
pub mod chart;
#[cfg(feature = "cli")]
pub mod cli;
pub mod costing;
pub mod delivery;
pub mod diagnostic;
pub mod explain;
pub mod export;
pub mod funding;
pub mod id;
pub mod ledger;
pub mod number;
pub mod paper;
pub mod parameters;
pub mod plan;
pub mod report;
pub mod review;
pub mod run;
pub mod scenario;
pub mod table;
pub mod uncertainty;
pub mod workbook;
