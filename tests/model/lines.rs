//! Cost and benefit lines, VAT and prices.

use wholelife::ledger::{Activity, Kind, Treatment};

use crate::model::support::{Asked, SERVICE, WORLD, one_stream_text, pounds, row, run, run_with};

fn line(keys: &str) -> String {
    format!("{WORLD}\n[option.o]\nname = \"O\"\n[cost.c]\n{keys}\n")
        .replace("[role]\nworker = { cost = \"£120k\" }\n[team.one]\nmembers = { worker = 1 }\n", "")
}

fn months(text: &str, count: u16) -> Vec<rust_decimal::Decimal> {
    let case = run(text);
    (0..count).map(|m| case.cash("o", |p| p.month == m)).collect()
}

#[test]
fn once() {
    assert_eq!(months(&line("amount = \"£500\"\nfrom = \"2026-06\""), 4), row(&["0", "0", "500", "0"]));
    assert_eq!(months(&line("amount = \"£500\""), 2), row(&["500", "0"]));
}

/// Every 12 months from month 2 of 36: months 2, 14, 26.
#[test]
fn every_so_often() {
    let case = run(&line("amount = \"£500\"\nfrom = \"2026-06\"\nevery = \"12 months\""));
    let paid: Vec<u16> = case.run.ledger.postings.iter().map(|p| p.month).collect();
    assert_eq!(paid, [2, 14, 26]);
    let until = run(&line("amount = \"£500\"\nfrom = \"2026-06\"\nto = \"2027-06\"\nevery = \"12 months\""));
    assert_eq!(until.cash("o", |_| true), pounds("1000"));
}

/// £100,000 a year: eleven months of 8,333.33 and a last of 8,333.37; a part year by its months.
#[test]
fn a_year_takes_its_odd_pence_in_the_last_month() {
    let case = run(&line("amount = \"£100k a year\""));
    let month = |m: u16| case.cash("o", |p| p.month == m);
    assert_eq!(
        [month(0), month(10), month(11), month(12)].to_vec(),
        row(&["8333.33", "8333.33", "8333.37", "8333.33"])
    );
    assert_eq!(case.cash("o", |_| true), pounds("300000"));
    let part = run(&line("amount = \"£100k a year\"\nfrom = \"2026-06\"\nto = \"2026-08\""));
    assert_eq!(part.cash("o", |_| true), pounds("25000"));
}

#[test]
fn a_month() {
    assert_eq!(months(&line("amount = \"£500 a month\"\nto = \"2026-05\""), 3), row(&["500", "500", "0"]));
}

/// £100 in 2026-27: 8.33 a month and 8.37 in the last; nothing in 2027-28; £12 in 2028-29.
#[test]
fn by_year() {
    let case = run(&line("by_year = { \"2026-27\" = \"£100\", \"2028-29\" = \"£12\" }"));
    let months = |range: std::ops::Range<u16>| case.cash("o", |p| range.contains(&p.month));
    assert_eq!([months(0..12), months(12..24), months(24..36)].to_vec(), row(&["100", "0", "12"]));
    assert_eq!(case.cash("o", |p| p.month == 11), pounds("8.37"));
}

/// A horizon that ends in September 2027: a year's amount stands, over the six months inside.
#[test]
fn a_year_cut_by_the_horizon_keeps_its_amount() {
    let text = line("by_year = { \"2026-27\" = \"£100\" }")
        .replace("\"2026-04\"", "\"2026-10\"")
        .replace("years = 3", "years = 1");
    let case = run(&text);
    assert_eq!(case.cash("o", |p| p.month < 6), pounds("100"));
}

/// £100,000 of staff augmentation costs £120,000 where VAT can't be recovered, £100,000 where it can; the
/// economic case is £100,000 in both. VAT is its own posting and follows its line's treatment.
#[test]
fn vat() {
    for (vat, cash) in [("irrecoverable", "120000"), ("recoverable", "100000"), ("none", "100000")] {
        let case = run(&line(&format!("amount = \"£100k\"\ntreatment = \"capital\"\nvat = \"{vat}\"")));
        assert_eq!(case.cash("o", |_| true), pounds(cash), "{vat}");
        assert_eq!(case.real("o", |_| true), pounds("100000"), "{vat}");
        assert_eq!(case.cash("o", |p| p.treatment == Treatment::Capital), pounds(cash), "{vat}");
    }
    let case = run(&line("amount = \"£100k\"\nvat = \"irrecoverable\""));
    assert_eq!(case.cash("o", |p| p.kind == Kind::Vat), pounds("20000"));
}

