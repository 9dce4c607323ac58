//! Mechanisms in words: what each of them is in an option, as short as a cell of a table.

use rust_decimal::Decimal;

use super::{Case, words};
use crate::id::{InputId, OptionId, StreamId, TeamId};
use crate::number::Number;
use crate::plan::{ApproachKind, Awaited, Event, Pattern, StandDownWhen, Start, Stream};
use crate::scenario;
use crate::uncertainty::Mechanism;

/// A mechanism of an option in words; where its streams differ, each way of it once.
pub(super) fn mechanism(case: &Case, option: OptionId, mechanism: Mechanism) -> String {
    let streams = &case.plan.options[option.place()].streams;
    if streams.is_empty() {
        return "no stream".to_owned();
    }
    if mechanism == Mechanism::Structure {
        return structure(case, option);
    }
    let mut ways: Vec<String> = Vec::new();
    for (stream, read) in streams.iter().zip(&case.scenario.options[option.place()].streams) {
        let way = in_stream(case, stream, read, mechanism);
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways.join("; or ")
}

fn in_stream(case: &Case, stream: &Stream<Decimal>, read: &scenario::Stream, mechanism: Mechanism) -> String {
    let temporary = stream.kind == ApproachKind::Temporary;
    match mechanism {
        Mechanism::Approval => approval(stream),
        Mechanism::Staffing => staffing(case, stream, read),
        Mechanism::Forming => forming(stream),
        Mechanism::Coordination => nought_or(stream.coordination, "none lost", "lost per further team"),
        Mechanism::Overrun => nought_or(stream.overrun, "none", "more effort"),
        Mechanism::Release => match stream.pattern {
            Pattern::Single => "all at once".to_owned(),
            Pattern::Incremental => format!("first release at {}", percent(stream.first_release)),
        },
        Mechanism::Handover if !temporary => "none: the team stays".to_owned(),
        Mechanism::Handover => {
            let handover = stream.handover;
            format!(
                "{} of overlap, then {} of upkeep's effect lost, recovered in {}",
                months(handover.overlap),
                percent(handover.loss),
                some_months(handover.recovery)
            )
        }
        Mechanism::Upkeep => upkeep(case, stream, read),
        Mechanism::Stall => stream.stall.map_or("none".to_owned(), |stall| {
            format!("{} after {} of the work", months(stall.pause), percent(stall.after))
        }),
        Mechanism::Utilisation => utilisation(case, stream),
        Mechanism::Structure => String::new(),
    }
}

fn approval(stream: &Stream<Decimal>) -> String {
    let approval = stream.approval;
    let lead = match approval.lead {
        0 => "no lead".to_owned(),
        1 => "1 month's lead".to_owned(),
        lead => format!("{lead} months' lead"),
    };
    let review = stream.review.map_or(String::new(), |review| {
        format!(", a review every {} at {}", months(review.every), words::pounds(review.cost))
    });
    format!("{lead} and {}{review}", words::pounds(approval.cost))
}

fn staffing(case: &Case, stream: &Stream<Decimal>, read: &scenario::Stream) -> String {
    let central = |id: InputId| case.scenario.inputs[id.place()].estimate.central();
    let teams =
        if stream.teams == Decimal::ONE { String::new() } else { format!("{} x ", stream.teams.normalize()) };
    let vacancies = read.mechanisms.vacancies.filter(|v| !central(v.rate).is_zero()).map(|v| {
        let cover = central(v.cover);
        let covered = if cover.is_zero() {
            "none of it covered".to_owned()
        } else {
            format!("{} of that covered by `{}`", percent(cover), team(case, v.team))
        };
        format!(", {} vacant, {covered}", percent(central(v.rate)))
    });
    format!("{teams}team `{}`{}", team(case, read.mechanisms.team), vacancies.unwrap_or_default())
}

fn forming(stream: &Stream<Decimal>) -> String {
    let forming = stream.forming;
    let rise = if forming.time.is_zero() {
        "at full strength at once".to_owned()
    } else {
        format!("{} from {}", some_months(forming.time), percent(forming.from))
    };
    let settled = if forming.settled_gain.is_zero() {
        String::new()
    } else {
        format!(
            ", {} more output after {}",
            percent(forming.settled_gain),
            some_months(forming.settled_after)
        )
    };
    rise + &settled
}

fn upkeep(case: &Case, stream: &Stream<Decimal>, read: &scenario::Stream) -> String {
    if stream.kind == ApproachKind::Persistent {
        return "the team stays: upkeep and improvement of its own".to_owned();
    }
    let upkeep = match (&stream.upkeep, read.mechanisms.upkeep) {
        (Some(upkeep), Some(read)) => {
            format!("{} of upkeep paid for, by `{}`", percent(upkeep.coverage), team(case, read.team))
        }
        _ => "no upkeep paid for".to_owned(),
    };
    let renewal = stream.renewal.map_or("no renewal".to_owned(), |renewal| {
        format!("renewal every {} at {} of the effort", months(renewal.every), percent(renewal.effort))
    });
    format!("the team leaves: {upkeep}, {renewal}")
}

fn utilisation(case: &Case, stream: &Stream<Decimal>) -> String {
    let end = stream.stand_down.map(|stand_down| match stand_down.when {
        StandDownWhen::Done(0) => ", stands down when its work is done".to_owned(),
        StandDownWhen::Done(notice) => format!(", stands down {} after its work is done", months(notice)),
        StandDownWhen::Month(last) => match usize::try_from(last) {
            Ok(last) => format!(", stands down after {}", case.month(last).in_words()),
            Err(_) => String::new(),
        },
    });
    format!("{} utilised{}", percent(stream.utilisation), end.unwrap_or_default())
}

/// The lines and posts that an option bears and another does not, by their key paths.
pub(super) fn own_lines(case: &Case, option: OptionId, other: OptionId) -> Vec<String> {
    let [own, other] = [option, other].map(|id| &case.plan.options[id.place()]);
    let lines = own.lines.iter().filter(|id| !other.lines.contains(id));
    let posts = own.posts.iter().filter(|id| !other.posts.contains(id));
    let lines = lines.map(|id| case.scenario.lines[id.place()].key.clone());
    lines.chain(posts.map(|id| case.scenario.posts[id.place()].key.clone())).collect()
}

/// Streams with their services and starts.
fn structure(case: &Case, option: OptionId) -> String {
    let told = case.plan.options[option.place()].streams.iter().enumerate().map(|(place, stream)| {
        let services = stream.services.iter().map(|id| name_of(&case.scenario.services[id.place()].key));
        let services: Vec<String> = services.map(str::to_owned).collect();
        let start = start(case, option, stream.start);
        format!("{} ({}) {start}", case.stream(option, StreamId::new(place)), services.join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}

fn start(case: &Case, option: OptionId, start: Start) -> String {
    match start {
        Start::Month(month) => match usize::try_from(month) {
            Ok(month) => format!("from {}", case.month(month).in_words()),
            Err(_) => String::new(),
        },
        Start::After { of, event, plus } => {
            let of = match of {
                Awaited::Service(id) => name_of(&case.scenario.services[id.place()].key),
                Awaited::Stream(id) => case.stream(option, id),
            };
            let event = match event {
                Event::FirstRelease => "first release",
                Event::Live => "go-live",
                Event::End => "end",
            };
            let plus = if plus == 0 { String::new() } else { format!("{} ", months(plus)) };
            format!("{plus}after {event} of {of}")
        }
    }
}

fn team(case: &Case, id: TeamId) -> &str {
    name_of(&case.scenario.teams[id.place()].key)
}

/// The last part of a key path.
fn name_of(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

fn nought_or(share: Decimal, nought: &str, what: &str) -> String {
    if share.is_zero() { nought.to_owned() } else { format!("{} {what}", percent(share)) }
}

/// A share as it is written: `12%`, `12.5%`.
fn percent(share: Decimal) -> String {
    format!("{}%", (share * Decimal::ONE_HUNDRED).round_dp(2).normalize())
}

fn months(count: i64) -> String {
    some_months(Decimal::from_count(count))
}

fn some_months(count: Decimal) -> String {
    let noun = if count == Decimal::ONE { "month" } else { "months" };
    format!("{} {noun}", count.round_dp(2).normalize())
}
