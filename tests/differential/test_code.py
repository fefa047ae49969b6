"""Both engines give the same bytes for source code, whatever it holds."""

from __future__ import annotations

import json
import os
import random
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cde_orchestrator.domain.options import MetricsOptions, SymbolOptions, TreeOptions
from cde_orchestrator.engines.select import select_engine
from conftest import TreeMaker, require_core
from support.python_generator import PYTHON_PIECES, python_source

# `CDE_GENERATED_SOURCES=20000` is the gate of a release.
GENERATED = int(os.environ.get("CDE_GENERATED_SOURCES", "2000"))


@pytest.fixture(autouse=True)
def _core() -> None:
    require_core()


def answers_of(engine: str, root: Path) -> list[dict[str, Any]]:
    engines = select_engine(engine)
    tree = engines.filesystem.open_tree(str(root), TreeOptions(vendored=True))
    symbols = engines.code.symbols(tree, SymbolOptions())
    metrics = engines.code.metrics(tree, MetricsOptions())
    answers: list[dict[str, Any]] = [json.loads(answer.to_json()) for answer in (symbols, metrics)]
    for answer in answers:
        del answer["engine"]
    return answers


def assert_equal(root: Path) -> None:
    for rust, python in zip(answers_of("rust", root), answers_of("python", root), strict=True):
        # One by one, so that a difference is shown where it is.
        for part in ("items", "diagnostics"):
            for one, other in zip(rust[part], python[part], strict=False):
                assert one == other, (root / one["path"]).read_bytes()
        assert rust == python


@pytest.mark.parametrize("seed", range(2))
def test_generated_sources(seed: int, make_tree: TreeMaker) -> None:
    chance = random.Random(seed)
    assert_equal(make_tree({f"{number}.py": python_source(chance) for number in range(GENERATED // 2)}))


@given(st.lists(st.one_of(st.sampled_from(PYTHON_PIECES), st.text(max_size=3)), max_size=25))
def test_sources_that_hypothesis_finds(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    root = tmp_path_factory.mktemp("source")
    (root / "a.py").write_bytes("".join(pieces).encode("utf-8", "surrogatepass"))
    assert_equal(root)


def test_the_standard_library() -> None:
    assert_equal(Path(sysconfig.get_paths()["stdlib"]) / "asyncio")
