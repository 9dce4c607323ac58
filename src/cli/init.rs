//! `wholelife init`: a commented starter scenario that runs.

use super::Outcome;
use super::args::Init;
use super::failure::Failure;
use super::files;
use super::input::is_standard_input;
use super::screen::{print_plain, tell};

/// The starter scenario.
const STARTER: &str = include_str!("starter.toml");

/// Runs it.
pub(super) fn run(args: &Init) -> Result<Outcome, Failure> {
    match args.file.as_deref().filter(|path| !is_standard_input(path)) {
        None => print_plain(STARTER)?,
        Some(path) => {
            files::write_file(path, STARTER.as_bytes(), args.force)?;
            let path = path.display();
            tell(&format!("{path}: written; change the figures in it, then run: wholelife compare {path}"));
        }
    }
    Ok(Outcome::Done)
}
