//! Charts as reports fill them, from the ordinary to the extreme.

use wholelife::calendar::{FinancialYear, Horizon, Month};
use wholelife::chart::{
    BalancePanel, Bar, Body, Chart, ColumnPanel, Columns, Cumulative, Event, Ink, Milestone, Payback, Phase,
    Series, Timeline, TimelineOption, TimelineStream,
};

const GROUPS: [(&str, Ink); 8] = [
    ("Approval and forming", Ink::Starting),
    ("Building", Ink::Building),
    ("Keeping up", Ink::Keeping),
    ("Improving", Ink::Improving),
    ("Idle and stalled", Ink::Stalled),
    ("Running", Ink::Running),
    ("Legacy", Ink::Legacy),
    ("Other", Ink::Other),
];

const NAMES: [&str; 4] = ["Business as usual", "Team-funded", "Project-funded", "Small staged projects"];

/// A name of 60 characters.
pub(crate) fn long(nth: usize) -> String {
    let name = format!("Option {nth}: regional shared patient access, contact and referrals centre");
    name.chars().take(60).collect()
}

pub(crate) fn names(options: usize) -> Vec<String> {
    if options <= 4 {
        NAMES.iter().take(options).map(|n| (*n).into()).collect()
    } else {
        (1..=options).map(long).collect()
    }
}

pub(crate) fn month(offset: i32) -> Month {
    Month::new(2026, 4).expect("a month").plus(offset)
}

pub(crate) fn horizon(years: u32) -> Horizon {
    Horizon::new(month(0), years, 4)
}

pub(crate) fn chart(title: &str, body: Body) -> Chart {
    Chart {
        title: title.into(),
        subtitle: "Real prices of 2026-27, £, excluding VAT; financial years April to March".into(),
        source: "Source: wholelife 0.1.0, patient-access.toml, parameters nhs-england-2026-27. Illustrative figures."
            .into(),
        body,
    }
}

/// How much of a group an option costs in a year, pounds: the shapes of the real thing, without its detail.
fn amount(option: usize, group: usize, year: usize) -> f64 {
    let early = [1.0, 0.8, 0.35, 0.1][year.min(3)];
    let late = 1.0 - early;
    let legacy = [1.0, 1.0, 0.55, 0.2, 0.0][if option == 0 { 0 } else { (year).min(4) }];
    let wave = if option % 4 == 2 && year % 5 == 4 { 1.0 } else { 0.0 };
    let scale = 1.0 + 0.07 * option as f64;
    let full = match (option % 4, group) {
        (0, 6) => 720e3 * (1.0 + 0.04 * year as f64),
        (0, _) => 0.0,
        (2, 0) => 420e3 * early + 260e3 * wave,
        (_, 0) => 260e3 * early,
        (_, 1) => 690e3 * early * scale + 500e3 * wave,
        (2 | 3, 2) => 190e3 * late,
        (_, 2) => 330e3 * late,
        (1, 3) => 260e3 * late,
        (2, 4) => 90e3 * early,
        (1, 4) => 120e3 * late,
        (_, 5) => 415e3 * late,
        (_, 6) => 720e3 * legacy,
        (_, 7) => 60e3 + 240e3 * f64::from(u8::from(year.is_multiple_of(5))),
        _ => 0.0,
    };
    full.round()
}

/// Cost by year of so many options over so many years.
pub(crate) fn columns(options: usize, years: usize) -> Chart {
    let panels = names(options).into_iter().enumerate().map(|(option, name)| {
        let amounts: Vec<Vec<f64>> =
            (0..8).map(|g| (0..years).map(|y| amount(option, g, y)).collect()).collect();
        let total: f64 = amounts.iter().flatten().sum();
        ColumnPanel { name, note: format!("£{:.1}m in all", total / 1e6), amounts }
    });
    let columns = Columns {
        years: (0..years as i32).map(|y| FinancialYear::new(2026 + y)).collect(),
        series: GROUPS.iter().map(|(name, ink)| Series { name: (*name).into(), ink: *ink }).collect(),
        panels: panels.collect(),
    };
    let title = "Team funding costs £2.3m less than project funding over eleven years, because nothing is approved, \
                 formed and handed over twice";
    chart(title, Body::Columns(columns))
}

/// Cost by year with savings below nought.
pub(crate) fn negative_columns() -> Chart {
    let mut it = columns(4, 11);
    if let Body::Columns(columns) = &mut it.body {
        for panel in &mut columns.panels {
            for year in 3..11 {
                panel.amounts[6][year] = -480e3;
                panel.amounts[7][year] = if year % 3 == 0 { -130e3 } else { 60e3 };
            }
        }
    }
    it.title = "Against business as usual".into();
    it
}

