//! Files that the command writes: the same bytes every time, whole or not at all, whatever stands in the way.

#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use sha2::{Digest, Sha256};
use snapbox::cmd::cargo_bin;

use crate::shared::desk::desk;
use crate::shared::{gallery, wholelife};

fn report(desk: &Path, more: &[&str]) -> Output {
    wholelife(desk).args(["report", "my.toml", "-o", "out"]).args(more).output().expect("run")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file of a folder, hidden ones too, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files = entries.filter(|path| path.is_file());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    files.map(|path| (name(&path), fs::read(&path).expect("a file"))).collect()
}

#[test]
fn two_runs_are_the_same_bytes_on_any_number_of_threads() {
    let desk = tempfile::tempdir().expect("a folder");
    for scenario in gallery() {
        let made: Vec<_> = ["1", "3"]
            .into_iter()
            .map(|threads| {
                let out = desk.path().join(format!("{}-{threads}", scenario.name));
                let run = wholelife(&scenario.folder)
                    .args(["report", &format!("{}.toml", scenario.name), "-o"])
                    .arg(&out)
                    .env("RAYON_NUM_THREADS", threads)
                    .output()
                    .expect("run");
                assert!(run.status.success(), "{}", told(&run));
                (files(&out), told(&run).replace(&format!("-{threads}"), ""))
            })
            .collect();
        assert!(made[0] == made[1], "{}: the runs differ", scenario.name);
    }
}

#[test]
fn the_manifest_knows_every_file_and_what_it_came_from_and_no_time() {
    let desk = desk();
    assert!(report(desk.path(), &["--set", "service.booking.life=4 years"]).status.success());
    let mut made = files(&desk.path().join("out"));
    let text = String::from_utf8(made.remove("manifest.json").expect("a manifest")).expect("text");
    let manifest: Value = serde_json::from_str(&text).expect("JSON");
    let digest = |bytes: &[u8]| {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    };
    let listed: BTreeMap<String, String> = manifest["files"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|file| {
            let text = |key: &str| file[key].as_str().expect("text").to_owned();
            (text("name"), text("sha256"))
        })
        .collect();
    let found = made.iter().map(|(name, bytes)| (name.clone(), digest(bytes))).collect();
    assert_eq!(listed, found);
    let scenario = fs::read(desk.path().join("my.toml")).expect("the scenario");
    assert_eq!(manifest["inputs"][0]["sha256"], digest(&scenario));
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest["parameters"], "nhs-england-2026-27");
    assert_eq!(manifest["set"][0], "service.booking.life=4 years");
    let keys: Vec<&String> = manifest.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["format_version", "tool", "version", "parameters", "inputs", "set", "files"]);
}

#[test]
fn a_folder_in_the_place_of_a_file_is_named_and_nothing_is_written() {
    let desk = desk();
    fs::create_dir_all(desk.path().join("out/comparison.csv")).expect("a folder");
    let run = report(desk.path(), &[]);
    assert_eq!(run.status.code(), Some(2));
    let why = "comparison.csv (a folder, a link or a device)";
    assert!(told(&run).contains(why), "{}", told(&run));
    assert_eq!(files(&desk.path().join("out")).len(), 0);
    let forced = report(desk.path(), &["--force"]);
    assert_eq!(forced.status.code(), Some(2), "even --force can't");
    assert_eq!(told(&forced).matches("error").count(), 1, "{}", told(&forced));
    assert!(
        told(&forced).contains("nothing was written") && told(&forced).contains(why),
        "{}",
        told(&forced)
    );
    assert_eq!(files(&desk.path().join("out")).len(), 0);
}

/// A pipe in the place of the manifest is named at once, and not waited for.
#[cfg(unix)]
#[test]
fn a_pipe_as_manifest_is_not_read() {
    let desk = desk();
    fs::create_dir(desk.path().join("out")).expect("a folder");
    let made = Command::new("mkfifo").arg(desk.path().join("out/manifest.json")).status().expect("run");
    assert!(made.success());
    for force in [&[][..], &["--force"]] {
        let run = report(desk.path(), force);
        assert_eq!(run.status.code(), Some(2));
        assert!(told(&run).contains("manifest.json (a folder, a link or a device)"), "{}", told(&run));
    }
}

