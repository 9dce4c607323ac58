//! Tests that open what the tool writes in the programs of its readers, or follow a page that calls other programs.
//!
//! A test whose programs are not all on this machine is listed as `[needs ...]` and `ignored`, and the last line counts
//! it. With `CI=true` it fails instead, so that a run can't be green for want of a program.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod browser;
mod office;
mod pdf;
mod scale;
#[path = "../shared/mod.rs"]
mod shared;
mod spreadsheet;
mod word_processor;

use std::env;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let trials = vec![
        trial(
            "browser::a_page_fits_a_desk_and_a_telephone_and_the_console_stays_silent",
            &["chromium"],
            browser::a_page_fits_a_desk_and_a_telephone_and_the_console_stays_silent,
        ),
        trial(
            "browser::a_page_prints_on_a4",
            &["chromium", "pdftotext", "pdfinfo"],
            browser::a_page_prints_on_a4,
        ),
        trial(
            "word_processor::a_word_processor_opens_it_and_shows_the_same_figures",
            &["soffice", "pdftotext"],
            word_processor::a_word_processor_opens_it_and_shows_the_same_figures,
        ),
        trial(
            "spreadsheet::libreoffice_agrees_with_the_engine",
            &["soffice"],
            spreadsheet::libreoffice_agrees_with_the_engine,
        ),
        trial(
            "spreadsheet::what_wholelife_refuses_turns_the_master_check_red",
            &["soffice"],
            spreadsheet::what_wholelife_refuses_turns_the_master_check_red,
        ),
        trial(
            "scale::the_commands_of_the_page_work_and_parts_merge_to_a_single_run",
            &["bash", "xargs", "awk", "sqlite3"],
            scale::the_commands_of_the_page_work_and_parts_merge_to_a_single_run,
        ),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A test, if its programs are here.
fn trial(name: &str, programs: &[&str], test: fn()) -> Trial {
    let missing: Vec<&str> = programs.iter().copied().filter(|program| !is_here(program)).collect();
    if missing.is_empty() {
        return Trial::test(name, move || {
            test();
            Ok(())
        });
    }
    let reason = format!("needs {}", missing.join(", "));
    if env::var_os("CI").is_some_and(|value| value == "true") {
        return Trial::test(name, move || Err(Failed::from(format!("{reason}: install it, or unset CI"))));
    }
    Trial::test(name, || Ok(())).with_kind(reason).with_ignored_flag(true)
}

/// Whether a program is in a folder of the PATH.
fn is_here(program: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&folders).any(|folder| folder.join(&file).is_file())
}
