//! What every built-in figure must be, and data that must not load.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Edition, FigureUnit, Status, embedded, load};
use crate::calendar::FinancialYear;
use crate::number::Number;

fn built_in() -> &'static Edition {
    Edition::named("nhs-england-2026-27").expect("the built-in edition")
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn value(edition: &Edition, key: &str) -> Decimal {
    edition.figure(key).unwrap_or_else(|| unreachable!("{key}")).value
}

#[test]
fn every_built_in_figure_has_source_unit_date_and_status() {
    for name in Edition::names() {
        let edition = Edition::named(name).expect("loads");
        assert!(!edition.title().is_empty() && !edition.dated().is_empty());
        let mut seen = BTreeSet::new();
        for figure in edition.figures() {
            assert!(seen.insert(&figure.key), "{} twice", figure.key);
            assert!(figure.source.len() > 10, "{}: {}", figure.key, figure.source);
            assert!(figure.dated.len() >= 4, "{}", figure.key);
            assert!(!figure.unit.word().is_empty() && !figure.status.word().is_empty());
            assert_eq!(edition.figure(&figure.key), Some(figure), "found again by its key");
            let says_why = figure.note.is_some();
            assert!(
                figure.status != Status::Unverified || says_why,
                "{}: unverified, and no word why",
                figure.key
            );
        }
        assert_eq!(edition.keys().count(), seen.len());
    }
}

#[test]
fn every_series_file_is_part_of_an_edition() {
    let used: BTreeSet<String> = Edition::names()
        .into_iter()
        .flat_map(|name| Edition::named(name).expect("loads").series().to_vec())
        .map(|series| series.path)
        .collect();
    for (path, _) in embedded::SERIES {
        assert!(used.contains(*path), "{path} is in no edition");
    }
}

#[test]
fn an_unknown_edition_is_none() {
    assert!(Edition::named("nhs-england-1948-49").is_none());
    assert_eq!(Edition::names(), ["nhs-england-2026-27", "nhs-england-2025-26"]);
}

#[test]
fn price_indices_have_no_gap_and_go_on_for_ever() {
    let edition = built_in();
    assert_eq!(edition.index_names(), ["general", "pay", "non-pay", "licences", "cloud"]);
    for index in edition.index_names() {
        let first =
            (1990..2100).find(|&y| edition.growth(index, FinancialYear::new(y)).is_some()).expect("a year");
        for year in first..2100 {
            let growth = edition.growth(index, FinancialYear::new(year)).expect("no gap");
            assert_eq!(growth.unit, FigureUnit::Rate);
            assert!(growth.value.abs() < decimal("0.1"), "{} is out of the ordinary", growth.key);
        }
    }
    let key = |index, year| edition.growth(index, FinancialYear::new(year)).map(|figure| figure.key.as_str());
    assert_eq!(key("general", 2014), None);
    assert_eq!(key("general", 2015), Some("general.2015-16"));
    assert_eq!(key("general", 2030), Some("general.2030-31"));
    assert_eq!(key("general", 2031), Some("general.after"));
    assert_eq!(key("general", 2090), Some("general.after"));
    assert_eq!(key("pay", 2023), None, "pay before the awards we know is not invented");
    assert_eq!(key("tulips", 2026), None);
}

#[test]
fn past_general_inflation_is_the_growth_of_the_published_index() {
    // HM Treasury, December 2025, calendar years, 2024 = 100. Each growth to two places of a per cent.
    let index = [
        (2015, "75.1536"),
        (2016, "76.4554"),
        (2017, "77.6367"),
        (2018, "79.1606"),
        (2019, "81.1085"),
        (2020, "85.2137"),
        (2021, "85.6358"),
        (2022, "90.5005"),
        (2023, "96.2507"),
        (2024, "100"),
    ];
    let edition = built_in();
    for pair in index.windows(2) {
        let ((_, before), (year, now)) = (pair[0], pair[1]);
        let growth = (decimal(now) / decimal(before) - Decimal::ONE) * Decimal::ONE_HUNDRED;
        let figure = edition.growth("general", FinancialYear::new(year)).expect("a figure");
        assert_eq!(figure.value * Decimal::ONE_HUNDRED, growth.to_penny(), "{year}");
        assert_eq!(figure.status, Status::Assumption, "a calendar year is no financial year");
    }
}

#[test]
fn discount_schedules_are_those_of_the_green_book() {
    let edition = built_in();
    assert_eq!(
        edition.discount_schedules(),
        ["green-book-2026", "health", "lower-sensitivity", "review-2026"]
    );
    assert_eq!(edition.default_discount(), "green-book-2026");
    let bands = |name| -> Vec<(u32, Decimal)> {
        let bands = edition.discount(name).expect("a schedule");
        bands.iter().map(|band| (band.from_year, band.rate.value)).collect()
    };
    assert_eq!(
        bands("green-book-2026"),
        [(1, decimal("0.035")), (31, decimal("0.03")), (76, decimal("0.025"))]
    );
    assert_eq!(bands("health"), [(1, decimal("0.015"))]);
    assert_eq!(bands("review-2026"), [(1, decimal("0.03"))]);
    let lower: Vec<u32> = bands("lower-sensitivity").iter().map(|band| band.0).collect();
    assert_eq!(lower, [1, 31, 76, 126, 201, 301], "by number, not by letters");
    assert_eq!(edition.discount("review-2026").expect("it")[0].rate.status, Status::Unverified);
    assert_eq!(edition.discount("none"), None);
}

