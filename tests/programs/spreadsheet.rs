//! The proof: LibreOffice works the workbook out, before and after assumptions are changed in it, and every
//! number is the engine's.

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use wholelife::export::xlsx::xlsx;
use wholelife::id::InputId;
use wholelife::report::{self, Case, quantity};
use wholelife::scenario::{Amount, Flow, Scenario, Shares, Unit, Vat};
use wholelife::workbook::{Content, Shown, Value, Workbook};

use crate::office::{edited, recalculate};
use crate::shared::cases::{case, scenarios};

/// An assumption changed: its key, the number in its cell, and how `--set` says it.
#[derive(Clone, Debug)]
struct Change {
    what: &'static str,
    key: String,
    number: f64,
    set: String,
}

impl Change {
    fn input(what: &'static str, case: &Case, id: InputId, to: Decimal) -> Self {
        let input = &case.scenario.inputs[id.place()];
        let set = format!("{}={}", input.key, quantity(to, input.unit));
        Self { what, key: input.key.clone(), number: to.to_f64().expect("a number"), set }
    }
}

/// Who bears what, wherever a scenario states it.
fn every_shares(scenario: &Scenario) -> Vec<&Shares> {
    let streams =
        scenario.options.iter().flat_map(|option| option.streams.iter().map(|stream| &stream.shares));
    (scenario.lines.iter().map(|line| &line.shares))
        .chain(scenario.services.iter().map(|service| &service.shares))
        .chain(scenario.posts.iter().map(|post| &post.shares))
        .chain(streams)
        .collect()
}

/// One change of every sort that a scenario has a figure for.
fn changes(case: &Case) -> Vec<Change> {
    let scenario = &case.scenario;
    let policy = &scenario.policy;
    let rate = |text: &str| text.parse::<Decimal>().expect("a rate");
    let input = |what, id, to: &str| Change::input(what, case, id, rate(to));
    let mut changes = vec![
        input("discount rate", policy.discount[0].rate, "0.0425"),
        input("VAT rate", policy.vat, "0.175"),
        input("PDC rate", policy.pdc_dividend, "0.0415"),
    ];
    let growth = |place: usize| {
        let later = scenario.indices[place].growth.range(scenario.programme.prices.plus(2)..).next();
        later.map(|(_, &id)| id)
    };
    changes.extend(growth(0).map(|id| input("deflator", id, "0.0377")));
    changes.extend(
        (1..scenario.indices.len())
            .filter(|&place| scenario.indices[place].name != "none")
            .find_map(growth)
            .map(|id| input("index", id, "0.0611")),
    );
    if let Some(service) = scenario.services.first() {
        changes.push(input("useful life", service.life, "37"));
        changes.push(input("capital share", policy.capital_shares.beta, "0.55"));
    }
    let ten_more = |what, id: InputId| {
        let value = scenario.inputs[id.place()].estimate.central();
        Change::input(what, case, id, (value * rate("1.137") + rate("7.77")).round_dp(2))
    };
    changes.extend(
        scenario.funds.first().and_then(|fund| fund.by_year.first()).map(|&(_, id)| ten_more("fund", id)),
    );
    changes
        .extend(scenario.benefits.iter().find_map(|benefit| benefit.value).map(|id| ten_more("benefit", id)));
    let amount = scenario.lines.iter().find_map(|line| match &line.amount {
        Amount::Once(id) | Amount::Rate(id) => Some(*id),
        Amount::ByYear(years) => years.first().map(|&(_, id)| id),
    });
    changes.extend(amount.map(|id| ten_more("line", id)));
    let recovered = scenario.lines.iter().find(|line| {
        matches!(line.flow, Flow::Cost { vat: Vat::Irrecoverable, .. }) && line.key.matches('.').count() == 1
    });
    changes.extend(recovered.map(|line| {
        let key = format!("{}.vat", line.key);
        Change { what: "VAT recovery", set: format!("{key}=recoverable"), key, number: 0.0 }
    }));
    for shares in every_shares(scenario) {
        // A twentieth of the whole goes from the first to the last, so that the sum stays.
        let [(_, first), .., (_, last)] = shares[..] else { continue };
        let central = |id: InputId| scenario.inputs[id.place()].estimate.central();
        changes.push(Change::input("share", case, first, central(first) - rate("0.05")));
        changes.push(Change::input("share", case, last, central(last) + rate("0.05")));
    }
    let kept = |change: &Change| {
        // A rate in another unit than it was asked for would be another figure.
        let input = scenario.inputs.iter().find(|input| input.key == change.key);
        input.is_none_or(|input| change.what != "useful life" || input.unit == Unit::Months)
    };
    changes.retain(kept);
    changes
}

