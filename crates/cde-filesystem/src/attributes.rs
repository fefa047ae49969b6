//! `linguist-vendored` and `linguist-generated` from `.gitattributes`.
//!
//! Lines are patterns, as in gitignore(5) but without negation, followed by attributes: `name` and `name=value` set one,
//! `-name` unsets it, `!name` takes back what weaker lines said. As in gitattributes(5), each attribute is settled by the
//! strongest line that names it: within a file the last, and a deeper file before one above. A macro (`[attr]`) that is
//! settled as set names its own attributes in its place. `name=false` counts as unset, as on code hosts.

use std::collections::HashMap;

use crate::ignore::Pattern;
use crate::tree::Tags;

const MAX_LINE: usize = 2048;
const VENDORED: &[u8] = b"linguist-vendored";
const GENERATED: &[u8] = b"linguist-generated";
const MACRO: &[u8] = b"[attr]";

/// What a word says of an attribute.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Setting {
    Set,
    /// Set to a value other than `false`.
    Value,
    /// Set to the value `false`, which counts as unset.
    False,
    Unset,
    Unspecified,
}

/// Attributes and what is said of each, the strongest last.
pub(crate) type Words = Vec<(Box<[u8]>, Setting)>;

/// Attributes that stand for others. Git lets the top of a repository define them.
pub(crate) type Macros = HashMap<Box<[u8]>, Words>;

fn is_one_of_two(name: &[u8]) -> bool {
    name == VENDORED || name == GENERATED
}

/// Whether one of the two attributes is named at all; in most repositories none is.
pub(crate) fn matters<'a>(lists: impl IntoIterator<Item = &'a AttributeList>, macros: &Macros) -> bool {
    let names_one = |words: &Words| words.iter().any(|(name, _)| is_one_of_two(name));
    macros.values().any(names_one)
        || lists.into_iter().flat_map(|list| &list.0).any(|(_, words)| names_one(words))
}

/// The lines of one file, in order.
#[derive(Debug)]
pub(crate) struct AttributeList(Vec<(Pattern, Words)>);

impl AttributeList {
    /// The lines of a `.gitattributes`. Where `defines`, macros that are not known yet are added to `macros`.
    pub(crate) fn parse(content: &[u8], macros: &mut Macros, fold: bool, defines: bool) -> Self {
        let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
        let mut lines = Vec::new();
        let mut own = Macros::new();
        for (number, raw) in (1..).zip(content.split(|byte| *byte == b'\n')) {
            let line = until_zero(raw.strip_suffix(b"\r").unwrap_or(raw));
            let too_long = line.len() >= MAX_LINE;
            let begin = line.iter().position(|byte| !is_blank(*byte)).unwrap_or(line.len());
            let line = &line[begin..];
            if line.is_empty() || line[0] == b'#' || too_long {
                continue;
            }
            let quoted = if line[0] == b'"' { unquote(line) } else { None };
            let (text, rest) = quoted.unwrap_or_else(|| {
                let cut = line.iter().position(|byte| is_blank(*byte)).unwrap_or(line.len());
                (line[..cut].to_vec(), &line[cut..])
            });
            let Some(words) = words(rest) else { continue };
            if text.len() > MACRO.len()
                && let Some(name) = text.strip_prefix(MACRO)
            {
                if defines && is_valid_name(name) {
                    own.insert(name.into(), words);
                }
            } else if !words.is_empty() && text.first() != Some(&b'!') {
                lines.push((Pattern::parse(until_zero(&text), number, fold), words));
            }
        }
        for (name, words) in own {
            macros.entry(name).or_insert(words);
        }
        Self(lines)
    }
}

/// What is settled of the two attributes and of the macros for one entry.
pub(crate) struct Settled<'a> {
    macros: &'a Macros,
    settled: HashMap<&'a [u8], Setting>,
}

impl<'a> Settled<'a> {
    pub(crate) fn new(macros: &'a Macros) -> Self {
        Self { macros, settled: HashMap::new() }
    }

    /// Lets `list` speak, which is weaker than all lists before, about the entry `name` at `path` from its folder.
    pub(crate) fn ask(&mut self, list: &'a AttributeList, name: &[u8], path: &[u8]) {
        for (pattern, words) in list.0.iter().rev() {
            let relevant =
                words.iter().any(|(word, _)| is_one_of_two(word) || self.macros.contains_key(word));
            if relevant && !pattern.directory_only && pattern.matches(name, path) {
                self.settle(words);
            }
        }
    }

