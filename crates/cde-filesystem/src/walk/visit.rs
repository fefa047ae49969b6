//! Visiting one folder: which of its entries are in scope, and which folders come next.

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use cde_core::CoreError;
use rustix::io::Errno;

use super::Folder;
use super::assemble::{Item, ItemKind};
use super::scan::{Found, Kind, scan};
use super::share::Worker;
use crate::open;
use crate::repository::is_nested_repository;
use crate::rule_files::{Present, SPECIAL_NAMES, Wanted};
use crate::rules::{DirectoryRules, Rules, Verdict};
use crate::tree::Tags;
use crate::vendored::{inner_tags, outer_tags};

/// Names that tell something about the folder they are in.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "four names, each of which is there or not")]
struct Signs {
    git: bool,
    present: Present,
    pyvenv_cfg: bool,
    cachedir_tag: bool,
    cargo_toml: bool,
}

/// Why an entry is passed over.
const HIDDEN: &str = "hidden";
const SPECIAL_FILE: &str = "special-file";
const IGNORED: &str = "ignored";
const NESTED_REPOSITORY: &str = "nested-repository";
const DEPTH_LIMIT: &str = "depth-limit";

impl Worker<'_, '_> {
    /// Notes what is in scope in `folder` and puts the folders below it on the stack. Returns how many entries it has.
    pub(super) fn visit(&mut self, folder: &Folder) -> usize {
        let names_before = self.buffers.names.len();
        self.buffers.found.clear();
        if !self.read(folder) {
            return 0;
        }
        let found = std::mem::take(&mut self.buffers.found);
        let count = found.len();
        let signs = self.signs(&found);
        if signs.git && !folder.path.is_empty() && self.scope.options.ignore && self.is_nested(folder) {
            self.skipped.add_parts(NESTED_REPOSITORY, &folder.path[..folder.path.len() - 1], b"");
            self.buffers.names.truncate(names_before);
        } else {
            self.choose(folder, &found, &signs, names_before);
        }
        self.buffers.found = found;
        self.scope.context.progress.advance(count as u64);
        count
    }

    /// Reads the entries; what cannot be read is noted unless it is gone.
    fn read(&mut self, folder: &Folder) -> bool {
        let opened: io::Result<OwnedFd> = if folder.path.is_empty() {
            self.scope.root.try_clone_to_owned()
        } else {
            let path = &folder.path[..folder.path.len() - 1];
            open::folder_below(self.scope.root, path, folder.linked)
        };
        let Err(error) = opened.and_then(|descriptor| scan(&descriptor, &mut self.buffers)) else {
            return true;
        };
        if !matches!(Errno::from_io_error(&error), Some(Errno::NOENT | Errno::NOTDIR | Errno::LOOP)) {
            let path = folder.path.strip_suffix(b"/").unwrap_or(b".");
            let message = CoreError::from_io(&error, Path::new("")).message;
            self.scope.loader.problem(path, None, "unreadable-directory", message);
        }
        !self.buffers.found.is_empty()
    }

    fn signs(&self, found: &[Found]) -> Signs {
        let mut signs = Signs::default();
        for entry in found {
            let name = &self.buffers.names[entry.start..entry.start + entry.length];
            match name.first() {
                Some(b'.') => {
                    if name == b".git" {
                        signs.git = true;
                    } else if matches!(entry.kind, Kind::File | Kind::Symlink)
                        && let Some(place) = SPECIAL_NAMES.iter().position(|special| *special == name)
                    {
                        signs.present[place] = true;
                    }
                }
                Some(b'p') => signs.pyvenv_cfg |= name == b"pyvenv.cfg",
                Some(b'C') => {
                    signs.cachedir_tag |= name == b"CACHEDIR.TAG";
                    signs.cargo_toml |= name == b"Cargo.toml";
                }
                _ => {}
            }
        }
        signs
    }

    fn is_nested(&self, folder: &Folder) -> bool {
        let git_dir = self.scope.repository.map(|repository| repository.git_dir.as_path());
        let path = self.real_path(&folder.path[..folder.path.len() - 1]);
        if !is_nested_repository(&path, git_dir) {
            return false;
        }
        self.scope.repository.is_none()
            || !self.scope.index.has_below(&[self.scope.prefix, &folder.path].concat())
    }

    fn real_path(&self, path: &[u8]) -> PathBuf {
        self.scope.real_root.join(std::ffi::OsStr::from_bytes(path))
    }

    fn enter(&self, folder: &Folder, signs: &Signs) -> Arc<Rules> {
        if signs.present == Present::default() {
            return Arc::clone(&folder.rules);
        }
        let wanted = Wanted { ignore: self.scope.options.ignore, git: !folder.tracked_only };
        self.scope.loader.enter(&folder.rules, &folder.path, signs.present, wanted)
    }

