"""Aligned columns.

>>> from cde_orchestrator.adapters.report.style import Style
>>> for line in table(Style(width=40), [("Name", "<"), ("Files", ">")], [("Python", "12"), ("C", "3")]):
...     print(line)
Name    Files
Python     12
C           3
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from .style import Style, display_width

__all__ = ["Align", "table"]

Align = Literal["<", ">"]
_GAP = 2
_NARROWEST = 12


def table(
    style: Style,
    columns: Sequence[tuple[str, Align]],
    rows: Sequence[Sequence[str]],
    *,
    indent: str = "",
    paint: dict[int, Callable[[str], str]] | None = None,
    flexible: int = 0,
) -> Iterator[str]:
    """Lines of a table under a dim heading. The column ``flexible`` gives way where the terminal is too narrow."""
    paint = paint or {}
    widths = [
        max(display_width(title), *(display_width(row[index]) for row in rows), 0)
        for index, (title, _) in enumerate(columns)
    ]
    if style.width:
        others = sum(widths) - widths[flexible] + _GAP * (len(widths) - 1) + len(indent)
        widths[flexible] = max(min(widths[flexible], style.width - others), min(widths[flexible], _NARROWEST))
    layout = [(width, align) for width, (_, align) in zip(widths, columns, strict=True)]
    titles = [title for title, _ in columns]
    if any(titles):
        yield style.dim(indent + _line(style, layout, titles, {}))
    for row in rows:
        yield indent + _line(style, layout, row, paint)


def _line(
    style: Style, layout: Sequence[tuple[int, Align]], cells: Sequence[str], paint: dict[int, Callable[[str], str]]
) -> str:
    parts = []
    for index, (cell, (width, align)) in enumerate(zip(cells, layout, strict=True)):
        text = Style(width=width, unicode=style.unicode).fitted(cell) if width else cell
        space = " " * max(width - display_width(text), 0)
        painted = paint[index](text) if index in paint else text
        last = index == len(cells) - 1
        parts.append(space + painted if align == ">" else painted if last else painted + space)
    return (" " * _GAP).join(parts).rstrip()
