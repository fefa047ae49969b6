"""Documents, outlines and rules as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ...domain.documents import Document, DocumentName, DocumentSummary, OutlineSection, OutlineSummary, ScanSummary
from ...domain.envelope import Answer
from ...domain.findings import Rule
from .numbers import count, plural
from .style import Style, safe_path, safe_text
from .table import table

if TYPE_CHECKING:
    from ...ports.documentation import Scan

__all__ = ["outline_text", "rules_text", "scan_text", "scan_totals_text"]


def scan_text(style: Style, answer: Scan) -> Iterator[str]:
    """A table of the documents, or their names alone, and the totals."""
    rows = []
    for item in answer.items:
        if isinstance(item, DocumentName):
            yield safe_path(item.path)
        else:
            rows.append(_row(style, item))
    if rows:
        columns = [("Document", "<"), ("Words", ">"), ("Headings", ">"), ("Links", ">"), ("Title", "<")]
        yield from table(style, columns, rows, flexible=4)  # type: ignore[arg-type]
        yield ""
        if isinstance(answer.summary, ScanSummary):
            yield scan_totals_text(style, answer.summary)
    elif not answer.items:
        yield "no documents"


def _row(style: Style, item: Document | DocumentSummary) -> tuple[str, ...]:
    if isinstance(item, DocumentSummary):
        headings, links = item.heading_count, item.link_count
    else:
        headings, links = len(item.headings), len(item.links)
    title = style.fitted(safe_text(item.title or ""), at_most=60)
    return safe_path(item.path), count(item.word_count), count(headings), count(links), title


def scan_totals_text(style: Style, summary: ScanSummary) -> str:
    """The counts of a scan in one line."""
    parts = [
        plural(summary.documents, "document"),
        plural(summary.words, "word"),
        plural(summary.headings, "heading"),
        f"{plural(summary.links, 'link')} ({count(summary.internal_links)} internal)",
    ]
    if summary.tasks_open or summary.tasks_done:
        parts.append(f"{count(summary.tasks_done)} of {plural(summary.tasks_open + summary.tasks_done, 'task')} done")
    return f" {style.bullet} ".join(parts)


def outline_text(style: Style, answer: Answer[OutlineSection]) -> Iterator[str]:
    """The headings, indented by level, with the lines of their sections."""
    summary = answer.summary
    if isinstance(summary, OutlineSummary):
        totals = f"{plural(summary.lines, 'line')} {style.bullet} {plural(summary.words, 'word')}"
        yield f"{style.bold(safe_path(answer.root))}  {style.dim(totals)}"
    sections = list(answer.items)
    width = max((len(f"{section.line}-{section.end_line}") for section in sections), default=0)
    for section in sections:
        place = style.dim(f"{section.line}-{section.end_line}".rjust(width))
        anchor = style.dim("#" + safe_text(section.slug))
        yield f"{place}  {'  ' * (section.level - 1)}{safe_text(section.text)}  {anchor}"
    if not sections:
        yield "no headings"


def rules_text(style: Style, rules: Iterable[Rule]) -> Iterator[str]:
    """The rules by group, with their severity and whether they have to be selected."""
    known = list(rules)
    width = max((len(rule.name) for rule in known), default=0)
    for index, (group, members) in enumerate(groupby(known, key=lambda rule: rule.group)):
        if index:
            yield ""
        yield style.bold(group)
        for rule in members:
            level = style.severity(rule.severity)(rule.severity.ljust(7))
            off = "" if rule.default else style.dim("  (off unless selected)")
            yield f"  {style.cyan(rule.name.ljust(width))}  {level}  {rule.summary}{off}"
