//! The house style in one place: sizes, type, greys, and what each meaning looks like.
//!
//! White ground, thin grey grid, no frame. The colours are told apart by people with any of the common
//! colour deficiencies, and neighbours in a stack differ in lightness or pattern, so that a photocopy reads
//! too; tests below hold both.

use super::canvas::Pen;
use crate::chart::Ink;

/// Logical pixels. A picture grows taller than this only if it could not be read otherwise.
pub(super) const WIDTH: f64 = 1600.0;
pub(super) const HEIGHT: f64 = 900.0;
pub(super) const MARGIN: f64 = 44.0;

pub(super) const FAMILY: &str = "'Source Sans 3', system-ui, 'Segoe UI', Arial, sans-serif";

pub(super) const TEXT: &str = "#1F2429";
pub(super) const QUIET: &str = "#56606A";
pub(super) const AXIS: &str = "#7B858E";
pub(super) const GRID: &str = "#DFE3E6";
pub(super) const BAND: &str = "#F1F3F5";
pub(super) const GROUND: &str = "#FFFFFF";

/// The tint between the lines while cost leads, and while benefit does.
pub(super) const BEHIND: &str = "#ECEAE6";
pub(super) const AHEAD: &str = "#CFE9DF";

/// Bands of likelihood, from the widest to the narrowest, and the lines between them.
pub(super) const BANDS: [&str; 4] = ["#E3ECF4", "#C3D7E8", "#8FB6D8", "#5E93C4"];
pub(super) const BAND_EDGE: &str = "#4379AC";

/// Results below and above nought, from the smallest step to the largest.
pub(super) const COLD: [&str; 5] = ["#DCEAF5", "#9CC3E0", "#3A77AA", "#1F5587", "#0B3155"];
pub(super) const WARM: [&str; 5] = ["#FBE6D3", "#F2B57C", "#B85A14", "#8C3F08", "#5A2703"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Semibold,
}

/// A kind of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Face {
    /// Logical pixels.
    pub(super) size: f64,
    pub(super) weight: Weight,
    pub(super) colour: &'static str,
}

const fn face(size: f64, weight: Weight, colour: &'static str) -> Face {
    Face { size, weight, colour }
}

pub(super) const TITLE: Face = face(36.0, Weight::Semibold, TEXT);
pub(super) const SUBTITLE: Face = face(21.0, Weight::Regular, QUIET);
pub(super) const NAME: Face = face(20.0, Weight::Semibold, TEXT);
pub(super) const NOTE: Face = face(18.0, Weight::Regular, QUIET);
pub(super) const KEY: Face = face(19.0, Weight::Regular, TEXT);
pub(super) const TICK: Face = face(18.0, Weight::Regular, QUIET);
pub(super) const LABEL: Face = face(18.0, Weight::Semibold, TEXT);
pub(super) const SOURCE: Face = face(16.0, Weight::Regular, QUIET);

impl Face {
    /// From one line to the next.
    pub(super) fn leading(self) -> f64 {
        (self.size * 1.22).round()
    }

    /// From the top of a line's box down to its baseline.
    pub(super) fn rise(self) -> f64 {
        self.size * 0.92
    }

    /// From the middle of a mark down to the baseline of the text beside it: half of a capital's height.
    pub(super) fn middle(self) -> f64 {
        self.size * 0.33
    }

    pub(super) fn coloured(self, colour: &'static str) -> Self {
        Self { colour, ..self }
    }

    pub(super) fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }
}

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fill {
    pub(super) colour: &'static str,
    /// Slanting lines of this colour over it.
    pub(super) hatch: Option<&'static str>,
    /// Text that reads on it.
    pub(super) text: &'static str,
}

