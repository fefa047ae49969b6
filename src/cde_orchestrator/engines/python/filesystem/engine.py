"""The filesystem capability of the Python engine."""

from __future__ import annotations

from collections.abc import Sequence

from ....domain.envelope import Answer, EngineInfo
from ....domain.files import Change, DuplicateGroup, FileRecord, LanguageSummary, SnapshotEntry, TextFile
from ....domain.options import FileFilter, TreeOptions
from ....ports.control import CancelToken, Progress
from ....ports.filesystem import Tree
from .changes import changes_since
from .duplicates import duplicates
from .list import list_files
from .snapshot import snapshot
from .summary import tree_summary
from .text import read_text
from .tree import PythonTree, open_tree

__all__ = ["PythonFilesystemEngine", "python_tree"]


def python_tree(tree: Tree) -> PythonTree:
    """The tree that only this engine can have opened."""
    if not isinstance(tree, PythonTree):
        raise TypeError(f"the tree was opened by another engine: {type(tree).__name__}")
    return tree


class PythonFilesystemEngine:
    """Implements :class:`~cde_orchestrator.ports.filesystem.FilesystemEngine`."""

    def __init__(self, engine: EngineInfo) -> None:
        self._engine = engine

    def open_tree(
        self,
        root: str,
        options: TreeOptions,
        *,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Tree:
        """Walks ``root`` once."""
        return open_tree(root, options, cancel, progress)

    def list_files(self, tree: Tree, query: FileFilter, *, cancel: CancelToken | None = None) -> Answer[FileRecord]:
        """The files of ``tree`` that pass ``query``."""
        return list_files(python_tree(tree), query, self._engine, cancel)

    def tree_summary(
        self, tree: Tree, *, cancel: CancelToken | None = None, progress: Progress | None = None
    ) -> Answer[LanguageSummary]:
        """Counts by language and folder."""
        return tree_summary(python_tree(tree), self._engine, cancel, progress)

    def read_text(self, path: str, *, max_bytes: int) -> Answer[TextFile]:
        """One file as text."""
        return read_text(path, max_bytes, self._engine)

    def duplicates(
        self, tree: Tree, *, min_size: int, cancel: CancelToken | None = None, progress: Progress | None = None
    ) -> Answer[DuplicateGroup]:
        """Groups of equal content."""
        return duplicates(python_tree(tree), min_size, self._engine, cancel, progress)

    def snapshot(
        self, tree: Tree, *, cancel: CancelToken | None = None, progress: Progress | None = None
    ) -> Answer[SnapshotEntry]:
        """What to remember to tell later what changed."""
        return snapshot(python_tree(tree), self._engine, cancel, progress)

    def changes_since(
        self, tree: Tree, before: Sequence[SnapshotEntry], *, taken_ns: int, cancel: CancelToken | None = None
    ) -> Answer[Change]:
        """What differs from the snapshot taken at ``taken_ns``."""
        return changes_since(python_tree(tree), before, taken_ns, self._engine, cancel)
