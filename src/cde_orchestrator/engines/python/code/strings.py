"""Where a string literal ends. The twin of ``cde_code::strings``.

Python's literals by its reference, section 2.4.1; replacement fields of formatted literals by PEP 701: since 3.12 a
field may hold the quotes of its own literal.
"""

from __future__ import annotations

import re

from .tokens import Tokens

__all__ = ["string_end"]

_TRIPLE = {
    b'"': re.compile(rb'\\.|"""', re.DOTALL),
    b"'": re.compile(rb"\\.|'''", re.DOTALL),
}
_SINGLE = {
    b'"': re.compile(rb'\\(?:\r\n|.)|["\r\n]', re.DOTALL),
    b"'": re.compile(rb"\\(?:\r\n|.)|['\r\n]", re.DOTALL),
}
_FORMATTED = {
    b'"': re.compile(rb'\\(?:\r\n|.)|["\r\n]|\{\{?', re.DOTALL),
    b"'": re.compile(rb"\\(?:\r\n|.)|['\r\n]|\{\{?", re.DOTALL),
}
_IN_FIELD = re.compile(rb"[()\[\]{}\"':]")
_IN_FORMAT = re.compile(rb"[{}\"'\r\n]")
# A field longer than this is taken for text: what follows a lone brace must not be read again and again.
_LONGEST_FIELD = 1000
_DEEPEST_FIELD = 4
# How many bytes of a file may be read in vain for fields that do not close.
_MOST_IN_VAIN = 64 * 1024


def string_end(tokens: Tokens, at: int, prefix: bytes) -> int:
    """The byte behind the literal whose quote stands at ``at``; a literal without an end is reported."""
    source = tokens.source
    quote = source[at : at + 1]
    if source[at : at + 3] == quote * 3:
        for match in _TRIPLE[quote].finditer(source, at + 3):
            if match[0][:1] == quote:
                return match.end()
        tokens.report(at, "a string of several lines is not closed")
        return len(source)
    formatted = (b"f" in prefix or b"t" in prefix) and tokens.read_in_vain < _MOST_IN_VAIN
    end, closed = _Line(source, tokens).end(at, 0, formatted=formatted)
    if not closed:
        tokens.report(at, "a string is not closed")
    return end


class _Line:
    """A literal of one line with the literals in its fields."""

    def __init__(self, source: bytes, tokens: Tokens) -> None:
        self.source = source
        self.tokens = tokens

    def end(self, at: int, depth: int, *, formatted: bool) -> tuple[int, bool]:
        """The end of the literal whose quote stands at ``at``, and whether it has its closing quote."""
        quote = self.source[at : at + 1]
        position = at + 1
        limit = min(at + _LONGEST_FIELD, len(self.source))
        while match := (_FORMATTED if formatted else _SINGLE)[quote].search(self.source, position):
            found = match[0]
            if found == quote:
                return match.end(), True
            if found in (b"\n", b"\r"):
                return match.start(), False
            position = match.end()
            if found == b"{":
                behind = self._field(position, limit, depth) if depth < _DEEPEST_FIELD else None
                # A nested literal is given up with its field: another reading of it at each depth would take too long.
                if behind is None and 0 < depth < _DEEPEST_FIELD:
                    return position, False
                formatted = behind is not None
                if behind is not None:
                    position = behind
                elif not depth:
                    self.tokens.read_in_vain += max(limit - position, 0)
        return len(self.source), False

    def _field(self, position: int, limit: int, depth: int) -> int | None:
        """The byte behind the brace that closes the field, or ``None`` if there is none before ``limit``."""
        brackets = 0
        while match := _IN_FIELD.search(self.source, position, limit):
            found = match[0]
            position = match.end()
            if found in b"([{":
                brackets += 1
            elif found in b"\"'":
                formatted = self.source[position - 2 : position - 1] in b"fFtT"
                position, closed = self.end(match.start(), depth + 1, formatted=formatted)
                if not closed or position > limit:
                    return None
            elif found == b":":
                if not brackets:
                    return self._format(position, limit, depth)
            elif found == b"}" and not brackets:
                return position
            else:
                brackets -= 1
                if brackets < 0:
                    return None
        return None

    def _format(self, position: int, limit: int, depth: int) -> int | None:
        """The same from inside of a field's format, which holds fields and no strings."""
        while match := _IN_FORMAT.search(self.source, position, limit):
            found = match[0]
            position = match.end()
            if found == b"}":
                return position
            behind = self._field(position, limit, depth + 1) if found == b"{" and depth < _DEEPEST_FIELD else None
            if behind is None:
                return None
            position = behind
        return None
