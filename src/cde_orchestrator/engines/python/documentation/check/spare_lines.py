"""Lines that can be emptied without changing what is around them: definitions that have no effect."""

from __future__ import annotations

import re

from .....domain.documents import Definition
from .....domain.findings import Fix

__all__ = ["SpareLines"]

_LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\n|\r|$)")
_DEFINITION = re.compile(rb"\[([^\[\]\\]+)\]:[ \t]+([^ \t]+)[ \t]*")


class SpareLines:
    """The lines of a document whose bytes are ``content``; of none where that is not known."""

    __slots__ = ("_last", "_lines")

    def __init__(self, content: bytes | None) -> None:
        self._lines = [] if content is None else [(line.start(1), line[1]) for line in _LINE.finditer(content)]
        filled = [number for number, (_, line) in enumerate(self._lines) if line.strip(b" \t")]
        self._last = filled[-1] if filled else -1

    def fix(self, definition: Definition, target: str) -> Fix | None:
        """Empties the line of a link's definition if the definition is all of it.

        Only at the left margin, before a blank line, another definition or the end, and where another definition stands
        above or nothing but blank lines below: a definition may be what keeps two lists apart.
        """
        number = definition.line - 1
        if definition.kind != "link" or definition.title is not None or not 0 <= number < len(self._lines):
            return None
        start, line = self._lines[number]
        written = _DEFINITION.fullmatch(line)
        if written is None or written[2] != target.encode("utf-8", "surrogatepass"):
            return None
        label = definition.label.encode("utf-8", "surrogatepass")
        if not written[1].isascii() or written[1].lower() != label.lower():
            return None
        above = self._lines[number - 1][1] if number else b""
        below = self._lines[number + 1][1] if number + 1 < len(self._lines) else b""
        if not all(_DEFINITION.fullmatch(other) or not other.strip(b" \t") for other in (above, below)):
            return None
        if number < self._last and _DEFINITION.fullmatch(above) is None:
            return None
        return Fix(start, start + len(line), "")
