//! Cumulative cost and benefit by month, a panel for each option, with the month of payback marked.

use super::canvas::{Anchor, Canvas, Outline, Pen, Rect};
use super::frame::{Key, Sample};
use super::labels::{self, Label};
use super::panels::{self, Heading, Panels, Room};
use super::scale::{Money, Years, month_x};
use super::style::{self, Face, Fill};
use super::{Drawing, text};
use crate::chart::{BalancePanel, Cumulative, Ink, Payback, finite};
use crate::money::brief;

/// A band above the plots is kept for the month of payback, so that no line can cross it.
const ABOVE: f64 = 38.0;
const LABEL_GAP: f64 = 10.0;
const END: Face = style::LABEL;

fn pen(ink: Ink) -> Pen {
    let dash = if ink == Ink::Cost { "10 4" } else { "" };
    Pen { colour: style::fill(ink).colour, width: 3.5, dash }
}

fn tint(colour: &'static str) -> Sample {
    Sample::Area(Fill { colour, hatch: None, text: style::TEXT })
}

/// The amount at the end of a month; what is missing stays as it was.
fn at(amounts: &[f64], month: usize) -> f64 {
    amounts.get(month).or(amounts.last()).copied().map_or(0.0, finite)
}

impl BalancePanel {
    /// Cost and benefit at the start and at the end of every month.
    fn points(&self, months: usize) -> Vec<(f64, f64)> {
        let ends = (0..months).map(|m| (at(&self.cost, m), at(&self.benefit, m)));
        std::iter::once((0.0, 0.0)).chain(ends).collect()
    }
}

impl Cumulative {
    fn money(&self) -> Money {
        let amounts = self.panels.iter().flat_map(|p| p.cost.iter().chain(&p.benefit)).copied().map(finite);
        Money::around(amounts, panels::steps(self.panels.len()))
    }

    fn headings(&self) -> Vec<(String, String)> {
        let note = |p: &BalancePanel| match p.payback {
            Payback::NotWithinHorizon => {
                let payback = p.payback.in_words(self.horizon).unwrap_or_default();
                if p.note.is_empty() { payback } else { format!("{payback}; {}", p.note) }
            }
            Payback::In(_) | Payback::NotApplicable => p.note.clone(),
        };
        self.panels.iter().map(|p| (p.name.clone(), note(p))).collect()
    }

    fn room(&self) -> Room {
        let last = self.horizon.months().saturating_sub(1);
        let finals = self.panels.iter().flat_map(|p| [at(&p.cost, last), at(&p.benefit, last)]);
        let widest = finals.map(|a| text::width(&brief(a), END)).fold(0.0, f64::max);
        let words = text::width("Benefit", END).max(text::width("Cost", END));
        Room {
            left: self.money().room(),
            right: widest.max(words) + LABEL_GAP,
            above: ABOVE,
            least: panels::LEAST_PLOT,
        }
    }
}

fn borrowed(headings: &[(String, String)]) -> Vec<Heading<'_>> {
    headings.iter().map(|(name, note)| Heading { name, note }).collect()
}

impl Drawing for Cumulative {
    fn key(&self) -> Vec<Key> {
        let key = |name: &str, sample| Key { name: name.into(), sample };
        let mut keys =
            vec![key("Benefit", Sample::Line(pen(Ink::Benefit))), key("Cost", Sample::Line(pen(Ink::Cost)))];
        let leads: Vec<bool> = self
            .panels
            .iter()
            .flat_map(|p| runs(&p.points(self.horizon.months())))
            .map(|r| r.ahead)
            .collect();
        if leads.contains(&true) {
            keys.push(key("Benefit ahead of cost", tint(style::AHEAD)));
        }
        if leads.contains(&false) {
            keys.push(key("Cost ahead of benefit", tint(style::BEHIND)));
        }
        keys
    }

    fn least_height(&self, width: f64) -> f64 {
        Panels::least_height(width, &borrowed(&self.headings()), self.room())
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let money = self.money();
        let headings = self.headings();
        let panels = Panels::layout(area, &borrowed(&headings), self.room());
        for (panel, plot) in self.panels.iter().zip(&panels.plots) {
            self.draw_tints(canvas, panel, *plot);
        }
        panels.draw(canvas, money);
        for (panel, plot) in self.panels.iter().zip(&panels.plots) {
            let tick = (plot.bottom(), plot.bottom() + 5.0);
            let years = Years::of(self.horizon, *plot);
            years.draw(canvas, *plot, tick, Panels::years_baseline(*plot), panels.years_face());
            money.draw_nought(canvas, *plot);
            self.draw_lines(canvas, panel, *plot);
            self.draw_ends(canvas, panel, *plot);
            self.draw_payback(canvas, panel, *plot);
        }
    }
}

impl Cumulative {
    /// The ground between the lines, in one tint while cost leads and in another while benefit does.
    fn draw_tints(&self, canvas: &mut Canvas, panel: &BalancePanel, plot: Rect) {
        let money = self.money();
        let points = panel.points(self.horizon.months());
        let (mut ahead, mut behind) = (Outline::default(), Outline::default());
        for run in runs(&points) {
            let place =
                |&(month, amount): &(f64, f64)| (month_x(self.horizon, plot, month), money.y(plot, amount));
            let along = run.cost.iter().map(place);
            let area = if run.ahead { &mut ahead } else { &mut behind };
            area.add(along.chain(run.benefit.iter().rev().map(place)));
            area.close();
        }
        canvas.area(&behind, style::BEHIND);
        canvas.area(&ahead, style::AHEAD);
    }

