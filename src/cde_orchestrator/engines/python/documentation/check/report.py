"""Collecting the findings of one document: rules that were not asked for or are turned off are left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .....domain.documents import Document
from .....domain.envelope import Severity
from .....domain.findings import Finding, Fix, Rule
from ...digest import hash12
from .suppress import Suppressions

__all__ = ["Remark", "Report"]


# Folders with what tests work on.
_TEST_INPUTS = frozenset(
    (
        "__fixtures__",
        "__snapshots__",
        "fixtures",
        "mdtest",
        "snapshots",
        "test-data",
        "test-fixtures",
        "test_data",
        "testdata",
        "testsuite",
    )
)


# Names by which a document of a folder with tests is found, so that it is rather about them.
_ABOUT_TESTS = frozenset(("agents", "claude", "contributing", "gemini", "readme", "skill"))
_TESTS = frozenset(("test", "tests"))
_DOCUMENTATION = frozenset(("doc", "docs", "content"))


def _is_test_input(path: str) -> bool:
    """Whether the document at ``path`` is what tests work on.

    It is in a folder with such a name, or in one below ``test`` or ``tests``, unless it has a name by which people and
    agents find it, or the tests are a subject of documentation.
    """
    *folders, name = path.split("/")
    if not _TEST_INPUTS.isdisjoint(folders):
        return True
    around = folders[:-1]
    tests = next((index for index, folder in enumerate(around) if folder in _TESTS), None)
    if tests is None or not _DOCUMENTATION.isdisjoint(around[:tests]):
        return False
    stem = name.partition(".")[0]
    return not (stem.isascii() and stem.lower() in _ABOUT_TESTS)


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said if the rule is asked for. ``severity`` is set where it differs from the rule's.

    ``splits_code`` holds where it is true only if a bar in a code span ends a cell of a table, as on GitHub.
    """

    rule: str
    line: int
    column: int
    message: str
    evidence: str
    suggestion: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None
    splits_code: bool = False


_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}


class Report:
    """The findings of one document so far, and how many links were judged and how many could not be."""

    __slots__ = (
        "_chosen",
        "_document",
        "_hash",
        "_is_test_input",
        "_suppressions",
        "findings",
        "links_checked",
        "links_unverified",
    )

    def __init__(self, document: Document, chosen: Mapping[str, Rule]) -> None:
        self._chosen = chosen
        self._document = document
        self._hash = hash12(document.hash)
        self._suppressions = Suppressions(document) if document.directives else None
        # What a test works on is often broken by intention.
        self._is_test_input = _is_test_input(document.path)
        self.findings: list[Finding] = []
        self.links_checked = 0
        self.links_unverified = 0

    @property
    def suppressions(self) -> Suppressions | None:
        """What the document turns off."""
        return self._suppressions

    def wants(self, rule: str) -> bool:
        """Whether ``rule`` is asked for."""
        return rule in self._chosen

    def add(
        self,
        rule: str,
        line: int,
        column: int,
        message: str,
        evidence: str,
        *,
        suggestion: str | None = None,
        fix: Fix | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Adds a finding, unless its rule is not asked for or turned off at ``line``."""
        chosen = self._chosen.get(rule)
        if chosen is None or (self._suppressions is not None and self._suppressions.covers(rule, line)):
            return
        # A check lowers the severity where the place calls for it, and never raises it.
        if severity is None or _RANK[severity] < _RANK[chosen.severity]:
            severity = chosen.severity
        if self._is_test_input:
            severity = "hint"
        self.findings.append(
            Finding(
                rule=rule,
                severity=severity,
                path=self._document.path,
                line=line,
                column=column,
                end_line=line,
                message=message,
                evidence=evidence,
                suggestion=suggestion,
                fix=fix,
                ref=f"{self._document.path}#L{line}-L{line}@{self._hash}",
            )
        )

    def add_remark(self, remark: Remark) -> None:
        """Adds what was noted, on the same conditions."""
        self.add(
            remark.rule,
            remark.line,
            remark.column,
            remark.message,
            remark.evidence,
            suggestion=remark.suggestion,
            fix=remark.fix,
            severity=remark.severity,
        )

    def sorted(self) -> list[Finding]:
        """The findings by line, column and rule; those alike in all three in the order in which they were found."""
        return sorted(self.findings, key=lambda finding: (finding.line, finding.column, finding.rule))
