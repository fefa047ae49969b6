//! Collecting the findings of one document: rules that were not asked for or are turned off are left out.

use cde_core::{RepoPath, Severity};

use super::finding::{Finding, Fix};
use super::rules::RulesHere;
use super::suppress::Suppressions;
use crate::model::Document;

/// Folders with what tests work on.
const TEST_INPUTS: [&[u8]; 10] = [
    b"__fixtures__",
    b"__snapshots__",
    b"fixtures",
    b"mdtest",
    b"snapshots",
    b"test-data",
    b"test_data",
    b"testdata",
    b"testsuite",
    b"test-fixtures",
];

/// Names by which a document of a folder with tests is found, so that it is rather about them.
const ABOUT_TESTS: [&[u8]; 6] = [b"agents", b"claude", b"contributing", b"gemini", b"readme", b"skill"];

/// Whether the document at `path` is what tests work on: in a folder with such a name, or in one below `test` or `tests`,
/// unless it has a name by which people and agents find it, or the tests are a subject of documentation.
fn is_test_input(path: &[u8]) -> bool {
    let mut parts: Vec<&[u8]> = path.split(|byte| *byte == b'/').collect();
    let name = parts.pop().unwrap_or_default();
    if parts.iter().any(|folder| TEST_INPUTS.contains(folder)) {
        return true;
    }
    let stem = name.split(|byte| *byte == b'.').next().unwrap_or_default().to_ascii_lowercase();
    let around = &parts[..parts.len().saturating_sub(1)];
    let Some(tests) = around.iter().position(|folder| matches!(*folder, b"test" | b"tests")) else {
        return false;
    };
    let in_documentation =
        around[..tests].iter().any(|folder| matches!(*folder, b"doc" | b"docs" | b"content"));
    !in_documentation && !ABOUT_TESTS.contains(&stem.as_slice())
}

/// Where and what: the parts of a finding that differ from rule to rule.
#[derive(Clone, Debug, Default)]
pub(super) struct Remark {
    pub line: u32,
    pub column: u32,
    pub message: String,
    pub evidence: String,
    pub suggestion: Option<String>,
    pub fix: Option<Fix>,
    /// Where it differs from the rule's.
    pub severity: Option<Severity>,
    /// Whether it holds only where a bar in a code span ends a cell of a table, as on GitHub.
    pub splits_code: bool,
}

/// The findings of one document so far, and how many links were judged and how many could not be.
#[derive(Debug)]
pub(super) struct Report<'a> {
    chosen: RulesHere<'a>,
    document: &'a Document,
    suppressions: Option<Suppressions>,
    /// Whether the document is what a test works on, which is often broken by intention.
    is_test_input: bool,
    findings: Vec<Finding>,
    pub links_checked: u64,
    pub links_unverified: u64,
}

impl<'a> Report<'a> {
    /// Nothing found so far.
    pub fn new(document: &'a Document, chosen: RulesHere<'a>) -> Self {
        let suppressions = (!document.directives.is_empty()).then(|| Suppressions::new(document));
        let is_test_input = is_test_input(document.path.as_bytes());
        Self {
            chosen,
            document,
            suppressions,
            is_test_input,
            findings: Vec::new(),
            links_checked: 0,
            links_unverified: 0,
        }
    }

    /// Whether `rule` is asked for.
    pub fn wants(&self, rule: &str) -> bool {
        self.chosen.get(rule).is_some()
    }

    /// Whether a comment on `line` (0: about the whole document) turned `rule` off where it found something.
    pub fn was_needed(&self, line: u32, rule: Option<&'static str>) -> bool {
        self.suppressions.as_ref().is_some_and(|known| known.was_needed(line, rule))
    }

    /// Adds a finding, unless its rule is not asked for or turned off on its line.
    pub fn add(&mut self, rule: &str, remark: Remark) {
        let Some(rule) = self.chosen.get(rule) else { return };
        let line = remark.line;
        if self.suppressions.as_mut().is_some_and(|known| known.cover(rule.name, line)) {
            return;
        }
        let mut reference = self.document.path.as_bytes().to_vec();
        reference.extend_from_slice(format!("#L{line}-L{line}@{}", self.document.hash.hash12()).as_bytes());
        self.findings.push(Finding {
            rule: rule.name,
            // A check lowers the severity where the place calls for it, and never raises it.
            severity: if self.is_test_input {
                Severity::Hint
            } else {
                remark.severity.unwrap_or(rule.severity).max(rule.severity)
            },
            path: self.document.path.clone(),
            line,
            column: remark.column,
            end_line: line,
            message: remark.message,
            evidence: remark.evidence,
            suggestion: remark.suggestion,
            fix: remark.fix,
            reference: RepoPath::from(reference),
        });
    }

    /// The findings by line, column and rule; those alike in all three in the order in which they were found.
    pub fn into_findings(mut self) -> Vec<Finding> {
        self.findings
            .sort_by(|one, two| (one.line, one.column, one.rule).cmp(&(two.line, two.column, two.rule)));
        self.findings
    }
}
