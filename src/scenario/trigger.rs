//! When a stream starts: in a month, or after something else of the same option has happened. Circles, and
//! waiting for what never happens, are refused.

use std::collections::BTreeMap;

use super::document::Value;
use super::keys::{Field, Table};
use super::measure;
use super::names::{Name, Sort};
use super::quantity::short;
use super::reader::{Fallback, Reader};
use super::{Awaited, Event, Start, Stream};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::id::{ServiceId, StreamId};

pub(super) const EVENTS: [(&str, Event); 3] =
    [("first release", Event::FirstRelease), ("live", Event::Live), ("end", Event::End)];

/// What an option delivers, and by which streams.
#[derive(Clone, Copy)]
pub(super) struct Delivered<'a> {
    pub(super) streams: &'a [Name],
    pub(super) services: &'a BTreeMap<ServiceId, StreamId>,
}

impl Delivered<'_> {
    /// The stream that a stream waits for, directly or through a service.
    fn awaited(&self, start: Start) -> Option<usize> {
        match start {
            Start::Month(_) => None,
            Start::After { of: Awaited::Stream(stream), .. } => Some(stream.place()),
            Start::After { of: Awaited::Service(service), .. } => {
                self.services.get(&service).map(|stream| stream.place())
            }
        }
    }
}

impl Reader<'_> {
    /// Reads when a stream starts.
    pub(super) fn start(&mut self, field: &Field<'_>, delivered: &Delivered<'_>) -> Start {
        let otherwise = Start::Month(self.horizon_or_any().start());
        if !matches!(field.node.value, Value::Table(_)) {
            return self.month_of_event(field).map_or(otherwise, Start::Month);
        }
        let mut table = Table::of(field);
        let plus = self.input(&mut table, "plus", measure::TIME, Fallback::Nought);
        let event = self.required(&mut table, "event", "event = \"live\"");
        let event = event.and_then(|event| self.choice(&event, &EVENTS));
        let after = self.required(&mut table, "after", "after = \"booking\"");
        table.finish(self);
        let (Some(event), Some(after)) = (event, after) else { return otherwise };
        self.awaited(&after, event, delivered).map_or(otherwise, |of| Start::After { of, event, plus })
    }

    /// What is waited for: a service that the option delivers, or a stream of it.
    fn awaited(&mut self, field: &Field<'_>, event: Event, delivered: &Delivered<'_>) -> Option<Awaited> {
        let name = self.text(field)?;
        let stream = delivered.streams.iter().position(|stream| stream.name == name);
        let stream = stream.map(|place| Awaited::Stream(StreamId::new(place)));
        let streams = delivered.streams.iter().map(|stream| stream.name.clone());
        if event == Event::End {
            if stream.is_none() {
                let known: Vec<String> = streams.collect();
                self.unknown_name(field, "stream of this option", &name, &known);
            }
            return stream;
        }
        let service = self.names.place(Sort::Service, &name).map(ServiceId::new);
        match service {
            Some(service) if delivered.services.contains_key(&service) => Some(Awaited::Service(service)),
            _ if stream.is_some() => stream,
            Some(_) => {
                let message = format!("no stream of this option delivers the service `{}`", short(&name));
                self.fault(
                    Code::NeverHappens,
                    field,
                    message,
                    "a service that this option delivers, or one of its streams",
                );
                None
            }
            None => {
                let mut known: Vec<String> =
                    self.names.of(Sort::Service).iter().map(|service| service.name.clone()).collect();
                known.extend(streams);
                self.unknown_name(field, "service or stream", &name, &known);
                None
            }
        }
    }

    /// Reports streams that wait for one another in a circle: each circle once, at its first stream.
    pub(super) fn check_triggers(
        &mut self,
        streams: &[Stream],
        delivered: &Delivered<'_>,
        places: &[Span],
        option: &str,
    ) {
        let next: Vec<Option<usize>> = streams.iter().map(|stream| delivered.awaited(stream.start)).collect();
        let mut told = vec![false; streams.len()];
        for first in 0..streams.len() {
            let Some(circle) = circle(&next, first).filter(|circle| circle.iter().all(|&s| !told[s])) else {
                continue;
            };
            for &stream in &circle {
                told[stream] = true;
            }
            let names: Vec<&str> =
                circle.iter().chain([&first]).map(|&stream| streams[stream].id.as_str()).collect();
            let message = match circle.len() {
                1 => format!("the stream `{}` waits for itself", names[0]),
                _ => format!("streams wait for one another in a circle: {}", names.join(", ")),
            };
            let key = format!("{option}.stream.{}.start", streams[first].id);
            let fault = Diagnostic::error(Code::TriggerLoop, key, Some(places[first]), message);
            self.report(
                fault
                    .expected("something that does not wait for this stream")
                    .help("let one of them start in a month, like `start = \"2026-04\"`"),
            );
        }
    }
}

/// The circle that a stream is part of, if it comes back to itself.
fn circle(next: &[Option<usize>], first: usize) -> Option<Vec<usize>> {
    let mut circle = vec![first];
    let mut at = next[first]?;
    while at != first {
        if circle.len() > next.len() {
            return None;
        }
        circle.push(at);
        at = next[at]?;
    }
    Some(circle)
}
