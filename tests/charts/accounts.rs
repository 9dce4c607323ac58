//! Charts of funds, accounts and horizons as reports fill them, from the ordinary to the extreme.

use wholelife::calendar::FinancialYear;
use wholelife::chart::{
    AssetPanel, Assets, Body, Chart, FundedYear, Funding, FundingPanel, Ink, Line, Lines, Mark, Moments,
    Series,
};

use crate::charts::samples::{chart, horizon, long, names};

fn years(count: usize) -> Vec<FinancialYear> {
    (0..count as i32).map(|y| FinancialYear::new(2026 + y)).collect()
}

/// Pounds that an option has cost by the end of a year: dear early and cheap late, or the other way round.
fn spent(option: usize, year: usize) -> f64 {
    let (first, later) = [(0.72e6, 0.80e6), (2.1e6, 0.52e6), (1.3e6, 0.74e6), (1.0e6, 0.70e6)][option % 4];
    let renewal = if option % 4 == 2 && year >= 6 { 0.9e6 } else { 0.0 };
    (first + later * year as f64 + renewal) * (1.0 + 0.03 * (option / 4) as f64)
}

/// Cumulative cost of so many options over so many years, with the year in which the second becomes cheaper than
/// the first.
pub(crate) fn lines(options: usize, count: usize) -> Chart {
    let lines: Vec<Line> = names(options)
        .into_iter()
        .enumerate()
        .map(|(option, name)| Line {
            name,
            note: String::new(),
            amounts: (0..count).map(|year| spent(option, year)).collect(),
        })
        .collect();
    let flip = |one: usize, other: usize| {
        let at = (1..count).find(|&y| spent(one, y) > spent(other, y))?;
        let label = format!("{} overtakes in {}", names(4)[one], FinancialYear::new(2026 + at as i32));
        (options > one.max(other)).then_some(Mark { line: one, crosses: Some(other), at, label })
    };
    let marks = [flip(0, 1), flip(2, 1)].into_iter().flatten().collect();
    let body = Body::Lines(Lines { moments: Moments::Years(years(count)), lines, marks });
    chart("Team funding is dearest for four years and cheapest from the seventh", body)
}

/// Running totals by month that fall below nought.
pub(crate) fn negative_lines() -> Chart {
    let horizon = horizon(5);
    let name = |nth: usize| names(4)[nth].clone();
    let line = |nth: usize, of: fn(f64) -> f64| Line {
        name: name(nth),
        note: String::new(),
        amounts: (0..horizon.months()).map(|m| of(m as f64)).collect(),
    };
    let lines = vec![
        line(0, |m| 15e3 * m),
        line(1, |m| 26e3 * m - 900.0 * m * m),
        line(2, |m| -4e3 * m),
        line(3, |m| -2e3 * m - 70e3),
    ];
    let mark = |line, crosses, at, label: &str| Mark { line, crosses, at, label: label.into() };
    let marks = vec![
        mark(1, None, 14, "Most spent, Jun 2027"),
        mark(1, Some(0), 13, "Cheaper than business as usual, May 2027"),
        mark(2, Some(3), 36, "Overtakes, Apr 2029"),
        mark(2, None, 59, "Saves most, Mar 2031"),
        mark(9, None, 3, "On no line"),
    ];
    chart(
        "Two options save from the start",
        Body::Lines(Lines { moments: Moments::Months(horizon), lines, marks }),
    )
}

/// Ten lines that end within a few pixels of each other, with long names and many marks.
pub(crate) fn crowded_lines() -> Chart {
    let mut it = lines(10, 11);
    if let Body::Lines(lines) = &mut it.body {
        for (nth, line) in lines.lines.iter_mut().enumerate() {
            line.amounts =
                (0..11).map(|y| 9e5 * f64::from(y) + 2e4 * nth as f64 * f64::from(10 - y)).collect();
        }
        lines.marks = (0..9)
            .map(|nth| Mark { line: nth, crosses: Some(nth + 1), at: nth + 1, label: long(nth) })
            .collect();
    }
    it
}

/// Need, funds and how they meet: what is over lapses, unless it may be carried forward.
fn funded(need: f64, funds: f64, carries: bool) -> FundedYear {
    let paid = need.min(funds);
    let over = funds - paid;
    let (lapsed, carried) = if carries { (0.0, over) } else { (over, 0.0) };
    FundedYear { paid, gap: need - paid, lapsed, carried }
}

/// Capital that comes early and revenue that comes late, against options that need them otherwise.
pub(crate) fn funding(options: usize, count: usize) -> Chart {
    let capital = |option: usize, year: usize| {
        let need = [0.0, 620e3, [1.3e6, 1.1e6, 0.4e6, 0.0][year.min(3)], 540e3][option % 4];
        let need = if option % 4 == 2 && year % 6 == 5 { 700e3 } else { need };
        let funds = if year < 4 { 900e3 } else { 250e3 };
        funded(need * (1.0 + 0.02 * (option / 4) as f64), funds, option % 4 == 3 && year == 0)
    };
    let revenue = |option: usize, year: usize| {
        let growth = 1.0 + 0.03 * year as f64;
        let need = [780e3, 900e3, 480e3 + 90e3 * year as f64, 650e3][option % 4] * growth;
        let mut it = funded(need, 860e3 + 20e3 * year as f64, false);
        if option % 4 == 1 && year == 2 {
            // A fund that may pay for one service only.
            it = FundedYear { paid: 700e3, gap: need - 700e3, lapsed: 200e3, carried: 0.0 };
        }
        it
    };
    let panels = names(options).into_iter().enumerate().map(|(option, name)| {
        let kinds = vec![
            (0..count).map(|y| capital(option, y)).collect::<Vec<_>>(),
            (0..count).map(|y| revenue(option, y)).collect(),
        ];
        let short: f64 = kinds.iter().flatten().map(|y| y.gap).sum();
        FundingPanel { name, note: format!("£{:.1}m short in all", short / 1e6), kinds }
    });
    let body = Body::Funding(Funding {
        years: years(count),
        kinds: vec!["Capital".into(), "Revenue".into()],
        panels: panels.collect(),
    });
    chart(
        "Team-funded is £254k short of revenue in 2028-29 although £200k of revenue and £280k of capital lapse that year",
        body,
    )
}