    /// Settles what is not settled yet; the last word is the strongest. Each name is settled once, so this ends.
    fn settle(&mut self, words: &'a Words) {
        let mut pending: Vec<&(Box<[u8]>, Setting)> = words.iter().collect();
        while let Some((name, setting)) = pending.pop() {
            let expansion = self.macros.get(name);
            if !(is_one_of_two(name) || expansion.is_some()) || self.settled.contains_key(&**name) {
                continue;
            }
            self.settled.insert(name, *setting);
            if *setting == Setting::Set {
                pending.extend(expansion.into_iter().flatten());
            }
        }
    }

    /// `tags` with what is settled.
    pub(crate) fn apply(&self, tags: Tags) -> Tags {
        let one = |tags: Tags, name: &[u8], tag: Tags| match self.settled.get(name) {
            Some(Setting::Set | Setting::Value) => tags.union(tag),
            Some(Setting::Unset | Setting::False) => tags.without(tag),
            Some(Setting::Unspecified) | None => tags,
        };
        one(one(tags, VENDORED, Tags::VENDORED), GENERATED, Tags::GENERATED)
    }
}

fn until_zero(text: &[u8]) -> &[u8] {
    memchr::memchr(0, text).map_or(text, |zero| &text[..zero])
}

fn is_valid_name(name: &[u8]) -> bool {
    let is_valid = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !name.is_empty() && name[0] != b'-' && !name.starts_with(b"builtin_") && name.iter().all(is_valid)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The text in C-style double quotes at the start of `line`, and what follows.
fn unquote(line: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut text = Vec::new();
    let mut rest = &line[1..];
    loop {
        match rest {
            [b'"', after @ ..] => return Some((text, after)),
            [b'\\', high @ b'0'..=b'3', middle @ b'0'..=b'7', low @ b'0'..=b'7', after @ ..] => {
                text.push((high - b'0') << 6 | (middle - b'0') << 3 | (low - b'0'));
                rest = after;
            }
            [b'\\', escaped, after @ ..] => {
                text.push(match escaped {
                    b'a' => 7,
                    b'b' => 8,
                    b'f' => 12,
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'v' => 11,
                    b'\\' | b'"' => *escaped,
                    _ => return None,
                });
                rest = after;
            }
            [b'\\'] | [] => return None,
            [byte, after @ ..] => {
                text.push(*byte);
                rest = after;
            }
        }
    }
}

/// The attributes of a line, or `None` if one has no valid name, which makes the line void.
fn words(text: &[u8]) -> Option<Words> {
    let mut found = Words::new();
    for word in text.split(|byte| is_blank(*byte)).filter(|word| !word.is_empty()) {
        let (name, setting) = match word.iter().position(|byte| *byte == b'=') {
            Some(equals) if &word[equals + 1..] == b"false" => (&word[..equals], Setting::False),
            Some(equals) => (&word[..equals], Setting::Value),
            None => (word, Setting::Set),
        };
        let (name, setting) = match name.first() {
            Some(b'-') => (&name[1..], Setting::Unset),
            Some(b'!') => (&name[1..], Setting::Unspecified),
            _ => (name, setting),
        };
        if !is_valid_name(name) {
            return None;
        }
        found.push((name.into(), setting));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_line_settles() {
        let content = b"[attr]foreign linguist-vendored\n\
            dist/** linguist-generated foreign\n\
            *.min.js -linguist-generated\n\
            \"a b\" linguist-vendored=false\n\
            x !linguist-vendored\n";
        let mut macros = Macros::new();
        let list = AttributeList::parse(content, &mut macros, false, true);
        let tags = |path: &str, tags: Tags| {
            let mut settled = Settled::new(&macros);
            let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
            settled.ask(&list, name.as_bytes(), path.as_bytes());
            settled.apply(tags).names().collect::<Vec<_>>()
        };
        assert_eq!(tags("dist/a.js", Tags::NONE), ["generated", "vendored"]);
        assert_eq!(tags("dist/a.min.js", Tags::NONE), ["vendored"]);
        assert!(tags("a b", Tags::VENDORED).is_empty());
        assert_eq!(tags("x", Tags::VENDORED), ["vendored"]);
    }
}
