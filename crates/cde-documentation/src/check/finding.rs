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

/// What one rule takes from the score.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Deduction {
    /// The rule's name.
    pub rule: &'static str,
    /// How serious it was.
    pub severity: Severity,
    /// How often.
    pub count: u64,
    /// In how many documents.
    pub documents: u64,
    /// In thousandths: the severity's weight times the share of documents, rounded up.
    pub points: u64,
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
    /// Findings left out because their lines did not change; the application applies it, so the core counts none.
    pub unchanged: u64,
    /// How many were checked.
    pub documents: u64,
    /// 100 less the points of all deductions, rounded down, and at least 0.
    pub score: u64,
    /// In the order of the rules.
    pub deductions: Vec<Deduction>,
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
    /// Counts `findings`, which are sorted by path, of `documents` documents.
    pub(super) fn new(
        findings: &[Finding],
        links_checked: u64,
        links_unverified: u64,
        documents: u64,
        sites: Vec<SiteSummary>,
    ) -> Self {
        let mut summary = Self { links_checked, links_unverified, documents, sites, ..Self::default() };
        let mut spread: Vec<(Deduction, &RepoPath)> = Vec::new();
        for finding in findings {
            match finding.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Hint => summary.hints += 1,
            }
            let &Finding { rule, severity, ref path, .. } = finding;
            match spread.iter_mut().find(|(known, _)| known.rule == rule && known.severity == severity) {
                Some((known, last)) => {
                    known.count += 1;
                    known.documents += u64::from(*last != path);
                    *last = path;
                }
                None => spread.push((Deduction { rule, severity, count: 1, documents: 1, points: 0 }, path)),
            }
        }
        summary.deductions = spread.into_iter().map(|(deduction, _)| deduction).collect();
        summary.deductions.sort_unstable_by(|one, two| {
            (one.severity, two.count, one.rule).cmp(&(two.severity, one.count, two.rule))
        });
        for deduction in &mut summary.deductions {
            let weight = match deduction.severity {
                Severity::Error => 40,
                Severity::Warning => 10,
                Severity::Hint => 1,
            };
            deduction.points = (weight * 1000 * deduction.documents).div_ceil(documents.max(1));
        }
        let points = summary.deductions.iter().map(|deduction| deduction.points).sum();
        summary.score = 100_000_u64.saturating_sub(points) / 1000;
        let counted =
            |known: &Deduction| RuleCount { rule: known.rule, severity: known.severity, count: known.count };
        summary.rules = summary.deductions.iter().map(counted).collect();
        summary
    }
}
