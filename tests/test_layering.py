"""The layers hold: ``domain <- ports <- use_cases <- adapters``, and only the Rust engine knows the core.

Checked on the syntax trees of all modules, so that no import can hide in a function.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "cde_orchestrator"
MODULES = sorted(PACKAGE.rglob("*.py"))
BASE = {"errors", "version"}

# What each layer may import from the package, besides itself.
ALLOWED = {
    "domain": {"errors", "version"},
    "ports": {"domain", *BASE},
    "use_cases": {"domain", "ports", *BASE},
    "engines": {"domain", "ports", *BASE},
    "adapters": {"domain", "ports", "use_cases", *BASE},
}
# The doors between a layer and one that it does not know otherwise: the choice of the engine, and tables of data.
DOORS = {
    "use_cases": {
        "engines.select",
        "engines.python.documentation.check.rule_table",
        # What is judged above the engines, once for both, by the same names, comments, parsers and expressions.
        "engines.python.documentation.check.rules",
        "engines.python.documentation.check.suppress",
        "engines.python.documentation.frontmatter",
        "engines.python.filesystem.pattern",
    },
}


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    """Every imported module: absolute ones by name, those of the package as ``cde_orchestrator.x.y``."""
    package = ["cde_orchestrator", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if not node.level:
                yield node.module or ""
                continue
            base = package[: len(package) - node.level + 1]
            module = ".".join([*base, *([node.module] if node.module else [])])
            if node.module:
                yield module
            else:
                yield from (f"{module}.{alias.name}" for alias in node.names)


def own_imports(path: Path) -> list[str]:
    return [name.removeprefix("cde_orchestrator.") for name in imports_of(path) if name.startswith("cde_orchestrator.")]


def foreign_imports(path: Path) -> set[str]:
    roots = {name.partition(".")[0] for name in imports_of(path)} - {"cde_orchestrator"}
    return {root for root in roots if root not in sys.stdlib_module_names}


def layered(layer: str) -> list[Path]:
    return [path for path in MODULES if name_of(path).split(".")[0] == layer]


@pytest.mark.parametrize("layer", sorted(ALLOWED))
def test_a_layer_imports_only_what_lies_below(layer: str) -> None:
    paths = layered(layer)
    assert paths
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in paths
        for name in own_imports(path)
        if name.split(".")[0] not in ALLOWED[layer] | {layer} and name not in DOORS.get(layer, ())
    ]
    assert wrong == []


def test_each_door_is_used() -> None:
    for layer, doors in DOORS.items():
        used = {name for path in layered(layer) for name in own_imports(path)}
        assert doors <= used


def test_the_use_cases_open_their_doors_late() -> None:
    """An engine is imported when a use case runs, so that importing a use case stays cheap."""
    for path in layered("use_cases"):
        tree = ast.parse(path.read_text("utf-8"))
        top = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
        assert not [node for node in top if (node.module or "").startswith("engines")], name_of(path)


@pytest.mark.parametrize("layer", ["domain", "ports", "use_cases"])
def test_the_inner_layers_have_no_third_party_imports(layer: str) -> None:
    assert {name_of(path): foreign for path in layered(layer) if (foreign := foreign_imports(path))} == {}


def test_only_the_rust_engine_imports_the_core() -> None:
    users = {name_of(path) for path in MODULES if "cde_rust_core" in foreign_imports(path)}
    assert users
    # The selection asks whether the core is there, which is an import too.
    assert [name for name in users if not name.startswith("engines.rust") and name != "engines.select"] == []


def test_the_python_engine_does_not_know_the_rust_engine() -> None:
    for path in MODULES:
        name = name_of(path)
        if name.startswith("engines.python"):
            assert not [other for other in own_imports(path) if other.startswith("engines.rust")], name
        if name.startswith("engines.rust"):
            assert not [other for other in own_imports(path) if other.startswith("engines.python")], name


def test_adapters_do_not_reach_into_the_engines() -> None:
    for path in layered("adapters"):
        assert not [name for name in own_imports(path) if name.startswith("engines")], name_of(path)


def test_no_module_is_too_long() -> None:
    assert [name_of(path) for path in MODULES if len(path.read_text("utf-8").splitlines()) > 600] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [name_of(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []
