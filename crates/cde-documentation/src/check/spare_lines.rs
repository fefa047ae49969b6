//! Lines that can be emptied without changing what is around them: definitions that have no effect.

use super::finding::Fix;
use crate::model::{Definition, DefinitionKind};

/// The lines of a document; none where its bytes are not known.
#[derive(Debug)]
pub(super) struct SpareLines<'a> {
    lines: Vec<(usize, &'a [u8])>,
    last_filled: usize,
}

impl<'a> SpareLines<'a> {
    /// Those of a document whose bytes are `content`.
    pub fn new(content: &'a [u8]) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for end in memchr::memchr2_iter(b'\r', b'\n', content) {
            // The line feed of a pair ends no line of its own.
            if end > 0 && content[end] == b'\n' && content[end - 1] == b'\r' {
                start = end + 1;
                continue;
            }
            lines.push((start, &content[start..end]));
            start = end + 1;
        }
        lines.push((start, &content[start..]));
        let last_filled = lines.iter().rposition(|(_, line)| !is_blank(line)).unwrap_or_default();
        Self { lines, last_filled }
    }

    /// Empties the line of a link's definition if the definition is all of it.
    ///
    /// Only at the left margin, before a blank line, another definition or the end, and where another definition stands
    /// above or nothing but blank lines below: a definition may be what keeps two lists apart.
    pub fn fix(&self, definition: &Definition<&str>, target: &str) -> Option<Fix> {
        let number = (definition.line as usize).checked_sub(1)?;
        if definition.kind != DefinitionKind::Link || definition.title.is_some() {
            return None;
        }
        let &(start, line) = self.lines.get(number)?;
        let (label, written) = parts(line)?;
        if written != target.as_bytes() || !label.is_ascii() {
            return None;
        }
        if !label.eq_ignore_ascii_case(definition.label.as_bytes()) {
            return None;
        }
        let at = |number: Option<usize>| {
            number.and_then(|number| self.lines.get(number)).map_or(&b""[..], |line| line.1)
        };
        let (above, below) = (at(number.checked_sub(1)), at(number.checked_add(1)));
        let is_apart = |other: &[u8]| is_blank(other) || parts(other).is_some();
        if !is_apart(above) || !is_apart(below) || (number < self.last_filled && parts(above).is_none()) {
            return None;
        }
        let end = start + line.len();
        Some(Fix {
            start: u32::try_from(start).ok()?,
            end: u32::try_from(end).ok()?,
            replacement: String::new(),
        })
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// Label and target of a line that is a definition without a title.
fn parts(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let inner = line.strip_prefix(b"[")?;
    let end = inner.iter().position(|byte| matches!(byte, b'[' | b']' | b'\\'))?;
    let rest = inner[end..].strip_prefix(b"]:")?;
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
    let spaces = rest.iter().take_while(|byte| is_space(byte)).count();
    let target = &rest[spaces..];
    let length = target.iter().position(is_space).unwrap_or(target.len());
    let is_whole = end > 0 && spaces > 0 && length > 0 && is_blank(&target[length..]);
    is_whole.then_some((&inner[..end], &target[..length]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_every_ending() {
        let starts = |content: &'static [u8]| SpareLines::new(content).lines;
        assert_eq!(starts(b"a\r\nb\rc\n"), [(0, &b"a"[..]), (3, b"b"), (5, b"c"), (7, b"")]);
        assert_eq!(starts(b"\n\r\n\r"), [(0, &b""[..]), (1, b""), (3, b""), (4, b"")]);
    }

    #[test]
    fn definitions_that_are_all_of_a_line() {
        assert_eq!(parts(b"[a b]:  x#y \t"), Some((&b"a b"[..], &b"x#y"[..])));
        for line in
            [&b" [a]: x"[..], b"[]: x", b"[a]:x", b"[a]:", b"[a]: x 't'", b"[a[]: x", b"[a\\]: x", b"[a] : x"]
        {
            assert_eq!(parts(line), None);
        }
    }
}
