//! Which `.txt` files are reStructuredText: those of a documentation of Sphinx whose `conf.py` says so.
//!
//! The configuration is a program. It is not run: a bounded search looks for the assignment of `source_suffix` at the start
//! of a line, and for `.txt` in quotes in it.

use cde_filesystem::{FileKind, Tree, read_file};
use memchr::memmem;

use crate::hash::Set;

/// A larger configuration is not looked at.
const MAX_BYTES: u64 = 1 << 18;
/// How far an assignment may reach.
const LONGEST: usize = 2000;
/// How many configurations are looked at.
const MOST_FILES: usize = 1000;

/// The folders below which `.txt` files are reStructuredText.
#[derive(Debug, Default)]
pub(crate) struct TextFolders(Set<Vec<u8>>);

impl TextFolders {
    /// Those of `tree`. Reads each `conf.py` of a tree that has `.txt` files.
    pub(crate) fn new(tree: &Tree) -> Self {
        let mut folders = Set::default();
        let is_text = |index: usize| tree.path(index).ends_with(b".txt");
        if !(0..tree.len()).any(is_text) {
            return Self::default();
        }
        let is_configuration = |index: &usize| {
            let path = tree.path(*index);
            (path == b"conf.py" || path.ends_with(b"/conf.py")) && tree.kind(*index) == FileKind::File
        };
        let mut content = Vec::new();
        for index in (0..tree.len()).filter(is_configuration).take(MOST_FILES) {
            if read_file(tree, index, MAX_BYTES, &mut content).is_ok() && names_text(&content) {
                folders.insert(folder(tree.path(index)).to_vec());
            }
        }
        Self(folders)
    }

    /// Whether the file at `path` is such a text.
    pub(crate) fn hold(&self, path: &[u8]) -> bool {
        if self.0.is_empty() || !path.ends_with(b".txt") {
            return false;
        }
        let mut around = path;
        while !around.is_empty() {
            around = folder(around);
            if self.0.contains(around) {
                return true;
            }
        }
        false
    }
}

fn folder(path: &[u8]) -> &[u8] {
    memchr::memrchr(b'/', path).map_or(b"", |slash| &path[..slash])
}

/// Whether the last assignment of `source_suffix` holds `.txt`.
fn names_text(content: &[u8]) -> bool {
    let mut named = false;
    for start in memmem::find_iter(content, b"source_suffix") {
        if start > 0 && content[start - 1] != b'\n' {
            continue;
        }
        let rest = &content[start + b"source_suffix".len()..];
        let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else { continue };
        let value = value[..value.len().min(LONGEST)].trim_ascii_start();
        let close = match value.first() {
            Some(b'[') => b']',
            Some(b'{') => b'}',
            Some(b'(') => b')',
            _ => b'\n',
        };
        let value = &value[..memchr::memchr(close, value).unwrap_or(value.len())];
        named = memmem::find(value, b"\".txt\"").or_else(|| memmem::find(value, b"'.txt'")).is_some();
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_assignment_counts() {
        for text in [
            "source_suffix = '.txt'\n",
            "a\nsource_suffix={\n  \".txt\": 'x',\n}",
            "source_suffix = ['.rst', '.txt']",
        ] {
            assert!(names_text(text.as_bytes()), "{text}");
        }
        for text in [
            "# source_suffix = '.txt'",
            "source_suffix = ['.rst'] # '.txt'",
            "source_suffix = '.txt'\nsource_suffix = '.rst'",
            "x_source_suffix = '.txt'",
        ] {
            assert!(!names_text(text.as_bytes()), "{text}");
        }
    }
}
