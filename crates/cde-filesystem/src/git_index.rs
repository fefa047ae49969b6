//! The paths that git tracks, from `.git/index`.
//!
//! Reads gitformat-index(5) in versions 2, 3 and 4 (which shares prefixes between names), for SHA-1 and SHA-256, with the
//! extensions that change which paths there are: `link` (a split index, whose base lies in another file) and `sdir` (a
//! sparse index, whose entry `folder/` stands for all below). Only paths and whether one is a submodule are kept.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use memchr::{memchr, memmem};

use crate::open;
use crate::packed::PackedPaths;

const MAX_INDEX_BYTES: u64 = 1 << 30;
const HEADER_BYTES: usize = 12;
const MODE_OFFSET: usize = 24;
const STAT_BYTES: usize = 40;
const GITLINK: u32 = 0o160_000;
const FORMAT_MASK: u32 = 0o170_000;
const EXTENDED: u16 = 0x4000;
const NAME_MASK: u16 = 0x0FFF;

/// Why an index cannot be used: it does not follow its format.
pub(crate) type Malformed = &'static str;

const CUT_OFF: Malformed = "it is cut off";
const BAD_PREFIX: Malformed = "a name takes more from its predecessor than there is";
const BAD_BITMAP: Malformed = "a bitmap is longer than the base";

/// Tracked paths, sorted by bytes and without repetition, relative to the top of the repository.
#[derive(Debug, Default)]
pub(crate) struct GitIndex {
    paths: PackedPaths,
    submodules: HashSet<Box<[u8]>>,
}

impl GitIndex {
    /// Whether there is an entry `path`.
    pub(crate) fn tracks(&self, path: &[u8]) -> bool {
        let index = self.paths.lower_bound(path);
        index < self.paths.len() && self.paths.get(index) == path
    }

    /// Whether there is an entry below `folder`, which ends with a slash.
    pub(crate) fn has_below(&self, folder: &[u8]) -> bool {
        let index = self.paths.lower_bound(folder);
        index < self.paths.len() && self.paths.get(index).starts_with(folder)
    }

    /// Paths at which another repository is recorded.
    pub(crate) fn submodules(&self) -> &HashSet<Box<[u8]>> {
        &self.submodules
    }

    /// The tracked paths. O(size of the index).
    pub(crate) fn parse(content: &[u8], git_dir: &Path, hash_bytes: usize) -> Result<Self, Malformed> {
        let (mut entries, link) = parse_file(content, hash_bytes)?;
        if let Some(link) = link {
            entries = merge(entries, link, git_dir, hash_bytes)?;
        }
        let mut index = Self::default();
        for place in 0..entries.len() {
            let (name, is_submodule) = entries.get(place);
            if place == 0 || name != entries.get(place - 1).0 {
                index.paths.push(name, b"");
            }
            if is_submodule {
                index.submodules.insert(name.into());
            }
        }
        Ok(index)
    }
}

