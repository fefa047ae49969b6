//! The language of a file: by its name and, where the name leaves it open, by its first bytes.
//!
//! 1. The whole file name, then the extension (the last two parts, then the last), exactly, then in lower case.
//! 2. A shared extension (`.h`, `.m`, `.pl`, `.ts`) and an unknown name are open: an Emacs or Vim modeline in the first
//!    five lines decides, then for an unknown name the `#!` line, and for a shared extension the first line that begins
//!    with a marker of one of its languages; failing these, the extension's default.
//!
//! The table is generated from `data/languages.toml`, for both engines alike.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use cde_core::{CoreError, ErrorCode, RepoPath, Result};

use crate::language_table::{BINARY, LANGUAGES, SHARED};

/// How many bytes from the start of a file the rules look at.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;

const MODELINE_LINES: usize = 5;
const LONGEST_WORD: usize = 64;

struct SharedRule {
    default: &'static str,
    /// Language and marker, in the order in which they are tried on a line.
    markers: Vec<(&'static str, &'static str)>,
}

enum ByExtension {
    Language(&'static str),
    Shared(SharedRule),
    Binary,
}

struct Table {
    extensions: HashMap<&'static [u8], ByExtension>,
    filenames: HashMap<&'static [u8], &'static str>,
    interpreters: HashMap<&'static [u8], &'static str>,
    /// Names and aliases in lower case.
    words: HashMap<Vec<u8>, &'static str>,
    programming: HashSet<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::parse);

impl Table {
    fn parse() -> Self {
        let mut table = Self {
            extensions: HashMap::new(),
            filenames: HashMap::new(),
            interpreters: HashMap::new(),
            words: HashMap::new(),
            programming: HashSet::new(),
        };
        for line in LANGUAGES.lines() {
            let mut fields = line.split('|');
            let mut next = || fields.next().unwrap_or_default();
            let (name, kind) = (next(), next());
            if kind == "programming" {
                table.programming.insert(name);
            }
            for extension in next().split_ascii_whitespace() {
                table.extensions.insert(extension.as_bytes(), ByExtension::Language(name));
            }
            table.filenames.extend(next().split_ascii_whitespace().map(|word| (word.as_bytes(), name)));
            table.interpreters.extend(next().split_ascii_whitespace().map(|word| (word.as_bytes(), name)));
            table.words.insert(name.to_ascii_lowercase().into_bytes(), name);
            table.words.extend(next().split_ascii_whitespace().map(|word| (word.as_bytes().to_vec(), name)));
        }
        for line in SHARED.lines() {
            let mut fields = line.split('|');
            let mut next = || fields.next().unwrap_or_default();
            let (extension, language, marker) = (next().as_bytes(), next(), next());
            if let Some(ByExtension::Shared(rule)) = table.extensions.get_mut(extension) {
                rule.markers.push((language, marker));
            } else {
                let rule = SharedRule { default: language, markers: Vec::new() };
                table.extensions.insert(extension, ByExtension::Shared(rule));
            }
        }
        for extension in BINARY.split_ascii_whitespace() {
            table.extensions.insert(extension.as_bytes(), ByExtension::Binary);
        }
        table
    }

    fn extension(&self, name: &[u8]) -> Option<&ByExtension> {
        let last = name.iter().rposition(|byte| *byte == b'.').filter(|at| *at > 0)?;
        let before = name[..last].iter().rposition(|byte| *byte == b'.').filter(|at| *at > 0);
        before.into_iter().chain([last]).find_map(|dot| {
            let extension = &name[dot + 1..];
            if extension.len() > LONGEST_WORD {
                return None;
            }
            self.extensions.get(extension).or_else(|| {
                let lower = extension.to_ascii_lowercase();
                if lower == extension { None } else { self.extensions.get(lower.as_slice()) }
            })
        })
    }
}

fn file_name(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or(path)
}

/// The language of `path` by its name alone.
pub fn language_of_name(path: &[u8]) -> Option<&'static str> {
    let name = file_name(path);
    if let Some(language) = TABLE.filenames.get(name) {
        return Some(language);
    }
    match TABLE.extension(name)? {
        ByExtension::Language(language) => Some(language),
        ByExtension::Shared(rule) => Some(rule.default),
        ByExtension::Binary => None,
    }
}

