"""The main job: what is this repository, and is it in good order?"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from ..domain.audit import AuditSummary
from ..domain.code import MetricsSummary
from ..domain.documents import ScanSummary
from ..domain.envelope import Result, Severity
from ..domain.files import TreeSummary
from ..domain.findings import Finding, FindingSummary
from ..errors import InternalError
from .base import PathLike, check_metrics, check_rules, check_scan, check_tree, root_of
from .measure_code import most_complex
from .merging import merge_completeness, merge_diagnostics
from .validate_schemas import CheckingUseCase

if TYPE_CHECKING:
    from ..domain.code import FileMetrics
    from ..domain.envelope import Answer
    from ..domain.files import LanguageSummary
    from ..domain.options import CheckOptions, MetricsOptions, ScanOptions, TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["AUDIT_SCHEMA", "AuditRepositoryUseCase", "worst_first"]

AUDIT_SCHEMA = "cde.audit.run/1"

_MOST_COMPLEX = 5
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}


def worst_first(finding: Finding) -> tuple[object, ...]:
    """Sort key: severity, then path bytes, line, column and rule."""
    return _RANK[finding.severity], os.fsencode(finding.path), finding.line, finding.column, finding.rule


class AuditRepositoryUseCase(CheckingUseCase):
    """Puts the tree's summary, the scan of its documents, the findings and the measures of its code together.

    The tree is walked once and every file read once: the parts share the tree, which remembers what was learnt.
    """

    def execute(
        self,
        path: PathLike = ".",
        *,
        tree: TreeOptions | None = None,
        options: ScanOptions | None = None,
        rules: CheckOptions | None = None,
        metrics: MetricsOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[Finding]:
        """The findings, worst first, under an :class:`AuditSummary`. Schema ``cde.audit.run/1``."""
        root, tree, rules, metrics = root_of(path), check_tree(tree), check_rules(rules), check_metrics(metrics)
        options = replace(check_scan(options), detail="full")
        engines = self.engines
        walked = engines.filesystem.open_tree(root, tree, cancel=cancel, progress=progress)
        scan = engines.documentation.scan(walked, options, check=rules, cancel=cancel, progress=progress)
        judged = engines.documentation.check(walked, scan, rules, cancel=cancel)
        check = self._checked(walked, scan, judged, rules)
        code = engines.code.metrics(walked, metrics, cancel=cancel, progress=progress)
        # Last, since the others have learnt by then what it asks of the files that they read.
        counts = engines.filesystem.tree_summary(walked, cancel=cancel, progress=progress)
        return Result(
            schema=AUDIT_SCHEMA,
            engine=engines.info,
            root=root,
            snapshot=scan.snapshot if counts.snapshot is None else counts.snapshot,
            completeness=merge_completeness([part.completeness for part in (scan, check, code, counts)]),
            summary=_summary(root, counts, scan.summary, check.summary, code),
            items=tuple(sorted(check.items, key=worst_first)),
            diagnostics=merge_diagnostics(part.diagnostics for part in (scan, check, code, counts)),
        )


def _summary(
    root: str, counts: Answer[LanguageSummary], scan: object, check: object, code: Answer[FileMetrics]
) -> AuditSummary:
    tree, measured = counts.summary, code.summary
    # The port leaves the summary's class open; each operation's documentation fixes it.
    if not (
        isinstance(tree, TreeSummary)
        and isinstance(scan, ScanSummary)
        and isinstance(check, FindingSummary)
        and isinstance(measured, MetricsSummary)
    ):
        raise InternalError("an engine answered with a summary of another operation")
    return AuditSummary(
        repository=_name_of(root),
        files=tree.files,
        bytes=tree.bytes,
        lines=tree.lines,
        binary_files=tree.binary_files,
        languages=tuple(counts.items),
        documents=scan,
        findings=check,
        code=measured,
        complex_functions=most_complex(code.items, _MOST_COMPLEX),
    )


def _name_of(root: str) -> str:
    try:
        return os.path.basename(os.path.abspath(root)) or os.sep
    except OSError:
        return root  # the current folder was deleted, so it has no name any more
