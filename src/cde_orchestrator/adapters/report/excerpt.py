"""A line of a document with a mark under the place that a finding is about.

>>> from cde_orchestrator.adapters.report.style import Style
>>> for line in excerpt(Style(), "See [gone](gone.md).", 7, 5, "gone.md"):
...     print(line)
 7 │ See [gone](gone.md).
   │     ^~~~~~~~~~~~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from .style import Style, display_width, safe_text

__all__ = ["excerpt"]

_TAB = 4
_WIDEST = 120
_NARROWEST = 24
# What may close the construct that the evidence stands in.
_CLOSING = ')]>"`'


def excerpt(  # noqa: PLR0917 - the parts of one line
    style: Style, text: str, number: int, column: int, evidence: str, gutter: int = 2
) -> Iterator[str]:
    """The line ``text``, which is the ``number``-th, cut around ``column`` if it is too long, and the mark below.

    The mark reaches to the end of ``evidence`` where that stands on the line at or behind the column. Columns are those
    of a terminal: wide characters take two, tabs go to the next fourth, and what could steer it is shown as an escape.
    """
    start, end = _span(text, min(column - 1, len(text)), evidence)
    margin = " " * (gutter + 1)
    room = max(min(style.width or _WIDEST, _WIDEST) - len(margin) - 2, _NARROWEST)
    shown, before, length = _window(style, text, start, end, room)
    bar = style.bar
    yield style.dim(f"{str(number).rjust(gutter)} {bar} ") + shown if shown else style.dim(f"{number:>{gutter}} {bar}")
    yield style.dim(f"{margin}{bar} ") + " " * before + style.mark("^" + "~" * max(length - 1, 0))


def _span(text: str, start: int, evidence: str) -> tuple[int, int]:
    first = evidence.split("\n", 1)[0]
    found = text.find(first, start) if first else -1
    if found < 0:
        return start, start + 1
    end = found + len(first)
    return start, end + (found > start and text[end : end + 1] in set(_CLOSING))


def _window(style: Style, text: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of ``text`` to show, the columns in it before ``start``, and those from ``start`` to ``end``."""
    # No more than this can be shown, however long the line is.
    first, last = max(start - room, 0), min(start + room + 1, len(text))
    cells = list(_cells(text[first:last]))
    widths = [display_width(cell) for cell in cells]
    place = start - first
    total = sum(widths)
    low, high = 0, len(cells)
    cut_left, cut_right = first > 0, last < len(text)
    mark = display_width(style.ellipsis)
    if total > room or cut_left or cut_right:
        # A third of the room goes to what stands before the place, more if less is needed behind.
        behind = sum(widths[place:])
        lead = room // 3 if behind > room - room // 3 or cut_right else room - behind
        if cut_left or sum(widths[:place]) > lead:
            low, used = place, mark
            while low and used + widths[low - 1] <= lead:
                low -= 1
                used += widths[low]
            cut_left = low > 0 or first > 0
        used = (mark if cut_left else 0) + sum(widths[low:place])
        rest = sum(widths[place:])
        if cut_right or used + rest > room:
            high = place
            used += mark
            while high < len(cells) and used + widths[high] <= room:
                used += widths[high]
                high += 1
            cut_right = high < len(cells) or last < len(text)
    left = style.ellipsis if cut_left else ""
    right = style.ellipsis if cut_right else ""
    shown = left + "".join(cells[low:high])
    before = display_width(left) + sum(widths[low:place])
    marked = sum(widths[place : min(end - first, high)])
    if end - first > high and cut_right:
        marked += mark
    return (shown.rstrip(" ") if not right else shown) + right, before, max(marked, 1)


def _cells(text: str) -> Iterator[str]:
    column = 0
    for character in text:
        cell = " " * (_TAB - column % _TAB) if character == "\t" else safe_text(character)
        column += display_width(cell)
        yield cell
