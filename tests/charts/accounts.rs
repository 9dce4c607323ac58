//! Charts of funds, accounts and horizons as reports fill them, from the ordinary to the extreme.

use wholelife::calendar::FinancialYear;
use wholelife::chart::{Body, Chart, Line, Lines, Mark, Moments};

use crate::samples::{chart, horizon, long, names};

fn years(count: usize) -> Vec<FinancialYear> {
    (0..count as i32).map(|y| FinancialYear(2026 + y)).collect()
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
        let label = format!("{} overtakes in {}", names(4)[one], FinancialYear(2026 + at as i32));
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

/// Every sample, with a name for its file.
pub(crate) fn all() -> Vec<(&'static str, Chart)> {
    let mut nought = lines(4, 11);
    if let Body::Lines(lines) = &mut nought.body {
        lines.lines.iter_mut().for_each(|l| l.amounts.fill(0.0));
    }
    vec![
        ("lines-4x11", lines(4, 11)),
        ("lines-1x1", lines(1, 1)),
        ("lines-2x60", lines(2, 60)),
        ("lines-10x11", lines(10, 11)),
        ("lines-23x11", lines(23, 11)),
        ("lines-crowded", crowded_lines()),
        ("lines-negative", negative_lines()),
        ("lines-nought", nought),
    ]
}
