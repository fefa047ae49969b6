//! The rules of group `links`, applied to one document.

use std::collections::HashSet;

use cde_core::{RepoPath, Severity};

use super::anchors::{is_line_fragment, plain_fragment};
use super::index::{Found, TreeIndex};
use super::nearest::{Budget, nearest};
use super::report::{Remark, Report};
use super::resolve::{Resolution, Resolver};
use super::site::{Site, Sites};
use super::target::{escape_target, file_name, join, parent, relative_target};
use crate::model::{Link, LinkKind};

const LONGEST_SHOWN: usize = 160;

/// Judges links over one tree.
#[derive(Debug)]
pub(super) struct LinkChecker<'a> {
    index: &'a TreeIndex<'a>,
    sites: Sites,
    resolver: Resolver<'a>,
}

/// The document whose links are judged.
struct Origin<'a, 'r> {
    number: usize,
    folder: &'a [u8],
    site: Option<&'a Site>,
    report: &'r mut Report<'a>,
    budget: Budget,
}

impl Origin<'_, '_> {
    fn add(&mut self, link: &Link, rule: &str, message: impl Into<String>) {
        self.add_with(link, rule, message, None, None);
    }

    fn add_with(
        &mut self,
        link: &Link,
        rule: &str,
        message: impl Into<String>,
        suggestion: Option<String>,
        severity: Option<Severity>,
    ) {
        let evidence = as_written(&link.target, link.fragment.as_deref());
        let Link { line, column, .. } = *link;
        let message = message.into();
        self.report.add(rule, Remark { line, column, message, evidence, suggestion, severity });
    }

    fn unverified(&mut self, link: &Link) {
        self.report.links_unverified += 1;
        let message = "only the program that builds the site knows whether the target exists";
        self.add(link, "unverifiable-link", message);
    }

    /// The link's target if it led to `path`, with the link's fragment.
    fn retarget(&self, link: &Link, path: &[u8]) -> String {
        let target = if link.target.starts_with('/') {
            format!("/{}", escape_target(path))
        } else {
            relative_target(self.folder, path)
        };
        as_written(&target, link.fragment.as_deref())
    }
}

impl<'a> LinkChecker<'a> {
    /// `site_root` is the folder that `/x` starts at, where it was configured.
    pub fn new(index: &'a TreeIndex<'a>, site_root: Option<Vec<u8>>) -> Self {
        Self { index, sites: Sites::new(index), resolver: Resolver::new(index, site_root) }
    }

    /// Reports what is wrong with the links of the document `number`.
    pub fn check<'s: 'a>(&'s self, number: usize, report: &mut Report<'a>) -> Budget {
        let document = self.index.documents()[number];
        let path = document.path.as_bytes();
        let folder = parent(path);
        let mut origin =
            Origin { number, folder, site: self.sites.of(path), report, budget: Budget::default() };
        let mut seen: HashSet<&str> = HashSet::new();
        for link in &document.links {
            if matches!(link.kind, LinkKind::Footnote | LinkKind::Wiki) {
                continue;
            }
            let html = link.kind == LinkKind::Html;
            let resolution = self.resolver.resolve(folder, origin.site, &link.target, html);
            if resolution == Resolution::External {
                continue;
            }
            origin.report.links_checked += 1;
            // One finding is enough for all references to a definition: it is mended in one place.
            let by_label =
                matches!(link.kind, LinkKind::Reference | LinkKind::Collapsed | LinkKind::Shortcut);
            if by_label && link.label.as_deref().is_some_and(|label| !seen.insert(label)) {
                continue;
            }
            self.judge(&mut origin, link, resolution);
        }
        origin.budget
    }

