//! Judgements: a rule, a severity, a place, evidence and, where possible, a fix. The field order is the key order of the
//! JSON form; the records are those of `cde_orchestrator.domain.findings`.

use cde_core::{RepoPath, Severity};
use serde::Serialize;

/// Replace the bytes `start` to `end` of the file's UTF-8 text (after a byte order mark) by `replacement`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Fix {
    /// Byte offset.
    pub start: u32,
    /// Byte offset.
    pub end: u32,
    /// What to write.
    pub replacement: String,
}

/// A judgement. Lines and columns count from 1, columns in code points.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// How serious it is here.
    pub severity: Severity,
    /// Relative to the root.
    pub path: RepoPath,
    /// Where it starts.
    pub line: u32,
    /// Where it starts.
    pub column: u32,
    /// Where it ends.
    pub end_line: u32,
    /// One sentence without a full stop.
    pub message: String,
    /// What it is about, as written.
    pub evidence: String,
    /// What is probably meant.
    pub suggestion: Option<String>,
    /// The change that mends it, where it is certain.
    pub fix: Option<Fix>,
    /// The receipt `path#Lline-Lend@hash12`.
    #[serde(rename = "ref")]
    pub reference: RepoPath,
}

/// How often a rule was broken.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RuleCount {
    /// The rule's name.
    pub rule: &'static str,
    /// How serious it was.
    pub severity: Severity,
    /// How often.
    pub count: u64,
}

/// Counts by severity and by rule.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct FindingSummary {
    /// Findings of this severity.
    pub errors: u64,
    /// Findings of this severity.
    pub warnings: u64,
    /// Findings of this severity.
    pub hints: u64,
    /// Links with a local target.
    pub links_checked: u64,
    /// Of these, links that only the builder of the site can judge.
    pub links_unverified: u64,
    /// Findings left out because a baseline lists them; the application applies it, so the core counts none.
    pub known: u64,
    /// Most severe first, then most frequent, then by name.
    pub rules: Vec<RuleCount>,
    /// The sites that were recognised, by the path of the configuration.
    pub sites: Vec<SiteSummary>,
}

/// A site, and what its configuration told.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SiteSummary {
    /// The folder below which its documents lie; empty for the root.
    pub path: RepoPath,
    /// The program that builds it.
    pub kind: &'static str,
    /// The file by which it was recognised; none where the caller chose the program.
    pub config: Option<RepoPath>,
    /// Folders whose documents become pages.
    pub content: Vec<RepoPath>,
    /// Folders that `/x` may start at.
    pub roots: Vec<RepoPath>,
    /// How its anchors are made, where that is known.
    pub slug_flavour: Option<&'static str>,
    /// How much its navigation lists; none where the program makes it or it cannot be told.
    pub navigation: Option<u64>,
}

impl FindingSummary {
    /// Counts `findings`.
    pub(super) fn new(
        findings: &[Finding],
        links_checked: u64,
        links_unverified: u64,
        sites: Vec<SiteSummary>,
    ) -> Self {
        let mut summary = Self { links_checked, links_unverified, sites, ..Self::default() };
        for finding in findings {
            match finding.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Hint => summary.hints += 1,
            }
            let is_same =
                |known: &&mut RuleCount| known.rule == finding.rule && known.severity == finding.severity;
            match summary.rules.iter_mut().find(is_same) {
                Some(known) => known.count += 1,
                None => {
                    summary.rules.push(RuleCount {
                        rule: finding.rule,
                        severity: finding.severity,
                        count: 1,
                    });
                }
            }
        }
        summary.rules.sort_unstable_by(|one, two| {
            (one.severity, two.count, one.rule).cmp(&(two.severity, one.count, two.rule))
        });
        summary
    }
}
