//! Every spelling that is read, every mistake that has been seen, and what is suggested for it.

use proptest::prelude::*;

use super::*;

#[test]
fn quantities_are_read_exactly() {
    let cases = [
        ("£240k", "240000", Unit::Pounds),
        ("£1.2m", "1200000", Unit::Pounds),
        ("£48,526", "48526", Unit::Pounds),
        ("£310.50", "310.5", Unit::Pounds),
        ("£2bn", "2000000000", Unit::Pounds),
        ("-£5k", "-5000", Unit::Pounds),
        ("£-500", "-500", Unit::Pounds),
        ("−£500", "-500", Unit::Pounds),
        ("–£500", "-500", Unit::Pounds),
        ("(£180k)", "-180000", Unit::Pounds),
        ("£(180,000)", "-180000", Unit::Pounds),
        ("(£1.2m) a year", "-1200000", Unit::PoundsAYear),
        ("(£1.2m a year)", "-1200000", Unit::PoundsAYear),
        ("(5%)", "-0.05", Unit::Rate),
        ("£1.234m", "1234000", Unit::Pounds),
        ("£180k\u{a0}a\u{202f}year", "180000", Unit::PoundsAYear),
        ("9 team\u{2011}months", "9", Unit::TeamMonths),
        ("£0.01", "0.01", Unit::Pounds),
        ("£1.23456k", "1234.56", Unit::Pounds),
        ("£8200000.10", "8200000.1", Unit::Pounds),
        ("£240k a year", "240000", Unit::PoundsAYear),
        ("£48,526  a  year", "48526", Unit::PoundsAYear),
        ("£20k a month", "20000", Unit::PoundsAMonth),
        ("3.5%", "0.035", Unit::Rate),
        ("-0.5 %", "-0.005", Unit::Rate),
        ("33.3333333333%", "0.333333333333", Unit::Rate),
        ("18 months", "18", Unit::Months),
        ("1 month", "1", Unit::Months),
        ("2 years", "24", Unit::Months),
        ("1.5 years", "18", Unit::Months),
        ("-3 months", "-3", Unit::Months),
        ("9 team-months", "9", Unit::TeamMonths),
        ("1 team-month", "1", Unit::TeamMonths),
        ("6 team-months a year", "6", Unit::TeamMonthsAYear),
        ("0.4", "0.4", Unit::Count),
    ];
    for (text, value, unit) in cases {
        let value: Decimal = value.parse().expect("a decimal");
        assert_eq!(read(text, &Unit::ALL), Ok(Quantity { value, unit }), "{text}");
    }
}

#[test]
fn what_is_no_quantity_is_refused() {
    let cases = [
        "",
        " ",
        "£",
        "-",
        "%",
        "k",
        "£k",
        "-(£5k)",
        "-£-5k",
        "(£5k",
        "£5k)",
        "((£5k))",
        "££5",
        "£180.000",
        "£180.000 a year",
        "-£1.500",
        "(£1.500)",
        "£1.234.567",
        "£800 000",
        "£160k-£200k a year",
        "--£5",
        "+£5",
        "£5 k",
        "£5kk",
        "£1,00",
        "£1,0000",
        "£,100",
        "£1000,000",
        "£1.2.3",
        "£.5",
        "£5.",
        "£0.001",
        "£1.234567k",
        "£5 per year",
        "£5/year",
        "£5 a week",
        "£5 a day",
        "£5M",
        "$5",
        "5 €",
        "3.5 per cent",
        "five",
        "18 monthes",
        "9 team months",
        "£1e6",
        "inf",
        "nan",
        "0x10",
        "12345678901234567890",
        "0.1234567890123%",
        "٣ months",
        "£５",
        "1_000",
    ];
    for text in cases {
        assert!(read(text, &Unit::ALL).is_err(), "{text}");
    }
}

