//! What can go wrong around a run: files, folders, arguments that only the scenario can show to be wrong.
//! Each names the path or word it is about. Faults inside a scenario are not here: those are diagnostics.

use std::fmt::{self, Display};
use std::io;
use std::path::PathBuf;

use crate::scenario::NotText;

/// What stopped the command.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// A file could not be read.
    #[error("{}: can't be read: {}", path.display(), Reason(cause))]
    Read { path: PathBuf, cause: io::Error },
    /// What is to be read is no plain file.
    #[error("{}: can't be read: it is {kind}, not a file{}", path.display(), instead_of(kind))]
    NotAFile { path: PathBuf, kind: &'static str },
    /// A scenario is not UTF-8 text.
    #[error("{}: {why}; {}", path.display(), what_to_do(*why))]
    NotText { path: PathBuf, why: NotText },
    /// A scenario is too large to be one.
    #[error("{}: larger than {limit} MB, so it is hardly a scenario", path.display())]
    TooLarge { path: PathBuf, limit: u64 },
    /// A file or folder could not be written.
    #[error("{}: can't be written: {}", path.display(), Reason(cause))]
    Write { path: PathBuf, cause: io::Error },
    /// The workbook is more than a spreadsheet can hold.
    #[error("the workbook can't be made: {cause}; fewer years or options would make it smaller")]
    Workbook { cause: rust_xlsxwriter::XlsxError },
    /// A file would be overwritten that is not ours to overwrite.
    #[error("{}: it is there already; choose another name, or give --force to overwrite it", path.display())]
    Exists { path: PathBuf },
    /// Files in the output folder would be overwritten that are not ours to overwrite.
    #[error("{}: nothing was written, because of these files there:\n{}\n\
             move them, choose another folder with -o, or give --force to overwrite them",
            folder.display(), Lines(files))]
    InTheWay { folder: PathBuf, files: Vec<String> },
    /// Things stand in the output folder that no file can replace.
    #[error("{}: nothing was written: these can't be overwritten, even with --force:\n{}\n\
             move them, or choose another folder with -o",
            folder.display(), Lines(files))]
    Fixed { folder: PathBuf, files: Vec<String> },
    /// A folder was written in part.
    #[error("{cause}\n{}: until a report is written there again, files of two runs stand there; its manifest says so",
            folder.display())]
    TwoRuns { folder: PathBuf, cause: Box<Failure> },
    /// Standard output could not be written.
    #[error("standard output: can't be written: {}", Reason(.0))]
    Output(io::Error),
    /// There is no standard output.
    #[error("standard output: can't be written: it is closed")]
    NoOutput,
    /// An argument names an option or organisation that the scenario doesn't have.
    #[error("{file}: no {what} `{name}`{suggestion}; it has {}",
            if known.is_empty() { "none".to_owned() } else { known.join(", ") })]
    NoSuchName { file: String, what: &'static str, name: String, suggestion: String, known: Vec<String> },
    /// An argument names an input that the scenario doesn't have.
    #[error("{file}: no input `{key}`{suggestion}; `wholelife sensitivity` names the uncertain ones")]
    NoSuchInput { file: String, key: String, suggestion: String },
    /// A figure is to be explained that the scenario doesn't have.
    #[error("{file}: no figure `{name}`{suggestion}; `wholelife explain {file} --list` names them")]
    NoSuchFigure { file: String, name: String, suggestion: String },
    /// A rule or fault was asked for that there is none of.
    #[error("no rule or fault `{name}`{suggestion}; `wholelife rules` lists the rules")]
    NoSuchRule { name: String, suggestion: String },
    /// An edition was asked for that is not built in.
    #[error("no parameter edition `{name}`{suggestion}; there are {known}")]
    NoSuchEdition { name: String, suggestion: String, known: String },
    /// A parameter was asked for that an edition lacks.
    #[error("{edition}: no parameter `{key}`{suggestion}; `wholelife params show` lists them all")]
    NoSuchParameter { edition: String, key: String, suggestion: String },
    /// An input that has only one value is to vary.
    #[error("`{key}` is a single figure in the scenario: state a range, `{key}=LOW..HIGH`")]
    NoRange { key: String },
    /// A range was stated for an input that is one of two values.
    #[error("`{key}` is one of two values, so it takes no range: name it alone")]
    EitherOr { key: String },
    /// A range was stated from high to low.
    #[error("`{key}`: the range {low}..{high} has its low above its high")]
    OutOfOrder { key: String, low: String, high: String },
    /// An end of a range is itself uncertain.
    #[error("`{key}`: `{text}` is no single value, as an end of a range must be")]
    NotOneValue { key: String, text: String },
    /// An end of a range is in another unit than the input.
    #[error("`{key}`: `{text}` is not in the unit that the scenario uses for it")]
    OtherUnit { key: String, text: String },
    /// A grid of an input against itself.
    #[error("`{key}`: a grid takes two different inputs")]
    SameInputTwice { key: String },
    /// Two options are to be compared, and there is only one.
    #[error("{file}: there is only one option, so there is nothing to compare it with")]
    NoPair { file: String },
    /// A figure was to be explained, and none was named.
    #[error("{file}: which figure? Name one, like `npc@team`; --list names all of them")]
    NoFigure { file: String },
    /// A schema was asked for beside a scenario that goes to standard output.
    #[error(
        "--schema writes a file beside the scenario: name the scenario's file too, or use `wholelife schema`"
    )]
    SchemaNeedsFile,
    /// Standard input was asked for more than once.
    #[error("`-`: standard input can be read only once")]
    InputTwice,
    /// More draws were asked for than fit.
    #[error(
        "-n {draws}: the figures of so many draws of this scenario need more than {memory} GB; at most {most}"
    )]
    TooManyDraws { draws: usize, most: usize, memory: usize },
    /// A run failed the checks that it makes of itself.
    #[error(
        "{file}: wholelife has found a fault in itself, so it shows no figure of this scenario.\n\
         Please send the scenario and these lines to whoever gives you wholelife:\n{}",
        Lines(left)
    )]
    Audit { file: String, left: Vec<String> },
    /// An argument that makes sense for one scenario was given with several, or the other way round.
    #[error("{argument} {why}")]
    Files { argument: &'static str, why: &'static str },
    /// One file was given twice, whose figures would count twice.
    #[error(
        "{} and {} are the same file, which would count twice: give it once",
        first.display(),
        second.display()
    )]
    SameFile { first: PathBuf, second: PathBuf },
    /// An option that none of several files has.
    #[error("no file has an option `{name}`{suggestion}; they have {}", known.join(", "))]
    NoSuchOption { name: String, suggestion: String, known: Vec<String> },
    /// A workbook would be written to a terminal.
    #[error("a terminal can't show a workbook: send it on (`-o - > my.xlsx`), or name a file with -o")]
    WorkbookOnTerminal,
    /// Two scenarios would be written to the same folder.
    #[error(
        "{} and {} would both be written to `{folder}`: rename one, or report them apart",
        first.display(),
        second.display()
    )]
    SameFolder { first: PathBuf, second: PathBuf, folder: String },
}

