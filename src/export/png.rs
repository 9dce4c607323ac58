//! SVG to PNG, with the embedded typeface and no other: the same picture on every machine.
//!
//! The pixels are opaque, on white. They are written without transparency and without the filters that serve
//! photographs: plain areas compress better so, in half the time. The packing is that of `zlib-rs`.

use std::io::Write;
use std::sync::{Arc, LazyLock};

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};

use super::fonts;

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The text is not SVG that can be drawn.
    #[error("the picture cannot be drawn: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// Nothing to draw on: a scale of nought, or more pixels than memory can address.
    #[error("a picture of {width} x {height} pixels cannot be made")]
    Size {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// The pixels could not be written.
    #[error("the picture cannot be written as PNG: {0}")]
    Encoding(#[from] EncodingError),
}

/// Read once; the files themselves stay where they are embedded.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut known = fontdb::Database::new();
    for file in [fonts::REGULAR, fonts::SEMIBOLD] {
        known.load_font_source(fontdb::Source::Binary(Arc::new(file)));
    }
    Arc::new(known)
});

/// Draws SVG text at `scale` pixels for each logical one: 1 for the screen, 2 for print.
pub fn png(svg: &str, scale: u32) -> Result<Vec<u8>, PngError> {
    Picture::read(svg)?.png(scale)
}

/// SVG that was read, to be drawn at several sizes.
#[derive(Debug)]
pub struct Picture(Tree);

impl Picture {
    /// Reads SVG text.
    pub fn read(svg: &str) -> Result<Self, PngError> {
        // Our pictures hold no images; foreign ones must not make the library read files.
        let image_href_resolver = ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        };
        let options = Options { fontdb: Arc::clone(&FONTS), image_href_resolver, ..Options::default() };
        Ok(Self(Tree::from_str(svg, &options)?))
    }

    /// Draws it at `scale` pixels for each logical one.
    pub fn png(&self, scale: u32) -> Result<Vec<u8>, PngError> {
        let size = self.0.size().to_int_size();
        let (width, height) = (size.width().saturating_mul(scale), size.height().saturating_mul(scale));
        let mut pixels = Pixmap::new(width, height).ok_or(PngError::Size { width, height })?;
        pixels.fill(Color::WHITE);
        let transform = Transform::from_scale(scale as f32, scale as f32);
        resvg::render(&self.0, transform, &mut pixels.as_mut());
        Ok(encoded(&pixels)?)
    }
}

/// Line by line: a copy of the whole picture without its transparency would cost as much as drawing it.
fn encoded(pixels: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    let mut stream = writer.stream_writer_with_size(1 << 16)?;
    let width = pixels.width() as usize;
    let mut line = vec![0; width * 3];
    for row in pixels.data().chunks_exact(width * 4) {
        for (colour, pixel) in line.chunks_exact_mut(3).zip(row.chunks_exact(4)) {
            colour.copy_from_slice(&pixel[..3]);
        }
        stream.write_all(&line)?;
    }
    stream.finish()?;
    writer.finish()?;
    Ok(bytes)
}
