//! The Beta distribution of a PERT range: its distribution function, and the inverse of that.
//!
//! The inverse is wanted a million times for one shape, and a root search each time would cost more than the
//! model itself. So it is searched for once at the nodes of two Chebyshev series, one for each half. A plain
//! table errs at the ends, where the inverse has a root's vertical tangent; in `w = u^(1/a)` it is smooth
//! there, and the series holds it to 1e-10 throughout (a test compares it with the root search).

use std::f64::consts::PI;

/// Terms of a series.
const TERMS: usize = 40;

/// The inverse distribution function of Beta(a, b), for shapes from 1 to 5.
#[derive(Clone, Debug)]
pub(super) struct BetaInverse {
    lower: Half,
    upper: Half,
}

impl BetaInverse {
    pub(super) fn new(a: f64, b: f64) -> Self {
        Self { lower: Half::new(a, b), upper: Half::new(b, a) }
    }

    /// The value below which a share `u` of the distribution lies, from 0 to 1.
    pub(super) fn at(&self, u: f64) -> f64 {
        if u <= 0.5 { self.lower.at(u) } else { 1.0 - self.upper.at(1.0 - u) }
    }
}

/// The half of the inverse below the median, as a series in `u^(1/a)`.
#[derive(Clone, Debug)]
struct Half {
    root: f64,
    widest: f64,
    terms: [f64; TERMS],
}

impl Half {
    fn new(a: f64, b: f64) -> Self {
        let root = 1.0 / a;
        let widest = libm::pow(0.5, root);
        let angle = |node: usize| PI * (node as f64 + 0.5) / TERMS as f64;
        let mut values = [0.0; TERMS];
        for (node, value) in values.iter_mut().enumerate() {
            let w = widest * (libm::cos(angle(node)) + 1.0) / 2.0;
            *value = search(libm::pow(w, a), a, b);
        }
        let mut terms = [0.0; TERMS];
        for (k, term) in terms.iter_mut().enumerate() {
            let wave = |(node, value): (usize, &f64)| value * libm::cos(k as f64 * angle(node));
            let sum: f64 = values.iter().enumerate().map(wave).sum();
            *term = sum * if k == 0 { 1.0 } else { 2.0 } / TERMS as f64;
        }
        Self { root, widest, terms }
    }

    /// Clenshaw's sum.
    fn at(&self, u: f64) -> f64 {
        let x = 2.0 * libm::pow(u, self.root) / self.widest - 1.0;
        let (mut b1, mut b2) = (0.0, 0.0);
        for &term in self.terms[1..].iter().rev() {
            (b1, b2) = (term + 2.0 * x * b1 - b2, b1);
        }
        (self.terms[0] + x * b1 - b2).clamp(0.0, 1.0)
    }
}

/// The inverse by Newton's method on the distribution function, kept inside a bracket.
pub(super) fn search(u: f64, a: f64, b: f64) -> f64 {
    if u <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    // Near nought the function is u = x^a / (a B(a, b)); elsewhere the bracket keeps this guess in bounds.
    let scale = whole(a, b);
    let mut x = libm::pow(u * a * scale, 1.0 / a).min(0.5);
    for _ in 0..100 {
        let over = share_below(x, a, b) - u;
        if over > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let slope = libm::pow(x, a - 1.0) * libm::pow(1.0 - x, b - 1.0) / scale;
        let next = x - over / slope;
        let next = if low < next && next < high { next } else { f64::midpoint(low, high) };
        if (next - x).abs() <= 1e-16 * x {
            return next;
        }
        x = next;
    }
    x
}

/// B(a, b), the integral of the unscaled density.
fn whole(a: f64, b: f64) -> f64 {
    libm::tgamma(a) * libm::tgamma(b) / libm::tgamma(a + b)
}

/// The regularised incomplete beta function: the share of Beta(a, b) that lies below x.
fn share_below(x: f64, a: f64, b: f64) -> f64 {
    let front = libm::pow(x, a) * libm::pow(1.0 - x, b) / whole(a, b);
    // The continued fraction is quick below the mean; above it the other tail is taken.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

/// The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method.
#[allow(clippy::many_single_char_names, reason = "the names of the formula")]
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let tiny = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
    let (mut c, mut d) = (1.0, 1.0 / tiny(1.0 - (a + b) * x / (a + 1.0)));
    let mut sum = d;
    for m in 1..200 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for step in [even, odd] {
            d = 1.0 / tiny(1.0 + step * d);
            c = tiny(1.0 + step / c);
            sum *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Beta(3, 3): F(x) = 10x^3 - 15x^4 + 6x^5. Beta(1, 5): F(x) = 1 - (1 - x)^5.
    #[test]
    fn the_distribution_function_is_that_of_closed_forms() {
        for x in [0.001_f64, 0.1, 0.3, 0.5, 0.77, 0.999] {
            let cubic = 10.0 * x.powi(3) - 15.0 * x.powi(4) + 6.0 * x.powi(5);
            assert!((share_below(x, 3.0, 3.0) - cubic).abs() < 1e-14, "{x}");
            assert!((share_below(x, 1.0, 5.0) - (1.0 - (1.0 - x).powi(5))).abs() < 1e-14, "{x}");
        }
    }

    #[test]
    fn the_series_are_the_inverse_to_ten_places() {
        for tenths in 10..=50 {
            let a = f64::from(tenths) / 10.0;
            let (b, inverse) = (6.0 - a, BetaInverse::new(a, 6.0 - a));
            for u in (0..=2_000).map(|n| f64::from(n) / 2_000.0).chain([1e-12, 1e-7, 1.0 - 1e-7]) {
                let upper = u > 0.5;
                let exact = if upper { 1.0 - search(1.0 - u, b, a) } else { search(u, a, b) };
                assert!((inverse.at(u) - exact).abs() < 1e-10, "a = {a}, u = {u}: {} {exact}", inverse.at(u));
            }
        }
    }

    #[test]
    fn the_search_undoes_the_distribution_function() {
        for (a, b) in [(1.0, 5.0), (2.3, 3.7), (5.0, 1.0)] {
            for x in [1e-6, 0.01, 0.2, 0.5, 0.9, 0.9999] {
                let u = share_below(x, a, b);
                let slope = libm::pow(x, a - 1.0) * libm::pow(1.0 - x, b - 1.0) / whole(a, b);
                // A share known to 1e-16 fixes the value to that over the slope.
                assert!((search(u, a, b) - x).abs() < 1e-12 + 4e-16 / slope, "{a} {b} {x}");
            }
        }
    }
}
