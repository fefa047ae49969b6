//! Which git repository a folder belongs to.
//!
//! Follows git's own search: from the folder upwards, `.git` as a folder or as a file that names one, not across a file
//! system border and not above `GIT_CEILING_DIRECTORIES`. Whatever `core.worktree` or `GIT_DIR` say is not looked at: the
//! files asked about are those at the path that was asked about.

use std::collections::HashSet;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

use crate::open;

const MAX_SMALL_FILE: u64 = 1 << 20;

/// A repository with a worktree. All paths are absolute and without links.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    /// The worktree's folder.
    pub(crate) top: PathBuf,
    /// The worktree's own git folder.
    pub(crate) git_dir: PathBuf,
    /// The git folder that linked worktrees share.
    pub(crate) common_dir: PathBuf,
    /// The path from the top to the folder asked about, empty or with a trailing slash.
    pub(crate) prefix: Vec<u8>,
}

fn read_small(path: &Path) -> Option<Vec<u8>> {
    open::read_named(path, MAX_SMALL_FILE).ok()
}

fn trim_line_end(content: &[u8]) -> &[u8] {
    let end = content.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
    &content[..end]
}

fn until_zero(content: &[u8]) -> &[u8] {
    memchr::memchr(0, content).map_or(content, |zero| &content[..zero])
}

fn common_dir(git_dir: &Path) -> PathBuf {
    let Some(content) = read_small(&git_dir.join("commondir")) else { return git_dir.to_path_buf() };
    let target = until_zero(trim_line_end(&content));
    open::real_path_or_self(&git_dir.join(OsStr::from_bytes(target)))
}

fn has_head(git_dir: &Path) -> bool {
    let path = git_dir.join("HEAD");
    let Ok(status) = fs::symlink_metadata(&path) else { return false };
    if status.is_symlink() {
        return fs::read_link(&path).is_ok_and(|target| target.as_os_str().as_bytes().starts_with(b"refs/"));
    }
    let Some(content) = read_small(&path) else { return false };
    if let Some(target) = content.strip_prefix(b"ref:") {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        let begin = target.iter().position(|byte| !is_space(byte)).unwrap_or(target.len());
        if target[begin..].starts_with(b"refs/") {
            return true;
        }
    }
    content.len() >= 40 && content[..40].iter().all(u8::is_ascii_hexdigit)
}

/// Whether `path` looks like a git folder: a valid `HEAD`, `objects` and `refs`.
fn is_git_dir(path: &Path) -> bool {
    if !has_head(path) {
        return false;
    }
    let common = common_dir(path);
    ["objects", "refs"].iter().all(|name| access(common.join(name), Access::EXEC_OK).is_ok())
}

/// The git folder that the file `path` names, if it is one.
fn follow_git_file(path: &Path) -> Option<PathBuf> {
    let content = read_small(path)?;
    let target = until_zero(trim_line_end(content.strip_prefix(b"gitdir: ")?));
    if target.is_empty() {
        return None;
    }
    let git_dir = path.parent()?.join(OsStr::from_bytes(target));
    is_git_dir(&git_dir).then(|| open::real_path_or_self(&git_dir))
}

/// Whether `folder`, which has an entry `.git`, is the top of a repository other than that of `git_dir`.
pub(crate) fn is_nested_repository(folder: &Path, git_dir: Option<&Path>) -> bool {
    let path = folder.join(".git");
    let Ok(status) = fs::metadata(&path) else { return false };
    let found = if status.is_file() { follow_git_file(&path).is_some() } else { is_git_dir(&path) };
    found && git_dir.is_none_or(|git_dir| open::real_path_or_self(&path) != git_dir)
}

fn ceilings() -> HashSet<PathBuf> {
    let mut resolve = true;
    let mut found = HashSet::new();
    let list = env::var_os("GIT_CEILING_DIRECTORIES").unwrap_or_default();
    for path in list.as_bytes().split(|byte| *byte == b':') {
        if path.is_empty() {
            // What follows an empty entry is taken literally, so that slow file systems are not touched.
            resolve = false;
        } else if path[0] == b'/' {
            let path = Path::new(OsStr::from_bytes(path));
            found.insert(if resolve { open::real_path_or_self(path) } else { path.components().collect() });
        }
    }
    found
}

impl Repository {
    /// The repository whose worktree holds `folder`, which is absolute and without links.
    ///
    /// `None` outside of any, in a bare repository or a `.git` folder, and below a `.git` file that leads nowhere.
    pub(crate) fn find(folder: &Path) -> Option<Self> {
        let ceilings = ceilings();
        let device = fs::metadata(folder).ok()?.dev();
        let mut current = folder;
        loop {
            let path = current.join(".git");
            if fs::metadata(&path).is_ok_and(|status| status.is_file()) {
                return follow_git_file(&path).and_then(|git_dir| Self::new(folder, current, git_dir));
            }
            if is_git_dir(&path) {
                return Self::new(folder, current, open::real_path_or_self(&path));
            }
            if is_git_dir(current) {
                return None;
            }
            let parent = current.parent()?;
            if ceilings.contains(parent) || fs::metadata(parent).ok()?.dev() != device {
                return None;
            }
            current = parent;
        }
    }

    fn new(folder: &Path, top: &Path, git_dir: PathBuf) -> Option<Self> {
        let mut prefix = folder.strip_prefix(top).ok()?.as_os_str().as_bytes().to_vec();
        if !prefix.is_empty() {
            prefix.push(b'/');
        }
        let common_dir = common_dir(&git_dir);
        Some(Self { top: top.to_path_buf(), git_dir, common_dir, prefix })
    }
}
