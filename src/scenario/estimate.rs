//! A quantity where it may be uncertain: one figure, a range, a chance of one of two, or a figure with a note
//! of where it comes from.

use rust_decimal::Decimal;

use super::document::{Node, Value};
use super::keys::{Field, Table};
use super::measure::{self, Measure};
use super::quantity::{self, Fault, Quantity};
use super::reader::Reader;
use super::{Estimate, Shape, Unit};
use crate::diagnostic::{Code, Diagnostic};

pub(super) const SHAPES: [(&str, Shape); 5] = [
    ("pert", Shape::Pert),
    ("triangular", Shape::Triangular),
    ("p10-p90", Shape::P10P90),
    ("uniform", Shape::Uniform),
    ("normal", Shape::Normal),
];

/// How far a normal distribution reaches on either side of its middle, in widths from low to high: six standard
/// deviations, with 2 x 1.2816 of them between the percentiles; rounded up.
const REACH: Decimal = Decimal::from_parts(2_341, 0, 0, false, 3);

/// What says that a table is an uncertain or annotated value.
const PARTS: [&str; 8] = ["low", "likely", "high", "shape", "chance", "then", "else", "value"];

/// Whether a table is an uncertain or annotated value, not a table of such.
pub(super) fn is_estimate(node: &Node) -> bool {
    PARTS.iter().any(|key| node.get(key).is_some())
}

impl Reader<'_> {
    /// What is known about a value, and its unit; `None` if it has a fault, which is reported.
    pub(super) fn estimate(&mut self, field: &Field<'_>, measure: Measure) -> Option<(Estimate, Unit)> {
        if !matches!(field.node.value, Value::Table(_)) {
            let quantity = self.quantity(field, measure)?;
            return Some((Estimate::Point(quantity.value), quantity.unit));
        }
        let mut table = Table::of(field);
        let estimate = if table.has("value") {
            table.take("value").and_then(|value| self.estimate(&value, measure))
        } else if ["chance", "then", "else"].iter().any(|key| table.has(key)) {
            self.chance(&mut table, measure)
        } else {
            self.range(field, &mut table, measure)
        };
        table.finish(self);
        estimate
    }

    /// One figure in its range.
    pub(super) fn quantity(&mut self, field: &Field<'_>, measure: Measure) -> Option<Quantity> {
        let read = match &field.node.value {
            Value::Text(text) => quantity::read(text, measure.units),
            Value::Number(digits) => quantity::read_number(digits, measure.units),
            _ => {
                self.wrong_sort(field, &quantity::expected(measure.units));
                return None;
            }
        };
        match read {
            Ok(found) => self.in_range(field, measure, found),
            Err(fault) => {
                self.unreadable(field, fault);
                None
            }
        }
    }

    fn in_range(&mut self, field: &Field<'_>, measure: Measure, found: Quantity) -> Option<Quantity> {
        if let Some(range) = measure.outside(found.value, found.unit) {
            let message = format!("`{}` is outside the range that makes sense here", field.key());
            self.fault(Code::OutOfRange, field, message, &range);
            return None;
        }
        Some(found)
    }

    fn unreadable(&mut self, field: &Field<'_>, fault: Fault) {
        let code = match field.node.value {
            Value::Number(_) => Code::WrongSort,
            _ => Code::WrongUnit,
        };
        let diagnostic = Diagnostic::error(code, &field.path, Some(field.node.span), fault.message)
            .expected(fault.expected);
        self.report(diagnostic.meant_text(fault.meant));
    }

    /// A required part of an uncertain value.
    fn part(&mut self, table: &mut Table<'_>, key: &str, measure: Measure) -> Option<Quantity> {
        let field = self.required(table, key, &format!("{key} = ..."))?;
        self.quantity(&field, measure)
    }

    fn chance(&mut self, table: &mut Table<'_>, measure: Measure) -> Option<(Estimate, Unit)> {
        let chance = self.part(table, "chance", measure::SHARE);
        let then = self.part(table, "then", measure);
        let otherwise = self.part(table, "else", measure);
        let (chance, then, otherwise) = (chance?, then?, otherwise?);
        self.same_unit(table, &[then, otherwise])?;
        let estimate =
            Estimate::Chance { chance: chance.value, then: then.value, otherwise: otherwise.value };
        Some((estimate, then.unit))
    }

    fn range(
        &mut self,
        field: &Field<'_>,
        table: &mut Table<'_>,
        measure: Measure,
    ) -> Option<(Estimate, Unit)> {
        if !["low", "likely", "high", "shape"].iter().any(|key| table.has(key)) {
            // Neither a range nor anything else: what keys it has is less to the point than what it should be.
            for known in PARTS {
                table.take(known);
            }
            table.take_all();
            let expected = format!("{}, or {{ low, likely, high }}", quantity::expected(measure.units));
            self.wrong_sort(field, &expected);
            return None;
        }
        let shape = self.choice_of(table, "shape", &SHAPES, Shape::Pert);
        let low = self.part(table, "low", measure);
        // Where the ends say it all, a `likely` would rule the reported run and no draw.
        let implied = matches!(shape, Shape::Uniform | Shape::P10P90 | Shape::Normal);
        let likely = if implied {
            self.implied(table, shape);
            None
        } else {
            Some(self.part(table, "likely", measure))
        };
        let high = self.part(table, "high", measure);
        let (low, high) = (low?, high?);
        let likely = match likely {
            Some(likely) => likely?,
            None => Quantity { value: centre(shape, low.value, high.value), unit: low.unit },
        };
        self.same_unit(table, &[low, likely, high])?;
        self.in_order(table, shape, [low.value, likely.value, high.value])?;
        if shape == Shape::Normal {
            self.tails(table, measure, low, high)?;
        }
        let range = Estimate::Range { low: low.value, likely: likely.value, high: high.value, shape };
        Some((range, low.unit))
    }

    /// Refuses `likely` in a range whose middle follows from its ends.
    fn implied(&mut self, table: &mut Table<'_>, shape: Shape) {
        let Some(field) = table.take("likely") else { return };
        let (shape, middle) = match shape {
            Shape::Uniform => ("uniform", "the middle of low and high"),
            Shape::Normal => ("normal", "the middle of low and high"),
            _ => ("p10-p90", "the median, the root of low times high"),
        };
        let message =
            format!("`likely` does not go with the shape {shape}: its centre follows from low and high");
        let fault = Diagnostic::error(Code::BadRange, &field.path, Some(field.key_span), message)
            .expected("low and high alone")
            .help(format!(
                "leave `likely` out: the reported run takes {middle}; or use `pert` or `triangular`"
            ));
        self.report(fault);
    }

    /// Refuses a normal distribution that may leave the range of its key: no draw may do that.
    fn tails(&mut self, table: &Table<'_>, measure: Measure, low: Quantity, high: Quantity) -> Option<()> {
        let (middle, reach) = ((low.value + high.value) / Decimal::TWO, (high.value - low.value) * REACH);
        let Some(range) =
            [middle - reach, middle + reach].iter().find_map(|&end| measure.outside(end, low.unit))
        else {
            return Some(());
        };
        let message =
            format!("`{}` has the shape normal, whose tails leave the range of this key", table.base());
        let fault = Diagnostic::error(Code::BadRange, table.base(), table.span(), message);
        let expected = format!("six standard deviations on either side inside {range}");
        self.report(fault.expected(expected).help("use `p10-p90` or `pert`, or a narrower range"));
        None
    }

    fn same_unit(&mut self, table: &Table<'_>, parts: &[Quantity]) -> Option<()> {
        if parts.iter().all(|part| part.unit == parts[0].unit) {
            return Some(());
        }
        let message = format!("the parts of `{}` are in different units", table.base());
        let fault = Diagnostic::error(Code::BadRange, table.base(), table.span(), message);
        self.report(fault.expected("every part in the same unit"));
        None
    }

    fn in_order(&mut self, table: &Table<'_>, shape: Shape, [low, likely, high]: [Decimal; 3]) -> Option<()> {
        let message = if low > likely || likely > high {
            format!("low, likely and high of `{}` are out of order", table.base())
        } else if shape == Shape::P10P90 && low <= Decimal::ZERO {
            format!("`{}` has the shape p10-p90, which needs values above nought", table.base())
        } else {
            return Some(());
        };
        let fault = Diagnostic::error(Code::BadRange, table.base(), table.span(), message);
        self.report(fault.expected("low at most likely, likely at most high"));
        None
    }
}

