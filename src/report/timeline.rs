//! When things happen: a table of every stream's and service's turning points, and the timeline chart.

use crate::calendar::Month;
use crate::chart::{Bar, Body, Chart, Event, Milestone, Phase, Timeline, TimelineOption, TimelineStream};
use crate::delivery::{Crew, Entry, Timesheet};
use crate::id::{OptionId, ServiceId, StreamId};
use crate::ledger::Activity;
use crate::table::{Cell, ColumnKind, Table};
use rust_decimal::Decimal;

use super::{Case, words};

type Sheet = Timesheet<Decimal>;

/// Turning points of streams and services, a row each.
pub fn timeline(case: &Case) -> Table {
    let mut table = Table::new("Timeline")
        .column("option", ColumnKind::Text)
        .column("stream", ColumnKind::Text)
        .column("service", ColumnKind::Text)
        .column("event", ColumnKind::Text)
        .column("month", ColumnKind::Month);
    for (place, sheet) in case.run.sheets.iter().enumerate() {
        let option = OptionId::new(place);
        for (stream, service, event, month) in events(case, option, sheet) {
            let service = service.map_or("", |id| case.scenario.services[id.place()].key.as_str());
            table.push(vec![
                Cell::text(&case.scenario.options[place].id),
                Cell::text(case.stream(option, stream)),
                Cell::text(service),
                Cell::text(event),
                Cell::Month(month),
            ]);
        }
    }
    table
}

type Told = (StreamId, Option<ServiceId>, &'static str, Month);

fn events(case: &Case, option: OptionId, sheet: &Sheet) -> Vec<Told> {
    let inside = |m: Option<usize>| m.filter(|&m| m < case.plan.horizon.months()).map(|m| case.month(m));
    let mut events = Vec::new();
    for (place, course) in sheet.courses.iter().enumerate() {
        let stream = StreamId::new(place);
        let turns = [("start", course.start), ("work starts", course.work)];
        events.extend(turns.iter().filter_map(|&(e, m)| Some((stream, None, e, inside(m)?))));
        for &service in &case.plan.options[option.place()].streams[place].services {
            let life = &sheet.lives[service.place()];
            let first = life.first_release.filter(|_| life.first_release != life.live);
            let lives = [("first release", first), ("live", life.live)];
            events.extend(lives.iter().filter_map(|&(e, m)| Some((stream, Some(service), e, inside(m)?))));
            let renewed = life.renewed.iter().filter_map(|&m| inside(Some(m)));
            events.extend(renewed.map(|month| (stream, Some(service), "renewed", month)));
        }
        events.extend(inside(course.end).map(|month| (stream, None, "ended", month)));
    }
    events
}

/// Streams, services and go-lives over time.
pub fn timeline_chart(case: &Case) -> Chart {
    let options = case.run.sheets.iter().enumerate().map(|(place, sheet)| {
        let id = OptionId::new(place);
        let streams = 0..case.scenario.options[place].streams.len();
        TimelineOption {
            name: case.name(id).to_owned(),
            streams: streams.map(|s| stream(case, id, sheet, StreamId::new(s))).collect(),
        }
    });
    Chart {
        title: title(case),
        subtitle: "What each stream spends most of each month on".to_owned(),
        source: case.source(),
        body: Body::Timeline(Timeline {
            horizon: case.plan.horizon,
            options: options.filter(|option| !option.streams.is_empty()).collect(),
        }),
    }
}

fn stream(case: &Case, option: OptionId, sheet: &Sheet, id: StreamId) -> TimelineStream {
    let mut bars = Bars { case, bars: Vec::new() };
    let course = sheet.courses[id.place()];
    if let (Some(start), work) = (course.start, course.work) {
        let until = work.unwrap_or(usize::MAX).min(case.plan.horizon.months());
        bars.add(start, until, Phase::Approval, "");
    }
    let of = |crew: Crew| sheet.entries.iter().filter(move |e| e.stream == id && e.crew == crew);
    bars.months(of(Crew::Stream));
    for &service in &case.plan.options[option.place()].streams[id.place()].services {
        for crew in [Crew::Upkeep, Crew::Renewal] {
            bars.months(of(crew).filter(|entry| entry.service == Some(service)));
        }
    }
    let told = events(case, option, sheet).into_iter();
    let milestones = told.filter(|&(stream, ..)| stream == id).filter_map(|(_, service, event, month)| {
        let event = match event {
            "first release" => Event::FirstRelease,
            "live" => Event::Live,
            _ => return None,
        };
        Some(Milestone { month, event, label: case.scenario.services[service?.place()].name.clone() })
    });
    TimelineStream {
        name: case.stream(option, id).to_owned(),
        bars: bars.bars,
        milestones: milestones.collect(),
    }
}

/// Bars in the making.
struct Bars<'a> {
    case: &'a Case,
    bars: Vec<Bar>,
}

