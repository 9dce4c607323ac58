//! How large a scenario may be: each limit is met by a diagnostic, and what is just within the limits runs.

use std::fmt::Write;

use wholelife::audit::passed;
use wholelife::diagnostic::Code;
use wholelife::export::diagnostics::render;
use wholelife::report::Case;
use wholelife::scenario::{LIMITS, MOST_BILLIONS, MOST_LEVEL, Reading, Request, read};
use wholelife::uncertainty::{Order, Sampler, simulate};

const WORLD: &str = "[programme]\nname = \"T\"\nstart = \"2026-04\"\nyears = 2\n";

fn reading(text: &str, table: &str) -> Reading {
    read(&Request { name: "t.toml", text, set: &[], tables: &|_| Ok(table.into()) })
}

fn too_large(text: &str, table: &str) -> Vec<String> {
    let reading = reading(text, table);
    assert!(reading.scenario.is_none() || reading.diagnostics.iter().all(|d| d.code != Code::TooLarge));
    let found = reading.diagnostics.into_iter().filter(|d| d.code == Code::TooLarge);
    found.map(|d| format!("{} / {}", d.message, d.expected.unwrap_or_default())).collect()
}

/// So many tables of a sort, by their heading.
fn tables(heading: &str, count: usize) -> String {
    (0..count).fold(String::new(), |mut text, n| {
        let _ = writeln!(text, "[{heading}.t{n}]");
        text
    })
}

#[test]
fn one_thing_more_than_the_model_is_made_for_is_told() {
    for (path, most) in LIMITS {
        let key = path.rsplit('.').next().unwrap_or(path);
        let many = |count: usize| match path {
            "allow" | "decision" | "change" => format!("{WORLD}{}", format!("[[{path}]]\n").repeat(count)),
            _ => format!("{WORLD}{}", tables(&path.replace("NAME", "x"), count)),
        };
        let told = format!("there are {} tables `{key}` / at most {most}", most + 1);
        assert_eq!(too_large(&many(most), ""), [""; 0], "{path}");
        assert_eq!(too_large(&many(most + 1), ""), [told], "{path}");
    }
}

/// What is said of a scenario that is out of reach, and of which key.
fn out_of_range(text: &str) -> Vec<(String, String)> {
    let reading = reading(text, "");
    let faults = reading.diagnostics.iter().filter(|d| d.code == Code::OutOfRange);
    let told: Vec<(String, String)> = faults.map(|d| (d.key.clone(), d.message.clone())).collect();
    assert_eq!(reading.scenario.is_none(), !told.is_empty(), "{:#?}", reading.diagnostics);
    if let Some(scenario) = reading.scenario {
        let case = Case::new(scenario);
        assert!(passed(&case.checks), "{:?}", case.checks);
    }
    told
}

const LONG: &str = "[programme]\nname = \"T\"\nstart = \"2026-04\"\nyears = 60\n[option.a]\n";

/// Sixty years from the base year are 59 steps. 1.26^59 = e^(59 x 0.231112) = 834,900 and 1.27^59 = e^(59 x 0.239017) =
/// 1,331,000. Downwards 0.8^59 = 1 / 522,000 and 0.79^59 = 1 / 1,096,000.
#[test]
fn a_price_level_is_at_most_a_million_times_the_base_year_s_or_a_millionth() {
    assert_eq!(MOST_LEVEL, 1_000_000);
    for (growth, runs) in [("26%", true), ("27%", false), ("-20%", true), ("-21%", false)] {
        let told = out_of_range(&format!("{LONG}[index.general]\ngrowth = \"{growth}\"\n"));
        let at: Vec<&str> = told.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(at, if runs { vec![] } else { vec!["index.general.growth"] }, "{growth}: {told:?}");
    }
    // Both inside, but the one over the other: 1.10^59 x 1 / 0.85^59 = 276.8 x 14,590 = 4,040,000.
    let apart = |pay: &str| {
        format!(
            "{LONG}[index.general]\ngrowth = \"-15%\"\n[index.x]\ngrowth = \"{pay}\"\n[option.a.cost.x]\namount = \"£1k\"\nindex = \"x\"\n"
        )
    };
    assert_eq!(out_of_range(&apart("10%")).len(), 1);
    // 1.05^59 = 17.79: 259,600.
    assert_eq!(out_of_range(&apart("5%")), []);
    // A range is looked at to both of its ends, whatever its central value is.
    let told = out_of_range(&format!(
        "{LONG}[index.general]\ngrowth = {{ low = \"1%\", likely = \"2%\", high = \"27%\" }}\n"
    ));
    assert_eq!(told.len(), 1, "{told:?}");
}

