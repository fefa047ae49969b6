"""Rows of tables with more or fewer cells than the header has (GFM, section 4.10)."""

from __future__ import annotations

import re

from ..origin import shown
from ..report import Remark
from .page import Page

__all__ = ["note_tables"]

_BLANKS = " \t"
# Code spans are looked for in rows up to this length in bytes: each is searched for its end.
_LONGEST_ROW = 10_000
_TICKS = re.compile("`+")
_ESCAPE_OR_TICKS = re.compile(r"\\.|`+", re.DOTALL)
_LEADING = re.compile(r"[ \t>]*\|?")
# What stands between two bars; a backslash takes the character behind it along.
_CELL = re.compile(r"(?:[^|\\]|\\.|\\\Z)*", re.DOTALL)


def note_tables(page: Page, remarks: list[Remark]) -> None:
    """Notes rows whose last cells are dropped, and rows that are too short.

    A table whose header does not split into its known number of columns is left alone: it stands in something else.
    """
    for table in page.document.tables:
        columns = table.columns
        is_plain = table.end_line == table.line + 1 + table.rows
        if not is_plain or len(_cells(page.line(table.line))) != columns:
            continue
        for number in range(table.line + 2, table.end_line + 1):
            line = page.line(number)
            found = _cells(line)
            evidence = shown(line.strip(_BLANKS).encode())
            if len(found) < columns:
                message = f"{len(found)} of {columns} cells"
                remarks.append(Remark("ragged-table", number, 1, message, evidence, severity="hint"))
                continue
            lost = next((start for start, text in found[columns:] if text.strip(_BLANKS)), None)
            if lost is not None:
                message = f"{len(found)} cells where the header has {columns}: what is in the last ones is not shown"
                is_short = len(line.encode()) <= _LONGEST_ROW
                splits_code = is_short and len(_cells(_without_bars_in_code(line))) <= columns
                remarks.append(Remark("ragged-table", number, lost + 1, message, evidence, splits_code=splits_code))


def _without_bars_in_code(line: str) -> str:
    """The row with other signs for the bars in code spans."""
    row = line.rstrip(_BLANKS)
    parts = []
    position = 0
    for opening in _ESCAPE_OR_TICKS.finditer(row):
        if opening.start() < position or opening[0].startswith("\\"):
            continue
        ticks = len(opening[0])
        closing = next((one for one in _TICKS.finditer(row, opening.end()) if len(one[0]) == ticks), None)
        if closing is not None:
            parts += [row[position : opening.start()], row[opening.start() : closing.end()].replace("|", " ")]
            position = closing.end()
    return "".join((*parts, row[position:]))


def _cells(line: str) -> list[tuple[int, str]]:
    """The cells of a row: between bars without a backslash before them, the outer bars left away."""
    row = line.rstrip(_BLANKS)
    leading = _LEADING.match(row)
    start = leading.end() if leading else 0
    found = []
    while start < len(row):
        cell = _CELL.match(row, start)
        text = cell[0] if cell else ""
        found.append((start, text))
        start += len(text) + 1
    return found
