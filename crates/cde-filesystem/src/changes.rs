//! What differs between a tree and an earlier snapshot of it.
//!
//! A file whose size, modification time, change time and number are those of the snapshot is unchanged without being
//! read, unless it is *racy*: a time of it is less than two seconds before the snapshot was begun, or later, so that a
//! write right after the snapshot need not show. Git's index has the same rule ("racy git"). Where the size differs the
//! file has changed; everything else is hashed.

use std::collections::{BTreeMap, HashSet};

use cde_core::{Answer, Context, RepoPath, Result, Sha256Hex, Stage};
use serde::Serialize;

use crate::metadata::{Metadata, for_each_index, metadata_of_all};
use crate::outcome::Outcome;
use crate::snapshot::{SnapshotEntry, current_digest};
use crate::tree::Tree;

/// How far times must lie before the snapshot to be trusted: the coarsest clock of a file system in use.
const RACY_NS: i64 = 2_000_000_000;

/// What happened to a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It was not there.
    Added,
    /// It is not there any more.
    Removed,
    /// Its content is another.
    Changed,
    /// It was there under another path.
    Renamed,
}

/// One file that differs.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Change {
    /// Where it is now, or was.
    pub path: RepoPath,
    /// What happened.
    pub kind: ChangeKind,
    /// Where it was before a rename.
    pub old_path: Option<RepoPath>,
}

/// Counts by kind.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct ChangeSummary {
    /// New files.
    pub added: u64,
    /// Files that are gone.
    pub removed: u64,
    /// Files of other content.
    pub changed: u64,
    /// Files under another path.
    pub renamed: u64,
    /// All others.
    pub unchanged: u64,
    /// Files that were hashed.
    pub hashed: u64,
}

/// What differs from `before`, which a snapshot begun at `taken_ns` (nanoseconds since 1970) gave. By path bytes, schema
/// `cde.files.changes/1`.
///
/// A removed and an added file of the same, not empty, content are a rename; of several, the removed paths in their order
/// go to the added ones in theirs. The last entry counts where `before` has a path twice.
pub fn changes_since(
    tree: &Tree,
    before: &[SnapshotEntry],
    taken_ns: i64,
    context: &Context,
) -> Result<Answer<ChangeSummary, Vec<Change>>> {
    let mut outcome = Outcome::new(tree);
    context.progress.begin(Stage::Check, tree.len() as u64);
    let indexes: Vec<usize> = (0..tree.len()).collect();
    let stats = metadata_of_all(tree, &indexes, context)?;
    let known = sorted(before);
    let mut found = Comparison::default();
    let mut next = 0;
    for (index, stat) in indexes.into_iter().zip(stats) {
        let path = tree.path(index);
        while next < known.len() && known[next].path.as_bytes() < path {
            found.removed.push(known[next]);
            next += 1;
        }
        let entry = known.get(next).copied().filter(|entry| entry.path.as_bytes() == path);
        next += usize::from(entry.is_some());
        match (stat, entry) {
            (Ok(stat), Some(entry)) => found.compare(index, &stat, entry, taken_ns),
            (Ok(stat), None) => found.added.push((index, stat)),
            (Err(problem), entry) => {
                found.removed.extend(entry.filter(|_| problem.code == "vanished"));
                outcome.problem(path, &problem);
            }
        }
    }
    found.removed.extend(&known[next..]);
    outcome.scanned(tree.len());
    found.finish(tree, outcome, context)
}

fn sorted(before: &[SnapshotEntry]) -> Vec<&SnapshotEntry> {
    let mut known: Vec<&SnapshotEntry> = before.iter().collect();
    if !known.is_sorted_by(|left, right| left.path < right.path) {
        let by_path: BTreeMap<&RepoPath, &SnapshotEntry> =
            before.iter().map(|entry| (&entry.path, entry)).collect();
        known = by_path.into_values().collect();
    }
    known
}

#[derive(Default)]
struct Comparison<'a> {
    unchanged: u64,
    changed: Vec<usize>,
    unproven: Vec<(usize, &'a SnapshotEntry)>,
    added: Vec<(usize, Metadata)>,
    removed: Vec<&'a SnapshotEntry>,
}

