//! The bridge: what makes the difference between two options, mechanism by mechanism (MODEL section 12).
//!
//! Every set of mechanisms is one run of a synthetic option that has those from the one option and the rest
//! from the other; the Shapley value over all sets is what each mechanism comes to. How one option is made of
//! two is told in docs/decisions.md and done in [`Mix`]. Mechanisms that don't differ have no runs: their
//! share is nought exactly.

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::meter::Meter;
use super::shapley::{settled, shapley};
use super::tally::Tally;
use crate::id::{OptionId, StreamId};
use crate::number::Number;
use crate::plan::{ApproachKind, Awaited, Event, Plan, ProgrammeOption, StandDown, Start, Stream};
use crate::run;

/// A group of mechanisms that is taken from one option or the other as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mechanism {
    /// Approval and funding reviews.
    Approval,
    /// Who works: team kind, number of teams, vacancies.
    Staffing,
    /// Forming and settling.
    Forming,
    /// Output lost to coordination.
    Coordination,
    /// Effort beyond the estimate.
    Overrun,
    /// When users get anything.
    Release,
    /// Handing over.
    Handover,
    /// Whether the team stays (persistent or temporary), upkeep by others, renewal.
    Upkeep,
    /// Work that stops and starts again.
    Stall,
    /// Utilisation and standing down.
    Utilisation,
    /// Which streams deliver which services and when, who bears them, and the option's lines and posts.
    Structure,
}

impl Mechanism {
    /// Every one, in the order of outputs.
    pub const ALL: [Self; 11] = [
        Self::Approval,
        Self::Staffing,
        Self::Forming,
        Self::Coordination,
        Self::Overrun,
        Self::Release,
        Self::Handover,
        Self::Upkeep,
        Self::Stall,
        Self::Utilisation,
        Self::Structure,
    ];

    /// As programs read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::Staffing => "staffing",
            Self::Forming => "forming",
            Self::Coordination => "coordination",
            Self::Overrun => "overrun",
            Self::Release => "release",
            Self::Handover => "handover",
            Self::Upkeep => "upkeep",
            Self::Stall => "stall",
            Self::Utilisation => "utilisation",
            Self::Structure => "structure",
        }
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approval => "Approval and reviews",
            Self::Staffing => "Staffing and vacancies",
            Self::Forming => "Forming and settling",
            Self::Coordination => "Coordination",
            Self::Overrun => "Overrun",
            Self::Release => "Release",
            Self::Handover => "Hand-over",
            Self::Upkeep => "Upkeep and renewal",
            Self::Stall => "Stall",
            Self::Utilisation => "Utilisation and stand-down",
            Self::Structure => "Stream structure and own lines",
        }
    }
}

/// What is bridged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Net present cost.
    Cost,
    /// Net present social value, against the scenario's own baseline.
    Npsv,
}

/// The way from one option's figure to another's.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge {
    /// Where it begins.
    pub from: OptionId,
    /// Where it ends.
    pub to: OptionId,
    /// What is bridged.
    pub measure: Measure,
    /// The figure of the first option, pounds.
    pub start: Decimal,
    /// The figure of the second.
    pub end: Decimal,
    /// A bar for every mechanism, in the order of [`Mechanism::ALL`]. They add up to the difference.
    pub bars: Vec<Bar>,
    /// Whether one of the options has no stream: then the difference is one of structure alone.
    pub without_streams: bool,
    /// How many synthetic options were run.
    pub runs: usize,
}

/// What a mechanism comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Which.
    pub mechanism: Mechanism,
    /// Whether it differs between the options.
    pub differs: bool,
    /// Pounds and pence: its share of the difference.
    pub amount: Decimal,
}

impl Bridge {
    /// The difference between the two options.
    pub fn difference(&self) -> Decimal {
        self.end - self.start
    }
}

