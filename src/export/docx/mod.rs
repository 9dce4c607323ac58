//! A paper as a Word document, in styles that a trust can change to its own: `Title`, `Heading 1` to `Heading 3`,
//! `Normal`, `List Bullet`, `Caption`, `Note` and the table style `Board table`. No text carries looks of its own.
//!
//! The parts are Office Open XML (ECMA-376, transitional), their elements in the order of its schema: Word refuses
//! what is out of order. No clock: the same paper gives the same bytes.

mod body;
mod picture;
mod table;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use maud::{Markup, html};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::paper::Paper;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The parts that are the same in every paper.
const FIXED: [(&str, &str); 4] = [
    ("_rels/.rels", include_str!("parts/rels.xml")),
    ("word/styles.xml", include_str!("parts/styles.xml")),
    ("word/settings.xml", include_str!("parts/settings.xml")),
    ("word/numbering.xml", include_str!("parts/numbering.xml")),
];

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// A picture is missing, or is no PNG.
    #[error("the picture `{0}` is no PNG")]
    Picture(String),
    /// The parts could not be packed.
    #[error("the document cannot be packed: {0}")]
    Packing(#[from] zip::result::ZipError),
    /// A part could not be written.
    #[error("the document cannot be written: {0}")]
    Writing(#[from] std::io::Error),
}

/// The document. `pictures` has the PNG of every chart by its file name without ending.
pub fn document(paper: &Paper, pictures: &BTreeMap<&str, &[u8]>) -> Result<Vec<u8>, DocxError> {
    let body = body::body(paper, pictures)?;
    let mut package = Package { zip: ZipWriter::new(Cursor::new(Vec::new())) };
    package.add("[Content_Types].xml", include_str!("parts/content-types.xml"))?;
    for (name, text) in FIXED {
        package.add(name, text)?;
    }
    package.part("docProps/core.xml", core(paper))?;
    package.add("docProps/app.xml", include_str!("parts/app.xml"))?;
    package.part("word/footer1.xml", body::footer(paper))?;
    package.part("word/document.xml", body.document)?;
    package.part("word/_rels/document.xml.rels", relationships(&body.pictures))?;
    for (place, name) in body.pictures.iter().enumerate() {
        if let Some(bytes) = pictures.get(name) {
            package.stored(&media(place), bytes)?;
        }
    }
    Ok(package.zip.finish()?.into_inner())
}

/// The name of a picture in the package.
fn media(place: usize) -> String {
    format!("word/media/image{}.png", place + 1)
}

struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Package {
    fn part(&mut self, name: &str, markup: Markup) -> Result<(), DocxError> {
        self.add(name, &(DECLARATION.to_owned() + &markup.into_string()))
    }

    fn add(&mut self, name: &str, text: &str) -> Result<(), DocxError> {
        self.write(name, text.as_bytes(), CompressionMethod::Deflated)
    }

    /// As it is: a PNG is packed already.
    fn stored(&mut self, name: &str, bytes: &[u8]) -> Result<(), DocxError> {
        self.write(name, bytes, CompressionMethod::Stored)
    }

    fn write(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> Result<(), DocxError> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(0o644);
        self.zip.start_file(name, options)?;
        Ok(self.zip.write_all(bytes)?)
    }
}

/// Title and maker, without a date.
fn core(paper: &Paper) -> Markup {
    html! {
        cp:coreProperties
            xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
            xmlns:dc="http://purl.org/dc/elements/1.1/" {
            dc:title { (body::clean(&paper.title)) }
            dc:subject { (body::clean(&paper.subtitle)) }
            dc:creator { "wholelife" }
            dc:description { (body::clean(&paper.foot)) }
            dc:language { "en-GB" }
        }
    }
}

fn relationships(pictures: &[&str]) -> Markup {
    let kind =
        |name: &str| format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}");
    let fixed = [
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("numbering", "numbering.xml"),
        ("footer", "footer1.xml"),
    ];
    html! {
        Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships" {
            @for (name, target) in fixed {
                Relationship Id={ "rId-" (name) } Type=(kind(name)) Target=(target) {}
            }
            @for place in 0..pictures.len() {
                Relationship Id={ "rId-image-" (place + 1) } Type=(kind("image"))
                    Target={ "media/image" (place + 1) ".png" } {}
            }
        }
    }
}
