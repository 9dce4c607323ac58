//! The month that `docs/model.md` works by hand: its sums come to what stands behind them, and its postings are those of
//! the ledger. Both are read from the page, so that neither can drift from it.

#![cfg(feature = "cli")]

use std::fs;
use std::iter::Peekable;
use std::path::Path;
use std::str::Chars;

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

use crate::shared::{Scenario, pounds};

/// What begins each line of arithmetic in the section, in its order.
const LABELS: [&str; 13] = [
    "8b ",
    "8a ",
    "7 ",
    "team ",
    "pay ",
    "contractors ",
    "VAT on them ",
    "tools ",
    "central pension ",
    "ramp(0)  =",
    "capacity =",
    "cash ",
    "real ",
];

fn section() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/model.md");
    let page = fs::read_to_string(path).expect("the page").replace("\r\n", "\n");
    let (_, after) = page.split_once("\n## 12. A month worked by hand\n").expect("the section");
    after.split("\n## ").next().expect("its end").to_owned()
}

#[test]
fn each_sum_of_the_worked_month_comes_to_what_it_says() {
    let section = section();
    let lines: Vec<&str> = section
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.contains('='))
        .collect();
    let labelled: Vec<&str> = lines
        .iter()
        .map(|line| {
            *LABELS.iter().find(|label| line.starts_with(**label)).unwrap_or_else(|| panic!("{line}"))
        })
        .collect();
    assert_eq!(labelled, LABELS, "every line of arithmetic is known and stands in its place");
    for (line, label) in lines.iter().zip(labelled) {
        let (sum, result) = line[label.len()..].split_once('=').expect("a sum and its result");
        let result: String =
            result.chars().skip_while(|c| !c.is_ascii_digit()).take_while(|c| is_figure(*c)).collect();
        let result = pounds(result.trim_end_matches(','));
        let found = value(sum).round_dp_with_strategy(result.scale(), MidpointAwayFromZero);
        assert_eq!(found, result, "{line}");
    }
}

#[test]
fn the_postings_of_the_worked_month_are_those_of_the_ledger() {
    let section = section();
    let ledger = Scenario::shipped("patient-access").ledger();
    let mut cash = Decimal::ZERO;
    let mut held = 0;
    for (name, category, kind) in [
        ("pay", "pay", "cost"),
        ("contractors", "contractor", "cost"),
        ("VAT", "contractor", "vat"),
        ("tools", "non-pay", "cost"),
        ("central pension", "pay", "central-pension"),
    ] {
        let row = section.lines().find(|line| line.starts_with(&format!("| {name} |"))).expect("a row");
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        for (cell, activity) in [(cells[2], "forming"), (cells[3], "discovery")] {
            let amount = pounds(cell.trim_start_matches('£'));
            let posted = ledger.iter().filter(|row| {
                row.option == "team"
                    && row.month == "2026-06"
                    && row.element.starts_with("stream.first")
                    && [&row.activity, &row.category, &row.kind] == [activity, category, kind]
            });
            let (economic, financial) = posted.fold((Decimal::ZERO, Decimal::ZERO), |sum, row| {
                (sum.0 + row.economic, sum.1 + row.financial)
            });
            let nought = Decimal::ZERO;
            let expected = match cells[4] {
                "both" => (amount, amount),
                "financial" => (nought, amount),
                "economic" => (amount, nought),
                other => panic!("no case `{other}`"),
            };
            assert_eq!((economic, financial), expected, "{name}, {activity}");
            cash += financial;
            held += 1;
        }
    }
    assert_eq!(held, 10);
    let (_, said) = section.split_once("Cash of the month: ").expect("the sum");
    let (sum, result) = said.split_once('=').expect("a sum and its result");
    let result: String =
        result.chars().skip_while(|c| !c.is_ascii_digit()).take_while(|c| is_figure(*c)).collect();
    assert_eq!((value(sum), cash), (pounds(result.trim_end_matches(',')), value(sum)));
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ',' | '.')
}

/// What a sum comes to, words and signs of pounds left out: `(88% × 8 + 0.48) heads × £6,000 / 12`.
fn value(sum: &str) -> Decimal {
    let plain = sum.replace('½', "0.5").replace('×', "*").replace(['£', ','], "");
    let plain: String = plain.chars().filter(|c| c.is_ascii_digit() || "+-*/().%".contains(*c)).collect();
    let mut rest = plain.chars().peekable();
    let value = added(&mut rest);
    assert_eq!(rest.next(), None, "{sum}");
    value
}

fn added(rest: &mut Peekable<Chars<'_>>) -> Decimal {
    let mut value = multiplied(rest);
    while let Some(sign) = rest.next_if(|c| matches!(c, '+' | '-')) {
        let next = multiplied(rest);
        value = if sign == '+' { value + next } else { value - next };
    }
    value
}

fn multiplied(rest: &mut Peekable<Chars<'_>>) -> Decimal {
    let mut value = single(rest);
    while let Some(sign) = rest.next_if(|c| matches!(c, '*' | '/')) {
        let next = single(rest);
        value = if sign == '*' { value * next } else { value / next };
    }
    value
}

fn single(rest: &mut Peekable<Chars<'_>>) -> Decimal {
    if rest.next_if_eq(&'(').is_some() {
        let value = added(rest);
        assert_eq!(rest.next(), Some(')'));
        return value;
    }
    let digits: String = std::iter::from_fn(|| rest.next_if(|c| c.is_ascii_digit() || *c == '.')).collect();
    let value: Decimal = digits.parse().unwrap_or_else(|_| panic!("`{digits}` is no figure"));
    if rest.next_if_eq(&'%').is_some() { value / Decimal::ONE_HUNDRED } else { value }
}
