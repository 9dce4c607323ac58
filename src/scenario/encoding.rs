//! From the bytes of a file to its text.
//!
//! A scenario is UTF-8, as TOML is. A table may also be what Excel writes: UTF-16 ("Unicode text") or Windows-1252
//! ("CSV"). It refuses what is no text, and says what that is: an Excel file, a PDF.

use std::fmt;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// A text, and how it was written where that is not UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: Option<&'static str>,
}

/// Why bytes are not the text that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// They are a file of another kind: `an Excel file`.
    Kind(&'static str),
    /// They are text, or may be, but not in UTF-8.
    Encoding {
        /// What they look like: `UTF-16`.
        like: Option<&'static str>,
        /// The first line that is not UTF-8, from 1.
        line: usize,
    },
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => write!(f, "it is {kind}, not plain text"),
            Self::Encoding { like: Some(like), line } => {
                write!(f, "it is text in {like}, not in UTF-8 (line {line})")
            }
            Self::Encoding { like: None, line } => {
                write!(f, "it is not plain text (line {line} is not UTF-8)")
            }
        }
    }
}

/// The text of a file that must be UTF-8, without the byte order mark that Windows editors put in front.
///
/// # Errors
///
/// What the file is instead.
pub fn utf8(bytes: &[u8]) -> Result<String, NotText> {
    let decoded = decode(bytes)?;
    match decoded.encoding {
        None => Ok(decoded.text),
        like => Err(NotText::Encoding { like, line: first_line_not_utf8(bytes) }),
    }
}

/// The text of a file that Excel may have written.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    if let Some(kind) = kind(bytes) {
        return Err(NotText::Kind(kind));
    }
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, 0),
        None => (WINDOWS_1252, 0),
    };
    let (text, has_faults) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if text.contains('\0') {
        return Err(NotText::Kind("a file of binary data"));
    }
    // Five bytes mean nothing in Windows-1252; here they come out as control characters.
    let unknown = encoding == WINDOWS_1252 && text.contains(|c: char| ('\u{80}'..='\u{9f}').contains(&c));
    if has_faults || unknown {
        return Err(NotText::Encoding { like: None, line: first_line_not_utf8(bytes) });
    }
    let name = match encoding.name() {
        "UTF-8" => None,
        "windows-1252" => Some("Windows-1252"),
        _ => Some("UTF-16"),
    };
    Ok(Decoded { text: text.into_owned(), encoding: name })
}

/// The first line with bytes that are not UTF-8, from 1.
fn first_line_not_utf8(bytes: &[u8]) -> usize {
    let end = std::str::from_utf8(bytes).map_or_else(|fault| fault.valid_up_to(), |_| 0);
    bytes[..end].split(|&byte| byte == b'\n').count()
}

/// What a file is that begins so, if it is no text.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let begins = |part: &[u8]| bytes.starts_with(part);
    // The names of a ZIP archive's files stand in it as they are.
    match () {
        () if begins(b"PK\x03\x04") && has(b"xl/workbook") => Some("an Excel file"),
        () if begins(b"PK\x03\x04") && has(b"word/document") => Some("a Word file"),
        () if begins(b"PK\x03\x04") && has(b"opendocument.spreadsheet") => {
            Some("an OpenDocument spreadsheet")
        }
        () if begins(b"PK\x03\x04") => Some("a ZIP archive"),
        () if begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => Some("an Excel or Word file of before 2007"),
        () if begins(b"%PDF-") => Some("a PDF"),
        () if begins(b"{\\rtf") => Some("a Word file in RTF"),
        () if begins(b"\x89PNG") || begins(b"\xff\xd8\xff") || begins(b"GIF8") => Some("a picture"),
        () if begins(b"\x1f\x8b") => Some("a gzip archive"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<(String, Option<&'static str>), NotText> {
        decode(bytes).map(|decoded| (decoded.text, decoded.encoding))
    }

    #[test]
    fn what_excel_writes_is_read() {
        // £ is C2 A3 in UTF-8, A3 in Windows-1252, A3 00 in UTF-16 with its low byte first.
        assert_eq!(text(b"\xc2\xa31"), Ok(("£1".into(), None)));
        assert_eq!(text(b"\xef\xbb\xbf\xc2\xa31"), Ok(("£1".into(), None)));
        assert_eq!(text(b"\xa31"), Ok(("£1".into(), Some("Windows-1252"))));
        assert_eq!(text(b"\xff\xfe\xa3\x001\x00"), Ok(("£1".into(), Some("UTF-16"))));
        assert_eq!(text(b"\xfe\xff\x00\xa3\x001"), Ok(("£1".into(), Some("UTF-16"))));
    }

    #[test]
    fn what_is_no_text_is_called_what_it_is() {
        let cases: [(&[u8], &str); 6] = [
            (b"PK\x03\x04....xl/workbook.xml", "an Excel file"),
            (b"PK\x03\x04....word/document.xml", "a Word file"),
            (b"PK\x03\x04....", "a ZIP archive"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "an Excel or Word file of before 2007"),
            (b"%PDF-1.7\n\xff", "a PDF"),
            (b"a\0b", "a file of binary data"),
        ];
        for (bytes, kind) in cases {
            assert_eq!(text(bytes), Err(NotText::Kind(kind)));
            assert_eq!(utf8(bytes), Err(NotText::Kind(kind)));
        }
        // 81 is no letter of Windows-1252; half a letter of UTF-16 is none either.
        assert_eq!(text(b"a\nb\x81"), Err(NotText::Encoding { like: None, line: 2 }));
        assert_eq!(text(b"\xff\xfea"), Err(NotText::Encoding { like: None, line: 1 }));
    }

    #[test]
    fn a_scenario_is_utf_8() {
        assert_eq!(utf8("\u{feff}£".as_bytes()), Ok("£".into()));
        let not = |like, line| Err(NotText::Encoding { like: Some(like), line });
        assert_eq!(utf8(b"a\nb = \"\xa31\""), not("Windows-1252", 2));
        assert_eq!(utf8(b"\xff\xfea\x00"), not("UTF-16", 1));
    }
}
