"""Judging a scan: the entry of the checks."""

from __future__ import annotations

from typing import cast

from .....domain.documents import Document
from .....domain.envelope import Answer, Result
from .....domain.findings import Finding, FindingSummary
from .....domain.options import CheckOptions
from .....errors import InvalidArgumentError
from .....ports.control import CancelToken
from .....ports.documentation import Scan
from ...control import check_cancelled
from ...filesystem.tree import PythonTree
from .index import TreeIndex
from .links import LinkChecker
from .metadata import check_metadata
from .references import check_definitions, check_references
from .report import Report
from .rules import chosen_rules
from .site import Sites
from .structure import check_structure
from .target import place
from .wording import check_wording

__all__ = ["SCHEMA", "check_documents", "full_documents", "site_root_of", "unparsed"]

SCHEMA = "cde.docs.check/1"


def check_documents(
    tree: PythonTree, scan: Scan, options: CheckOptions, cancel: CancelToken | None = None
) -> Result[Finding]:
    """Findings over a scan of full detail, by path, line, column and rule.

    Raises ``InvalidArgumentError`` for a scan of less detail, an unknown rule, or a site root that is no folder of the
    tree; ``OperationCancelledError``. Linear in the number of links.
    """
    chosen = chosen_rules(options)
    documents = full_documents(scan)
    index = TreeIndex(tree, documents, unparsed(scan))
    checker = LinkChecker(index, Sites(index), site_root_of(index, options.site_root))
    findings: list[Finding] = []
    checked = unverified = 0
    for number, document in enumerate(documents):
        check_cancelled(cancel)
        report = Report(document, chosen)
        origin = checker.check(number, report)
        check_references(document, origin.site, report, origin.budget)
        check_definitions(document, report)
        check_structure(tree, document, report)
        check_metadata(document, report)
        check_wording(document, report)
        findings += report.sorted()
        checked += report.links_checked
        unverified += report.links_unverified
    return Result(
        schema=SCHEMA,
        engine=scan.engine,
        root=scan.root,
        snapshot=scan.snapshot,
        completeness=scan.completeness,
        summary=FindingSummary.of(findings, checked=checked, unverified=unverified),
        items=tuple(findings),
        diagnostics=tuple(scan.diagnostics),
    )


def unparsed(scan: Scan) -> frozenset[str]:
    """The documents whose text could not be parsed."""
    about_text = (diagnostic for diagnostic in scan.diagnostics if not diagnostic.code.startswith("frontmatter-"))
    return frozenset(diagnostic.path for diagnostic in about_text)


def full_documents(scan: Scan) -> list[Document]:
    """The documents of a scan of full detail. Raises ``InvalidArgumentError`` for one of less."""
    documents = list(cast(Answer[Document], scan).items)
    for document in documents:
        if not isinstance(document, Document):
            raise InvalidArgumentError("the check needs a scan of full detail", hint="scan with detail 'full'")
    return documents


def site_root_of(index: TreeIndex, configured: str | None) -> bytes | None:
    """The configured folder as a path from the root. Raises ``InvalidArgumentError`` if it is none of the tree."""
    if configured is None:
        return None
    there = place(b"", configured.encode("utf-8", "surrogateescape"))
    found = None if there.above or configured.startswith("/") else index.find(there.path)
    if found is None or not found.folder:
        raise InvalidArgumentError(
            "the site root is no folder of the tree", path=configured, hint="give it relative to the root of the scan"
        )
    return there.path
