//! The parser's events, once from start to end, to records.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::definitions::Definitions;
use super::headings::explicit_id;
use super::links::{fold_label, is_internal, join_source_lines, split_fragment, tidy_code, tidy_title};
use super::prepare::spans_lines;
use super::{Body, BodyOptions, NestingError, Scratch};
use crate::bare_urls::BareUrls;
use crate::html::{HtmlItem, HtmlItems, parse_directive};
use crate::mdx::JsxTag;
use crate::metrics::{WordCounter, count_todos, filled_lines};
use crate::model::{
    Anchor, AnchorKind, CodeBlock, DefinitionKind, Directive, Heading, InlineCode, Link, LinkKind, Table,
    UndefinedReference,
};
use crate::source::{LineIndex, offset};

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// A reference that nothing defines, as the parser reports it.
struct Broken {
    span: Range<usize>,
    collapsed: bool,
    label: Box<str>,
}

/// Reads `body`, the prepared text from byte `base` of `text` on.
pub(super) fn extract(
    text: &str,
    body: &str,
    base: u32,
    options: &BodyOptions,
    scratch: &mut Scratch,
) -> Result<Body, NestingError> {
    let broken: RefCell<Vec<Broken>> = RefCell::default();
    let report = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            broken.borrow_mut().push(Broken {
                span: link.span,
                collapsed: link.link_type == LinkType::Collapsed,
                label: link.reference.as_ref().into(),
            });
        }
        None
    };
    let events = Parser::new_with_broken_link_callback(body, OPTIONS, Some(report)).into_offset_iter();
    let mut extractor = Extractor {
        text,
        body,
        base,
        lines: &mut scratch.lines,
        rendered: &mut scratch.text,
        out: Body::default(),
        definitions: Definitions::new(events.reference_definitions()),
        used: HashSet::new(),
        words: WordCounter::default(),
        open_links: Vec::new(),
        in_heading: false,
        chunks: Vec::new(),
        last_chunk_end: 0,
        run: 0..0,
        in_anchor: false,
        nesting: 0,
        max_nesting: options.max_nesting,
        quotes: 0,
        tables: 0,
        code_start: None,
        code_end: 0,
        html: Html::default(),
        has_wiki: memchr::memmem::find(body.as_bytes(), b"[[").is_some(),
        has_todo: memchr::memmem::find(body.as_bytes(), b"TODO").is_some()
            || memchr::memmem::find(body.as_bytes(), b"FIXME").is_some(),
    };
    for (event, range) in events {
        extractor.event(event, range)?;
        if !broken.borrow().is_empty() {
            for link in broken.borrow_mut().drain(..) {
                extractor.broken(&link);
            }
        }
    }
    Ok(extractor.finish())
}

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
struct Html {
    open: bool,
    range: Range<usize>,
    /// The text, once its lines do not follow each other in the file.
    joined: Option<String>,
    /// Where pieces of the joined text begin in it and in the body.
    pieces: Vec<(usize, usize)>,
}

struct Extractor<'a, 's> {
    text: &'a str,
    body: &'a str,
    base: u32,
    lines: &'s mut LineIndex,
    /// The rendered text of the open heading or link.
    rendered: &'s mut String,
    out: Body,
    definitions: Definitions,
    used: HashSet<(DefinitionKind, Box<str>)>,
    words: WordCounter,
    /// Index of each open link among the links, and where its text begins in the rendered text.
    open_links: Vec<(usize, usize)>,
    in_heading: bool,
    /// Where chunks of a heading's text begin in the rendered text and in the body.
    chunks: Vec<(usize, usize)>,
    /// Where the last event ended, if it was a chunk of text; else 0.
    last_chunk_end: usize,
    run: Range<usize>,
    in_anchor: bool,
    nesting: u32,
    max_nesting: u32,
    quotes: u32,
    tables: u32,
    code_start: Option<usize>,
    code_end: usize,
    html: Html,
    has_wiki: bool,
    has_todo: bool,
}

