//! One ignore file: its patterns, and which of them decides about a path.
//!
//! The format is that of gitignore(5). A list is indexed when it is read, for a large tree asks it a million times: plain
//! names by name, `*.ext` by extension, `/a/b` by folder; only what is left is matched one by one, last first. The index
//! changes the speed and never the answer, which is always the last pattern that matches.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::{memchr, memmem, memrchr};

use crate::wildmatch::{Mode, wildmatch};

const LONG_ENOUGH: usize = 32;
const BOM: &[u8] = b"\xef\xbb\xbf";

/// How a pattern is compared, from its shape.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// The name of the entry is the literal.
    Name,
    /// The name of the entry ends with the literal.
    Suffix,
    /// The name begins with the literal, and the rest is matched.
    NameGlob,
    /// The path is the literal.
    Path,
    /// The path begins with the literal, and the rest is matched.
    PathGlob,
}

/// One line.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) line: u32,
    pub(crate) negated: bool,
    pub(crate) directory_only: bool,
    pub(crate) kind: Kind,
    /// In lower case where the list folds.
    literal: Box<[u8]>,
    rest: Box<[u8]>,
    /// A part of the rest that every match holds; in lower case where the list folds.
    required: Box<[u8]>,
    mode: Mode,
    too_complex: AtomicBool,
}

impl Pattern {
    /// The pattern that `text` spells, which holds no line end.
    pub(crate) fn parse(text: &[u8], line: u32, fold: bool) -> Self {
        let negated = text.first() == Some(&b'!');
        let mut text = if negated { &text[1..] } else { text };
        let simple = simple_length(text);
        let directory_only = text.last() == Some(&b'/');
        if directory_only {
            text = &text[..text.len() - 1];
        }
        let mut simple = simple.min(text.len());
        let in_path = memchr(b'/', text).is_some();
        let (kind, literal, rest) = if in_path {
            if text[0] == b'/' {
                text = &text[1..];
                simple -= 1;
            }
            // Git before 2.52 matches what follows the literal as if a pattern began there, so that `a**/b` crosses
            // components. Both engines do the same as those versions, which are the ones in long-term distributions.
            let kind = if simple == text.len() { Kind::Path } else { Kind::PathGlob };
            (kind, &text[..simple], &text[simple..])
        } else if simple == text.len() {
            (Kind::Name, text, &[][..])
        } else if simple == 0 && text[0] == b'*' && simple_length(&text[1..]) == text.len() - 1 {
            (Kind::Suffix, &text[1..], &[][..])
        } else {
            (Kind::NameGlob, &text[..simple], &text[simple..])
        };
        let folded = |text: &[u8]| if fold { text.to_ascii_lowercase() } else { text.to_vec() };
        Self {
            line,
            negated,
            directory_only,
            kind,
            literal: folded(literal).into(),
            rest: rest.into(),
            required: folded(&required_part(rest)).into(),
            mode: Mode { pathname: in_path, fold },
            too_complex: AtomicBool::new(false),
        }
    }

    /// Whether a match had to be given up.
    pub(crate) fn is_too_complex(&self) -> bool {
        self.too_complex.load(Ordering::Relaxed)
    }

    /// Whether the part after the literal matches `text`; a pattern that takes too many steps does not.
    fn glob(&self, text: &[u8]) -> bool {
        if !holds(text, &self.required) {
            return false;
        }
        wildmatch(&self.rest, text, self.mode).unwrap_or_else(|_| {
            self.too_complex.store(true, Ordering::Relaxed);
            false
        })
    }

    /// Whether the pattern matches the entry `name` at `path`, which is relative to the list's folder.
    pub(crate) fn matches(&self, name: &[u8], path: &[u8]) -> bool {
        let subject = if matches!(self.kind, Kind::Path | Kind::PathGlob) { path } else { name };
        let subject =
            if self.mode.fold { Cow::Owned(subject.to_ascii_lowercase()) } else { Cow::Borrowed(subject) };
        match self.kind {
            Kind::Name | Kind::Path => *subject == *self.literal,
            Kind::Suffix => subject.ends_with(&self.literal),
            Kind::NameGlob | Kind::PathGlob => {
                // Most literals differ in the first byte, which is cheaper to see than to compare all.
                self.literal.first().is_none_or(|first| subject.first() == Some(first))
                    && subject.strip_prefix(&*self.literal).is_some_and(|rest| self.glob(rest))
            }
        }
    }

    /// Whether an entry of the folder `prefix`, which has `slashes` slashes, can match at all.
    fn may_match_below(&self, prefix: &[u8], slashes: usize) -> bool {
        let (literal, rest) = (&*self.literal, &*self.rest);
        if !(literal.starts_with(prefix) || prefix.starts_with(literal)) {
            return false;
        }
        // Only `**` spans components, and a bracket may hide a slash; else both have the same number of slashes.
        memmem::find(rest, b"**").is_some()
            || memchr(b'[', rest).is_some()
            || count_slashes(literal) + count_slashes(rest) == slashes
    }
}

