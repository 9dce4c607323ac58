//! Opening files to read: plain files only, and a table only where it really lies.
//!
//! It refuses folders, pipes, devices and sockets before a byte is read, since some of them never end and others wait
//! for ever; files larger than a limit; and a table that a link leads to outside the scenario's folder. What was
//! checked is what is opened: after opening it is looked at once more.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::failure::Failure;

/// No file that is read is larger, in megabytes: one that is was named by mistake.
pub(super) const LIMIT: u64 = 16;

/// The bytes of a plain file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let cannot = |cause| Failure::Read { path: path.to_owned(), cause };
    is_plain(path, &fs::metadata(path).map_err(cannot)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        // Should a pipe have taken its place since, opening it must not wait for whoever writes to it.
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file: File = options.open(path).map_err(cannot)?;
    is_plain(path, &file.metadata().map_err(cannot)?)?;
    at_most(path, file)
}

/// Everything there is to read, unless it is more than the limit.
pub(super) fn at_most(path: &Path, from: impl Read) -> Result<Vec<u8>, Failure> {
    let limit = LIMIT << 20;
    let mut bytes = Vec::new();
    let read = from.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|cause| Failure::Read { path: path.to_owned(), cause })?;
    if bytes.len() as u64 > limit {
        return Err(Failure::TooLarge { path: path.to_owned(), limit: LIMIT });
    }
    Ok(bytes)
}

/// Where a file beside a scenario, or in a folder below, really lies; or why it may not be read.
pub(super) fn beside(folder: &Path, name: &str) -> Result<PathBuf, String> {
    let below = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if name.is_empty() || !below {
        return Err(format!("`{name}` must lie in the scenario's folder, or in a folder below it"));
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let path = folder.join(name);
    let real = |path: &Path| {
        let cannot = |cause: io::Error| Failure::Read { path: path.to_owned(), cause }.to_string();
        fs::canonicalize(path).map_err(cannot)
    };
    let found = real(&path)?;
    if !found.starts_with(real(folder)?) {
        return Err("a link leads out of the scenario's folder: put the file itself there".to_owned());
    }
    Ok(found)
}

/// What tells a file from every other, by whatever path it was reached; nothing if it can't be found.
pub(super) fn identity(path: &Path) -> Option<impl Ord + use<>> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(path).ok().map(|there| (there.dev(), there.ino()))
    }
    #[cfg(not(unix))]
    {
        fs::canonicalize(path).ok()
    }
}

fn is_plain(path: &Path, there: &Metadata) -> Result<(), Failure> {
    if !there.is_file() {
        return Err(Failure::NotAFile { path: path.to_owned(), kind: kind(there) });
    }
    if there.len() > LIMIT << 20 {
        return Err(Failure::TooLarge { path: path.to_owned(), limit: LIMIT });
    }
    Ok(())
}

/// What something is that is no plain file.
fn kind(there: &Metadata) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = there.file_type();
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
    }
    if there.is_dir() { "a folder" } else { "a device" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_lies_beside_the_scenario_or_below() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        fs::create_dir(&data).expect("a folder in it");
        fs::write(data.join("costs.csv"), "name\n").expect("a file");
        let found = beside(folder.path(), "data/costs.csv").expect("a table");
        assert_eq!(read(&found).expect("read"), b"name\n");
        let outside = data.join("costs.csv");
        for name in ["../costs.csv", "data/../../x.csv", "/etc/passwd", "", outside.to_str().expect("text")] {
            assert!(beside(&data, name).is_err_and(|why| why.contains("must lie in")), "{name}");
        }
        assert!(beside(folder.path(), "none.csv").is_err_and(|why| why.contains("none.csv")));
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out_of_the_folder() {
        use std::os::unix::fs::symlink;
        let desk = tempfile::tempdir().expect("a folder");
        let (inside, outside) = (desk.path().join("in"), desk.path().join("out"));
        for folder in [&inside, &outside] {
            fs::create_dir(folder).expect("a folder");
            fs::write(folder.join("a.csv"), "name\n").expect("a file");
        }
        symlink("a.csv", inside.join("near.csv")).expect("a link");
        symlink(outside.join("a.csv"), inside.join("far.csv")).expect("a link");
        symlink("../out", inside.join("folder")).expect("a link");
        // A link to the folder itself changes nothing.
        symlink("in", desk.path().join("door")).expect("a link");
        for folder in [inside.as_path(), &desk.path().join("door")] {
            assert!(beside(folder, "a.csv").is_ok() && beside(folder, "near.csv").is_ok());
            for name in ["far.csv", "folder/a.csv"] {
                assert!(beside(folder, name).is_err_and(|why| why.contains("leads out of")), "{name}");
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_plain_file_is_refused_at_once() {
        let desk = tempfile::tempdir().expect("a folder");
        let refused = |path: &Path| read(path).map_err(|failure| failure.to_string()).expect_err("refused");
        assert!(refused(desk.path()).ends_with("it is a folder, not a file"));
        assert!(refused(Path::new("/dev/zero")).contains("it is a device, not a file"));
        let socket = desk.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
        assert!(refused(&socket).ends_with("it is a socket, not a file"));
        let fifo = desk.path().join("fifo");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo");
        assert!(made.success());
        assert!(refused(&fifo).contains("it is a pipe, not a file; give `-`"));
    }

    #[test]
    fn a_file_is_known_by_any_path() {
        let desk = tempfile::tempdir().expect("a folder");
        let (a, b) = (desk.path().join("a"), desk.path().join("b"));
        fs::write(&a, "").expect("a file");
        fs::write(&b, "").expect("a file");
        let again = desk.path().join(".").join("a");
        assert!(identity(&a) == identity(&again) && identity(&a) != identity(&b));
        assert!(identity(&desk.path().join("none")).is_none());
    }

    #[test]
    fn reading_stops_at_the_limit() {
        let path = Path::new("any");
        let limit = usize::try_from(LIMIT << 20).expect("a length");
        assert!(matches!(at_most(path, io::repeat(0)), Err(Failure::TooLarge { .. })));
        assert_eq!(at_most(path, io::repeat(0).take(LIMIT << 20)).map(|bytes| bytes.len()).ok(), Some(limit));
    }
}
