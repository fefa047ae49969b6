//! Bytes to text, and an account of what was done to obtain it.
//!
//! A byte order mark decides between UTF-8 and both orders of UTF-16; without one the bytes are UTF-8. What is not valid
//! becomes U+FFFD, one per maximal subpart (Unicode standard, section 3.9, table 3-8), or one per lone surrogate.
//!
//! [`decode_legacy`] has one more rule: bytes without a mark that are not valid UTF-8, hold no well-formed multi-byte
//! sequence (so they are not UTF-8 with damage) and none of the five bytes that windows-1252 leaves undefined, are
//! windows-1252.

use std::borrow::Cow;

use serde::Serialize;

/// Which line endings a text has.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LineEnding {
    /// Line feeds only.
    Lf,
    /// Carriage returns followed by line feeds only.
    Crlf,
    /// Carriage returns only.
    Cr,
    /// More than one kind.
    Mixed,
    /// There is one line at most.
    None,
}

/// Text and how it was obtained.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark; line endings as they are.
    pub text: Cow<'a, str>,
    /// `utf-8`, `utf-16-le`, `utf-16-be` or `windows-1252`.
    pub encoding: &'static str,
    /// Whether a byte order mark was removed.
    pub bom: bool,
    /// Its line endings.
    pub line_ending: LineEnding,
    /// How many bytes were replaced by U+FFFD.
    pub invalid_bytes: u64,
}

/// What a byte order mark announces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mark {
    None,
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Mark {
    /// The mark at the start of `head`. That of UTF-32 in little endian order begins like UTF-16's and is none.
    pub(crate) fn of(head: &[u8]) -> Self {
        match head {
            [0xef, 0xbb, 0xbf, ..] => Self::Utf8,
            [0xff, 0xfe, 0, 0, ..] => Self::None,
            [0xff, 0xfe, ..] => Self::Utf16Le,
            [0xfe, 0xff, ..] => Self::Utf16Be,
            _ => Self::None,
        }
    }

    pub(crate) fn len(self) -> usize {
        match self {
            Self::None => 0,
            Self::Utf8 => 3,
            Self::Utf16Le | Self::Utf16Be => 2,
        }
    }
}

/// Decodes a document: by its byte order mark, else as UTF-8.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    decode_as(bytes, false)
}

/// Decodes as [`decode`] does and takes what cannot be UTF-8 for windows-1252; see the module's documentation.
pub fn decode_legacy(bytes: &[u8]) -> Decoded<'_> {
    decode_as(bytes, true)
}

fn decode_as(bytes: &[u8], legacy: bool) -> Decoded<'_> {
    let mark = Mark::of(bytes);
    let rest = &bytes[mark.len()..];
    let (text, encoding, invalid_bytes) = match mark {
        Mark::Utf16Le => utf16(rest, u16::from_le_bytes, "utf-16-le"),
        Mark::Utf16Be => utf16(rest, u16::from_be_bytes, "utf-16-be"),
        Mark::None if legacy => {
            let mut check = Utf8Check::default();
            check.feed(rest);
            if check.finish() == "utf-8" { utf8(rest) } else { (windows_1252(rest), "windows-1252", 0) }
        }
        Mark::Utf8 | Mark::None => utf8(rest),
    };
    Decoded {
        line_ending: line_ending(text.as_bytes()),
        text,
        encoding,
        bom: mark != Mark::None,
        invalid_bytes,
    }
}

fn utf8(bytes: &[u8]) -> (Cow<'_, str>, &'static str, u64) {
    if let Ok(text) = str::from_utf8(bytes) {
        return (Cow::Borrowed(text), "utf-8", 0);
    }
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut invalid = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            invalid += chunk.invalid().len() as u64;
        }
    }
    (Cow::Owned(text), "utf-8", invalid)
}

fn utf16(
    bytes: &[u8],
    unit: fn([u8; 2]) -> u16,
    name: &'static str,
) -> (Cow<'static, str>, &'static str, u64) {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut invalid = 0;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        text.push(decoded.unwrap_or_else(|_| {
            invalid += 2;
            char::REPLACEMENT_CHARACTER
        }));
    }
    if !odd.is_empty() {
        invalid += 1;
        text.push(char::REPLACEMENT_CHARACTER);
    }
    (Cow::Owned(text), name, invalid)
}

