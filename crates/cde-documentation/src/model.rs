//! Records of the documentation capability: everything one parse of a document yields.
//!
//! Names, field names and field order are those of `cde_orchestrator.domain.documents`; the order is the key order of
//! the JSON form. Positions: `line` and `column` count from 1, columns in code points; `start` and `end` are byte offsets
//! into the document's text as UTF-8 after a byte order mark, with the line endings of the file. In a notebook a record has
//! the line of the string that holds its line of the cell, its column counts in the line of the cell, and offsets are 0.

use cde_core::{PackedValue, RepoPath, Sha256Hex, Value};
use serde::{Serialize, Serializer};

use crate::check::Notes;
use crate::packed::{Packed, enumeration, record};

/// A document of which only the name was asked.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DocumentName {
    /// Relative to the root.
    pub path: RepoPath,
}

/// A document in one line.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentSummary {
    /// Relative to the root.
    pub path: RepoPath,
    /// `markdown`, `mdx`, `restructuredtext`, `asciidoc`, `notebook` or `text`.
    pub format: &'static str,
    /// In bytes.
    pub size: u64,
    /// Of the file's bytes.
    pub hash: Sha256Hex,
    /// From the front matter or the first heading of level 1.
    pub title: Option<Box<str>>,
    /// The front matter's `status`, where it is text.
    pub status: Option<Box<str>>,
    /// Words of the rendered text.
    pub word_count: u32,
    /// Number of headings.
    pub heading_count: u32,
    /// Number of links and images.
    pub link_count: u32,
    /// Required front matter keys that are absent, in the order of the options.
    pub missing_metadata: Box<[Box<str>]>,
}

/// How the text was decoded.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DocumentEncoding {
    /// What the bytes were decoded from.
    pub name: &'static str,
    /// Whether a byte order mark was removed.
    pub bom: bool,
    /// `lf`, `crlf`, `cr`, `mixed` or `none`.
    pub line_ending: &'static str,
    /// Bytes replaced by U+FFFD.
    pub invalid_bytes: u32,
}

/// Why the front matter cannot be read.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct FrontMatterError {
    /// In the document.
    pub line: u32,
    /// Where known.
    pub column: Option<u32>,
    /// One sentence.
    pub message: Box<str>,
}

/// A key given twice in one mapping; the last one won.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DuplicateKey {
    /// Dotted path.
    pub key: Box<str>,
    /// Of the repetition.
    pub line: u32,
}

/// The block of metadata at the very start.
#[derive(Clone, Debug, Serialize)]
pub struct FrontMatter<D = Value> {
    /// `yaml`, `toml` or `json`.
    pub format: &'static str,
    /// The mapping in the order of the file; `None` when there is an error or no mapping.
    pub data: Option<D>,
    /// With both fences; the body starts on the next line.
    pub line_count: u32,
    /// Byte offset of the opening fence.
    pub start: u32,
    /// Byte offset after the closing fence.
    pub end: u32,
    /// Why it cannot be read.
    pub error: Option<FrontMatterError>,
    /// Keys given twice.
    pub duplicate_keys: Vec<DuplicateKey>,
}

impl FrontMatter {
    /// The same with its data in one piece, as a document keeps it.
    pub(crate) fn packed(self) -> FrontMatter<PackedValue> {
        FrontMatter {
            format: self.format,
            data: self.data.as_ref().map(PackedValue::from),
            line_count: self.line_count,
            start: self.start,
            end: self.end,
            error: self.error,
            duplicate_keys: self.duplicate_keys,
        }
    }
}

/// A heading and its section.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Heading<S = Box<str>> {
    /// 1 to 6.
    pub level: u8,
    /// The rendered text.
    pub text: S,
    /// Unique in the document under the chosen flavour.
    pub slug: S,
    /// Set by `{#id}`.
    pub explicit_id: Option<S>,
    /// Of the heading's first character.
    pub line: u32,
    /// Of the heading's first character.
    pub column: u32,
    /// The section's last line.
    pub end_line: u32,
    /// Where the section starts.
    pub start: u32,
    /// Where it ends: before the next heading of the same or a higher level.
    pub section_end: u32,
    /// Index of the enclosing heading.
    pub parent: Option<u32>,
}

record!(Heading { level, line, column, end_line, start, section_end, parent; text, slug; explicit_id });

/// How a link is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// `[text](target)`.
    Inline,
    /// `[text][label]`.
    Reference,
    /// `[label][]`.
    Collapsed,
    /// `[label]`.
    Shortcut,
    /// `<https://example.org>`.
    Autolink,
    /// `https://example.org` in text.
    Bare,
    /// `[^label]`.
    Footnote,
    /// `[[target|text]]`.
    Wiki,
    /// `href` or `src` of an HTML tag.
    Html,
}

