//! Listing and finding files, over one packed buffer of paths.

use cde_core::{Answer, Context, Items, RepoPathRef, Result, Sha256Hex, Stage, snapshot_id};
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::filter::{CompiledFilter, FileFilter};
use crate::language::{binary_by_name, language_of_name};
use crate::metadata::{Metadata, for_each_index, metadata_of_all};
use crate::outcome::Outcome;
use crate::read::file_facts;
use crate::tree::{FileFacts, FileKind, PackedPaths, Tags, Tree};

/// A file in scope, as a listing hands it out.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FileRecord<'a> {
    /// Relative to the root.
    pub path: RepoPathRef<'a>,
    /// In bytes, where details were asked for.
    pub size: Option<u64>,
    /// In nanoseconds since 1970, where details were asked for.
    pub mtime_ns: Option<i64>,
    /// `file` or `symlink`.
    pub kind: &'static str,
    /// By name, or by content where contents were read.
    pub language: Option<&'static str>,
    /// By name, or by content where contents were read.
    pub binary: Option<bool>,
    /// Of text whose content was read.
    pub encoding: Option<&'static str>,
    /// Where contents were read.
    pub hash: Option<Sha256Hex>,
    /// Vendored, generated, minified.
    pub tags: TagNames,
}

/// The names of a file's marks.
#[derive(Clone, Copy, Debug)]
pub struct TagNames(pub Tags);

impl Serialize for TagNames {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.names())
    }
}

/// Over a listing.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FileSummary {
    /// Files and links.
    pub files: u64,
    /// Links among them.
    pub symlinks: u64,
    /// All sizes, where details were asked for.
    pub bytes: Option<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    kind: FileKind,
    tags: Tags,
    size: u64,
    mtime_ns: i64,
}

/// The files of a listing: their paths in one buffer, records made when asked for.
#[derive(Debug)]
pub struct FileListing {
    paths: PackedPaths,
    rows: Vec<Row>,
    details: bool,
    /// Per row, where contents were read.
    facts: Option<Vec<Option<FileFacts>>>,
}

impl FileListing {
    /// Every path in escaped form and a newline, or as raw bytes and NUL.
    pub fn write_paths(&self, raw: bool) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.paths.byte_len() + self.paths.len());
        for index in 0..self.paths.len() {
            let path = self.paths.get(index);
            if raw {
                out.extend_from_slice(path);
                out.push(0);
            } else {
                out.extend_from_slice(RepoPathRef(path).escaped().as_bytes());
                out.push(b'\n');
            }
        }
        out
    }
}

impl Items for FileListing {
    type Item<'a> = FileRecord<'a>;

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn get(&self, index: usize) -> FileRecord<'_> {
        let path = self.paths.get(index);
        let row = self.rows[index];
        let facts = self.facts.as_ref().and_then(|facts| facts[index].as_ref());
        let is_link = row.kind == FileKind::Symlink;
        let minified = if facts.is_some_and(|facts| facts.minified) { Tags::MINIFIED } else { Tags::NONE };
        FileRecord {
            path: RepoPathRef(path),
            size: self.details.then_some(row.size),
            mtime_ns: self.details.then_some(row.mtime_ns),
            kind: row.kind.as_str(),
            language: match facts {
                _ if is_link => None,
                Some(facts) => facts.language,
                None => language_of_name(path),
            },
            binary: match facts {
                _ if is_link => None,
                Some(facts) => Some(facts.binary),
                None => binary_by_name(path),
            },
            encoding: facts.filter(|facts| !facts.binary).map(|facts| facts.encoding),
            hash: facts.map(|facts| facts.sha256),
            tags: TagNames(row.tags.union(minified)),
        }
    }
}

impl Serialize for FileListing {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for index in 0..self.len() {
            list.serialize_element(&self.get(index))?;
        }
        list.end()
    }
}

