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
from ..scanned import PythonScan
from .agents import AgentFiles
from .directives import check_directives
from .duplicates import near_duplicates
from .index import TreeIndex
from .links import LinkChecker
from .metadata import check_metadata
from .navigation import RULES, Readers, check_navigation
from .notes import NOTHING, Notes, take_notes, text_rules
from .references import check_definitions, check_references
from .report import Report
from .rules import ChosenRules
from .site import Sites
from .structure import check_structure
from .target import place
from .wording import check_length, check_wording

__all__ = ["SCHEMA", "check_documents", "full_documents", "site_root_of", "unparsed"]

SCHEMA = "cde.docs.check/1"
# Programs for which a bar in a code span ends no cell of a table.
_KEEP_CODE = frozenset(("docfx", "mkdocs"))


def check_documents(
    tree: PythonTree, scan: Scan, options: CheckOptions, cancel: CancelToken | None = None
) -> Result[Finding]:
    """Findings over a scan of full detail, by path, line, column and rule.

    Raises ``InvalidArgumentError`` for a scan of less detail, an unknown rule, or a site root that is no folder of the
    tree; ``OperationCancelledError``. Linear in the number of links.
    """
    chosen = ChosenRules(options)
    documents = full_documents(scan)
    index = TreeIndex(tree, documents, unparsed(scan))
    site_root = site_root_of(index, options.site_root)
    sites = Sites(tree, index, options.site, own_slugs=not options.scanned_slugs)
    follows = not RULES.isdisjoint(chosen.names)
    checker = LinkChecker(tree, index, sites, site_root, follows=follows)
    notes = _notes(index, scan, text_rules(chosen.names), cancel)
    duplicates = near_duplicates(index, notes, cancel) if "near-duplicate-section" in chosen.names else []
    agents = AgentFiles(tree, index)
    findings: list[Finding] = []
    edges: list[list[int]] = []
    checked = unverified = 0
    for number, document in enumerate(documents):
        check_cancelled(cancel)
        report = Report(document, chosen.at(document.path))
        origin = checker.check(number, report)
        check_references(document, origin.site, report, origin.budget)
        check_definitions(tree, document, report)
        check_structure(tree, document, report)
        check_metadata(index, number, options, report)
        check_wording(document, report)
        agents.check(number, report)
        check_length(document, report)
        keeps_code = origin.site is not None and origin.site.builder.name in _KEEP_CODE
        for remark in (*notes[number].remarks, *(duplicates[number] if duplicates else ())):
            if not (keeps_code and remark.splits_code):
                report.add_remark(remark)
        # Last, when it is known which of them were needed.
        check_directives(document, report, origin.budget)
        findings += report.sorted()
        checked += report.links_checked
        unverified += report.links_unverified
        edges.append(origin.links_to)
    if follows:
        findings += check_navigation(Readers(tree, index, sites, edges), chosen)
        findings.sort(key=_place_of)
    return Result(
        schema=SCHEMA,
        engine=scan.engine,
        root=scan.root,
        snapshot=scan.snapshot,
        completeness=scan.completeness,
        summary=FindingSummary.of(
            findings, checked=checked, unverified=unverified, documents=len(documents), sites=sites.summary()
        ),
        items=tuple(findings),
        diagnostics=(*scan.diagnostics, *sites.diagnostics),
    )


def _notes(index: TreeIndex, scan: Scan, rules: frozenset[str], cancel: CancelToken | None) -> list[Notes]:
    """What the texts of the documents tell; read again where the scan did not note it.

    Nothing is noted of a document that changed since, or is not UTF-8, if it has to be read again.
    """
    known = scan.notes if isinstance(scan, PythonScan) else {}
    notes = []
    for number, document in enumerate(index.documents):
        check_cancelled(cancel)
        noted = known.get(document.path)
        if not rules or not index.is_parsed(number):
            noted = NOTHING
        elif noted is None or not rules <= noted.rules:
            content = index.content(number)
            noted = NOTHING if content is None else take_notes(document, content.decode(), rules)
        notes.append(noted)
    return notes


def _place_of(finding: Finding) -> tuple[bytes, int, int, str]:
    return finding.path.encode("utf-8", "surrogateescape"), finding.line, finding.column, finding.rule


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
