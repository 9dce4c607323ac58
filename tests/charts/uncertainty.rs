//! Charts of what differs and how sure it is, from the ordinary to the extreme.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use wholelife::calendar::FinancialYear;
use wholelife::chart::{
    Amount, Body, Chart, Curve, Distribution, Fan, FanBand, FanPanel, Heat, HeatAxis, Swing, SwingEnd,
    Tornado, Waterfall,
};

use crate::charts::samples::{chart, long, names};

const MECHANISMS: [(&str, f64); 14] = [
    ("Approval of every new piece of work", -612e3),
    ("Forming teams again", -418e3),
    ("Losing what the team knew", -287e3),
    ("Stalls between approvals", -96e3),
    ("Day rates and pay", 54e3),
    ("Keeping services up", 702e3),
    ("Improving services while they are live", 371e3),
    ("Handing over", -3.2e3),
    ("Renewals", -1.31e6),
    ("Licences and hosting", 0.0),
    ("Running old services until the new ones are live for everyone", -524e3),
    ("Redundancy", 18e3),
    ("VAT", 0.2),
    ("Inflation", -81e3),
];

fn amount(name: &str, amount: f64) -> Amount {
    Amount { name: name.into(), amount }
}

/// The bridge from project funding to team funding, by so many mechanisms.
pub(crate) fn waterfall(steps: usize) -> Chart {
    let steps: Vec<Amount> = MECHANISMS.iter().take(steps).map(|(n, a)| amount(n, *a)).collect();
    let from = 11.94e6;
    let to = from + steps.iter().map(|s| s.amount).sum::<f64>();
    let from = amount("Project-funded: whole-life cost", from);
    let to = amount("Team-funded: whole-life cost", to);
    chart(
        "Team funding costs £2.2m less, mostly because services are kept up rather than renewed",
        Body::Waterfall(Waterfall { from, steps, to }),
    )
}

/// Names of 60 characters, running totals on both sides of nought, and a sum that doesn't come out.
fn crossing_waterfall() -> Chart {
    let steps = (0..14).map(|n| amount(&long(n), 400e3 * if n % 5 == 2 { 4.0 } else { -1.0 })).collect();
    let (from, to) = (amount(&long(20), 650e3), amount(&long(21), -1.2e6));
    chart("Benefits outweigh all costs", Body::Waterfall(Waterfall { from, steps, to }))
}

/// Totals that are large against what lies between them.
fn near_waterfall() -> Chart {
    let steps = vec![amount("Forming", -40e3), amount("Upkeep", 95e3), amount("Stalls", -1.2e3)];
    let (from, to) = (amount("Project-funded", 48.31e6), amount("Team-funded", 48.31e6 + 53.8e3));
    chart("Both options cost nearly the same", Body::Waterfall(Waterfall { from, steps, to }))
}

fn swing(name: &str, low: (&str, f64), high: (&str, f64)) -> Swing {
    let end = |(value, result): (&str, f64)| SwingEnd { value: value.into(), result };
    Swing { name: name.into(), low: end(low), high: end(high) }
}

/// The difference between two options by so many inputs; it crosses nought.
pub(crate) fn tornado(inputs: usize) -> Chart {
    let central = -1.42e6;
    let paths = [
        ("funding.approval-months", "3 months", "18 months"),
        ("streams.online-booking.beta.months", "6 months", "14 months"),
        ("people.day-rate", "£410 a day", "£640 a day"),
        ("options.project-funded.streams.referral-triage.knowledge-lost", "10%", "45%"),
        ("services.patient-messages.running", "£80k a year", "£210k a year"),
        ("parameters.discount-rate", "1.5%", "6%"),
    ];
    let inputs = (0..inputs).map(|nth| {
        let (path, low, high) = paths[nth % paths.len()];
        let width = 1.9e6 / (1.0 + 0.45 * nth as f64);
        let sign = if nth % 3 == 1 { -1.0 } else { 1.0 };
        let (down, up) = (central - sign * width * 0.6, central + sign * width);
        // One input for which its central value is the best.
        let down = if nth == 3 { central + width * 0.4 } else { down };
        swing(path, (low, down), (high, up))
    });
    let body = Body::Tornado(Tornado { central, inputs: inputs.collect() });
    let mut it = chart("Only the time that approval takes could make project funding the cheaper one", body);
    it.subtitle = "Team-funded less project-funded, net present cost at prices of 2026-27, £".into();
    it
}

