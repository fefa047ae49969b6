//! Who links to whom: the documents as nodes, their links to one another as edges, and the way from the entries.

use std::collections::VecDeque;

use cde_core::{Answer, Context, CoreError, ErrorCode, RepoPath, Result};
use cde_filesystem::Tree;
use rayon::prelude::*;
use serde::Serialize;

use super::formats::is_judged;
use super::index::TreeIndex;
use super::options::GraphOptions;
use super::resolve::{Resolution, Resolver};
use super::site::Sites;
use super::target::{file_name, join, parent, percent_decode};
use super::{full_documents, site_root, unparsed};
use crate::model::{DocumentItem, ScanSummary};

const SCHEMA: &str = "cde.docs.graph/1";
/// What a folder shows to a reader who follows a link to it, the first that exists.
const INDEXES: &[&[u8]] = &[
    b"README.md",
    b"index.md",
    b"_index.md",
    b"index.mdx",
    b"README.mdx",
    b"readme.md",
    CONTENTS,
    b"README.rst",
    b"index.rst",
    b"README.adoc",
    b"index.adoc",
    b"README",
    b"README.txt",
];
/// Folders whose index is an entry, beside the root's own.
const ENTRY_FOLDERS: &[&[u8]] = &[b"", b"doc", b"docs", b"documentation"];
const ENTRY_STEMS: &[&[u8]] = &[b"readme", b"index", b"_index"];
/// The table of contents of an mdBook and its like, an entry in any folder.
const CONTENTS: &[u8] = b"SUMMARY.md";

/// A document in the graph.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct LinkNode {
    /// Relative to the root.
    pub path: RepoPath,
    /// As in its record.
    pub title: Option<Box<str>>,
    /// Whether readers start here.
    pub entry: bool,
    /// The least number of links from an entry, where there is a way.
    pub depth: Option<u32>,
    /// How many other documents link here.
    pub linked_from: u32,
    /// The other documents that it links to, by path bytes.
    pub links_to: Box<[RepoPath]>,
    /// The receipt `path#L1-Lend@hash12`.
    #[serde(rename = "ref")]
    pub reference: RepoPath,
}

/// The graph in numbers.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct LinkGraphSummary {
    /// Nodes.
    pub documents: u64,
    /// Pairs of documents of which the first links to the second.
    pub edges: u64,
    /// Documents that readers start from.
    pub entries: u64,
    /// Documents that are no entries and that no other links to.
    pub orphans: u64,
    /// Documents to which no way leads from an entry.
    pub unreachable: u64,
}

/// The documents of a scan of full detail, by path bytes, with their links to one another.
///
/// A link counts if it leads to a scanned document, also where its spelling is broken but leaves no doubt, or to a folder
/// that has an index. Images, footnotes and a document's links to itself do not count.
///
/// Fails with `invalid-argument` for a scan of less detail, an entry that is no document, or a site root that is no
/// folder of the tree, and with `cancelled`. Linear in the number of links.
pub fn link_graph(
    tree: &Tree,
    scan: &Answer<ScanSummary, Vec<DocumentItem>>,
    options: &GraphOptions,
    context: &Context,
) -> Result<Answer<LinkGraphSummary, Vec<LinkNode>>> {
    let index = TreeIndex::new(tree, full_documents(&scan.items)?, unparsed(&scan.diagnostics));
    let site_root = options.site_root.as_deref().map(|root| site_root(&index, root)).transpose()?;
    let entries = entries(&index, &options.entries)?;
    let sites = Sites::new(tree, &index, options.site.as_deref(), true)?;
    let resolver = Resolver::new(&index, site_root.as_deref());
    let edges = (0..index.documents().len())
        .into_par_iter()
        .map(|number| {
            context.check()?;
            Ok(targets(&index, &sites, &resolver, number))
        })
        .collect::<Result<Vec<_>>>()?;
    let depths = depths(&edges, &entries);
    let mut linked_from = vec![0_u32; edges.len()];
    for target in edges.iter().flatten() {
        linked_from[*target] += 1;
    }
    let path = |number: usize| index.documents()[number].path.clone();
    let mut summary = LinkGraphSummary { documents: edges.len() as u64, ..LinkGraphSummary::default() };
    let mut items = Vec::with_capacity(edges.len());
    for (number, document) in index.documents().iter().enumerate() {
        summary.edges += edges[number].len() as u64;
        summary.entries += u64::from(entries[number]);
        summary.orphans += u64::from(!entries[number] && linked_from[number] == 0);
        summary.unreachable += u64::from(depths[number].is_none());
        items.push(LinkNode {
            path: document.path.clone(),
            title: document.title.clone(),
            entry: entries[number],
            depth: depths[number],
            linked_from: linked_from[number],
            links_to: edges[number].iter().map(|target| path(*target)).collect(),
            reference: document.reference.clone(),
        });
    }
    Ok(Answer {
        schema: SCHEMA,
        root: scan.root.clone(),
        snapshot: scan.snapshot,
        completeness: scan.completeness.clone(),
        summary,
        items,
        diagnostics: scan.diagnostics.clone(),
    })
}

