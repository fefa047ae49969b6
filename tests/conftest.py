"""What every test can use: the engines, trees built from a mapping, and the rule about a missing core."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cde_orchestrator.engines.select import Engines, inspect_core, select_engine

settings.register_profile("default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

CORE_REQUIRED = os.environ.get("CDE_REQUIRE_RUST") == "1"


def require_core() -> None:
    """Skips where the core is absent, unless this run demands it: then its absence is a failure."""
    state = inspect_core()
    if state.state != "usable":
        if CORE_REQUIRED:
            pytest.fail(f"the native core is required and is {state.state}: {state.reason}")
        pytest.skip(f"the native core is {state.state}")


@pytest.fixture(params=["python", "rust"])
def engine(request: pytest.FixtureRequest) -> str:
    """Runs a test once on each engine, by name."""
    name: str = request.param
    if name == "rust":
        require_core()
    return name


@pytest.fixture
def engines(engine: str) -> Engines:
    """The capabilities of the engine under test."""
    return select_engine(engine)


@pytest.fixture
def both_engines() -> tuple[Engines, Engines]:
    """The Python and the Rust engine, for a comparison."""
    require_core()
    return select_engine("python"), select_engine("rust")


TreeMaker = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def make_tree(tmp_path: Path) -> TreeMaker:
    """Writes files below a fresh directory; a name that ends in ``/`` makes a directory."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "tree"
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            if name.endswith("/"):
                path.mkdir(parents=True, exist_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make
