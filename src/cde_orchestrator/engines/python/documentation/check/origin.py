"""The document whose links are judged: adding findings about a link of it, with what to write instead."""

from __future__ import annotations

from .....domain.documents import Link
from .....domain.envelope import Severity
from .....domain.findings import Fix
from .....domain.paths import escape_path
from .content import target_span
from .formats import MARKDOWN
from .index import TreeIndex
from .nearest import Budget
from .report import Report
from .site import Site
from .target import escape_target, parent, relative_target

__all__ = ["Origin", "as_written", "shown"]

_LONGEST_SHOWN = 160


def as_written(target: str, fragment: str | None) -> str:
    """Target and fragment together."""
    return target if fragment is None else f"{target}#{fragment}"


def shown(path: bytes) -> str:
    """``path`` in a message: escaped, and cut where it is too long to read."""
    text = escape_path(path.decode("utf-8", "surrogateescape"))
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


class Origin:
    """One document, the site it belongs to, and what is found out about its links."""

    __slots__ = ("_content", "_index", "_is_read", "budget", "folder", "links_to", "number", "report", "site")

    def __init__(self, index: TreeIndex, number: int, site: Site | None, report: Report) -> None:
        self._index = index
        self._content: bytes | None = None
        self._is_read = False
        self.number = number
        self.folder = parent(index.document_paths[number])
        self.site = site
        self.report = report
        self.budget = Budget()
        # The other documents that it links to, in the order of the links, where they are asked for.
        self.links_to: list[int] = []

    def add(
        self,
        link: Link,
        rule: str,
        message: str,
        *,
        suggestion: str | None = None,
        fix: Fix | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Adds a finding at ``link``."""
        evidence = as_written(link.target, link.fragment)
        self.report.add(
            rule, link.line, link.column, message, evidence, suggestion=suggestion, fix=fix, severity=severity
        )

    def unverified(self, link: Link) -> None:
        """Counts a link that only the builder of the site can judge."""
        self.report.links_unverified += 1
        message = "only the program that builds the site knows whether the target exists"
        self.add(link, "unverifiable-link", message)

    def target_to(self, link: Link, path: bytes, site_root: bytes | None) -> str:
        """The link's target if it led to ``path``: its query and the slashes at its ends stay."""
        written, mark, query = link.target.partition("?")
        rest = ("/" if path and written.endswith("/") else "") + mark + query
        base = b"" if not site_root else site_root + b"/"
        if link.target.startswith("/") and path.startswith(base):
            return "/" + escape_target(path[len(base) :]) + rest
        return relative_target(self.folder, path) + rest

    def fix_target(self, link: Link, target: str) -> Fix | None:
        """Writes ``target`` in place of the link's target and leaves the fragment; ``None`` if its place is unsure."""
        span = self._span(link)
        return None if span is None else Fix(span[0], span[0] + len(link.target.encode()), target)

    def fix_fragment(self, link: Link, fragment: str) -> Fix | None:
        """Writes ``fragment`` in place of the link's fragment; ``None`` if its place is unsure."""
        span = self._span(link)
        return None if span is None else Fix(span[0] + len(link.target.encode()) + 1, span[1], fragment)

    def _span(self, link: Link) -> tuple[int, int] | None:
        if self._index.documents[self.number].format not in MARKDOWN:
            return None
        if not self._is_read:
            self._is_read = True
            self._content = self._index.content(self.number)
        return None if self._content is None else target_span(self._content, link)
