//! Cases straight from scenario files, with inputs changed.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use wholelife::report::Case;
use wholelife::scenario::{self, Request};
use zip::ZipArchive;

/// Every scenario that the house ships, and one that has a bit of everything.
pub(crate) fn scenarios() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = super::shipped()
        .into_iter()
        .map(|name| root.join("scenarios").join(name).with_extension("toml"))
        .collect();
    files.push(root.join("src/cli/starter.toml"));
    files.push(root.join("tests/workbook/everything.toml"));
    files
}

/// A scenario, run with inputs changed as `--set` does it.
pub(crate) fn case(file: &Path, set: &[String]) -> Case {
    let text = fs::read_to_string(file).expect("a scenario");
    let folder = file.parent().expect("a folder").to_owned();
    let tables = |name: &str| fs::read(folder.join(name)).map_err(|fault| fault.to_string());
    let reading = scenario::read(&Request { name: "scenario", text: &text, set, tables: &tables });
    let faults: Vec<String> = reading.diagnostics.iter().map(|fault| format!("{fault:?}")).collect();
    Case::new(reading.scenario.unwrap_or_else(|| panic!("{}: {set:?}: {faults:#?}", file.display())))
}

/// The files inside a workbook.
pub(crate) fn parts(workbook: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let count = archive.len();
    let read = |place| {
        let mut part = archive.by_index(place).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part");
        (part.name().expect("a name").into_owned(), bytes)
    };
    (0..count).map(read).collect()
}
