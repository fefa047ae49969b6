//! Reading files: the one place where contents are opened, counted and hashed.
//!
//! Whoever reads a file of a [`Tree`] does it here, so that its limits, its facts and its problems are the same for every
//! capability, and a file whose facts are known is not read again for them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use cde_core::{Context, CoreError, Diagnostic, RepoPath, Severity};
use rustix::io::Errno;

use crate::exists::{Presence, presence};
use crate::facts::{FactsScan, facts_of};
use crate::open::{read_whole, regular_file};
use crate::tree::{FileFacts, Tree};

/// How much is read between two looks at the cancel token.
const PIECE: usize = 64 * 1024;

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
) -> Result<FileFacts, ReadProblem> {
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

/// The content of the file at `path`, which may be out of scope (hidden or ignored), if it is a regular file inside the
/// root with at most `max_bytes`.
pub fn read_outside_scope(tree: &Tree, path: &[u8], max_bytes: u64) -> Option<Vec<u8>> {
    if presence(tree.root_path(), path) != Presence::File {
        return None;
    }
    let file = regular_file(tree.descriptor(), path).ok()?;
    read_whole(&file, max_bytes).ok()
}

/// The facts of the file at `index`: remembered ones, or learnt by reading it in pieces, whatever its size.
///
/// The caller tests `context` itself where the problem is `cancelled`.
pub fn file_facts(tree: &Tree, index: usize, context: &Context) -> Result<FileFacts, ReadProblem> {
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
pub(crate) fn stream_facts(path: &[u8], mut file: File, context: &Context) -> Result<FileFacts, ReadProblem> {
    let mut scan = FactsScan::new(path);
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
