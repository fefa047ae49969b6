//! Keeps what the recognisers of a line-based format find, as records.

use crate::markdown::links::{MAX_LINK_TEXT, first_characters, is_internal, split_fragment};
use crate::markdown::{Body, headings};
use crate::metrics::{count_todos, count_words};
use crate::model::{Anchor, AnchorKind, CodeBlock, Directive, Heading, InlineCode, Link, LinkKind};
use crate::source::{LineIndex, offset};
use crate::texts::Span;

/// A link as it is found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewLink<'a> {
    pub(crate) kind: LinkKind,
    pub(crate) text: &'a str,
    /// Target and fragment together.
    pub(crate) destination: &'a str,
    pub(crate) image: bool,
    pub(crate) label: Option<&'a str>,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A code block as it is found. Lines count from 1 in the document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewCode<'a> {
    pub(crate) language: Option<&'a str>,
    pub(crate) info: &'a str,
    pub(crate) start: u32,
    pub(crate) last_line: u32,
    pub(crate) line_count: u32,
    pub(crate) fenced: bool,
    pub(crate) closed: bool,
}

/// The records of one body.
#[derive(Debug)]
pub(crate) struct Recorder<'a, 's> {
    pub(crate) text: &'a str,
    pub(crate) lines: &'s mut LineIndex,
    pub(crate) out: Body,
}

impl Recorder<'_, '_> {
    /// A heading begins at `start`; its text follows.
    pub(crate) fn open_heading(&mut self, level: u8, start: u32) {
        let (line, column) = self.lines.position(self.text, start);
        self.out.section_words.push(self.out.words);
        self.out.headings.push(Heading {
            level,
            text: Span::default(),
            slug: Span::default(),
            explicit_id: None,
            line,
            column,
            end_line: line,
            start,
            section_end: start,
            parent: None,
        });
    }

    /// The rendered text of the heading that was opened last.
    pub(crate) fn heading_text(&mut self, text: &str, explicit_id: Option<&str>) {
        let text = self.out.texts.add(&collapsed(text));
        let explicit_id = explicit_id.map(|id| self.out.texts.add(id));
        if let Some(heading) = self.out.headings.last_mut() {
            heading.text = text;
            heading.explicit_id = explicit_id;
        }
    }

    /// Adds a link and gives its index.
    pub(crate) fn link(&mut self, new: NewLink<'_>) -> usize {
        let (line, column) = self.lines.position(self.text, new.start);
        let text = collapsed(new.text);
        let text = self.out.texts.add(first_characters(&text, MAX_LINK_TEXT));
        let label = new.label.map(|label| self.out.texts.add(label));
        let section = self.out.headings.len().checked_sub(1).map(offset);
        self.out.links.push(Link {
            kind: new.kind,
            text,
            target: Span::default(),
            fragment: None,
            title: None,
            line,
            column,
            image: new.image,
            internal: true,
            label,
            section,
            start: new.start,
            end: new.end,
        });
        let index = self.out.links.len() - 1;
        self.set_destination(index, new.destination);
        index
    }

    /// Says where a link leads.
    pub(crate) fn set_destination(&mut self, index: usize, destination: &str) {
        let (target, fragment) = split_fragment(destination);
        let internal = is_internal(destination);
        let target = self.out.texts.add(&target);
        let fragment = fragment.map(|fragment| self.out.texts.add(&fragment));
        if let Some(link) = self.out.links.get_mut(index) {
            (link.target, link.fragment, link.internal) = (target, fragment, internal);
        }
    }

    /// Adds an anchor.
    pub(crate) fn anchor(&mut self, id: &str, kind: AnchorKind, at: u32) {
        if !id.is_empty() {
            let line = self.lines.line(at);
            self.out.anchors.push(Anchor { id: id.into(), kind, line });
        }
    }

    /// Adds a code block.
    pub(crate) fn code(&mut self, new: NewCode<'_>) {
        let line = self.lines.line(new.start);
        let end = self.lines.line_end(self.text, new.last_line);
        let language = new.language.filter(|language| !language.is_empty());
        self.out.code_blocks.push(CodeBlock {
            language: language.map(|language| self.out.texts.add(language)),
            info: self.out.texts.add(new.info),
            line,
            line_count: new.line_count,
            fenced: new.fenced,
            closed: new.closed,
            start: new.start,
            end,
        });
        self.out.code_lines.0 += self.lines.filled(line, new.last_line);
        self.out.code_lines.1 += new.line_count;
    }

    /// Adds a code span.
    pub(crate) fn inline_code(&mut self, text: &str, at: u32) {
        let (line, column) = self.lines.position(self.text, at);
        let text = self.out.texts.add(&collapsed(text));
        self.out.inline_code.push(InlineCode { text, line, column });
    }

    /// Counts rendered text.
    pub(crate) fn rendered(&mut self, text: &str) {
        self.out.words += count_words(text);
        self.out.todos += count_todos(text);
    }

    /// Adds a comment addressed to CDE, if `comment` is one.
    pub(crate) fn comment(&mut self, comment: &str, at: u32) {
        if let Some((name, arguments)) = crate::html::read_directive(comment) {
            let line = self.lines.line(at);
            self.out.directives.push(Directive { name, arguments, line });
        }
    }

    /// All records; `slug` names the headings in their order.
    pub(crate) fn finish(mut self, slug: impl FnMut(&str) -> String) -> Body {
        self.out.links.sort_by_key(|link| link.start);
        headings::finish(&mut self.out, false, slug, self.lines);
        self.out
    }
}

/// `text` trimmed, with one space for each run of ASCII whitespace.
pub(crate) fn collapsed(text: &str) -> String {
    let words: Vec<&str> =
        text.split(crate::markdown::links::is_blank).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
