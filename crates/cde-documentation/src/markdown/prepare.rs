//! What is changed in the text before the parser sees it. Nothing changes its place.
//!
//! The parser takes a carriage return for a line ending in some places only, and a tab for no whitespace after a closing
//! fence and around the closing sequence of a heading; the specification takes them for both (`CommonMark` 2.1, 4.2, 4.5).

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

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
    for at in memchr_iter(b'\t', bytes) {
        if is_misread_tab(bytes, at) {
            changes.push((at, b' '));
        }
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

/// Whether the tab at `at` stands after a fence that may close a block, at the end of a heading, or before or after the
/// number signs that close it.
fn is_misread_tab(bytes: &[u8], at: usize) -> bool {
    let blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
    let Some(before) = bytes[..at].iter().rposition(|byte| !matches!(byte, b' ' | b'\t')) else {
        return false;
    };
    let rest = &bytes[at + 1..];
    let skipped = rest.iter().take_while(blank).count();
    let signs = rest[skipped..].iter().take_while(|byte| **byte == b'#').count();
    let after = skipped + signs;
    let after = after + rest[after..].iter().take_while(blank).count();
    if !matches!(rest.get(after), None | Some(b'\n' | b'\r')) {
        return false;
    }
    let line = bytes[..at].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1);
    if before < line {
        return false;
    }
    let line = &bytes[line..at];
    let is_fence = |byte: &u8| matches!(byte, b'`' | b'~');
    if signs == 0 && is_fence(&bytes[before]) {
        let prefix = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
        if line[prefix..].iter().all(|byte| is_fence(byte) || blank(&byte)) {
            return true;
        }
    }
    after_markers(line).first() == Some(&b'#')
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
        assert_eq!(prepared("a\t#\n\tb\n`c`\t\n"), "a\t#\n\tb\n`c`\t\n");
    }
}
