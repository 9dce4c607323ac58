//! A portfolio: many scenarios in one table, what they come to by year, and whether the funds that they share stretch.
//!
//! Of each case only what the tables need is kept, a [`Member`], so that a thousand fit in memory. It refuses to add
//! up what does not add up: present values with unlike price bases, first years or discount schedules.

mod rows;
mod shared;
mod tables;
mod totals;
mod value;

pub use rows::{portfolio_by_year_rows, portfolio_fund_rows, portfolio_rows};
pub use shared::{Pot, PotYear};
pub use tables::portfolio_tables;
pub use totals::{Choice, YearTotal, choices};
pub use value::portfolio_value;

use rust_decimal::Decimal;

use super::Case;
use crate::appraisal::OptionAppraisal;
use crate::calendar::FinancialYear;
use crate::funding::Funding;
use crate::plan::FundKind;

/// What a portfolio keeps of a scenario.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its file, as the user knows it.
    pub file: String,
    /// The programme's name.
    pub name: String,
    /// The organisation; may be empty.
    pub organisation: String,
    /// What its present values rest on.
    pub basis: Basis,
    /// The parameter edition.
    pub edition: String,
    /// Its options, in file order.
    pub parts: Vec<Part>,
    /// Its funds, in file order.
    pub funds: Vec<Terms>,
}

/// What present values rest on: only those of the same basis add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The first financial year, to which is discounted.
    pub first: FinancialYear,
    /// The year of the prices.
    pub prices: FinancialYear,
    /// The discount schedule.
    pub discount: String,
    /// Whether factors are of the middle of the year.
    pub mid_year: bool,
}

/// An option of a scenario.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name in the file.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Whether the others are measured against it.
    pub is_baseline: bool,
    /// Its measures; pounds.
    pub measures: OptionAppraisal<Decimal>,
    /// What its scenario's funds pay of it, as if nobody else drew on them; nothing where the scenario has no funds.
    pub funding: Option<Funding<Decimal>>,
}

/// What a fund says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Its name for people.
    pub name: String,
    /// What it may pay for.
    pub kind: FundKind,
    /// Whether what is unspent stays.
    pub carry_forward: bool,
}

impl Member {
    /// What is kept of a case that came from a file.
    pub fn new(file: &str, case: &Case) -> Self {
        let programme = &case.scenario.programme;
        let parts = case.run.appraisal.options.iter().zip(&case.scenario.options);
        let part =
            |(measures, option): (&OptionAppraisal<Decimal>, &crate::scenario::ProgrammeOption)| Part {
                id: option.id.clone(),
                name: option.name.clone(),
                is_baseline: case.plan.baseline == Some(measures.id),
                measures: measures.clone(),
                funding: (!case.scenario.funds.is_empty())
                    .then(|| case.run.funding[measures.id.place()].clone()),
            };
        let terms = case.scenario.funds.iter().map(|fund| Terms {
            name: fund.name.clone(),
            kind: fund.kind,
            carry_forward: fund.carry_forward,
        });
        Self {
            file: file.to_owned(),
            name: programme.name.clone(),
            organisation: programme.organisation.clone(),
            basis: Basis {
                first: case.plan.horizon.year(0),
                prices: programme.prices,
                discount: programme.discount.clone(),
                mid_year: programme.mid_year,
            },
            edition: programme.edition.clone(),
            parts: parts.map(part).collect(),
            funds: terms.collect(),
        }
    }

    /// The financial year of a year index.
    fn year(&self, t: usize) -> FinancialYear {
        self.basis.first.plus(t as i32)
    }

    /// As people know it: `Example NHS Foundation Trust: Patient access (patient-access.toml)`.
    fn title(&self) -> String {
        let whose =
            if self.organisation.is_empty() { String::new() } else { format!("{}: ", self.organisation) };
        format!("{whose}{} ({})", self.name, self.file)
    }
}

/// A kind of fund, in a word.
fn kind_word(kind: FundKind) -> &'static str {
    match kind {
        FundKind::Capital => "capital",
        FundKind::Revenue => "revenue",
        FundKind::Either => "either",
    }
}
