//! The parser's events, once from start to end, to records.

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::definitions::Definitions;
use super::excess::MAX_MISSING_CELLS;
use super::html_blocks::HtmlBlock;
use super::links::{MAX_LINK_TEXT, first_characters, fold_label};
use super::references::Broken;
use super::text::trimmed;
use super::{Body, BodyOptions, Excess, Limit, Scratch};
use crate::hash::Set;
use crate::metrics::WordCounter;
use crate::model::{Anchor, AnchorKind, DefinitionKind, Heading, InlineCode, LinkKind, Table};
use crate::source::{LineIndex, offset};
use crate::texts::Span;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// Reads `body`, the prepared text from byte `base` of `text` on.
pub(super) fn extract(
    text: &str,
    body: &str,
    base: u32,
    options: &BodyOptions,
    scratch: &mut Scratch,
) -> Result<Body, Excess> {
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
    let mut out = std::mem::take(&mut scratch.body);
    out.clear();
    let mut extractor = Extractor {
        text,
        body,
        base,
        lines: &mut scratch.lines,
        rendered: &mut scratch.text,
        out,
        definitions: Definitions::new(events.reference_definitions()),
        used: Set::default(),
        words: WordCounter::default(),
        open_links: Vec::new(),
        in_heading: false,
        chunks: Vec::new(),
        alternatives: Vec::new(),
        last_chunk_end: 0,
        run: 0..0,
        in_anchor: false,
        nesting: 0,
        max_nesting: options.max_nesting,
        quotes: 0,
        tables: 0,
        missing_cells: 0,
        code_start: None,
        code_end: 0,
        html: HtmlBlock::default(),
        holds: Holds::read(body),
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

/// What is known while the events of one body go by. Places are in bytes of the body.
pub(super) struct Extractor<'a, 's> {
    pub(super) text: &'a str,
    pub(super) body: &'a str,
    pub(super) base: u32,
    pub(super) lines: &'s mut LineIndex,
    /// The rendered text of the open heading or link.
    pub(super) rendered: &'s mut String,
    pub(super) out: Body,
    pub(super) definitions: Definitions,
    pub(super) used: Set<(DefinitionKind, Box<str>)>,
    pub(super) words: WordCounter,
    /// Index of each open link among the links, and where its text begins in the rendered text.
    pub(super) open_links: Vec<(usize, usize)>,
    pub(super) in_heading: bool,
    /// Where chunks of a heading's text begin in the rendered text and in the body.
    pub(super) chunks: Vec<(usize, usize)>,
    /// The alternative texts of images in the rendered text of a heading.
    pub(super) alternatives: Vec<Range<usize>>,
    /// Where the last event ended, if it was a chunk of text; else 0.
    pub(super) last_chunk_end: usize,
    pub(super) run: Range<usize>,
    pub(super) in_anchor: bool,
    pub(super) nesting: u32,
    pub(super) max_nesting: u32,
    pub(super) quotes: u32,
    pub(super) tables: u32,
    /// Of the last table.
    missing_cells: u32,
    pub(super) code_start: Option<usize>,
    pub(super) code_end: usize,
    pub(super) html: HtmlBlock,
    pub(super) holds: Holds,
}

/// What a body may hold at all, so that most stretches of text need not be searched.
pub(super) struct Holds {
    pub(super) wiki_links: bool,
    pub(super) notes: bool,
}

impl Holds {
    fn read(body: &str) -> Self {
        let has = |wanted: &[u8]| memchr::memmem::find(body.as_bytes(), wanted).is_some();
        Self { wiki_links: has(b"[["), notes: has(b"TODO") || has(b"FIXME") }
    }
}

impl<'a> Extractor<'a, '_> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) -> Result<(), Excess> {
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
                let code = super::links::tidy_code(&code, &self.body[range.clone()]);
                self.inline_text(&code);
                let (line, column) = self.lines.position(self.text, self.base + offset(range.start));
                let text = self.out.texts.add(&code);
                self.out.inline_code.push(InlineCode { text, line, column });
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
                self.last_chunk_end = 0;
                let label = fold_label(&label);
                self.used.insert((DefinitionKind::Footnote, label.clone()));
                let label = self.out.texts.add(&label);
                self.link(LinkKind::Footnote, ("", ""), None, false, Some(label), range);
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

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) -> Result<(), Excess> {
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
                self.in_heading = true;
                self.rendered.clear();
                self.chunks.clear();
                self.alternatives.clear();
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
                self.missing_cells = 0;
                let line = self.lines.line(self.base + offset(range.start));
                let end_line = self.lines.line(self.base + offset(range.end.max(range.start + 1) - 1));
                let columns = offset(alignments.len());
                self.out.tables.push(Table { line, end_line, rows: 0, columns });
            }
            Tag::TableCell if range.is_empty() => self.missing_cell(range.start)?,
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
                    let text = first_characters(&self.rendered[start..], MAX_LINK_TEXT);
                    self.out.links[index].text = self.out.texts.add(trimmed(text));
                    if self.in_heading && self.out.links[index].image {
                        // An image around others takes them in.
                        while self.alternatives.pop_if(|inner| inner.start >= start).is_some() {}
                        self.alternatives.push(start..self.rendered.len());
                    }
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

    /// Counts a cell that its row lacks: it stands after the end of the row's line.
    fn missing_cell(&mut self, start: usize) -> Result<(), Excess> {
        if start < self.body.len() && self.body.as_bytes()[start - 1] != b'\n' {
            return Ok(());
        }
        self.missing_cells += 1;
        match self.out.tables.last() {
            Some(table) if self.missing_cells >= MAX_MISSING_CELLS => {
                Err(Excess { limit: Limit::TableCells, line: table.line })
            }
            _ => Ok(()),
        }
    }

    fn nest(&mut self, start: usize) -> Result<(), Excess> {
        self.nesting += 1;
        if self.nesting > self.max_nesting {
            return Err(Excess { limit: Limit::Nesting, line: self.lines.line(self.base + offset(start)) });
        }
        Ok(())
    }

    pub(super) fn end_block(&mut self) {
        self.words.end_word();
        self.in_anchor = false;
    }

    fn finish(mut self) -> Body {
        self.end_run();
        self.out.words = self.words.count;
        self.out.definitions = self.definitions.finish(self.body, self.base, self.lines, &self.used);
        let mut seen: Set<&str> = Set::default();
        for definition in &self.out.definitions {
            if definition.kind == DefinitionKind::Footnote && seen.insert(&definition.label) {
                let id = format!("fn-{}", definition.label).into();
                self.out.anchors.push(Anchor { id, kind: AnchorKind::Footnote, line: definition.line });
            }
        }
        self.out
    }
}
