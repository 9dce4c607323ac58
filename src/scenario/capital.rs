//! What lines claim to be capital: what is normally revenue, what is too small, and what is written off.
//!
//! The first two are warnings, since an auditor may have agreed to them; a write-off of nothing is refused.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::keys::Table;
use super::line::{Scope, Terms};
use super::measure::pounds;
use super::reader::Reader;
use super::{Amount, Line, Origin, Unit, When};
use crate::calendar::Month;
use crate::diagnostic::{Code, Diagnostic};
use crate::id::InputId;

/// Words of a category that say that it buys no asset. It is a list of words, not a figure, and so stands here
/// and not among the parameters.
///
/// A right of access to a supplier's software is a service: IFRS Interpretations Committee, *Customer's right to
/// receive access to the supplier's software hosted on the cloud*, March 2019, and *Configuration or
/// customisation costs in a cloud computing arrangement*, March 2021. Training is never part of an intangible
/// asset's cost (IAS 38.67 and 38.69). Support keeps an asset as it is (IAS 38.20); moving data into a system
/// does not make it.
const NORMALLY_REVENUE: [&str; 7] =
    ["subscription", "saas", "cloud", "hosting", "support", "training", "migration"];

/// The smallest cost that may be capital.
const THRESHOLD: &str = "capitalisation.threshold";

impl Reader<'_> {
    /// Warns of capital that is doubtful. Every value of the line must have been read without a fault.
    pub(super) fn check_capital(&mut self, line: &Line, terms: &Terms) {
        if line.flow.is_capital() {
            self.check_category(line, terms);
            self.check_threshold(line);
        }
    }

    fn check_category(&mut self, line: &Line, terms: &Terms) {
        let category = &self.categories[terms.category.place()];
        if !category.split('-').any(|word| NORMALLY_REVENUE.contains(&word)) {
            return;
        }
        let message = format!("`{}` claims capital for `{category}`, which is normally revenue", line.key);
        let warning = Diagnostic::warning(Code::DoubtfulCapital, &line.key, terms.category_at, message);
        let expected = "`treatment = \"revenue\"`, unless the organisation controls what is paid for";
        self.report(warning.expected(expected));
    }

    fn check_threshold(&mut self, line: &Line) {
        let (threshold, _) = self.figure(THRESHOLD, Unit::Pounds);
        let threshold = threshold.central();
        let amounts: Vec<InputId> = match &line.amount {
            Amount::Once(amount) | Amount::Rate(amount) => vec![*amount],
            Amount::ByYear(years) => years.iter().map(|&(_, amount)| amount).collect(),
        };
        let below = |amount: &InputId| {
            let a_year =
                if self.unit(*amount) == Unit::PoundsAMonth { Decimal::from(12) } else { Decimal::ONE };
            let value = self.central(*amount) * a_year;
            // Nothing claims nothing, and a credit is no purchase.
            value > Decimal::ZERO && value < threshold
        };
        let Some(amount) = amounts.into_iter().find(below) else { return };
        let span = match self.inputs[amount.place()].origin {
            Origin::Written(span) => Some(span),
            Origin::Default | Origin::Parameter(_) => None,
        };
        let message = format!("`{}` claims capital below the capitalisation threshold", line.key);
        let expected = format!("at least {}", pounds(threshold.ceil().to_i64().unwrap_or_default()));
        let warning = Diagnostic::warning(Code::BelowThreshold, &line.key, span, message).expected(expected);
        self.report(warning.help("make it revenue, or put what belongs together on one line"));
    }

    /// The month at whose start what a line bought is written off.
    pub(super) fn write_off(&mut self, table: &mut Table<'_>, scope: Scope) -> Option<Month> {
        let field = table.take("written_off")?;
        if matches!(scope, Scope::Service(_)) {
            self.conflict(
                table,
                "written_off",
                "a service's line has no dates of its own: it takes no `written_off`".to_owned(),
            );
            return None;
        }
        let horizon = self.horizon?;
        self.month_of_event(&field).filter(|&month| month <= horizon.last())
    }

    /// Refuses a write-off of nothing: none of the lines under these terms is capital, or none bought anything
    /// by then.
    pub(super) fn check_write_off(&mut self, table: &Table<'_>, terms: &Terms, lines: &[Line]) {
        let Some(month) = terms.written_off.filter(|_| !lines.is_empty()) else { return };
        let mut capital = lines.iter().filter(|line| line.flow.is_capital()).peekable();
        if capital.peek().is_none() {
            let message = "only what capital has bought can be written off".to_owned();
            self.conflict(table, "written_off", message);
        } else if capital.all(|line| self.bought_from(line) >= month) {
            let message = format!("nothing is bought before {month}, so there is nothing to write off");
            self.conflict(table, "written_off", message);
        }
    }

    /// The first month that a line may fall in.
    fn bought_from(&self, line: &Line) -> Month {
        let horizon = self.horizon_or_any();
        match (&line.amount, line.from) {
            (Amount::ByYear(years), _) => {
                let first = years.iter().find(|(_, amount)| !self.central(*amount).is_zero());
                first.map_or(horizon.last(), |(year, _)| horizon.month(horizon.months_of(*year).start))
            }
            (_, When::Month(from)) => from,
            (_, When::FromLive(_)) => horizon.start(),
        }
    }
}
