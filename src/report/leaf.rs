//! Where an input of an explanation stands, and what is known of it.

use serde_json::{Map, Value as Json};

use super::known::known;
use super::quantity;
use crate::diagnostic::{Sources, Span};
use crate::id::InputId;
use crate::parameters::Edition;
use crate::scenario::{Origin, Scenario, place_of};

/// The texts that a scenario was read from, and the figures of its edition.
#[derive(Debug)]
pub struct Places<'a> {
    sources: &'a Sources,
    edition: Option<&'static Edition>,
}

impl<'a> Places<'a> {
    /// Of a scenario that was read from texts.
    pub fn new(scenario: &Scenario, sources: &'a Sources) -> Self {
        Self { sources, edition: Edition::named(&scenario.programme.edition) }
    }

    fn at(&self, span: Span) -> (&str, usize, usize) {
        let (line, column) = self.sources.line_and_column(span);
        (self.sources.name(span.source), line, column)
    }

    /// Place, source, date, status and who answers for it, as far as they are known.
    pub(super) fn in_words(&self, scenario: &Scenario, id: InputId) -> String {
        let input = &scenario.inputs[id.place()];
        let mut words = vec![match &input.origin {
            Origin::Written(span) => {
                let (file, line, _) = self.at(*span);
                format!("{file}, line {line}")
            }
            Origin::Default => "not stated, so the default".to_owned(),
            Origin::Parameter(_) => format!("parameters {}", scenario.programme.edition),
        }];
        let known = known(input, self.edition);
        words.extend([known.source, known.dated, known.status()].into_iter().flatten().map(str::to_owned));
        words.extend(known.owner.map(|owner| format!("owner: {owner}")));
        words.extend(known.signed_off.map(|who| format!("signed off: {who}")));
        words.join("; ")
    }

    pub(super) fn written_in_words(&self, key: &str) -> String {
        match place_of(self.sources, key) {
            Some(span) => {
                let (file, line, _) = self.at(span);
                format!("{file}, line {line}")
            }
            None => "stated in the scenario".to_owned(),
        }
    }

    /// All that is known of an input, for a machine.
    pub(super) fn input(&self, scenario: &Scenario, id: InputId) -> Json {
        let input = &scenario.inputs[id.place()];
        let mut told = Map::new();
        let mut put = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                told.insert(key.to_owned(), value.into());
            }
        };
        put("key", Some(&input.key));
        put("written", Some(&quantity(input.estimate.central(), input.unit)));
        let known = known(input, self.edition);
        put("source", known.source);
        put("dated", known.dated);
        put("owner", known.owner);
        put("review_by", known.review_by);
        put("signed_off", known.signed_off);
        put("note", known.note);
        match &input.origin {
            Origin::Written(span) => {
                put("status", Some("written"));
                told.extend(self.place(*span));
            }
            Origin::Default => put("status", Some("default")),
            Origin::Parameter(key) => {
                put("status", known.status());
                put("parameter", Some(key));
                put("edition", Some(&scenario.programme.edition));
            }
        }
        told.into()
    }

    fn place(&self, span: Span) -> Map<String, Json> {
        let (file, line, column) = self.at(span);
        let parts: [(&str, Json); 3] =
            [("file", file.into()), ("line", line.into()), ("column", column.into())];
        parts.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }
}

/// Something written that is no number, for a machine.
pub(super) fn written(places: &Places<'_>, key: &str) -> Json {
    let mut told = Map::new();
    told.insert("key".to_owned(), key.into());
    if let Some(span) = place_of(places.sources, key) {
        told.extend(places.place(span));
    }
    told.into()
}
