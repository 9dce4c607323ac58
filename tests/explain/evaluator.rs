//! Evaluates an explanation: it knows the operations, and nothing of what a figure means.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;

/// What something comes to. Months count from January of year 0.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Number(Decimal),
    Month(i32),
    Year(String),
    Nothing,
}

impl Outcome {
    /// As it is written: digits, `2028-03`, `2028-29` or null.
    pub(crate) fn read(value: &Value) -> Self {
        let Some(text) = value.as_str() else { return Self::Nothing };
        if let Ok(number) = text.parse() {
            return Self::Number(number);
        }
        let Some((year, rest)) = text.split_once('-') else { return Self::Nothing };
        let (Ok(year), Ok(number)) = (year.parse::<i32>(), rest.parse::<i32>()) else { return Self::Nothing };
        if (year + 1) % 100 == number && number > 12 {
            Self::Year(text.to_owned())
        } else {
            Self::Month(year * 12 + number - 1)
        }
    }

    /// Whether it is what was said: money to the penny and more, months within the horizon.
    pub(crate) fn agrees(&self, said: &Self, horizon_end: i32) -> bool {
        match (self, said) {
            (Self::Number(a), Self::Number(b)) => (a - b).abs() < Decimal::new(1, 12),
            (Self::Month(month), Self::Nothing) => *month > horizon_end,
            (a, b) => a == b,
        }
    }

    fn number(&self) -> Decimal {
        if let Self::Number(number) = self { *number } else { Decimal::ZERO }
    }
}

/// The explanation being evaluated; each figure once.
pub(crate) struct Evaluator<'v> {
    told: &'v Value,
    known: BTreeMap<String, Outcome>,
}

impl<'v> Evaluator<'v> {
    pub(crate) fn new(told: &'v Value) -> Self {
        Self { told, known: BTreeMap::new() }
    }

    pub(crate) fn horizon_end(&self) -> i32 {
        match Outcome::read(&self.told["horizon_end"]) {
            Outcome::Month(month) => month,
            other => panic!("{other:?}"),
        }
    }

    /// What a figure comes to, from its operands alone.
    pub(crate) fn figure(&mut self, name: &str) -> Outcome {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let told = &self.told["figures"][name];
        let outcome = self.formula(told);
        let said = Outcome::read(&told["value"]);
        assert!(outcome.agrees(&said, self.horizon_end()), "{name}: {outcome:?} is not {said:?}");
        // What is beyond the horizon is nothing to those who build on it.
        let outcome = if said == Outcome::Nothing { said } else { outcome };
        self.known.insert(name.to_owned(), outcome.clone());
        outcome
    }

    fn operand(&mut self, term: &Value) -> Outcome {
        let said = Outcome::read(&term["value"]);
        if let Some(name) = term["figure"].as_str() {
            // Deeper than was asked: what is said is all there is.
            return if self.told["figures"].get(name).is_some() { self.figure(name) } else { said };
        }
        if !term["operation"].is_string() {
            assert!(
                ["input", "constant", "written"].iter().any(|leaf| !term[leaf].is_null()),
                "a leaf says what it is: {term}"
            );
            return said;
        }
        let outcome = self.formula(term);
        assert!(outcome.agrees(&said, i32::MAX), "{}: {outcome:?} is not {said:?}", term["label"]);
        outcome
    }

    fn formula(&mut self, told: &Value) -> Outcome {
        let operands = told["operands"].as_array().expect("operands");
        let values: Vec<Outcome> = operands.iter().map(|term| self.operand(term)).collect();
        let whens: Vec<Outcome> = operands.iter().map(|term| Outcome::read(&term["when"])).collect();
        let outcome = operate(told["operation"].as_str().expect("an operation"), &values, &whens);
        match (outcome, told["rounded"].as_str()) {
            (Outcome::Number(number), Some("penny")) => {
                Outcome::Number(number.round_dp_with_strategy(2, MidpointAwayFromZero))
            }
            (Outcome::Number(number), Some("whole")) => {
                Outcome::Number(number.round_dp_with_strategy(0, MidpointAwayFromZero))
            }
            (Outcome::Number(number), Some("up")) => Outcome::Number(number.ceil()),
            (outcome, None) => outcome,
            (Outcome::Nothing, Some(_)) => Outcome::Nothing,
            (outcome, Some(rounded)) => panic!("{outcome:?} rounded to {rounded}"),
        }
    }
}