fn long_tornado() -> Chart {
    let input = |nth: usize| {
        let value = long(nth);
        swing(&long(nth), (&value, 8.0e6 - 1e3 * nth as f64), (&value, 8.0e6 + 2e3 * nth as f64))
    };
    let inputs = (1..=24).rev().map(input).collect();
    chart("Nothing matters much", Body::Tornado(Tornado { central: 8.0e6, inputs }))
}

/// Quantiles of something skewed to the right.
fn curve(name: String, middle: f64, spread: f64) -> Curve {
    let odds = |p: f64| (p / (1.0 - p)).ln();
    let quantile = |nth: u32| {
        let p = f64::from(nth) / 100.0;
        (p, middle * (odds(p.clamp(0.005, 0.995)) * spread).exp())
    };
    Curve { name, note: String::new(), quantiles: (0..=100).map(quantile).collect() }
}

/// The cost of so many options.
pub(crate) fn distribution(options: usize) -> Chart {
    let shapes = [(11.6e6, 0.03), (9.4e6, 0.055), (11.2e6, 0.11), (10.3e6, 0.075)];
    let curves = names(options).into_iter().enumerate().map(|(nth, name)| {
        let (middle, spread) = shapes[nth % 4];
        curve(name, middle * (1.0 + 0.06 * (nth / 4) as f64), spread)
    });
    let body = Body::Distribution(Distribution { curves: curves.collect() });
    chart("Team funding costs less than project funding in 94 of 100 draws", body)
}

fn negative_distribution() -> Chart {
    let mut it = distribution(3);
    if let Body::Distribution(distribution) = &mut it.body {
        for (nth, curve) in distribution.curves.iter_mut().enumerate() {
            curve.quantiles.iter_mut().for_each(|q| q.1 -= 9.8e6);
            if nth == 0 {
                curve.quantiles = vec![(0.0, -2e6), (1.0, -2e6)];
            }
        }
    }
    it
}

/// Cumulative cost of so many options over so many years.
pub(crate) fn fan(options: usize, years: usize) -> Chart {
    let panel = |(nth, name): (usize, String)| {
        let yearly = [720e3, 880e3, 1.02e6, 930e3][nth % 4];
        let median: Vec<f64> = (1..=years).map(|y| yearly * y as f64).collect();
        let band = |low: f64, high: f64| FanBand {
            low: median.iter().map(|m| m * (1.0 - low)).collect(),
            high: median.iter().map(|m| m * (1.0 + high * (1 + nth % 4) as f64 / 2.0)).collect(),
        };
        let bands = vec![band(0.14, 0.26), band(0.10, 0.17), band(0.05, 0.07)];
        FanPanel { name, note: "P80 £11.2m".into(), bands, median }
    };
    let panels = names(options).into_iter().enumerate().map(panel).collect();
    let bands = ["P5 to P95", "P10 to P90", "P25 to P75"].map(Into::into).into();
    let years = (0..years as i32).map(|y| FinancialYear::new(2026 + y)).collect();
    chart(
        "By 2036-37 project funding may have cost anything from £9.6m to £17m",
        Body::Fan(Fan { years, bands, panels }),
    )
}

