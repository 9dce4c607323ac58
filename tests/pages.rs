//! The pages of `docs/scenarios` show what the tool prints and draws today: each command in a `console` block is run,
//! each chart is drawn, and both are compared with the page. `SNAPSHOTS=overwrite cargo test --test suite pages::` renews
//! them; look at the difference first.

#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use snapbox::{Assert, Data, assert::DEFAULT_ACTION_ENV, data::DataFormat};
use wholelife::chart::Chart;
use wholelife::export::{png, svg};
use wholelife::report::{self, Case};
use wholelife::scenario::{self, Request};
use wholelife::uncertainty::{Measure, bridge, sensitivity};

use crate::shared::console::{excerpt, renewed, shown, words};
use crate::shared::{shipped, wholelife};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .replace("\r\n", "\n")
}

/// All pages but the index.
fn pages() -> Vec<PathBuf> {
    let folder = root().join("docs/scenarios");
    let paths = folder.read_dir().expect("the folder").map(|entry| entry.expect("an entry").path());
    let is_page =
        |path: &PathBuf| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md");
    let mut pages: Vec<PathBuf> = paths.filter(is_page).collect();
    pages.sort();
    assert!(!pages.is_empty());
    pages
}

#[test]
fn pages_show_what_is_printed() {
    let pages = pages();
    let next = AtomicUsize::new(0);
    // The commands wait for one another only within a page.
    let work = || {
        while let Some(path) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            let page = read(path);
            let commands = page.matches("```console\n").count();
            assert!(commands >= 2, "a page answers its question with two commands or more");
            let assert = Assert::new().action_env(DEFAULT_ACTION_ENV);
            assert.eq(renewed(root(), &page), Data::read_from(path, None).raw());
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            worker.join().unwrap_or_else(|why| std::panic::resume_unwind(why));
        }
    });
}

/// The charts of the pages are those of today: `docs/images/SCENARIO.CHART.png`. Compared where they were made,
/// since rasterisers may differ in the last bit between processors.
#[test]
#[cfg_attr(
    not(target_arch = "x86_64"),
    ignore = "the charts' pixels were made on x86-64, and are compared only there"
)]
fn pages_show_todays_charts() {
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV);
    let mut charts = 0;
    for page in pages() {
        for link in read(&page).split("](../images/").skip(1) {
            let (name, _) = link.split_once(')').expect("the end of a link");
            let parts: Vec<&str> = name.split('.').collect();
            let [scenario, chart, "png"] = parts[..] else { panic!("{name} is not SCENARIO.CHART.png") };
            let made = png::png(&svg::svg(&drawn(scenario, chart)), 1).expect("our own SVG can be drawn");
            let kept = Data::read_from(&root().join("docs/images").join(name), Some(DataFormat::Binary));
            assert.eq(Data::binary(made), kept);
            charts += 1;
        }
    }
    assert!(charts >= pages().len(), "a page has a chart at least");
}

/// A chart of a shipped scenario, as `wholelife report` draws it.
fn drawn(name: &str, chart: &str) -> Chart {
    let folder = root().join("scenarios");
    let text = read(&folder.join(format!("{name}.toml")));
    let tables = |table: &str| fs::read(folder.join(table)).map_err(|error| error.to_string());
    let reading = scenario::read(&Request { name, text: &text, set: &[], tables: &tables });
    let case = Case::new(reading.scenario.expect("a scenario without faults"));
    let pair = || case.pair().expect("two options");
    match chart {
        "cost-by-year" => report::cost_chart(&case),
        "cumulative" => report::cumulative_chart(&case),
        "timeline" => report::timeline_chart(&case),
        "funding" => report::funding_chart(&case),
        "horizon" => report::horizon_chart(&case),
        "bridge" => {
            let (first, second) = pair();
            report::waterfall_chart(&case, &bridge(&case.plan, second, first, Measure::Cost))
        }
        "tornado" => report::tornado_chart(&case, &sensitivity(&case.scenario), pair()),
        other => panic!("no page draws a chart `{other}` yet"),
    }
}

/// What a page concludes, it has shown: each sum of money under "What comes out" stands in an output above it, as
/// `£1.71m` is printed in sentences and `£1,706k` in tables of thousands.
#[test]
fn pages_conclude_from_what_they_show() {
    for path in pages() {
        let page = read(&path);
        let (shown, rest) = page.split_once("\n## What comes out\n").expect("a conclusion");
        let (concluded, _) = rest.split_once("\n## ").expect("a section after it");
        let outputs: String =
            shown.split("```console\n").skip(1).filter_map(|part| part.split("```").next()).collect();
        let sums: Vec<&str> = concluded.match_indices('£').map(|(at, _)| money(&concluded[at..])).collect();
        assert!(!sums.is_empty(), "{} concludes without a figure", path.display());
        for sum in sums {
            let printed = sum.strip_suffix('k').map_or(sum, |thousands| thousands.trim_start_matches('£'));
            assert!(
                outputs.contains(sum) || outputs.contains(printed),
                "{}: {sum} is not shown",
                path.display()
            );
        }
    }
}

/// The sum at the start of a text: `£1.71m` of `£1.71m, more`.
fn money(text: &str) -> &str {
    let is_part = |c: char| c.is_ascii_digit() || "£,.km".contains(c);
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    text[..end].trim_end_matches([',', '.'])
}

/// Each page stands in the index, and each scenario on a page or in the index.
#[test]
fn the_index_knows_every_page_and_scenario() {
    let index = read(&root().join("docs/scenarios/README.md"));
    let mut told = index.clone();
    for page in pages() {
        let name = page.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(index.contains(&format!("]({name})")), "{name} is not in the index");
        told.push_str(&read(&page));
    }
    for scenario in shipped() {
        assert!(told.contains(&format!("scenarios/{scenario}.toml")), "no page tells of {scenario}");
    }
}

#[test]
fn every_scenario_passes_a_strict_check() {
    let files: Vec<String> = shipped().iter().map(|name| format!("scenarios/{name}.toml")).collect();
    let run = wholelife(root()).arg("check").args(&files).arg("--strict").output().expect("run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// A page that shows parts of an output shows those, with dots for the rest.
#[test]
fn an_excerpt_keeps_what_is_asked_for() {
    let asked = shown("text\n<!-- shown: b > d; e > -->\n").expect("ranges");
    assert_eq!(excerpt("a\nb\nc\nd\ne\nf\n", &asked), "...\nb\nc\n...\ne\nf\n");
    assert_eq!(shown("text\n"), None);
    assert_eq!(words("a --set b=\"1 2\" c"), ["a", "--set", "b=1 2", "c"]);
}