/// Whether `part` occurs in `text`. Both are short, so that preparing a search would cost more than it saves.
fn holds(text: &[u8], part: &[u8]) -> bool {
    let Some((first, rest)) = part.split_first() else { return true };
    memchr::memchr_iter(*first, text).any(|start| text[start + 1..].starts_with(rest))
}

/// The longest run of literal bytes before the first bracket, the first of several, or one that is long enough.
///
/// A slash ends a run: the one behind `**` need not be there.
fn required_part(rest: &[u8]) -> Vec<u8> {
    let (mut best, mut run) = (Vec::new(), Vec::new());
    let mut bytes = rest.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' => break,
            b'*' | b'?' | b'/' => run.clear(),
            b'\\' => match bytes.next() {
                Some(b'/') => run.clear(),
                Some(escaped) => run.push(escaped),
                None => {}
            },
            literal => run.push(literal),
        }
        if run.len() > best.len() {
            best.clone_from(&run);
        }
        if best.len() >= LONG_ENOUGH {
            break;
        }
    }
    best
}

fn count_slashes(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'/', bytes).count()
}

/// How many bytes precede the first wildcard.
fn simple_length(text: &[u8]) -> usize {
    text.iter().position(|byte| matches!(byte, b'*' | b'?' | b'[' | b'\\')).unwrap_or(text.len())
}

/// Without trailing spaces, except those behind a backslash. A lone backslash at the end keeps everything.
fn trim_trailing_spaces(text: &[u8]) -> &[u8] {
    if text.last() != Some(&b' ') {
        return text;
    }
    let mut last_space = None;
    let mut index = 0;
    while index < text.len() {
        match text[index] {
            b' ' => {
                last_space.get_or_insert(index);
            }
            b'\\' => {
                index += 1;
                if index == text.len() {
                    return text;
                }
                last_space = None;
            }
            _ => last_space = None,
        }
        index += 1;
    }
    &text[..last_space.unwrap_or(text.len())]
}

/// Line numbers and patterns of an ignore file: without byte order mark, comments, line ends, trailing spaces.
pub(crate) fn pattern_lines(content: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let content = content.strip_prefix(BOM).unwrap_or(content);
    (1..).zip(content.split(|byte| *byte == b'\n')).filter_map(|(number, raw)| {
        if raw.is_empty() || raw[0] == b'#' {
            return None;
        }
        let text = raw.strip_suffix(b"\r").unwrap_or(raw);
        let text = trim_trailing_spaces(memchr(0, text).map_or(text, |zero| &text[..zero]));
        (!text.is_empty()).then_some((number, text))
    })
}

/// Per key, the last pattern for any entry and the last for folders only; `None` where there is none.
#[derive(Clone, Copy, Debug, Default)]
struct Last {
    anything: Option<u32>,
    directories: Option<u32>,
}

impl Last {
    fn set(&mut self, index: u32, directory_only: bool) {
        *(if directory_only { &mut self.directories } else { &mut self.anything }) = Some(index);
    }

    fn get(self, is_directory: bool) -> Option<u32> {
        if is_directory { self.anything.max(self.directories) } else { self.anything }
    }
}

type Names = HashMap<Box<[u8]>, Last>;

/// The patterns of one file.
#[derive(Debug, Default)]
pub(crate) struct PatternList {
    pub(crate) patterns: Vec<Pattern>,
    fold: bool,
    names: Names,
    extensions: HashMap<Box<[u8]>, Vec<u32>>,
    loose: Vec<u32>,
    paths: HashMap<Box<[u8]>, Names>,
    path_globs: Vec<u32>,
}

impl PatternList {
    /// The list that an ignore file spells; `fold` compares without regard to ASCII case.
    pub(crate) fn parse(content: &[u8], fold: bool) -> Self {
        let mut list = Self { fold, ..Self::default() };
        for (line, text) in pattern_lines(content) {
            list.add(Pattern::parse(text, line, fold));
        }
        list
    }

    /// Whether a pattern is matched byte by byte, so that it can turn out to be too complex.
    pub(crate) fn has_globs(&self) -> bool {
        self.patterns.iter().any(|pattern| matches!(pattern.kind, Kind::NameGlob | Kind::PathGlob))
    }

    fn add(&mut self, pattern: Pattern) {
        // A file of at most 100 MiB has fewer lines than fit.
        let index = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        let (literal, directory_only) = (&pattern.literal, pattern.directory_only);
        match pattern.kind {
            Kind::Name => self.names.entry(literal.clone()).or_default().set(index, directory_only),
            Kind::Suffix => match memrchr(b'.', literal) {
                // A name that ends with the literal has the literal's extension.
                Some(dot) => self.extensions.entry(literal[dot..].into()).or_default().push(index),
                None => self.loose.push(index),
            },
            Kind::NameGlob => self.loose.push(index),
            Kind::Path => {
                let (folder, name) = match memrchr(b'/', literal) {
                    Some(slash) => (&literal[..slash], &literal[slash + 1..]),
                    None => (&[][..], &literal[..]),
                };
                if !folder.is_empty() || literal.first() != Some(&b'/') {
                    let names = self.paths.entry(folder.into()).or_default();
                    names.entry(name.into()).or_default().set(index, directory_only);
                }
            }
            Kind::PathGlob => self.path_globs.push(index),
        }
        self.patterns.push(pattern);
    }