/// The files of `tree` that pass `query`, by path bytes. Schema `cde.files.list/1`, or `cde.files.find/1` for a name.
///
/// Without `hash` nothing but names and metadata is looked at, so a record does not depend on what was read before. A
/// file that vanished since the walk is left out.
pub fn list_files(
    tree: &Tree,
    query: &FileFilter,
    context: &Context,
) -> Result<Answer<FileSummary, FileListing>> {
    let filter = CompiledFilter::new(query)?;
    let mut outcome = Outcome::new(tree);
    outcome.scanned(tree.len());
    let mut indexes: Vec<usize> = (0..tree.len()).collect();
    if !filter.accepts_every_path() {
        let passes = for_each_index(&indexes, context, |index| filter.accepts_path(tree.path(*index)))?;
        let mut passes = passes.into_iter();
        indexes.retain(|_| passes.next() == Some(true));
    }
    let mut known = Vec::new();
    if query.details || filter.needs_metadata() {
        let answers = metadata_of_all(tree, &indexes, context)?;
        let mut kept = Vec::with_capacity(indexes.len());
        known.reserve(indexes.len());
        for (index, answer) in indexes.into_iter().zip(answers) {
            match answer {
                Ok(metadata) if filter.accepts_metadata(&metadata) => {
                    kept.push(index);
                    known.push(metadata);
                }
                Ok(_) => {}
                Err(problem) => outcome.problem(tree.path(index), &problem),
            }
        }
        indexes = kept;
    }
    let facts = if query.hash { Some(read_all(tree, &indexes, &mut outcome, context)?) } else { None };
    let listing = pack(tree, query, &indexes, &known, facts);
    let (completeness, diagnostics) = outcome.finish();
    Ok(Answer {
        schema: if query.name.is_some() { "cde.files.find/1" } else { "cde.files.list/1" },
        root: tree.root().clone(),
        snapshot: listing.snapshot(),
        completeness,
        summary: listing.summary(),
        items: listing,
        diagnostics,
    })
}

fn read_all(
    tree: &Tree,
    indexes: &[usize],
    outcome: &mut Outcome,
    context: &Context,
) -> Result<Vec<Option<FileFacts>>> {
    context.progress.begin(Stage::Read, indexes.len() as u64);
    let answers = for_each_index(indexes, context, |index| {
        let facts = (tree.kind(*index) == FileKind::File).then(|| file_facts(tree, *index, context));
        context.progress.advance(1);
        facts.transpose()
    })?;
    let mut facts = Vec::with_capacity(answers.len());
    for (index, answer) in indexes.iter().zip(answers) {
        facts.push(answer.unwrap_or_else(|problem| {
            outcome.problem(tree.path(*index), &problem);
            None
        }));
    }
    Ok(facts)
}

fn pack(
    tree: &Tree,
    query: &FileFilter,
    indexes: &[usize],
    known: &[Metadata],
    facts: Option<Vec<Option<FileFacts>>>,
) -> FileListing {
    let bytes = indexes.iter().map(|index| tree.path(*index).len()).sum();
    let mut paths = PackedPaths::with_capacity(indexes.len(), bytes);
    let mut rows = Vec::with_capacity(indexes.len());
    for (place, index) in indexes.iter().enumerate() {
        paths.push(tree.path(*index), b"");
        let (size, mtime_ns) = known.get(place).map_or((0, 0), |metadata| (metadata.size, metadata.mtime_ns));
        let size = facts.as_ref().and_then(|facts| facts[place].as_ref()).map_or(size, |facts| facts.size);
        rows.push(Row { kind: tree.kind(*index), tags: tree.tags(*index), size, mtime_ns });
    }
    FileListing { paths, rows, details: query.details, facts }
}

impl FileListing {
    fn summary(&self) -> FileSummary {
        FileSummary {
            files: self.rows.len() as u64,
            symlinks: self.rows.iter().filter(|row| row.kind == FileKind::Symlink).count() as u64,
            bytes: self.details.then(|| self.rows.iter().map(|row| row.size).sum()),
        }
    }

    fn snapshot(&self) -> Option<Sha256Hex> {
        let facts = self.facts.as_ref()?;
        Some(snapshot_id(facts.iter().enumerate().filter_map(|(index, facts)| {
            let facts = facts.as_ref()?;
            Some((self.paths.get(index), facts.size, &facts.sha256))
        })))
    }
}
