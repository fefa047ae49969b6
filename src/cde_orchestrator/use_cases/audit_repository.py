"""The main job: what is this repository, and is it in good order?"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from ..domain.audit import AuditSummary
from ..domain.documents import ScanSummary
from ..domain.envelope import Result, Severity
from ..domain.files import TreeSummary
from ..domain.findings import Finding, FindingSummary
from ..errors import InternalError
from .base import PathLike, check_rules, check_scan, check_tree, root_of
from .merging import merge_completeness, merge_diagnostics
from .validate_schemas import CheckingUseCase

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..domain.options import CheckOptions, ScanOptions, TreeOptions
    from ..ports.control import CancelToken, Progress

__all__ = ["AUDIT_SCHEMA", "AuditRepositoryUseCase", "worst_first"]

AUDIT_SCHEMA = "cde.audit.run/1"

_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}


def worst_first(finding: Finding) -> tuple[object, ...]:
    """Sort key: severity, then path bytes, line, column and rule."""
    return _RANK[finding.severity], os.fsencode(finding.path), finding.line, finding.column, finding.rule


class AuditRepositoryUseCase(CheckingUseCase):
    """Puts the tree's summary, the scan of its documents and the findings together into one answer.

    The tree is walked once and every file read once: the parts share the tree, which remembers what was learnt.
    """

    def execute(
        self,
        path: PathLike = ".",
        *,
        tree: TreeOptions | None = None,
        options: ScanOptions | None = None,
        rules: CheckOptions | None = None,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[Finding]:
        """The findings, worst first, under an :class:`AuditSummary`. Schema ``cde.audit.run/1``."""
        root, tree, rules = root_of(path), check_tree(tree), check_rules(rules)
        options = replace(check_scan(options), detail="full")
        engines = self.engines
        walked = engines.filesystem.open_tree(root, tree, cancel=cancel, progress=progress)
        scan = engines.documentation.scan(walked, options, check=rules, cancel=cancel, progress=progress)
        judged = engines.documentation.check(walked, scan, rules, cancel=cancel)
        check = self._checked(walked, scan, judged, rules)
        counts = engines.filesystem.tree_summary(walked, cancel=cancel, progress=progress)
        return Result(
            schema=AUDIT_SCHEMA,
            engine=engines.info,
            root=root,
            snapshot=scan.snapshot if counts.snapshot is None else counts.snapshot,
            completeness=merge_completeness((scan.completeness, check.completeness, counts.completeness)),
            summary=_summary(root, counts.summary, tuple(counts.items), scan.summary, check.summary),
            items=tuple(sorted(check.items, key=worst_first)),
            diagnostics=merge_diagnostics((scan.diagnostics, check.diagnostics, counts.diagnostics)),
        )


def _summary(root: str, tree: object, languages: tuple[object, ...], scan: object, check: object) -> AuditSummary:
    # The port leaves the summary's class open; each operation's documentation fixes it.
    if not (isinstance(tree, TreeSummary) and isinstance(scan, ScanSummary) and isinstance(check, FindingSummary)):
        raise InternalError("an engine answered with a summary of another operation")
    return AuditSummary(
        repository=_name_of(root),
        files=tree.files,
        bytes=tree.bytes,
        lines=tree.lines,
        binary_files=tree.binary_files,
        languages=languages,  # type: ignore[arg-type] # the items of a tree summary
        documents=scan,
        findings=check,
    )


def _name_of(root: str) -> str:
    try:
        return os.path.basename(os.path.abspath(root)) or os.sep
    except OSError:
        return root  # the current folder was deleted, so it has no name any more
