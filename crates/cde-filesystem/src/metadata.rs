//! Metadata of many files, asked for in parallel.

use std::os::fd::{AsFd, BorrowedFd};

use cde_core::{Context, Result};
use memchr::memrchr;
use rayon::prelude::*;
use rustix::fs::{AtFlags, FileType, statat};

use crate::open;
use crate::read::ReadProblem;
use crate::tree::Tree;

/// Below this many files another thread costs more than it brings.
const ALONE: usize = 256;

/// What the operating system knows of an entry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Metadata {
    pub(crate) size: u64,
    pub(crate) mtime_ns: i64,
    pub(crate) ctime_ns: i64,
    pub(crate) device: u64,
    pub(crate) inode: u64,
    pub(crate) regular: bool,
    pub(crate) symlink: bool,
}

/// Nanoseconds since 1970, held within 64 bits (the years 1677 to 2262).
fn nanoseconds(seconds: i64, nanoseconds: u64) -> i64 {
    seconds.saturating_mul(1_000_000_000).saturating_add(i64::try_from(nanoseconds).unwrap_or_default())
}

impl Metadata {
    #[expect(
        clippy::useless_conversion,
        reason = "the widths of the kernel's fields differ between machines"
    )]
    pub(crate) fn from_raw(raw: &rustix::fs::Stat) -> Self {
        let kind = FileType::from_raw_mode(raw.st_mode);
        Self {
            size: u64::try_from(raw.st_size).unwrap_or_default(),
            mtime_ns: nanoseconds(i64::from(raw.st_mtime), u64::from(raw.st_mtime_nsec)),
            ctime_ns: nanoseconds(i64::from(raw.st_ctime), u64::from(raw.st_ctime_nsec)),
            device: u64::from(raw.st_dev),
            inode: u64::from(raw.st_ino),
            regular: kind == FileType::RegularFile,
            symlink: kind == FileType::Symlink,
        }
    }
}

/// Asks `question` about the entry at `index`: a folder and the entry's path in it.
pub(crate) fn ask<T>(
    tree: &Tree,
    index: usize,
    question: impl Fn(BorrowedFd<'_>, &[u8]) -> rustix::io::Result<T>,
) -> std::result::Result<T, ReadProblem> {
    let path = tree.path(index);
    let answer = match memrchr(b'/', path) {
        // The kernel refuses a longer path as a whole.
        Some(slash) if path.len() > open::CHUNK_BYTES => {
            open::folder_below(tree.descriptor(), &path[..slash], false)
                .and_then(|folder| Ok(question(folder.as_fd(), &path[slash + 1..])?))
        }
        _ => question(tree.descriptor(), path).map_err(Into::into),
    };
    answer.map_err(|error| ReadProblem::from_io(&error))
}

/// What is known of the entry at `index`, the link itself if it is one.
pub(crate) fn metadata_of(tree: &Tree, index: usize) -> std::result::Result<Metadata, ReadProblem> {
    ask(tree, index, |folder, path| statat(folder, path, AtFlags::SYMLINK_NOFOLLOW))
        .map(|raw| Metadata::from_raw(&raw))
}

/// What is known of each entry of `indexes`, in their order.
///
/// An entry that is gone, or that is neither a file nor a link any more, has the problem `vanished`.
pub(crate) fn metadata_of_all(
    tree: &Tree,
    indexes: &[usize],
    context: &Context,
) -> Result<Vec<std::result::Result<Metadata, ReadProblem>>> {
    for_each_index(indexes, context, |index| {
        let metadata = metadata_of(tree, *index)?;
        if metadata.regular || metadata.symlink { Ok(metadata) } else { Err(ReadProblem::vanished()) }
    })
}

/// `work` for each of `indexes`, in parallel, results in their order; stops when the call is cancelled.
pub(crate) fn for_each_index<T: Send>(
    indexes: &[usize],
    context: &Context,
    work: impl Fn(&usize) -> T + Sync,
) -> Result<Vec<T>> {
    let unless_cancelled = |index: &usize| (!context.cancel.is_cancelled()).then(|| work(index));
    let results: Vec<Option<T>> = if indexes.len() < ALONE {
        indexes.iter().map(unless_cancelled).collect()
    } else {
        indexes.par_iter().with_min_len(32).map(unless_cancelled).collect()
    };
    // A token stays set, so whoever left out a file is seen here.
    context.check()?;
    Ok(results.into_iter().flatten().collect())
}