    /// Whether git tracks the entry at `path` (from the top) or, if it is a folder, something in it.
    fn is_tracked(&self, path: &mut Vec<u8>, kind: Kind) -> bool {
        let index = &self.scope.index;
        if kind != Kind::Folder {
            return index.tracks(path);
        }
        path.push(b'/');
        let below = index.has_below(path);
        path.pop();
        below || index.submodules().contains(&path[..])
    }

    fn choose(&mut self, folder: &Folder, found: &[Found], signs: &Signs, names_before: usize) {
        let scope = self.scope;
        let options = scope.options;
        let rules = self.enter(folder, signs);
        let mut path = std::mem::take(&mut self.buffers.path);
        path.clear();
        path.extend_from_slice(scope.prefix);
        path.extend_from_slice(&folder.path);
        let folder_end = path.len();
        let view = DirectoryRules::new(&rules, &path, scope.loader.fold);
        let own_name = last_component(&folder.path);
        let own_tags = folder.tags.union(inner_tags(own_name, signs.pyvenv_cfg, signs.cachedir_tag));
        let mut outside_git: Option<Arc<Rules>> = None;
        let mut items = self.contents.begin();
        let mut kept_end = names_before;
        for entry in found {
            let Found { start, length, kind } = *entry;
            path.truncate(folder_end);
            path.extend_from_slice(&self.buffers.names[start..start + length]);
            let name = &path[folder_end..];
            if name == b".git" || (scope.loader.fold && name.eq_ignore_ascii_case(b".git")) {
                continue;
            }
            if folder.tracked_only && !self.is_tracked(&mut path, kind) {
                continue;
            }
            let name = &path[folder_end..];
            if !options.hidden && name[0] == b'.' {
                self.skipped.add_parts(HIDDEN, &folder.path, name);
                continue;
            }
            if kind == Kind::Special {
                self.skipped.add_parts(SPECIAL_FILE, &folder.path, name);
                continue;
            }
            if kind == Kind::Folder && scope.is_submodule(&path) {
                self.skipped.add_parts(NESTED_REPOSITORY, &folder.path, name);
                continue;
            }
            let enters = kind == Kind::Folder
                || (kind == Kind::Symlink
                    && options.follow
                    && !folder.linked
                    && self.leads_inside(&folder.path, name));
            let verdict = view.verdict(&path, folder_end, enters);
            let tracked = verdict == Verdict::IgnoredByGit && self.is_tracked(&mut path, kind);
            let name = &path[folder_end..];
            if verdict != Verdict::Kept && (kind == Kind::Folder || !tracked) {
                self.skipped.add_parts(IGNORED, &folder.path, name);
                if !tracked {
                    continue;
                }
            }
            let (item, tags) = if !enters || (tracked && kind == Kind::Symlink) {
                let item = if kind == Kind::Symlink { ItemKind::Symlink } else { ItemKind::File };
                (item, view.tags(&path, folder_end, own_tags))
            } else if options.max_depth.is_some_and(|limit| folder.depth >= limit) {
                self.skipped.add_parts(DEPTH_LIMIT, &folder.path, name);
                continue;
            } else {
                let id = self.ids.fetch_add(1, Ordering::Relaxed);
                let tracked_only = folder.tracked_only || tracked;
                let inner = if tracked_only {
                    Arc::clone(outside_git.get_or_insert_with(|| rules.without_git()))
                } else {
                    Arc::clone(&rules)
                };
                self.stack.push(Folder {
                    id,
                    path: [&*folder.path, name, b"/"].concat().into(),
                    depth: folder.depth + 1,
                    rules: inner,
                    tags: own_tags.union(outer_tags(name, signs.cargo_toml)),
                    tracked_only,
                    linked: folder.linked || kind == Kind::Symlink,
                });
                (ItemKind::Folder(id), Tags::NONE)
            };
            // Names that are in scope move together; what was passed over in between is overwritten.
            self.buffers.names.copy_within(start..start + length, kept_end);
            items.push(Item { start: kept_end, length, kind: item, tags });
            kept_end += length;
        }
        self.buffers.names.truncate(kept_end);
        self.contents.end(folder.id, items, &self.buffers.names);
        self.buffers.path = path;
    }

    /// Whether the link leads to a folder inside the root, and neither back to one above it nor into `.git`.
    fn leads_inside(&self, folder: &[u8], name: &[u8]) -> bool {
        let link = self.real_path(&[folder, name].concat());
        let Ok(target) = link.canonicalize() else { return false };
        if !target.is_dir() {
            return false;
        }
        let Ok(inside) = target.strip_prefix(self.scope.real_root) else { return false };
        let enters_git = inside.components().any(|part| part.as_os_str() == ".git");
        !inside.as_os_str().is_empty() && !enters_git && !link.starts_with(&target)
    }
}

fn last_component(folder: &[u8]) -> &[u8] {
    let path = folder.strip_suffix(b"/").unwrap_or(folder);
    memchr::memrchr(b'/', path).map_or(path, |slash| &path[slash + 1..])
}
