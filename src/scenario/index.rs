//! Price indices: the edition's, those of `[index.NAME]`, and `none`, which is flat in cash.
//!
//! An index that something follows must have a growth rate for every year from the earliest price base to
//! the last year of the horizon; one that lacks a year is refused rather than taken as flat.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::document::{Node, Value};
use super::estimate::is_estimate;
use super::keys::{Field, Table};
use super::measure;
use super::names::Name;
use super::reader::Reader;
use super::{Estimate, Origin, PriceIndex, Unit};
use crate::calendar::FinancialYear;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::id::{IndexId, InputId};

/// The deflator.
const GENERAL: &str = "general";
/// Flat in cash.
const FLAT: &str = "none";

/// The indices of a scenario while it is read.
#[derive(Debug, Default)]
pub(super) struct Indices {
    /// Those that something follows, and where it first does.
    followed: Vec<(String, Option<Span>)>,
    /// Those that the scenario writes.
    written: BTreeMap<String, Written>,
    /// Years whose prices something is stated in, and the index that leads from there.
    years: Vec<(IndexId, FinancialYear)>,
}

/// What `[index.NAME]` says.
#[derive(Debug)]
struct Written {
    span: Span,
    /// One rate for every year.
    every: Option<InputId>,
    by_year: BTreeMap<FinancialYear, InputId>,
    /// For the years after the last one stated.
    after: Option<InputId>,
}

impl Written {
    fn growth(&self, year: FinancialYear) -> Option<InputId> {
        let stated = self.every.or_else(|| self.by_year.get(&year).copied());
        let last = self.by_year.keys().next_back();
        stated.or(self.after.filter(|_| last.is_none_or(|&last| year > last)))
    }
}

impl Reader<'_> {
    /// Reads `[index]`.
    pub(super) fn read_indices(&mut self, root: &mut Table<'_>) {
        self.indices.followed.push((GENERAL.to_owned(), None));
        let Some(mut table) = root.table("index", self) else { return };
        for field in table.take_all() {
            self.check_name(&field);
            if field.key() == FLAT {
                let message = "the index `none` is flat in cash and has no growth".to_owned();
                self.fault(Code::Conflict, &field, message, "another name");
            }
            if self.is_table(&field) {
                self.read_index(&field);
            }
        }
    }

    fn read_index(&mut self, field: &Field<'_>) {
        let mut table = Table::of(field);
        let mut written =
            Written { span: field.key_span, every: None, by_year: BTreeMap::new(), after: None };
        match table.take("growth") {
            None => self.missing(&table, "growth", "growth = \"2.5%\""),
            Some(growth) if is_by_year(growth.node) => {
                for entry in Table::of(&growth).take_all() {
                    if entry.key() == "after" {
                        written.after = Some(self.written(&entry, measure::GROWTH));
                    } else if let Some(year) = self.year_key(&entry) {
                        let rate = self.written(&entry, measure::GROWTH);
                        if written.by_year.insert(year, rate).is_some() {
                            self.year_twice(&entry, year);
                        }
                    }
                }
            }
            Some(growth) => written.every = Some(self.written(&growth, measure::GROWTH)),
        }
        table.finish(self);
        self.indices.written.insert(field.key().to_owned(), written);
    }

    /// The index under the key `index`, or the one that stands for it.
    pub(super) fn index(&mut self, table: &mut Table<'_>, default: &str) -> IndexId {
        let Some(field) = table.take("index") else { return self.follow(default, None) };
        let Some(name) = self.text(&field) else { return IndexId::new(0) };
        let mut known: Vec<String> = self.edition.index_names().into_iter().map(str::to_owned).collect();
        known.push(FLAT.to_owned());
        known.extend(
            self.indices
                .written
                .keys()
                .filter(|name| self.edition.index_names().iter().all(|n| n != name))
                .cloned(),
        );
        if known.contains(&name) {
            return self.follow(&name, Some(field.node.span));
        }
        self.unknown_name(&field, "index", &name, &known);
        IndexId::new(0)
    }

    fn follow(&mut self, name: &str, span: Option<Span>) -> IndexId {
        let known = self.indices.followed.iter().position(|(followed, _)| followed == name);
        IndexId::new(known.unwrap_or_else(|| {
            self.indices.followed.push((name.to_owned(), span));
            self.indices.followed.len() - 1
        }))
    }

    /// Notes that something which follows an index is stated in the prices of a year.
    pub(super) fn stated_in(&mut self, index: IndexId, year: FinancialYear) {
        self.indices.years.push((index, year));
    }

    /// The indices that the scenario writes and nothing follows.
    pub(super) fn unfollowed(&self) -> Vec<Name> {
        let followed = |name: &str| self.indices.followed.iter().any(|(followed, _)| followed == name);
        let unfollowed = self.indices.written.iter().filter(|(name, _)| !followed(name));
        unfollowed.map(|(name, written)| Name { name: name.clone(), span: written.span }).collect()
    }

    /// Every index that something follows, with its growth in all the years that are needed.
    pub(super) fn price_indices(&mut self) -> Vec<PriceIndex> {
        let horizon = self.horizon_or_any();
        let last = horizon.year(horizon.years() - 1);
        let always = [self.prices, horizon.first_year(), last];
        let followed = self.indices.followed.clone();
        let index = |(place, (name, span)): (usize, (String, Option<Span>))| {
            // Prices of other years meet only where something is stated in them.
            let stated = self.indices.years.iter().filter(|(index, _)| index.place() == place);
            let years = stated.map(|&(_, year)| year).chain(always);
            let (first, last) = years.fold((last, last), |(low, high), year| (low.min(year), high.max(year)));
            self.price_index(name, span, first, last)
        };
        followed.into_iter().enumerate().map(index).collect()
    }

    fn price_index(
        &mut self,
        name: String,
        span: Option<Span>,
        first: FinancialYear,
        last: FinancialYear,
    ) -> PriceIndex {
        let mut growth = BTreeMap::new();
        let mut missing = Vec::new();
        // Growth into the first year would lead from a year that nothing is stated in.
        for year in first.plus(1).to(last) {
            match self.growth(&name, year) {
                Some(rate) => {
                    growth.insert(year, rate);
                }
                None => missing.push(year),
            }
        }
        if let Some(year) = missing.first() {
            let more = match missing.len() - 1 {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            let span = self.indices.written.get(&name).map(|written| written.span).or(span);
            let message = format!("the index `{name}` has no growth rate for {year}{more}");
            let fault = Diagnostic::error(Code::MissingGrowth, format!("index.{name}"), span, message);
            self.report(
                fault.expected(format!("growth for every year from {} to {last}", first.plus(1))).help(
                    format!("add `[index.{name}]` with `growth = {{ \"{year}\" = \"2%\", after = \"2%\" }}`"),
                ),
            );
        }
        PriceIndex { name, growth }
    }

    fn growth(&mut self, name: &str, year: FinancialYear) -> Option<InputId> {
        if name == FLAT {
            let flat = Estimate::Point(Decimal::ZERO);
            return Some(self.add(
                format!("index.{FLAT}.growth"),
                measure::GROWTH,
                Unit::Rate,
                flat,
                Origin::Default,
            ));
        }
        if let Some(rate) = self.indices.written.get(name).and_then(|written| written.growth(year)) {
            return Some(rate);
        }
        let key = self.edition.growth(name, year)?.key.clone();
        Some(self.parameter(&key, Unit::Rate))
    }
}

/// Whether growth is stated year by year, not as one (perhaps uncertain) rate.
fn is_by_year(node: &Node) -> bool {
    matches!(node.value, Value::Table(_)) && !is_estimate(node)
}
