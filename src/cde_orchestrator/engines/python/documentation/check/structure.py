"""The rules of group ``structure``: titles, headings and what was left open."""

from __future__ import annotations

import re

from .....domain.documents import Document, Heading
from ...filesystem.tree import PythonTree
from .content import unchanged_content
from .formats import MARKDOWN, title_mark
from .report import Report

__all__ = ["check_structure", "is_log", "is_part", "written"]

# What others include has its title there.
_PARTS = frozenset((b"includes", b"_includes", b"partials", b"_partials", b"snippets", b"templates", b"_templates"))
_LOGS = (b"change", b"history", b"news", b"release")
_HTML_HEADING = re.compile(rb"<[hH][1-6][ \t\r\n>]")


def check_structure(tree: PythonTree, document: Document, report: Report) -> None:
    """Reports fences that are never closed, and what a reader of the outline would miss. Linear in the headings."""
    if document.format == "text":
        return
    for block in document.code_blocks:
        if not block.closed:
            report.add("unclosed-fence", block.line, 1, "no closing fence follows", block.info)
    if document.format in MARKDOWN:
        _check_title(tree, document, report)
    _check_levels(document, report)
    # What the second of two equal titles is called in reStructuredText is left to the program.
    if document.format != "restructuredtext":
        _check_repeated(document, report)


def is_part(path: bytes) -> bool:
    """Whether others take in the document at ``path``, as its name or a folder says."""
    *folders, name = path.split(b"/")
    return name.startswith(b"_") or not _PARTS.isdisjoint(folder.lower() for folder in folders)


def _is_for_program(document: Document, path: bytes) -> bool:
    """Whether a program rather than a reader looks for it: in a hidden folder, or by the name in its front matter."""
    front_matter = document.front_matter
    data = {} if front_matter is None or front_matter.data is None else front_matter.data
    return any(folder.startswith(b".") for folder in path.split(b"/")[:-1]) or isinstance(data.get("name"), str)


def _check_title(tree: PythonTree, document: Document, report: Report) -> None:
    path = document.path.encode("utf-8", "surrogateescape")
    name = path.rpartition(b"/")[2]
    if document.headings or document.title is not None:
        if not report.wants("several-titles"):
            return
        titles = [heading for heading in document.headings if heading.level == 1]
        if len(titles) > 1 and not is_log(name):
            message = f"line {titles[0].line} has a heading of level 1 before"
            report.add("several-titles", titles[1].line, titles[1].column, message, written(document, titles[1]))
        return
    if not document.word_count or is_part(path) or _is_for_program(document, path) or not report.wants("no-title"):
        return
    content = unchanged_content(tree, document)
    if content is not None and not _HTML_HEADING.search(content):
        report.add("no-title", 1, 1, "no heading, and no 'title' in the front matter", "")


def is_log(name: bytes) -> bool:
    """Whether a file of this name is a log of changes."""
    return name.lower().startswith(_LOGS)


def _check_levels(document: Document, report: Report) -> None:
    if not report.wants("skipped-level"):
        return
    before: Heading | None = None
    for heading in document.headings:
        if before is not None and heading.level > before.level + 1:
            message = f"level {heading.level} follows level {before.level}"
            report.add("skipped-level", heading.line, heading.column, message, written(document, heading))
        before = heading


def _check_repeated(document: Document, report: Report) -> None:
    if not report.wants("colliding-slug"):
        return
    seen: dict[tuple[int | None, str], int] = {}
    for heading in document.headings:
        if not heading.text or heading.explicit_id is not None:
            continue
        line = seen.setdefault((heading.parent, heading.text), heading.line)
        if line != heading.line:
            message = f"line {line} has the same heading, so the anchor here is '{heading.slug}'"
            report.add("colliding-slug", heading.line, heading.column, message, written(document, heading))


def written(document: Document, heading: Heading) -> str:
    """A heading as it is mostly written."""
    return f"{title_mark(document.format, heading.level)} {heading.text}"
