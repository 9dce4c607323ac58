//! What is given to the command: files that are no plain files, tables as Excel writes them, the same file twice, names
//! that there are not, formats; and where its output goes.

#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use snapbox::cmd::cargo_bin;
use tempfile::TempDir;

use crate::shared::desk::{desk, read, stderr, stdout, wholelife};

/// A scenario with one table of lines in the option `a`, three years from April 2026, nothing indexed.
fn with_table(name: &str, more: &str) -> String {
    format!(
        "[programme]\nname = \"T\"\nstart = \"2026-04\"\nyears = 3\n[option.baseline]\n[option.a]\n\
         [option.a.cost.lines]\ntable = \"{name}\"\nprices = \"nominal\"\n{more}"
    )
}

/// The folder with a table of these bytes and its scenario.
fn table(bytes: &[u8], more: &str) -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    fs::write(desk.path().join("t.csv"), bytes).expect("a table");
    fs::write(desk.path().join("t.toml"), with_table("t.csv", more)).expect("a scenario");
    desk
}

/// What the option `a` costs in cash, and what was said on the way.
fn cash(bytes: &[u8], more: &str) -> (String, String) {
    let desk = table(bytes, more);
    let run = wholelife(desk.path(), &["compare", "t.toml", "--format", "json"]);
    let told = stderr(&run);
    let value: serde_json::Value = serde_json::from_str(&stdout(&run)).unwrap_or_else(|_| panic!("{told}"));
    let years = value["options"]["a"]["by_year"].as_array().expect("years").iter();
    let years: Vec<String> = years.map(|year| year["revenue"].as_str().expect("money").to_owned()).collect();
    (years.join(" "), told)
}

const HEADING: &str = "name,category,treatment,2026-27,2027-28\n";

#[test]
fn tables_are_read_as_excel_writes_them() {
    // 1,000 less 250 in the first year, 2,000 in the second, nothing in the third.
    let rows = "Licences,software,revenue,\"£1,000.00\",\"£2,000\"\nRebate,software,revenue,(250), -   \n";
    let plain = format!("{HEADING}{rows}");
    let want = "750.00 2000.00 0.00";
    let utf_16 = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let other = |separator: &str| {
        let rows = "Licences;software;revenue;1,000;2000\nRebate;software;revenue;-250;-\n";
        HEADING.replace(',', separator) + &rows.replace(';', separator)
    };
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("UTF-8", plain.clone().into(), ""),
        ("a byte order mark", format!("\u{feff}{plain}").into(), ""),
        ("Windows line ends", plain.replace('\n', "\r\n").into(), ""),
        (
            "Windows-1252",
            plain.replace('£', "\u{1}").bytes().map(|b| if b == 1 { 0xa3 } else { b }).collect(),
            "note: t.csv: it is read as Windows-1252\n",
        ),
        (
            "Unicode text",
            utf_16(&other("\t").replace("1,000", "\"1,000\"")),
            "note: t.csv: it is read as UTF-16; its cells are separated by tabs\n",
        ),
        ("semicolons", other(";").into(), "note: t.csv: its cells are separated by semicolons\n"),
        (
            "empty rows and columns",
            format!("{HEADING}\n{rows},,,,\n\n,,,,\n")
                .replace("2027-28\n", "2027-28,,\n")
                .replace("£2,000\"\n", "£2,000\",,\n")
                .into(),
            "",
        ),
        (
            "capitals",
            plain
                .replace(HEADING, "Name,CATEGORY,Treatment,2026-27,2027-28\n")
                .replace("software,revenue", "Software,Revenue")
                .into(),
            "",
        ),
    ];
    for (what, bytes, note) in cases {
        let (years, told) = cash(&bytes, "");
        assert_eq!(years, want, "{what}: {told}");
        let notes: String = told.split_inclusive('\n').filter(|line| line.starts_with("note: ")).collect();
        assert_eq!(notes, note, "{what}");
    }
}

#[test]
fn plain_numbers_count_what_the_table_says() {
    let rows = format!("{HEADING}Licences,software,revenue,1.250,(2)\nRoom,estates,revenue,£5,£-\n");
    // 1.25 thousand and five pounds; two thousand less.
    for unit in ["£000", "£k"] {
        assert_eq!(
            cash(rows.as_bytes(), &format!("unit = \"{unit}\"\n")).0,
            "1255.00 -2000.00 0.00",
            "{unit}"
        );
    }
}

