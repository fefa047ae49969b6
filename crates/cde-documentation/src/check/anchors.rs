//! What a fragment can point at in a document, and whether one does.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::folded::Folded;
use super::nearest::{Budget, nearest, only_extended};
use super::target::percent_decode;
use crate::hash::{Map, Set};
use crate::model::Document;
use crate::options::SlugFlavour;
use crate::slug::docutils::asciidoctor_id;
use crate::slug::{Slugger, hyphenated, lowered, slugify};

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

/// The slugs of a document's headings as its site makes them.
#[derive(Debug)]
struct Made {
    /// In the order of the headings.
    slugs: Vec<String>,
    known: Set<String>,
    /// The first by its form in lower case.
    folded: Map<Vec<u8>, usize>,
    /// Whether those of the scan are none of the page's anchors.
    alone: bool,
}

/// The headings' slugs, explicit and HTML ids and footnotes of one document. O(log n) per look-up.
#[derive(Debug)]
pub(super) struct Anchors<'a> {
    document: &'a Document,
    /// Slugs as the site makes them, where they differ from those of the scan.
    made: Option<Made>,
    /// Sorted: as quick as a hash for the dozen that a document has, and no larger than what it holds.
    known: Box<[&'a [u8]]>,
    /// What else is the name of a section: in AsciiDoc its title, and its id as GitHub makes it; elsewhere what the
    /// program that builds the site makes of its heading.
    others: Set<Vec<u8>>,
    folded: OnceLock<Map<Folded<'a>, &'a [u8]>>,
}

impl<'a> Anchors<'a> {
    /// Of `document`, whose site may make its slugs in another way, and nothing else does so where that is sure. `builder`
    /// is the program that builds it, which may make others as well.
    pub fn new(document: &'a Document, made: Option<(SlugFlavour, bool)>, builder: Option<&str>) -> Self {
        let is_slugged = matches!(document.format, "markdown" | "mdx" | "notebook");
        let made = made.filter(|_| is_slugged).and_then(|(flavour, alone)| {
            let mut slugger = Slugger::new(flavour);
            let slugs: Vec<String> =
                document.headings.iter().map(|heading| slugger.next(heading.text)).collect();
            let differs = document.headings.iter().zip(&slugs).any(|(heading, slug)| heading.slug != slug);
            differs.then(|| {
                let known = slugs.iter().cloned().collect();
                let mut folded = Map::default();
                for (index, slug) in slugs.iter().enumerate() {
                    folded.entry(slug.as_bytes().to_ascii_lowercase()).or_insert(index);
                }
                Made { slugs, known, folded, alone }
            })
        });
        let scanned = made.as_ref().is_none_or(|made| !made.alone);
        let mut known: Vec<_> = Vec::with_capacity(document.headings.len() + document.anchors.len());
        known.extend(names(document, scanned));
        // Other programs than GitHub trim the text of a heading before they make its slug.
        let of_headings = document.headings.iter().filter(|_| scanned).map(|heading| heading.slug);
        let trimmed = of_headings.map(|slug| (slug, slug.trim_matches('-')));
        known.extend(trimmed.filter(|(slug, one)| one.len() < slug.len()).map(|(_, one)| one.as_bytes()));
        known.sort_unstable();
        let known = known.into_boxed_slice();
        let mut others = Set::default();
        if document.format == "asciidoc" {
            for heading in document.headings.iter() {
                others.insert(heading.text.as_bytes().to_vec());
                others.insert(asciidoctor_id(heading.text, "", "-").into_bytes());
            }
        }
        if is_slugged {
            others.extend(others_of(builder, document).into_iter().map(String::into_bytes));
        }
        Self { document, made, known, others, folded: OnceLock::new() }
    }

    /// Every name in order: those of the site, then those of the document.
    fn names(&self) -> impl Iterator<Item = &[u8]> {
        let made = self.made.iter().flat_map(|made| &made.slugs).map(String::as_bytes);
        made.chain(names(self.document, self.made.as_ref().is_none_or(|made| !made.alone)))
    }

    /// Whether `fragment` points at something; the top of the page always is.
    pub fn has(&self, fragment: &[u8]) -> bool {
        let known = |name: &[u8]| {
            self.known.binary_search(&name).is_ok()
                || self
                    .made
                    .as_ref()
                    .is_some_and(|made| str::from_utf8(name).is_ok_and(|name| made.known.contains(name)))
        };
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
    pub fn in_other_case(&self, fragment: &[u8]) -> Option<&[u8]> {
        if let Some(made) = &self.made
            && let Some(index) = made.folded.get(&fragment.to_ascii_lowercase())
        {
            return Some(made.slugs[*index].as_bytes());
        }
        let folded = self.folded.get_or_init(|| {
            let mut folded = Map::default();
            for name in names(self.document, self.made.as_ref().is_none_or(|made| !made.alone)) {
                folded.entry(Folded(name)).or_insert(name);
            }
            folded
        });
        folded.get(&Folded(fragment)).copied()
    }

    /// The nearest anchor, or else the one that has some more words or fewer.
    pub fn near(&self, fragment: &[u8], budget: &mut Budget) -> Option<&[u8]> {
        nearest(fragment, self.names(), budget).or_else(|| only_extended(fragment, self.names(), budget))
    }
}

/// What programs without a flavour of their own make of the headings.
fn others_of(builder: Option<&str>, document: &Document) -> Vec<String> {
    let slug: fn(&str) -> String = match builder {
        Some("docfx") => |text| {
            // Markdig has a name for a heading of signs alone. Most headings have a letter that tells at once.
            let is_named = text.bytes().any(|byte| byte.is_ascii_alphanumeric());
            let is_alone = !is_named && slugify(SlugFlavour::Github, text).is_empty();
            if is_alone { "section".to_owned() } else { String::new() }
        },
        Some("lume") => lowered,
        Some("vitepress") => hyphenated,
        _ => return Vec::new(),
    };
    let mut counts: Map<String, u32> = Map::default();
    let mut numbered = |slug: String| {
        let count = counts.entry(slug.clone()).or_default();
        *count += 1;
        if *count == 1 { slug } else { format!("{slug}-{}", *count - 1) }
    };
    document
        .headings
        .iter()
        .map(|heading| slug(heading.text))
        .filter(|slug| !slug.is_empty())
        .map(&mut numbered)
        .collect()
}

/// The names in a document; the slugs of its headings too where they are `scanned` for.
fn names(document: &Document, scanned: bool) -> impl Iterator<Item = &[u8]> {
    let headings = document.headings.iter().flat_map(move |heading| {
        Some(heading.slug).filter(|_| scanned).into_iter().chain(heading.explicit_id).map(str::as_bytes)
    });
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
