"""Findings that are known and accepted, so that a check speaks of new ones only.

A finding is recognised by its path, its rule and what it is about as written, not by its line: text added above moves
it, and it stays known. Of several alike in one document, as many are known as were listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from .findings import Finding

__all__ = ["Baseline", "Known"]

Known = tuple[str, str, str]
"""Path, rule and fingerprint."""


def _known(finding: Finding) -> Known:
    digest = sha256(finding.evidence.encode("utf-8", "surrogateescape")).hexdigest()
    return finding.path, finding.rule, digest[:16]


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each finding is known.

    >>> finding = Finding("self-link", "hint", "a.md", 3, 1, 3, "m", "a.md", None, None, "a.md#L3-L3@0")
    >>> Baseline.of([finding]).split([finding, finding])[1:]
    (1, 0)
    """

    counts: Mapping[Known, int] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Baseline:
        """The baseline under which all of ``findings`` are known."""
        return cls(Counter(map(_known, findings)))

    def split(self, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], int, int]:
        """The findings that are not known, in order; how many are; how many of those listed are gone."""
        left = Counter(self.counts)
        fresh = []
        known = 0
        for finding in findings:
            key = _known(finding)
            if left[key] > 0:
                left[key] -= 1
                known += 1
            else:
                fresh.append(finding)
        return tuple(fresh), known, sum(left.values())
