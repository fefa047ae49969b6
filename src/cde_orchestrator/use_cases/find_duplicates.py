"""Finding files of equal content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InvalidArgumentError
from .base import PathLike, UseCase, check_tree, root_of

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..domain.files import DuplicateGroup
    from ..domain.options import TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["FindDuplicatesUseCase"]


class FindDuplicatesUseCase(UseCase):
    """Finds groups of files with the same content."""

    def execute(
        self,
        path: PathLike = ".",
        *,
        min_size: int = 1,
        tree: TreeOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[DuplicateGroup]:
        """Groups of equal files of at least ``min_size`` bytes, most wasted bytes first, then by first path."""
        if isinstance(min_size, bool) or not isinstance(min_size, int) or min_size < 0:
            raise InvalidArgumentError(f"min_size must be a whole number of at least 0, not {min_size!r}")
        root, tree = root_of(path), check_tree(tree)
        filesystem = self.engines.filesystem
        walked = filesystem.open_tree(root, tree, cancel=cancel, progress=progress)
        return filesystem.duplicates(walked, min_size=min_size, cancel=cancel, progress=progress)
