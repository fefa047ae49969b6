//! The sections of one document with their lines and words.

use std::path::Path;

use cde_core::{Answer, Completeness, CoreError, ErrorCode, RepoPath, Result};
use cde_filesystem::{Decoded, read_text};

use crate::document::{Identity, Parsed};
use crate::format::DocumentFormat;
use crate::markdown::Scratch;
use crate::model::{OutlineSection, OutlineSummary};
use crate::options::ScanOptions;
use crate::source::offset;

/// The sections of the document at `path`, in order. Schema `cde.docs.outline/1`.
///
/// The format is told by the file's name, as the scan does; a file of any other name is read as Markdown. Fails as
/// [`cde_filesystem::read_text`] does, and with `limit-exceeded` for a document that is too large, nests too deeply or
/// costs too much.
pub fn outline(path: &Path, options: &ScanOptions) -> Result<Answer<OutlineSummary, Vec<OutlineSection>>> {
    let name = RepoPath::from(path);
    let format = DocumentFormat::of_path(name.as_bytes());
    let mut answer = read_text(path, options.max_document_bytes)?;
    let Some(file) = answer.items.pop() else {
        return Err(CoreError::new(ErrorCode::Internal, "a file was read without result").at(path));
    };
    let identity = Identity {
        path: name,
        format: format.unwrap_or(DocumentFormat::Markdown),
        size: file.size,
        hash: file.hash,
    };
    let decoded = Decoded {
        text: file.text.into(),
        encoding: file.encoding,
        bom: file.bom,
        line_ending: file.line_ending,
        invalid_bytes: file.invalid_bytes,
    };
    let (parsed, excess) = Parsed::read(identity, &decoded, options, &mut Scratch::default());
    if let Some(excess) = excess {
        return Err(excess.error(options.max_nesting).at(path).hint("simplify the document"));
    }
    let items: Vec<OutlineSection> = parsed
        .body
        .headings
        .iter()
        .zip(&parsed.body.section_words)
        .map(|(heading, words)| OutlineSection {
            level: heading.level,
            text: parsed.body.texts.get(heading.text).into(),
            slug: parsed.body.texts.get(heading.slug).into(),
            line: heading.line,
            end_line: heading.end_line,
            words: *words,
            reference: parsed.reference(heading.line, heading.end_line),
        })
        .collect();
    Ok(Answer {
        schema: "cde.docs.outline/1",
        root: answer.root,
        snapshot: answer.snapshot,
        completeness: Completeness { scanned: 1, ..Completeness::default() },
        summary: OutlineSummary {
            title: parsed.title(),
            sections: offset(items.len()),
            lines: parsed.line_count,
            words: parsed.body.words,
        },
        items,
        diagnostics: parsed.diagnostic().into_iter().collect(),
    })
}
