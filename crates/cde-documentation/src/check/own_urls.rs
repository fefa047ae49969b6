//! The rules about addresses of the repository's own files on the web.

use cde_core::Severity;
use cde_filesystem::{Presence, Remotes, Tree, read_file};

use super::anchors::{last_line, plain_fragment};
use super::hosting::{Hosting, OwnUrl};
use super::index::TreeIndex;
use super::nearest::nearest;
use super::origin::{Origin, Verdict, as_written, shown};
use super::target::{file_name, join, parent};
use crate::model::Link;

/// The lines of a larger file are not counted.
const MOST_BYTES: u64 = 4 << 20;

/// Judges addresses of the repository's own files.
#[derive(Debug)]
pub(super) struct OwnUrls<'a> {
    tree: &'a Tree,
    index: &'a TreeIndex<'a>,
    hosting: Hosting,
}

impl<'a> OwnUrls<'a> {
    /// Of `tree`, whose entries are in `index`.
    pub fn new(tree: &'a Tree, index: &'a TreeIndex<'a>) -> Self {
        let hosting = Remotes::of(tree.root_path()).map(Hosting::new).unwrap_or_default();
        Self { tree, index, hosting }
    }

    /// What `target` shows of the tree, if it is an address of the repository itself.
    pub fn locate<'t>(&self, target: &'t str) -> Option<OwnUrl<'t>> {
        self.hosting.locate(target)
    }

    /// Reports what is wrong with `link`, which is `own`; the document whose anchors its fragment points at, if any.
    pub fn judge(&self, origin: &mut Origin<'a>, link: &Link<&str>, own: &OwnUrl<'_>) -> Option<usize> {
        let found = self.index.find(&own.path);
        if found.is_none() && self.index.probe(&own.path) == Presence::Missing {
            self.judge_missing(origin, link, own);
            return None;
        }
        let found = found.filter(|found| !found.folder)?;
        let fragment = plain_fragment(link.fragment?);
        let Some(last) = last_line(&fragment) else { return found.document.filter(|_| own.rendered) };
        if origin.report.wants("own-url-line")
            && let Some(lines) = self.lines(&own.path)
            && u64::from(last) > lines
        {
            let message = format!("'{}' ends at line {lines}", shown(&own.path));
            origin.add(link, Verdict::new("own-url-line", message));
        }
        None
    }

    fn judge_missing(&self, origin: &mut Origin<'a>, link: &Link<&str>, own: &OwnUrl<'_>) {
        if !origin.report.wants("own-url-missing") {
            return;
        }
        let (folder, name) = (parent(&own.path), file_name(&own.path));
        let alike = self.index.find_any_case(&own.path).map(|(_, known, _)| known);
        let meant = alike.or_else(|| self.index.only_file_named(name)).map(<[u8]>::to_vec).or_else(|| {
            nearest(name, self.index.names_in(folder), &mut origin.budget).map(|near| join(folder, near))
        });
        let address = meant.map(|meant| self.hosting.address_of(own, &meant));
        let verdict = Verdict {
            suggestion: address.map(|address| as_written(&address, link.fragment)),
            severity: (!own.certain).then_some(Severity::Warning),
            ..Verdict::new(
                "own-url-missing",
                format!("no file or folder '{}' in this repository", shown(&own.path)),
            )
        };
        origin.add(link, verdict);
    }

    /// The lines of the text file at `path`; `None` where it cannot be read, is binary or very large.
    fn lines(&self, path: &[u8]) -> Option<u64> {
        let index = self.tree.find(path)?;
        let facts = match self.tree.facts(index) {
            Some(facts) => facts.clone(),
            None => read_file(self.tree, index, MOST_BYTES, &mut Vec::new()).ok()?,
        };
        (!facts.binary).then_some(facts.lines)
    }
}
