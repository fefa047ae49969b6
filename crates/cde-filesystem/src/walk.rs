//! The walk over the directories of a tree.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use cde_core::{Context, CoreError, Diagnostic, RepoPath, Result, Severity, SkipCounter, Stage};

use crate::options::TreeOptions;
use crate::tree::{Entry, FileKind, PackedPaths, Tags};

/// What a walk found.
#[derive(Debug)]
pub(crate) struct Walked {
    pub(crate) paths: PackedPaths,
    pub(crate) entries: Vec<Entry>,
    pub(crate) skipped: SkipCounter,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Walks `root` on the calling thread.
pub(crate) fn walk(root: &Path, options: &TreeOptions, context: &Context) -> Result<Walked> {
    context.progress.begin(Stage::Walk, 0);
    let mut found: Vec<(Vec<u8>, FileKind)> = Vec::new();
    let mut skipped = SkipCounter::default();
    let mut diagnostics = Vec::new();
    let mut folders = vec![(Vec::new(), 1_u32)];
    while let Some((prefix, depth)) = folders.pop() {
        context.check()?;
        let folder = root.join(std::ffi::OsStr::from_bytes(&prefix));
        let listing = match fs::read_dir(&folder) {
            Ok(listing) => listing,
            Err(error) if prefix.is_empty() => return Err(CoreError::from_io(&error, root)),
            Err(error) => {
                diagnostics.push(Diagnostic {
                    path: RepoPath::from_bytes(&prefix[..prefix.len() - 1]),
                    line: None,
                    column: None,
                    code: "unreadable-directory",
                    severity: Severity::Warning,
                    message: CoreError::from_io(&error, &folder).message,
                });
                continue;
            }
        };
        for entry in listing.flatten() {
            let name = entry.file_name();
            let path = [prefix.as_slice(), name.as_bytes()].concat();
            let Ok(kind) = entry.file_type() else { continue };
            if name == ".git" {
                continue;
            }
            if !options.hidden && name.as_bytes().first() == Some(&b'.') {
                skipped.add("hidden", path.into());
            } else if kind.is_dir() {
                if options.max_depth.is_some_and(|limit| depth >= limit) {
                    skipped.add("depth-limit", path.into());
                } else {
                    folders.push(([path.as_slice(), b"/"].concat(), depth + 1));
                }
            } else if kind.is_file() {
                found.push((path, FileKind::File));
            } else if kind.is_symlink() {
                found.push((path, FileKind::Symlink));
            } else {
                skipped.add("special-file", path.into());
            }
        }
        context.progress.advance(1);
    }
    found.sort_unstable_by(|left, right| left.0.cmp(&right.0));
    diagnostics.sort_unstable();
    let mut paths = PackedPaths::with_capacity(found.len(), found.iter().map(|(path, _)| path.len()).sum());
    let mut entries = Vec::with_capacity(found.len());
    for (path, kind) in &found {
        paths.push(path, b"");
        entries.push(Entry { kind: *kind, tags: Tags::NONE });
    }
    Ok(Walked { paths, entries, skipped, diagnostics })
}
