"""Findings as text: one line a finding that an editor can follow, with the place in the document below."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from ...domain.envelope import Severity
from ...domain.findings import Finding, FindingSummary, SiteSummary
from .excerpt import excerpt
from .numbers import count, plural
from .style import Style, safe_path, safe_text

__all__ = ["by_rule_text", "findings_text", "grouped_findings_text", "score_text", "sites_text", "tally_text"]

_EVIDENCE = 160
_MOST_ALIKE = 10
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}
_MOST_SITES = 3


def findings_text(
    style: Style, findings: Iterable[Finding], line_of: Callable[[Finding], str | None], *, verbose: bool = False
) -> Iterator[str]:
    """The findings by file, the worst file and in it the worst finding first, each with its line and a mark.

    ``path:line:column: severity: message [rule]`` is what editors follow. ``line_of`` gives the line of a finding where
    it can be shown; elsewhere the evidence stands below. Of many findings of one rule in one file the first ten are
    shown and the others counted, unless ``verbose``.
    """
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.path, []).append(finding)
    for group in by_file.values():
        group.sort(key=lambda finding: (_RANK[finding.severity], finding.line, finding.column, finding.rule))
    files = sorted(by_file.items(), key=lambda entry: (_RANK[entry[1][0].severity], os.fsencode(entry[0])))
    for number, (path, group) in enumerate(files):
        if number:
            yield ""
        place = safe_path(path)
        gutter = max(len(str(finding.line)) for finding in group)
        counts: Counter[tuple[str, str]] = Counter()
        for finding in group:
            key = finding.severity, finding.rule
            counts[key] += 1
            if verbose or counts[key] <= _MOST_ALIKE:
                yield from _finding_text(style, finding, place, gutter, line_of(finding))
        for (_, rule), found in counts.items():
            if not verbose and found > _MOST_ALIKE:
                rest = f"{style.ellipsis} and {found - _MOST_ALIKE:,} more of {rule} in {place}; --verbose shows all"
                yield style.dim(rest)


def _finding_text(style: Style, finding: Finding, place: str, gutter: int, line: str | None) -> Iterator[str]:
    level = style.severity(finding.severity)(finding.severity)
    head = f"{style.bold(place)}:{finding.line}:{finding.column}:"
    yield f"{head} {level}: {safe_text(finding.message)} {style.cyan('[' + finding.rule + ']')}"
    indent = " " * (gutter + 3)
    is_about_all = finding.line == finding.column == 1 and not finding.evidence
    if line is None or is_about_all:
        for text in finding.evidence.splitlines()[:3]:
            lead = f"{' ' * (gutter + 1)}  {style.bar} "
            yield style.dim(lead + style.fitted(safe_text(text), len(lead), at_most=_EVIDENCE))
    else:
        for text in excerpt(style, line, finding.line, finding.column, finding.evidence, gutter + 2):
            yield text
    if finding.suggestion:
        fixable = style.dim(" (--fix writes it)") if finding.fix is not None else ""
        yield f"{indent}{style.green('=')} {safe_text(finding.suggestion)}{fixable}"
    elif finding.fix is not None:
        yield f"{indent}{style.green('=')} {style.dim('--fix mends it')}"


def by_rule_text(style: Style, summary: FindingSummary, findings: Iterable[Finding]) -> Iterator[str]:
    """How often each rule was broken, worst first, what it takes from the score, and how many have a fix."""
    fixable = Counter((finding.severity, finding.rule) for finding in findings if finding.fix is not None)
    yield style.bold("By rule")
    width = max((len(one.rule) for one in summary.deductions), default=0)
    for one in summary.deductions:
        level = style.severity(one.severity)(one.severity.ljust(7))
        fixes = fixable[one.severity, one.rule]
        more = style.green(f"  {fixes:,} fixable") if fixes else ""
        points = style.dim(_points(-one.points).rjust(6))
        name = style.cyan(one.rule) + " " * (width - len(one.rule))
        yield f"  {count(one.count).rjust(7)}  {level}  {name}  {points}{more}"


def grouped_findings_text(style: Style, findings: Iterable[Finding]) -> Iterator[str]:
    """Findings under their severity and file; expects them worst first and by path."""
    for severity, of_severity in groupby(findings, key=lambda finding: finding.severity):
        yield ""
        yield style.severity(severity)(_HEADINGS[severity])
        for path, of_file in groupby(of_severity, key=lambda finding: finding.path):
            yield f"  {style.bold(safe_path(path))}"
            for finding in of_file:
                place = f"{finding.line}:{finding.column}"
                yield f"    {style.dim(place.rjust(7))}  {safe_text(finding.message)}  {style.cyan(finding.rule)}"
                yield from _details(style, finding, " " * 13)


def tally_text(style: Style, summary: FindingSummary) -> str:
    """Counts by severity in one line."""
    counts: tuple[tuple[int, str, Severity], ...] = (
        (summary.errors, "error", "error"),
        (summary.warnings, "warning", "warning"),
        (summary.hints, "hint", "hint"),
    )
    parts = [
        style.severity(severity)(plural(number, word)) if number else style.dim(plural(number, word))
        for number, word, severity in counts
    ]
    if summary.known:
        parts.append(style.dim(f"{plural(summary.known, 'known finding')} left out"))
    if summary.unchanged:
        parts.append(style.dim(f"{summary.unchanged:,} on unchanged lines left out"))
    return f" {style.bullet} ".join(parts)


def score_text(style: Style, summary: FindingSummary) -> str:
    """The score, with the deduction if there is one; several are those of :func:`by_rule_text`."""
    if not summary.documents:
        return style.dim("no documents, no score")
    alone = summary.deductions[0] if len(summary.deductions) == 1 else None
    reason = "" if alone is None else style.dim(f" ({safe_text(alone.rule)} {_points(-alone.points)})")
    return f"{style.bold(str(summary.score))} of 100{reason}"


def _points(thousandths: int) -> str:
    """Points with one decimal, and less than a tenth as such."""
    tenths = (abs(thousandths) + 50) // 100
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{tenths // 10}.{tenths % 10}" if tenths else f"{sign}<0.1"


def sites_text(style: Style, sites: Sequence[SiteSummary], *, verbose: bool = False) -> Iterator[str]:
    """Which sites were recognised, and by which file: the first in one line, or each on its own with ``verbose``."""
    if not verbose:
        if sites:
            shown = ", ".join(_site_text(site) for site in sites[:_MOST_SITES])
            more = f" and {len(sites) - _MOST_SITES} more" if len(sites) > _MOST_SITES else ""
            yield style.dim(f"sites: {shown}{more}")
        return
    for site in sites:
        parts = [
            f"site {_site_text(site)}: content {', '.join(safe_path(path or '.') for path in site.content)}",
            f"roots {', '.join(safe_path(path or '.') for path in site.roots)}",
        ]
        if site.slug_flavour is not None:
            parts.append(f"anchors as {site.slug_flavour} makes them")
        parts.append(
            "navigation made by the program or unknown"
            if site.navigation is None
            else f"navigation with {plural(site.navigation, 'entry', 'entries')}"
        )
        yield style.dim("; ".join(parts))


def _site_text(site: SiteSummary) -> str:
    place = "chosen" if site.config is None else safe_path(site.config)
    return f"{site.kind} ({place})"


_HEADINGS: dict[Severity, str] = {"error": "Errors", "warning": "Warnings", "hint": "Hints"}


def _details(style: Style, finding: Finding, indent: str) -> Iterator[str]:
    lead = f"{indent}{style.bar} "
    for line in finding.evidence.splitlines()[:3]:
        yield style.dim(lead + style.fitted(safe_text(line), len(lead), at_most=_EVIDENCE))
    if finding.suggestion:
        yield f"{indent}{style.green('=')} {safe_text(finding.suggestion)}"