/// The whole class of mistakes in a value: what is suggested says the same, or nothing is suggested.
#[test]
fn what_was_meant_keeps_the_value() {
    const MONEY: &[Unit] = &[Unit::Pounds];
    const YEARLY: &[Unit] = &[Unit::PoundsAYear, Unit::PoundsAMonth];
    let cases: &[(&str, &[Unit], &[&str])] = &[
        // A unit or a pound sign is missing: it is added.
        ("0.035", &[Unit::Rate], &["3.5%"]),
        ("-0.035", &[Unit::Rate], &["-3.5%"]),
        ("3.5", &[Unit::Rate], &["3.5%"]),
        ("240k", MONEY, &["£240k"]),
        ("-240k", MONEY, &["-£240k"]),
        ("£180k", YEARLY, &["£180k a year"]),
        ("(£180k)", YEARLY, &["-£180k a year"]),
        ("180k a month", YEARLY, &["£180k a month"]),
        ("18", &[Unit::Months], &["18 months"]),
        ("9 months", &[Unit::TeamMonths], &["9 team-months"]),
        ("6 team-months", &[Unit::TeamMonthsAYear], &["6 team-months a year"]),
        // Written in another way.
        ("3.5 per cent", &[Unit::Rate], &["3.5%"]),
        ("-3.5 pct", &[Unit::Rate], &["-3.5%"]),
        ("£5 million", MONEY, &["£5m"]),
        ("£0.8 million", MONEY, &["£0.8m"]),
        ("£800K", MONEY, &["£800k"]),
        ("£800 k", MONEY, &["£800k"]),
        ("£1.2M", MONEY, &["£1.2m"]),
        ("GBP 180k a year", YEARLY, &["£180k a year"]),
        ("180 GBP", MONEY, &["£180"]),
        ("~£180k a year", YEARLY, &["£180k a year"]),
        ("c. £180k pa", YEARLY, &["£180k a year"]),
        ("c.£180k p.a.", YEARLY, &["£180k a year"]),
        ("£180k per annum", YEARLY, &["£180k a year"]),
        ("£180k/yr", YEARLY, &["£180k a year"]),
        ("£180k / month", YEARLY, &["£180k a month"]),
        ("-£180k pcm", YEARLY, &["-£180k a month"]),
        ("“£180k a year”", YEARLY, &["£180k a year"]),
        ("£.5m", MONEY, &["£0.5m"]),
        ("£5.", MONEY, &["£5"]),
        ("+£5", MONEY, &["£5"]),
        ("5yrs", &[Unit::Months], &["5 years"]),
        ("18 monthes", &[Unit::Months], &["18 months"]),
        ("9 team months", &[Unit::TeamMonths], &["9 team-months"]),
        ("6 team-months/year", &[Unit::TeamMonthsAYear], &["6 team-months a year"]),
        ("220 days", &[Unit::Count], &["220"]),
        // Thousands stay thousands.
        ("£800 000", MONEY, &["£800,000"]),
        ("£1 234 567", MONEY, &["£1,234,567"]),
        ("£1.234.567", MONEY, &["£1,234,567"]),
        ("£180.000 a year", YEARLY, &["£180,000 a year", "£180.00 a year"]),
        ("-£180.000 a year", YEARLY, &["-£180,000 a year", "-£180.00 a year"]),
        ("£180.125", MONEY, &["£180,125"]),
        ("180.000", MONEY, &["£180,000", "£180.00"]),
        // What could be anything, or says something else.
        ("£k", MONEY, &[]),
        ("£1,00", MONEY, &[]),
        ("£18,00,00 a year", YEARLY, &[]),
        ("3,5%", &[Unit::Rate], &[]),
        ("£160k-£200k a year", YEARLY, &[]),
        ("£180k-", MONEY, &[]),
        ("--£5", MONEY, &[]),
        ("-(£5k)", MONEY, &[]),
        ("(£5k", MONEY, &[]),
        ("$180k", MONEY, &[]),
        ("£180k a week", YEARLY, &[]),
        ("£180k each", YEARLY, &[]),
        ("£180k a month", &[Unit::PoundsAYear], &[]),
        ("£180k a year", MONEY, &[]),
        ("£5k", &[Unit::Months], &[]),
        ("5k", &[Unit::Months], &[]),
        ("2 years", &[Unit::TeamMonths], &[]),
        ("18 months a year", &[Unit::Months], &[]),
        ("6 weeks", &[Unit::Months], &[]),
        ("five years", &[Unit::Months], &[]),
        ("9 team-months", MONEY, &[]),
        ("3.5%", MONEY, &[]),
        ("<£180k", MONEY, &[]),
        ("TBC", MONEY, &[]),
        ("a little", &[Unit::Rate], &[]),
    ];
    for (text, units, meant) in cases {
        let fault = read(text, units).expect_err(text);
        assert_eq!(fault.meant, *meant, "{text}");
    }
}

