"""What the filesystem capability answers, whichever engine does the work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..domain.envelope import Answer
from ..domain.files import (
    Change,
    DuplicateGroup,
    FileRecord,
    LanguageSummary,
    SnapshotEntry,
    TextFile,
)
from ..domain.options import FileFilter, TreeOptions
from .control import CancelToken, Progress

__all__ = ["FilesystemEngine", "Tree"]


class Tree(Protocol):
    """A walked tree. It belongs to the engine that opened it and remembers what was learnt from files read."""

    @property
    def root(self) -> str:
        """The path that was opened, as given."""

    def __len__(self) -> int:
        """How many files are in scope."""


class FilesystemEngine(Protocol):
    """Listing, finding, reading and comparing files."""

    def open_tree(
        self,
        root: str,
        options: TreeOptions,
        *,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Tree:
        """Walks ``root`` once. Raises ``PathNotFoundError``, ``NotADirectoryPathError``, ``PermissionDeniedError``."""

    def list_files(self, tree: Tree, query: FileFilter, *, cancel: CancelToken | None = None) -> Answer[FileRecord]:
        """The files of ``tree`` that pass ``query``, by path bytes. Schema ``cde.files.list/1``."""

    def tree_summary(
        self, tree: Tree, *, cancel: CancelToken | None = None, progress: Progress | None = None
    ) -> Answer[LanguageSummary]:
        """Counts by language and folder. Schema ``cde.files.tree/1``."""

    def read_text(self, path: str, *, max_bytes: int) -> Answer[TextFile]:
        """One file as text. Schema ``cde.files.read/1``."""

    def duplicates(
        self,
        tree: Tree,
        *,
        min_size: int,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[DuplicateGroup]:
        """Groups of equal content, most wasted bytes first, then by first path. Schema ``cde.files.duplicates/1``."""

    def snapshot(
        self, tree: Tree, *, cancel: CancelToken | None = None, progress: Progress | None = None
    ) -> Answer[SnapshotEntry]:
        """What to remember to tell later what changed. Schema ``cde.files.snapshot/1``."""

    def changes_since(
        self, tree: Tree, before: Sequence[SnapshotEntry], *, taken_ns: int, cancel: CancelToken | None = None
    ) -> Answer[Change]:
        """What differs from the snapshot taken at ``taken_ns``. Schema ``cde.files.changes/1``."""
