"""Keeping of an answer the findings on changed lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..domain.audit import AuditSummary
from ..domain.envelope import Diagnostic, Result
from ..domain.findings import Finding, FindingSummary
from ..domain.line_changes import ChangedLines
from ..domain.paths import escape_path
from ..errors import InternalError
from .merging import merge_diagnostics

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..ports.history import History

__all__ = ["only_changed", "recounted"]


def only_changed(answer: Answer[Finding], since: str, history: History) -> Answer[Finding]:
    """``answer`` without the findings on lines that are the same in the commit ``since``, which its summary counts.

    A finding at the very start of a document speaks of the document as a whole, and stays if any of its lines changed.
    """
    documents = {finding.path: finding.ref.rpartition("@")[2] for finding in answer.items}
    changes = history.changes(answer.root, since, documents)
    kept = tuple(finding for finding in answer.items if _is_new(finding, changes[finding.path]))
    return Result(
        schema=answer.schema,
        engine=answer.engine,
        root=answer.root,
        snapshot=answer.snapshot,
        completeness=answer.completeness,
        summary=recounted(answer.summary, kept, unchanged=len(answer.items) - len(kept)),
        items=kept,
        diagnostics=merge_diagnostics((answer.diagnostics, _diagnostics(changes))),
    )


def _is_new(finding: Finding, changed: ChangedLines) -> bool:
    if finding.line == finding.column == 1:
        return changed.any
    return changed.touches(finding.line, finding.end_line)


def _diagnostics(changes: Mapping[str, ChangedLines]) -> tuple[Diagnostic, ...]:
    told = []
    for path, changed in changes.items():
        if changed.problem is not None:
            message = f"all lines count as changed: {changed.problem}"
        elif changed.before is not None:
            message = f"compared with '{escape_path(changed.before)}', which is gone"
        else:
            continue
        code = "renamed" if changed.problem is None else "not-compared"
        told.append(Diagnostic(path, None, None, code, "hint", message))
    return tuple(told)


def recounted(summary: object, findings: tuple[Finding, ...], *, known: int = 0, unchanged: int = 0) -> object:
    """``summary``, of a check or an audit, for ``findings`` alone; ``known`` and ``unchanged`` more were left out."""
    counted = summary.findings if isinstance(summary, AuditSummary) else summary
    if not isinstance(counted, FindingSummary):
        raise InternalError("findings came with a summary of another operation")
    fresh = FindingSummary.of(
        findings,
        checked=counted.links_checked,
        unverified=counted.links_unverified,
        documents=counted.documents,
        known=counted.known + known,
        unchanged=counted.unchanged + unchanged,
    )
    return replace(summary, findings=fresh) if isinstance(summary, AuditSummary) else fresh
