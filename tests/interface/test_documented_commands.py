"""Every command and every Python example in the README and in docs/ is run, in a copy of a small repository."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cde_orchestrator.engines.select import inspect_core
from conftest import CORE_REQUIRED, TreeMaker
from support.git_commits import commit_all

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OWN_TOOL = re.compile(r"^(?:\.venv/bin/python )?((?:benchmarks|tools|fuzz)/\S+)")
NOT_RUN_HERE = re.compile(r"^(git clone|cargo |cd |python3? -m venv|pip install|\.venv/bin/pip)")


def examples() -> Iterator[tuple[str, str, str]]:
    for page in PAGES:
        for language, block in FENCE.findall(page.read_text()):
            where = str(page.relative_to(ROOT))
            if language == "python":
                yield where, language, block
            else:
                for line in block.splitlines():
                    if line.startswith("$ "):
                        yield where, language, line[2:].split("  #")[0].strip()


EXAMPLES = sorted(set(examples()))


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    root = make_tree(
        {
            "README.md": "---\ntitle: Small\ndescription: A repository\n---\n# Small\n\n[guide](docs/guide.md#use)\n",
            "docs/guide.md": "# Guide\n\n## Use\n\nSee the [README](../README.md).\n",
            "src/main.py": "print('hello')\n",
            "baseline.json": '{"schema": "cde.baseline/1", "findings": []}\n',
        }
    )
    commit_all(root)
    return root


@pytest.mark.parametrize(("page", "language", "example"), EXAMPLES)
def test_example_works(page: str, language: str, example: str, repository: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    if language == "python":
        command = [sys.executable, "-c", example]
    elif example.startswith("make"):
        target = shlex.split(example)[1].split("=")[0]
        makefile = (ROOT / "Makefile").read_text()
        assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), f"{page}: no target {target}"
        return
    elif tool := OWN_TOOL.match(example):
        assert (ROOT / tool[1]).is_file(), f"{page}: no {tool[1]}"
        return
    elif NOT_RUN_HERE.match(example):
        return
    else:
        if "verify" in example and inspect_core().state != "usable" and not CORE_REQUIRED:
            pytest.skip("comparing the engines needs the core")
        command = ["bash", "-euo", "pipefail", "-c", example]
    process = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
    assert process.returncode == 0, f"{page}: {example}\n{process.stdout}\n{process.stderr}"


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 10
