//! The rules in force in a folder: which ignore files are read, and which of them wins.
//!
//! Three kinds, the strongest first: `.cdeignore`, `.ignore`, and git's own (`.gitignore`, then
//! `$GIT_COMMON_DIR/info/exclude`, then the file that `core.excludesFile` names). Within a kind the deeper file wins, and
//! within a file the last pattern that matches. The first kind that says anything about an entry decides, so that `!build/`
//! in `.ignore` brings back what `.gitignore` ignores. What git ignores and yet tracks is kept; the other two kinds exclude
//! tracked files as well.

use std::sync::Arc;

use crate::attributes::{AttributeList, Macros, Settled, matters};
use crate::ignore::{DirectoryView, PatternList};
use crate::tree::Tags;

/// What the rules say about an entry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Verdict {
    /// It is in scope.
    Kept,
    /// Git ignores it, unless it is tracked.
    IgnoredByGit,
    /// `.ignore` or `.cdeignore` excludes it.
    Ignored,
}

/// A list and how many bytes of a path from the top of the repository lead to its folder.
#[derive(Debug)]
pub(crate) struct Scope<T> {
    pub(crate) base: usize,
    pub(crate) list: T,
}

type Chain<T> = Vec<Arc<Scope<T>>>;

/// Every list in force, by kind, the weakest of each kind first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    pub(crate) cde: Chain<PatternList>,
    pub(crate) ignore: Chain<PatternList>,
    pub(crate) git: Chain<PatternList>,
    pub(crate) attributes: Chain<AttributeList>,
    /// Stronger than those of any folder.
    pub(crate) info_attributes: Option<Arc<AttributeList>>,
    pub(crate) macros: Arc<Macros>,
    /// Whether any of the lists says something of the attributes that make tags.
    pub(crate) attributes_matter: bool,
}

impl Rules {
    /// Adds what a `.gitattributes` in the folder at `base` says, which the top of a repository or `info` may let it do for
    /// the whole of it.
    pub(crate) fn add_attributes(&mut self, base: usize, content: &[u8], fold: bool, info: bool) {
        let macros = Arc::make_mut(&mut self.macros);
        let list = AttributeList::parse(content, macros, fold, info || base == 0);
        if info {
            self.info_attributes = Some(Arc::new(list));
        } else {
            self.attributes.push(Arc::new(Scope { base, list }));
        }
        let lists = self.attributes.iter().map(|scope| &scope.list).chain(self.info_attributes.as_deref());
        self.attributes_matter = matters(lists, &self.macros);
    }

    /// For a folder that git ignores: what is tracked in it is kept whatever git's patterns say.
    pub(crate) fn without_git(self: &Arc<Self>) -> Arc<Self> {
        if self.git.is_empty() {
            Arc::clone(self)
        } else {
            Arc::new(Self { git: Vec::new(), ..(**self).clone() })
        }
    }
}

/// A list as seen from a folder, and where its own folder's path ends.
type View<'a> = (usize, DirectoryView<'a>);

/// The rules as seen from one folder.
pub(crate) struct DirectoryRules<'a> {
    rules: &'a Rules,
    /// The strongest first; `own` of them are not git's.
    views: Vec<View<'a>>,
    own: usize,
    fold: bool,
}

impl<'a> DirectoryRules<'a> {
    /// The rules for entries of `folder`, its path from the top, empty or with a trailing slash.
    pub(crate) fn new(rules: &'a Rules, folder: &[u8], fold: bool) -> Self {
        let mut views = Vec::new();
        collect_views(&rules.cde, folder, &mut views);
        collect_views(&rules.ignore, folder, &mut views);
        let own = views.len();
        collect_views(&rules.git, folder, &mut views);
        Self { rules, views, own, fold }
    }

    /// What the rules say about the entry of this folder whose path from the top is `path` and whose last component
    /// begins at `name_start`.
    pub(crate) fn verdict(&self, path: &[u8], name_start: usize, is_directory: bool) -> Verdict {
        if self.views.is_empty() {
            return Verdict::Kept;
        }
        let name = &path[name_start..];
        let folded = if self.fold { name.to_ascii_lowercase() } else { Vec::new() };
        for (place, (base, view)) in self.views.iter().enumerate() {
            match view.decide(name, &path[*base..], &folded, is_directory) {
                None => {}
                Some(false) => return Verdict::Kept,
                Some(true) if place < self.own => return Verdict::Ignored,
                Some(true) => return Verdict::IgnoredByGit,
            }
        }
        Verdict::Kept
    }

    /// `tags`, which come from the folder, with what attributes say about the file at `path`.
    pub(crate) fn tags(&self, path: &[u8], name_start: usize, tags: Tags) -> Tags {
        if !self.rules.attributes_matter {
            return tags;
        }
        let name = &path[name_start..];
        let mut settled = Settled::new(&self.rules.macros);
        if let Some(list) = &self.rules.info_attributes {
            settled.ask(list, name, path);
        }
        for scope in self.rules.attributes.iter().rev() {
            settled.ask(&scope.list, name, &path[scope.base..]);
        }
        settled.apply(tags)
    }
}

fn collect_views<'a>(chain: &'a Chain<PatternList>, folder: &[u8], views: &mut Vec<View<'a>>) {
    for scope in chain.iter().rev() {
        let below = &folder[scope.base..];
        if let Some(view) = scope.list.view(below.strip_suffix(b"/").unwrap_or(below)) {
            views.push((scope.base, view));
        }
    }
}
