//! Where a name can stand beside its curve without touching a curve or another name.

use super::super::canvas::Rect;

/// Between a name and the nearest curve.
const GAP: f64 = 9.0;
/// Curves are looked at this often, in pixels.
const STEP: f64 = 6.0;
/// How far up the plot names are tried, the best first.
const HEIGHTS: [f64; 13] = [0.65, 0.70, 0.58, 0.74, 0.40, 0.35, 0.30, 0.25, 0.45, 0.20, 0.15, 0.95, 0.05];

/// Points of all curves, and the boxes of names placed so far.
pub(super) struct Obstacles {
    points: Vec<(f64, f64)>,
    taken: Vec<Rect>,
    plot: Rect,
}

/// The points of a line, none far from the next.
fn dense(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut points = Vec::from_iter(line.first().copied());
    for pair in line.windows(2) {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        let far = (to_x - x).abs().max((to_y - y).abs());
        let parts = (far / STEP).ceil().clamp(1.0, 1_000.0);
        let part = |n: usize| (x + (to_x - x) * n as f64 / parts, y + (to_y - y) * n as f64 / parts);
        points.extend((1..=parts as usize).map(part));
    }
    points
}

impl Obstacles {
    pub(super) fn of(curves: &[Vec<(f64, f64)>], plot: Rect) -> Self {
        Self { points: curves.iter().flat_map(|c| dense(c)).collect(), taken: Vec::new(), plot }
    }

    /// A free box of a size beside a curve, right of it or left of it; it is then taken.
    pub(super) fn place(&mut self, curve: &[(f64, f64)], width: f64, height: f64) -> Option<Rect> {
        let points = dense(curve);
        let place = HEIGHTS.into_iter().find_map(|share| {
            let y = self.plot.bottom() - share * self.plot.height - height / 2.0;
            let beside = points.iter().filter(|(_, at)| y - GAP <= *at && *at <= y + height + GAP);
            let (low, high) =
                beside.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), (x, _)| (l.min(*x), h.max(*x)));
            let boxes = [high + GAP + 2.0, low - GAP - 2.0 - width].map(|x| Rect { x, y, width, height });
            boxes.into_iter().find(|r| r.x.is_finite() && self.is_free(*r))
        })?;
        self.taken.push(place);
        Some(place)
    }

    fn is_free(&self, r: Rect) -> bool {
        let inside = r.x >= self.plot.x + GAP
            && r.right() <= self.plot.right()
            && r.y >= self.plot.y
            && r.bottom() <= self.plot.bottom();
        let wide =
            Rect { x: r.x - GAP, y: r.y - GAP / 2.0, width: r.width + 2.0 * GAP, height: r.height + GAP };
        let hit =
            |(x, y): &(f64, f64)| (wide.x..=wide.right()).contains(x) && (wide.y..=wide.bottom()).contains(y);
        let touches =
            |o: &Rect| o.x < wide.right() && wide.x < o.right() && o.y < wide.bottom() && wide.y < o.bottom();
        inside && !self.points.iter().any(hit) && !self.taken.iter().any(touches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Rect = Rect { x: 0.0, y: 0.0, width: 400.0, height: 200.0 };

    #[test]
    fn names_stand_beside_their_own_curve_and_apart() {
        let curves = [vec![(100.0, 200.0), (100.0, 0.0)], vec![(300.0, 200.0), (300.0, 0.0)]];
        let mut obstacles = Obstacles::of(&curves, PLOT);
        let first = obstacles.place(&curves[0], 120.0, 20.0).expect("there is room");
        assert!(first.x > 100.0 && first.right() < 300.0, "{first:?}");
        let second = obstacles.place(&curves[1], 90.0, 20.0).expect("there is room");
        assert!(second.x > 300.0 || second.right() < 300.0, "{second:?}");
        let apart = second.y >= first.bottom() || second.bottom() <= first.y || second.x >= first.right();
        assert!(apart, "{first:?}, {second:?}");
        assert_eq!(obstacles.place(&curves[0], 350.0, 20.0), None);
    }
}
