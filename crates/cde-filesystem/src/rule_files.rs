//! Reading rule files, and remembering what was wrong with them.

use std::fs::File;
use std::io;
use std::os::fd::BorrowedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cde_core::{CoreError, Diagnostic, RepoPath, Severity};
use rustix::io::Errno;

use crate::ignore::PatternList;
use crate::open;
use crate::rules::{Rules, Scope};

const MAX_RULE_BYTES: u64 = 100 << 20;

/// The names of rule files.
pub(crate) const SPECIAL_NAMES: [&[u8]; 4] = [b".gitignore", b".ignore", b".cdeignore", b".gitattributes"];

/// Which of [`SPECIAL_NAMES`] a folder holds as a file or link.
pub(crate) type Present = [bool; 4];

/// Which kinds of rule files count in a folder.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) ignore: bool,
    pub(crate) git: bool,
}

/// Reads rule files for all threads of a walk.
pub(crate) struct RuleLoader<'a> {
    pub(crate) fold: bool,
    root: BorrowedFd<'a>,
    /// The path from the top of the repository to the root.
    prefix: &'a [u8],
    found: Mutex<Found>,
}

#[derive(Default)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    /// Lists with patterns that may turn out to be too complex.
    read: Vec<(RepoPath, Arc<Scope<PatternList>>)>,
}

impl<'a> RuleLoader<'a> {
    pub(crate) fn new(root: BorrowedFd<'a>, prefix: &'a [u8], fold: bool) -> Self {
        Self { fold, root, prefix, found: Mutex::default() }
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        // Nothing that is pushed can be half pushed.
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a warning about the file `path`.
    pub(crate) fn problem(&self, path: &[u8], line: Option<u32>, code: &'static str, message: String) {
        let path = RepoPath::from_bytes(path);
        let severity = Severity::Warning;
        self.found().diagnostics.push(Diagnostic { path, line, column: None, code, severity, message });
    }

    /// The rules inside `folder` (from the root, empty or with a trailing slash), which holds `present`.
    pub(crate) fn enter(
        &self,
        rules: &Arc<Rules>,
        folder: &[u8],
        present: Present,
        wanted: Wanted,
    ) -> Arc<Rules> {
        let below_top = [self.prefix, folder].concat();
        self.extend(rules, &below_top, folder, present, wanted, &|name| {
            open::file_below(self.root, &[folder, name].concat())
        })
    }

    /// The rules inside `folder` (from the top `top` of the repository), which is above the root.
    pub(crate) fn enter_above(
        &self,
        rules: &Arc<Rules>,
        top: BorrowedFd<'_>,
        top_path: &Path,
        folder: &[u8],
        git: bool,
    ) -> Arc<Rules> {
        let label = [as_folder(top_path).as_slice(), folder].concat();
        let wanted = Wanted { ignore: true, git };
        self.extend(rules, folder, &label, [true; 4], wanted, &|name| {
            open::file_below(top, &[folder, name].concat())
        })
    }

    /// Adds the patterns of a file of git's that speaks about the whole repository; links are followed.
    pub(crate) fn exclude_file(&self, rules: &mut Rules, path: &Path) {
        let label = path.as_os_str().as_bytes();
        if let Some(content) = self.content(label, || open::named_file(path)) {
            rules.git.push(self.scope(label, 0, &content));
        }
    }

    /// Adds the attributes of `info/attributes`, which are stronger than those of any folder.
    pub(crate) fn attributes_file(&self, rules: &mut Rules, path: &Path) {
        if let Some(content) = self.content(path.as_os_str().as_bytes(), || open::named_file(path)) {
            rules.add_attributes(0, &content, self.fold, true);
        }
    }

    fn content(&self, path: &[u8], opened: impl FnOnce() -> io::Result<File>) -> Option<Vec<u8>> {
        let error = match opened().and_then(|file| open::read_whole(&file, MAX_RULE_BYTES)) {
            Ok(content) => return Some(content),
            Err(error) => error,
        };
        let message = match Errno::from_io_error(&error) {
            Some(Errno::NOENT | Errno::NOTDIR) => return None,
            Some(Errno::LOOP) => "a link is not followed to an ignore file".to_owned(),
            Some(Errno::INVAL) => "not a regular file".to_owned(),
            Some(Errno::FBIG) => "larger than 100 MiB".to_owned(),
            _ => CoreError::from_io(&error, Path::new("")).message,
        };
        self.problem(path, None, "ignore-file-unusable", message);
        None
    }

    fn scope(&self, path: &[u8], base: usize, content: &[u8]) -> Arc<Scope<PatternList>> {
        let scope = Arc::new(Scope { base, list: PatternList::parse(content, self.fold) });
        if scope.list.has_globs() {
            self.found().read.push((RepoPath::from_bytes(path), Arc::clone(&scope)));
        }
        scope
    }

    fn extend(
        &self,
        rules: &Arc<Rules>,
        folder: &[u8],
        label: &[u8],
        present: Present,
        wanted: Wanted,
        opened: &dyn Fn(&[u8]) -> io::Result<File>,
    ) -> Arc<Rules> {
        let mut rules = Arc::clone(rules);
        let base = folder.len();
        for (place, name) in SPECIAL_NAMES.into_iter().enumerate() {
            let counts = match place {
                0 => wanted.ignore && wanted.git,
                3 => true,
                _ => wanted.ignore,
            };
            if !(present[place] && counts) {
                continue;
            }
            let path = [label, name].concat();
            let Some(content) = self.content(&path, || opened(name)) else { continue };
            let extended = Arc::make_mut(&mut rules);
            match place {
                0 => extended.git.push(self.scope(&path, base, &content)),
                1 => extended.ignore.push(self.scope(&path, base, &content)),
                2 => extended.cde.push(self.scope(&path, base, &content)),
                _ => extended.add_attributes(base, &content, self.fold, false),
            }
        }
        rules
    }

    /// Everything that was wrong, sorted, including patterns that turned out to be too complex.
    pub(crate) fn finish(&self) -> Vec<Diagnostic> {
        let read = std::mem::take(&mut self.found().read);
        for (path, scope) in read {
            for pattern in scope.list.patterns.iter().filter(|pattern| pattern.is_too_complex()) {
                let message = "the pattern takes too long and matches nothing".to_owned();
                self.problem(path.as_bytes(), Some(pattern.line), "pattern-too-complex", message);
            }
        }
        let mut diagnostics = std::mem::take(&mut self.found().diagnostics);
        diagnostics.sort_unstable();
        diagnostics
    }
}

/// The path with exactly one trailing slash.
fn as_folder(path: &Path) -> Vec<u8> {
    let mut bytes = path.as_os_str().as_bytes().to_vec();
    if bytes.last() != Some(&b'/') {
        bytes.push(b'/');
    }
    bytes
}
