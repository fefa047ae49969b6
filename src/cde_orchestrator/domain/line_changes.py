"""Which lines of a text are new, by a comparison with an older text whose cost is bounded."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["WHOLE", "ChangedLines", "changed_lines", "lines_of"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\n|\r")
# Steps spent on exact comparison, lines looked at for anchors, and edits tried before anchors are looked for.
_STEPS = 3_000_000
_LINES = 4_000_000
_MOST_EDITS = 400


@dataclass(frozen=True, slots=True)
class ChangedLines:
    """The changed lines of one document, as spans from 1, both ends included; ``whole`` means every line.

    ``before`` is the path that the document was compared under where that was another one, and ``problem`` says why
    all lines count as changed where there should have been something to compare with.
    """

    spans: tuple[tuple[int, int], ...] = ()
    whole: bool = False
    before: str | None = None
    problem: str | None = None

    def touches(self, first: int, last: int) -> bool:
        """Whether a line from ``first`` to ``last`` changed.

        >>> lines = ChangedLines(((2, 3), (9, 9)))
        >>> lines.touches(1, 1), lines.touches(3, 5), lines.touches(4, 8), lines.touches(9, 9)
        (False, True, False, True)
        """
        if self.whole:
            return True
        index = bisect_right(self.spans, (max(first, last), sys.maxsize)) - 1
        return index >= 0 and self.spans[index][1] >= first

    @property
    def any(self) -> bool:
        """Whether any line changed."""
        return self.whole or bool(self.spans)


WHOLE = ChangedLines(whole=True)


def lines_of(text: bytes) -> list[bytes]:
    """The lines without their endings and without a byte order mark, as a document's lines are counted."""
    lines = _LINE_END.split(text.removeprefix(_BYTE_ORDER_MARK))
    if not lines[-1]:
        lines.pop()
    return lines


def changed_lines(before: bytes, after: bytes) -> tuple[tuple[int, int], ...]:
    """Spans of the lines of ``after`` that a line by line comparison with ``before`` does not find again, in order.

    Line endings do not count. The comparison is exact (Myers' algorithm) up to some hundred edits. Beyond, lines that
    occur once in both texts are taken as anchors (patience diff) and what lies between them is compared exactly; where
    there are none, or the cost would be too high, the lines count as changed.

    >>> changed_lines(b"a\\nb\\nc\\n", b"a\\nB\\nc\\nd\\n")
    ((2, 2), (4, 4))
    """
    numbers: dict[bytes, int] = {}
    old, new = ([numbers.setdefault(line, len(numbers)) for line in lines_of(text)] for text in (before, after))
    comparison = _Comparison(old, new)
    comparison.run()
    spans: list[tuple[int, int]] = []
    for number, kept in enumerate(comparison.kept, 1):
        if kept:
            continue
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return tuple(spans)


class _Comparison:
    """Marks in ``kept`` the lines of ``new`` that were matched with a line of ``old``."""

    def __init__(self, old: Sequence[int], new: Sequence[int]) -> None:
        self.old, self.new = old, new
        self.kept = bytearray(len(new))
        self.steps = _STEPS
        self.lines = _LINES

    def run(self) -> None:
        """Compares everything; between anchors by a stack, since texts may nest deeper than calls can."""
        waiting = [(0, len(self.old), 0, len(self.new))]
        while waiting:
            first, last, start, end = self._without_ends(*waiting.pop())
            if first == last or start == end:
                continue
            if self._edits(first, last, start, end):
                continue
            self.lines -= (last - first) + (end - start)
            if self.lines < 0:
                return
            anchors = self._anchors(first, last, start, end)
            if not anchors:
                continue
            for there, here in anchors:
                self.kept[here] = 1
                waiting.append((first, there, start, here))
                first, start = there + 1, here + 1
            waiting.append((first, last, start, end))

    def _without_ends(self, first: int, last: int, start: int, end: int) -> tuple[int, int, int, int]:
        while first < last and start < end and self.old[first] == self.new[start]:
            self.kept[start] = 1
            first, start = first + 1, start + 1
        while first < last and start < end and self.old[last - 1] == self.new[end - 1]:
            last, end = last - 1, end - 1
            self.kept[end] = 1
        return first, last, start, end

    def _anchors(self, first: int, last: int, start: int, end: int) -> list[tuple[int, int]]:
        """The longest series, rising in both texts, of lines that occur once in each."""
        here, there = Counter(self.new[start:end]), Counter(self.old[first:last])
        place = {line: first + index for index, line in enumerate(self.old[first:last]) if there[line] == 1}
        pairs = [
            (place[line], start + index)
            for index, line in enumerate(self.new[start:end])
            if here[line] == 1 and line in place
        ]
        tails: list[int] = []
        ends: list[int] = []
        previous = [-1] * len(pairs)
        for number, (position, _) in enumerate(pairs):
            length = bisect_left(tails, position)
            previous[number] = ends[length - 1] if length else -1
            if length == len(tails):
                tails.append(position)
                ends.append(number)
            else:
                tails[length], ends[length] = position, number
        series = []
        number = ends[-1] if ends else -1
        while number >= 0:
            series.append(pairs[number])
            number = previous[number]
        return series[::-1]

    def _edits(self, first: int, last: int, start: int, end: int) -> bool:
        """Myers, "An O(ND) Difference Algorithm and Its Variations" (1986); false if there are too many edits."""
        height, width = last - first, end - start
        furthest = {1: 0}
        trail: list[dict[int, int]] = []
        for edits in range(min(height + width, _MOST_EDITS) + 1):
            trail.append(furthest.copy())
            self.steps -= 2 * edits + 1
            if self.steps < 0:
                return False
            for diagonal in range(-edits, edits + 1, 2):
                down = diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
                row = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
                column = row - diagonal
                while row < height and column < width and self.old[first + row] == self.new[start + column]:
                    row, column = row + 1, column + 1
                    self.steps -= 1
                furthest[diagonal] = row
                if row >= height and column >= width:
                    self._follow(trail, start, height, width)
                    return True
        return False

    def _follow(self, trail: list[dict[int, int]], start: int, row: int, column: int) -> None:
        for edits in range(len(trail) - 1, -1, -1):
            furthest, diagonal = trail[edits], row - column
            down = diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
            before = diagonal + 1 if down else diagonal - 1
            there = furthest[before]
            while row > there and column > there - before and row > 0 and column > 0:
                row, column = row - 1, column - 1
                self.kept[start + column] = 1
            row, column = there, there - before
