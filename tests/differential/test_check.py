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

NAMES = (
    "a",
    "A",
    "b",
    "_b",
    "CHANGES",
    "SUMMARY",
    "Includes",
    "index",
    "Index",
    "README",
    "x y",
    "é",
    "100%",
    "c\\d",
    "include",
    "none",
    "a.b",
    "docs",
    "src",
)
EXTENSIONS = (".md", ".MD", ".mdx", ".html", ".png", "", ".rst", ".adoc", ".txt", ".toolongtobe")
MARKERS = (
    "mkdocs.yml",
    "docusaurus.config.ts",
    "docfx.json",
    "book.toml",
    "hugo.toml",
    "conf.py",
    ".vitepress/config.ts",
    "docs/conf.py",
    "docs/.gitbook.yaml",
    "src/docusaurus.config.js",
    ".gitignore",
    "Cargo.toml",
)
FRAGMENTS = (
    "",
    "one",
    "One",
    "two",
    "tow",
    "nope",
    "top",
    "L3",
    "L3-L9",
    "fn-n",
    "%6Fne",
    "%zz",
    "é",
    "tab/x",
    "a:~:text=b",
)
ODD = (
    "",
    "//host/x",
    "file:///x",
    "C:\\x",
    "\\\\\\\\u\\x",
    "mailto:x",
    "{{ x }}",
    "~/a.md",
    "@site/a.md",
    "../../pulls",
)
DRAWN_IN = ("{{#include x.md}}", "--8<-- 'x'", "import X from './x.md'", "[!INCLUDE [x](include/a.md)]")
VAGUE = ("here", "Here.", "click here", "HERE..", "this link", "lin\u212a", "more", "[more]", "*Read more*", "")
FRONT_MATTER = (
    *("", "", ""),
    "---\ntitle: A\n---\n",
    "---\na: [\n---\n",
    "---\na: 1\nb:\n  c: 1\n  c: 2\na: 2\n---\n",
    "+++\na = 1\na = 2\n+++\n",
    '{"a": 1, "a": 2}\n',
)
SUFFIXES = ("", "/", "?q", "?", "%20", "%00", ".", "%2Fb")
NESTED = st.lists(st.sampled_from(NAMES), max_size=2)


@st.composite
def paths(draw: st.DrawFn) -> str:
    """The path of a file of the tree."""
    return "/".join((*draw(NESTED), draw(st.sampled_from(NAMES)) + draw(st.sampled_from(EXTENSIONS))))


@st.composite
def targets(draw: st.DrawFn, known: list[str]) -> str:
    """Something that a link may lead to, most often something like one of the ``known`` paths."""
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return draw(st.sampled_from(ODD))
    start = draw(st.sampled_from(("", "", "./", "../", "../../", "/", "/", "/docs/", "..\\", "%2e%2e/")))
    name = draw(paths()) if kind == 1 else draw(st.sampled_from(known))
    if kind == 2:
        name = name.swapcase()
    elif kind == 3:
        name = name.rpartition(".")[0] + draw(st.sampled_from(("", ".html", ".md", "/")))
    elif kind == 4:
        name = name.rpartition("/")[2]
    end = draw(st.sampled_from(SUFFIXES)) if draw(st.integers(0, 3)) == 0 else ""
    fragment = "#" + draw(st.sampled_from(FRAGMENTS)) if draw(st.booleans()) else ""
    return start + name.replace(" ", "%20") + end + fragment


@st.composite
def lines(draw: st.DrawFn, known: list[str]) -> str:
    """A line of a document."""
    kind = draw(st.integers(0, 17))
    target = targets(known)
    label = draw(st.sampled_from(("r", "R", "rr", "*x*", "s t")))
    if kind < 6:
        return "".join(f"[t]({target}) " for target in draw(st.lists(target, min_size=1, max_size=3)))
    scope = draw(st.sampled_from(("", "-file")))
    rule = draw(st.sampled_from(("", "missing-file", "links", "x")))
    others = (
        f"# {draw(st.sampled_from(('One', 'Two', 'one', 'É', 'One {#explicit}')))}",
        f"[t][{label}] [{label}][] [{label}] ![i][{label}]",
        f"\n[{label}]: {draw(target) or '<>'}\n",
        f'<a name="two"></a> <img src="{draw(target)}"> <a href="{draw(target)}">x</a>',
        f"<!-- cde-ignore{scope} {rule} -->",
        f"![image]({draw(target)} 'title')",
        "x[^n]\n\n[^n]: note\n",
        draw(st.sampled_from(DRAWN_IN)),
        f"{'#' * draw(st.integers(1, 6))} {draw(st.sampled_from(('One', 'Two', '', '*One*', 'CHANGES')))}",
        f"[{draw(st.sampled_from(VAGUE))}]({draw(target)}) ![]({draw(target)}) ![ ](x)",
        draw(st.sampled_from(("```\nx\n```", "~~~ sh\nx\n~~~", "- ```\n  x", "````md\n```", "    x"))),
        draw(st.sampled_from(("<h1>One</h1>", "<p><H2\n>x", "<hr>", "<h7>"))),
    )
    return others[kind - 6]