/// The first band holds for thirty years: 0.631^-30 = e^(30 x 0.460449) = 997,000; 0.63^-30 = e^(30 x 0.462035) = 1,046,000.
#[test]
fn a_discount_factor_is_at_most_a_million() {
    let text = |rate: &str| format!("{LONG}[parameter]\ndiscount.green-book-2026.1 = \"{rate}\"\n");
    assert_eq!(out_of_range(&text("-36.9%")), []);
    let told = out_of_range(&text("-37%"));
    let said = "a pound of 2056-57 may be worth more than a million pounds at this discount rate";
    assert_eq!(told, [("parameter.discount.green-book-2026.1".to_owned(), said.to_owned())]);
}

/// £100bn a month over sixty years are £72,000bn. Thirteen lines of it are £936,000bn, fourteen £1,008,000bn. No prices
/// move, and a discount factor is at most 1.
#[test]
fn the_amounts_of_an_option_are_at_most_a_million_thousand_millions() {
    assert_eq!(MOST_BILLIONS, 1_000_000);
    let lines = |count: usize, amount: &str| {
        let flat = format!("{LONG}[index.general]\ngrowth = \"0%\"\n");
        (0..count)
            .fold(flat, |text, n| text + &format!("[option.a.cost.t{n}]\namount = \"£100bn a {amount}\"\n"))
    };
    let said = "the amounts of option `a` may add up to more than £1,000,000bn";
    let refused = [("option.a.cost.t0.amount".to_owned(), said.to_owned())];
    assert_eq!(out_of_range(&lines(13, "month")), []);
    assert_eq!(out_of_range(&lines(14, "month")), refused);
    assert_eq!(out_of_range(&lines(13 * 12, "year")), []);
    assert_eq!(out_of_range(&lines(14 * 12, "year")), refused);
}

/// A draw of a lognormal has no end of its own: what lies outside what the key may be counts as its end. P10 80% and P90 99%
/// are ln(0.99 / 0.8) / 2.563 = 0.08314 a standard deviation about sqrt(0.8 x 0.99) = 88.99%: 100% is 1.403 of them up,
/// and 8.03% of the draws lie above it.
#[test]
fn no_draw_is_outside_the_range_of_its_key() {
    let text = format!(
        "{WORLD}[role]\nd = {{ salary = \"£50,000\" }}\n[team.t]\nmembers = {{ d = 1 }}\n[approach.a]\nkind = \"persistent\"\nteam = \"t\"\n\
         utilisation = {{ low = \"80%\", high = \"99%\", shape = \"p10-p90\" }}\n[service.s]\neffort = {{ beta = \"3 team-months\" }}\n\
         [option.o.stream.s]\napproach = \"a\"\nservices = [\"s\"]\nstart = \"2026-04\"\n"
    );
    let scenario = reading(&text, "").scenario.expect("a scenario");
    let mut sampler = Sampler::new(&scenario, 1);
    let input = sampler.inputs().next().expect("an uncertain input").place();
    sampler.batch(0, 1_000);
    let mut values: Vec<f64> = scenario.central().iter().map(|_| 0.0).collect();
    let mut draw = |draw| {
        sampler.put(draw, &mut values);
        values[input]
    };
    let draws: Vec<f64> = (0..1_000).map(&mut draw).collect();
    assert!(draws.iter().all(|value| (0.01..=1.0).contains(value)));
    let at_end = draws.iter().filter(|value| value.total_cmp(&1.0).is_eq()).count();
    assert!((79..=81).contains(&at_end), "{at_end}");
    let order = Order { draws: 200, seed: 1, threads: 1, precision: None };
    assert!(simulate(&scenario, order, &|_| true).options[0].nominal.iter().all(|cost| cost.is_finite()));
}

/// The table of `docs/testing.md` says the same.
#[test]
fn every_limit_is_told() {
    let page = include_str!("../docs/testing.md");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| ")).collect();
    for (path, most) in LIMITS {
        let most =
            if most < 1_000 { most.to_string() } else { format!("{},{:03}", most / 1_000, most % 1_000) };
        let is_told = |row: &&str| row.contains(&format!("`{path}`")) && row.contains(&format!("| {most} |"));
        assert!(rows.iter().any(is_told), "`{path}`: {most}");
    }
}

#[test]
fn a_name_is_at_most_a_hundred_characters() {
    let named = |length: usize| format!("{WORLD}[option.{}]\n", "x".repeat(length));
    assert!(reading(&named(100), "").scenario.is_some());
    let told = "a name of 101 characters is too long / at most 100; `name` may be longer";
    assert_eq!(too_large(&named(101), ""), [told]);
}

