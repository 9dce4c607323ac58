//! Writing files: whole or not at all, and never over what is not ours.
//!
//! A file is ours if the folder's manifest lists it with the fingerprint it still has. Whether a report may be written is
//! settled, all of it, before anything is moved: what is not ours is named, and `--force` writes over it; what can't be
//! replaced by a file (a folder, a link, a device) and a manifest that can't be read as one are refused even then.
//! How the files come in is for [`folder`](super::folder). Nothing outside the folder is touched, whatever a scenario or a
//! manifest calls its files.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::Builder;

use super::failure::Failure;
use super::folder::{self, Disk, Put, WAITING, left_behind};
use super::manifest::{self, Contents, Listed, Origin, fingerprint};

/// What was done in a folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// How many files were written, the manifest included.
    pub(super) count: usize,
    /// Files of an earlier run that this one no longer makes, and that nobody had edited: they are gone.
    pub(super) removed: Vec<String>,
    /// Files of an earlier run that somebody has edited: they were left.
    pub(super) left: Vec<String>,
    /// Folders of an earlier run that this one has not written: they are as they were.
    pub(super) stale: Vec<String>,
    /// The fingerprint of the manifest.
    pub(super) manifest: String,
}

/// Writes the files of a report and their manifest into a folder. With `force` also over what is not ours.
pub(super) fn write_folder(
    path: &Path,
    files: &[(String, Vec<u8>)],
    origin: &Origin,
    force: bool,
) -> Result<Written, Failure> {
    let names: Vec<Listed> =
        files.iter().map(|(name, bytes)| Listed { name: name.clone(), sha256: fingerprint(bytes) }).collect();
    Folder::open(path, &names, force)?.write(&mut Disk::default(), files, &[], origin)
}

/// A folder that a report may be written to: nothing stands in the way.
pub(super) struct Folder {
    /// As the user calls it.
    named: PathBuf,
    /// Where it is, links followed.
    path: PathBuf,
    /// What the earlier run made.
    earlier: Contents,
}

impl Folder {
    /// Looks into a folder before files of these names are written to it. A fingerprint may be unknown yet: empty.
    pub(super) fn open(path: &Path, new: &[Listed], force: bool) -> Result<Self, Failure> {
        debug_assert!(new.iter().all(|file| is_plain_name(&file.name) && file.name != manifest::NAME));
        let earlier = earlier(path);
        let is_ours = earlier.is_some();
        let folder = Self {
            named: path.to_owned(),
            path: fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
            earlier: earlier.unwrap_or_default(),
        };
        let in_the_way: Vec<InTheWay> =
            new.iter().filter_map(|file| folder.why_not(file)).chain(folder.no_manifest(is_ours)).collect();
        let is_fixed = in_the_way.iter().any(|file| file.is_fixed);
        if is_fixed || !(force || in_the_way.is_empty()) {
            let files = in_the_way.iter().filter(|file| !force || file.is_fixed);
            let files = files.map(|file| format!("{} ({})", file.name, file.why)).collect();
            return Err(if force {
                Failure::Fixed { folder: folder.named, files }
            } else {
                Failure::InTheWay { folder: folder.named, files }
            });
        }
        Ok(folder)
    }

    /// Says in the manifest that files of two runs stand here, until the folder is written.
    pub(super) fn begin(&self, origin: &Origin) -> Result<(), Failure> {
        folder::unfinished(&mut Disk::default(), &self.path, &self.earlier, origin)
            .map_err(|fault| self.failure(fault))
    }

