//! `[option]` and its streams.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::approach::{Approach, Whose};
use super::document::Value;
use super::keys::{Field, Table};
use super::kit::table_of;
use super::line::{Scope, Side};
use super::measure;
use super::names::{Name, Sort};
use super::quantity::short;
use super::reader::{Fallback, Reader};
use super::trigger::Delivered;
use super::{ApproachKind, Line, ProgrammeOption, Start, Stream};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{OptionId, ServiceId, StreamId};

impl Reader<'_> {
    /// Reads `[option]`; the lines of options join the lines.
    pub(super) fn read_options<'n>(
        &mut self,
        root: &mut Table<'n>,
        approaches: &[Approach<'n>],
        lines: &mut Vec<Line>,
    ) -> Vec<ProgrammeOption> {
        let mut place = 0;
        let options = self.each(root, "option", |reader, field| {
            let id = OptionId::new(place);
            place += 1;
            reader.option(field, id, approaches, lines)
        });
        if options.is_empty() {
            self.missing(root, "option", "[option.team]");
        }
        self.check_alike();
        options
    }

    /// Refuses options whose names a file system may take for one: files are named after them.
    fn check_alike(&mut self) {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for Name { name, span } in self.names.of(Sort::Option).to_vec() {
            match seen.entry(name.to_ascii_lowercase()) {
                Entry::Vacant(entry) => {
                    entry.insert(name);
                }
                Entry::Occupied(first) => {
                    let message = format!(
                        "`{}` and `{}` differ in capital letters only",
                        short(first.get()),
                        short(&name)
                    );
                    let fault =
                        Diagnostic::error(Code::AlikeNames, format!("option.{name}"), Some(span), message)
                            .expected("a name that differs in more than capital letters")
                            .help("files are named after options; write what people read in `name`");
                    self.report(fault);
                }
            }
        }
    }

    fn option<'n>(
        &mut self,
        field: &Field<'n>,
        id: OptionId,
        approaches: &[Approach<'n>],
        lines: &mut Vec<Line>,
    ) -> ProgrammeOption {
        let mut table = table_of(field);
        let name = self.called_apart(Sort::Option, &mut table, field);
        self.lines(&mut table, Side::Cost, Scope::Option(id), lines);
        self.lines(&mut table, Side::Benefit, Scope::Option(id), lines);
        let streams = self.streams(&mut table, approaches);
        table.finish(self);
        ProgrammeOption { id: field.key().to_owned(), name, streams }
    }

    fn streams<'n>(&mut self, option: &mut Table<'n>, approaches: &[Approach<'n>]) -> Vec<Stream> {
        let Some(mut table) = option.table("stream", self) else { return Vec::new() };
        let fields = table.take_all();
        let names: Vec<Name> =
            fields.iter().map(|f| Name { name: f.key().to_owned(), span: f.key_span }).collect();
        let mut delivered = BTreeMap::new();
        let services: Vec<Vec<ServiceId>> = fields
            .iter()
            .enumerate()
            .map(|(place, field)| self.services_of(field, StreamId::new(place), &mut delivered))
            .collect();
        let delivered = Delivered { streams: &names, services: &delivered };
        let mut streams = Vec::new();
        let mut places = Vec::new();
        for (place, (field, services)) in fields.iter().zip(services).enumerate() {
            self.check_name(field);
            let (stream, start) = self.stream(field, services, approaches, &delivered);
            places.push(start.unwrap_or(names[place].span));
            streams.push(stream);
        }
        self.check_triggers(&streams, &delivered, &places, option.base());
        self.check_heirs(&streams, &fields);
        streams
    }

    /// The services that a stream delivers; each joins those that its option delivers.
    fn services_of(
        &mut self,
        field: &Field<'_>,
        stream: StreamId,
        delivered: &mut BTreeMap<ServiceId, StreamId>,
    ) -> Vec<ServiceId> {
        if !self.is_table(field) {
            return Vec::new();
        }
        let mut table = Table::of(field);
        let Some(list) = table.take("services") else {
            self.missing(&table, "services", "services = [\"booking\"]");
            return Vec::new();
        };
        let items = self.list(&list, "a list of services, like `[\"booking\"]`");
        if items.is_empty() && matches!(list.node.value, Value::List(_)) {
            let message = "a stream delivers at least one service".to_owned();
            self.fault(Code::MissingKey, &list, message, "a list of services, like `[\"booking\"]`");
        }
        let mut services = Vec::new();
        for item in &items {
            let Some(place) = self.refer(item, Sort::Service) else { continue };
            self.names.mark(Sort::Service, place);
            let service = ServiceId::new(place);
            if delivered.insert(service, stream).is_some() {
                let message = format!(
                    "the service `{}` is delivered twice in this option",
                    self.names.of(Sort::Service)[place].name
                );
                self.fault(
                    Code::DeliveredTwice,
                    item,
                    message,
                    "a service that no other stream here delivers",
                );
            } else {
                services.push(service);
            }
        }
        services
    }

    fn stream<'n>(
        &mut self,
        field: &Field<'n>,
        services: Vec<ServiceId>,
        approaches: &[Approach<'n>],
        delivered: &Delivered<'_>,
    ) -> (Stream, Option<crate::diagnostic::Span>) {
        let mut table = table_of(field);
        if table.span().is_some() {
            self.required(&mut table, "approach", "approach = \"team\"");
            self.required(&mut table, "start", "start = \"2026-04\"");
        }
        let approach = table.take("approach").and_then(|name| self.refer(&name, Sort::Approach));
        if let Some(place) = approach {
            self.names.mark(Sort::Approach, place);
        }
        table.take("services");
        let approach = approach.and_then(|place| approaches.get(place));
        let mut merged = match approach {
            Some(approach) => table.over(&approach.table),
            None => table.clone(),
        };
        let kind = approach.and_then(|approach| approach.kind);
        // With no approach to stand on, what the stream's own keys lack says nothing about the file.
        let whose = if approach.is_some() {
            Whose::Stream(delivered.streams)
        } else {
            Whose::Orphan(delivered.streams)
        };
        let mechanisms = self.mechanisms(&mut merged, kind, whose);
        table.also_asked(&merged);
        let start = table.take("start");
        let span = start.as_ref().map(|start| start.node.span);
        let any = Start::Month(self.horizon_or_any().start());
        let start = start.map_or(any, |start| self.start(&start, delivered));
        let teams = self.input(&mut table, "teams", measure::TEAMS, Fallback::One);
        let shares = self.shares(&mut table);
        table.finish(self);
        (Stream { id: field.key().to_owned(), mechanisms, services, start, teams, shares }, span)
    }

    /// Only a persistent stream, and another one, can take over upkeep.
    fn check_heirs(&mut self, streams: &[Stream], fields: &[Field<'_>]) {
        let mut told = BTreeSet::new();
        for (place, stream) in streams.iter().enumerate() {
            let Some(heir) = stream.mechanisms.stand_down.and_then(|stand_down| stand_down.to) else {
                continue;
            };
            let why = if heir.place() == place {
                "itself"
            } else if streams[heir.place()].mechanisms.kind == ApproachKind::Temporary {
                "a temporary stream, which leaves its own services"
            } else {
                continue;
            };
            let to = Table::of(&fields[place]).take("stand_down").map(|field| Table::of(&field));
            if let Some(field) = to.and_then(|mut table| table.take("to"))
                && told.insert(field.path.clone())
            {
                let message = format!("`{}` hands its upkeep to {why}", stream.id);
                self.fault(Code::Conflict, &field, message, "another stream of a persistent approach");
            }
        }
    }
}
