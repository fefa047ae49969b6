//! The few settings of git that decide what is ignored.
//!
//! Reads the files that git-config(1) names, in its order: system, global, repository, worktree; follows `include.path` and
//! `includeIf` by `gitdir`, `gitdir/i` and `onbranch`. Only data is taken from them: nothing that they name is run, only
//! regular files are opened, and sizes, depth and number of includes are bounded.

use std::env;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use crate::git_config_syntax::{SyntaxError, parse_config};
use crate::open;
use crate::wildmatch::{Mode, wildmatch};

const MAX_FILE_BYTES: u64 = 1 << 20;
const MAX_INCLUDE_DEPTH: u32 = 10;
const MAX_FILES: u32 = 100;

/// A line of a configuration file beyond which nothing could be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Problem {
    pub(crate) path: PathBuf,
    pub(crate) line: u32,
}

/// Settings in effect.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct GitConfig {
    pub(crate) ignore_case: bool,
    /// `None` where none is set and empty where it is set to nothing.
    pub(crate) excludes_file: Option<Vec<u8>>,
    /// Objects are named by SHA-256.
    pub(crate) sha256: bool,
    pub(crate) problems: Vec<Problem>,
}

fn is_true(value: Option<&[u8]>) -> bool {
    let Some(value) = value else { return true };
    let text = value.to_ascii_lowercase();
    if matches!(&text[..], b"true" | b"yes" | b"on") {
        return true;
    }
    let mut digits = &text[..];
    for unit in [b"k", b"m", b"g"] {
        digits = digits.strip_suffix(unit).unwrap_or(digits);
    }
    while let [b'+' | b'-', rest @ ..] = digits {
        digits = rest;
    }
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) && digits.iter().any(|digit| *digit != b'0')
}

fn variable(name: &str) -> Option<Vec<u8>> {
    env::var_os(name).map(OsString::into_vec)
}

fn non_empty_variable(name: &str) -> Option<Vec<u8>> {
    variable(name).filter(|value| !value.is_empty())
}

fn as_path(bytes: &[u8]) -> &Path {
    Path::new(std::ffi::OsStr::from_bytes(bytes))
}

/// What precedes the last slashes, or all of it if that is nothing but slashes.
fn folder_of(path: &[u8]) -> &[u8] {
    let Some(slash) = memchr::memrchr(b'/', path) else { return b"" };
    let head = &path[..=slash];
    head.iter().rposition(|byte| *byte != b'/').map_or(head, |last| &head[..=last])
}

/// `~/` replaced by the home directory; `None` for another user's home, or without a home directory.
fn expand_home(path: &[u8]) -> Option<Vec<u8>> {
    let Some(rest) = path.strip_prefix(b"~") else { return Some(path.to_vec()) };
    let home = variable("HOME")?;
    matches!(rest.first(), None | Some(b'/')).then(|| [&home, rest].concat())
}

/// The folder of the user's own git files, `$XDG_CONFIG_HOME/git` or `~/.config/git`.
pub(crate) fn config_home() -> Option<PathBuf> {
    if let Some(base) = non_empty_variable("XDG_CONFIG_HOME") {
        return Some(as_path(&base).join("git"));
    }
    non_empty_variable("HOME").map(|home| as_path(&home).join(".config/git"))
}

/// The settings for a repository. Both folders are absolute and without links.
pub(crate) fn read_git_config(common_dir: &Path, git_dir: &Path) -> GitConfig {
    let mut loader = Loader { git_dir, config: GitConfig::default(), worktree_config: false, files: 0 };
    if !is_true(Some(&variable("GIT_CONFIG_NOSYSTEM").unwrap_or_default())) {
        let system = variable("GIT_CONFIG_SYSTEM").unwrap_or_else(|| b"/etc/gitconfig".to_vec());
        loader.load(as_path(&system), 0);
    }
    if let Some(path) = variable("GIT_CONFIG_GLOBAL") {
        loader.load(as_path(&path), 0);
    } else {
        if let Some(folder) = config_home() {
            loader.load(&folder.join("config"), 0);
        }
        if let Some(home) = non_empty_variable("HOME") {
            loader.load(&as_path(&home).join(".gitconfig"), 0);
        }
    }
    loader.load(&common_dir.join("config"), 0);
    if loader.worktree_config {
        loader.load(&git_dir.join("config.worktree"), 0);
    }
    loader.config
}

/// Applies files to one [`GitConfig`].
struct Loader<'a> {
    git_dir: &'a Path,
    config: GitConfig,
    worktree_config: bool,
    files: u32,
}

