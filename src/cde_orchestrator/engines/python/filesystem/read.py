"""Reading files: the one place where contents are opened, counted and hashed. The twin of ``cde_filesystem::read``.

Whoever reads a file of a tree does it here, so that its limits, its facts and its problems are the same for every
capability, and a file whose facts are known is not read again for them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from typing import Literal

from ....domain.envelope import Completeness, Diagnostic, EngineInfo, Result
from ....domain.files import TextFile, TextSummary
from ....errors import InvalidArgumentError, LimitExceededError
from ....ports.control import CancelToken
from ..control import check_cancelled
from ..digest import hash12, snapshot_id
from ..os_errors import error_from_os, os_failure_message
from .decode import Utf8Check, decode_legacy, mark_of
from .language import HEAD_BYTES, binary_by_name, language_of_name, language_of_text
from .tree import FileFacts, PythonTree

__all__ = ["ReadProblem", "facts_of", "file_facts", "read_file", "read_text", "stream_facts"]

_PIECE = 64 * 1024
_BINARY_PROBE = 8 * 1024
_PACKABLE = (b".js", b".mjs", b".cjs", b".css")
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
            content = _read_up_to(descriptor, max_bytes + 1, cancel)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise ReadProblem.from_os(error) from None
    if len(content) > max_bytes:
        raise too_large
    facts = facts_of(tree.path(index), content)
    tree.remember(index, facts)
    return content, facts


def _read_up_to(descriptor: int, limit: int, cancel: CancelToken | None) -> bytes:
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
    scan = _Scan(path)
    while True:
        try:
            piece = _read_up_to(descriptor, _PIECE, cancel)
        except OSError as error:
            raise ReadProblem.from_os(error) from None
        scan.feed(piece)
        if len(piece) < _PIECE:
            return scan.finish()


def facts_of(path: bytes, content: bytes) -> FileFacts:
    """The facts of a whole content."""
    scan = _Scan(path)
    scan.feed(content)
    return scan.finish()


class _Scan:
    """Learns facts from a content given in pieces; the first piece holds the first 64 KiB or everything."""

    __slots__ = (
        "_binary",
        "_hasher",
        "_language",
        "_last",
        "_line_feeds",
        "_mark",
        "_path",
        "_size",
        "_started",
        "_utf8",
    )

    def __init__(self, path: bytes) -> None:
        self._path = path
        self._hasher = hashlib.sha256()
        self._size = 0
        self._started = False
        self._binary = binary_by_name(path) is True
        self._mark: tuple[str, int] = ("", 0)
        self._language: str | None = None
        self._utf8 = Utf8Check()
        self._line_feeds = 0
        self._last = b""

    def feed(self, piece: bytes) -> None:
        self._hasher.update(piece)
        text = piece
        if not self._started:
            self._start(piece)
            text = piece[self._mark[1] :]
        self._size += len(piece)
        if self._binary:
            return
        if self._mark[0].startswith("utf-16"):
            # Pieces are of even length but for the last, so a pair is never cut.
            self._count_units(text, self._mark[0])
            return
        self._line_feeds += text.count(b"\n")
        self._last = text[-1:] or self._last
        if not self._mark[0]:
            self._utf8.feed(text)

    def _start(self, head: bytes) -> None:
        self._started = True
        self._mark = mark_of(head)
        wide = self._mark[0].startswith("utf-16")
        self._binary = self._binary or (not wide and b"\0" in head[:_BINARY_PROBE])
        self._language = (
            language_of_name(self._path) if self._binary or wide else language_of_text(self._path, head[:HEAD_BYTES])
        )

    def _count_units(self, text: bytes, encoding: str) -> None:
        even = len(text) - len(text) % 2
        self._line_feeds += text[:even].decode(encoding, "surrogatepass").count("\n")
        self._last = text[even:] or text[-2:] or self._last

    def finish(self) -> FileFacts:
        if not self._started:
            self._start(b"")
        name, length = self._mark
        ended = {"utf-16-le": b"\n\0", "utf-16-be": b"\0\n"}.get(name, b"\n")
        open_line = self._size > length and self._last != ended
        lines = 0 if self._binary else self._line_feeds + open_line
        encoding = "" if self._binary else name or self._utf8.finish()
        packable = self._path.endswith(_PACKABLE) and self._size >= 1024
        minified = not self._binary and packable and self._size > 300 * max(lines, 1)
        digest = f"sha256:{self._hasher.hexdigest()}"
        return FileFacts(self._size, digest, lines, self._binary, encoding, minified, self._language)


def read_text(path: str, max_bytes: int, engine: EngineInfo) -> Result[TextFile]:
    """One file as text, decoded as :func:`~.decode.decode_legacy` does. Schema ``cde.files.read/1``.

    A link is followed, since the caller named it. Raises ``LimitExceededError`` beyond ``max_bytes``,
    ``InvalidArgumentError`` for a folder, a device and a binary file, and what the operating system reports.
    """
    if "\0" in path:
        raise InvalidArgumentError("a path cannot hold a NUL byte", path=path)
    too_large = LimitExceededError(
        f"the file has more than {max_bytes} bytes", path=path, hint="raise the limit to read it whole"
    )
    raw = os.fsencode(path)
    try:
        descriptor = os.open(raw, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        try:
            metadata = os.fstat(descriptor)
            if not stat.S_ISREG(metadata.st_mode):
                raise InvalidArgumentError("not a regular file", path=path, hint="name a file to read")
            if metadata.st_size > max_bytes:
                raise too_large
            content = _read_up_to(descriptor, max_bytes + 1, None)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise error_from_os(error, path) from None
    if len(content) > max_bytes:
        raise too_large
    facts = facts_of(raw, content)
    if facts.binary:
        raise InvalidArgumentError("the file is binary", path=path, hint="only text can be shown")
    decoded = decode_legacy(content)
    item = TextFile(
        path=path,
        size=facts.size,
        hash=facts.sha256,
        encoding=decoded.encoding,
        bom=decoded.bom,
        line_ending=decoded.line_ending,
        invalid_bytes=decoded.invalid_bytes,
        line_count=facts.lines,
        ref=f"{path}#L1-L{max(facts.lines, 1)}@{hash12(facts.sha256)}",
        text=decoded.text,
    )
    return Result(
        schema="cde.files.read/1",
        engine=engine,
        root=path,
        snapshot=snapshot_id([(raw, facts.size, facts.sha256)]),
        completeness=Completeness("complete", 1),
        summary=TextSummary(1, facts.size, facts.lines),
        items=(item,),
    )
