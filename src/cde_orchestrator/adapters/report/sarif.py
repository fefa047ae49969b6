"""Findings as SARIF 2.1.0 (OASIS Standard, 2020), which code hosts and editors read."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from ...domain.envelope import Answer, Diagnostic, Severity
from ...domain.findings import Finding, Fix, Rule
from ...version import __version__
from .style import safe_text

__all__ = ["sarif"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "note"}


RegionOf = Callable[[Finding], "tuple[int, int, int, int] | None"]
"""Line and column of the beginning and of the end of what a finding's fix replaces, if it can be told."""


def sarif(answer: Answer[Finding], rules: Iterable[Rule], prefix: str, region_of: RegionOf) -> bytes:
    """One run with the findings as results and the diagnostics as notifications of the tool.

    ``prefix`` leads from the top of the repository, which is ``SRCROOT``, to the root of the findings. The engine is
    not named, so that both engines give the same bytes. A fix is given where ``region_of`` can tell its place, since
    SARIF counts offsets in the file's own bytes, ours count in the decoded text.
    """
    known = {rule.name: rule for rule in rules}
    used = sorted({finding.rule for finding in answer.items})
    index = {name: position for position, name in enumerate(used)}
    run = {
        "tool": {
            "driver": {
                "name": "CDE Orchestrator",
                "semanticVersion": __version__,
                "rules": [_rule(name, known) for name in used],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The top of the repository."}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_notification(diagnostic, prefix) for diagnostic in answer.diagnostics],
            }
        ],
        "results": _results(answer.items, index, prefix, region_of),
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def _rule(name: str, known: Mapping[str, Rule]) -> dict[str, Any]:
    rule = known.get(name)
    if rule is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": _help(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
        "properties": {"tags": [rule.group]},
    }


def _help(rule: Rule) -> str:
    return (
        f"{rule.summary}. Rule {rule.name} of group {rule.group}; docs/reference/rules/{rule.name}.md tells why, with "
        f"examples. A comment <!-- cde-ignore {rule.name} --> turns it off for one line and the next."
    )


def _results(
    findings: Iterable[Finding], index: Mapping[str, int], prefix: str, region_of: RegionOf
) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for finding in findings:
        fingerprint = _fingerprint(finding)
        seen[fingerprint] += 1
        result = _result(finding, index, prefix)
        result["partialFingerprints"] = {"cdeFinding/v1": f"{fingerprint}:{seen[fingerprint]}"}
        region = region_of(finding) if finding.fix is not None else None
        if finding.fix is not None and region is not None:
            result["fixes"] = [_fix(finding, finding.fix, region, prefix)]
        results.append(result)
    return results


def _result(finding: Finding, index: Mapping[str, int], prefix: str) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": max(finding.end_line, finding.line),
    }
    if finding.evidence:
        region["snippet"] = {"text": safe_text(finding.evidence)}
    message = finding.message if not finding.suggestion else f"{finding.message}; {finding.suggestion}"
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": safe_text(message)},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(prefix + finding.path), "region": region}}],
    }


def _fix(finding: Finding, fix: Fix, region: tuple[int, int, int, int], prefix: str) -> dict[str, Any]:
    names = ("startLine", "startColumn", "endLine", "endColumn")
    replacement: dict[str, Any] = {"deletedRegion": dict(zip(names, region, strict=True))}
    if fix.replacement:
        replacement["insertedContent"] = {"text": fix.replacement}
    return {
        "description": {"text": safe_text(finding.suggestion or finding.message)},
        "artifactChanges": [{"artifactLocation": _artifact(prefix + finding.path), "replacements": [replacement]}],
    }


def _fingerprint(finding: Finding) -> str:
    """Stays the same when lines are added above, so that a host recognises the finding again."""
    parts = (finding.rule, finding.path, finding.message, finding.evidence)
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(os.fsencode(path)), "uriBaseId": "SRCROOT"}


def _notification(diagnostic: Diagnostic, prefix: str) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": _artifact(prefix + diagnostic.path)}
    if diagnostic.line is not None:
        location["region"] = {"startLine": diagnostic.line}
    return {
        "descriptor": {"id": diagnostic.code},
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": safe_text(diagnostic.message)},
        "locations": [{"physicalLocation": location}],
    }
