//! HTML blocks, inline HTML and JSX tags to links, anchors and directives.

use std::ops::Range;

use super::extract::Extractor;
use super::links::{MAX_LINK_TEXT, first_characters, join_source_lines};
use super::prepare::spans_lines;
use super::references::push_link;
use super::text::trimmed;
use super::{Body, Scratch};
use crate::html::{Attributes, HtmlItem, HtmlItems, parse_directive};
use crate::mdx::JsxTag;
use crate::metrics::count_todos;
use crate::model::{Anchor, AnchorKind, Directive, LinkKind};
use crate::source::{LineIndex, offset};

/// Records blanked JSX tags, whose places are in bytes of the body.
pub(super) fn record_jsx(tags: &[JsxTag], text: &str, base: u32, body: &mut Body, scratch: &mut Scratch) {
    for tag in tags {
        let start = base + offset(tag.start);
        let section = body.headings.partition_point(|heading| heading.start <= start).checked_sub(1);
        let mut sink = HtmlSink { text, out: body, lines: &mut scratch.lines, section: section.map(offset) };
        sink.tag(&tag.name, start..base + offset(tag.end), &tag.attributes);
    }
    body.links.sort_by_key(|link| link.start);
    body.anchors.sort_by_key(|anchor| anchor.line);
}

/// The HTML block that is being read.
#[derive(Default)]
pub(super) struct HtmlBlock {
    pub(super) open: bool,
    pub(super) range: Range<usize>,
    /// The text, once its lines do not follow each other in the file.
    pub(super) joined: Option<String>,
    /// Where pieces of the joined text begin in it and in the body.
    pub(super) pieces: Vec<(usize, usize)>,
}

impl Extractor<'_, '_> {
    pub(super) fn html_line(&mut self, html: &str, range: Range<usize>) {
        let state = &mut self.html;
        if state.joined.is_none() && state.range.end == range.start && html.len() == range.len() {
            state.range.end = range.end;
            return;
        }
        let mut joined = state.joined.take().unwrap_or_else(|| {
            state.pieces.push((0, state.range.start));
            self.body[state.range.clone()].to_owned()
        });
        state.pieces.push((joined.len(), range.start));
        joined.push_str(html);
        state.joined = Some(joined);
    }

    pub(super) fn close_html(&mut self) {
        let mut state = std::mem::take(&mut self.html);
        self.definitions.event(self.body, state.range.start, state.range.end);
        let section = self.out.headings.len().checked_sub(1).map(offset);
        let text = state.joined.as_deref().unwrap_or(&self.body[state.range.clone()]);
        let mut sink = HtmlSink { text: self.text, out: &mut self.out, lines: self.lines, section };
        let (base, start) = (self.base as usize, state.range.start);
        let place = |at: usize| {
            let piece = state.pieces.partition_point(|(from, _)| *from <= at).checked_sub(1);
            let found = piece.map_or(start + at, |index| state.pieces[index].1 + at - state.pieces[index].0);
            offset(base + found)
        };
        for item in HtmlItems::new(text) {
            match item {
                HtmlItem::Tag { name, start, end, attributes } => {
                    sink.tag(name, place(start)..place(end - 1) + 1, &attributes);
                }
                HtmlItem::Comment { start, text } => sink.comment(text, place(start)),
            }
        }
        state.pieces.clear();
        self.html.pieces = state.pieces;
    }

    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        self.last_chunk_end = 0;
        let bytes = html.as_bytes();
        let section = self.out.headings.len().checked_sub(1).map(offset);
        let mut sink = HtmlSink { text: self.text, out: &mut self.out, lines: self.lines, section };
        let whole = self.base + offset(range.start)..self.base + offset(range.end);
        for item in HtmlItems::new(html) {
            match item {
                HtmlItem::Tag { name, attributes, .. } => sink.tag(name, whole.clone(), &attributes),
                HtmlItem::Comment { text, .. } if self.quotes > 0 && spans_lines(text) => {
                    sink.comment(&join_source_lines(text, usize::MAX), whole.start);
                }
                HtmlItem::Comment { text, .. } => sink.comment(text, whole.start),
            }
        }
        if bytes.len() > 2
            && bytes[1].eq_ignore_ascii_case(&b'a')
            && matches!(bytes[2], b' ' | b'\t' | b'\r' | b'\n' | b'>')
        {
            self.in_anchor = true;
        } else if bytes.len() > 2 && bytes[1] == b'/' && bytes[2].eq_ignore_ascii_case(&b'a') {
            self.in_anchor = false;
        }
    }
}

/// Where the records of HTML go.
struct HtmlSink<'a> {
    text: &'a str,
    out: &'a mut Body,
    lines: &'a mut LineIndex,
    section: Option<u32>,
}

/// Where `name` makes an anchor: by the standard on `a` alone, on hosted pages on headings and text as well.
const NAMED: [&str; 10] = ["a", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span"];

impl HtmlSink<'_> {
    fn tag(&mut self, name: &str, range: Range<u32>, attributes: &Attributes<'_>) {
        if attributes.is_empty() {
            return;
        }
        let is = |one: &str| name.eq_ignore_ascii_case(one);
        let title = attributes.get("title").filter(|title| !title.is_empty());
        let mut push = |destination: &str, image: bool, text: &str| {
            let title = title.map(|title| self.out.texts.add(title));
            let (out, lines, kind) = (&mut *self.out, &mut *self.lines, LinkKind::Html);
            let destination = ("", destination);
            push_link(
                out,
                lines,
                self.text,
                kind,
                destination,
                title,
                image,
                None,
                self.section,
                range.clone(),
            );
            if let Some(link) = out.links.last_mut() {
                link.text = out.texts.add(text);
            }
        };
        if let Some(href) = attributes.get("href").filter(|_| !is("link") && !is("base")) {
            push(href, false, "");
        }
        if let Some(src) = attributes.get("src").filter(|_| !is("script")) {
            let image = is("img") || is("image");
            let alt = attributes.get("alt").filter(|_| image).unwrap_or_default();
            push(src, image, trimmed(first_characters(alt, MAX_LINK_TEXT)));
        }
        let id = attributes.get("id").unwrap_or_default();
        let is_named = NAMED.iter().any(|one| is(one));
        let name = attributes.get("name").filter(|value| is_named && *value != id).unwrap_or_default();
        for anchor in [id, name].into_iter().filter(|anchor| !anchor.is_empty()) {
            let line = self.lines.line(range.start);
            self.out.anchors.push(Anchor { id: anchor.into(), kind: AnchorKind::Html, line });
        }
    }

    fn comment(&mut self, comment: &str, start: u32) {
        self.out.todos += count_todos(comment);
        if let Some((name, arguments)) = parse_directive(comment) {
            let line = self.lines.line(start);
            self.out.directives.push(Directive { name, arguments, line });
        }
    }
}
