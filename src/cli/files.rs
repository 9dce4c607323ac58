//! Writing files: whole or not at all, and never over what is not ours.
//!
//! A file is ours if the folder's manifest lists it with the fingerprint it still has. Every new file is
//! first written beside its place under another name; only when all are there do they move in, one by one,
//! so that at any moment each file is the old one or the new one, whole. Nothing outside the folder is
//! touched, whatever a scenario or a manifest calls its files.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::failure::Failure;
use super::manifest::{self, Listed, Origin, fingerprint};
use super::plain;

/// What was done in a folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// How many files were written, the manifest included.
    pub(super) count: usize,
    /// Files of an earlier run that this one no longer makes, and that nobody had edited: they are gone.
    pub(super) removed: Vec<String>,
    /// Files of an earlier run that somebody has edited: they were left.
    pub(super) left: Vec<String>,
}

/// Writes the files of a report and their manifest into a folder. With `force` also over what is not ours.
pub(super) fn write_folder(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    origin: &Origin,
    force: bool,
) -> Result<Written, Failure> {
    debug_assert!(files.iter().all(|(name, _)| is_plain_name(name) && name != manifest::NAME));
    let new: Vec<Listed> =
        files.iter().map(|(name, bytes)| Listed { name: name.clone(), sha256: fingerprint(bytes) }).collect();
    let (earlier, manifest_is_ours) = earlier_files(folder);
    if !force {
        let mut in_the_way: Vec<String> =
            new.iter().filter_map(|file| why_not(folder, file, &earlier)).collect();
        if !manifest_is_ours {
            in_the_way.push(format!("{} (not written by wholelife)", manifest::NAME));
        }
        if !in_the_way.is_empty() {
            return Err(Failure::InTheWay { folder: folder.to_owned(), files: in_the_way });
        }
    }
    fs::create_dir_all(folder).map_err(|cause| Failure::Write { path: folder.to_owned(), cause })?;
    sweep(folder);
    // Until all files have moved in, the manifest lists old and new: should this run be cut short, the next
    // one still knows every file as ours.
    let both: Vec<Listed> = earlier.iter().chain(&new).cloned().collect();
    let both = staged(&folder.join(manifest::NAME), &manifest::manifest(origin, &both))?;
    let last = staged(&folder.join(manifest::NAME), &manifest::manifest(origin, &new))?;
    let staged: Vec<Staged> =
        files.iter().map(|(name, bytes)| staged(&folder.join(name), bytes)).collect::<Result<_, _>>()?;
    both.move_in()?;
    staged.into_iter().try_for_each(Staged::move_in)?;
    let (removed, left) = clear_away(folder, &earlier, &new)?;
    last.move_in()?;
    Ok(Written { count: files.len() + 1, removed, left })
}

/// Writes one file, whole or not at all; over an existing one only with `force`.
pub(super) fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    let staged = staged(path, bytes)?;
    if force {
        return staged.move_in();
    }
    match staged.file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(fault) if fault.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Failure::Exists { path: path.to_owned() })
        }
        Err(fault) => Err(Failure::Write { path: path.to_owned(), cause: fault.error }),
    }
}

/// Whether a name stays in its folder on every system.
pub(super) fn is_plain_name(name: &str) -> bool {
    let harmless = |c: char| !c.is_control() && !matches!(c, '/' | '\\' | ':');
    !name.is_empty() && name != "." && name != ".." && name.chars().all(harmless)
}

/// What the names of waiting files begin with.
const WAITING: &str = ".wholelife-";

