//! Markdown and MDX to the records of a document's body.
//!
//! The twin of the Python engine's `markdown` module. Grammar: CommonMark 0.31.2 with GFM's tables, task lists,
//! strikethrough, extended autolinks and footnotes; beyond them heading attributes (`{#id}`) and wiki links. Alerts are
//! block quotes. The parser is `pulldown-cmark`, read once from start to end with the place of every event.
//!
//! Rules that the syntax leaves open, the same on both engines:
//!
//! - Text of headings and links is the rendered text, trimmed, with one space for a line break.
//! - An HTML link's text is the `alt` of an image and empty otherwise, since its content is text of the document.
//! - Bare addresses and wiki links (`[[target]]`, `[[target|text]]`) are looked for in stretches of text that stand in the
//!   file as they are rendered; an escape, an entity or markup ends such a stretch, and links have none inside.

mod code;
mod definitions;
mod excess;
mod extract;
pub(crate) mod headings;
mod html_blocks;
pub(crate) mod links;
mod prepare;
mod references;
mod text;

use crate::markup::{asciidoc, plain, rst};
use crate::model::{
    Anchor, CodeBlock, Definition, Directive, Heading, InlineCode, Link, Table, TaskItems, UndefinedReference,
};
use crate::options::SlugFlavour;
use crate::slug::Slugger;
use crate::source::LineIndex;
use crate::texts::{Span, Texts};

pub use crate::format::DocumentFormat;
pub use excess::{Excess, Limit};

/// How the body of a document is read.
#[derive(Clone, Copy, Debug)]
pub struct BodyOptions {
    /// Its format.
    pub format: DocumentFormat,
    /// How many lines the front matter takes.
    pub skipped_lines: u32,
    /// Whose slugs.
    pub slug_flavour: SlugFlavour,
    /// How deep block quotes, list items and footnotes may nest.
    pub max_nesting: u32,
}

/// What the body of a document holds, in order of appearance.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The texts of the records.
    pub(crate) texts: Texts,
    /// Headings.
    pub headings: Vec<Heading<Span>>,
    /// Words of each heading's section, subsections included.
    pub section_words: Vec<u32>,
    /// Links and images by start.
    pub links: Vec<Link<Span>>,
    /// Definitions.
    pub definitions: Vec<Definition>,
    /// References that nothing defines.
    pub undefined_references: Vec<UndefinedReference>,
    /// Anchors besides slugs, by line.
    pub anchors: Vec<Anchor>,
    /// Code blocks.
    pub code_blocks: Vec<CodeBlock<Span>>,
    /// Code spans.
    pub inline_code: Vec<InlineCode<Span>>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Comments addressed to CDE.
    pub directives: Vec<Directive>,
    /// Words of the rendered text.
    pub words: u32,
    /// Notes of work left to do.
    pub todos: u32,
    /// Check boxes.
    pub tasks: TaskItems,
    /// Filled lines of code blocks and content lines of code blocks.
    pub(crate) code_lines: (u32, u32),
}

impl Body {
    /// The text of the first heading of level 1 that has any.
    pub fn title(&self) -> Option<&str> {
        self.headings
            .iter()
            .find(|heading| heading.level == 1 && !heading.text.is_empty())
            .map(|heading| self.texts.get(heading.text))
    }

    /// Forgets everything and keeps the memory.
    fn clear(&mut self) {
        let mut kept = std::mem::take(self);
        kept.texts.clear();
        kept.headings.clear();
        kept.section_words.clear();
        kept.links.clear();
        kept.code_blocks.clear();
        kept.inline_code.clear();
        kept.tables.clear();
        *self = Self {
            texts: kept.texts,
            headings: kept.headings,
            section_words: kept.section_words,
            links: kept.links,
            code_blocks: kept.code_blocks,
            inline_code: kept.inline_code,
            tables: kept.tables,
            ..Self::default()
        };
    }
}

/// Memory that one document after the other uses.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// The lines of the document that is being read.
    pub(crate) lines: LineIndex,
    /// Room for packing records.
    pub(crate) packed: Vec<u8>,
    /// An earlier document's body, for its memory.
    pub(crate) body: Body,
    text: String,
}

/// Reads the document `text`, whose lines `scratch` must have read. O(length).
pub(crate) fn parse_body(text: &str, options: &BodyOptions, scratch: &mut Scratch) -> Result<Body, Excess> {
    match options.format {
        DocumentFormat::RestructuredText => return Ok(rst::parse(text, scratch)),
        DocumentFormat::AsciiDoc => return Ok(asciidoc::parse(text, options.skipped_lines + 1, scratch)),
        DocumentFormat::Text => return Ok(plain::parse(text, options.slug_flavour, scratch)),
        _ => {}
    }
    let first = options.skipped_lines + 1;
    excess::open_link(text, first, &scratch.lines)?;
    let base = scratch.lines.line_start(first);
    let body = &text[base as usize..];
    let mut tags = Vec::new();
    let prepared = prepare::prepare(body, options.format, &mut tags);
    let mut body = extract::extract(text, &prepared, base, options, scratch)?;
    html_blocks::record_jsx(&tags, text, base, &mut body, scratch);
    let mut slugger = Slugger::new(options.slug_flavour);
    // GitHub makes slugs of the text without images, whose blanks count.
    let prepared = options.slug_flavour == SlugFlavour::Github;
    headings::finish(&mut body, prepared, |text| slugger.next(text), &mut scratch.lines);
    Ok(body)
}
