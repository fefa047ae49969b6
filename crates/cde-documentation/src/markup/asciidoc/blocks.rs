//! The blocks of a document, line after line.

use super::AsciiDoc;
use super::attributes::{Attributes, first_text, named, parts};
use super::starts::{self, Delimited};
use crate::markup::lines::{Line, is_blank};
use crate::markup::recorder::{NewCode, NewLink, collapsed};
use crate::model::{AnchorKind, LinkKind, Table};
use crate::source::offset;

impl<'a> AsciiDoc<'a, '_> {
    /// The content of a line; empty beyond the last.
    fn content(&self, line: usize) -> &'a str {
        self.lines.get(line).map_or("", |line| &self.text[line.start as usize..line.end as usize])
    }

    fn is_blank(&self, line: usize) -> bool {
        self.lines.get(line).is_none_or(Line::is_blank)
    }

    /// Reads the block that begins on `line` and gives the line after it.
    pub(super) fn block(&mut self, line: usize) -> usize {
        let Line { start, end, indent } = self.lines[line];
        let content = self.content(line);
        if content.is_empty() {
            return line + 1;
        }
        if indent == 0 {
            if let Some(next) = self.delimited(line, content) {
                return next;
            }
            if let Some(next) = self.single(line, content) {
                return next;
            }
        }
        if let Some((length, may_be_task)) = starts::item(content) {
            self.pending_anchor(start);
            return self.item(line, length, may_be_task);
        }
        if let Some((term, description)) = starts::term(content) {
            self.pending_anchor(start);
            self.text_line(start, start + offset(term));
            let description = start + offset(description);
            return if description >= end { line + 1 } else { self.paragraph(line, description) };
        }
        let style = std::mem::take(&mut self.pending);
        if let Some(id) = style.id.as_deref() {
            self.recorder.anchor(id, AnchorKind::Explicit, start);
        }
        if matches!(style.style.as_str(), "source" | "listing" | "literal") || indent > 0 {
            let mut next = line + 1;
            while !self.is_blank(next) {
                next += 1;
            }
            self.code(style.language.as_deref(), "", line, line, next, next - 1, (false, true));
            return next;
        }
        self.paragraph(line, start)
    }

    /// The id above the block that begins at `start`.
    fn pending_anchor(&mut self, start: u32) {
        if let Some(id) = std::mem::take(&mut self.pending).id {
            self.recorder.anchor(&id, AnchorKind::Explicit, start);
        }
    }

    /// What takes one line, or a title that takes two.
    fn single(&mut self, line: usize, content: &'a str) -> Option<usize> {
        if content == "+" || matches!(content, "'''" | "---" | "***" | "<<<") {
            return Some(line + 1);
        }
        if let Some(comment) = content.strip_prefix("//").filter(|rest| !rest.starts_with('/')) {
            self.recorder.comment(comment, self.lines[line].start);
            return Some(line + 1);
        }
        if let Some(inner) = content.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
            && is_attributes(inner)
        {
            self.pending.add(inner);
            return Some(line + 1);
        }
        if let Some((name, value)) = starts::entry(content) {
            return Some(self.entry(line, name, value));
        }
        if let Some((level, title)) = starts::title(content) {
            let at = self.lines[line].end - offset(title.len());
            let at = self.lines[line].start + offset(content.find(title).unwrap_or(0)).min(at);
            self.section(line, level, at, title.len());
            return Some(line + 1);
        }
        if let Some((name, target, attributes)) = starts::block_macro(content) {
            self.block_macro(line, name, target, attributes);
            return Some(line + 1);
        }
        let is_marked = starts::item(content).is_some() || content.starts_with('.');
        if !is_marked
            && self.lines.get(line + 1).is_some_and(|next| next.indent == 0)
            && let Some(level) = starts::underline(content, self.content(line + 1))
        {
            self.section(line, level, self.lines[line].start, content.len());
            return Some(line + 2);
        }
        // The title of a block.
        if content.len() > 1 && content.starts_with('.') && !content[1..].starts_with(['.', ' ', '\t']) {
            self.text_line(self.lines[line].start + 1, self.lines[line].end);
            return Some(line + 1);
        }
        None
    }

    /// An attribute entry, which may go on over lines that end in a backslash.
    fn entry(&mut self, line: usize, name: &str, value: &str) -> usize {
        match name {
            "idprefix" => value.clone_into(&mut self.prefix),
            "idseparator" if value.chars().count() <= 1 => value.clone_into(&mut self.separator),
            _ => {}
        }
        let mut next = line;
        while self.content(next).ends_with(" \\") {
            next += 1;
        }
        next + 1
    }

    /// A title of `length` bytes at `at`; in a block, or where it is discrete, it begins no section.
    fn section(&mut self, line: usize, level: u8, at: u32, length: usize) {
        let attributes = std::mem::take(&mut self.pending);
        let start = self.lines[line].start;
        let is_section =
            self.containers.is_empty() && !matches!(attributes.style.as_str(), "discrete" | "float");
        if is_section {
            self.recorder.open_heading(level, start);
        }
        let anchors = self.recorder.out.anchors.len();
        self.joined.clear();
        self.joined.push(&self.text[at as usize..at as usize + length], at);
        let text = self.inline();
        let inner = self.recorder.out.anchors.get(anchors).map(|anchor| anchor.id.to_string());
        let text = collapsed(&text);
        let own = attributes.id.clone().or(inner);
        if let Some(id) = attributes.id.as_deref() {
            self.recorder.anchor(id, AnchorKind::Explicit, start);
        }
        let id = match &own {
            Some(id) => id.clone(),
            None => self.ids.next(&text, &self.prefix, &self.separator),
        };
        if is_section {
            self.recorder.heading_text(&text, own.as_deref());
            self.ids.sections.push(id);
        } else if own.is_none() {
            self.recorder.anchor(&id, AnchorKind::Explicit, start);
        }
    }

    fn block_macro(&mut self, line: usize, name: &str, target: &str, attributes: &str) {
        let Line { start, end, .. } = self.lines[line];
        if name == "image" || name == "include" {
            let is_image = name == "image";
            let text = if is_image { image_text(attributes) } else { "" };
            if is_image {
                self.recorder.rendered(text);
            }
            self.link(LinkKind::Inline, text, target, is_image, start, end);
            if let Some(address) = named(attributes, "link").filter(|address| is_image && !address.is_empty())
            {
                self.link(LinkKind::Inline, text, address, false, start, end);
            }
        }
        let id = std::mem::take(&mut self.pending).id;
        if let Some(id) = id {
            self.recorder.anchor(&id, AnchorKind::Explicit, start);
        }
    }

    pub(super) fn link(
        &mut self,
        kind: LinkKind,
        text: &str,
        destination: &str,
        image: bool,
        start: u32,
        end: u32,
    ) {
        self.recorder.link(NewLink { kind, text, destination, image, label: None, start, end });
    }

    fn item(&mut self, line: usize, length: usize, may_be_task: bool) -> usize {
        let mut at = self.lines[line].start + offset(length);
        let rest = &self.content(line)[length..];
        let done = match rest.as_bytes() {
            [b'[', b' ', b']', b' ', ..] => Some(false),
            [b'[', b'x' | b'*', b']', b' ', ..] => Some(true),
            _ => None,
        };
        if let Some(done) = done.filter(|_| may_be_task) {
            self.recorder.out.tasks.done += u32::from(done);
            self.recorder.out.tasks.open += u32::from(!done);
            at += 4;
        }
        self.paragraph(line, at)
    }

    /// The text from `at` on `line`, with the lines that go on with it.
    fn paragraph(&mut self, line: usize, at: u32) -> usize {
        let end = self.lines[line].end;
        self.joined.clear();
        self.joined.push(&self.text[at.min(end) as usize..end as usize], at.min(end));
        let mut next = line + 1;
        while !self.is_blank(next) && !self.interrupts(next) {
            let Line { start, end, .. } = self.lines[next];
            self.joined.push(&self.text[start as usize..end as usize], start);
            next += 1;
        }
        self.inline();
        next
    }

    /// Whether a line within a paragraph begins a block of its own.
    fn interrupts(&self, line: usize) -> bool {
        let content = self.content(line);
        if starts::item(content).is_some() || content == "+" {
            return true;
        }
        if self.lines[line].indent > 0 {
            return false;
        }
        let is_bracketed =
            content.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).is_some_and(is_attributes);
        is_bracketed
            || starts::delimiter(content).is_some()
            || (content.starts_with("//") && !content.starts_with("///"))
            || starts::block_macro(content).is_some_and(|(name, _, _)| {
                matches!(name, "include" | "ifdef" | "ifndef" | "ifeval" | "endif")
            })
            || starts::term(content).is_some()
    }

    fn text_line(&mut self, start: u32, end: u32) {
        self.joined.clear();
        self.joined.push(&self.text[start as usize..end as usize], start);
        self.inline();
    }

    /// The delimited block that begins or ends on `line`, if one does; gives the line where its content goes on, or
    /// the one after it.
    fn delimited(&mut self, line: usize, content: &'a str) -> Option<usize> {
        let kind = starts::delimiter(content)?;
        let start = self.lines[line].start;
        if kind == Delimited::Container {
            let is_title = content.starts_with('=') || content.starts_with('_') || content.starts_with('*');
            if let Some(open) = self.containers.iter().rposition(|open| *open == content) {
                self.containers.truncate(open);
            } else if is_title || content == "--" {
                self.containers.push(content);
            }
            let attributes = std::mem::take(&mut self.pending);
            if let Some(id) = attributes.id {
                self.recorder.anchor(&id, AnchorKind::Explicit, start);
            }
            return Some(line + 1);
        }
        let attributes = std::mem::take(&mut self.pending);
        if let Some(id) = attributes.id.as_deref() {
            self.recorder.anchor(id, AnchorKind::Explicit, start);
        }
        let fence = if content.starts_with("```") { "```" } else { content };
        let mut close = line + 1;
        while close < self.lines.len() && !(self.lines[close].indent == 0 && self.content(close) == fence) {
            close += 1;
        }
        let closed = close < self.lines.len();
        if kind == Delimited::Table {
            self.table(line, close, &attributes);
        } else if kind != Delimited::Comment {
            for number in line + 1..close {
                self.include(number);
            }
            if kind == Delimited::Code
                && !matches!(attributes.style.as_str(), "stem" | "latexmath" | "asciimath")
            {
                let language = attributes.language.as_deref().or(content.strip_prefix("```"));
                let last = if closed { close } else { close - 1 };
                let info = language.unwrap_or_default();
                self.code(language, info, line, line + 1, close, last, (true, closed));
            }
        } else {
            // A comment addressed to CDE may stand in a block.
            for number in line + 1..close {
                self.recorder.comment(self.content(number), self.lines[number].start);
            }
        }
        Some(close + usize::from(closed))
    }

    /// An `include::` directive counts wherever it stands.
    fn include(&mut self, line: usize) {
        if self.content(line).starts_with("include::")
            && let Some((name, target, attributes)) = starts::block_macro(self.content(line))
        {
            self.block_macro(line, name, target, attributes);
        }
    }

    /// Adds the code with the content of the lines from `first` to before `next`, on the lines from `line` to `last`.
    #[expect(clippy::too_many_arguments, reason = "the parts of a code block")]
    fn code(
        &mut self,
        language: Option<&str>,
        info: &str,
        line: usize,
        first: usize,
        next: usize,
        last: usize,
        (fenced, closed): (bool, bool),
    ) {
        let start = self.lines[line].start;
        let last_line = self.recorder.lines.line(self.lines[last.max(line)].start);
        self.recorder.code(NewCode {
            language,
            info,
            start,
            last_line,
            line_count: offset(next - first),
            fenced,
            closed,
        });
    }

    /// The table between the lines `line` and `close`.
    fn table(&mut self, line: usize, close: usize, attributes: &Attributes) {
        let separator = match self.content(line).as_bytes()[0] {
            b',' => ',',
            b':' => ':',
            b'!' => '!',
            _ => '|',
        };
        let (mut cells, mut first) = (0_u32, None);
        for number in line + 1..close {
            let Line { start, end, .. } = self.lines[number];
            let content = self.content(number);
            if content.is_empty() {
                continue;
            }
            self.include(number);
            let mut count = 0;
            let mut at = start;
            for cell in content.split(separator) {
                let trimmed = cell.trim_start_matches(is_blank);
                let text_start = at + offset(cell.len() - trimmed.len());
                let text_end = text_start + offset(trimmed.trim_end_matches(is_blank).len());
                // What stands before the first separator continues a cell, or says how many cells it spans.
                if text_start < text_end && !content.starts_with("include::") {
                    self.text_line(text_start, text_end.min(end));
                }
                at += offset(cell.len() + 1);
                count += 1;
            }
            let own = if separator == '|' || separator == '!' { count - 1 } else { count };
            cells = cells.saturating_add(own);
            first = first.or((own > 0).then_some((number, own)));
        }
        let columns = attributes.columns.or(first.map(|(_, own)| own)).unwrap_or(0);
        let has_header = attributes.header
            || first.is_some_and(|(number, own)| {
                own == columns && number == line + 1 && self.is_blank(number + 1) && number + 1 < close
            });
        let rows = cells.checked_div(columns).unwrap_or(0).saturating_sub(u32::from(has_header));
        let last = close.min(self.lines.len() - 1);
        let table = Table {
            line: self.recorder.lines.line(self.lines[line].start),
            end_line: self.recorder.lines.line(self.lines[last].start),
            rows,
            columns,
        };
        self.recorder.out.tables.push(table);
    }
}

/// Whether what stands in brackets on a line of its own is a list of attributes.
fn is_attributes(inner: &str) -> bool {
    inner.is_empty()
        || inner.starts_with('[') && inner.ends_with(']')
        || inner
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_#.%,\"'".contains(&byte))
}

/// The alternative text of an image.
pub(super) fn image_text(attributes: &str) -> &str {
    if let Some(text) = named(attributes, "alt") {
        return text;
    }
    let first = parts(attributes).first().copied().unwrap_or_default();
    first_text(first)
}
