//! `wholelife check`: everything that is wrong with scenario files, and what a careful reader would question.
//! Every file is looked at, whatever is wrong with those before it.

use serde_json::Value;

use super::Outcome;
use super::args::{Check, Findings, Format, Shown};
use super::failure::Failure;
use super::input::{Opened, Reading, is_standard_input, sound, tell_all, tell_notes};
use super::screen::{Screen, print_plain, tell};
use crate::diagnostic::{Code, Diagnostic, Severity, Sources};
use crate::export::{Units, findings};
use crate::report::{self, Case};
use crate::review::review;

/// A file that was looked at.
struct Looked {
    name: String,
    found: Vec<Diagnostic>,
    sources: Sources,
    case: Option<Case>,
}

/// Runs it. A file that can't be read outweighs faults in others.
pub(super) fn run(args: &Check, screen: &Screen) -> Result<Outcome, Failure> {
    if args.files.iter().filter(|path| is_standard_input(path)).count() > 1 {
        return Err(Failure::InputTwice);
    }
    let strict = args.strictness.strict;
    let reading = Reading { set: &[], strict };
    let mut outcome = Outcome::Done;
    let mut failed = None;
    let mut files = Vec::new();
    for path in &args.files {
        let mut looked = match reading.open(path).and_then(|opened| look(opened, args.on.as_deref())) {
            Ok(looked) => looked,
            Err(failure) => {
                // The last one is told by the caller.
                if let Some(earlier) = failed.replace(failure) {
                    screen.fail(&earlier);
                }
                continue;
            }
        };
        if args.format == Findings::Text {
            tell_all(&looked.name, &mut looked.found, &looked.sources, strict, screen);
        } else if strict {
            looked.found.iter_mut().for_each(|d| d.severity = Severity::Error);
        }
        let faults = looked.found.iter().any(|d| d.severity == Severity::Error);
        if faults {
            outcome = Outcome::Faults;
        }
        if args.format == Findings::Text {
            close(&looked, faults, screen)?;
        }
        files.push(looked);
    }
    if args.format != Findings::Text {
        let checked: Vec<findings::File<'_>> = files.iter().map(Looked::file).collect();
        print_plain(&match args.format {
            Findings::Sarif => findings::sarif(&checked),
            Findings::Github => findings::github(&checked),
            Findings::Json | Findings::Text => findings::json(&checked),
        })?;
    }
    failed.map_or(Ok(outcome), Err)
}

fn look(opened: Opened, on: Option<&str>) -> Result<Looked, Failure> {
    let Opened { name, reading, .. } = opened;
    tell_notes(&reading.notes);
    let case = reading.scenario.map(|scenario| sound(&name, scenario)).transpose()?;
    let found = match &case {
        Some(case) => review(&case.subject(), &reading.diagnostics, on),
        None => reading.diagnostics,
    };
    Ok(Looked { name, found, sources: reading.sources, case })
}

/// Says that a file can be run, and shows the parameters that nobody has confirmed.
fn close(looked: &Looked, faults: bool, screen: &Screen) -> Result<(), Failure> {
    let Some(case) = &looked.case else { return Ok(()) };
    if !faults {
        tell(&format!("{}: can be run", looked.name));
    }
    if looked.found.iter().any(|finding| finding.code == Code::UnverifiedParameter) {
        let shown = Shown { format: Format::Table, units: Units::Pounds };
        screen.show(&[report::unverified_figures(case)], || Value::Null, shown)?;
    }
    Ok(())
}

impl Looked {
    fn file(&self) -> findings::File<'_> {
        findings::File {
            name: &self.name,
            can_be_run: self.case.is_some(),
            found: &self.found,
            sources: &self.sources,
        }
    }
}
