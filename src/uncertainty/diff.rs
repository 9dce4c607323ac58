//! What the changes between two versions of a scenario file do to each headline.
//!
//! Every set of changes is one run of the file mixed of the two. Up to twelve changes are shared by their
//! Shapley value; more by the mean of two paths, in the order of the file and in its reverse. Named things that
//! came or went, and changes that make no scenario without one another, are one change together.

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::meter::Meter;
use super::shapley::{MOST_PARTS, path, settled, shapley};
use super::tally::Tally;
use crate::number::Number;
use crate::run;
use crate::scenario::{Change, Scenario, Versions};

/// What differs between two versions, and what that does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Every value that differs.
    pub changes: Vec<Change>,
    /// The changes that are made together, by their places; wording has none.
    pub groups: Vec<Group>,
    /// The headlines of every option that both versions have.
    pub headlines: Vec<Headline>,
    /// How the headlines' differences are shared.
    pub method: Method,
}

/// Changes that are made together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Their places in the list.
    pub changes: Vec<usize>,
    /// Whether they are together because they make no scenario without one another.
    pub is_structure: bool,
}

/// A headline in both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// The option's name in the files.
    pub option: String,
    /// What it is.
    pub figure: Figure,
    /// In the first version, pounds.
    pub old: Decimal,
    /// In the second.
    pub new: Decimal,
    /// What each group comes to: they add up to the difference.
    pub contributions: Vec<Decimal>,
}

/// A figure that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Net present cost.
    Cost,
    /// Net present social value.
    Npsv,
    /// Cash, prices of each year.
    Nominal,
}

impl Figure {
    /// Every one, in the order of outputs.
    pub const ALL: [Self; 3] = [Self::Cost, Self::Npsv, Self::Nominal];
}

/// How a difference is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By Shapley value: every order counts the same.
    Shapley,
    /// By the order of the file and its reverse.
    Path,
}

/// What differs between two versions, of which `old` and `new` are the readings.
pub fn difference(versions: &Versions, old: &Scenario, new: &Scenario) -> Difference {
    let changes = versions.changes();
    let names = common(old, new);
    let mut groups = groups(versions, &changes);
    let both = |of: fn(&Scenario, &[&str]) -> Option<Vec<i128>>| {
        [old, new].map(|scenario| of(scenario, &names).expect("both have these options"))
    };
    let (ends, measured) = (both(reported), both(measured));
    let worths = loop {
        if let Some(worths) = worths(versions, &changes, &groups, &names, &measured) {
            break worths;
        }
        // Some of them need one another in a way that none alone shows.
        groups =
            vec![Group { changes: groups.into_iter().flat_map(|g| g.changes).collect(), is_structure: true }];
    };
    let method = if groups.len() <= MOST_PARTS { Method::Shapley } else { Method::Path };
    let mut headlines = Vec::new();
    for (o, option) in names.iter().enumerate() {
        for (f, figure) in Figure::ALL.into_iter().enumerate() {
            let place = o * Figure::ALL.len() + f;
            let of = |figures: &Vec<i128>| figures[place];
            let shares = match &worths {
                Worths::Sets(sets) => shapley(&sets.iter().map(of).collect::<Vec<_>>()),
                Worths::Paths([there, back]) => {
                    path(&there.iter().map(of).collect::<Vec<_>>(), &back.iter().map(of).collect::<Vec<_>>())
                }
            };
            let shares = settled(shares, ends[1][place] - ends[0][place]);
            let [old, new] = [&ends[0], &ends[1]].map(|figures| Decimal::from_pence(figures[place]));
            let contributions: Vec<Decimal> = shares.into_iter().map(Decimal::from_pence).collect();
            debug_assert_eq!(contributions.iter().sum::<Decimal>(), new - old, "they add up");
            headlines.push(Headline { option: (*option).to_owned(), figure, old, new, contributions });
        }
    }
    Difference { changes, groups, headlines, method }
}

/// The options that both versions have, by their names in the files.
fn common<'s>(old: &'s Scenario, new: &Scenario) -> Vec<&'s str> {
    let has = |id: &str| new.options.iter().any(|option| option.id == id);
    old.options.iter().map(|option| option.id.as_str()).filter(|id| has(id)).collect()
}

/// The headlines of options as they are reported, in pence: by option, then figure.
fn reported(scenario: &Scenario, options: &[&str]) -> Option<Vec<i128>> {
    let appraisal = run::appraise(&scenario.central_plan());
    figures(scenario, options, |place| {
        let option = &appraisal.options[place];
        [option.cost.present, option.npsv, option.cost.nominal]
    })
}

