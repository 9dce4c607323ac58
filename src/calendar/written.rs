//! Months, financial years and dates as people write them: `2026-04`, `Apr 2026`, `2026/27`, `FY26-27`.
//!
//! What can be meant in one way only is read. What could be two things is refused with both of them: `FY27` ends
//! or starts in 2027, `01/04/2026` is in April or in January.

use super::{FinancialYear, Month, NAMES};

/// Names of months in full.
const FULL_NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Two digits of a year from here on are of the 1900s.
const FIRST_OF_1900S: i32 = 70;

impl Month {
    /// Reads a month: `2026-04`, `2026/04`, `04/2026`, `Apr 2026`, `April 2026`, `Apr-26`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = with_hyphens(text);
        let (first, second) = text.split_once('-')?;
        match (number(first), number(second)) {
            (Some((4, year)), Some((1 | 2, month))) | (Some((1 | 2, month)), Some((4, year))) => {
                Self::new(year, u32::try_from(month).ok()?)
            }
            (None, Some((4, year))) => Self::new(year, named(first)?),
            (None, Some((2, year))) => Self::new(in_full(year), named(first)?),
            _ => None,
        }
    }

    /// The months that a day may lie in: one, or two where the day could be the month.
    pub fn of_day(text: &str) -> Vec<Self> {
        let text = with_hyphens(text);
        let parts: Vec<&str> = text.split('-').collect();
        let [first, second, third] = parts[..] else { return Vec::new() };
        let month =
            |year: i32, month: i32| u32::try_from(month).ok().and_then(|month| Self::new(year, month));
        match (number(first), number(second), number(third)) {
            (Some((4, year)), Some((1 | 2, within)), Some((1 | 2, 1..=31))) => {
                month(year, within).into_iter().collect()
            }
            (Some((1 | 2, day)), Some((1 | 2, within)), Some((4, year))) => {
                let mut both: Vec<Self> = month(year, within).into_iter().chain(month(year, day)).collect();
                both.dedup();
                both
            }
            (Some((1 | 2, 1..=31)), None, Some((4, year))) => {
                named(second).and_then(|within| Self::new(year, within)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}

impl FinancialYear {
    /// Reads a year that runs into the next: `2026-27`, `2026/27`, `26/27`, `2026-2027`, `FY2026-27`, with any
    /// dash. Refuses `2026-28`, a bare `2026` and `FY27`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = with_hyphens(without_fy(text));
        let (first, second) = text.split_once('-')?;
        let ((digits, first), (last_digits, second)) = (number(first)?, number(second)?);
        let start = match (digits, last_digits) {
            (4, 2 | 4) => first,
            (2, 2) => in_full(first),
            _ => return None,
        };
        let end = if last_digits == 4 { start + 1 } else { (start + 1) % 100 };
        ((1900..=2999).contains(&start) && second == end).then_some(Self::new(start))
    }

    /// Reads a calendar year: `2026`, `FY2026`.
    pub fn parse_calendar(text: &str) -> Option<Self> {
        match number(without_fy(text).trim()) {
            Some((4, year)) if (1900..=2999).contains(&year) => Some(Self::calendar(year)),
            _ => None,
        }
    }

    /// The two years that a single number may mean: `2027` and `FY27` may end or start in 2027.
    pub fn either(text: &str) -> Option<[Self; 2]> {
        let year = match number(without_fy(text).trim())? {
            (4, year) if (1901..=2999).contains(&year) => year,
            (2, year) => in_full(year),
            _ => return None,
        };
        Some([Self::new(year - 1), Self::new(year)])
    }
}

/// Whether a text is a date of a source: a year, a month or a day, `2026`, `2026-02` or `2026-02-05`. The day must
/// be one of the calendar.
pub fn is_date(text: &str) -> bool {
    date(text).is_some_and(|(year, month, day)| day <= days_in(year, month))
}

/// What is wrong with a date that is none only for its day: `2026-02-30`.
pub fn missing_day(text: &str) -> Option<String> {
    let (year, month, day) = date(text)?;
    let days = days_in(year, month);
    let name = capital(FULL_NAMES.get(month as usize - 1)?);
    (day > days).then(|| format!("{name} {year} has {days} days"))
}

/// Year, month and day of a text of their form; the first where it says none.
fn date(text: &str) -> Option<(i32, u32, u32)> {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2]) {
        return None;
    }
    let part = |place: usize| parts.get(place).map_or(Some(1), |part| number(part).map(|(_, number)| number));
    let (year, month, day) = (part(0)?, u32::try_from(part(1)?).ok()?, u32::try_from(part(2)?).ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// How many digits a number of digits alone has, and the number.
fn number(text: &str) -> Option<(usize, i32)> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok().map(|number| (text.len(), number))).flatten()
}

