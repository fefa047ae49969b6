"""Where a string literal ends, and where the code inside of a formatted one stands. The twin of ``cde_code::strings``.

Python's literals by its reference, section 2.4.1; replacement fields of formatted literals by PEP 701: since 3.12 a
field may hold the quotes of its own literal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from .syntax import Syntax
from .tokens import Tokens

__all__ = ["DEEPEST_FIELD", "Mark", "Strings"]

Mark = tuple[int, Literal["open", "text", "close"]]
"""A place in a formatted literal: where a field's code begins, where its format begins, where the field ends."""

DEEPEST_FIELD = 4
"""At this depth a literal inside of a field is read as if it were not formatted."""

_ENDS = {
    (b'"', False, False): re.compile(rb'\\(?:\r\n|.)|["\r\n]', re.DOTALL),
    (b"'", False, False): re.compile(rb"\\(?:\r\n|.)|['\r\n]", re.DOTALL),
    (b'"', False, True): re.compile(rb'\\(?:\r\n|.)|["\r\n]|\{\{?', re.DOTALL),
    (b"'", False, True): re.compile(rb"\\(?:\r\n|.)|['\r\n]|\{\{?", re.DOTALL),
    (b'"', True, False): re.compile(rb'\\(?:\r\n|.)|"""', re.DOTALL),
    (b"'", True, False): re.compile(rb"\\(?:\r\n|.)|'''", re.DOTALL),
    (b'"', True, True): re.compile(rb'\\(?:\r\n|.)|"""|\{\{?', re.DOTALL),
    (b"'", True, True): re.compile(rb"\\(?:\r\n|.)|'''|\{\{?", re.DOTALL),
}
_IN_FIELD = re.compile(rb"[()\[\]{}\"':]")
_IN_FORMAT = re.compile(rb"[{}\"'\r\n]")
_WORD_BEFORE = re.compile(rb"[0-9A-Za-z_\x80-\xff]*\Z")
_LONGEST_PREFIX = 3
# A field longer than this is taken for text: what follows a lone brace must not be read again and again.
_LONGEST_FIELD = 1000
# How many bytes of a file may be read in vain for fields that do not close.
_MOST_IN_VAIN = 64 * 1024


class Strings:
    """Finds the ends of the literals of one source."""

    def __init__(self, tokens: Tokens, syntax: Syntax) -> None:
        self.source = tokens.source
        self.tokens = tokens
        self.prefixes = syntax.string_prefixes
        self.read_in_vain = 0

    def end(self, at: int, prefix: bytes, depth: int, limit: int) -> tuple[int, Sequence[Mark]]:
        """The byte behind the literal whose quote stands at ``at``, and the marks of its fields.

        A literal without an end is reported. ``depth`` tells how many literals it stands in, whose code ends at
        ``limit``.
        """
        marks: list[Mark] = []
        end, closed = self._literal(at, depth, prefix, marks)
        if not closed:
            is_long = self.source[at : at + 3] == self.source[at : at + 1] * 3
            self.tokens.report(at, "a string of several lines is not closed" if is_long else "a string is not closed")
        return (end, marks) if end <= limit else (limit, ())

    def _is_formatted(self, prefix: bytes) -> bool:
        lower = prefix.lower()
        return (b"f" in lower or b"t" in lower) and lower in self.prefixes and self.read_in_vain < _MOST_IN_VAIN

    def _literal(self, at: int, depth: int, prefix: bytes, marks: list[Mark]) -> tuple[int, bool]:
        """The end of a literal, and whether it has its closing quote."""
        quote = self.source[at : at + 1]
        is_long = self.source[at : at + 3] == quote * 3
        formatted = self._is_formatted(prefix)
        position = at + (3 if is_long else 1)
        while match := _ENDS[quote, is_long, formatted].search(self.source, position):
            found = match[0]
            if found[:1] == quote:
                return match.end(), True
            if found in (b"\n", b"\r"):
                return match.start(), False
            position = match.end()
            if found == b"{":
                before = len(marks)
                limit = min(position + _LONGEST_FIELD, len(self.source))
                marks.append((position - 1, "open"))
                behind = self._field(position, limit, depth, marks) if depth < DEEPEST_FIELD else None
                if behind is not None:
                    position = behind
                    continue
                # A nested literal is given up with its field: another reading at each depth would take too long.
                if 0 < depth < DEEPEST_FIELD:
                    return position, False
                del marks[before:]
                formatted = False
                if not depth:
                    self.read_in_vain += limit - position
        return len(self.source), False

    def _field(self, position: int, limit: int, depth: int, marks: list[Mark]) -> int | None:
        """The byte behind the brace that closes the field, or ``None`` if there is none before ``limit``."""
        brackets = 0
        begin = position
        while match := _IN_FIELD.search(self.source, position, limit):
            found = match[0]
            position = match.end()
            if found in b"([{":
                brackets += 1
            elif found in b"\"'":
                quote = match.start()
                word = _WORD_BEFORE.search(self.source, max(begin, quote - _LONGEST_PREFIX), quote)
                prefix = word[0] if word is not None else b""
                position, closed = self._literal(quote, depth + 1, prefix, [])
                if not closed or position > limit:
                    return None
            elif found == b":":
                if not brackets:
                    marks.append((position - 1, "text"))
                    return self._format(position, limit, depth, marks)
            elif found == b"}" and not brackets:
                marks.append((position - 1, "close"))
                return position
            else:
                brackets -= 1
                if brackets < 0:
                    return None
        return None

    def _format(self, position: int, limit: int, depth: int, marks: list[Mark]) -> int | None:
        """The same from inside of a field's format, which holds fields and no strings."""
        while match := _IN_FORMAT.search(self.source, position, limit):
            found = match[0]
            position = match.end()
            if found == b"}":
                marks.append((position - 1, "close"))
                return position
            if found != b"{" or depth >= DEEPEST_FIELD:
                return None
            marks.append((position - 1, "open"))
            behind = self._field(position, limit, depth + 1, marks)
            if behind is None:
                return None
            position = behind
        return None
