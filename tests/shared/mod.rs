//! The command as the tests below meet it: every scenario that the house ships, what the command prints of
//! it, and its ledger read back from the command's own CSV.

#![allow(dead_code, reason = "each of the two test programs needs a part of it")]

pub(crate) mod cases;
pub(crate) mod console;
pub(crate) mod desk;
pub(crate) mod ends;
pub(crate) mod papers;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rust_decimal::Decimal;
use snapbox::cmd::cargo_bin;

/// A scenario file with its tables, in a place where the command finds it.
pub(crate) struct Scenario {
    /// Its name, without ending.
    pub(crate) name: String,
    /// The folder it stands in.
    pub(crate) folder: PathBuf,
}

impl Scenario {
    /// One of `scenarios/`.
    pub(crate) fn shipped(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        Self { name: name.to_owned(), folder }
    }

    /// Runs a command on it, at a width at which nothing is cut; anything but success fails the test.
    pub(crate) fn run(&self, args: &[&str]) -> String {
        let output = self.output(args);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?} of {}: {told}", self.name);
        String::from_utf8(output.stdout).expect("text")
    }

    /// Likewise, however it ends.
    pub(crate) fn output(&self, args: &[&str]) -> Output {
        let (command, rest) = args.split_first().expect("a command");
        wholelife(&self.folder)
            .arg(command)
            .arg(format!("{}.toml", self.name))
            .args(rest)
            .output()
            .expect("run")
    }

    /// Every posting, as `wholelife ledger` prints it.
    pub(crate) fn ledger(&self) -> Vec<Row> {
        let text = self.run(&["ledger", "--format", "csv"]);
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().expect("a header").clone();
        let place = |name: &str| header.iter().position(|column| column == name).expect("a column");
        let columns =
            ["option", "month", "financial_year", "element", "activity", "category", "treatment", "kind"];
        let columns = columns.map(place);
        let (economic, financial) = (place("economic"), place("financial"));
        let rows = reader.records().map(|record| {
            let record = record.expect("a row");
            let [option, month, year, element, activity, category, treatment, kind] =
                columns.map(|column| record[column].to_owned());
            let (economic, financial) = (pounds(&record[economic]), pounds(&record[financial]));
            Row { option, month, year, element, activity, category, treatment, kind, economic, financial }
        });
        rows.collect()
    }
}

/// The command in a folder, under no one's settings but ours.
pub(crate) fn wholelife(folder: &Path) -> Command {
    let mut command = Command::new(cargo_bin("wholelife"));
    command.current_dir(folder).env("COLUMNS", "150");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

/// The names of all scenarios that the house ships, without ending.
pub(crate) fn shipped() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let paths = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let scenarios = paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let name = |path: PathBuf| path.file_stem().expect("a name").to_string_lossy().into_owned();
    let mut names: Vec<String> = scenarios.map(name).collect();
    names.sort();
    names
}

/// The fixtures at the ends of what outputs must bear: one option in one year, and ten with long names.
pub(crate) fn gallery() -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gallery");
    let one = |name: &str| Scenario { name: name.to_owned(), folder: folder.clone() };
    ["one-option-one-year", "ten-long-names"].map(one).into()
}

/// A row of the ledger.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The option's name in the file.
    pub(crate) option: String,
    /// As `2026-04`.
    pub(crate) month: String,
    /// As `2026-27`.
    pub(crate) year: String,
    /// As `stream.first/service.booking`.
    pub(crate) element: String,
    /// As `beta`.
    pub(crate) activity: String,
    /// As `pay`.
    pub(crate) category: String,
    /// `capital`, `revenue` or `none`.
    pub(crate) treatment: String,
    /// As `cost` or `cash-releasing`.
    pub(crate) kind: String,
    /// Real pounds.
    pub(crate) economic: Decimal,
    /// Nominal pounds.
    pub(crate) financial: Decimal,
}

impl Row {
    /// Whether it is a benefit.
    pub(crate) fn is_benefit(&self) -> bool {
        ["cash-releasing", "non-cash-releasing", "societal"].contains(&self.kind.as_str())
    }
}

/// Pounds, exactly.
pub(crate) fn pounds(text: &str) -> Decimal {
    text.replace(',', "").parse().expect("an amount")
}
