"""The checks of both engines over generated trees: the same findings, as bytes, and the same errors."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cde_orchestrator.domain.options import CheckOptions, GraphOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.select import Engines
from cde_orchestrator.errors import CdeError
from support.check_trees import trees

OPTIONS = st.builds(
    CheckOptions,
    select=st.sampled_from(
        ((), (), ("structure",), ("links", "unverifiable-link"), ("missing-file",), ("mising-file",), ("x",))
    ),
    ignore=st.sampled_from(((), (), ("self-link",), ("link",))),
    site_root=st.sampled_from((None, None, None, "docs", "a/", "..", "/a", "none", ".")),
    per_path=st.sampled_from(
        (
            (),
            (),
            (("*.md", ("missing-file",)),),
            (("docs/**", ("links",)), ("{a,b}.md", ("structure",))),
            (("a[", ("x",)),),
            (("a", ("y",)),),
        )
    ),
    severity=st.sampled_from(
        (
            (),
            (),
            (("links", "hint"), ("missing-file", "error"), ("self-link", "off")),
            (("self-link", "error"), ("links", "off"), ("undefined-reference", "error")),
            (("linkz", "off"),),
        )
    ),
    required_metadata=st.sampled_from(((), (), ("a",), ("title", "a", "\u00e9\n"))),
    today=st.sampled_from((None, "2024-03-01", "0001-01-01", "9999-12-31")),
    site=st.sampled_from((None, None, None, "auto", "none", "mkdocs", "mdbook", "docusaurus", "nothing")),
    scanned_slugs=st.booleans(),
)


def lay_out(root: Path, files: dict[str, str]) -> None:
    """Writes what can be written: a file may stand where another needs a folder."""
    for name, content in files.items():
        path = root / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            continue


def answer(engines: Engines, root: Path, options: CheckOptions) -> object:
    """The answer without its engine, or the error."""
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    try:
        result = json.loads(engines.documentation.check(tree, scan, options).to_json())
    except CdeError as error:
        return type(error), error.message, error.path, error.hint
    del result["engine"]
    return json.dumps(result, ensure_ascii=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(files=trees(), options=OPTIONS)
def test_same_findings(both_engines: tuple[Engines, Engines], files: dict[str, str], options: CheckOptions) -> None:
    root = Path(tempfile.mkdtemp())
    try:
        lay_out(root, files)
        python, rust = (answer(engines, root, options) for engines in both_engines)
    finally:
        shutil.rmtree(root)
    assert python == rust


GRAPHS = st.builds(
    GraphOptions,
    entries=st.sampled_from(((), (), ("a.md",), ("README.md.md", "docs"), ("none.md",), ("caf\udce9.md",))),
    site_root=st.sampled_from((None, None, "docs", "a/", "..")),
    site=st.sampled_from((None, None, "none", "mkdocs")),
)


def graph(engines: Engines, root: Path, options: GraphOptions) -> object:
    """The link graph without its engine, or the error."""
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    try:
        result = json.loads(engines.documentation.graph(tree, scan, options).to_json())
    except CdeError as error:
        return type(error), error.message, error.path, error.hint
    del result["engine"]
    return json.dumps(result, ensure_ascii=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(files=trees(), options=GRAPHS)
def test_same_graph(both_engines: tuple[Engines, Engines], files: dict[str, str], options: GraphOptions) -> None:
    root = Path(tempfile.mkdtemp())
    try:
        lay_out(root, files)
        python, rust = (graph(engines, root, options) for engines in both_engines)
    finally:
        shutil.rmtree(root)
    assert python == rust


@pytest.mark.parametrize("count", [2000])
def test_same_findings_where_the_budget_for_suggestions_ends(
    both_engines: tuple[Engines, Engines], tmp_path: Path, count: int
) -> None:
    headings = "".join(f"# Heading number {number}\n" for number in range(count))
    links = "".join(f"[x](#heading-numbre-{number}) " for number in range(count))
    (tmp_path / "a.md").write_text(headings + links, "utf-8")
    python, rust = (answer(engines, tmp_path, CheckOptions()) for engines in both_engines)
    assert python == rust
