//! What a fragment can point at in a document, and whether one does.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::folded::Folded;
use super::nearest::{Budget, nearest, only_extended};
use super::target::percent_decode;
use crate::model::Document;

const FOOTNOTE_PREFIXES: &[&[u8]] =
    &[b"fn-", b"fn:", b"fnref-", b"fnref:", b"user-content-fn-", b"user-content-fnref-"];

/// The name that `fragment` points at: decoded once, without a text fragment (`:~:text=`).
pub(super) fn plain_fragment(fragment: &str) -> Cow<'_, [u8]> {
    percent_decode(fragment.split_once(":~:").map_or(fragment, |(name, _)| name))
}

/// The last line of `L10`, `L10-L20` or `L10C3-L20C5`, which a hosted repository shows as lines.
pub(super) fn last_line(fragment: &[u8]) -> Option<u32> {
    let position = fragment.strip_prefix(b"L")?;
    match position.iter().position(|byte| *byte == b'-') {
        None => line_of(position),
        Some(dash) => {
            let end = &position[dash + 1..];
            let end = line_of(end.strip_prefix(b"L").unwrap_or(end))?;
            line_of(&position[..dash]).map(|start| start.max(end))
        }
    }
}

/// The line of a position, which may have a column: `10`, `10C3`.
fn line_of(text: &[u8]) -> Option<u32> {
    let number = |text: &[u8]| {
        let is_number = (1..=9).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
        is_number.then(|| text.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    };
    match text.iter().position(|byte| *byte == b'C') {
        None => number(text),
        Some(column) => number(&text[column + 1..]).and_then(|_| number(&text[..column])),
    }
}

/// The headings' slugs, explicit and HTML ids and footnotes of one document. O(log n) per look-up.
#[derive(Debug)]
pub(super) struct Anchors<'a> {
    document: &'a Document,
    /// Sorted: as quick as a hash for the dozen that a document has, and no larger than what it holds.
    known: Box<[&'a [u8]]>,
    folded: OnceLock<HashMap<Folded<'a>, &'a [u8]>>,
}

impl<'a> Anchors<'a> {
    /// Of `document`.
    pub fn new(document: &'a Document) -> Self {
        let mut known: Vec<_> = Vec::with_capacity(document.headings.len() + document.anchors.len());
        known.extend(names(document));
        // Other programs than GitHub trim the text of a heading before they make its slug.
        let trimmed = document.headings.iter().map(|heading| (heading.slug, heading.slug.trim_matches('-')));
        known.extend(
            trimmed.filter(|(slug, trimmed)| trimmed.len() < slug.len()).map(|(_, one)| one.as_bytes()),
        );
        known.sort_unstable();
        let known = known.into_boxed_slice();
        Self { document, known, folded: OnceLock::new() }
    }

    /// Whether `fragment` points at something; the top of the page always is.
    pub fn has(&self, fragment: &[u8]) -> bool {
        let known = |name: &[u8]| self.known.binary_search(&name).is_ok();
        fragment.is_empty()
            || known(fragment)
            || fragment == b"top"
            || fragment.strip_prefix(b"user-content-").is_some_and(known)
            || FOOTNOTE_PREFIXES.iter().any(|prefix| fragment.starts_with(prefix))
    }

    /// The first anchor that differs from `fragment` in the case of ASCII letters only.
    pub fn in_other_case(&self, fragment: &[u8]) -> Option<&'a [u8]> {
        let folded = self.folded.get_or_init(|| {
            let mut folded = HashMap::new();
            for name in names(self.document) {
                folded.entry(Folded(name)).or_insert(name);
            }
            folded
        });
        folded.get(&Folded(fragment)).copied()
    }

    /// The nearest anchor, or else the one that has some more words or fewer.
    pub fn near(&self, fragment: &[u8], budget: &mut Budget) -> Option<&'a [u8]> {
        nearest(fragment, names(self.document), budget)
            .or_else(|| only_extended(fragment, names(self.document), budget))
    }
}

fn names(document: &Document) -> impl Iterator<Item = &[u8]> {
    let headings = document
        .headings
        .iter()
        .flat_map(|heading| std::iter::once(heading.slug).chain(heading.explicit_id).map(str::as_bytes));
    headings.chain(document.anchors.iter().map(|anchor| anchor.id.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_fragments() {
        for (fragment, line) in [("L1", 1), ("L10-L20", 20), ("L30-20", 30), ("L1C2-L3C4", 3)] {
            assert_eq!(last_line(fragment.as_bytes()), Some(line), "{fragment}");
        }
        for fragment in ["L", "l1", "L1-", "L1C", "L1234567890", "Lx", "L1-L2-L3"] {
            assert_eq!(last_line(fragment.as_bytes()), None, "{fragment}");
        }
    }
}
