//! Several scenarios at once: `wholelife compare` and `wholelife report` with more than one file.
//!
//! Files are run side by side and told in their order. One that can't be run is told and left out; it does not stop
//! the rest, and the exit code says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde_json::{Value, json};

use super::args::{Compare, Format, Report};
use super::changes::Changes;
use super::failure::Failure;
use super::files::Folder;
use super::folder::Disk;
use super::input::{Loaded, is_standard_input};
use super::manifest::{Listed, Origin};
use super::progress::Progress;
use super::report::{in_words, write};
use super::screen::{Screen, tell};
use super::{Outcome, choice, plain};
use crate::export::csv;
use crate::export::json::FORMAT_VERSION;
use crate::report::portfolio::{
    Member, choices, portfolio_by_year_rows, portfolio_fund_rows, portfolio_rows, portfolio_tables,
    portfolio_value,
};
use crate::report::{self};

/// `wholelife compare` of several files.
pub(super) fn compare(args: &Compare, screen: &Screen) -> Result<Outcome, Failure> {
    let one_only = "is for one scenario, not for a portfolio";
    if args.between.is_some() {
        return Err(Failure::Files { argument: "--between", why: one_only });
    }
    if !args.discount.is_empty() {
        return Err(Failure::Files { argument: "--discount", why: one_only });
    }
    let wanted = args.shown.format == Format::Json;
    apart(&args.files)?;
    let files = each(&args.files, &args.changes, screen, |loaded| {
        let value = wanted.then(|| report::plain_summary(&loaded.case, loaded.case.pair()));
        Ok((String::new(), (Member::new(&loaded.name, &loaded.case), value)))
    })?;
    let outcome = files.outcome();
    let failed = files.failed;
    let (members, values): (Vec<Member>, Vec<Option<Value>>) = files.made.into_iter().unzip();
    if members.is_empty() {
        return Ok(outcome);
    }
    for name in &args.option {
        choice::option_of_any(&members, name)?;
    }
    let choices = choices(&members, &args.option);
    let tables = match args.shown.format {
        Format::Csv => vec![portfolio_rows(&members)],
        Format::Json => Vec::new(),
        Format::Table | Format::Markdown => portfolio_tables(&members, &choices),
    };
    let value = || {
        let files = members.iter().zip(values);
        let files = files.map(|(member, value)| json!({ "file": member.file, "comparison": value }));
        json!({
            "format_version": FORMAT_VERSION,
            "files": files.collect::<Vec<_>>(),
            "not_run": failed,
            "portfolio": portfolio_value(&members, &choices),
        })
    };
    screen.show(&tables, value, args.shown)?;
    Ok(outcome)
}

/// `wholelife report` of several files: a folder for each, named like its file, and the portfolio's tables.
pub(super) fn report(args: &Report, screen: &Screen) -> Result<Outcome, Failure> {
    apart(&args.files)?;
    let folders = folders(&args.files)?;
    // What is in them is not known yet: only files of ours are written over.
    let tables = TABLES.map(|name| Listed { name: name.to_owned(), sha256: String::new() });
    let root = Folder::open(&args.output, &tables, args.force)?;
    let origin = |edition: String, inputs| Origin { edition, inputs, set: args.changes.set.clone() };
    // From the first scenario that is written on, what stands there is of two runs until all are.
    let begun = Mutex::new(false);
    let begin = || {
        let mut begun = begun.lock().unwrap_or_else(PoisonError::into_inner);
        if !*begun {
            root.begin(&origin(String::new(), Vec::new()))?;
            *begun = true;
        }
        Ok(())
    };
    let files = each(&args.files, &args.changes, screen, |loaded| {
        begin()?;
        let name = &folders[loaded.name.as_str()];
        let (told, sha256) = write(loaded, &args.output.join(name), args)?;
        let folder = Listed { name: name.clone(), sha256 };
        Ok((told, (Member::new(&loaded.name, &loaded.case), (loaded.texts.clone(), folder))))
    })?;
    let outcome = files.outcome();
    let (members, written): (Vec<Member>, Vec<_>) = files.made.into_iter().unzip();
    let (texts, folders): (Vec<Vec<Listed>>, Vec<Listed>) = written.into_iter().unzip();
    if members.is_empty() {
        return Ok(outcome);
    }
    let choices = choices(&members, &[]);
    let mut editions: Vec<&str> = members.iter().map(|member| member.edition.as_str()).collect();
    editions.sort_unstable();
    editions.dedup();
    let tables =
        [portfolio_rows(&members), portfolio_by_year_rows(&members, &choices), portfolio_fund_rows(&choices)];
    // A table without a row says nothing.
    let made = TABLES.into_iter().zip(&tables).filter(|(_, table)| !table.rows.is_empty());
    let made: Vec<_> = made.map(|(name, table)| (name.to_owned(), csv::file(table))).collect();
    let origin = origin(editions.join(", "), texts.concat());
    let written = root.write(&mut Disk::default(), &made, &folders, &origin)?;
    tell(&in_words(&written, &args.output.display().to_string()));
    Ok(outcome)
}

