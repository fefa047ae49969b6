//! Whether something exists below a root, for paths that are not in scope.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use cde_core::RepoPath;

/// What [`presence`] found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Presence {
    /// Nothing, or nothing inside the root.
    Missing,
    /// Something that is no folder.
    File,
    /// A folder.
    Directory,
    /// The system refuses to tell.
    Unknown,
}

/// What `path`, relative to `root` and with `/`, is.
///
/// Never looks outside of the root: a path with `..` is refused, and a link that leads out of the root counts as missing.
/// A name counts only in its exact case, also on a file system that takes no notice of case. A name that is too long or
/// holds NUL is missing. A handful of system calls per component of the path.
pub fn presence(root: &Path, path: &[u8]) -> Presence {
    if path.contains(&0) || path.split(|byte| *byte == b'/').any(|part| part == b"..") {
        return Presence::Missing;
    }
    match look(root, path) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Presence::Unknown,
        Err(_) => Presence::Missing,
    }
}

fn look(root: &Path, path: &[u8]) -> io::Result<Presence> {
    let relative = RepoPath::from_bytes(path);
    let full = root.join(relative.as_path());
    let metadata = fs::metadata(&full)?;
    if !fs::canonicalize(&full)?.starts_with(fs::canonicalize(root)?) {
        return Ok(Presence::Missing);
    }
    let mut folder = root.to_path_buf();
    for part in relative.as_path().components() {
        let part: &Path = part.as_ref();
        if !has_exact_name(&folder, part) {
            return Ok(Presence::Missing);
        }
        folder.push(part);
    }
    Ok(if metadata.is_dir() { Presence::Directory } else { Presence::File })
}

/// Whether the existing entry `name` is spelt so in `folder`.
///
/// The folder is listed only where the name with its case swapped is the same entry, so that the listing of a large
/// folder is paid for on file systems that take no notice of case, and nowhere else.
fn has_exact_name(folder: &Path, name: &Path) -> bool {
    let bytes = name.as_os_str().as_encoded_bytes();
    let swapped: Vec<u8> =
        bytes.iter().map(|byte| if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { *byte }).collect();
    if swapped == bytes {
        return true;
    }
    let listed = || -> io::Result<bool> {
        let first = fs::symlink_metadata(folder.join(name))?;
        let second = fs::symlink_metadata(folder.join(RepoPath::from(swapped).as_path()))?;
        if !is_same_entry(&first, &second) {
            return Ok(true);
        }
        for entry in fs::read_dir(folder)? {
            if entry?.file_name() == name.as_os_str() {
                return Ok(true);
            }
        }
        Ok(false)
    };
    listed().unwrap_or(true)
}

#[cfg(unix)]
fn is_same_entry(first: &fs::Metadata, second: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (first.dev(), first.ino()) == (second.dev(), second.ino())
}
