//! `[correlation]`: uncertain inputs that move together, as one figure for all pairs of a group or as a matrix.
//!
//! It refuses a matrix that no distributions can have, and names the nearest that some can.

use rust_decimal::Decimal;

use super::keys::{Field, Table};
use super::kit::table_of;
use super::reader::Reader;
use super::{Correlation, Estimate, measure};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::InputId;
use crate::number::Number;

/// No larger group is looked at.
pub(super) const MOST_INPUTS: usize = 50;

/// A smallest eigenvalue above this is nought but for rounding.
const NOUGHT: f64 = -1e-9;

impl Reader<'_> {
    /// Reads `[correlation]`. Every input must be known by now.
    pub(super) fn read_correlations(&mut self, root: &mut Table<'_>) -> Vec<Correlation> {
        let mut taken: Vec<InputId> = Vec::new();
        let groups = self.each(root, "correlation", |reader, field| reader.correlation(field, &mut taken));
        groups.into_iter().flatten().collect()
    }

    fn correlation(&mut self, field: &Field<'_>, taken: &mut Vec<InputId>) -> Option<Correlation> {
        let mut table = table_of(field);
        let names =
            self.required(&mut table, "inputs", "inputs = [\"approach.a.overrun\", \"approach.b.overrun\"]");
        let names =
            names.map_or_else(Vec::new, |list| self.list(&list, "a list of inputs, by their key paths"));
        if names.len() > MOST_INPUTS {
            let message = format!("`{}` has {} inputs", field.path, names.len());
            self.report(
                Diagnostic::error(Code::TooLarge, &field.path, table.span(), message)
                    .expected(format!("at most {MOST_INPUTS}")),
            );
        }
        let inputs: Vec<Option<InputId>> =
            names.iter().take(MOST_INPUTS).map(|name| self.member(name, taken)).collect();
        let (rho, rows) = (table.take("rho"), table.take("matrix"));
        let matrix = match (rho, rows) {
            (Some(rho), None) => self.even(&rho, inputs.len()),
            (None, Some(rows)) => self.matrix(&rows, inputs.len()),
            (Some(_), Some(_)) => {
                self.conflict(&table, "matrix", "`rho` and `matrix` exclude one another".to_owned());
                None
            }
            (None, None) => {
                self.missing(&table, "rho", "rho = \"60%\"");
                None
            }
        };
        if names.len() == 1 || (names.is_empty() && table.has("inputs")) {
            self.conflict(&table, "inputs", format!("`{}` needs two inputs at least", field.path));
        }
        table.finish(self);
        let inputs: Option<Vec<InputId>> = inputs.into_iter().collect();
        Some(Correlation { key: field.path.clone(), inputs: inputs?, matrix: matrix? })
    }

    /// An input of a group: there must be one, and it may be in one group only.
    fn member(&mut self, field: &Field<'_>, taken: &mut Vec<InputId>) -> Option<InputId> {
        let name = self.text(field)?;
        let Some(place) = self.inputs.iter().position(|input| input.key == name) else {
            let inputs = if self.guesses() { &self.inputs[..] } else { &[] };
            let known: Vec<String> = inputs.iter().map(|input| input.key.clone()).collect();
            self.unknown_name(field, "input", &name, &known);
            return None;
        };
        let id = InputId::new(place);
        if taken.contains(&id) {
            let message = format!("`{name}` is in a correlation group already");
            self.fault(Code::Conflict, field, message, "each input in one group, and once");
            return None;
        }
        taken.push(id);
        if matches!(self.inputs[place].estimate, Estimate::Point(_)) {
            let message = format!("`{name}` changes no result here: it is not uncertain");
            self.report(Diagnostic::warning(Code::NoEffect, &field.path, Some(field.node.span), message));
        }
        Some(id)
    }

    /// One correlation for all pairs: at least -1 / (n - 1), or n inputs can't have it.
    fn even(&mut self, field: &Field<'_>, size: usize) -> Option<Vec<Vec<f64>>> {
        let rho = self.quantity(field, measure::CORRELATION)?.value;
        let pairs = Decimal::from(size.max(2) as i64 - 1);
        if rho * pairs < Decimal::NEGATIVE_ONE {
            let percent = (Decimal::ONE_HUNDRED / pairs)
                .round_dp_with_strategy(1, rust_decimal::RoundingStrategy::ToZero);
            let message = format!("{size} inputs can't all have this correlation with one another");
            let fault = Diagnostic::error(Code::BadCorrelation, &field.path, Some(field.node.span), message);
            self.report(
                fault
                    .expected(format!("at least -{}%", percent.normalize()))
                    .help("two that both move against a third move with each other"),
            );
            return None;
        }
        let rho = rho.to_f64();
        let row = |r: usize| (0..size).map(|c| if r == c { 1.0 } else { rho }).collect();
        Some((0..size).map(row).collect())
    }

    /// A matrix: square, symmetric, 100% on its diagonal, and without a negative eigenvalue.
    fn matrix(&mut self, field: &Field<'_>, size: usize) -> Option<Vec<Vec<f64>>> {
        let rows = self.list(field, "a list of rows, like `[[\"100%\", \"60%\"], [\"60%\", \"100%\"]]`");
        if rows.is_empty() {
            return None;
        }
        let mut matrix = Vec::new();
        for row in &rows {
            let cells = self.list(row, "a row, like `[\"100%\", \"60%\"]`");
            let cells: Option<Vec<f64>> = cells
                .iter()
                .map(|cell| self.quantity(cell, measure::CORRELATION).map(|quantity| quantity.value.to_f64()))
                .collect();
            matrix.push(cells?);
        }
        let square = matrix.len() == size && matrix.iter().all(|row| row.len() == size);
        // Both came from the same text or they differ.
        let even = |r: usize, c: usize| matrix[r][c].total_cmp(&matrix[c][r]).is_eq();
        let one = |r: usize| matrix[r][r].total_cmp(&1.0).is_eq();
        let sound = square && (0..size).all(|r| one(r) && (0..r).all(|c| even(r, c)));
        if !sound {
            let message = format!("`{}` is not a correlation matrix of {size} inputs", field.path);
            let expected =
                format!("{size} rows of {size}, 100% from corner to corner, the same on both sides");
            self.fault(Code::BadCorrelation, field, message, &expected);
            return None;
        }
        let (values, vectors) = eigen(&matrix);
        if values.iter().all(|&value| value >= NOUGHT) {
            return Some(matrix);
        }
        let message = format!("`{}` can't be: no inputs are correlated like this", field.path);
        let fault = Diagnostic::error(Code::BadCorrelation, &field.path, Some(field.node.span), message);
        let near = written(&nearest(&values, &vectors));
        self.report(
            fault
                .expected("correlations that don't contradict one another")
                .help(format!("the nearest that can: {near}")),
        );
        None
    }
}

