//! LibreOffice as a second opinion: workbooks recalculated from nothing but their formulas and inputs.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::shared::cases::parts;

/// The setting without which LibreOffice shows the results that a file came with.
const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// Recalculates workbooks into another folder, in two runs of the program side by side; their names stay.
pub(crate) fn recalculate(folder: &Path, files: &[PathBuf]) -> PathBuf {
    let out = folder.join("out");
    let (left, right): (Vec<_>, Vec<_>) = files.iter().enumerate().partition(|(place, _)| place % 2 == 0);
    std::thread::scope(|scope| {
        for (name, half) in [("left", left), ("right", right)] {
            let half: Vec<&PathBuf> = half.into_iter().map(|(_, file)| file).collect();
            let (profile, out) = (folder.join(name), &out);
            scope.spawn(move || convert(&profile, out, &half));
        }
    });
    out
}

fn convert(profile: &Path, out: &Path, files: &[&PathBuf]) {
    fs::create_dir_all(profile.join("user")).expect("a profile");
    fs::write(profile.join("user/registrymodifications.xcu"), RECALCULATE).expect("a profile");
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(out)
        .args(files)
        .output()
        .expect("LibreOffice runs");
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "LibreOffice: {told}");
    for file in files {
        let made = out.join(file.file_name().expect("a name"));
        assert!(made.is_file(), "LibreOffice made no {}: {told}", made.display());
    }
}

/// The workbook with every result that it came with set to 0, and with numbers in other cells of a sheet. How
/// many results there were is told too.
pub(crate) fn edited(workbook: &[u8], sheet: usize, numbers: &[(String, f64)]) -> (Vec<u8>, usize) {
    let name = format!("xl/worksheets/sheet{}.xml", sheet + 1);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut count = 0;
    for (part, bytes) in parts(workbook) {
        let mut bytes = bytes;
        if part.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(bytes).expect("text");
            let (mut text, results) = without_results(&text);
            count += results;
            if part == name {
                for (cell, number) in numbers {
                    text = with_number(&text, cell, *number);
                }
            }
            bytes = text.into_bytes();
        }
        archive.start_file(part, SimpleFileOptions::default()).expect("a part");
        archive.write_all(&bytes).expect("a part");
    }
    (archive.finish().expect("a workbook").into_inner(), count)
}

fn without_results(text: &str) -> (String, usize) {
    let mut pieces = text.split("</f><v>");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    let mut count = 0;
    for piece in pieces {
        let (_, rest) = piece.split_once("</v>").expect("the end of a result");
        out.push_str("</f><v>0</v>");
        out.push_str(rest);
        count += 1;
    }
    (out, count)
}

/// A sheet with another number in a cell that holds one.
fn with_number(text: &str, cell: &str, number: f64) -> String {
    let start = text.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no cell {cell}"));
    let (before, at) = text.split_at(start);
    let (head, rest) = at.split_once("<v>").expect("a number");
    assert!(!head.contains("</c>") && !head.contains("<f>"), "{cell} is no number");
    let (_, rest) = rest.split_once("</v>").expect("a number");
    format!("{before}{head}<v>{number}</v>{rest}")
}