impl<'a> Extractor<'a, '_> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) -> Result<(), NestingError> {
        match event {
            Event::Start(tag) => self.start(tag, range)?,
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => {
                self.definitions.event(self.body, range.start, range.end);
                if self.code_start.is_some() {
                    self.code_end = range.end;
                } else if !self.html.open {
                    self.chunk(&text, range);
                }
            }
            Event::Code(code) => {
                self.definitions.event(self.body, range.start, range.end);
                let code = tidy_code(&code, &self.body[range.clone()]);
                self.inline_text(&code);
                let (line, column) = self.lines.position(self.text, self.base + offset(range.start));
                self.out.inline_code.push(InlineCode { text: code.into(), line, column });
            }
            Event::Html(html) => self.html_line(&html, range),
            Event::InlineHtml(html) => {
                self.definitions.event(self.body, range.start, range.end);
                self.end_run();
                self.inline_html(&html, range);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.definitions.event(self.body, range.start, range.end);
                self.inline_text(" ");
            }
            Event::FootnoteReference(label) => {
                self.definitions.event(self.body, range.start, range.end);
                self.end_run();
                let label = fold_label(&label);
                self.used.insert((DefinitionKind::Footnote, label.clone()));
                self.link(LinkKind::Footnote, "", None, false, Some(label), range);
            }
            Event::Rule => {
                self.definitions.event(self.body, range.start, range.end);
                self.end_block();
            }
            Event::TaskListMarker(done) => {
                self.definitions.event(self.body, range.start, range.end);
                self.out.tasks.done += u32::from(done);
                self.out.tasks.open += u32::from(!done);
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => (),
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) -> Result<(), NestingError> {
        if matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough) {
            return Ok(());
        }
        self.end_run();
        let container = matches!(
            tag,
            Tag::BlockQuote(_) | Tag::Item | Tag::FootnoteDefinition(_) | Tag::List(_) | Tag::Paragraph
        );
        self.definitions.event(self.body, range.start, if container { range.start } else { range.end });
        match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                self.open_link(link_type, &dest_url, &title, &id, false, range);
                return Ok(());
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.open_link(link_type, &dest_url, &title, &id, true, range);
                return Ok(());
            }
            _ => self.end_block(),
        }
        match tag {
            Tag::Heading { level, .. } => {
                let start = self.base + offset(range.start);
                let (line, column) = self.lines.position(self.text, start);
                self.out.section_words.push(self.words.count);
                self.out.headings.push(Heading {
                    level: level as u8,
                    text: "".into(),
                    slug: "".into(),
                    explicit_id: None,
                    line,
                    column,
                    end_line: line,
                    start,
                    section_end: start,
                    parent: None,
                });
                self.in_heading = true;
                self.rendered.clear();
                self.chunks.clear();
                self.last_chunk_end = 0;
            }
            Tag::BlockQuote(_) => {
                self.quotes += 1;
                self.nest(range.start)?;
            }
            Tag::Item => self.nest(range.start)?,
            Tag::FootnoteDefinition(label) => {
                self.definitions.footnote(&label, range.start);
                self.nest(range.start)?;
            }
            Tag::CodeBlock(kind) => self.open_code(&kind, range.start),
            Tag::HtmlBlock => {
                self.html.open = true;
                self.html.range = range.start..range.start;
                self.html.joined = None;
                self.html.pieces.clear();
            }
            Tag::Table(alignments) => {
                self.tables += 1;
                let line = self.lines.line(self.base + offset(range.start));
                let end_line = self.lines.line(self.base + offset(range.end.max(range.start + 1) - 1));
                let columns = offset(alignments.len());
                self.out.tables.push(Table { line, end_line, rows: 0, columns });
            }
            Tag::TableRow => {
                if let Some(table) = self.out.tables.last_mut() {
                    table.rows += 1;
                }
            }
            _ => (),
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.last_chunk_end = 0;
                return;
            }
            TagEnd::Link | TagEnd::Image => {
                self.end_run();
                self.last_chunk_end = 0;
                if let Some((index, start)) = self.open_links.pop() {
                    self.out.links[index].text = trimmed(&self.rendered[start..]).into();
                }
                return;
            }
            _ => self.end_run(),
        }
        match tag {
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::CodeBlock => self.close_code(range),
            TagEnd::HtmlBlock => self.close_html(),
            TagEnd::BlockQuote(_) => {
                self.quotes -= 1;
                self.nesting -= 1;
            }
            TagEnd::Item | TagEnd::FootnoteDefinition => self.nesting -= 1,
            TagEnd::Table => self.tables -= 1,
            _ => (),
        }
        self.end_block();
    }

    fn nest(&mut self, start: usize) -> Result<(), NestingError> {
        self.nesting += 1;
        if self.nesting > self.max_nesting {
            return Err(NestingError { line: self.lines.line(self.base + offset(start)) });
        }
        Ok(())
    }

    fn end_block(&mut self) {
        self.words.end_word();
        self.in_anchor = false;
    }

    fn finish(mut self) -> Body {
        self.end_run();
        self.out.words = self.words.count;
        self.out.definitions = self.definitions.finish(self.body, self.base, self.lines, &self.used);
        let mut seen: HashSet<&str> = HashSet::new();
        for definition in &self.out.definitions {
            if definition.kind == DefinitionKind::Footnote && seen.insert(&definition.label) {
                let id = format!("fn-{}", definition.label).into();
                self.out.anchors.push(Anchor { id, kind: AnchorKind::Footnote, line: definition.line });
            }
        }
        self.out
    }

    // Text

    /// Rendered text that does not stand in the file as it is.
    fn inline_text(&mut self, text: &str) {
        self.end_run();
        self.last_chunk_end = 0;
        self.words.feed(text);
        if self.in_heading || !self.open_links.is_empty() {
            self.rendered.push_str(text);
        }
    }

    fn chunk(&mut self, text: &str, range: Range<usize>) {
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
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.is_empty() {
            return;
        }
        let body = self.body;
        if self.has_todo {
            self.out.todos += count_todos(&body[run.clone()]);
        }
        if !self.open_links.is_empty() {
            return;
        }
        let mut low = run.start;
        if self.has_wiki {
            let mut place = run.start;
            while let Some(wiki) = Wiki::find(&body[..run.end], place) {
                self.urls(low..wiki.start);
                low = wiki.end;
                place = wiki.end;
                let image = wiki.start > run.start && body.as_bytes()[wiki.start - 1] == b'!';
                let start = wiki.start - usize::from(image);
                self.link(LinkKind::Wiki, trimmed(wiki.target), None, image, None, start..wiki.end);
                if let Some(link) = self.out.links.last_mut() {
                    link.text = trimmed(wiki.text).into();
                }
            }
        }
        self.urls(low..run.end);
    }

    fn urls(&mut self, range: Range<usize>) {
        if self.in_anchor {
            return;
        }
        let body = self.body;
        for url in BareUrls::new(&body[range.clone()]) {
            let found = range.start + url.start..range.start + url.end;
            let shown = &body[found.clone()];
            if url.prefix.is_empty() {
                self.link(LinkKind::Bare, shown, None, false, None, found);
            } else {
                self.link(LinkKind::Bare, &[url.prefix, shown].concat(), None, false, None, found);
            }
            if let Some(link) = self.out.links.last_mut() {
                link.text = shown.into();
            }
        }
    }

    fn close_heading(&mut self) {
        self.in_heading = false;
        let Some(heading) = self.out.headings.last_mut() else { return };
        let mut text: &str = self.rendered;
        let end = self.last_chunk_end;
        if text.ends_with('}') && end > 0 {
            let start = heading.start as usize - self.base as usize;
            let line = self.body[start..end].rfind('\n').map_or(start, |found| start + found + 1);
            if let Some((id, opened)) = explicit_id(&self.body[line..end]) {
                heading.explicit_id = Some(id.into());
                let line_number = heading.line;
                let opened = line + opened;
                let known = self.chunks.iter().rfind(|(_, place)| *place <= opened);
                let cut = known.map_or(0, |(at, place)| at + opened - place);
                text = &self.rendered[..cut.min(self.rendered.len())];
                self.out.anchors.push(Anchor {
                    id: id.into(),
                    kind: AnchorKind::Explicit,
                    line: line_number,
                });
            }
        }
        heading.text = trimmed(text).into();
    }

    // Links

    fn open_link(
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
            label = Some(folded);
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
        let title = tidy_title(title);
        if link_type == LinkType::Email {
            self.link(kind, &["mailto:", destination].concat(), title, image, label, range);
        } else {
            self.link(kind, destination, title, image, label, range);
        }
    }

    fn link(
        &mut self,
        kind: LinkKind,
        destination: &str,
        title: Option<Box<str>>,
        image: bool,
        label: Option<Box<str>>,
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

    fn broken(&mut self, link: &Broken) {
        let bytes = self.body.as_bytes();
        let before = link.span.start.checked_sub(1).map(|at| bytes[at]);
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_])".contains(&byte)) {
            return;
        }
        let start = link.span.start + 1 + usize::from(bytes[link.span.start] == b'!');
        let mut end = link.span.end - 1;
        if !link.collapsed {
            // The label's own opening bracket; it may follow a backslash.
            while end > start && !(bytes[end - 1] == b'[' && escapes_before(bytes, end - 1, start) != 1) {
                end -= 1;
            }
            end -= 1;
            while end > start && bytes[end - 1] != b']' {
                end -= 1;
            }
            end -= 1;
        }
        let (line, column) = self.lines.position(self.text, self.base + offset(link.span.start));
        let mut text = join_source_lines(&self.body[start..end.max(start)]);
        if self.tables > 0 && text.contains("\\|") {
            text = text.replace("\\|", "|").into();
        }
        let text = text.into();
        self.out.undefined_references.push(UndefinedReference {
            label: fold_label(&link.label),
            text,
            line,
            column,
        });
    }

    // Code

    fn open_code(&mut self, kind: &CodeBlockKind<'a>, start: usize) {
        let info: &str = match kind {
            CodeBlockKind::Fenced(info) => info,
            CodeBlockKind::Indented => "",
        };
        let language =
            info.find(|one: char| matches!(one, '\t'..='\r' | ' ' | ',' | '{')).unwrap_or(info.len());
        let start_in_text = self.base + offset(start);
        self.code_start = Some(start);
        self.code_end = start;
        self.out.code_blocks.push(CodeBlock {
            language: (language > 0).then(|| info[..language].into()),
            info: info.into(),
            line: self.lines.line(start_in_text),
            line_count: 0,
            fenced: matches!(kind, CodeBlockKind::Fenced(_)),
            closed: true,
            start: start_in_text,
            end: start_in_text,
        });
    }

    fn close_code(&mut self, range: Range<usize>) {
        let Some(start) = self.code_start.take() else { return };
        let Some(block) = self.out.code_blocks.last_mut() else { return };
        let bytes = self.body.as_bytes();
        let mut last_line = block.line;
        if self.code_end > start {
            last_line = self.lines.line(self.base + offset(self.code_end - 1));
        }
        if block.fenced {
            block.line_count = last_line - block.line;
            let first_end =
                memchr::memchr(b'\n', &bytes[start..range.end]).map_or(range.end, |at| start + at + 1);
            let after = self.code_end.max(first_end).min(range.end);
            block.closed = bytes[after..range.end].contains(&bytes[start]);
            if block.closed {
                last_line = self.lines.line(self.base + offset(range.end - 1));
            }
        } else {
            block.line_count = last_line - block.line + 1;
        }
        block.end = self.lines.line_end(self.text, last_line);
        let from = self.lines.line_start(block.line) as usize;
        self.out.code_lines.0 += filled_lines(&self.text[from..block.end as usize]);
        self.out.code_lines.1 += block.line_count;
    }

    // HTML

    fn html_line(&mut self, html: &str, range: Range<usize>) {
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

    fn close_html(&mut self) {
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

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        self.last_chunk_end = 0;
        let bytes = html.as_bytes();
        let section = self.out.headings.len().checked_sub(1).map(offset);
        let mut sink = HtmlSink { text: self.text, out: &mut self.out, lines: self.lines, section };
        let whole = self.base + offset(range.start)..self.base + offset(range.end);
        for item in HtmlItems::new(html) {
            match item {
                HtmlItem::Tag { name, attributes, .. } => sink.tag(name, whole.clone(), &attributes),
                HtmlItem::Comment { text, .. } if self.quotes > 0 && spans_lines(text) => {
                    sink.comment(&join_source_lines(text), whole.start);
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

fn escapes_before(bytes: &[u8], at: usize, low: usize) -> usize {
    bytes[low..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2
}

fn trimmed(text: &str) -> &str {
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
            let Some(length) = bytes[inner..].iter().position(|byte| matches!(byte, b'[' | b']' | b'\n'))
            else {
                return None;
            };
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

/// Where the records of HTML go.
struct HtmlSink<'a> {
    text: &'a str,
    out: &'a mut Body,
    lines: &'a mut LineIndex,
    section: Option<u32>,
}

impl HtmlSink<'_> {
    fn tag(&mut self, name: &str, range: Range<u32>, attributes: &crate::html::Attributes<'_>) {
        if attributes.is_empty() {
            return;
        }
        let is = |one: &str| name.eq_ignore_ascii_case(one);
        let title = || attributes.get("title").filter(|title| !title.is_empty()).map(Into::into);
        let mut push = |destination: &str, image: bool, text: &str| {
            let (out, lines, kind) = (&mut *self.out, &mut *self.lines, LinkKind::Html);
            push_link(
                out,
                lines,
                self.text,
                kind,
                destination,
                title(),
                image,
                None,
                self.section,
                range.clone(),
            );
            if let Some(link) = out.links.last_mut() {
                link.text = text.into();
            }
        };
        if let Some(href) = attributes.get("href").filter(|_| !is("link") && !is("base")) {
            push(href, false, "");
        }
        if let Some(src) = attributes.get("src").filter(|_| !is("script")) {
            let image = is("img") || is("image");
            let alt = attributes.get("alt").filter(|_| image).unwrap_or_default();
            push(src, image, trimmed(alt));
        }
        let id = attributes.get("id").unwrap_or_default();
        let name = attributes.get("name").filter(|value| is("a") && *value != id).unwrap_or_default();
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

#[expect(clippy::too_many_arguments, reason = "one field of the record each")]
fn push_link(
    out: &mut Body,
    lines: &mut LineIndex,
    text: &str,
    kind: LinkKind,
    destination: &str,
    title: Option<Box<str>>,
    image: bool,
    label: Option<Box<str>>,
    section: Option<u32>,
    range: Range<u32>,
) {
    let (line, column) = lines.position(text, range.start);
    let (target, fragment) = split_fragment(destination);
    out.links.push(Link {
        kind,
        text: "".into(),
        target,
        fragment,
        title,
        line,
        column,
        image,
        internal: is_internal(destination),
        label,
        section,
        start: range.start,
        end: range.end,
    });
}
