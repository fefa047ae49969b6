//! The paths that git tracks, from `.git/index`.
//!
//! Reads gitformat-index(5) in versions 2, 3 and 4 (which shares prefixes between names), for SHA-1 and SHA-256, with the
//! extensions that change which paths there are: `link` (a split index, whose base lies in another file) and `sdir` (a
//! sparse index, whose entry `folder/` stands for all below). Only paths and whether one is a submodule are kept.

use std::collections::HashSet;
use std::io;
use std::ops::Range;
use std::path::Path;

use memchr::memchr;

use crate::open;

const MAX_INDEX_BYTES: u64 = 1 << 30;
/// All names together are at most this many times as long as the file.
const EXPANSION: usize = 16;
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
const NOT_SORTED: Malformed = "its entries are not sorted";
const TOO_LONG: Malformed = "its names are too long";
const BAD_BITMAP: Malformed = "a bitmap is longer than the base";

/// Tracked paths, sorted by bytes and without repetition, relative to the top of the repository.
#[derive(Debug, Default)]
pub(crate) struct GitIndex {
    entries: Entries,
    submodules: HashSet<Box<[u8]>>,
}

impl GitIndex {
    /// The first entry that is not less than `path`.
    fn lower_bound(&self, path: &[u8]) -> Option<&[u8]> {
        let place = self.entries.spans.partition_point(|span| self.entries.name(*span) < path);
        self.entries.spans.get(place).map(|span| self.entries.name(*span))
    }

    /// Whether there is an entry `path`.
    pub(crate) fn tracks(&self, path: &[u8]) -> bool {
        self.lower_bound(path) == Some(path)
    }

    /// Whether there is an entry below `folder`, which ends with a slash.
    pub(crate) fn has_below(&self, folder: &[u8]) -> bool {
        self.lower_bound(folder).is_some_and(|name| name.starts_with(folder))
    }

    /// Paths at which another repository is recorded.
    pub(crate) fn submodules(&self) -> &HashSet<Box<[u8]>> {
        &self.submodules
    }

    /// The tracked paths. O(size of the index); the names of versions 2 and 3 are not copied.
    pub(crate) fn parse(content: Vec<u8>, git_dir: &Path, hash_bytes: usize) -> Result<Self, Malformed> {
        let (mut entries, link) = Entries::parse(content, hash_bytes)?;
        if let Some(link) = link {
            entries = merge(entries, &link, git_dir, hash_bytes)?;
        }
        let submodules = entries.spans.iter().filter(|span| span.is_submodule);
        let submodules = submodules.map(|span| entries.name(*span).into()).collect();
        // A conflict has up to three entries of one name, next to each other.
        let bytes = &entries.bytes;
        entries.spans.dedup_by(|later, earlier| bytes[later.range()] == bytes[earlier.range()]);
        Ok(Self { entries, submodules })
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

/// Where a name is, and whether it is that of a submodule.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    length: u32,
    is_submodule: bool,
}

impl Span {
    fn range(self) -> Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }
}

/// Entries as stored: the buffer that holds their names, and where.
#[derive(Debug, Default)]
struct Entries {
    bytes: Vec<u8>,
    spans: Vec<Span>,
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

impl Entries {
    fn name(&self, span: Span) -> &[u8] {
        &self.bytes[span.range()]
    }

    /// Appends a name to the buffer, which is one of names only.
    fn push(&mut self, name: &[u8], is_submodule: bool) -> Result<(), Malformed> {
        let span = span(self.bytes.len(), self.bytes.len() + name.len(), is_submodule)?;
        self.bytes.extend_from_slice(name);
        self.spans.push(span);
        Ok(())
    }