/// The same, but rounded only where they are summed: what runs by the thousand are compared by.
fn measured(scenario: &Scenario, options: &[&str]) -> Option<Vec<i128>> {
    let mut plan = scenario.central_plan();
    // What funds pay is no headline.
    plan.funds.clear();
    let mut meter = Meter::new(&plan);
    let mut outcome = |place: usize| {
        let option = &plan.options[place];
        meter.measure(&plan, option, &mut Tally::new(&plan, option))
    };
    let baseline = plan.baseline.map_or(Decimal::ZERO, |id| outcome(id.place()).npsv);
    figures(scenario, options, |place| {
        let outcome = outcome(place);
        [outcome.net_present_cost, outcome.npsv - baseline, outcome.nominal]
    })
}

/// What is said of options, in the order of [`Figure::ALL`], in pence. `None` if the scenario lacks one of them.
fn figures(
    scenario: &Scenario,
    options: &[&str],
    mut of: impl FnMut(usize) -> [Decimal; Figure::ALL.len()],
) -> Option<Vec<i128>> {
    let mut figures = Vec::with_capacity(options.len() * Figure::ALL.len());
    for name in options {
        let place = scenario.options.iter().position(|option| option.id == *name)?;
        figures.extend(of(place).map(Number::to_pence));
    }
    Some(figures)
}

/// The changes that are made together: those of one table that came or went, and all that are structure.
fn groups(versions: &Versions, changes: &[Change]) -> Vec<Group> {
    let mut by_path: Vec<(&[String], Group)> = Vec::new();
    let mut structure = Group { changes: Vec::new(), is_structure: true };
    for (place, change) in changes.iter().enumerate().filter(|(_, change)| !change.is_wording) {
        if change.is_structural {
            structure.changes.push(place);
        } else if let Some((_, group)) = by_path.iter_mut().find(|(path, _)| *path == change.taken.as_slice())
        {
            group.changes.push(place);
        } else {
            by_path.push((&change.taken, Group { changes: vec![place], is_structure: false }));
        }
    }
    // What makes no scenario when it is the only one taken, or the only one left, belongs to structure too.
    let all: Vec<&[String]> = paths(changes, changes.iter().enumerate().map(|(place, _)| place));
    let (alone, together): (Vec<_>, Vec<_>) = by_path.into_iter().partition(|(path, _)| {
        let others: Vec<&[String]> = all.iter().copied().filter(|other| other != path).collect();
        versions.mixed(&[path]).is_some() && versions.mixed(&others).is_some()
    });
    structure.changes.extend(together.into_iter().flat_map(|(_, group)| group.changes));
    structure.changes.sort_unstable();
    let mut groups: Vec<Group> = alone.into_iter().map(|(_, group)| group).collect();
    if !structure.changes.is_empty() {
        groups.push(structure);
    }
    groups
}

/// The paths that are taken for some changes, each once.
fn paths(changes: &[Change], places: impl Iterator<Item = usize>) -> Vec<&[String]> {
    let mut paths: Vec<&[String]> = places.map(|place| changes[place].taken.as_slice()).collect();
    paths.dedup();
    paths
}

/// Figures of mixed files: of every set of groups, or along the two paths.
enum Worths {
    Sets(Vec<Vec<i128>>),
    Paths([Vec<Vec<i128>>; 2]),
}

/// Runs the mixed files; `None` if one of them is no scenario.
fn worths(
    versions: &Versions,
    changes: &[Change],
    groups: &[Group],
    options: &[&str],
    ends: &[Vec<i128>; 2],
) -> Option<Worths> {
    let count = groups.len();
    let of = |taken: &[usize]| -> Option<Vec<i128>> {
        // At both ends stand the files themselves: wording apart, that is what is taken.
        match taken.len() {
            0 => return Some(ends[0].clone()),
            all if all == count => return Some(ends[1].clone()),
            _ => {}
        }
        let places = taken.iter().flat_map(|&group| groups[group].changes.iter().copied());
        measured(&versions.mixed(&paths(changes, places))?, options)
    };
    if count <= MOST_PARTS {
        let sets = (0..1_usize << count).into_par_iter();
        let in_set = |set: usize| (0..count).filter(|group| set >> group & 1 == 1).collect::<Vec<_>>();
        return sets.map(|set| of(&in_set(set))).collect::<Option<_>>().map(Worths::Sets);
    }
    let order: Vec<usize> = (0..count).collect();
    let reverse: Vec<usize> = order.iter().rev().copied().collect();
    let along = |order: &[usize]| -> Option<Vec<Vec<i128>>> {
        (0..=count).into_par_iter().map(|steps| of(&order[..steps])).collect()
    };
    Some(Worths::Paths([along(&order)?, along(&reverse)?]))
}
