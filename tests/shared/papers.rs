//! Reports of a few scenarios, made once, for the tests that read them as markup and those that open them elsewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tempfile::TempDir;

use super::wholelife;

/// Reports of the scenarios that papers must bear, made once: ordinary, least, crowded, and with names that are no
/// names.
pub(crate) struct Reports {
    pub(crate) desk: TempDir,
}

pub(crate) const NAMES: [&str; 4] = ["patient-access", "one-option-one-year", "ten-long-names", "hostile"];

/// A name that would break out of markup, if anything let it.
pub(crate) const HOSTILE: &str =
    "</title></p></w:t><script>alert(1)</script> \" ' & &amp; ]]> `x` <img src=http://x.example/>";

pub(crate) static REPORTS: LazyLock<Reports> = LazyLock::new(|| {
    let desk = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| fs::read_to_string(root.join(file)).expect("a scenario");
    let least = read("tests/gallery/one-option-one-year.toml");
    let literal = format!("'''{HOSTILE}'''");
    let hostile =
        ["\"Discovery only\"", "\"Example NHS Foundation Trust\"", "\"Letters\"", "\"The only option\""]
            .into_iter()
            .fold(least.clone(), |text, name| {
                assert!(text.contains(name), "{name} is in the fixture");
                text.replace(name, &literal)
            });
    let scenarios =
        [read("scenarios/patient-access.toml"), least, read("tests/gallery/ten-long-names.toml"), hostile];
    for (name, text) in NAMES.into_iter().zip(scenarios) {
        fs::write(desk.path().join(format!("{name}.toml")), text).expect("written");
        make(desk.path(), name, name);
    }
    Reports { desk }
});

pub(crate) fn make(folder: &Path, name: &str, out: &str) {
    let made = wholelife(folder).args(["report", &format!("{name}.toml"), "-o", out]).output().expect("run");
    assert!(made.status.success(), "{name}: {}", String::from_utf8_lossy(&made.stderr));
}

pub(crate) fn file(name: &str, file: &str) -> PathBuf {
    REPORTS.desk.path().join(name).join(file)
}

pub(crate) fn page(name: &str) -> String {
    fs::read_to_string(file(name, "report.html")).expect("a page")
}
