"""Both engines tell the same of a tree that lives: snapshots, changes and duplicates after random edits."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cde_orchestrator.domain.options import TreeOptions
from cde_orchestrator.engines.select import Engines, select_engine
from conftest import require_core
from support.files_answers import body


@pytest.fixture(scope="module")
def pair() -> tuple[Engines, Engines]:
    require_core()
    return select_engine("python"), select_engine("rust")


paths = st.sampled_from(["a", "b", "c", "d/a", "d/b", "e/f/a", "caf\udce9", "z"])
edits = st.tuples(
    st.sampled_from(["write", "write", "write", "remove", "move", "link", "hard", "touch"]),
    paths,
    paths,
    st.sampled_from(["", "1", "2", "22", "x" * 17_000, "x" * 16_999 + "y"]),
)


def apply(root: Path, edit: tuple[str, str, str, str]) -> None:
    kind, name, other, content = edit
    path, target = root / name, root / other
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "write" and not path.is_symlink():
        path.write_text(content)
    elif kind == "remove":
        path.unlink(missing_ok=True)
    elif kind == "move" and os.path.lexists(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
    elif kind == "link" and not os.path.lexists(path):
        path.symlink_to(other)
    elif kind == "hard" and path.is_file() and not path.is_symlink() and not os.path.lexists(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, target)
    elif kind == "touch" and path.is_file():
        os.utime(path, ns=(0, len(content)))


@given(st.lists(edits, max_size=12), st.lists(edits, max_size=8), st.sampled_from([0, 1 << 62]))
def test_histories(
    pair: tuple[Engines, Engines],
    first: list[tuple[str, str, str, str]],
    second: list[tuple[str, str, str, str]],
    taken_ns: int,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for edit in first:
            apply(root, edit)
        snapshots = [
            engines.filesystem.snapshot(engines.filesystem.open_tree(folder, TreeOptions())) for engines in pair
        ]
        assert body(snapshots[0]) == body(snapshots[1])
        assert list(snapshots[0].items) == list(snapshots[1].items)
        for edit in second:
            apply(root, edit)
        answers = []
        for engines, before in zip(pair, snapshots, strict=True):
            files = engines.filesystem
            tree = files.open_tree(folder, TreeOptions())
            changed = files.changes_since(tree, list(before.items), taken_ns=taken_ns)
            answers.append([body(changed), body(files.duplicates(tree, min_size=1)), body(files.tree_summary(tree))])
        assert answers[0] == answers[1]
