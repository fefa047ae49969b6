//! What every answer has in common. The field order is the key order of the JSON form, which the public contract fixes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::digest::Sha256Hex;
use crate::path::RepoPath;

/// Which engine answered and why it was chosen.
#[derive(Clone, Debug, Serialize)]
pub struct EngineInfo {
    /// `rust` or `python`.
    pub name: String,
    /// The engine's version.
    pub version: String,
    /// Why it was chosen.
    pub reason: String,
}

/// How serious a finding or diagnostic is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something is wrong.
    Error,
    /// Something is probably wrong.
    Warning,
    /// Something could be better.
    Hint,
}

/// A file that could not be read or parsed as asked.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Diagnostic {
    /// The file.
    pub path: RepoPath,
    /// From 1, where known.
    pub line: Option<u32>,
    /// From 1 in code points, where known.
    pub column: Option<u32>,
    /// A stable name.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
}

/// How much of the question was answered.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CompletenessState {
    /// All of it.
    #[default]
    Complete,
    /// A limit, a cancel or an unreadable file left a gap.
    Partial,
    /// It cannot be told.
    Unknown,
}

/// Entries passed over for one reason.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Skipped {
    /// Why.
    pub reason: &'static str,
    /// How many.
    pub count: u64,
    /// The first three by path bytes.
    pub examples: Vec<RepoPath>,
}

/// The account of what was looked at and what was not.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Completeness {
    /// Complete, partial or unknown.
    pub state: CompletenessState,
    /// Files looked at.
    pub scanned: u64,
    /// Sorted by reason.
    pub skipped: Vec<Skipped>,
    /// The limits that were reached.
    pub limits: Vec<String>,
}

/// Collects skipped entries; the order of arrival does not matter.
#[derive(Clone, Debug, Default)]
pub struct SkipCounter(BTreeMap<&'static str, (u64, Vec<RepoPath>)>);

impl SkipCounter {
    const EXAMPLES: usize = 3;

    /// Counts one entry.
    pub fn add(&mut self, reason: &'static str, path: RepoPath) {
        let (count, examples) = self.0.entry(reason).or_default();
        *count += 1;
        let place = examples.partition_point(|known| known <= &path);
        if place < Self::EXAMPLES {
            examples.insert(place, path);
            examples.truncate(Self::EXAMPLES);
        }
    }

    /// Counts the entry at `folder` followed by `name`, as [`add`](Self::add) does, and only allocates for an example.
    pub fn add_parts(&mut self, reason: &'static str, folder: &[u8], name: &[u8]) {
        let (count, examples) = self.0.entry(reason).or_default();
        *count += 1;
        let precedes = |known: &RepoPath| known.as_bytes().iter().le(folder.iter().chain(name));
        let place = examples.partition_point(precedes);
        if place < Self::EXAMPLES {
            examples.insert(place, RepoPath::from([folder, name].concat()));
            examples.truncate(Self::EXAMPLES);
        }
    }

    /// Adds what another thread collected.
    pub fn merge(&mut self, other: Self) {
        for (reason, (count, examples)) in other.0 {
            let mine = self.0.entry(reason).or_default();
            mine.0 += count;
            mine.1.extend(examples);
            mine.1.sort_unstable();
            mine.1.truncate(Self::EXAMPLES);
        }
    }

    /// The account, sorted by reason.
    pub fn finish(self) -> Vec<Skipped> {
        self.0.into_iter().map(|(reason, (count, examples))| Skipped { reason, count, examples }).collect()
    }
}

/// Every answer in its JSON form.
#[derive(Debug, Serialize)]
pub struct Envelope<'a, Summary: ?Sized, Items: ?Sized> {
    /// `cde.<capability>.<verb>/1`.
    pub schema: &'a str,
    /// Who answered: the only part that may differ between engines.
    pub engine: &'a EngineInfo,
    /// The path asked about, as given.
    pub root: &'a RepoPath,
    /// The digest over the contents in scope; absent where they were not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<Sha256Hex>,
    /// How completely.
    pub completeness: &'a Completeness,
    /// Counts.
    pub summary: &'a Summary,
    /// The records.
    pub items: &'a Items,
    /// Files that could not be read or parsed as asked, sorted.
    pub diagnostics: &'a [Diagnostic],
}
