//! The page in Chromium: nothing wrong at the console, nothing wider than the screen, and A4 on paper.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::pdf::{keep_to_look_at, read_pdf};
use crate::shared::papers::{NAMES, file, page};

/// Chromium without a screen, on a profile of its own, with nothing of its own to fetch.
fn chromium(command: &mut Command, profile: &Path) -> Output {
    let quiet = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--enable-logging=stderr",
    ];
    let output = command.args(quiet).arg(format!("--user-data-dir={}", profile.display())).output();
    output.expect("chromium")
}

/// What a page of script says of the report in frames as wide as a desk's and a telephone's screen. The report
/// itself has no script: the frames are asked from outside.
fn wrapper(report: &str) -> String {
    let source = report.replace('&', "&amp;").replace('"', "&quot;");
    let frame = |width: u32| {
        format!(
            "<iframe id=\"w{width}\" width=\"{width}\" height=\"900\" style=\"border:0\" srcdoc=\"{source}\"></iframe>"
        )
    };
    format!(
        "<!DOCTYPE html><body style=\"margin:0\">{}{}<pre id=\"told\"></pre><script>
addEventListener('load', () => {{
  for (const width of [1280, 390]) {{
    const page = document.getElementById('w' + width).contentDocument;
    const wide = [...page.querySelectorAll('body *')].filter(e => !e.closest('.scroll > *')
      && e.getBoundingClientRect().right > width + 0.5).map(e => e.tagName + '.' + e.className);
    const cut = [...page.querySelectorAll('td.figure')].filter(e => e.scrollWidth > e.clientWidth + 1);
    document.getElementById('told').textContent += `${{width}}: ${{page.documentElement.scrollWidth}} wide, `
      + `${{page.querySelectorAll('svg').length}} charts, over: [${{wide.slice(0, 5)}}], cut: ${{cut.length}}\\n`;
  }}
}});
</script></body>",
        frame(1280),
        frame(390)
    )
}

pub(crate) fn a_page_fits_a_desk_and_a_telephone_and_the_console_stays_silent() {
    for name in NAMES {
        let mut command = Command::new("chromium");
        let desk = tempfile::tempdir().expect("a folder");
        let path = desk.path().join("wrapper.html");
        fs::write(&path, wrapper(&page(name))).expect("written");
        command.args(["--dump-dom", "--virtual-time-budget=20000", "--window-size=1300,900"]);
        let output = chromium(command.arg(format!("file://{}", path.display())), desk.path());
        let dom = String::from_utf8_lossy(&output.stdout);
        let told = dom.split_once("<pre id=\"told\">").and_then(|(_, rest)| rest.split_once("</pre>"));
        let told = told.map(|(told, _)| told).expect("what the frames say");
        let charts = page(name).matches("<svg ").count();
        let expected = format!(
            "1280: 1280 wide, {charts} charts, over: [], cut: 0\n390: 390 wide, {charts} charts, over: [], cut: 0\n"
        );
        assert_eq!(told, expected, "{name}");
        let log = String::from_utf8_lossy(&output.stderr);
        let console: Vec<&str> = log.lines().filter(|line| line.contains("CONSOLE")).collect();
        assert!(console.is_empty(), "{name}: {console:?}");
    }
}

pub(crate) fn a_page_prints_on_a4() {
    for (name, pages) in NAMES.into_iter().zip([12..=20, 6..=12, 16..=28, 6..=14]) {
        let mut command = Command::new("chromium");
        let desk = tempfile::tempdir().expect("a folder");
        let pdf = desk.path().join("page.pdf");
        command.args(["--no-pdf-header-footer", &format!("--print-to-pdf={}", pdf.display())]);
        chromium(command.arg(format!("file://{}", file(name, "report.html").display())), desk.path());
        let (text, count) = read_pdf(&pdf);
        assert!(pages.contains(&count), "{name}: {count} pages");
        keep_to_look_at(&pdf, &format!("{name}-page"));
        for heading in ["Finding", "Comparison", "What drives the answer", "How to reproduce this paper"] {
            assert!(text.contains(heading), "{name}: {heading}");
        }
        let info = Command::new("pdfinfo").arg(&pdf).output().expect("pdfinfo");
        assert!(String::from_utf8_lossy(&info.stdout).contains("(A4)"), "{name}");
    }
}