#[test]
fn bare_numbers_are_counts_and_nothing_else() {
    let half = Ok(Quantity { value: Decimal::new(5, 1), unit: Unit::Count });
    assert_eq!(read_number("0.5", &[Unit::Count]), half);
    assert_eq!(read_number("+0.50", &[Unit::Count]), half);
    for wrong in ["nan", "inf", "-inf", "1e400", "0x1F", "99999999999999999999"] {
        assert!(read_number(wrong, &[Unit::Count]).is_err(), "{wrong}");
    }
    let fault = read_number("0.035", &[Unit::Rate]).expect_err("a fault");
    assert_eq!(fault.meant, ["3.5%"]);
}

#[test]
fn plain_digits_may_be_negative_in_brackets() {
    for (text, value) in
        [("1,250", 1_250), ("-1,250", -1_250), ("(1,250)", -1_250), ("−3", -3), ("( 7 )", -7)]
    {
        assert_eq!(signed(text.replace(' ', "").as_str()), Ok(Decimal::from(value)), "{text}");
    }
    for wrong in ["£5", "-(5)", "(5", "5)", "1 250", "", "-"] {
        assert!(signed(wrong).is_err(), "{wrong}");
    }
}

/// A quantity of any unit, in any spelling that is read.
fn spelling() -> impl Strategy<Value = (Quantity, String)> {
    let digits = (0_i64..=999_999_999, 0_u32..=2, any::<bool>());
    (prop::sample::select(&Unit::ALL[..]), digits, 0_usize..4, 0_usize..6, 0_usize..5).prop_map(
        |(unit, (digits, scale, commas), multiple, sign, blank)| {
            let number = Decimal::new(digits, scale);
            let (mut whole, decimals) = {
                let text = number.abs().to_string();
                let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
                (whole.to_owned(), decimals.to_owned())
            };
            if commas {
                let places = (1..whole.len()).filter(|place| (whole.len() - place).is_multiple_of(3));
                for place in places.collect::<Vec<_>>().into_iter().rev() {
                    whole.insert(place, ',');
                }
            }
            let is_money = matches!(unit, Unit::Pounds | Unit::PoundsAYear | Unit::PoundsAMonth);
            let (multiple, times) =
                [("", 1), ("k", 1_000), ("m", 1_000_000), ("bn", 1_000_000_000)][multiple];
            let (multiple, times) = if is_money { (multiple, times) } else { ("", 1) };
            let blank = [" ", "  ", "\u{a0}", "\u{202f}", " \t"][blank];
            let (tail, months) = match unit {
                Unit::Pounds | Unit::Count => (String::new(), 1),
                Unit::PoundsAYear => (format!("{blank}a{blank}year"), 1),
                Unit::PoundsAMonth => (format!("{blank}a{blank}month"), 1),
                Unit::Rate => ("%".to_owned(), 1),
                Unit::Months if commas => (format!("{blank}years"), 12),
                Unit::Months => (format!("{blank}months"), 1),
                Unit::TeamMonths => (format!("{blank}team-months"), 1),
                Unit::TeamMonthsAYear => (format!("{blank}team-months{blank}a{blank}year"), 1),
            };
            let decimals = if decimals.is_empty() { String::new() } else { format!(".{decimals}") };
            let pound = if is_money { "£" } else { "" };
            let figure = format!("{whole}{decimals}{multiple}");
            let text = match sign {
                0 => format!("{pound}{figure}{tail}"),
                1 => format!("-{pound}{figure}{tail}"),
                2 => format!("{pound}-{figure}{tail}"),
                3 => format!("−{pound}{figure}{tail}"),
                4 => format!("({pound}{figure}){tail}"),
                _ => format!("({pound}{figure}{tail})"),
            };
            let scale = if unit == Unit::Rate { Decimal::new(1, 2) } else { Decimal::ONE };
            let negative = if sign == 0 { Decimal::ONE } else { Decimal::NEGATIVE_ONE };
            let value = number * Decimal::from(times) * Decimal::from(months) * scale * negative;
            (Quantity { value: value.normalize(), unit }, text)
        },
    )
}