    /// Writes the files and the manifest, which lists the folders in it that this run has written too.
    pub(super) fn write(
        self,
        disk: &mut Disk<'_>,
        files: &[(String, Vec<u8>)],
        folders: &[Listed],
        origin: &Origin,
    ) -> Result<Written, Failure> {
        let list =
            |(name, bytes): &(String, Vec<u8>)| Listed { name: name.clone(), sha256: fingerprint(bytes) };
        let new = Contents { files: files.iter().map(list).collect(), folders: folders.to_vec() };
        let (removed, left) = self.gone(&new);
        let has = |listed: &[Listed], name: &str| listed.iter().any(|file| file.name == name);
        let stale = self.earlier.folders.iter().filter(|folder| !has(folders, &folder.name));
        let stale = stale.filter(|folder| self.path.join(&folder.name).is_dir());
        let stale = stale.map(|folder| folder.name.clone()).collect();
        let put =
            Put { folder: &self.path, files, new: &new, earlier: &self.earlier, removed: &removed, origin };
        put.put(disk).map_err(|fault| self.failure(fault))?;
        let manifest = fingerprint(&manifest::manifest(origin, &new, true));
        Ok(Written { count: files.len() + 1, removed, left, stale, manifest })
    }

    /// Files of the earlier run that this one doesn't make: those that go, and those that were edited and stay.
    fn gone(&self, new: &Contents) -> (Vec<String>, Vec<String>) {
        let mut names: Vec<&str> = self.earlier.files.iter().map(|file| file.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let is_gone = |name: &&str| {
            new.files.iter().all(|file| file.name != *name)
                && fs::symlink_metadata(self.path.join(name)).is_ok()
        };
        let unedited = |name: &str| {
            let path = self.path.join(name);
            is_plain(&path) && fs::read(&path).is_ok_and(|bytes| self.is_ours(name, &fingerprint(&bytes)))
        };
        names.into_iter().filter(is_gone).map(str::to_owned).partition(|name| unedited(name))
    }

    /// Why a file must not be written, if there is a reason.
    fn why_not(&self, new: &Listed) -> Option<InTheWay> {
        let path = self.path.join(&new.name);
        let there = fs::symlink_metadata(&path).ok()?;
        let (why, is_fixed) = if !there.is_file() {
            ("a folder, a link or a device", true)
        } else if there.permissions().readonly() {
            ("read-only", false)
        } else {
            match fs::read(&path).map(|bytes| fingerprint(&bytes)) {
                Err(_) => ("can't be read", false),
                Ok(found) if found == new.sha256 || self.is_ours(&new.name, &found) => return None,
                Ok(_) if self.earlier.files.iter().any(|file| file.name == new.name) => {
                    ("edited since wholelife wrote it", false)
                }
                Ok(_) => ("not written by wholelife", false),
            }
        };
        Some(InTheWay { name: new.name.clone(), why, is_fixed })
    }

    fn no_manifest(&self, is_ours: bool) -> Option<InTheWay> {
        let is_plain = is_plain(&self.path.join(manifest::NAME));
        let why = if is_plain { "not written by wholelife" } else { "a folder, a link or a device" };
        (!is_ours).then(|| InTheWay { name: manifest::NAME.to_owned(), why, is_fixed: !is_plain })
    }

    fn is_ours(&self, name: &str, sha256: &str) -> bool {
        self.earlier.files.iter().any(|file| file.name == name && file.sha256 == sha256)
    }

    /// A fault in the user's own words for the folder.
    fn failure(&self, fault: folder::Fault) -> Failure {
        let path = match fault.path.strip_prefix(&self.path) {
            Ok(inside) if inside.as_os_str().is_empty() => self.named.clone(),
            Ok(inside) => self.named.join(inside),
            Err(_) => fault.path,
        };
        let failure = Failure::Write { path, cause: fault.cause };
        if fault.is_half_done {
            return Failure::TwoRuns { folder: self.named.clone(), cause: Box::new(failure) };
        }
        failure
    }
}

/// Something that stands where a file is to be written.
struct InTheWay {
    name: String,
    why: &'static str,
    /// Whether it can't be replaced by a file even if the user says so.
    is_fixed: bool,
}

fn is_plain(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_file())
}

/// A longer file is no manifest.
const LONGEST_MANIFEST: u64 = 16 << 20;

