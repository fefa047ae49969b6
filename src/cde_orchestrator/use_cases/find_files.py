"""Finding files by name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ..domain.options import FileFilter
from ..errors import InvalidArgumentError
from .base import PathLike, UseCase, check_filter
from .list_files import ListFilesUseCase

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..domain.files import FileRecord
    from ..domain.options import TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["FindFilesUseCase"]


class FindFilesUseCase(UseCase):
    """Finds the files whose name or path matches a glob or a regular expression."""

    def execute(
        self,
        name: str,
        path: PathLike = ".",
        *,
        kind: Literal["glob", "regex"] = "glob",
        tree: TreeOptions | None = None,
        query: FileFilter | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[FileRecord]:
        """The matching files below ``path``, by path bytes. Raises ``InvalidArgumentError`` for a bad pattern."""
        if not isinstance(name, str):
            raise InvalidArgumentError(f"the name to find must be text, not {type(name).__name__}")
        wanted = check_filter(replace(query or FileFilter(), name=name, name_kind=kind))
        return ListFilesUseCase(self.engines).execute(path, tree=tree, query=wanted, cancel=cancel, progress=progress)
