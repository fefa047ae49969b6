//! Metadata of many files, asked for in parallel.

use std::io;
use std::os::fd::OwnedFd;

use cde_core::{Context, Result};
use rayon::prelude::*;
use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, openat, statat};

use crate::read::ReadProblem;
use crate::tree::Tree;

/// Below this many files another thread costs more than it brings.
const ALONE: usize = 256;

/// What the operating system knows of an entry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Stat {
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

impl Stat {
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

/// Asks about entries of a tree relative to its opened root.
pub(crate) struct Asker {
    root: OwnedFd,
}

impl Asker {
    pub(crate) fn new(tree: &Tree) -> io::Result<Self> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self { root: openat(CWD, tree.root_path(), flags, Mode::empty())? })
    }

    pub(crate) fn ask(&self, path: &[u8]) -> io::Result<Stat> {
        Ok(Stat::from_raw(&statat(&self.root, path, AtFlags::SYMLINK_NOFOLLOW)?))
    }
}

/// What is known of each entry of `indexes`, in their order.
///
/// An entry that is gone, or that is neither a file nor a link any more, has the problem `vanished`.
pub(crate) fn stat_all(
    tree: &Tree,
    indexes: &[usize],
    context: &Context,
) -> Result<Vec<std::result::Result<Stat, ReadProblem>>> {
    let problem = |error: io::Error| ReadProblem::from_io(&error, tree.root_path());
    let asker = Asker::new(tree).map_err(problem);
    let ask = |index: &usize| {
        let stat = match &asker {
            Ok(asker) => asker.ask(tree.path(*index)).map_err(problem)?,
            Err(problem) => return Err(problem.clone()),
        };
        if stat.regular || stat.symlink { Ok(stat) } else { Err(ReadProblem::vanished()) }
    };
    for_each_index(indexes, context, ask)
}

/// `work` for each of `indexes`, in parallel, results in their order; stops when the call is cancelled.
pub(crate) fn for_each_index<T: Send>(
    indexes: &[usize],
    context: &Context,
    work: impl Fn(&usize) -> T + Sync,
) -> Result<Vec<T>> {
    let checked = |index: &usize| {
        context.check()?;
        Ok(work(index))
    };
    if indexes.len() < ALONE {
        return indexes.iter().map(checked).collect();
    }
    indexes.par_iter().with_min_len(32).map(checked).collect()
}
