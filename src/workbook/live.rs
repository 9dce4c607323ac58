//! Formulas that know their own value.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::{Add, Div, Mul, Neg, Sub};

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

use super::{Area, Place, Spot};

/// A part of a formula's text. Cells are named only when it is known on which sheet the formula stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Text(Cow<'static, str>),
    Cell(Place),
    Area(Area),
    /// Cells that a formula names alike wherever it is copied to.
    Fixed(Area),
}

/// A formula in the making, and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Live {
    pieces: Vec<Piece>,
    value: Decimal,
    /// How strongly its outermost operator binds: 1 for sums, 2 for products, 3 for what needs no brackets.
    binds: u8,
}

/// A condition in the making, and whether it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    pieces: Vec<Piece>,
    holds: bool,
}

pub(super) fn text(words: impl Into<Cow<'static, str>>) -> Piece {
    Piece::Text(words.into())
}

fn render(pieces: &[Piece], here: &str) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(words) => out.push_str(words),
            Piece::Cell(place) => name(&mut out, *place, here, ""),
            Piece::Area(area) => corners(&mut out, *area, here, ""),
            Piece::Fixed(area) => corners(&mut out, *area, here, "$"),
        }
    }
    out
}

fn corners(out: &mut String, area: Area, here: &str, fixed: &str) {
    name(out, area.first, here, fixed);
    out.push(':');
    name(out, area.last, area.first.sheet, fixed);
}

/// Writes a cell's address, with its sheet if that is another one; `fixed` stands before its column and row.
fn name(out: &mut String, place: Place, here: &str, fixed: &str) {
    if place.sheet != here {
        let plain = place.sheet.chars().all(|c| c.is_ascii_alphanumeric());
        let quote = if plain { "" } else { "'" };
        // Writing to a string can't fail.
        let _ = write!(out, "{quote}{}{quote}!", place.sheet);
    }
    let mut column = u32::from(place.column) + 1;
    let mut letters = Vec::new();
    while column > 0 {
        letters.push(char::from(b'A' + ((column - 1) % 26) as u8));
        column = (column - 1) / 26;
    }
    out.push_str(fixed);
    out.extend(letters.iter().rev());
    let _ = write!(out, "{fixed}{}", place.row + 1);
}

impl From<Spot> for Live {
    fn from(spot: Spot) -> Self {
        Self { pieces: vec![Piece::Cell(spot.place)], value: spot.value, binds: 3 }
    }
}

impl Live {
    /// A whole number as it stands: a count of months, an exponent; never an assumption.
    pub fn count(value: i64) -> Self {
        let binds = if value < 0 { 1 } else { 3 };
        Self { pieces: vec![text(value.to_string())], value: Decimal::from(value), binds }
    }

    /// Nought.
    pub fn nought() -> Self {
        Self::count(0)
    }

    /// Its value.
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// Its text on a sheet.
    pub fn text(&self, here: &str) -> String {
        render(&self.pieces, here)
    }

    /// An area as a formula on a sheet names it.
    pub fn address(area: Area, here: &str) -> String {
        render(&[Piece::Area(area)], here)
    }

    pub(super) fn call(name: &'static str, arguments: Vec<Vec<Piece>>, value: Decimal) -> Self {
        let mut pieces = vec![text(name), text("(")];
        for (place, argument) in arguments.into_iter().enumerate() {
            if place > 0 {
                pieces.push(text(","));
            }
            pieces.extend(argument);
        }
        pieces.push(text(")"));
        Self { pieces, value, binds: 3 }
    }

    /// Rounded to decimal places, half away from zero.
    #[must_use]
    pub fn rounded(self, places: u32) -> Self {
        let value = self.value.round_dp_with_strategy(places, MidpointAwayFromZero);
        Self::call("ROUND", vec![self.pieces, vec![text(places.to_string())]], value)
    }

    /// Rounded to the penny.
    #[must_use]
    pub fn penny(self) -> Self {
        self.rounded(2)
    }

    /// The smaller of two.
    #[must_use]
    pub fn at_most(self, other: impl Into<Self>) -> Self {
        let other = other.into();
        let value = self.value.min(other.value);
        Self::call("MIN", vec![self.pieces, other.pieces], value)
    }

    /// The larger of two.
    #[must_use]
    pub fn at_least(self, other: impl Into<Self>) -> Self {
        let other = other.into();
        let value = self.value.max(other.value);
        Self::call("MAX", vec![self.pieces, other.pieces], value)
    }

    /// Without its sign.
    #[must_use]
    pub fn size(self) -> Self {
        let value = self.value.abs();
        Self::call("ABS", vec![self.pieces], value)
    }

