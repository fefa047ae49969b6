//! `linguist-vendored` and `linguist-generated` from `.gitattributes`.
//!
//! Lines are patterns, as in gitignore(5) but without negation, followed by attributes: `name` and `name=true` set one,
//! `-name` and `name=false` unset it, `!name` takes back what weaker lines said. Macros (`[attr]`) that expand to one of
//! the two are followed. Within a file the last line wins, and a deeper file wins over one above.

use std::collections::HashMap;

use crate::ignore::Pattern;
use crate::tree::Tags;

const MAX_LINE: usize = 2048;

/// What is said of one attribute; saying "unspecified" takes back what weaker lines said.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Setting {
    Set,
    Unset,
    Unspecified,
}

/// What is said of the two attributes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Assignments {
    vendored: Option<Setting>,
    generated: Option<Setting>,
}

impl Assignments {
    /// Lets `stronger` say more.
    pub(crate) fn update(&mut self, stronger: Self) {
        self.vendored = stronger.vendored.or(self.vendored);
        self.generated = stronger.generated.or(self.generated);
    }

    /// `tags` with what is said.
    pub(crate) fn apply(self, tags: Tags) -> Tags {
        let one = |tags: Tags, setting, tag| match setting {
            Some(Setting::Set) => tags.union(tag),
            Some(Setting::Unset) => tags.without(tag),
            Some(Setting::Unspecified) | None => tags,
        };
        one(one(tags, self.vendored, Tags::VENDORED), self.generated, Tags::GENERATED)
    }
}

/// Attributes that expand to others. Git lets the top of a repository define them.
pub(crate) type Macros = HashMap<Vec<u8>, Assignments>;

/// The lines of one file that matter here, in order.
#[derive(Debug)]
pub(crate) struct AttributeList(Vec<(Pattern, Assignments)>);

impl AttributeList {
    /// The lines that assign one of the two attributes. Where `defines`, macros are added to `macros`.
    pub(crate) fn parse(content: &[u8], macros: &mut Macros, fold: bool, defines: bool) -> Self {
        let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
        let mut lines = Vec::new();
        for (number, raw) in (1..).zip(content.split(|byte| *byte == b'\n')) {
            let line = trim(raw);
            if line.is_empty() || line[0] == b'#' || raw.len() >= MAX_LINE {
                continue;
            }
            let quoted = if line[0] == b'"' { unquote(line) } else { None };
            let (text, words) = quoted.unwrap_or_else(|| {
                let cut = line.iter().position(|byte| is_blank(*byte)).unwrap_or(line.len());
                (line[..cut].to_vec(), &line[cut..])
            });
            if let Some(name) = text.strip_prefix(b"[attr]") {
                if defines && !name.is_empty() {
                    let expansion = assignments(words, macros);
                    macros.insert(name.to_vec(), expansion);
                }
                continue;
            }
            if text.is_empty() || text[0] == b'!' || text.contains(&0) {
                continue;
            }
            let said = assignments(words, macros);
            if said != Assignments::default() {
                lines.push((Pattern::parse(&text, number, fold), said));
            }
        }
        Self(lines)
    }

    /// Whether the file says nothing of the two attributes.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the file says about the entry `name` at `path`, which is relative to the file's folder.
    pub(crate) fn decide(&self, name: &[u8], path: &[u8]) -> Assignments {
        let mut said = Assignments::default();
        for (pattern, assignments) in &self.0 {
            if !pattern.directory_only && pattern.matches(name, path) {
                said.update(*assignments);
            }
        }
        said
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn trim(line: &[u8]) -> &[u8] {
    let begin = line.iter().position(|byte| !is_blank(*byte)).unwrap_or(line.len());
    let end = line.iter().rposition(|byte| !is_blank(*byte)).map_or(begin, |last| last + 1);
    &line[begin..end]
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

fn assignments(words: &[u8], macros: &Macros) -> Assignments {
    let mut said = Assignments::default();
    for word in words.split(|byte| is_blank(*byte)) {
        let (name, value) = match word.iter().position(|byte| *byte == b'=') {
            Some(equals) => (&word[..equals], Some(&word[equals + 1..])),
            None => (word, None),
        };
        let (name, setting) = match (word.first(), value) {
            (Some(b'-'), _) => (&name[1..], Setting::Unset),
            (Some(b'!'), _) => (&name[1..], Setting::Unspecified),
            (_, Some(b"false")) => (name, Setting::Unset),
            _ => (name, Setting::Set),
        };
        match name {
            b"linguist-vendored" => said.vendored = Some(setting),
            b"linguist-generated" => said.generated = Some(setting),
            _ if setting == Setting::Set && value.is_none() => {
                said.update(macros.get(name).copied().unwrap_or_default());
            }
            _ => {}
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_wins() {
        let content = b"[attr]foreign linguist-vendored\n\
            dist/** linguist-generated foreign\n\
            *.min.js -linguist-generated\n\
            \"a b\" linguist-vendored=false\n\
            x !linguist-vendored\n";
        let list = AttributeList::parse(content, &mut Macros::new(), false, true);
        let tags = |name: &str, path: &str| {
            list.decide(name.as_bytes(), path.as_bytes()).apply(Tags::NONE).names().collect::<Vec<_>>()
        };
        assert_eq!(tags("a.js", "dist/a.js"), ["generated", "vendored"]);
        assert_eq!(tags("a.min.js", "dist/a.min.js"), ["vendored"]);
        let said = list.decide(b"a b", b"a b");
        assert_eq!(said.apply(Tags::VENDORED), Tags::NONE);
        assert_eq!(list.decide(b"x", b"x").apply(Tags::VENDORED), Tags::VENDORED);
    }
}
