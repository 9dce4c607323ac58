//! What is wrong with a scenario, as data: a code, a place, what was expected and what to do.
//!
//! Faults of the user's input are collected and reported together; nothing here is printed. How a
//! diagnostic looks on the terminal is `export`'s affair.

use std::fmt;
use std::ops::Range;

/// One text that a diagnostic may point into: the scenario, a table beside it, a `--set` argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A stretch of bytes in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Which text.
    pub source: SourceId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The texts that were read, by name.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    texts: Vec<Source>,
}

/// A text that was read.
#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: String,
    /// Where each line starts: a file can have as many faults as lines, so that none may be counted from the top.
    lines: Vec<usize>,
}

impl Sources {
    /// Takes a text in and gives it an identity.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let (name, text) = (name.into(), text.into());
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
        self.texts.push(Source { name, text, lines });
        SourceId(self.texts.len() as u32 - 1)
    }

    /// Whether no text was taken in yet.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The name of a source, as the user knows it.
    pub fn name(&self, id: SourceId) -> &str {
        &self.texts[id.0 as usize].name
    }

    /// The text of a source.
    pub fn text(&self, id: SourceId) -> &str {
        &self.texts[id.0 as usize].text
    }

    /// The last source of a name.
    pub fn find(&self, name: &str) -> Option<SourceId> {
        let place = self.texts.iter().rposition(|text| text.name == name)?;
        Some(SourceId(place as u32))
    }

    /// Line and column of a span's start, both from 1; the column counts characters.
    pub fn line_and_column(&self, span: Span) -> (usize, usize) {
        let (number, line) = self.line(span);
        let before = &self.text(span.source)[line.start..self.start(span)];
        (number, before.chars().count() + 1)
    }

    /// The line in which a span starts: its number, from 1, and its bytes without the end of the line.
    pub fn line(&self, span: Span) -> (usize, Range<usize>) {
        let Source { text, lines, .. } = &self.texts[span.source.0 as usize];
        let start = self.start(span);
        let number = lines.partition_point(|&line| line <= start);
        let end = lines.get(number).map_or(text.len(), |next| next - 1);
        (number, lines[number - 1]..end)
    }

    /// The first byte of a span; the nearest before it at which a character starts.
    fn start(&self, span: Span) -> usize {
        self.text(span.source).floor_char_boundary(span.start)
    }
}

/// Whether the run can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The scenario can't be run as it stands.
    Error,
    /// It runs, but the user should know; an error under `--strict`.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal;)*) => {
        /// The kinds of fault. The number is stable: it is what a user looks up.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The number after `WL`.
            pub fn number(self) -> u16 {
                match self { $(Code::$name => $number,)* }
            }

            /// Its name, for people and for `allow`: `no-effect`.
            pub fn name(self) -> String {
                let name = match self { $(Code::$name => stringify!($name),)* };
                let capital = |(at, c): (usize, char)| at > 0 && c.is_ascii_uppercase();
                let dash = |(at, c)| if capital((at, c)) { vec!['-', c.to_ascii_lowercase()] } else { vec![c.to_ascii_lowercase()] };
                name.chars().enumerate().flat_map(dash).collect()
            }

            /// The code of a number (`WL0101`, `101`) or name (`no-effect`).
            pub fn find(text: &str) -> Option<Self> {
                let text = text.trim().to_ascii_lowercase();
                let number = text.strip_prefix("wl").unwrap_or(&text).parse::<u16>().ok();
                let mut all = Self::ALL.iter().copied();
                all.find(|code| Some(code.number()) == number || code.name() == text)
            }

            /// Whether it is a rule: a warning, which a scenario may allow with a reason. Others are faults.
            pub fn is_rule(self) -> bool {
                self.number() > 100
            }

            /// What it means and what to do, in a sentence or three.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => concat!($($doc),+).trim_ascii(),)* }
            }
        }
    };
}

