"""Reading files: the one place where contents are opened, counted and hashed. The twin of ``cde_filesystem::read``.

Whoever reads a file of a tree does it here, so that its limits, its facts and its problems are the same for every
capability, and a file whose facts are known is not read again for them.
"""

from __future__ import annotations

import errno
import os
from typing import Literal

from ....domain.envelope import Diagnostic
from ....ports.control import CancelToken
from ..control import check_cancelled
from ..os_errors import os_failure_message
from .exists import presence
from .facts import FactsScan, facts_of
from .files import open_below, read_descriptor
from .tree import FileFacts, PythonTree

__all__ = ["ReadProblem", "file_facts", "read_file", "read_outside_scope", "read_up_to", "stream_facts"]

_PIECE = 64 * 1024
_VANISHED = (errno.ENOENT, errno.ENOTDIR)
_SPECIAL = (errno.ELOOP, errno.ENXIO, errno.EINVAL)

ProblemCode = Literal["unreadable-file", "file-too-large", "vanished"]


class ReadProblem(Exception):  # noqa: N818 - it is caught and turned into a diagnostic, not an error of a call
    """Why one file could not be read as asked."""

    def __init__(self, code: ProblemCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    @classmethod
    def from_os(cls, error: OSError) -> ReadProblem:
        """A file that is gone is normal; a link, FIFO or device in the place of a file is not."""
        if error.errno in _VANISHED:
            return cls.vanished()
        if error.errno in _SPECIAL:
            return cls("unreadable-file", "not a regular file")
        return cls("unreadable-file", os_failure_message(error))

    @classmethod
    def vanished(cls) -> ReadProblem:
        """The file was there when the tree was walked."""
        return cls("vanished", "the file vanished")

    def diagnostic(self, path: bytes) -> Diagnostic | None:
        """The diagnostic to report about ``path``; ``None`` for a file that vanished."""
        if self.code == "vanished":
            return None
        return Diagnostic(os.fsdecode(path), None, None, self.code, "warning", self.message)


def read_file(
    tree: PythonTree, index: int, max_bytes: int, cancel: CancelToken | None = None
) -> tuple[bytes, FileFacts]:
    """The content of the file at ``index``, if it has at most ``max_bytes``, and its facts, which the tree remembers.

    Raises :class:`ReadProblem`; a larger file is not read, and :func:`file_facts` learns its facts without holding it.
    """
    too_large = ReadProblem("file-too-large", f"the file has more than {max_bytes} bytes")
    try:
        descriptor = tree.open_file(index)
        try:
            if os.fstat(descriptor).st_size > max_bytes:
                raise too_large
            content = read_up_to(descriptor, max_bytes + 1, cancel)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise ReadProblem.from_os(error) from None
    if len(content) > max_bytes:
        raise too_large
    facts = facts_of(tree.path(index), content)
    tree.remember(index, facts)
    return content, facts


def read_outside_scope(tree: PythonTree, path: bytes, max_bytes: int) -> bytes | None:
    """The content of the file at ``path``, which may be out of scope (hidden or ignored).

    ``None`` unless it is a regular file inside the root with at most ``max_bytes``.
    """
    if presence(tree.root_path, path) != "file":
        return None
    try:
        root = os.open(tree.root_path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            return read_descriptor(open_below(root, path), max_bytes)
        finally:
            os.close(root)
    except OSError:
        return None


def read_up_to(descriptor: int, limit: int, cancel: CancelToken | None = None) -> bytes:
    """At most ``limit`` bytes from where the open file stands."""
    pieces: list[bytes] = []
    left = limit
    while left > 0:
        check_cancelled(cancel)
        piece = os.read(descriptor, min(left, 16 * _PIECE))
        if not piece:
            break
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def file_facts(tree: PythonTree, index: int, cancel: CancelToken | None = None) -> FileFacts:
    """The facts of the file at ``index``: remembered ones, or learnt by reading it in pieces, whatever its size.

    Raises :class:`ReadProblem`.
    """
    known = tree.facts(index)
    if known is not None:
        return known
    try:
        descriptor = tree.open_file(index)
    except OSError as error:
        raise ReadProblem.from_os(error) from None
    try:
        facts = stream_facts(tree.path(index), descriptor, cancel)
    finally:
        os.close(descriptor)
    tree.remember(index, facts)
    return facts


def stream_facts(path: bytes, descriptor: int, cancel: CancelToken | None = None) -> FileFacts:
    """The facts of an open file, from where it stands. Raises :class:`ReadProblem`."""
    scan = FactsScan(path)
    while True:
        try:
            piece = read_up_to(descriptor, _PIECE, cancel)
        except OSError as error:
            raise ReadProblem.from_os(error) from None
        scan.feed(piece)
        if len(piece) < _PIECE:
            return scan.finish()
