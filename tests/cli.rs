//! The command as a user meets it: arguments, streams, files and exit codes. What the figures are is
//! tested elsewhere; the scenario here is the one that `init` writes.

#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::Command as Process;

use snapbox::cmd::cargo_bin;
use snapbox::str;

use crate::shared::desk::{command, desk, read, stderr, stdout, wholelife};

/// The names and bytes of all files of a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).expect("a file")))
        .collect();
    files.sort();
    files
}

#[test]
fn help_is_data_and_has_examples() {
    let desk = desk();
    for command in ["", "compare", "check", "ledger", "report", "init"] {
        let args: Vec<&str> = [command, "--help"].into_iter().filter(|arg| !arg.is_empty()).collect();
        let run = wholelife(desk.path(), &args).code(0).stderr_eq("");
        assert!(stdout(&run).contains("Examples:"), "{command}");
    }
}

#[test]
fn wrong_arguments_are_exit_code_2_with_nothing_on_standard_output() {
    let desk = desk();
    for args in [
        &[][..],
        &["compere", "my.toml"],
        &["compare"],
        &["compare", "my.toml", "--format", "xls"],
        &["compare", "my.toml", "--units", "euro"],
        &["compare", "my.toml", "--between", "team"],
        &["compare", "my.toml", "--set", "programme.years"],
        &["compare", "-", "-"],
        &["check", "-", "-"],
        &["compare", "my.toml", "my.toml", "--between", "team,project"],
        &["compare", "my.toml", "my.toml", "--discount", "green-book-2026"],
        &["compare", "my.toml", "--portfolio", "--between", "team,project"],
        &["report", "my.toml", "my.toml", "-o", "out"],
        &["compare", "my.toml", "my.toml"],
        &["report", "my.toml", "-", "-o", "out"],
        &["report", "my.toml"],
    ] {
        wholelife(desk.path(), args).code(2).stdout_eq("");
    }
}

