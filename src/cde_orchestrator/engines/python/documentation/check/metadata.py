"""The rules of group ``metadata``: front matter that does not say what it seems to say."""

from __future__ import annotations

from .....domain.documents import Document
from .origin import shown
from .report import Report

__all__ = ["check_metadata"]


def check_metadata(document: Document, report: Report) -> None:
    """Reports front matter that cannot be parsed, and keys that stand in it twice."""
    front_matter = document.front_matter
    if front_matter is None:
        return
    error = front_matter.error
    if error is not None:
        report.add("invalid-front-matter", error.line, error.column or 1, error.message, "")
    for duplicate in front_matter.duplicate_keys:
        key = shown(duplicate.key.encode("utf-8", "surrogatepass"))
        report.add("duplicate-key", duplicate.line, 1, f"an earlier line has the key '{key}'", duplicate.key)
