//! Reading one folder: names into a buffer, and what each entry is.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::{AtFlags, FileType, statat};

use super::share::Buffers;

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    File,
    Symlink,
    Folder,
    /// FIFO, socket or device.
    Special,
}

/// An entry as found: where its name is in [`Buffers::names`], and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) length: usize,
    pub(super) kind: Kind,
}

/// Appends the entries of the folder to the buffers, in the order of the directory.
///
/// On failure the entries read so far stay.
pub(super) fn scan(folder: &OwnedFd, buffers: &mut Buffers) -> io::Result<()> {
    each_entry(folder.as_fd(), buffers, |buffers, name, file_type| {
        if name == b"." || name == b".." {
            return;
        }
        let Some(kind) = kind_of(folder.as_fd(), name, file_type) else { return };
        let start = buffers.names.len();
        buffers.names.extend_from_slice(name);
        buffers.found.push(Found { start, length: name.len(), kind });
    })
}

#[cfg(target_os = "linux")]
fn each_entry(
    folder: BorrowedFd<'_>,
    buffers: &mut Buffers,
    mut each: impl FnMut(&mut Buffers, &[u8], FileType),
) -> io::Result<()> {
    // The buffer leaves the struct for the call, so that the entries can be noted in the rest of it.
    let mut space = std::mem::take(&mut buffers.space);
    if space.is_empty() {
        space.resize(Buffers::SPACE, std::mem::MaybeUninit::uninit());
    }
    let mut listing = rustix::fs::RawDir::new(folder, &mut space);
    let mut end = Ok(());
    while let Some(entry) = listing.next() {
        match entry {
            Ok(entry) => each(buffers, entry.file_name().to_bytes(), entry.file_type()),
            Err(error) => {
                end = Err(error.into());
                break;
            }
        }
    }
    buffers.space = space;
    end
}

#[cfg(not(target_os = "linux"))]
fn each_entry(
    folder: BorrowedFd<'_>,
    buffers: &mut Buffers,
    mut each: impl FnMut(&mut Buffers, &[u8], FileType),
) -> io::Result<()> {
    for entry in rustix::fs::Dir::read_from(folder)? {
        let entry = entry?;
        each(buffers, entry.file_name().to_bytes(), entry.file_type());
    }
    Ok(())
}

/// What the entry is, or `None` if it vanished. Only a file system that does not say costs a call.
fn kind_of(folder: BorrowedFd<'_>, name: &[u8], file_type: FileType) -> Option<Kind> {
    let file_type = match file_type {
        FileType::Unknown => {
            let status = statat(folder, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
            FileType::from_raw_mode(status.st_mode)
        }
        known => known,
    };
    Some(match file_type {
        FileType::RegularFile => Kind::File,
        FileType::Symlink => Kind::Symlink,
        FileType::Directory => Kind::Folder,
        _ => Kind::Special,
    })
}
