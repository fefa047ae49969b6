"""What the commands that answer with findings share: their formats and their exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...domain.audit import AuditSummary
from ...domain.envelope import Result
from ...domain.findings import FindingSummary
from ...errors import InternalError
from ..report.github import github_text
from ..report.numbers import plural
from ..report.style import safe_path, safe_text
from .options import FORMATS
from .output import lines_out, note, write_bytes

if TYPE_CHECKING:
    from ...domain.envelope import Answer
    from ...domain.findings import Finding
    from ...domain.mending import MendedDocument
    from .command import Call

__all__ = ["FINDING_FORMATS", "exit_code", "without_known", "write_elsewhere", "write_mended"]

FINDING_FORMATS = (*FORMATS, "sarif", "github", "junit")


def write_elsewhere(call: Call, answer: Answer[Finding], fail_on: str) -> bool:
    """Writes the forms that other tools read; false if another form was asked for."""
    if call.format == "github":
        lines_out(github_text(answer.items, _prefix(answer.root)))
    elif call.format == "sarif":
        from ...use_cases.list_rules import ListRulesUseCase  # noqa: PLC0415 - needed for this form only
        from ..report.sarif import sarif  # noqa: PLC0415

        write_bytes(sarif(answer, ListRulesUseCase().execute().items, _prefix(answer.root)))
    elif call.format == "junit":
        from ..report.junit import junit  # noqa: PLC0415 - needed for this form only

        write_bytes(junit(answer, fail_on))
    else:
        return False
    return True


def without_known(call: Call, answer: Answer[Finding]) -> Answer[Finding]:
    """``answer`` without the findings that the baseline lists, which its summary counts; itself if there is none."""
    file = call.baseline_file()
    if file is None:
        return answer
    from ..baseline import read_baseline  # noqa: PLC0415 - needed where there is one

    fresh, known, gone = read_baseline(file).split(answer.items)
    if gone and not call.quiet:
        note(f"{safe_path(file)}: {plural(gone, 'finding')} of the baseline gone; --write-baseline renews it")
    summary = answer.summary
    counted = summary.findings if isinstance(summary, AuditSummary) else summary
    if not isinstance(counted, FindingSummary):
        raise InternalError("findings came with a summary of another operation")
    recounted = FindingSummary.of(
        fresh, checked=counted.links_checked, unverified=counted.links_unverified, known=known, sites=counted.sites
    )
    return Result(
        schema=answer.schema,
        engine=answer.engine,
        root=answer.root,
        snapshot=answer.snapshot,
        completeness=answer.completeness,
        summary=replace(summary, findings=recounted) if isinstance(summary, AuditSummary) else recounted,
        items=fresh,
        diagnostics=answer.diagnostics,
    )


def write_mended(call: Call, documents: Sequence[MendedDocument], *, show: bool) -> None:
    """Says on standard error what was mended and what could not be; with ``show``, the diff on standard output.

    On a terminal the diff is shown with its control characters escaped; elsewhere its bytes are those of the files.
    """
    for document in documents:
        if document.problem is not None:
            note(f"{safe_path(document.path)}: not mended: {document.problem}")
        if show and document.diff:
            if sys.stdout is not None and sys.stdout.isatty():
                lines_out(safe_text(line) for line in document.diff.decode("utf-8", "surrogateescape").splitlines())
            else:
                write_bytes(document.diff)
    if not show and not call.quiet:
        written = [document for document in documents if document.written]
        fixes = plural(sum(document.fixes for document in written), "finding")
        note(f"mended {fixes} in {plural(len(written), 'document')}" if written else "nothing to mend")


def exit_code(summary: FindingSummary, fail_on: str) -> int:
    """1 if there is a finding at or above the severity ``fail_on``."""
    counted = {
        "never": 0,
        "error": summary.errors,
        "warning": summary.errors + summary.warnings,
        "hint": summary.errors + summary.warnings + summary.hints,
    }
    return int(counted[fail_on] > 0)


def _prefix(root: str) -> str:
    """What leads from the current folder, where a code host's paths begin, to ``root``; empty if that is elsewhere."""
    try:
        relative = os.path.relpath(root)
    except OSError:
        return ""  # the current folder is gone
    return "" if relative == os.curdir or relative.startswith(os.pardir) else relative + "/"
