//! How the files of a report come into their folder: all at once.
//!
//! They are written into a new folder beside it, and the two change places in one step of the file system, so that at any
//! moment the folder is of the earlier run or of the new one. Files that the user put there are linked into the new folder
//! first, so that they are in both. Then the earlier run is cleared away.
//!
//! That can't be had where the folder holds folders, links or devices of somebody's, where it is the working folder or
//! above it, where it belongs to somebody else, on another disk than its surroundings, or where the system can't swap
//! folders (Windows). There the files move in one by one, and the manifest says until the last that files of two runs
//! stand here.
//!
//! What a killed run leaves waiting is locked by nobody; the next run clears it away. What is not known to be ours is never
//! removed, but moved back.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use super::manifest::{self, Contents, Listed, Origin};

/// What the names of waiting files and folders begin with.
pub(super) const WAITING: &str = ".wholelife-";

/// What is asked before each change.
type Watch<'a> = Box<dyn FnMut(&Path) -> io::Result<()> + 'a>;

/// The disk, as far as it is changed here. Each change is announced to a watch first, which may refuse it: a test looks at
/// the disk before each change, as it is if the run ends there.
pub(super) struct Disk<'a> {
    watch: Watch<'a>,
}

impl Default for Disk<'_> {
    fn default() -> Self {
        Self { watch: Box::new(|_| Ok(())) }
    }
}

/// A change that could not be made.
#[derive(Debug)]
pub(super) struct Fault {
    /// Of what.
    pub(super) path: PathBuf,
    /// Why.
    pub(super) cause: io::Error,
    /// Whether the folder holds files of two runs now.
    pub(super) is_half_done: bool,
}

type Done<T = ()> = Result<T, Fault>;

#[cfg(test)]
impl<'a> Disk<'a> {
    pub(super) fn watched(watch: impl FnMut(&Path) -> io::Result<()> + 'a) -> Self {
        Self { watch: Box::new(watch) }
    }
}

impl Disk<'_> {
    fn change<T>(&mut self, path: &Path, change: impl FnOnce() -> io::Result<T>) -> Done<T> {
        let cannot = |cause| Fault { path: path.to_owned(), cause, is_half_done: false };
        (self.watch)(path).map_err(cannot)?;
        change().map_err(cannot)
    }
}

/// Files for a folder.
pub(super) struct Put<'a> {
    /// The folder, which need not be there.
    pub(super) folder: &'a Path,
    /// The files, with their bytes.
    pub(super) files: &'a [(String, Vec<u8>)],
    /// The same with their fingerprints, for the manifest.
    pub(super) new: &'a Contents,
    /// What the earlier run made.
    pub(super) earlier: &'a Contents,
    /// Files of the earlier run that are to go.
    pub(super) removed: &'a [String],
    /// What they were made from.
    pub(super) origin: &'a Origin,
}

