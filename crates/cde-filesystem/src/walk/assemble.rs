//! From folders visited in any order by many threads to one sorted list of paths.
//!
//! Entries of a folder are sorted by name, a folder as if its name ended with `/`. Going through folders depth first then
//! yields all paths sorted by bytes, because that is how full paths compare.

use std::cmp::Ordering;
use std::ops::Range;

use cde_core::SkipCounter;

use super::share::Finished;
use crate::packed::PackedPaths;
use crate::tree::{Entry, FileKind, Tags};

/// What an entry in scope is; a folder is known by its number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ItemKind {
    File,
    Symlink,
    Folder(usize),
}

/// An entry in scope: where its name is among the worker's names, and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) start: usize,
    pub(super) length: usize,
    pub(super) kind: ItemKind,
    pub(super) tags: Tags,
}

/// The folders that one worker visited.
#[derive(Debug, Default)]
pub(super) struct Contents {
    items: Vec<Item>,
    /// Number of the folder, and its items.
    folders: Vec<(usize, Range<usize>)>,
}

impl Contents {
    /// The items so far, to which those of a folder are appended until [`end`](Self::end).
    pub(super) fn begin(&mut self) -> Vec<Item> {
        std::mem::take(&mut self.items)
    }

    /// Ends the folder `id`: sorts the items that were appended.
    pub(super) fn end(&mut self, id: usize, items: Vec<Item>, names: &[u8]) {
        let begin = self.folders.last().map_or(0, |(_, range)| range.end);
        self.items = items;
        let end = self.items.len();
        self.items[begin..].sort_unstable_by(|left, right| compare(left, right, names));
        self.folders.push((id, begin..end));
    }
}

/// Compares names as parts of full paths.
fn compare(left: &Item, right: &Item, names: &[u8]) -> Ordering {
    let name = |item: &Item| &names[item.start..item.start + item.length];
    let (left_name, right_name) = (name(left), name(right));
    let common = left_name.len().min(right_name.len());
    // What follows the common part: a byte of the name, the slash behind a folder's, or nothing.
    let next = |item: &Item, name: &[u8]| match name.get(common) {
        Some(byte) => Some(*byte),
        None => matches!(item.kind, ItemKind::Folder(_)).then_some(b'/'),
    };
    left_name[..common]
        .cmp(&right_name[..common])
        .then_with(|| next(left, left_name).cmp(&next(right, right_name)))
}

/// All paths, sorted by bytes, with what else is known of each; what was skipped is added to `skipped`.
pub(super) fn assemble(workers: Vec<Finished>, skipped: &mut SkipCounter) -> (PackedPaths, Vec<Entry>) {
    let folder_count = workers.iter().flat_map(|worker| &worker.contents.folders).map(|(id, _)| id + 1).max();
    let mut places: Vec<Option<(usize, Range<usize>)>> = vec![None; folder_count.unwrap_or(0)];
    let (mut files, mut bytes) = (0, 0);
    for (number, worker) in workers.iter().enumerate() {
        for (id, range) in &worker.contents.folders {
            places[*id] = Some((number, range.clone()));
        }
        files += worker.contents.items.len();
        bytes += worker.names.len();
    }
    let mut paths = PackedPaths::with_capacity(files, bytes * 4);
    let mut entries = Vec::with_capacity(files);
    let mut prefix: Vec<u8> = Vec::new();
    // A folder on the way: its worker, its items left, and the length of its own path.
    let mut stack: Vec<(usize, Range<usize>, usize)> = Vec::new();
    stack.extend(places.first().cloned().flatten().map(|(worker, range)| (worker, range, 0)));
    while let Some((number, range, length)) = stack.last_mut() {
        let worker = &workers[*number];
        prefix.truncate(*length);
        let Some(place) = range.next() else {
            stack.pop();
            continue;
        };
        let item = &worker.contents.items[place];
        let name = &worker.names[item.start..item.start + item.length];
        match item.kind {
            ItemKind::Folder(id) => {
                // A folder that could not be read, or is another repository, has no place.
                if let Some((worker, range)) = places.get(id).cloned().flatten() {
                    prefix.extend_from_slice(name);
                    prefix.push(b'/');
                    stack.push((worker, range, prefix.len()));
                }
            }
            kind => {
                paths.push(&prefix, name);
                let kind = if kind == ItemKind::Symlink { FileKind::Symlink } else { FileKind::File };
                entries.push(Entry { kind, tags: item.tags });
            }
        }
    }
    for worker in workers {
        skipped.merge(worker.skipped);
    }
    (paths, entries)
}
