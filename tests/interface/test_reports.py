"""The reports in words: what is counted, what was skipped, what could not be read, and how much is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import TreeMaker
from support.command_line import SMALL_REPOSITORY, cde


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    return make_tree(SMALL_REPOSITORY)


def test_the_tree(repository: Path, engine: str) -> None:
    outcome = cde("files", "tree", ".", "--engine", engine, cwd=repository)
    assert (outcome.code, outcome.err) == (0, "")
    first, _, heading, *rest = outcome.out.splitlines()
    assert first.startswith(".  ·  5 files  ·  ")
    assert first.endswith("  ·  1 binary")
    assert heading.split() == ["Language", "Files", "Bytes", "Lines", "Share"]
    rows = {line.split()[0]: line.split()[1] for line in rest if line and line[0] not in "(L F"}
    assert rows["Python"] == "2"
    assert rows["docs"] == "1"
    assert next(line for line in rest if line.startswith("largest")).split() == ["largest", "README.md"]


def test_an_empty_tree(make_tree: TreeMaker, engine: str) -> None:
    root = make_tree({})
    assert cde("files", "tree", "--engine", engine, cwd=root).out == ".  ·  0 files  ·  0 B  ·  0 lines\n"
    assert cde("files", "list", "--engine", engine, cwd=root).out == ""
    assert cde("docs", "scan", "--engine", engine, cwd=root).out == "no documents\n"
    assert cde("files", "duplicates", "--engine", engine, cwd=root).out == "no duplicates\n"
    audit = cde("audit", "--engine", engine, cwd=root)
    assert audit.code == 0
    assert "0 files" in audit.out
    assert "0 errors · 0 warnings · 0 hints" in audit.out


def test_many_folders_are_cut_and_said(make_tree: TreeMaker, engine: str) -> None:
    root = make_tree({f"folder{number:02}/file.txt": "x" * number for number in range(25)})
    text = cde("files", "tree", "--engine", engine, cwd=root).out
    assert "… and 5 folders more in --format json" in text


def test_duplicates(repository: Path, engine: str) -> None:
    outcome = cde("files", "duplicates", "--engine", engine, cwd=repository)
    assert outcome.code == 0
    heading, *paths, blank, total = outcome.out.splitlines()
    assert re.fullmatch(r"2 files of 15 B  [0-9a-f]{12}", heading)
    assert (paths, blank) == (["  src/copy.py", "  src/main.py"], "")
    assert total == "1 group · 2 files · 15 B would be freed by keeping one of each"
    assert cde("files", "duplicates", "--min-size", "1k", "--engine", engine, cwd=repository).out == "no duplicates\n"


def test_documents_at_each_level(repository: Path, engine: str) -> None:
    names = cde("docs", "scan", "--detail", "names", "--engine", engine, cwd=repository)
    assert names.out == "README.md\ndocs/guide.md\n"
    summary = cde("docs", "scan", "--detail", "summary", "--engine", engine, cwd=repository).out
    assert summary == cde("docs", "scan", "--detail", "full", "--engine", engine, cwd=repository).out
    heading, readme, guide, _, totals = summary.splitlines()
    assert heading.split() == ["Document", "Words", "Headings", "Links", "Title"]
    assert readme.split()[0] == "README.md"
    assert readme.endswith("  Small")
    assert guide.split()[2:] == ["2", "2", "Guide"]
    assert totals.startswith("2 documents · ")


def test_open_tasks_are_counted(make_tree: TreeMaker, engine: str) -> None:
    root = make_tree({"a.md": "# A\n\n- [x] done\n- [ ] open\n"})
    assert "1 of 2 tasks done" in cde("docs", "scan", "--engine", engine, cwd=root).out


def test_the_outline(repository: Path, engine: str) -> None:
    outcome = cde("docs", "outline", "docs/guide.md", "--engine", engine, cwd=repository)
    first, *sections = outcome.out.splitlines()
    assert re.fullmatch(r"docs/guide\.md  5 lines · \d+ words", first)
    assert sections == ["1-5  Guide  #guide", "3-5    Use  #use"]
    (repository / "plain.md").write_text("no heading\n")
    assert "no headings" in cde("docs", "outline", "plain.md", "--engine", engine, cwd=repository).out


def test_the_rules_are_grouped_and_selectable(repository: Path) -> None:
    text = cde("docs", "rules", cwd=repository).out
    names = [line.split()[0] for line in text.splitlines() if line.startswith("  ")]
    assert "missing-file" in names
    for name in names:
        assert (
            cde("docs", "check", "--select", name, "--fail-on", "never", "--engine", "python", cwd=repository).code == 0
        )


def test_what_could_not_be_read_is_said(repository: Path, engine: str) -> None:
    (repository / "broken.md").write_text("---\ntitle: [\n---\n# Broken\n")
    answer = cde("docs", "scan", "--format", "json", "--engine", engine, cwd=repository).json
    (diagnostic,) = answer["diagnostics"]
    scan = cde("docs", "scan", "--engine", engine, cwd=repository)
    assert scan.err.startswith(f"broken.md:{diagnostic['line']}")
    assert scan.err.endswith(f"[{diagnostic['code']}]\n")
    assert cde("docs", "scan", "--quiet", "--engine", engine, cwd=repository).err == ""
    audit = cde("audit", "--engine", engine, cwd=repository).out
    assert "Could not be read as asked\n  broken.md:" in audit


def test_many_diagnostics_are_cut_and_said(make_tree: TreeMaker, engine: str) -> None:
    root = make_tree({f"{number:02}.md": "---\na: [\n---\n" for number in range(12)})
    brief = cde("docs", "scan", "--engine", engine, cwd=root).err.splitlines()
    assert len(brief) == 11
    assert brief[-1] == "… and 2 diagnostics more; --verbose shows all"
    assert cde("docs", "scan", "--verbose", "--engine", engine, cwd=root).err.count("[") >= 12


def test_what_was_skipped_is_named_on_request(repository: Path, engine: str) -> None:
    brief = cde("audit", "--engine", engine, cwd=repository).out
    assert re.search(r"^skipped: \d+ hidden, 1 ignored$", brief, re.MULTILINE)
    verbose = cde("audit", "--verbose", "--engine", engine, cwd=repository).out
    assert "  1 ignored: ignored\n" in verbose
    listing = cde("files", "list", "--verbose", "--engine", engine, cwd=repository)
    assert "1 ignored: ignored" in listing.err
    assert listing.out == cde("files", "list", "--engine", engine, cwd=repository).out


def test_an_incomplete_answer_says_so(repository: Path, engine: str) -> None:
    (repository / "large.md").write_text("# Large\n\n" + "words " * 500)
    outcome = cde("docs", "scan", "--max-document-bytes", "1k", "--engine", engine, cwd=repository)
    assert outcome.code == 0
    assert "large.md" in outcome.err
    answer = cde(
        "docs", "scan", "--max-document-bytes", "1k", "--format", "json", "--engine", engine, cwd=repository
    ).json
    assert ("incomplete" in outcome.err) == (answer["completeness"]["state"] == "partial")


def test_findings_are_counted_by_rule(repository: Path, engine: str) -> None:
    text = cde("audit", "--select", "missing-file,missing-anchor", "--engine", engine, cwd=repository).out
    assert re.search(
        r"^By rule\n +1  error    missing-file     -20[.]0\n +1  warning  missing-anchor    -5[.]0$", text, re.MULTILINE
    )


def test_a_clean_check_says_so(make_tree: TreeMaker, engine: str) -> None:
    root = make_tree({"a.md": "# A\n\ntext\n"})
    outcome = cde("docs", "check", "--select", "links", "--engine", engine, cwd=root)
    assert (outcome.code, outcome.out) == (0, "0 errors · 0 warnings · 0 hints\nscore 100 of 100\n")


def test_sarif_tells_what_could_not_be_read(repository: Path, engine: str) -> None:
    (repository / "broken.md").write_text("---\ntitle: [\n---\n# Broken\n")
    run = cde("audit", "--format", "sarif", "--engine", engine, cwd=repository).json["runs"][0]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    location = notification["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "broken.md", "uriBaseId": "SRCROOT"}
    assert location["region"]["startLine"] >= 1


def test_a_defect_is_reported_as_one(repository: Path, tmp_path: Path) -> None:
    """A core that has the right version and none of its functions is nothing that a user could have done wrong."""
    package = tmp_path / "hollow" / "cde_rust_core"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(
        "from cde_orchestrator.version import BRIDGE_VERSION, __version__\n"
        "def version(): return __version__\ndef bridge_version(): return BRIDGE_VERSION\n"
    )
    env = {"PYTHONPATH": str(package.parent)}
    outcome = cde("files", "list", "--engine", "rust", cwd=repository, env=env)
    assert (outcome.code, outcome.raw) == (3, b"")
    error, hint = outcome.err.splitlines()
    assert error.startswith("error: AttributeError: ")
    assert hint == "hint: this is a defect of CDE; please report it"
    traced = cde("files", "list", "--engine", "rust", "--verbose", cwd=repository, env=env)
    assert traced.code == 3
    assert "Traceback (most recent call last)" in traced.err
