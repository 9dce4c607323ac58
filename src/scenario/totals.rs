//! Which rows of a table are totals of the rows above them: by their name, or by their amounts.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::calendar::FinancialYear;

/// The amounts of a row by year; nothing in a year is the same as zero.
pub(super) type Amounts = BTreeMap<FinancialYear, Decimal>;

/// How it is seen that a row is a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Total {
    /// It is called one.
    Named,
    /// It equals the sum of so many rows above it in every year.
    SumOf(usize),
}

/// What stands above a row: the lines of the whole table, and those since the last total or gap.
#[derive(Debug, Default)]
pub(super) struct Above {
    table: Sum,
    section: Sum,
}

#[derive(Debug, Default)]
struct Sum {
    rows: usize,
    by_year: Amounts,
}

impl Sum {
    fn add(&mut self, amounts: &Amounts) {
        self.rows += 1;
        for (&year, &amount) in amounts {
            *self.by_year.entry(year).or_default() += amount;
        }
        // A year in which rows cancel out is one in which nothing stands.
        self.by_year.retain(|_, amount| !amount.is_zero());
    }

    /// One row that equals another is no sum of it: two lines may cost the same.
    fn is(&self, amounts: &Amounts) -> Option<Total> {
        (self.rows > 1 && self.by_year == *amounts).then_some(Total::SumOf(self.rows))
    }
}

impl Above {
    /// Begins a new section: a total that follows may be of it alone.
    pub(super) fn gap(&mut self) {
        self.section = Sum::default();
    }

    /// Whether a row is a total of what stands above it; if not, it joins that.
    pub(super) fn take(&mut self, name: &str, mut amounts: Amounts) -> Option<Total> {
        amounts.retain(|_, amount| !amount.is_zero());
        let sum = || self.section.is(&amounts).or_else(|| self.table.is(&amounts));
        let by_sum = if amounts.is_empty() { None } else { sum() };
        let total = by_sum.or_else(|| is_called_total(name).then_some(Total::Named));
        if total.is_some() {
            self.gap();
        } else {
            self.table.add(&amounts);
            self.section.add(&amounts);
        }
        total
    }
}

/// Whether a name begins or ends with a word for a total: `Total`, `Grand total`, `Sub-total: software`.
pub(super) fn is_called_total(name: &str) -> bool {
    const WORDS: [&str; 4] = ["total", "totals", "subtotal", "subtotals"];
    let name = name.to_lowercase().replace("sub-total", "subtotal").replace("sub total", "subtotal");
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (first, last) = (words.next(), words.next_back());
    first.into_iter().chain(last).any(|word| WORDS.contains(&word))
        || name.trim_start().starts_with("grand total")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(amounts: &[i64]) -> Amounts {
        let year = |(t, &amount): (usize, &i64)| (FinancialYear::new(2026 + t as i32), Decimal::from(amount));
        amounts.iter().enumerate().map(year).collect()
    }

    fn totals(rows: &[(&str, &[i64])]) -> Vec<Option<Total>> {
        let mut above = Above::default();
        rows.iter().map(|(name, row)| above.take(name, amounts(row))).collect()
    }

    #[test]
    fn a_total_has_the_name_of_one() {
        for name in [
            "Total",
            "TOTALS",
            "Grand total",
            "Sub-total",
            "Subtotal (software)",
            "Software total:",
            "Total £",
        ] {
            assert!(is_called_total(name), "{name}");
        }
        for name in ["Totally paperless", "TotalMobile", "A total overhaul of wards", "Hosting", ""] {
            assert!(!is_called_total(name), "{name}");
        }
    }

    #[test]
    fn a_total_is_the_sum_of_the_rows_above_in_every_year() {
        // 100 + 20 = 120 and 0 + 30 = 30; then 5 + 6 = 11 and 7 + 8 = 15; then 120 + 11 = 131 and 30 + 15 = 45.
        let rows: [(&str, &[i64]); 7] = [
            ("a", &[100, 0]),
            ("b", &[20, 30]),
            ("Software", &[120, 30]),
            ("c", &[5, 7]),
            ("d", &[6, 8]),
            ("Hardware", &[11, 15]),
            ("Everything", &[131, 45]),
        ];
        let two = Some(Total::SumOf(2));
        assert_eq!(totals(&rows), [None, None, two, None, None, two, Some(Total::SumOf(4))]);
    }

    #[test]
    fn lines_that_happen_to_look_like_sums_are_lines() {
        let rows: [(&str, &[i64]); 4] = [("a", &[5, 5]), ("b", &[5, 5]), ("c", &[10, 11]), ("d", &[0, 0])];
        assert_eq!(totals(&rows), [None; 4]);
        // Above the rows that it equals, a line is no total of them.
        let rows: [(&str, &[i64]); 3] = [("c", &[10, 10]), ("a", &[5, 5]), ("b", &[5, 5])];
        assert_eq!(totals(&rows), [None; 3]);
        assert_eq!(totals(&[("a", &[0]), ("b", &[0]), ("c", &[0])]), [None; 3]);
    }

    #[test]
    fn credits_count_as_they_are() {
        // 100 - 30 = 70.
        assert_eq!(totals(&[("a", &[100]), ("rebate", &[-30]), ("net", &[70])])[2], Some(Total::SumOf(2)));
    }
}
