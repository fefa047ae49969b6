"""The score: every point has its deduction, and mending never lowers it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cde_orchestrator.domain.findings import Finding, FindingSummary
from cde_orchestrator.engines.select import Engines
from cde_orchestrator.use_cases.analyze_documentation import AnalyzeDocumentationUseCase
from conftest import TreeMaker
from support.command_line import cde


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    severity = st.sampled_from(["error", "warning", "hint"])
    kinds = st.tuples(st.sampled_from("abcd"), severity, st.integers(0, 5))
    return [
        Finding(rule, level, f"{path}.md", 1, 1, 1, "", "", None, None, "")  # type: ignore[arg-type]
        for rule, level, path in draw(st.lists(kinds, max_size=40))
    ]


def summary_of(some: list[Finding], documents: int) -> FindingSummary:
    return FindingSummary.of(some, checked=0, unverified=0, documents=documents)


@given(findings(), st.integers(6, 1_000_000), st.data())
def test_mending_a_finding_never_lowers_the_score(some: list[Finding], documents: int, data: st.DataObject) -> None:
    before = summary_of(some, documents)
    assert 0 <= before.score <= 100
    assert (before.score == 100) == (not some), "a single finding in a million documents is seen"
    assert before.score == max(0, 100_000 - sum(one.points for one in before.deductions)) // 1000
    assert [(one.rule, one.severity, one.count) for one in before.deductions] == [
        (one.rule, one.severity, one.count) for one in before.rules
    ]
    if some:
        mended = list(some)
        mended.pop(data.draw(st.integers(0, len(some) - 1)))
        after = summary_of(mended, documents)
        assert after.score >= before.score
        points = {(one.rule, one.severity): one.points for one in before.deductions}
        assert all(one.points <= points[one.rule, one.severity] for one in after.deductions)


def test_the_formula(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree(
        {
            "a.md": "# A\n\n[x](gone.md) [y](gone-2.md)\n",
            "b.md": "# B\n\n[x](gone.md)\n\n[here](a.md)\n",
            "c.md": "# C\n\n[here](a.md)\n",
        }
    )
    summary = AnalyzeDocumentationUseCase(engines).execute(root).summary
    assert isinstance(summary, FindingSummary)
    assert [(one.rule, one.count, one.documents, one.points) for one in summary.deductions] == [
        ("missing-file", 3, 2, 26_667),
        ("vague-link-text", 2, 2, 667),
    ]
    assert (summary.documents, summary.score) == (3, 72)


def test_the_score_in_the_reports(make_tree: TreeMaker, engine: str) -> None:
    root: Path = make_tree({"a.md": "# A\n\n[x](gone.md)\n", "b.md": "# B\n", "src/x.py": ""})
    text = cde("docs", "check", "--engine", engine, cwd=root).out
    assert text.endswith("1 error · 0 warnings · 0 hints\nscore 80 of 100 (missing-file -20.0)\n")
    audit = cde("audit", "--engine", engine, cwd=root)
    assert "\n  Score      80 of 100 (missing-file -20.0)\n" in audit.out
    empty = cde("docs", "check", "--format", "json", "--engine", engine, cwd=root / "src").json["summary"]
    assert (empty["documents"], empty["score"], empty["deductions"]) == (0, 100, [])