/// What windows-1252 has at 0x80 to 0x9F; U+0000 stands where it has nothing.
const HIGH_CONTROLS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> Cow<'static, str> {
    let text = bytes.iter().map(|byte| match byte {
        0x80..=0x9f => HIGH_CONTROLS[usize::from(byte - 0x80)],
        _ => char::from(*byte),
    });
    Cow::Owned(text.collect())
}

fn line_ending(text: &[u8]) -> LineEnding {
    let line_feeds = memchr::memchr_iter(b'\n', text).count();
    let mut returns = 0_usize;
    let mut pairs = 0_usize;
    for at in memchr::memchr_iter(b'\r', text) {
        returns += 1;
        pairs += usize::from(text.get(at + 1) == Some(&b'\n'));
    }
    match (line_feeds - pairs > 0, pairs > 0, returns - pairs > 0) {
        (false, false, false) => LineEnding::None,
        (true, false, false) => LineEnding::Lf,
        (false, true, false) => LineEnding::Crlf,
        (false, false, true) => LineEnding::Cr,
        _ => LineEnding::Mixed,
    }
}

/// Tells, piece by piece, whether bytes are UTF-8 or windows-1252 by the rule of this module.
#[derive(Debug, Default)]
pub(crate) struct Utf8Check {
    /// The start of a sequence that the next piece may complete.
    carry: Vec<u8>,
    invalid: bool,
    multi_byte: bool,
    undefined: bool,
}

impl Utf8Check {
    pub(crate) fn feed(&mut self, piece: &[u8]) {
        if self.carry.is_empty() {
            self.check(piece);
        } else {
            let mut joined = std::mem::take(&mut self.carry);
            joined.extend_from_slice(piece);
            self.check(&joined);
        }
    }

    fn check(&mut self, mut rest: &[u8]) {
        loop {
            let (valid, after, incomplete) = match str::from_utf8(rest) {
                Ok(_) => (rest, &[][..], false),
                Err(error) => {
                    let (valid, after) = rest.split_at(error.valid_up_to());
                    (valid, after, error.error_len().is_none())
                }
            };
            self.multi_byte |= !valid.is_ascii();
            if after.is_empty() {
                return;
            }
            if incomplete {
                self.carry = after.to_vec();
                return;
            }
            self.refuse(after[0]);
            rest = &after[1..];
        }
    }

    fn refuse(&mut self, byte: u8) {
        self.invalid = true;
        self.undefined |= matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    }

    /// The encoding of everything fed.
    pub(crate) fn finish(&mut self) -> &'static str {
        for byte in std::mem::take(&mut self.carry) {
            self.refuse(byte);
        }
        if self.invalid && !self.multi_byte && !self.undefined { "windows-1252" } else { "utf-8" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_replaced_and_counted() {
        let decoded = decode(b"a\xf0\x9f\x92b\xc3\xa9");
        assert_eq!(
            (decoded.text.as_ref(), decoded.encoding, decoded.invalid_bytes),
            ("a\u{fffd}bé", "utf-8", 3)
        );
        let decoded = decode_legacy(b"caf\xe9 \x93x\x94");
        assert_eq!(
            (decoded.text.as_ref(), decoded.encoding, decoded.invalid_bytes),
            ("café “x”", "windows-1252", 0)
        );
        assert_eq!(decode_legacy(b"caf\xe9 \x81").encoding, "utf-8");
        assert_eq!(decode_legacy(b"caf\xe9 \xc3\xa9").encoding, "utf-8");
    }

    #[test]
    fn utf16_needs_its_mark() {
        let decoded = decode(b"\xff\xfea\0\r\0\n\0\x3d\xd8x");
        assert_eq!(decoded.text, "a\r\n\u{fffd}\u{fffd}");
        assert_eq!((decoded.encoding, decoded.bom, decoded.invalid_bytes), ("utf-16-le", true, 3));
        assert_eq!(decoded.line_ending, LineEnding::Crlf);
        assert_eq!(decode(b"\xfe\xff\0a").text, "a");
    }

    #[test]
    fn a_check_in_pieces_agrees_with_one_in_whole() {
        for text in [&b"a\xc3\xa9b"[..], b"\xe2\x82", b"\xe2\x82\xac\xff", b"\xe9\x81", b"\xf0\x9f\x98\x80"] {
            let mut whole = Utf8Check::default();
            whole.feed(text);
            let expected = whole.finish();
            for split in 0..=text.len() {
                let mut pieces = Utf8Check::default();
                pieces.feed(&text[..split]);
                pieces.feed(&text[split..]);
                assert_eq!(pieces.finish(), expected, "{text:?} at {split}");
            }
        }
    }
}