fn negative_fan() -> Chart {
    let mut it = fan(2, 11);
    if let Body::Fan(fan) = &mut it.body {
        let panel = &mut fan.panels[0];
        panel.median.iter_mut().for_each(|m| *m *= -0.6);
        for band in &mut panel.bands {
            band.low.iter_mut().for_each(|m| *m *= -0.6);
            band.high.iter_mut().for_each(|m| *m *= -0.6);
        }
        fan.panels[1].bands.truncate(1);
    }
    it
}

/// Team less project by so many values of two inputs.
pub(crate) fn heat(down: usize, across: usize) -> Chart {
    let cell = |d: usize, a: usize| 1.6e6 - 310e3 * a as f64 - 140e3 * d as f64 + 9e3 * (a * d) as f64;
    let body = Body::Heat(Heat {
        across: HeatAxis {
            name: "funding.approval-months".into(),
            values: (0..across).map(|a| format!("{} months", 2 + a)).collect(),
        },
        down: HeatAxis {
            name: "people.day-rate".into(),
            values: (0..down).map(|d| format!("£{} a day", 400 + 20 * d)).collect(),
        },
        cells: (0..down).map(|d| (0..across).map(|a| cell(d, a)).collect()).collect(),
        central: Some((down / 2, across / 2)),
        below: "Team-funded costs less".into(),
        above: "Team-funded costs more".into(),
    });
    let mut it = chart("Team funding costs less wherever approval takes more than seven months", body);
    it.subtitle = "Team-funded less project-funded, net present cost at prices of 2026-27, £".into();
    it
}

fn long_heat() -> Chart {
    let mut it = heat(15, 15);
    if let Body::Heat(heat) = &mut it.body {
        heat.across = HeatAxis { name: long(1), values: (0..15).map(long).collect() };
        heat.down = HeatAxis { name: long(2), values: (0..15).map(long).collect() };
        (heat.above, heat.below) = (long(3), long(4));
        heat.cells.iter_mut().flatten().enumerate().for_each(|(nth, a)| *a *= (nth % 7) as f64 - 2.0);
    }
    it
}

/// The same chart with nought for every amount.
fn nought(mut it: Chart) -> Chart {
    match &mut it.body {
        Body::Waterfall(w) => {
            [&mut w.from, &mut w.to].into_iter().chain(&mut w.steps).for_each(|a| a.amount = 0.0);
        }
        Body::Tornado(t) => {
            t.central = 0.0;
            t.inputs.iter_mut().for_each(|i| (i.low.result, i.high.result) = (0.0, 0.0));
        }
        Body::Distribution(d) => {
            d.curves.iter_mut().flat_map(|c| &mut c.quantiles).for_each(|q| q.1 = 0.0);
        }
        Body::Fan(f) => f.panels.iter_mut().for_each(|p| {
            p.median.fill(0.0);
            p.bands.clear();
        }),
        Body::Heat(h) => h.cells.iter_mut().for_each(|row| row.fill(0.0)),
        _ => {}
    }
    it
}

/// One chart of each sort that has nothing to show.
pub(crate) fn empty() -> Vec<Chart> {
    vec![
        nought(waterfall(5)),
        nought(tornado(4)),
        nought(distribution(2)),
        nought(fan(2, 5)),
        nought(heat(4, 4)),
    ]
}

