//! `wholelife completions` and `wholelife man`: what shells and manuals want to know of the command, written from its
//! own arguments.

use std::io;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_complete::generate;
use clap_mangen::Man;

use super::Outcome;
use super::args::{Arguments, Completions, Manual};
use super::failure::Failure;
use super::files;
use super::screen::{print_plain, tell};

/// Runs `completions`.
pub(super) fn completions(args: &Completions) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    generate(args.shell, &mut Arguments::command(), "wholelife", &mut script);
    print_plain(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}

/// Runs `man`.
pub(super) fn man(args: &Manual) -> Result<Outcome, Failure> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &args.output else {
        print_plain(&String::from_utf8_lossy(&page(&command).map_err(Failure::Output)?))?;
        return Ok(Outcome::Done);
    };
    let count = write(&command, folder, args.force)?;
    tell(&format!("{}: {count} pages written", folder.display()));
    Ok(Outcome::Done)
}

/// Writes the page of a command and those of its own commands; says how many.
fn write(command: &Command, folder: &Path, force: bool) -> Result<usize, Failure> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let path = folder.join(format!("{name}.1"));
    let failed = |cause| Failure::Write { path: path.clone(), cause };
    std::fs::create_dir_all(folder).map_err(failed)?;
    files::write_file(&path, &page(command).map_err(failed)?, force)?;
    let inner = command.get_subcommands().map(|inner| write(inner, folder, force));
    inner.sum::<Result<usize, Failure>>().map(|count| count + 1)
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    // Without a date: the same version gives the same bytes.
    Man::new(command.clone()).date("").render(&mut page)?;
    Ok(page)
}