#[test]
fn the_green_book_factors_follow() {
    // The Green Book 2026, table 8, prints 0.8420 at year 5: 1.035 to the power of minus 5.
    let edition = built_in();
    let rate = edition.discount("green-book-2026").expect("it")[0].rate.value;
    let factor = (0..5).fold(Decimal::ONE, |factor, _| factor / (Decimal::ONE + rate));
    assert_eq!((factor * Decimal::from(100_000_000)).to_penny(), decimal("84197316.69"));
}

#[test]
fn pay_points_are_those_of_agenda_for_change() {
    let edition = built_in();
    for (key, pounds) in [
        ("agenda-for-change.5.entry", 32_073),
        ("agenda-for-change.6.top", 48_117),
        ("agenda-for-change.7.top", 56_515),
        ("agenda-for-change.8a.top", 64_750),
        ("agenda-for-change.8b.top", 77_368),
        ("agenda-for-change.9.intermediate", 119_583),
    ] {
        let figure = edition.figure(key).expect("a point");
        assert_eq!((figure.value, figure.unit), (Decimal::from(pounds), FigureUnit::PoundsAYear), "{key}");
    }
    for band in ["5", "6", "7", "8a", "8b", "8c", "8d", "9"] {
        let point = |point| value(edition, &format!("agenda-for-change.{band}.{point}"));
        assert!(point("entry") < point("intermediate") && point("intermediate") < point("top"), "{band}");
    }
}

#[test]
fn on_costs_make_the_cost_of_an_employee() {
    // Band 7, top, £56,515.00 a year:
    //   national insurance  15% x (56,515 - 5,000) =  7,727.25
    //   pension, trust      14.38% x 56,515        =  8,126.857
    //   levy                0.5% x 56,515          =    282.575
    //   the trust pays      56,515 + the three     = 72,651.682
    //   pension, central    9.4% x 56,515          =  5,312.41
    //   the economy bears                          = 77,964.092
    let edition = built_in();
    let pay = value(edition, "agenda-for-change.7.top");
    let above = pay - value(edition, "national-insurance.threshold");
    let trust = pay
        + value(edition, "national-insurance.rate") * above
        + value(edition, "pension.employer") * pay
        + value(edition, "apprenticeship-levy") * pay;
    let central = value(edition, "pension.central") * pay;
    assert_eq!(trust.to_penny(), decimal("72651.68"));
    assert_eq!((trust + central).to_penny(), decimal("77964.09"));
}

#[test]
fn the_keys_that_the_model_asks_for_are_there() {
    let edition = built_in();
    for (key, expected, unit) in [
        ("vat.standard", "0.2", FigureUnit::Rate),
        ("pdc-dividend.rate", "0.035", FigureUnit::Rate),
        ("capitalisation.threshold", "5000", FigureUnit::Pounds),
        ("capital-share.discovery", "0", FigureUnit::Rate),
        ("capital-share.alpha", "0", FigureUnit::Rate),
        ("capital-share.beta", "0.7", FigureUnit::Rate),
        ("capital-share.improvement", "0.4", FigureUnit::Rate),
        ("capital-share.renewal", "0.5", FigureUnit::Rate),
        ("default.useful-life", "60", FigureUnit::Months),
        ("default.horizon", "11", FigureUnit::Years),
        ("default.contract-days", "220", FigureUnit::Days),
        ("default.working-days", "215", FigureUnit::Days),
        ("default.team-heads", "9", FigureUnit::Heads),
        ("contract-rate.median", "500", FigureUnit::PoundsADay),
        ("optimism-bias.equipment-development.capital.upper", "2", FigureUnit::Rate),
        ("optimism-bias.equipment-development.duration.lower", "0.1", FigureUnit::Rate),
        ("optimism-bias.outsourcing.operating.upper", "0.41", FigureUnit::Rate),
    ] {
        let figure = edition.figure(key).unwrap_or_else(|| unreachable!("{key}"));
        assert_eq!((figure.value, figure.unit), (decimal(expected), unit), "{key}");
    }
    // The published table has no capital figure for outsourcing.
    assert_eq!(edition.figure("optimism-bias.outsourcing.capital.upper"), None);
}

// ---- data that must not load ------------------------------------------------------------------------------

const EDITION: &str = r#"
title = "A test"
dated = "2026"
default_discount = "flat"
series = ["a/rates", "a/more"]
"#;

const RATES: &str = r#"
publisher = "A"
title     = "Rates"
source    = "A document, page 1"
dated     = "2026-04-01"
status    = "published"
[discount.flat]
1 = "3.5%"
[index.general]
"2026-27" = "2%"
"2027-28" = "2.5%"
after     = "3%"
"#;

