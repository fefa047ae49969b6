"""Configurations of sites on both engines: what is shown of them, and what becomes of bad and hostile ones."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cde_orchestrator.domain.envelope import Diagnostic
from cde_orchestrator.domain.findings import Finding, FindingSummary, SiteSummary
from cde_orchestrator.domain.options import CheckOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.select import Engines
from cde_orchestrator.errors import InvalidArgumentError
from conftest import TreeMaker

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def check(
    engines: Engines, root: Path, options: CheckOptions | None = None
) -> tuple[list[Finding], list[Diagnostic], tuple[SiteSummary, ...]]:
    """Findings, diagnostics about configurations, and the sites."""
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    answer = engines.documentation.check(tree, scan, options or CheckOptions())
    assert isinstance(answer.summary, FindingSummary)
    about = [one for one in answer.diagnostics if one.code == "site-config-invalid"]
    return list(answer.items), about, answer.summary.sites


def test_what_is_shown(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree(
        {
            "mkdocs.yml": "docs_dir: manual\nnav: [a.md, b/]\n",
            "manual/a.md": "# A\n",
            "manual/b/c.md": "# C\n",
            "book/book.toml": "[book]\n",
            "book/src/SUMMARY.md": "[A](a.md)\n",
            "book/src/a.md": "# A\n",
        }
    )
    _, diagnostics, sites = check(engines, root)
    assert diagnostics == []
    assert sites == (
        SiteSummary("book", "mdbook", "book/book.toml", ("book/src",), ("", "book", "book/src"), "mdbook", 1),
        SiteSummary("", "mkdocs", "mkdocs.yml", ("manual",), ("", "manual"), "mkdocs", 2),
    )


def test_the_choice_is_overridden(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"mkdocs.yml": "nav: [gone.md]\n", "docs/a.md": "# A\n"})
    assert [site.kind for site in check(engines, root, CheckOptions(site="auto"))[2]] == ["mkdocs"]
    assert check(engines, root, CheckOptions(site="none"))[2] == ()
    (chosen,) = check(engines, root, CheckOptions(site="hugo"))[2]
    assert (chosen.kind, chosen.config, chosen.path, chosen.navigation) == ("hugo", None, "", None)
    with pytest.raises(InvalidArgumentError, match="no program that builds sites is called 'mkdoks'"):
        check(engines, root, CheckOptions(site="mkdoks"))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mkdocs.yml", b"a: 1\nnav: [\n", (2, "the YAML cannot be parsed")),
        ("mkdocs.yml", b"a: 1\n---\nb: 1\n", (2, "the YAML holds several documents")),
        ("mkdocs.yml", b"- a\n", (1, "the file is not a mapping")),
        ("mkdocs.yml", b"a: \xff\n", (None, "the file is not UTF-8")),
        ("mkdocs.yml", b"x" * (2 << 20), (None, "the file has more than 524288 bytes")),
        ("mkdocs.yml", BOMB.encode(), (5, "aliases make the data too large")),
        ("mkdocs.yml", b"a: " + b"[" * 5000 + b"]" * 5000 + b"\n", (1, "the YAML is nested deeper than 64 levels")),
        ("mkdocs.yml", b"docs_dir: ../../..\n", (None, "'docs_dir' leads out of the folder that is checked")),
        ("mkdocs.yml", b"docs_dir: /etc\n", (None, "'docs_dir' leads out of the folder that is checked")),
        ("book.toml", b"[book]\nsrc = 'a\n", (2, "the TOML cannot be parsed")),
        ("book.toml", b"[book]\nsrc = '../x'\n", (None, "'src' leads out of the folder that is checked")),
        ("hugo.json", b'{"contentDir": }', (1, "the JSON cannot be parsed")),
        ("_config.yml", b"source: [\n", (1, "the YAML cannot be parsed")),
        ("docs/docusaurus.config.js", b"a = 1\nb = 'x\n", (2, "a quote is not closed")),
    ],
)
def test_a_bad_configuration_is_told_and_its_name_counts(
    engines: Engines, make_tree: TreeMaker, name: str, content: bytes, told: tuple[int | None, str]
) -> None:
    root = make_tree({"docs/a.md": "# A\n", name: ""})
    (root / name).write_bytes(content)
    _, diagnostics, sites = check(engines, root)
    (one,) = diagnostics
    assert (one.path, one.severity, (one.line, one.message)) == (name, "warning", told)
    assert [site.config for site in sites] == [name]


def test_tags_are_not_run_and_hide_nothing_else(engines: Engines, make_tree: TreeMaker, tmp_path: Path) -> None:
    made = tmp_path / "made"
    root = make_tree(
        {
            "mkdocs.yml": f"x: !!python/object/apply:os.mkdir ['{made}']\ndocs_dir: !ENV [D, manual]\nnav: [a.md]\n",
            "docs/a.md": "# A\n",
            "docs/b.md": "# B\n",
        }
    )
    findings, diagnostics, sites = check(engines, root)
    assert not made.exists()
    assert diagnostics == []
    assert sites[0].content == ("docs",)
    assert [(finding.rule, finding.path) for finding in findings] == [("missing-from-navigation", "docs/b.md")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mkdocs.yml", "nav:\n" + "  - aaaa.md\n" * 20_000),
        ("mkdocs.yml", "nav:\n" + "".join(f"  - x{number}.md\n" for number in range(20_000))),
        ("mkdocs.yml", "nav: [a.md]\nnot_in_nav: |\n" + "  a*b*c*d*e*f*\n" * 10_000),
        ("docusaurus.config.js", "docs: {" * 60_000),
        ("docusaurus.config.js", "=/[" * 170_000),
        ("docusaurus.config.js", "staticDirectories: [" * 20_000),
        ("docusaurus.config.js", "}" * 500_000),
        ("docusaurus.config.js", "a = /*" * 80_000),
        ("docusaurus.config.js", "`${`" * 100_001),
        ("conf.py", "html_static_path = [" * 20_000 + "\nhtml_static_path = [" * 10_000),
    ],
)
def test_hostile_configurations_take_little_time(
    engines: Engines, make_tree: TreeMaker, name: str, content: str
) -> None:
    root = make_tree({name: content, "index.md": "# A\n", "docs/a.md": "# A\n", "docs/b.md": "# B\n"})
    start = time.perf_counter()
    check(engines, root)
    # Guards against quadratic time: with a tracer on a busy machine it takes tens of times as long as usual.
    assert time.perf_counter() - start < 60


def test_a_link_in_the_place_of_a_configuration_is_not_followed(
    engines: Engines, make_tree: TreeMaker, tmp_path: Path
) -> None:
    (tmp_path / "outside.yml").write_text("docs_dir: secret\n")
    root = make_tree({"docs/a.md": "# A\n"})
    (root / "mkdocs.yml").symlink_to(tmp_path / "outside.yml")
    _, _, sites = check(engines, root)
    assert all("secret" not in folder for site in sites for folder in site.content)
