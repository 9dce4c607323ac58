//! From the text of a scenario file to a checked [`Scenario`], or to every fault in it.
//!
//! The steps, in their order: the text becomes a tree; overrides are put into it; names are collected; policy
//! figures, then each table is read; what was read is checked as a whole. A fault never ends a step.

use std::collections::BTreeMap;

use super::document::{self, Node};
use super::fund::Targets;
use super::keys::Table;
use super::line::{Scope, Side};
use super::names::Names;
use super::provenance::Provenances;
use super::reader::Reader;
use super::{Reading, Scenario, overrides, policy, programme, reach, size, years};
use crate::calendar::Month;
use crate::diagnostic::{Diagnostic, Sources};
use crate::id::LineId;
use crate::parameters::Edition;

/// What is to be read.
pub struct Request<'a> {
    /// The file's name as the user knows it, or `standard input`.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Overrides, each `key.path=value`.
    pub set: &'a [String],
    /// The bytes of a CSV file beside the scenario, or why there is none.
    pub tables: &'a dyn Fn(&str) -> Result<Vec<u8>, String>,
}

/// Reads a scenario. See the [module](super).
pub fn read(request: &Request<'_>) -> Reading {
    let mut sources = Sources::default();
    let source = sources.add(request.name, request.text);
    let mut diagnostics = Vec::new();
    if let Some(fault) = size::fault_of_text(request.text) {
        return Reading { scenario: None, diagnostics: vec![fault], notes: Vec::new(), sources };
    }
    let mut root = document::parse(request.text, source, &mut diagnostics);
    let written_start = programme::start_of(&root);
    let unparsed = !diagnostics.is_empty() && root.entries().is_empty();
    overrides::apply(&mut root, request.set, &mut sources, &mut diagnostics);
    years::spell_alike(&mut root);
    size::cut(&mut root, &mut diagnostics);
    read_tree(root, sources, diagnostics, request.tables, written_start, !unparsed)
}

/// Reads a tree; what was found so far joins what is found now. `written_start` is the first month of the file if
/// the tree may have another. Where nothing of the file could be made out,
/// what is missing in it is no news, and its tables are not read.
pub(super) fn read_tree(
    mut root: Node,
    sources: Sources,
    mut diagnostics: Vec<Diagnostic>,
    tables: &dyn Fn(&str) -> Result<Vec<u8>, String>,
    written_start: Option<Month>,
    is_read: bool,
) -> Reading {
    let provenances = Provenances::take(&mut root, &mut diagnostics);
    let edition = policy::edition_name(&root).and_then(Edition::named).or_else(default_edition);
    let Some(edition) = edition else { unreachable!("a built-in edition") };
    let mut reader = Reader::new(sources, Names::collect(&root), edition, provenances, written_start, tables);
    for diagnostic in diagnostics {
        reader.report(diagnostic);
    }
    let scenario = is_read.then(|| scenario(&root, &mut reader));
    if let Some(scenario) = &scenario
        && !reader.has_errors()
    {
        let too_many = size::fault_of_postings(scenario);
        reach::faults(scenario).into_iter().chain(too_many).for_each(|fault| reader.report(fault));
    }
    let scenario = scenario.filter(|_| !reader.has_errors());
    let notes = std::mem::take(&mut reader.notes);
    let (diagnostics, sources) = reader.into_parts();
    Reading { scenario, diagnostics, notes, sources }
}

fn default_edition() -> Option<&'static Edition> {
    Edition::named(Edition::names().first()?)
}

/// Reads every table. With a fault the result is a stand-in that the caller drops.
fn scenario(root: &Node, reader: &mut Reader<'_>) -> Scenario {
    let mut table = Table::root(root);
    let mut programme = reader.read_programme(&mut table);
    reader.read_organisations(&mut table, &mut programme);
    reader.read_parameters(&mut table);
    reader.read_indices(&mut table);
    let policy = reader.policy(&mut table, &programme.discount);
    let mut roles = reader.read_roles(&mut table);
    let teams = reader.read_teams(&mut table);
    let posts = reader.read_posts(&mut table, &mut roles);
    let approaches = reader.read_approaches(&mut table);
    let (mut benefits, mut lines) = (Vec::new(), Vec::new());
    let services = reader.read_services(&mut table, &mut benefits, &mut lines);
    let costs = reader.lines(&mut table, Side::Cost, Scope::Programme, &mut lines);
    reader.lines(&mut table, Side::Benefit, Scope::Programme, &mut lines);
    let options = reader.read_options(&mut table, &approaches, &mut lines);
    let optimism_bias = reader.read_optimism_bias(&mut table);
    let contingency = reader.read_contingency(&mut table);
    reader.read_refunds(&mut lines);
    let costs: BTreeMap<String, Vec<LineId>> = costs.into_iter().collect();
    let funds = reader.read_funds(&mut table, &Targets { options: &options, lines: &costs });
    let indices = reader.price_indices();
    let correlations = reader.read_correlations(&mut table);
    let allowed = reader.read_allow(&mut table);
    let decisions = reader.read_log(&mut table, "decision");
    let changes = reader.read_log(&mut table, "change");
    table.finish(reader);
    reader.tell_left_out();
    if !reader.has_errors() {
        reader.warn_of_no_effect();
    }
    Scenario {
        programme,
        organisations: std::mem::take(&mut reader.organisations),
        optimism_bias,
        contingency,
        inputs: std::mem::take(&mut reader.inputs),
        categories: std::mem::take(&mut reader.categories),
        indices,
        roles,
        teams,
        posts,
        services,
        benefits,
        lines,
        options,
        funds,
        correlations,
        policy,
        allowed,
        decisions,
        changes,
    }
}