/// The central value of a range that states only its ends.
fn centre(shape: Shape, low: Decimal, high: Decimal) -> Decimal {
    match shape {
        Shape::P10P90 if low > Decimal::ZERO && low <= high => geometric_middle(low, high),
        _ => (low + high) / Decimal::TWO,
    }
}

/// The median of a lognormal with the tenth and ninetieth percentiles `low` and `high`: the root of their
/// product, to 12 decimal places, by Newton's method from above.
fn geometric_middle(low: Decimal, high: Decimal) -> Decimal {
    let Some(product) = low.checked_mul(high) else { return high };
    let mut root = high;
    for _ in 0..200 {
        let Some(quotient) = product.checked_div(root) else { break };
        let next = (root + quotient) / Decimal::TWO;
        if next >= root {
            break;
        }
        root = next;
    }
    root.round_dp_with_strategy(12, rust_decimal::RoundingStrategy::MidpointAwayFromZero).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_geometric_middle_is_exact_where_it_can_be() {
        // 4 x 9 = 36; 2 x 1 has the root 1.414213562373(095...).
        assert_eq!(geometric_middle(Decimal::from(4), Decimal::from(9)), Decimal::from(6));
        assert_eq!(geometric_middle(Decimal::ONE, Decimal::TWO), Decimal::new(1_414_213_562_373, 12));
        let billion = Decimal::from(100_000_000_000_i64);
        assert_eq!(geometric_middle(billion, billion), billion);
        assert_eq!(geometric_middle(Decimal::new(1, 2), billion), Decimal::new(31_622_776_601_683_793, 12));
    }

    #[test]
    fn a_uniform_range_is_centred_on_its_midpoint() {
        assert_eq!(centre(Shape::Uniform, Decimal::from(-4), Decimal::from(10)), Decimal::from(3));
    }
}
