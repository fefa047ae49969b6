"""Globs over paths, byte by byte. The twin of ``cde_filesystem::glob``.

======================== ==============================================================
``*``                    any run of bytes without ``/``
``?``                    one byte that is not ``/``
``**`` as a component    any number of components; at the end, at least one; so are more stars
``[a-z_]``, ``[!a]``     one byte in the set or out of it, never ``/``
``{md,rst}``             either; may be nested, and expands to at most 1000 globs
``\\*``                   the byte itself
======================== ==============================================================

A glob without ``/`` is about the file name at every depth, one with ``/`` about the whole path. A leading ``/`` or
``./`` is the root, and ``docs/`` is ``docs/**``.

Each glob becomes a regular expression in which what follows a star is an atomic group: of several stars only the last
can move, so matching takes time proportional to glob times path at worst.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from ....domain.paths import escape_path
from ....errors import InvalidArgumentError

__all__ = ["Glob"]

_LONGEST = 4096
_MOST_ALTERNATIVES = 1000
_DEEPEST_BRACES = 32
_RUN, _SEPARATOR, _DOT = b"*", b"/", rb"\x2e"

_Tokens = tuple[bytes, ...]
"""A star, a slash, or a regular expression for one byte."""


class _RefusedError(Exception):
    """Says what a glob has that it may not."""


class Glob:
    """A compiled glob.

    Raises :class:`InvalidArgumentError` for an unclosed ``[`` or ``{``, a ``\\`` at the end, a named class, a range
    that runs backwards and too many alternatives.
    """

    __slots__ = ("_names", "_paths")

    def __init__(self, text: str) -> None:
        if not text:
            raise InvalidArgumentError("a glob cannot be empty", hint="`*` matches every file name")
        try:
            raw = os.fsencode(text)
            if len(raw) > _LONGEST:
                raise _RefusedError("more than 4096 bytes")
            expanded = _Parser(raw).expand(0)
        except _RefusedError as error:
            raise InvalidArgumentError(
                f"the glob `{escape_path(text)}` has {error}", hint="write `\\` before a byte that stands for itself"
            ) from None
        self._names = _compile([_name(tokens) for tokens in expanded if _SEPARATOR not in tokens])
        self._paths = _compile([_path(tokens) for tokens in expanded if _SEPARATOR in tokens])

    def matches(self, path: bytes) -> bool:
        """Whether the file at ``path`` (relative, with ``/``) matches."""
        if any(pattern.fullmatch(path, path.rfind(b"/") + 1) for pattern in self._names):
            return True
        return any(pattern.fullmatch(path) for pattern in self._paths)


def _compile(sources: Sequence[bytes]) -> list[re.Pattern[bytes]]:
    return [re.compile(source, re.DOTALL) for source in sources]


class _Parser:
    """Reads a glob into tokens, one list for each way through its braces."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._at = 0

    def _peek(self, offset: int = 0) -> bytes:
        return self._text[self._at + offset : self._at + offset + 1]

    def expand(self, depth: int) -> list[_Tokens]:
        """Everything up to the end, or inside of braces up to a ``,`` or ``}``."""
        ways: list[_Tokens] = [()]
        while byte := self._peek():
            if byte in (b",", b"}") and depth > 0:
                break
            if byte == b"{":
                ways = _product(ways, self._braces(depth + 1))
                continue
            if byte == b"[":
                token = self._set()
            else:
                if byte == b"*":
                    token = _RUN
                elif byte == b"?":
                    token = b"[^/]"
                elif byte == b"/":
                    token = _SEPARATOR
                else:
                    if byte == b"\\":
                        self._at += 1
                        byte = self._peek()
                        if not byte:
                            raise _RefusedError("a `\\` at its end")
                    token = _SEPARATOR if byte == b"/" else b"\\x%02x" % byte[0]
                self._at += 1
            ways = [(*way, token) for way in ways]
        return ways

    def _braces(self, depth: int) -> list[_Tokens]:
        if depth > _DEEPEST_BRACES:
            raise _RefusedError("braces nested too deep")
        ways: list[_Tokens] = []
        while True:
            self._at += 1
            ways += self.expand(depth)
            if len(ways) > _MOST_ALTERNATIVES:
                raise _RefusedError("more than 1000 alternatives")
            if not self._peek():
                raise _RefusedError("an unclosed `{`")
            if self._peek() != b",":
                self._at += 1
                return ways

    def _set(self) -> bytes:
        members: set[int] = set()
        self._at += 1
        negated = self._peek() in (b"!", b"^")
        self._at += negated
        start = self._at
        while True:
            byte = self._peek()
            if byte == b"]" and self._at > start:
                break
            if byte == b"[" and self._peek(1) == b":":
                raise _RefusedError("a named class")
            low = high = self._set_byte()
            if self._peek() == b"-" and self._peek(1) not in (b"", b"]"):
                self._at += 1
                high = self._set_byte()
            if high < low:
                raise _RefusedError("a range that runs backwards")
            members.update(range(low, high + 1))
        self._at += 1
        if negated:
            members = set(range(256)) - members
        members.discard(ord("/"))
        if not members:
            return b"(?!)"
        return b"[" + b"".join(b"\\x%02x" % member for member in sorted(members)) + b"]"

    def _set_byte(self) -> int:
        self._at += self._peek() == b"\\"
        byte = self._peek()
        if not byte:
            raise _RefusedError("an unclosed `[`")
        self._at += 1
        return byte[0]


def _product(heads: list[_Tokens], tails: list[_Tokens]) -> list[_Tokens]:
    if len(heads) * len(tails) > _MOST_ALTERNATIVES:
        raise _RefusedError("more than 1000 alternatives")
    return [head + tail for head in heads for tail in tails]


def _split(tokens: _Tokens, separator: bytes) -> list[_Tokens]:
    parts: list[_Tokens] = []
    start = 0
    for at, token in enumerate((*tokens, separator)):
        if token == separator:
            parts.append(tokens[start:at])
            start = at + 1
    return parts


def _name(tokens: _Tokens) -> bytes:
    """The expression for one component: after the first star, each piece is taken where it first occurs."""
    first, *rest = [b"".join(piece) for piece in _split(tokens, _RUN)]
    if not rest:
        return first
    *middle, last = rest
    atomic = b"".join(b"(?>[^/]*?%b)" % piece for piece in middle if piece)
    return b"%b%b[^/]*%b" % (first, atomic, last)


def _path(tokens: _Tokens) -> bytes:
    """The expression for a path: after the first ``**``, each run of components is taken where it first occurs."""
    components = [part for part in _split(tokens, _SEPARATOR) if part and part != (_DOT,)]
    any_depth = [len(part) > 1 and set(part) == {_RUN} for part in components]
    if tokens[-1] == _SEPARATOR:
        components.append((_RUN, _RUN))
        any_depth.append(True)
    if any_depth and any_depth[-1]:
        components.append((_RUN,))
        any_depth.append(False)
    runs: list[list[bytes]] = [[]]
    for part, deep in zip(components, any_depth, strict=True):
        if deep:
            runs.append([])
        else:
            runs[-1].append(_name(part))
    first, *rest = runs
    if not rest:
        return b"/".join(first)
    *middle, last = rest
    source = b"".join(name + b"/" for name in first)
    for run in middle:
        if run:
            source += b"(?>(?:[^/]*/)*?%b)" % b"".join(name + b"/" for name in run)
    return source + b"(?:[^/]*/)*" + b"/".join(last)
