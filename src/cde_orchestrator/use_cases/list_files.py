"""Listing the files in scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import PathLike, UseCase, check_filter, check_tree, root_of

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..domain.files import FileRecord
    from ..domain.options import FileFilter, TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["ListFilesUseCase"]


class ListFilesUseCase(UseCase):
    """Lists the files of a tree that pass a filter."""

    def execute(
        self,
        path: PathLike = ".",
        *,
        tree: TreeOptions | None = None,
        query: FileFilter | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[FileRecord]:
        """The files below ``path``, by path bytes. Raises ``CdeError`` if the tree cannot be walked."""
        root, tree, query = root_of(path), check_tree(tree), check_filter(query)
        filesystem = self.engines.filesystem
        walked = filesystem.open_tree(root, tree, cancel=cancel, progress=progress)
        return filesystem.list_files(walked, query, cancel=cancel)
