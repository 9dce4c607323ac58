//! Charts: what every picture must be, over samples from the ordinary to the extreme.
#![cfg(feature = "charts")]

#[path = "charts/samples.rs"]
mod samples;

use std::path::Path;

use wholelife::export::png::png;
use wholelife::export::svg::svg;

/// Writes every sample as a picture, to be looked at: `cargo test --test charts -- --ignored pictures`.
#[test]
#[ignore = "writes files to look at"]
fn pictures() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (name, chart) in samples::all() {
        let text = svg(&chart);
        std::fs::write(folder.join(format!("{name}.svg")), &text).expect("written");
        std::fs::write(folder.join(format!("{name}.png")), png(&text, 1).expect("drawn")).expect("written");
    }
}
