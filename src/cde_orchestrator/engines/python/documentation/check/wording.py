"""The rules of group ``content`` that a record can answer: images, link texts and the languages of fences."""

from __future__ import annotations

from .....domain.documents import Document
from .origin import as_written
from .report import Report
from .structure import is_log

__all__ = ["check_length", "check_wording"]

_VAGUE = frozenset(
    ("here", "click here", "this link", "this page", "link", "more", "read more", "learn more", "more info")
)
# Fifty minutes of reading.
_MOST_WORDS = 10_000
_LONGEST_VAGUE = max(map(len, _VAGUE)) + 1


def check_wording(document: Document, report: Report) -> None:
    """Reports images and links whose text says nothing, and fences without a language. Linear in the records."""
    judges_links = report.wants("image-without-alt") or report.wants("vague-link-text")
    for link in document.links if judges_links else ():
        if link.kind in ("footnote", "html"):
            continue
        if link.image:
            if not link.text:
                evidence = as_written(link.target, link.fragment)
                report.add("image-without-alt", link.line, link.column, "no alternative text", evidence)
        elif _is_vague(link.text):
            message = f"'{link.text}' does not say where the link leads"
            report.add("vague-link-text", link.line, link.column, message, as_written(link.target, link.fragment))
    for block in document.code_blocks:
        if block.fenced and block.language is None:
            report.add("fence-without-language", block.line, 1, "the fence names no language", "")


def check_length(document: Document, report: Report) -> None:
    """Reports a document that takes longer to read than people read; not a log of changes, which only grows."""
    name = document.path.rpartition("/")[2].encode("utf-8", "surrogateescape")
    if document.word_count > _MOST_WORDS and not is_log(name):
        message = f"{document.word_count} words, {document.metrics.reading_minutes} minutes of reading"
        report.add("oversized-document", 1, 1, message, "")


def _is_vague(text: str) -> bool:
    return len(text) <= _LONGEST_VAGUE and text.isascii() and text.removesuffix(".").lower() in _VAGUE
