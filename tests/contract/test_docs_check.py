"""What every answer of the checks keeps, on both engines."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from cde_orchestrator.domain.findings import Finding, FindingSummary
from cde_orchestrator.domain.options import CheckOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.python.documentation.check import rules
from cde_orchestrator.engines.select import Engines, new_cancel_token
from cde_orchestrator.errors import InvalidArgumentError, OperationCancelledError

ROOT = Path(__file__).resolve().parents[2]
MakeTree = Callable[[Mapping[str, str | bytes]], Path]
FILES = {
    "b.md": "# B\n\n[x](none.md) [y](a.md#nope)\n",
    "a.md": "# A\n\n[x]() [y](B.md) [z](b.md)\n\n[u]: https://example.org\n",
    "sub/c.md": "[x](../../c.md) <https://example.org> x[^1]\n\n[^1]: note\n\n# C\n\nText.\n",
}


def check(engines: Engines, root: Path, **options: object) -> tuple[FindingSummary, Sequence[Finding], bytes]:
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    answer = engines.documentation.check(tree, scan, CheckOptions(**options))  # type: ignore[arg-type]
    assert isinstance(answer.summary, FindingSummary)
    return answer.summary, list(answer.items), answer.to_json()


def test_the_envelope_is_that_of_the_scan(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree(FILES)
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    envelope = json.loads(engines.documentation.check(tree, scan, CheckOptions()).to_json())
    assert envelope["schema"] == "cde.docs.check/1"
    of_scan = json.loads(scan.to_json())
    for key in ("engine", "root", "snapshot", "completeness", "diagnostics"):
        assert envelope[key] == of_scan[key]


def test_findings_are_sorted_and_counted(engines: Engines, make_tree: MakeTree) -> None:
    summary, findings, _ = check(engines, make_tree(FILES))
    assert [(finding.path, finding.line, finding.column, finding.rule) for finding in findings] == [
        ("a.md", 3, 1, "empty-target"),
        ("a.md", 3, 7, "wrong-case"),
        ("a.md", 5, 1, "unused-definition"),
        ("b.md", 3, 1, "missing-file"),
        ("b.md", 3, 14, "missing-anchor"),
        ("sub/c.md", 1, 1, "escapes-root"),
    ]
    assert (summary.errors, summary.warnings, summary.hints) == (4, 1, 1)
    assert (summary.links_checked, summary.links_unverified) == (6, 0)
    assert [(count.rule, count.severity, count.count) for count in summary.rules] == [
        ("escapes-root", "error", 1),
        ("missing-anchor", "error", 1),
        ("missing-file", "error", 1),
        ("wrong-case", "error", 1),
        ("empty-target", "warning", 1),
        ("unused-definition", "hint", 1),
    ]


def test_a_receipt_cites_the_line_and_the_file(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree(FILES)
    _, findings, _ = check(engines, root)
    for finding in findings:
        digest = hashlib.sha256((root / finding.path).read_bytes()).hexdigest()
        assert finding.ref == f"{finding.path}#L{finding.line}-L{finding.end_line}@{digest[:12]}"


def test_rules_and_groups_are_selected_and_ignored(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree(FILES)
    _, findings, _ = check(engines, root, select=("missing-file", "wrong-case"))
    assert {finding.rule for finding in findings} == {"missing-file", "wrong-case"}
    _, findings, _ = check(engines, root, select=("links",), ignore=("missing-file",))
    assert "missing-file" not in {finding.rule for finding in findings}
    assert len(findings) == 5
    summary, findings, _ = check(engines, root, ignore=("links",))
    assert (summary.links_checked, findings) == (6, [])


def test_links_that_only_the_builder_can_judge_are_counted(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree({"mkdocs.yml": "", "docs/a.md": "[x](page) [y](/page) [z]({{x}})\n\n# A\n\nText.\n"})
    summary, findings, _ = check(engines, root)
    assert (summary.links_checked, summary.links_unverified, findings) == (3, 3, [])
    _, findings, _ = check(engines, root, select=("unverifiable-link",))
    assert [finding.severity for finding in findings] == ["hint"] * 3


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("mising-file", "did you mean 'missing-file'?"),
        ("link", "did you mean 'links'?"),
        ("zzz", "groups: agents, content, links, metadata, structure"),
    ],
)
@pytest.mark.parametrize("option", ["select", "ignore"])
def test_an_unknown_rule_is_an_error(engines: Engines, make_tree: MakeTree, option: str, name: str, hint: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        check(engines, make_tree(FILES), **{option: (name,)})
    assert (caught.value.message, caught.value.hint) == (f"unknown rule or group '{name}'", hint)


@pytest.mark.parametrize("site_root", ["none", "a.md", "..", "/sub"])
def test_a_site_root_is_a_folder_of_the_tree(engines: Engines, make_tree: MakeTree, site_root: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        check(engines, make_tree(FILES), site_root=site_root)
    assert caught.value.path == site_root


def test_the_check_needs_full_detail(engines: Engines, make_tree: MakeTree) -> None:
    tree = engines.filesystem.open_tree(str(make_tree(FILES)), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions(detail="summary"))
    with pytest.raises(InvalidArgumentError) as caught:
        engines.documentation.check(tree, scan, CheckOptions())
    assert caught.value.hint == "scan with detail 'full'"


def test_a_check_can_be_cancelled(engines: Engines, make_tree: MakeTree) -> None:
    tree = engines.filesystem.open_tree(str(make_tree(FILES)), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    cancel = new_cancel_token()
    cancel.cancel()
    with pytest.raises(OperationCancelledError):
        engines.documentation.check(tree, scan, CheckOptions(), cancel=cancel)


def test_anchors_of_a_document_that_was_not_parsed_are_not_judged(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree({"a.md": "[x](big.md#nope) [y](none.md)\n\n# A\n\nText.\n", "big.md": "# Big\n\n" + "word " * 100})
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions(max_document_bytes=100))
    answer = engines.documentation.check(tree, scan, CheckOptions())
    assert [finding.rule for finding in answer.items] == ["missing-file"]
    assert [diagnostic.path for diagnostic in answer.diagnostics] == ["big.md"]


def test_a_document_that_changed_since_the_scan_gets_no_fix(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree({"a.md": "[x](B.md)\n", "b.md": ""})
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    (root / "a.md").write_text("![x](B.md)\n", "utf-8")
    (finding,) = engines.documentation.check(tree, scan, CheckOptions()).items
    assert (finding.suggestion, finding.fix) == ("b.md", None)


@pytest.mark.parametrize(
    "text", ["\ufeff[é](B.md)\r\n", "- [x](\n  B.md 'title')\n", "[a](b.md) [x](<B.md#A>)\n\n# A\n"]
)
def test_a_fix_holds_byte_offsets_after_a_byte_order_mark(engines: Engines, make_tree: MakeTree, text: str) -> None:
    root = make_tree({"a.md": text, "b.md": "# A\n"})
    _, findings, _ = check(engines, root, select=("wrong-case",))
    (fix,) = [finding.fix for finding in findings]
    assert fix is not None
    content = text.removeprefix("\ufeff").encode()
    assert content[fix.start : fix.end] == b"B.md"
    assert fix.replacement == "b.md"


def test_the_rules_are_well_formed() -> None:
    listed = rules()
    assert len({rule.name for rule in listed}) == len(listed)
    assert {rule.name for rule in listed}.isdisjoint({rule.group for rule in listed})
    for rule in listed:
        assert rule.name == rule.name.lower()
        assert not rule.summary.endswith(".")


def test_the_tables_are_generated_from_the_data() -> None:
    command = [sys.executable, "tools/generate_rules.py", "--check"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stderr == ""
