"""Findings as people see them: the line, the mark under the place, the worst first, no control characters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cde_orchestrator.adapters.cli.sources import Sources
from cde_orchestrator.adapters.report.excerpt import excerpt
from cde_orchestrator.adapters.report.style import Style, display_width
from cde_orchestrator.domain.findings import Finding
from cde_orchestrator.use_cases.analyze_documentation import AnalyzeDocumentationUseCase
from conftest import TreeMaker
from support.command_line import cde

PLAIN = Style(unicode=False)


def shown(text: str, column: int, evidence: str = "", style: Style = PLAIN) -> list[str]:
    return [line[5:] for line in excerpt(style, text, 1, column, evidence)]


@pytest.mark.parametrize(
    ("text", "column", "evidence", "line", "mark"),
    [
        ("See [a](b.md).", 5, "b.md", "See [a](b.md).", "    ^~~~~~~~~"),
        ("See [a](b.md).", 5, "other", "See [a](b.md).", "    ^"),
        ("## Head", 1, "## Head", "## Head", "^~~~~~~"),
        ("\tx\t[a](b.md)", 4, "b.md", "    x   [a](b.md)", "        ^~~~~~~~~"),
        ("日本 [語](b.md)", 4, "b.md", "日本 [語](b.md)", "     ^~~~~~~~~~"),
        ("\x1b[31m[a](b.md)", 6, "b.md", r"\x1b[31m[a](b.md)", "        ^~~~~~~~~"),
        ("\u202e[a](b.md)\u200b", 2, "b.md", r"\u202e[a](b.md)\u200b", "      ^~~~~~~~~"),
        ("short", 99, "", "short", "     ^"),
        ("", 1, "", "", "^"),
    ],
)
def test_the_mark_stands_under_the_place(text: str, column: int, evidence: str, line: str, mark: str) -> None:
    assert shown(text, column, evidence) == [line, mark]


def test_long_lines_are_cut_around_the_place() -> None:
    text = "before " * 200 + "[a](b.md)" + " after" * 200
    line, mark = shown(text, 7 * 200 + 1, "b.md", Style(width=60, unicode=False))
    assert line.startswith("...")
    assert line.endswith("...")
    assert line[mark.index("^") :].startswith("[a](b.md)")
    assert mark.strip() == "^~~~~~~~~"
    line, mark = shown("[a](" + "x" * 10_000 + ")", 1, "x" * 10_000, Style(width=60, unicode=False))
    assert (display_width(line), len(mark)) == (55, 55)
    line, mark = shown("x" * 1_000_000 + "[a](b)", 1_000_001, "b", Style(width=60, unicode=False))
    assert line.endswith("[a](b)")
    assert mark.index("^") == line.index("[")


@given(
    st.text(st.sampled_from("ab \t日\u0301\x1b\u202e[]()é"), max_size=200),
    st.integers(1, 201),
    st.text("ab)", max_size=5),
    st.integers(24, 130),
)
def test_no_line_is_wider_than_the_terminal(text: str, column: int, evidence: str, width: int) -> None:
    for style in (Style(width=width), Style(width=width, unicode=False)):
        line, mark = excerpt(style, text, 1, column, evidence)
        room = max(width, 24 + 5)
        assert display_width(line) <= room
        assert display_width(mark) <= room + 1, "a mark behind the end of the line needs one column"
        assert re.fullmatch(r" +[│|] +\^~*", mark)
        assert "\x1b" not in line + mark


def test_worst_first_and_many_of_a_kind_counted(make_tree: TreeMaker, engine: str) -> None:
    links = "".join(f"[{number}](gone-{number}.md)\n" for number in range(31))
    root = make_tree({"a.md": "# A\n\n[a](a.md)\n", "b.md": "# B\n\n[b](b.md)\n\n" + links, "B.md": "# C\n"})
    words = ("docs", "check", "--select", "links", "--engine", engine)
    text = cde(*words, cwd=root).out
    heads = [line.split(" ")[:2] for line in text.splitlines() if re.match(r"[ab]\.md:", line)]
    assert heads[0] == ["b.md:5:1:", "error:"]
    assert [head for head in heads if head[1] == "hint:"] == [["b.md:3:1:", "hint:"], ["a.md:3:1:", "hint:"]]
    assert len(heads) == 12
    assert "… and 21 more of missing-file in b.md; --verbose shows all\n" in text
    assert "    31  error    missing-file   -13.3\n" in text
    verbose = cde(*words, "--verbose", cwd=root).out
    assert verbose.count(": error: ") == 31
    assert "more of" not in verbose
    assert "\n\na.md:3:1: hint:" in text


def test_what_can_be_mended_is_told(make_tree: TreeMaker, engine: str) -> None:
    root = make_tree({"a.md": "# A\n\n[b](B.md) [c](gone.md)\n", "b.md": "# B\n"})
    text = cde("docs", "check", "--engine", engine, cwd=root).out
    assert "  3 │ [b](B.md) [c](gone.md)\n    │ ^~~~~~~~~\n    = b.md (--fix writes it)\n" in text
    assert re.search(r"^ +1  error    wrong-case +-20.0  1 fixable$", text, re.MULTILINE)


def test_a_line_is_shown_only_if_the_file_is_the_one_that_was_checked(make_tree: TreeMaker, tmp_path: Path) -> None:
    root = make_tree({"a.md": "# A\r\n\r\n[b](gone.md)\r\n", "c.md": "\ufeff[c](gone.md)\r[d](gone-2.md)"})
    first, second, third = AnalyzeDocumentationUseCase("python").execute(root).items[:3]
    sources = Sources(str(root))
    assert [sources.line(finding) for finding in (first, second)] == ["[b](gone.md)", "[c](gone.md)"]
    assert sources.line(third) in ("[c](gone.md)", "[d](gone-2.md)")
    (root / "a.md").write_text("# A\n\n[x](gone.md)\n")
    assert sources.line(first) is None
    (root / "a.md").unlink()
    (tmp_path / "secret").write_text("secret")
    (root / "a.md").symlink_to(tmp_path / "secret")
    assert Sources(str(root)).line(first) is None
    beyond = Finding("x", "hint", "c.md", 99, 1, 99, "m", "", None, None, second.ref)
    assert sources.line(beyond) is None
