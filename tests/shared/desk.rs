//! A folder with the starter scenario in it, and the command run there as a user runs it.

use std::fs;
use std::path::Path;

use snapbox::cmd::{Command, OutputAssert, cargo_bin};
use tempfile::TempDir;

/// A folder with `my.toml` in it, the starter scenario.
pub(crate) fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    wholelife(desk.path(), &["init", "my.toml"]).code(0);
    desk
}

/// The command in a folder, under no one's settings.
pub(crate) fn command(folder: &Path, args: &[&str]) -> Command {
    let plain = Command::new(cargo_bin("wholelife")).current_dir(folder).args(args);
    ["COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR"].iter().fold(plain, Command::env_remove)
}

/// What came of it.
pub(crate) fn wholelife(folder: &Path, args: &[&str]) -> OutputAssert {
    command(folder, args).assert()
}

pub(crate) fn stdout(run: &OutputAssert) -> String {
    String::from_utf8(run.get_output().stdout.clone()).expect("text")
}

pub(crate) fn stderr(run: &OutputAssert) -> String {
    String::from_utf8(run.get_output().stderr.clone()).expect("text")
}

/// The text of a file of the folder.
pub(crate) fn read(desk: &TempDir, name: &str) -> String {
    fs::read_to_string(desk.path().join(name)).expect("a file")
}
