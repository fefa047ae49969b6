"""Judgements: a rule, a severity, a place, evidence and, where possible, a fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .envelope import Severity
from .fields import PATH

__all__ = ["Deduction", "Finding", "FindingSummary", "Fix", "Rule", "RuleCount", "RulesSummary", "SiteSummary"]

_WEIGHTS: dict[Severity, int] = {"error": 40, "warning": 10, "hint": 1}
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a check looks for.

    ``severity`` is the usual one; a rule outside of the ``default`` set has to be selected by name.
    """

    name: str
    group: str
    severity: Severity
    default: bool
    summary: str


@dataclass(frozen=True, slots=True)
class RulesSummary:
    """How many rules there are, and their groups in the order of the items."""

    rules: int
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """Replace the bytes ``start`` to ``end`` of the file's UTF-8 text (after a byte order mark) by ``replacement``."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A judgement. Lines and columns count from 1, columns in code points; ``ref`` is ``path#Lline-Lend@hash12``."""

    rule: str
    severity: Severity
    path: str = field(metadata=PATH)
    line: int
    column: int
    end_line: int
    message: str
    evidence: str
    suggestion: str | None
    fix: Fix | None
    ref: str = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule was broken."""

    rule: str
    severity: Severity
    count: int


@dataclass(frozen=True, slots=True)
class Deduction:
    """What one rule takes from the score: ``points`` in thousandths, for findings in ``documents`` documents."""

    rule: str
    severity: Severity
    count: int
    documents: int
    points: int


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """A site that was recognised, and what its configuration told.

    ``path`` is the folder below which its documents lie (empty for the root), ``kind`` the program that builds it,
    ``config`` the file by which it was recognised (``None`` where the caller chose the program). Documents in the
    folders ``content`` become pages; ``/x`` may start at any of ``roots``. ``slug_flavour`` is how its anchors are
    made, where that is known; ``navigation`` counts what it lists, and is ``None`` where the program makes it or it
    cannot be told.
    """

    path: str = field(metadata=PATH)
    kind: str
    config: str | None = field(metadata=PATH)
    content: tuple[str, ...] = field(metadata=PATH)
    roots: tuple[str, ...] = field(metadata=PATH)
    slug_flavour: str | None
    navigation: int | None


@dataclass(frozen=True, slots=True)
class FindingSummary:
    """Counts by severity and by rule (most severe first, then most frequent, then by name).

    ``links_checked`` are the links with a local target; of these ``links_unverified`` can only be judged by whoever
    builds the site (a site-absolute path, a template's placeholder), so nothing is claimed about them. A baseline
    lists ``known`` findings, and ``unchanged`` ones are on lines that did not change; both are left out of the items
    and of the other counts.

    ``documents`` were checked. ``score`` is 100 less the points of all ``deductions``, rounded down, and at least 0; of
    a rule and severity these are its weight (error 40, warning 10, hint 1) times the share of documents that have such
    a finding, rounded up to a thousandth. ``sites`` are those that were recognised, by the path of the configuration.
    """

    errors: int
    warnings: int
    hints: int
    links_checked: int
    links_unverified: int
    known: int
    unchanged: int
    documents: int
    score: int
    deductions: tuple[Deduction, ...]
    rules: tuple[RuleCount, ...]
    sites: tuple[SiteSummary, ...]

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        *,
        checked: int,
        unverified: int,
        documents: int,
        known: int = 0,
        unchanged: int = 0,
        sites: tuple[SiteSummary, ...] = (),
    ) -> FindingSummary:
        """The counts of ``findings``, most severe first, then most frequent, then by name."""
        counts: Counter[tuple[Severity, str]] = Counter()
        places = set()
        for finding in findings:
            counts[finding.severity, finding.rule] += 1
            places.add((finding.severity, finding.rule, finding.path))
        spread = Counter((severity, rule) for severity, rule, _ in places)
        by_severity: Counter[Severity] = Counter()
        for (severity, _), count in counts.items():
            by_severity[severity] += count
        ordered = sorted(counts.items(), key=lambda entry: (_SEVERITIES.index(entry[0][0]), -entry[1], entry[0][1]))
        deductions = tuple(
            Deduction(rule, severity, count, where, -(-_WEIGHTS[severity] * 1000 * where // max(documents, 1)))
            for (severity, rule), count in ordered
            for where in (spread[severity, rule],)
        )
        return cls(
            errors=by_severity["error"],
            warnings=by_severity["warning"],
            hints=by_severity["hint"],
            links_checked=checked,
            links_unverified=unverified,
            known=known,
            unchanged=unchanged,
            documents=documents,
            score=max(0, 100_000 - sum(deduction.points for deduction in deductions)) // 1000,
            deductions=deductions,
            rules=tuple(RuleCount(rule, severity, count) for (severity, rule), count in ordered),
            sites=sites,
        )
