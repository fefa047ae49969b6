//! The rules of group `links` about targets and fragments, applied to one document.

use std::sync::{Arc, Mutex, PoisonError};

use cde_core::Severity;
use cde_filesystem::Tree;

use super::anchors::{Anchors, last_line, plain_fragment};
use super::formats::is_judged;
use super::graph::{hosted, led_to};
use super::index::{Noted, TreeIndex};
use super::nearest::nearest;
use super::origin::{Origin, Verdict, as_written, shown};
use super::own_urls::OwnUrls;
use super::report::Report;
use super::resolve::{Resolution, Resolver};
use super::site::{Site, Sites};
use super::target::{escape_target, file_name, join, parent};
use crate::hash::Map;
use crate::model::{Link, LinkKind};

/// How many included documents of one are looked at.
const MOST_INCLUDES: usize = 64;
/// Names that stand in many folders, so that the only one left is not the one that was meant.
const COMMON_NAMES: [&[u8]; 10] = [
    b"_index",
    b"agents",
    b"changelog",
    b"claude",
    b"contributing",
    b"index",
    b"license",
    b"readme",
    b"skill",
    b"summary",
];

/// Judges links over one tree.
#[derive(Debug)]
pub(super) struct LinkChecker<'a> {
    index: &'a TreeIndex<'a>,
    sites: &'a Sites,
    site_root: Option<&'a [u8]>,
    resolver: Resolver<'a>,
    own_urls: OwnUrls<'a>,
    /// Whether it is told which documents a document links to.
    follows: bool,
    included: Mutex<Map<usize, Arc<[usize]>>>,
}

impl<'a> LinkChecker<'a> {
    /// `site_root` is the folder that `/x` starts at, where it was configured; `follows` asks for the documents that
    /// each one links to.
    pub fn new(
        tree: &'a Tree,
        index: &'a TreeIndex<'a>,
        sites: &'a Sites,
        site_root: Option<&'a [u8]>,
        follows: bool,
    ) -> Self {
        Self {
            index,
            sites,
            site_root,
            resolver: Resolver::new(index, site_root),
            own_urls: OwnUrls::new(tree, index),
            follows,
            included: Mutex::default(),
        }
    }