/// Needs below nought, and one kind of money with no need at all.
pub(crate) fn negative_funding() -> Chart {
    let mut it = funding(3, 11);
    if let Body::Funding(funding) = &mut it.body {
        for panel in &mut funding.panels {
            for (nth, year) in panel.kinds[0].iter_mut().enumerate() {
                if nth % 4 == 3 {
                    *year = FundedYear { paid: -240e3, lapsed: 180e3, ..FundedYear::default() };
                }
            }
            panel.kinds[1].fill(FundedYear { lapsed: 40e3, ..FundedYear::default() });
        }
    }
    it
}

const EFFECTS: [(&str, Ink); 6] = [
    ("Pay", Ink::Pay),
    ("Non-pay", Ink::NonPay),
    ("Amortisation", Ink::Amortisation),
    ("Impairment", Ink::Impairment),
    ("PDC dividend", Ink::Dividend),
    ("Cash-releasing benefit", Ink::Benefit),
];

/// Assets that are built, used up and now and then written off.
pub(crate) fn assets(options: usize, count: usize) -> Chart {
    let panel = |(option, name): (usize, String)| {
        let (mut in_use, mut building) = (0.0_f64, 0.0_f64);
        let mut panel = AssetPanel {
            name,
            note: String::new(),
            in_use: Vec::new(),
            under_construction: Vec::new(),
            effects: vec![Vec::new(); 6],
        };
        for year in 0..count {
            let opening = in_use + building;
            building += [0.0, 520e3, if year % 6 < 3 { 760e3 } else { 0.0 }, 300e3][option % 4];
            let live = match option % 4 {
                2 if year % 6 != 2 => 0.0,
                _ => building * 0.8,
            };
            let impairment = if option % 4 == 2 && year == 3 { 190e3 } else { 0.0 };
            let amortisation = in_use * 0.22;
            (in_use, building) = (in_use + live - amortisation, (building - live - impairment).max(0.0));
            panel.in_use.push(in_use);
            panel.under_construction.push(building);
            let benefit = [0.0, 310e3, 220e3, 240e3][option % 4] * (year as f64 / 4.0).min(1.0);
            let charged = [
                330e3 + 30e3 * option as f64,
                180e3,
                amortisation,
                impairment,
                0.035 * (opening + in_use + building) / 2.0,
                -benefit,
            ];
            panel.effects.iter_mut().zip(charged).for_each(|(part, amount)| part.push(amount));
        }
        panel
    };
    let panels = names(options).into_iter().enumerate().map(panel).collect();
    let effects = EFFECTS.map(|(name, ink)| Series { name: name.into(), ink }).into();
    let body = Body::Assets(Assets { years: years(count), effects, panels });
    chart(
        "Project funding writes off £190k in 2029-30 and then charges £1.07m, more than any other year or option",
        body,
    )
}

/// Benefits that outweigh all costs, and value below nought, which should not be.
pub(crate) fn negative_assets() -> Chart {
    let mut it = assets(2, 11);
    if let Body::Assets(assets) = &mut it.body {
        assets.panels[1].effects[5].iter_mut().for_each(|a| *a *= 6.0);
        assets.panels[0].effects[1].fill(-50e3);
        assets.panels[0].in_use = vec![-90e3; 11];
    }
    it
}

/// The same chart with nought for every amount.
fn nought(mut it: Chart) -> Chart {
    match &mut it.body {
        Body::Lines(lines) => lines.lines.iter_mut().for_each(|l| l.amounts.fill(0.0)),
        Body::Funding(funding) => {
            let kinds = funding.panels.iter_mut().flat_map(|p| &mut p.kinds);
            kinds.for_each(|years| years.fill(FundedYear::default()));
        }
        Body::Assets(assets) => {
            for panel in &mut assets.panels {
                let values = [&mut panel.in_use, &mut panel.under_construction].into_iter();
                values.chain(&mut panel.effects).for_each(|amounts| amounts.fill(0.0));
            }
        }
        _ => {}
    }
    it
}

/// Every sample, with a name for its file.
pub(crate) fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("lines-4x11", lines(4, 11)),
        ("lines-1x1", lines(1, 1)),
        ("lines-2x60", lines(2, 60)),
        ("lines-10x11", lines(10, 11)),
        ("lines-23x11", lines(23, 11)),
        ("lines-crowded", crowded_lines()),
        ("lines-negative", negative_lines()),
        ("lines-nought", nought(lines(4, 11))),
        ("funding-4x11", funding(4, 11)),
        ("funding-1x1", funding(1, 1)),
        ("funding-1x11", funding(1, 11)),
        ("funding-3x60", funding(3, 60)),
        ("funding-10x11", funding(10, 11)),
        ("funding-10x60", funding(10, 60)),
        ("funding-negative", negative_funding()),
        ("funding-nought", nought(funding(4, 11))),
        ("assets-4x11", assets(4, 11)),
        ("assets-1x1", assets(1, 1)),
        ("assets-2x11", assets(2, 11)),
        ("assets-3x60", assets(3, 60)),
        ("assets-10x11", assets(10, 11)),
        ("assets-10x60", assets(10, 60)),
        ("assets-negative", negative_assets()),
        ("assets-nought", nought(assets(4, 11))),
    ]
}