/// What the folder's manifest lists: nothing where there is none; `None` if there is something else in its place. Only a
/// plain file is opened: a pipe would wait for ever.
fn earlier(folder: &Path) -> Option<Contents> {
    let path = folder.join(manifest::NAME);
    match fs::symlink_metadata(&path) {
        Ok(there) if there.is_file() && there.len() <= LONGEST_MANIFEST => {
            manifest::contents(&fs::read(&path).ok()?)
        }
        Ok(_) => None,
        Err(cause) => matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
            .then(Contents::default),
    }
}

/// Writes one file, whole or not at all; over an existing one only with `force`. A link to a file stays, and what it leads
/// to is written.
pub(super) fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    let cannot = |cause| Failure::Write { path: path.to_owned(), cause };
    let place = match fs::canonicalize(path) {
        Ok(place) if !is_plain(&place) => {
            let cause = if place.is_dir() {
                io::ErrorKind::IsADirectory.into()
            } else {
                io::Error::other("it is a device or a pipe, not a file")
            };
            return Err(cannot(cause));
        }
        Ok(_) if !force => return Err(Failure::Exists { path: path.to_owned() }),
        Ok(place) => place,
        Err(_) => path.to_owned(),
    };
    let beside = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    for left in left_behind(beside).filter(|left| is_plain(left)) {
        let _ = fs::remove_file(left);
    }
    let mut builder = Builder::new();
    builder.prefix(WAITING);
    #[cfg(unix)]
    {
        // As any new file, less what the user's umask takes away; temporary files are private by default.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(beside).map_err(cannot)?;
    // For as long as it waits, it is nobody's to clear away. Where a disk knows no locks, nothing is cleared away.
    let _ = file.as_file().try_lock();
    file.write_all(bytes).map_err(cannot)?;
    if force {
        return file.persist(&place).map(drop).map_err(|fault| cannot(fault.error));
    }
    match file.persist_noclobber(&place) {
        Ok(_) => Ok(()),
        Err(fault) if fault.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Failure::Exists { path: path.to_owned() })
        }
        Err(fault) => Err(cannot(fault.error)),
    }
}