/// The eigenvalues and eigenvectors (columns) of a symmetric matrix, by Jacobi's rotations.
fn eigen(matrix: &[Vec<f64>]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let size = matrix.len();
    let mut a = matrix.to_vec();
    let mut vectors: Vec<Vec<f64>> =
        (0..size).map(|r| (0..size).map(|c| f64::from(u8::from(r == c))).collect()).collect();
    for _ in 0..60 {
        let off: f64 =
            (0..size).flat_map(|r| (0..r).map(move |c| (r, c))).map(|(r, c)| a[r][c] * a[r][c]).sum();
        if off < 1e-24 {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                if a[p][q].abs() < 1e-300 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let (cos, sin) = (1.0 / (t * t + 1.0).sqrt(), t / (t * t + 1.0).sqrt());
                let turn = |x: f64, y: f64| (cos * x - sin * y, sin * x + cos * y);
                for row in a.iter_mut().chain(&mut vectors) {
                    (row[p], row[q]) = turn(row[p], row[q]);
                }
                // p < q, so the two rows can be had apart.
                let (upper, lower) = a.split_at_mut(q);
                for (x, y) in upper[p].iter_mut().zip(&mut lower[0]) {
                    (*x, *y) = turn(*x, *y);
                }
            }
        }
    }
    ((0..size).map(|i| a[i][i]).collect(), vectors)
}

/// The matrix of these eigenvectors with no eigenvalue below a thousandth, scaled to 100% on its diagonal.
fn nearest(values: &[f64], vectors: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = values.len();
    let cell = |r: usize, c: usize| -> f64 {
        (0..size).map(|k| vectors[r][k] * values[k].max(0.001 * size as f64) * vectors[c][k]).sum()
    };
    let scaled =
        |r: usize, c: usize| if r == c { 1.0 } else { cell(r, c) / (cell(r, r) * cell(c, c)).sqrt() };
    (0..size).map(|r| (0..size).map(|c| scaled(r.max(c), r.min(c))).collect()).collect()
}

/// A matrix as it is written in a file, to a tenth of a per cent.
fn written(matrix: &[Vec<f64>]) -> String {
    let cell = |&value: &f64| {
        let tenths = (value * 1000.0).round() as i64;
        format!("\"{}%\"", Decimal::new(tenths, 1).normalize())
    };
    let row = |row: &Vec<f64>| format!("[{}]", row.iter().map(cell).collect::<Vec<_>>().join(", "));
    format!("[{}]", matrix.iter().map(row).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [[2, 1], [1, 2]]: 1 and 3. A circle of three at -90% has 1 - 2 x 0.9 = -0.8 and twice 1.9.
    #[test]
    fn eigenvalues_by_hand() {
        let sorted = |matrix: &[Vec<f64>]| {
            let mut values = eigen(matrix).0;
            values.sort_by(f64::total_cmp);
            values.iter().map(|v| (v * 1e9).round() / 1e9).map(|v| v.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(sorted(&[vec![2.0, 1.0], vec![1.0, 2.0]]), ["1", "3"]);
        let circle = [[1.0, -0.9, -0.9], [-0.9, 1.0, -0.9], [-0.9, -0.9, 1.0]].map(Vec::from);
        assert_eq!(sorted(&circle), ["-0.8", "1.9", "1.9"]);
    }

    #[test]
    fn the_nearest_matrix_can_be() {
        let matrix = [[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]].map(Vec::from);
        let (values, vectors) = eigen(&matrix);
        assert!(values.iter().any(|&value| value < 0.0));
        let near: Vec<Vec<f64>> = nearest(&values, &vectors)
            .iter()
            .map(|row| row.iter().map(|v| (v * 1e3).round() / 1e3).collect())
            .collect();
        assert!(eigen(&near).0.iter().all(|&value| value >= NOUGHT), "{near:?}");
        assert!(near.iter().enumerate().all(|(r, row)| row[r].total_cmp(&1.0).is_eq()));
    }
}
