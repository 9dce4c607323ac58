//! `manifest.json`: which files of a folder are ours, from which input and which version they came.
//!
//! There is no clock and no path in it: the same input gives the same bytes. A manifest that is read back
//! is somebody else's text: names in it that are no plain file names are ignored.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::files::is_plain_name;

/// The name of the file.
pub(super) const NAME: &str = "manifest.json";
const FORMAT_VERSION: &str = "1.0";
const TOOL: &str = env!("CARGO_PKG_NAME");
const UNFINISHED: &str = "files of two runs stand here: a run was writing them, and may have been cut short";

/// A file or text with the fingerprint of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// Its name.
    pub(super) name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub(super) sha256: String,
}

/// What a report was made from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// The parameter edition.
    pub(super) edition: String,
    /// The scenario, then its tables.
    pub(super) inputs: Vec<Listed>,
    /// Inputs changed for this run: key and value.
    pub(super) set: Vec<(String, String)>,
}

/// What a folder holds by its manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    /// Its files.
    pub(super) files: Vec<Listed>,
    /// Folders in it that are reports of the same run, each with the fingerprint of its manifest.
    pub(super) folders: Vec<Listed>,
}

/// The manifest of a folder; while it holds files of two runs, an unfinished one that lists both.
pub(super) fn manifest(origin: &Origin, contents: &Contents, is_finished: bool) -> Vec<u8> {
    let list = |listed: &[Listed]| {
        listed.iter().map(|l| json!({ "name": l.name, "sha256": l.sha256 })).collect::<Vec<_>>()
    };
    let set: Vec<String> = origin.set.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let mut value = json!({
        "format_version": FORMAT_VERSION,
        "tool": TOOL,
        "version": env!("CARGO_PKG_VERSION"),
        "parameters": origin.edition,
        "inputs": list(&origin.inputs),
        "set": set,
        "files": list(&contents.files),
    });
    if !contents.folders.is_empty() {
        value["folders"] = list(&contents.folders).into();
    }
    if !is_finished {
        value["unfinished"] = UNFINISHED.into();
    }
    format!("{value:#}\n").into_bytes()
}

/// What a manifest lists; `None` if it is no manifest of ours.
pub(super) fn contents(bytes: &[u8]) -> Option<Contents> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    if value.get("tool")?.as_str()? != TOOL {
        return None;
    }
    let file = |entry: &Value| {
        let text = |key| Some(entry.get(key)?.as_str()?.to_owned());
        Some(Listed { name: text("name")?, sha256: text("sha256")? })
    };
    let plain = |list: &Value| {
        let listed = list.as_array().into_iter().flatten().filter_map(file);
        listed.filter(|file| is_plain_name(&file.name) && file.name != NAME).collect()
    };
    let files = value.get("files").filter(|files| files.is_array())?;
    Some(Contents { files: plain(files), folders: value.get("folders").map(plain).unwrap_or_default() })
}

/// SHA-256 in hexadecimal.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    let digits = Sha256::digest(bytes).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> Listed {
        Listed { name: name.into(), sha256: fingerprint(b"abc") }
    }

    #[test]
    fn the_fingerprint_is_sha_256() {
        // The example of FIPS 180-2.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(fingerprint(b"abc"), abc);
    }

    #[test]
    fn what_is_written_is_read_back_but_no_way_out_of_the_folder() {
        let origin = Origin { edition: "e".into(), inputs: vec![file("a.toml")], set: Vec::new() };
        let names = ["costs.csv", "../../etc/passwd", "/etc/passwd", "a/b", "", ".", "..", NAME];
        let all = Contents { files: names.map(file).into(), folders: ["a", ".."].map(file).into() };
        let read = Some(Contents { files: vec![file("costs.csv")], folders: vec![file("a")] });
        for is_finished in [true, false] {
            assert_eq!(contents(&manifest(&origin, &all, is_finished)), read);
        }
    }

    #[test]
    fn the_manifest_of_another_tool_is_not_ours() {
        for other in [&b"{}"[..], b"[]", b"{\"tool\": \"npm\", \"files\": []}", b"\xff", b""] {
            assert_eq!(contents(other), None);
        }
    }
}
