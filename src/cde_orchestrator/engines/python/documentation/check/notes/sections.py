"""Sections without anything in them."""

from __future__ import annotations

from ..report import Remark
from ..structure import is_log, written
from .page import Page

__all__ = ["note_sections"]

_BLANKS = " \t\x0b\x0c"
# Lines of the longest heading that is looked at.
_LONGEST_HEADING = 100


def note_sections(page: Page, remarks: list[Remark]) -> None:
    """Notes headings that nothing follows but the end or a heading of the same or a higher level.

    Logs of changes and templates have such sections by design, and a page of a title alone is not written yet.
    """
    path = page.document.path.encode("utf-8", "surrogateescape").lower()
    if len(page.document.headings) == 1 or is_log(path.rpartition(b"/")[2]) or b"template" in path:
        return
    headings = page.document.headings
    for place, heading in enumerate(headings):
        following = headings[place + 1] if place + 1 < len(headings) else None
        is_parent = following is not None and following.level > heading.level
        if is_parent or not heading.text or "unreleased" in _ascii_lower(heading.text):
            continue
        first = _behind_heading(page, heading.line)
        last = page.line_count + 1 if following is None else following.line
        if not any(page.line(number).strip(_BLANKS) for number in range(first, last)):
            message = "nothing stands below this heading"
            evidence = written(page.document, heading)
            remarks.append(Remark("empty-section", heading.line, heading.column, message, evidence))


def _ascii_lower(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def _behind_heading(page: Page, line: int) -> int:
    """The line behind a heading: one below ``#``, or below a setext heading's underline (CommonMark, section 4.3)."""
    if page.line(line).strip(" \t>").startswith("#"):
        return line + 1
    for number in range(line + 1, min(page.line_count, line + _LONGEST_HEADING) + 1):
        text = page.line(number).strip(" \t>")
        if text and (not text.strip("=") or not text.strip("-")):
            return number + 1
    return line + 1
