//! The walk over the directories of a tree.
//!
//! Inside a git repository the files found are those of `git ls-files --cached --others --exclude-standard` that are regular
//! files or links on disk. Folders that are ignored are not entered, except where git tracks something below: there the
//! tracked files are listed and nothing else is looked at. Other repositories inside this one are passed over, as git does.
//! With `ignore: false` git is not asked at all, and everything but `.git` is listed.
//!
//! A walk starts on the caller's thread. Once it has seen [`share::ALONE_ENTRIES`] entries and still has folders to visit, the
//! threads of the current rayon pool help. Each worker keeps the names that it finds in a buffer of its own; at the end
//! [`assemble`] goes through the folders in order and writes all paths, sorted, without sorting them as a whole.

mod assemble;
mod scan;
mod share;
mod visit;

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cde_core::{Context, CoreError, Diagnostic, ErrorCode, RepoPath, Result, SkipCounter, Stage};

use crate::git_config::{GitConfig, config_home, read_git_config};
use crate::git_index::{GitIndex, read_index_bytes};
use crate::open;
use crate::options::TreeOptions;
use crate::packed::PackedPaths;
use crate::repository::Repository;
use crate::rule_files::RuleLoader;
use crate::rules::{DirectoryRules, Rules, Verdict};
use crate::tree::{Entry, Tags};

const ROOT_IGNORED: &str = "this folder is itself ignored by the repository around it; with --no-ignore everything in it is in scope";

/// What a walk found.
#[derive(Debug)]
pub(crate) struct Walked {
    pub(crate) root: OwnedFd,
    pub(crate) real_root: PathBuf,
    pub(crate) paths: PackedPaths,
    pub(crate) entries: Vec<Entry>,
    pub(crate) skipped: SkipCounter,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Walks `root`; see [`Tree::open`](crate::Tree::open) for the errors.
pub(crate) fn walk(root: &Path, options: &TreeOptions, context: &Context) -> Result<Walked> {
    if options.max_depth == Some(0) {
        return Err(CoreError::new(ErrorCode::InvalidArgument, "max_depth must be at least 1, not 0"));
    }
    context.progress.begin(Stage::Walk, 0);
    let descriptor = open::root(root).map_err(|error| CoreError::from_io(&error, root))?;
    let real_root = root.canonicalize().map_err(|error| CoreError::from_io(&error, root))?;
    let repository = if options.ignore { Repository::find(&real_root) } else { None };
    let config = repository
        .as_ref()
        .map_or_else(GitConfig::default, |found| read_git_config(&found.common_dir, &found.git_dir));
    let prefix = repository.as_ref().map_or(&[][..], |found| &found.prefix);
    let loader = RuleLoader::new(descriptor.as_fd(), prefix, config.ignore_case);
    let mut scope = Scope {
        root: descriptor.as_fd(),
        real_root: &real_root,
        prefix,
        options,
        context,
        repository: repository.as_ref(),
        index: GitIndex::default(),
        config: &config,
        loader,
    };
    scope.read_index();
    let mut skipped = SkipCounter::default();
    let (paths, entries) = match scope.start(&mut skipped) {
        Some(start) => {
            let workers = share::run(&scope, start)?;
            assemble::assemble(workers, &mut skipped)
        }
        None => (PackedPaths::default(), Vec::new()),
    };
    for problem in &config.problems {
        let message = "the rest of the git configuration cannot be read".to_owned();
        let path = problem.path.as_os_str().as_encoded_bytes();
        scope.loader.problem(path, Some(problem.line), "git-config-invalid", message);
    }
    let diagnostics = scope.loader.finish();
    Ok(Walked { root: descriptor, real_root, paths, entries, skipped, diagnostics })
}

/// A folder to visit.
#[derive(Debug)]
pub(crate) struct Folder {
    /// Where its contents belong; see [`assemble`].
    id: usize,
    /// From the root, empty or with a trailing slash.
    path: Box<[u8]>,
    depth: u32,
    rules: Arc<Rules>,
    tags: Tags,
    /// Git ignores it; only what is tracked counts.
    tracked_only: bool,
    /// It lies below a link that was followed.
    linked: bool,
}

/// What all threads of a walk share.
pub(crate) struct Scope<'a> {
    root: BorrowedFd<'a>,
    real_root: &'a Path,
    /// The path from the top of the repository to the root, empty or with a trailing slash.
    prefix: &'a [u8],
    options: &'a TreeOptions,
    context: &'a Context,
    repository: Option<&'a Repository>,
    config: &'a GitConfig,
    /// Empty where there is none or it cannot be read.
    index: GitIndex,
    loader: RuleLoader<'a>,
}

