//! Reading scenario files and the CSV tables beside them, and telling what is wrong with them.
//!
//! A table must lie in the scenario's folder or below it: a scenario from somebody else must not be able to
//! draw in any file of this machine. `plain` sees to that.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::manifest::{Listed, fingerprint};
use super::plain;
use super::screen::{Screen, tell};
use crate::audit::{self, Check};
use crate::diagnostic::{Diagnostic, Selection, Severity, Sources};
use crate::export::diagnostics;
use crate::report::Case;
use crate::scenario::{self, Request, Scenario};

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
    /// The bytes of every table, by its name in the scenario.
    pub(super) tables: BTreeMap<String, Vec<u8>>,
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
    tables: BTreeMap<String, Vec<u8>>,
}

impl Opened {
    /// Runs the scenario, unless it has faults; warnings are faults if asked. What there is to tell of them, and
    /// what came of it.
    fn run(self, strict: bool, colour: bool) -> (String, Result<Option<Loaded>, Failure>) {
        let Self { name, mut reading, texts, text, tables } = self;
        if let Some(scenario) = &reading.scenario {
            scenario::allowed(&scenario.allowed, |_| false, &mut reading.diagnostics);
        }
        let told = in_words(&name, &mut reading, strict, colour);
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
    tell(&faults_in_words(name, diagnostics, sources, strict, screen.colour_err()));
}

/// Tells how a file's tables were read, where that is not as usual.
pub(super) fn tell_notes(notes: &[String]) {
    tell(&notes_in_words(notes));
}

fn notes_in_words(notes: &[String]) -> String {
    notes.iter().flat_map(|note| ["note: ", note.as_str(), "\n"]).collect()
}

fn in_words(name: &str, reading: &mut scenario::Reading, strict: bool, colour: bool) -> String {
    let notes = notes_in_words(&reading.notes);
    notes + &faults_in_words(name, &mut reading.diagnostics, &reading.sources, strict, colour)
}

fn faults_in_words(
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
        let tables = |name: &str| {
            let bytes = table(folder, name)?;
            contents.borrow_mut().insert(name.to_owned(), bytes.clone());
            let listed = Listed { name: name.to_owned(), sha256: fingerprint(&bytes) };
            let mut texts = texts.borrow_mut();
            if !texts.contains(&listed) {
                texts.push(listed);
            }
            Ok(bytes)
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

/// A scenario's text, with its file's name and the fingerprint of its bytes.
#[derive(Debug)]
struct Text {
    text: String,
    listed: Listed,
}

/// A scenario, from its file or standard input.
fn scenario(path: &Path) -> Result<Text, Failure> {
    let (name, bytes) = if is_standard_input(path) {
        (STANDARD_INPUT.to_owned(), plain::at_most(path, io::stdin().lock())?)
    } else {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        (name.unwrap_or_default(), plain::read(path)?)
    };
    let listed = Listed { name, sha256: fingerprint(&bytes) };
    let text = scenario::utf8(&bytes).map_err(|why| Failure::NotText { path: path.to_owned(), why })?;
    Ok(Text { text, listed })
}

/// A CSV file beside the scenario, or why there is none.
fn table(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    let path = plain::beside(folder, name)?;
    plain::read(&path).map_err(|failure| failure.why())
}