/// A workbook to be recalculated, and what the engine says of the same.
struct Trial {
    name: String,
    file: PathBuf,
    expected: Workbook,
    changed: usize,
}

/// The place of the sheet Assumptions, and what gives the cell of an assumption's value.
fn assumptions(book: &Workbook) -> (usize, impl Fn(&str) -> String) {
    let sheet = book.sheets.iter().position(|sheet| sheet.name == "Assumptions").expect("the sheet");
    let place = move |key: &str| {
        let named = |content: &Content| matches!(content, Content::Text(words) if words == key);
        let cells = &book.sheets[sheet].cells;
        let cell = cells.iter().find(|cell| cell.column == 0 && named(&cell.content));
        format!("B{}", cell.unwrap_or_else(|| panic!("no assumption {key}")).row + 1)
    };
    (sheet, place)
}

fn trial(
    folder: &Path,
    scenario: &Path,
    book: &Workbook,
    bytes: &[u8],
    changes: &[Change],
    name: &str,
) -> Trial {
    let (sheet, place) = assumptions(book);
    let numbers: Vec<(String, f64)> =
        changes.iter().map(|change| (place(&change.key), change.number)).collect();
    let (bytes, results) = edited(bytes, sheet, &numbers);
    let formulas = book.sheets.iter().flat_map(|sheet| &sheet.cells);
    let formulas = formulas.filter(|cell| matches!(cell.content, Content::Formula(_))).count();
    assert_eq!(results, formulas, "{name}: every formula has a result, and no text has become one");
    let file = folder.join(format!("{name}.xlsx"));
    fs::write(&file, bytes).expect("written");
    let set: Vec<String> = changes.iter().map(|change| change.set.clone()).collect();
    let expected = report::workbook_alone(&case(scenario, &set));
    Trial { name: name.to_owned(), file, expected, changed: changes.len() }
}

/// Compares every formula; returns how many there were.
fn compare(trial: &Trial, out: &Path) -> usize {
    let path = out.join(trial.file.file_name().expect("a name"));
    let mut book: Xlsx<_> = open_workbook(&path).expect("a workbook");
    let mut count = 0;
    for sheet in &trial.expected.sheets {
        let range = book.worksheet_range(sheet.name).expect("the sheet");
        for cell in &sheet.cells {
            let Content::Formula(formula) = &cell.content else { continue };
            let found = range.get_value((cell.row, u32::from(cell.column))).cloned().unwrap_or(Data::Empty);
            let place =
                format!("{}: {} row {} column {}", trial.name, sheet.name, cell.row + 1, cell.column + 1);
            count += 1;
            let told = match (&formula.told, formula.text.contains("<>")) {
                // Only the count of changed assumptions may know of the change.
                (_, true) if sheet.name == "Summary" => Value::Number(trial.changed.into()),
                (told, _) => told.clone(),
            };
            match told {
                Value::Text(words) => assert_eq!(found.to_string(), words, "{place}: {}", formula.text),
                Value::Number(number) => {
                    let number = number.to_f64().expect("a number");
                    let got = match &found {
                        Data::Float(value) => *value,
                        Data::Int(value) => *value as f64,
                        Data::DateTime(value) => value.as_f64(),
                        other => panic!("{place}: {other:?} is not {number}: {}", formula.text),
                    };
                    let slack = match cell.style.shown {
                        Shown::Pounds | Shown::Pence => 0.010_001,
                        _ => 1e-9 * number.abs().max(1.0),
                    };
                    assert!(
                        (got - number).abs() <= slack,
                        "{place}: {got} is not {number}: {}",
                        formula.text
                    );
                }
            }
        }
    }
    count
}

