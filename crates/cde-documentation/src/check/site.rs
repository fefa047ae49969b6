//! Which program builds a site from which documents, found by its configuration's name. Nothing is read or run.

use std::collections::HashMap;

use cde_filesystem::Presence;

use super::index::TreeIndex;
use super::site_table::BUILDERS;
use super::target::{file_name, join, parent};

const HIDDEN_FOLDERS: &[&[u8]] = &[b"", b"docs"];

/// One entry of `data/sites.toml`, which explains the fields.
#[derive(Debug)]
pub(super) struct Builder {
    pub name: &'static str,
    pub files: &'static [&'static str],
    pub beside: &'static [&'static str],
    pub hidden: &'static [&'static str],
    pub content: &'static [&'static str],
    pub served: &'static [&'static str],
    pub around: bool,
    pub assets_from_source: bool,
    pub tolerant: bool,
}

/// A site.
#[derive(Debug)]
pub(super) struct Site {
    /// The program.
    pub builder: &'static Builder,
    /// Where its configuration lies.
    pub folder: Vec<u8>,
    /// The folder below which its documents lie.
    pub scope: Vec<u8>,
    /// Where `/x` may start.
    pub bases: Vec<Vec<u8>>,
}

/// The sites of a tree, by the folder below which their documents lie.
#[derive(Debug)]
pub(super) struct Sites(HashMap<Vec<u8>, Site>);

impl Sites {
    /// The sites whose configuration lies in the tree.
    pub fn new(index: &TreeIndex) -> Self {
        let mut sites = Self(HashMap::new());
        let mut exact: HashMap<&[u8], Vec<&'static Builder>> = HashMap::new();
        for builder in BUILDERS {
            for marker in builder.files {
                let key = marker.strip_suffix(".*").unwrap_or(marker);
                exact.entry(key.as_bytes()).or_default().push(builder);
            }
        }
        for path in index.files() {
            let name = file_name(path);
            let stem = memchr::memrchr(b'.', name).filter(|dot| dot + 1 < name.len()).map(|dot| &name[..dot]);
            for builder in [Some(name), stem].into_iter().flatten().filter_map(|key| exact.get(key)).flatten()
            {
                let named = builder.files.iter().any(|marker| match marker.strip_suffix(".*") {
                    Some(prefix) => stem == Some(prefix.as_bytes()),
                    None => marker.as_bytes() == name,
                });
                let folder = parent(path);
                let is_beside = |other: &&str| index.find(&join(folder, other.as_bytes())).is_some();
                if named && (builder.beside.is_empty() || builder.beside.iter().any(is_beside)) {
                    sites.add(index, builder, folder);
                }
            }
        }
        sites.add_hidden(index);
        sites
    }

    fn add_hidden(&mut self, index: &TreeIndex) {
        for builder in BUILDERS {
            for hidden in builder.hidden {
                for folder in HIDDEN_FOLDERS {
                    let path = join(folder, hidden.as_bytes());
                    if index.find(&path).is_some()
                        || matches!(index.probe(&path), Presence::File | Presence::Directory)
                    {
                        self.add(index, builder, folder);
                    }
                }
            }
        }
    }

    fn add(&mut self, index: &TreeIndex, builder: &'static Builder, folder: &[u8]) {
        let scope = if builder.around { parent(folder) } else { folder };
        if self.0.get(scope).is_some_and(|known| known.builder.name <= builder.name) {
            return;
        }
        let mut bases = vec![Vec::new(), folder.to_vec()];
        for start in [folder, scope] {
            for name in builder.content.iter().chain(builder.served) {
                bases.push(join(start, name.as_bytes()));
            }
        }
        let mut existing: Vec<Vec<u8>> = Vec::new();
        for base in bases {
            if !existing.contains(&base) && (base.is_empty() || index.find(&base).is_some()) {
                existing.push(base);
            }
        }
        let site = Site { builder, folder: folder.to_vec(), scope: scope.to_vec(), bases: existing };
        self.0.insert(scope.to_vec(), site);
    }

    /// The site that the document at `path` belongs to: the one with the nearest enclosing folder.
    pub fn of(&self, path: &[u8]) -> Option<&Site> {
        let mut folder = path;
        while !folder.is_empty() && !self.0.is_empty() {
            folder = parent(folder);
            if let Some(site) = self.0.get(folder) {
                return Some(site);
            }
        }
        None
    }
}
