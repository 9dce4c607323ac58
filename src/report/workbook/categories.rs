//! Categories: what each option pays for by category of cost, year by year.

use rust_decimal::Decimal;

use super::base::{BaseRows, COST};
use super::costs::Costs;
use super::timeline::{Line, Yearly};
use crate::id::{CategoryId, OptionId};
use crate::report::Case;
use crate::workbook::{Key, Live, Sheet};

/// Cash by category: the sums of an option's categories are its cash cost.
pub(super) fn categories(case: &Case, base: &BaseRows, costs: &[Costs]) -> Sheet {
    let notes = ["Live. Cash in prices of each year, with VAT that can't be recovered and contingency."];
    let mut sheet = Yearly::new(case, "Categories", "Cash by category", &notes);
    for (place, costs) in costs.iter().enumerate() {
        let id = OptionId::new(place);
        sheet.section(case.name(id));
        let mut rows = Vec::new();
        // A residual value is no cash.
        let paid = case.categories(id, None).into_iter().filter(|(of, _)| *of != CategoryId::RESIDUAL);
        for (category, told) in paid {
            let key = sheet.key(category.place() + 1);
            let index = sheet.index.clone();
            let line = Line::flow(case.category(category), "£ cash");
            rows.push(sheet.row(&line, Some(&|t| told[t][0]), |t| {
                let keys =
                    [(&base.category, Key::Is(key)), (&base.side, COST), (&base.year, Key::Is(index[t]))];
                Live::sum_where(&base.whole.cash, (&base.option, costs.option), &keys)
            }));
        }
        let told: Vec<Decimal> =
            case.appraisal(id).by_year.iter().map(crate::appraisal::YearRow::cash).collect();
        sheet.row(&Line::total("All categories", "£ cash"), Some(&|t| told[t]), |t| {
            let terms = rows.iter().map(|row| Live::from(row.years[t]));
            terms.reduce(|sum, term| sum + term).unwrap_or_else(Live::nought)
        });
    }
    sheet.sheet
}
