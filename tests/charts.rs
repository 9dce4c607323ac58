//! Charts: what every picture must be, over samples from the ordinary to the extreme.
#![cfg(feature = "charts")]

mod accounts;
mod checks;
mod gallery;
mod random;
mod samples;
mod uncertainty;

use std::path::Path;

use checks::{parsed, shapes_are_inside, words_are_apart, words_are_clear_of_columns};
use resvg::usvg;
use samples::{columns, month};
use wholelife::chart::{Body, Chart, FundedYear, Payback};
use wholelife::export::png::{PngError, png};
use wholelife::export::svg::svg;

fn all() -> impl Iterator<Item = (&'static str, Chart)> {
    samples::all().into_iter().chain(accounts::all()).chain(uncertainty::all())
}

#[test]
fn no_word_leaves_the_picture_and_no_two_overlap() {
    for (name, chart) in all() {
        words_are_apart(name, &chart);
    }
}

#[test]
fn no_word_lies_on_a_column() {
    let without_labels = |name: &&str| name.starts_with("funding") || name.starts_with("assets");
    for (name, chart) in accounts::all().into_iter().filter(|(name, _)| without_labels(name)) {
        words_are_clear_of_columns(name, &chart);
    }
}

#[test]
fn nothing_is_clipped() {
    for (name, chart) in all() {
        let tree = parsed(&svg(&chart));
        shapes_are_inside(name, tree.root(), tree.size());
    }
}

#[test]
fn pictures_are_1600_by_900_and_twice_that_for_print() {
    let text = svg(&columns(4, 11));
    for scale in [1, 2] {
        let bytes = png(&text, scale).expect("drawn");
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
        assert_eq!((number(16), number(20)), (1600 * scale, 900 * scale));
    }
    assert!(matches!(png(&text, 0), Err(PngError::Size { .. })));
    assert!(matches!(png("<svg", 1), Err(PngError::Svg(_))));
}

#[test]
fn up_to_ten_options_of_money_keep_the_height() {
    for (name, chart) in all() {
        let height = parsed(&svg(&chart)).size().height();
        let crowded = ["columns-23x11", "timeline-long", "lines-23x11"].contains(&name);
        // Two rows of panels with two plots each.
        let doubled = ["funding-10x11", "funding-10x60", "assets-10x11", "assets-10x60"].contains(&name);
        assert_eq!(height > 900.0, crowded || doubled, "{name}: {height}");
        assert!(!doubled || height < 1_400.0, "{name}: {height}");
    }
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    let (once, again) = (svg(&samples::timeline()), svg(&samples::timeline()));
    assert_eq!(once, again);
    assert_eq!(png(&once, 1).expect("drawn"), png(&again, 1).expect("drawn"));
}

/// Everything that a chart shows, replaced.
fn with_names(mut chart: Chart, name: &str) -> Chart {
    chart.title = name.into();
    chart.subtitle = name.into();
    chart.source = name.into();
    match &mut chart.body {
        Body::Columns(it) => {
            it.series.iter_mut().for_each(|s| s.name = name.into());
            it.panels.iter_mut().for_each(|p| (p.name, p.note) = (name.into(), name.into()));
        }
        Body::Cumulative(it) => {
            it.panels.iter_mut().for_each(|p| (p.name, p.note) = (name.into(), name.into()));
        }
        Body::Funding(it) => {
            it.kinds.iter_mut().for_each(|k| *k = name.into());
            it.panels.iter_mut().for_each(|p| (p.name, p.note) = (name.into(), name.into()));
        }
        Body::Assets(it) => {
            it.effects.iter_mut().for_each(|s| s.name = name.into());
            it.panels.iter_mut().for_each(|p| (p.name, p.note) = (name.into(), name.into()));
        }
        Body::Lines(it) => {
            it.lines.iter_mut().for_each(|l| (l.name, l.note) = (name.into(), name.into()));
            it.marks.iter_mut().for_each(|m| m.label = name.into());
        }
        Body::Waterfall(it) => {
            let ends = [&mut it.from, &mut it.to].into_iter();
            ends.chain(&mut it.steps).for_each(|a| a.name = name.into());
        }
        Body::Tornado(it) => it.inputs.iter_mut().for_each(|input| {
            let values = [&mut input.name, &mut input.low.value, &mut input.high.value];
            for value in values {
                *value = name.into();
            }
        }),
        Body::Distribution(it) => {
            it.curves.iter_mut().for_each(|c| (c.name, c.note) = (name.into(), name.into()));
        }
        Body::Fan(it) => {
            it.bands.iter_mut().for_each(|b| *b = name.into());
            it.panels.iter_mut().for_each(|p| (p.name, p.note) = (name.into(), name.into()));
        }
        Body::Heat(it) => {
            let axes = [&mut it.across, &mut it.down].into_iter();
            let words = axes.flat_map(|a| std::iter::once(&mut a.name).chain(&mut a.values));
            words.chain([&mut it.above, &mut it.below]).for_each(|w| *w = name.into());
        }
        Body::Timeline(it) => {
            for option in &mut it.options {
                option.name = name.into();
                for stream in &mut option.streams {
                    stream.name = name.into();
                    stream.bars.iter_mut().for_each(|b| b.label = name.into());
                    stream.milestones.iter_mut().for_each(|m| m.label = name.into());
                }
            }
        }
    }
    chart
}

