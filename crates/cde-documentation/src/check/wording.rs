//! The rules of group `content` that a record can answer: images, link texts and the languages of fences.

use super::origin::as_written;
use super::report::{Remark, Report};
use super::structure::is_log;
use super::target::file_name;
use crate::model::{Document, Link, LinkKind};

/// Fifty minutes of reading.
const MOST_WORDS: u32 = 10_000;
const VAGUE: &[&str] =
    &["here", "click here", "this link", "this page", "link", "more", "read more", "learn more", "more info"];

/// Reports images and links whose text says nothing, and fences without a language. Linear in the records.
pub(super) fn check_wording(document: &Document, report: &mut Report) {
    let judges_links = report.wants("image-without-alt") || report.wants("vague-link-text");
    let written =
        document.links.iter().filter(|link| !matches!(link.kind, LinkKind::Footnote | LinkKind::Html));
    for link in written.filter(|_| judges_links) {
        if link.image {
            if link.text.is_empty() {
                report.add("image-without-alt", remark(&link, "no alternative text".to_owned()));
            }
        } else if is_vague(link.text) {
            let message = format!("'{}' does not say where the link leads", link.text);
            report.add("vague-link-text", remark(&link, message));
        }
    }
    if !report.wants("fence-without-language") {
        return;
    }
    for block in document.code_blocks.iter().filter(|block| block.fenced && block.language.is_none()) {
        report.add(
            "fence-without-language",
            Remark {
                line: block.line,
                column: 1,
                message: "the fence names no language".to_owned(),
                ..Remark::default()
            },
        );
    }
}

/// Reports a document that takes longer to read than people read; not a log of changes, which only grows.
pub(super) fn check_length(document: &Document, report: &mut Report) {
    if document.word_count <= MOST_WORDS || is_log(file_name(document.path.as_bytes())) {
        return;
    }
    report.add(
        "oversized-document",
        Remark {
            line: 1,
            column: 1,
            message: format!(
                "{} words, {} minutes of reading",
                document.word_count, document.metrics.reading_minutes
            ),
            ..Remark::default()
        },
    );
}

fn is_vague(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    VAGUE.iter().any(|vague| text.eq_ignore_ascii_case(vague))
}

fn remark(link: &Link<&str>, message: String) -> Remark {
    Remark {
        line: link.line,
        column: link.column,
        message,
        evidence: as_written(link.target, link.fragment),
        ..Remark::default()
    }
}
