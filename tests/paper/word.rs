//! The Word document: sound parts in the order of the schema, and the same words as the page.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;

use resvg::usvg::roxmltree;

use crate::shared::papers::{HOSTILE, NAMES, file, page};

fn is_picture(part: &str) -> bool {
    part.starts_with("word/media/")
}

/// The parts of a document by name; pictures as nothing.
fn parts(name: &str) -> BTreeMap<String, String> {
    let bytes = fs::read(file(name, "board-paper.docx")).expect("a document");
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut parts = BTreeMap::new();
    for place in 0..package.len() {
        let mut part = package.by_index(place).expect("a part");
        let stamp = part.last_modified().expect("a time");
        assert_eq!((stamp.year(), stamp.month(), stamp.day()), (1980, 1, 1), "no clock");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("bytes");
        let name = part.name().expect("a name").into_owned();
        if is_picture(&name) {
            assert!(bytes.starts_with(b"\x89PNG"), "{name}");
        }
        parts.insert(name, String::from_utf8(bytes).unwrap_or_default());
    }
    parts
}

/// The children of an element, in the order of the schema (ECMA-376, part 1; those that are used).
const ORDER: [(&str, &[&str]); 8] = [
    (
        "pPr",
        &["pStyle", "keepNext", "keepLines", "numPr", "tabs", "spacing", "ind", "jc", "outlineLvl", "rPr"],
    ),
    ("rPr", &["rStyle", "rFonts", "b", "bCs", "color", "sz", "szCs", "lang"]),
    (
        "tblPr",
        &[
            "tblStyle",
            "tblStyleRowBandSize",
            "tblW",
            "tblInd",
            "tblBorders",
            "tblLayout",
            "tblCellMar",
            "tblLook",
            "tblCaption",
        ],
    ),
    ("tcPr", &["tcW", "gridSpan", "tcBorders", "vAlign"]),
    ("tbl", &["tblPr", "tblGrid", "tr"]),
    ("tc", &["tcPr", "p"]),
    ("sectPr", &["footerReference", "pgSz", "pgMar"]),
    (
        "style",
        &[
            "name",
            "basedOn",
            "next",
            "uiPriority",
            "semiHidden",
            "unhideWhenUsed",
            "qFormat",
            "pPr",
            "rPr",
            "tblPr",
            "tblStylePr",
        ],
    ),
];

#[test]
fn parts_are_sound_and_their_elements_in_the_order_of_the_schema() {
    for name in NAMES {
        let parts = parts(name);
        for (part, text) in parts.iter().filter(|(part, _)| !is_picture(part)) {
            let tree =
                roxmltree::Document::parse(text).unwrap_or_else(|fault| panic!("{name}: {part}: {fault}"));
            for node in tree.descendants().filter(roxmltree::Node::is_element) {
                let element = node.tag_name().name();
                let Some((_, order)) = ORDER.iter().find(|(known, _)| *known == element) else { continue };
                let children = node.children().filter(roxmltree::Node::is_element);
                let places: Vec<usize> = children
                    .map(|child| {
                        let child = child.tag_name().name();
                        let place = order.iter().position(|known| *known == child);
                        place.unwrap_or_else(|| panic!("{name}: {part}: <{child}> in <{element}>"))
                    })
                    .collect();
                assert!(places.is_sorted(), "{name}: {part}: <{element}> has its children in another order");
            }
        }
        // A cell must end in a paragraph, or Word finds the file damaged.
        let tree = roxmltree::Document::parse(&parts["word/document.xml"]).expect("sound");
        let cells = tree.descendants().filter(|node| node.tag_name().name() == "tc");
        assert!(
            cells
                .into_iter()
                .all(|cell| { cell.last_element_child().is_some_and(|last| last.tag_name().name() == "p") })
        );
    }
}

