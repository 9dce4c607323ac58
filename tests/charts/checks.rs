//! What every picture must be, whatever it shows.

use std::path::Path;

use resvg::usvg::{self, Group, Node, Options, Rect, Tree, fontdb};
use wholelife::chart::Chart;
use wholelife::export::svg::svg;

pub(crate) fn parsed(svg: &str) -> Tree {
    let mut fonts = fontdb::Database::new();
    for file in ["SourceSans3-Regular.otf", "SourceSans3-Semibold.otf"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/export/fonts").join(file);
        fonts.load_font_data(std::fs::read(path).expect("the font is there"));
    }
    let options = Options { fontdb: fonts.into(), ..Options::default() };
    Tree::from_str(svg, &options).expect("SVG that can be read")
}

/// The words of a picture and the ink of each, as a renderer shapes them: not as our layout measured them.
fn words(group: &Group, found: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => words(inner, found),
            Node::Text(text) => {
                let shown: String = text.chunks().iter().map(usvg::TextChunk::text).collect();
                found.push((shown, text.flattened().abs_bounding_box()));
            }
            _ => {}
        }
    }
}

/// No word leaves the picture, and no two overlap.
pub(crate) fn words_are_apart(name: &str, chart: &Chart) {
    let tree = parsed(&svg(chart));
    let mut found = Vec::new();
    words(tree.root(), &mut found);
    assert!(found.len() >= 3, "{name}: title, subtitle and source at least");
    for (nth, (text, ink)) in found.iter().enumerate() {
        let inside = ink.left() >= 0.0
            && ink.top() >= 0.0
            && ink.right() <= tree.size().width()
            && ink.bottom() <= tree.size().height();
        assert!(inside, "{name}: {text:?} leaves the picture: {ink:?}");
        for (other, there) in &found[..nth] {
            let apart = ink.left() >= there.right()
                || ink.right() <= there.left()
                || ink.top() >= there.bottom()
                || ink.bottom() <= there.top();
            assert!(apart, "{name}: {text:?} and {other:?} overlap: {ink:?}, {there:?}");
        }
    }
}

/// The areas that mean something, as boxes from left, top to right, bottom; the key's among them.
fn columns_of(svg: &str) -> Vec<[f32; 4]> {
    let document = roxmltree::Document::parse(svg).expect("XML");
    let marks = document.descendants().filter(|n| n.has_tag_name("path") && n.has_children());
    let mut boxes = Vec::new();
    for part in marks.filter_map(|m| m.attribute("d")).flat_map(|d| d.split_terminator('Z')) {
        let numbers: Vec<f32> = part
            .split(|c: char| "MHV ".contains(c))
            .filter(|n| !n.is_empty())
            .map(|n| n.parse().expect("a number"))
            .collect();
        let [left, top, right, bottom, _] = <[f32; 5]>::try_from(numbers).expect("a box");
        boxes.push([left, top, right, bottom]);
    }
    boxes
}

/// Charts of columns: no word lies on one, whatever it says.
pub(crate) fn words_are_clear_of_columns(name: &str, chart: &Chart) {
    let text = svg(chart);
    let columns = columns_of(&text);
    let mut found = Vec::new();
    words(parsed(&text).root(), &mut found);
    for (word, ink) in found {
        for [left, top, right, bottom] in &columns {
            let clear =
                ink.left() >= *right || ink.right() <= *left || ink.top() >= *bottom || ink.bottom() <= *top;
            assert!(clear, "{name}: {word:?} at {ink:?} lies on {:?}", (left, top, right, bottom));
        }
    }
}

/// Everything that is drawn lies inside the picture.
pub(crate) fn shapes_are_inside(name: &str, group: &Group, size: usvg::Size) {
    for node in group.children() {
        if let Node::Group(inner) = node {
            shapes_are_inside(name, inner, size);
            continue;
        }
        let ink = node.abs_stroke_bounding_box();
        let inside = ink.left() >= 0.0
            && ink.top() >= 0.0
            && ink.right() <= size.width()
            && ink.bottom() <= size.height();
        assert!(inside, "{name}: {ink:?} leaves the picture");
    }
}
