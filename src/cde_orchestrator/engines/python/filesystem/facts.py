"""What a content teaches: its digest, its lines, its encoding, its language. The twin of ``cde_filesystem::facts``."""

from __future__ import annotations

import hashlib

from .decode import Utf8Check, mark_of
from .language import HEAD_BYTES, binary_by_name, language_of_name, language_of_text
from .tree import FileFacts

__all__ = ["FactsScan", "facts_of"]

_BINARY_PROBE = 8 * 1024
"""A NUL among these first bytes makes a file binary."""

_PACKABLE = (b".js", b".mjs", b".cjs", b".css")
"""Machine-packed scripts and style sheets have at least 1 KiB, and more than 300 bytes a line on average."""


def facts_of(path: bytes, content: bytes) -> FileFacts:
    """The facts of a whole content."""
    scan = FactsScan(path)
    scan.feed(content)
    return scan.finish()


class FactsScan:
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
        """Takes the next piece."""
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
        if self._binary and binary_by_name(self._path) is not True:
            # A compiled catalogue or object that shares its extension with a language is no text in that language.
            self._language = None
        elif self._binary or wide:
            self._language = language_of_name(self._path)
        else:
            self._language = language_of_text(self._path, head[:HEAD_BYTES])

    def _count_units(self, text: bytes, encoding: str) -> None:
        even = len(text) - len(text) % 2
        self._line_feeds += text[:even].decode(encoding, "surrogatepass").count("\n")
        self._last = text[even:] or text[-2:] or self._last

    def finish(self) -> FileFacts:
        """The facts of everything fed."""
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