#[test]
fn every_part_that_is_named_is_there_and_every_style_is_defined() {
    for name in NAMES {
        let parts = parts(name);
        let tree = |part: &str| parts[part].clone();
        let types = tree("[Content_Types].xml");
        let types = roxmltree::Document::parse(&types).expect("sound");
        for part in types.descendants().filter_map(|node| node.attribute("PartName")) {
            assert!(parts.contains_key(part.trim_start_matches('/')), "{name}: {part}");
        }
        let related = tree("word/_rels/document.xml.rels");
        let related = roxmltree::Document::parse(&related).expect("sound");
        let mut ids = BTreeSet::new();
        for node in related.descendants().filter(|node| node.has_attribute("Target")) {
            let target = format!("word/{}", node.attribute("Target").expect("a target"));
            assert!(parts.contains_key(&target), "{name}: {target}");
            assert!(ids.insert(node.attribute("Id").expect("an id").to_owned()), "{name}: an id twice");
        }
        let document = tree("word/document.xml");
        let document = roxmltree::Document::parse(&document).expect("sound");
        let of = |node: &roxmltree::Node<'_, '_>, key: &str| {
            node.attributes().find(|a| a.name() == key).map(|a| a.value().to_owned())
        };
        for node in document.descendants() {
            for id in
                [of(&node, "embed"), of(&node, "id").filter(|id| id.starts_with("rId"))].into_iter().flatten()
            {
                assert!(ids.contains(&id), "{name}: {id}");
            }
        }
        let styles = tree("word/styles.xml");
        let styles = roxmltree::Document::parse(&styles).expect("sound");
        let defined: BTreeSet<String> =
            styles.descendants().filter_map(|node| of(&node, "styleId")).collect();
        for needed in
            ["Title", "Heading1", "Heading2", "Heading3", "Normal", "Caption", "ListBullet", "BoardTable"]
        {
            assert!(defined.contains(needed), "{needed}");
        }
        let named = document.descendants().chain(styles.descendants());
        let named = named
            .filter(|n| ["pStyle", "rStyle", "tblStyle", "basedOn", "next"].contains(&n.tag_name().name()));
        for style in named.filter_map(|node| of(&node, "val")) {
            assert!(defined.contains(&style), "{name}: the style `{style}` is used and not defined");
        }
        assert!(!parts["docProps/core.xml"].contains("dcterms"), "no clock");
    }
}

/// What can be seen is said; what is long repeats its heading; what is a figure stands on the right.
#[test]
fn pictures_have_words_tables_their_headings_and_the_words_are_those_of_the_page() {
    for name in NAMES {
        let parts = parts(name);
        let document = roxmltree::Document::parse(&parts["word/document.xml"]).expect("sound");
        let count = |element: &str| document.descendants().filter(|n| n.tag_name().name() == element).count();
        let page = page(name);
        assert_eq!(count("drawing"), page.matches("<figure>").count(), "{name}");
        assert_eq!(
            (count("tbl"), count("tblHeader")),
            (page.matches("<table>").count(), count("tbl")),
            "{name}"
        );
        for node in document.descendants().filter(|node| node.tag_name().name() == "docPr") {
            assert!(node.attribute("descr").is_some_and(|words| words.len() > 40), "{name}: {node:?}");
        }
        let styled = |style: &'static str| {
            let paragraphs = document.descendants().filter(move |n| n.tag_name().name() == "p");
            paragraphs.filter(move |p| {
                p.descendants()
                    .any(|n| n.tag_name().name() == "pStyle" && n.attributes().any(|a| a.value() == style))
            })
        };
        let words = |node: roxmltree::Node<'_, '_>| {
            let texts = node.descendants().filter(|n| n.tag_name().name() == "t").filter_map(|n| n.text());
            texts.collect::<String>()
        };
        assert_eq!(styled("Heading1").count(), page.matches("<h2>").count(), "{name}");
        assert_eq!(styled("Heading2").count(), page.matches("<h3>").count(), "{name}");
        assert_eq!(styled("Caption").count(), count("tbl") + count("drawing"), "{name}");
        let title = styled("Title").map(words).collect::<String>().replace('`', "");
        assert!(!title.is_empty() && (name != "hostile" || title == HOSTILE.replace('`', "")), "{title}");
    }
}