enumeration!(LinkKind: Inline, Reference, Collapsed, Shortcut, Autolink, Bare, Footnote, Wiki, Html);

/// A link or image as written.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Link<S = Box<str>> {
    /// How it is written.
    pub kind: LinkKind,
    /// The rendered text; an image's alternative text.
    pub text: S,
    /// Without the fragment, percent-encoding kept.
    pub target: S,
    /// What follows the first `#`.
    pub fragment: Option<S>,
    /// The title.
    pub title: Option<S>,
    /// Of the construct's first character.
    pub line: u32,
    /// Of the construct's first character.
    pub column: u32,
    /// Whether it is an image.
    pub image: bool,
    /// Whether the target has no scheme and no host.
    pub internal: bool,
    /// The normalised label of a reference or footnote.
    pub label: Option<S>,
    /// Index of the enclosing heading.
    pub section: Option<u32>,
    /// Where the construct starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

record!(Link { kind, line, column, image, internal, section, start, end; text, target; fragment, title, label });

/// What a definition defines.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DefinitionKind {
    /// `[label]: target`.
    Link,
    /// `[^label]: text`.
    Footnote,
}

enumeration!(DefinitionKind: Link, Footnote);

/// A link reference or footnote definition.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Definition<S = Box<str>> {
    /// Normalised.
    pub label: S,
    /// Empty for a footnote.
    pub target: S,
    /// What follows the first `#`.
    pub fragment: Option<S>,
    /// The title.
    pub title: Option<S>,
    /// Of a link or a footnote.
    pub kind: DefinitionKind,
    /// Where it starts.
    pub line: u32,
    /// Whether a reference resolves to it.
    pub used: bool,
    /// Whether an earlier definition has the same label, so that this one has no effect.
    pub duplicate: bool,
}

record!(Definition { kind, line, used, duplicate; label, target; fragment, title });

/// `[text][label]` or `[label][]` whose label no definition has, so that it is shown as it is written.
///
/// Only where it is meant as a reference: not directly after a letter, a digit, `_`, `]` or `)`, where it reads as an
/// index (`rows[i][j]`).
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct UndefinedReference<S = Box<str>> {
    /// Normalised.
    pub label: S,
    /// The bracketed text as written.
    pub text: S,
    /// Of the opening bracket.
    pub line: u32,
    /// Of the opening bracket.
    pub column: u32,
}

record!(UndefinedReference { line, column; label, text;  });

/// What makes an anchor.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AnchorKind {
    /// `{#id}` after a heading.
    Explicit,
    /// `id` or `name` of an HTML tag.
    Html,
    /// A footnote definition.
    Footnote,
}

enumeration!(AnchorKind: Explicit, Html, Footnote);

/// Something a fragment can point at, besides the headings' slugs.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Anchor<S = Box<str>> {
    /// The id.
    pub id: S,
    /// What makes it.
    pub kind: AnchorKind,
    /// Where it stands.
    pub line: u32,
}

record!(Anchor { kind, line; id;  });

/// A code block.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CodeBlock<S = Box<str>> {
    /// The first word of `info`.
    pub language: Option<S>,
    /// What follows the opening fence.
    pub info: S,
    /// Of the opening fence or the first line of indented code.
    pub line: u32,
    /// Content lines.
    pub line_count: u32,
    /// Whether fences delimit it.
    pub fenced: bool,
    /// Whether a closing fence was found; indented code is always closed.
    pub closed: bool,
    /// Where it starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

record!(CodeBlock { line, line_count, fenced, closed, start, end; info; language });

/// A code span.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct InlineCode<S = Box<str>> {
    /// The content.
    pub text: S,
    /// Of the opening backtick.
    pub line: u32,
    /// Of the opening backtick.
    pub column: u32,
}

record!(InlineCode { line, column; text;  });

/// A GFM table.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Table {
    /// Of the header row.
    pub line: u32,
    /// The last row's.
    pub end_line: u32,
    /// Without the header.
    pub rows: u32,
    /// Of the header.
    pub columns: u32,
}

/// An HTML comment addressed to CDE: `<!-- cde-NAME ARGUMENTS -->`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Directive<S = Box<str>> {
    /// What follows `cde-`.
    pub name: S,
    /// The rest, trimmed.
    pub arguments: S,
    /// Where the comment starts.
    pub line: u32,
}

record!(Directive { line; name, arguments;  });

/// Check boxes of task lists.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct TaskItems {
    /// `[ ]`.
    pub open: u32,
    /// `[x]`.
    pub done: u32,
}

/// Measures of a document.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct DocumentMetrics {
    /// Non-blank lines outside code and front matter.
    pub prose_lines: u32,
    /// Lines of code blocks.
    pub code_lines: u32,
    /// Their share of both in thousandths.
    pub code_permille: u32,
    /// The deepest heading level.
    pub depth: u8,
    /// Words at 200 a minute, rounded up.
    pub reading_minutes: u32,
    /// Notes of work left to do.
    pub todo_count: u32,
    /// Images.
    pub images: u32,
    /// Images whose alternative text is empty.
    pub images_without_alt: u32,
}

