//! The page as markup: sound, whole in itself, and readable without seeing it.

use std::collections::BTreeMap;

use resvg::usvg::roxmltree;
use wholelife::report::Case;

use crate::shared::papers::{HOSTILE, NAMES, file, page};

/// The page as a tree. It is written so that it reads as XML, but for the head's empty elements.
fn parse(page: &str) -> String {
    let text = page.strip_prefix("<!DOCTYPE html>").expect("a doctype");
    let (head, body) = text.split_once("</head>").expect("a head");
    let (start, style) = head.split_once("<title>").expect("a title");
    format!(
        "{}<title>{style}</head>{body}",
        start.replace("\">", "\"/>").replace("lang=\"en-GB\"/>", "lang=\"en-GB\">")
    )
}

/// Runs a check on every page.
fn on_every_page(check: impl Fn(&str, &roxmltree::Document<'_>)) {
    for name in NAMES {
        let text = parse(&page(name));
        let tree = roxmltree::Document::parse(&text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        check(name, &tree);
    }
}

type Node<'a> = roxmltree::Node<'a, 'a>;

fn is(node: &Node<'_>, names: &[&str]) -> bool {
    node.is_element() && names.contains(&node.tag_name().name())
}

fn words(node: Node<'_>) -> String {
    node.descendants().filter_map(|n| n.text().filter(|_| n.is_text())).collect::<Vec<_>>().concat()
}

#[test]
fn a_page_is_well_formed_and_its_names_are_unique() {
    on_every_page(|page, tree| {
        let mut ids = BTreeMap::new();
        for id in tree.descendants().filter_map(|node| node.attribute("id")) {
            *ids.entry(id).or_insert(0) += 1;
        }
        let twice: Vec<_> = ids.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.is_empty(), "{page}: {twice:?}");
        for node in tree.descendants() {
            for name in ["aria-labelledby", "aria-describedby"] {
                for id in node.attribute(name).into_iter().flat_map(str::split_whitespace) {
                    assert!(ids.contains_key(id), "{page}: {name} names `{id}`, which is not there");
                }
            }
        }
        let root = tree.root_element();
        assert_eq!((root.tag_name().name(), root.attribute("lang")), ("html", Some("en-GB")));
        let count = |name: &str| tree.descendants().filter(|node| is(node, &[name])).count();
        assert_eq!((count("main"), count("h1"), count("header"), count("footer")), (1, 1, 1, 1), "{page}");
        let title = tree.descendants().find(|node| is(node, &["title"])).map(words);
        assert_eq!(title, tree.descendants().find(|node| is(node, &["h1"])).map(words));
    });
}

/// Nothing is loaded: no script, no frame, no picture, no address but anchors of the page, and a policy that would
/// not let anything be.
#[test]
fn a_page_needs_nothing_beside_it() {
    on_every_page(|page, tree| {
        for node in tree.descendants().filter(Node::is_element) {
            let name = node.tag_name().name();
            let foreign =
                ["script", "link", "iframe", "object", "embed", "img", "image", "base", "form", "use"];
            assert!(!foreign.contains(&name), "{page}: <{name}>");
            for attribute in node.attributes() {
                let (key, value) = (attribute.name(), attribute.value());
                assert!(!key.starts_with("on") && key != "src" && key != "srcset", "{page}: {key}={value}");
                assert!(key != "href" || value.starts_with('#'), "{page}: {key}={value}");
                assert!(!value.contains("://") && !value.contains("javascript:"), "{page}: {key}={value}");
            }
        }
        let style = tree.descendants().filter(|node| is(node, &["style"])).map(words).collect::<String>();
        assert!(!style.contains("@import"), "{page}");
        let addresses = style.split("url(").skip(1);
        assert!(
            addresses.clone().count() == 2 && addresses.clone().all(|a| a.starts_with("data:font/otf;")),
            "{page}"
        );
        let policy =
            tree.descendants().find(|n| n.attribute("http-equiv") == Some("Content-Security-Policy"));
        let policy = policy.and_then(|node| node.attribute("content")).expect("a policy");
        assert!(policy.starts_with("default-src 'none'"), "{page}: {policy}");
    });
}

#[test]
fn headings_step_down_one_at_a_time_and_anchors_lead_to_them() {
    on_every_page(|page, tree| {
        let levels: Vec<u8> = tree
            .descendants()
            .filter(|node| is(node, &["h1", "h2", "h3", "h4"]))
            .map(|node| {
                assert!(!words(node).trim().is_empty(), "{page}: an empty heading");
                node.tag_name().name().as_bytes()[1] - b'0'
            })
            .collect();
        assert_eq!(levels[0], 1, "{page}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{page}: {levels:?}");
        let sections = tree.descendants().filter(|node| is(node, &["h2"])).count();
        assert_eq!(sections, 9, "{page}: {levels:?}");
        for link in tree.descendants().filter(|node| is(node, &["a"])) {
            let id = link.attribute("href").and_then(|to| to.strip_prefix('#')).expect("an anchor");
            let section =
                tree.descendants().find(|node| node.attribute("id") == Some(id)).expect("a section");
            let heading = section.children().find(|node| is(node, &["h2"])).map(words);
            assert_eq!(heading, Some(words(link)), "{page}");
        }
    });
}

#[test]
fn every_cell_of_a_table_has_its_headings() {
    on_every_page(|page, tree| {
        let tables: Vec<Node<'_>> = tree.descendants().filter(|node| is(node, &["table"])).collect();
        assert!(tables.len() >= 8, "{page}: {} tables", tables.len());
        for table in tables {
            let caption = table.first_element_child().filter(|node| is(node, &["caption"])).map(words);
            let caption = caption.filter(|caption| caption.starts_with("Table ")).expect("a caption");
            let head = table.children().find(|node| is(node, &["thead"])).expect("a head");
            let columns: Vec<Node<'_>> = head.descendants().filter(|node| is(node, &["th"])).collect();
            assert!(columns.iter().all(|th| th.attribute("scope") == Some("col")), "{page}: {caption}");
            let bodies = table.children().filter(|node| is(node, &["tbody"]));
            for row in bodies.flat_map(|body| body.children()).filter(|node| is(node, &["tr"])) {
                let cells: Vec<Node<'_>> = row.children().filter(Node::is_element).collect();
                let scope = cells[0].attribute("scope").expect("a heading of the row");
                let spans =
                    cells[0].attribute("colspan").map(|span| span.parse::<usize>().expect("a number"));
                match scope {
                    "rowgroup" => {
                        assert_eq!((cells.len(), spans), (1, Some(columns.len())), "{page}: {caption}");
                    }
                    "row" => assert_eq!((cells.len(), spans), (columns.len(), None), "{page}: {caption}"),
                    other => panic!("{page}: {caption}: {other}"),
                }
            }
        }
    });
}

/// A reader who sees no picture gets the finding first, then the figures.
#[test]
fn every_chart_says_in_words_what_it_shows() {
    on_every_page(|page, tree| {
        let figures: Vec<Node<'_>> = tree.descendants().filter(|node| is(node, &["figure"])).collect();
        assert!(figures.len() >= 6, "{page}: {} charts", figures.len());
        for figure in figures {
            let caption =
                figure.children().find(|node| is(node, &["figcaption"])).map(words).expect("a caption");
            let svg = figure.descendants().find(|node| is(node, &["svg"])).expect("a picture");
            assert_eq!(svg.attribute("role"), Some("img"), "{page}");
            let told = |place: usize| {
                let id = svg
                    .attribute("aria-labelledby")
                    .and_then(|ids| ids.split(' ').nth(place))
                    .expect("an id");
                svg.children().find(|node| node.attribute("id") == Some(id)).map(words).expect("words")
            };
            let squeezed =
                |text: &str| text.replace('`', "").split_whitespace().collect::<Vec<_>>().join(" ");
            let finding = squeezed(&told(0));
            assert!(
                squeezed(&caption).contains(&finding) && finding.len() > 10,
                "{page}: {caption} / {finding}"
            );
            assert!(squeezed(&told(1)).starts_with(&finding), "{page}: {caption}");
            assert!(told(1).len() > told(0).len() + 20, "{page}: {caption} says no more than its title");
        }
    });
}

#[test]
fn names_that_are_no_names_stay_words() {
    let text = page("hostile");
    assert!(!text.contains("<script") && !text.contains("<img"));
    let tree = parse(&text);
    let tree = roxmltree::Document::parse(&tree).expect("sound");
    let heading = tree.descendants().find(|node| is(node, &["h1"])).map(words);
    assert_eq!(heading.as_deref(), Some(HOSTILE));
    let cell = tree.descendants().find(|node| is(node, &["th"]) && words(*node) == HOSTILE.replace('`', ""));
    assert!(cell.is_some(), "the option's name as a heading of a column");
}

/// WCAG 2: text of 4.5 to 1 on whatever it may stand on. The page's colours are its custom properties, and it uses
/// no other.
#[test]
fn the_colours_of_words_stand_out_from_their_ground() {
    let css = include_str!("../../src/export/html/style.css");
    let (root, rules) = css.split_once('}').expect("the colours");
    assert!(!rules.contains('#') && !rules.contains("rgb"), "a colour that is none of the named ones");
    let colours: BTreeMap<&str, f64> = root
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #"))
        .map(|(name, hex)| (name, luminance(hex)))
        .collect();
    assert_eq!(colours.len(), 6, "{colours:?}");
    for text in ["text", "quiet", "strong"] {
        for ground in ["ground", "band"] {
            let contrast = (colours[ground] + 0.05) / (colours[text] + 0.05);
            assert!(contrast >= 4.5, "{text} on {ground}: {contrast:.2}");
        }
    }
}

fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let share = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour")) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

/// The headline and every written figure of the scenario are there, and the file it was made from.
#[test]
fn the_paper_holds_what_it_must() {
    let text = page("patient-access");
    assert!(text.contains("<p class=\"headline\">Team-funded costs £1.47m more than Project-funded"));
    let scenario = std::fs::read_to_string("scenarios/patient-access.toml").expect("the scenario");
    let none = |_: &str| Err(String::new());
    let request = wholelife::scenario::Request {
        name: "patient-access.toml",
        text: &scenario,
        set: &[],
        tables: &none,
    };
    let case = Case::new(wholelife::scenario::read(&request).scenario.expect("sound"));
    let mut told = 0;
    for input in &case.scenario.inputs {
        let key = match &input.origin {
            wholelife::scenario::Origin::Written(_) => &input.key,
            wholelife::scenario::Origin::Parameter(key) => key,
            wholelife::scenario::Origin::Default => continue,
        };
        // The years of one figure stand in one row.
        let series = key.rsplit_once('.').filter(|(_, last)| last.starts_with("20") && last.contains('-'));
        let row = |key: &str| text.contains(&format!("<code>{key}</code>"));
        assert!(row(key) || series.is_some_and(|(series, _)| row(series)), "{key} is not in the paper");
        told += 1;
    }
    assert!(told > 150, "{told} figures");
    let manifest = std::fs::read_to_string(file("patient-access", "manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert!(text.contains(manifest["inputs"][0]["sha256"].as_str().expect("a hash")));
    assert!(text.contains("Every check that the run makes of itself leaves nothing over"));
}