codes! {
    /// The file is not TOML: a bracket, quote or equals sign is missing or out of place.
    Syntax = 1;
    /// A key is written twice in one table.
    DuplicateKey = 2;
    /// A key that this table does not have.
    UnknownKey = 3;
    /// A key that this table needs is missing.
    MissingKey = 4;
    /// The value is of the wrong sort: a list where text is expected, a bare number where a unit is needed.
    WrongSort = 5;
    /// The text is a quantity, but not in the unit that this key takes; or it can't be read as a quantity.
    WrongUnit = 6;
    /// The quantity is in the right unit but outside the range that makes sense here; or quantities that are each
    /// inside their range take price levels, discount factors or sums out of theirs.
    OutOfRange = 7;
    /// A name that nothing in the file carries.
    UnknownName = 8;
    /// Streams wait for one another in a circle, so none of them would ever start.
    TriggerLoop = 9;
    /// A month or year outside the horizon of the programme.
    OutsideHorizon = 10;
    /// One option delivers the same service by two streams.
    DeliveredTwice = 11;
    /// A word that is none of the choices this key has.
    UnknownChoice = 12;
    /// An uncertain value whose low, likely and high are out of order, or whose parts don't fit together.
    BadRange = 13;
    /// Keys that exclude or need one another.
    Conflict = 14;
    /// A mechanism that belongs to the other kind of approach, persistent or temporary.
    WrongKindOfApproach = 15;
    /// A stream that waits for something its option never delivers.
    NeverHappens = 16;
    /// A CSV table that can't be read, or a cell in it that is not what its column says.
    BadTable = 17;
    /// The price index has no growth rate for a year that is needed.
    MissingGrowth = 18;
    /// The scenario is larger than the model accepts: years, options, services, file size.
    TooLarge = 19;
    /// The parameter edition does not exist, or has no such parameter.
    UnknownParameter = 20;
    /// The shares in which organisations bear a cost don't sum to 100%.
    SharesDoNotSum = 21;
    /// Correlations that no inputs can have.
    BadCorrelation = 22;
    /// Two options, services or organisations that outputs would show alike, or something that is called nothing. Or two
    /// options whose keys differ in capital letters only: `report` names files after them, and on Windows and macOS the
    /// two would be one file.
    AlikeNames = 23;
    /// An input that changes no result of the run.
    NoEffect = 101;
    /// A team of more than nine heads: scale by adding a stream.
    LargeTeam = 102;
    /// Two team kinds of very different size work at the same pace.
    SamePace = 103;
    /// Capital is claimed for what is normally revenue: a subscription, hosting or cloud use.
    DoubtfulCapital = 104;
    /// Capital is claimed for less than the capitalisation threshold.
    BelowThreshold = 105;
    /// A temporary approach builds services that need upkeep, and pays for none of it once it has gone. Neglect
    /// follows in the model as in life: pay for upkeep, or say who does.
    NoUpkeep = 106;
    /// A benefit begins before the option has released anything that could give it.
    EarlyBenefit = 107;
    /// Options do not deliver the same services, so that their costs are not of the same thing.
    UnlikeOptions = 108;
    /// The headline rests on parameters that nobody has confirmed at their source. Confirm them, or override
    /// them in `[parameter]` with a source of your own.
    UnverifiedParameter = 109;
    /// The headline rests on parameters that were not known to be in force any more when the programme starts
    /// (or on the day of `check --on`).
    OutdatedParameter = 110;
    /// The horizon ends before a renewal, a recurring cost or the end of a contract falls, so that no option
    /// bears it.
    ShortHorizon = 111;
    /// Written values do not say their source. Say `source = \"...\"` beside the value, in its table, or at the
    /// top of the file.
    MissingSource = 112;
    /// Written values do not say who answers for them. Say `owner = \"...\"` beside the value, in its table, or
    /// at the top of the file.
    MissingOwner = 113;
    /// Written values do not say when they are to be looked at again. Say `review_by = \"2027-03\"` beside the
    /// value, in its table, or at the top of the file.
    MissingReview = 114;
    /// The date by which a value was to be looked at again is past: before the programme's start, or before the
    /// day of `check --on`.
    OverdueReview = 115;
    /// Some lines are in cash of their year (`prices = \"nominal\"`) and others in real prices. That is allowed,
    /// but easily a mistake: each line should be as its source has it.
    MixedPrices = 116;
    /// Two benefits of one option have the same name: the same gain may be counted twice.
    DoubleCount = 117;
    /// No optimism bias is added to any cost. The Green Book asks for it, or for a reason.
    NoOptimismBias = 118;
    /// A rule is allowed, and nothing breaks it.
    IdleAllowance = 119;
    /// Something is dated outside the months that are run, and left out: money of years before the start, or what
    /// another start or length of the run (`--start`, `--years`) has moved out.
    LeftOut = 120;
    /// An option works on a service that never goes live: it ends first, or the horizon does. What was built is written
    /// off, and what the service was to replace runs on.
    NeverLive = 121;
    /// A benefit never reaches its full effect: its service, or the horizon, ends while it still grows.
    NeverFull = 122;
    /// More capital comes back than the asset is worth. A book value can't be below nothing: what is left over is a gain
    /// in income and expenditure. Name what is refunded with `refund_of = \"...\"`.
    RefundBeyondValue = 123;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WL{:04}", self.number())
    }
}

