//! What is spent by category, year by year.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Case;
use crate::id::{CategoryId, OptionId, OrganisationId};
use crate::table::{Cell, ColumnKind, Table};

/// Cash and real cost of a category, by year index.
pub(super) type Spent = Vec<[Decimal; 2]>;

impl Case {
    /// What an option spends by category, for all organisations or for one.
    pub(super) fn categories(
        &self,
        option: OptionId,
        organisation: Option<OrganisationId>,
    ) -> BTreeMap<CategoryId, Spent> {
        let mut sums: BTreeMap<CategoryId, Spent> = BTreeMap::new();
        let costs = self.run.postings(option).iter().filter(|posting| !posting.kind.is_benefit());
        for posting in costs.filter(|posting| organisation.is_none_or(|id| id == posting.organisation)) {
            let years = || vec![[Decimal::ZERO; 2]; self.plan.horizon.years()];
            let of = sums.entry(posting.category).or_insert_with(years);
            let year = &mut of[self.plan.year_of[usize::from(posting.month)]];
            year[0] += posting.financial;
            year[1] += posting.economic;
        }
        sums
    }
}

/// Cost of every option in every year by category.
pub fn category_by_year(case: &Case) -> Table {
    let mut table = Table::new("Cost by category and financial year")
        .column("option", ColumnKind::Text)
        .column("category", ColumnKind::Text)
        .column("financial_year", ColumnKind::Year)
        .column("cash", ColumnKind::Money)
        .column("real_cost", ColumnKind::Money);
    for (place, option) in case.scenario.options.iter().enumerate() {
        for (category, years) in case.categories(OptionId::new(place), None) {
            for (t, [cash, real]) in years.into_iter().enumerate() {
                table.push(vec![
                    Cell::text(&option.id),
                    Cell::text(case.category(category)),
                    Cell::Year(case.plan.horizon.year(t)),
                    Cell::Money(cash),
                    Cell::Money(real),
                ]);
            }
        }
    }
    table
}