    /// The square root. Its value is found by Newton's method, so that every digit is the same everywhere.
    #[must_use]
    pub fn root(self) -> Self {
        let mut guess = Decimal::ONE;
        for _ in 0..12 {
            guess = (guess + self.value / guess) / Decimal::TWO;
        }
        Self::call("SQRT", vec![self.pieces], guess)
    }

    /// The sum of neighbouring cells.
    pub fn sum(spots: &[Spot]) -> Self {
        match spots {
            [] => Self::nought(),
            [only] => (*only).into(),
            [first, .., last] => {
                let value = spots.iter().map(|spot| spot.value).sum();
                Self::call("SUM", vec![vec![Piece::Area(Area::of(*first, *last))]], value)
            }
        }
    }

    /// The largest of neighbouring cells.
    pub fn largest(spots: &[Spot]) -> Self {
        let value = spots.iter().map(|spot| spot.value).max().unwrap_or_default();
        Self::call("MAX", vec![area(spots)], value)
    }

    /// The sum of the products of two rows.
    pub fn sum_product(a: &[Spot], b: &[Spot]) -> Self {
        let value = a.iter().zip(b).map(|(a, b)| a.value * b.value).sum();
        Self::call("SUMPRODUCT", vec![area(a), area(b)], value)
    }

    /// The place, from 1, of the first of neighbouring cells that equals a value; 0 if none does.
    #[must_use]
    pub fn place_in(self, spots: &[Spot]) -> Self {
        let found = spots.iter().position(|spot| spot.value == self.value).map_or(0, |place| place + 1);
        let exactly = vec![text("0")];
        Self::call("MATCH", vec![self.pieces, area(spots), exactly], Decimal::from(found))
    }

    /// The cell at a place, from 1, of neighbouring cells.
    #[must_use]
    pub fn pick_from(self, spots: &[Spot]) -> Self {
        let place = usize::try_from(self.value.trunc().mantissa()).unwrap_or(0);
        let value = place.checked_sub(1).and_then(|place| spots.get(place)).map(|spot| spot.value);
        Self::call("INDEX", vec![area(spots), self.pieces], value.unwrap_or_default())
    }

    /// The count of neighbouring cells up to the last that is below nought.
    pub fn last_below_nought(spots: &[Spot], counts: &[Spot]) -> Self {
        let last = spots.iter().rposition(|spot| spot.value < Decimal::ZERO).map_or(0, |place| place + 1);
        let mut pieces = vec![text("SUMPRODUCT(MAX((")];
        pieces.extend(area(spots));
        pieces.push(text("<0)*"));
        pieces.extend(area(counts));
        pieces.push(text("))"));
        Self { pieces, value: Decimal::from(last), binds: 3 }
    }

    /// How many of neighbouring cells differ from their partners.
    pub fn differences(a: &[Spot], b: &[Spot]) -> Self {
        let count = a.iter().zip(b).filter(|(a, b)| a.value != b.value).count();
        let mut pieces = vec![text("SUMPRODUCT(--(")];
        pieces.extend(area(a));
        pieces.push(text("<>"));
        pieces.extend(area(b));
        pieces.push(text("))"));
        Self { pieces, value: Decimal::from(count), binds: 3 }
    }

    /// How many of neighbouring cells lie below or above the limits beside them. Words lie above any.
    pub fn outside(spots: &[Spot], low: &[Spot], high: &[Spot]) -> Self {
        let limits = low.iter().zip(high);
        let is_outside =
            |(spot, (low, high)): &(&Spot, (&Spot, &Spot))| spot.value < low.value || spot.value > high.value;
        let count = spots.iter().zip(limits).filter(is_outside).count();
        let mut pieces = vec![text("SUMPRODUCT((")];
        for (other, between) in [(low, "<"), (high, ">")] {
            pieces.extend(area(spots));
            pieces.push(text(between));
            pieces.extend(area(other));
            pieces.push(text(if between == "<" { ")+(" } else { "))" }));
        }
        Self { pieces, value: Decimal::from(count), binds: 3 }
    }

    /// How many of neighbouring cells are neither zero nor one.
    pub fn neither(spots: &[Spot]) -> Self {
        let is_neither = |spot: &&Spot| !spot.value.is_zero() && spot.value != Decimal::ONE;
        let mut pieces = vec![text("SUMPRODUCT((")];
        pieces.extend(area(spots));
        pieces.push(text("<>0)*("));
        pieces.extend(area(spots));
        pieces.push(text("<>1))"));
        Self { pieces, value: Decimal::from(spots.iter().filter(is_neither).count()), binds: 3 }
    }

