"""The documentation capability over the core."""

from __future__ import annotations

from typing import Any

import cde_rust_core as core

from ...domain.documents import OutlineSection
from ...domain.envelope import Answer, EngineInfo
from ...domain.findings import Finding
from ...domain.graph import LinkNode
from ...domain.options import CheckOptions, GraphOptions, ScanOptions
from ...ports.control import CancelToken, Progress
from ...ports.documentation import Scan
from ...ports.filesystem import Tree
from .answer import RustAnswer, translated
from .filesystem import core_token, core_tree

__all__ = ["RustDocumentationEngine", "RustScan"]


class RustScan(RustAnswer[Any]):
    """A scan that stays in the core, where the checks find it again."""

    def __init__(self, scan: core.Scan, engine: EngineInfo) -> None:
        super().__init__(scan.answer, engine)
        self.scan = scan


def _core_scan(scan: Scan) -> core.Scan:
    if not isinstance(scan, RustScan):
        raise TypeError(f"the scan was made by another engine: {type(scan).__name__}")
    return scan.scan


class RustDocumentationEngine:
    """Implements :class:`~cde_orchestrator.ports.documentation.DocumentationEngine`."""

    def __init__(self, engine: EngineInfo) -> None:
        self._engine = engine

    @translated
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
        scan = core.scan_documentation(
            core_tree(tree),
            detail=options.detail,
            slug_flavour=options.slug_flavour,
            required_metadata=options.required_metadata,
            max_document_bytes=options.max_document_bytes,
            max_nesting=options.max_nesting,
            check=None if check is None else (check.select, check.ignore),
            cancel=core_token(cancel),
            progress=progress,
        )
        return RustScan(scan, self._engine)

    @translated
    def check(
        self, tree: Tree, scan: Scan, options: CheckOptions, *, cancel: CancelToken | None = None
    ) -> Answer[Finding]:
        """Findings over a scan of full detail."""
        answer = core.check_documentation(
            core_tree(tree),
            _core_scan(scan),
            select=options.select,
            ignore=options.ignore,
            site_root=options.site_root,
            per_path=options.per_path,
            severity=options.severity,
            required_metadata=options.required_metadata,
            review_keys=options.review_keys,
            today=options.today,
            site=options.site,
            scanned_slugs=options.scanned_slugs,
            cancel=core_token(cancel),
        )
        return RustAnswer(answer, self._engine)

    @translated
    def graph(
        self, tree: Tree, scan: Scan, options: GraphOptions, *, cancel: CancelToken | None = None
    ) -> Answer[LinkNode]:
        """Who links to whom among the documents of a scan of full detail."""
        answer = core.link_graph(
            core_tree(tree),
            _core_scan(scan),
            entries=[entry.encode("utf-8", "surrogateescape") for entry in options.entries],
            site_root=options.site_root,
            site=options.site,
            cancel=core_token(cancel),
        )
        return RustAnswer(answer, self._engine)

    @translated
    def outline(self, path: str, options: ScanOptions) -> Answer[OutlineSection]:
        """The sections of one document."""
        answer = core.outline_document(
            path,
            slug_flavour=options.slug_flavour,
            max_document_bytes=options.max_document_bytes,
            max_nesting=options.max_nesting,
        )
        return RustAnswer(answer, self._engine)