/// Killed at thirty moments between its start and its end, and more often near the end, where it writes: the folder is
/// the old run or the new one, with the user's file in it; and the next run leaves nothing waiting beside it.
#[cfg(unix)]
#[test]
fn killed_at_any_moment_the_folder_is_of_one_run() {
    let desk = tempfile::tempdir().expect("a folder");
    let text = "[programme]\nname = \"Small\"\nstart = \"2026-04\"\nyears = 1\n[option.a]\ncost.x.amount = \"£1k a year\"\n";
    fs::write(desk.path().join("my.toml"), text).expect("written");
    let out = desk.path().join("out");
    let set = |amount: usize| ["--set".to_owned(), format!("option.a.cost.x.amount=£{amount}k a year")];
    let command = |amount: usize| {
        let mut command = wholelife(desk.path());
        command
            .args(["report", "my.toml", "-o", "out"])
            .args(set(amount))
            .stderr(std::process::Stdio::null());
        command
    };
    let mut whole = Vec::new();
    let mut longest = std::time::Duration::ZERO;
    for amount in [2, 1] {
        let start = std::time::Instant::now();
        assert!(command(amount).status().expect("run").success());
        longest = start.elapsed();
        whole.push(files(&out));
    }
    fs::write(out.join("mine.txt"), "mine").expect("written");
    let mut ends = [0, 0];
    for nth in 0..30_u32 {
        let mut run = command(2 - usize::from(ends[0] > ends[1])).spawn().expect("run");
        // The square root: nearer to one.
        let share = (f64::from(nth) / 29.0).sqrt() * 1.1;
        std::thread::sleep(longest.mul_f64(share));
        let _ = run.kill();
        run.wait().expect("ended");
        let mut left = files(&out);
        assert_eq!(left.remove("mine.txt").as_deref(), Some(&b"mine"[..]), "kill {nth}");
        let which = whole.iter().position(|run| *run == left);
        ends[which.unwrap_or_else(|| panic!("kill {nth}: of two runs: {:?}", left.keys()))] += 1;
    }
    assert!(command(1).status().expect("run").success());
    let beside = fs::read_dir(desk.path()).expect("a folder").count();
    assert_eq!(beside, 2, "the scenario and its report, and nothing else");
}

/// A portfolio's own folder says which reports it is of, and which are older.
#[test]
fn a_portfolio_knows_which_of_its_reports_are_of_this_run() {
    let desk = desk();
    fs::copy(desk.path().join("my.toml"), desk.path().join("other.toml")).expect("copied");
    let run = |names: &[&str]| {
        let output =
            wholelife(desk.path()).arg("report").args(names).args(["-o", "out"]).output().expect("run");
        assert!(output.status.success(), "{}", told(&output));
        let text = fs::read_to_string(desk.path().join("out/manifest.json")).expect("a manifest");
        let manifest: Value = serde_json::from_str(&text).expect("JSON");
        assert!(manifest.get("unfinished").is_none());
        (told(&output), manifest)
    };
    let (_, manifest) = run(&["my.toml", "other.toml"]);
    let digest = |name: &str| {
        let bytes = fs::read(desk.path().join("out").join(name).join("manifest.json")).expect("a manifest");
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    };
    for (place, name) in ["my", "other"].into_iter().enumerate() {
        assert_eq!(manifest["folders"][place]["name"], name);
        assert_eq!(manifest["folders"][place]["sha256"], digest(name));
    }
    fs::copy(desk.path().join("my.toml"), desk.path().join("third.toml")).expect("copied");
    let (told, _) = run(&["my.toml", "third.toml"]);
    assert!(told.contains("out: other is of an earlier run, and no part of this one"), "{told}");
}

/// Names that turn the writing around, and letters that the typeface of the charts lacks.
#[test]
fn direction_marks_are_shown_and_missing_letters_said() {
    let desk = tempfile::tempdir().expect("a folder");
    let text = r#"
        [programme]
        name = "Trust \u202emorf\u2069 x"
        start = "2026-04"
        years = 2
        [option.a]
        name = "a\u200f\u061cb"
        cost.x = { amount = "£100k a year", name = "l\u2066ine" }
        [option.b]
        name = "日本 Tŷ"
        cost.x.amount = "£2.5bn a year"
    "#;
    fs::write(desk.path().join("my.toml"), text).expect("written");
    let run = report(desk.path(), &[]);
    assert!(run.status.success(), "{}", told(&run));
    let said = told(&run);
    assert!(said.contains("日 本 in `日本 Tŷ`"), "{said}");
    assert!(!said.contains("ŷ in") && said.matches("typeface").count() == 1, "{said}");
    let marks = ['\u{202e}', '\u{2069}', '\u{200f}', '\u{61c}', '\u{2066}'];
    let mut shown = 0;
    for (name, bytes) in files(&desk.path().join("out")) {
        let parts = match name.rsplit_once('.').expect("an ending").1 {
            "xlsx" | "docx" => unpacked(&bytes),
            "png" => continue,
            _ => vec![String::from_utf8(bytes).expect("text")],
        };
        for part in parts {
            assert!(!part.contains(marks), "{name} has a direction mark");
            shown += usize::from(part.contains("[U+200F][U+061C]"));
        }
    }
    assert!(shown > 10, "{shown}");
    let page = fs::read_to_string(desk.path().join("out/report.html")).expect("a page");
    assert!(page.contains("日 本 in <code>日本 Tŷ</code>"), "the page says it too");
    assert!(page.contains("£4.9") && page.contains("bn"), "thousands of millions");
    let printed = wholelife(desk.path()).args(["compare", "my.toml"]).output().expect("run");
    let printed = String::from_utf8_lossy(&printed.stdout).into_owned();
    assert!(!printed.contains(marks) && printed.contains("[U+200F]"), "{printed}");
}