/// On every scenario: as it is written, and with one figure of every sort changed: ten of them in the scenario
/// that has everything. Every result that the files come with is 0, so that what is read back was worked out anew.
pub(crate) fn libreoffice_agrees_with_the_engine() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut trials = Vec::new();
    for scenario in scenarios() {
        let case = case(&scenario, &[]);
        let book = report::workbook_alone(&case);
        let bytes = xlsx(&book).expect("a workbook");
        let stem = scenario.file_stem().expect("a name").to_string_lossy().into_owned();
        let all = changes(&case);
        let mut add = |changes: &[Change], name: &str| {
            let name = format!("{stem}, {name}");
            trials.push(trial(folder.path(), &scenario, &book, &bytes, changes, &name));
        };
        add(&[], "as written");
        add(&all, "all changed");
        if stem == "everything" {
            assert!(all.len() >= 10, "{all:?}");
        }
    }
    let files: Vec<PathBuf> = trials.iter().map(|trial| trial.file.clone()).collect();
    let out = recalculate(folder.path(), &files);
    let count: usize = trials.iter().map(|trial| compare(trial, &out)).sum();
    assert!(count > 50_000, "only {count} numbers were compared");
}

/// What wholelife refuses turns the master check red, and so does a change of what is frozen: numbers put into the
/// cells of a written workbook, which LibreOffice then works out.
///
/// Shares of the nurse's post are 60% and 40%: with 20% in place of 60% they sum to 60%, and 40% is left. Growth of
/// an index is -50% to 50%. No figure here moves with the effort of a service.
pub(crate) fn what_wholelife_refuses_turns_the_master_check_red() {
    let everything = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbook/everything.toml");
    let case = case(&everything, &[]);
    let book = report::workbook_alone(&case);
    let bytes = xlsx(&book).expect("a workbook");
    let (sheet, place) = assumptions(&book);
    let (fails, frozen) = ("A CHECK FAILS: see Checks", "A FROZEN CELL WAS CHANGED: run wholelife again");
    let left = "`post.nurse.shares` sum to 100%: what is left";
    let range = "Live cells outside what wholelife takes (Lowest to Highest)";
    let changed = "Frozen cells that were changed: run wholelife again";
    let trials: [(&str, f64, &str, &str, f64); 5] = [
        ("service.one.effort.beta", 5.0, "all checks hold", changed, 0.0),
        ("service.one.effort.beta", 6.0, frozen, changed, 1.0),
        ("post.nurse.shares.trust", 0.2, fails, left, 0.4),
        ("index.special.growth.2027-28", 0.6, fails, range, 1.0),
        ("cost.engine.vat", 0.5, fails, range, 1.0),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let write = |(at, &(key, number, ..)): (usize, &(&str, f64, &str, &str, f64))| {
        let (bytes, _) = edited(&bytes, sheet, &[(place(key), number)]);
        let file = folder.path().join(format!("{at}.xlsx"));
        fs::write(&file, bytes).expect("written");
        file
    };
    let files: Vec<PathBuf> = trials.iter().enumerate().map(write).collect();
    let out = recalculate(folder.path(), &files);
    for (file, (key, number, verdict, check, shown)) in files.iter().zip(trials) {
        let mut book: Xlsx<_> =
            open_workbook(out.join(file.file_name().expect("a name"))).expect("a workbook");
        let mut row = |sheet: &str, label: &str| -> Vec<Data> {
            let range = book.worksheet_range(sheet).expect("the sheet");
            let found = range.rows().find(|row| row[0] == *label);
            found.unwrap_or_else(|| panic!("{sheet}: no {label}")).to_vec()
        };
        assert_eq!(row("Summary", "Master check")[2].to_string(), verdict, "{key} = {number}");
        let check = row("Checks", check);
        let got = check[1].as_f64().expect("a number");
        assert!((got - shown).abs() < 1e-12, "{key} = {number}: {check:?} is not {shown}");
        assert_eq!(check[2].as_f64(), Some(f64::from(shown != 0.0)), "{key} = {number}: {check:?}");
    }
}
