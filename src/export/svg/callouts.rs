//! Words over single columns of a plot. They stand as low as what lies below them lets them, and are joined to
//! their column; those that have no room are left out.

use super::canvas::{Anchor, Canvas, Pen, Rect};
use super::style::{self, Face};
use super::text;

const FACE: Face = Face { size: 16.0, ..style::LABEL };
const LINE: f64 = 20.0;
/// Between words and what lies below or beside them.
const GAP: f64 = 5.0;
/// Between words and a stem beside them. More than the gap, so that two can share a stem.
const BESIDE: f64 = GAP + 1.0;
/// A shorter stem than this is left out.
const STEM: f64 = 9.0;

/// What is to be said of a point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Callout {
    pub(super) words: String,
    pub(super) colour: &'static str,
    /// The point: the top of a column.
    pub(super) at: (f64, f64),
}

/// What words may not cover: a width, from a height down to the ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Obstacle {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

/// A callout with its place: its left edge and the bottom of its line.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spot<'a> {
    callout: &'a Callout,
    left: f64,
    width: f64,
    bottom: f64,
}

impl Spot<'_> {
    fn as_obstacle(self) -> Obstacle {
        Obstacle { left: self.left - GAP, right: self.left + self.width + GAP, top: self.bottom - LINE }
    }

    /// A stem beside the words goes up along them.
    fn stem_top(self) -> f64 {
        let x = self.callout.at.0;
        let is_under = self.left <= x && x <= self.left + self.width;
        if is_under { self.bottom } else { self.bottom - LINE + 4.0 }
    }

    fn lift(self) -> f64 {
        self.callout.at.1 - self.bottom
    }
}

/// Draws those of up to two callouts that have room; the first matters most.
pub(super) fn draw(canvas: &mut Canvas, callouts: &[Callout], below: &[Obstacle], bounds: Rect) {
    let spots = place(callouts, below, bounds);
    for spot in &spots {
        let (x, y) = spot.callout.at;
        if spot.lift() > STEM {
            canvas.line((x, spot.stem_top()), (x, y - 2.0), Pen::solid(spot.callout.colour, 1.2));
        }
    }
    for spot in &spots {
        let at = (spot.left, spot.bottom - LINE + FACE.rise());
        canvas.text_on_ground(at, Anchor::Start, FACE.coloured(spot.callout.colour), &spot.callout.words);
    }
}

/// The lowest places for all of them, in whichever order they stack; or for the first alone.
fn place<'a>(callouts: &'a [Callout], below: &[Obstacle], bounds: Rect) -> Vec<Spot<'a>> {
    let mut best: Option<Vec<Spot<'a>>> = None;
    let lift = |spots: &[Spot<'_>]| spots.iter().map(|s| s.lift()).sum::<f64>();
    let orders: &[&[usize]] = if callouts.len() > 1 { &[&[0, 1], &[1, 0]] } else { &[&[0]] };
    for order in orders {
        for spots in placed(order, callouts, below, bounds) {
            if best.as_ref().is_none_or(|so_far| lift(&spots) < lift(so_far)) {
                best = Some(spots);
            }
        }
    }
    match (best, callouts) {
        (Some(spots), _) => spots,
        (None, [first, _, ..]) => place(std::slice::from_ref(first), below, bounds),
        (None, _) => Vec::new(),
    }
}

/// Every way to place callouts in one order, each above what was placed before it.
fn placed<'a>(
    order: &[usize],
    callouts: &'a [Callout],
    below: &[Obstacle],
    bounds: Rect,
) -> Vec<Vec<Spot<'a>>> {
    let Some((&first, rest)) = order.split_first() else { return vec![Vec::new()] };
    let Some(callout) = callouts.get(first) else { return Vec::new() };
    let mut ways = Vec::new();
    for spot in spots(callout, below, bounds) {
        let mut obstacles = below.to_vec();
        obstacles.push(spot.as_obstacle());
        for later in placed(rest, callouts, &obstacles, bounds) {
            // The stem of what stands above must not cross what stands below.
            let own = spot.as_obstacle();
            if later.iter().all(|s| s.callout.at.0 < own.left || s.callout.at.0 > own.right) {
                ways.push(std::iter::once(spot).chain(later).collect());
            }
        }
    }
    ways
}

/// The places of one callout: over its point, to the right of it and to the left.
fn spots<'a>(callout: &'a Callout, below: &[Obstacle], bounds: Rect) -> Vec<Spot<'a>> {
    let width = text::width(&callout.words, FACE);
    let (x, y) = callout.at;
    let most = bounds.right() - width;
    let lefts = [(x - width / 2.0).min(most).max(bounds.x), x + BESIDE, x - BESIDE - width];
    let inside = |left: &f64| *left >= bounds.x && *left <= most;
    let spot = |left: f64| {
        let reached = |o: &&Obstacle| o.left < left + width + GAP && o.right > left - GAP;
        let free = below.iter().filter(reached).map(|o| o.top).fold(y, f64::min);
        Spot { callout, left, width, bottom: free - GAP }
    };
    let fits = |spot: &Spot<'_>| spot.bottom - LINE >= bounds.y;
    lefts.into_iter().filter(inside).map(spot).filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Rect = Rect { x: 0.0, y: 0.0, width: 400.0, height: 300.0 };

    fn callout(x: f64, y: f64) -> Callout {
        Callout { words: "Gap £1.23m, 2028-29".into(), colour: style::TEXT, at: (x, y) }
    }

    fn column(left: f64, top: f64) -> Obstacle {
        Obstacle { left, right: left + 40.0, top }
    }

    #[test]
    fn words_stand_over_their_column_clear_of_its_neighbours() {
        let below = [column(100.0, 200.0), column(140.0, 150.0), column(180.0, 120.0)];
        let callouts = [callout(160.0, 150.0)];
        let spots = place(&callouts, &below, BOUNDS);
        // To the left it clears the lower neighbour only.
        assert!((spots[0].bottom - 145.0).abs() < 1e-9, "{spots:?}");
        assert!(spots[0].left + spots[0].width < 180.0, "{spots:?}");
    }

    #[test]
    fn two_at_one_place_stand_apart() {
        let callouts = [callout(200.0, 150.0), callout(200.0, 120.0)];
        let spots = place(&callouts, &[column(180.0, 120.0)], BOUNDS);
        assert_eq!(spots.len(), 2);
        let [a, b] = [spots[0].as_obstacle(), spots[1].as_obstacle()];
        assert!(a.right <= b.left || b.right <= a.left || (a.top - b.top).abs() >= LINE, "{spots:?}");
    }

    #[test]
    fn the_second_gives_way_where_there_is_room_for_one() {
        let narrow = Rect { width: 165.0, y: 118.0, ..BOUNDS };
        let callouts = [callout(80.0, 150.0), callout(84.0, 150.0)];
        let spots = place(&callouts, &[], narrow);
        assert_eq!(spots.iter().map(|s| s.callout.at.0 as i64).collect::<Vec<_>>(), [80]);
        assert_eq!(place(&callouts, &[], Rect { width: 50.0, ..BOUNDS }), []);
        assert_eq!(place(&[], &[], BOUNDS), []);
    }
}
