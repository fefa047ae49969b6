//! One document's bytes or text to its record.

use cde_core::{
    CoreError, Diagnostic, ErrorCode, RepoPath, Result, Severity, Sha256Hex, Value, sha256, to_json,
};
use cde_filesystem::{Decoded, LineEnding, decode};

use crate::format::DocumentFormat;
use crate::frontmatter;
use crate::markdown::{Body, BodyOptions, Excess, Scratch, parse_body};
use crate::metrics::{LineMeasures, measure};
use crate::model::{Document, DocumentEncoding, DocumentSummary, FrontMatter, NotebookCell, TaskItems};
use crate::notebook;
use crate::options::ScanOptions;
use crate::packed::Packed;
use crate::source::offset;

/// What identifies a document.
pub(crate) struct Identity {
    pub(crate) path: RepoPath,
    pub(crate) format: DocumentFormat,
    pub(crate) size: u64,
    pub(crate) hash: Sha256Hex,
}

/// A document that was read, before the detail is chosen.
pub(crate) struct Parsed {
    pub(crate) identity: Identity,
    pub(crate) encoding: DocumentEncoding,
    pub(crate) line_count: u32,
    pub(crate) front_matter: Option<FrontMatter>,
    pub(crate) body: Body,
    /// Filled lines of the body.
    filled: u32,
    cells: Option<Box<[NotebookCell]>>,
    invalid_notebook: Option<notebook::Invalid>,
}

impl Parsed {
    /// Reads `decoded`. A body that exceeds a limit is left out.
    pub(crate) fn read(
        identity: Identity,
        decoded: &Decoded<'_>,
        options: &ScanOptions,
        scratch: &mut Scratch,
    ) -> (Self, Option<Excess>) {
        if identity.format == DocumentFormat::Notebook {
            return Self::read_notebook(identity, decoded, options, scratch);
        }
        let text = decoded.text.as_ref();
        let front_matter =
            if identity.format.may_have_front_matter(text) { frontmatter::parse(text) } else { None };
        scratch.lines.read(text);
        let skipped_lines = front_matter.as_ref().map_or(0, |matter| matter.line_count);
        let body_options = BodyOptions {
            format: identity.format,
            skipped_lines,
            slug_flavour: options.slug_flavour,
            max_nesting: options.max_nesting,
        };
        let line_count = scratch.lines.line_count();
        let (body, error) = match parse_body(text, &body_options, scratch) {
            Ok(body) => (body, None),
            Err(error) => (Body::default(), Some(error)),
        };
        let filled = if error.is_none() { scratch.lines.filled(skipped_lines + 1, line_count) } else { 0 };
        let encoding = encoding_of(decoded);
        let parsed = Self { front_matter, body, filled, ..Self::empty(identity, encoding, line_count) };
        (parsed, error)
    }

    fn read_notebook(
        identity: Identity,
        decoded: &Decoded<'_>,
        options: &ScanOptions,
        scratch: &mut Scratch,
    ) -> (Self, Option<Excess>) {
        scratch.lines.read(&decoded.text);
        let line_count = scratch.lines.line_count();
        let mut parsed = Self::empty(identity, encoding_of(decoded), line_count);
        let found = match notebook::read(&decoded.text, &mut scratch.lines) {
            Ok(found) => found,
            Err(invalid) => {
                parsed.invalid_notebook = Some(invalid);
                return (parsed, None);
            }
        };
        let body_options = BodyOptions {
            format: DocumentFormat::Markdown,
            skipped_lines: 0,
            slug_flavour: options.slug_flavour,
            max_nesting: options.max_nesting,
        };
        scratch.lines.read(&found.markdown);
        match parse_body(&found.markdown, &body_options, scratch) {
            Ok(mut body) => {
                parsed.filled = scratch.lines.filled(1, scratch.lines.line_count());
                notebook::relocate(&mut body, &found, line_count);
                parsed.body = body;
                parsed.cells = Some(found.cells.into());
                (parsed, None)
            }
            Err(excess) => {
                let line = found.place(excess.line).0;
                parsed.cells = Some(found.cells.into());
                (parsed, Some(Excess { line, ..excess }))
            }
        }
    }

    fn empty(identity: Identity, encoding: DocumentEncoding, line_count: u32) -> Self {
        let body = Body::default();
        Self {
            identity,
            encoding,
            line_count,
            front_matter: None,
            body,
            filled: 0,
            cells: None,
            invalid_notebook: None,
        }
    }

    /// A document that is listed and not parsed.
    pub(crate) fn unread(identity: Identity, encoding: &'static str, line_count: u32) -> Self {
        let encoding = DocumentEncoding { name: encoding, bom: false, line_ending: "none", invalid_bytes: 0 };
        Self::empty(identity, encoding, line_count)
    }

    fn metadata(&self, key: &str) -> Option<&Value> {
        self.front_matter.as_ref()?.data.as_ref()?.get(key)
    }

    fn metadata_text(&self, key: &str) -> Option<Box<str>> {
        self.metadata(key)?.as_text().filter(|text| !text.is_empty()).map(Into::into)
    }

    /// The title: the front matter's, else that of the first heading of level 1 that has text.
    pub(crate) fn title(&self) -> Option<Box<str>> {
        self.metadata_text("title").or_else(|| self.body.title().map(Into::into))
    }