/// Whether `path` is binary, as far as its name tells: `None` for an unknown name.
pub fn binary_by_name(path: &[u8]) -> Option<bool> {
    let name = file_name(path);
    if TABLE.filenames.contains_key(name) {
        return Some(false);
    }
    TABLE.extension(name).map(|found| matches!(found, ByExtension::Binary))
}

/// Whether `language` is one that programs are written in, as opposed to markup, data and prose.
pub fn is_programming(language: &str) -> bool {
    TABLE.programming.contains(language)
}

/// The language of the text file `path` that begins with `head` (its first 64 KiB, or all of it).
pub fn language_of_text(path: &[u8], head: &[u8]) -> Option<&'static str> {
    let name = file_name(path);
    if let Some(language) = TABLE.filenames.get(name) {
        return Some(language);
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = &head[..head.len().min(HEAD_BYTES)];
    match TABLE.extension(name) {
        Some(ByExtension::Language(language)) => Some(language),
        Some(ByExtension::Binary) => None,
        Some(ByExtension::Shared(rule)) => {
            modeline(head).or_else(|| marked(head, &rule.markers)).or(Some(rule.default))
        }
        None => modeline(head).or_else(|| shebang(head)),
    }
}

fn lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    head.split(|byte| *byte == b'\n')
}

fn marked(head: &[u8], markers: &[(&'static str, &'static str)]) -> Option<&'static str> {
    lines(head).find_map(|line| {
        let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let text = &line[blanks..];
        markers.iter().find(|(_, marker)| text.starts_with(marker.as_bytes())).map(|(language, _)| *language)
    })
}

fn shebang(head: &[u8]) -> Option<&'static str> {
    let line = lines(head).next()?.strip_prefix(b"#!")?;
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut program = file_name(words.next()?);
    if program == b"env" {
        program = file_name(words.find(|word| !word.starts_with(b"-") && !word.contains(&b'='))?);
    }
    let bare =
        program.iter().rposition(|byte| !byte.is_ascii_digit() && *byte != b'.').map_or(0, |at| at + 1);
    TABLE.interpreters.get(program).or_else(|| TABLE.interpreters.get(&program[..bare])).copied()
}

fn modeline(head: &[u8]) -> Option<&'static str> {
    lines(head).take(MODELINE_LINES).find_map(|line| {
        let word = emacs_mode(line).or_else(|| vim_filetype(line))?;
        if word.len() > LONGEST_WORD {
            return None;
        }
        TABLE.words.get(&word.to_ascii_lowercase()).copied()
    })
}

/// The mode in `-*- mode -*-` or `-*- key: value; mode: name -*-`.
fn emacs_mode(line: &[u8]) -> Option<&[u8]> {
    let start = memchr::memmem::find(line, b"-*-")? + 3;
    let end = start + memchr::memmem::find(&line[start..], b"-*-")?;
    let inner = &line[start..end];
    if !inner.contains(&b':') {
        return Some(inner.trim_ascii());
    }
    inner.split(|byte| *byte == b';').find_map(|part| {
        let colon = part.iter().position(|byte| *byte == b':')?;
        part[..colon].trim_ascii().eq_ignore_ascii_case(b"mode").then(|| part[colon + 1..].trim_ascii())
    })
}

/// The value of `ft`, `filetype` or `syntax` in a line that holds `vim:`, `vi:` or `ex:` after its start or a blank.
fn vim_filetype(line: &[u8]) -> Option<&[u8]> {
    let starts = |marker: &[u8]| {
        memchr::memmem::find_iter(line, marker)
            .find(|at| *at == 0 || matches!(line[at - 1], b' ' | b'\t'))
            .map(|at| at + marker.len())
    };
    let start = starts(b"vim:").or_else(|| starts(b"vi:")).or_else(|| starts(b"ex:"))?;
    line[start..].split(|byte| matches!(byte, b' ' | b'\t' | b':' | b'\r')).find_map(|part| {
        let equals = part.iter().position(|byte| *byte == b'=')?;
        matches!(&part[..equals], b"ft" | b"filetype" | b"syntax").then(|| &part[equals + 1..])
    })
}