/// One thing to tell the user about the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of fault.
    pub code: Code,
    /// Whether the run can go on.
    pub severity: Severity,
    /// The dotted key path it is about; empty where it is about the file.
    pub key: String,
    /// Where, if it has a place.
    pub span: Option<Span>,
    /// What is wrong, in one line.
    pub message: String,
    /// Under the caret: what was expected here.
    pub expected: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A fault that stops the run.
    pub fn error(code: Code, key: impl Into<String>, span: Option<Span>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            key: key.into(),
            span,
            message: message.into(),
            expected: None,
            help: None,
        }
    }

    /// Something to know that does not stop the run.
    pub fn warning(
        code: Code,
        key: impl Into<String>,
        span: Option<Span>,
        message: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, key, span, message) }
    }

    /// Adds what was expected.
    #[must_use]
    pub fn expected(mut self, text: impl Into<String>) -> Self {
        self.expected = Some(text.into());
        self
    }

    /// Adds the name that may have been meant, if there is one.
    #[must_use]
    pub fn meant(self, name: Option<&str>) -> Self {
        match name {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Adds the texts that may have been meant, in quotes as they would be written, if there are any.
    #[must_use]
    pub fn meant_text<T: fmt::Display>(self, texts: impl IntoIterator<Item = T>) -> Self {
        let texts: Vec<String> = texts.into_iter().map(|text| format!("\"{text}\"")).collect();
        if texts.is_empty() { self } else { self.help(format!("did you mean {}?", texts.join(" or "))) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// What is told of many diagnostics: the first ones, and how many more there are. A file can have a fault in every
/// word, and nobody reads a thousand messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection<'d> {
    /// At most [`Selection::MOST`], in their order: faults before warnings, if there is no room for both.
    pub shown: Vec<&'d Diagnostic>,
    /// Faults that are left out.
    pub faults: usize,
    /// Warnings that are left out.
    pub warnings: usize,
}

impl<'d> Selection<'d> {
    /// How many are shown.
    pub const MOST: usize = 200;

    /// What is told of these.
    pub fn of(found: &'d [Diagnostic]) -> Self {
        let is_fault = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
        let all = found.iter().filter(|diagnostic| is_fault(diagnostic)).count();
        let mut room = [all.min(Self::MOST), Self::MOST.saturating_sub(all)];
        let mut listed = Self::default();
        for diagnostic in found {
            let room = &mut room[usize::from(!is_fault(diagnostic))];
            if *room > 0 {
                *room -= 1;
                listed.shown.push(diagnostic);
            } else if is_fault(diagnostic) {
                listed.faults += 1;
            } else {
                listed.warnings += 1;
            }
        }
        listed
    }

    /// That there are more, in words; `None` if all are shown.
    pub fn more(&self) -> Option<String> {
        let count = |n: usize, word: &str| format!("{n} more {word}{}", if n == 1 { "" } else { "s" });
        let counts = match (self.faults, self.warnings) {
            (0, 0) => return None,
            (faults, 0) => count(faults, "fault"),
            (0, warnings) => count(warnings, "warning"),
            (faults, warnings) => format!("{} and {}", count(faults, "fault"), count(warnings, "warning")),
        };
        Some(format!("{counts} not shown: correct the first {} and run it again", self.shown.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(faults: usize, warnings: usize) -> Vec<Diagnostic> {
        let warning = |n: usize| Diagnostic::warning(Code::NoEffect, format!("w{n}"), None, "idle");
        let fault = |n: usize| Diagnostic::error(Code::WrongUnit, format!("f{n}"), None, "wrong");
        (0..warnings).map(warning).chain((0..faults).map(fault)).collect()
    }

    #[test]
    fn what_is_beyond_the_first_is_counted() {
        // 150 faults leave room for 50 of 60 warnings; 250 faults for none.
        for (faults, warnings, shown, more) in [
            (200, 0, 200, None),
            (201, 0, 200, Some("1 more fault not shown: correct the first 200 and run it again")),
            (150, 60, 200, Some("10 more warnings not shown: correct the first 200 and run it again")),
            (
                250,
                1,
                200,
                Some("50 more faults and 1 more warning not shown: correct the first 200 and run it again"),
            ),
        ] {
            let found = many(faults, warnings);
            let listed = Selection::of(&found);
            assert_eq!((listed.shown.len(), listed.more().as_deref()), (shown, more), "{faults} {warnings}");
            let shown =
                listed.shown.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
            assert_eq!(shown, faults.min(Selection::MOST), "faults come first");
        }
    }
}
