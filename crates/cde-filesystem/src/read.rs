//! Reading files: the one place where contents are opened, counted and hashed.
//!
//! Whoever reads a file of a [`Tree`] does it here, so that its limits, its facts and its problems are the same for every
//! capability, and a file whose facts are known is not read again for them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use cde_core::{
    Answer, Completeness, Context, CoreError, Diagnostic, ErrorCode, RepoPath, Result, Severity, Sha256Hex,
    snapshot_id,
};
use rustix::io::Errno;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::decode::{LineEnding, Mark, Utf8Check, decode_legacy};
use crate::language::{HEAD_BYTES, binary_by_name, language_of_name, language_of_text};
use crate::open;
use crate::tree::{FileFacts, Tree};

/// How much is read between two looks at the cancel token.
const PIECE: usize = 64 * 1024;
/// A NUL among these first bytes makes a file binary.
const BINARY_PROBE: usize = 8 * 1024;

/// Why one file could not be read as asked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReadProblem {
    /// `unreadable-file`, `file-too-large`, `vanished` or `cancelled`.
    pub code: &'static str,
    /// One sentence without a full stop.
    pub message: String,
}

impl ReadProblem {
    pub(crate) fn vanished() -> Self {
        Self { code: "vanished", message: "the file vanished".into() }
    }

    fn cancelled() -> Self {
        Self { code: "cancelled", message: "the operation was cancelled".into() }
    }

    /// A file that is gone is normal; a link, FIFO or device in the place of a file is not.
    pub(crate) fn from_io(error: &io::Error) -> Self {
        if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) {
            return Self::vanished();
        }
        let special = [Errno::LOOP, Errno::NXIO, Errno::INVAL].map(Errno::raw_os_error);
        let message = if error.raw_os_error().is_none_or(|code| special.contains(&code)) {
            "not a regular file".to_owned()
        } else {
            CoreError::from_io(error, Path::new("")).message
        };
        Self { code: "unreadable-file", message }
    }

    /// The diagnostic to report about `path`; `None` for a file that vanished and for a cancelled call.
    pub fn diagnostic(&self, path: &[u8]) -> Option<Diagnostic> {
        if matches!(self.code, "vanished" | "cancelled") {
            return None;
        }
        Some(Diagnostic {
            path: RepoPath::from_bytes(path),
            line: None,
            column: None,
            code: self.code,
            severity: Severity::Warning,
            message: self.message.clone(),
        })
    }
}

/// Reads the file at `index` into `buffer` (replacing what it held) if it has at most `max_bytes`, and returns its
/// facts, which the tree remembers.
///
/// A larger file is not read; [`file_facts`] learns its facts without holding it.
pub fn read_file(
    tree: &Tree,
    index: usize,
    max_bytes: u64,
    buffer: &mut Vec<u8>,
) -> std::result::Result<FileFacts, ReadProblem> {
    buffer.clear();
    let problem = |error: io::Error| ReadProblem::from_io(&error);
    let too_large = || ReadProblem {
        code: "file-too-large",
        message: format!("the file has more than {max_bytes} bytes"),
    };
    let file = tree.open_file(index).map_err(problem)?;
    let size = file.metadata().map_err(problem)?.len();
    if size > max_bytes {
        return Err(too_large());
    }
    buffer.reserve(usize::try_from(size).unwrap_or_default() + 1);
    // One byte more than allowed tells a file that grew past the limit.
    file.take(max_bytes.saturating_add(1)).read_to_end(buffer).map_err(problem)?;
    if buffer.len() as u64 > max_bytes {
        return Err(too_large());
    }
    let facts = facts_of(tree.path(index), buffer);
    tree.remember(index, facts.clone());
    Ok(facts)
}

/// The facts of the file at `index`: remembered ones, or learnt by reading it in pieces, whatever its size.
///
/// The caller tests `context` itself where the problem is `cancelled`.
pub fn file_facts(
    tree: &Tree,
    index: usize,
    context: &Context,
) -> std::result::Result<FileFacts, ReadProblem> {
    if let Some(facts) = tree.facts(index) {
        return Ok(facts.clone());
    }
    let problem = |error: io::Error| ReadProblem::from_io(&error);
    let file = tree.open_file(index).map_err(problem)?;
    let facts = stream_facts(tree.path(index), file, context)?;
    tree.remember(index, facts.clone());
    Ok(facts)
}

/// The facts of an open file, from where it stands.
pub(crate) fn stream_facts(
    path: &[u8],
    mut file: File,
    context: &Context,
) -> std::result::Result<FileFacts, ReadProblem> {
    let mut scan = Scan::new(path);
    let mut piece = Vec::with_capacity(PIECE);
    loop {
        if context.cancel.is_cancelled() {
            return Err(ReadProblem::cancelled());
        }
        piece.clear();
        let read = (&mut file).take(PIECE as u64).read_to_end(&mut piece);
        let count = read.map_err(|error| ReadProblem::from_io(&error))?;
        scan.feed(&piece);
        if count < PIECE {
            return Ok(scan.finish());
        }
    }
}

/// The facts of a whole content.
pub(crate) fn facts_of(path: &[u8], content: &[u8]) -> FileFacts {
    let mut scan = Scan::new(path);
    scan.feed(content);
    scan.finish()
}