/// The language that `word` names: a language's name or alias, or an extension, in any case, with or without a leading
/// dot.
///
/// An unknown word is an error that names the nearest known one.
pub fn language_of_type(word: &[u8]) -> Result<&'static str> {
    let lower = word.strip_prefix(b".").unwrap_or(word).to_ascii_lowercase();
    if let Some(language) = TABLE.words.get(&lower) {
        return Ok(language);
    }
    match TABLE.extensions.get(lower.as_slice()) {
        Some(ByExtension::Language(language)) => return Ok(language),
        Some(ByExtension::Shared(rule)) => return Ok(rule.default),
        Some(ByExtension::Binary) | None => {}
    }
    let shown = RepoPath::from_bytes(word);
    let error =
        CoreError::new(ErrorCode::InvalidArgument, format!("unknown file type `{}`", shown.escaped()));
    Err(match nearest(&lower) {
        Some(known) => error.hint(format!("the nearest known type is `{}`", String::from_utf8_lossy(known))),
        None => error.hint("a type is the name or the extension of a language, such as `python` or `md`"),
    })
}

/// The known word with the smallest edit distance, the first by bytes among equals.
fn nearest(word: &[u8]) -> Option<&'static [u8]> {
    if word.is_empty() || word.len() > LONGEST_WORD {
        return None;
    }
    let table = &*TABLE;
    let text_extensions = table
        .extensions
        .iter()
        .filter(|(_, found)| !matches!(found, ByExtension::Binary))
        .map(|(word, _)| *word);
    let known = table.words.keys().map(Vec::as_slice).chain(text_extensions);
    known.min_by_key(|candidate| (edit_distance(word, candidate), *candidate))
}

/// Levenshtein's distance between two byte strings.
fn edit_distance(left: &[u8], right: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (done, byte) in left.iter().enumerate() {
        let mut diagonal = done;
        row[0] = done + 1;
        for column in 1..row.len() {
            let replaced = diagonal + usize::from(*byte != right[column - 1]);
            diagonal = row[column];
            row[column] = replaced.min(diagonal + 1).min(row[column - 1] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_decides_where_it_can() {
        for (path, language) in [
            ("a/b.py", Some("Python")),
            ("Makefile", Some("Makefile")),
            ("x/Dockerfile", Some("Dockerfile")),
            ("a.MD", Some("Markdown")),
            ("a.C", Some("C++")),
            ("a.c", Some("C")),
            ("a.d.ts", Some("TypeScript")),
            ("a.html.erb", Some("ERB")),
            (".py", None),
            ("a.", None),
            ("a.unknown", None),
            ("a.png", None),
        ] {
            assert_eq!(language_of_name(path.as_bytes()), language, "{path}");
        }
        assert_eq!(binary_by_name(b"a.PNG"), Some(true));
        assert_eq!(binary_by_name(b"a.py"), Some(false));
        assert_eq!(binary_by_name(b"a"), None);
    }

    #[test]
    fn content_decides_where_the_name_leaves_it_open() {
        for (path, head, language) in [
            ("a.h", "int x;\n", Some("C")),
            ("a.h", "#pragma once\n  namespace x {\n", Some("C++")),
            ("a.h", "@interface X\n", Some("Objective-C")),
            ("a.h", "/* -*- mode: c++; tab-width: 2 -*- */\n", Some("C++")),
            ("a.m", "% comment\n", Some("MATLAB")),
            ("a.pl", ":- module(x, []).\n", Some("Prolog")),
            ("a.ts", "<?xml version='1.0'?>\n", Some("Qt Linguist")),
            ("run", "#!/usr/bin/env -S python3.11 -u\n", Some("Python")),
            ("run", "#! /bin/bash\n", Some("Shell")),
            ("run", "# -*- ruby -*-\n", Some("Ruby")),
            ("run", "// vim: set ft=cpp:\n", Some("C++")),
            ("run", "plain\n", None),
            ("a.py", "#!/usr/bin/perl\n", Some("Python")),
        ] {
            assert_eq!(language_of_text(path.as_bytes(), head.as_bytes()), language, "{path} {head}");
        }
    }

    #[test]
    fn types_are_names_aliases_or_extensions() {
        for (word, language) in [("py", "Python"), (".MD", "Markdown"), ("c++", "C++"), ("rust", "Rust")] {
            assert_eq!(language_of_type(word.as_bytes()).ok(), Some(language));
        }
        let error = language_of_type(b"pythn").err().and_then(|error| error.hint);
        assert_eq!(error.as_deref(), Some("the nearest known type is `python`"));
    }
}