impl Failure {
    /// Why a file can't be read, without its path.
    pub(super) fn why(&self) -> String {
        match self {
            Self::Read { cause, .. } => Reason(cause).to_string(),
            Self::NotAFile { kind, .. } => format!("it is {kind}, not a file"),
            Self::TooLarge { limit, .. } => format!("it is larger than {limit} MB"),
            other => other.to_string(),
        }
    }

    /// What the command exits with: 3 if the fault is the program's own, else 2.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Audit { .. } => 3,
            _ => 2,
        }
    }
}

fn instead_of(kind: &str) -> &'static str {
    if kind == "a pipe" { "; give `-` and pipe the scenario in" } else { "" }
}

fn what_to_do(why: NotText) -> &'static str {
    match why {
        NotText::Kind(_) => {
            "a scenario is a TOML file, as `wholelife init` writes one; figures of a sheet go in as a CSV table"
        }
        NotText::Encoding { .. } => "save it as UTF-8 from a text editor",
    }
}

/// Why, in plain words: people without a programmer's background read it.
struct Reason<'a>(&'a io::Error);

impl Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind() {
            io::ErrorKind::NotFound => f.write_str("there is no such file or folder"),
            io::ErrorKind::PermissionDenied => {
                f.write_str("no permission, or another program (Excel?) has it open")
            }
            io::ErrorKind::IsADirectory => f.write_str("it is a folder"),
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                f.write_str("a file stands where a folder is needed")
            }
            io::ErrorKind::StorageFull => f.write_str("the disk is full"),
            _ => write!(f, "{}", self.0),
        }
    }
}

struct Lines<'a>(&'a [String]);

impl Display for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(|line| format!("  {line}")).collect();
        f.write_str(&lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_program_itself_says_what_to_send() {
        let left = vec!["wholelife 0.1.0, nhs".to_owned(), "NPSV, posting by posting: 0, 12.40".to_owned()];
        let failure = Failure::Audit { file: "a.toml".to_owned(), left };
        assert_eq!(failure.exit_code(), 3);
        let told = failure.to_string();
        for part in ["a.toml: ", "no figure", "send", "\n  NPSV, posting by posting: 0, 12.40"] {
            assert!(told.contains(part), "{part} in {told}");
        }
    }
}