/// Learns facts from a content given in pieces; the first piece holds the first 64 KiB or everything.
struct Scan<'a> {
    path: &'a [u8],
    hasher: Sha256,
    size: u64,
    started: bool,
    binary: bool,
    mark: Mark,
    language: Option<&'static str>,
    utf8: Utf8Check,
    line_feeds: u64,
    /// The last byte, or the last two in UTF-16.
    last: [u8; 2],
}

impl<'a> Scan<'a> {
    fn new(path: &'a [u8]) -> Self {
        Self {
            path,
            hasher: Sha256::new(),
            size: 0,
            started: false,
            binary: binary_by_name(path) == Some(true),
            mark: Mark::None,
            language: None,
            utf8: Utf8Check::default(),
            line_feeds: 0,
            last: [0; 2],
        }
    }

    fn feed(&mut self, piece: &[u8]) {
        self.hasher.update(piece);
        let mut text = piece;
        if !self.started {
            self.start(piece);
            text = &piece[self.mark.len()..];
        }
        // Pieces are of even length but for the last, so a pair is never cut.
        if !self.binary {
            match self.mark {
                Mark::Utf16Le => self.count_units(text, [b'\n', 0]),
                Mark::Utf16Be => self.count_units(text, [0, b'\n']),
                Mark::Utf8 => self.count_bytes(text),
                Mark::None => {
                    self.count_bytes(text);
                    self.utf8.feed(text);
                }
            }
        }
        self.size += piece.len() as u64;
    }

    fn start(&mut self, head: &[u8]) {
        self.started = true;
        self.mark = Mark::of(head);
        let wide = matches!(self.mark, Mark::Utf16Le | Mark::Utf16Be);
        self.binary |= !wide && memchr::memchr(0, &head[..head.len().min(BINARY_PROBE)]).is_some();
        self.language = if self.binary || wide {
            language_of_name(self.path)
        } else {
            language_of_text(self.path, &head[..head.len().min(HEAD_BYTES)])
        };
    }

    fn count_bytes(&mut self, text: &[u8]) {
        self.line_feeds += memchr::memchr_iter(b'\n', text).count() as u64;
        if let Some(last) = text.last() {
            self.last = [*last, 0];
        }
    }

    fn count_units(&mut self, text: &[u8], line_feed: [u8; 2]) {
        let (pairs, odd) = text.as_chunks::<2>();
        self.line_feeds += pairs.iter().filter(|pair| **pair == line_feed).count() as u64;
        match (odd, pairs.last()) {
            ([byte, ..], _) => self.last = [*byte, b'?'],
            ([], Some(pair)) => self.last = *pair,
            ([], None) => {}
        }
    }

    fn finish(mut self) -> FileFacts {
        if !self.started {
            self.start(b"");
        }
        let content = self.size - self.mark.len() as u64;
        let ended = match self.mark {
            Mark::Utf16Be => [0, b'\n'],
            Mark::Utf16Le | Mark::Utf8 | Mark::None => [b'\n', 0],
        };
        let open_line = content > 0 && self.last != ended;
        let lines = if self.binary { 0 } else { self.line_feeds + u64::from(open_line) };
        let encoding = match self.mark {
            _ if self.binary => "",
            Mark::Utf16Le => "utf-16-le",
            Mark::Utf16Be => "utf-16-be",
            Mark::Utf8 => "utf-8",
            Mark::None => self.utf8.finish(),
        };
        FileFacts {
            size: self.size,
            sha256: Sha256Hex::from_bytes(self.hasher.finalize().into()),
            lines,
            binary: self.binary,
            encoding,
            minified: !self.binary && is_minified(self.path, self.size, lines),
            language: self.language,
        }
    }
}

/// Machine-packed scripts and style sheets: at least 1 KiB, with more than 300 bytes a line on average.
fn is_minified(path: &[u8], size: u64, lines: u64) -> bool {
    let packable = [&b".js"[..], b".mjs", b".cjs", b".css"].iter().any(|suffix| path.ends_with(suffix));
    packable && size >= 1024 && size > 300 * lines.max(1)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(content: &[u8]) -> u64 {
        facts_of(b"a", content).lines
    }

    #[test]
    fn a_last_line_counts_though_nothing_ends_it() {
        assert_eq!([lines(b""), lines(b"a"), lines(b"a\n"), lines(b"a\n\nb")], [0, 1, 1, 3]);
        assert_eq!([lines(b"\xef\xbb\xbf"), lines(b"\xff\xfe"), lines(b"\xff\xfea\0\n\0")], [0, 0, 1]);
        assert_eq!([lines(b"\xfe\xff\0a\0\n\0b"), lines(b"\xff\xfe\x0a\x0a")], [2, 1]);
    }

    #[test]
    fn binary_is_a_nul_early_or_a_known_type() {
        assert!(facts_of(b"a", b"x\0").binary);
        assert!(facts_of(b"a.png", b"text").binary);
        assert!(!facts_of(b"a", &[&[b'x'; BINARY_PROBE][..], b"\0"].concat()).binary);
        assert!(!facts_of(b"a", b"\xff\xfea\0").binary);
        assert!(facts_of(b"a", b"\xff\xfe\0\0a\0\0\0").binary);
    }

    #[test]
    fn packed_scripts_are_minified() {
        assert!(facts_of(b"a.js", &[b'x'; 2000]).minified);
        assert!(!facts_of(b"a.txt", &[b'x'; 2000]).minified);
        assert!(!facts_of(b"a.js", &b"x = 1;\n".repeat(300)).minified);
    }
}
