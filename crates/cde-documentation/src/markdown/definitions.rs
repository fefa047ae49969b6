//! Link reference definitions. The parser keeps the first of each label and yields no event for any, so later ones are
//! looked for in the gaps between its events, where nothing but definitions and the prefixes of containers can stand.

use pulldown_cmark::RefDefs;

use super::links::{fold_label, split_fragment, tidy_title};
use crate::hash::Set;
use crate::model::{Definition, DefinitionKind};
use crate::source::LineIndex;
use crate::unescape::unescape;

/// Collects the definitions of one body, in bytes of the body.
pub(super) struct Definitions {
    /// Start and end of the definitions that the parser keeps, by start.
    spans: Vec<(usize, usize)>,
    labels: Set<Box<str>>,
    found: Vec<(usize, Definition)>,
    /// Up to where the body is accounted for.
    covered: usize,
}

impl Definitions {
    /// Takes over what the parser keeps.
    pub(super) fn new(kept: &RefDefs<'_>) -> Self {
        let mut found: Vec<(usize, Definition)> = kept
            .iter()
            .map(|(label, definition)| {
                let title = definition.title.as_deref().unwrap_or_default();
                (definition.span.start, link_definition(label, &definition.dest, title, false))
            })
            .collect();
        found.sort_by_key(|(start, _)| *start);
        let mut spans: Vec<(usize, usize)> =
            kept.iter().map(|(_, definition)| (definition.span.start, definition.span.end)).collect();
        spans.sort_unstable();
        let labels = found.iter().map(|(_, definition)| definition.label.clone()).collect();
        Self { spans, labels, found, covered: 0 }
    }

    /// An event begins at `start`; what it covers ends at `end` (the same for a container, which covers nothing itself).
    pub(super) fn event(&mut self, body: &str, start: usize, end: usize) {
        if self.spans.is_empty() {
            return;
        }
        if start > self.covered {
            self.gap(body, self.covered, start);
            self.covered = start;
        }
        self.covered = self.covered.max(end);
    }

    fn gap(&mut self, body: &str, start: usize, end: usize) {
        let mut place = start;
        while let Some(found) = memchr::memchr(b'[', &body.as_bytes()[place..end]) {
            place += found;
            if let Ok(kept) = self.spans.binary_search_by_key(&place, |span| span.0) {
                place = self.spans[kept].1.max(place + 1);
            } else if let Some((definition, length)) = read(&body[place..end])
                && self.labels.contains(&definition.label)
            {
                self.found.push((place, definition));
                place += length;
            } else {
                place += 1;
            }
            if place >= end {
                break;
            }
        }
    }

    /// A footnote definition begins at `start`.
    pub(super) fn footnote(&mut self, label: &str, start: usize) {
        let definition = Definition {
            label: fold_label(label),
            target: "".into(),
            fragment: None,
            title: None,
            kind: DefinitionKind::Footnote,
            line: 0,
            used: false,
            duplicate: false,
        };
        self.found.push((start, definition));
    }

    /// All definitions in order of appearance; `used` holds the labels that references and footnotes resolve to.
    pub(super) fn finish(
        mut self,
        body: &str,
        base: u32,
        lines: &mut LineIndex,
        used: &Set<(DefinitionKind, Box<str>)>,
    ) -> Vec<Definition> {
        self.event(body, body.len(), body.len());
        self.found.sort_by_key(|(start, _)| *start);
        let mut seen: Set<(DefinitionKind, Box<str>)> = Set::default();
        let found = self.found.into_iter();
        found
            .map(|(start, mut definition)| {
                let key = (definition.kind, definition.label.clone());
                definition.line = lines.line(base + crate::source::offset(start));
                definition.used = used.contains(&key);
                definition.duplicate = !seen.insert(key);
                definition.used &= !definition.duplicate;
                definition
            })
            .collect()
    }
}

fn link_definition(label: &str, destination: &str, title: &str, duplicate: bool) -> Definition {
    let (target, fragment) = split_fragment(destination);
    Definition {
        label: fold_label(label),
        target,
        fragment,
        title: tidy_title(title),
        kind: DefinitionKind::Link,
        line: 0,
        used: false,
        duplicate,
    }
}

/// Skips whitespace and line endings with the prefixes of containers that follow them.
fn skip(text: &str, mut place: usize) -> usize {
    let mut after_line_end = false;
    while let Some(&byte) = text.as_bytes().get(place) {
        match byte {
            b'\n' | b'\r' => after_line_end = true,
            b'\t' | 0x0b | 0x0c | b' ' => (),
            b'>' if after_line_end => (),
            _ => break,
        }
        place += 1;
    }
    place
}

/// The place of the unescaped `close`, from `place` on.
fn find_unescaped(text: &str, mut place: usize, close: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(place) {
        if byte == close {
            return Some(place);
        }
        place += 1 + usize::from(byte == b'\\');
    }
    None
}

/// Text over several lines without the prefixes of containers.
fn without_prefixes(raw: &str) -> String {
    let mut lines = raw.split('\n');
    let mut text = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        text.push('\n');
        text.push_str(line.trim_start_matches([' ', '\t', '>']));
    }
    text
}

/// The definition at the start of `gap` and its length. `gap` holds nothing but definitions and prefixes.
fn read(gap: &str) -> Option<(Definition, usize)> {
    if gap.starts_with("[^") {
        return None;
    }
    let close = find_unescaped(gap, 1, b']')?;
    let label = without_prefixes(&gap[1..close]);
    if gap.as_bytes().get(close + 1) != Some(&b':') {
        return None;
    }
    let start = skip(gap, close + 2);
    let (raw, end) = if gap[start..].starts_with('<') {
        let end = find_unescaped(gap, start + 1, b'>')?;
        (&gap[start + 1..end], end + 1)
    } else {
        let length = gap[start..].find(|one: char| one <= ' ').unwrap_or(gap.len() - start);
        (&gap[start..start + length], start + length)
    };
    let target = unescape(raw);
    let title_start = skip(gap, end);
    let title = match gap.as_bytes().get(title_start) {
        Some(b'"') => Some(b'"'),
        Some(b'\'') => Some(b'\''),
        Some(b'(') => Some(b')'),
        _ => None,
    };
    let titled =
        title.and_then(|close| Some((title_start + 1, find_unescaped(gap, title_start + 1, close)?)));
    match titled {
        Some((from, to)) => {
            let title = without_prefixes(&gap[from..to]);
            Some((link_definition(&label, &target, &unescape(&title), true), to + 1))
        }
        None => Some((link_definition(&label, &target, "", true), end)),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    #[test]
    fn definitions_in_a_gap() {
        let (definition, length) = read("[A\n> b]:\n> </u v#w>\n> 'ti\n> tle'\n> [c]: d").unwrap();
        assert_eq!((&*definition.label, &*definition.target), ("a b", "/u v"));
        assert_eq!(
            (definition.fragment.as_deref(), definition.title.as_deref()),
            (Some("w"), Some("ti\ntle"))
        );
        assert_eq!(length, 32);
        assert!(read("[x] y").is_none());
    }
}
