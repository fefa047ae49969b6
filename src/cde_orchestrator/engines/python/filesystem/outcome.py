"""The account that every operation gives of what it looked at and what it passed over.

The twin of ``cde_filesystem::outcome``.
"""

from __future__ import annotations

import os

from ....domain.envelope import Completeness, Diagnostic, Skipped
from .account import SkipCounter
from .read import ReadProblem
from .tree import PythonTree
from .vendored import Tags

__all__ = ["Outcome", "marked_reason"]

_MARKS = ((Tags.VENDORED, "vendored"), (Tags.GENERATED, "generated"), (Tags.MINIFIED, "minified"))


class Outcome:
    """Collects diagnostics and skipped files on top of those of the walk."""

    __slots__ = ("_diagnostics", "_skipped", "_tree", "scanned")

    def __init__(self, tree: PythonTree) -> None:
        self._tree = tree
        self._skipped = SkipCounter()
        self._diagnostics: list[Diagnostic] = []
        self.scanned = 0
        """Files that were looked at."""

    def skip(self, reason: str, path: bytes) -> None:
        """Counts a file that was passed over."""
        self._skipped.add(reason, path)

    def problem(self, path: bytes, problem: ReadProblem) -> None:
        """Counts a file that could not be read: one that is gone silently, another with a diagnostic."""
        diagnostic = problem.diagnostic(path)
        if diagnostic is None:
            self.skip("vanished", path)
        else:
            self.skip("unreadable", path)
            self._diagnostics.append(diagnostic)

    def finish(self) -> tuple[Completeness, tuple[Diagnostic, ...]]:
        """The account: partial where anything could not be read."""
        diagnostics = sorted([*self._tree.diagnostics, *self._diagnostics], key=_diagnostic_order)
        partial = any(one.code.startswith("unreadable-") for one in diagnostics)
        skipped = _merged(self._tree.skipped, self._skipped.finish())
        state: Completeness = Completeness("partial" if partial else "complete", self.scanned, skipped)
        return state, tuple(diagnostics)


def _diagnostic_order(one: Diagnostic) -> tuple[bytes, int, str]:
    return os.fsencode(one.path), -1 if one.line is None else one.line, one.code


def _merged(walked: tuple[Skipped, ...], added: tuple[Skipped, ...]) -> tuple[Skipped, ...]:
    reasons = {one.reason: one for one in walked}
    for one in added:
        before = reasons.get(one.reason)
        if before is not None:
            examples = sorted((*before.examples, *one.examples), key=os.fsencode)[:3]
            one = Skipped(one.reason, before.count + one.count, tuple(examples))  # noqa: PLW2901 - the merged entry
        reasons[one.reason] = one
    return tuple(reasons[reason] for reason in sorted(reasons))


def marked_reason(tags: Tags) -> str | None:
    """Why analysis passes over a file with these marks, unless it was asked for."""
    return next((reason for tag, reason in _MARKS if tag in tags), None)
