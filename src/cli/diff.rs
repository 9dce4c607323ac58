//! `wholelife diff`: what differs between two scenario files, and what each change does to the headlines.

use super::Outcome;
use super::args::Format;
use super::failure::Failure;
use super::input::{Loaded, Reading};
use super::questions::Diff;
use super::screen::Screen;
use super::work::{self, Runs};
use crate::report;
use crate::scenario::{File, Versions};
use crate::uncertainty;

/// Runs it. As CSV everything is one table, since a CSV file holds one table.
pub(super) fn run(args: &Diff, screen: &Screen) -> Result<Outcome, Failure> {
    let reading = Reading { set: &[], strict: args.strictness.strict };
    let paths = [args.old.clone(), args.new.clone()];
    let Some(loaded) = reading.load_all(&paths, screen)? else { return Ok(Outcome::Faults) };
    let [old, new] = &loaded[..] else { unreachable!("two files were read") };
    let versions = Versions::new(file(old), file(new));
    work::announce(&new.case, Runs::Exact(1 << uncertainty::MOST_PARTS), "files that differ in fewer things");
    let difference = uncertainty::difference(&versions, &old.case.scenario, &new.case.scenario);
    let tables = if args.shown.format == Format::Csv {
        vec![report::difference_rows(&difference)]
    } else {
        report::difference_tables(&new.case, &difference)
    };
    screen.show(&tables, || report::difference_value(&difference), args.shown)?;
    let differs = args.exit_code && !difference.changes.is_empty();
    Ok(if differs { Outcome::Differs } else { Outcome::Done })
}

fn file(loaded: &Loaded) -> File<'_> {
    File { name: &loaded.name, text: &loaded.text, tables: &loaded.tables }
}