#[test]
fn an_option_that_is_not_there_is_named_with_the_nearest() {
    let desk = desk();
    let told = str![[r"
...
error: my.toml: no option `projekt` (did you mean `project`?); it has `baseline`, `team`, `project`

"]];
    wholelife(desk.path(), &["compare", "my.toml", "--between", "team,projekt"])
        .code(2)
        .stdout_eq("")
        .stderr_eq(told);
    wholelife(desk.path(), &["ledger", "my.toml", "--option", "nobody"]).code(2);
    wholelife(desk.path(), &["ledger", "my.toml", "--option", "team"]).code(0);
    wholelife(desk.path(), &["compare", "my.toml", "--between", "team,project"]).code(0);
}

#[test]
fn every_command_that_takes_set_takes_another_length_and_start() {
    let desk = desk();
    for command in [
        "compare",
        "assumptions",
        "statements",
        "sensitivity",
        "switching",
        "simulate",
        "ledger",
        "bridge",
        "explain",
        "report",
        "workbook",
    ] {
        let help = stdout(&wholelife(desk.path(), &[command, "--help"]).code(0));
        assert!(["--set", "--years", "--start"].iter().all(|argument| help.contains(argument)), "{command}");
    }
    let short =
        wholelife(desk.path(), &["compare", "my.toml", "--years", "8", "--start", "Apr 2027"]).code(0);
    let set = ["compare", "my.toml", "--set", "programme.years=8", "--set", "programme.start=2027-04"];
    assert_eq!(stdout(&short), stdout(&wholelife(desk.path(), &set).code(0)));
    let twice = ["compare", "my.toml", "--years", "8", "--set", "programme.years=9"];
    let told = stderr(&wholelife(desk.path(), &twice).code(1));
    assert!(told.contains("`programme.years` is set twice"), "{told}");
    wholelife(desk.path(), &["compare", "my.toml", "--years", "0"]).code(2);
    let told = stderr(&wholelife(desk.path(), &["compare", "my.toml", "--start", "soon"]).code(2));
    assert!(told.contains("a month is needed, like 2027-04"), "{told}");
}

#[test]
fn a_missing_file_is_named() {
    let desk = desk();
    let told = "error: none.toml: can't be read: there is no such file or folder\n";
    wholelife(desk.path(), &["compare", "none.toml"]).code(2).stdout_eq("").stderr_eq(told);
    wholelife(desk.path(), &["report", "none.toml", "-o", "out"]).code(2);
    assert!(!desk.path().join("out").exists());
}

#[test]
fn a_folder_or_a_picture_is_no_scenario() {
    let desk = desk();
    fs::write(desk.path().join("picture.toml"), b"\x89PNG\r\n\xff").expect("written");
    wholelife(desk.path(), &["check", "."])
        .code(2)
        .stderr_eq("error: .: can't be read: it is a folder, not a file\n");
    let run = wholelife(desk.path(), &["check", "picture.toml"]).code(2);
    assert!(stderr(&run).contains("picture.toml: it is a picture, not plain text;"), "{}", stderr(&run));
}

#[test]
fn findings_are_written_for_other_programs() {
    let desk = desk();
    let checked = |format: &str, code: i32| {
        let args = ["check", "my.toml", "--on", "2030-01-01", "--format", format];
        stdout(&wholelife(desk.path(), &args).code(code))
    };
    let json: serde_json::Value = serde_json::from_str(&checked("json", 0)).expect("JSON");
    let found = json["files"][0]["findings"].as_array().expect("findings");
    let overdue = found.iter().find(|found| found["name"] == "overdue-review").expect("an overdue review");
    assert_eq!((&overdue["code"], &overdue["severity"]), (&"WL0115".into(), &"warning".into()));
    let sarif: serde_json::Value = serde_json::from_str(&checked("sarif", 0)).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(found.len()));
    let github = checked("github", 0);
    assert_eq!(github.lines().count(), found.len());
    let line = overdue["line"].as_u64().expect("a line");
    assert!(github.contains(&format!("::warning file=my.toml,line={line},col=")), "{github}");
}

#[test]
fn parameters_are_listed_shown_and_compared() {
    let desk = desk();
    let told = |args: &[&str]| stdout(&wholelife(desk.path(), &[&["params"], args].concat()).code(0));
    assert!(told(&["list"]).contains("nhs-england-2026-27"));
    let shown = told(&["show", "vat", "--format", "csv"]);
    assert!(shown.contains("vat.standard,0.2,%,published,"), "{shown}");
    let compared = told(&["compare", "nhs-england-2025-26", "nhs-england-2026-27", "--format", "csv"]);
    assert!(compared.contains("agenda-for-change.7.top,54710.00,56515.00,published"), "{compared}");
    let unknown = wholelife(desk.path(), &["params", "show", "vta.standard"]).code(2);
    assert!(stderr(&unknown).contains("did you mean `vat.standard`?"), "{}", stderr(&unknown));
    let unknown = wholelife(desk.path(), &["params", "compare", "nhs-england-2026-27", "nhs"]).code(2);
    assert!(stderr(&unknown).contains("there are nhs-england-2026-27"), "{}", stderr(&unknown));
}

#[test]
fn the_register_has_every_stated_value_with_its_owner_and_effect() {
    let desk = desk();
    let text = read(&desk, "my.toml") + "\n[[decision]]\ndate = \"2026-05\"\nwhat = \"To begin\"\n";
    fs::write(desk.path().join("my.toml"), text).expect("a scenario");
    let told = stdout(&wholelife(desk.path(), &["assumptions", "my.toml", "--format", "csv"]).code(0));
    let mut reader = csv::Reader::from_reader(told.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let of = |key: &str| rows.iter().find(|row| &row[0] == key).expect("a row of that key");
    let day_rate = of("role.contractor.day_rate");
    assert_eq!((&day_rate[1], &day_rate[2]), ("£500", "£450 to £550"));
    assert_eq!((&day_rate[5], &day_rate[7], &day_rate[8]), ("Illustration", "stated", "Director of Finance"));
    // Dearer contractors speak for the team, cheaper ones against it, by as much.
    let effects = [&day_rate[3], &day_rate[4]].map(|effect| effect.parse::<f64>().expect("pounds"));
    assert!(effects[0] > 0.0 && (effects[0] + effects[1]).abs() <= 2.0, "{effects:?}");
    assert_eq!(&of("parameter.vat.standard")[7], "published");
    let shown = stdout(&wholelife(desk.path(), &["assumptions", "my.toml"]).code(0));
    assert!(shown.contains("Decisions") && shown.contains("To begin"), "{shown}");
}

#[test]
fn a_rule_is_explained_by_name_and_number() {
    let desk = desk();
    let by = |rule: &str| stdout(&wholelife(desk.path(), &["rules", rule]).code(0));
    assert_eq!(by("no-effect"), by("WL0101"));
    assert!(by("101").starts_with("WL0101 no-effect\n"));
    let unknown = wholelife(desk.path(), &["rules", "no-efect"]).code(2);
    assert!(stderr(&unknown).contains("did you mean `no-effect`?"), "{}", stderr(&unknown));
}

#[test]
fn every_scenario_is_checked_whatever_is_wrong_with_another() {
    let desk = desk();
    fs::write(desk.path().join("faulty.toml"), "[programme\n").expect("written");
    let run = wholelife(desk.path(), &["check", "my.toml"]).code(0);
    assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("pension.employer"));
    let run = wholelife(desk.path(), &["check", "faulty.toml", "my.toml"]).code(1);
    assert!(stderr(&run).contains("WL0001") && stderr(&run).contains("my.toml: can be run"));
    let run = wholelife(desk.path(), &["check", "none.toml", "faulty.toml", "gone.toml"]).code(2);
    for name in ["none.toml", "faulty.toml", "gone.toml"] {
        assert!(stderr(&run).contains(name), "{name}");
    }
}

#[test]
fn a_scenario_with_faults_gives_exit_code_1_and_no_data() {
    let desk = desk();
    fs::write(desk.path().join("faulty.toml"), "[programme\n").expect("written");
    for args in
        [&["compare", "faulty.toml"][..], &["ledger", "faulty.toml"], &["report", "faulty.toml", "-oout"]]
    {
        wholelife(desk.path(), args).code(1).stdout_eq("");
    }
    assert!(!desk.path().join("out").exists());
    wholelife(desk.path(), &["compare", "my.toml", "--set", "service.bookin.life=4 years"]).code(1);
    wholelife(desk.path(), &["compare", "my.toml", "--set", "service.booking.life=4 years"]).code(0);
}

#[test]
fn standard_input_gives_what_the_file_gives() {
    let desk = desk();
    for args in [&["compare"][..], &["compare", "--format=json"], &["ledger"]] {
        let file = stdout(&wholelife(desk.path(), &[args, &["my.toml"]].concat()).code(0));
        let piped = command(desk.path(), &[args, &["-"]].concat()).stdin(read(&desk, "my.toml"));
        assert_eq!(stdout(&piped.assert().code(0)), file);
    }
}

#[test]
fn a_scenario_saved_on_windows_is_read() {
    let desk = desk();
    let windows = format!("\u{feff}{}", read(&desk, "my.toml").replace('\n', "\r\n"));
    fs::write(desk.path().join("windows.toml"), windows).expect("written");
    wholelife(desk.path(), &["compare", "windows.toml"]).code(0);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let desk = desk();
    for args in [&["ledger", "my.toml"][..], &["compare", "my.toml"], &["init"], &["--help"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut process = Process::new(cargo_bin("wholelife"));
        let run = process.current_dir(desk.path()).args(args).stdout(writer).output().expect("run");
        let told = String::from_utf8(run.stderr).expect("text");
        assert_eq!(run.status.code(), Some(0), "{args:?}: {told}");
        assert!(!told.contains("error") && !told.contains("panic"), "{told}");
    }
}

#[test]
fn names_that_begin_as_formulas_are_harmless_in_csv() {
    let desk = desk();
    let wicked = read(&desk, "my.toml").replace("\"Team-funded\"", "\"=cmd|' /C calc'!A0\"");
    fs::write(desk.path().join("my.toml"), wicked).expect("written");
    let run = wholelife(desk.path(), &["compare", "my.toml", "--format", "csv"]).code(0);
    assert!(stdout(&run).contains("cmd|"), "{}", stdout(&run));
    wholelife(desk.path(), &["report", "my.toml", "-o", "out"]).code(0);
    let reported = files(&desk.path().join("out"));
    let is_csv = |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "csv");
    let tables = reported.iter().filter(|(name, _)| is_csv(name));
    let texts = tables.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    for text in texts.chain([stdout(&run)]) {
        let text = text.trim_start_matches('\u{feff}');
        for field in text.split(['\n', ',']).map(|field| field.trim_matches('"')) {
            assert!(!field.starts_with(['=', '+', '@', '\t', '\r']), "{field}");
            assert!(!field.starts_with('-') || field.parse::<f64>().is_ok(), "{field}");
        }
    }
}

#[test]
fn every_format_and_unit_can_be_had() {
    let desk = desk();
    for format in ["table", "csv", "json", "markdown"] {
        for command in ["compare", "ledger"] {
            let run = wholelife(desk.path(), &[command, "my.toml", "--format", format]).code(0);
            assert!(stdout(&run).ends_with('\n'), "{command} {format}");
            assert!(!stdout(&run).contains('\u{1b}'), "{command} {format}");
        }
    }
    for (unit, sign) in [("£", "£"), ("pounds", "£"), ("thousands", "£000"), ("£m", "£m"), ("millions", "£m")]
    {
        let run = wholelife(desk.path(), &["compare", "my.toml", "--units", unit]).code(0);
        assert!(stdout(&run).contains(&format!("Money in {sign}\n")), "{unit}");
    }
}

#[test]
fn json_has_a_version_for_one_file_and_for_several() {
    let desk = desk();
    fs::copy(desk.path().join("my.toml"), desk.path().join("copy.toml")).expect("a copy");
    for files in [&["my.toml"][..], &["my.toml", "copy.toml"]] {
        let run = wholelife(desk.path(), &[&["compare", "--format", "json"], files].concat()).code(0);
        let value: serde_json::Value = serde_json::from_str(&stdout(&run)).expect("JSON");
        assert_eq!(value["format_version"], "1.0");
        let first = if files.len() == 1 { &value } else { &value["files"][1]["comparison"] };
        assert!(first["options"]["team"].is_object(), "{value}");
    }
}

#[test]
fn colour_is_for_those_who_want_it() {
    let desk = desk();
    let plain = stdout(&wholelife(desk.path(), &["compare", "my.toml"]).code(0));
    assert!(!plain.contains('\u{1b}'));
    let bold = command(desk.path(), &["compare", "my.toml"]).env("CLICOLOR_FORCE", "1").assert().code(0);
    assert!(stdout(&bold).contains("\u{1b}[1m"));
    let refused = command(desk.path(), &["compare", "none.toml"]).env("NO_COLOR", "1").assert().code(2);
    assert!(!stderr(&refused).contains('\u{1b}'));
}

#[test]
fn a_narrow_screen_is_kept_to() {
    let desk = desk();
    let run = command(desk.path(), &["compare", "my.toml"]).env("COLUMNS", "50").assert().code(0);
    assert!(stdout(&run).lines().all(|line| line.chars().count() <= 50), "{}", stdout(&run));
}

#[test]
fn init_never_overwrites_unasked() {
    let desk = desk();
    fs::write(desk.path().join("my.toml"), "mine").expect("written");
    let told = "error: my.toml: it is there already; choose another name, or give --force to overwrite it\n";
    wholelife(desk.path(), &["init", "my.toml"]).code(2).stdout_eq("").stderr_eq(told);
    assert_eq!(read(&desk, "my.toml"), "mine");
    wholelife(desk.path(), &["init", "my.toml", "--force"]).code(0).stdout_eq("");
    let shown = wholelife(desk.path(), &["init"]).code(0).stderr_eq("");
    assert_eq!(read(&desk, "my.toml"), stdout(&shown));
    assert_eq!(stdout(&wholelife(desk.path(), &["init", "-"]).code(0)), stdout(&shown));
    assert_eq!(files(desk.path()).len(), 1, "nothing half-written is left");
    wholelife(desk.path(), &["init", "no/such/folder/my.toml"]).code(2);
}

#[test]
fn two_reports_are_the_same_bytes_and_the_manifest_lists_them_all() {
    let desk = desk();
    wholelife(desk.path(), &["report", "my.toml", "-o", "a/b"]).code(0).stdout_eq("");
    wholelife(desk.path(), &["report", "./my.toml", "--output", "c"]).code(0).stdout_eq("");
    let made = files(&desk.path().join("a/b"));
    assert_eq!(made, files(&desk.path().join("c")));
    let manifest: serde_json::Value = serde_json::from_str(&read(&desk, "c/manifest.json")).expect("JSON");
    let listed = manifest["files"].as_array().expect("a list").iter();
    let mut listed: Vec<&str> = listed.filter_map(|file| file["name"].as_str()).collect();
    listed.push("manifest.json");
    listed.sort_unstable();
    assert_eq!(listed, made.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
    assert_eq!(manifest["inputs"][0]["name"], "my.toml");
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn a_report_replaces_its_own_files_but_not_edited_ones() {
    let desk = desk();
    let out = desk.path().join("out");
    let report = &["report", "my.toml", "-o", "out"][..];
    let changed = &[report, &["--set", "service.booking.life=4 years"]].concat()[..];
    wholelife(desk.path(), report).code(0);
    wholelife(desk.path(), changed).code(0);
    let made = files(&out);
    let (edited, _) = made.iter().find(|(name, _)| name != "manifest.json").expect("a file");
    fs::write(out.join(edited), "edited").expect("written");
    let before = files(&out);
    let run = wholelife(desk.path(), report).code(2);
    let told = stderr(&run);
    assert!(told.contains(&format!("{edited} (edited since wholelife wrote it)")), "{told}");
    assert!(told.contains("--force"), "{told}");
    assert_eq!(files(&out), before, "nothing at all was written");
    wholelife(desk.path(), &[changed, &["--force"]].concat()).code(0);
    assert_eq!(files(&out), made);
}

#[test]
fn a_report_can_not_go_where_a_file_stands() {
    let desk = desk();
    let told = "error: my.toml: can't be written: a file stands where a folder is needed\n";
    let run = wholelife(desk.path(), &["report", "my.toml", "-o", "my.toml"]).code(2).stdout_eq("");
    assert!(stderr(&run).ends_with(told), "{}", stderr(&run));
    wholelife(desk.path(), &["report", "my.toml", "-o", "my.toml/out"]).code(2);
}

#[cfg(unix)]
#[test]
fn an_unwritable_folder_is_one_clear_line() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk();
    let out = desk.path().join("out");
    fs::create_dir(&out).expect("a folder");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).expect("set");
    // Root, who runs the tests in some containers, may write anywhere but where nothing can be: in /proc.
    let root = fs::write(out.join("probe"), "").is_ok();
    let folder = if root { "/proc/wholelife" } else { "out" };
    let run = wholelife(desk.path(), &["report", "my.toml", "-o", folder]).code(2).stdout_eq("");
    assert_eq!(stderr(&run).matches("can't be written").count(), 1);
    assert!(stderr(&run).contains(&format!("error: {folder}")), "{}", stderr(&run));
    fs::set_permissions(&out, fs::Permissions::from_mode(0o755)).expect("set");
}

#[test]
fn a_table_outside_the_scenarios_folder_is_refused() {
    let desk = desk();
    let greedy = read(&desk, "my.toml") + "\n[cost.secret]\ntable = \"../../../../../../etc/passwd\"\n";
    fs::write(desk.path().join("greedy.toml"), greedy).expect("written");
    let run = wholelife(desk.path(), &["compare", "greedy.toml"]).code(1).stdout_eq("");
    assert!(stderr(&run).contains("does not lie beside the scenario"), "{}", stderr(&run));
    assert!(!stderr(&run).contains("root:"));
}

#[test]
fn simulate_gives_the_same_bytes_on_any_number_of_threads() {
    let desk = desk();
    let of = |threads: &str| {
        let args = ["simulate", "my.toml", "-n", "500", "--threads", threads, "--format", "json"];
        let run = wholelife(desk.path(), &args).code(0);
        run.get_output().stdout.clone()
    };
    let one = of("1");
    assert!(one.starts_with(b"{") && one == of("2"));
}

#[test]
fn simulate_refuses_what_makes_no_sense() {
    let desk = desk();
    for (option, value, told) in [
        ("-n", "0", "1 to 10000000 draws are possible"),
        ("-n", "10000001", "1 to 10000000 draws are possible"),
        ("--threads", "0", "1 to 1024 threads are possible"),
        ("--precision", "10k", "an amount of money is needed"),
        ("--precision", "£0", "an amount of money is needed"),
    ] {
        let run = wholelife(desk.path(), &["simulate", "my.toml", option, value]).code(2).stdout_eq("");
        assert!(stderr(&run).contains(told), "{option} {value}: {}", stderr(&run));
    }
    let run =
        wholelife(desk.path(), &["simulate", "my.toml", "-n", "10", "--between", "team,prject"]).code(2);
    assert!(stderr(&run).contains("no option `prject`"));
}