/// Nought throughout.
pub(crate) fn nought_columns() -> Chart {
    let mut it = columns(4, 11);
    if let Body::Columns(columns) = &mut it.body {
        columns.panels.iter_mut().flat_map(|p| &mut p.amounts).for_each(|a| a.fill(0.0));
    }
    it
}

/// Cumulative cost and benefit of so many options over so many years.
pub(crate) fn balance(options: usize, years: u32) -> Chart {
    let horizon = horizon(years);
    let panels = names(options + 1).into_iter().skip(1).enumerate().map(|(option, name)| {
        let option = option % 4;
        let delay = [14, 34, 22, 60][option];
        let (mut cost, mut benefit) = (Vec::new(), Vec::new());
        let (mut spent, mut gained) = (0.0, 0.0);
        for m in 0..horizon.months() {
            spent += if m < delay { 110e3 - 800.0 * m as f64 } else { 62e3 + 9e3 * option as f64 };
            gained += [175e3, 150e3, 139e3, 95e3][option] * (m.saturating_sub(delay) as f64 / 18.0).min(1.0);
            cost.push(spent);
            benefit.push(gained);
        }
        let crossing = (0..horizon.months()).find(|&m| benefit[m] >= cost[m]);
        let payback = crossing.map_or(Payback::NotWithinHorizon, |m| Payback::In(horizon.month(m)));
        BalancePanel { name, note: String::new(), cost, benefit, payback }
    });
    let body = Body::Cumulative(Cumulative { horizon, panels: panels.collect() });
    chart("Team funding pays back four years before project funding", body)
}

/// Costs below nought: an option that saves from the start, and one that does not pay back.
pub(crate) fn negative_balance() -> Chart {
    let mut it = balance(2, 11);
    if let Body::Cumulative(cumulative) = &mut it.body {
        for (nth, amount) in cumulative.panels[0].cost.iter_mut().enumerate() {
            *amount = -9e3 * nth as f64;
        }
        cumulative.panels[0].payback = Payback::NotApplicable;
        cumulative.panels[1].benefit.fill(0.0);
        cumulative.panels[1].payback = Payback::NotWithinHorizon;
    }
    it
}

fn bar(from: i32, until: i32, phase: Phase, label: &str) -> Bar {
    Bar { from: month(from), until: month(until), phase, label: label.into() }
}

fn event(at: i32, event: Event, label: &str) -> Milestone {
    Milestone { month: month(at), event, label: label.into() }
}

fn service(bars: &mut Vec<Bar>, from: i32, [discovery, alpha, beta]: [i32; 3], label: &str) -> i32 {
    bars.push(bar(from, from + discovery, Phase::Discovery, label));
    bars.push(bar(from + discovery, from + discovery + alpha, Phase::Alpha, label));
    bars.push(bar(from + discovery + alpha, from + discovery + alpha + beta, Phase::Beta, label));
    from + discovery + alpha + beta
}

fn team_streams() -> Vec<TimelineStream> {
    let mut bars = vec![bar(0, 2, Phase::Approval, ""), bar(2, 8, Phase::Forming, "")];
    let booking = service(&mut bars, 2, [4, 4, 11], "Online booking and rescheduling");
    let referrals = service(&mut bars, booking, [3, 6, 17], "Referral triage");
    bars.push(bar(booking, 132, Phase::Upkeep, ""));
    let first = TimelineStream {
        name: "First team".into(),
        bars,
        milestones: vec![
            event(13, Event::FirstRelease, "Online booking and rescheduling"),
            event(booking, Event::Live, "Online booking and rescheduling"),
            event(35, Event::FirstRelease, "Referral triage"),
            event(referrals, Event::Live, "Referral triage"),
        ],
    };
    let mut bars = vec![bar(15, 17, Phase::Approval, ""), bar(17, 23, Phase::Forming, "")];
    let messages = service(&mut bars, 17, [2, 3, 9], "Patient messages and letters");
    bars.push(bar(messages, messages + 24, Phase::Upkeep, ""));
    let milestones = vec![
        event(26, Event::FirstRelease, "Patient messages and letters"),
        event(messages, Event::Live, "Patient messages and letters"),
    ];
    vec![first, TimelineStream { name: "Second team".into(), bars, milestones }]
}

