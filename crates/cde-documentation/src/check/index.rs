//! What a link can lead to: the documents, files and folders in scope, and what the disk says about the rest.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use cde_core::RepoPath;
use cde_filesystem::{PathPatterns, Presence, Tree, presence, read_outside_scope};

use super::anchors::Anchors;
use super::content::{attribute_ids, drawn_in, unchanged_content};
use super::folded::Folded;
use super::redirects::redirected;
use super::target::{file_name, join, parent, place};
use crate::hash::{Map, Set};
use crate::model::Document;
use crate::options::SlugFlavour;

/// An entry of the tree.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Found {
    /// Whether it is a folder.
    pub folder: bool,
    /// The index of its record, where it is a scanned document.
    pub document: Option<usize>,
}

/// A longer path is none of a file, and each of its folders would be looked at.
const LONGEST_PATH: usize = 4096;
/// How many folders down from the root an ignore file is looked for.
const DEEPEST_IGNORE_FILE: usize = 16;
const LARGEST_IGNORE_FILE: u64 = 64 * 1024;
const MOST_IGNORE_PATTERNS: usize = 1000;

/// Names of anchors.
type Ids = Arc<Set<Vec<u8>>>;

/// The files that a name alone may mean.
#[derive(Clone, Copy, Debug)]
pub(super) enum Noted {
    Only(Found),
    Several,
}

/// Looks up paths. Everything beyond exact look-ups is built when the first link needs it.
#[derive(Debug)]
pub(super) struct TreeIndex<'a> {
    tree: &'a Tree,
    documents: Vec<&'a Document>,
    by_path: Map<&'a [u8], usize>,
    folders: Set<&'a [u8]>,
    unparsed: Set<&'a RepoPath>,
    anchors: Box<[OnceLock<Anchors<'a>>]>,
    /// The patterns of the ignore file in each folder that was asked about.
    ignored: Mutex<Map<Vec<u8>, PathPatterns>>,
    attribute_ids: Mutex<Map<usize, Option<Ids>>>,
    /// All anchors of the documents of AsciiDoc.
    asciidoc: OnceLock<Set<Vec<u8>>>,
    drawn_in: Mutex<Map<usize, Option<Arc<[usize]>>>>,
    /// The first path by bytes of each spelling, and whether it is the only one.
    folded: OnceLock<Map<Folded<'a>, (&'a [u8], bool)>>,
    names: OnceLock<Map<&'a [u8], Option<&'a [u8]>>>,
    probed: Mutex<Map<Vec<u8>, Presence>>,
    /// The sources that Microsoft's publishing system redirects.
    redirected: OnceLock<Set<Vec<u8>>>,
}

impl<'a> TreeIndex<'a> {
    /// Of `tree` and the documents scanned in it; what is in `unparsed` could not be parsed.
    pub fn new(tree: &'a Tree, documents: Vec<&'a Document>, unparsed: Set<&'a RepoPath>) -> Self {
        let by_path = documents
            .iter()
            .enumerate()
            .map(|(number, document)| (document.path.as_bytes(), number))
            .collect();
        let anchors = documents.iter().map(|_| OnceLock::new()).collect();
        Self {
            tree,
            documents,
            by_path,
            folders: folders(tree),
            unparsed,
            anchors,
            ignored: Mutex::default(),
            attribute_ids: Mutex::default(),
            asciidoc: OnceLock::new(),
            drawn_in: Mutex::default(),
            folded: OnceLock::new(),
            names: OnceLock::new(),
            probed: Mutex::default(),
            redirected: OnceLock::new(),
        }
    }

    /// The scanned documents.
    pub fn documents(&self) -> &[&'a Document] {
        &self.documents
    }

