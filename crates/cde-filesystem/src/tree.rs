//! A walked tree: the paths in scope, packed, and what was learnt from each file so far.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use cde_core::{Context, CoreError, Diagnostic, ErrorCode, RepoPath, Result, Sha256Hex, SkipCounter};

use crate::open;
use crate::options::TreeOptions;
pub(crate) use crate::packed::PackedPaths;
use crate::walk::{self, Walked};

/// What an entry of the tree is. Directories are not entries, and FIFOs, sockets and devices are never in scope.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A symbolic link, listed as such.
    Symlink,
}

impl FileKind {
    /// The name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Symlink => "symlink",
        }
    }
}

/// Marks that tell analysis to pass a file over unless asked.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tags(u8);

impl Tags {
    /// No mark.
    pub const NONE: Self = Self(0);
    /// Other people's code: `node_modules`, a virtual environment, `linguist-vendored`.
    pub const VENDORED: Self = Self(1);
    /// Written by a program: build output, `linguist-generated`.
    pub const GENERATED: Self = Self(2);
    /// Machine-packed text, known from its name or content.
    pub const MINIFIED: Self = Self(4);

    /// Both sets of marks.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The marks without those of `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether every mark of `other` is set.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether no mark is set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The names in records, sorted.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        [(Self::GENERATED, "generated"), (Self::MINIFIED, "minified"), (Self::VENDORED, "vendored")]
            .into_iter()
            .filter_map(move |(tag, name)| self.contains(tag).then_some(name))
    }
}

/// What reading a file once taught.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FileFacts {
    /// Bytes read.
    pub size: u64,
    /// Digest of the bytes.
    pub sha256: Sha256Hex,
    /// Lines of text; 0 for a binary file.
    pub lines: u64,
    /// Whether the content is not text.
    pub binary: bool,
    /// What the text was decoded from; empty for a binary file.
    pub encoding: &'static str,
    /// Whether the text is machine-packed.
    pub minified: bool,
    /// The language by name and content.
    pub language: Option<&'static str>,
}

/// One entry's flags beside its path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) kind: FileKind,
    pub(crate) tags: Tags,
}

/// A tree that was walked once.
///
/// Paths are relative to the root, with `/`, sorted by bytes, and stored in one buffer. Safe to share between threads:
/// what is learnt from a file ([`remember`](Self::remember)) is kept once per file.
#[derive(Debug)]
pub struct Tree {
    root: RepoPath,
    descriptor: OwnedFd,
    real_root: PathBuf,
    options: TreeOptions,
    paths: PackedPaths,
    entries: Vec<Entry>,
    facts: OnceLock<Box<[OnceLock<Box<FileFacts>>]>>,
    skipped: SkipCounter,
    diagnostics: Vec<Diagnostic>,
}

impl Tree {
    /// Walks `root`.
    ///
    /// Fails with `path-not-found`, `not-a-directory` or `permission-denied` if the root cannot be read, with
    /// `invalid-argument` for a depth of 0, and with `cancelled`. Folders below it that cannot be read become diagnostics.
    pub fn open(root: &Path, options: &TreeOptions, context: &Context) -> Result<Self> {
        if root.as_os_str().as_encoded_bytes().contains(&0) {
            let error = CoreError::new(ErrorCode::InvalidArgument, "a path cannot hold a NUL byte");
            return Err(error.at(root));
        }
        let walked = walk::walk(root, options, context)?;
        let Walked { root: descriptor, real_root, paths, entries, skipped, diagnostics } = walked;
        Ok(Self {
            root: RepoPath::from(root),
            descriptor,
            real_root,
            options: options.clone(),
            paths,
            entries,
            facts: OnceLock::new(),
            skipped,
            diagnostics,
        })
    }

    /// The root as given.
    pub fn root(&self) -> &RepoPath {
        &self.root
    }

    /// The root, absolute and without links, so that it holds when the current directory changes.
    pub fn root_path(&self) -> &Path {
        &self.real_root
    }

    /// The root, opened when it was walked.
    pub(crate) fn descriptor(&self) -> BorrowedFd<'_> {
        self.descriptor.as_fd()
    }

    /// What the tree was opened with.
    pub fn options(&self) -> &TreeOptions {
        &self.options
    }

    /// How many files are in scope.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether no file is in scope.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The path at `index`, which must be less than [`len`](Self::len).
    pub fn path(&self, index: usize) -> &[u8] {
        self.paths.get(index)
    }

    /// Whether the entry is a file or a link.
    pub fn kind(&self, index: usize) -> FileKind {
        self.entries[index].kind
    }

    /// Vendored and generated marks, from where the file lies and from `.gitattributes`.
    pub fn tags(&self, index: usize) -> Tags {
        self.entries[index].tags
    }

    /// The index of `path`. O(log n).
    pub fn find(&self, path: &[u8]) -> Option<usize> {
        let index = self.paths.lower_bound(path);
        (index < self.len() && self.path(index) == path).then_some(index)
    }

    /// Whether a file in scope lies below the folder `path` (without trailing slash); the empty path is the root.
    pub fn contains_dir(&self, path: &[u8]) -> bool {
        if path.is_empty() {
            return true;
        }
        let prefix = [path, b"/"].concat();
        let index = self.paths.lower_bound(&prefix);
        index < self.len() && self.path(index).starts_with(&prefix)
    }

    /// Entries passed over and why: `ignored`, `hidden`, `nested-repository`, `special-file`, `depth-limit`.
    ///
    /// A folder that was not entered counts once.
    pub fn skipped(&self) -> &SkipCounter {
        &self.skipped
    }

    /// Folders that could not be read and ignore files that could not be used, sorted.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// What was learnt from the file, if it was read.
    pub fn facts(&self, index: usize) -> Option<&FileFacts> {
        Some(self.facts.get()?[index].get()?)
    }

    /// Keeps what was learnt from the file; the first report stays.
    pub fn remember(&self, index: usize, facts: FileFacts) {
        let slots = self.facts.get_or_init(|| (0..self.len()).map(|_| OnceLock::new()).collect());
        slots[index].get_or_init(|| Box::new(facts));
    }

    /// Opens the file for reading, without following a link in its place and without waiting for a writer.
    ///
    /// Fails for a link and for whatever is no regular file (any more).
    pub fn open_file(&self, index: usize) -> io::Result<File> {
        open::regular_file(self.descriptor.as_fd(), self.path(index))
    }
}