#[test]
fn hostile_names_stay_words() {
    let hostile = [
        "</text></svg><script>alert(1)</script>",
        "\" onload='x' & &amp; ]]> <!-- --> \u{0}\u{8}\u{1b}\u{FFFF}",
        "لنص \u{202e}evil\u{202c} 😀 日本語の名前 e\u{301}",
        "",
        " \n\t ",
    ];
    let extreme = "W".repeat(5_000);
    for name in hostile.into_iter().chain([extreme.as_str()]) {
        for (sample, chart) in all() {
            let text = svg(&with_names(chart, name));
            let shown = name.chars().take(20).collect::<String>();
            let document = usvg::roxmltree::Document::parse(&text);
            assert!(document.is_ok(), "{sample} with {shown:?}: {document:?}");
            let document = document.expect("checked");
            let foreign =
                document.descendants().find(|n| n.has_tag_name("script") || n.has_attribute("onload"));
            assert!(foreign.is_none(), "{sample} with {shown:?}");
        }
    }
}

#[test]
fn the_words_of_a_picture_are_text_with_a_name_and_a_description() {
    let chart = samples::balance(3, 11);
    let text = svg(&chart);
    assert!(text.contains("role=\"img\""));
    assert!(text.contains(&format!("<title>{}</title>", chart.title)));
    assert!(text.contains(&format!("<desc>{}</desc>", chart.alt_text())));
    assert!(text.contains(">Pays back Sep 2029</text>"));
    assert!(text.contains("'Source Sans 3', system-ui, 'Segoe UI', Arial, sans-serif"));
}

#[test]
fn a_shortened_name_keeps_its_whole_text_for_who_points_at_it() {
    let chart = with_names(samples::timeline(), &samples::long(1).repeat(3));
    assert!(svg(&chart).contains(&format!("<g><title>{}</title>", samples::long(1).repeat(3))));
}

#[test]
fn alt_text_states_the_finding_first_and_then_each_option() {
    let alt = samples::balance(4, 11).alt_text();
    assert!(
        alt.starts_with("Team funding pays back four years before project funding. Real prices"),
        "{alt}"
    );
    assert!(alt.ends_with("Not paid back by Mar 2037."), "{alt}");
    let alt = samples::short_timeline().alt_text();
    assert!(
        alt.ends_with("Team-funded: Online booking first release Sep 2026, Online booking live Feb 2027."),
        "{alt}"
    );
}