    /// The place, from 1, of the first row above nought; a million and more if there is none.
    pub fn first_above_nought(spots: &[Spot], counts: &[Spot]) -> Self {
        let count = |(spot, count): (&Spot, &Spot)| {
            count.value + if spot.value > Decimal::ZERO { Decimal::ZERO } else { Decimal::from(1_000_000) }
        };
        let value = spots.iter().zip(counts).map(count).min().unwrap_or_default();
        let mut pieces = vec![text("SUMPRODUCT(MIN((")];
        pieces.extend(area(spots));
        pieces.push(text("<=0)*1000000+"));
        pieces.extend(area(counts));
        pieces.push(text("))"));
        Self { pieces, value, binds: 3 }
    }

    /// One of two, as a test says.
    pub fn either(test: Test, then: Self, otherwise: Self) -> Self {
        let value = if test.holds { then.value } else { otherwise.value };
        Self::call("IF", vec![test.pieces, then.pieces, otherwise.pieces], value)
    }

    fn test(self, sign: &'static str, other: Self, holds: bool) -> Test {
        let mut pieces = bracketed(self, 1);
        pieces.push(text(sign));
        pieces.extend(bracketed(other, 1));
        Test { pieces, holds }
    }

    /// Whether it is more than another.
    #[must_use]
    pub fn exceeds(self, other: impl Into<Self>) -> Test {
        let other = other.into();
        let holds = self.value > other.value;
        self.test(">", other, holds)
    }

    /// Whether it is another.
    #[must_use]
    pub fn equals(self, other: impl Into<Self>) -> Test {
        let other = other.into();
        let holds = self.value == other.value;
        self.test("=", other, holds)
    }

    fn operate(self, sign: &'static str, other: Self, binds: (u8, u8), value: Decimal) -> Self {
        let mut pieces = bracketed(self, binds.0);
        pieces.push(text(sign));
        pieces.extend(bracketed(other, binds.1));
        Self { pieces, value, binds: binds.0 }
    }
}

impl Test {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        self.holds
    }

    /// Its text on a sheet.
    pub fn text(&self, here: &str) -> String {
        render(&self.pieces, here)
    }
}

fn area(spots: &[Spot]) -> Vec<Piece> {
    match spots {
        [] => vec![text("0")],
        [first, ..] => vec![Piece::Area(Area::of(*first, *spots.last().unwrap_or(first)))],
    }
}

/// In brackets if it binds less than it must.
fn bracketed(live: Live, must: u8) -> Vec<Piece> {
    if live.binds >= must {
        return live.pieces;
    }
    let mut pieces = vec![text("(")];
    pieces.extend(live.pieces);
    pieces.push(text(")"));
    pieces
}

impl<T: Into<Live>> Add<T> for Live {
    type Output = Self;

    fn add(self, other: T) -> Self {
        let other = other.into();
        let value = self.value + other.value;
        self.operate("+", other, (1, 1), value)
    }
}

impl<T: Into<Live>> Sub<T> for Live {
    type Output = Self;

    fn sub(self, other: T) -> Self {
        let other = other.into();
        let value = self.value - other.value;
        self.operate("-", other, (1, 2), value)
    }
}

impl<T: Into<Live>> Mul<T> for Live {
    type Output = Self;

    fn mul(self, other: T) -> Self {
        let other = other.into();
        let value = self.value * other.value;
        self.operate("*", other, (2, 2), value)
    }
}

impl<T: Into<Live>> Div<T> for Live {
    type Output = Self;

    /// By nought it gives nought here; where that can be, a formula tests for it.
    fn div(self, other: T) -> Self {
        let other = other.into();
        let value = self.value.checked_div(other.value).unwrap_or_default();
        self.operate("/", other, (2, 3), value)
    }
}

impl Neg for Live {
    type Output = Self;

    fn neg(self) -> Self {
        let mut pieces = vec![text("-")];
        let value = -self.value;
        pieces.extend(bracketed(self, 3));
        Self { pieces, value, binds: 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(row: u32, column: u16, value: i64) -> Spot {
        Spot { place: Place { sheet: "Costs by year", row, column }, value: Decimal::from(value) }
    }

    #[test]
    fn brackets_stand_where_they_must() {
        let (a, b, c) = (spot(0, 0, 7), spot(1, 27, 2), spot(2, 2, 5));
        let live = (Live::from(a) - (Live::from(b) - c)) * b / (Live::from(c) * a);
        assert_eq!(live.text("Costs by year"), "(A1-(AB2-C3))*AB2/(C3*A1)");
        assert_eq!(Live::from(b).text("Other"), "'Costs by year'!AB2");
        assert_eq!(live.value(), Decimal::from(20) / Decimal::from(35));
        assert_eq!((-(Live::from(a) + b)).penny().text("Costs by year"), "ROUND(-(A1+AB2),2)");
    }
}
