//! The Word document in LibreOffice: the same figures as the page.

use std::fs;
use std::process::Command;

use crate::pdf::{keep_to_look_at, read_pdf};
use crate::shared::papers::{NAMES, file};

pub(crate) fn a_word_processor_opens_it_and_shows_the_same_figures() {
    let mut command = Command::new("soffice");
    let desk = tempfile::tempdir().expect("a folder");
    let profile = format!("-env:UserInstallation=file://{}/profile", desk.path().display());
    command.args([&profile, "--headless", "--convert-to", "pdf", "--outdir"]).arg(desk.path());
    for name in NAMES {
        let copy = desk.path().join(format!("{name}.docx"));
        fs::copy(file(name, "board-paper.docx"), &copy).expect("copied");
        command.arg(copy);
    }
    let output = command.output().expect("soffice");
    for (name, pages) in NAMES.into_iter().zip([11..=20, 6..=12, 15..=28, 6..=14]) {
        let pdf = desk.path().join(format!("{name}.pdf"));
        assert!(pdf.exists(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let (text, count) = read_pdf(&pdf);
        assert!(pages.contains(&count), "{name}: {count} pages");
        keep_to_look_at(&pdf, &format!("{name}-word"));
        for heading in
            ["Finding", "Comparison", "What drives the answer", "How to reproduce this paper", "Table 1. "]
        {
            assert!(text.contains(heading), "{name}: {heading}");
        }
        if name == "patient-access" {
            // The comparison as `compare` prints it: four options and a difference.
            let rows = [
                "Cash, prices of each year 10,815 20,096 20,134 16,742 -39",
                "Present value (net present cost) 8,114 16,394 14,921 13,534 1,473",
                "Net present social value 0 8,915 2,446 8,587 6,470",
                "First benefit – May 2027 Apr 2029 Jul 2027 –",
            ];
            for row in rows {
                assert!(text.contains(row), "{row}");
            }
        }
    }
}
