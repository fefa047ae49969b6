//! Patterns in the form of gitignore(5) outside of ignore files: which paths a list of them means.

use memchr::{memchr_iter, memrchr};

use crate::ignore::{Pattern, pattern_lines};

/// A list of patterns, one a line, of which the last that matches a path or a folder around it decides.
#[derive(Debug, Default)]
pub struct PathPatterns(Vec<Pattern>);

impl PathPatterns {
    /// The first `most` patterns that `text` spells.
    pub fn new(text: &[u8], most: usize) -> Self {
        Self(pattern_lines(text).take(most).map(|(line, text)| Pattern::parse(text, line, false)).collect())
    }

    /// Whether they mean the file at `path`. O(patterns times the depth of the path).
    pub fn cover(&self, path: &[u8]) -> bool {
        let decides = |pattern: &&Pattern| {
            let around = memchr_iter(b'/', path).map(|slash| &path[..slash]);
            let matches = |path: &[u8]| {
                pattern.matches(&path[memrchr(b'/', path).map_or(0, |slash| slash + 1)..], path)
            };
            around.into_iter().any(matches) || (!pattern.directory_only && matches(path))
        };
        self.0.iter().rev().find(decides).is_some_and(|pattern| !pattern.negated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_match_decides() {
        let patterns = PathPatterns::new(b"drafts/\n*.tmp.md\n!/drafts/kept.md\n", 100);
        assert!(patterns.cover(b"a/drafts/x/y.md") && patterns.cover(b"z.tmp.md"));
        assert!(!patterns.cover(b"drafts/kept.md") && !patterns.cover(b"drafts.md"));
        assert!(!PathPatterns::new(b"a\nb\n", 1).cover(b"b"));
    }
}
