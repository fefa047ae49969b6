//! Links, and references that nothing defines.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::Body;
use super::extract::Extractor;
use super::links::{first_characters, fold_label, is_internal, join_source_lines, tidy_title};
use crate::model::{DefinitionKind, Link, LinkKind, UndefinedReference};
use crate::source::{LineIndex, offset};
use crate::texts::Span;

/// How much of an undefined reference's text is kept, in code points.
const MAX_QUOTED: usize = 200;

/// A reference that nothing defines, as the parser reports it.
pub(super) struct Broken {
    pub(super) span: Range<usize>,
    pub(super) collapsed: bool,
    pub(super) label: Box<str>,
}

impl Extractor<'_, '_> {
    pub(super) fn open_link(
        &mut self,
        link_type: LinkType,
        destination: &str,
        title: &str,
        id: &str,
        image: bool,
        mut range: Range<usize>,
    ) {
        let kind = match link_type {
            LinkType::Reference | LinkType::ReferenceUnknown => LinkKind::Reference,
            LinkType::Collapsed | LinkType::CollapsedUnknown => LinkKind::Collapsed,
            LinkType::Shortcut | LinkType::ShortcutUnknown => LinkKind::Shortcut,
            LinkType::Autolink | LinkType::Email => LinkKind::Autolink,
            LinkType::Inline | LinkType::WikiLink { .. } => LinkKind::Inline,
        };
        let mut label = None;
        if matches!(kind, LinkKind::Reference | LinkKind::Collapsed | LinkKind::Shortcut) {
            let folded = fold_label(id);
            self.used.insert((DefinitionKind::Link, folded.clone()));
            label = Some(self.out.texts.add(&folded));
        }
        if kind == LinkKind::Collapsed {
            // The parser's range leaves the empty label out.
            let rest = &self.body[range.end..];
            range.end += if rest.starts_with("\\[]") { 3 } else { 2 };
        }
        if self.open_links.is_empty() && !self.in_heading {
            self.rendered.clear();
        }
        self.open_links.push((self.out.links.len(), self.rendered.len()));
        let title = tidy_title(title).map(|title| self.out.texts.add(&title));
        let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
        self.link(kind, (scheme, destination), title, image, label, range);
    }

    /// Records a link; its destination is given in two parts.
    pub(super) fn link(
        &mut self,
        kind: LinkKind,
        destination: (&str, &str),
        title: Option<Span>,
        image: bool,
        label: Option<Span>,
        range: Range<usize>,
    ) {
        let section = self.out.headings.len().checked_sub(1).map(offset);
        let range = self.base + offset(range.start)..self.base + offset(range.end);
        push_link(
            &mut self.out,
            self.lines,
            self.text,
            kind,
            destination,
            title,
            image,
            label,
            section,
            range,
        );
    }

    pub(super) fn broken(&mut self, found: &Broken) {
        let bytes = self.body.as_bytes();
        let before = found.span.start.checked_sub(1).map(|at| bytes[at]);
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_])".contains(&byte)) {
            return;
        }
        let start = found.span.start + 1 + usize::from(bytes[found.span.start] == b'!');
        let mut end = found.span.end - 1;
        if !found.collapsed {
            while end > start && !opens_label(bytes, end - 1, start) {
                end -= 1;
            }
            end -= 1;
            while end > start && bytes[end - 1] != b']' {
                end -= 1;
            }
            end -= 1;
        }
        let (line, column) = self.lines.position(self.text, self.base + offset(found.span.start));
        let raw = &self.body[start..end.max(start)];
        let text = if self.tables > 0 {
            // In a table a backslash before a pipe is not part of the text.
            first_characters(&first_characters(raw, 2 * MAX_QUOTED).replace("\\|", "|"), MAX_QUOTED).into()
        } else {
            join_source_lines(raw, MAX_QUOTED).into()
        };
        self.out.undefined_references.push(UndefinedReference {
            label: fold_label(&found.label),
            text,
            line,
            column,
        });
    }
}

/// Whether the label of a reference opens at `at`; the parser allows a backslash between its two pairs of brackets.
fn opens_label(bytes: &[u8], at: usize, low: usize) -> bool {
    let after_backslash =
        at >= low + 2 && &bytes[at - 2..at] == b"]\\" && escapes_before(bytes, at - 2, low) == 0;
    bytes[at] == b'[' && (after_backslash || escapes_before(bytes, at, low) == 0)
}

fn escapes_before(bytes: &[u8], at: usize, low: usize) -> usize {
    bytes[low..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2
}

#[expect(clippy::too_many_arguments, reason = "one field of the record each")]
pub(super) fn push_link(
    out: &mut Body,
    lines: &mut LineIndex,
    text: &str,
    kind: LinkKind,
    (scheme, destination): (&str, &str),
    title: Option<Span>,
    image: bool,
    label: Option<Span>,
    section: Option<u32>,
    range: Range<u32>,
) {
    let (line, column) = lines.position(text, range.start);
    let mark = memchr::memchr(b'#', destination.as_bytes());
    let target = out.texts.add_joined(scheme, &destination[..mark.unwrap_or(destination.len())]);
    let fragment = mark.map(|mark| out.texts.add(&destination[mark + 1..]));
    out.links.push(Link {
        kind,
        text: Span::default(),
        target,
        fragment,
        title,
        line,
        column,
        image,
        internal: scheme.is_empty() && is_internal(destination),
        label,
        section,
        start: range.start,
        end: range.end,
    });
}