/// Removes what a run that was killed left waiting. What can't be removed does no harm.
fn sweep(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(WAITING)) {
        if entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A new file that waits beside its place. Dropped, it is gone.
struct Staged {
    file: NamedTempFile,
    path: PathBuf,
}

impl Staged {
    fn move_in(self) -> Result<(), Failure> {
        let Self { file, path } = self;
        file.persist(&path).map(drop).map_err(|fault| Failure::Write { path, cause: fault.error })
    }
}

fn staged(path: &Path, bytes: &[u8]) -> Result<Staged, Failure> {
    let cannot = |cause| Failure::Write { path: path.to_owned(), cause };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(WAITING);
    #[cfg(unix)]
    {
        // As any new file, less what the user's umask takes away; temporary files are private by default.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(cannot)?;
    file.write_all(bytes).map_err(cannot)?;
    Ok(Staged { file, path: path.to_owned() })
}

/// The files that the folder's manifest lists, and whether the manifest may be overwritten.
fn earlier_files(folder: &Path) -> (Vec<Listed>, bool) {
    let path = folder.join(manifest::NAME);
    match plain::read(&path) {
        Ok(bytes) => {
            let listed = manifest::listed(&bytes);
            let ours = listed.is_some();
            (listed.unwrap_or_default(), ours)
        }
        // What is there and can't be read is somebody else's.
        Err(_) => (Vec::new(), fs::symlink_metadata(&path).is_err()),
    }
}

/// Why a file must not be written, if there is a reason.
fn why_not(folder: &Path, new: &Listed, earlier: &[Listed]) -> Option<String> {
    let path = folder.join(&new.name);
    let there = fs::symlink_metadata(&path).ok()?;
    let reason = if !there.is_file() {
        "a folder or a link"
    } else if there.permissions().readonly() {
        "read-only"
    } else {
        match fs::read(&path).map(|bytes| fingerprint(&bytes)) {
            Err(_) => "can't be read",
            Ok(found) if found == new.sha256 || is_ours(&new.name, &found, earlier) => return None,
            Ok(_) if earlier.iter().any(|file| file.name == new.name) => "edited since wholelife wrote it",
            Ok(_) => "not written by wholelife",
        }
    };
    Some(format!("{} ({reason})", new.name))
}

fn is_ours(name: &str, sha256: &str, earlier: &[Listed]) -> bool {
    earlier.iter().any(|file| file.name == name && file.sha256 == sha256)
}

/// Removes what an earlier run made and this one doesn't, unless it was edited: names removed, names left.
fn clear_away(
    folder: &Path,
    earlier: &[Listed],
    new: &[Listed],
) -> Result<(Vec<String>, Vec<String>), Failure> {
    let (mut removed, mut left) = (Vec::new(), Vec::new());
    let mut names: Vec<&str> = earlier.iter().map(|file| file.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names.into_iter().filter(|name| new.iter().all(|file| file.name != *name)) {
        let path = folder.join(name);
        let Ok(there) = fs::symlink_metadata(&path) else { continue };
        let found = fs::read(&path).map(|bytes| fingerprint(&bytes)).unwrap_or_default();
        if there.is_file() && is_ours(name, &found, earlier) {
            fs::remove_file(&path).map_err(|cause| Failure::Write { path, cause })?;
            removed.push(name.to_owned());
        } else {
            left.push(name.to_owned());
        }
    }
    Ok((removed, left))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn folder() -> TempDir {
        tempfile::tempdir().expect("a folder")
    }

    fn write(folder: &Path, files: &[(&str, &str)], force: bool) -> Result<Written, Failure> {
        let files: Vec<(String, Vec<u8>)> =
            files.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
        let origin = Origin { edition: "e".into(), inputs: Vec::new(), set: Vec::new() };
        write_folder(folder, &files, &origin, force)
    }

    fn text(folder: &Path, name: &str) -> String {
        fs::read_to_string(folder.join(name)).expect("a file")
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_second_run_replaces_and_clears_away_its_own() {
        let out = folder();
        write(out.path(), &[("a.csv", "1"), ("b.csv", "1"), ("c.csv", "1")], false).expect("written");
        fs::write(out.path().join("c.csv"), "edited").expect("written");
        fs::write(out.path().join("mine.txt"), "mine").expect("written");
        let written = write(out.path(), &[("a.csv", "2")], false).expect("written");
        assert_eq!(written, Written { count: 2, removed: vec!["b.csv".into()], left: vec!["c.csv".into()] });
        assert_eq!(names(out.path()), ["a.csv", "c.csv", "manifest.json", "mine.txt"]);
        assert_eq!(text(out.path(), "a.csv"), "2");
    }

    #[test]
    fn nothing_is_written_if_one_file_is_in_the_way() {
        let out = folder();
        write(out.path(), &[("a.csv", "1"), ("b.csv", "1")], false).expect("written");
        fs::write(out.path().join("b.csv"), "edited").expect("written");
        fs::write(out.path().join("c.csv"), "foreign").expect("written");
        let new = [("a.csv", "2"), ("b.csv", "2"), ("c.csv", "2")];
        let before = text(out.path(), "manifest.json");
        let refused = write(out.path(), &new, false).map_err(|failure| failure.to_string());
        let told = refused.expect_err("files in the way");
        assert!(told.contains("\n  b.csv (edited since wholelife wrote it)\n"), "{told}");
        assert!(told.contains("\n  c.csv (not written by wholelife)\n"), "{told}");
        assert!(!told.contains("a.csv"), "{told}");
        assert_eq!(text(out.path(), "a.csv"), "1");
        assert_eq!(text(out.path(), "manifest.json"), before);
        assert_eq!(names(out.path()).len(), 4);
        write(out.path(), &new, true).expect("forced");
        assert_eq!(text(out.path(), "c.csv"), "2");
    }

    #[test]
    fn a_run_cut_short_leaves_files_whole_and_known() {
        let out = folder();
        write(out.path(), &[("a.csv", "1"), ("b.csv", "1")], false).expect("written");
        // A folder in the place of the second file stops the run between two moves.
        fs::remove_file(out.path().join("b.csv")).expect("removed");
        fs::create_dir(out.path().join("b.csv")).expect("a folder");
        let failed = write(out.path(), &[("a.csv", "2"), ("b.csv", "2")], true);
        assert!(matches!(failed, Err(Failure::Write { path, .. }) if path.ends_with("b.csv")));
        assert_eq!(names(out.path()), ["a.csv", "b.csv", "manifest.json"]);
        fs::remove_dir(out.path().join("b.csv")).expect("removed");
        write(out.path(), &[("a.csv", "3"), ("b.csv", "3")], false).expect("every file is known as ours");
    }

    #[test]
    fn another_tools_manifest_is_not_overwritten() {
        let out = folder();
        fs::write(out.path().join("manifest.json"), "{}").expect("written");
        let refused = write(out.path(), &[("a.csv", "1")], false);
        assert!(matches!(refused, Err(Failure::InTheWay { files, .. }) if files.len() == 1));
        assert_eq!(names(out.path()), ["manifest.json"]);
    }

    #[test]
    fn a_read_only_file_is_named() {
        let out = folder();
        write(out.path(), &[("a.csv", "1")], false).expect("written");
        let path = out.path().join("a.csv");
        let mut permissions = fs::metadata(&path).expect("a file").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("set");
        let refused = write(out.path(), &[("a.csv", "2")], false);
        assert!(matches!(refused, Err(Failure::InTheWay { files, .. }) if files == ["a.csv (read-only)"]));
    }

    #[cfg(unix)]
    #[test]
    fn files_may_be_read_by_others_as_any_new_file() {
        use std::os::unix::fs::PermissionsExt;
        let out = folder();
        fs::write(out.path().join("usual"), "").expect("written");
        write(out.path(), &[("a.csv", "1")], false).expect("written");
        let mode = |name: &str| fs::metadata(out.path().join(name)).expect("a file").permissions().mode();
        assert_eq!(mode("a.csv"), mode("usual"));
    }
}
