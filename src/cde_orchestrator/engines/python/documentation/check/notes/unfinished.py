"""Notes of work left to do."""

from __future__ import annotations

import re

from ..origin import shown
from ..report import Remark
from .page import Page

__all__ = ["note_unfinished"]

_WORD = re.compile(r"(?<![A-Za-z0-9_-])(?:TODO|FIXME)(?![A-Za-z0-9_-])")
_LONGEST_ALONE = 80
_AROUND = " \t>*_|-+.<![]"


def note_unfinished(page: Page, remarks: list[Remark]) -> None:
    """Notes the first ``TODO`` or ``FIXME`` of a line, outside of code where they stand for a task.

    That is before a colon or a name in parentheses, at the start of a comment, or alone on a line that is no heading.
    """
    noted = 0
    for match in _WORD.finditer(page.text):
        line, column = page.place(match.start())
        if line == noted:
            continue
        content = page.line(line)
        if not _is_task(content, page.text, match) or page.is_code(line, column) or page.is_front_matter(line):
            continue
        noted = line
        evidence = shown(content.strip(" \t").encode())
        remarks.append(Remark("todo-left", line, column, f"{match[0]} is left", evidence))


def _is_task(line: str, text: str, match: re.Match[str]) -> bool:
    if text[match.end() : match.end() + 1] in {":", "("}:
        return True
    before = match.start()
    while before and text[before - 1] in " \t":
        before -= 1
    if text.startswith("<!--", before - 4) and before >= 4:
        return True
    # A longer line has more than the word on it, or signs that nobody writes around a word.
    return len(line) <= _LONGEST_ALONE and line.strip(_AROUND) == match[0] and not line.lstrip(" \t").startswith("#")
