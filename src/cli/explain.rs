//! `wholelife explain`: where a figure comes from; or, with a code or the name of a rule alone, what that means.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;

use super::args::{Format, Shown};
use super::changes::Changes;
use super::failure::Failure;
use super::input::{Loaded, is_standard_input};
use super::screen::Screen;
use super::{Outcome, choice, rules};
use crate::diagnostic::Code;
use crate::explain::{Explainer, Name};
use crate::export::{Units, json};
use crate::report::{self, Places};

/// `wholelife explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
A figure is asked for by its name, with option and year where they apply; --list names all.

Examples:
  wholelife explain my.toml npc@team
  wholelife explain my.toml capital@project:2028-29 --depth 3
  wholelife explain my.toml live@team.booking                why does it go live in that month?
  wholelife explain my.toml npsv@team --depth 99 --format json > npsv.json
  wholelife explain my.toml --list
  wholelife explain WL0101                                   what does this fault or rule mean?")]
pub(super) struct Explain {
    /// Scenario file; `-` for standard input. Or, alone, a fault or a rule: WL0101, no-effect
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The figure, by its name: npc@team, cost@team:2027-28, live@team.booking
    #[arg(value_name = "FIGURE")]
    pub(super) figure: Option<String>,
    /// How many levels down to go; json counts figures, and gives each formula whole
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) depth: u16,
    /// List the figures that can be asked for
    #[arg(long, conflicts_with = "figure")]
    pub(super) list: bool,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// Runs it.
pub(super) fn run(args: &Explain, screen: &Screen) -> Result<Outcome, Failure> {
    if args.figure.is_none() && !args.list {
        return alone(&args.file, screen, args.format);
    }
    let Some(loaded) = args.changes.reading().load(&args.file, screen)? else { return Ok(Outcome::Faults) };
    let case = &loaded.case;
    let explainer = Explainer::new(&case.scenario, &case.plan, &case.run);
    // To the penny: an explanation that does not add up explains nothing.
    let shown = Shown { format: args.format, units: Units::Pounds };
    let Some(asked) = &args.figure else {
        let tables = [report::explainable(&explainer)];
        screen.show(&tables, || json::tables(&tables), shown)?;
        return Ok(Outcome::Done);
    };
    let name = figure(&loaded, &explainer, asked)?;
    let (places, depth) = (Places::new(&case.scenario, &loaded.sources), usize::from(args.depth));
    if args.format == Format::Json {
        // A machine takes any depth: the table of it would be made for nothing.
        screen.show(&[], || report::explanation_value(&explainer, &places, name, depth), shown)?;
    } else {
        screen.show(&[report::explanation(&explainer, &places, name, depth)], || Value::Null, shown)?;
    }
    Ok(Outcome::Done)
}

/// What is asked for without a figure: a fault or a rule.
fn alone(asked: &Path, screen: &Screen, format: Format) -> Result<Outcome, Failure> {
    let text = asked.to_string_lossy();
    if Code::find(&text).is_none()
        && (asked.exists() || asked.extension().is_some() || is_standard_input(asked))
    {
        return Err(Failure::NoFigure { file: text.into_owned() });
    }
    rules::explain(&text, screen, Shown { format, units: Units::Pounds })
}

/// The figure of a name, or which names are near.
fn figure(loaded: &Loaded, explainer: &Explainer<'_>, asked: &str) -> Result<Name, Failure> {
    explainer.find(asked).ok_or_else(|| {
        let known: Vec<String> = explainer.figures().into_iter().map(|name| explainer.name(name)).collect();
        let near: Vec<String> =
            choice::figures(asked, &known).into_iter().map(|name| format!("`{name}`")).collect();
        Failure::NoSuchFigure {
            file: loaded.name.clone(),
            name: asked.to_owned(),
            suggestion: if near.is_empty() {
                String::new()
            } else {
                format!(" (did you mean {}?)", near.join(" or "))
            },
        }
    })
}
