//! A run that ends before any of its changes, files that come at the last moment, and runs side by side.

use super::super::manifest::fingerprint;
use super::*;
use std::cell::RefCell;
use std::collections::BTreeMap;

type Files = Vec<(String, Vec<u8>)>;

fn files(of: &[(&str, &str)]) -> Files {
    of.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

fn contents(files: &Files) -> Contents {
    let listed =
        |(name, bytes): &(String, Vec<u8>)| Listed { name: name.clone(), sha256: fingerprint(bytes) };
    Contents { files: files.iter().map(listed).collect(), folders: Vec::new() }
}

fn put(disk: &mut Disk<'_>, folder: &Path, old: &Files, new: &Files) -> Done {
    let origin = Origin { edition: "e".into(), inputs: Vec::new(), set: Vec::new() };
    let (earlier, contents) = (contents(old), contents(new));
    let is_gone = |file: &&Listed| contents.files.iter().all(|new| new.name != file.name);
    let removed: Vec<String> = earlier.files.iter().filter(is_gone).map(|file| file.name.clone()).collect();
    Put { folder, files: new, new: &contents, earlier: &earlier, removed: &removed, origin: &origin }
        .put(disk)
}

/// Every file below a folder, with its text.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            all.extend(
                tree(&entry.path()).into_iter().map(|(inner, text)| (format!("{name}/{inner}"), text)),
            );
        } else {
            all.insert(name, fs::read_to_string(entry.path()).expect("a file"));
        }
    }
    all
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).map(drop).expect("copied");
        }
    }
}

/// The disk as a kill leaves it before each change in turn: the folder is the old run or the new one, with the user's
/// file in it, and the next run finishes the work and leaves nothing waiting. Then the same with the change refused, as
/// on a full disk.
#[test]
fn ended_before_any_change_the_folder_is_of_one_run() {
    let old = files(&[("a.csv", "old a"), ("b.csv", "old b"), ("gone.csv", "old")]);
    let new = files(&[("a.csv", "new a"), ("b.csv", "new b"), ("more.csv", "new")]);
    let start = |folder: &Path| {
        put(&mut Disk::default(), folder, &Vec::new(), &old).expect("the old run");
        fs::write(folder.join("mine.txt"), "mine").expect("written");
    };
    let whole = {
        let desk = tempfile::tempdir().expect("a folder");
        let out = desk.path().join("out");
        start(&out);
        let before = tree(&out);
        put(&mut Disk::default(), &out, &old, &new).expect("the new run");
        [before, tree(&out)]
    };
    let mut refused = 0;
    loop {
        let desk = tempfile::tempdir().expect("a folder");
        let (out, killed) = (desk.path().join("desk/out"), desk.path().join("killed"));
        fs::create_dir(desk.path().join("desk")).expect("a folder");
        start(&out);
        let place = desk.path().to_owned();
        let changes = RefCell::new(0);
        let watch = |_: &Path| {
            let nth = changes.replace_with(|nth| *nth + 1);
            if nth < refused {
                return Ok(());
            }
            if nth == refused {
                copy(&place.join("desk"), &place.join("killed"));
            }
            Err(io::ErrorKind::StorageFull.into())
        };
        let result = put(&mut Disk::watched(watch), &out, &old, &new);
        // All that follows a refusal is refused too: what the run can do by itself is left as a kill leaves it.
        let left = tree(&out);
        assert!(whole.contains(&left), "change {refused}: {left:?}");
        assert_eq!(result.is_ok(), left == whole[1], "change {refused}: {result:?}");
        if !killed.exists() {
            break;
        }
        let at = killed.join("out");
        let left = tree(&at);
        assert!(whole.contains(&left), "killed at change {refused}: {left:?}");
        let then = if left == whole[0] { &old } else { &new };
        put(&mut Disk::default(), &at, then, &new).expect("the next run");
        assert_eq!(tree(&killed), tree_of("out", &whole[1]), "after a kill at change {refused}");
        refused += 1;
    }
    assert!(refused > 6, "three files, a manifest, a link, the swap and more: {refused}");
}

