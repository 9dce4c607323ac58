//! Checks: the two cases reconciled, what the run found of itself, what nobody has verified.

use super::{all, by_option, row};
use crate::audit::passed;
use crate::id::OptionId;
use crate::paper::Section;
use crate::report::{Case, statements, unverified, words};
use crate::table::{Cell, ColumnKind};

pub(super) fn section(case: &Case) -> Section {
    let mut section = Section::new("Checks");
    let options: Vec<OptionId> = all(case).collect();
    section.table(statements::reconciliation(case, &options, None));
    section.text(if passed(&case.checks) {
        "Every check that the run makes of itself leaves nothing over, but pennies of rounding.".to_owned()
    } else {
        let failed = case.checks.iter().filter(|check| !check.passed());
        let failed: Vec<String> = failed.map(|check| check.name.to_owned()).collect();
        format!("These checks leave something over: {}.", failed.join("; "))
    });
    let title = "What the run's checks of itself leave over, in pounds or months";
    let mut table = by_option(case, title, "Check", ColumnKind::Number);
    for check in &case.checks {
        table.push(row(check.name, check.left.iter(), |left| Cell::Number(*left, 2)));
    }
    section.table(table);
    let unverified = unverified(case);
    section.text(if unverified.is_empty() {
        "The figures rest on no parameter that is unverified.".to_owned()
    } else {
        format!("The figures rest on parameters that are not yet verified: {}.", words::list(&unverified))
    });
    section
}
