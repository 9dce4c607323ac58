//! Reading scenario files and the CSV tables beside them, and telling what is wrong with them.
//!
//! A table must lie in the scenario's folder or below it: a scenario from somebody else must not be able to
//! draw in any file of this machine.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::failure::Failure;
use super::manifest::{Listed, fingerprint};
use super::screen::{Screen, tell};
use crate::audit::{self, Check};
use crate::diagnostic::{Diagnostic, Selection, Severity, Sources};
use crate::export::diagnostics;
use crate::report::Case;
use crate::scenario::{self, Request, Scenario};

/// No file that is read is larger, in megabytes: one that is was named by mistake.
const LIMIT: u64 = 16;
const STANDARD_INPUT: &str = "standard input";

/// A scenario that can be run.
#[derive(Debug)]
pub(super) struct Loaded {
    /// Its file, as the user knows it.
    pub(super) name: String,
    /// The scenario, run.
    pub(super) case: Case,
    /// The texts it was read from, for places in them.
    pub(super) sources: Sources,
    /// The texts it came from: the scenario, then its tables in the order of reading. File names only, so
    /// that outputs don't tell where on a machine they were made.
    pub(super) texts: Vec<Listed>,
    /// The scenario's text.
    pub(super) text: String,
    /// The text of every table, by its name in the scenario.
    pub(super) tables: BTreeMap<String, String>,
}

/// A scenario file that was read, with everything there is to say of it; nothing is told yet.
#[derive(Debug)]
pub(super) struct Opened {
    /// Its file, as the user knows it.
    pub(super) name: String,
    /// What reading it gave.
    pub(super) reading: scenario::Reading,
    texts: Vec<Listed>,
    text: String,
    tables: BTreeMap<String, String>,
}

impl Opened {
    /// Runs the scenario, unless it has faults; warnings are faults if asked. What there is to tell of them, and
    /// what came of it.
    fn run(self, strict: bool, colour: bool) -> (String, Result<Option<Loaded>, Failure>) {
        let Self { name, mut reading, texts, text, tables } = self;
        if let Some(scenario) = &reading.scenario {
            scenario::allowed(&scenario.allowed, |_| false, &mut reading.diagnostics);
        }
        let told = in_words(&name, &mut reading.diagnostics, &reading.sources, strict, colour);
        let faults = reading.diagnostics.iter().any(|d| d.severity == Severity::Error);
        let Some(scenario) = reading.scenario.filter(|_| !faults) else { return (told, Ok(None)) };
        let case = sound(&name, scenario);
        let sources = reading.sources;
        (told, case.map(|case| Some(Loaded { name, case, sources, texts, text, tables })))
    }
}

/// Runs a scenario. A run that fails its own checks goes no further.
pub(super) fn sound(file: &str, scenario: Scenario) -> Result<Case, Failure> {
    let case = Case::new(scenario);
    if audit::passed(&case.checks) {
        return Ok(case);
    }
    let told = |check: &Check| {
        let left: Vec<String> = check.left.iter().map(ToString::to_string).collect();
        format!("{}: {}", check.name, left.join(", "))
    };
    let failed = case.checks.iter().filter(|check| !check.passed()).map(told);
    let made_with = format!("wholelife {}, {}", env!("CARGO_PKG_VERSION"), case.scenario.programme.edition);
    Err(Failure::Audit { file: file.to_owned(), left: std::iter::once(made_with).chain(failed).collect() })
}

/// Tells what there is to say of a file; if asked, warnings become faults first.
pub(super) fn tell_all(
    name: &str,
    diagnostics: &mut [Diagnostic],
    sources: &Sources,
    strict: bool,
    screen: &Screen,
) {
    tell(&in_words(name, diagnostics, sources, strict, screen.colour_err()));
}