/// Deflator 2% a year, pay 5%. £1,000 of pay in year 1: cash 1,050.00, real 1,050 / 1.02 = 1,029.41. In year 2:
/// cash 1,102.50, real 1,102.5 / 1.0404 = 1,059.69.
#[test]
fn only_relative_price_effects_remain_in_real_terms() {
    let text = line("amount = \"£1000\"\nfrom = \"2027-04\"\nevery = \"12 months\"\nindex = \"pay\"")
        .replace("[index.general]\ngrowth = \"0%\"", "[index.general]\ngrowth = \"2%\"")
        .replace("[index.pay]\ngrowth = \"0%\"", "[index.pay]\ngrowth = \"5%\"");
    let case = run(&text);
    let at = |m: u16| (case.cash("o", |p| p.month == m), case.real("o", |p| p.month == m));
    assert_eq!(at(12), (pounds("1050"), pounds("1029.41")));
    assert_eq!(at(24), (pounds("1102.50"), pounds("1059.69")));
    // The general index itself: cash grows, real stays. Green Book 2026, table 7: 1,020 and 1,040.40.
    let general = run(&text.replace("index = \"pay\"", ""));
    let at = |m: u16| (general.cash("o", |p| p.month == m), general.real("o", |p| p.month == m));
    assert_eq!(at(12), (pounds("1020"), pounds("1000")));
    assert_eq!(at(24), (pounds("1040.40"), pounds("1000")));
    // Flat in cash: real falls. 1,000 / 1.02 = 980.39.
    let flat = run(&text.replace("index = \"pay\"", "index = \"none\""));
    assert_eq!(flat.real("o", |p| p.month == 12), pounds("980.39"));
}

/// A nominal amount is the cash; its real value is it over the deflator: 1,020 / 1.02 = 1,000.
#[test]
fn nominal_amounts_are_cash() {
    let text = line("amount = \"£1020\"\nfrom = \"2027-04\"\nprices = \"nominal\"")
        .replace("[index.general]\ngrowth = \"0%\"", "[index.general]\ngrowth = \"2%\"");
    let case = run(&text);
    assert_eq!((case.cash("o", |_| true), case.real("o", |_| true)), (pounds("1020"), pounds("1000")));
}

/// VAT of a nominal line is cash too, 20% of it, and no cost to the economy: 1,020 + 204 = 1,224; 1,020 / 1.02 = 1,000.
#[test]
fn vat_of_nominal_amounts_is_cash_alone() {
    let text = line("amount = \"£1020\"\nfrom = \"2027-04\"\nprices = \"nominal\"\nvat = \"irrecoverable\"")
        .replace("[index.general]\ngrowth = \"0%\"", "[index.general]\ngrowth = \"2%\"");
    let case = run(&text);
    assert_eq!((case.cash("o", |_| true), case.real("o", |_| true)), (pounds("1224"), pounds("1000")));
    assert_eq!(case.cash("o", |p| p.kind == Kind::Vat), pounds("204"));
}

/// A nominal benefit to the public is worth 1,020 / 1.02 = 1,000 and brings no cash.
#[test]
fn nominal_benefits_to_the_public_are_no_cash() {
    let keys = "amount = \"£1020\"\nkind = \"societal\"\nfrom = \"2027-04\"\nprices = \"nominal\"";
    let text = line(keys)
        .replace("[cost.c]", "[benefit.b]")
        .replace("[index.general]\ngrowth = \"0%\"", "[index.general]\ngrowth = \"2%\"");
    let case = run(&text);
    assert_eq!((case.cash("o", |_| true), case.real("o", |_| true)), (pounds("0"), pounds("1000")));
}

/// A service's line counts from its go-live, month 4; if it never goes live, there is none.
#[test]
fn a_line_of_a_service_waits_until_it_is_live() {
    let cost = |effort: &str| {
        let service = SERVICE.replace("\"2 team-months\"", effort);
        let line = "[service.s.cost.c]\namount = \"£500\"\n";
        run(&one_stream_text("kind = \"temporary\"", &format!("{service}{line}")))
    };
    let live = cost("\"2 team-months\"");
    assert_eq!(live.months("o", Activity::Line, 6), row(&["0", "0", "0", "0", "500", "0"]));
    let never = cost("\"200 team-months\"");
    assert_eq!((never.lives("o").1, never.cash("o", |p| p.activity == Activity::Line)), (None, pounds("0")));
}

/// £1,000 in 2025-26 prices with growth of 2% into 2026-27 is £1,020 in base prices; a year later in cash
/// 1,040.40, in real terms 1,020.
#[test]
fn prices_of_another_year_are_brought_to_the_base() {
    let text = line("amount = \"£1000\"\nfrom = \"2027-04\"\nprices = \"2025-26\"")
        .replace("[index.general]\ngrowth = \"0%\"", "[index.general]\ngrowth = \"2%\"");
    let case = run(&text);
    assert_eq!((case.cash("o", |_| true), case.real("o", |_| true)), (pounds("1040.40"), pounds("1020")));
}

/// Rows of a table are lines of their own; a table may hold benefits too.
#[test]
fn tables() {
    let table = "name,kind,category,treatment,2026-27,2027-28\n\
                 staff,cost,staff,capital,70000,\"875,000\"\n\
                 saving,cash-releasing,,,,11000\n";
    let text = line("table = \"t.csv\"\nprices = \"nominal\"");
    let case = run_with(&text, &|name| if name == "t.csv" { Ok(table.into()) } else { Err("?".into()) });
    assert_eq!(case.cash("o", |p| p.treatment == Treatment::Capital), pounds("945000"));
    assert_eq!(case.cash("o", |p| p.kind == Kind::CashReleasing), pounds("11000"));
}

/// Only the options that a line names bear it.
#[test]
fn options_of_a_line() {
    let text = format!("{}[option.p]\nname = \"P\"\n", line("amount = \"£5\"\noptions = [\"p\"]"));
    let case = run(&text);
    assert_eq!((case.cash("o", |_| true), case.cash("p", |_| true)), (pounds("0"), pounds("5")));
}
