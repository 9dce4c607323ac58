//! `wholelife schema`: the scenario format as a JSON Schema; and how a scenario points an editor at one.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Outcome;
use super::failure::Failure;
use super::screen::print_plain;
use crate::export::{json, schema};
use crate::scenario::format::format;

/// The schema's name beside a scenario.
const NAME: &str = "wholelife.schema.json";

/// Runs it.
pub(super) fn run() -> Result<Outcome, Failure> {
    print_plain(&text())?;
    Ok(Outcome::Done)
}

/// The schema.
pub(super) fn text() -> String {
    json::text(&schema::schema(&format()))
}

/// Where the schema of a scenario stands.
pub(super) fn beside(scenario: &Path) -> PathBuf {
    scenario.with_file_name(NAME)
}

/// Whether bytes are a schema that some version of wholelife has written.
pub(super) fn is_ours(bytes: &[u8]) -> bool {
    let schema: Option<Value> = serde_json::from_slice(bytes).ok();
    schema.is_some_and(|schema| schema["title"] == schema::TITLE)
}

/// A scenario that points editors at the schema beside it. Taplo looks for this in the first comments of a file.
pub(super) fn pointed(scenario: &str) -> String {
    format!("#:schema ./{NAME}\n{scenario}")
}