impl<'a> Comparison<'a> {
    fn compare(&mut self, index: usize, stat: &Metadata, entry: &'a SnapshotEntry, taken_ns: i64) {
        let same = stat.size == entry.size
            && stat.mtime_ns == entry.mtime_ns
            && stat.ctime_ns == entry.ctime_ns
            && stat.inode == entry.inode;
        let racy = stat.mtime_ns.max(stat.ctime_ns) >= taken_ns.saturating_sub(RACY_NS);
        if same && !racy {
            self.unchanged += 1;
        } else if stat.size != entry.size {
            self.changed.push(index);
        } else {
            self.unproven.push((index, entry));
        }
    }

    fn finish(
        mut self,
        tree: &Tree,
        mut outcome: Outcome,
        context: &Context,
    ) -> Result<Answer<ChangeSummary, Vec<Change>>> {
        let mut hashed = 0;
        let unproven: Vec<usize> = self.unproven.iter().map(|(index, _)| *index).collect();
        let digests = for_each_index(&unproven, context, |index| current_digest(tree, *index, context))?;
        for ((index, entry), digest) in self.unproven.iter().zip(digests) {
            match digest {
                Ok(digest) if digest == entry.hash => self.unchanged += 1,
                Ok(_) => self.changed.push(*index),
                Err(problem) => {
                    self.removed.extend((problem.code == "vanished").then_some(*entry));
                    outcome.problem(tree.path(*index), &problem);
                    continue;
                }
            }
            hashed += 1;
        }
        self.removed.sort_by(|left, right| left.path.cmp(&right.path));
        let renames = self.renames(tree, &mut outcome, &mut hashed, context)?;
        let change = |path: RepoPath, kind| Change { path, kind, old_path: None };
        let at = |index: usize| RepoPath::from_bytes(tree.path(index));
        let from: HashSet<&RepoPath> = renames.values().copied().collect();
        let mut items: Vec<Change> = Vec::new();
        items.extend(self.changed.iter().map(|index| change(at(*index), ChangeKind::Changed)));
        items.extend(self.added.iter().map(|(index, _)| match renames.get(index) {
            Some(old) => {
                Change { path: at(*index), kind: ChangeKind::Renamed, old_path: Some((*old).clone()) }
            }
            None => change(at(*index), ChangeKind::Added),
        }));
        let gone = self.removed.iter().filter(|entry| !from.contains(&entry.path));
        items.extend(gone.map(|entry| change(entry.path.clone(), ChangeKind::Removed)));
        items.sort_by(|left, right| left.path.cmp(&right.path));
        let count = |kind| items.iter().filter(|item| item.kind == kind).count() as u64;
        let summary = ChangeSummary {
            added: count(ChangeKind::Added),
            removed: count(ChangeKind::Removed),
            changed: count(ChangeKind::Changed),
            renamed: count(ChangeKind::Renamed),
            unchanged: self.unchanged,
            hashed,
        };
        let (completeness, diagnostics) = outcome.finish();
        Ok(Answer {
            schema: "cde.files.changes/1",
            root: tree.root().clone(),
            snapshot: None,
            completeness,
            summary,
            items,
            diagnostics,
        })
    }

    /// The old path of each added file that is a removed one under another name. Only added files that have the size of
    /// a removed one are hashed.
    fn renames(
        &self,
        tree: &Tree,
        outcome: &mut Outcome,
        hashed: &mut u64,
        context: &Context,
    ) -> Result<BTreeMap<usize, &'a RepoPath>> {
        let mut waiting: BTreeMap<(u64, Sha256Hex), Vec<&'a RepoPath>> = BTreeMap::new();
        // In reverse, so that the first path is taken from the end.
        for entry in self.removed.iter().rev().filter(|entry| entry.size > 0) {
            waiting.entry((entry.size, entry.hash)).or_default().push(&entry.path);
        }
        let sizes: HashSet<u64> = waiting.keys().map(|(size, _)| *size).collect();
        let candidates: Vec<(usize, u64)> = self
            .added
            .iter()
            .filter(|(_, stat)| sizes.contains(&stat.size))
            .map(|(i, stat)| (*i, stat.size))
            .collect();
        let indexes: Vec<usize> = candidates.iter().map(|(index, _)| *index).collect();
        let digests = for_each_index(&indexes, context, |index| current_digest(tree, *index, context))?;
        let mut renames = BTreeMap::new();
        for ((index, size), digest) in candidates.into_iter().zip(digests) {
            match digest {
                Ok(digest) => {
                    *hashed += 1;
                    let old = waiting.get_mut(&(size, digest)).and_then(Vec::pop);
                    renames.extend(old.map(|old| (index, old)));
                }
                Err(problem) => outcome.problem(tree.path(index), &problem),
            }
        }
        Ok(renames)
    }
}