/// What a meaning looks like: the one palette.
pub(super) fn fill(ink: Ink) -> Fill {
    let (colour, hatch, text) = match ink {
        Ink::Starting => ("#F0B83C", None, TEXT),
        Ink::Forming => ("#FBE8BD", Some("#D79A12"), TEXT),
        Ink::Discovery => ("#4379AC", None, GROUND),
        Ink::Alpha => ("#295F95", None, GROUND),
        Ink::Building => ("#0F4576", None, GROUND),
        Ink::Keeping => ("#74B0E4", None, TEXT),
        Ink::Improving | Ink::Benefit => ("#0C7F66", None, GROUND),
        Ink::Stalled => ("#F7CDBF", Some("#C8452A"), TEXT),
        Ink::HandingOver => ("#86652A", None, GROUND),
        Ink::Renewing => ("#BDD3E8", Some("#295F95"), TEXT),
        Ink::Running => ("#E8BFD3", None, TEXT),
        Ink::Legacy => ("#45403C", None, GROUND),
        Ink::Other => ("#E6E6E1", Some("#ABABA4"), TEXT),
        Ink::Cost => ("#701A5E", None, GROUND),
        Ink::Funded => ("#3D5A80", None, GROUND),
        Ink::Gap => ("#C3241B", Some("#FFE3DC"), GROUND),
        Ink::Lapsed => ("#FFFFFF", Some("#9DA8B2"), TEXT),
        Ink::CarriedForward => ("#D5E4EA", None, TEXT),
        Ink::InUse => ("#2B5C73", None, GROUND),
        Ink::UnderConstruction => ("#D5E4EA", Some("#2B5C73"), TEXT),
        Ink::Pay => ("#3A3A86", None, GROUND),
        Ink::NonPay => ("#C6C3EE", None, TEXT),
        Ink::Amortisation => ("#8F969E", None, TEXT),
        Ink::Impairment => ("#6B1A12", Some("#F2A993"), GROUND),
        Ink::Dividend => ("#F7D67C", Some("#A87B08"), TEXT),
        Ink::Total => ("#3B4552", None, GROUND),
        Ink::Increase => ("#B3480F", None, GROUND),
        Ink::Decrease => ("#CFE9DF", Some("#0C7F66"), TEXT),
        Ink::AtLow => ("#9CC3E0", None, TEXT),
        Ink::AtHigh => ("#174A7C", None, GROUND),
    };
    Fill { colour, hatch, text }
}

/// The shape of a line's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Dot,
    Square,
    Diamond,
    Up,
    Down,
}

/// What a line of many looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    pub(super) pen: Pen,
    pub(super) shape: Shape,
    /// Whether its points are rings.
    pub(super) hollow: bool,
}

