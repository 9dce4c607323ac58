//! A plan in pieces: what can be run and costed without the rest.
//!
//! A piece is one stream of an option with the services that it delivers and all that hangs on them (streams that
//! take upkeep over from each other are one piece), or a service that no stream of the option delivers, or a line, or
//! a post. What postings a piece has depends on the plan's numbers for it and on what other streams show it
//! ([`crate::delivery::Others`]), and on nothing else.

use std::collections::BTreeMap;

use crate::id::{LineId, OptionId, ServiceId, StreamId};
use crate::ledger::Element;
use crate::number::Number;
use crate::plan::{Awaited, Part, Plan, ProgrammeOption, Start};

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Whose it is.
    pub option: OptionId,
    /// Its streams; none, if it is no stream's.
    pub streams: Vec<StreamId>,
    /// What is posted for it. All the work of its streams stands as one element, its first.
    pub elements: Vec<Element>,
    /// Whether another stream of the option may do otherwise when this piece does.
    pub is_seen: bool,
    /// Its own parts of the plan. Price indices, rates and uplifts are of all pieces.
    pub parts: Vec<Part>,
}

/// The pieces of every option of a plan. Their postings together are those of the plan.
pub fn pieces<N: Number>(plan: &Plan<N>) -> Vec<Piece> {
    plan.options.iter().flat_map(|option| of_option(plan, option)).collect()
}

fn of_option<N: Number>(plan: &Plan<N>, option: &ProgrammeOption<N>) -> Vec<Piece> {
    let mut lines: BTreeMap<Option<ServiceId>, Vec<LineId>> = BTreeMap::new();
    for &line in &option.lines {
        lines.entry(plan.lines[line.place()].service).or_default().push(line);
    }
    let mut is_delivered = vec![false; plan.services.len()];
    let mut pieces = Vec::new();
    for streams in together(option) {
        let first = streams.first().map(|&stream| Element::Stream(stream));
        let mut piece = Piece::of(option, first.into_iter().collect(), Vec::new());
        for &id in &streams {
            piece.parts.push(Part::Stream(option.id, id));
            for &service in &option.streams[id.place()].services {
                is_delivered[service.place()] = true;
                piece.add_service(plan, service, lines.get(&Some(service)).map_or(&[], Vec::as_slice));
            }
        }
        let is_seen = is_seen(option, &streams);
        pieces.push(Piece { streams, is_seen, ..piece });
    }
    for (place, service) in plan.services.iter().enumerate() {
        if !is_delivered[place] && service.legacy.is_some() {
            let mut piece = Piece::of(option, Vec::new(), Vec::new());
            piece.add_service(plan, ServiceId::new(place), &[]);
            pieces.push(piece);
        }
    }
    let lines = lines.get(&None).into_iter().flatten();
    pieces.extend(lines.map(|&id| Piece::of(option, vec![Element::Line(id)], vec![Part::Line(id)])));
    let posts = option.posts.iter();
    pieces.extend(posts.map(|&id| Piece::of(option, vec![Element::Post(id)], vec![Part::Post(id)])));
    pieces
}

impl Piece {
    fn of<N>(option: &ProgrammeOption<N>, elements: Vec<Element>, parts: Vec<Part>) -> Self {
        Self { option: option.id, streams: Vec::new(), elements, is_seen: false, parts }
    }

    fn add_service<N>(&mut self, plan: &Plan<N>, id: ServiceId, lines: &[LineId]) {
        let service = &plan.services[id.place()];
        self.elements.push(Element::Service(id));
        self.elements.push(Element::Legacy(id));
        self.elements.extend(service.benefits.iter().map(|&benefit| Element::Benefit(benefit)));
        self.elements.extend(lines.iter().map(|&line| Element::Line(line)));
        self.parts.push(Part::Service(id));
        self.parts.extend(service.benefits.iter().map(|&benefit| Part::Benefit(benefit)));
        self.parts.extend(lines.iter().map(|&line| Part::Line(line)));
    }
}

/// Whether another stream of the option works worse beside others, or waits for one of these.
fn is_seen<N: Number>(option: &ProgrammeOption<N>, own: &[StreamId]) -> bool {
    let others = option.streams.iter().enumerate().filter(|&(place, _)| !own.contains(&StreamId::new(place)));
    let mut others = others.map(|(_, stream)| stream);
    let delivers =
        |service: ServiceId| own.iter().any(|id| option.streams[id.place()].services.contains(&service));
    others.any(|other| {
        let waits = match other.start {
            Start::Month(_) => false,
            Start::After { of: Awaited::Stream(stream), .. } => own.contains(&stream),
            Start::After { of: Awaited::Service(service), .. } => delivers(service),
        };
        waits || !other.coordination.is_nought()
    })
}

/// The streams of an option, those together that take upkeep over from each other.
fn together<N>(option: &ProgrammeOption<N>) -> Vec<Vec<StreamId>> {
    let mut group_of: Vec<usize> = (0..option.streams.len()).collect();
    for (place, stream) in option.streams.iter().enumerate() {
        if let Some(to) = stream.stand_down.as_ref().and_then(|stand_down| stand_down.to) {
            let (from, into) = (group_of[place], group_of[to.place()]);
            group_of.iter_mut().filter(|group| **group == from).for_each(|group| *group = into);
        }
    }
    let mut groups: BTreeMap<usize, Vec<StreamId>> = BTreeMap::new();
    for (place, group) in group_of.into_iter().enumerate() {
        groups.entry(group).or_default().push(StreamId::new(place));
    }
    groups.into_values().collect()
}