#[test]
fn check_says_how_a_table_was_read() {
    let desk = table(format!("{HEADING}x;y;z;1;2\n").replace(',', ";").as_bytes(), "");
    for format in ["text", "json"] {
        let run = wholelife(desk.path(), &["check", "t.toml", "--format", format]);
        assert!(stderr(&run).contains("note: t.csv: its cells are separated by semicolons\n"), "{format}");
    }
    // What is worth a note is no fault.
    let text = read(&desk, "t.toml").replace("\"z\"", "") + "treatment = \"revenue\"\n";
    fs::write(desk.path().join("t.csv"), "name;2026-27\nx;1\n").expect("a table");
    fs::write(desk.path().join("t.toml"), text).expect("a scenario");
    wholelife(desk.path(), &["compare", "t.toml", "--strict"]).code(0);
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_refused_at_once() {
    let desk = desk();
    let at = |name: &str| desk.path().join(name);
    assert!(Command::new("mkfifo").arg(at("fifo")).status().expect("mkfifo").success());
    let _listener = std::os::unix::net::UnixListener::bind(at("socket")).expect("a socket");
    fs::create_dir(at("folder")).expect("a folder");
    let start = Instant::now();
    for (name, what) in
        [("fifo", "a pipe"), ("socket", "a socket"), ("folder", "a folder"), ("/dev/zero", "a device")]
    {
        for args in [&["compare", name][..], &["check", name], &["diff", "my.toml", name]] {
            let run = wholelife(desk.path(), args).code(2).stdout_eq("");
            assert!(stderr(&run).contains(&format!("{name}: can't be read: it is {what}, not a file")));
        }
        if !name.starts_with('/') {
            fs::write(at("t.toml"), with_table(name, "")).expect("a scenario");
            let run = wholelife(desk.path(), &["compare", "t.toml"]).code(1);
            let told = stderr(&run);
            assert!(told.contains(&format!("`{name}` can't be read: it is {what}, not a file")), "{told}");
        }
    }
    // A manifest too: then the folder is somebody else's.
    fs::create_dir(at("out")).expect("a folder");
    assert!(Command::new("mkfifo").arg(at("out/manifest.json")).status().expect("mkfifo").success());
    wholelife(desk.path(), &["report", "my.toml", "-o", "out"]).code(2);
    assert!(start.elapsed() < Duration::from_mins(5), "it waited for a writer");
}

#[cfg(unix)]
#[test]
fn no_table_lies_outside_the_folder_by_a_link() {
    let desk = tempfile::tempdir().expect("a folder");
    let (inside, outside) = (desk.path().join("in"), desk.path().join("out"));
    for folder in [&inside, &outside] {
        fs::create_dir(folder).expect("a folder");
        fs::write(folder.join("t.csv"), format!("{HEADING}x,software,revenue,1,2\n")).expect("a table");
    }
    std::os::unix::fs::symlink(&outside, inside.join("door")).expect("a link");
    std::os::unix::fs::symlink(outside.join("t.csv"), inside.join("link.csv")).expect("a link");
    for (name, code) in [("t.csv", 0), ("link.csv", 1), ("door/t.csv", 1)] {
        fs::write(inside.join("t.toml"), with_table(name, "")).expect("a scenario");
        let run = wholelife(&inside, &["compare", "t.toml"]).code(code);
        assert_eq!(stderr(&run).contains("a link leads out of the scenario's folder"), code == 1, "{name}");
    }
}

#[test]
fn an_excel_file_is_called_one() {
    let desk = desk();
    wholelife(desk.path(), &["workbook", "my.toml", "-o", "book.toml"]).code(0);
    let run = wholelife(desk.path(), &["compare", "book.toml"]).code(2);
    assert!(
        stderr(&run).starts_with("error: book.toml: it is an Excel file, not plain text;"),
        "{}",
        stderr(&run)
    );
    fs::rename(desk.path().join("book.toml"), desk.path().join("book.xlsx")).expect("renamed");
    fs::write(desk.path().join("t.toml"), with_table("book.xlsx", "")).expect("a scenario");
    let told = stderr(&wholelife(desk.path(), &["compare", "t.toml"]).code(1));
    assert!(
        told.contains("`book.xlsx` can't be read: it is an Excel file") && told.contains("CSV UTF-8"),
        "{told}"
    );
    // £ in Windows-1252; and everything in UTF-16.
    let text = read(&desk, "my.toml");
    let ansi: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (bytes, what) in [(ansi, "Windows-1252"), (wide, "UTF-16")] {
        fs::write(desk.path().join("other.toml"), bytes).expect("a file");
        let told = stderr(&wholelife(desk.path(), &["check", "other.toml"]).code(2));
        assert!(
            told.contains(&format!("it is text in {what}, not in UTF-8"))
                && told.contains("save it as UTF-8"),
            "{told}"
        );
    }
}

#[test]
fn one_file_is_counted_once() {
    let desk = desk();
    fs::create_dir(desk.path().join("sub")).expect("a folder");
    fs::copy(desk.path().join("my.toml"), desk.path().join("copy.toml")).expect("a copy");
    let refused = |again: &str| {
        for args in [&["compare", "my.toml", again][..], &["report", "my.toml", again, "-o", "out"]] {
            let run = wholelife(desk.path(), args).code(2).stdout_eq("");
            let told = format!(
                "error: my.toml and {again} are the same file, which would count twice: give it once\n"
            );
            assert_eq!(stderr(&run), told);
        }
    };
    refused("my.toml");
    refused("./sub/../my.toml");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("my.toml", desk.path().join("link.toml")).expect("a link");
        fs::hard_link(desk.path().join("my.toml"), desk.path().join("hard.toml")).expect("a link");
        refused("link.toml");
        refused("hard.toml");
    }
    assert!(!desk.path().join("out").exists());
    // A copy is another file.
    wholelife(desk.path(), &["compare", "my.toml", "copy.toml"]).code(0);
}

