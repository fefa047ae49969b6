"""The lines of a body: where their content begins, and how far they are indented."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

__all__ = ["BLANKS", "Line", "columns", "read_lines"]

BLANKS: Final = " \t\x0b\x0c"
# A tab reaches to the next multiple of this, as in docutils.
_TAB: Final = 8


class Line(NamedTuple):
    """A line's content, the column where it begins, and how many columns it is indented."""

    text: str
    column: int
    indent: int


def columns(text: str) -> int:
    """How many columns ``text``, which begins a line, takes."""
    if "\t" not in text:
        return len(text)
    column = 0
    for one in text:
        column = (column // _TAB + 1) * _TAB if one == "\t" else column + 1
    return column


def read_lines(lines: Iterable[str]) -> list[Line]:
    """The lines without the whitespace around them. O(length)."""
    read = []
    for raw in lines:
        content = raw.lstrip(BLANKS)
        column = len(raw) - len(content)
        read.append(Line(content.rstrip(BLANKS), column, columns(raw[:column])))
    return read
