//! Where a string literal ends.
//!
//! Python's literals by its reference, section 2.4.1; replacement fields of formatted literals by PEP 701: since 3.12 a
//! field may hold the quotes of its own literal.

use memchr::{memchr, memchr2, memchr3};

use crate::lines::{Lines, offset};

/// A field longer than this is taken for text: what follows a lone brace must not be read again and again.
const LONGEST_FIELD: usize = 1000;
const DEEPEST_FIELD: u32 = 4;
/// How many bytes of a file may be read in vain for fields that do not close.
const MOST_IN_VAIN: usize = 64 * 1024;

/// Finds the ends of the literals of one source.
pub(crate) struct Strings<'a> {
    source: &'a [u8],
    read_in_vain: usize,
}

impl<'a> Strings<'a> {
    pub(crate) fn new(source: &'a [u8]) -> Self {
        Self { source, read_in_vain: 0 }
    }

    /// The byte behind the literal whose quote stands at `at`; a literal without an end is reported.
    pub(crate) fn end(&mut self, at: usize, prefix: &[u8], lines: &mut Lines) -> usize {
        let quote = self.source[at];
        if self.source[at..].starts_with(&[quote; 3]) {
            return self.triple_end(at + 3, quote).unwrap_or_else(|| {
                lines.report(offset(at), "a string of several lines is not closed");
                self.source.len()
            });
        }
        let formatted = prefix.iter().any(|letter| matches!(letter, b'f' | b'F' | b't' | b'T'))
            && self.read_in_vain < MOST_IN_VAIN;
        let (end, closed) = self.line_end(at, 0, formatted);
        if !closed {
            lines.report(offset(at), "a string is not closed");
        }
        end
    }

    fn triple_end(&self, mut at: usize, quote: u8) -> Option<usize> {
        loop {
            at += memchr2(quote, b'\\', self.source.get(at..)?)?;
            if self.source[at] == b'\\' {
                at += 2;
            } else if self.source[at..].starts_with(&[quote; 3]) {
                return Some(at + 3);
            } else {
                at += 1;
            }
        }
    }

    /// The end of the literal of one line whose quote stands at `at`, and whether it has its closing quote.
    fn line_end(&mut self, at: usize, depth: u32, mut formatted: bool) -> (usize, bool) {
        let source = self.source;
        let quote = source[at];
        let limit = source.len().min(at + LONGEST_FIELD);
        let mut position = at + 1;
        while let Some(&byte) = source.get(position) {
            match byte {
                b'\\' => match source.get(position + 1..position + 3) {
                    Some(b"\r\n") => position += 3,
                    _ if position + 1 < source.len() => position += 2,
                    _ => break,
                },
                b'\n' | b'\r' => return (position, false),
                b'{' if formatted => {
                    position += 1;
                    if source.get(position) == Some(&b'{') {
                        position += 1;
                        continue;
                    }
                    let behind =
                        (depth < DEEPEST_FIELD).then(|| self.field_end(position, limit, depth)).flatten();
                    formatted = behind.is_some();
                    match behind {
                        Some(behind) => position = behind,
                        // A nested literal is given up with its field: another reading of it at each depth would take
                        // too long.
                        None if depth > 0 && depth < DEEPEST_FIELD => return (position, false),
                        None if depth == 0 => self.read_in_vain += limit.saturating_sub(position),
                        None => {}
                    }
                }
                _ => {
                    position += 1;
                    if byte == quote {
                        return (position, true);
                    }
                    if !formatted {
                        position += plain(&source[position..], quote);
                    }
                }
            }
        }
        (source.len(), false)
    }

    /// The byte behind the brace that closes the replacement field, or `None` if there is none before `limit`.
    fn field_end(&mut self, mut position: usize, limit: usize, depth: u32) -> Option<usize> {
        let mut brackets = 0_u32;
        while position < limit {
            let byte = self.source[position];
            position += 1;
            match byte {
                b'(' | b'[' | b'{' => brackets += 1,
                b'"' | b'\'' => {
                    let formatted = matches!(self.source[position - 2], b'f' | b'F' | b't' | b'T');
                    let (end, closed) = self.line_end(position - 1, depth + 1, formatted);
                    if !closed || end > limit {
                        return None;
                    }
                    position = end;
                }
                b':' if brackets == 0 => return self.format_end(position, limit, depth),
                b'}' if brackets == 0 => return Some(position),
                b')' | b']' | b'}' => brackets = brackets.checked_sub(1)?,
                _ => {}
            }
        }
        None
    }

    /// The same from inside of a field's format, which holds fields and no strings.
    fn format_end(&mut self, mut position: usize, limit: usize, depth: u32) -> Option<usize> {
        while position < limit {
            let byte = self.source[position];
            position += 1;
            match byte {
                b'}' => return Some(position),
                b'{' if depth < DEEPEST_FIELD => position = self.field_end(position, limit, depth + 1)?,
                b'{' | b'"' | b'\'' | b'\n' | b'\r' => return None,
                _ => {}
            }
        }
        None
    }
}

/// How many bytes at the start of `rest` neither end a literal nor escape.
fn plain(rest: &[u8], quote: u8) -> usize {
    let length = memchr3(quote, b'\\', b'\n', rest).unwrap_or(rest.len());
    memchr(b'\r', &rest[..length]).unwrap_or(length)
}