/// The other documents that the document `number` links to, sorted, each once.
fn targets(index: &TreeIndex, sites: &Sites, resolver: &Resolver, number: usize) -> Vec<usize> {
    let document = index.documents()[number];
    let path = document.path.as_bytes();
    let (folder, site) = (parent(path), sites.of(path));
    let links = document.links.iter();
    let links = links.filter(|link| !link.image && is_judged(document.format, link));
    let mut targets: Vec<usize> = links
        .filter_map(|link| led_to(index, &resolver.resolve_link(folder, site, document.format, &link)))
        .filter(|target| *target != number)
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// The document that a reader comes to: itself, or the index of the folder.
pub(super) fn led_to(index: &TreeIndex, resolution: &Resolution) -> Option<usize> {
    match resolution {
        Resolution::Found { found, folder, .. } => {
            found.document.or_else(|| index_of(index, folder.as_ref()?))
        }
        Resolution::WrongCase { found, path, .. } | Resolution::WrongSlash { found, path } => {
            found.document.or_else(|| found.folder.then(|| index_of(index, path)).flatten())
        }
        _ => None,
    }
}

/// The document of this tree that an address of a hosted repository shows, if it is one of its own:
/// `https://host/owner/name/blob/main/docs/guide.md`.
pub(super) fn hosted(index: &TreeIndex, target: &str) -> Option<usize> {
    let path = ["/blob/", "/tree/"].iter().find_map(|part| target.split_once(part))?.1.split_once('/')?.1;
    index.find(&percent_decode(path))?.document
}

fn index_of(index: &TreeIndex, folder: &[u8]) -> Option<usize> {
    INDEXES.iter().find_map(|name| index.find(&join(folder, name))?.document)
}

/// Which documents readers start from.
fn entries(index: &TreeIndex, chosen: &[Vec<u8>]) -> Result<Vec<bool>> {
    let documents = index.documents();
    if chosen.is_empty() {
        return Ok(documents.iter().map(|document| is_entry(document.path.as_bytes())).collect());
    }
    let mut entries = vec![false; documents.len()];
    for path in chosen {
        let found = index.find(path);
        let Some(number) = found.and_then(|found| found.document) else {
            return Err(CoreError::new(ErrorCode::InvalidArgument, "the entry is no scanned document")
                .at(path.as_slice())
                .hint("give it as the scan lists it, relative to the root"));
        };
        entries[number] = true;
    }
    Ok(entries)
}

pub(super) fn is_entry(path: &[u8]) -> bool {
    let name = file_name(path);
    let stem = name.iter().position(|byte| *byte == b'.').map_or(name, |dot| &name[..dot]);
    let is_index = ENTRY_STEMS.iter().any(|entry| stem.eq_ignore_ascii_case(entry));
    name == CONTENTS || (is_index && ENTRY_FOLDERS.contains(&parent(path)))
}

/// The least number of links from an entry to each document: a search in breadth.
pub(super) fn depths(edges: &[Vec<usize>], entries: &[bool]) -> Vec<Option<u32>> {
    let mut depths: Vec<Option<u32>> = entries.iter().map(|entry| entry.then_some(0)).collect();
    let mut waiting: VecDeque<usize> = (0..entries.len()).filter(|number| entries[*number]).collect();
    while let Some(number) = waiting.pop_front() {
        let next = depths[number].map(|depth| depth + 1);
        for target in &edges[number] {
            if depths[*target].is_none() {
                depths[*target] = next;
                waiting.push_back(*target);
            }
        }
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_by_name() {
        for path in ["README.md", "docs/index.mdx", "doc/_index.md", "book/src/SUMMARY.md", "Readme.de.md"] {
            assert!(is_entry(path.as_bytes()), "{path}");
        }
        for path in ["docs/guide/README.md", "guide.md", "docs/indexes.md"] {
            assert!(!is_entry(path.as_bytes()), "{path}");
        }
    }

    #[test]
    fn the_shortest_way_counts() {
        let edges = vec![vec![1, 2], vec![3], vec![3, 0], vec![1], vec![0]];
        let entries = [true, false, false, false, false];
        assert_eq!(depths(&edges, &entries), [Some(0), Some(1), Some(1), Some(2), None]);
    }
}
