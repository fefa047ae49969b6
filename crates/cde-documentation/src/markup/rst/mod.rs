//! reStructuredText: sections, links, targets, directives and code by their lines.
//!
//! The twin of the Python engine's `markup.rst` package. Rules are those of docutils as far as lines tell them; what it
//! reports as an error (a title in a list, an underline of a style that skips a level) is no section here either.
//!
//! - Levels follow the order in which the styles of adornment appear. A slug is the id that docutils makes of the title.
//! - A link of kind `wiki` names a document or a file as Sphinx does (`:doc:`, `:download:`, `toctree`, `include`), and
//!   one of kind `reference` or `collapsed` a target of the document (`` `text <name_>`_ ``, `name_`).
//! - What a directive that is not known here holds counts as text.

mod directives;
mod explicit;
mod inline;
mod names;
mod phrases;
mod starts;
mod tables;

use super::joined::Joined;
use super::lines::{self, Line};
use super::recorder::{NewCode, Recorder};
use crate::markdown::{Body, Scratch};
use names::Names;

/// How many items may begin on one line.
const MOST_MARKERS: u32 = 64;

/// Reads the document `text`, whose lines `scratch` must have read. O(length).
pub(crate) fn parse(text: &str, scratch: &mut Scratch) -> Body {
    let lines = lines::read(text, 1, &scratch.lines);
    let recorder = Recorder { text, lines: &mut scratch.lines, out: Body::default() };
    let mut rst = Rst {
        text,
        lines,
        recorder,
        names: Names::default(),
        joined: Joined::default(),
        styles: Vec::new(),
        level: 0,
        quiet: None,
    };
    let mut line = 0;
    while line < rst.lines.len() {
        line = if rst.lines[line].is_blank() { line + 1 } else { rst.block(line) };
    }
    rst.names.resolve(&mut rst.recorder);
    let mut ids = rst.names.section_ids.into_iter();
    rst.recorder.finish(|_| ids.next().unwrap_or_default())
}

/// What is known while the lines go by. Lines count from 0.
struct Rst<'a, 's> {
    text: &'a str,
    lines: Vec<Line>,
    recorder: Recorder<'a, 's>,
    names: Names,
    joined: Joined,
    /// The adornments of each level: the overline's sign, if there is one, and the underline's.
    styles: Vec<(Option<u8>, u8)>,
    /// Of the section that is open.
    level: usize,
    /// The indentation of a directive that is not known, while its content goes by: references in it may be none.
    quiet: Option<u32>,
}

