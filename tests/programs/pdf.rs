//! PDF files that a browser or a word processor made, read by poppler. `PAPER_LOOK=folder` keeps their pages as
//! pictures, to be looked at.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Pages of a PDF as pictures, for whoever looks at them.
pub(crate) fn keep_to_look_at(pdf: &Path, name: &str) {
    let Ok(folder) = std::env::var("PAPER_LOOK") else { return };
    fs::create_dir_all(&folder).expect("a folder");
    let to = Path::new(&folder).join(name);
    let drawn = Command::new("pdftoppm").args(["-r", "70", "-png"]).arg(pdf).arg(to).status();
    assert!(drawn.is_ok_and(|status| status.success()), "{name}: pdftoppm");
}

/// The words of a PDF with single spaces, and its number of pages.
pub(crate) fn read_pdf(pdf: &Path) -> (String, usize) {
    let output = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().expect("pdftotext");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let pages = text.matches('\u{c}').count();
    (text.split_whitespace().collect::<Vec<_>>().join(" "), pages)
}