    /// Reports what is wrong with the links of the document `number`.
    pub fn check(&self, number: usize, report: Report<'a>) -> Origin<'a> {
        let document = self.index.documents()[number];
        let path = document.path.as_bytes();
        let site = self.sites.of(path).filter(|site| !site.is_apart(path));
        let mut origin = Origin::new(self.index, number, site, report);
        let mut seen: Map<&str, bool> = Map::default();
        for link in document.links.iter() {
            if !is_judged(document.format, &link) {
                // Where such a link leads is not judged, but it does lead there.
                if link.kind == LinkKind::Wiki
                    && let Some(Noted::Only(found)) = self.index.noted(link.target.as_bytes())
                {
                    self.follow(&mut origin, &link, found.document);
                }
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
            if let Some(own) = self.own_urls.locate(link.target) {
                origin.report.links_checked += 1;
                if let Some(label) = label {
                    seen.insert(label, true);
                }
                let judged = self.own_urls.judge(&mut origin, &link, &own);
                self.follow(&mut origin, &link, hosted(self.index, link.target));
                if let Some(document) = judged {
                    self.judge_fragment(&mut origin, &link, document, own.certain);
                }
                continue;
            }
            let resolution = self.resolver.resolve_link(origin.folder, origin.site, document.format, &link);
            let is_local = resolution != Resolution::External;
            origin.report.links_checked += u64::from(is_local);
            if let Some(label) = label {
                seen.insert(label, is_local);
            }
            if self.follows {
                let target = match resolution {
                    Resolution::External => hosted(self.index, link.target),
                    _ => led_to(self.index, &resolution),
                };
                self.follow(&mut origin, &link, target);
            }
            self.judge(&mut origin, &link, resolution);
        }
        origin
    }

    /// Notes that a reader of the document comes to `target`.
    fn follow(&self, origin: &mut Origin<'a>, link: &Link<&str>, target: Option<usize>) {
        if self.follows && !link.image {
            let number = origin.number;
            origin.links_to.extend(target.filter(|target| *target != number));
        }
    }

    fn judge(&self, origin: &mut Origin<'a>, link: &Link<&str>, resolution: Resolution) {
        match resolution {
            Resolution::External => {}
            Resolution::SameDocument => {
                if link.fragment.is_some() {
                    self.judge_fragment(origin, link, origin.number, true);
                } else if link.target.is_empty()
                    && (link.image || says_something(link.text))
                    && !is_draft(origin.site, self.index.documents()[origin.number].path.as_bytes())
                {
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
            Resolution::Found { found, certain, folder } => {
                let itself = found.document == Some(origin.number) && link.fragment.is_none();
                if itself && !link.target.contains('?') {
                    origin.add(link, Verdict::new("self-link", "the link leads to its own document"));
                }
                self.judge_document(origin, link, found.document, certain);
                if let Some(folder) = folder.filter(|_| link.fragment.is_some() && origin.site.is_none()) {
                    self.judge_folder(origin, link, &folder);
                }
            }
        }
    }

    /// A fragment behind a folder: a hosted repository shows the folder's README below the list of its files.
    fn judge_folder(&self, origin: &mut Origin<'a>, link: &Link<&str>, folder: &[u8]) {
        let names = || self.index.names_in(folder);
        let stem =
            |name: &[u8]| memchr::memchr(b'.', name).map_or(name, |dot| &name[..dot]).to_ascii_lowercase();
        let mut shown_there = names().filter(|name| stem(name) == b"readme").peekable();
        let fragment = plain_fragment(link.fragment.unwrap_or_default());
        if names().any(|name| stem(name) == b"index") {
            return origin.unverified(link);
        }
        if shown_there.peek().is_none() {
            let message = format!("the folder '{}' has no README in which an anchor could be", shown(folder));
            let severity = Some(Severity::Warning);
            return origin.add(link, Verdict { severity, ..Verdict::new("missing-anchor", message) });
        }
        let documents: Option<Vec<usize>> =
            shown_there.map(|name| self.index.find(&join(folder, name))?.document).collect();
        let known = documents.as_ref().map(|numbers| {
            numbers.iter().any(|number| self.anchors(*number).is_none_or(|anchors| anchors.has(&fragment)))
        });
        match (known, documents.as_deref()) {
            (Some(true), _) => {}
            (Some(false), Some([only])) => self.judge_fragment(origin, link, *only, true),
            _ => origin.unverified(link),
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
        // What an ignore file means is made by a build.
        if self.index.is_ignored(path) {
            return origin.unverified(link);
        }
        let is_docfx = origin.site.is_some_and(|site| site.builder.name == "docfx");
        if is_docfx && self.index.is_redirected(path) {
            return origin.unverified(link);
        }
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
        let (mut suggestion, mut fix) = (None, None);
        if let Some(meant) = meant {
            let target = origin.target_to(link, &meant, self.site_root);
            suggestion = Some(as_written(&target, link.fragment));
            if !from_root && self.was_moved(origin, link, name, &meant) {
                fix = origin.fix_target(link, &target);
            }
        }
        let severity = from_root.then_some(Severity::Hint);
        origin.add(link, Verdict { suggestion, fix, severity, ..Verdict::new("missing-file", message) });
    }

    /// Whether `meant`, the only file called `name`, is certainly what the link led to before it was moved.
    fn was_moved(&self, origin: &Origin<'a>, link: &Link<&str>, name: &[u8], meant: &[u8]) -> bool {
        let Some(dot) = memchr::memrchr(b'.', name) else { return false };
        let stem = name[..dot].to_ascii_lowercase();
        let Some(found) = self.index.find(meant) else { return false };
        if COMMON_NAMES.contains(&stem.as_slice()) || file_name(meant) != name {
            return false;
        }
        let is_tolerated = origin.site.is_some_and(|site| site.builder.tolerant);
        if found.document == Some(origin.number) || is_tolerated {
            return false;
        }
        let Some(fragment) = link.fragment else { return true };
        let anchors = found.document.and_then(|document| self.anchors(document));
        anchors.is_some_and(|anchors| anchors.has(&plain_fragment(fragment)))
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
        let Some(anchors) = self.anchors(number) else { return };
        if anchors.has(&fragment) {
            return;
        }
        let here = number == origin.number;
        let builder = origin.site.map(|site| site.builder.name);
        if builder == Some("docfx") && (fragment.starts_with(b"tab/") || self.is_included(number, &fragment))
        {
            return;
        }
        if !here && last_line(&fragment).is_some() {
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
        let document = self.index.documents()[number];
        let target_site = self.sites.of(document.path.as_bytes());
        if let Some(site) = target_site.filter(|site| site.builder.name == "mkdocs") {
            match self.index.attribute_ids(number, site.links_items) {
                None => return origin.unverified(link),
                Some(ids) if ids.contains(&*fragment) => return,
                Some(_) => {}
            }
        }
        let place =
            if here { "this document".to_owned() } else { format!("'{}'", shown(document.path.as_bytes())) };
        let message = format!("no heading or anchor '{}' in {place}", shown(&fragment));
        // What builds the page may add anchors that the text does not show. Front matter tells that something builds it.
        let is_built = origin.site.is_some() || format != "markdown" || document.front_matter.is_some();
        let alike = anchors.in_other_case(&fragment);
        let meant = alike.or_else(|| anchors.near(&fragment, &mut origin.budget)).map(escape_target);
        let verdict = Verdict {
            suggestion: meant.as_deref().map(|meant| as_written(link.target, Some(meant))),
            fix: alike.and(meant.as_deref()).and_then(|meant| origin.fix_fragment(link, meant)),
            severity: if target_site.is_some_and(|site| site.has_hooks) {
                Some(Severity::Hint)
            } else {
                // Hosted repositories find one that differs in case all the same.
                (is_built || alike.is_some()).then_some(Severity::Warning)
            },
            ..Verdict::new("missing-anchor", message)
        };
        origin.add(link, verdict);
    }

    fn anchors(&self, number: usize) -> Option<&Anchors<'a>> {
        let path = self.index.documents()[number].path.as_bytes();
        self.index.anchors(number, self.sites.slugs_of(path), self.sites.builder_of(path))
    }

    /// Whether a document whose text `number` takes in has the anchor; `None` where it cannot be told.
    fn in_drawn_text(&self, number: usize, fragment: &[u8]) -> Option<bool> {
        let drawn = self.index.drawn_in(number)?;
        for part in drawn.iter() {
            if self.anchors(*part)?.has(fragment) {
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
        included.iter().any(|included| self.anchors(*included).is_none_or(|anchors| anchors.has(fragment)))
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

/// Whether a link without a target is a chapter that is not written yet: in the summary of a book.
fn is_draft(site: Option<&Site>, path: &[u8]) -> bool {
    file_name(path) == b"SUMMARY.md"
        && site.is_some_and(|site| matches!(site.builder.name, "mdbook" | "gitbook"))
}

/// Whether `text` has more than punctuation: `[=]()` and `[]()` are code.
fn says_something(text: &str) -> bool {
    text.chars().any(|sign| sign.is_ascii_alphanumeric() || !sign.is_ascii())
}
