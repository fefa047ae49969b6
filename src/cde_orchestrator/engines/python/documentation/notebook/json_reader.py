"""JSON read once from start to end, value by value, of which only what is asked for is built."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

__all__ = ["Broken", "Reader"]

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_STRING: Final = re.compile(r'"((?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+)"')
# What of a string is well-formed, to tell where one ceases to be.
_STRING_START: Final = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+')
_SCALAR: Final = re.compile(
    r"true|false|null|NaN|-?Infinity|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII
)
_ESCAPE: Final = re.compile(r"\\(?:u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})|u(.{4})|(.))")
_PLAIN: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_CLOSES: Final = {"{": "}", "[": "]"}


class Broken(Exception):  # noqa: N818 - it becomes a diagnostic
    """The text is no JSON from ``line`` on."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _unescaped(found: re.Match[str]) -> str:
    if found[1] is not None:
        return chr(0x10000 + ((int(found[1], 16) - 0xD800) << 10) + int(found[2], 16) - 0xDC00)
    if found[3] is not None:
        code = int(found[3], 16)
        return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
    return _PLAIN.get(found[4], found[4])


class Reader:
    """Reads values. ``NaN`` and ``Infinity`` are values, as Python writes them."""

    __slots__ = ("_at", "_count", "_ends", "_text")

    def __init__(self, text: str, line_count: int) -> None:
        self._text = text
        self._at = 0
        self._ends = [found.end() for found in _LINE_END.finditer(text)]
        self._count = max(line_count, 1)

    @property
    def line(self) -> int:
        """The line (from 1) of what comes next."""
        return bisect_right(self._ends, self._at) + 1

    def _broken(self) -> Broken:
        return Broken(min(self.line, self._count))

    def peek(self) -> str:
        """The first character of what comes next, after whitespace; empty at the end."""
        found = _SPACE.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
        return self._text[self._at : self._at + 1]

    def _take(self, wanted: str) -> None:
        if self.peek() != wanted:
            raise self._broken()
        self._at += 1

    def end(self) -> None:
        """Nothing but whitespace follows."""
        if self.peek():
            raise self._broken()

    def _more(self, close: str, *, first: bool) -> bool:
        """Whether another member or element follows, up to ``close``; ``first`` is given before the first one."""
        following = self.peek()
        if following == close:
            self._at += 1
            return False
        if first and following:
            return True
        if first or following != ",":
            raise self._broken()
        self._at += 1
        return True

    def members(self) -> Iterator[str]:
        """The names in an object, whose values have to be read; any other value is passed over."""
        if self.peek() != "{":
            self.skip()
            return
        self._at += 1
        first = True
        while self._more("}", first=first):
            first = False
            key = self.string()
            self._take(":")
            yield key

    def elements(self) -> Iterator[None]:
        """The elements of an array, which have to be read; any other value is passed over."""
        if self.peek() != "[":
            self.skip()
            return
        self._at += 1
        first = True
        while self._more("]", first=first):
            first = False
            yield

    def _raw(self) -> str:
        if self.peek() != '"':
            raise self._broken()
        found = _STRING.match(self._text, self._at)
        if found is None:
            start = _STRING_START.match(self._text, self._at)
            if start is not None:
                self._at = start.end()
            raise self._broken()
        self._at = found.end()
        return found[1]

    def string(self) -> str:
        """A string. Half of a surrogate pair becomes U+FFFD."""
        raw = self._raw()
        return _ESCAPE.sub(_unescaped, raw) if "\\" in raw else raw

    def text(self) -> str | None:
        """A string; ``None`` for any other value, which is passed over."""
        if self.peek() == '"':
            return self.string()
        self.skip()
        return None

    def skip(self) -> None:
        """Passes over a value of any kind and depth, building nothing."""
        # What closes each container that is open.
        opened: list[str] = []
        while True:
            following = self.peek()
            first = following in {"{", "["}
            if first:
                self._at += 1
                opened.append(_CLOSES[following])
            elif following == '"':
                self._raw()
            else:
                found = _SCALAR.match(self._text, self._at)
                if found is None:
                    raise self._broken()
                self._at = found.end()
            while opened:
                if self._more(opened[-1], first=first):
                    if opened[-1] == "}":
                        self._raw()
                        self._take(":")
                    break
                opened.pop()
                first = False
            if not opened:
                return
