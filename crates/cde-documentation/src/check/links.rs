//! The rules of group `links` about targets and fragments, applied to one document.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use cde_core::Severity;

use super::anchors::{is_line_fragment, plain_fragment};
use super::formats::is_judged;
use super::index::TreeIndex;
use super::nearest::nearest;
use super::origin::{Origin, Verdict, as_written, shown};
use super::report::Report;
use super::resolve::{Resolution, Resolver};
use super::site::Sites;
use super::target::{escape_target, file_name, join, parent};
use crate::model::{Link, LinkKind};

/// How many included documents of one are looked at.
const MOST_INCLUDES: usize = 64;

/// Judges links over one tree.
#[derive(Debug)]
pub(super) struct LinkChecker<'a> {
    index: &'a TreeIndex<'a>,
    sites: &'a Sites,
    site_root: Option<&'a [u8]>,
    resolver: Resolver<'a>,
    included: Mutex<HashMap<usize, Arc<[usize]>>>,
}

impl<'a> LinkChecker<'a> {
    /// `site_root` is the folder that `/x` starts at, where it was configured.
    pub fn new(index: &'a TreeIndex<'a>, sites: &'a Sites, site_root: Option<&'a [u8]>) -> Self {
        Self {
            index,
            sites,
            site_root,
            resolver: Resolver::new(index, site_root),
            included: Mutex::default(),
        }
    }

