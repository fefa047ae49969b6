"""Findings as JUnit XML, which continuous integration servers show as tests.

There is no standard; this is the subset that Jenkins and GitLab document: suites by document, a case a finding, and a
failure where the finding fails the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from ...domain.envelope import Answer, Severity
from ...domain.findings import Finding
from .style import safe_path, safe_text

__all__ = ["junit"]

_RANK: dict[str, int] = {"error": 0, "warning": 1, "hint": 2, "never": -1}
# What XML 1.0 cannot hold even as a reference and the escapes for terminals leave as it is.
_NOT_XML = re.compile("[\ufffe\uffff]")


def junit(answer: Answer[Finding], fail_on: str) -> bytes:
    """One suite a document with findings; a finding at or above the severity ``fail_on`` is a failure.

    An answer without findings is one case that passes, since servers take a file without cases for a broken run. The
    engine and the time are not named, so that the same tree gives the same bytes.
    """
    findings = list(answer.items)
    failures = sum(_fails(finding.severity, fail_on) for finding in findings)
    total = len(findings) or 1
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="cde" tests="{total}" failures="{failures}" errors="0">',
    ]
    for path, group in groupby(findings, key=lambda finding: finding.path):
        lines += _suite(safe_path(path), list(group), fail_on)
    if not findings:
        lines += ['  <testsuite name="cde" tests="1" failures="0" errors="0">']
        lines += ['    <testcase classname="cde" name="no findings"/>', "  </testsuite>"]
    text = "\n".join([*lines, "</testsuites>", ""])
    return _NOT_XML.sub("\ufffd", text).encode("utf-8", "backslashreplace")


def _fails(severity: Severity, fail_on: str) -> bool:
    return _RANK[severity] <= _RANK[fail_on]


def _suite(path: str, findings: Sequence[Finding], fail_on: str) -> Iterator[str]:
    failures = sum(_fails(finding.severity, fail_on) for finding in findings)
    yield f'  <testsuite name={quoteattr(path)} tests="{len(findings)}" failures="{failures}" errors="0">'
    for finding in findings:
        name = f"{finding.rule} {finding.line}:{finding.column}"
        place = f'classname={quoteattr(path)} name={quoteattr(name)} file={quoteattr(path)} line="{finding.line}"'
        yield f"    <testcase {place}>"
        message = safe_text(finding.message)
        details = [
            f"{path}:{finding.line}:{finding.column}: {finding.severity}: {message}",
            safe_text(finding.evidence),
        ]
        if finding.suggestion:
            details.append(f"= {safe_text(finding.suggestion)}")
        body = escape("\n".join(filter(None, details)))
        if _fails(finding.severity, fail_on):
            yield f"      <failure type={quoteattr(finding.rule)} message={quoteattr(message)}>{body}</failure>"
        else:
            yield f"      <system-out>{body}</system-out>"
        yield "    </testcase>"
    yield "  </testsuite>"