/// The faults of an edition of the series above and one more.
fn faults(more: &str) -> String {
    faults_of(EDITION, RATES, more)
}

fn faults_of(edition: &str, rates: &str, more: &str) -> String {
    match load::edition("test", edition, &[("a/rates", rates), ("a/more", more)]) {
        Ok(_) => String::new(),
        Err(faults) => load::in_words(&faults),
    }
}

const HEAD: &str = "publisher = 'A'\ntitle = 'More'\n";

#[test]
fn no_source_no_load() {
    let whole = "source = 'A document'\ndated = '2026'\nstatus = 'forecast'\n[figure]\nx = '1%'\n";
    assert_eq!(faults(&format!("{HEAD}{whole}")), "");
    for (without, fault) in [
        ("source = 'A document'\n", "a/more: x: has no source"),
        ("dated = '2026'\n", "a/more: x: has no date"),
        ("status = 'forecast'\n", "a/more: x: has no status"),
    ] {
        assert_eq!(faults(&format!("{HEAD}{}", whole.replace(without, ""))), fault);
    }
    assert_eq!(
        faults(whole),
        "a/more: publisher: is missing, or no text; a/more: title: is missing, or no text"
    );
    // An invented status is none.
    assert!(faults(&format!("{HEAD}{}", whole.replace("forecast", "certain"))).contains("has no status"));
    // An empty source does not hide behind that of its file.
    assert!(
        faults(&format!("{HEAD}{}", whole.replace("'1%'", "{ value = '1%', source = '' }")))
            .contains("empty")
    );
}

#[test]
fn a_figure_may_speak_for_itself() {
    let more = format!(
        "{HEAD}source = 'A document'\ndated = '2026'\nstatus = 'forecast'\n[figure.x]\nnote = 'of both'\n\
         a = {{ value = '1%', source = 'Another', status = 'unverified', dated = '2025-11', note = 'own' }}\nb = '2%'\n"
    );
    let edition = load::edition("test", EDITION, &[("a/rates", RATES), ("a/more", &more)]).expect("loads");
    let (a, b) = (edition.figure("x.a").expect("a"), edition.figure("x.b").expect("b"));
    assert_eq!((a.source.as_str(), a.status, a.dated.as_str()), ("Another", Status::Unverified, "2025-11"));
    assert_eq!((b.source.as_str(), b.status, b.dated.as_str()), ("A document", Status::Forecast, "2026"));
    assert_eq!((a.note.as_deref(), b.note.as_deref()), (Some("own"), Some("of both")));
}

#[test]
fn what_means_nothing_or_is_there_twice_is_refused() {
    let head = format!("{HEAD}source = 'A document'\ndated = '2026'\nstatus = 'forecast'\n");
    for (rest, fault) in [
        ("statsu = 'forecast'\n", "a/more: statsu: means nothing here"),
        ("[figure]\nx = { value = '1%', unit = 'rate' }\n", "a/more: x.unit: means nothing here"),
        ("[figure]\nx = 0.035\n", "a/more: x: a figure is text with a unit, or a table"),
        ("[figure]\nx = '0.035'\n", "a/more: x: `0.035` is no figure with a unit"),
        ("[figure.general]\n2026-27 = '2%'\n", "editions/test: general.2026-27: is there twice"),
        ("[index.general]\n2026-27 = '2%'\nafter = '2%'\n", "a/more: general: the index is there twice"),
        ("[index.y]\n2026-27 = '2%'\n2028-29 = '2%'\nafter = '2%'\n", "a/more: y: a year is missing"),
        ("[index.y]\n2026-27 = '2%'\n", "a/more: y: an index needs at least one year, and `after`"),
        (
            "[index.y]\n2026-27 = '£2'\nafter = '2%'\n2026-28 = '1%'\n",
            "a/more: y.2026-27: is no rate; a/more: y.2026-28: is neither a financial year nor `after`",
        ),
        ("[discount.y]\n2 = '3%'\n", "a/more: y: a discount schedule begins at year 1"),
        ("[discount.flat]\n1 = '3%'\n", "a/more: flat: the discount schedule is there twice"),
        ("[figure]\nx = { value = '1%', valid_to = 'March' }\n", "a/more: x.valid_to: `March` is no date"),
    ] {
        assert_eq!(faults(&format!("{head}{rest}")), fault, "{rest}");
    }
}

#[test]
fn an_edition_must_hang_together() {
    let more = HEAD;
    assert_eq!(faults_of(EDITION, RATES, more), "");
    assert!(
        faults_of(&EDITION.replace("a/more", "a/less"), RATES, more)
            .contains("a/less: there is no such series")
    );
    assert!(faults_of(&EDITION.replace("flat", "steep"), RATES, more).contains("no such discount schedule"));
    assert!(faults_of(EDITION, &RATES.replace("general", "generous"), more).contains("it is the deflator"));
    assert!(faults_of("title = ", RATES, more).contains("editions/test: "));
}
