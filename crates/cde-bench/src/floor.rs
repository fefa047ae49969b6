//! The least work any Markdown scanner does: walk, read, parse, and look at every event.
//!
//! It keeps nothing, so no scanner built on the same parser can take less; the distance to it is the price of the
//! records. The extensions are those that the documentation scan switches on.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;

/// What was seen; printed, so that the work cannot be optimised away.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Seen {
    /// Markdown files read.
    pub documents: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Events of the parser.
    pub events: u64,
}

impl Seen {
    fn plus(self, other: Self) -> Self {
        Self {
            documents: self.documents + other.documents,
            bytes: self.bytes + other.bytes,
            events: self.events + other.events,
        }
    }
}

/// The GitHub dialect, footnotes and mathematics, as in `cde-documentation`.
pub fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// How many events `text` yields, with their byte ranges computed.
pub fn parse_events(text: &str) -> u64 {
    let mut events = 0;
    for (event, range) in Parser::new_ext(text, extensions()).into_offset_iter() {
        std::hint::black_box((&event, range));
        events += 1;
    }
    events
}

/// Reads and parses every Markdown file below `root` outside hidden directories, on the threads of the current pool.
pub fn scan(root: &Path) -> Seen {
    let mut files = Vec::new();
    collect(root, &mut files);
    files.par_iter().map(|path| read_and_parse(path)).reduce(Seen::default, Seen::plus)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the floor is what the walker of cde-filesystem is measured against"
)]
fn collect(root: &Path, files: &mut Vec<PathBuf>) {
    let mut pending = vec![root.to_owned()];
    while let Some(folder) = pending.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if kind.is_dir() && !hidden {
                pending.push(entry.path());
            } else if kind.is_file() && !hidden && is_markdown(&entry.path()) {
                files.push(entry.path());
            }
        }
    }
}

fn is_markdown(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "md" || extension == "markdown" || extension == "mdx")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the floor is what the reader of cde-filesystem is measured against"
)]
fn read_and_parse(path: &Path) -> Seen {
    let Ok(bytes) = fs::read(path) else { return Seen::default() };
    let events = parse_events(&String::from_utf8_lossy(&bytes));
    Seen { documents: 1, bytes: bytes.len() as u64, events }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_extension_yields_its_own_events() {
        // Plain text is one event between the two of its paragraph; each construct adds its own.
        let plain = parse_events("a b");
        for construct in ["| a |\n|---|\n| b |", "- [x] a", "a ~~b~~", "a[^1]\n\n[^1]: b"] {
            assert!(parse_events(construct) > plain, "{construct}");
        }
    }
}
