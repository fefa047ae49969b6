//! One file as text.

use std::io::{self, Read};
use std::path::Path;

use cde_core::{Answer, Completeness, CoreError, ErrorCode, RepoPath, Result, Sha256Hex, snapshot_id};
use serde::Serialize;

use crate::decode::{LineEnding, decode_legacy};
use crate::facts::facts_of;
use crate::open;

/// A file's text and what was done to obtain it.
#[derive(Clone, Debug, Serialize)]
pub struct TextFile {
    /// The path as given.
    pub path: RepoPath,
    /// In bytes.
    pub size: u64,
    /// Digest of the bytes.
    pub hash: Sha256Hex,
    /// What the text was decoded from.
    pub encoding: &'static str,
    /// Whether a byte order mark was removed.
    pub bom: bool,
    /// Its line endings.
    pub line_ending: LineEnding,
    /// How many bytes were replaced by U+FFFD.
    pub invalid_bytes: u64,
    /// Lines that a line feed ends, and an unended last one.
    pub line_count: u64,
    /// The receipt.
    #[serde(rename = "ref")]
    pub reference: RepoPath,
    /// The text.
    pub text: String,
}

/// What a reading comes to.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TextSummary {
    /// Files read.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Their lines.
    pub lines: u64,
}

/// One file as text, decoded as [`decode_legacy`] does. Schema `cde.files.read/1`.
///
/// A link is followed, since the caller named it. Fails with `limit-exceeded` beyond `max_bytes`, and with
/// `invalid-argument` for a folder, a device and a binary file.
pub fn read_text(path: &Path, max_bytes: u64) -> Result<Answer<TextSummary, Vec<TextFile>>> {
    if path.as_os_str().as_encoded_bytes().contains(&0) {
        return Err(CoreError::new(ErrorCode::InvalidArgument, "a path cannot hold a NUL byte").at(path));
    }
    let refused =
        |message: &str, hint: &str| CoreError::new(ErrorCode::InvalidArgument, message).at(path).hint(hint);
    let too_large = || {
        CoreError::new(ErrorCode::LimitExceeded, format!("the file has more than {max_bytes} bytes"))
            .at(path)
            .hint("raise the limit to read it whole")
    };
    let failed = |error: io::Error| CoreError::from_io(&error, path);
    let file = open::named_file(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(refused("not a regular file", "name a file to read"));
    }
    if metadata.len() > max_bytes {
        return Err(too_large());
    }
    let mut content = Vec::new();
    file.take(max_bytes.saturating_add(1)).read_to_end(&mut content).map_err(failed)?;
    if content.len() as u64 > max_bytes {
        return Err(too_large());
    }
    let name = RepoPath::from(path);
    let facts = facts_of(name.as_bytes(), &content);
    if facts.binary {
        return Err(refused("the file is binary", "only text can be shown"));
    }
    let decoded = decode_legacy(&content);
    let reference = format!("#L1-L{}@{}", facts.lines.max(1), facts.sha256.hash12());
    let snapshot = snapshot_id([(&name, facts.size, &facts.sha256)]);
    let item = TextFile {
        path: name.clone(),
        size: facts.size,
        hash: facts.sha256,
        encoding: decoded.encoding,
        bom: decoded.bom,
        line_ending: decoded.line_ending,
        invalid_bytes: decoded.invalid_bytes,
        line_count: facts.lines,
        reference: [name.as_bytes(), reference.as_bytes()].concat().into(),
        text: decoded.text.into_owned(),
    };
    Ok(Answer {
        schema: "cde.files.read/1",
        root: name,
        snapshot: Some(snapshot),
        completeness: Completeness { scanned: 1, ..Completeness::default() },
        summary: TextSummary { files: 1, bytes: facts.size, lines: facts.lines },
        items: vec![item],
        diagnostics: Vec::new(),
    })
}
