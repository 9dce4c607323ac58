//! Draws side by side: a number with a lane for each of several draws, for the same kernel.
//!
//! Every lane has its own amounts, but there is one timetable for all: so lanes carry scenarios whose draws only
//! change amounts ([`one_timetable`]). What a lane gives has the same bits as the draw on its own.

use std::cmp::Ordering;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use rust_decimal::Decimal;

use crate::id::InputId;
use crate::number::Number;
use crate::scenario::{Residual, Scenario, Unit};

/// How many draws stand side by side.
const WIDTH: usize = 16;

/// Numbers that one or more draws run on at a time.
pub trait Draws: Number {
    /// How many draws.
    const WIDTH: usize;

    /// The values of so many draws, one or more; the last is repeated where there are fewer.
    fn gather(values: &[f64]) -> Self;

    /// The value of one of them.
    fn lane(self, lane: usize) -> f64;
}

impl Draws for f64 {
    const WIDTH: usize = 1;

    fn gather(values: &[f64]) -> Self {
        values[0]
    }

    fn lane(self, _: usize) -> f64 {
        self
    }
}

/// Whether draws of these inputs change amounts only: no stream delivers, no asset ages, no month is drawn.
pub(super) fn one_timetable(scenario: &Scenario, drawn: &[InputId]) -> bool {
    scenario.options.iter().all(|option| option.streams.is_empty())
        && scenario.programme.residual != Residual::StraightLine
        && drawn.iter().all(|id| scenario.inputs[id.place()].unit != Unit::Months)
}

/// A number for each of `WIDTH` draws.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lanes([f64; WIDTH]);

impl Lanes {
    #[inline]
    fn with(self, other: Self, of: impl Fn(f64, f64) -> f64) -> Self {
        Self(std::array::from_fn(|lane| of(self.0[lane], other.0[lane])))
    }

    /// What has one answer for all draws.
    fn common<T: PartialEq>(self, of: impl Fn(f64) -> T) -> T {
        let answer = of(self.0[0]);
        debug_assert!(self.0.iter().all(|&value| of(value) == answer), "one timetable: {self:?}");
        answer
    }
}

impl Draws for Lanes {
    const WIDTH: usize = WIDTH;

    fn gather(values: &[f64]) -> Self {
        let last = values.len() - 1;
        Self(std::array::from_fn(|lane| values[lane.min(last)]))
    }

    fn lane(self, lane: usize) -> f64 {
        self.0[lane]
    }
}

macro_rules! lanewise {
    ($($operation:ident $by:ident $symbol:tt;)*) => {$(
        impl $operation for Lanes {
            type Output = Self;

            #[inline]
            fn $by(self, other: Self) -> Self {
                self.with(other, |a, b| a $symbol b)
            }
        }
    )*};
}

lanewise! {
    Add add +;
    Sub sub -;
    Mul mul *;
    Div div /;
}

impl Neg for Lanes {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.map(|value| -value))
    }
}

impl AddAssign for Lanes {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Lanes {
    #[inline]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

/// Less or greater only if every lane is.
impl PartialOrd for Lanes {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let first = self.0[0].partial_cmp(&other.0[0])?;
        let all = self.0.iter().zip(&other.0).all(|(a, b)| a.partial_cmp(b) == Some(first));
        all.then_some(first)
    }
}

impl Number for Lanes {
    const ZERO: Self = Self([0.0; WIDTH]);
    const ONE: Self = Self([1.0; WIDTH]);

    fn from_decimal(value: Decimal) -> Self {
        Self([f64::from_decimal(value); WIDTH])
    }

    fn from_count(value: i64) -> Self {
        Self([f64::from_count(value); WIDTH])
    }

    fn to_f64(self) -> f64 {
        self.common(Number::to_f64)
    }

    fn to_pence(self) -> i128 {
        self.common(Number::to_pence)
    }

    fn from_pence(pence: i128) -> Self {
        Self([f64::from_pence(pence); WIDTH])
    }

    fn as_posted(self) -> Self {
        self
    }

    fn to_whole(self) -> i64 {
        self.common(Number::to_whole)
    }

    #[inline]
    fn at_most(self, limit: Self) -> Self {
        self.with(limit, Number::at_most)
    }

    #[inline]
    fn at_least(self, limit: Self) -> Self {
        self.with(limit, Number::at_least)
    }
}
