"""An audit as text: what the repository is, what its documents are, what is wrong, and what was not looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.audit import AuditSummary, ComplexFunction
from ...domain.envelope import Answer
from ...domain.files import LanguageSummary
from ...domain.findings import Finding
from .code import skipped_text
from .docs import scan_totals_text
from .findings import by_rule_text, grouped_findings_text, score_text, tally_text
from .measures import code_lines_text, place_of
from .notes import diagnostics_text
from .numbers import count, permille, plural, size
from .style import Style, safe_path, safe_text

__all__ = ["audit_text"]

_MOST_LANGUAGES = 5
_LABEL = 11


def audit_text(style: Style, answer: Answer[Finding], *, limit: int, verbose: bool = False) -> Iterator[str]:
    """The report, with at most ``limit`` findings (0: all)."""
    summary = answer.summary
    if not isinstance(summary, AuditSummary):
        raise TypeError("an audit summary is needed")
    yield from _portrait(style, summary)
    findings: Sequence[Finding] = answer.items
    shown = findings if limit == 0 else findings[:limit]
    yield from grouped_findings_text(style, shown)
    if len(shown) < len(findings):
        yield ""
        rest = plural(len(findings) - len(shown), "finding")
        yield style.dim(f"{style.ellipsis} and {rest} more; --limit 0 shows all")
    if len(summary.findings.rules) > 1 and findings:
        yield ""
        yield from by_rule_text(style, summary.findings, findings)
    if answer.diagnostics:
        yield ""
        yield style.bold("Could not be read as asked")
        yield from (f"  {line}" for line in diagnostics_text(style, answer.diagnostics, verbose=verbose))
    notes = list(skipped_text(style, answer.completeness, verbose=verbose))
    if notes:
        yield ""
        yield from notes


def _portrait(style: Style, summary: AuditSummary) -> Iterator[str]:
    dot = f" {style.bullet} "
    totals = [plural(summary.files, "file"), size(summary.bytes), plural(summary.lines, "line")]
    if summary.binary_files:
        totals.append(f"{count(summary.binary_files)} binary")
    yield style.bold(safe_path(summary.repository))
    yield _labelled(style, "Tree", dot.join(totals))
    if summary.languages:
        yield _labelled(style, "Languages", _languages(style, summary.languages, summary.bytes))
    if summary.code.files:
        yield _labelled(style, "Code", code_lines_text(style, summary.code))
        yield from _complex(style, [function for function in summary.complex_functions if function.cognitive])
    yield _labelled(style, "Documents", scan_totals_text(style, summary.documents))
    links = summary.findings.links_checked
    unverified = summary.findings.links_unverified
    checked = f"{plural(links, 'local link')} checked"
    if unverified:
        checked += f", {count(unverified)} of them only the site's builder can judge"
    yield _labelled(style, "Links", checked)
    yield _labelled(style, "Findings", tally_text(style, summary.findings))
    yield _labelled(style, "Score", score_text(style, summary.findings))


def _complex(style: Style, functions: Sequence[ComplexFunction]) -> Iterator[str]:
    """The functions that are hardest to read, one a line."""
    cognitive, cyclomatic = (
        max((len(count(number)) for number in numbers), default=0)
        for numbers in ([one.cognitive for one in functions], [one.cyclomatic for one in functions])
    )
    for index, one in enumerate(functions):
        measures = f"cognitive {count(one.cognitive):>{cognitive}}, cyclomatic {count(one.cyclomatic):>{cyclomatic}}"
        text = f"{measures}  {place_of(one)}  {style.cyan(safe_text(one.name))}"
        yield _labelled(style, "" if index else "Complex", text)


def _labelled(style: Style, label: str, text: str) -> str:
    return f"  {style.dim(label.ljust(_LABEL))}{text}"


def _languages(style: Style, languages: Sequence[LanguageSummary], whole: int) -> str:
    shown = [
        f"{style.cyan(language.language or 'other')} {permille(language.bytes, whole)}"
        for language in languages[:_MOST_LANGUAGES]
        if language is languages[0] or language.bytes * 1000 >= whole
    ]
    rest = len(languages) - len(shown)
    return f" {style.bullet} ".join(shown) + (style.dim(f" {style.bullet} {count(rest)} more") if rest > 0 else "")
