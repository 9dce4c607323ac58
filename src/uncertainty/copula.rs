//! Correlation groups: a Gaussian copula laid over columns that keep their own values.
//!
//! The shares of each column become normal scores; those are mixed as the group's matrix says; then each
//! column's own shares are put into the order of the mixed scores (Iman and Conover). Only the order changes,
//! so every input keeps its distribution and its strata exactly.

use super::distribution::normal;
use crate::id::InputId;
use crate::scenario::Correlation;

/// A correlation group of a sampler's columns.
#[derive(Clone, Debug)]
pub(super) struct Copula {
    /// The columns, by their places.
    pub(super) members: Vec<usize>,
    /// The lower triangle L with L L' = the correlations.
    mix: Vec<Vec<f64>>,
}

impl Copula {
    /// The copula of a group. Members that don't vary take no part.
    pub(super) fn new(group: &Correlation, place: impl Fn(InputId) -> Option<usize>) -> Self {
        let members: Vec<(usize, usize)> =
            group.inputs.iter().enumerate().filter_map(|(row, &id)| Some((row, place(id)?))).collect();
        let part = |&(row, _): &(usize, usize)| members.iter().map(|&(c, _)| group.matrix[row][c]).collect();
        let matrix: Vec<Vec<f64>> = members.iter().map(part).collect();
        Self { members: members.iter().map(|&(_, place)| place).collect(), mix: cholesky(&matrix) }
    }

    /// Puts each column's shares into the order that the correlations ask for.
    pub(super) fn impose(&self, columns: &mut [Vec<f64>]) {
        let scores: Vec<Vec<f64>> =
            columns.iter().map(|column| column.iter().map(|&u| normal(u)).collect()).collect();
        for (row, column) in columns.iter_mut().enumerate() {
            let mixed = |draw: usize| (0..=row).map(|c| self.mix[row][c] * scores[c][draw]).sum::<f64>();
            let mut order: Vec<(f64, usize)> = (0..column.len()).map(|draw| (mixed(draw), draw)).collect();
            order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let mut shares = column.clone();
            shares.sort_unstable_by(f64::total_cmp);
            for (share, (_, draw)) in shares.into_iter().zip(order) {
                column[draw] = share;
            }
        }
    }
}

/// The lower triangle L with L L' = the matrix. A pivot of nought (a column that others fix) leaves a column of
/// noughts: the reader has made sure that no pivot is below it.
fn cholesky(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = matrix.len();
    let mut lower = vec![vec![0.0; size]; size];
    for row in 0..size {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| lower[row][k] * lower[column][k]).sum();
            let left = matrix[row][column] - known;
            lower[row][column] = if row == column {
                left.max(0.0).sqrt()
            } else if lower[column][column] > 1e-7 {
                left / lower[column][column]
            } else {
                0.0
            };
        }
    }
    lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_triangle_times_itself_is_the_matrix() {
        let matrix = [[1.0, 0.6, -0.2], [0.6, 1.0, 0.3], [-0.2, 0.3, 1.0]].map(Vec::from);
        let lower = cholesky(&matrix);
        for (r, row) in matrix.iter().enumerate() {
            for (c, &cell) in row.iter().enumerate() {
                let product: f64 = (0..3).map(|k| lower[r][k] * lower[c][k]).sum();
                assert!((product - cell).abs() < 1e-12);
            }
        }
        // Fully correlated: one score for all.
        assert_eq!(cholesky(&[vec![1.0, 1.0], vec![1.0, 1.0]]), [[1.0, 0.0], [1.0, 0.0]]);
    }
}
