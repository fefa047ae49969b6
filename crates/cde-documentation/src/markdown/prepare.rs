//! What is changed in the text before the parser sees it. Nothing changes its place.
//!
//! The parser takes a carriage return for a line ending in some places only, and a tab for no whitespace after a closing
//! fence and around the closing sequence of a heading; the specification takes them for both (`CommonMark` 2.1, 4.2, 4.5).

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2, memrchr2};

use super::DocumentFormat;
use crate::mdx::{self, JsxTag};

/// The text to parse in the place of `body`, with all offsets kept. `tags` receives the JSX tags that were blanked.
pub(super) fn prepare<'a>(body: &'a str, format: DocumentFormat, tags: &mut Vec<JsxTag>) -> Cow<'a, str> {
    let bytes = body.as_bytes();
    let mut changes: Vec<(usize, u8)> = Vec::new();
    for at in memchr_iter(b'\r', bytes) {
        if bytes.get(at + 1) != Some(&b'\n') {
            changes.push((at, b'\n'));
        }
    }
    let mut place = 0;
    while let Some(tab) = memchr(b'\t', &bytes[place..]) {
        let at = place + tab;
        let start = memrchr2(b'\n', b'\r', &bytes[place..at]).map_or(place, |end| place + end + 1);
        let end = memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |length| at + length);
        misread_tabs(&bytes[start..end], |at| changes.push((start + at, b' ')));
        place = end;
    }
    let mut text = Cow::Borrowed(body);
    if !changes.is_empty() {
        let mut edited = body.as_bytes().to_vec();
        for (at, byte) in changes {
            edited[at] = byte;
        }
        // One ASCII byte took the place of another.
        text = String::from_utf8_lossy(&edited).into_owned().into();
    }
    if format == DocumentFormat::Mdx {
        text = mdx::blank(&text, tags).into();
    }
    text
}

/// Finds the tabs of a line that stand after a fence that may close a block, at the end of a heading, or before the
/// number signs that close it.
fn misread_tabs(line: &[u8], mut found: impl FnMut(usize)) {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let is_fence = |byte: &u8| matches!(byte, b'`' | b'~');
    let before = |end: usize, belongs: &dyn Fn(&u8) -> bool| {
        line[..end].iter().rposition(|byte| !belongs(byte)).map_or(0, |last| last + 1)
    };
    let end = before(line.len(), &is_blank);
    let mut blanks = end..line.len();
    let fence = before(end, &is_fence);
    let closes = fence < end && line[..fence].iter().all(|byte| is_blank(byte) || *byte == b'>');
    if !closes {
        let heading = after_markers(line);
        let level = heading.iter().take_while(|byte| **byte == b'#').count();
        if !(1..=6).contains(&level) || !matches!(heading.get(level), None | Some(b'\t'..=b'\r' | b' ')) {
            return;
        }
        let opened = line.len() - heading.len();
        let signs = before(end, &|byte| *byte == b'#');
        blanks.start = if opened < signs && signs < end { before(signs, &is_blank) } else { end };
    }
    for at in blanks {
        if line[at] == b'\t' {
            found(at);
        }
    }
}

/// A line without the marks of containers before its text.
fn after_markers(mut line: &[u8]) -> &[u8] {
    loop {
        let marks = line.iter().take_while(|byte| b" \t>*+-.)0123456789".contains(byte)).count();
        line = &line[marks..];
        let footnote = line.strip_prefix(b"[^").and_then(|label| memchr::memmem::find(label, b"]:"));
        match footnote {
            Some(label) => line = &line[label + 4..],
            None => return line,
        }
    }
}

/// Whether `text` has a line ending within.
pub(super) fn spans_lines(text: &str) -> bool {
    memchr(b'\n', text.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(body: &str) -> String {
        prepare(body, DocumentFormat::Markdown, &mut Vec::new()).into_owned()
    }

    #[test]
    fn only_misread_characters_change() {
        assert_eq!(prepared("a\rb\r\nc"), "a\nb\r\nc");
        assert_eq!(prepared("```\n> ```\t\n"), "```\n> ``` \n");
        assert_eq!(prepared("- # a\t#\t\n"), "- # a # \n");
        assert_eq!(prepared("> [^x]: # a\t\n"), "> [^x]: # a \n");
        assert_eq!(prepared("\t## \n#\t\n"), "\t## \n# \n");
        assert_eq!(prepared("a\t#\n\tb\n`c`\t\n"), "a\t#\n\tb\n`c`\t\n");
    }
}
