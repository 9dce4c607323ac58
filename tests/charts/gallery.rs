//! The charts of whole scenarios, from the file to the picture: the ordinary one, and those at the ends.

use std::fs;
use std::path::Path;

use wholelife::chart::Chart;
use wholelife::export::svg::svg;
use wholelife::report::{Case, Item, Pack, pack};
use wholelife::scenario::{self, Request};

use crate::charts::checks::{parsed, shapes_are_inside, words_are_apart};

fn reported(path: &str) -> Pack {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = fs::read_to_string(&path).expect("the scenario");
    let tables = |name: &str| Err(format!("there is no {name}"));
    let reading = scenario::read(&Request { name: "gallery", text: &text, set: &[], tables: &tables });
    let case = Case::new(reading.scenario.expect("no fault"));
    pack(&case, case.pair())
}

fn charts(pack: &Pack) -> Vec<(&str, &Chart)> {
    pack.items
        .iter()
        .filter_map(
            |(name, item)| if let Item::Chart(chart) = item { Some((name.as_str(), chart)) } else { None },
        )
        .collect()
}

const ALL: [&str; 11] = [
    "accounts",
    "bridge",
    "cost-by-year",
    "cumulative",
    "fan",
    "funding",
    "heat-map",
    "horizon",
    "s-curves",
    "timeline",
    "tornado",
];

#[test]
fn words_of_whole_scenarios_are_apart_inside_and_whole() {
    for (path, count) in [
        ("scenarios/patient-access.toml", 11),
        ("tests/gallery/ten-long-names.toml", 11),
        ("tests/gallery/one-option-one-year.toml", 8),
    ] {
        let pack = reported(path);
        let charts = charts(&pack);
        assert_eq!(charts.len(), count, "{path}");
        for (name, chart) in charts {
            let name = format!("{path}, {name}");
            words_are_apart(&name, chart);
            let text = svg(chart);
            let tree = parsed(&text);
            shapes_are_inside(&name, tree.root(), tree.size());
            let shortened: Vec<&str> = text.lines().filter(|line| line.contains("…</text>")).collect();
            assert!(shortened.is_empty(), "{name}: {shortened:?}");
        }
    }
}

/// Which names are shown decides what a reader takes from a chart of ten options.
#[test]
fn options_that_differ_in_the_last_word_are_told_apart_in_every_panel() {
    let pack = reported("tests/gallery/ten-long-names.toml");
    for (name, chart) in charts(&pack) {
        let words = svg(chart).replace("</text>", " ");
        for last in ["locality", "localities"] {
            assert!(
                words.contains(&format!("{last} ")) || ["heat-map", "tornado"].contains(&name),
                "{name}: {last}"
            );
        }
    }
}

#[test]
fn what_is_left_out_is_told_with_its_reason() {
    let left_out = |path: &str| reported(path).left_out;
    assert_eq!(left_out("scenarios/patient-access.toml"), []);
    let one = left_out("tests/gallery/one-option-one-year.toml");
    for chart in ["tornado", "heat-map", "bridge"] {
        let told = one.iter().find(|(name, _)| name == chart);
        assert_eq!(
            told.map(|(_, why)| why.as_str()),
            Some("there is only one option, and nothing to compare it with")
        );
    }
    let names: Vec<String> = reported("tests/gallery/one-option-one-year.toml")
        .items
        .into_iter()
        .filter(|(_, item)| matches!(item, Item::Chart(_)))
        .map(|(name, _)| name)
        .collect();
    for name in ALL {
        let told = one.iter().any(|(left, _)| left == name);
        assert!(told != names.iter().any(|shown| shown == name), "{name} is either shown or told");
    }
}

#[test]
fn amounts_below_nought_keep_their_sign_in_titles() {
    let pack = reported("tests/gallery/ten-long-names.toml");
    let title = |wanted: &str| {
        let charts = charts(&pack);
        charts
            .iter()
            .find(|(name, _)| *name == wanted)
            .map(|(_, chart)| chart.title.clone())
            .expect("a chart")
    };
    assert!(title("cost-by-year").contains("−£11.35m"), "{}", title("cost-by-year"));
    assert!(title("s-curves").contains("at most −£"), "{}", title("s-curves"));
}
