"""A walked tree: the paths in scope and what was learnt from each file so far. The twin of ``cde_filesystem::Tree``."""

from __future__ import annotations

import errno
import os
import stat
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ....domain.envelope import Diagnostic, Skipped
from ....domain.options import TreeOptions
from ....errors import InvalidArgumentError
from ....ports.control import CancelToken, Progress
from .files import open_below
from .vendored import Tags
from .walk import Walked, walk

__all__ = ["FileFacts", "FileKind", "PythonTree", "Tags", "open_tree"]

FileKind = Literal["file", "symlink"]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What reading a file once taught: bytes read, their digest, lines of text, and what kind of content it is."""

    size: int
    sha256: str
    lines: int
    binary: bool
    encoding: str
    minified: bool
    language: str | None


class PythonTree:
    """A tree that was walked once.

    Paths are bytes, relative to the root, with ``/``, sorted. An index must be less than ``len(tree)``.
    """

    __slots__ = ("_facts", "_walked", "files", "options", "root")

    def __init__(self, root: str, options: TreeOptions, walked: Walked) -> None:
        self.root = root
        self.options = options
        self.files: list[bytes] = walked.paths
        self._walked = walked
        self._facts: dict[int, FileFacts] = {}

    def __len__(self) -> int:
        return len(self.files)

    @property
    def root_path(self) -> bytes:
        """The root, absolute and without links, so that it holds when the current directory changes."""
        return self._walked.real_root

    def path(self, index: int) -> bytes:
        """The path at ``index``."""
        return self.files[index]

    def kind(self, index: int) -> FileKind:
        """Whether the entry is a file or a link."""
        return "symlink" if self._walked.symlinks[index] else "file"

    def tags(self, index: int) -> Tags:
        """Vendored and generated marks, from where the file lies and from ``.gitattributes``."""
        return Tags(self._walked.tags[index])

    def find(self, path: bytes) -> int | None:
        """The index of ``path``. O(log n)."""
        index = bisect_left(self.files, path)
        return index if index < len(self.files) and self.files[index] == path else None

    def contains_dir(self, path: bytes) -> bool:
        """Whether a file in scope lies below the folder ``path`` (no trailing slash); the empty path is the root."""
        if not path:
            return True
        prefix = path + b"/"
        index = bisect_left(self.files, prefix)
        return index < len(self.files) and self.files[index].startswith(prefix)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Entries passed over: ``ignored``, ``hidden``, ``nested-repository``, ``special-file``, ``depth-limit``.

        A folder that was not entered counts once.
        """
        return self._walked.skipped

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """Folders that could not be read and ignore files that could not be used, sorted."""
        return self._walked.diagnostics

    def facts(self, index: int) -> FileFacts | None:
        """What was learnt from the file, if it was read."""
        return self._facts.get(index)

    def remember(self, index: int, facts: FileFacts) -> None:
        """Keeps what was learnt from the file; the first report stays."""
        self._facts.setdefault(index, facts)

    def open_file(self, index: int) -> int:
        """A descriptor of the file, opened for reading without following a link and without waiting for a writer.

        Raises :class:`OSError` for a link and for whatever is no regular file (any more). The caller closes it.
        """
        root = os.open(self.root_path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            descriptor = open_below(root, self.files[index])
        finally:
            os.close(root)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(errno.EINVAL, "not a regular file")
        return descriptor


def open_tree(
    root: str,
    options: TreeOptions,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> PythonTree:
    """Walks ``root``.

    Raises ``PathNotFoundError``, ``NotADirectoryPathError`` or ``PermissionDeniedError`` if the root cannot be read,
    and ``OperationCancelledError``. Folders below it that cannot be read become diagnostics.
    """
    if "\0" in root:
        raise InvalidArgumentError("a path cannot hold a NUL byte", path=root)
    return PythonTree(root, options, walk(os.fsencode(root), options, cancel, progress))
