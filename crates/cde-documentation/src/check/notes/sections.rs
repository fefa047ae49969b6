//! Sections without anything in them.

use super::page::Page;
use crate::check::report::Remark;
use crate::check::structure::{is_log, written};

/// Notes headings that nothing follows but the end or a heading of the same or a higher level.
///
/// Logs of changes and templates have such sections by design, and a page of a title alone is not written yet.
pub(super) fn note(page: &Page<'_>, remarks: &mut Vec<(&'static str, Remark)>) {
    let path = page.document.path.as_bytes().to_ascii_lowercase();
    let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or(&path);
    if page.document.headings.len() == 1 || is_log(name) || memchr::memmem::find(&path, b"template").is_some()
    {
        return;
    }
    let mut headings = page.document.headings.iter().peekable();
    while let Some(heading) = headings.next() {
        let next = headings.peek();
        let is_parent = next.is_some_and(|next| next.level > heading.level);
        let text = heading.text.to_ascii_lowercase();
        if is_parent || text.is_empty() || text.contains("unreleased") {
            continue;
        }
        let first = behind_heading(page, heading.line);
        let last = next.map_or(page.line_count() + 1, |next| next.line);
        let is_blank =
            |line: u32| page.line(line).bytes().all(|byte| matches!(byte, b' ' | b'\t' | 0x0b | 0x0c));
        if (first..last).all(is_blank) {
            let remark = Remark {
                line: heading.line,
                column: heading.column,
                message: "nothing stands below this heading".to_owned(),
                evidence: written(page.document.format, &heading),
                ..Remark::default()
            };
            remarks.push(("empty-section", remark));
        }
    }
}

/// The line behind a heading: one below `#`, or below the underline of a setext heading (`CommonMark`, section 4.3).
fn behind_heading(page: &Page<'_>, line: u32) -> u32 {
    let content = |line: u32| page.line(line).trim_matches([' ', '\t', '>']);
    if content(line).starts_with('#') {
        return line + 1;
    }
    let is_underline = |line: &u32| {
        let text = content(*line);
        !text.is_empty() && (text.bytes().all(|byte| byte == b'=') || text.bytes().all(|byte| byte == b'-'))
    };
    (line + 1..=page.line_count())
        .take(LONGEST_HEADING)
        .find(is_underline)
        .map_or(line + 1, |underline| underline + 1)
}

/// Lines of the longest heading that is looked at.
const LONGEST_HEADING: usize = 100;