/// A cell of a notebook.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct NotebookCell {
    /// From 0.
    pub index: u32,
    /// `markdown`, `code` or `raw`.
    pub kind: &'static str,
    /// Of the first string of its source in the file.
    pub line: u32,
    /// Lines of its source.
    pub line_count: u32,
}

/// Everything that one parse yields.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// Relative to the root.
    pub path: RepoPath,
    /// `markdown`, `mdx`, `restructuredtext`, `asciidoc`, `notebook` or `text`.
    pub format: &'static str,
    /// In bytes.
    pub size: u64,
    /// Of the file's bytes.
    pub hash: Sha256Hex,
    /// The receipt `path#L1-Ln@hash12`.
    #[serde(rename = "ref")]
    pub reference: RepoPath,
    /// How the text was decoded.
    pub encoding: DocumentEncoding,
    /// Lines of the text.
    pub line_count: u32,
    /// From the front matter or the first heading of level 1.
    pub title: Option<Box<str>>,
    /// From the front matter.
    pub language: Option<Box<str>>,
    /// The block of metadata at the very start.
    pub front_matter: Option<Box<FrontMatter<PackedValue>>>,
    /// In order of appearance.
    pub headings: Packed<Heading>,
    /// Links and images, in order of `start`.
    pub links: Packed<Link>,
    /// In order of appearance.
    pub definitions: Packed<Definition>,
    /// In order of appearance.
    pub undefined_references: Packed<UndefinedReference>,
    /// In order of appearance.
    pub anchors: Packed<Anchor>,
    /// In order of appearance.
    pub code_blocks: Packed<CodeBlock>,
    /// In order of appearance.
    pub inline_code: Packed<InlineCode>,
    /// In order of appearance.
    pub tables: Box<[Table]>,
    /// In order of appearance.
    pub directives: Packed<Directive>,
    /// Words of the rendered text.
    pub word_count: u32,
    /// Check boxes.
    pub task_items: TaskItems,
    /// Measures.
    pub metrics: DocumentMetrics,
    /// Of a notebook.
    pub cells: Option<Box<[NotebookCell]>>,
    /// What a check needs of the text, if the scan was told of the check.
    #[serde(skip)]
    pub(crate) notes: Option<Box<Notes>>,
}

/// A document in the detail that was asked for.
#[derive(Clone, Debug)]
pub enum DocumentItem {
    /// The name alone.
    Name(DocumentName),
    /// One line.
    Summary(Box<DocumentSummary>),
    /// Everything.
    Full(Box<Document>),
}

impl DocumentItem {
    /// Relative to the root.
    pub fn path(&self) -> &RepoPath {
        match self {
            Self::Name(item) => &item.path,
            Self::Summary(item) => &item.path,
            Self::Full(item) => &item.path,
        }
    }
}

impl Serialize for DocumentItem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Name(item) => item.serialize(serializer),
            Self::Summary(item) => item.serialize(serializer),
            Self::Full(item) => item.serialize(serializer),
        }
    }
}

/// Counts over all documents of a scan; zero where the detail level does not look.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct ScanSummary {
    /// Documents listed.
    pub documents: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Their words.
    pub words: u64,
    /// Headings.
    pub headings: u64,
    /// Links without images.
    pub links: u64,
    /// Links without images whose target has no scheme and no host.
    pub internal_links: u64,
    /// Images.
    pub images: u64,
    /// Code blocks.
    pub code_blocks: u64,
    /// Open task items.
    pub tasks_open: u64,
    /// Done task items.
    pub tasks_done: u64,
    /// Documents with front matter.
    pub with_front_matter: u64,
    /// Documents without a title.
    pub without_title: u64,
}

/// A heading with the lines of its section and its receipt.
#[derive(Clone, Debug, Serialize)]
pub struct OutlineSection {
    /// 1 to 6.
    pub level: u8,
    /// The rendered text.
    pub text: Box<str>,
    /// Unique in the document.
    pub slug: Box<str>,
    /// Of the heading.
    pub line: u32,
    /// The section's last line.
    pub end_line: u32,
    /// Words of the section with its subsections.
    pub words: u32,
    /// `path#Lstart-Lend@hash12`.
    #[serde(rename = "ref")]
    pub reference: RepoPath,
}

/// Title, number of sections, lines and words of one document.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct OutlineSummary {
    /// From the front matter or the first heading of level 1.
    pub title: Option<Box<str>>,
    /// Headings.
    pub sections: u32,
    /// Lines of the text.
    pub lines: u32,
    /// Words of the rendered text.
    pub words: u32,
}