    /// The diagnostic about front matter or a notebook that cannot be read.
    pub(crate) fn diagnostic(&self) -> Option<Diagnostic> {
        if let Some(invalid) = self.invalid_notebook {
            return Some(invalid.diagnostic(self.identity.path.clone()));
        }
        let error = self.front_matter.as_ref()?.error.as_ref()?;
        Some(Diagnostic {
            path: self.identity.path.clone(),
            line: Some(error.line),
            column: error.column,
            code: "frontmatter-invalid",
            severity: Severity::Warning,
            message: error.message.to_string(),
        })
    }

    /// The receipt for lines of the document.
    pub(crate) fn reference(&self, first: u32, last: u32) -> RepoPath {
        let lines = format!("#L{first}-L{last}@{}", self.identity.hash.hash12());
        [self.identity.path.as_bytes(), lines.as_bytes()].concat().into()
    }

    /// The document in one line.
    pub(crate) fn summary(&self, required_metadata: &[String]) -> DocumentSummary {
        let missing = required_metadata.iter().filter(|key| self.metadata(key).is_none());
        DocumentSummary {
            path: self.identity.path.clone(),
            format: self.identity.format.as_str(),
            size: self.identity.size,
            hash: self.identity.hash,
            title: self.title(),
            status: self.metadata_text("status"),
            word_count: self.body.words,
            heading_count: offset(self.body.headings.len()),
            link_count: offset(self.body.links.iter().filter(|link| !link.image).count()),
            missing_metadata: missing.map(|key| key.as_str().into()).collect(),
        }
    }

    /// The document in full.
    pub(crate) fn into_document(self, scratch: &mut Scratch) -> Document {
        let reference = self.reference(1, self.line_count.max(1));
        let title = self.title();
        let language = self.metadata_text("language").or_else(|| self.metadata_text("lang"));
        let body = self.body;
        let measured =
            LineMeasures { filled: self.filled, filled_in_code: body.code_lines.0, code: body.code_lines.1 };
        let metrics = measure(measured, &body.headings, &body.links, body.words, body.todos);
        let (texts, packed) = (&body.texts, &mut scratch.packed);
        let document = Document {
            path: self.identity.path,
            format: self.identity.format.as_str(),
            size: self.identity.size,
            hash: self.identity.hash,
            reference,
            encoding: self.encoding,
            line_count: self.line_count,
            title,
            language,
            front_matter: self.front_matter.map(|matter| Box::new(matter.packed())),
            headings: Packed::new(body.headings.iter().map(|one| one.seen(texts)), packed),
            links: Packed::new(body.links.iter().map(|one| one.seen(texts)), packed),
            definitions: Packed::new(body.definitions.iter().map(|one| one.seen(texts)), packed),
            undefined_references: Packed::new(
                body.undefined_references.iter().map(|one| one.seen(texts)),
                packed,
            ),
            anchors: Packed::new(body.anchors.iter().map(|one| one.seen(texts)), packed),
            code_blocks: Packed::new(body.code_blocks.iter().map(|one| one.seen(texts)), packed),
            inline_code: Packed::new(body.inline_code.iter().map(|one| one.seen(texts)), packed),
            tables: body.tables.as_slice().into(),
            directives: Packed::new(body.directives.iter().map(|one| one.seen(texts)), packed),
            word_count: body.words,
            task_items: TaskItems { open: body.tasks.open, done: body.tasks.done },
            metrics,
            cells: self.cells,
            notes: None,
        };
        scratch.body = body;
        document
    }
}

fn encoding_of(decoded: &Decoded<'_>) -> DocumentEncoding {
    let line_ending = match decoded.line_ending {
        LineEnding::Lf => "lf",
        LineEnding::Crlf => "crlf",
        LineEnding::Cr => "cr",
        LineEnding::Mixed => "mixed",
        LineEnding::None => "none",
    };
    DocumentEncoding {
        name: decoded.encoding,
        bom: decoded.bom,
        line_ending,
        invalid_bytes: u32::try_from(decoded.invalid_bytes).unwrap_or(u32::MAX),
    }
}

/// One document given as text, read with the default options; its path is empty.
///
/// Fails with `limit-exceeded` where it nests too deeply or costs too much.
pub fn parse_document(text: &str, format: DocumentFormat, options: &ScanOptions) -> Result<Document> {
    let identity = Identity {
        path: RepoPath::default(),
        format,
        size: text.len() as u64,
        hash: sha256(text.as_bytes()),
    };
    let decoded = decode(text.as_bytes());
    let mut scratch = Scratch::default();
    let (parsed, error) = Parsed::read(identity, &decoded, options, &mut scratch);
    match error {
        None => Ok(parsed.into_document(&mut scratch)),
        Some(excess) => Err(excess.error(options.max_nesting)),
    }
}

/// [`parse_document`] with the default options, as JSON, for tests that compare engines. `format` is a format's name in
/// records.
pub fn parse_to_json(text: &str, format: &str) -> Result<Vec<u8>> {
    let format = DocumentFormat::named(format).ok_or_else(|| {
        CoreError::new(ErrorCode::InvalidArgument, format!("unknown format '{format}'"))
            .hint("one of: markdown, mdx, restructuredtext, asciidoc, notebook, text")
    })?;
    to_json(&parse_document(text, format, &ScanOptions::default())?)
}
