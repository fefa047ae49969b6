"""Scanning: every document of a tree, each read and parsed once. The twin of the Rust core's ``scan`` module."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from ....domain.documents import Document, DocumentName, DocumentSummary, ScanSummary
from ....domain.envelope import Completeness, Diagnostic, EngineInfo, Result
from ....domain.options import CheckOptions, ScanOptions
from ....ports.control import CancelToken, Progress
from ....ports.documentation import Scan
from ..control import check_cancelled
from ..digest import snapshot_id
from ..filesystem.decode import decode
from ..filesystem.outcome import Outcome, marked_reason
from ..filesystem.read import ReadProblem, file_facts, read_file
from ..filesystem.tree import FileFacts, PythonTree
from .document import Identity, Parsed, format_of_path, read_document, unread_document
from .markdown import DocumentFormat
from .scanned import PythonScan

if TYPE_CHECKING:
    from .check.notes import Notes
from .sphinx import TextFolders

__all__ = ["SCHEMA", "scan_documents"]

SCHEMA = "cde.docs.scan/1"
_MAX_BYTES_LIMIT = "max-document-bytes"


class _Binary(Exception):  # noqa: N818 - it is caught and turned into a diagnostic
    """The document is no text."""


@dataclass(slots=True)
class _Account:
    """What the reading of all documents comes to."""

    summary: ScanSummary
    diagnostics: list[Diagnostic]
    limits: set[str]
    read: list[tuple[bytes, int, str]]
    noted: frozenset[str]
    notes: dict[str, Notes]


def scan_documents(
    tree: PythonTree,
    options: ScanOptions,
    engine: EngineInfo,
    *,
    check: CheckOptions | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Scan:
    """Every document of ``tree``, by path bytes. Schema ``cde.docs.scan/1``.

    Documents are Markdown (``.md``, ``.markdown``, ``.mdown``, ``.mkd``), MDX (``.mdx``), reStructuredText (``.rst``),
    AsciiDoc (``.adoc``, ``.asciidoc``), notebooks (``.ipynb``) and plain texts known by name (``README``,
    ``CHANGES.txt`` and their like); a ``.txt`` file is reStructuredText where a ``conf.py`` in its folder or above says
    so. Links to files, vendored and generated files (unless the tree was opened with
    ``vendored``) and binary files are named among the skipped. A document beyond a limit is listed without content,
    with a diagnostic, and makes the answer partial. Detail ``names`` opens no document. O(bytes of the documents).
    """
    noted = _noted(check)
    outcome = Outcome(tree)
    found = _documents(tree, outcome)
    if options.detail == "names":
        names = [DocumentName(os.fsdecode(tree.path(index))) for index, _ in found]
        outcome.scanned = len(names)
        completeness, diagnostics = outcome.finish()
        summary = replace(_nothing(), documents=len(names))
        return Result(SCHEMA, engine, tree.root, None, completeness, summary, names, diagnostics)
    account = _Account(_nothing(), [], set(), [], noted, {})
    items: list[Any] = []
    for done, (index, syntax) in enumerate(found, 1):
        check_cancelled(cancel)
        path = tree.path(index)
        try:
            parsed, facts, text = _read(tree, index, syntax, options, account, cancel=cancel)
        except ReadProblem as problem:
            outcome.problem(path, problem)
        except _Binary:
            outcome.skip("binary", path)
            account.diagnostics.append(_warning(path, "binary-document", "the document is binary"))
        else:
            account.read.append((path, facts.size, facts.sha256))
            account.summary = _added(account.summary, parsed)
            items.append(_item(parsed, text, options, account))
        if progress is not None:
            progress("read", done, len(found))
    outcome.scanned = len(items)
    completeness, diagnostics = outcome.finish()
    if account.limits:
        limits = tuple(sorted(account.limits))
        completeness = Completeness("partial", completeness.scanned, completeness.skipped, limits)
    result = Result(
        schema=SCHEMA,
        engine=engine,
        root=tree.root,
        snapshot=snapshot_id(account.read),
        completeness=completeness,
        summary=account.summary,
        items=items,
        diagnostics=_sorted(diagnostics, account.diagnostics),
    )
    return PythonScan.of(result, account.notes)


def _noted(check: CheckOptions | None) -> frozenset[str]:
    """The rules that need the text, among those that the check that follows will ask for."""
    if check is None:
        return frozenset()
    from .check.notes import text_rules  # noqa: PLC0415 - a scan alone does not need the rules
    from .check.rules import ChosenRules  # noqa: PLC0415

    return text_rules(ChosenRules(check).names)


def _item(parsed: Parsed, text: str | None, options: ScanOptions, account: _Account) -> Document | DocumentSummary:
    if options.detail == "summary":
        return parsed.summary(options.required_metadata)
    document = parsed.document()
    if account.noted and text is not None:
        from .check.notes import take_notes  # noqa: PLC0415 - a scan alone does not need the rules

        account.notes[document.path] = take_notes(document, text, account.noted)
    return document


def _nothing() -> ScanSummary:
    return ScanSummary(*(0 for _ in fields(ScanSummary)))


def _documents(tree: PythonTree, outcome: Outcome) -> list[tuple[int, DocumentFormat]]:
    """The files to read and their formats; the other documents are counted as skipped."""
    texts = TextFolders(tree)
    found = []
    for index, path in enumerate(tree.files):
        syntax = "restructuredtext" if texts.hold(path) else format_of_path(path)
        if syntax is None:
            continue
        reason = "symlink" if tree.kind(index) == "symlink" else None
        if reason is None and not tree.options.vendored:
            reason = marked_reason(tree.tags(index))
        if reason is not None:
            outcome.skip(reason, path)
        else:
            found.append((index, syntax))
    return found


def _warning(path: bytes, code: str, message: str) -> Diagnostic:
    return Diagnostic(os.fsdecode(path), None, None, code, "warning", message)


def _read(
    tree: PythonTree,
    index: int,
    syntax: DocumentFormat,
    options: ScanOptions,
    account: _Account,
    *,
    cancel: CancelToken | None,
) -> tuple[Parsed, FileFacts, str | None]:
    """The document, its file's facts, and its text if it was parsed."""
    path = tree.path(index)
    try:
        content, facts = read_file(tree, index, options.max_document_bytes, cancel)
    except ReadProblem as problem:
        if problem.code != "file-too-large":
            raise
        facts = file_facts(tree, index, cancel)
        message = f"the document has more than {options.max_document_bytes} bytes"
        account.diagnostics.append(_warning(path, "document-too-large", message))
        account.limits.add(_MAX_BYTES_LIMIT)
        identity = Identity(path, syntax, facts.size, facts.sha256)
        return unread_document(identity, facts.encoding, facts.lines), facts, None
    if facts.binary:
        raise _Binary
    identity = Identity(path, syntax, facts.size, facts.sha256)
    decoded = decode(content)
    parsed, excess = read_document(identity, decoded, options)
    if parsed.diagnostic is not None:
        account.diagnostics.append(parsed.diagnostic)
    if excess is not None:
        account.diagnostics.append(excess.diagnostic(path, options.max_nesting))
        account.limits.add(excess.limit_name)
    return parsed, facts, decoded.text if excess is None else None


def _added(total: ScanSummary, parsed: Parsed) -> ScanSummary:
    found = parsed.body.extract
    links = [link for link in found.links if not link.image]
    return ScanSummary(
        documents=total.documents + 1,
        bytes=total.bytes + parsed.identity.size,
        words=total.words + found.words,
        headings=total.headings + len(found.headings),
        links=total.links + len(links),
        internal_links=total.internal_links + sum(link.internal for link in links),
        images=total.images + len(found.links) - len(links),
        code_blocks=total.code_blocks + len(found.code_blocks),
        tasks_open=total.tasks_open + found.tasks_open,
        tasks_done=total.tasks_done + found.tasks_done,
        with_front_matter=total.with_front_matter + (parsed.front_matter is not None),
        without_title=total.without_title + (parsed.title is None),
    )


def _sorted(walked: Sequence[Diagnostic], found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    def order(one: Diagnostic) -> tuple[bytes, int, str]:
        return os.fsencode(one.path), -1 if one.line is None else one.line, one.code

    return tuple(sorted((*walked, *found), key=order))