impl Loader<'_> {
    fn load(&mut self, path: &Path, depth: u32) {
        if self.files >= MAX_FILES || depth > MAX_INCLUDE_DEPTH {
            return;
        }
        self.files += 1;
        let Ok(content) = open::read_named(path, MAX_FILE_BYTES) else { return };
        let parsed = parse_config(&content, &mut |key, value| self.apply(key, value, path, depth));
        if let Err(SyntaxError { line }) = parsed {
            self.config.problems.push(Problem { path: path.to_path_buf(), line });
        }
    }

    fn apply(&mut self, key: &[u8], value: Option<&[u8]>, path: &Path, depth: u32) {
        let value = value.map(|text| memchr::memchr(0, text).map_or(text, |zero| &text[..zero]));
        match (key, value) {
            (b"core.ignorecase", _) => self.config.ignore_case = is_true(value),
            (b"core.excludesfile", Some(file)) => self.config.excludes_file = expand_home(file),
            (b"extensions.objectformat", Some(name)) => {
                self.config.sha256 = name.eq_ignore_ascii_case(b"sha256");
            }
            (b"extensions.worktreeconfig", _) => self.worktree_config = is_true(value),
            (b"include.path", Some(target)) => self.include(target, path, depth),
            (_, Some(target)) => {
                let condition = key.strip_prefix(b"includeif.").and_then(|rest| rest.strip_suffix(b".path"));
                if condition.is_some_and(|condition| self.holds(condition, path)) {
                    self.include(target, path, depth);
                }
            }
            _ => {}
        }
    }

    fn include(&mut self, target: &[u8], path: &Path, depth: u32) {
        if let Some(target) = expand_home(target) {
            // Joined as bytes: a path made of components would lose the `.` and `//` that a diagnostic shows.
            let folder = folder_of(path.as_os_str().as_bytes());
            let separator = if folder.is_empty() || folder.ends_with(b"/") { &b""[..] } else { b"/" };
            let full = if target.starts_with(b"/") { target } else { [folder, separator, &target].concat() };
            self.load(as_path(&full), depth + 1);
        }
    }

    /// Whether the condition of an `includeIf` in the file `path` is true.
    fn holds(&self, condition: &[u8], path: &Path) -> bool {
        let Some(colon) = memchr::memchr(b':', condition) else { return false };
        let (kind, pattern) = (&condition[..colon], &condition[colon + 1..]);
        if pattern.is_empty() {
            return false;
        }
        let mode = Mode { pathname: true, fold: kind == b"gitdir/i" };
        match kind {
            b"onbranch" => self.branch().is_some_and(|branch| {
                let pattern =
                    if pattern.ends_with(b"/") { [pattern, b"**"].concat() } else { pattern.to_vec() };
                wildmatch(&pattern, &branch, mode).unwrap_or(false)
            }),
            b"gitdir" | b"gitdir/i" => self.matches_git_dir(pattern, path, mode),
            _ => false,
        }
    }

    fn branch(&self) -> Option<Vec<u8>> {
        let head = open::read_named(&self.git_dir.join("HEAD"), MAX_FILE_BYTES).ok()?;
        let target = head.strip_prefix(b"ref:")?;
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        let begin = target.iter().position(|byte| !is_space(byte))?;
        let end = target.iter().rposition(|byte| !is_space(byte))?;
        target[begin..=end].strip_prefix(b"refs/heads/").map(<[u8]>::to_vec)
    }

    fn matches_git_dir(&self, pattern: &[u8], path: &Path, mode: Mode) -> bool {
        let mut pattern = pattern.to_vec();
        if pattern.starts_with(b"~/")
            && let Some(home) = non_empty_variable("HOME")
        {
            let home = open::real_path_or_self(as_path(&home));
            pattern = [home.as_os_str().as_bytes(), &pattern[1..]].concat();
        }
        let mut literal = Vec::new();
        if let Some(rest) = pattern.strip_prefix(b"./") {
            // The folder of the including file is compared literally, whatever wildcards its name has.
            let file = open::real_path_or_self(path);
            literal = [folder_of(file.as_os_str().as_bytes()), b"/"].concat();
            pattern = rest.to_vec();
        } else if !pattern.starts_with(b"/") {
            pattern = [b"**/", &pattern[..]].concat();
        }
        if pattern.is_empty() || pattern.ends_with(b"/") {
            pattern.extend_from_slice(b"**");
        }
        let git_dir = self.git_dir.as_os_str().as_bytes();
        let Some((head, tail)) = git_dir.split_at_checked(literal.len()) else { return false };
        let same = if mode.fold { head.eq_ignore_ascii_case(&literal) } else { head == literal };
        same && wildmatch(&pattern, tail, mode).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_has_many_words() {
        for value in [None, Some(&b"Yes"[..]), Some(b"on"), Some(b"1"), Some(b"-2k")] {
            assert!(is_true(value), "{value:?}");
        }
        for value in [&b""[..], b"no", b"0", b"00k", b"maybe", b"k"] {
            assert!(!is_true(Some(value)), "{value:?}");
        }
    }
}