    fn judge(&self, origin: &mut Origin<'a, '_>, link: &Link, resolution: Resolution) {
        match resolution {
            Resolution::External => {}
            Resolution::SameDocument if link.fragment.is_none() && link.target.is_empty() => {
                origin.add(link, "empty-target", "the link has no target");
            }
            Resolution::SameDocument => self.judge_fragment(origin, link, origin.number, true),
            Resolution::Unverified => origin.unverified(link),
            Resolution::Machine => origin.add(link, "escapes-root", "the target is a place on one computer"),
            Resolution::Escapes => {
                origin.add(link, "escapes-root", "the target lies outside of the repository");
            }
            Resolution::Missing { path } => self.judge_missing(origin, link, &path, false),
            Resolution::MissingFromRoot { path } => self.judge_missing(origin, link, &path, true),
            Resolution::WrongCase { found, path } => {
                let message = format!("the name differs in case from '{}'", shown(&path));
                let suggestion = origin.retarget(link, &path);
                origin.add_with(link, "wrong-case", message, Some(suggestion), tolerance(origin.site));
                self.judge_target(origin, link, found, true);
            }
            Resolution::WrongSlash { found, path } => {
                let message = "a backslash does not separate folders in a link";
                let suggestion = origin.retarget(link, &path);
                origin.add_with(link, "missing-file", message, Some(suggestion), tolerance(origin.site));
                self.judge_target(origin, link, found, true);
            }
            Resolution::Found { found, certain } => {
                if found.document == Some(origin.number) && link.fragment.is_none() {
                    origin.add(link, "self-link", "the link leads to its own document");
                }
                self.judge_target(origin, link, found, certain);
            }
        }
    }

    fn judge_target(&self, origin: &mut Origin<'a, '_>, link: &Link, found: Found, certain: bool) {
        if let Some(number) = found.document {
            self.judge_fragment(origin, link, number, certain);
        }
    }

    fn judge_missing(&self, origin: &mut Origin<'a, '_>, link: &Link, path: &[u8], from_root: bool) {
        let mut message = format!("no file or folder '{}'", shown(path));
        if from_root {
            message += "; a leading slash means the repository root unless a site root is configured";
        }
        let (folder, name) = (parent(path), file_name(path));
        let moved = match self.index.only_file_named(name) {
            Some(moved) => Some(moved.to_vec()),
            None => {
                nearest(name, self.index.names_in(folder), &mut origin.budget).map(|near| join(folder, near))
            }
        };
        let suggestion = moved.map(|moved| origin.retarget(link, &moved));
        origin.add_with(link, "missing-file", message, suggestion, from_root.then_some(Severity::Hint));
    }

    fn judge_fragment(&self, origin: &mut Origin<'a, '_>, link: &Link, number: usize, certain: bool) {
        let Some(fragment) = link.fragment.as_deref() else { return };
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
        if !certain || (builder == Some("sphinx") && here) {
            origin.unverified(link);
            return;
        }
        if is_line_fragment(&fragment) && !here {
            return;
        }
        let document = self.index.documents()[number];
        let place =
            if here { "this document".to_owned() } else { format!("'{}'", shown(document.path.as_bytes())) };
        let message = format!("no heading or anchor '{}' in {place}", shown(&fragment));
        let near = anchors.suggest(&fragment, &mut origin.budget);
        let suggestion = near.map(|near| as_written(&link.target, Some(&escape_target(near))));
        // What builds the page may add anchors that the text does not show.
        let is_built = origin.site.is_some() || document.format == "mdx";
        origin.add_with(link, "missing-anchor", message, suggestion, is_built.then_some(Severity::Warning));
    }

    /// Whether a document that `number` includes has the anchor: the included text becomes part of the page.
    fn is_included(&self, number: usize, fragment: &[u8]) -> bool {
        let document = self.index.documents()[number];
        let path = document.path.as_bytes();
        let site = self.sites.of(path);
        document
            .links
            .iter()
            .filter(|link| link.target.contains("includes/") || link.target.contains("include/"))
            .filter_map(|link| match self.resolver.resolve(parent(path), site, &link.target, false) {
                Resolution::Found { found, .. }
                | Resolution::WrongCase { found, .. }
                | Resolution::WrongSlash { found, .. } => found.document,
                _ => None,
            })
            .any(|included| self.index.anchors(included).is_none_or(|anchors| anchors.has(fragment)))
    }
}

/// Target and fragment together.
pub(super) fn as_written(target: &str, fragment: Option<&str>) -> String {
    match fragment {
        None => target.to_owned(),
        Some(fragment) => format!("{target}#{fragment}"),
    }
}

/// The severity of a spelling that the site's builder puts up with.
fn tolerance(site: Option<&Site>) -> Option<Severity> {
    site.is_some_and(|site| site.builder.tolerant).then_some(Severity::Hint)
}

/// `path` in a message: escaped, and cut where it is too long to read.
pub(super) fn shown(path: &[u8]) -> String {
    let path = RepoPath::from_bytes(path);
    let text = path.escaped();
    match text.char_indices().nth(LONGEST_SHOWN) {
        None => text.into_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
