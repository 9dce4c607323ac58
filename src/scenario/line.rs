//! Cost and benefit lines: what is stated rather than derived. `[cost]`, `[benefit]`, and the same inside a
//! service or an option.

use std::collections::BTreeSet;

use super::document::Value;
use super::keys::{Field, Table};
use super::kit::table_of;
use super::measure::{self, Measure};
use super::people::VATS;
use super::quantity::short;
use super::reader::{Fallback, Reader};
use super::service::{DISCOUNTS, GAINS};
use super::{Amount, Flow, Line, Prices, Shares, Unit, Vat, When};
use crate::calendar::{FinancialYear, Month};
use crate::diagnostic::{Code, Span};
use crate::id::{CategoryId, IndexId, InputId, LineId, OptionId, ServiceId};
use crate::ledger::{Kind, Treatment};

/// Whether lines are costs or benefits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Cost,
    Benefit,
}

/// Where lines stand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    /// At the top of the file.
    Programme,
    /// Inside an option.
    Option(OptionId),
    /// Inside a service: dates are relative to its go-live.
    Service(ServiceId),
}

/// What a line says besides its amount; for a table, of every row that does not say otherwise.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) name: String,
    pub(super) category: CategoryId,
    pub(super) treatment: Treatment,
    pub(super) vat: Vat,
    pub(super) life: Option<InputId>,
    pub(super) kind: Option<Kind>,
    pub(super) health: bool,
    pub(super) index: IndexId,
    pub(super) prices: Prices,
    pub(super) options: Vec<OptionId>,
    pub(super) service: Option<ServiceId>,
    pub(super) shares: Shares,
    /// Of the capital among them.
    pub(super) written_off: Option<Month>,
    /// Where the category is written, if it is.
    pub(super) category_at: Option<Span>,
}

/// The word for amounts in the cash of the year in which they fall.
pub(super) const NOMINAL: &str = "nominal";

/// What money may be for.
pub(super) const TREATMENTS: [(&str, Treatment); 2] =
    [("capital", Treatment::Capital), ("revenue", Treatment::Revenue)];

impl Terms {
    /// A line under these terms, with its dates open.
    pub(super) fn line(&self, key: String, flow: Flow, amount: Amount, from: When) -> Line {
        Line {
            key,
            name: self.name.clone(),
            flow,
            amount,
            from,
            to: None,
            every: None,
            index: self.index,
            prices: self.prices,
            options: self.options.clone(),
            service: self.service,
            shares: self.shares.clone(),
            written_off: self.written_off.filter(|_| flow.is_capital()),
            refund_of: None,
        }
    }

    /// What these terms make of a cost.
    pub(super) fn cost(&self) -> Flow {
        let life = self.life.unwrap_or(InputId::new(0));
        Flow::Cost { category: self.category, treatment: self.treatment, vat: self.vat, life }
    }
}

impl Flow {
    /// Whether it is a cost that is capital.
    pub fn is_capital(self) -> bool {
        matches!(self, Self::Cost { treatment: Treatment::Capital, .. })
    }
}