impl<'a> Rst<'a, '_> {
    /// The content of a line; empty beyond the last.
    fn content(&self, line: usize) -> &'a str {
        self.lines.get(line).map_or("", |line| self.slice(line.start, line.end))
    }

    fn slice(&self, start: u32, end: u32) -> &'a str {
        &self.text[start as usize..end as usize]
    }

    fn is_blank(&self, line: usize) -> bool {
        self.lines.get(line).is_none_or(Line::is_blank)
    }

    /// The first line from `line` on with content that is indented by no more than `indent`.
    fn end_of_indented(&self, mut line: usize, indent: u32) -> usize {
        while self.lines.get(line).is_some_and(|one| one.is_blank() || one.indent > indent) {
            line += 1;
        }
        line
    }

    /// Whether a line that is not indented is one punctuation mark over and over.
    fn is_adornment(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|one| one.indent == 0) && starts::is_adornment(self.content(line))
    }

    /// Reads the block that begins on `line` and gives the line after it.
    fn block(&mut self, line: usize) -> usize {
        let (mut at, mut indent, end) = {
            let Line { start, end, indent } = self.lines[line];
            (start, indent, end)
        };
        if self.quiet.is_some_and(|quiet| indent <= quiet) {
            self.quiet = None;
        }
        if indent == 0
            && let Some(next) = self.adorned(line)
        {
            return next;
        }
        let mut depth = 0;
        loop {
            let prefixed = depth > 0;
            let rest = self.slice(at, end);
            if let Some(next) = self.explicit(line, at, indent) {
                return next;
            }
            let marker = starts::bullet(rest).filter(|_| depth < MOST_MARKERS).or_else(|| {
                starts::enumerator(rest)
                    .filter(|_| depth < MOST_MARKERS && self.enumerates(line, rest, indent, prefixed))
            });
            if let Some(length) = marker {
                if length == rest.len() {
                    return line + 1;
                }
                indent += lines::columns(&rest[..length]);
                at += crate::source::offset(length);
                depth += 1;
                continue;
            }
            if let Some(length) = starts::field(rest) {
                return self.paragraph(line, at + crate::source::offset(length), indent, true);
            }
            if let Some(length) = starts::line_block(rest) {
                self.text_line(at + crate::source::offset(length), end);
                return line + 1;
            }
            if starts::is_doctest(rest) {
                return self.doctest(line, at);
            }
            if let Some(next) = self.table(line, at, indent) {
                return next;
            }
            if indent == 0
                && !prefixed
                && let Some(next) = self.underlined(line)
            {
                return next;
            }
            return self.paragraph(line, at, indent, prefixed);
        }
    }

    /// Whether the line after an item's first bears out that it is one: `1. Title` may also be a title.
    fn enumerates(&self, line: usize, rest: &str, indent: u32, prefixed: bool) -> bool {
        let next = line + 1;
        if prefixed || self.is_blank(next) {
            return true;
        }
        self.lines[next].indent > indent
            || (self.lines[next].indent == indent && starts::same_enumeration(rest, self.content(next)))
    }

    /// A section with an overline, or a transition; `None` where the line is text.
    fn adorned(&mut self, line: usize) -> Option<usize> {
        let over = self.content(line);
        if !starts::is_adornment(over) || starts::is_explicit(over) {
            return None;
        }
        let is_short = over.len() < 4;
        if self.is_blank(line + 1) {
            return (!is_short).then_some(line + 1);
        }
        if self.is_adornment(line + 1) {
            return (!is_short).then_some(line + 2);
        }
        let title = self.lines[line + 1];
        let matches = self.is_adornment(line + 2) && self.content(line + 2) == over;
        if !matches
            || (is_short
                && self.slice(title.start, title.end).chars().count() + (title.indent as usize) > over.len())
        {
            return (!is_short).then_some(line + 3);
        }
        let sign = over.as_bytes()[0];
        self.section((Some(sign), sign), line, line + 1);
        Some(line + 3)
    }

    /// A section with an underline alone.
    fn underlined(&mut self, line: usize) -> Option<usize> {
        if !self.is_adornment(line + 1) {
            return None;
        }
        let (title, under) = (self.content(line), self.content(line + 1));
        if under.len() < 4 && title.chars().count() > under.len() {
            return None;
        }
        self.section((None, under.as_bytes()[0]), line, line);
        Some(line + 2)
    }

    /// A section begins on `line` and has its title on `title`; a style that skips a level makes none.
    fn section(&mut self, style: (Option<u8>, u8), line: usize, title: usize) {
        let known = self.styles.iter().position(|known| *known == style);
        let level = known.unwrap_or(self.styles.len()) + 1;
        if level > self.level + 1 {
            return;
        }
        if known.is_none() {
            self.styles.push(style);
        }
        self.level = level;
        let Line { start, end, .. } = self.lines[title];
        self.recorder.open_heading(u8::try_from(level).unwrap_or(u8::MAX), self.lines[line].start);
        let id = self.names.label_of_next();
        self.joined.clear();
        self.joined.push(&self.text[start as usize..end as usize], start);
        let text = self.inline();
        self.recorder.heading_text(&text, id.as_deref());
    }

    /// The text from `at` on `line`, with the lines that go on with it; where one ends in `::`, code follows.
    ///
    /// `indent` is where the text begins, or with `prefixed` what its further lines must exceed.
    fn paragraph(&mut self, line: usize, at: u32, indent: u32, prefixed: bool) -> usize {
        self.names.interrupt();
        let end = self.lines[line].end;
        self.joined.clear();
        self.joined.push(self.slice(at.min(end), end), at.min(end));
        let mut next = line + 1;
        let own = self.lines[line].indent;
        let further = if prefixed {
            self.lines.get(next).filter(|one| !one.is_blank() && one.indent > own).map(|one| one.indent)
        } else {
            Some(indent)
        };
        while !self.is_blank(next) && further == Some(self.lines[next].indent) {
            let Line { start, end, .. } = self.lines[next];
            self.joined.push(&self.text[start as usize..end as usize], start);
            next += 1;
        }
        let literal = self.joined.text.ends_with("::");
        self.inline();
        let base = if prefixed { further } else { Some(indent) };
        if literal { self.literal(next, base, indent, own) } else { next }
    }

    /// One line of text that stands for itself.
    fn text_line(&mut self, start: u32, end: u32) {
        self.joined.clear();
        let start = start.min(end);
        self.joined.push(&self.text[start as usize..end as usize], start);
        self.inline();
    }

    /// The code that a paragraph announces: what is indented further than `base`, or else lines with one mark in front.
    ///
    /// After a list item of one line the base is not known; it is what the least indented line of the item has.
    fn literal(&mut self, line: usize, base: Option<u32>, indent: u32, own: u32) -> usize {
        let mut first = line;
        while first < self.lines.len() && self.lines[first].is_blank() {
            first += 1;
        }
        if first == line || first == self.lines.len() {
            return line;
        }
        let indent = base.unwrap_or_else(|| {
            let item = &self.lines[first..self.end_of_indented(first, own)];
            let least = item.iter().filter(|one| !one.is_blank()).map(|one| one.indent).min();
            least.filter(|least| *least < self.lines[first].indent).unwrap_or(indent)
        });
        let next = if self.lines[first].indent > indent {
            self.end_of_indented(first, indent)
        } else {
            let mark = self.content(first).as_bytes()[0];
            if !mark.is_ascii_punctuation() || self.lines[first].indent != indent || indent != own {
                return line;
            }
            let mut next = first;
            while !self.is_blank(next)
                && self.lines[next].indent == indent
                && self.content(next).as_bytes()[0] == mark
            {
                next += 1;
            }
            next
        };
        self.code(None, "", self.lines[first].start, first, next);
        next
    }

    fn doctest(&mut self, line: usize, at: u32) -> usize {
        self.names.interrupt();
        let mut next = line + 1;
        while !self.is_blank(next) {
            next += 1;
        }
        self.code(Some("pycon"), "", at, line, next);
        next
    }

    /// Adds the code from `start` on with the content of the lines from `first` to before `next`.
    fn code(&mut self, language: Option<&str>, info: &str, start: u32, first: usize, next: usize) {
        let mut last = next;
        while last > first && self.is_blank(last - 1) {
            last -= 1;
        }
        let number = |line: usize| crate::source::offset(line);
        let last_line = if last > first { number(last) } else { self.recorder.lines.line(start) };
        self.recorder.code(NewCode {
            language,
            info,
            start,
            last_line,
            line_count: number(last - first),
            fenced: false,
            closed: true,
        });
    }
}
