"""A document's text by its lines, and where code stands in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from ......domain.documents import Document

__all__ = ["Page"]

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")


class Page:
    """A document and its text."""

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.text = text
        self._blocks = []
        for block in document.code_blocks:
            fences = block.fenced + (block.fenced and block.closed)
            self._blocks.append((block.line, max(block.line + block.line_count + fences - 1, 0)))
        self._last_line = (0, "")
        self._last_offset = (0, 0)
        self._spans = [(code.line, code.column, code.column + len(code.text) + 2) for code in document.inline_code]

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins, in characters."""
        starts = [found.start() for found in _LINE.finditer(self.text)]
        # The empty match at the end of a text, or behind a last line ending, is no line.
        if starts and starts[-1] == len(self.text):
            starts.pop()
        return starts

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return len(self._starts)

    def line(self, number: int) -> str:
        """Line ``number`` (from 1) without its ending."""
        if not 0 < number <= len(self._starts):
            return ""
        # A long line may be asked for once for every place in it.
        if self._last_line[0] != number:
            found = _LINE.match(self.text, self._starts[number - 1])
            self._last_line = (number, found[1] if found else "")
        return self._last_line[1]

    def line_start(self, number: int) -> int:
        """Where line ``number`` (from 1) begins; the end of the text for the line after the last."""
        return self._starts[number - 1] if number <= len(self._starts) else len(self.text)

    def place(self, position: int) -> tuple[int, int]:
        """Line and column of a character of the text."""
        line = bisect_right(self._starts, position)
        return line, position - self._starts[line - 1] + 1

    def is_code(self, line: int, column: int) -> bool:
        """Whether code stands at a place."""
        behind = bisect_right(self._blocks, line, key=lambda block: block[0])
        if behind and self._blocks[behind - 1][1] >= line:
            return True
        behind = bisect_right(self._spans, (line, column), key=lambda span: span[:2])
        return bool(behind) and self._spans[behind - 1][0] == line and column < self._spans[behind - 1][2]

    def is_front_matter(self, line: int) -> bool:
        """Whether a line belongs to the front matter."""
        matter = self.document.front_matter
        return matter is not None and line <= matter.line_count

    def byte_offset(self, position: int) -> int:
        """The byte of the text as UTF-8 at which a character stands; asked for in rising order."""
        known, offset = self._last_offset if self._last_offset[0] <= position else (0, 0)
        offset += len(self.text[known:position].encode("utf-8", "surrogatepass"))
        self._last_offset = (position, offset)
        return offset