/// What somebody who mistypes may do to a text without changing what can be read in it: its digits, sign, multiple
/// and the length of time.
fn mistyped(text: &str, how: &[usize]) -> String {
    let mut text = text.to_owned();
    for how in how {
        text = match how {
            0 => text.replace('£', ""),
            1 => text.replace(" a ", " per "),
            2 => text.replace(" a year", " pa").replace(" a month", " monthly"),
            3 => text.replace(" a ", "/"),
            4 => text.replace('k', " thousand").replace("bn", " billion"),
            5 => text.to_uppercase(),
            6 => text.replace("months", "monthes").replace("years", "yeers"),
            7 => text.replace("team-months", "team months"),
            8 => format!("“{text}”"),
            9 => format!("~{text}"),
            10 => text.replace('%', " per cent"),
            11 => text.replace('£', "£ "),
            12 => text.replace(" a year", "").replace(" a month", ""),
            13 => text.replace(',', " "),
            14 => text.replace('£', "GBP "),
            15 => format!("{text}."),
            16 => text.replace('.', ","),
            _ => format!("{text} of it"),
        };
    }
    text
}

/// What can be read in a text by eye: whether it is negative, its digits, its multiple, and the time it names.
fn by_eye(text: &str) -> (bool, Decimal, &'static str, bool, bool) {
    let text = text.to_lowercase();
    let first = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let negative = text[..first].contains(['-', '−', '–', '(']);
    let number: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let number: Decimal = number.trim_matches('.').parse().expect("digits");
    let after = text[first..].trim_start_matches(|c: char| c.is_ascii_digit() || ",. ".contains(c));
    let multiple = match after {
        after if after.starts_with('k') || after.starts_with("thousand") => "k",
        after if after.starts_with("bn") || after.starts_with("billion") => "bn",
        after if after.starts_with('m') && !after.starts_with("mon") => "m",
        _ => "",
    };
    let month = after.contains("month");
    let year = ["year", "yeer", "pa", "annum"].iter().any(|word| after.contains(word));
    (negative, number.normalize(), multiple, month, year)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_spelling_is_read_as_what_it_says((quantity, text) in spelling()) {
        prop_assume!(quantity.unit == Unit::Rate || quantity.value.scale() <= 2);
        let wide = quantity.value.trunc().abs() >= Decimal::from(1_000_000_000_000_000_i64);
        match read(&text, &Unit::ALL) {
            Ok(found) => prop_assert_eq!(found, quantity, "{}", text),
            Err(fault) => prop_assert!(wide, "{}: {:?}", text, fault),
        }
    }

    /// Whatever is suggested for a mistyped quantity says what could be read in it, and can be read.
    #[test]
    fn no_suggestion_changes_a_value(
        (_, text) in spelling(),
        how in prop::collection::vec(0_usize..18, 1..4),
        wanted in prop::sample::select(&Unit::ALL[..]),
    ) {
        let text = mistyped(&text, &how);
        let Err(fault) = read(&text, &[wanted]) else { return Ok(()) };
        let written = by_eye(&text);
        for meant in &fault.meant {
            let read = read(meant, &[wanted]);
            prop_assert!(read.is_ok(), "{} -> {}", text, meant);
            let (negative, number, multiple, month, year) = by_eye(meant);
            prop_assert_eq!((negative, multiple), (written.0, written.2), "{} -> {}", &text, meant);
            // A bare fraction may be meant in hundredths.
            let percent = wanted == Unit::Rate && !text.contains('%') && !text.to_lowercase().contains("cent");
            let same = number == written.1 || percent && number == written.1 * Decimal::ONE_HUNDRED;
            prop_assert!(same || fault.meant.len() == 2, "{} -> {}", &text, meant);
            prop_assert!(!written.3 || month, "{} -> {}", &text, meant);
            prop_assert!(!written.4 || year, "{} -> {}", &text, meant);
        }
    }

    #[test]
    fn any_text_is_understood_or_not(text in "(?s).{0,90}", wanted in prop::sample::select(&Unit::ALL[..])) {
        for meant in read(&text, &[wanted]).err().map(|fault| fault.meant).unwrap_or_default() {
            prop_assert!(read(&meant, &[wanted]).is_ok(), "{} -> {}", text, meant);
        }
    }
}
