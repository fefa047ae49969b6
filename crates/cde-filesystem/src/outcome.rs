//! The account that every operation gives of what it looked at and what it passed over.

use cde_core::{Completeness, CompletenessState, Diagnostic, RepoPath, SkipCounter};

use crate::read::ReadProblem;
use crate::tree::{Tags, Tree};

/// Collects diagnostics and skipped files on top of those of the walk.
pub struct Outcome {
    skipped: SkipCounter,
    diagnostics: Vec<Diagnostic>,
    scanned: u64,
}

impl Outcome {
    /// Begins with what the walk of `tree` found.
    pub fn new(tree: &Tree) -> Self {
        Self { skipped: tree.skipped().clone(), diagnostics: tree.diagnostics().to_vec(), scanned: 0 }
    }

    /// Counts files that were looked at.
    pub fn scanned(&mut self, files: usize) {
        self.scanned += files as u64;
    }

    /// Counts a file that was passed over.
    pub fn skip(&mut self, reason: &'static str, path: &[u8]) {
        self.skipped.add(reason, RepoPath::from_bytes(path));
    }

    /// Counts a file that could not be read: one that is gone silently, another with a diagnostic.
    pub fn problem(&mut self, path: &[u8], problem: &ReadProblem) {
        match problem.diagnostic(path) {
            Some(diagnostic) => {
                self.skip("unreadable", path);
                self.diagnostics.push(diagnostic);
            }
            None => self.skip("vanished", path),
        }
    }

    /// The account: partial where anything could not be read.
    pub fn finish(mut self) -> (Completeness, Vec<Diagnostic>) {
        self.diagnostics.sort_by(|left, right| {
            (&left.path, left.line, left.code).cmp(&(&right.path, right.line, right.code))
        });
        let partial = self.diagnostics.iter().any(|one| one.code.starts_with("unreadable-"));
        let state = if partial { CompletenessState::Partial } else { CompletenessState::Complete };
        let completeness =
            Completeness { state, scanned: self.scanned, skipped: self.skipped.finish(), limits: Vec::new() };
        (completeness, self.diagnostics)
    }
}

/// Why analysis passes over a file with these marks, unless it was asked for.
pub fn marked_reason(tags: Tags) -> Option<&'static str> {
    [(Tags::VENDORED, "vendored"), (Tags::GENERATED, "generated"), (Tags::MINIFIED, "minified")]
        .into_iter()
        .find_map(|(tag, reason)| tags.contains(tag).then_some(reason))
}