@st.composite
def rst_lines(draw: st.DrawFn, known: list[str]) -> str:
    """Lines of reStructuredText."""
    target = draw(targets(known))
    name = draw(st.sampled_from(("r", "R", "rr", "s t", "One", "1")))
    title = draw(st.sampled_from(("One", "Two", "one", "É")))
    return draw(
        st.sampled_from(
            (
                f"`t <{target}>`_ `u <{target}>`__",
                f":doc:`{target.rpartition('.')[0]}` :doc:`/{target}` :download:`t <{target}>`",
                f".. toctree::\n\n   {target}\n   T <{target.rpartition('.')[0]}>\n",
                f"\n{title}\n===\n",
                f"\n{title}\n---\n",
                f"\n.. _{name}: {target}\n",
                f"\n.. _{name}:\n",
                f"`{name}`_ `t <{name}_>`_ r_ [1]_",
                f".. image:: {target}",
                f"\n.. include:: {target}\n",
                "\n.. cde-ignore missing-file\n",
                "\n.. [1] note\n.. [#] note\n.. [#] note\n",
            )
        )
    )


@st.composite
def asciidoc_lines(draw: st.DrawFn, known: list[str]) -> str:
    """Lines of AsciiDoc."""
    target = draw(targets(known))
    name = draw(st.sampled_from(("one", "_one", "One", "Two words", "{x}", "nope", "one-1")))
    return draw(
        st.sampled_from(
            (
                f"link:{target}[t] xref:{target}[u] <<{target}>>",
                f"<<{name}>> <<{target},x>> xref:{name}[]",
                f"\n{'=' * draw(st.integers(1, 5))} {name}\n",
                f"\n[#{name}]\n== Two words\n",
                f"\nimage::{target}[]\n",
                f"\ninclude::{target}[]\n",
                "\n----\ncode\n",
                "\n// cde-ignore links\n",
            )
        )
    )


def notebook_of(text: str) -> str:
    """A notebook with one cell of Markdown, one string a line."""
    source = text.splitlines(keepends=True)
    return json.dumps({"cells": [{"cell_type": "markdown", "source": source}]}, indent=1)


@st.composite
def documents_of(draw: st.DrawFn, paths: list[str], known: list[str]) -> dict[str, str]:
    """The content of each document, in the format that its name tells."""
    contents = {}
    for path in paths:
        strategy = rst_lines if path.endswith(".rst") else asciidoc_lines if path.endswith(".adoc") else lines
        text = "\n".join(draw(st.lists(strategy(known), max_size=6)))
        if strategy is lines:
            text = draw(st.sampled_from(FRONT_MATTER)) + text
        contents[path] = notebook_of(text) if path.endswith(".ipynb") else text
    return contents


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Files and their content; a file may stand where another needs a folder."""
    extension = st.sampled_from((".md", ".md", ".rst", ".adoc", ".ipynb"))
    documents = draw(st.lists(st.builds("{}{}".format, paths(), extension), min_size=1, max_size=4))
    others = draw(st.lists(st.one_of(paths(), st.sampled_from(MARKERS)), max_size=6))
    filling = draw(st.sampled_from(("a.png\n", "a.png\n", "source_suffix = ['.rst', '.txt']\n")))
    return {**dict.fromkeys(others, filling), **draw(documents_of(documents, [*documents, *others]))}


OPTIONS = st.builds(
    CheckOptions,
    select=st.sampled_from(((), (), ("links", "unverifiable-link"), ("missing-file",), ("mising-file",), ("x",))),
    ignore=st.sampled_from(((), (), ("self-link",), ("link",))),
    site_root=st.sampled_from((None, None, None, "docs", "a/", "..", "/a", "none", ".")),
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
