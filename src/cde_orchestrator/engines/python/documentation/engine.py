"""The documentation capability of the Python engine."""

from __future__ import annotations

from ....domain.documents import OutlineSection
from ....domain.envelope import Answer, EngineInfo
from ....domain.findings import Finding
from ....domain.graph import LinkNode
from ....domain.options import CheckOptions, GraphOptions, ScanOptions
from ....ports.control import CancelToken, Progress
from ....ports.documentation import Scan
from ....ports.filesystem import Tree
from ..filesystem.engine import python_tree
from .outline import outline_document
from .scan import scan_documents

__all__ = ["PythonDocumentationEngine"]


class PythonDocumentationEngine:
    """Implements :class:`~cde_orchestrator.ports.documentation.DocumentationEngine`."""

    def __init__(self, engine: EngineInfo) -> None:
        self._engine = engine

    def scan(
        self,
        tree: Tree,
        options: ScanOptions,
        *,
        check: CheckOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Scan:
        """Every document of ``tree``."""
        return scan_documents(python_tree(tree), options, self._engine, check=check, cancel=cancel, progress=progress)

    def check(
        self, tree: Tree, scan: Scan, options: CheckOptions, *, cancel: CancelToken | None = None
    ) -> Answer[Finding]:
        """Findings over a scan of full detail."""
        from .check.run import check_documents  # noqa: PLC0415 - a scan alone does not need the rules

        return check_documents(python_tree(tree), scan, options, cancel)

    def graph(
        self, tree: Tree, scan: Scan, options: GraphOptions, *, cancel: CancelToken | None = None
    ) -> Answer[LinkNode]:
        """Who links to whom among the documents of a scan of full detail."""
        from .check.graph import link_graph  # noqa: PLC0415 - a scan alone does not need it

        return link_graph(python_tree(tree), scan, options, cancel)

    def outline(self, path: str, options: ScanOptions) -> Answer[OutlineSection]:
        """The sections of one document."""
        return outline_document(path, options, self._engine)
