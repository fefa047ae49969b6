"""The two distributions, the placeholder core, and embedding the core through setuptools-rust."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from cde_orchestrator.version import BRIDGE_VERSION, __version__
from conftest import CORE_REQUIRED

ROOT = Path(__file__).parents[2]


def build(source: Path, out: Path, **environment: str) -> zipfile.ZipFile:
    """The one wheel that the project in ``source`` builds, with the tools that are installed here."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(out), str(source)]
    process = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)
    assert process.returncode == 0, process.stdout[-3000:] + process.stderr[-3000:]
    (wheel,) = out.glob("*.whl")
    return zipfile.ZipFile(wheel)


def test_one_version_everywhere() -> None:
    cargo = tomllib.loads((ROOT / "Cargo.toml").read_text())
    placeholder = tomllib.loads((ROOT / "packaging/pure-core/pyproject.toml").read_text())
    product = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert cargo["workspace"]["package"]["version"] == __version__
    assert placeholder["project"]["version"] == __version__
    assert product["project"]["optional-dependencies"]["rust"] == [f"cde-rust-core=={__version__}"]
    source = (ROOT / "crates/cde-python/src/lib.rs").read_text()
    assert re.search(r"BRIDGE_VERSION: u32 = (\d+);", source)[1] == str(BRIDGE_VERSION)


def test_the_product_is_pure_and_complete(tmp_path: Path) -> None:
    wheel = build(ROOT, tmp_path)
    assert wheel.filename is not None
    assert wheel.filename.endswith(f"cde_orchestrator-{__version__}-py3-none-any.whl")
    packed = {name for name in wheel.namelist() if name.startswith("cde_orchestrator/")}
    present = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src/cde_orchestrator").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == present
    metadata = wheel.read(f"cde_orchestrator-{__version__}.dist-info/METADATA").decode()
    assert "License-Expression: MIT OR Apache-2.0" in metadata
    assert (
        "cde = cde_orchestrator.adapters.cli:main"
        in wheel.read(f"cde_orchestrator-{__version__}.dist-info/entry_points.txt").decode()
    )


def test_the_placeholder_core_says_why_it_is_empty(tmp_path: Path) -> None:
    wheel = build(ROOT / "packaging/pure-core", tmp_path / "dist")
    assert wheel.filename is not None
    assert wheel.filename.endswith("-py3-none-any.whl")
    wheel.extractall(tmp_path / "site")
    code = "import sys; sys.path.insert(0, sys.argv[1])\ntry:\n import cde_rust_core\nexcept ImportError as e: print(e)"
    process = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "site")], capture_output=True, text=True, check=True
    )
    assert "no native wheel of cde-rust-core exists" in process.stdout


def test_the_core_builds_through_setuptools_rust(tmp_path: Path) -> None:
    if shutil.which("cargo") is None:
        if CORE_REQUIRED:
            pytest.fail("cargo is required here")
        pytest.skip("no cargo on PATH")
    project = tmp_path / "project"
    shutil.copytree(ROOT / "tests/packaging/setuptools_embed", project)
    wheel = build(
        project,
        tmp_path / "dist",
        CDE_CORE_MANIFEST=str(ROOT / "crates/cde-python/Cargo.toml"),
        CARGO_TARGET_DIR=os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target")),
    )
    wheel.extractall(tmp_path / "site")
    code = "import sys; sys.path.insert(0, sys.argv[1])\nfrom embedding import cde_rust_core as c; print(c.version())"
    process = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "site")], capture_output=True, text=True, check=False
    )
    assert process.stdout.strip() == __version__, process.stderr