    /// Every path in scope, sorted.
    pub fn files(&self) -> impl Iterator<Item = &'a [u8]> {
        let tree = self.tree;
        (0..tree.len()).map(|index| tree.path(index))
    }

    /// The file or folder at exactly `path`.
    pub fn find(&self, path: &[u8]) -> Option<Found> {
        if let Some(number) = self.by_path.get(path) {
            return Some(Found { folder: false, document: Some(*number) });
        }
        if self.folders.contains(path) {
            return Some(Found { folder: true, document: None });
        }
        // Most targets that do not exist lie in no folder of the tree, which is cheaper to tell than that of a file.
        let is_file = self.folders.contains(parent(path)) && self.tree.find(path).is_some();
        is_file.then_some(Found { folder: false, document: None })
    }

    /// Whether the path of a file begins with `stem` and a dot. O(log n), and less where its folder does not exist.
    pub fn has_extended(&self, stem: &[u8]) -> bool {
        if !self.folders.contains(parent(stem)) {
            return false;
        }
        let dotted = [stem, b"."].concat();
        let first = lower_bound(self.tree, 0, &dotted);
        first < self.tree.len() && self.tree.path(first).starts_with(&dotted)
    }

    /// The first entry by bytes whose path equals `path` when the case of ASCII letters is ignored.
    ///
    /// With it come its path and whether it is the only one.
    pub fn find_any_case(&self, path: &[u8]) -> Option<(Found, &'a [u8], bool)> {
        let folded = self.folded.get_or_init(|| {
            let mut folded: Map<Folded<'a>, (&'a [u8], bool)> = Map::default();
            let mut add = |known: &'a [u8]| {
                let alike = |first: &mut (&'a [u8], bool)| *first = (known.min(first.0), false);
                folded.entry(Folded(known)).and_modify(alike).or_insert((known, true));
            };
            self.files().for_each(&mut add);
            self.folders.iter().copied().for_each(add);
            folded
        });
        let (known, unique) = *folded.get(&Folded(path))?;
        Some((self.find(known)?, known, unique))
    }

    /// The one file of that name in the tree; `None` where there are none or several.
    pub fn only_file_named(&self, name: &[u8]) -> Option<&'a [u8]> {
        let names = self.names.get_or_init(|| {
            let mut names = Map::default();
            for path in self.files() {
                names.entry(file_name(path)).and_modify(|known| *known = None).or_insert(Some(path));
            }
            names
        });
        names.get(name).copied().flatten()
    }

    /// The documents and files that a vault of notes may mean by `path`: those of its name anywhere, with or without `.md`.
    ///
    /// `None` where there are none.
    pub fn noted(&self, path: &[u8]) -> Option<Noted> {
        let name = file_name(path);
        // Fills the names.
        self.only_file_named(name);
        let names = self.names.get()?;
        let known = names.get(name).or_else(|| names.get([name, b".md"].concat().as_slice()))?;
        Some(known.and_then(|known| self.find(known)).map_or(Noted::Several, Noted::Only))
    }

    /// The names directly in `folder`, files and folders, in the order of their paths.
    pub fn names_in(&self, folder: &[u8]) -> impl Iterator<Item = &'a [u8]> {
        let prefix = if folder.is_empty() { Vec::new() } else { [folder, b"/"].concat() };
        let tree = self.tree;
        let mut index = lower_bound(tree, 0, &prefix);
        std::iter::from_fn(move || {
            let path = (index < tree.len()).then(|| tree.path(index))?;
            let rest = path.strip_prefix(prefix.as_slice())?;
            let Some(slash) = memchr::memchr(b'/', rest) else {
                index += 1;
                return Some(rest);
            };
            // "0" follows "/", so this is the first path behind everything in the folder.
            let behind = [&path[..prefix.len() + slash], b"0"].concat();
            index = lower_bound(tree, index, &behind);
            Some(&rest[..slash])
        })
    }

    /// Whether `folder` or one around it is a Rust package, whose documents its documentation may take in.
    pub fn is_in_rust_package(&self, folder: &[u8]) -> bool {
        let mut folder = folder;
        loop {
            if self.find(&join(folder, b"Cargo.toml")).is_some() {
                return true;
            }
            if folder.is_empty() {
                return false;
            }
            folder = parent(folder);
        }
    }

    /// Whether a document was parsed.
    pub fn is_parsed(&self, number: usize) -> bool {
        !self.unparsed.contains(&self.documents[number].path)
    }

    /// What fragments can point at in a document, whose site makes its slugs as `slugs` says, with `builder`; `None` where it was not
    /// parsed. A document has one site, so the first call decides.
    pub fn anchors(
        &self,
        number: usize,
        slugs: Option<(SlugFlavour, bool)>,
        builder: Option<&str>,
    ) -> Option<&Anchors<'a>> {
        if !self.is_parsed(number) {
            return None;
        }
        let document = self.documents[number];
        Some(self.anchors[number].get_or_init(|| Anchors::new(document, slugs, builder)))
    }

    /// The ids that lists of attributes anywhere in a document set; `None` where it cannot be told which there are.
    ///
    /// `items` tells whether it may take in the description of a program's items.
    pub fn attribute_ids(&self, number: usize, items: bool) -> Option<Ids> {
        // A panic elsewhere cannot leave the map half-changed.
        let known = self.attribute_ids.lock().unwrap_or_else(PoisonError::into_inner).get(&number).cloned();
        known.unwrap_or_else(|| {
            let found = self.content(number).and_then(|content| attribute_ids(&content, items)).map(Arc::new);
            let mut known = self.attribute_ids.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert(number, found.clone());
            found
        })
    }

    /// Whether any document of AsciiDoc has the anchor.
    pub fn is_in_any_asciidoc(&self, fragment: &[u8]) -> bool {
        let known = self.asciidoc.get_or_init(|| {
            let documents = 0..self.documents.len();
            let anchors = documents.filter(|number| self.documents[*number].format == "asciidoc");
            anchors.filter_map(|number| self.anchors(number, None, None)).flat_map(Anchors::all).collect()
        });
        known.contains(fragment)
    }

    /// The documents whose text a document takes in; `None` where it cannot be told, also because it changed.
    pub fn drawn_in(&self, number: usize) -> Option<Arc<[usize]>> {
        // A panic elsewhere cannot leave the map half-changed.
        let known = self.drawn_in.lock().unwrap_or_else(PoisonError::into_inner).get(&number).cloned();
        known.unwrap_or_else(|| {
            let found = self.read_drawn_in(number);
            self.drawn_in.lock().unwrap_or_else(PoisonError::into_inner).insert(number, found.clone());
            found
        })
    }

    fn read_drawn_in(&self, number: usize) -> Option<Arc<[usize]>> {
        let folder = parent(self.documents[number].path.as_bytes());
        let paths = drawn_in(&self.content(number)?)?;
        let number_of = |path: &Vec<u8>| {
            let there = place(folder, path);
            if there.above > 0 { None } else { self.by_path.get(there.path.as_slice()).copied() }
        };
        paths.iter().map(number_of).collect()
    }

    /// The bytes of a document as they were scanned; `None` where they changed or are not UTF-8.
    pub fn content(&self, number: usize) -> Option<Vec<u8>> {
        unchanged_content(self.tree, self.documents[number])
    }

    /// Whether an ignore file of git means `path`, which does not exist: something makes it.
    pub fn is_ignored(&self, path: &[u8]) -> bool {
        if path.len() > LONGEST_PATH {
            return false;
        }
        let folders = memchr::memchr_iter(b'/', path).map(|slash| &path[..slash]);
        std::iter::once(&path[..0]).chain(folders).take(DEEPEST_IGNORE_FILE).any(|folder| {
            // A panic elsewhere cannot leave the map half-changed.
            let mut known = self.ignored.lock().unwrap_or_else(PoisonError::into_inner);
            let patterns = known.entry(folder.to_vec()).or_insert_with(|| {
                let file = join(folder, b".gitignore");
                let content = read_outside_scope(self.tree, &file, LARGEST_IGNORE_FILE).unwrap_or_default();
                PathPatterns::new(&content, MOST_IGNORE_PATTERNS)
            });
            patterns.cover(if folder.is_empty() { path } else { &path[folder.len() + 1..] })
        })
    }

    /// Whether Microsoft's publishing system redirects the page of `path`, which is gone.
    pub fn is_redirected(&self, path: &[u8]) -> bool {
        self.redirected.get_or_init(|| redirected(self.tree)).contains(path)
    }

    /// What the disk has at `path`, which is not in scope: it may be ignored or hidden.
    ///
    /// The folders around it are asked first: that one of them is missing is asked once for all paths below it.
    pub fn probe(&self, path: &[u8]) -> Presence {
        // A panic elsewhere cannot leave the map half-changed.
        let mut probed = self.probed.lock().unwrap_or_else(PoisonError::into_inner);
        let around = memchr::memchr_iter(b'/', path).map(|slash| &path[..slash]);
        for prefix in around.chain([path]) {
            if self.folders.contains(prefix) {
                continue;
            }
            let found = if let Some(known) = probed.get(prefix) {
                *known
            } else {
                let found = presence(self.tree.root_path(), prefix);
                probed.insert(prefix.to_vec(), found);
                found
            };
            if prefix.len() == path.len() || found == Presence::Missing {
                return found;
            }
        }
        Presence::Directory
    }
}

/// Every folder with a file in scope below it, and the root.
fn folders(tree: &Tree) -> Set<&[u8]> {
    let mut folders: Set<&[u8]> = Set::default();
    folders.insert(b"");
    let mut before: &[u8] = b"";
    for index in 0..tree.len() {
        let mut folder = parent(tree.path(index));
        // The paths of one folder stand together.
        if folder != before {
            before = folder;
            while folders.insert(folder) {
                folder = parent(folder);
            }
        }
    }
    folders
}

/// The first index from `low` on whose path is not less than `path`. O(log n).
fn lower_bound(tree: &Tree, mut low: usize, path: &[u8]) -> usize {
    let mut high = tree.len();
    while low < high {
        let middle = low + (high - low) / 2;
        if tree.path(middle) < path {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
