//! The rules of group `structure`: titles, headings and what was left open.

use cde_core::Value;
use cde_filesystem::Tree;

use super::content::unchanged_content;
use super::formats::{is_markdown, title_mark};
use super::report::{Remark, Report};
use super::target::file_name;
use crate::hash::Map;
use crate::model::{Document, Heading};

/// Folders of parts that others include; what includes them has the title.
const PARTS: &[&[u8]] =
    &[b"includes", b"_includes", b"partials", b"_partials", b"snippets", b"templates", b"_templates"];
const LOGS: &[&[u8]] = &[b"change", b"history", b"news", b"release"];

/// Reports fences that are never closed, and what a reader of the outline would miss. Linear in the headings.
pub(super) fn check_structure(tree: &Tree, document: &Document, report: &mut Report) {
    if document.format == "text" {
        return;
    }
    for block in document.code_blocks.iter().filter(|block| !block.closed) {
        report.add(
            "unclosed-fence",
            Remark {
                line: block.line,
                column: 1,
                message: "no closing fence follows".to_owned(),
                evidence: block.info.to_owned(),
                ..Remark::default()
            },
        );
    }
    if is_markdown(document.format) {
        check_title(tree, document, report);
    }
    check_levels(document, report);
    // What the second of two equal titles is called in reStructuredText is left to the program.
    if document.format != "restructuredtext" {
        check_repeated(document, report);
    }
}

fn check_title(tree: &Tree, document: &Document, report: &mut Report) {
    let path = document.path.as_bytes();
    let name = file_name(path);
    if !document.headings.is_empty() || document.title.is_some() {
        if !report.wants("several-titles") {
            return;
        }
        let mut titles = document.headings.iter().filter(|heading| heading.level == 1);
        if let (Some(first), Some(second)) = (titles.next(), titles.next())
            && !is_log(name)
        {
            let message = format!("line {} has a heading of level 1 before", first.line);
            report.add("several-titles", remark(document, &second, message));
        }
        return;
    }
    if document.word_count == 0 || is_part(path) || is_for_program(document) || !report.wants("no-title") {
        return;
    }
    if unchanged_content(tree, document).is_some_and(|content| !has_html_heading(&content)) {
        report.add(
            "no-title",
            Remark {
                line: 1,
                column: 1,
                message: "no heading, and no 'title' in the front matter".to_owned(),
                ..Remark::default()
            },
        );
    }
}

/// Whether a program rather than a reader looks for the document: in a hidden folder, or by the name in its front matter.
fn is_for_program(document: &Document) -> bool {
    let path = document.path.as_bytes();
    let folders = &path[..path.len() - file_name(path).len()];
    let data = document.front_matter.as_ref().and_then(|front_matter| front_matter.data.as_ref());
    let is_named = || data.is_some_and(|data| data.unpack().get("name").and_then(Value::as_text).is_some());
    folders.split(|byte| *byte == b'/').any(|folder| folder.starts_with(b".")) || is_named()
}

/// Whether others take in the document at `path`, as its name or a folder says.
pub(super) fn is_part(path: &[u8]) -> bool {
    let name = file_name(path);
    let folders = path[..path.len() - name.len()].split(|byte| *byte == b'/');
    name.starts_with(b"_")
        || folders.into_iter().any(|folder| PARTS.iter().any(|part| folder.eq_ignore_ascii_case(part)))
}

pub(super) fn is_log(name: &[u8]) -> bool {
    LOGS.iter().any(|log| name.get(..log.len()).is_some_and(|start| start.eq_ignore_ascii_case(log)))
}

fn has_html_heading(content: &[u8]) -> bool {
    memchr::memchr_iter(b'<', content).any(|start| {
        matches!(
            content.get(start + 1..start + 4),
            Some([b'h' | b'H', b'1'..=b'6', b' ' | b'\t' | b'\r' | b'\n' | b'>'])
        )
    })
}

fn check_levels(document: &Document, report: &mut Report) {
    if !report.wants("skipped-level") {
        return;
    }
    let mut before: Option<u8> = None;
    for heading in document.headings.iter() {
        if let Some(level) = before.filter(|level| heading.level > level + 1) {
            let message = format!("level {} follows level {level}", heading.level);
            report.add("skipped-level", remark(document, &heading, message));
        }
        before = Some(heading.level);
    }
}

fn check_repeated(document: &Document, report: &mut Report) {
    if !report.wants("colliding-slug") {
        return;
    }
    let mut seen: Map<(Option<u32>, &str), u32> = Map::default();
    for heading in document.headings.iter() {
        if heading.text.is_empty() || heading.explicit_id.is_some() {
            continue;
        }
        let line = *seen.entry((heading.parent, heading.text)).or_insert(heading.line);
        if line != heading.line {
            let message =
                format!("line {line} has the same heading, so the anchor here is '{}'", heading.slug);
            report.add("colliding-slug", remark(document, &heading, message));
        }
    }
}

fn remark(document: &Document, heading: &Heading<&str>, message: String) -> Remark {
    Remark {
        line: heading.line,
        column: heading.column,
        message,
        evidence: written(document.format, heading),
        ..Remark::default()
    }
}

/// A heading as it is mostly written.
pub(super) fn written(format: &str, heading: &Heading<&str>) -> String {
    format!("{} {}", title_mark(format, heading.level), heading.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_html() {
        assert!(has_html_heading(b"<p><h1 align='center'>A</h1>") && has_html_heading(b"<H6>"));
        assert!(!has_html_heading(b"<hr> <h7> <header> a < h1 <h1"));
    }

    #[test]
    fn logs_by_name() {
        assert!(is_log(b"CHANGELOG.md") && is_log(b"release-notes.md"));
        assert!(!is_log(b"new.md") && !is_log(b"unchanged.md"));
    }
}
