//! How likely each option is to come to no more than so much: S-curves.

use super::words::{are_nought, finite, remark};
use crate::money::brief;

/// Cumulative chance against money, a curve for each option, on one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// One for each option.
    pub curves: Vec<Curve>,
}

/// The curve of one option.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The option's name.
    pub name: String,
    /// A remark for the description; may be empty.
    pub note: String,
    /// Points as (probability from 0 to 1, pounds), by probability. The curve is straight between them.
    pub quantiles: Vec<(f64, f64)>,
}

impl Curve {
    /// The points, fit to draw.
    pub(crate) fn points(&self) -> impl Iterator<Item = (f64, f64)> {
        self.quantiles.iter().map(|&(p, pounds)| (finite(p).clamp(0.0, 1.0), finite(pounds)))
    }

    /// The amount that is not exceeded with a probability. `None` outside of the points.
    pub(crate) fn at(&self, probability: f64) -> Option<f64> {
        let points: Vec<_> = self.points().collect();
        let after = points.iter().position(|(p, _)| *p >= probability)?;
        let (p, pounds) = points[after];
        if p <= probability {
            return Some(pounds);
        }
        let (before, from) = points[after.checked_sub(1)?];
        Some(from + (pounds - from) * (probability - before) / (p - before))
    }
}

impl Distribution {
    /// The probabilities that are marked, and their names.
    pub(crate) const MARKED: [(f64, &'static str); 4] =
        [(0.1, "P10"), (0.5, "P50"), (0.8, "P80"), (0.9, "P90")];

    pub(super) fn is_empty(&self) -> bool {
        self.curves.iter().flat_map(|c| &c.quantiles).all(|(_, pounds)| are_nought(&[*pounds]))
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        let mut words =
            vec!["Curves of the chance that an option comes to no more than an amount".to_owned()];
        words.extend(self.curves.iter().map(|curve| {
            let marked =
                Self::MARKED.iter().filter_map(|(p, name)| Some(format!("{name} {}", brief(curve.at(*p)?))));
            let marked = marked.collect::<Vec<_>>().join(", ");
            let note = if curve.note.is_empty() { marked } else { format!("{marked}; {}", curve.note) };
            remark(&curve.name, &note)
        }));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_straight_between_its_points_and_ends_with_them() {
        let quantiles = vec![(0.1, 100.0), (0.5, 200.0), (0.9, 600.0)];
        let curve = Curve { name: String::new(), note: String::new(), quantiles };
        let read = [0.1, 0.3, 0.5, 0.8, 0.9].map(|p| curve.at(p).map(f64::round));
        assert_eq!(read, [100.0, 150.0, 200.0, 500.0, 600.0].map(Some));
        assert_eq!((curve.at(0.05), curve.at(0.95)), (None, None));
    }
}
