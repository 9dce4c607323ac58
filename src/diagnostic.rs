//! What is wrong with a scenario, as data: a code, a place, what was expected and what to do.
//!
//! Faults of the user's input are collected and reported together; nothing here is printed. How a
//! diagnostic looks on the terminal is `export`'s affair.

use std::fmt;

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
    texts: Vec<(String, String)>,
}

impl Sources {
    /// Takes a text in and gives it an identity.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.texts.push((name.into(), text.into()));
        SourceId(self.texts.len() as u32 - 1)
    }

    /// Whether no text was taken in yet.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The name of a source, as the user knows it.
    pub fn name(&self, id: SourceId) -> &str {
        &self.texts[id.0 as usize].0
    }

    /// The text of a source.
    pub fn text(&self, id: SourceId) -> &str {
        &self.texts[id.0 as usize].1
    }

    /// The last source of a name.
    pub fn find(&self, name: &str) -> Option<SourceId> {
        let place = self.texts.iter().rposition(|(known, _)| known == name)?;
        Some(SourceId(place as u32))
    }

    /// Line and column of a span's start, both from 1; the column counts characters.
    pub fn line_and_column(&self, span: Span) -> (usize, usize) {
        let text = self.text(span.source);
        let mut at = span.start.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
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

            /// What it means, in a sentence or two.
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
    /// The quantity is in the right unit but outside the range that makes sense here.
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

    /// Adds the text that may have been meant, in quotes as it would be written, if there is one.
    #[must_use]
    pub fn meant_text(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.help(format!("did you mean \"{text}\"?")),
            None => self,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}
