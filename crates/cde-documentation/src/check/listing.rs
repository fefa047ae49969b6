//! What the navigation of a site lists: the documents that it covers, and the entries as they are written.

use cde_filesystem::PathPatterns;

use super::config::{Navigation, Sidebars, without_number};
use super::index::TreeIndex;
use super::site::is_below;
use super::target::{file_name, join, parent, percent_decode, place};
use crate::hash::Set;
use crate::model::LinkKind;

/// How many patterns of one list count.
const MOST_PATTERNS: usize = 1000;

/// An entry that names a file.
#[derive(Debug)]
pub(super) struct Entry {
    /// As written.
    pub written: String,
    /// Where it leads, from the root.
    pub path: Vec<u8>,
    /// Its line in the configuration.
    pub line: u32,
}

/// A navigation.
#[derive(Debug)]
pub(super) struct Listing {
    /// Entries that the configuration itself has.
    pub entries: Vec<Entry>,
    /// Whether nothing else makes files when the site is built.
    pub is_sure: bool,
    /// What it lists, in words: `nav`, `SUMMARY.md`, `the sidebars`.
    pub name: &'static str,
    /// The folders whose documents it has to list.
    roots: Vec<Vec<u8>>,
    covered: Set<Vec<u8>>,
    folders: Vec<Vec<u8>>,
    excluded: Vec<PathPatterns>,
}

impl Listing {
    /// What `navigation` lists; `None` where the program makes it or it cannot be told.
    pub fn new(
        index: &TreeIndex,
        content: &[Vec<u8>],
        navigation: &Navigation,
        folder: &[u8],
    ) -> Option<Self> {
        let root = content.first()?;
        let mut listing = Self {
            entries: Vec::new(),
            is_sure: true,
            name: "nav",
            roots: vec![root.clone()],
            covered: Set::default(),
            folders: Vec::new(),
            excluded: Vec::new(),
        };
        match navigation {
            Navigation::Unknown => return None,
            Navigation::Files(files) => {
                listing.is_sure = files.is_sure;
                listing.excluded = files
                    .excluded
                    .iter()
                    .map(|text| PathPatterns::new(text.as_bytes(), MOST_PATTERNS))
                    .collect();
                for (written, line) in &files.entries {
                    let there = place(root, written.as_bytes());
                    if there.above > 0 {
                        continue;
                    }
                    if there.trailing_slash || !file_name(&there.path).contains(&b'.') {
                        listing.folders.push(there.path);
                    } else {
                        listing.covered.insert(there.path.clone());
                        listing.entries.push(Entry {
                            written: written.clone(),
                            path: there.path,
                            line: *line,
                        });
                    }
                }
            }
            Navigation::Summary => {
                listing.name = "SUMMARY.md";
                let number = index.find(&join(root, b"SUMMARY.md"))?.document?;
                for link in index.documents()[number].links.iter() {
                    if link.kind == LinkKind::Inline && !link.image {
                        let there = place(root, &percent_decode(link.target));
                        if there.above == 0 {
                            listing.covered.insert(there.path);
                        }
                    }
                }
            }
            Navigation::Sidebars(sidebars) => listing.add_sidebars(index, sidebars, folder)?,
        }
        (listing.len() > 0).then_some(listing)
    }

    /// `None` where no list is known.
    fn add_sidebars(&mut self, index: &TreeIndex, sidebars: &Sidebars, folder: &[u8]) -> Option<()> {
        self.name = "the sidebars";
        self.roots.clear();
        for instance in &sidebars.0 {
            let Some(lists) = &instance.lists else { continue };
            let root = place(folder, instance.path.as_bytes()).path;
            let ids: Set<&str> = lists.ids.iter().map(String::as_str).collect();
            for document in index.documents() {
                let path = document.path.as_bytes();
                if !is_below(&root, path) {
                    continue;
                }
                let relative = if root.is_empty() { path } else { &path[root.len() + 1..] };
                let data = document.front_matter.as_ref().and_then(|front| front.data.as_ref());
                let data = data.map(cde_core::PackedValue::unpack);
                let own = data.as_ref().and_then(|data| data.get("id")).and_then(cde_core::Value::as_text);
                if doc_ids(relative, own).iter().any(|id| ids.contains(id.as_str())) {
                    self.covered.insert(path.to_vec());
                }
            }
            for listed in &lists.folders {
                let there = place(&root, listed.as_bytes());
                if there.above == 0 {
                    self.folders.push(there.path);
                }
            }
            self.roots.push(root);
        }
        (!self.roots.is_empty()).then_some(())
    }

    /// How much it lists.
    pub fn len(&self) -> usize {
        self.covered.len() + self.folders.len()
    }

    /// Whether it has to list the document at `path` and does not.
    pub fn misses(&self, path: &[u8]) -> bool {
        let Some(root) = self.roots.iter().find(|root| is_below(root, path)) else { return false };
        let below = if root.is_empty() { path } else { &path[root.len() + 1..] };
        // The index of the root is the page that readers begin with.
        let is_start = !below.contains(&b'/') && below.starts_with(b"index.");
        !is_start
            && !self.covered.contains(path)
            && !self.folders.iter().any(|folder| is_below(folder, path))
            && !self.excluded.iter().any(|patterns| patterns.cover(below))
    }
}

/// The ids that Docusaurus may give the document at `relative`, which may set its `own` last part.
fn doc_ids(relative: &[u8], own: Option<&str>) -> Vec<String> {
    let Ok(relative) = str::from_utf8(relative) else { return Vec::new() };
    let name = file_name(relative.as_bytes());
    let stem = memchr::memrchr(b'.', name).unwrap_or(name.len());
    let folder = &relative[..parent(relative.as_bytes()).len()];
    let name = &relative[relative.len() - name.len()..][..stem];
    let bare: Vec<&str> = folder.split('/').map(without_number).collect();
    let folders = [folder.to_owned(), bare.join("/")];
    let names = own.map_or_else(|| vec![name, without_number(name)], |own| vec![own]);
    let joined = |folder: &String, name: &&str| {
        if folder.is_empty() { (*name).to_owned() } else { format!("{folder}/{name}") }
    };
    folders.iter().flat_map(|folder| names.iter().map(move |name| joined(folder, name))).collect()
}