/// The files of a portfolio: its figures, by year, and its funds.
const TABLES: [&str; 3] = ["portfolio.csv", "portfolio-by-year.csv", "portfolio-funds.csv"];

/// What came of several files.
struct Files<T> {
    /// What was made of those that could be run, in the order of the files.
    made: Vec<T>,
    /// The names of the others.
    failed: Vec<String>,
    /// The worst of the exit codes.
    code: u8,
}

impl<T> Files<T> {
    fn outcome(&self) -> Outcome {
        if self.code == 0 { Outcome::Done } else { Outcome::Partly(self.code) }
    }
}

/// Runs each file and makes something of it, side by side; tells in the order of the files what there is to tell.
fn each<T: Send>(
    paths: &[PathBuf],
    changes: &Changes,
    screen: &Screen,
    make: impl Fn(&Loaded) -> Result<(String, T), Failure> + Sync,
) -> Result<Files<T>, Failure> {
    if paths.iter().filter(|path| is_standard_input(path)).count() > 1 {
        return Err(Failure::InputTwice);
    }
    let progress = Progress::new(paths.len(), "files");
    let done = AtomicUsize::new(0);
    let one = |path: &PathBuf| {
        let (told, result) = changes.reading().run(path, screen.colour_err());
        let result = result.and_then(|loaded| loaded.as_ref().map(&make).transpose());
        progress.show(done.fetch_add(1, Relaxed) + 1);
        (told, result)
    };
    let results: Vec<_> = paths.par_iter().map(one).collect();
    progress.clear();
    let mut files = Files { made: Vec::new(), failed: Vec::new(), code: 0 };
    for (path, (told, result)) in paths.iter().zip(results) {
        tell(&told);
        let code = match result {
            Ok(Some((told, made))) => {
                tell(&told);
                files.made.push(made);
                continue;
            }
            Ok(None) => 1,
            Err(failure) => {
                screen.fail(&failure);
                failure.exit_code()
            }
        };
        files.code = files.code.max(code);
        files.failed.push(path.display().to_string());
    }
    if !files.failed.is_empty() {
        tell(&format!(
            "{} of {} files left out: {}",
            files.failed.len(),
            paths.len(),
            files.failed.join(", ")
        ));
    }
    Ok(files)
}

/// Refuses a file that is given twice, by whatever path: its figures would count twice.
fn apart(paths: &[PathBuf]) -> Result<(), Failure> {
    let mut seen = BTreeMap::new();
    for path in paths.iter().filter(|path| !is_standard_input(path)) {
        let Some(identity) = plain::identity(path) else { continue };
        if let Some(first) = seen.insert(identity, path) {
            return Err(Failure::SameFile { first: first.clone(), second: path.clone() });
        }
    }
    Ok(())
}

/// The folder of each file, by the file's name as it is told.
fn folders(paths: &[PathBuf]) -> Result<BTreeMap<String, String>, Failure> {
    let mut folders = BTreeMap::new();
    let mut taken: BTreeMap<String, &Path> = BTreeMap::new();
    for path in paths {
        if is_standard_input(path) {
            return Err(Failure::Files {
                argument: "`-`",
                why: "has no name to give its folder: give files",
            });
        }
        let folder = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        if let Some(first) = taken.insert(folder.to_lowercase(), path) {
            return Err(Failure::SameFolder { first: first.to_owned(), second: path.clone(), folder });
        }
        folders.insert(path.display().to_string(), folder);
    }
    Ok(folders)
}
