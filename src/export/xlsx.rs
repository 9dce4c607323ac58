//! Workbooks as XLSX: the bytes of what [`crate::workbook`] says, and nothing decided here but looks.
//!
//! The same workbook gives the same bytes: no clock. Words are written as words, whatever they begin with, so
//! that no text of a scenario becomes a formula. Every formula carries its result.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType,
    ConditionalFormatText, ConditionalFormatTextRule, DataValidation, DataValidationRule, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook as Book, Worksheet, XlsxError,
};

use super::figure::one_line;
use crate::workbook::{
    Area, ChartKind, Content, NativeChart, Role, Rule, Sheet, Shown, Style, Taken, Value, Workbook,
};

/// A4.
const PAPER: u8 = 9;

/// The height of a line of words, in points; no row is higher than so many.
const LINE: f64 = 13.5;
const MOST_LINES: u32 = 30;

/// How many charts a printed page takes.
const CHARTS_ON_A_PAGE: usize = 2;

/// What a cell can hold.
const MOST_CHARACTERS: usize = 32_000;

/// What a footer can hold, with room for what else is in it.
const MOST_IN_FOOTER: usize = 160;

/// Colours that are told apart by most eyes and in grey (Okabe and Ito).
const SERIES: [u32; 8] =
    [0x0000_0000, 0x0000_72B2, 0x00E6_9F00, 0x0000_9E73, 0x00D5_5E00, 0x0056_B4E9, 0x00CC_79A7, 0x007F_7F7F];

/// The workbook's bytes. It fails where a sheet has more rows than a spreadsheet can have.
pub fn xlsx(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new();
    // A file must bear a date, and a clock would make each run's bytes differ.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(one_line(&workbook.title))
        .set_company(one_line(&workbook.organisation));
    book.set_properties(&properties.set_author("wholelife").set_creation_datetime(&date));
    let mut formats = BTreeMap::new();
    for sheet in &workbook.sheets {
        let page = book.add_worksheet();
        page.set_name(sheet.name)?;
        cells(page, sheet, &mut formats)?;
        set_up(page, sheet, &workbook.source)?;
        for chart in &sheet.charts {
            page.insert_chart(chart.at.row, chart.at.column, &native(chart))?;
        }
    }
    for (name, area) in &workbook.names {
        book.define_name(name, &format!("={}", absolute(*area)))?;
    }
    book.save_to_buffer()
}

fn cells(
    page: &mut Worksheet,
    sheet: &Sheet,
    formats: &mut BTreeMap<Style, Format>,
) -> Result<(), XlsxError> {
    for cell in &sheet.cells {
        let format = formats.entry(cell.style).or_insert_with(|| format(cell.style));
        match &cell.content {
            Content::Text(words) => {
                let words: String = one_line(words).chars().take(MOST_CHARACTERS).collect();
                page.write_string_with_format(cell.row, cell.column, words, format)?;
            }
            Content::Number(value) => {
                let value = value.to_f64().unwrap_or_default();
                page.write_number_with_format(cell.row, cell.column, value, format)?;
            }
            Content::Formula(formula) => {
                let result = match &formula.told {
                    Value::Number(value) => value.to_f64().unwrap_or_default().to_string(),
                    Value::Text(words) => one_line(words),
                };
                let live = Formula::new(format!("={}", formula.text)).set_result(result);
                page.write_formula_with_format(cell.row, cell.column, live, format)?;
            }
        }
    }
    Ok(())
}

fn set_up(page: &mut Worksheet, sheet: &Sheet, source: &str) -> Result<(), XlsxError> {
    for (column, width) in sheet.widths.iter().enumerate() {
        page.set_column_width(column as u16, *width)?;
    }
    let (row, column) = sheet.corner;
    page.set_freeze_panes(row, column)?;
    let heads = sheet.cells.iter().filter(|cell| cell.style.role == Role::Head && cell.row < row);
    if let Some(head) = heads.map(|cell| cell.row).min() {
        page.set_repeat_rows(head, row.saturating_sub(1))?;
    }
    heights(page, sheet)?;
    let breaks: Vec<u32> = sheet.charts.iter().step_by(CHARTS_ON_A_PAGE).map(|chart| chart.at.row).collect();
    page.set_page_breaks(&breaks)?;
    page.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    page.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    page.set_screen_gridlines(false);
    let source: String = source.chars().take(MOST_IN_FOOTER).collect();
    page.set_footer(format!("&L&8{}&C&8&A&R&8Page &P of &N", one_line(&source).replace('&', "&&")));
    for rule in &sheet.rules {
        let (row, column) = (rule.place.row, rule.place.column);
        page.add_data_validation(row, column, row, column, &validation(rule)?)?;
    }
    for alarm in &sheet.alarms {
        let red = Format::new().set_bold().set_font_color(0x00FF_FFFF).set_background_color(0x00B0_0020);
        let unless = ConditionalFormatTextRule::DoesNotContain(alarm.unless.to_owned());
        let format = ConditionalFormatText::new().set_rule(unless).set_format(red);
        let (row, column) = (alarm.place.row, alarm.place.column);
        page.add_conditional_format(row, column, row, column, &format)?;
    }
    Ok(())
}

