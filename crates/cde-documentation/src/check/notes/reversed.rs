//! Links with text and target exchanged: `(text)[target]`.

use super::page::Page;
use crate::check::finding::Fix;
use crate::check::origin::shown;
use crate::check::report::Remark;
use crate::hash::Set;
use crate::source::offset;

/// How long a text and a target may be.
const LONGEST: usize = 300;

/// Notes `(text)[target]` where the target reads as an address or a path, and is no label of a definition.
pub(super) fn note(page: &mut Page<'_>, remarks: &mut Vec<(&'static str, Remark)>) {
    let text = page.text;
    let bytes = text.as_bytes();
    let encoding = &page.document.encoding;
    // Elsewhere a place in the text is none in the file.
    let is_exact = encoding.name == "utf-8" && encoding.invalid_bytes == 0;
    let mut labels: Option<Set<String>> = None;
    for middle in memchr::memmem::find_iter(bytes, b")[") {
        let Some((start, label)) = text_before(text, middle) else { continue };
        let Some(target) = target_behind(text, middle + 2) else { continue };
        let end = middle + 2 + target.len() + 1;
        let is_continued = matches!(bytes.get(end), Some(b'(' | b'[' | b':'));
        if is_continued || !reads_as_target(target) {
            continue;
        }
        let (line, column) = page.place(start);
        let labels = labels.get_or_insert_with(|| {
            page.document.definitions.iter().map(|known| known.label.to_ascii_lowercase()).collect()
        });
        if labels.contains(&target.to_ascii_lowercase())
            || page.is_code(line, column)
            || page.is_front_matter(line)
        {
            continue;
        }
        let replacement = format!("[{label}]({target})");
        let remark = Remark {
            line,
            column,
            message: "text and target are exchanged, so this is no link".to_owned(),
            evidence: shown(&bytes[start..end]),
            suggestion: Some(replacement.clone()),
            fix: is_exact.then(|| Fix { start: offset(start), end: offset(end), replacement }),
            ..Remark::default()
        };
        remarks.push(("reversed-link", remark));
    }
}

/// The text in the parentheses that close at `end`, and where they open.
fn text_before(text: &str, end: usize) -> Option<(usize, &str)> {
    let bytes = text.as_bytes();
    let reach = end.saturating_sub(LONGEST);
    let opening = memchr::memrchr(b'(', &bytes[reach..end])? + reach;
    let label = text.get(opening + 1..end)?;
    let is_plain = !label.trim_matches([' ', '\t']).is_empty()
        && !label.bytes().any(|byte| matches!(byte, b')' | b'[' | b']' | b'\n' | b'\r'));
    let before = opening.checked_sub(1).and_then(|index| bytes.get(index));
    let stands_alone = before
        .is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"]_)!\\`".contains(byte));
    (is_plain && stands_alone).then_some((opening, label))
}

fn target_behind(text: &str, start: usize) -> Option<&str> {
    let bytes = text.as_bytes();
    let reach = bytes.len().min(start + LONGEST);
    let length = memchr::memchr(b']', &bytes[start..reach])?;
    text.get(start..start + length)
}

fn reads_as_target(target: &str) -> bool {
    let is_plain =
        !target.bytes().any(|byte| byte <= b' ' || matches!(byte, b'(' | b')' | b'[' | b'<' | b'>' | b'`'));
    let begins = ["https://", "http://", "./", "../", "#"].iter().any(|start| {
        target.len() > start.len()
            && target.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    });
    let ends = [".md", ".mdx", ".html"].iter().any(|end| target.len() > end.len() && target.ends_with(end));
    is_plain && (begins || ends)
}