/// The texts in a packed file.
fn unpacked(bytes: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a packed file");
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut text = String::new();
        let mut file = archive.by_index(place).expect("a part");
        if std::io::Read::read_to_string(&mut file, &mut text).is_ok() {
            parts.push(text);
        }
    }
    parts
}

/// A disk that is full in the midst of writing: a shell's limit on the size of files, its signal ignored, so
/// that writing fails as it does on a full disk.
#[cfg(unix)]
#[test]
fn a_write_that_fails_leaves_the_old_files_whole_and_nothing_of_the_new() {
    let desk = desk();
    assert!(report(desk.path(), &[]).status.success());
    let out = desk.path().join("out");
    let before = files(&out);
    let limited = |limit: &str| {
        let command = format!(
            "{limit} ulimit -f 32; exec '{}' report my.toml -o out --set 'service.booking.life=4 years'",
            cargo_bin("wholelife").display()
        );
        Command::new("sh").current_dir(desk.path()).args(["-c", &command]).output().expect("a shell")
    };
    let run = limited("trap '' XFSZ;");
    assert_eq!(run.status.code(), Some(2), "{}", told(&run));
    assert_eq!(told(&run).matches("can't be written").count(), 1, "{}", told(&run));
    assert!(told(&run).lines().last().is_some_and(|line| line.starts_with("error: out/")), "{}", told(&run));
    assert!(files(&out) == before, "the old files stay, and nothing waits beside them");
    // Killed in the midst of it, it can't clear away; the next run does.
    let killed = limited("");
    assert_eq!(killed.status.code(), None, "killed by the signal: {}", told(&killed));
    let after = files(&out);
    assert!(before.iter().all(|(name, bytes)| after.get(name) == Some(bytes)), "the old files stay");
    assert!(report(desk.path(), &[]).status.success());
    assert!(files(&out) == before, "what was left waiting is gone");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_one_clear_line() {
    let desk = desk();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let run = wholelife(desk.path()).args(["compare", "my.toml"]).stdout(full).output().expect("run");
    assert_eq!(run.status.code(), Some(2));
    assert!(
        told(&run).ends_with("error: standard output: can't be written: the disk is full\n"),
        "{}",
        told(&run)
    );
}

/// Names that a spreadsheet would run, or that would break a line of a table.
#[test]
fn hostile_names_are_harmless_in_every_csv_file() {
    let hostile =
        ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\\t=1+1", "\\r=1+1", "a,\\\"b\\\"\\n=1+1"];
    let desk = desk();
    let text = fs::read_to_string(desk.path().join("my.toml")).expect("the scenario");
    for name in hostile {
        let wicked = text
            .replace("\"Team-funded\"", &format!("\"{name}\""))
            .replace("\"Business as usual\"", &format!("\"{name} as usual\""))
            .replace("\"Online booking and rescheduling\"", &format!("\"{name}\""));
        fs::write(desk.path().join("my.toml"), wicked).expect("written");
        let run = report(desk.path(), &[]);
        assert!(run.status.success(), "{name}: {}", told(&run));
        let csv = |name: &str| Path::new(name).extension().is_some_and(|ending| ending == "csv");
        let tables: Vec<_> =
            files(&desk.path().join("out")).into_iter().filter(|(name, _)| csv(name)).collect();
        assert!(tables.len() > 15);
        for (file, bytes) in tables {
            let mark = bytes.strip_prefix("\u{feff}".as_bytes()).expect("what tells Excel of UTF-8");
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(mark);
            for record in reader.records() {
                let record = record.unwrap_or_else(|fault| panic!("{file}: {fault}"));
                for field in &record {
                    let starts = |signs: &[char]| field.trim_start().starts_with(signs);
                    let formula = starts(&['=', '+', '@', '＝', '＋', '＠'])
                        || (starts(&['-', '－']) && field.parse::<f64>().is_err())
                        || field.starts_with(|c: char| c.is_control());
                    assert!(!formula, "{file} with {name}: {field:?}");
                }
            }
        }
    }
}

/// A table by year comes twice, and both hold the same figures.
#[test]
fn wide_and_tidy_tables_hold_the_same_figures() {
    let desk = desk();
    assert!(report(desk.path(), &[]).status.success());
    let made = files(&desk.path().join("out"));
    let numbers = |name: &str| {
        let bytes = made.get(name).unwrap_or_else(|| panic!("{name}"));
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut numbers: Vec<String> =
            csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes())
                .records()
                .flat_map(|record| record.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>())
                .filter(|field| field.contains('.') && field.parse::<f64>().is_ok())
                .collect();
        numbers.sort();
        numbers
    };
    let wide: Vec<&str> = made.keys().filter_map(|name| name.strip_suffix("-wide.csv")).collect();
    assert_eq!(
        wide,
        [
            "activity-by-year",
            "by-year",
            "category-by-year",
            "horizon-by-year",
            "simulated-cash-by-year",
            "statements"
        ]
    );
    for name in wide.into_iter().filter(|name| *name != "statements") {
        let (wide, tidy) = (numbers(&format!("{name}-wide.csv")), numbers(&format!("{name}-tidy.csv")));
        assert!(!wide.is_empty() && wide == tidy, "{name}");
    }
}