impl Scope<'_> {
    fn read_index(&mut self) {
        let Some(repository) = self.repository else { return };
        let hash_bytes = if self.config.sha256 { 32 } else { 20 };
        let parsed = match read_index_bytes(&repository.git_dir) {
            Ok(None) => return,
            Ok(Some(content)) => {
                GitIndex::parse(content, &repository.git_dir, hash_bytes).map_err(str::to_owned)
            }
            Err(error) => Err(CoreError::from_io(&error, Path::new("")).message),
        };
        match parsed {
            Ok(index) => self.index = index,
            Err(message) => {
                let path = repository.git_dir.join("index").into_os_string().into_encoded_bytes();
                let message = format!("the index of git cannot be read: {message}");
                self.loader.problem(&path, None, "git-index-invalid", message);
            }
        }
    }

    /// Whether the repository records another one at `path`.
    fn is_submodule(&self, path: &[u8]) -> bool {
        let submodules = self.index.submodules();
        !submodules.is_empty() && submodules.contains(path)
    }

    /// The root with the rules from above it, or `None` if it lies in a folder that is not looked into.
    fn start(&self, skipped: &mut SkipCounter) -> Option<Folder> {
        let mut rules = Rules::default();
        let mut tracked_only = false;
        if let Some(repository) = self.repository {
            let excludes = match &self.config.excludes_file {
                Some(path) => Some(path.clone()),
                None => config_home().map(|home| home.join("ignore").into_os_string().into_encoded_bytes()),
            };
            if let Some(path) = excludes.filter(|path| !path.is_empty()) {
                let path = RepoPath::from(path);
                self.loader.exclude_file(&mut rules, &repository.top.join(path.as_path()));
            }
            let info = repository.common_dir.join("info");
            self.loader.exclude_file(&mut rules, &info.join("exclude"));
            self.loader.attributes_file(&mut rules, &info.join("attributes"));
            if self.is_in_submodule() {
                // A submodule that was never set up: its folder is there, and git does not look into it.
                skipped.add("nested-repository", RepoPath::from_bytes(b"."));
                return None;
            }
            let (verdict, inner) = self.descend(repository, Arc::new(rules));
            if verdict != Verdict::Kept {
                skipped.add("ignored", RepoPath::from_bytes(b"."));
                self.loader.problem(b".", None, "root-ignored", ROOT_IGNORED.to_owned());
            }
            tracked_only = verdict == Verdict::IgnoredByGit;
            if verdict == Verdict::Ignored || (tracked_only && !self.index.has_below(self.prefix)) {
                return None;
            }
            return Some(Folder { tracked_only, ..Self::root_folder(inner) });
        }
        Some(Folder { tracked_only, ..Self::root_folder(Arc::new(rules)) })
    }

    fn root_folder(rules: Arc<Rules>) -> Folder {
        let path = Box::default();
        Folder { id: 0, path, depth: 1, rules, tags: Tags::NONE, tracked_only: false, linked: false }
    }

    fn is_in_submodule(&self) -> bool {
        let slashes = memchr::memchr_iter(b'/', self.prefix);
        slashes.into_iter().any(|slash| self.is_submodule(&self.prefix[..slash]))
    }

    /// What the rules say about the folders from the top to the root, and the rules in force above the root.
    fn descend(&self, repository: &Repository, rules: Arc<Rules>) -> (Verdict, Arc<Rules>) {
        let mut rules = rules;
        let mut reached = Verdict::Kept;
        let Ok(top) = open::root(&repository.top) else { return (reached, rules) };
        let mut start = 0;
        for slash in memchr::memchr_iter(b'/', self.prefix) {
            let folder = &self.prefix[..start];
            let git = reached == Verdict::Kept;
            rules = self.loader.enter_above(&rules, top.as_fd(), &repository.top, folder, git);
            let view = DirectoryRules::new(&rules, folder, self.loader.fold);
            match view.verdict(&self.prefix[..slash], start, true) {
                Verdict::Kept => {}
                Verdict::Ignored => return (Verdict::Ignored, rules),
                Verdict::IgnoredByGit => {
                    reached = Verdict::IgnoredByGit;
                    rules = rules.without_git();
                }
            }
            start = slash + 1;
        }
        (reached, rules)
    }
}
