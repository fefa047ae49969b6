//! What can be built and run by name: targets of Makefiles, scripts of `package.json`, recipes of justfiles.
//!
//! Nothing is run. A name counts as known if any file of its kind in the tree has it, and as unknown only if each of these
//! files says everything it has: an include or a computed name leaves it open.

use std::sync::OnceLock;

use cde_core::Value;
use cde_filesystem::{Tree, read_file};
use memchr::memmem;

use super::super::index::TreeIndex;
use super::super::target::{file_name, join, parent};
use super::Place;
use crate::frontmatter;
use crate::hash::Set;

const MOST_FILES: usize = 200;
const MOST_BYTES: u64 = 1 << 20;
const MAKEFILES: &[&[u8]] = &[b"Makefile", b"makefile", b"GNUmakefile"];
const JUSTFILES: &[&[u8]] = &[b"justfile", b"Justfile", b".justfile"];

/// A program that runs what a file names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Builder {
    Make,
    Just,
    Npm,
}

impl Builder {
    fn is_entry(self, name: &[u8]) -> bool {
        match self {
            Self::Make => MAKEFILES.contains(&name),
            Self::Just => JUSTFILES.contains(&name),
            Self::Npm => name == b"package.json",
        }
    }

    fn is_part(self, name: &[u8]) -> bool {
        match self {
            Self::Make => name.ends_with(b".mk"),
            Self::Just => name.ends_with(b".just"),
            Self::Npm => false,
        }
    }
}

/// What the files of one kind have.
#[derive(Debug, Default)]
struct Known {
    names: Set<Vec<u8>>,
    /// What stands before and behind the `%` of a pattern rule.
    patterns: Vec<(Vec<u8>, Vec<u8>)>,
    /// Whether there may be more.
    open: bool,
}

/// The files of all kinds in one tree, read when they are needed.
#[derive(Debug)]
pub(super) struct Manifests<'a> {
    tree: &'a Tree,
    index: &'a TreeIndex<'a>,
    known: [OnceLock<Known>; 3],
}

impl<'a> Manifests<'a> {
    /// Of `tree`, whose entries are in `index`.
    pub fn new(tree: &'a Tree, index: &'a TreeIndex<'a>) -> Self {
        Self { tree, index, known: Default::default() }
    }

    /// Whether `name` is surely unknown to the builder, which has a file at `place` or around it.
    pub fn lacks(&self, builder: Builder, place: Place, name: &str) -> bool {
        let name = name.as_bytes();
        if !self.has_entry(builder, place) || (builder == Builder::Npm && name == b"env") {
            return false;
        }
        let known = self.known[builder as usize].get_or_init(|| self.read(builder));
        let fits = |(before, behind): &(Vec<u8>, Vec<u8>)| {
            name.len() >= before.len() + behind.len() && name.starts_with(before) && name.ends_with(behind)
        };
        // A target that is a file or folder needs no rule.
        let is_file = builder == Builder::Make && self.index.find(name).is_some();
        !known.open && !known.names.contains(name) && !known.patterns.iter().any(fits) && !is_file
    }

    fn has_entry(&self, builder: Builder, place: Place) -> bool {
        let names: &[&[u8]] = match builder {
            Builder::Make => MAKEFILES,
            Builder::Just => JUSTFILES,
            Builder::Npm => &[b"package.json"],
        };
        let mut folder = place.folder;
        loop {
            let is_file =
                |name: &&[u8]| self.index.find(&join(folder, name)).is_some_and(|found| !found.folder);
            if names.iter().any(is_file) {
                return true;
            }
            if folder.is_empty() || place.alone {
                return false;
            }
            folder = parent(folder);
        }
    }

    fn read(&self, builder: Builder) -> Known {
        let mut known = Known::default();
        let is_wanted = |path: &&[u8]| builder.is_entry(file_name(path)) || builder.is_part(file_name(path));
        let mut content = Vec::new();
        for (count, path) in self.index.files().filter(is_wanted).enumerate() {
            let index = self.tree.find(path);
            let read = index.and_then(|index| read_file(self.tree, index, MOST_BYTES, &mut content).ok());
            if count == MOST_FILES || read.is_none() {
                known.open = true;
                break;
            }
            match builder {
                Builder::Make => lines_of(&content).for_each(|line| read_make_line(line, &mut known)),
                Builder::Just => lines_of(&content).for_each(|line| read_just_line(line, &mut known)),
                Builder::Npm => known.open |= read_scripts(&content, &mut known).is_none(),
            }
        }
        known
    }
}

fn lines_of(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

fn words_of(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty())
}

fn read_make_line(line: &[u8], known: &mut Known) {
    if line.starts_with(b"\t") || line.starts_with(b"#") {
        return;
    }
    let computed = [&b"$(eval"[..], b"$(call", b"${eval", b"${call"];
    let first = words_of(line).next().unwrap_or_default();
    if matches!(first, b"include" | b"-include" | b"sinclude")
        || computed.iter().any(|sign| memmem::find(line, sign).is_some())
    {
        known.open = true;
    }
    let Some(colon) = line.iter().position(|byte| matches!(byte, b':' | b'=')) else { return };
    let behind = line[colon + 1..].strip_prefix(b":").unwrap_or(&line[colon + 1..]);
    if line[colon] == b'=' || behind.starts_with(b"=") {
        return;
    }
    for target in words_of(&line[..colon]) {
        if target.contains(&b'$') {
            known.open = true;
        } else if let Some(percent) = memchr::memchr(b'%', target) {
            known.patterns.push((target[..percent].to_vec(), target[percent + 1..].to_vec()));
        } else {
            known.names.insert(target.to_vec());
        }
    }
    if first.starts_with(b".PHONY") {
        known.names.extend(words_of(behind).map(<[u8]>::to_vec));
    }
}

fn read_just_line(line: &[u8], known: &mut Known) {
    let first = words_of(line).next().unwrap_or_default();
    if matches!(first, b"import" | b"import?" | b"mod" | b"mod?") {
        known.open = true;
    }
    let line = line.strip_prefix(b"@").unwrap_or(line);
    let line = if first == b"alias" { line[5..].trim_ascii_start() } else { line };
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let end = line.iter().position(|byte| !is_sign(byte)).unwrap_or(line.len());
    let is_variable = memmem::find(line, b":=").is_some_and(|sign| Some(sign) == memchr::memchr(b':', line));
    if end > 0 && line.contains(&b':') && (first == b"alias" || !is_variable) {
        known.names.insert(line[..end].to_vec());
    }
}

/// The scripts of a `package.json`; `None` where it cannot be read.
fn read_scripts(content: &[u8], known: &mut Known) -> Option<()> {
    let text = str::from_utf8(content).ok()?;
    let parsed = frontmatter::parse(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    let data = parsed.data?;
    if let Some(Value::Map(scripts)) = data.get("scripts") {
        known.names.extend(scripts.iter().map(|(name, _)| name.clone().into_bytes()));
    }
    Some(())
}