impl Bars<'_> {
    /// Adds what most of each month went into; months alike become one bar.
    ///
    /// Time left over in a month of work is no idle month: idle time counts only where nothing else was done.
    fn months<'e>(&mut self, entries: impl Iterator<Item = &'e Entry<Decimal>>) {
        let weight = |e: &Entry<Decimal>| (e.activity != Activity::Idle, e.time);
        let mut most: Option<&Entry<Decimal>> = None;
        for entry in entries {
            match most {
                Some(so_far) if so_far.month == entry.month => {
                    if weight(entry) > weight(so_far) {
                        most = Some(entry);
                    }
                }
                _ => {
                    self.month(most);
                    most = Some(entry);
                }
            }
        }
        self.month(most);
    }

    fn month(&mut self, entry: Option<&Entry<Decimal>>) {
        let Some(entry) = entry else { return };
        let phase = match entry.activity {
            Activity::Forming => Phase::Forming,
            Activity::Discovery => Phase::Discovery,
            Activity::Alpha => Phase::Alpha,
            Activity::Beta => Phase::Beta,
            Activity::Handover => Phase::Handover,
            Activity::Renewal => Phase::Renewal,
            Activity::Stalled | Activity::Idle => Phase::Stalled,
            _ => Phase::Upkeep,
        };
        // A standing team's upkeep goes round its services: one bar, not a patchwork of names.
        let named = entry.service.filter(|_| phase != Phase::Upkeep || entry.crew == Crew::Upkeep);
        let label = named.map_or("", |service| self.case.scenario.services[service.place()].name.as_str());
        self.add(entry.month, entry.month + 1, phase, label);
    }

    fn add(&mut self, from: usize, until: usize, phase: Phase, label: &str) {
        if from >= until {
            return;
        }
        let (from, until) = (self.case.month(from), self.case.month(until));
        match self.bars.last_mut() {
            Some(bar) if bar.until == from && bar.phase == phase && bar.label == label => bar.until = until,
            _ => self.bars.push(Bar { from, until, phase, label: label.to_owned() }),
        }
    }
}

/// When each option has everything live that it delivers.
fn title(case: &Case) -> String {
    let (mut by, mut not) = (Vec::new(), Vec::new());
    let mut everything = true;
    let months = case.plan.horizon.months();
    for (option, sheet) in case.scenario.options.iter().zip(&case.run.sheets) {
        let delivered: Vec<_> = sheet.lives.iter().filter(|life| life.stream.is_some()).collect();
        let live = delivered.iter().map(|life| life.live.filter(|&m| m < months)).collect::<Option<Vec<_>>>();
        everything &= delivered.is_empty() || delivered.len() == case.scenario.services.len();
        match live.as_deref() {
            Some([]) => {}
            Some(live) => {
                let last = live.iter().copied().max().unwrap_or_default();
                by.push((last, format!("{} ({})", case.month(last).in_words(), option.name)));
            }
            None => not.push(option.name.clone()),
        }
    }
    by.sort();
    let by: Vec<String> = by.into_iter().map(|(_, told)| told).collect();
    let ends = || format!("{} at the earliest, {} at the latest", by[0], by[by.len() - 1]);
    let live = words::list_or(&by, ends);
    // An option need not deliver every service of the scenario.
    let what = if everything { "Every service" } else { "Every service that an option delivers" };
    let late = words::list_or(&not, || format!("{} options", words::count(not.len())));
    match (by.is_empty(), not.is_empty()) {
        (true, true) => "No option delivers a service".to_owned(),
        (true, false) => format!("Not every service that an option delivers goes live: {late}"),
        (false, true) => format!("{what} is live by {live}"),
        (false, false) => format!("{what} is live by {live}; not in {late}"),
    }
}
