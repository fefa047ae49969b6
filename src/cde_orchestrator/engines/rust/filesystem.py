"""The filesystem capability over the core."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from functools import cached_property
from typing import Any, overload

import cde_rust_core as core

from ...domain.envelope import Answer, EngineInfo
from ...domain.files import Change, DuplicateGroup, FileRecord, LanguageSummary, SnapshotEntry, TextFile
from ...domain.options import FileFilter, TreeOptions
from ...ports.control import CancelToken, Progress
from ...ports.filesystem import Tree
from .answer import RustAnswer, translated

__all__ = ["RustFilesystemEngine", "RustListing", "RustSnapshot", "core_token", "core_tree"]


def core_tree(tree: Tree) -> core.Tree:
    """The core's tree, which only this engine can have opened."""
    if not isinstance(tree, core.Tree):
        raise TypeError(f"the tree was opened by another engine: {type(tree).__name__}")
    return tree


def core_token(cancel: CancelToken | None) -> core.CancelToken | None:
    """The core's token behind ``cancel``; ``new_cancel_token`` makes no other kind where the core is there."""
    if cancel is not None and not isinstance(cancel, core.CancelToken):
        raise TypeError(f"a token made by new_cancel_token() is needed, not {type(cancel).__name__}")
    return cancel


class RustListing(RustAnswer[FileRecord]):
    """A listing, which can also be written as paths without making an object for each."""

    def __init__(self, listing: core.Listing, engine: EngineInfo) -> None:
        super().__init__(listing.answer, engine)
        self._listing = listing

    def write_paths(self, *, raw: bool) -> bytes:
        """Every path in escaped form and a newline, or as raw bytes and NUL."""
        return self._listing.write_paths(raw)


class SnapshotEntries(Sequence[SnapshotEntry]):
    """The entries of a snapshot that stays in the core: a comparison in this process makes no object of any of them."""

    def __init__(self, items: core.Items, snapshot_in_core: core.Snapshot) -> None:
        self._items = items
        self.snapshot_in_core = snapshot_in_core

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> SnapshotEntry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[SnapshotEntry]: ...
    def __getitem__(self, index: int | slice) -> SnapshotEntry | Sequence[SnapshotEntry]:
        found: SnapshotEntry | Sequence[SnapshotEntry] = self._items[index]
        return found

    def __iter__(self) -> Iterator[SnapshotEntry]:
        return iter(self._items)


class RustSnapshot(RustAnswer[SnapshotEntry]):
    """A snapshot that stays in the core for a comparison in the same process."""

    def __init__(self, snapshot: core.Snapshot, engine: EngineInfo) -> None:
        super().__init__(snapshot.answer, engine)
        self.snapshot_in_core = snapshot

    @cached_property
    def items(self) -> Sequence[SnapshotEntry]:
        """The entries."""
        return SnapshotEntries(self.core.items, self.snapshot_in_core)


def _comparable(before: Sequence[SnapshotEntry]) -> Any:
    if isinstance(before, SnapshotEntries):
        return before.snapshot_in_core
    return [astuple(entry) for entry in before]


class RustFilesystemEngine:
    """Implements :class:`~cde_orchestrator.ports.filesystem.FilesystemEngine`."""

    def __init__(self, engine: EngineInfo) -> None:
        self._engine = engine

    @translated
    def open_tree(
        self,
        root: str,
        options: TreeOptions,
        *,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Tree:
        """Walks ``root`` once."""
        return core.open_tree(
            root,
            hidden=options.hidden,
            ignore=options.ignore,
            vendored=options.vendored,
            follow=options.follow,
            max_depth=options.max_depth,
            cancel=core_token(cancel),
            progress=progress,
        )

    @translated
    def list_files(self, tree: Tree, query: FileFilter, *, cancel: CancelToken | None = None) -> RustListing:
        """The files of ``tree`` that pass ``query``."""
        listing = core.list_files(
            core_tree(tree),
            globs=query.globs,
            excludes=query.excludes,
            types=query.types,
            min_size=query.min_size,
            max_size=query.max_size,
            changed_after_ns=query.changed_after_ns,
            name=query.name,
            name_kind=query.name_kind,
            details=query.details,
            hash=query.hash,
            cancel=core_token(cancel),
        )
        return RustListing(listing, self._engine)

    @translated
    def tree_summary(
        self, tree: Tree, *, cancel: CancelToken | None = None, progress: Progress | None = None
    ) -> Answer[LanguageSummary]:
        """Counts by language and folder."""
        return RustAnswer(
            core.tree_summary(core_tree(tree), cancel=core_token(cancel), progress=progress), self._engine
        )

    @translated
    def read_text(self, path: str, *, max_bytes: int) -> Answer[TextFile]:
        """One file as text."""
        return RustAnswer(core.read_text(path, max_bytes=max_bytes), self._engine)

    @translated
    def duplicates(
        self, tree: Tree, *, min_size: int, cancel: CancelToken | None = None, progress: Progress | None = None
    ) -> Answer[DuplicateGroup]:
        """Groups of equal content."""
        answer = core.duplicates(core_tree(tree), min_size=min_size, cancel=core_token(cancel), progress=progress)
        return RustAnswer(answer, self._engine)

    @translated
    def snapshot(
        self, tree: Tree, *, cancel: CancelToken | None = None, progress: Progress | None = None
    ) -> RustSnapshot:
        """What to remember to tell later what changed."""
        return RustSnapshot(core.snapshot(core_tree(tree), cancel=core_token(cancel), progress=progress), self._engine)

    @translated
    def changes_since(
        self,
        tree: Tree,
        before: Sequence[SnapshotEntry],
        *,
        taken_ns: int,
        cancel: CancelToken | None = None,
    ) -> Answer[Change]:
        """What differs from the snapshot taken at ``taken_ns``."""
        answer = core.changes_since(core_tree(tree), _comparable(before), taken_ns=taken_ns, cancel=core_token(cancel))
        return RustAnswer(answer, self._engine)
