"""The tokens of a source file: what the lexer yields and every recogniser of a language reads.

The twin of ``cde_code::tokens``.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

__all__ = ["CLOSE", "COMMENT", "NEWLINE", "NUMBER", "OPEN", "SIGN", "STRING", "WORD", "Problem", "Tokens"]

WORD, NUMBER, STRING, COMMENT, NEWLINE, OPEN, CLOSE, SIGN = range(8)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the tokens of a file may mislead: the first thing in it that cannot be read, and its line from 1."""

    line: int
    message: str


@dataclass(slots=True)
class Tokens:
    """The tokens of ``source`` in order, as columns: kind, first byte, and the byte behind the last.

    Blanks and escaped line ends are no tokens; a line end is one, also inside of brackets.
    """

    source: bytes
    kinds: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    line_starts: list[int] = field(default_factory=lambda: [0])
    problem: Problem | None = None

    def text(self, index: int) -> bytes:
        """What stands in the source."""
        return self.source[self.starts[index] : self.ends[index]]

    def line_of(self, offset: int) -> int:
        """The line that ``offset`` lies in, from 1. O(log lines)."""
        return bisect_right(self.line_starts, offset)

    def column_of(self, offset: int) -> int:
        """The place of ``offset`` in its line, in code points from 1."""
        start = self.line_starts[self.line_of(offset) - 1]
        return len(self.source[start:offset].decode("utf-8", "replace")) + 1

    def report(self, offset: int, message: str) -> None:
        """Notes a problem, unless an earlier one is known."""
        line = self.line_of(offset)
        if self.problem is None or line < self.problem.line:
            self.problem = Problem(line, message)