    /// Reports what is wrong with the links of the document `number`.
    pub fn check(&self, number: usize, report: Report<'a>) -> Origin<'a> {
        let document = self.index.documents()[number];
        let mut origin = Origin::new(self.index, number, self.sites.of(document.path.as_bytes()), report);
        let mut seen: HashMap<&str, bool> = HashMap::new();
        for link in document.links.iter() {
            if !is_judged(document.format, &link) {
                continue;
            }
            // One finding is enough for all references to a definition: it is mended in one place.
            let label = match link.kind {
                LinkKind::Reference | LinkKind::Collapsed | LinkKind::Shortcut => link.label,
                _ => None,
            };
            if let Some(is_local) = label.and_then(|label| seen.get(label)) {
                origin.report.links_checked += u64::from(*is_local);
                continue;
            }
            let resolution = self.resolver.resolve_link(origin.folder, origin.site, document.format, &link);
            let is_local = resolution != Resolution::External;
            origin.report.links_checked += u64::from(is_local);
            if let Some(label) = label {
                seen.insert(label, is_local);
            }
            self.judge(&mut origin, &link, resolution);
        }
        origin
    }

    fn judge(&self, origin: &mut Origin<'a>, link: &Link<&str>, resolution: Resolution) {
        match resolution {
            Resolution::External => {}
            Resolution::SameDocument => {
                if link.fragment.is_some() {
                    self.judge_fragment(origin, link, origin.number, true);
                } else if link.target.is_empty() && (link.image || says_something(link.text)) {
                    origin.add(link, Verdict::new("empty-target", "the link has no target"));
                }
            }
            Resolution::Unverified => origin.unverified(link),
            Resolution::Machine => {
                origin.add(link, Verdict::new("escapes-root", "the target is a place on one computer"));
            }
            Resolution::Escapes => {
                origin.add(link, Verdict::new("escapes-root", "the target lies outside of the repository"));
            }
            Resolution::Missing { path } => self.judge_missing(origin, link, &path, false),
            Resolution::MissingFromRoot { path } => self.judge_missing(origin, link, &path, true),
            Resolution::WrongCase { found, path, unique } => {
                let message = format!("the name differs in case from '{}'", shown(&path));
                self.misspelt(origin, link, Verdict::new("wrong-case", message), &path, unique);
                self.judge_document(origin, link, found.document, true);
            }
            Resolution::WrongSlash { found, path } => {
                let message = "a backslash does not separate folders in a link";
                self.misspelt(origin, link, Verdict::new("missing-file", message), &path, true);
                self.judge_document(origin, link, found.document, true);
            }
            Resolution::Found { found, certain, .. } => {
                let itself = found.document == Some(origin.number) && link.fragment.is_none();
                if itself && !link.target.contains('?') {
                    origin.add(link, Verdict::new("self-link", "the link leads to its own document"));
                }
                self.judge_document(origin, link, found.document, certain);
            }
        }
    }

    /// A target that is spelt wrong in a way that leaves no doubt which file is meant.
    fn misspelt(
        &self,
        origin: &mut Origin<'a>,
        link: &Link<&str>,
        verdict: Verdict,
        path: &[u8],
        unique: bool,
    ) {
        let target = origin.target_to(link, path, self.site_root);
        let is_tolerated = origin.site.is_some_and(|site| site.builder.tolerant);
        let verdict = Verdict {
            suggestion: Some(as_written(&target, link.fragment)),
            fix: if unique && !is_tolerated { origin.fix_target(link, &target) } else { None },
            severity: is_tolerated.then_some(Severity::Hint),
            ..verdict
        };
        origin.add(link, verdict);
    }

    fn judge_missing(&self, origin: &mut Origin<'a>, link: &Link<&str>, path: &[u8], from_root: bool) {
        let mut message = format!("no file or folder '{}'", shown(path));
        if from_root {
            message += "; a leading slash means the repository root unless a site root is configured";
        }
        let (folder, name) = (parent(path), file_name(path));
        let meant = match self.index.only_file_named(name) {
            Some(meant) => Some(meant.to_vec()),
            None => {
                nearest(name, self.index.names_in(folder), &mut origin.budget).map(|near| join(folder, near))
            }
        };
        let suggestion =
            meant.map(|meant| as_written(&origin.target_to(link, &meant, self.site_root), link.fragment));
        let severity = from_root.then_some(Severity::Hint);
        origin.add(link, Verdict { suggestion, severity, ..Verdict::new("missing-file", message) });
    }

    fn judge_document(
        &self,
        origin: &mut Origin<'a>,
        link: &Link<&str>,
        document: Option<usize>,
        certain: bool,
    ) {
        if let Some(number) = document {
            self.judge_fragment(origin, link, number, certain);
        }
    }

    fn judge_fragment(&self, origin: &mut Origin<'a>, link: &Link<&str>, number: usize, certain: bool) {
        let Some(fragment) = link.fragment else { return };
        let fragment = plain_fragment(fragment);
        let Some(anchors) = self.index.anchors(number) else { return };
        if anchors.has(&fragment) {
            return;
        }
        let here = number == origin.number;
        let builder = origin.site.map(|site| site.builder.name);
        if builder == Some("docfx") && (fragment.starts_with(b"tab/") || self.is_included(number, &fragment))
        {
            return;
        }
        if is_line_fragment(&fragment) && !here {
            return;
        }
        let document = self.index.documents()[number];
        let format = document.format;
        // Sphinx makes anchors of much besides titles, and a book of AsciiDoc has those of all its chapters.
        let site_there = self.sites.of(document.path.as_bytes());
        let is_built_there =
            format == "restructuredtext" && site_there.is_some_and(|site| site.builder.name == "sphinx");
        let is_in_book = format == "asciidoc" && self.index.is_in_any_asciidoc(&fragment);
        let is_filled_in =
            self.index.documents()[origin.number].format == "asciidoc" && fragment.contains(&b'{');
        let unsure = is_built_there || is_in_book || is_filled_in || (builder == Some("sphinx") && here);
        let certain = certain && !unsure;
        match self.in_drawn_text(number, &fragment).filter(|_| certain) {
            None => return origin.unverified(link),
            Some(true) => return,
            Some(false) => {}
        }
        let place =
            if here { "this document".to_owned() } else { format!("'{}'", shown(document.path.as_bytes())) };
        let message = format!("no heading or anchor '{}' in {place}", shown(&fragment));
        // What builds the page may add anchors that the text does not show.
        let is_built = origin.site.is_some() || format != "markdown";
        let alike = anchors.in_other_case(&fragment);
        let meant = alike.or_else(|| anchors.near(&fragment, &mut origin.budget)).map(escape_target);
        let verdict = Verdict {
            suggestion: meant.as_deref().map(|meant| as_written(link.target, Some(meant))),
            fix: alike.and(meant.as_deref()).and_then(|meant| origin.fix_fragment(link, meant)),
            severity: is_built.then_some(Severity::Warning),
            ..Verdict::new("missing-anchor", message)
        };
        origin.add(link, verdict);
    }

    /// Whether a document whose text `number` takes in has the anchor; `None` where it cannot be told.
    fn in_drawn_text(&self, number: usize, fragment: &[u8]) -> Option<bool> {
        let drawn = self.index.drawn_in(number)?;
        for part in drawn.iter() {
            if self.index.anchors(*part)?.has(fragment) {
                return Some(true);
            }
        }
        let nothing_deeper =
            drawn.iter().all(|part| self.index.drawn_in(*part).is_some_and(|deeper| deeper.is_empty()));
        nothing_deeper.then_some(false)
    }

    /// Whether a document that `number` includes has the anchor: the included text becomes part of the page.
    fn is_included(&self, number: usize, fragment: &[u8]) -> bool {
        // A panic elsewhere cannot leave the map half-changed.
        let known = self.included.lock().unwrap_or_else(PoisonError::into_inner).get(&number).cloned();
        let included = known.unwrap_or_else(|| {
            let found: Arc<[usize]> = self.includes_of(number).into();
            self.included.lock().unwrap_or_else(PoisonError::into_inner).insert(number, Arc::clone(&found));
            found
        });
        included
            .iter()
            .any(|included| self.index.anchors(*included).is_none_or(|anchors| anchors.has(fragment)))
    }

    /// The documents that `number` includes, by their number; the first ones where they are very many.
    fn includes_of(&self, number: usize) -> Vec<usize> {
        let document = self.index.documents()[number];
        let path = document.path.as_bytes();
        let site = self.sites.of(path);
        let mut numbers = Vec::new();
        for link in document.links.iter() {
            if !link.target.contains("includes/") && !link.target.contains("include/") {
                continue;
            }
            let included = match self.resolver.resolve(parent(path), site, link.target, false) {
                Resolution::Found { found, .. }
                | Resolution::WrongCase { found, .. }
                | Resolution::WrongSlash { found, .. } => found.document,
                _ => None,
            };
            numbers.extend(included.filter(|included| !numbers.contains(included)));
            if numbers.len() == MOST_INCLUDES {
                break;
            }
        }
        numbers
    }
}

/// Whether `text` has more than punctuation: `[=]()` and `[]()` are code.
fn says_something(text: &str) -> bool {
    text.chars().any(|sign| sign.is_ascii_alphanumeric() || !sign.is_ascii())
}
