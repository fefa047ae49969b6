"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

Syntax and escapes: "Workflow commands for GitHub Actions" in GitHub's documentation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...domain.envelope import Severity
from ...domain.findings import Finding
from .style import safe_path, safe_text

__all__ = ["github_text"]

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}


def github_text(findings: Iterable[Finding], prefix: str = "") -> Iterator[str]:
    """One command a finding. ``prefix`` leads from the repository's top to the root of the findings."""
    for finding in findings:
        path = safe_path(prefix + finding.path)
        message = finding.message if not finding.suggestion else f"{finding.message}; {finding.suggestion}"
        properties = (
            f"file={_property(path)},line={finding.line},endLine={finding.end_line},title={_property(finding.rule)}"
        )
        # GitHub accepts columns only where the finding stays on one line.
        if finding.end_line == finding.line:
            properties += f",col={finding.column}"
        yield f"::{_COMMANDS[finding.severity]} {properties}::{_data(safe_text(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