/// What a spreadsheet lets be typed into a cell. (What is pasted it doesn't look at: the checks do.)
fn validation(rule: &Rule) -> Result<DataValidation, XlsxError> {
    let number = |value: Decimal| value.to_f64().unwrap_or_default();
    let validation = DataValidation::new();
    let validation = match rule.takes {
        Taken::Between(low, high) => {
            validation.allow_decimal_number(DataValidationRule::Between(number(low), number(high)))
        }
        Taken::Above(low, high) => {
            let cell = rust_xlsxwriter::utility::row_col_to_cell(rule.place.row, rule.place.column);
            validation.allow_custom(Formula::new(format!("=AND({cell}>{low},{cell}<={high})")))
        }
        Taken::Either => validation.allow_whole_number(DataValidationRule::Between(0, 1)),
        Taken::Only(value) => validation.allow_decimal_number(DataValidationRule::EqualTo(number(value))),
    };
    validation.ignore_blank(false).set_error_message(rule.words.as_str())
}

/// Rows as high as their words need: not every spreadsheet sees to that when it opens a file.
fn heights(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let mut lines: BTreeMap<u32, u32> = BTreeMap::new();
    for cell in sheet.cells.iter().filter(|cell| wraps(cell.style)) {
        let Content::Text(words) = &cell.content else { continue };
        let width = sheet.widths.get(usize::from(cell.column)).copied().unwrap_or(10.0).max(2.0);
        // A character of width is a digit's; words take about as much, and break before the edge.
        let need = (words.chars().count() as f64 * 1.15 / width).ceil() as u32;
        let most = lines.entry(cell.row).or_default();
        *most = (*most).max(need);
    }
    for (row, lines) in lines.into_iter().filter(|&(_, lines)| lines > 1) {
        page.set_row_height(row, f64::from(lines.min(MOST_LINES)) * LINE)?;
    }
    Ok(())
}

fn wraps(style: Style) -> bool {
    let wraps = !matches!(style.role, Role::Title | Role::Note | Role::Section);
    wraps && style.shown == Shown::Words
}

fn format(style: Style) -> Format {
    let format = Format::new().set_font_size(10).set_align(FormatAlign::Top);
    let format = match style.shown {
        Shown::Words => format,
        Shown::Answer => format.set_align(FormatAlign::Right),
        Shown::Ratio => format.set_num_format("0.00").set_align(FormatAlign::Right),
        Shown::Pounds => format.set_num_format("#,##0;[Red]-#,##0"),
        Shown::Pence => format.set_num_format("#,##0.00;[Red]-#,##0.00"),
        Shown::Rate => format.set_num_format("0.0##%;[Red]-0.0##%"),
        Shown::Factor => format.set_num_format("0.000000"),
        Shown::Number => format.set_num_format("General"),
        Shown::Count => format.set_num_format("0"),
        Shown::Month => format.set_num_format("mmm yyyy").set_align(FormatAlign::Right),
    };
    let wrapped = |format: Format| if wraps(style) { format.set_text_wrap().set_indent(1) } else { format };
    match style.role {
        Role::Plain => wrapped(format),
        Role::Title => format.set_bold().set_font_size(14),
        Role::Note => format.set_font_color(0x0050_5050),
        Role::Head => format
            .set_bold()
            .set_text_wrap()
            .set_font_color(0x00FF_FFFF)
            .set_background_color(0x001F_3A5F)
            .set_align(FormatAlign::VerticalCenter),
        Role::Section => format.set_bold().set_background_color(0x00DC_E6F1),
        Role::Total => wrapped(format.set_bold().set_border_top(FormatBorder::Thin)),
        Role::Input => format
            .set_font_color(0x0000_00C0)
            .set_background_color(0x00FF_F7D6)
            .set_border(FormatBorder::Thin)
            .set_border_color(0x00B8_A86A),
        Role::Frozen => wrapped(format.set_font_color(0x0059_5959).set_background_color(0x00F2_F2F2)),
    }
}

fn native(chart: &NativeChart) -> Chart {
    let mut native = Chart::new(match chart.kind {
        ChartKind::Columns => ChartType::Column,
        ChartKind::Stack => ChartType::ColumnStacked,
        ChartKind::Lines => ChartType::Line,
    });
    let grey = 0x0059_5959;
    for (place, (name, area)) in chart.series.iter().enumerate() {
        let colour = SERIES[place % SERIES.len()];
        let series = native.add_series();
        series
            .set_name(range(Area { first: *name, last: *name }).as_str())
            .set_categories(range(chart.labels).as_str())
            .set_values(range(*area).as_str());
        let mut look = ChartFormat::new();
        if chart.kind == ChartKind::Lines {
            series.set_format(look.set_line(ChartLine::new().set_color(colour).set_width(2.25)));
        } else {
            series.set_format(look.set_solid_fill(ChartSolidFill::new().set_color(colour)));
        }
    }
    let font = || {
        let mut font = ChartFont::new();
        font.set_size(9).set_color(grey);
        font
    };
    let mut title = ChartFont::new();
    title.set_size(12).set_bold();
    native.title().set_name(format!("{} ({})", chart.title, chart.unit).as_str()).set_font(&title);
    native.legend().set_position(ChartLegendPosition::Bottom).set_font(&font());
    native.x_axis().set_font(&font()).set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::Low);
    native.y_axis().set_font(&font()).set_num_format("#,##0,\"k\"");
    native.set_width(900).set_height(330).set_alt_text(format!("{}, {}", chart.title, chart.unit));
    native
}

/// As a chart names cells.
fn range(area: Area) -> String {
    format!("={}", absolute(area))
}

fn absolute(area: Area) -> String {
    let cell = |row: u32, column: u16| rust_xlsxwriter::utility::row_col_to_cell_absolute(row, column);
    let (first, last) = (area.first, area.last);
    let first_cell = cell(first.row, first.column);
    if first == last {
        return format!("'{}'!{first_cell}", first.sheet);
    }
    format!("'{}'!{first_cell}:{}", first.sheet, cell(last.row, last.column))
}
