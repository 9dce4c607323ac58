//! Where the difference of two options changes its sign as one input runs through a range.
//!
//! The kernel's answer is neither smooth nor monotone: a go-live steps from month to month. So the range is
//! first run through on a fine grid, and looked at more closely where the difference comes near nought; each
//! change of sign is then closed in on, in `f64` while the bracket is wide and in exact decimals at the end.
//! What remains is an equality, or an honest step: two values on either side, and nothing between them.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::{MidpointAwayFromZero, ToNegativeInfinity, ToPositiveInfinity};

use super::switching::{Point, TurnKind};
use super::worlds::Range;
use crate::scenario::Unit;

/// Cells of the grid that a range is first cut into.
const CELLS: i64 = 128;
/// Points put into each cell beside a near miss.
const CLOSER: i64 = 16;
/// Differences below this many pounds are nought: half a penny.
const NOUGHT: f64 = 0.005;
/// A range of more whole months than this is cut like any other.
const MOST_MONTHS: i64 = 2_400;

/// A change of sign.
#[derive(Clone, Copy)]
pub(super) struct Found {
    /// How it changes.
    pub(super) kind: TurnKind,
    /// The values on either side of it, or twice the value at which the two are equal.
    pub(super) points: [Point; 2],
    /// Whether the difference is above nought below and above it; `None` outside the range.
    pub(super) positive: [Option<bool>; 2],
}

/// One input's range, and the difference of the options at any value in it.
pub(super) struct Search<'a> {
    /// The range.
    pub(super) range: Range,
    /// The input's unit.
    pub(super) unit: Unit,
    /// The difference, nearly: pounds.
    pub(super) fast: &'a dyn Fn(Decimal) -> f64,
    /// The difference, exactly.
    pub(super) exact: &'a dyn Fn(Decimal) -> Decimal,
}