#[test]
fn names_that_there_are_not_are_refused_with_the_nearest() {
    let desk = desk();
    fs::copy(desk.path().join("my.toml"), desk.path().join("copy.toml")).expect("a copy");
    let cases: [(&[&str], &str); 16] = [
        (
            &["compare", "my.toml", "copy.toml", "--option", "projct"],
            "no file has an option `projct` (did you mean `project`?); they have `baseline`, `team`, `project`",
        ),
        (&["compare", "my.toml", "copy.toml", "--option", "team,nope"], "no file has an option `nope`"),
        (&["compare", "my.toml", "--portfolio", "--option", "nope"], "no file has an option `nope`"),
        (&["compare", "my.toml", "--option", "team"], "--option chooses what several files add up"),
        (&["compare", "my.toml", "--between", "team,projct"], "did you mean `project`?"),
        (
            &["compare", "my.toml", "--discount", "green-bok-2026"],
            "no discount schedule `green-bok-2026` (did you mean `green-book-2026`?)",
        ),
        (&["assumptions", "my.toml", "--between", "team,projct"], "did you mean `project`?"),
        (&["simulate", "my.toml", "--between", "team,projct"], "did you mean `project`?"),
        (&["statements", "my.toml", "--option", "taem"], "did you mean `team`?"),
        (&["statements", "my.toml", "--organisation", "nobody"], "no organisation `nobody`"),
        (&["bridge", "my.toml", "--from", "projct", "--to", "team"], "did you mean `project`?"),
        (&["switching", "my.toml", "--input", "service.booking.runs"], "did you mean `service.booking.run`?"),
        (
            &["sensitivity", "my.toml", "--grid", "approach.team.overrun", "approach.project.overun"],
            "did you mean `approach.project.overrun`?",
        ),
        (&["explain", "my.toml", "npc@taem"], "did you mean `npc@team`"),
        (&["rules", "no-efect"], "did you mean `no-effect`?"),
        (&["explain", "no-efect"], "did you mean `no-effect`?"),
    ];
    for (args, told) in cases {
        let run = wholelife(desk.path(), args).code(2).stdout_eq("");
        assert!(stderr(&run).contains(told), "{args:?}: {}", stderr(&run));
    }
    // Closed lists: the parser of arguments knows them.
    for args in [
        &["compare", "my.toml", "--format", "jsn"][..],
        &["sensitivity", "my.toml", "--measure", "npsw"],
        &["bridge", "my.toml", "--from", "project", "--to", "team", "--measure", "npsw"],
        &["switching", "my.toml", "--by", "npsw"],
        &["check", "my.toml", "--format", "srif"],
    ] {
        let run = wholelife(desk.path(), args).code(2).stdout_eq("");
        assert!(stderr(&run).contains("a similar value exists"), "{args:?}: {}", stderr(&run));
    }
}

