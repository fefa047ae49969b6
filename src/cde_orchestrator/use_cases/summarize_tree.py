"""Counting a tree by language and folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import PathLike, UseCase, check_tree, root_of

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..domain.files import LanguageSummary
    from ..domain.options import TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["SummarizeTreeUseCase"]


class SummarizeTreeUseCase(UseCase):
    """Counts files, bytes and lines by language and by folder."""

    def execute(
        self,
        path: PathLike = ".",
        *,
        tree: TreeOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[LanguageSummary]:
        """The languages of the tree, most bytes first; the folders are in the summary."""
        root, tree = root_of(path), check_tree(tree)
        filesystem = self.engines.filesystem
        walked = filesystem.open_tree(root, tree, cancel=cancel, progress=progress)
        return filesystem.tree_summary(walked, cancel=cancel, progress=progress)