/// The content of the index, or `None` in a repository without one.
pub(crate) fn read_index_bytes(git_dir: &Path) -> io::Result<Option<Vec<u8>>> {
    match open::read_named(&git_dir.join("index"), MAX_INDEX_BYTES) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the index may hold a submodule, or a base that may; else it is of use only where something is ignored.
pub(crate) fn needs_parsing(content: &[u8]) -> bool {
    memmem::find(content, b"\x00\x00\xe0\x00").is_some() || memmem::find(content, b"link").is_some()
}

/// Entries as stored: names in one buffer, and which are submodules.
#[derive(Debug, Default)]
struct Entries {
    names: PackedPaths,
    submodules: Vec<bool>,
}

impl Entries {
    fn push(&mut self, name: &[u8], is_submodule: bool) {
        self.names.push(name, b"");
        self.submodules.push(is_submodule);
    }

    fn len(&self) -> usize {
        self.submodules.len()
    }

    fn get(&self, place: usize) -> (&[u8], bool) {
        (self.names.get(place), self.submodules[place])
    }
}

fn u16_at(data: &[u8], position: usize) -> Result<u16, Malformed> {
    let bytes = data.get(position..).and_then(<[u8]>::first_chunk).ok_or(CUT_OFF)?;
    Ok(u16::from_be_bytes(*bytes))
}

fn u32_at(data: &[u8], position: usize) -> Result<u32, Malformed> {
    let bytes = data.get(position..).and_then(<[u8]>::first_chunk).ok_or(CUT_OFF)?;
    Ok(u32::from_be_bytes(*bytes))
}

fn u64_at(data: &[u8], position: usize) -> Result<u64, Malformed> {
    let bytes = data.get(position..).and_then(<[u8]>::first_chunk).ok_or(CUT_OFF)?;
    Ok(u64::from_be_bytes(*bytes))
}

/// The entries as stored, and the `link` extension.
fn parse_file(content: &[u8], hash_bytes: usize) -> Result<(Entries, Option<&[u8]>), Malformed> {
    if content.len() < HEADER_BYTES {
        return Err(CUT_OFF);
    }
    let version = u32_at(content, 4)?;
    if !content.starts_with(b"DIRC") || !(2..=4).contains(&version) {
        return Err("it does not begin as an index of version 2, 3 or 4");
    }
    let (entries, position) = parse_entries(content, version, u32_at(content, 8)?, hash_bytes)?;
    let end = content.len().saturating_sub(hash_bytes);
    Ok((entries, link_extension(content, position, end)?))
}

fn parse_entries(
    content: &[u8],
    version: u32,
    count: u32,
    hash_bytes: usize,
) -> Result<(Entries, usize), Malformed> {
    let mut entries = Entries::default();
    let fixed = STAT_BYTES + hash_bytes + 2;
    let mut position = HEADER_BYTES;
    let end = content.len().saturating_sub(hash_bytes);
    let mut name: Vec<u8> = Vec::new();
    let mut before: Vec<u8> = Vec::new();
    for _ in 0..count {
        let mode = u32_at(content, position + MODE_OFFSET)?;
        let flags = u16_at(content, position + fixed - 2)?;
        let mut start = position + fixed + if flags & EXTENDED == 0 { 0 } else { 2 };
        let find_end = |start: usize| {
            let rest = content.get(start..end).ok_or(CUT_OFF)?;
            memchr(0, rest).map(|length| start + length).ok_or(CUT_OFF)
        };
        if version == 4 {
            let drop;
            (drop, start) = varint(content, start)?;
            let keep = name.len().checked_sub(drop).ok_or(BAD_PREFIX)?;
            let stop = find_end(start)?;
            name.truncate(keep);
            name.extend_from_slice(&content[start..stop]);
            position = stop + 1;
        } else {
            let length = flags & NAME_MASK;
            let stop = if length < NAME_MASK { start + usize::from(length) } else { find_end(start)? };
            name.clear();
            name.extend_from_slice(content.get(start..stop).ok_or(CUT_OFF)?);
            position += (stop - position + 8) & !7;
        }
        if position > end {
            return Err(CUT_OFF);
        }
        if name < before {
            return Err("its entries are not sorted");
        }
        before.clone_from(&name);
        entries.push(&name, mode & FORMAT_MASK == GITLINK);
    }
    Ok((entries, position))
}

/// A number as in the offsets of pack files, and the position behind it.
fn varint(content: &[u8], position: usize) -> Result<(usize, usize), Malformed> {
    let mut position = position;
    let mut byte = *content.get(position).ok_or(CUT_OFF)?;
    let mut value = usize::from(byte & 0x7F);
    while byte & 0x80 != 0 {
        position += 1;
        byte = *content.get(position).ok_or(CUT_OFF)?;
        value = ((value + 1) << 7) | usize::from(byte & 0x7F);
        if value as u64 > MAX_INDEX_BYTES {
            return Err(BAD_PREFIX);
        }
    }
    Ok((value, position + 1))
}

fn link_extension(content: &[u8], position: usize, end: usize) -> Result<Option<&[u8]>, Malformed> {
    let mut position = position;
    while position + 8 <= end {
        let size = u32_at(content, position + 4)? as usize;
        let body = content[..end].get(position + 8..position + 8 + size);
        let body = body.ok_or("an extension is cut off")?;
        if content[position..].starts_with(b"link") {
            return Ok(Some(body));
        }
        position += 8 + size;
    }
    Ok(None)
}

/// The entries of a split index: those of its base without the deleted, the replaced, and the added.
fn merge(entries: Entries, link: &[u8], git_dir: &Path, hash_bytes: usize) -> Result<Entries, Malformed> {
    let digest = link.get(..hash_bytes).ok_or(CUT_OFF)?;
    if digest.iter().all(|byte| *byte == 0) {
        return Ok(entries);
    }
    let hex: String = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(hex_digit).collect();
    let content = open::read_named(&git_dir.join(format!("sharedindex.{hex}")), MAX_INDEX_BYTES)
        .map_err(|_| "its base cannot be read")?;
    let (base, link_of_base) = parse_file(&content, hash_bytes)?;
    if link_of_base.is_some() {
        return Err("its base is split as well");
    }
    let mut submodules = base.submodules.clone();
    let mut deleted = vec![false; base.len()];
    let mut replaced = 0;
    if link.len() > hash_bytes {
        let (bits, position) = ewah(link, hash_bytes, base.len())?;
        for place in bits {
            deleted[place] = true;
        }
        for place in ewah(link, position, base.len())?.0 {
            if replaced >= entries.len() {
                return Err(CUT_OFF);
            }
            let (name, is_submodule) = entries.get(replaced);
            if !name.is_empty() {
                return Err("a replacement has a name");
            }
            submodules[place] = is_submodule;
            replaced += 1;
        }
    }
    let kept = (0..base.len()).filter(|place| !deleted[*place]);
    let kept = kept.map(|place| (base.names.get(place), submodules[place]));
    let added = (replaced..entries.len()).map(|place| entries.get(place));
    let mut all: Vec<(&[u8], bool)> = kept.chain(added).collect();
    // Stable: of two entries of one name, the later one counts, as it does in git.
    all.sort_by_key(|(name, _)| *name);
    let mut merged = Entries::default();
    for (place, (name, is_submodule)) in all.iter().enumerate() {
        if all.get(place + 1).is_none_or(|(next, _)| next != name) {
            merged.push(name, *is_submodule);
        }
    }
    Ok(merged)
}

fn hex_digit(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('0')
}

/// The set bits of a compressed bitmap, and the position behind it. A bit at or above `limit` is an error.
fn ewah(data: &[u8], position: usize, limit: usize) -> Result<(Vec<usize>, usize), Malformed> {
    let words = u32_at(data, position + 4)? as usize;
    let mut position = position + 8;
    let end = position + 8 * words;
    let mut bits = Vec::new();
    let mut place = 0_usize;
    while position < end {
        let marker = u64_at(data, position)?;
        position += 8;
        let run = 64 * ((marker >> 1) & 0xFFFF_FFFF) as usize;
        if marker & 1 != 0 {
            if place.saturating_add(run) > limit + 63 {
                return Err(BAD_BITMAP);
            }
            bits.extend(place..place + run);
        }
        place = place.saturating_add(run);
        for _ in 0..marker >> 33 {
            if position >= end {
                return Err("a bitmap is cut off");
            }
            let word = u64_at(data, position)?;
            position += 8;
            if word != 0 && place >= limit {
                return Err(BAD_BITMAP);
            }
            bits.extend((0..64).filter(|bit| word >> bit & 1 != 0).map(|bit| place + bit));
            place = place.saturating_add(64);
        }
    }
    if bits.last().is_some_and(|bit| *bit >= limit) {
        return Err(BAD_BITMAP);
    }
    Ok((bits, end + 4))
}
