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
//! A scenario, read and run:
//!
//! ```
//! use wholelife::report::Case;
//! use wholelife::scenario::{self, Request};
//!
//! let text = std::fs::read_to_string("scenarios/patient-access.toml")?;
//! let no_tables = |name: &str| Err(format!("there is no table `{name}`"));
//! let reading = scenario::read(&Request { name: "patient-access.toml", text: &text, set: &[], tables: &no_tables });
//! let scenario = reading.scenario.ok_or("the scenario has faults: they are in `reading.diagnostics`")?;
//!
//! let case = Case::new(scenario);
//! assert!(wholelife::audit::passed(&case.checks), "no figure of a run that fails its own checks is to be shown");
//! for (option, measures) in case.scenario.options.iter().zip(&case.run.appraisal.options) {
//!     println!("{}: net present cost £{}", option.name, measures.cost.present);
//! }
//! assert_eq!(case.run.appraisal.options[1].cost.present.to_string(), "16394425.78"); // pounds of 2026-27
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The same with an input changed, and a table of it as text:
//!
//! ```
//! # use wholelife::{export::text, report, scenario::{self, Request}};
//! # let text_of = std::fs::read_to_string("scenarios/patient-access.toml")?;
//! # let none = |name: &str| Err(format!("there is no table `{name}`"));
//! let set = ["approach.project.approval.lead=6 months".to_owned()];
//! let request = Request { name: "patient-access.toml", text: &text_of, set: &set, tables: &none };
//! let case = report::Case::new(scenario::read(&request).scenario.ok_or("faults")?);
//! let table = report::comparison(&case, case.pair());
//! assert!(text::text(&table, &text::Style::default()).contains("Net present social value"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
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
mod money;
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