fn tree_of(folder: &str, files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    files.iter().map(|(name, text)| (format!("{folder}/{name}"), text.clone())).collect()
}

/// A folder with a folder in it can't be swapped: then the manifest says so whenever files of two runs stand there.
#[test]
fn file_by_file_the_manifest_says_when_two_runs_stand_there() {
    let old = files(&[("a.csv", "old a"), ("b.csv", "old b")]);
    let new = files(&[("a.csv", "new a"), ("b.csv", "new b")]);
    let desk = tempfile::tempdir().expect("a folder");
    let out = desk.path().join("out");
    put(&mut Disk::default(), &out, &Vec::new(), &old).expect("the old run");
    fs::create_dir(out.join("own")).expect("a folder");
    fs::write(out.join("own/mine.txt"), "mine").expect("written");
    let mut mixed = 0;
    let watch = |_: &Path| {
        let all = tree(&out);
        let is_mixed = all["a.csv"].starts_with("new") != all["b.csv"].starts_with("new");
        assert!(!is_mixed || all["manifest.json"].contains("unfinished"));
        assert_eq!(all["own/mine.txt"], "mine");
        mixed += usize::from(is_mixed);
        Ok(())
    };
    put(&mut Disk::watched(watch), &out, &old, &new).expect("the new run");
    assert!(mixed > 0);
    let all = tree(&out);
    assert!(!all["manifest.json"].contains("unfinished"));
    assert_eq!(all.keys().collect::<Vec<_>>(), ["a.csv", "b.csv", "manifest.json", "own/mine.txt"]);
}

/// What somebody puts into the folder at the last moment, just before it is swapped, moves over.
#[test]
fn a_file_that_comes_at_the_last_moment_is_not_lost() {
    let (old, new) = (files(&[("a.csv", "old")]), files(&[("a.csv", "new")]));
    let desk = tempfile::tempdir().expect("a folder");
    let out = desk.path().join("out");
    put(&mut Disk::default(), &out, &Vec::new(), &old).expect("the old run");
    let mut announced = 0;
    let watch = |path: &Path| {
        announced += usize::from(path == out);
        // The waiting folder, then the swap.
        if announced == 2 && path == out {
            fs::write(out.join("late.txt"), "late").expect("written");
        }
        Ok(())
    };
    put(&mut Disk::watched(watch), &out, &old, &new).expect("the new run");
    assert_eq!(
        tree(desk.path()).keys().collect::<Vec<_>>(),
        ["out/a.csv", "out/late.txt", "out/manifest.json"]
    );
    assert_eq!(tree(&out)["a.csv"], "new");
}

/// Many runs at once: the folder is of one of them, whole, and nothing waits beside it.
#[test]
fn runs_side_by_side_leave_one_of_them_whole() {
    let desk = tempfile::tempdir().expect("a folder");
    let out = desk.path().join("out");
    let run = |n: usize| {
        let text = n.to_string();
        let names = ["a.csv", "b.csv", "c.csv"];
        names.map(|name| (name.to_owned(), text.clone().into_bytes())).to_vec()
    };
    put(&mut Disk::default(), &out, &Vec::new(), &run(0)).expect("the first run");
    std::thread::scope(|scope| {
        for n in 1..=8 {
            let (out, run) = (&out, &run);
            scope.spawn(move || {
                for _ in 0..5 {
                    let _ = put(&mut Disk::default(), out, &run(0), &run(n));
                }
            });
        }
    });
    let last = run(9);
    put(&mut Disk::default(), &out, &run(0), &last).expect("the last run");
    let all = tree(desk.path());
    let mine: Vec<&str> =
        ["out/a.csv", "out/b.csv", "out/c.csv"].into_iter().map(|name| all[name].as_str()).collect();
    assert_eq!(mine, ["9", "9", "9"]);
    assert_eq!(all.len(), 4, "{:?}", all.keys());
}
