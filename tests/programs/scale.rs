//! The commands of `docs/scale.md`, run as they stand there, with a few draws: several processes side by side, merged,
//! and the same as a single run.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use snapbox::cmd::cargo_bin;

/// Few, since what is tried is the running and the merging.
const DRAWS: &str = "40";

fn bash(desk: &Path, script: &str) -> Output {
    let folder = cargo_bin("wholelife").parent().expect("a folder").to_owned();
    let path =
        env::join_paths([folder].into_iter().chain(env::split_paths(&env::var_os("PATH").expect("a PATH"))));
    let mut bash = Command::new("bash");
    bash.args(["-c", script]).current_dir(desk).env("PATH", path.expect("paths")).env("DRAWS", DRAWS);
    bash.output().expect("bash")
}

/// The bash blocks of the page with the comment before each.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    let parts: Vec<&str> = page.split("```bash\n").collect();
    parts
        .windows(2)
        .map(|pair| {
            let comment = pair[0].trim_end().lines().last().unwrap_or_default();
            let comment = comment.strip_prefix("<!-- ").and_then(|c| c.strip_suffix(" -->"));
            let comment = comment.unwrap_or_else(|| panic!("a block without a comment: {}", pair[1]));
            (comment, pair[1].split("```\n").next().expect("the end of a block"))
        })
        .collect()
}

pub(crate) fn the_commands_of_the_page_work_and_parts_merge_to_a_single_run() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scale.md");
    let page = fs::read_to_string(path).expect("the page").replace("\r\n", "\n");
    let desk = tempfile::tempdir().expect("a folder");
    let blocks = blocks(&page);
    for (name, text) in blocks.iter().filter_map(|(c, text)| Some((c.strip_prefix("file: ")?, text))) {
        fs::write(desk.path().join(name), text).expect("written");
    }
    let mut ran = 0;
    for (comment, script) in &blocks {
        match comment.split_once(": ").unwrap_or((comment, "")) {
            ("file", _) => continue,
            ("run", _) => {}
            other => panic!("neither a file nor run: {other:?}"),
        }
        let run = bash(desk.path(), script);
        let told = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{script}\n{told}");
        if script.contains("sqlite3") {
            let printed = String::from_utf8_lossy(&run.stdout).into_owned();
            assert_eq!(printed.lines().count(), 3, "a sum for each option: {printed}");
        }
        ran += 1;
    }
    assert!(ran >= 5);
    let read = |name: &str| fs::read_to_string(desk.path().join(name)).expect(name);
    assert_eq!(read("central.csv").lines().count(), 1 + 4 * 3, "a row for each trust and option");
    assert!(read("draws.csv").contains("\ntrust-4,net_present_cost,team,mean,"));
    // What says that both are the same must be able to say no.
    fs::write(desk.path().join("central.csv"), read("central.csv").replacen("Trust 2", "Trust 3", 1))
        .expect("written");
    let (_, same) =
        blocks.iter().find(|(_, script)| script.contains("cmp single.csv")).expect("the comparison");
    assert!(!bash(desk.path(), same).status.success());
}
