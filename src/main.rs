//! The `wholelife` command. Everything it does is in the library's `cli` room.

use std::process::ExitCode;

fn main() -> ExitCode {
    wholelife::cli::run(std::env::args_os())
}
