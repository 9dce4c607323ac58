//! The board paper as markup: sound, and what it must be whatever a scenario holds. `tests/programs` opens it in a
//! browser and a word processor.

#![cfg(feature = "cli")]

mod html;
mod word;

use std::fs;

use crate::shared::papers::{REPORTS, file, make};

#[test]
fn two_runs_give_the_same_bytes() {
    let desk = REPORTS.desk.path();
    make(desk, "one-option-one-year", "again");
    for name in ["report.html", "board-paper.docx"] {
        let [first, second] =
            ["one-option-one-year", "again"].map(|run| fs::read(file(run, name)).expect("a file"));
        assert!(first == second, "{name} differs between two runs");
    }
}
