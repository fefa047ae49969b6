"""Source files that are made to hurt: their analysis ends in bounded time, and says what it could not read."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import cde_orchestrator as cde
from conftest import TreeMaker
from support.command_line import COMMAND

GUARD_SECONDS = 60.0
"""Nobody's target: what takes longer does not end in a time that grows with the file."""

HUGE = 64 * 1024 * 1024
DEEP = 100_000


@contextmanager
def guarded() -> Iterator[None]:
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < GUARD_SECONDS


def symbols(engine: str, make_tree: TreeMaker, source: str | bytes) -> cde.Answer[cde.Symbol]:
    root = make_tree({"a.py": source, "z.py": "def fine(): pass\n"})
    with guarded():
        return cde.code_symbols(root, engine=engine, max_code_bytes=HUGE)


@pytest.mark.parametrize(
    "line",
    [
        b"x = '" + b"a" * 50_000_000 + b"'\n",
        b"x = 1 #" + b"a" * 50_000_000 + b"\n",
        b"x = " + b"a" * 50_000_000 + b"\n",
        b"x = 1" + b" " * 50_000_000 + b"\n",
    ],
    ids=["string", "comment", "word", "blanks"],
)
def test_a_line_of_50_megabytes(engine: str, make_tree: TreeMaker, line: bytes) -> None:
    answer = symbols(engine, make_tree, line + b"def f(): pass\n")
    assert [(one.name, one.line) for one in answer.items] == [("x", 1), ("f", 2), ("fine", 1)]
    assert all(len(one.signature) <= 400 for one in answer.items)
    assert answer.completeness.state == "complete"


def test_such_a_line_is_not_read_by_default(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({"a.py": b"x = '" + b"a" * 50_000_000 + b"'\n"})
    answer = cde.code_symbols(root, engine=engine)
    assert [one.code for one in answer.diagnostics] == ["code-too-large"]
    assert answer.completeness.state == "partial"


def test_a_line_of_many_tokens(engine: str, make_tree: TreeMaker) -> None:
    answer = symbols(engine, make_tree, "x = [" + "(1, a), " * 250_000 + "]\ndef f(): pass\n")
    assert [one.name for one in answer.items] == ["x", "f", "fine"]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("x = " + "(" * DEEP + ")" * DEEP + "\ndef f(): pass\n", ["x", "f"]),
        ("x = " + "([{" * DEEP + "\ndef f(): pass\n", ["x", "f"]),
        ("x = 1" + ")" * DEEP + "\ndef f(): pass\n", ["x", "f"]),
        ("def f(" + "lambda: " * DEEP + "): pass\n", ["f"]),
        ("@a(" * DEEP + "\ndef f(): pass\n", ["f"]),
        ("@a\n" * DEEP + "def f(): pass\n", ["f"]),
        ("x" + " = x" * DEEP + "\n", ["x"]),
        ("'''" * (DEEP + 1) + "\ndef f(): pass\n", []),
        ("\\\n" * DEEP + "def f(): pass\n", ["f"]),
        ("def f(): pass\n" + "if x:" * DEEP + "\n", ["f"]),
        ("def f(): pass;" + "a = 1;" * DEEP + "\n", ["f"]),
    ],
    ids=lambda value: None if isinstance(value, list) else value[:12].encode("unicode_escape").decode(),
)
def test_nesting_and_repetition(engine: str, make_tree: TreeMaker, source: str, names: list[str]) -> None:
    answer = symbols(engine, make_tree, source)
    assert [one.name for one in answer.items if one.path == "a.py"] == names
    assert [one.name for one in answer.items if one.path == "z.py"] == ["fine"]


@pytest.mark.parametrize("unit", ['f"{', "f'{f\"{", "f'{", "f'{x:{", "f'{'", "t'{x!r:{(\""])
def test_fields_of_formatted_texts_that_do_not_close(engine: str, make_tree: TreeMaker, unit: str) -> None:
    root = make_tree({"a.py": "x = " + unit * DEEP + "\ndef f(): pass\n"})
    # In a process of its own, which can be ended.
    command = [*COMMAND, "code", "symbols", "--engine", engine, "--format", "json"]
    process = subprocess.run(command, cwd=root, capture_output=True, check=True, timeout=GUARD_SECONDS)
    assert [item["name"] for item in json.loads(process.stdout)["items"]] == ["x", "f"]


def test_definitions_inside_of_one_another(engine: str, make_tree: TreeMaker) -> None:
    depth = 2_000
    answer = symbols(engine, make_tree, "".join(" " * level + f"class C{level}:\n" for level in range(depth)))
    inside = [one for one in answer.items if one.path == "a.py"]
    assert len(inside) == depth
    assert inside[-1].parent == ".".join(f"C{level}" for level in range(depth - 1))
    assert {one.end_line for one in inside} == {depth}


def test_many_definitions(engine: str, make_tree: TreeMaker) -> None:
    answer = symbols(engine, make_tree, "".join(f"def f{number}(): pass\n" for number in range(DEEP)))
    assert answer.summary.symbols == DEEP + 1


@pytest.mark.parametrize("unit", ["__all__ += ['a']\n", "a = 1\n", "class A:\n x = 1\n", "'''a'''\n", "\f\t \f\n"])
def test_the_same_again_and_again(engine: str, make_tree: TreeMaker, unit: str) -> None:
    symbols(engine, make_tree, unit * DEEP)


@pytest.mark.parametrize("raw", [bytes(range(1, 256)) * 400, b"\xff" * 100_000, b"\r" * 100_000, b"def " * 50_000])
def test_noise(engine: str, make_tree: TreeMaker, raw: bytes) -> None:
    answer = symbols(engine, make_tree, raw)
    assert answer.items[-1].name == "fine"
