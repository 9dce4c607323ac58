//! `*.toml` on Windows, whose shells leave it to the program to find the files.

use std::path::PathBuf;

use super::args::Command;

/// Puts the files that patterns stand for in their place, where a command takes several files.
pub(super) fn expand(command: &mut Command) {
    let files = match command {
        Command::Compare(args) => &mut args.files,
        Command::Check(args) => &mut args.files,
        Command::Report(args) => &mut args.files,
        _ => return,
    };
    *files = std::mem::take(files).into_iter().flat_map(matching).collect();
}

/// The files of a pattern, in the order of their names. What is no pattern, or matches nothing, stays as it is: then
/// it is said that there is no such file.
fn matching(path: PathBuf) -> Vec<PathBuf> {
    let Some(pattern) = path.to_str().filter(|text| text.contains(['*', '?'])) else { return vec![path] };
    if path.exists() {
        return vec![path];
    }
    // Brackets are letters of names on Windows.
    let pattern = pattern.replace('[', "[[]");
    let found: Vec<PathBuf> = glob::glob(&pattern).into_iter().flatten().flatten().collect();
    if found.is_empty() { vec![path] } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    use crate::cli::args::Arguments;

    #[test]
    fn patterns_become_the_files_that_they_match() {
        let desk = tempfile::tempdir().expect("a folder");
        for name in ["b.toml", "a.toml", "a[1].toml", "c.csv"] {
            std::fs::write(desk.path().join(name), "").expect("a file");
        }
        let at = |name: &str| desk.path().join(name);
        assert_eq!(matching(at("*.toml")), [at("a.toml"), at("a[1].toml"), at("b.toml")]);
        assert_eq!(matching(at("?.toml")), [at("a.toml"), at("b.toml")]);
        assert_eq!(matching(at("a[1]*")), [at("a[1].toml")]);
        for name in ["a.toml", "none*.toml", "[ab].toml"] {
            assert_eq!(matching(at(name)), [at(name)], "as it stands");
        }
    }

    #[test]
    fn only_files_are_expanded() {
        let desk = tempfile::tempdir().expect("a folder");
        std::fs::write(desk.path().join("a.toml"), "").expect("a file");
        let pattern = desk.path().join("*.toml").display().to_string();
        for name in ["compare", "check", "report"] {
            let mut line = vec!["wholelife", name, &pattern, "-"];
            if name == "report" {
                line.extend(["-o", &pattern]);
            }
            let mut arguments = Arguments::try_parse_from(line).expect("arguments");
            expand(&mut arguments.command);
            let files = match &arguments.command {
                Command::Compare(args) => &args.files,
                Command::Check(args) => &args.files,
                Command::Report(args) => {
                    assert_eq!(args.output.display().to_string(), pattern);
                    &args.files
                }
                other => panic!("another command: {other:?}"),
            };
            assert_eq!(files[..], [desk.path().join("a.toml"), "-".into()]);
        }
    }
}