    /// The entries as stored, and the `link` extension.
    fn parse(content: Vec<u8>, hash_bytes: usize) -> Result<(Self, Option<Vec<u8>>), Malformed> {
        if content.len() < HEADER_BYTES {
            return Err(CUT_OFF);
        }
        let version = u32_at(&content, 4)?;
        if !content.starts_with(b"DIRC") || !(2..=4).contains(&version) {
            return Err("it does not begin as an index of version 2, 3 or 4");
        }
        let count = u32_at(&content, 8)?;
        let end = content.len().saturating_sub(hash_bytes);
        if version == 4 {
            let (entries, position) = parse_compressed(&content, count, hash_bytes, end)?;
            let link = link_extension(&content, position, end)?.map(<[u8]>::to_vec);
            Ok((entries, link))
        } else {
            let (spans, position) = parse_plain(&content, count, hash_bytes, end)?;
            let link = link_extension(&content, position, end)?.map(<[u8]>::to_vec);
            Ok((Self { bytes: content, spans }, link))
        }
    }
}

fn span(start: usize, end: usize, is_submodule: bool) -> Result<Span, Malformed> {
    match (u32::try_from(start), u32::try_from(end - start)) {
        (Ok(start), Ok(length)) => Ok(Span { start, length, is_submodule }),
        _ => Err(TOO_LONG),
    }
}

/// What precedes the name of the entry at `position`: whether it is a submodule's, its length if it is short enough to be
/// noted, and where it starts.
fn fixed_part(content: &[u8], position: usize, hash_bytes: usize) -> Result<(bool, u16, usize), Malformed> {
    let fixed = STAT_BYTES + hash_bytes + 2;
    let mode = u32_at(content, position + MODE_OFFSET)?;
    let flags = u16_at(content, position + fixed - 2)?;
    let start = position + fixed + if flags & EXTENDED == 0 { 0 } else { 2 };
    Ok((mode & FORMAT_MASK == GITLINK, flags & NAME_MASK, start))
}

/// Where the zero byte after the name that starts at `start` is.
fn end_of_name(content: &[u8], start: usize, end: usize) -> Result<usize, Malformed> {
    let rest = content.get(start..end).ok_or(CUT_OFF)?;
    memchr(0, rest).map(|length| start + length).ok_or(CUT_OFF)
}

/// Versions 2 and 3. Returns where the names are and the position behind the entries.
fn parse_plain(
    content: &[u8],
    count: u32,
    hash_bytes: usize,
    end: usize,
) -> Result<(Vec<Span>, usize), Malformed> {
    let smallest = STAT_BYTES + hash_bytes + 2;
    let mut spans = Vec::with_capacity((count as usize).min(content.len() / smallest));
    let mut position = HEADER_BYTES;
    let mut before: &[u8] = b"";
    for _ in 0..count {
        let (is_submodule, length, start) = fixed_part(content, position, hash_bytes)?;
        let stop =
            if length < NAME_MASK { start + usize::from(length) } else { end_of_name(content, start, end)? };
        let name = content.get(start..stop).ok_or(CUT_OFF)?;
        position += (stop - position + 8) & !7;
        if position > end {
            return Err(CUT_OFF);
        }
        if name < before {
            return Err(NOT_SORTED);
        }
        before = name;
        spans.push(span(start, stop, is_submodule)?);
    }
    Ok((spans, position))
}

/// Version 4, where a name shares its beginning with the one before.
fn parse_compressed(
    content: &[u8],
    count: u32,
    hash_bytes: usize,
    end: usize,
) -> Result<(Entries, usize), Malformed> {
    let mut entries = Entries::default();
    let mut position = HEADER_BYTES;
    let mut name: Vec<u8> = Vec::new();
    let mut before: Vec<u8> = Vec::new();
    for _ in 0..count {
        let (is_submodule, _, start) = fixed_part(content, position, hash_bytes)?;
        let (drop, start) = varint(content, start)?;
        let keep = name.len().checked_sub(drop).ok_or(BAD_PREFIX)?;
        let stop = end_of_name(content, start, end)?;
        name.truncate(keep);
        name.extend_from_slice(&content[start..stop]);
        position = stop + 1;
        if name < before {
            return Err(NOT_SORTED);
        }
        before.clone_from(&name);
        entries.push(&name, is_submodule)?;
        // Names that each add a byte to the one before would fill the memory from a small file.
        if entries.bytes.len() > EXPANSION * content.len() {
            return Err(TOO_LONG);
        }
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
    let (mut base, link_of_base) = Entries::parse(content, hash_bytes)?;
    if link_of_base.is_some() {
        return Err("its base is split as well");
    }
    let count = base.spans.len();
    let mut deleted = vec![false; count];
    let mut replaced = 0;
    if link.len() > hash_bytes {
        let (bits, position) = ewah(link, hash_bytes, count)?;
        for place in bits {
            deleted[place] = true;
        }
        for place in ewah(link, position, count)?.0 {
            let replacement = entries.spans.get(replaced).ok_or(CUT_OFF)?;
            if replacement.length != 0 {
                return Err("a replacement has a name");
            }
            base.spans[place].is_submodule = replacement.is_submodule;
            replaced += 1;
        }
    }
    let kept = base.spans.iter().zip(deleted).filter(|(_, deleted)| !deleted).map(|(span, _)| (&base, *span));
    let added = entries.spans[replaced..].iter().map(|span| (&entries, *span));
    let mut all: Vec<(&[u8], bool)> =
        kept.chain(added).map(|(holder, span)| (holder.name(span), span.is_submodule)).collect();
    // Stable: of two entries of one name, the later one counts, as it does in git.
    all.sort_by_key(|(name, _)| *name);
    let mut merged = Entries::default();
    for (place, (name, is_submodule)) in all.iter().enumerate() {
        if all.get(place + 1).is_none_or(|(next, _)| next != name) {
            merged.push(name, *is_submodule)?;
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
