//! What a tree consists of: counts by language and by folder, and its extremes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use cde_core::{Answer, Context, RepoPath, Result, Stage, snapshot_id};
use serde::Serialize;

use crate::metadata::{for_each_index, metadata_of_all};
use crate::outcome::{Outcome, marked_reason};
use crate::read::file_facts;
use crate::tree::{FileFacts, FileKind, Tags, Tree};

/// One language of a tree.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct LanguageSummary {
    /// `None` for files whose language is not known.
    pub language: Option<&'static str>,
    /// How many files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Lines of the text files among them.
    pub lines: u64,
}

/// One folder directly below the root, in all depths; `.` for the root's own files.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct FolderSummary {
    /// Its name.
    pub path: RepoPath,
    /// How many files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Lines of the text files among them.
    pub lines: u64,
}

/// Totals of a tree.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct TreeSummary {
    /// How many files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Lines of the text files among them.
    pub lines: u64,
    /// Files that are not text.
    pub binary_files: u64,
    /// By path bytes.
    pub folders: Vec<FolderSummary>,
    /// The file with most bytes, the first by path among equals.
    pub largest: Option<RepoPath>,
    /// The path with most components, the first by path among equals.
    pub deepest: Option<RepoPath>,
    /// The file changed last, the first by path among equals.
    pub newest: Option<RepoPath>,
}

/// A file that was read for a summary.
struct Counted<'a> {
    path: &'a [u8],
    facts: FileFacts,
    mtime_ns: i64,
}

/// Counts by language and folder over the regular files of `tree`, most bytes first, then by name. Schema
/// `cde.files.tree/1`.
///
/// Links are passed over, and vendored, generated and minified files unless the tree was opened with `vendored`.
pub fn tree_summary(tree: &Tree, context: &Context) -> Result<Answer<TreeSummary, Vec<LanguageSummary>>> {
    let mut outcome = Outcome::new(tree);
    let indexes = analysed(tree, &mut outcome);
    let files = count(tree, &indexes, &mut outcome, context)?;
    outcome.scanned(files.len());
    let mut languages: BTreeMap<Option<&'static str>, LanguageSummary> = BTreeMap::new();
    let mut folders: BTreeMap<&[u8], LanguageSummary> = BTreeMap::new();
    for file in &files {
        let folder = memchr::memchr(b'/', file.path).map_or(&b"."[..], |slash| &file.path[..slash]);
        let language = file.facts.language;
        let by_language =
            languages.entry(language).or_insert(LanguageSummary { language, ..Default::default() });
        for counts in [by_language, folders.entry(folder).or_default()] {
            counts.files += 1;
            counts.bytes += file.facts.size;
            counts.lines += file.facts.lines;
        }
    }
    let mut items: Vec<LanguageSummary> = languages.into_values().collect();
    items.sort_by_key(|item| Reverse(item.bytes));
    let (completeness, diagnostics) = outcome.finish();
    Ok(Answer {
        schema: "cde.files.tree/1",
        root: tree.root().clone(),
        snapshot: Some(snapshot_id(
            files.iter().map(|file| (file.path, file.facts.size, &file.facts.sha256)),
        )),
        completeness,
        summary: TreeSummary {
            files: files.len() as u64,
            bytes: files.iter().map(|file| file.facts.size).sum(),
            lines: files.iter().map(|file| file.facts.lines).sum(),
            binary_files: files.iter().filter(|file| file.facts.binary).count() as u64,
            folders: folders
                .into_iter()
                .map(|(path, LanguageSummary { files, bytes, lines, .. })| FolderSummary {
                    path: RepoPath::from_bytes(path),
                    files,
                    bytes,
                    lines,
                })
                .collect(),
            largest: first_with_most(&files, |file| file.facts.size),
            deepest: first_with_most(&files, |file| memchr::memchr_iter(b'/', file.path).count()),
            newest: first_with_most(&files, |file| file.mtime_ns),
        },
        items,
        diagnostics,
    })
}

/// The regular files that analysis looks at.
pub(crate) fn analysed(tree: &Tree, outcome: &mut Outcome) -> Vec<usize> {
    let mut indexes = Vec::with_capacity(tree.len());
    for index in 0..tree.len() {
        if tree.kind(index) == FileKind::Symlink {
            outcome.skip("symlink", tree.path(index));
            continue;
        }
        match marked_reason(tree.tags(index)).filter(|_| !tree.options().vendored) {
            Some(reason) => outcome.skip(reason, tree.path(index)),
            None => indexes.push(index),
        }
    }
    indexes
}

fn count<'a>(
    tree: &'a Tree,
    indexes: &[usize],
    outcome: &mut Outcome,
    context: &Context,
) -> Result<Vec<Counted<'a>>> {
    context.progress.begin(Stage::Read, indexes.len() as u64);
    let stats = metadata_of_all(tree, indexes, context)?;
    let facts = for_each_index(indexes, context, |index| {
        let facts = file_facts(tree, *index, context);
        context.progress.advance(1);
        facts
    })?;
    let mut files = Vec::with_capacity(indexes.len());
    for ((index, stat), facts) in indexes.iter().zip(stats).zip(facts) {
        let path = tree.path(*index);
        match stat.and_then(|stat| Ok((stat, facts?))) {
            Ok((_, facts)) if facts.minified && !tree.options().vendored => {
                outcome.skip(marked_reason(Tags::MINIFIED).unwrap_or_default(), path);
            }
            Ok((stat, facts)) => files.push(Counted { path, facts, mtime_ns: stat.mtime_ns }),
            Err(problem) => outcome.problem(path, &problem),
        }
    }
    Ok(files)
}

fn first_with_most<K: Ord>(files: &[Counted<'_>], key: impl Fn(&Counted<'_>) -> K) -> Option<RepoPath> {
    // Of equal maxima `max_by_key` takes the last, so the order is turned round.
    files.iter().rev().max_by_key(|file| key(file)).map(|file| RepoPath::from_bytes(file.path))
}
