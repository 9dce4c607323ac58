//! `wholelife init`: a commented starter scenario that runs.

use super::Outcome;
use super::args::Init;
use super::failure::Failure;
use super::files;
use super::input::is_standard_input;
use super::screen::Screen;

/// The starter scenario.
const STARTER: &str = include_str!("starter.toml");

/// Runs it.
pub(super) fn run(args: &Init, screen: &Screen) -> Result<Outcome, Failure> {
    match args.file.as_deref().filter(|path| !is_standard_input(path)) {
        None => screen.print(STARTER)?,
        Some(path) => {
            files::write_file(path, STARTER.as_bytes(), args.force)?;
            let path = path.display();
            screen.tell(&format!(
                "{path}: written; change the figures in it, then run: wholelife compare {path}"
            ));
        }
    }
    Ok(Outcome::Done)
}