/// The number of a month by its name, in full or cut to three letters.
fn named(text: &str) -> Option<u32> {
    let text = text.trim_end_matches('.').to_lowercase();
    let place = FULL_NAMES.iter().zip(NAMES).position(|(full, short)| {
        text == *full || text == short.to_lowercase() || (short == "Sep" && text == "sept")
    });
    place.map(|place| place as u32 + 1)
}

fn in_full(year: i32) -> i32 {
    if year < FIRST_OF_1900S { 2000 + year } else { 1900 + year }
}

fn without_fy(text: &str) -> &str {
    let text = text.trim();
    match text.get(..2) {
        Some(start) if start.eq_ignore_ascii_case("fy") => text[2..].trim_start(),
        _ => text,
    }
}

/// Parts joined by one hyphen each, whatever dash, stroke or blank stood between them.
fn with_hyphens(text: &str) -> String {
    let is_between =
        |c: char| c.is_whitespace() || matches!(c, '-' | '/' | '‐' | '‑' | '‒' | '–' | '—' | '−');
    text.split(is_between).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_as_people_write_them() {
        for text in [
            "2026-04",
            "2026/04",
            "2026-4",
            "04/2026",
            "4-2026",
            "Apr 2026",
            "April 2026",
            "april  2026",
            "APR-2026",
            "Apr-26",
            "apr. 2026",
            "2026–04",
            "Apr\u{a0}2026",
        ] {
            assert_eq!(Month::parse(text).map(|m| m.to_string()), Some("2026-04".into()), "{text}");
        }
        assert_eq!(Month::parse("Sept 2026"), Month::new(2026, 9));
        for wrong in
            ["2026-13", "2026-00", "26-04", "2026-04-01", "+026-04", "2026-27", "Apr", "2026", "Foo 2026", ""]
        {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_day_lies_in_one_month_or_could_lie_in_two() {
        let of = |text| Month::of_day(text).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(of("2026-04-01"), ["2026-04"]);
        assert_eq!(of("1 April 2026"), ["2026-04"]);
        assert_eq!(of("31/03/2026"), ["2026-03"]);
        assert_eq!(of("01/04/2026"), ["2026-04", "2026-01"]);
        assert_eq!(of("04/04/2026"), ["2026-04"]);
        assert!(of("2026-04").is_empty());
    }

    #[test]
    fn years_are_read_as_the_nhs_writes_them() {
        for text in [
            "2026-27",
            "2026/27",
            "26/27",
            "26-27",
            "2026-2027",
            "2026/2027",
            "FY2026-27",
            "FY 2026/27",
            "fy26/27",
            "2026–27",
            "2026 – 27",
            "2026—27",
            "2026−27",
            "2026‑27",
            "2026/ 27",
        ] {
            assert_eq!(FinancialYear::parse(text).map(|y| y.to_string()), Some("2026-27".into()), "{text}");
        }
        assert_eq!(FinancialYear::parse("99/00"), Some(FinancialYear::new(1999)));
        assert_eq!(FinancialYear::parse("1999-00"), Some(FinancialYear::new(1999)));
        for wrong in ["2026-28", "2026", "FY27", "2026-2028", "26/28", "-026-27", "2026-27-28", "202-27", ""]
        {
            assert_eq!(FinancialYear::parse(wrong), None, "{wrong}");
        }
        assert_eq!(FinancialYear::either("FY27"), Some([FinancialYear::new(2026), FinancialYear::new(2027)]));
        assert_eq!(FinancialYear::either("26-27"), None);
    }

    #[test]
    fn a_calendar_year_is_one_number() {
        for text in ["2026", " 2026 ", "FY2026"] {
            assert_eq!(
                FinancialYear::parse_calendar(text).map(|y| y.to_string()),
                Some("2026".into()),
                "{text}"
            );
        }
        for wrong in ["2026-27", "26", "FY26", "3026", "20266"] {
            assert_eq!(FinancialYear::parse_calendar(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_are_days_of_the_calendar() {
        for right in ["2026", "2026-02", "2026-02-28", "2024-02-29", "2000-02-29", "2026-12-31"] {
            assert!(is_date(right), "{right}");
            assert_eq!(missing_day(right), None, "{right}");
        }
        for wrong in ["2026-02-30", "2023-02-29", "1900-02-29", "2026-04-31"] {
            assert!(!is_date(wrong), "{wrong}");
        }
        assert_eq!(missing_day("2026-02-30").as_deref(), Some("February 2026 has 28 days"));
        for wrong in ["2026-13", "2026-00", "2026-02-00", "26-02-05", "2026/02/05", "2026-2-5", ""] {
            assert!(!is_date(wrong), "{wrong}");
            assert_eq!(missing_day(wrong), None, "{wrong}");
        }
    }
}
