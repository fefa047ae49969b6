//! Scanning: every document of a tree, each read and parsed once, in parallel.

use cde_core::{
    Answer, Completeness, CompletenessState, Context, Diagnostic, RepoPath, Result, Severity, SkipCounter,
    Stage, snapshot_id,
};
use cde_filesystem::{FileKind, ReadProblem, Tags, Tree, decode, file_facts, read_file};
use rayon::prelude::*;

use crate::check::{ChosenRules, Notes, TextRules};
use crate::document::{Identity, Parsed};
use crate::format::DocumentFormat;
use crate::markdown::Scratch;
use crate::model::{DocumentItem, DocumentName, ScanSummary};
use crate::options::{DetailLevel, ScanOptions};
use crate::source::offset;
use crate::sphinx::TextFolders;

const SCHEMA: &str = "cde.docs.scan/1";
const MAX_BYTES_LIMIT: &str = "max-document-bytes";

/// Memory that a thread uses for one document after the other.
#[derive(Default)]
struct Worker {
    bytes: Vec<u8>,
    scratch: Scratch,
}

/// What became of one file.
enum Outcome {
    Read {
        item: DocumentItem,
        summary: ScanSummary,
        diagnostics: Vec<Diagnostic>,
        limit: Option<&'static str>,
    },
    Binary(Diagnostic),
    Problem(ReadProblem),
}

/// Every document of `tree`, by path bytes. Schema `cde.docs.scan/1`.
///
/// Documents are Markdown (`.md`, `.markdown`, `.mdown`, `.mkd`), MDX (`.mdx`), reStructuredText (`.rst`), AsciiDoc
/// (`.adoc`, `.asciidoc`), notebooks (`.ipynb`) and plain texts known by name (`README`, `CHANGES.txt` and their like); a
/// `.txt` file is reStructuredText where a `conf.py` in its folder or above says so.
/// Links to files, vendored and generated files (unless the tree was opened with `vendored`) and binary files are named
/// among the skipped. A document beyond a limit is listed without content, with a diagnostic, and makes the answer
/// partial. Detail `names` opens no document. O(bytes of the documents).
pub fn scan(
    tree: &Tree,
    options: &ScanOptions,
    context: &Context,
) -> Result<Answer<ScanSummary, Vec<DocumentItem>>> {
    let noted = options.check.as_ref().map(ChosenRules::new).transpose()?;
    let noted = noted.as_ref().map(TextRules::of).unwrap_or_default();
    let mut skipped = tree.skipped().clone();
    let found = documents(tree, &mut skipped);
    let mut diagnostics = tree.diagnostics().to_vec();
    let mut limits: Vec<&'static str> = Vec::new();
    let mut summary = ScanSummary::default();
    let mut items = Vec::with_capacity(found.len());
    let mut snapshot = None;
    if options.detail == DetailLevel::Names {
        items.extend(found.iter().map(|(index, _)| {
            DocumentItem::Name(DocumentName { path: RepoPath::from_bytes(tree.path(*index)) })
        }));
        summary.documents = items.len() as u64;
    } else {
        context.progress.begin(Stage::Read, found.len() as u64);
        let outcomes: Vec<Outcome> = found
            .par_iter()
            .map_init(Worker::default, |worker, (index, format)| {
                context.check()?;
                let outcome = read(tree, (*index, *format), options, noted, context, worker);
                context.progress.advance(1);
                Ok(outcome)
            })
            .collect::<Result<_>>()?;
        context.check()?;
        let mut read = Vec::with_capacity(found.len());
        for ((index, _), outcome) in found.iter().zip(outcomes) {
            let path = tree.path(*index);
            match outcome {
                Outcome::Read { item, summary: one, diagnostics: reported, limit } => {
                    items.push(item);
                    read.push(*index);
                    add(&mut summary, &one);
                    diagnostics.extend(reported);
                    limits.extend(limit);
                }
                Outcome::Binary(diagnostic) => {
                    skipped.add("binary", RepoPath::from_bytes(path));
                    diagnostics.push(diagnostic);
                }
                Outcome::Problem(problem) => {
                    let reported = problem.diagnostic(path);
                    let reason = if reported.is_some() { "unreadable" } else { "vanished" };
                    skipped.add(reason, RepoPath::from_bytes(path));
                    diagnostics.extend(reported);
                }
            }
        }
        let facts = read.iter().filter_map(|index| Some((tree.path(*index), tree.facts(*index)?)));
        snapshot = Some(snapshot_id(facts.map(|(path, facts)| (path, facts.size, &facts.sha256))));
    }
    limits.sort_unstable();
    limits.dedup();
    diagnostics.sort_by(|left, right| {
        (&left.path, left.line, left.code).cmp(&(&right.path, right.line, right.code))
    });
    let unreadable = diagnostics.iter().any(|one| one.code.starts_with("unreadable-"));
    let state = if unreadable || !limits.is_empty() {
        CompletenessState::Partial
    } else {
        CompletenessState::Complete
    };
    Ok(Answer {
        schema: SCHEMA,
        root: tree.root().clone(),
        snapshot,
        completeness: Completeness {
            state,
            scanned: items.len() as u64,
            skipped: skipped.finish(),
            limits: limits.into_iter().map(str::to_owned).collect(),
        },
        summary,
        items,
        diagnostics,
    })
}

