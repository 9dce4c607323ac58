//! A picture in the text, as wide as the text, with its description. The picture is that of the folder; its title and
//! its source, which the paper says beside it, are cropped, and can be had back in Word.

use maud::{Markup, html};

use super::DocxError;
use super::body::{WIDTH, clean};
use crate::chart::Chart;
use crate::export::svg;

/// English metric units in a twentieth of a point.
const UNITS: u64 = 635;
/// The most of a page's height that a picture takes, so that its caption has room beside it: 230 mm.
const MOST_HEIGHT: u64 = 8_280_000;

/// A paragraph with a chart's picture.
pub(super) fn markup(number: usize, name: &str, chart: &Chart, png: &[u8]) -> Result<Markup, DocxError> {
    let (width, height) = size(png).ok_or_else(|| DocxError::Picture(name.to_owned()))?;
    let shown = svg::between_title_and_source(chart);
    let height = ((shown.end - shown.start) * height as f64).round() as u64;
    // Thousandths of a per cent.
    let cropped = |share: f64| (share * 100_000.0).round() as u64;
    let full = u64::from(WIDTH) * UNITS;
    let (mut across, mut down) = (full, full * height / width);
    if down > MOST_HEIGHT {
        (across, down) = (MOST_HEIGHT * width / height, MOST_HEIGHT);
    }
    let words = clean(&chart.alt_text());
    Ok(html! {
        w:p {
            w:pPr { w:pStyle w:val="Figure" {} }
            w:r {
                w:drawing {
                    wp:inline distT="0" distB="0" distL="0" distR="0" {
                        wp:extent cx=(across) cy=(down) {}
                        wp:docPr id=(number) name={ "Figure " (number) } descr=(words) {}
                        wp:cNvGraphicFramePr { a:graphicFrameLocks noChangeAspect="1" {} }
                        a:graphic {
                            a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture" {
                                pic:pic {
                                    pic:nvPicPr {
                                        pic:cNvPr id=(number) name={ (name) ".png" } descr=(words) {}
                                        pic:cNvPicPr {}
                                    }
                                    pic:blipFill {
                                        a:blip r:embed={ "rId-image-" (number) } {}
                                        a:srcRect t=(cropped(shown.start)) b=(cropped(1.0 - shown.end)) {}
                                        a:stretch { a:fillRect {} }
                                    }
                                    pic:spPr {
                                        a:xfrm {
                                            a:off x="0" y="0" {}
                                            a:ext cx=(across) cy=(down) {}
                                        }
                                        a:prstGeom prst="rect" { a:avLst {} }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    })
}

/// Width and height in pixels, as the head of a PNG says.
fn size(png: &[u8]) -> Option<(u64, u64)> {
    let number = |at: usize| Some(u64::from(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?)));
    let (width, height) = (number(16)?, number(20)?);
    (png.starts_with(b"\x89PNG\r\n\x1a\n") && width > 0 && height > 0).then_some((width, height))
}
