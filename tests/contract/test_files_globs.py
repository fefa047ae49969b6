"""Globs mean what their definition says: compared with a matcher that tries every possibility."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cde_orchestrator.domain.options import FileFilter, TreeOptions
from cde_orchestrator.engines.select import select_engine
from cde_orchestrator.ports.filesystem import Tree
from conftest import require_core

FOLDERS = ["", "a", "b", "a/a", "a/b", "b/a", "a/b/a", "a/b/a/b"]
NAMES = ["c", "d", "cc", "cd", "ccd", "dcdc", ".c"]
PATHS = [f"{folder}/{name}".lstrip("/") for folder in FOLDERS for name in NAMES]


@cache
def fits(glob: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """By components."""
    if not glob:
        return not path
    first, rest = glob[0], glob[1:]
    if is_deep(first):
        return any(fits(rest, path[skip:]) for skip in range(len(path) + 1))
    return bool(path) and name_fits(first, path[0]) and fits(rest, path[1:])


def is_deep(part: str) -> bool:
    return len(part) > 1 and not part.strip("*")


@cache
def name_fits(glob: str, name: str) -> bool:
    if not glob:
        return not name
    if glob[0] == "*":
        return any(name_fits(glob[1:], name[skip:]) for skip in range(len(name) + 1))
    return bool(name) and glob[0] in ("?", name[0]) and name_fits(glob[1:], name[1:])


def expected(glob: str) -> list[str]:
    if "/" not in glob:
        return [path for path in PATHS if name_fits(glob, path.rpartition("/")[2])]
    parts = [part for part in glob.split("/") if part not in ("", ".")]
    if glob.endswith("/"):
        parts.append("**")
    if parts and is_deep(parts[-1]):
        parts.append("*")
    return [path for path in PATHS if fits(tuple(parts), tuple(path.split("/")))]


@pytest.fixture(scope="module", params=["python", "rust"])
def tree(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Tree]:
    if request.param == "rust":
        require_core()
    root = tmp_path_factory.mktemp("globs")
    for path in PATHS:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    return request.param, select_engine(request.param).filesystem.open_tree(str(root), TreeOptions(hidden=True))


names = st.text("acd*?", min_size=1, max_size=5)
globs = st.lists(names | st.sampled_from(["**", "a", "b", ""]), min_size=1, max_size=5).map("/".join).filter(bool)


@given(globs)
def test_globs(tree: tuple[str, Tree], glob: str) -> None:
    engine, opened = tree
    answer = select_engine(engine).filesystem.list_files(opened, FileFilter(globs=(glob,), details=False))
    assert [item.path for item in answer.items] == sorted(expected(glob))
