//! The document whose links are judged: adding findings about a link of it, with what to write instead.

use std::cell::OnceCell;

use cde_core::{RepoPath, Severity};

use super::content::target_span;
use super::finding::Fix;
use super::formats::is_markdown;
use super::index::TreeIndex;
use super::nearest::Budget;
use super::report::{Remark, Report};
use super::site::Site;
use super::target::{escape_target, parent, relative_target};
use crate::model::Link;

const LONGEST_SHOWN: usize = 160;

/// Target and fragment together.
pub(super) fn as_written(target: &str, fragment: Option<&str>) -> String {
    match fragment {
        None => target.to_owned(),
        Some(fragment) => format!("{target}#{fragment}"),
    }
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

/// What is said about a link.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub rule: &'static str,
    pub message: String,
    pub suggestion: Option<String>,
    pub fix: Option<Fix>,
    /// Where it differs from the rule's.
    pub severity: Option<Severity>,
}

impl Verdict {
    /// One with nothing to suggest.
    pub fn new(rule: &'static str, message: impl Into<String>) -> Self {
        Self { rule, message: message.into(), ..Self::default() }
    }
}

/// One document, the site it belongs to, and what is found out about its links.
#[derive(Debug)]
pub(super) struct Origin<'a> {
    index: &'a TreeIndex<'a>,
    content: OnceCell<Option<Vec<u8>>>,
    pub number: usize,
    pub folder: &'a [u8],
    pub site: Option<&'a Site>,
    pub report: Report<'a>,
    pub budget: Budget,
    /// The other documents that it links to, in the order of the links, where they are asked for.
    pub links_to: Vec<usize>,
}

impl<'a> Origin<'a> {
    /// The document `number`.
    pub fn new(index: &'a TreeIndex<'a>, number: usize, site: Option<&'a Site>, report: Report<'a>) -> Self {
        let folder = parent(index.documents()[number].path.as_bytes());
        Self {
            index,
            content: OnceCell::new(),
            number,
            folder,
            site,
            report,
            budget: Budget::default(),
            links_to: Vec::new(),
        }
    }

    /// Adds a finding at `link`.
    pub fn add(&mut self, link: &Link<&str>, verdict: Verdict) {
        let Verdict { rule, message, suggestion, fix, severity } = verdict;
        let Link { line, column, .. } = *link;
        let evidence = as_written(link.target, link.fragment);
        self.report.add(
            rule,
            Remark { line, column, message, evidence, suggestion, fix, severity, splits_code: false },
        );
    }

    /// Counts a link that only the builder of the site can judge.
    pub fn unverified(&mut self, link: &Link<&str>) {
        self.report.links_unverified += 1;
        if self.report.wants("unverifiable-link") {
            let message = "only the program that builds the site knows whether the target exists";
            self.add(link, Verdict::new("unverifiable-link", message));
        }
    }

    /// The link's target if it led to `path`: its query and the slashes at its ends stay.
    pub fn target_to(&self, link: &Link<&str>, path: &[u8], site_root: Option<&[u8]>) -> String {
        let (written, query) = link.target.split_at(link.target.find('?').unwrap_or(link.target.len()));
        let slash = if !path.is_empty() && written.ends_with('/') { "/" } else { "" };
        let below = match site_root {
            None | Some(b"") => Some(path),
            Some(root) => path.strip_prefix(root).and_then(|rest| rest.strip_prefix(b"/")),
        };
        match below.filter(|_| link.target.starts_with('/')) {
            Some(below) => format!("/{}{slash}{query}", escape_target(below)),
            None => relative_target(self.folder, path) + slash + query,
        }
    }

    /// Writes `target` in place of the link's target and leaves the fragment; `None` if its place is unsure.
    pub fn fix_target(&self, link: &Link<&str>, target: &str) -> Option<Fix> {
        let (start, _) = self.span(link)?;
        let end = start.checked_add(u32::try_from(link.target.len()).ok()?)?;
        Some(Fix { start, end, replacement: target.to_owned() })
    }

    /// Writes `fragment` in place of the link's fragment; `None` if its place is unsure.
    pub fn fix_fragment(&self, link: &Link<&str>, fragment: &str) -> Option<Fix> {
        let (start, end) = self.span(link)?;
        let start = start.checked_add(u32::try_from(link.target.len() + 1).ok()?)?;
        Some(Fix { start, end, replacement: fragment.to_owned() })
    }

    fn span(&self, link: &Link<&str>) -> Option<(u32, u32)> {
        if !is_markdown(self.index.documents()[self.number].format) {
            return None;
        }
        let content = self.content.get_or_init(|| self.index.content(self.number)).as_deref()?;
        target_span(content, link)
    }
}
