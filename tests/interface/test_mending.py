"""``cde docs check --fix`` and ``--diff``: whole files or none, and only what was checked."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from cde_orchestrator.adapters.mending import apply_fixes
from cde_orchestrator.adapters.mending.change import unified_diff, with_fixes
from cde_orchestrator.adapters.mending.replace import Refusal, read_below, replace_below
from cde_orchestrator.domain.findings import Finding, Fix
from cde_orchestrator.engines.select import Engines
from cde_orchestrator.use_cases.analyze_documentation import AnalyzeDocumentationUseCase
from conftest import TreeMaker
from support.command_line import cde

FILES: dict[str, str | bytes] = {
    "guide.md": "# Guide\n\n## Use\n",
    "docs/one.md": "# One\r\n\r\n[a](../Guide.md#use) and [b](../GUIDE.md#Use)\r\n",
    "docs/with space.md": "\ufeff# Two\n\n" + "text\n" * 20 + "[c](../guide.MD)",
    "docs/fine.md": "# Fine\n",
}


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    return make_tree(FILES)


def findings_in(engines: Engines, root: Path) -> list[Finding]:
    return list(AnalyzeDocumentationUseCase(engines).execute(root).items)


def test_fix_mends_and_reports_the_rest(repository: Path, engine: str) -> None:
    (repository / "docs/fine.md").write_text("# Fine\n\n[gone](gone.md)\n")
    outcome = cde("docs", "check", "--fix", "--engine", engine, cwd=repository)
    assert outcome.code == 1
    assert "mended 4 findings in 2 documents\n" in outcome.err
    assert [line.split(": ")[0] for line in outcome.out.splitlines() if "error:" in line] == ["docs/fine.md:3:1"]
    assert (
        repository / "docs/one.md"
    ).read_bytes() == b"# One\r\n\r\n[a](../guide.md#use) and [b](../guide.md#use)\r\n"
    assert (repository / "docs/with space.md").read_bytes().endswith(b"text\n[c](../guide.md)")
    assert (repository / "docs/with space.md").read_bytes().startswith(b"\xef\xbb\xbf# Two")
    again = cde("docs", "check", "--fix", "--engine", engine, cwd=repository)
    assert "nothing to mend" in again.err


def test_a_diff_changes_nothing_and_can_be_applied(repository: Path, engine: str) -> None:
    before = {path: path.read_bytes() for path in repository.rglob("*.md")}
    outcome = cde("docs", "check", "--diff", "--engine", engine, cwd=repository)
    assert outcome.code == 1
    assert {path: path.read_bytes() for path in repository.rglob("*.md")} == before
    subprocess.run(["git", "apply", "-"], cwd=repository, input=outcome.raw, check=True)
    mended = {path: path.read_bytes() for path in repository.rglob("*.md")}
    for path, content in before.items():
        path.write_bytes(content)
    cde("docs", "check", "--fix", "--engine", engine, cwd=repository)
    assert {path: path.read_bytes() for path in repository.rglob("*.md")} == mended != before


def test_wrong_calls(repository: Path) -> None:
    for words in (["--diff", "--fix"], ["--diff", "--format", "json"]):
        outcome = cde("docs", "check", *words, cwd=repository)
        assert (outcome.code, outcome.out) == (2, "")
        assert "--diff goes with neither" in outcome.err


def test_a_file_that_changed_is_left_alone(engines: Engines, repository: Path) -> None:
    findings = findings_in(engines, repository)
    (repository / "docs/one.md").write_text("# Another\n")
    mended = {document.path: document for document in apply_fixes(str(repository), findings, write=True)}
    assert mended["docs/one.md"].problem == "the file changed since it was checked"
    assert not mended["docs/one.md"].written
    assert (repository / "docs/one.md").read_text() == "# Another\n"
    assert mended["docs/with space.md"].written


def test_permissions_stay_and_nothing_is_left_behind(engines: Engines, repository: Path) -> None:
    (repository / "docs/one.md").chmod(0o640)
    apply_fixes(str(repository), findings_in(engines, repository), write=True)
    assert stat.S_IMODE((repository / "docs/one.md").stat().st_mode) == 0o640
    assert sorted(path.name for path in (repository / "docs").iterdir()) == ["fine.md", "one.md", "with space.md"]


def test_no_write_follows_a_link(make_tree: TreeMaker, tmp_path: Path) -> None:
    root = make_tree({"a.md": "x", "folder/": ""})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.md").write_text("precious")
    (root / "link.md").symlink_to(outside / "b.md")
    (root / "folder" / "way").symlink_to(outside)
    for path in ("link.md", "folder/way/b.md", "../outside/b.md", "/etc/hostname", "folder", "gone.md", "a.md/b"):
        with pytest.raises(Refusal):
            read_below(str(root), path)
        with pytest.raises(Refusal):
            replace_below(str(root), path, b"precious", b"changed")
    assert (outside / "b.md").read_text() == "precious"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(Refusal):
        read_below(str(tmp_path), "pipe.md")


def test_a_write_that_fails_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refusal, match="no space left on device"):
        replace_below(str(tmp_path), "a.md", b"old", b"new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.md", "old")]


def test_the_first_of_two_overlapping_fixes_wins() -> None:
    fixes = [Fix(2, 4, "X"), Fix(3, 5, "Y"), Fix(5, 6, "Z"), Fix(90, 91, "far"), Fix(4, 2, "back")]
    assert with_fixes(b"abcdefg", fixes) == (b"abXeZg", 2)
    assert with_fixes(b"\xef\xbb\xbfabc", [Fix(0, 1, "\u00e9")]) == ("\ufeff\u00e9bc".encode(), 1)


def test_hunks_that_touch_are_one() -> None:
    before = b"".join(b"%d\n" % number for number in range(30))
    after = before.replace(b"\n3\n", b"\nthree\n").replace(b"\n9\n", b"\nnine\n").replace(b"\n25\n", b"\nX\n")
    heads = [line for line in unified_diff("n", before, after).splitlines() if line.startswith(b"@@")]
    assert heads == [b"@@ -1,13 +1,13 @@", b"@@ -23,7 +23,7 @@"]
    assert unified_diff("n", before, before) == b""
    with pytest.raises(ValueError, match="number of lines"):
        unified_diff("n", b"a\n", b"a\nb\n")


MENDED = [
    ("moved", "[a](old/deep.md)", "[a](docs/new/deep.md)"),
    ("moved, with an anchor and a title", "[a](old/deep.md#one 'x')", "[a](docs/new/deep.md#one 'x')"),
    ("moved, in angles", "[a](<old/sp ace.md>)", "[a](<docs/sp%20ace.md>)"),
    ("an image", "![a](../img/x.png)", None),
    ("an image that was moved", "![a](old/x.png)", "![a](docs/x.png)"),
    ("without that anchor", "[a](old/deep.md#none)", None),
    ("a name of many folders", "[a](old/README.md)", None),
    ("one of two", "[a](old/twice.md)", None),
    ("another name", "[a](old/depp.md)", None),
    ("a reference", "[a][r]\n\n[r]: old/deep.md", None),
    ("not as written", "[a](old/d&#101;ep.md)", None),
    ("from the root", "[a](/old/deep.md)", None),
    ("overridden", "[a]\n\n[a]: docs/x.png\n[a]: docs/README.md\n", "[a]\n\n[a]: docs/x.png\n\n"),
    (
        "overridden, at the end",
        "[a]\n\n[a]: docs/x.png\n\ntext\n\n[A]: docs/README.md ",
        "[a]\n\n[a]: docs/x.png\n\ntext\n\n",
    ),
    ("overridden twice", "[a]\n\n[a]: docs/x.png\n[a]: docs/\n[a]: docs/new/\n", "[a]\n\n[a]: docs/x.png\n\n\n"),
    ("between lists", "[a]\n\n[a]: docs/x.png\n\n- b\n\n[a]: docs/\n\n- c\n", None),
    ("before text", "[a]\n\n[a]: docs/x.png\n[a]: docs/\ntext\n", None),
    ("with a title", "[a]\n\n[a]: docs/x.png\n[a]: docs/ 'title'\n", None),
    ("with a title below", "[a]\n\n[a]: docs/x.png\n[a]: docs/\n'title'\n", None),
    ("in a quotation", "[a]\n\n[a]: docs/x.png\n\n> [a]: docs/\n", None),
    ("on two lines", "[a]\n\n[a]: docs/x.png\n[a]:\ndocs/\n", None),
    ("a footnote", "x[^a]\n\n[^a]: one\n\n[^a]: two\n", None),
]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("before", "after"), [case[1:] for case in MENDED], ids=[case[0] for case in MENDED])
def test_safe_fixes(  # noqa: PLR0917 - parameters of pytest
    engines: Engines, make_tree: TreeMaker, before: str, after: str | None, ending: str, mark: str
) -> None:
    def written(text: str) -> bytes:
        return (mark + "# T\n\n" + text).replace("\n", ending).encode()

    others = {"docs/new/deep.md": "# One\n", "docs/sp ace.md": "# S\n", "docs/x.png": "", "docs/README.md": "# R\n"}
    root = make_tree({**others, "a/twice.md": "# T\n", "b/twice.md": "# T\n", "page.md": written(before)})
    findings = [finding for finding in findings_in(engines, root) if finding.path == "page.md"]
    mended = apply_fixes(str(root), findings, write=True)
    assert (root / "page.md").read_bytes() == written(before if after is None else after)
    assert [document.problem for document in mended] == [None] * (after is not None)
    left = [finding for finding in findings_in(engines, root) if finding.path == "page.md"]
    assert not any(finding.fix for finding in left)
    gone = sum(finding.fix is not None for finding in findings)
    assert len(left) == len(findings) - gone
    assert gone == 0 or all(b"@@" in document.diff for document in mended)


def test_other_formats_and_sites_are_left_alone(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"docfx.json": "{}", "new/deep.md": "# D\n", "page.md": "# T\n\n[a](old/deep.md)\n"})
    (finding,) = findings_in(engines, root)
    assert (finding.rule, finding.suggestion, finding.fix) == ("missing-file", "new/deep.md", None)
