//! What a fragment can point at in a document, and whether one does.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::folded::Folded;
use super::nearest::{Budget, nearest, only_extended};
use super::target::percent_decode;
use crate::model::Document;
use crate::slug::docutils::asciidoctor_id;

const FOOTNOTE_PREFIXES: &[&[u8]] =
    &[b"fn-", b"fn:", b"fnref-", b"fnref:", b"user-content-fn-", b"user-content-fnref-"];

/// The name that `fragment` points at: decoded once, without a text fragment (`:~:text=`).
pub(super) fn plain_fragment(fragment: &str) -> Cow<'_, [u8]> {
    percent_decode(fragment.split_once(":~:").map_or(fragment, |(name, _)| name))
}

/// Whether it is `L10`, `L10-L20` or `L10C3-L20C5`, which a hosted repository shows as lines.
pub(super) fn is_line_fragment(fragment: &[u8]) -> bool {
    let Some(position) = fragment.strip_prefix(b"L") else { return false };
    match position.iter().position(|byte| *byte == b'-') {
        None => is_position(position),
        Some(dash) => {
            let end = &position[dash + 1..];
            is_position(&position[..dash]) && is_position(end.strip_prefix(b"L").unwrap_or(end))
        }
    }
}

/// Whether it is a line number, or one with a column: `10`, `10C3`.
fn is_position(text: &[u8]) -> bool {
    let is_number = |text: &[u8]| (1..=9).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
    match text.iter().position(|byte| *byte == b'C') {
        None => is_number(text),
        Some(column) => is_number(&text[..column]) && is_number(&text[column + 1..]),
    }
}

/// The headings' slugs, explicit and HTML ids and footnotes of one document. O(log n) per look-up.
#[derive(Debug)]
pub(super) struct Anchors<'a> {
    document: &'a Document,
    /// Sorted: as quick as a hash for the dozen that a document has, and no larger than what it holds.
    known: Box<[&'a [u8]]>,
    /// What else AsciiDoc takes for the name of a section: its title, and its id as GitHub makes it.
    others: HashSet<Vec<u8>>,
    folded: OnceLock<HashMap<Folded<'a>, &'a [u8]>>,
}

impl<'a> Anchors<'a> {
    /// Of `document`.
    pub fn new(document: &'a Document) -> Self {
        let mut known: Vec<_> = Vec::with_capacity(document.headings.len() + document.anchors.len());
        known.extend(names(document));
        known.sort_unstable();
        let known = known.into_boxed_slice();
        let mut others = HashSet::new();
        if document.format == "asciidoc" {
            for heading in document.headings.iter() {
                others.insert(heading.text.as_bytes().to_vec());
                others.insert(asciidoctor_id(heading.text, "", "-").into_bytes());
            }
        }
        Self { document, known, others, folded: OnceLock::new() }
    }

    /// Whether `fragment` points at something; the top of the page always is.
    pub fn has(&self, fragment: &[u8]) -> bool {
        let known = |name: &[u8]| self.known.binary_search(&name).is_ok();
        fragment.is_empty()
            || known(fragment)
            || fragment == b"top"
            || fragment.strip_prefix(b"user-content-").is_some_and(known)
            || self.others.contains(fragment)
            || FOOTNOTE_PREFIXES.iter().any(|prefix| fragment.starts_with(prefix))
    }

    /// All names, in any order.
    pub fn all(&self) -> impl Iterator<Item = Vec<u8>> + '_ {
        self.known.iter().map(|name| name.to_vec()).chain(self.others.iter().cloned())
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
        for fragment in ["L1", "L10-L20", "L10-20", "L1C2-L3C4"] {
            assert!(is_line_fragment(fragment.as_bytes()), "{fragment}");
        }
        for fragment in ["L", "l1", "L1-", "L1C", "L1234567890", "Lx", "L1-L2-L3"] {
            assert!(!is_line_fragment(fragment.as_bytes()), "{fragment}");
        }
    }
}