#[test]
fn alt_texts_of_what_differs_say_what_the_marks_say() {
    let alt = |chart: Chart| chart.alt_text();
    let waterfall = alt(uncertainty::waterfall(14));
    assert!(
        waterfall.contains("from Project-funded: whole-life cost (£11.94m) to Team-funded"),
        "{waterfall}"
    );
    assert!(waterfall.contains(" Renewals: −£1.31m. "), "{waterfall}");
    assert!(waterfall.ends_with(" No difference: Licences and hosting; VAT."), "{waterfall}");
    let tornado = alt(uncertainty::tornado(24));
    assert!(
        tornado.contains(" funding.approval-months: −£2.56m at 3 months, £480k at 18 months. "),
        "{tornado}"
    );
    assert!(tornado.contains(" 9 more inputs are not shown"), "{tornado}");
    let distribution = alt(uncertainty::distribution(2));
    assert!(
        distribution.contains(" Team-funded: P10 £8.33m, P50 £9.40m, P80 £10.14m, P90 £10.61m."),
        "{distribution}"
    );
    let fan = alt(uncertainty::fan(1, 10));
    assert!(fan.contains("Median £7.20m at the end; £6.19m to £8.14m (P5 to P95); "), "{fan}");
    let heat = alt(uncertainty::heat(3, 2));
    assert!(heat.contains(" Team-funded costs more: 6 of 6 cells. "), "{heat}");
    assert!(heat.ends_with(" Results from +£1.03m to +£1.60m. +£1.16m at the central values."), "{heat}");
}

#[test]
fn what_a_waterfall_leaves_over_and_cuts_off_is_said() {
    let mut chart = uncertainty::waterfall(3);
    assert!(svg(&chart).contains("not at £0: the totals are cut."));
    if let Body::Waterfall(it) = &mut chart.body {
        it.to.amount += 1_000.0;
    }
    assert!(svg(&chart).contains(">Not explained by the steps: +£1,000.<"));
    if let Body::Waterfall(it) = &mut chart.body {
        it.to.amount = 100.0;
    }
    assert!(!svg(&chart).contains("are cut"));
}

#[test]
fn alt_text_of_funds_says_what_is_short_and_what_lapses() {
    let alt = accounts::funding(4, 11).alt_text();
    let team = "Team-funded: £3.6m short in all. Capital: needs £6.82m; gap £2.59m, at most £370k in a year (2030-31); \
                lapses £1.12m, at most £280k in a year (2026-27). Revenue: needs";
    assert!(alt.contains(team), "{alt}");
    assert!(alt.contains("Capital: needs £0; no gap; lapses £5.35m"), "{alt}");
}

#[test]
fn alt_text_of_assets_says_value_and_peak() {
    let mut chart = accounts::assets(1, 3);
    if let Body::Assets(it) = &mut chart.body {
        it.panels[0].in_use = vec![400e3, 900e3, 600e3];
        it.panels[0].under_construction = vec![100e3];
        it.panels[0].effects =
            vec![vec![100e3, 200e3, 300e3], vec![], vec![], vec![], vec![], vec![0.0, 0.0, -250e3]];
    }
    let alt = chart.alt_text();
    let told = "Net book value at most £900k in 2027-28, £600k at the end; net effect £350k in all, at most £200k in \
                2027-28.";
    assert!(alt.ends_with(told), "{alt}");
}

#[test]
fn alt_text_of_lines_says_where_each_ends_and_what_is_marked() {
    let alt = accounts::lines(3, 11).alt_text();
    let told = "Business as usual: £8.72m at the end. Team-funded: £7.30m at the end. Project-funded: £9.60m at the \
                end. Business as usual overtakes in 2031-32. Project-funded overtakes in 2030-31.";
    assert!(alt.ends_with(told), "{alt}");
}

#[test]
fn a_chart_with_nothing_to_show_says_so() {
    let mut timeline = samples::timeline();
    if let Body::Timeline(it) = &mut timeline.body {
        it.options.iter_mut().for_each(|o| o.streams.clear());
    }
    let mut balance = samples::balance(2, 11);
    if let Body::Cumulative(it) = &mut balance.body {
        it.panels.clear();
    }
    let samples_of_nought = accounts::all().into_iter().filter(|(name, _)| name.ends_with("-nought"));
    let without_years = [accounts::funding(2, 0), accounts::assets(2, 0), accounts::lines(2, 0)];
    let without_options = [accounts::funding(0, 3), accounts::assets(0, 3), accounts::lines(0, 3)];
    for empty in samples_of_nought.map(|(_, chart)| chart).chain(without_years).chain(without_options) {
        assert!(empty.is_empty());
        assert!(svg(&empty).contains("Nothing to show"));
    }
    let plain = [samples::nought_columns(), columns(0, 11), columns(3, 0), timeline, balance];
    for empty in plain.into_iter().chain(uncertainty::empty()) {
        assert!(empty.is_empty());
        assert!(svg(&empty).contains("Nothing to show"));
        assert!(png(&svg(&empty), 1).is_ok());
    }
    assert!(!columns(1, 1).is_empty() && !samples::negative_columns().is_empty());
    assert!(!accounts::funding(1, 1).is_empty() && !accounts::assets(1, 1).is_empty());
    assert!(!accounts::lines(1, 1).is_empty());
}

