//! Rendered text: words, notes, bare addresses, wiki links, and the text of headings.

use std::ops::Range;

use super::extract::Extractor;
use super::headings::explicit_id;
use super::links::{MAX_LINK_TEXT, first_characters};
use crate::bare_urls::BareUrls;
use crate::metrics::{count_todos, count_words};
use crate::model::{Anchor, AnchorKind, LinkKind};

impl Extractor<'_, '_> {
    /// Rendered text that does not stand in the file as it is.
    pub(super) fn inline_text(&mut self, text: &str) {
        self.end_run();
        self.last_chunk_end = 0;
        self.words.feed(text);
        if self.in_heading || !self.open_links.is_empty() {
            self.rendered.push_str(text);
        }
    }

    pub(super) fn chunk(&mut self, text: &str, range: Range<usize>) {
        // What is resolved from an entity lies elsewhere in memory, even if it has the same length.
        let verbatim =
            std::ptr::eq(text.as_ptr(), self.body[range.start..].as_ptr()) && text.len() == range.len();
        if !verbatim {
            self.inline_text(text);
            return;
        }
        if self.run.end != range.start {
            self.end_run();
            self.run.start = range.start;
        }
        self.run.end = range.end;
        self.words.feed(text);
        if self.in_heading {
            self.chunks.push((self.rendered.len(), range.start));
            self.last_chunk_end = range.end;
        }
        if self.in_heading || !self.open_links.is_empty() {
            self.rendered.push_str(text);
        }
    }

    /// Looks for addresses, wiki links and notes in the verbatim stretch that ends here.
    pub(super) fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.is_empty() {
            return;
        }
        let body = self.body;
        if self.holds.notes {
            self.out.todos += count_todos(&body[run.clone()]);
        }
        if !self.open_links.is_empty() {
            return;
        }
        let mut low = run.start;
        if self.holds.wiki_links {
            let mut place = run.start;
            while let Some(wiki) = Wiki::find(&body[..run.end], place) {
                self.urls(low..wiki.start);
                low = wiki.end;
                place = wiki.end;
                let image = wiki.start > run.start && body.as_bytes()[wiki.start - 1] == b'!';
                let start = wiki.start - usize::from(image);
                self.link(LinkKind::Wiki, ("", trimmed(wiki.target)), None, image, None, start..wiki.end);
                self.set_text(trimmed(first_characters(wiki.text, MAX_LINK_TEXT)));
            }
        }
        self.urls(low..run.end);
    }

    pub(super) fn urls(&mut self, range: Range<usize>) {
        if self.in_anchor {
            return;
        }
        let body = self.body;
        for url in BareUrls::new(&body[range.clone()]) {
            let found = range.start + url.start..range.start + url.end;
            let shown = &body[found.clone()];
            self.link(LinkKind::Bare, (url.prefix, shown), None, false, None, found);
            self.set_text(first_characters(shown, MAX_LINK_TEXT));
        }
    }

    /// Gives the link recorded last its text.
    fn set_text(&mut self, text: &str) {
        if let Some(link) = self.out.links.last_mut() {
            link.text = self.out.texts.add(text);
        }
    }

    pub(super) fn close_heading(&mut self) {
        self.in_heading = false;
        let Some(heading) = self.out.headings.last_mut() else { return };
        let mut text: &str = self.rendered;
        let end = self.last_chunk_end;
        if text.ends_with('}') && end > 0 {
            let start = heading.start as usize - self.base as usize;
            let line = self.body[start..end].rfind('\n').map_or(start, |found| start + found + 1);
            if let Some((id, opened)) = explicit_id(&self.body[line..end]) {
                heading.explicit_id = Some(self.out.texts.add(id));
                let line_number = heading.line;
                let opened = line + opened;
                let known = self.chunks.iter().rfind(|(_, place)| *place <= opened);
                let cut = known.map_or(0, |(at, place)| at + opened - place);
                text = &self.rendered[..cut.min(self.rendered.len())];
                self.words.count -= count_words(self.rendered) - count_words(text);
                self.out.anchors.push(Anchor {
                    id: id.into(),
                    kind: AnchorKind::Explicit,
                    line: line_number,
                });
            }
        }
        heading.text = self.out.texts.add(trimmed(text));
        heading.slug = heading.text;
        // What the slug is made of: an image has no text, the blank beside it counts, and attributes are no part of it.
        if heading.explicit_id.is_none()
            && (trimmed(text).len() < text.len() || !self.alternatives.is_empty())
        {
            let mut shown = String::with_capacity(text.len());
            let mut from = 0;
            for alternative in &self.alternatives {
                shown.push_str(&text[from..alternative.start]);
                from = alternative.end;
            }
            shown.push_str(&text[from..]);
            heading.slug = self.out.texts.add(&shown);
        }
    }
}

/// `text` without ASCII whitespace around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(['\t', '\n', '\u{b}', '\u{c}', '\r', ' '])
}

/// A wiki link in a stretch of text.
struct Wiki<'a> {
    start: usize,
    end: usize,
    target: &'a str,
    text: &'a str,
}

impl<'a> Wiki<'a> {
    /// The first one in `text` from `place` on.
    fn find(text: &'a str, mut place: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        loop {
            let start = place + memchr::memmem::find(&bytes[place..], b"[[")?;
            place = start + 1;
            let inner = start + 2;
            let length = bytes[inner..].iter().position(|byte| matches!(byte, b'[' | b']' | b'\n'))?;
            let end = inner + length;
            if !bytes[end..].starts_with(b"]]") {
                continue;
            }
            let (target, shown) = match text[inner..end].split_once('|') {
                Some((target, shown)) => (target, shown),
                None => (&text[inner..end], &text[inner..end]),
            };
            if !target.is_empty() {
                return Some(Self { start, end: end + 2, target, text: shown });
            }
        }
    }
}
