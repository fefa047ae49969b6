//! What to remember of a tree to tell later what changed.

use std::ffi::CString;

use cde_core::{Answer, Context, RepoPath, Result, Sha256Hex, Stage, sha256, snapshot_id};
use rustix::fs::{fstat, readlinkat};
use serde::Serialize;

use crate::metadata::{Metadata, ask, for_each_index, metadata_of};
use crate::outcome::Outcome;
use crate::read::{ReadProblem, stream_facts};
use crate::tree::{FileKind, Tree};

/// What is remembered of a file.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SnapshotEntry {
    /// Relative to the root.
    pub path: RepoPath,
    /// In bytes.
    pub size: u64,
    /// In nanoseconds since 1970.
    pub mtime_ns: i64,
    /// In nanoseconds since 1970.
    pub ctime_ns: i64,
    /// The file's number in its file system.
    pub inode: u64,
    /// Digest of the bytes, or of the name that a link holds.
    pub hash: Sha256Hex,
}

/// What a snapshot holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct SnapshotSummary {
    /// Files, and links among them.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Size, times, number and digest of every file of `tree`. Schema `cde.files.snapshot/1`.
///
/// Take the time before calling: [`changes_since`](crate::changes_since) hashes again whatever changed later than two
/// seconds before it. A file that cannot be read has a diagnostic and no entry.
pub fn snapshot(tree: &Tree, context: &Context) -> Result<Answer<SnapshotSummary, Vec<SnapshotEntry>>> {
    let mut outcome = Outcome::new(tree);
    let indexes: Vec<usize> = (0..tree.len()).collect();
    context.progress.begin(Stage::Read, tree.len() as u64);
    let entries = for_each_index(&indexes, context, |index| {
        let entry = entry(tree, *index, context);
        context.progress.advance(1);
        entry
    })?;
    let mut items = Vec::with_capacity(entries.len());
    for (index, entry) in indexes.into_iter().zip(entries) {
        match entry {
            Ok(entry) => items.push(entry),
            Err(problem) => outcome.problem(tree.path(index), &problem),
        }
    }
    outcome.scanned(items.len());
    let (completeness, diagnostics) = outcome.finish();
    Ok(Answer {
        schema: "cde.files.snapshot/1",
        root: tree.root().clone(),
        snapshot: Some(snapshot_id(items.iter().map(|entry| (&entry.path, entry.size, &entry.hash)))),
        completeness,
        summary: SnapshotSummary {
            files: items.len() as u64,
            bytes: items.iter().map(|entry| entry.size).sum(),
        },
        items,
        diagnostics,
    })
}

fn entry(tree: &Tree, index: usize, context: &Context) -> std::result::Result<SnapshotEntry, ReadProblem> {
    let problem = |error| ReadProblem::from_io(&error);
    let (metadata, size, hash) = match tree.kind(index) {
        FileKind::File => {
            let file = tree.open_file(index).map_err(problem)?;
            // Metadata from before the content: a write in between makes the entry stale, never falsely clean.
            let metadata = Metadata::from_raw(&fstat(&file).map_err(|error| problem(error.into()))?);
            let facts = stream_facts(tree.path(index), file, context)?;
            let (size, hash) = (facts.size, facts.sha256);
            tree.remember(index, facts);
            (metadata, size, hash)
        }
        FileKind::Symlink => {
            let metadata = metadata_of(tree, index)?;
            let target = link_target(tree, index)?;
            (metadata, target.len() as u64, sha256(&target))
        }
    };
    Ok(SnapshotEntry {
        path: RepoPath::from_bytes(tree.path(index)),
        size,
        mtime_ns: metadata.mtime_ns,
        ctime_ns: metadata.ctime_ns,
        inode: metadata.inode,
        hash,
    })
}

/// What the link at `index` holds.
fn link_target(tree: &Tree, index: usize) -> std::result::Result<Vec<u8>, ReadProblem> {
    ask(tree, index, |folder, path| readlinkat(folder, path, Vec::new())).map(CString::into_bytes)
}

/// The digest of a file's bytes as they are now, whatever the tree remembers, or of what a link holds.
pub(crate) fn current_digest(
    tree: &Tree,
    index: usize,
    context: &Context,
) -> std::result::Result<Sha256Hex, ReadProblem> {
    match tree.kind(index) {
        FileKind::File => {
            let file = tree.open_file(index).map_err(|error| ReadProblem::from_io(&error))?;
            stream_facts(tree.path(index), file, context).map(|facts| facts.sha256)
        }
        FileKind::Symlink => link_target(tree, index).map(|target| sha256(&target)),
    }
}
