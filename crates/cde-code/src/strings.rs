//! Where a string literal ends, and where the code inside of a formatted one stands.
//!
//! Python's literals by its reference, section 2.4.1; replacement fields of formatted literals by PEP 701: since 3.12 a
//! field may hold the quotes of its own literal.

use memchr::{memchr, memchr2, memchr3};

use crate::lines::{Lines, offset};
use crate::syntax::Syntax;

/// At this depth a literal inside of a field is read as if it were not formatted.
const DEEPEST_FIELD: u32 = 4;
const LONGEST_PREFIX: usize = 3;
/// A field longer than this is taken for text: what follows a lone brace must not be read again and again.
const LONGEST_FIELD: usize = 1000;
/// How many bytes of a file may be read in vain for fields that do not close.
const MOST_IN_VAIN: usize = 64 * 1024;

/// A place in a formatted literal.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mark {
    /// The brace before a field's code.
    Open(usize),
    /// The colon before its format.
    Text(usize),
    /// The brace behind it.
    Close(usize),
}

impl Mark {
    /// Where it stands.
    pub(crate) fn place(self) -> usize {
        let (Self::Open(place) | Self::Text(place) | Self::Close(place)) = self;
        place
    }
}

/// Finds the ends of the literals of one source.
pub(crate) struct Strings<'a> {
    source: &'a [u8],
    syntax: &'a Syntax,
    read_in_vain: usize,
}

impl<'a> Strings<'a> {
    pub(crate) fn new(source: &'a [u8], syntax: &'a Syntax) -> Self {
        Self { source, syntax, read_in_vain: 0 }
    }

    /// The byte behind the literal whose quote stands at `at`, and the marks of its fields.
    ///
    /// A literal without an end is reported. `depth` tells how many literals it stands in, whose code ends at `limit`.
    pub(crate) fn end(
        &mut self,
        at: usize,
        prefix: &[u8],
        depth: u32,
        limit: usize,
        lines: &mut Lines,
    ) -> (usize, Vec<Mark>) {
        let mut marks = Vec::new();
        let (end, closed) = self.literal(at, depth, prefix, &mut marks);
        if !closed {
            let message = if self.is_long(at) {
                "a string of several lines is not closed"
            } else {
                "a string is not closed"
            };
            lines.report(offset(at), message);
        }
        if end <= limit { (end, marks) } else { (limit, Vec::new()) }
    }

    fn is_long(&self, at: usize) -> bool {
        self.source[at..].starts_with(&[self.source[at]; 3])
    }

    fn is_formatted(&self, prefix: &[u8]) -> bool {
        prefix.iter().any(|letter| matches!(letter, b'f' | b'F' | b't' | b'T'))
            && self.syntax.is_prefix(prefix)
            && self.read_in_vain < MOST_IN_VAIN
    }

    /// The end of a literal, and whether it has its closing quote.
    fn literal(&mut self, at: usize, depth: u32, prefix: &[u8], marks: &mut Vec<Mark>) -> (usize, bool) {
        let source = self.source;
        let quote = source[at];
        let is_long = self.is_long(at);
        let width = if is_long { 3 } else { 1 };
        let mut is_formatted = self.is_formatted(prefix);
        let mut position = at + width;
        loop {
            position += plain(&source[position..], quote, is_long, is_formatted);
            match source.get(position) {
                None => return (source.len(), false),
                Some(b'\\') => match source.get(position + 1..position + 3) {
                    Some(b"\r\n") => position += 3,
                    _ if position + 1 < source.len() => position += 2,
                    _ => return (source.len(), false),
                },
                Some(b'{') => {
                    position += 1;
                    if source.get(position) == Some(&b'{') {
                        position += 1;
                        continue;
                    }
                    let before = marks.len();
                    let limit = source.len().min(position + LONGEST_FIELD);
                    marks.push(Mark::Open(position - 1));
                    let behind = if depth < DEEPEST_FIELD {
                        self.field_end(position, limit, depth, marks)
                    } else {
                        None
                    };
                    if let Some(behind) = behind {
                        position = behind;
                        continue;
                    }
                    // A nested literal is given up with its field: another reading at each depth would take too long.
                    if depth > 0 && depth < DEEPEST_FIELD {
                        return (position, false);
                    }
                    marks.truncate(before);
                    is_formatted = false;
                    if depth == 0 {
                        self.read_in_vain += limit - position;
                    }
                }
                Some(byte) if *byte == quote => {
                    if !is_long || self.is_long(position) {
                        return (position + width, true);
                    }
                    position += 1;
                }
                // A line end, where a literal of one line ends.
                Some(_) => return (position, false),
            }
        }
    }

