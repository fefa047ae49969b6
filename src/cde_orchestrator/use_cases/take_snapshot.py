"""Remembering a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import PathLike, UseCase, check_tree, root_of

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..domain.files import SnapshotEntry
    from ..domain.options import TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["TakeSnapshotUseCase"]


class TakeSnapshotUseCase(UseCase):
    """Records what is needed to tell later which files changed."""

    def execute(
        self,
        path: PathLike = ".",
        *,
        tree: TreeOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[SnapshotEntry]:
        """One entry a file, by path bytes. Reads every file once."""
        root, tree = root_of(path), check_tree(tree)
        filesystem = self.engines.filesystem
        walked = filesystem.open_tree(root, tree, cancel=cancel, progress=progress)
        return filesystem.snapshot(walked, cancel=cancel, progress=progress)