/// Whether a name stays in its folder on every system.
pub(super) fn is_plain_name(name: &str) -> bool {
    let harmless = |c: char| !c.is_control() && !matches!(c, '/' | '\\' | ':');
    !name.is_empty() && name != "." && name != ".." && name.chars().all(harmless)
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

    /// In a folder with a folder of the user's own, which is written file by file, and in one without, which is swapped.
    #[test]
    fn a_second_run_replaces_and_clears_away_its_own() {
        for own_folder in [false, true] {
            let desk = folder();
            let out = desk.path().join("out");
            write(&out, &[("a.csv", "1"), ("b.csv", "1"), ("c.csv", "1")], false).expect("written");
            fs::write(out.join("c.csv"), "edited").expect("written");
            fs::write(out.join("mine.txt"), "mine").expect("written");
            if own_folder {
                fs::create_dir(out.join("own")).expect("a folder");
                fs::write(out.join("own/deep.txt"), "mine").expect("written");
            }
            let written = write(&out, &[("a.csv", "2")], false).expect("written");
            assert_eq!(
                (written.count, written.removed, written.left),
                (2, vec!["b.csv".into()], vec!["c.csv".into()])
            );
            let mut all = vec!["a.csv", "c.csv", "manifest.json", "mine.txt"];
            all.extend(own_folder.then_some("own"));
            assert_eq!(names(&out), all);
            assert_eq!(
                (text(&out, "a.csv"), text(&out, "c.csv"), text(&out, "mine.txt")),
                ("2".into(), "edited".into(), "mine".into())
            );
            assert!(!own_folder || text(&out, "own/deep.txt") == "mine");
            assert_eq!(names(desk.path()), ["out"], "nothing waits beside it");
            let manifest = text(&out, "manifest.json");
            assert!(!manifest.contains("unfinished"), "{manifest}");
        }
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

    /// What no file can replace is refused, even with `force`, before anything is moved.
    #[test]
    fn force_fails_before_it_moves_anything() {
        let out = folder();
        write(out.path(), &[("a.csv", "1"), ("b.csv", "1")], false).expect("written");
        fs::remove_file(out.path().join("b.csv")).expect("removed");
        fs::create_dir(out.path().join("b.csv")).expect("a folder");
        let before = text(out.path(), "manifest.json");
        let failed = write(out.path(), &[("a.csv", "2"), ("b.csv", "2")], true);
        assert!(
            matches!(failed, Err(Failure::Fixed { files, .. }) if files == ["b.csv (a folder, a link or a device)"])
        );
        assert_eq!(text(out.path(), "a.csv"), "1");
        assert_eq!(text(out.path(), "manifest.json"), before);
        assert_eq!(names(out.path()), ["a.csv", "b.csv", "manifest.json"]);
    }

    /// Nothing of it is opened but a plain file: a pipe would wait for ever.
    #[test]
    fn a_manifest_that_is_not_ours_is_not_overwritten() {
        let others: [&dyn Fn(&Path); 4] = [
            &|path| fs::write(path, "{}").expect("written"),
            &|path| fs::write(path, "{\"tool\": \"wholelife\"").expect("written"),
            &|path| fs::create_dir(path).expect("a folder"),
            #[cfg(unix)]
            &|path| {
                rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, 0o600.into(), 0)
                    .expect("a pipe");
            },
        ];
        for other in others {
            let out = folder();
            other(&out.path().join("manifest.json"));
            let refused = write(out.path(), &[("a.csv", "1")], false);
            assert!(matches!(refused, Err(Failure::InTheWay { files, .. }) if files.len() == 1));
            assert_eq!(names(out.path()), ["manifest.json"]);
            let is_plain = is_plain(&out.path().join("manifest.json"));
            assert_eq!(write(out.path(), &[("a.csv", "1")], true).is_ok(), is_plain);
        }
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
    fn files_and_folders_may_be_read_by_others_as_any_new_one() {
        use std::os::unix::fs::PermissionsExt;
        let desk = folder();
        let out = desk.path().join("out");
        fs::create_dir(desk.path().join("usual")).expect("a folder");
        fs::write(desk.path().join("usual/file"), "").expect("written");
        write(&out, &[("a.csv", "1")], false).expect("written");
        let mode = |name: &str| fs::metadata(desk.path().join(name)).expect("there").permissions().mode();
        assert_eq!((mode("out"), mode("out/a.csv")), (mode("usual"), mode("usual/file")));
        // A folder keeps the permissions that the user gave it.
        fs::set_permissions(&out, fs::Permissions::from_mode(0o750)).expect("set");
        write(&out, &[("a.csv", "2")], false).expect("written");
        assert_eq!(mode("out") & 0o777, 0o750);
    }

    #[cfg(unix)]
    #[test]
    fn a_single_file_is_written_through_a_link_and_over_nothing_else() {
        let desk = folder();
        let (target, link) = (desk.path().join("target.xlsx"), desk.path().join("link.xlsx"));
        fs::write(&target, "old").expect("written");
        std::os::unix::fs::symlink(&target, &link).expect("a link");
        assert!(matches!(write_file(&link, b"new", false), Err(Failure::Exists { .. })));
        write_file(&link, b"new", true).expect("written");
        assert_eq!(text(desk.path(), "target.xlsx"), "new");
        assert!(link.is_symlink());
        assert!(matches!(write_file(desk.path(), b"new", true), Err(Failure::Write { .. })));
        // What a killed run left waiting goes; what a run that lives holds stays.
        fs::write(desk.path().join(".wholelife-dead"), "").expect("written");
        fs::write(desk.path().join(".wholelife-held"), "").expect("written");
        let held = fs::File::open(desk.path().join(".wholelife-held")).expect("a file");
        held.try_lock().expect("held");
        write_file(&desk.path().join("other.xlsx"), b"new", false).expect("written");
        assert_eq!(names(desk.path()), [".wholelife-held", "link.xlsx", "other.xlsx", "target.xlsx"]);
    }
}