fn in_words(
    name: &str,
    diagnostics: &mut [Diagnostic],
    sources: &Sources,
    strict: bool,
    colour: bool,
) -> String {
    if strict {
        for diagnostic in diagnostics.iter_mut() {
            diagnostic.severity = Severity::Error;
        }
    }
    let faults = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let listed = Selection::of(diagnostics);
    let more = listed.more().map(|more| format!("{name}: {more}")).unwrap_or_default();
    let found = diagnostics::render(listed.shown, sources, colour);
    let lines = [found.trim_end_matches('\n').to_owned(), more, summary(name, faults, diagnostics)];
    lines.iter().filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>().join("\n")
}

/// How scenarios are to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    /// Inputs changed for this run: key and value.
    pub(super) set: &'a [(String, String)],
    /// Whether warnings are faults.
    pub(super) strict: bool,
}

impl Reading<'_> {
    /// Reads a scenario file, or standard input for `-`.
    pub(super) fn open(self, path: &Path) -> Result<Opened, Failure> {
        let name = if is_standard_input(path) { STANDARD_INPUT.into() } else { path.display().to_string() };
        let scenario = scenario(path)?;
        let texts = RefCell::new(vec![scenario.listed]);
        let contents = RefCell::new(BTreeMap::new());
        let folder = path.parent().unwrap_or(Path::new(""));
        let tables = |table: &str| {
            let name = table;
            let table = self::table(folder, name)?;
            contents.borrow_mut().insert(name.to_owned(), table.text.clone());
            let mut texts = texts.borrow_mut();
            if !texts.contains(&table.listed) {
                texts.push(table.listed);
            }
            Ok(table.text)
        };
        let set: Vec<String> = self.set.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let request = Request { name: &name, text: &scenario.text, set: &set, tables: &tables };
        let reading = scenario::read(&request);
        let (texts, tables) = (texts.into_inner(), contents.into_inner());
        Ok(Opened { name, reading, texts, text: scenario.text, tables })
    }

    /// Reads a scenario file, or standard input for `-`, and tells its faults and warnings. `None` if it
    /// has faults.
    pub(super) fn load(self, path: &Path, screen: &Screen) -> Result<Option<Loaded>, Failure> {
        let (told, result) = self.run(path, screen.colour_err());
        tell(&told);
        result
    }

    /// The same without telling: what there is to tell, and what came of it.
    pub(super) fn run(self, path: &Path, colour: bool) -> (String, Result<Option<Loaded>, Failure>) {
        match self.open(path) {
            Ok(opened) => opened.run(self.strict, colour),
            Err(failure) => (String::new(), Err(failure)),
        }
    }

    /// Reads a scenario again with other changes, and tells the faults they bring; warnings were told the
    /// first time. `None` if it has faults.
    pub(super) fn reread(self, loaded: &Loaded, screen: &Screen) -> Option<Scenario> {
        let tables =
            |name: &str| loaded.tables.get(name).cloned().ok_or_else(|| format!("there is no `{name}`"));
        let set: Vec<String> = self.set.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let request = Request { name: &loaded.name, text: &loaded.text, set: &set, tables: &tables };
        let mut reading = scenario::read(&request);
        if let Some(scenario) = &reading.scenario {
            scenario::allowed(&scenario.allowed, |_| false, &mut reading.diagnostics);
        }
        reading.diagnostics.retain(|d| self.strict || d.severity == Severity::Error);
        tell_all(&loaded.name, &mut reading.diagnostics, &reading.sources, true, screen);
        reading.scenario.filter(|_| reading.diagnostics.is_empty())
    }

    /// Reads several scenario files, telling the faults of all. `None` if any has faults.
    pub(super) fn load_all(self, paths: &[PathBuf], screen: &Screen) -> Result<Option<Vec<Loaded>>, Failure> {
        if paths.iter().filter(|path| is_standard_input(path)).count() > 1 {
            return Err(Failure::InputTwice);
        }
        let loaded: Vec<Option<Loaded>> =
            paths.iter().map(|path| self.load(path, screen)).collect::<Result<_, _>>()?;
        Ok(loaded.into_iter().collect())
    }
}

