//! Categories: what is paid for, as the scenario sorts it.

use super::Statement;
use crate::id::{OptionId, OrganisationId};
use crate::report::Case;
use crate::table::Table;

/// What an option costs by category: cash, then real cost. Each sums to the whole.
pub fn categories(case: &Case, option: OptionId, organisation: Option<OrganisationId>) -> Table {
    let all = case.categories(option, organisation);
    let mut statement = Statement::new(case, "Cost by category", option, organisation);
    let headings = ["Cash, prices of each year".to_owned(), format!("Real, {}", case.real_prices())];
    for (side, heading) in headings.iter().enumerate() {
        statement.section(heading);
        for (&category, years) in &all {
            statement.flow(case.category(category), false, |t| years[t][side]);
        }
        statement.total("All categories", |t| all.values().map(|years| years[t][side]).sum());
    }
    statement.note(
        "A cost line says its category; team time, run cost and the like have their own. VAT, central pension, optimism \
         bias and contingency follow the cost they belong to.",
    )
}