#[test]
fn every_command_honours_its_format() {
    let desk = desk();
    let commands: [&[&str]; 17] = [
        &["compare", "my.toml"],
        &["compare", "my.toml", "--portfolio"],
        &["rules"],
        &["rules", "WL0101"],
        &["explain", "WL0101"],
        &["explain", "my.toml", "npc@team"],
        &["explain", "my.toml", "--list"],
        &["assumptions", "my.toml"],
        &["params", "list"],
        &["params", "show", "vat"],
        &["params", "compare", "nhs-england-2025-26", "nhs-england-2026-27"],
        &["statements", "my.toml"],
        &["sensitivity", "my.toml"],
        &["switching", "my.toml", "--input", "approach.project.overrun"],
        &["ledger", "my.toml"],
        &["bridge", "my.toml", "--from", "project", "--to", "team"],
        &["diff", "my.toml", "my.toml"],
    ];
    for command in commands {
        let told = |format: &str| {
            stdout(&wholelife(desk.path(), &[command, &["--format", format]].concat()).code(0))
        };
        let json = told("json");
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{command:?}: {json}");
        let csv = told("csv");
        assert!(csv.starts_with('\u{feff}'), "{command:?}: {csv}");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert!(reader.records().all(|row| row.is_ok()), "{command:?}: {csv}");
        let markdown = told("markdown");
        assert!(
            markdown.contains("| --- |") || markdown.contains("|---") || markdown.contains("| :"),
            "{command:?}: {markdown}"
        );
    }
}

#[test]
fn csv_is_the_same_bytes_on_standard_output_and_in_files() {
    let desk = desk();
    wholelife(desk.path(), &["report", "my.toml", "-o", "out"]).code(0);
    for (args, file) in [
        (&["ledger", "my.toml", "--format", "csv"][..], "ledger.csv"),
        (&["compare", "my.toml", "--format", "csv"], "comparison.csv"),
    ] {
        let run = wholelife(desk.path(), args).code(0);
        let written = fs::read(desk.path().join("out").join(file)).expect("a file");
        assert!(run.get_output().stdout == written, "{file}");
    }
}

#[test]
fn a_workbook_goes_to_standard_output_for_a_dash() {
    let desk = desk();
    let run = wholelife(desk.path(), &["workbook", "my.toml", "-o", "-"]).code(0);
    wholelife(desk.path(), &["workbook", "my.toml", "-o", "book.xlsx"]).code(0);
    assert!(run.get_output().stdout == fs::read(desk.path().join("book.xlsx")).expect("a file"));
    assert!(!desk.path().join("-").exists());
}

/// A disk that is full: everything that writes says so, help too.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let desk = desk();
    for args in [
        &["compare", "my.toml"][..],
        &["ledger", "my.toml", "--format", "json"],
        &["workbook", "my.toml", "-o", "-"],
        &["init"],
        &["schema"],
        &["rules", "WL0101"],
        &["--help"],
        &["--version"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let run = ran(desk.path(), args, full.into());
        assert_eq!(run.status.code(), Some(2), "{args:?}");
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(told.contains("standard output: can't be written: the disk is full"), "{args:?}: {told}");
    }
}

/// Standard output that was closed before the command began.
#[cfg(unix)]
#[test]
fn a_closed_output_is_an_error() {
    let desk = desk();
    let line = "\"$0\" \"$@\" >&-";
    for args in [&["compare", "my.toml"][..], &["workbook", "my.toml", "-o", "-"], &["init"], &["--version"]]
    {
        let mut shell = Command::new("sh");
        shell.current_dir(desk.path()).args(["-c", line]).arg(cargo_bin("wholelife")).args(args);
        let run = shell.output().expect("run");
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(2), "{args:?}: {told}");
        assert!(told.contains("standard output: can't be written: it is closed"), "{args:?}: {told}");
    }
    // What goes to a file needs none.
    let mut shell = Command::new("sh");
    shell.current_dir(desk.path()).args(["-c", line]).arg(cargo_bin("wholelife"));
    let run = shell.args(["workbook", "my.toml", "-o", "book.xlsx"]).output().expect("run");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
}

/// A reader that has seen enough is no failure.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    let desk = desk();
    let mut run = Command::new(cargo_bin("wholelife"))
        .current_dir(desk.path())
        .args(["ledger", "my.toml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("run");
    drop(run.stdout.take());
    let run = run.wait_with_output().expect("run");
    assert_eq!(
        (run.status.code(), String::from_utf8_lossy(&run.stderr).contains("panicked")),
        (Some(0), false)
    );
}

#[cfg(target_os = "linux")]
fn ran(folder: &Path, args: &[&str], out: Stdio) -> std::process::Output {
    let mut command = Command::new(cargo_bin("wholelife"));
    command.current_dir(folder).args(args).stdin(Stdio::null()).stdout(out).stderr(Stdio::piped());
    command.spawn().and_then(std::process::Child::wait_with_output).expect("run")
}
