"""The command line with the core blocked says so and prints the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import TreeMaker, require_core

BLOCKED = "import sys; sys.modules['cde_rust_core'] = None; from cde_orchestrator.adapters.cli import main; main()"
PRESENT = "from cde_orchestrator.adapters.cli import main; main()"

COMMANDS = [
    ["files", "list", "."],
    ["files", "tree", "."],
    ["files", "find", "*.md", "."],
    ["files", "duplicates", "."],
    ["docs", "scan", ".", "--detail", "names"],
    ["docs", "scan", ".", "--detail", "summary"],
    ["docs", "scan", ".", "--detail", "full"],
    ["docs", "check", "."],
    ["docs", "outline", "README.md"],
    ["code", "symbols", "."],
    ["code", "metrics", "."],
    ["audit", "."],
]


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    return make_tree(
        {
            "README.md": "---\ntitle: T\ntags: [a, 1.5, yes]\n---\n# T\n\n[a](docs/a.md#one) [gone](gone.md)\n",
            "docs/a.md": "# One\n\n| a | b |\n|---|---|\n| [x](../README.md) | `c` |\n\n- [ ] todo\n- [x] done\n",
            "docs/b.mdx": "import X from './x'\n\n# Two\n\n<X href='./a.md'>text</X>\n",
            "src/code.py": "print(1)\n",
            "src/copy.py": "print(1)\n",
            "caf\udce9.md".encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape"): "# Bytes\n",
        }
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_same_bytes(command: list[str], repository: Path) -> None:
    require_core()
    answers = []
    for program in (BLOCKED, PRESENT):
        process = subprocess.run(
            [sys.executable, "-c", program, *command, "--format", "json"],
            cwd=repository,
            capture_output=True,
            check=False,
        )
        assert process.returncode in (0, 1), process.stderr
        engine = json.loads(process.stdout)["engine"]
        assert engine["name"] == ("python" if program is BLOCKED else "rust")
        written = json.dumps(engine, separators=(",", ":"), ensure_ascii=False).encode()
        answers.append((process.returncode, process.stdout.replace(written, b"", 1), process.stderr))
    assert answers[0] == answers[1]


def test_doctor_says_that_the_python_engine_runs(repository: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-c", BLOCKED, "doctor"], cwd=repository, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    assert "python" in process.stdout
    assert "absent" in process.stdout
