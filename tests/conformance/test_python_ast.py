"""Definitions in Python and their measures agree with CPython's own parser, which tells kind, name and lines as well as
what the rules of complexity are counted on.

The oracle is the module ``ast`` over the standard library of the interpreter that runs the test; ``CDE_PYTHON_TREES``
names more folders. What ``ast`` cannot parse is no oracle.
"""

from __future__ import annotations

import ast
import os
import sysconfig
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from cde_orchestrator.domain.options import MetricsOptions, SymbolOptions, TreeOptions
from cde_orchestrator.engines.select import select_engine
from conftest import require_core
from support.python_complexity import complexities

STDLIB = Path(sysconfig.get_paths()["stdlib"])
KINDS = ("class", "function", "method")
Definition = tuple[int, str, str, int, int, bool]


def definitions(node: ast.AST, prefix: str = "", around: str = "") -> Iterator[Definition]:
    """Line, qualified name, kind, last line, decorators, and whether it has a documentation that says something."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            kind = "class" if isinstance(child, ast.ClassDef) else "method" if around == "class" else "function"
            name = prefix + child.name
            assert child.end_lineno is not None
            is_documented = bool((ast.get_docstring(child, clean=False) or "").strip(" \t\n\v\f\r"))
            yield child.lineno, name, kind, child.end_lineno, len(child.decorator_list), is_documented
            yield from definitions(child, f"{name}.", kind)
        else:
            yield from definitions(child, prefix, around)


def parsed(path: Path) -> list[Definition] | None:
    """What the oracle finds, or ``None`` where it is none."""
    content = path.read_bytes()
    try:
        content.decode("utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return sorted(definitions(ast.parse(content)))
    except (SyntaxError, ValueError, RecursionError):
        return None


def trees() -> list[Path]:
    more = os.environ.get("CDE_PYTHON_TREES", "")
    return [STDLIB, *(Path(folder) for folder in more.split(os.pathsep) if folder)]


def sources(root: Path) -> Iterator[Path]:
    for path in root.rglob("*.py"):
        # Packages that are installed beside the standard library differ from machine to machine.
        if root != STDLIB or path.relative_to(root).parts[0] not in ("site-packages", "test", "idlelib", "lib2to3"):
            yield path


@pytest.mark.parametrize("root", trees(), ids=lambda path: path.name)
def test_agreement_with_ast(root: Path) -> None:
    require_core()
    engines = select_engine("rust")
    tree = engines.filesystem.open_tree(str(root), TreeOptions(hidden=True, ignore=False, vendored=True))
    found: dict[str, list[Definition]] = {}
    for item in engines.code.symbols(tree, SymbolOptions(kinds=KINDS, max_code_bytes=1 << 30)).items:
        found.setdefault(item.path, []).append(
            (item.line, item.qualified_name, item.kind, item.end_line, len(item.decorators), item.doc is not None)
        )
    compared = 0
    for path in sources(root):
        below = path.relative_to(root)
        expected = parsed(path)
        if expected is not None:
            assert sorted(found.get(str(below), [])) == expected, path
            compared += len(expected)
    assert compared > 1000


@pytest.mark.parametrize("root", trees(), ids=lambda path: path.name)
def test_agreement_on_complexity(root: Path) -> None:
    require_core()
    engines = select_engine("rust")
    tree = engines.filesystem.open_tree(str(root), TreeOptions(hidden=True, ignore=False, vendored=True))
    measured = {item.path: item.functions for item in engines.code.metrics(tree, MetricsOptions()).items}
    compared = 0
    for path in sources(root):
        below = str(path.relative_to(root))
        if parsed(path) is None or below not in measured:
            continue
        source = path.read_bytes().decode("utf-8-sig")
        # The oracle looks around in lines that end with a line feed.
        if "\r" in source or "\f" in source:
            continue
        found = [
            (one.line, one.name.rpartition(".")[2], one.parameters, one.nesting, one.cyclomatic, one.cognitive)
            for one in measured[below]
        ]
        expected = [
            (one.line, one.name, one.parameters, one.nesting, one.cyclomatic, one.cognitive)
            for one in complexities(source)
        ]
        assert sorted(found, key=lambda one: one[:2]) == expected, path
        compared += len(expected)
    assert compared > 1000