/// The files to read and their formats; the other documents are counted as skipped.
fn documents(tree: &Tree, skipped: &mut SkipCounter) -> Vec<(usize, DocumentFormat)> {
    let texts = TextFolders::new(tree);
    let mut found = Vec::new();
    for index in 0..tree.len() {
        let path = tree.path(index);
        let is_rst = texts.hold(path);
        let format =
            if is_rst { Some(DocumentFormat::RestructuredText) } else { DocumentFormat::of_path(path) };
        let Some(format) = format else { continue };
        let reason = if tree.kind(index) == FileKind::Symlink {
            Some("symlink")
        } else if tree.options().vendored {
            None
        } else {
            marked_reason(tree.tags(index))
        };
        match reason {
            Some(reason) => skipped.add(reason, RepoPath::from_bytes(path)),
            None => found.push((index, format)),
        }
    }
    found
}

fn marked_reason(tags: Tags) -> Option<&'static str> {
    [(Tags::VENDORED, "vendored"), (Tags::GENERATED, "generated")]
        .into_iter()
        .find_map(|(tag, reason)| tags.contains(tag).then_some(reason))
}

fn read(
    tree: &Tree,
    (index, format): (usize, DocumentFormat),
    options: &ScanOptions,
    text_rules: TextRules,
    context: &Context,
    worker: &mut Worker,
) -> Outcome {
    let path = RepoPath::from_bytes(tree.path(index));
    let warning = |code, message| Diagnostic {
        path: path.clone(),
        line: None,
        column: None,
        code,
        severity: Severity::Warning,
        message,
    };
    let mut limit = None;
    let mut diagnostics = Vec::new();
    let mut text = None;
    let parsed = match read_file(tree, index, options.max_document_bytes, &mut worker.bytes) {
        Ok(facts) if facts.binary => {
            return Outcome::Binary(warning("binary-document", "the document is binary".to_owned()));
        }
        Ok(facts) => {
            let identity = Identity { path: path.clone(), format, size: facts.size, hash: facts.sha256 };
            let decoded = decode(&worker.bytes);
            let (parsed, excess) = Parsed::read(identity, &decoded, options, &mut worker.scratch);
            diagnostics.extend(parsed.diagnostic());
            if let Some(excess) = excess {
                diagnostics.push(excess.diagnostic(path.clone(), options.max_nesting));
                limit = Some(excess.limit_name());
            } else if !text_rules.is_empty() {
                text = Some(decoded.text);
            }
            parsed
        }
        Err(problem) if problem.code == "file-too-large" => {
            let facts = match file_facts(tree, index, context) {
                Ok(facts) => facts,
                Err(problem) => return Outcome::Problem(problem),
            };
            let message = format!("the document has more than {} bytes", options.max_document_bytes);
            diagnostics.push(warning("document-too-large", message));
            limit = Some(MAX_BYTES_LIMIT);
            let identity = Identity { path: path.clone(), format, size: facts.size, hash: facts.sha256 };
            Parsed::unread(
                identity,
                facts.encoding,
                offset(usize::try_from(facts.lines).unwrap_or(usize::MAX)),
            )
        }
        Err(problem) => return Outcome::Problem(problem),
    };
    let summary = summarise(&parsed);
    let item = if options.detail == DetailLevel::Summary {
        DocumentItem::Summary(Box::new(parsed.summary(&options.required_metadata)))
    } else {
        let mut document = parsed.into_document(&mut worker.scratch);
        if let Some(text) = text {
            let notes = Notes::take(&document, &text, &mut worker.scratch.lines, text_rules);
            document.notes = Some(Box::new(notes));
        }
        DocumentItem::Full(Box::new(document))
    };
    Outcome::Read { item, summary, diagnostics, limit }
}

fn summarise(parsed: &Parsed) -> ScanSummary {
    let body = &parsed.body;
    let links = || body.links.iter().filter(|link| !link.image);
    ScanSummary {
        documents: 1,
        bytes: parsed.identity.size,
        words: u64::from(body.words),
        headings: body.headings.len() as u64,
        links: links().count() as u64,
        internal_links: links().filter(|link| link.internal).count() as u64,
        images: body.links.iter().filter(|link| link.image).count() as u64,
        code_blocks: body.code_blocks.len() as u64,
        tasks_open: u64::from(body.tasks.open),
        tasks_done: u64::from(body.tasks.done),
        with_front_matter: u64::from(parsed.front_matter.is_some()),
        without_title: u64::from(parsed.title().is_none()),
    }
}

fn add(total: &mut ScanSummary, one: &ScanSummary) {
    total.documents += one.documents;
    total.bytes += one.bytes;
    total.words += one.words;
    total.headings += one.headings;
    total.links += one.links;
    total.internal_links += one.internal_links;
    total.images += one.images;
    total.code_blocks += one.code_blocks;
    total.tasks_open += one.tasks_open;
    total.tasks_done += one.tasks_done;
    total.with_front_matter += one.with_front_matter;
    total.without_title += one.without_title;
}
