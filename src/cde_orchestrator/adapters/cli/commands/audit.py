"""``cde audit``: the main job."""

from __future__ import annotations

import click

from ....domain.audit import AuditSummary
from ....domain.options import MetricsOptions
from ....errors import InternalError
from ....use_cases.audit_repository import AuditRepositoryUseCase
from ...report.audit import audit_text
from ...schemas import JsonSchemaValidator
from ..command import CHECK_KEYS, SCAN_KEYS, TREE_KEYS, Call, command
from ..findings import FINDING_FORMATS, exit_code, narrowed, write_elsewhere

__all__ = ["audit"]


@command(
    "audit",
    arguments=[click.Argument(["path"], default=".")],
    options=[
        ("What is checked", (*CHECK_KEYS, "docs.baseline", "docs.changed_since", "audit.fail_on", "audit.limit")),
        ("How documents are read", SCAN_KEYS),
        ("How code is read", ("code.max_code_bytes",)),
        ("Which files are in scope", TREE_KEYS),
    ],
    formats=FINDING_FORMATS,
    examples=[
        ("cde audit", "what this repository is, and what is wrong with it"),
        ("cde audit --fail-on warning", "stricter, for continuous integration"),
        ("cde audit --format sarif > audit.sarif", "for code scanning"),
        ("cde audit --format json | jq '.summary.findings'", "for a tool"),
    ],
)
def audit(call: Call, path: str) -> int:
    """Audit the repository at PATH in one pass: what it holds, its documents, its code, every check that applies.

    The exit code is 1 if there is a finding at or above --fail-on.
    """
    with call.progress() as progress:
        audited = AuditRepositoryUseCase(call.engine, JsonSchemaValidator()).execute(
            path,
            tree=call.tree(),
            options=call.scan(),
            rules=call.rules(),
            metrics=MetricsOptions(max_code_bytes=call.settings.number("code.max_code_bytes")),
            progress=progress,
        )
    answer = narrowed(call, audited)
    summary = answer.summary
    if not isinstance(summary, AuditSummary):
        raise InternalError("an audit answered with a summary of another operation")
    limit = call.settings.number("audit.limit")
    fail_on = call.settings.text("audit.fail_on")
    if not write_elsewhere(call, answer, fail_on):
        call.write(answer, lambda style: audit_text(style, answer, limit=limit, verbose=call.verbose))
    call.note_footer("audited", answer.engine)
    return exit_code(summary.findings, fail_on)
