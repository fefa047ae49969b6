"""What the commands that answer with findings share: their formats and their exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...domain.findings import FindingSummary
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

__all__ = ["FINDING_FORMATS", "exit_code", "write_elsewhere", "write_mended"]

FINDING_FORMATS = (*FORMATS, "sarif", "github")


def write_elsewhere(call: Call, answer: Answer[Finding]) -> bool:
    """Writes the forms that other tools read; false if another form was asked for."""
    if call.format == "github":
        lines_out(github_text(answer.items, _prefix(answer.root)))
    elif call.format == "sarif":
        from ...use_cases.list_rules import ListRulesUseCase  # noqa: PLC0415 - needed for this form only
        from ..report.sarif import sarif  # noqa: PLC0415

        write_bytes(sarif(answer, ListRulesUseCase().execute().items, _prefix(answer.root)))
    else:
        return False
    return True


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