    /// The byte behind the brace that closes the field, or `None` if there is none before `limit`.
    fn field_end(&mut self, begin: usize, limit: usize, depth: u32, marks: &mut Vec<Mark>) -> Option<usize> {
        let mut brackets = 0_u32;
        let mut position = begin;
        while position < limit {
            let byte = self.source[position];
            position += 1;
            match byte {
                b'(' | b'[' | b'{' => brackets += 1,
                b'"' | b'\'' => {
                    let quote = position - 1;
                    let before = &self.source[begin.max(quote.saturating_sub(LONGEST_PREFIX))..quote];
                    let letters = before.iter().rev().take_while(|byte| is_word(**byte)).count();
                    let prefix = &before[before.len() - letters..];
                    let (end, closed) = self.literal(quote, depth + 1, prefix, &mut Vec::new());
                    if !closed || end > limit {
                        return None;
                    }
                    position = end;
                }
                b':' if brackets == 0 => {
                    marks.push(Mark::Text(position - 1));
                    return self.format_end(position, limit, depth, marks);
                }
                b'}' if brackets == 0 => {
                    marks.push(Mark::Close(position - 1));
                    return Some(position);
                }
                b')' | b']' | b'}' => brackets = brackets.checked_sub(1)?,
                _ => {}
            }
        }
        None
    }

    /// The same from inside of a field's format, which holds fields and no strings.
    fn format_end(
        &mut self,
        mut position: usize,
        limit: usize,
        depth: u32,
        marks: &mut Vec<Mark>,
    ) -> Option<usize> {
        while position < limit {
            let byte = self.source[position];
            position += 1;
            match byte {
                b'}' => {
                    marks.push(Mark::Close(position - 1));
                    return Some(position);
                }
                b'{' if depth < DEEPEST_FIELD => {
                    marks.push(Mark::Open(position - 1));
                    position = self.field_end(position, limit, depth + 1, marks)?;
                }
                b'{' | b'"' | b'\'' | b'\n' | b'\r' => return None,
                _ => {}
            }
        }
        None
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// How many bytes at the start of `rest` neither may end a literal nor escape nor begin a field.
fn plain(rest: &[u8], quote: u8, is_long: bool, is_formatted: bool) -> usize {
    let length = if is_formatted { memchr3(quote, b'\\', b'{', rest) } else { memchr2(quote, b'\\', rest) };
    let length = length.unwrap_or(rest.len());
    if is_long { length } else { line_end(&rest[..length]) }
}

fn line_end(rest: &[u8]) -> usize {
    let line_feed = memchr(b'\n', rest).unwrap_or(rest.len());
    memchr(b'\r', &rest[..line_feed]).unwrap_or(line_feed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end_of(source: &str) -> usize {
        let Some(syntax) = Syntax::of("Python") else { unreachable!("Python has a syntax") };
        let quote = source.find(['"', '\'']).unwrap_or_default();
        let mut lines = Lines::default();
        lines.read(source.as_bytes());
        let mut strings = Strings::new(source.as_bytes(), syntax);
        strings.end(quote, &source.as_bytes()[..quote], 0, source.len(), &mut lines).0
    }

    #[test]
    fn literals_end_at_their_own_quote() {
        for (source, end) in [
            (r#""a'b" c"#, 5),
            (r"'a\'b' c", 6),
            (r"r'\' c'", 7),
            ("'''a'b\n''' c", 10),
            ("'a\nb'", 2),
            ("'a\\\nb' c", 6),
            (r#"f"{x["a"]}" c"#, 11),
            (r#""{x["a"]}" c"#, 5),
            (r#"f"{x:>{"a"}}" c"#, 13),
            (r#"f"{{" c"#, 5),
            (r#"f"{" c"#, 4),
        ] {
            assert_eq!(end_of(source), end, "{source}");
        }
    }

    #[test]
    fn fields_that_do_not_close_are_not_read_again_and_again() {
        for piece in ["f\"{", "f'{f\"{", "f\"{(", "f'{x:{"] {
            let source = piece.repeat(40_000);
            assert!(end_of(&source) <= source.len());
        }
    }
}