/// A chart of each sort with anything in it.
pub(crate) fn random() -> impl Strategy<Value = Vec<Chart>> {
    let amount = (-1.0..1.0_f64, -2..9_i32).prop_map(|(a, power)| a * 10_f64.powi(power));
    (vec(amount, 40), 0_usize..=20, 1_usize..=15, 1_usize..=15, any::<bool>()).prop_map(
        |(amounts, count, down, across, is_long)| {
            let at = |nth: usize| amounts[nth % amounts.len()];
            let mut charts = [
                waterfall(count.min(14)),
                tornado(count),
                distribution(count),
                fan(count.max(1), across),
                heat(down, across),
            ];
            for chart in &mut charts {
                match &mut chart.body {
                    Body::Waterfall(w) => {
                        w.steps.iter_mut().enumerate().for_each(|(n, s)| s.amount = at(n));
                        w.from.amount = at(31);
                        if is_long {
                            w.steps.iter_mut().enumerate().for_each(|(n, s)| s.name = long(n));
                        }
                    }
                    Body::Tornado(t) => {
                        t.central = at(30);
                        t.inputs.iter_mut().enumerate().for_each(|(n, i)| {
                            (i.low.result, i.high.result) = (at(n), at(n + 17));
                        });
                    }
                    Body::Distribution(d) => d.curves.iter_mut().enumerate().for_each(|(n, c)| {
                        c.quantiles.iter_mut().for_each(|q| q.1 = at(n) + at(n + 1).abs() * q.0);
                    }),
                    Body::Fan(f) => f.panels.iter_mut().enumerate().for_each(|(n, p)| {
                        p.median.iter_mut().for_each(|m| *m = *m / 1e6 * at(n));
                    }),
                    Body::Heat(h) => h.cells.iter_mut().flatten().enumerate().for_each(|(n, c)| *c = at(n)),
                    _ => {}
                }
            }
            charts.into()
        },
    )
}

/// One chart of each sort with amounts that are no numbers, lists of unlike lengths and places that aren't there.
pub(crate) fn broken() -> Vec<Chart> {
    let mut charts = vec![waterfall(5), tornado(5), distribution(3), fan(3, 5), heat(4, 4)];
    for chart in &mut charts {
        match &mut chart.body {
            Body::Waterfall(w) => (w.from.amount, w.steps[1].amount) = (f64::NAN, f64::INFINITY),
            Body::Tornado(t) => (t.central, t.inputs[1].low.result) = (f64::NAN, f64::NEG_INFINITY),
            Body::Distribution(d) => {
                d.curves[0].quantiles = vec![(0.9, 5e6), (f64::NAN, f64::NAN), (7.0, 1e6)];
                d.curves[1].quantiles.clear();
            }
            Body::Fan(f) => {
                f.panels[0].median = vec![f64::NAN];
                f.panels[1].bands[0].high.clear();
                f.panels[2].bands.clear();
            }
            Body::Heat(h) => {
                h.cells = vec![vec![f64::NAN, 1e6], vec![], vec![-3e5; 9]];
                h.central = Some((40, 2));
            }
            _ => {}
        }
    }
    charts
}

/// Every sample, with a name for its file.
pub(crate) fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("waterfall-14", waterfall(14)),
        ("waterfall-0", waterfall(0)),
        ("waterfall-3", waterfall(3)),
        ("waterfall-crossing", crossing_waterfall()),
        ("waterfall-near", near_waterfall()),
        ("waterfall-nought", nought(waterfall(14))),
        ("tornado-6", tornado(6)),
        ("tornado-1", tornado(1)),
        ("tornado-24", tornado(24)),
        ("tornado-long", long_tornado()),
        ("tornado-nought", nought(tornado(6))),
        ("distribution-4", distribution(4)),
        ("distribution-1", distribution(1)),
        ("distribution-10", distribution(10)),
        ("distribution-negative", negative_distribution()),
        ("distribution-nought", nought(distribution(4))),
        ("fan-4x11", fan(4, 11)),
        ("fan-1x1", fan(1, 1)),
        ("fan-1x11", fan(1, 11)),
        ("fan-10x11", fan(10, 11)),
        ("fan-3x60", fan(3, 60)),
        ("fan-negative", negative_fan()),
        ("fan-nought", nought(fan(4, 11))),
        ("heat-9x9", heat(9, 9)),
        ("heat-15x15", heat(15, 15)),
        ("heat-1x1", heat(1, 1)),
        ("heat-3x15", heat(3, 15)),
        ("heat-long", long_heat()),
        ("heat-nought", nought(heat(5, 5))),
    ]
}
