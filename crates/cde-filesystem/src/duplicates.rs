//! Files of equal content: by size, then by the digest of their beginning, then by the digest of all.

use std::collections::{BTreeMap, HashSet};
use std::io::Read;

use cde_core::{Answer, Context, RepoPath, Result, Sha256Hex, Stage, sha256};
use serde::Serialize;

use crate::metadata::{for_each_index, metadata_of_all};
use crate::outcome::Outcome;
use crate::read::{ReadProblem, file_facts};
use crate::summary::analysed;
use crate::tree::Tree;

/// How much of a file its first digest covers.
const BEGINNING: u64 = 16 * 1024;

/// Files of equal content.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DuplicateGroup {
    /// Their digest.
    pub hash: Sha256Hex,
    /// The size of one.
    pub size: u64,
    /// By path bytes; of several hard links only the first.
    pub paths: Vec<RepoPath>,
}

/// Over all groups.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct DuplicateSummary {
    /// How many groups.
    pub groups: u64,
    /// Files in them.
    pub files: u64,
    /// What keeping one of each would free.
    pub wasted_bytes: u64,
}

/// Groups of regular files of at least `min_size` bytes with equal content, most wasted bytes first, then by first path.
/// Schema `cde.files.duplicates/1`.
///
/// Only files that have their size in common with another are opened. Hard links are one file. Links and, unless asked
/// for, vendored, generated and minified files are passed over.
pub fn duplicates(
    tree: &Tree,
    min_size: u64,
    context: &Context,
) -> Result<Answer<DuplicateSummary, Vec<DuplicateGroup>>> {
    let mut outcome = Outcome::new(tree);
    let indexes = analysed(tree, &mut outcome);
    let candidates = of_equal_size(tree, &indexes, min_size, &mut outcome, context)?;
    context.progress.begin(Stage::Read, candidates.len() as u64);
    let candidates = of_equal_beginning(tree, candidates, &mut outcome, context)?;
    let mut by_content: BTreeMap<(u64, Sha256Hex), Vec<RepoPath>> = BTreeMap::new();
    let facts = for_each_index(&candidates, context, |index| file_facts(tree, *index, context))?;
    for (index, facts) in candidates.into_iter().zip(facts) {
        let path = tree.path(index);
        match facts {
            Ok(facts) => {
                by_content.entry((facts.size, facts.sha256)).or_default().push(RepoPath::from_bytes(path));
            }
            Err(problem) => outcome.problem(path, &problem),
        }
    }
    let mut items: Vec<DuplicateGroup> = by_content
        .into_iter()
        .filter(|(_, paths)| paths.len() > 1)
        .map(|((size, hash), paths)| DuplicateGroup { hash, size, paths })
        .collect();
    items.sort_by(|left, right| wasted(right).cmp(&wasted(left)).then_with(|| left.paths.cmp(&right.paths)));
    let (completeness, diagnostics) = outcome.finish();
    Ok(Answer {
        schema: "cde.files.duplicates/1",
        root: tree.root().clone(),
        snapshot: None,
        completeness,
        summary: DuplicateSummary {
            groups: items.len() as u64,
            files: items.iter().map(|group| group.paths.len() as u64).sum(),
            wasted_bytes: items.iter().map(wasted).sum(),
        },
        items,
        diagnostics,
    })
}

fn wasted(group: &DuplicateGroup) -> u64 {
    group.size.saturating_mul(group.paths.len() as u64 - 1)
}

/// Files that share their size with another, in order of size, then of path; of several hard links only the first.
fn of_equal_size(
    tree: &Tree,
    indexes: &[usize],
    min_size: u64,
    outcome: &mut Outcome,
    context: &Context,
) -> Result<Vec<Vec<usize>>> {
    let mut by_size: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut seen = HashSet::new();
    for (index, stat) in indexes.iter().zip(metadata_of_all(tree, indexes, context)?) {
        match stat {
            Ok(stat) => {
                outcome.scanned(1);
                if stat.size >= min_size && seen.insert((stat.device, stat.inode)) {
                    by_size.entry(stat.size).or_default().push(*index);
                }
            }
            Err(problem) => outcome.problem(tree.path(*index), &problem),
        }
    }
    Ok(by_size.into_values().filter(|group| group.len() > 1).collect())
}

/// The files of `groups` whose beginning another file of the same group shares.
fn of_equal_beginning(
    tree: &Tree,
    groups: Vec<Vec<usize>>,
    outcome: &mut Outcome,
    context: &Context,
) -> Result<Vec<usize>> {
    let flat: Vec<usize> = groups.iter().flatten().copied().collect();
    let beginnings = for_each_index(&flat, context, |index| beginning(tree, *index))?;
    let mut beginnings = beginnings.into_iter();
    let mut kept = Vec::new();
    for group in groups {
        let mut by_beginning: BTreeMap<Sha256Hex, Vec<usize>> = BTreeMap::new();
        for (index, digest) in group.into_iter().zip(beginnings.by_ref()) {
            match digest {
                Ok(digest) => by_beginning.entry(digest).or_default().push(index),
                Err(problem) => outcome.problem(tree.path(index), &problem),
            }
        }
        kept.extend(by_beginning.into_values().filter(|equal| equal.len() > 1).flatten());
    }
    kept.sort_unstable();
    context.progress.advance(kept.len() as u64);
    Ok(kept)
}

fn beginning(tree: &Tree, index: usize) -> std::result::Result<Sha256Hex, ReadProblem> {
    let problem = |error| ReadProblem::from_io(&error);
    let mut bytes = Vec::new();
    let file = tree.open_file(index).map_err(problem)?;
    file.take(BEGINNING).read_to_end(&mut bytes).map_err(problem)?;
    Ok(sha256(&bytes))
}
