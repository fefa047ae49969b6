"""A document's text as lines, and the way from a line and a column to the position that records hold."""

from __future__ import annotations

import re

__all__ = ["Source"]

_LINE_END = re.compile(r"\r\n|\n|\r")
_STEP = 2048


def _byte_steps(line: str) -> list[int]:
    """The byte offsets in ``line`` of every :data:`_STEP`-th character."""
    steps = [0]
    for place in range(0, len(line), _STEP):
        steps.append(steps[-1] + len(line[place : place + _STEP].encode("utf-8", "surrogatepass")))
    return steps


class Source:
    """The lines of ``text`` without their endings, which may be LF, CRLF or CR.

    Lines and columns of the methods count from 0 and from the first line of the body, which begins after ``skipped``
    lines.
    """

    __slots__ = ("_ascii", "_long", "_starts", "length", "lines", "skipped", "terminated")

    def __init__(self, text: str, skipped: int = 0) -> None:
        self._ascii = text.isascii()
        self.skipped = skipped
        # Of lines longer than a step, the byte offset of every step.
        self._long: dict[int, list[int]] = {}
        self.length = len(text) if self._ascii else len(text.encode("utf-8", "surrogatepass"))
        starts: list[int] = []
        place = 0
        if "\r" in text:
            self.lines = _LINE_END.split(text)
            endings = [len(ending) for ending in _LINE_END.findall(text)]
            endings.append(0)
        else:
            self.lines = text.split("\n")
            endings = []
        for index, line in enumerate(self.lines):
            starts.append(place)
            size = len(line) if self._ascii else len(line.encode("utf-8", "surrogatepass"))
            place += size + (endings[index] if endings else 1)
        self.terminated = self.lines[-1] == ""
        if self.terminated:
            self.lines.pop()
        self._starts = starts

    def number(self, line: int) -> int:
        """The number of a line of the body, from 1 in the document."""
        return self.skipped + line + 1

    def offset(self, line: int, column: int) -> int:
        """The byte offset of a place in the body."""
        index = self.skipped + line
        if self._ascii or column == 0:
            return self._starts[index] + column
        text = self.lines[index]
        start = self._starts[index]
        if column > _STEP:
            steps = self._long.get(index)
            if steps is None:
                steps = self._long[index] = _byte_steps(text)
            step = column // _STEP
            start += steps[step]
            return start + len(text[step * _STEP : column].encode("utf-8", "surrogatepass"))
        return start + len(text[:column].encode("utf-8", "surrogatepass"))

    def position(self, line: int, column: int) -> tuple[int, int, int]:
        """Line and column, both from 1, and byte offset of a place in the body."""
        return self.number(line), column + 1, self.offset(line, column)

    def line_end(self, line: int) -> int:
        """The byte offset of the end of a line of the body, before its line ending."""
        return self.offset(line, len(self.lines[self.skipped + line]))

    def line_start(self, number: int) -> int:
        """The byte offset at which line ``number`` (from 1 in the document) begins."""
        return self._starts[number - 1] if number <= len(self.lines) else self.length
