//! `wholelife params`: the built-in parameters, one by one, and what differs between two editions.

use super::Outcome;
use super::args::{Params, ParamsCommand};
use super::choice;
use super::failure::Failure;
use super::screen::Screen;
use crate::export::json;
use crate::report;
use crate::table::Table;

/// Runs it.
pub(super) fn run(args: &Params, screen: &Screen) -> Result<Outcome, Failure> {
    let table: Table = match &args.command {
        ParamsCommand::List => report::editions(),
        ParamsCommand::Show { key, edition } => {
            let edition = choice::edition(edition)?;
            let table = report::figures(edition, key.as_deref());
            if let Some(key) = key
                && table.rows.is_empty()
            {
                return Err(choice::no_such_parameter(edition, key));
            }
            table
        }
        ParamsCommand::Compare { old, new } => {
            report::edition_changes(choice::edition(old)?, choice::edition(new)?)
        }
    };
    let tables = [table];
    screen.show(&tables, || json::tables(&tables), args.shown)?;
    Ok(Outcome::Done)
}
