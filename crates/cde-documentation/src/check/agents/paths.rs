//! Paths that a file for agents mentions.

use std::sync::OnceLock;

use cde_filesystem::Presence;
use memchr::memmem;

use super::super::index::TreeIndex;
use super::super::origin::shown;
use super::super::report::{Remark, Report};
use super::super::target::{file_name, join, parent};
use super::{Place, is_reserved_at};
use crate::hash::{Map, Set};
use crate::model::Document;

const LONGEST: usize = 300;
/// How many paths of one document are looked up.
const MOST_PATHS: usize = 500;
/// Parts that stand for others.
const PLACEHOLDERS: &[&str] =
    &["...", "bar", "baz", "dir", "file", "filename", "foo", "name", "path", "to", "x", "xx", "xxx", "your"];

/// Folders with what one gives to agents.
const AGENT_FOLDERS: &[&str] =
    &[".agents", ".claude", ".codex", ".cursor", ".gemini", ".opencode", ".windsurf"];

/// Looks up paths as people write them: from the document's folder, from one around it, or from somewhere in the middle.
#[derive(Debug)]
pub(super) struct Paths<'a> {
    index: &'a TreeIndex<'a>,
    by_name: OnceLock<Map<&'a [u8], Vec<&'a [u8]>>>,
}

impl<'a> Paths<'a> {
    /// Of the tree in `index`.
    pub fn new(index: &'a TreeIndex<'a>) -> Self {
        Self { index, by_name: OnceLock::new() }
    }

    /// Whether `path` is surely missing: its first folder exists, and nothing in the tree or on disk ends as it does.
    pub fn is_missing(&self, place: Place, path: &str) -> bool {
        let (whole, first) = (path.trim_end_matches('/').as_bytes(), path.split('/').next().unwrap_or(path));
        let mut is_claimed = false;
        let mut base = place.folder;
        loop {
            if base == place.folder || !place.alone {
                let found = self.index.find(&join(base, first.as_bytes()));
                is_claimed |= found.is_some_and(|found| found.folder);
            }
            let full = join(base, whole);
            if self.index.find(&full).is_some() || self.index.probe(&full) != Presence::Missing {
                return false;
            }
            if base.is_empty() {
                break;
            }
            base = parent(base);
        }
        is_claimed && !self.has_ending(path)
    }

    fn has_ending(&self, path: &str) -> bool {
        let ending = [b"/", path.as_bytes()].concat();
        if path.ends_with('/') {
            return self.index.files().any(|file| memmem::find(file, &ending).is_some());
        }
        let by_name = self.by_name.get_or_init(|| {
            let mut names: Map<&[u8], Vec<&[u8]>> = Map::default();
            for file in self.index.files() {
                names.entry(file_name(file)).or_default().push(file);
            }
            names
        });
        by_name
            .get(file_name(path.as_bytes()))
            .is_some_and(|files| files.iter().any(|file| file.ends_with(&ending)))
    }

    /// Whether `word` is a path whose first folder a skill does not have, so that its commands are for another folder.
    pub fn is_elsewhere(&self, place: Place, word: &str) -> bool {
        let word = word.strip_prefix("./").unwrap_or(word);
        let Some((first, _)) = word.split_once('/') else { return false };
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte);
        let is_path =
            first.starts_with(|sign: char| sign.is_ascii_alphanumeric()) && word.bytes().all(is_sign);
        is_path && self.index.find(&join(place.folder, first.as_bytes())).is_none()
    }

    /// The one file of that name.
    pub fn meant(&self, path: &str) -> Option<String> {
        let found = self.index.only_file_named(file_name(path.as_bytes()))?;
        str::from_utf8(found).ok().map(str::to_owned)
    }
}

/// The path that `text` is, without a line number and a leading `./`: relative, with a slash, and with an extension or a
/// slash at its end; `None` for anything that may be something else.
pub(super) fn path_of(text: &str) -> Option<&str> {
    let path = text.strip_prefix("./").unwrap_or(text);
    let path = path.split_once(':').map_or(Some(path), |(path, line)| {
        line.bytes().all(|byte| byte.is_ascii_digit() || byte == b':').then_some(path)
    })?;
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"._/@+-".contains(&byte);
    let bare = path.strip_suffix('/').unwrap_or(path);
    let has_form = path.len() <= LONGEST && path.bytes().all(is_sign) && bare.contains('/');
    if !has_form || path.starts_with(['/', '@', '-']) {
        return None;
    }
    let is_part = |part: &str| !part.is_empty() && part != ".." && !is_placeholder(stem(part));
    let is_whole = path.ends_with('/') || has_extension(bare);
    (is_whole && bare.split('/').all(is_part)).then_some(path)
}

fn is_placeholder(stem: &str) -> bool {
    PLACEHOLDERS.iter().any(|known| known.eq_ignore_ascii_case(stem))
}

/// `part` up to its first dot that is not its first sign.
fn stem(part: &str) -> &str {
    part.bytes()
        .skip(1)
        .position(|byte| byte == b'.')
        .map_or(part, |dot| if part == "..." { part } else { &part[..=dot] })
}

fn has_extension(path: &str) -> bool {
    let Some(extension) = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')) else {
        return false;
    };
    let (name, extension) = extension;
    !name.is_empty()
        && (1..=8).contains(&extension.len())
        && extension.as_bytes()[0].is_ascii_alphabetic()
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether it is a folder where agents look for what one may give them; it need not be there.
fn is_of_agents(path: &str) -> bool {
    path.ends_with('/') && path.split('/').next().is_some_and(|first| AGENT_FOLDERS.contains(&first))
}

/// Whether a command of the document writes the file.
fn is_written(lines: &[&str], path: &str) -> bool {
    let redirection = format!("> {path}");
    lines.iter().any(|line| line.contains(&redirection))
}

/// Reports paths in code spans that are missing, each once.
pub(super) fn check_paths(
    paths: &Paths,
    document: &Document,
    place: Place,
    lines: &[&str],
    report: &mut Report,
) {
    if !report.wants("agent-path-missing") {
        return;
    }
    let mut seen = Set::default();
    for code in document.inline_code.iter() {
        let Some(path) = path_of(code.text) else { continue };
        if seen.len() == MOST_PATHS || seen.contains(path) {
            continue;
        }
        if is_reserved_at(lines, code.line) || is_of_agents(path) {
            continue;
        }
        seen.insert(path);
        if paths.is_missing(place, path) && !is_written(lines, path) {
            report.add(
                "agent-path-missing",
                Remark {
                    line: code.line,
                    column: code.column,
                    message: format!("no file or folder '{}'", shown(path.as_bytes())),
                    evidence: code.text.to_owned(),
                    suggestion: paths.meant(path),
                    ..Remark::default()
                },
            );
        }
    }
}
