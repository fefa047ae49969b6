"""Findings as text: one line a finding that an editor can follow, with the evidence below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ...domain.envelope import Severity
from ...domain.findings import Finding, FindingSummary, SiteSummary
from .numbers import plural
from .style import Style, safe_path, safe_text

__all__ = ["findings_text", "grouped_findings_text", "sites_text", "tally_text"]

_EVIDENCE = 160
_MOST_SITES = 3


def findings_text(style: Style, findings: Iterable[Finding], *, brief: bool = False) -> Iterator[str]:
    """``path:line:column: severity: message [rule]``, and below it what was found and what to do, unless ``brief``."""
    for finding in findings:
        place = f"{style.bold(safe_path(finding.path))}:{finding.line}:{finding.column}:"
        level = style.severity(finding.severity)(finding.severity)
        yield f"{place} {level}: {safe_text(finding.message)} {style.cyan('[' + finding.rule + ']')}"
        if not brief:
            yield from _details(style, finding, "    ")


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
    return f" {style.bullet} ".join(parts)


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