/// The bridge from one option of a plan to another.
pub fn bridge(plan: &Plan<Decimal>, from: OptionId, to: OptionId, measure: Measure) -> Bridge {
    let mix = Mix { options: [from, to].map(|id| &plan.options[id.place()]) };
    let differing: Vec<Mechanism> = Mechanism::ALL.into_iter().filter(|&m| mix.differs(m)).collect();
    let worth = worth(plan, &mix, &differing, measure);
    let [start, end] = own_figures(plan, [from, to], measure);
    let shares = settled(shapley(&worth), (end - start).to_pence());
    let bar = |mechanism| {
        let place = differing.iter().position(|&m| m == mechanism);
        let pence = place.map_or(0, |place| shares[place]);
        Bar { mechanism, differs: place.is_some(), amount: Decimal::from_pence(pence) }
    };
    let bars: Vec<Bar> = Mechanism::ALL.into_iter().map(bar).collect();
    let sum: Decimal = bars.iter().map(|bar| bar.amount).sum();
    assert_eq!(sum, end - start, "the bars add up to the difference");
    let without_streams = mix.is_without_streams();
    Bridge { from, to, measure, start, end, bars, without_streams, runs: worth.len() }
}

/// The figures of two options as the whole run appraises them.
fn own_figures(plan: &Plan<Decimal>, options: [OptionId; 2], measure: Measure) -> [Decimal; 2] {
    let appraisal = run::appraise(plan);
    options.map(|id| {
        let option = &appraisal.options[id.place()];
        match measure {
            Measure::Cost => option.cost.present,
            Measure::Npsv => option.npsv,
        }
    })
}

/// The figure of every set of mechanisms taken from the second option, in pence. (A net value is the option's
/// own: the baseline's, the same for all, makes no difference.)
fn worth(plan: &Plan<Decimal>, mix: &Mix<'_>, differing: &[Mechanism], measure: Measure) -> Vec<i128> {
    // An option on its own: what it comes to does not depend on the others, nor on the baseline or on funds.
    let mut bare = plan.clone();
    bare.baseline = None;
    bare.options.clear();
    bare.funds.clear();
    let sets = 0..1_usize << differing.len();
    sets.into_par_iter()
        .map_init(
            || Meter::new(&bare),
            |meter, set| {
                let taken = |mechanism| {
                    let place = differing.iter().position(|&m| m == mechanism);
                    place.is_some_and(|place| set >> place & 1 == 1)
                };
                let option = ProgrammeOption { id: OptionId::new(0), ..mix.option(&taken) };
                let outcome = meter.measure(&bare, &option, &mut Tally::new(&bare, &option));
                match measure {
                    Measure::Cost => outcome.net_present_cost,
                    Measure::Npsv => outcome.npsv,
                }
                .to_pence()
            },
        )
        .collect()
}

/// Two options of which others are made.
///
/// The structure comes from one of them. Each of its streams has every mechanism either from itself or from
/// its counterpart in the other option: the stream that delivers the same first service there, or else the
/// first stream there.
#[derive(Clone, Copy, Debug)]
struct Mix<'a> {
    options: [&'a ProgrammeOption<Decimal>; 2],
}

impl Mix<'_> {
    fn is_without_streams(&self) -> bool {
        self.options.iter().any(|option| option.streams.is_empty())
    }

    /// Whether a mechanism differs: if not, no synthetic option depends on whose it is.
    fn differs(&self, mechanism: Mechanism) -> bool {
        let [a, b] = self.options;
        if mechanism == Mechanism::Structure {
            let place = |s: &Stream<Decimal>| (s.services.clone(), s.start, s.shares.clone());
            let streams = a.streams.iter().map(place).ne(b.streams.iter().map(place));
            return streams || a.lines != b.lines || a.posts != b.posts;
        }
        if self.is_without_streams() {
            return false;
        }
        let other = |m| m == mechanism;
        [0, 1].into_iter().any(|home| self.streams(home, &other) != self.options[home].streams)
    }

    /// The option that has the mechanisms that are `taken` from the second option, the rest from the first.
    fn option(&self, taken: &dyn Fn(Mechanism) -> bool) -> ProgrammeOption<Decimal> {
        let home = usize::from(taken(Mechanism::Structure));
        let structure = self.options[home];
        let mut option = structure.clone();
        if !self.is_without_streams() {
            option.streams = self.streams(home, &|m| usize::from(taken(m)) != home);
            // Where both options have this structure, it waits in both: then both must end.
            let shared = !self.differs(Mechanism::Structure);
            let other = &self.options[1 - home].streams;
            settle(&mut option.streams, |place| {
                let own = &structure.streams[place];
                ends(own) && (!shared || ends(counterpart(other, own)))
            });
        }
        option
    }

    /// The streams of one of the options, with some mechanisms from their counterparts.
    fn streams(&self, home: usize, from_other: &dyn Fn(Mechanism) -> bool) -> Vec<Stream<Decimal>> {
        let (own, other) = (&self.options[home].streams, &self.options[1 - home].streams);
        let mut streams = own.clone();
        for (place, stream) in streams.iter_mut().enumerate() {
            let counterpart = counterpart(other, &own[place]);
            for mechanism in Mechanism::ALL.into_iter().filter(|&m| from_other(m)) {
                put(mechanism, stream, counterpart);
                if mechanism == Mechanism::Utilisation {
                    stream.stand_down = counterpart.stand_down.map(|stand_down| {
                        let heir = stand_down.to.and_then(|to| stream_of(own, &other[to.place()]));
                        let to = heir.filter(|&heir| heir != place).map(StreamId::new);
                        StandDown { to, ..stand_down }
                    });
                }
            }
        }
        streams
    }
}