impl Reader<'_> {
    /// Reads the lines of a side inside a table; they join the list. Gives the lines of each name: a table
    /// has one for each row.
    pub(super) fn lines(
        &mut self,
        parent: &mut Table<'_>,
        side: Side,
        scope: Scope,
        lines: &mut Vec<Line>,
    ) -> Vec<(String, Vec<LineId>)> {
        let key = match side {
            Side::Cost => "cost",
            Side::Benefit => "benefit",
        };
        self.each(parent, key, |reader, field| {
            let first = lines.len();
            reader.line(field, side, scope, lines);
            (field.key().to_owned(), (first..lines.len()).map(LineId::new).collect())
        })
    }

    fn line(&mut self, field: &Field<'_>, side: Side, scope: Scope, lines: &mut Vec<Line>) {
        let mut table = table_of(field);
        let (first, stand_ins) = (lines.len(), self.stand_ins());
        let terms = self.terms(&mut table, field, side, scope);
        let refund = if side == Side::Cost { table.take("refund_of") } else { None };
        if let Some(file) = table.take("table") {
            if matches!(scope, Scope::Service(_)) {
                self.conflict(&table, "table", "a service's line has an amount, not a table".to_owned());
            } else {
                self.excludes(&table, "table", &["amount", "by_year", "from", "to", "every"]);
                self.sheet(&mut table, &file, side, &terms, lines);
            }
            for key in ["amount", "by_year", "from", "to", "every"] {
                table.take(key);
            }
        } else {
            self.only_with(&table, "unit", "table");
            table.take("unit");
            let line = self.stated(&mut table, side, &terms, scope);
            if stand_ins == self.stand_ins() {
                self.check_capital(&line, &terms);
            }
            lines.push(line);
        }
        if stand_ins == self.stand_ins() {
            self.check_write_off(&table, &terms, &lines[first..]);
            if let Some(refund) = refund {
                self.note_refund(&refund, first..lines.len());
            }
        }
        table.finish(self);
    }

    fn terms(&mut self, table: &mut Table<'_>, field: &Field<'_>, side: Side, scope: Scope) -> Terms {
        let name = self.called(table, field);
        let options = match scope {
            Scope::Programme => self.options_of(table),
            Scope::Option(option) => vec![option],
            Scope::Service(_) => self.all_options(),
        };
        let index = self.index(table, "general");
        let mut terms = Terms {
            name,
            category: CategoryId::new(0),
            treatment: Treatment::Revenue,
            vat: Vat::None,
            life: None,
            kind: None,
            health: false,
            index,
            prices: self.price_basis(table, index),
            options,
            service: if let Scope::Service(service) = scope { Some(service) } else { None },
            shares: self.shares(table),
            written_off: self.write_off(table, scope),
            category_at: None,
        };
        match side {
            Side::Cost => {
                terms.category_at = table.clone().take("category").map(|field| field.node.span);
                terms.category = self.category_of(table);
                terms.treatment = self.choice_of(table, "treatment", &TREATMENTS, Treatment::Revenue);
                terms.vat = self.choice_of(table, "vat", &VATS, Vat::None);
                let life = Fallback::Figure("default.useful-life");
                terms.life = Some(self.input(table, "life", measure::CYCLE, life));
            }
            Side::Benefit => {
                terms.kind = table.take("kind").and_then(|field| self.choice(&field, &GAINS));
                if !table.has("kind") && !table.has("table") {
                    self.missing(table, "kind", "kind = \"cash-releasing\"");
                }
                terms.health = self.choice_of(table, "discount", &DISCOUNTS, false);
            }
        }
        terms
    }

    fn all_options(&self) -> Vec<OptionId> {
        (0..self.names.of(super::names::Sort::Option).len()).map(OptionId::new).collect()
    }

    fn category_of(&mut self, table: &mut Table<'_>) -> CategoryId {
        let Some(field) = table.take("category") else { return self.category("other") };
        let Some(name) = self.text(&field) else { return self.category("other") };
        if !is_category(&name) {
            let message = format!("`{}` can't be a category", short(&name));
            self.fault(
                Code::WrongSort,
                &field,
                message,
                "lower-case letters, digits and hyphens, like \"licence\"",
            );
            return self.category("other");
        }
        self.category(&name)
    }

    fn price_basis(&mut self, table: &mut Table<'_>, index: IndexId) -> Prices {
        let base = Prices::Year(self.prices);
        let Some(field) = table.take("prices") else { return base };
        if field.text() == Some(NOMINAL) {
            return Prices::Nominal;
        }
        let Some(year) = self.year_near(&field) else { return base };
        self.stated_in(index, year);
        Prices::Year(year)
    }

    /// A line whose amount is stated beside it.
    fn stated(&mut self, table: &mut Table<'_>, side: Side, terms: &Terms, scope: Scope) -> Line {
        let in_service = matches!(scope, Scope::Service(_));
        let stated = table.has("amount") || table.has("by_year") || table.has("table");
        if !stated {
            self.missing(table, "amount", "amount = \"£240k\"` or `by_year` or `table");
        }
        let by_year = if in_service { None } else { table.take("by_year") };
        let amount = table.take("amount");
        let amount = match (by_year, amount) {
            (Some(by_year), _) => {
                self.excludes(table, "by_year", &["amount", "from", "to", "every"]);
                Amount::ByYear(self.by_year(&by_year, measure::SUM, measure::YEARLY_SUM))
            }
            (None, Some(amount)) => {
                let id = self.written(&amount, measure::AMOUNT);
                if self.unit(id) == Unit::Pounds { Amount::Once(id) } else { Amount::Rate(id) }
            }
            (None, None) => Amount::ByYear(Vec::new()),
        };
        let flow = match side {
            Side::Cost => terms.cost(),
            Side::Benefit => {
                Flow::Benefit { kind: terms.kind.unwrap_or(Kind::Societal), health: terms.health }
            }
        };
        let every = self.input_if_written(table, "every", measure::CYCLE);
        match amount {
            Amount::Rate(_) if table.has("every") => {
                self.conflict(
                    table,
                    "every",
                    "an amount a year or a month goes on: it takes no `every`".to_owned(),
                );
            }
            Amount::Once(_) => self.only_with(table, "to", "every"),
            Amount::Rate(_) | Amount::ByYear(_) => {}
        }
        let key = table.base().to_owned();
        if in_service {
            let (from, to) = self.shifts(table);
            return Line { to, every, ..terms.line(key, flow, amount, from) };
        }
        let goes_on = !matches!(amount, Amount::Once(_)) || every.is_some();
        let Some((from, to)) = self.span(table, goes_on) else {
            // Left out of this horizon: there is nothing in any year.
            let start = When::Month(self.horizon_or_any().start());
            return terms.line(key, flow, Amount::ByYear(Vec::new()), start);
        };
        Line { to: to.map(When::Month), every, ..terms.line(key, flow, amount, When::Month(from)) }
    }

    /// The dates of a service's line: months after its go-live.
    fn shifts(&mut self, table: &mut Table<'_>) -> (When, Option<When>) {
        let from = self.input(table, "from", measure::SHIFT, Fallback::Nought);
        let to = self.input_if_written(table, "to", measure::SHIFT);
        if to.is_some_and(|to| self.central(to) < self.central(from)) {
            self.conflict(table, "to", "`to` is before `from`".to_owned());
        }
        (When::FromLive(from), to.map(When::FromLive))
    }

    /// Money by financial year: each year for itself, or `{ from, to, amount }`.
    pub(super) fn by_year(
        &mut self,
        field: &Field<'_>,
        of_a_year: Measure,
        a_year: Measure,
    ) -> Vec<(FinancialYear, InputId)> {
        if !matches!(field.node.value, Value::Table(_)) {
            self.wrong_sort(field, "a table of years, like `{ \"2026-27\" = \"£500k\" }`");
            return Vec::new();
        }
        let mut table = Table::of(field);
        if ["from", "to", "amount"].iter().any(|key| table.has(key)) {
            let years = self.year_span(&mut table);
            let amount = self.input(&mut table, "amount", a_year, Fallback::Required);
            table.finish(self);
            return years.unwrap_or_default().into_iter().map(|year| (year, amount)).collect();
        }
        let mut seen = BTreeSet::new();
        let mut years: Vec<(FinancialYear, InputId)> = Vec::new();
        for entry in table.take_all() {
            let amount = self.written(&entry, of_a_year);
            let Some(year) = self.year_key(&entry) else { continue };
            if !seen.insert(year) {
                self.year_twice(&entry, year);
            } else if self.year_inside(year, &entry.path, entry.key_span) {
                years.push((self.moved_year(year), amount));
            }
        }
        years.sort_by_key(|(year, _)| *year);
        years
    }

    /// The years from `from` to `to` that lie inside the horizon, where their money falls.
    fn year_span(&mut self, table: &mut Table<'_>) -> Option<Vec<FinancialYear>> {
        let [from, to] = ["from", "to"].map(|key| {
            let field = self.required(table, key, &format!("{key} = \"2026-27\""))?;
            Some((self.year(&field)?, field))
        });
        let ((from, first), (to, last)) = (from?, to?);
        if from > to {
            self.conflict(table, "to", format!("`to` ({to}) is before `from` ({from})"));
            return None;
        }
        Some(self.years_inside((from, &first), (to, &last)))
    }
}

/// Whether a text can be a category: it is a column and a key in outputs.
pub(super) fn is_category(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.len() <= 60 && name.chars().all(plain)
}
