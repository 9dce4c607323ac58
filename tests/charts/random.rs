//! Charts of anything at all: their words stay apart.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use wholelife::calendar::Horizon;
use wholelife::chart::{
    AssetPanel, Bar, Body, Event, FundedYear, FundingPanel, Line, Mark, Milestone, Moments, Phase, Timeline,
    TimelineOption, TimelineStream,
};

use crate::charts::checks::{words_are_apart, words_are_clear_of_columns};
use crate::charts::samples::{columns, month};
use crate::charts::{accounts, samples};

fn random_stream() -> impl Strategy<Value = TimelineStream> {
    let phase = (0..Phase::ALL.len()).prop_map(|nth| Phase::ALL[nth]);
    let bar = (-20..800, 0..90, phase, "[a-zA-Z ]{0,60}").prop_map(|(from, months, phase, label)| Bar {
        from: month(from),
        until: month(from + months),
        phase,
        label,
    });
    let event = prop_oneof![Just(Event::FirstRelease), Just(Event::Live)];
    let milestone = (-5..740, event, "[a-zA-Z ]{0,60}").prop_map(|(at, event, label)| Milestone {
        month: month(at),
        event,
        label,
    });
    let (bars, milestones) = (vec(bar, 0..8), vec(milestone, 0..8));
    ("[a-zA-Z -]{0,70}", bars, milestones).prop_map(|(name, bars, milestones)| TimelineStream {
        name,
        bars,
        milestones,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_words_overlap_in_any_timeline(
        streams in vec(random_stream(), 1..9), years in 1_u32..=60, first in -11..12, year_starts in 1_u32..=12,
    ) {
        let horizon = Horizon::new(month(first), years, year_starts);
        let options = vec![TimelineOption { name: samples::long(1), streams }];
        let mut chart = samples::timeline();
        chart.body = Body::Timeline(Timeline { horizon, options });
        words_are_apart("random", &chart);
    }

    #[test]
    fn no_words_overlap_in_any_chart_of_money(
        options in 1_usize..12, years in 1_usize..=60, scale in prop_oneof![Just(1e-6), Just(1e-3), Just(1.0), Just(1e4)],
        negative in any::<bool>(),
    ) {
        let mut chart = columns(options, years);
        if let Body::Columns(it) = &mut chart.body {
            let amounts = it.panels.iter_mut().flat_map(|p| &mut p.amounts);
            amounts.enumerate().for_each(|(nth, a)| a.iter_mut().for_each(|a| {
                *a *= if negative && nth % 3 == 0 { -scale } else { scale };
            }));
        }
        words_are_apart("columns", &chart);
        let mut chart = samples::balance(options, years as u32);
        if let Body::Cumulative(it) = &mut chart.body {
            let amounts = it.panels.iter_mut().flat_map(|p| p.cost.iter_mut().chain(&mut p.benefit));
            amounts.for_each(|a| *a *= if negative { -scale } else { scale });
        }
        words_are_apart("balance", &chart);
    }
}

/// Pounds from pence to billions, of either sign.
fn amount() -> impl Strategy<Value = f64> {
    (-1.0..1.0_f64, prop_oneof![Just(0.0), Just(1.0), Just(1e3), Just(1e6), Just(3e9)])
        .prop_map(|(a, b)| a * b)
}

fn random_funding() -> impl Strategy<Value = FundingPanel> {
    let year = (amount(), amount(), amount(), amount(), any::<bool>()).prop_map(
        |(paid, gap, lapsed, carried, all)| {
            let (lapsed, carried) = if all { (lapsed, carried) } else { (0.0, 0.0) };
            FundedYear { paid, gap, lapsed, carried }
        },
    );
    ("[a-zA-Z -]{0,70}", "[a-zA-Z -]{0,70}", vec(vec(year, 0..20), 0..4))
        .prop_map(|(name, note, kinds)| FundingPanel { name, note, kinds })
}

fn random_assets() -> impl Strategy<Value = AssetPanel> {
    let amounts = || vec(amount(), 0..20);
    ("[a-zA-Z -]{0,70}", "[a-zA-Z -]{0,70}", amounts(), amounts(), vec(amounts(), 0..7)).prop_map(
        |(name, note, in_use, under_construction, effects)| AssetPanel {
            name,
            note,
            in_use,
            under_construction,
            effects,
        },
    )
}

fn random_line() -> impl Strategy<Value = Line> {
    ("[a-zA-Z -]{0,70}", vec(amount(), 0..20)).prop_map(|(name, amounts)| Line {
        name,
        note: String::new(),
        amounts,
    })
}

fn random_mark() -> impl Strategy<Value = Mark> {
    (0_usize..12, option::of(0_usize..12), 0_usize..30, "[a-zA-Z -]{0,70}")
        .prop_map(|(line, crosses, at, label)| Mark { line, crosses, at, label })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_words_overlap_in_any_chart_of_funds(panels in vec(random_funding(), 1..12), years in 1_usize..=20) {
        let mut chart = accounts::funding(1, years);
        if let Body::Funding(it) = &mut chart.body {
            it.panels = panels;
        }
        words_are_apart("funding", &chart);
        words_are_clear_of_columns("funding", &chart);
    }

    #[test]
    fn no_words_overlap_in_any_chart_of_assets(panels in vec(random_assets(), 1..12), years in 1_usize..=20) {
        let mut chart = accounts::assets(1, years);
        if let Body::Assets(it) = &mut chart.body {
            it.panels = panels;
        }
        words_are_apart("assets", &chart);
        words_are_clear_of_columns("assets", &chart);
    }

    #[test]
    fn no_words_overlap_in_any_chart_of_lines(
        lines in vec(random_line(), 1..15), marks in vec(random_mark(), 0..5), years in 1_u32..=20, by_month in any::<bool>(),
    ) {
        let mut chart = accounts::lines(1, years as usize);
        if let Body::Lines(it) = &mut chart.body {
            (it.lines, it.marks) = (lines, marks);
            if by_month {
                it.moments = Moments::Months(samples::horizon(years));
            }
        }
        words_are_apart("lines", &chart);
    }

    #[test]
    fn no_words_overlap_in_any_chart_of_what_differs(charts in crate::charts::uncertainty::random()) {
        for chart in &charts {
            words_are_apart("random", chart);
        }
    }
}
