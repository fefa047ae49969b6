"""The walk over the directories of a tree. The twin of ``cde_filesystem::walk``.

Inside a git repository the files found are those of ``git ls-files --cached --others --exclude-standard`` that are
regular files or links on disk. Folders that are ignored are not entered, except where git tracks something below: there
the tracked files are listed and nothing else is looked at. Other repositories inside this one are passed over, as git
does. With ``ignore=False`` git is not asked at all, and everything but ``.git`` is listed.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from dataclasses import dataclass
from enum import IntEnum

from ....domain.envelope import Diagnostic, Skipped
from ....domain.options import TreeOptions
from ....errors import InvalidArgumentError
from ....ports.control import CancelToken, Progress
from ..control import check_cancelled
from ..os_errors import error_from_os, os_failure_message
from .account import SkipCounter
from .files import open_below
from .git_config import GitConfig, config_home, read_git_config
from .git_index import GitIndex, GitIndexError, parse_index, read_index_bytes
from .repository import Repository, find_repository, is_nested_repository
from .rules import SPECIAL_NAMES, DirectoryRules, RuleLoader, Rules, Verdict
from .vendored import Tags, inner_tags, outer_tags

__all__ = ["Walked", "walk"]

_ROOT_IGNORED = (
    "this folder is itself ignored by the repository around it; with --no-ignore everything in it is in scope"
)


class _Kind(IntEnum):
    FILE = 0
    SYMLINK = 1
    DIRECTORY = 2
    SPECIAL = 3


_FILE, _SYMLINK, _DIRECTORY, _SPECIAL = _Kind


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk found: paths sorted by bytes and, in the same order, whether each is a link, and its tags."""

    real_root: bytes
    paths: list[bytes]
    symlinks: bytearray
    tags: bytearray
    skipped: tuple[Skipped, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Folder:
    """A folder to visit: ``path`` from the root, empty or with a trailing slash.

    ``tracked_only`` is set in what git ignores, ``linked`` below a link that was followed.
    """

    path: bytes
    depth: int
    rules: Rules
    tags: Tags
    tracked_only: bool
    linked: bool


def walk(root: bytes, options: TreeOptions, cancel: CancelToken | None, progress: Progress | None) -> Walked:
    """Walks ``root``; see :func:`~cde_orchestrator.engines.python.filesystem.tree.open_tree` for the errors."""
    if options.max_depth is not None and options.max_depth < 1:
        raise InvalidArgumentError(f"max_depth must be at least 1, not {options.max_depth}")
    try:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise error_from_os(error, os.fsdecode(root)) from None
    try:
        real_root = os.path.realpath(root, strict=True)
        return _Walk(descriptor, real_root, options, cancel, progress).run()
    except OSError as error:
        raise error_from_os(error, os.fsdecode(root)) from None
    finally:
        os.close(descriptor)


def _kind(entry: os.DirEntry[str], folder: int) -> _Kind | None:
    """What the entry is, or ``None`` if it vanished."""
    if entry.is_file(follow_symlinks=False):
        return _FILE
    if entry.is_dir(follow_symlinks=False):
        return _DIRECTORY
    if entry.is_symlink():
        return _SYMLINK
    try:
        os.stat(entry.name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return None
    return _SPECIAL


class _Walk:
    """One walk; ``run`` visits folders from a stack, so depth costs no recursion."""

    def __init__(
        self,
        descriptor: int,
        real_root: bytes,
        options: TreeOptions,
        cancel: CancelToken | None,
        progress: Progress | None,
    ) -> None:
        self.descriptor = descriptor
        self.real_root = real_root
        self.options = options
        self.cancel = cancel
        self.progress = progress
        self.repository: Repository | None = find_repository(real_root) if options.ignore else None
        self.config = GitConfig()
        if self.repository is not None:
            self.config = read_git_config(self.repository.common_dir, self.repository.git_dir)
        self.fold = self.config.ignore_case
        self.prefix = b"" if self.repository is None else self.repository.prefix
        self.loader = RuleLoader(descriptor, self.prefix, fold=self.fold)
        self.skipped = SkipCounter()
        self.found: list[tuple[bytes, bool, Tags]] = []
        self.stack: list[_Folder] = []
        self.index = self._read_index()

    def run(self) -> Walked:
        start = self._start()
        if start is not None:
            self.stack.append(start)
        told = time.monotonic()
        while self.stack:
            check_cancelled(self.cancel)
            self._visit(self.stack.pop())
            if self.progress is not None and (now := time.monotonic()) - told >= 0.1:
                told = now
                self.progress("walk", len(self.found), None)
        self.found.sort()
        for path, line, message in self.config.problems:
            self.loader.problem(path, line, "git-config-invalid", message)
        return Walked(
            self.real_root,
            [path for path, _, _ in self.found],
            bytearray(link for _, link, _ in self.found),
            bytearray(tags for _, _, tags in self.found),
            self.skipped.finish(),
            tuple(sorted(self.loader.finish(), key=_diagnostic_order)),
        )

    def _read_index(self) -> GitIndex:
        """The index; empty where there is none or it cannot be read."""
        if self.repository is not None:
            git_dir = self.repository.git_dir
            try:
                content = read_index_bytes(git_dir)
                if content is not None:
                    hash_bytes = 32 if self.config.object_format == b"sha256" else 20
                    return parse_index(content, git_dir, hash_bytes=hash_bytes)
            except (OSError, GitIndexError) as error:
                said = os_failure_message(error) if isinstance(error, OSError) else str(error)
                message = f"the index of git cannot be read: {said}"
                self.loader.problem(os.path.join(git_dir, b"index"), None, "git-index-invalid", message)
        return GitIndex([], frozenset())

    def _start(self) -> _Folder | None:
        """The root with the rules from above it, or ``None`` if it lies in a folder that is not looked into."""
        rules = Rules()
        if self.repository is None:
            return _Folder(b"", 1, rules, Tags.NONE, False, False)
        excludes = self.config.excludes_file
        if excludes is None and (home := config_home()) is not None:
            excludes = os.path.join(home, b"ignore")
        if excludes:
            rules = self.loader.exclude_file(rules, os.path.join(self.repository.top, excludes))
        info = os.path.join(self.repository.common_dir, b"info")
        rules = self.loader.exclude_file(rules, os.path.join(info, b"exclude"))
        rules = self.loader.attributes_file(rules, os.path.join(info, b"attributes"))
        if any(self.prefix.startswith(path + b"/") for path in self.index.submodules):
            # A submodule that was never set up: its folder is there, and git does not look into it.
            self.skipped.add("nested-repository", b".")
            return None
        verdict, rules = self._descend(self.repository.top, rules)
        if verdict is not Verdict.KEPT:
            self.skipped.add("ignored", b".")
            self.loader.problem(b".", None, "root-ignored", _ROOT_IGNORED)
        if verdict is Verdict.IGNORED or (
            verdict is Verdict.IGNORED_BY_GIT and not self.index.has_below(self.prefix[:-1])
        ):
            return None
        return _Folder(b"", 1, rules, Tags.NONE, verdict is Verdict.IGNORED_BY_GIT, False)

    def _descend(self, top: bytes, rules: Rules) -> tuple[Verdict, Rules]:
        """What the rules say about the folders from the top to the root, and the rules in force above the root."""
        reached = Verdict.KEPT
        folder = b""
        for name in self.prefix.split(b"/")[:-1]:
            rules = self.loader.enter_above(rules, top, folder, git=reached is Verdict.KEPT)
            verdict = DirectoryRules(rules, folder, fold=self.fold).verdict(name, True)
            if verdict is Verdict.IGNORED:
                return verdict, rules
            if verdict is Verdict.IGNORED_BY_GIT:
                reached, rules = verdict, rules.without_git()
            folder += name + b"/"
        return reached, rules

    def _list(self, folder: _Folder) -> dict[bytes, _Kind] | None:
        """The entries of a folder with what they are, or ``None`` if it cannot be read or is gone."""
        entries: dict[bytes, _Kind] = {}
        try:
            if folder.path:
                follow = folder.linked
                descriptor = open_below(self.descriptor, folder.path[:-1], directory=True, follow=follow)
            else:
                descriptor = os.dup(self.descriptor)
            try:
                with os.scandir(descriptor) as listing:
                    for entry in listing:
                        kind = _kind(entry, descriptor)
                        if kind is not None:
                            entries[os.fsencode(entry.name)] = kind
            finally:
                os.close(descriptor)
        except OSError as error:
            if error.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
                path = folder.path[:-1] or b"."
                self.loader.problem(path, None, "unreadable-directory", os_failure_message(error))
            if not entries:
                return None
        return entries

    def _visit(self, folder: _Folder) -> None:
        entries = self._list(folder)
        if entries is None:
            return
        options = self.options
        path = folder.path
        full = self.prefix + path
        if path and options.ignore and b".git" in entries and self._is_nested(folder):
            self.skipped.add("nested-repository", path[:-1])
            return
        rules = self._enter(folder, entries)
        view = DirectoryRules(rules, full, fold=self.fold)
        own_tags = folder.tags | inner_tags(path[:-1].rpartition(b"/")[2], entries)
        for name, kind in entries.items():
            if name == b".git" or (self.fold and name.lower() == b".git"):
                continue
            at = path + name
            if folder.tracked_only and not self._is_tracked(full + name, kind):
                continue
            if not options.hidden and name.startswith(b"."):
                self.skipped.add("hidden", at)
                continue
            if kind is _SPECIAL:
                self.skipped.add("special-file", at)
                continue
            if kind is _DIRECTORY and full + name in self.index.submodules:
                self.skipped.add("nested-repository", at)
                continue
            enters = kind is _DIRECTORY or (
                kind is _SYMLINK and options.follow and not folder.linked and self._leads_inside(at)
            )
            verdict = view.verdict(name, enters)
            tracked = verdict is Verdict.IGNORED_BY_GIT and self._is_tracked(full + name, kind)
            if verdict is not Verdict.KEPT and (kind is _DIRECTORY or not tracked):
                self.skipped.add("ignored", at)
                if not tracked:
                    continue
            if not enters or (tracked and kind is _SYMLINK):
                self.found.append((at, kind is _SYMLINK, view.tags(name, own_tags)))
            elif options.max_depth is not None and folder.depth >= options.max_depth:
                self.skipped.add("depth-limit", at)
            else:
                tracked_only = folder.tracked_only or tracked
                self.stack.append(
                    _Folder(
                        at + b"/",
                        folder.depth + 1,
                        rules.without_git() if tracked_only else rules,
                        own_tags | outer_tags(name, entries),
                        tracked_only,
                        folder.linked or kind is _SYMLINK,
                    )
                )

    def _enter(self, folder: _Folder, entries: dict[bytes, _Kind]) -> Rules:
        present = [name for name in SPECIAL_NAMES if entries.get(name, _SPECIAL) <= _SYMLINK]
        if not present:
            return folder.rules
        return self.loader.enter(
            folder.rules, folder.path, present, ignore=self.options.ignore, git=not folder.tracked_only
        )

    def _is_tracked(self, full: bytes, kind: _Kind) -> bool:
        if kind is _DIRECTORY:
            return self.index.has_below(full) or full in self.index.submodules
        return self.index.tracks(full)

    def _is_nested(self, folder: _Folder) -> bool:
        git_dir = None if self.repository is None else self.repository.git_dir
        if not is_nested_repository(os.path.join(self.real_root, folder.path[:-1]), git_dir):
            return False
        return self.repository is None or not self.index.has_below(self.prefix + folder.path[:-1])

    def _leads_inside(self, path: bytes) -> bool:
        """Whether the link leads to a folder inside the root, and neither back to one above it nor into ``.git``."""
        link = os.path.join(self.real_root, path)
        try:
            target = os.path.realpath(link, strict=True)
            if not stat.S_ISDIR(os.stat(target).st_mode):
                return False
        except OSError:
            return False
        inside = os.path.join(self.real_root, b"")
        if not target.startswith(inside) or b".git" in target[len(inside) :].split(b"/"):
            return False
        return not link.startswith(target + b"/")


def _diagnostic_order(one: Diagnostic) -> tuple[bytes, int, str, str]:
    return os.fsencode(one.path), one.line or 0, one.code, one.message
