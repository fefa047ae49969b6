//! Opening what hostile trees hold: never through a link, never waiting.

use std::fs::File;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, OFlags, fstat, openat};

/// Opens the regular file `path` below `root` for reading.
///
/// A link in its place is refused, a FIFO does not make the call wait, and anything but a regular file is an error of
/// kind `InvalidInput`.
pub(crate) fn regular_file(root: &Path, path: &[u8]) -> io::Result<File> {
    let full = root.join(std::ffi::OsStr::from_bytes(path));
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let file = openat(CWD, &full, flags, Mode::empty())?;
    if FileType::from_raw_mode(fstat(&file)?.st_mode) != FileType::RegularFile {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    Ok(file.into())
}

/// Opens what the caller named by `path`, through a link if it is one; a FIFO does not make the call wait.
pub(crate) fn named_file(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    Ok(openat(CWD, path, flags, Mode::empty())?.into())
}