    fn draw_lines(&self, canvas: &mut Canvas, panel: &BalancePanel, plot: Rect) {
        let money = self.money();
        let points = panel.points(self.horizon.months());
        let line = |of: fn(&(f64, f64)) -> f64| {
            let place =
                |(month, point)| (month_x(self.horizon, plot, month as f64), money.y(plot, of(point)));
            Outline::through(points.iter().enumerate().map(place))
        };
        canvas.stroke(&line(|p| p.0), pen(Ink::Cost));
        canvas.stroke(&line(|p| p.1), pen(Ink::Benefit));
    }

    /// The names and last amounts of the lines, right of where they end, kept apart.
    fn draw_ends(&self, canvas: &mut Canvas, panel: &BalancePanel, plot: Rect) {
        let last = self.horizon.months().saturating_sub(1);
        let ends =
            [(Ink::Cost, "Cost", at(&panel.cost, last)), (Ink::Benefit, "Benefit", at(&panel.benefit, last))];
        let height = 2.0 * END.leading();
        let labels = ends.map(|(_, _, amount)| Label { middle: self.money().y(plot, amount), height });
        // They may stand half beside the plot, no further.
        let tops = labels::apart(&labels, (plot.y - height / 2.0, plot.bottom() + height / 2.0));
        for ((ink, name, amount), top) in ends.into_iter().zip(tops) {
            let lines = vec![name.to_owned(), brief(amount)];
            let words = text::Fitted { lines, whole: None };
            let face = END.coloured(style::fill(ink).colour);
            canvas.lines((plot.right() + LABEL_GAP, top), Anchor::Start, face, &words);
        }
    }

    fn draw_payback(&self, canvas: &mut Canvas, panel: &BalancePanel, plot: Rect) {
        let Payback::In(month) = panel.payback else { return };
        let Some(offset) = self.horizon.offset(month) else { return };
        let x = month_x(self.horizon, plot, offset as f64 + 1.0);
        let y = self.money().y(plot, at(&panel.benefit, offset));
        let words = panel.payback.in_words(self.horizon).unwrap_or_default();
        let words = text::fit(&words, style::LABEL, plot.width + LABEL_GAP);
        let width = words.lines.iter().map(|l| text::width(l, style::LABEL)).sum::<f64>();
        let left = (x - width / 2.0).min(plot.right() - width).max(plot.x);
        let top = plot.y - style::LABEL.leading() - 9.0;
        canvas.lines((left, top), Anchor::Start, style::LABEL, &words);
        canvas.line((x, plot.y - 8.0), (x, y - 8.0), Pen { colour: style::QUIET, width: 1.5, dash: "3 3" });
        canvas.dot((x, y), 7.0, style::GROUND, Pen::solid(style::TEXT, 2.5));
    }
}

/// A span in which one of the lines leads throughout: its points as (months, pounds).
#[derive(Clone, Debug, Default, PartialEq)]
struct Run {
    ahead: bool,
    cost: Vec<(f64, f64)>,
    benefit: Vec<(f64, f64)>,
}

/// Cuts two lines, given as (cost, benefit) at the months 0, 1, ..., where they cross.
fn runs(points: &[(f64, f64)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let lead = |&(cost, benefit): &(f64, f64)| benefit - cost;
    for (month, pair) in points.windows(2).enumerate() {
        let (from, to) = (lead(&pair[0]), lead(&pair[1]));
        let start = (month as f64, pair[0]);
        let end = (month as f64 + 1.0, pair[1]);
        if from * to < 0.0 {
            let share = from / (from - to);
            let amount = pair[0].0 + (pair[1].0 - pair[0].0) * share;
            let crossing = (month as f64 + share, (amount, amount));
            extend(&mut runs, from > 0.0, start, crossing);
            extend(&mut runs, to > 0.0, crossing, end);
        } else if from != 0.0 || to != 0.0 {
            extend(&mut runs, from + to > 0.0, start, end);
        }
    }
    runs
}

type Moment = (f64, (f64, f64));

/// Adds a stretch to the run that it goes on from, or starts a new one.
fn extend(runs: &mut Vec<Run>, ahead: bool, from: Moment, to: Moment) {
    let goes_on = |r: &Run| r.ahead == ahead && r.cost.last() == Some(&(from.0, from.1.0));
    if !runs.last().is_some_and(goes_on) {
        runs.push(Run { ahead, cost: vec![(from.0, from.1.0)], benefit: vec![(from.0, from.1.1)] });
    }
    if let Some(run) = runs.last_mut() {
        run.cost.push((to.0, to.1.0));
        run.benefit.push((to.0, to.1.1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_cut_where_the_lines_cross() {
        let runs = runs(&[(0.0, 0.0), (10.0, 0.0), (10.0, 20.0), (10.0, 30.0)]);
        assert_eq!(runs.len(), 2);
        assert_eq!((runs[0].ahead, runs[1].ahead), (false, true));
        assert_eq!(runs[0].cost, [(0.0, 0.0), (1.0, 10.0), (1.5, 10.0)]);
        assert_eq!(runs[1].benefit, [(1.5, 10.0), (2.0, 20.0), (3.0, 30.0)]);
    }
}
