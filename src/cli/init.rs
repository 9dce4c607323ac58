//! `wholelife init`: a commented starter scenario that runs, and the schema that helps an editor with it.

use super::Outcome;
use super::args::Init;
use super::failure::Failure;
use super::input::is_standard_input;
use super::screen::{print_plain, tell};
use super::{files, plain, schema};

/// The starter scenario.
const STARTER: &str = include_str!("starter.toml");

/// Runs it.
pub(super) fn run(args: &Init) -> Result<Outcome, Failure> {
    let Some(path) = args.file.as_deref().filter(|path| !is_standard_input(path)) else {
        if args.schema {
            return Err(Failure::SchemaNeedsFile);
        }
        print_plain(STARTER)?;
        return Ok(Outcome::Done);
    };
    let shown = path.display();
    if args.schema {
        let beside = schema::beside(path);
        // An older schema is replaced by the one that this version reads by; something else of that name is not.
        let is_ours = plain::read(&beside).is_ok_and(|bytes| schema::is_ours(&bytes));
        files::write_file(&beside, schema::text().as_bytes(), args.force || is_ours)?;
        files::write_file(path, schema::pointed(STARTER).as_bytes(), args.force)?;
        tell(&format!("{}: written; editors that know TOML schemas check {shown} by it", beside.display()));
    } else {
        files::write_file(path, STARTER.as_bytes(), args.force)?;
    }
    tell(&format!("{shown}: written; change the figures in it, then run: wholelife compare {shown}"));
    Ok(Outcome::Done)
}