#[test]
fn a_table_is_at_most_ten_thousand_rows_and_sixteen_megabytes() {
    let text = format!("{WORLD}[option.a]\n[cost.x]\ntable = \"t.csv\"\n");
    let rows = |count: usize| (0..count).fold("name,2026-27\n".to_owned(), |t, n| t + &format!("r{n},1\n"));
    assert!(reading(&text, &rows(10_000)).scenario.is_some());
    assert_eq!(too_large(&text, &rows(10_001)), ["a table of more than 10000 rows is too long / "]);
    let wide = "x".repeat(16_000_001);
    assert_eq!(too_large(&text, &wide), ["`t.csv` is larger than 16 MB / a smaller table"]);
}

/// Options that all bear the same rows of a table, over so many years.
fn crowd(options: usize, rows: usize, years: usize) -> (String, String) {
    let text = format!(
        "[programme]\nname = \"T\"\nstart = \"2026-04\"\nyears = {years}\n{}[cost.x]\ntable = \"t.csv\"\n",
        tables("option", options)
    );
    let head: String = (0..years).fold("name".to_owned(), |head, n| {
        let year = 2026 + n;
        head + &format!(",{year}-{:02}", (year + 1) % 100)
    });
    let cells = ",£1k".repeat(years);
    (text, (0..rows).fold(head + "\n", |table, n| table + &format!("r{n}{cells}\n")))
}

#[test]
fn things_few_enough_each_but_too_many_together_are_told() {
    let (text, table) = crowd(40, 1_000, 60);
    let told = too_large(&text, &table);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("this scenario is too large to run: up to 28800000 amounts"), "{told:?}");
    assert!(told[0].contains("at most 5000000: fewer options"), "{told:?}");
    // Forty options, a thousand services: their run costs and the systems that they replace.
    let mut services = String::new();
    for n in 0..1_000 {
        write!(
            services,
            "[service.t{n}]\neffort = {{ beta = \"1 team-month\" }}\nrun = \"£1k a year\"\n\
             legacy = {{ run = \"£1k a year\" }}\n"
        )
        .expect("text");
    }
    let long = WORLD.replace("years = 2", "years = 60");
    let told = too_large(&format!("{long}{}{services}", tables("option", 40)), "");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("up to 57600000 amounts"), "{told:?}");
}

/// A tenth of the largest that is accepted.
#[test]
fn what_is_large_but_accepted_runs_and_its_checks_hold() {
    let (text, table) = crowd(10, 600, 6);
    let scenario = reading(&text, &table).scenario.expect("a scenario");
    let case = Case::new(scenario);
    assert!(passed(&case.checks), "{:?}", case.checks);
    assert_eq!(case.run.ledger.postings.len(), 10 * 600 * 72);
}

/// Texts that would make a reader compare everything with everything, or count lines from the top for every fault, come
/// to an end, and so does what is said of them.
#[test]
fn a_file_that_is_all_faults_is_read_and_told_to_its_end() {
    let keys = (0..50_000).fold(String::from(WORLD), |text, n| text + &format!("k{n} = 1\n"));
    let broken = (0..50_000).fold(String::from(WORLD), |text, n| text + &format!("k{n} = v\n"));
    let names = (0..50_000).fold(String::new(), |text, n| text + &format!("\"unknown-{n}\","));
    let listed = format!(
        "{WORLD}{}[approach.a]\n[option.o.stream.x]\napproach = \"a\"\nstart = \"2026-04\"\nservices = [{names}]\n",
        tables("service", 1_000)
    );
    for (text, faults) in [(keys, 50_000), (broken, 50_000), (listed, 50_000)] {
        let reading = reading(&text, "");
        assert!(reading.scenario.is_none());
        assert!(reading.diagnostics.len() >= faults, "{}", reading.diagnostics.len());
        let told = render(&reading.diagnostics, &reading.sources, false);
        assert!(told.matches("error[WL").count() >= faults);
    }
}

/// A fund may name the same table again and again: its rows are kept once.
#[test]
fn names_of_what_a_fund_is_for_count_once() {
    let (text, table) = crowd(1, 1_000, 2);
    let names = "\"x\",".repeat(100_000);
    let text = format!(
        "{text}[fund.f]\nkind = \"either\"\nby_year = {{ \"2026-27\" = \"£1k\" }}\nfor = [{names}]\n"
    );
    let scenario = reading(&text, &table).scenario.expect("a scenario");
    assert_eq!(scenario.funds[0].targets.len(), 1_000);
}