#[test]
fn amounts_that_are_no_numbers_and_ragged_lists_count_as_nought() {
    let mut chart = columns(2, 3);
    if let Body::Columns(it) = &mut chart.body {
        it.panels[0].amounts = vec![vec![f64::NAN, f64::INFINITY], vec![], vec![1e300, -1e300, 5.0, 7.0]];
    }
    assert!(png(&svg(&chart), 1).is_ok());
    let mut chart = samples::balance(2, 11);
    if let Body::Cumulative(it) = &mut chart.body {
        it.panels[0].cost = vec![f64::NAN];
        it.panels[0].benefit = vec![];
        it.panels[1].payback = Payback::In(month(5_000));
    }
    let text = svg(&chart);
    assert!(!text.contains("NaN") && png(&text, 1).is_ok());
}

#[test]
fn funds_assets_and_lines_that_are_no_numbers_or_ragged_are_drawn() {
    let wild = || vec![f64::NAN, f64::NEG_INFINITY, 1e300, 5.0];
    let mut funding = accounts::funding(2, 3);
    if let Body::Funding(it) = &mut funding.body {
        it.panels[0].kinds =
            vec![vec![FundedYear { paid: f64::NAN, gap: -5.0, lapsed: f64::INFINITY, carried: -1.0 }]];
        it.panels[1].kinds.push(vec![FundedYear { gap: 1e9, ..FundedYear::default() }]);
    }
    let mut assets = accounts::assets(2, 3);
    if let Body::Assets(it) = &mut assets.body {
        it.panels[0].in_use = wild();
        it.panels[1].effects = vec![wild(), vec![]];
    }
    let mut lines = accounts::lines(2, 3);
    if let Body::Lines(it) = &mut lines.body {
        it.lines[0].amounts = wild();
        it.lines[1].amounts.clear();
    }
    for chart in [funding, assets, lines] {
        let text = svg(&chart);
        assert!(!text.contains("NaN") && !text.contains("inf") && png(&text, 1).is_ok());
    }
}

#[test]
fn what_differs_is_drawn_even_where_it_is_no_number() {
    for chart in uncertainty::broken() {
        let text = svg(&chart);
        assert!(!text.contains("NaN") && !text.contains("inf") && png(&text, 1).is_ok(), "{}", chart.title);
        words_are_apart("broken", &chart);
    }
}

/// The markup itself, for one small chart of each sort. `SNAPSHOTS=overwrite` renews the files.
#[test]
fn small_charts_are_drawn_as_before() {
    let expected = [
        ("columns.svg", columns(2, 3)),
        ("balance.svg", samples::balance(2, 2)),
        ("timeline.svg", samples::short_timeline()),
        ("funding.svg", accounts::funding(2, 3)),
        ("assets.svg", accounts::assets(2, 3)),
        ("lines.svg", accounts::lines(2, 5)),
        ("waterfall.svg", uncertainty::waterfall(3)),
        ("tornado.svg", uncertainty::tornado(3)),
        ("distribution.svg", uncertainty::distribution(2)),
        ("fan.svg", uncertainty::fan(2, 3)),
        ("heat.svg", uncertainty::heat(3, 2)),
    ];
    for (file, chart) in expected {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charts").join(file);
        let data = snapbox::Data::read_from(&path, Some(snapbox::data::DataFormat::Text));
        snapbox::assert_data_eq!(svg(&chart), data.raw());
    }
}