/// The stream of another option whose mechanisms a stream may take.
fn counterpart<'s>(others: &'s [Stream<Decimal>], stream: &Stream<Decimal>) -> &'s Stream<Decimal> {
    &others[stream_of(others, stream).unwrap_or(0)]
}

/// The place of the stream that delivers the first service of another option's stream.
fn stream_of(streams: &[Stream<Decimal>], like: &Stream<Decimal>) -> Option<usize> {
    let first = like.services.first()?;
    streams.iter().position(|stream| stream.services.contains(first))
}

/// Gives a stream a mechanism of another's.
fn put(mechanism: Mechanism, stream: &mut Stream<Decimal>, other: &Stream<Decimal>) {
    match mechanism {
        Mechanism::Approval => {
            stream.approval = other.approval;
            stream.review = other.review;
        }
        Mechanism::Staffing => {
            stream.team.clone_from(&other.team);
            stream.teams = other.teams;
            stream.vacant = other.vacant;
        }
        Mechanism::Forming => stream.forming = other.forming,
        Mechanism::Coordination => stream.coordination = other.coordination,
        Mechanism::Overrun => stream.overrun = other.overrun,
        Mechanism::Release => {
            stream.pattern = other.pattern;
            stream.first_release = other.first_release;
        }
        Mechanism::Handover => stream.handover = other.handover,
        Mechanism::Upkeep => {
            stream.kind = other.kind;
            stream.upkeep.clone_from(&other.upkeep);
            stream.renewal = other.renewal;
        }
        Mechanism::Stall => stream.stall = other.stall,
        Mechanism::Utilisation => {
            stream.utilisation = other.utilisation;
            stream.stand_down = other.stand_down;
        }
        // It is where the streams come from, not something they have.
        Mechanism::Structure => {}
    }
}

/// Makes mechanisms of two origins fit together, as a scenario's own must: only a standing team stands down,
/// and only to a standing team; and what waits for the end of a stream that `would_end`, but with these
/// mechanisms never does, waits for all its services to be live instead of for ever.
fn settle(streams: &mut [Stream<Decimal>], would_end: impl Fn(usize) -> bool) {
    let kinds: Vec<ApproachKind> = streams.iter().map(|stream| stream.kind).collect();
    for stream in streams.iter_mut() {
        if stream.kind == ApproachKind::Temporary {
            stream.stand_down = None;
        }
        if let Some(stand_down) = &mut stream.stand_down {
            stand_down.to = stand_down.to.filter(|to| kinds[to.place()] == ApproachKind::Persistent);
        }
    }
    let endless: Vec<bool> = streams.iter().map(|stream| !ends(stream)).collect();
    for stream in streams {
        if let Start::After { of: Awaited::Stream(awaited), event, .. } = &mut stream.start
            && *event == Event::End
            && endless[awaited.place()]
            && would_end(awaited.place())
        {
            *event = Event::Live;
        }
    }
}

/// Whether a stream ever ends.
fn ends(stream: &Stream<Decimal>) -> bool {
    stream.kind == ApproachKind::Temporary || stream.stand_down.is_some()
}