/// Whether a path stands for standard input or output.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn summary(name: &str, faults: usize, diagnostics: &[Diagnostic]) -> String {
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (faults, diagnostics.len() - faults) {
        (0, 0) => String::new(),
        (0, warnings) => format!("{name}: {}", count(warnings, "warning")),
        (faults, 0) => format!("{name}: {}", count(faults, "fault")),
        (faults, warnings) => format!("{name}: {}, {}", count(faults, "fault"), count(warnings, "warning")),
    }
}

/// A text that was read.
#[derive(Debug)]
struct Text {
    text: String,
    /// Its file's name and the fingerprint of its bytes.
    listed: Listed,
}

impl Text {
    fn read(path: &Path, name: String, from: impl Read) -> Result<Self, Failure> {
        let bytes = at_most(LIMIT, from).map_err(|cause| Failure::Read { path: path.to_owned(), cause })?;
        let bytes = bytes.ok_or_else(|| Failure::TooLarge { path: path.to_owned(), limit: LIMIT })?;
        let listed = Listed { name, sha256: fingerprint(&bytes) };
        let text = without_mark(bytes).map_err(|line| Failure::NotText { path: path.to_owned(), line })?;
        Ok(Self { text, listed })
    }

    fn open(path: &Path, name: String) -> Result<Self, Failure> {
        let file = File::open(path).map_err(|cause| Failure::Read { path: path.to_owned(), cause })?;
        Self::read(path, name, file)
    }
}

/// A scenario, from its file or standard input.
fn scenario(path: &Path) -> Result<Text, Failure> {
    if is_standard_input(path) {
        return Text::read(path, STANDARD_INPUT.into(), io::stdin().lock());
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Text::open(path, name.unwrap_or_default())
}

/// A CSV file beside the scenario, or why there is none.
fn table(folder: &Path, name: &str) -> Result<Text, String> {
    let beside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if name.is_empty() || !beside {
        return Err(format!("`{name}` must lie in the scenario's folder, or in a folder below it"));
    }
    Text::open(&folder.join(name), name.to_owned()).map_err(|failure| failure.to_string())
}

/// Everything there is to read, unless it is more than so many megabytes.
fn at_most(limit: u64, from: impl Read) -> io::Result<Option<Vec<u8>>> {
    let limit = limit << 20;
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// Text without the byte order mark that Windows editors put in front; or the first line that is no text.
fn without_mark(bytes: Vec<u8>) -> Result<String, usize> {
    let text = String::from_utf8(bytes).map_err(|fault| {
        let valid = fault.utf8_error().valid_up_to();
        String::from_utf8_lossy(&fault.as_bytes()[..valid]).matches('\n').count() + 1
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_lies_beside_the_scenario_or_below() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("data")).expect("a folder in it");
        std::fs::write(folder.path().join("data/costs.csv"), "\u{feff}name\n").expect("a file");
        let read = table(folder.path(), "data/costs.csv").expect("a table");
        assert_eq!(read.text, "name\n");
        assert_eq!(read.listed.sha256, fingerprint("\u{feff}name\n".as_bytes()), "as the file's own bytes");
        let outside = folder.path().join("data/costs.csv");
        for name in ["../costs.csv", "data/../../x.csv", "/etc/passwd", "", outside.to_str().expect("text")] {
            let refused = table(&folder.path().join("data"), name);
            assert!(refused.is_err_and(|why| why.contains("must lie in")), "{name}");
        }
        assert!(table(folder.path(), "none.csv").is_err_and(|why| why.contains("none.csv")));
    }

    #[test]
    fn the_first_line_that_is_no_text_is_named() {
        assert_eq!(without_mark(b"a\nb\xffc\n".to_vec()), Err(2));
        assert_eq!(without_mark("\u{feff}£".into()), Ok("£".into()));
    }

    #[test]
    fn reading_stops_at_the_limit() {
        assert_eq!(at_most(1, io::repeat(0)).expect("no failure"), None);
        let whole = at_most(1, io::repeat(0).take(1 << 20)).expect("no failure");
        assert_eq!(whole.map(|bytes| bytes.len()), Some(1 << 20));
    }
}
