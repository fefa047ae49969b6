"""Metadata of many files. The twin of ``cde_filesystem::metadata``."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from ....ports.control import CancelToken
from ..control import check_cancelled
from .files import open_below
from .read import ReadProblem
from .tree import PythonTree

__all__ = ["Asker", "Metadata", "metadata_of", "metadata_of_all"]

T = TypeVar("T")

_LEAST, _MOST = -(1 << 63), (1 << 63) - 1
# The kernel refuses longer paths in one call.
_LONGEST_PATH = 3500


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the operating system knows of an entry; times in nanoseconds since 1970, held within 64 bits."""

    size: int
    mtime_ns: int
    ctime_ns: int
    device: int
    inode: int
    regular: bool
    symlink: bool


def metadata_of(raw: os.stat_result) -> Metadata:
    """What ``raw`` says."""
    return Metadata(
        raw.st_size,
        min(max(raw.st_mtime_ns, _LEAST), _MOST),
        min(max(raw.st_ctime_ns, _LEAST), _MOST),
        raw.st_dev,
        raw.st_ino,
        stat.S_ISREG(raw.st_mode),
        stat.S_ISLNK(raw.st_mode),
    )


class Asker:
    """Asks about entries of a tree relative to its opened root. Closed by leaving its ``with`` block.

    A root that cannot be opened any more is a problem of every entry.
    """

    __slots__ = ("_problem", "_root")

    def __init__(self, tree: PythonTree) -> None:
        self._root = -1
        self._problem: ReadProblem | None = None
        try:
            self._root = os.open(tree.root_path, getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            self._problem = ReadProblem.from_os(error)

    def __enter__(self) -> Asker:
        return self

    def __exit__(self, *_: object) -> None:
        if self._root >= 0:
            os.close(self._root)

    def metadata(self, path: bytes) -> Metadata:
        """What is known of the entry at ``path``, the link itself if it is one. Raises :class:`ReadProblem`."""
        return self._ask(path, lambda folder, name: metadata_of(os.stat(name, dir_fd=folder, follow_symlinks=False)))

    def link_target(self, path: bytes) -> bytes:
        """What the link at ``path`` holds. Raises :class:`ReadProblem`."""
        return self._ask(path, lambda folder, name: os.readlink(name, dir_fd=folder))

    def _ask(self, path: bytes, question: Callable[[int, bytes], T]) -> T:
        if self._problem is not None:
            raise self._problem
        try:
            if len(path) <= _LONGEST_PATH or b"/" not in path:
                return question(self._root, path)
            above, _, name = path.rpartition(b"/")
            folder = open_below(self._root, above, directory=True)
            try:
                return question(folder, name)
            finally:
                os.close(folder)
        except OSError as error:
            raise ReadProblem.from_os(error) from None


def metadata_of_all(
    tree: PythonTree, indexes: Iterable[int], cancel: CancelToken | None
) -> Iterator[tuple[int, Metadata | ReadProblem]]:
    """What is known of each entry of ``indexes``, in their order.

    An entry that is gone, or that is neither a file nor a link any more, has the problem ``vanished``.
    """
    with Asker(tree) as asker:
        for index in indexes:
            check_cancelled(cancel)
            try:
                metadata = asker.metadata(tree.path(index))
            except ReadProblem as problem:
                yield index, problem
                continue
            known = metadata.regular or metadata.symlink
            yield index, metadata if known else ReadProblem.vanished()
