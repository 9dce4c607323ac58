//! What single inputs do to a result, each at its low and at its high value while all others stay.

use super::words::{are_nought, finite, remark};
use crate::money::brief;

/// Swings around a central result, from top to bottom in the order given.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// The result with every input at its central value, pounds.
    pub central: f64,
    /// The inputs, sorted by the caller. The first [`Tornado::SHOWN`] are drawn, the others counted.
    pub inputs: Vec<Swing>,
}

/// What an input does to the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// The input's key path, or its name.
    pub name: String,
    /// At its low value.
    pub low: SwingEnd,
    /// At its high value.
    pub high: SwingEnd,
}

/// An end of a swing.
#[derive(Clone, Debug, PartialEq)]
pub struct SwingEnd {
    /// The input's value with its unit, such as `9 months`.
    pub value: String,
    /// The result, pounds. Both ends may lie on one side of the central result.
    pub result: f64,
}

impl Swing {
    /// How far apart the results lie, the central one included.
    fn width(&self, central: f64) -> f64 {
        let ends = [central, finite(self.low.result), finite(self.high.result)];
        ends.into_iter().fold(f64::MIN, f64::max) - ends.into_iter().fold(f64::MAX, f64::min)
    }
}

impl Tornado {
    /// How many inputs are drawn.
    pub const SHOWN: usize = 15;

    pub(super) fn is_empty(&self) -> bool {
        self.inputs.iter().all(|input| are_nought(&[input.width(finite(self.central))]))
    }

    /// The inputs that are drawn.
    pub(crate) fn shown(&self) -> &[Swing] {
        &self.inputs[..self.inputs.len().min(Self::SHOWN)]
    }

    /// What is to be said of the inputs that aren't.
    pub(crate) fn rest(&self) -> Option<String> {
        let rest = self.inputs.get(Self::SHOWN..).filter(|rest| !rest.is_empty())?;
        let widest = rest.iter().map(|s| s.width(finite(self.central))).fold(0.0, f64::max);
        let inputs = if rest.len() == 1 { "input is" } else { "inputs are" };
        Some(format!(
            "{} more {inputs} not shown: none of them moves the result by more than about {} between its low and high.",
            rest.len(),
            brief(widest)
        ))
    }

    pub(super) fn in_words(&self) -> Vec<String> {
        let central = brief(finite(self.central));
        let mut words = vec![format!("Bars around the central result of {central}, a row for each input")];
        words.extend(self.shown().iter().map(|input| {
            let end = |end: &SwingEnd| format!("{} at {}", brief(finite(end.result)), end.value);
            remark(&input.name, &format!("{}, {}", end(&input.low), end(&input.high)))
        }));
        words.extend(self.rest());
        words
    }
}