impl Put<'_> {
    /// Puts them there, at once if that can be had.
    pub(super) fn put(&self, disk: &mut Disk<'_>) -> Done {
        let around = surroundings(self.folder);
        disk.change(around, || fs::create_dir_all(around))?;
        let known = || self.earlier.files.iter().chain(&self.new.files);
        for left in left_behind(around).filter(|left| is_beside(left, self.folder)) {
            clear(disk, &left, self.folder, known());
        }
        for left in left_behind(self.folder) {
            clear(disk, &left, self.folder, known());
        }
        match self.keepsakes() {
            Some(kept) if self.at_once(disk, around, &kept)? => Ok(()),
            _ => self.one_by_one(disk),
        }
    }

    /// The files of the folder that stay, if it can be swapped for another.
    fn keepsakes(&self) -> Option<Vec<String>> {
        if !exists(self.folder) {
            return Some(Vec::new());
        }
        let working = std::env::current_dir().and_then(fs::canonicalize).ok()?;
        if working.starts_with(self.folder) {
            return None;
        }
        let replaced: BTreeSet<&str> = (self.files.iter().map(|(name, _)| name.as_str()))
            .chain(self.removed.iter().map(String::as_str))
            .chain([manifest::NAME])
            .collect();
        let mut kept = Vec::new();
        for entry in fs::read_dir(self.folder).ok()? {
            let entry = entry.ok()?;
            if !entry.file_type().ok()?.is_file() {
                return None;
            }
            let name = entry.file_name().into_string().ok()?;
            if !replaced.contains(name.as_str()) {
                kept.push(name);
            }
        }
        Some(kept)
    }

    /// Writes a folder beside it and swaps the two. False, with nothing changed, if that can't be had.
    fn at_once(&self, disk: &mut Disk<'_>, around: &Path, kept: &[String]) -> Done<bool> {
        let prefix = beside(self.folder);
        let Ok(waiting) = disk.change(self.folder, || waiting(around, &prefix)) else {
            return Ok(false);
        };
        // Elsewhere than on Unix an open file in it would keep it from being renamed.
        let _held = if cfg!(unix) { hold(waiting.path()) } else { None };
        let is_new = !exists(self.folder);
        if !is_new && !is_alike(waiting.path(), self.folder) {
            return Ok(false);
        }
        self.write(disk, waiting.path(), true)?;
        for name in kept {
            let (from, to) = (self.folder.join(name), waiting.path().join(name));
            if disk.change(&from, || fs::hard_link(&from, &to)).is_err() {
                return Ok(false);
            }
        }
        // From here on it is not removed as a whole: it may hold what was in the folder.
        let path = waiting.keep();
        let swap = || if is_new { fs::rename(&path, self.folder) } else { exchange(&path, self.folder) };
        let swapped = disk.change(self.folder, swap);
        match swapped {
            Ok(()) if is_new => {}
            Ok(()) => clear(disk, &path, self.folder, self.earlier.files.iter().chain(&self.new.files)),
            Err(fault) => {
                let _ = fs::remove_dir_all(&path);
                return if is_new { Err(fault) } else { Ok(false) };
            }
        }
        Ok(true)
    }

    /// Moves the files in one by one. Until the last, the manifest lists old and new and says that it is unfinished.
    fn one_by_one(&self, disk: &mut Disk<'_>) -> Done {
        disk.change(self.folder, || fs::create_dir_all(self.folder))?;
        let busy = || Fault {
            path: self.folder.to_owned(),
            cause: io::Error::other("another run is writing there"),
            is_half_done: false,
        };
        let _alone = alone(self.folder).map_err(|()| busy())?;
        let waiting = disk.change(self.folder, || waiting(self.folder, WAITING))?;
        let _held = hold(waiting.path());
        self.write(disk, waiting.path(), true)?;
        unfinished(disk, self.folder, &self.both(), self.origin)?;
        let half_done = |fault| Fault { is_half_done: true, ..fault };
        for (name, _) in self.files {
            let (from, to) = (waiting.path().join(name), self.folder.join(name));
            disk.change(&to, || fs::rename(&from, &to)).map_err(half_done)?;
        }
        for name in self.removed {
            let path = self.folder.join(name);
            disk.change(&path, || fs::remove_file(&path)).map_err(half_done)?;
        }
        let (from, to) = (waiting.path().join(manifest::NAME), self.folder.join(manifest::NAME));
        disk.change(&to, || fs::rename(&from, &to)).map_err(half_done)
    }

    fn both(&self) -> Contents {
        Contents {
            files: self.earlier.files.iter().chain(&self.new.files).cloned().collect(),
            folders: self.new.folders.clone(),
        }
    }

    /// Writes the files into an empty folder, the manifest first: by it they are known as ours, should the run end here.
    fn write(&self, disk: &mut Disk<'_>, into: &Path, is_finished: bool) -> Done {
        let write = |disk: &mut Disk<'_>, name: &str, bytes: &[u8]| {
            // What can't be written is named as the file that it was to be.
            disk.change(&self.folder.join(name), || fs::write(into.join(name), bytes))
        };
        write(disk, manifest::NAME, &manifest::manifest(self.origin, self.new, is_finished))?;
        self.files.iter().try_for_each(|(name, bytes)| write(disk, name, bytes))
    }
}

/// Writes a manifest that says that what stands in the folder is not of one run.
pub(super) fn unfinished(disk: &mut Disk<'_>, folder: &Path, listed: &Contents, origin: &Origin) -> Done {
    let path = folder.join(manifest::NAME);
    let bytes = manifest::manifest(origin, listed, false);
    disk.change(&path, || {
        fs::create_dir_all(folder)?;
        let mut file = Builder::new().prefix(WAITING).tempfile_in(folder)?;
        let _ = file.as_file().try_lock();
        io::Write::write_all(&mut file, &bytes)?;
        file.persist(&path).map(drop).map_err(|fault| fault.error)
    })
}