/// The look of the nth line: ten of them differ without their colours, by shape, ring and dash.
pub(super) fn stroke(nth: usize) -> Stroke {
    const LOOKS: [(&str, Shape); 5] = [
        ("#0F4576", Shape::Dot),
        ("#B3480F", Shape::Square),
        ("#0C7F66", Shape::Diamond),
        ("#8A2A78", Shape::Up),
        ("#56606A", Shape::Down),
    ];
    const DASHES: [&str; 5] = ["", "14 4", "5 4", "14 4 5 4", "26 5"];
    let (colour, shape) = LOOKS[nth % LOOKS.len()];
    let round = nth / LOOKS.len();
    let dash = DASHES[(nth + 2 * round) % DASHES.len()];
    Stroke { pen: Pen { colour, width: 3.0, dash }, shape, hollow: round % 2 == 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Inks that stand in one picture, in stacking order: columns, timeline, lines, funds, assets, their effect,
    /// waterfall, tornado.
    const TOGETHER: [&[Ink]; 8] = [
        &[
            Ink::Starting,
            Ink::Building,
            Ink::Keeping,
            Ink::Improving,
            Ink::Stalled,
            Ink::Running,
            Ink::Legacy,
            Ink::Other,
        ],
        &[
            Ink::Starting,
            Ink::Forming,
            Ink::Building,
            Ink::Stalled,
            Ink::HandingOver,
            Ink::Keeping,
            Ink::Renewing,
        ],
        &[Ink::Cost, Ink::Benefit],
        &[Ink::Funded, Ink::Gap, Ink::Lapsed, Ink::CarriedForward],
        &[Ink::InUse, Ink::UnderConstruction],
        &[Ink::Pay, Ink::NonPay, Ink::Amortisation, Ink::Impairment, Ink::Dividend, Ink::Benefit],
        &[Ink::Total, Ink::Decrease, Ink::Increase],
        &[Ink::AtLow, Ink::AtHigh],
    ];

    /// What people see: all colours; without long, middle and short wavelengths (Machado et al. 2009, on
    /// linear light).
    const EYES: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn linear(colour: &str) -> [f64; 3] {
        [1, 3, 5].map(|at| {
            let part = u8::from_str_radix(&colour[at..at + 2], 16).expect("two hexadecimal digits");
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let light =
            |colour| linear(colour).iter().zip([0.2126, 0.7152, 0.0722]).map(|(l, w)| l * w).sum::<f64>();
        let (a, b) = (light(a) + 0.05, light(b) + 0.05);
        a.max(b) / a.min(b)
    }

    /// A hatch covers about two fifths.
    fn overall(fill: Fill) -> [f64; 3] {
        let (under, over) = (linear(fill.colour), linear(fill.hatch.unwrap_or(fill.colour)));
        [0, 1, 2].map(|n| 0.6 * under[n] + 0.4 * over[n])
    }

    fn times(matrix: [[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
    }

    /// Lightness and two axes of colour (CIELAB, D65).
    fn lab(light: [f64; 3]) -> [f64; 3] {
        let to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];
        let [x, y, z] = times(to_xyz, light.map(|l| l.clamp(0.0, 1.0)));
        let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let (x, y, z) = (f(x / 0.9505), f(y), f(z / 1.089));
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn colours_in_one_picture_are_told_apart_by_every_eye() {
        for (eye, matrix) in EYES.into_iter().enumerate() {
            for inks in TOGETHER {
                for (nth, &a) in inks.iter().enumerate() {
                    for &b in &inks[..nth] {
                        let (p, q) = (fill(a), fill(b));
                        let seen = [p, q].map(|f| lab(times(matrix, overall(f))));
                        let far: f64 = seen[0].iter().zip(seen[1]).map(|(a, b)| (a - b).powi(2)).sum();
                        let patterned = p.hatch.is_some() != q.hatch.is_some();
                        assert!(
                            far.sqrt() >= 15.0 || patterned,
                            "eye {eye}: {a:?} and {b:?}, {}",
                            far.sqrt()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn neighbours_differ_in_greyscale() {
        for pair in TOGETHER.iter().flat_map(|inks| inks.windows(2)) {
            let [p, q] = [fill(pair[0]), fill(pair[1])];
            let far = (lab(overall(p))[0] - lab(overall(q))[0]).abs();
            assert!(far >= 15.0 || p.hatch.is_some() != q.hatch.is_some(), "{pair:?}: {far}");
        }
    }

    #[test]
    fn ten_lines_differ_without_their_colours_and_their_names_read() {
        let looks: Vec<Stroke> = (0..10).map(stroke).collect();
        for (nth, a) in looks.iter().enumerate() {
            assert!(looks[..nth].iter().all(|b| (a.shape, a.hollow) != (b.shape, b.hollow)), "line {nth}");
            assert!(contrast(a.pen.colour, GROUND) >= 4.5, "{}", a.pen.colour);
        }
    }

    #[test]
    fn steps_of_colour_are_ever_darker_and_text_reads_on_them() {
        for steps in [&BANDS[..], &COLD[..], &WARM[..]] {
            let light: Vec<f64> = steps.iter().map(|c| lab(linear(c))[0]).collect();
            assert!(light.windows(2).all(|pair| pair[0] - pair[1] >= 7.0), "{light:?}");
        }
        for (nth, colour) in COLD.iter().enumerate().chain(WARM.iter().enumerate()) {
            assert!(contrast(colour, if nth < 2 { TEXT } else { GROUND }) >= 4.5, "{colour}");
        }
    }

    #[test]
    fn text_reads_on_what_it_stands_on() {
        for ink in TOGETHER.into_iter().flatten().chain(&[Ink::Discovery, Ink::Alpha]) {
            let fill = fill(*ink);
            assert!(contrast(fill.colour, fill.text) >= 4.5, "{ink:?}: {}", contrast(fill.colour, fill.text));
        }
        assert!(contrast(QUIET, GROUND) >= 4.5 && contrast(QUIET, BAND) >= 4.5);
    }
}
