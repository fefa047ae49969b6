"""What the documentation capability answers, whichever engine does the work."""

from __future__ import annotations

from typing import Protocol

from ..domain.documents import Document, DocumentName, DocumentSummary, OutlineSection
from ..domain.envelope import Answer
from ..domain.findings import Finding
from ..domain.graph import LinkNode
from ..domain.options import CheckOptions, GraphOptions, ScanOptions
from .control import CancelToken, Progress
from .filesystem import Tree

__all__ = ["DocumentationEngine", "Scan"]

Scan = Answer[Document] | Answer[DocumentSummary] | Answer[DocumentName]


class DocumentationEngine(Protocol):
    """Scanning documents and judging what they say."""

    def scan(
        self,
        tree: Tree,
        options: ScanOptions,
        *,
        check: CheckOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Scan:
        """Every document of ``tree``, by path bytes. Schema ``cde.docs.scan/1``.

        With ``check`` the scan notes of each text what a check with these options needs, so that it is read once.
        """

    def check(
        self, tree: Tree, scan: Scan, options: CheckOptions, *, cancel: CancelToken | None = None
    ) -> Answer[Finding]:
        """Findings over a scan of full detail, by path, line, column and rule. Schema ``cde.docs.check/1``."""

    def graph(
        self, tree: Tree, scan: Scan, options: GraphOptions, *, cancel: CancelToken | None = None
    ) -> Answer[LinkNode]:
        """The documents of a scan of full detail with their links to one another. Schema ``cde.docs.graph/1``."""

    def outline(self, path: str, options: ScanOptions) -> Answer[OutlineSection]:
        """The sections of one document. Schema ``cde.docs.outline/1``."""
