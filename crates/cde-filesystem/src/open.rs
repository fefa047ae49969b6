//! Opening what hostile trees hold: never through a link in the last place, never waiting for a writer.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};

use memchr::memrchr;
use rustix::fs::{CWD, FileType, Mode, OFlags, fstat, openat};
use rustix::io::Errno;

/// The kernel refuses longer paths in one call (`PATH_MAX` is 4096 with the terminating zero).
pub(crate) const CHUNK_BYTES: usize = 3500;

const BASE: OFlags = OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::CLOEXEC).union(OFlags::NOCTTY);

/// Opens the folder that the caller named, through links.
pub(crate) fn root(path: &Path) -> io::Result<OwnedFd> {
    Ok(openat(CWD, path, BASE | OFlags::DIRECTORY, Mode::empty())?)
}

/// Opens the folder `path` below `root`. A link in the last place is refused unless `follow`.
pub(crate) fn folder_below(root: BorrowedFd<'_>, path: &[u8], follow: bool) -> io::Result<OwnedFd> {
    let base = if follow { BASE } else { BASE | OFlags::NOFOLLOW };
    below(root, path, base, base | OFlags::DIRECTORY)
}

/// Opens what lies at `path` below `root`, refusing a link in the last place.
pub(crate) fn file_below(root: BorrowedFd<'_>, path: &[u8]) -> io::Result<File> {
    let base = BASE | OFlags::NOFOLLOW;
    below(root, path, base, base).map(File::from)
}

/// Works at any depth: a path that is too long for one call is walked in parts, with `base` for the folders.
fn below(root: BorrowedFd<'_>, path: &[u8], base: OFlags, flags: OFlags) -> io::Result<OwnedFd> {
    let mut path = path;
    let mut reached: Option<OwnedFd> = None;
    while path.len() > CHUNK_BYTES
        && let Some(cut) = memrchr(b'/', &path[..CHUNK_BYTES])
        && cut > 0
    {
        let from = reached.as_ref().map_or(root, AsFd::as_fd);
        let step = openat(from, &path[..cut], base | OFlags::DIRECTORY, Mode::empty())?;
        reached = Some(step);
        path = &path[cut + 1..];
    }
    Ok(openat(reached.as_ref().map_or(root, AsFd::as_fd), path, flags, Mode::empty())?)
}

/// Opens the regular file `path` below `root` for reading.
///
/// A link in its place is refused, a FIFO does not make the call wait, and anything but a regular file is an error of
/// kind `InvalidInput`.
pub(crate) fn regular_file(root: BorrowedFd<'_>, path: &[u8]) -> io::Result<File> {
    let file = file_below(root, path)?;
    if is_regular(&file)? { Ok(file) } else { Err(Errno::INVAL.into()) }
}

/// Opens what the caller named by `path`, through a link if it is one; a FIFO does not make the call wait.
pub(crate) fn named_file(path: &Path) -> io::Result<File> {
    Ok(openat(CWD, path, BASE, Mode::empty())?.into())
}

fn is_regular(file: &File) -> io::Result<bool> {
    Ok(FileType::from_raw_mode(fstat(file)?.st_mode) == FileType::RegularFile)
}

/// All bytes of `file`. Fails with `EINVAL` for anything but a regular file and `EFBIG` above `limit` bytes.
pub(crate) fn read_whole(file: &File, limit: u64) -> io::Result<Vec<u8>> {
    let status = fstat(file)?;
    if FileType::from_raw_mode(status.st_mode) != FileType::RegularFile {
        return Err(Errno::INVAL.into());
    }
    let expected = u64::try_from(status.st_size).unwrap_or(0).min(limit);
    let mut content = Vec::with_capacity(usize::try_from(expected).unwrap_or(0) + 1);
    let read = file.take(limit + 1).read_to_end(&mut content)?;
    if read as u64 > limit { Err(Errno::FBIG.into()) } else { Ok(content) }
}

/// All bytes of the regular file at `path`, through links; fails as [`read_whole`] does.
pub(crate) fn read_named(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    read_whole(&named_file(path)?, limit)
}

/// `path`, absolute and without links; `path` itself where that cannot be told.
pub(crate) fn real_path_or_self(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}