    /// What the list can say about entries of `folder` (relative to the list's, no trailing slash), if anything.
    pub(crate) fn view(&self, folder: &[u8]) -> Option<DirectoryView<'_>> {
        let folder = if self.fold { Cow::Owned(folder.to_ascii_lowercase()) } else { Cow::Borrowed(folder) };
        let anchored = if self.paths.is_empty() { None } else { self.paths.get(&*folder) };
        let globs = if self.path_globs.is_empty() {
            Vec::new()
        } else {
            let prefix = if folder.is_empty() { Vec::new() } else { [&folder, &b"/"[..]].concat() };
            let slashes = count_slashes(&prefix);
            let may_match = |index: &u32| self.patterns[*index as usize].may_match_below(&prefix, slashes);
            self.path_globs.iter().copied().filter(may_match).collect()
        };
        let is_empty = anchored.is_none()
            && globs.is_empty()
            && self.names.is_empty()
            && self.extensions.is_empty()
            && self.loose.is_empty();
        (!is_empty).then_some(DirectoryView { list: self, anchored, globs })
    }
}

/// A list as seen from one folder: patterns that cannot match there are left out.
#[derive(Debug)]
pub(crate) struct DirectoryView<'a> {
    list: &'a PatternList,
    anchored: Option<&'a Names>,
    globs: Vec<u32>,
}

impl DirectoryView<'_> {
    /// Whether the last pattern that matches ignores (true) or keeps (false) the entry; `None` if none matches.
    ///
    /// `path` is relative to the list's folder; `folded` is the name in lower case where the list folds.
    pub(crate) fn decide(&self, name: &[u8], path: &[u8], folded: &[u8], is_directory: bool) -> Option<bool> {
        let list = self.list;
        let key = if list.fold { folded } else { name };
        let mut best = None;
        if !list.names.is_empty() {
            best = list.names.get(key).and_then(|last| last.get(is_directory));
        }
        if let Some(anchored) = self.anchored {
            best = best.max(anchored.get(key).and_then(|last| last.get(is_directory)));
        }
        if !list.extensions.is_empty()
            && let Some(dot) = memrchr(b'.', key)
            && let Some(candidates) = list.extensions.get(&key[dot..])
        {
            best = self.last_match(candidates, best, is_directory, |pattern| key.ends_with(&pattern.literal));
        }
        best = self.last_match(&list.loose, best, is_directory, |pattern| pattern.matches(name, path));
        best = self.last_match(&self.globs, best, is_directory, |pattern| pattern.matches(name, path));
        best.map(|index| !list.patterns[index as usize].negated)
    }

    /// The last of `candidates` that matches, if it comes after `best`; else `best`.
    fn last_match(
        &self,
        candidates: &[u32],
        best: Option<u32>,
        is_directory: bool,
        matches: impl Fn(&Pattern) -> bool,
    ) -> Option<u32> {
        candidates
            .iter()
            .rev()
            .copied()
            .take_while(|index| Some(*index) > best)
            .find(|index| {
                let pattern = &self.list.patterns[*index as usize];
                (is_directory || !pattern.directory_only) && matches(pattern)
            })
            .or(best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(rules: &str, path: &str, is_directory: bool) -> Option<bool> {
        let list = PatternList::parse(rules.as_bytes(), false);
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        list.view(folder.as_bytes())?.decide(name.as_bytes(), path.as_bytes(), b"", is_directory)
    }

    #[test]
    fn the_last_pattern_that_matches_decides() {
        let rules = "*.log\n!keep.log\n/build/\nkeep.*\n!a/keep.log\n";
        assert_eq!(decide(rules, "a.log", false), Some(true));
        assert_eq!(decide(rules, "keep.log", false), Some(true));
        assert_eq!(decide(rules, "a/keep.log", false), Some(false));
        assert_eq!(decide(rules, "build", false), None);
        assert_eq!(decide(rules, "build", true), Some(true));
        assert_eq!(decide(rules, "x/build", true), None);
    }

    #[test]
    fn trailing_spaces_and_carriage_returns_go() {
        for rules in ["a  \n", "a\r\n", "a  \r\n", "a", "a  "] {
            assert_eq!(decide(rules, "a", false), Some(true), "{rules:?}");
        }
        assert_eq!(decide("a\r \n", "a", false), None);
        assert_eq!(decide("b\\ \n", "b ", false), Some(true));
        assert_eq!(decide("b \\\n", "b ", false), None);
    }
}
