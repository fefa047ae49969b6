"""Files for coding agents, and what they speak of, made to break something: the same on both engines, and soon."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from cde_orchestrator.domain.options import CheckOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.select import Engines
from conftest import TreeMaker


def findings(engines: Engines, root: Path) -> list[dict[str, object]]:
    tree = engines.filesystem.open_tree(str(root), TreeOptions(hidden=True))
    scan = engines.documentation.scan(tree, ScanOptions())
    answer = engines.documentation.check(tree, scan, CheckOptions(select=("agents",), ignore=("agent-file-too-long",)))
    items: list[dict[str, object]] = json.loads(answer.to_json())["items"]
    return items


COMMANDS = "".join(f"make t{number}\nnpm run s{number}\n./a/x{number}.sh\n" for number in range(20_000))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("```sh\n" + COMMANDS + "```\n", 500),
        ("".join(f"`a/b{number}.py`\n" for number in range(20_000)), 500),
        ("`" + "a/" * 500_000 + "b.py`\n", 0),
        ("`a/" + "b" * 1_000_000 + ".py`\n", 0),
        ("```sh\nmake " + "x " * 500_000 + "\n```\n", 0),
        ("```sh\n" + "|;&" * 300_000 + "\n```\n", 0),
        ("```sh\n" + "make nope\n" * 100_000 + "```\n", 1),
        ("`a/x\x00.py` `a/\u202e.py` `a/\ufeffx.py`\n", 0),
    ],
    ids=["commands", "paths", "deep", "long", "wide", "separators", "repeated", "signs"],
)
def test_hostile_instructions(
    both_engines: tuple[Engines, Engines], make_tree: TreeMaker, text: str, count: int
) -> None:
    root = make_tree({"AGENTS.md": text, "Makefile": "all:\n", "package.json": '{\n"scripts": {}}\n', "a/x": ""})
    started = time.monotonic()
    python, rust = (findings(engines, root) for engines in both_engines)
    # Guards against quadratic time: with a tracer on a busy machine it takes tens of times as long as usual.
    assert time.monotonic() - started < 60
    assert python == rust
    assert len(python) == count


@pytest.mark.parametrize(
    "makefile",
    [
        "x" * 2_000_000 + ":\n",
        ":" * 500_000 + "\n",
        "%" * 500_000 + ": x\n",
        "".join(f"%{number}x: y\n" for number in range(20_000)),
        "a" * 900_000,
        "\0\xff:\n",
        "$(" * 300_000 + ": \n",
    ],
    ids=["large", "colons", "percents", "patterns", "no rule", "binary", "computed"],
)
def test_hostile_makefiles(both_engines: tuple[Engines, Engines], make_tree: TreeMaker, makefile: str) -> None:
    root = make_tree({"AGENTS.md": "```sh\nmake nope\n```\n", "Makefile": makefile.encode("latin-1")})
    python, rust = (findings(engines, root) for engines in both_engines)
    assert python == rust


def test_manifests_that_are_no_files(both_engines: tuple[Engines, Engines], make_tree: TreeMaker) -> None:
    root = make_tree({"AGENTS.md": "`make nope` `npm run nope` `just nope`\n", "package.json/x": "", "x": "all:\n"})
    (root / "Makefile").symlink_to("x")
    os.mkfifo(root / "justfile")
    for engines in both_engines:
        assert findings(engines, root) == []


@pytest.mark.parametrize(
    "front_matter",
    [
        "name: " + "a" * 200_000,
        "name: [" * 50 + "]" * 50,
        "description: '" + "é" * 100_000 + "'",
        "name: ../../x\ndescription: ''",
        "name: 1\ndescription: true",
    ],
    ids=["long", "nested", "description", "path", "types"],
)
def test_hostile_skills(both_engines: tuple[Engines, Engines], make_tree: TreeMaker, front_matter: str) -> None:
    root = make_tree({"a/SKILL.md": f"---\n{front_matter}\n---\n# A\n"})
    python, rust = (findings(engines, root) for engines in both_engines)
    assert python == rust
    assert all(len(str(finding["message"])) < 400 for finding in python)