/// The folder in which a folder stands.
fn surroundings(folder: &Path) -> &Path {
    folder.parent().filter(|around| !around.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// What the name of a folder that waits for another begins with.
fn beside(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    format!("{WAITING}{name}-")
}

fn is_beside(waiting: &Path, folder: &Path) -> bool {
    waiting.is_dir()
        && waiting.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&beside(folder)))
}

/// A new folder that waits. Dropped, it is gone.
fn waiting(within: &Path, prefix: &str) -> io::Result<TempDir> {
    let mut builder = Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    {
        // As any new folder, less what the user's umask takes away.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(within)
}

/// The file by whose lock a run holds a waiting folder: the folder itself, where it can be opened as a file.
fn lock_of(waiting: &Path) -> PathBuf {
    if cfg!(unix) { waiting.to_owned() } else { waiting.join(LOCK) }
}

const LOCK: &str = ".lock";

/// Holds a waiting file or folder, so that no other run takes it for left behind. Nothing where the disk knows no locks:
/// then nothing is taken for left behind either.
fn hold(waiting: &Path) -> Option<File> {
    let path = lock_of(waiting);
    let file = if cfg!(unix) { File::open(path) } else { File::create(path) }.ok()?;
    file.try_lock().ok()?;
    Some(file)
}

/// Holds a folder against other runs; an error if one holds it.
fn alone(folder: &Path) -> Result<Option<File>, ()> {
    let Ok(file) = File::open(folder) else { return Ok(None) };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Err(()),
        Err(fs::TryLockError::Error(_)) => Ok(None),
    }
}

/// What waits in a folder and is held by nobody: its run was killed.
pub(super) fn left_behind(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let waiting = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(WAITING));
    let ours = waiting.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file() || kind.is_dir()));
    ours.map(|entry| entry.path()).filter(|path| {
        let lock = if path.is_dir() { lock_of(path) } else { path.clone() };
        File::open(lock).is_ok_and(|file| file.try_lock().is_ok())
    })
}

/// Clears away a waiting folder or file. Of a folder: files that a run made, and what stands in its place too; what else is
/// in it was put there by somebody at the last moment, and moves to its place. What can't be cleared away does no harm.
fn clear<'a>(disk: &mut Disk<'_>, waiting: &Path, folder: &Path, known: impl Iterator<Item = &'a Listed>) {
    if !waiting.is_dir() {
        let _ = disk.change(waiting, || fs::remove_file(waiting));
        return;
    }
    let by_manifest = fs::read(waiting.join(manifest::NAME)).ok();
    let by_manifest = by_manifest.and_then(|bytes| manifest::contents(&bytes)).unwrap_or_default();
    let mut made: BTreeSet<&str> = known.map(|file| file.name.as_str()).collect();
    made.extend(by_manifest.files.iter().map(|file| file.name.as_str()));
    made.extend([manifest::NAME, LOCK]);
    for entry in fs::read_dir(waiting).into_iter().flatten().flatten() {
        let (path, place) = (entry.path(), folder.join(entry.file_name()));
        let is_made = entry.file_name().to_str().is_some_and(|name| made.contains(name));
        let is_both = || matches!((fs::read(&path), fs::read(&place)), (Ok(a), Ok(b)) if a == b);
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && (is_made || is_both()) {
            // The manifest goes last, by which the others are known.
            if entry.file_name() != manifest::NAME {
                let _ = disk.change(&path, || fs::remove_file(&path));
            }
        } else if !exists(&place) && exists(folder) {
            let _ = disk.change(&place, || fs::rename(&path, &place));
        }
    }
    let _ = disk.change(waiting, || {
        let others = fs::read_dir(waiting)?.flatten().filter(|entry| entry.file_name() != manifest::NAME);
        if others.count() == 0 {
            let _ = fs::remove_file(waiting.join(manifest::NAME));
            fs::remove_dir(waiting)?;
        }
        Ok(())
    });
}

/// Whether a new folder may stand for an old one: of the same owners, and then with the same permissions.
#[cfg(unix)]
fn is_alike(new: &Path, old: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(of_new), Ok(of_old)) = (fs::metadata(new), fs::metadata(old)) else { return false };
    let owners = |of: &fs::Metadata| (of.dev(), of.uid(), of.gid());
    owners(&of_new) == owners(&of_old) && fs::set_permissions(new, of_old.permissions()).is_ok()
}

#[cfg(not(unix))]
fn is_alike(_: &Path, _: &Path) -> bool {
    false
}

/// Lets two folders change places, in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests;