fn operate(operation: &str, values: &[Outcome], whens: &[Outcome]) -> Outcome {
    let numbers = || values.iter().map(Outcome::number);
    let arithmetic = ["sum", "difference", "product", "quotient"].contains(&operation);
    if arithmetic && values.contains(&Outcome::Nothing) {
        return Outcome::Nothing;
    }
    let reduce =
        |of: fn(Decimal, Decimal) -> Decimal| Outcome::Number(numbers().reduce(of).unwrap_or_default());
    match operation {
        "sum" => reduce(|a, b| a + b),
        "difference" => reduce(|a, b| a - b),
        "product" => reduce(|a, b| a * b),
        "quotient" => reduce(|a, b| a / b),
        "least" | "greatest" => extreme(operation == "least", values),
        "root" => {
            let value = values[0].number();
            Outcome::Number((0..6).fold(Decimal::ONE, |guess, _| (guess + value / guess) / Decimal::TWO))
        }
        "if-at-least" => values[if values[0].number() >= values[1].number() { 2 } else { 3 }].clone(),
        "months-later" => match values[0] {
            Outcome::Month(month) => {
                let more: Decimal = values[1..].iter().map(Outcome::number).sum();
                Outcome::Month(month + more.to_i32().expect("months"))
            }
            _ => Outcome::Nothing,
        },
        "months-between" => match (&values[0], &values[1]) {
            (Outcome::Month(a), Outcome::Month(b)) => Outcome::Number((a - b).into()),
            _ => Outcome::Nothing,
        },
        "month-reached" => {
            let (mut sum, nearly) = (Decimal::ZERO, Decimal::new(1, 9));
            for (value, when) in values.iter().zip(whens).skip(1) {
                sum += value.number();
                if sum + nearly >= values[0].number() {
                    return when.clone();
                }
            }
            Outcome::Nothing
        }
        "first-above-nought" => {
            let first = values.iter().position(|value| value.number() > Decimal::ZERO);
            first.map_or(Outcome::Nothing, |place| whens[place].clone())
        }
        "paid-back" => {
            let (mut sum, mut below) = (Decimal::ZERO, None);
            for (place, number) in numbers().enumerate() {
                sum += number;
                if sum < Decimal::ZERO {
                    below = Some(place);
                }
            }
            below.and_then(|place| whens.get(place + 1)).cloned().unwrap_or(Outcome::Nothing)
        }
        "year-of-greatest" => {
            let greatest = numbers().max().unwrap_or_default();
            let place = numbers().position(|number| number == greatest);
            place.map_or(Outcome::Nothing, |place| whens[place].clone())
        }
        "rate-of-return" => rate_of_return(&numbers().filter_map(|n| n.to_f64()).collect::<Vec<_>>()),
        other => panic!("an operation that the format doesn't have: {other}"),
    }
}

/// By trying rates, from a thousandth of a pound left after a year to a thousand pounds: how often the present value
/// changes its sign, and where.
fn rate_of_return(gains: &[f64]) -> Outcome {
    const STEPS: i32 = 20_000;
    let worth = |growth: f64| gains.iter().rev().fold(0.0, |sum, gain| sum / growth + gain);
    let growth = |step: i32| 10_f64.powf(-3.0 + 6.0 * f64::from(step) / f64::from(STEPS));
    let mut found = Vec::new();
    for step in 0..STEPS {
        let (mut low, mut high) = (growth(step), growth(step + 1));
        let below = worth(low) < 0.0;
        if (worth(high) < 0.0) == below {
            continue;
        }
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            if (worth(middle) < 0.0) == below { low = middle } else { high = middle }
        }
        found.push(high - 1.0);
    }
    match found.as_slice() {
        &[rate] => Outcome::Number(Decimal::from_f64_retain(rate).expect("a rate").round_dp(6)),
        _ => Outcome::Nothing,
    }
}

fn extreme(least: bool, values: &[Outcome]) -> Outcome {
    if values.contains(&Outcome::Nothing) {
        return Outcome::Nothing;
    }
    let months: Vec<i32> =
        values.iter().filter_map(|v| if let Outcome::Month(m) = v { Some(*m) } else { None }).collect();
    if months.len() == values.len() && !values.is_empty() {
        let best = if least { months.iter().min() } else { months.iter().max() };
        return best.map_or(Outcome::Nothing, |&month| Outcome::Month(month));
    }
    let numbers = values.iter().map(Outcome::number);
    let best = if least { numbers.min() } else { numbers.max() };
    best.map_or(Outcome::Nothing, Outcome::Number)
}