fn project_streams() -> Vec<TimelineStream> {
    let mut bars = vec![bar(0, 15, Phase::Approval, ""), bar(15, 21, Phase::Forming, "")];
    let half = service(&mut bars, 15, [3, 4, 6], "Online booking and rescheduling");
    bars.push(bar(half, half + 6, Phase::Stalled, ""));
    bars.push(bar(half + 6, half + 15, Phase::Beta, "Online booking and rescheduling"));
    let end = service(&mut bars, half + 15, [1, 3, 8], "Patient messages and letters");
    bars.push(bar(end, end + 2, Phase::Handover, ""));
    bars.push(bar(half + 15, 132, Phase::Upkeep, ""));
    bars.push(bar(half + 60, half + 75, Phase::Approval, ""));
    bars.push(bar(half + 75, half + 84, Phase::Renewal, "Online booking and rescheduling"));
    let access = TimelineStream {
        name: "Patient access project".into(),
        bars,
        milestones: vec![
            event(half + 15, Event::Live, "Online booking and rescheduling"),
            event(end, Event::Live, "Patient messages and letters"),
        ],
    };
    let mut bars =
        vec![bar(end + 8, end + 23, Phase::Approval, ""), bar(end + 23, end + 29, Phase::Forming, "")];
    let live = service(&mut bars, end + 23, [3, 6, 20], "Referral triage");
    bars.push(bar(live, live + 2, Phase::Handover, ""));
    bars.push(bar(live, 132, Phase::Upkeep, ""));
    let milestones = vec![event(live, Event::Live, "Referral triage")];
    vec![access, TimelineStream { name: "Referral triage project".into(), bars, milestones }]
}

fn staged_streams() -> Vec<TimelineStream> {
    let mut start = 0;
    let services = ["Online booking and rescheduling", "Patient messages and letters", "Referral triage"];
    let stream = |label: &str| {
        let mut bars =
            vec![bar(start, start + 4, Phase::Approval, ""), bar(start + 4, start + 10, Phase::Forming, "")];
        let live = service(&mut bars, start + 4, [2, 3, 9], label);
        bars.push(bar(live, live + 1, Phase::Handover, ""));
        bars.push(bar(live, 132, Phase::Upkeep, ""));
        let milestones = vec![event(start + 14, Event::FirstRelease, label), event(live, Event::Live, label)];
        start = live + 1;
        TimelineStream { name: label.into(), bars, milestones }
    };
    services.into_iter().map(stream).collect()
}

/// Three options as they come out of patient-access.
pub(crate) fn timeline() -> Chart {
    let options = [
        ("Team-funded", team_streams()),
        ("Project-funded", project_streams()),
        ("Small staged projects", staged_streams()),
    ]
    .map(|(name, streams)| TimelineOption { name: name.into(), streams });
    let body = Body::Timeline(Timeline { horizon: horizon(11), options: options.into() });
    chart("Patients book online 19 months earlier with a standing team", body)
}

/// Ten options with long names everywhere.
pub(crate) fn long_timeline() -> Chart {
    let option = |nth: usize| {
        let mut streams = match nth % 3 {
            0 => team_streams(),
            1 => project_streams(),
            _ => staged_streams(),
        };
        for (row, stream) in streams.iter_mut().enumerate() {
            stream.name = long(row);
            stream.milestones.iter_mut().for_each(|m| m.label = long(row));
            stream.bars.iter_mut().filter(|b| !b.label.is_empty()).for_each(|b| b.label = long(row));
        }
        TimelineOption { name: long(nth), streams }
    };
    let body = Body::Timeline(Timeline { horizon: horizon(11), options: (1..=10).map(option).collect() });
    chart(
        &"A finding that is far too long for its two lines and must be shortened somewhere ".repeat(4),
        body,
    )
}

/// One stream, one year, one service.
pub(crate) fn short_timeline() -> Chart {
    let mut bars = vec![bar(0, 1, Phase::Approval, "")];
    let live = service(&mut bars, 1, [1, 2, 6], "Online booking");
    let milestones =
        vec![event(5, Event::FirstRelease, "Online booking"), event(live, Event::Live, "Online booking")];
    let streams = vec![TimelineStream { name: "Team".into(), bars, milestones }];
    let options = vec![TimelineOption { name: "Team-funded".into(), streams }];
    chart("Live within a year", Body::Timeline(Timeline { horizon: horizon(1), options }))
}

/// Every sample, with a name for its file.
pub(crate) fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("columns-4x11", columns(4, 11)),
        ("columns-1x1", columns(1, 1)),
        ("columns-1x11", columns(1, 11)),
        ("columns-2x60", columns(2, 60)),
        ("columns-10x11", columns(10, 11)),
        ("columns-10x60", columns(10, 60)),
        ("columns-23x11", columns(23, 11)),
        ("columns-negative", negative_columns()),
        ("columns-nought", nought_columns()),
        ("balance-3x11", balance(3, 11)),
        ("balance-1x1", balance(1, 1)),
        ("balance-1x11", balance(1, 11)),
        ("balance-10x11", balance(10, 11)),
        ("balance-4x60", balance(4, 60)),
        ("balance-negative", negative_balance()),
        ("timeline", timeline()),
        ("timeline-long", long_timeline()),
        ("timeline-short", short_timeline()),
    ]
}