impl Search<'_> {
    /// Every change of sign in the range, from low to high.
    pub(super) fn turns(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut last: Option<(Decimal, bool)> = None;
        let mut nought: Option<Decimal> = None;
        for (value, difference) in self.run_through() {
            if difference.abs() < NOUGHT {
                // Of several, the one nearest to where the difference is not nought.
                nought = if last.is_some() { nought.or(Some(value)) } else { Some(value) };
                continue;
            }
            let above = difference > 0.0;
            match last {
                Some((before, was_above)) if was_above != above => {
                    let turn = self.close_in(before, value);
                    found.extend(turn.map(|turn| Found { positive: [Some(was_above), Some(above)], ..turn }));
                }
                None => found.extend(nought.map(|value| self.equal_at(value, [None, Some(above)]))),
                Some(_) => {}
            }
            (last, nought) = (Some((value, above)), None);
        }
        if let Some((_, above)) = last {
            found.extend(nought.map(|value| self.equal_at(value, [Some(above), None])));
        }
        found
    }

    fn point(&self, value: Decimal) -> Point {
        Point { value, difference: (self.exact)(value) }
    }

    fn equal_at(&self, value: Decimal, positive: [Option<bool>; 2]) -> Found {
        Found { kind: TurnKind::Equal, points: [self.point(value); 2], positive }
    }

    /// Decimal places beyond which a value is not split: pennies, or what the file's grammar can well hold.
    fn finest(&self) -> u32 {
        match self.unit {
            Unit::Pounds | Unit::PoundsAYear | Unit::PoundsAMonth => 2,
            Unit::Rate => 12,
            _ => 10,
        }
    }

    fn is_money(&self) -> bool {
        self.finest() == 2
    }

    /// Points spread evenly from one value to another, both included.
    fn spread(&self, low: Decimal, high: Decimal, cells: i64) -> impl Iterator<Item = Decimal> {
        let (places, width) = (self.finest(), high - low);
        (0..=cells).map(move |i| match i {
            0 => low,
            i if i == cells => high,
            i => {
                let share = Decimal::from(i) / Decimal::from(cells);
                (low + width * share).round_dp_with_strategy(places, MidpointAwayFromZero)
            }
        })
    }

    /// The difference on the grid, with more points where it comes near nought without a change of sign.
    fn run_through(&self) -> Vec<(Decimal, f64)> {
        let Range { low, high } = self.range;
        let mut values: Vec<Decimal> = self.spread(low, high, CELLS).collect();
        if self.unit == Unit::Months && self.range.width() <= Decimal::from(MOST_MONTHS) {
            let mut month = low.ceil();
            while month <= high {
                values.push(month);
                month += Decimal::ONE;
            }
        }
        let mut points = self.run_all(values);
        let closer: Vec<Decimal> = points
            .windows(3)
            .filter(|three| is_near_miss(three))
            .flat_map(|three| self.spread(three[0].0, three[2].0, 2 * CLOSER))
            .collect();
        if !closer.is_empty() {
            points.extend(self.run_all(closer));
            points.sort_by_key(|point| point.0);
            points.dedup_by_key(|point| point.0);
        }
        points
    }

    fn run_all(&self, mut values: Vec<Decimal>) -> Vec<(Decimal, f64)> {
        values.sort();
        values.dedup();
        values.into_iter().map(|value| (value, (self.fast)(value))).collect()
    }

    /// The change of sign between two values; which sign is on which side is left to the caller.
    fn close_in(&self, low: Decimal, high: Decimal) -> Option<Found> {
        if let Some(step) = self.whole_months(low, high) {
            return Some(step);
        }
        let (a, b) = self.narrow(low, high);
        let (mut below, mut above) = (self.point(a), self.point(b));
        if !is_opposed(below, above) {
            // The two kinds of number part company by less than a penny, but may do so just here.
            (below, above) = (self.point(low), self.point(high));
        }
        if is_opposed(below, above) {
            (below, above) = self.close_exactly(below, above);
        }
        let nearer = if above.difference.abs() < below.difference.abs() { above } else { below };
        if nearer.difference.abs() <= Decimal::ONE {
            let equal = self.shortest(nearer);
            return Some(Found { kind: TurnKind::Equal, points: [equal; 2], positive: [None; 2] });
        }
        is_opposed(below, above).then(|| {
            let (kind, points) = if self.is_smooth(below, above) {
                (TurnKind::Neighbours, [below, above])
            } else {
                (TurnKind::Jump, self.readable(below, above))
            };
            Found { kind, points, positive: [None; 2] }
        })
    }

    /// The change of sign as a step from one whole month to the next, if the input acts in whole months here.
    fn whole_months(&self, low: Decimal, high: Decimal) -> Option<Found> {
        if self.unit != Unit::Months {
            return None;
        }
        let (low, high) = (low.floor().max(self.range.low), high.ceil().min(self.range.high));
        let width = high - low;
        if width > Decimal::ONE {
            return None;
        }
        let ends = [(self.fast)(low), (self.fast)(high)];
        let quarter = width / Decimal::from(4);
        let inside = [low + quarter, high - quarter].map(|value| (self.fast)(value));
        let flat = inside.iter().all(|here| ends.iter().any(|end| (here - end).abs() < NOUGHT));
        let (below, above) = (self.point(low), self.point(high));
        let found = Found { kind: TurnKind::WholeMonths, points: [below, above], positive: [None; 2] };
        (flat && is_opposed(below, above)).then_some(found)
    }

    /// A bracket of a ten-millionth of the range, by halving.
    fn narrow(&self, mut low: Decimal, mut high: Decimal) -> (Decimal, Decimal) {
        let enough = self.range.width() / Decimal::from(10_000_000);
        let above = (self.fast)(high) > 0.0;
        while high - low > enough {
            let Some(middle) = self.middle(low, high) else { break };
            if ((self.fast)(middle) > 0.0) == above {
                high = middle;
            } else {
                low = middle;
            }
        }
        (low, high)
    }

    /// The value halfway, unless the two are neighbours.
    fn middle(&self, low: Decimal, high: Decimal) -> Option<Decimal> {
        let middle = (low + high) / Decimal::TWO;
        let middle = middle.round_dp_with_strategy(self.finest(), ToNegativeInfinity);
        (low < middle && middle < high).then_some(middle)
    }

    /// Closes a bracket until its ends are neighbours or one of them is equal to less than a penny; steps
    /// along the chord and halvings take turns. Money goes to its last penny.
    fn close_exactly(&self, mut below: Point, mut above: Point) -> (Point, Point) {
        let near = if self.is_money() { Decimal::ZERO } else { Decimal::new(5, 3) };
        let is_near = |point: Point| point.difference.abs() <= near;
        let mut along_chord = true;
        while !is_near(below) && !is_near(above) {
            let Some(middle) = self.middle(below.value, above.value) else { break };
            let value = if along_chord { self.on_chord(below, above).unwrap_or(middle) } else { middle };
            let point = self.point(value);
            if is_opposed(point, above) {
                below = point;
            } else {
                above = point;
            }
            along_chord = !along_chord;
        }
        (below, above)
    }

    /// Where the straight line between two points meets nought, if that is inside.
    fn on_chord(&self, below: Point, above: Point) -> Option<Decimal> {
        let rise = above.difference - below.difference;
        let share = (-below.difference).checked_div(rise)?;
        let value = below.value + (above.value - below.value) * share;
        let value = value.round_dp_with_strategy(self.finest(), MidpointAwayFromZero);
        (below.value < value && value < above.value).then_some(value)
    }

    /// The value with the fewest digits that is as good as this one: equal to within 50p. Money keeps its
    /// pennies.
    fn shortest(&self, exact: Point) -> Point {
        let enough = Decimal::new(5, 1).max(exact.difference.abs());
        let fewest = if self.unit == Unit::Rate { 5 } else { 3 };
        if self.is_money() {
            return exact;
        }
        let mut rounded = (fewest..self.finest()).map(|places| {
            let value = exact.value.round_dp_with_strategy(places, MidpointAwayFromZero);
            self.point(value.clamp(self.range.low, self.range.high))
        });
        rounded.find(|point| point.difference.abs() <= enough).unwrap_or(exact)
    }

    /// Whether the difference between two neighbouring values is a slope, not a jump: nine times as wide a
    /// bracket then has about nine times the difference.
    fn is_smooth(&self, below: Point, above: Point) -> bool {
        let margin = (above.value - below.value) * Decimal::from(4);
        let low = (below.value - margin).max(self.range.low);
        let high = (above.value + margin).min(self.range.high);
        let rise = |low, high| ((self.fast)(high) - (self.fast)(low)).abs();
        rise(low, high) > 3.0 * rise(below.value, above.value)
    }

    /// Two values with fewer digits on either side of a jump: the change of sign is still between them.
    fn readable(&self, below: Point, above: Point) -> [Point; 2] {
        let digit = |places: u32| Decimal::new(1, places);
        let fewest = (0..self.finest()).find(|&p| digit(p) * Decimal::ONE_THOUSAND <= self.range.width());
        for places in fewest.unwrap_or(self.finest())..self.finest() {
            let down = below.value.round_dp_with_strategy(places, ToNegativeInfinity).max(self.range.low);
            let up = above.value.round_dp_with_strategy(places, ToPositiveInfinity).min(self.range.high);
            let (down, up) = (self.point(down), self.point(up));
            if is_opposed(down, up) && is_opposed(down, above) {
                return [down, up];
            }
        }
        [below, above]
    }
}

/// Whether two differences are on different sides of nought. Nought is on neither.
pub(super) fn is_opposed(a: Point, b: Point) -> bool {
    let sides = [a, b].map(|point| point.difference.cmp(&Decimal::ZERO));
    sides[0] == sides[1].reverse() && sides[0].is_ne()
}

/// Whether the middle one of three comes nearest to nought, and so near that it might be reached between
/// them.
fn is_near_miss(three: &[(Decimal, f64)]) -> bool {
    let [before, here, after] = [three[0].1, three[1].1, three[2].1];
    let one_side = before * here > 0.0 && here * after > 0.0;
    let reach = (before - here).abs().max((after - here).abs());
    one_side && here.abs() <= before.abs() && here.abs() <= after.abs() && here.abs() < reach
}
