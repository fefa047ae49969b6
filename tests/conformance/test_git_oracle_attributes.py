"""Files are tagged as ``git check-attr`` says, on trees with hostile attribute files."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from support.git_trees import HostileTree, git_environment, ignore_file, make_hostile_tree
from support.walks import all_listers, in_environment, list_answer

SEEDS = 200
CHUNK = 50

WORDS = [
    b"linguist-vendored", b"linguist-generated", b"-linguist-vendored", b"!linguist-generated", b"foreign", b"-foreign",
    b"linguist-vendored=true", b"linguist-generated=false", b"linguist-vendored=1", b"text", b"linguist-vendore",
    b"built", b"!built", b"foreign=1", b"a,b",
]  # fmt: skip
MACROS = b"[attr]foreign linguist-vendored -linguist-generated\n[attr]built foreign linguist-generated text\n"


def attribute_lines(rng: random.Random, names: list[bytes]) -> bytes:
    """Patterns of an ignore file, each followed by attributes."""
    lines = []
    for line in ignore_file(rng, names).split(b"\n"):
        pattern = line.rstrip(b"\r").removeprefix(b"\xef\xbb\xbf")
        if rng.random() < 0.3 or b" " in pattern:
            quoted = pattern.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\t", b"\\t")
            pattern = b'"' + quoted + b'"'
        lines.append(pattern + rng.choice([b" ", b"\t", b"  "]) + b" ".join(rng.sample(WORDS, rng.randint(0, 3))))
    return (MACROS if rng.random() < 0.5 else b"") + rng.choice([b"\n", b"\r\n"]).join(lines) + b"\n"


def said_by_git(tree: HostileTree, paths: list[bytes]) -> dict[bytes, set[str]]:
    """The tags that follow from what git says about each of ``paths``."""
    attributes = {b"linguist-vendored": "vendored", b"linguist-generated": "generated"}
    done = subprocess.run(
        ["git", "check-attr", "-z", "--stdin", *attributes],
        cwd=tree.top,
        env=git_environment(tree.environment),
        input=b"".join(path + b"\0" for path in paths),
        capture_output=True,
        check=True,
    )
    fields = done.stdout.split(b"\0")
    tags: dict[bytes, set[str]] = {path: set() for path in paths}
    for path, name, value in zip(fields[::3], fields[1::3], fields[2::3], strict=False):
        if value not in (b"unspecified", b"unset", b"false"):
            tags[path].add(attributes[name])
    return tags


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_hostile_attributes(first: int, tmp_path: Path) -> None:
    engines = list(all_listers())
    marked = 0
    for seed in range(first, first + CHUNK):
        tree = make_hostile_tree(tmp_path, 3_000_000 + seed)
        rng = random.Random(seed)
        for folder in tree.folders:
            if folder == tree.folders[0] or rng.random() < 0.3:
                Path(os.fsdecode(folder), ".gitattributes").write_bytes(attribute_lines(rng, os.listdir(folder)))
        if rng.random() < 0.3:
            (tree.top / ".git" / "info" / "attributes").write_bytes(attribute_lines(rng, os.listdir(tree.folders[0])))
        for engine in engines:
            with in_environment(tree.environment):
                records = list_answer(engine, tree.top, hidden=True).items
            found = {os.fsencode(record.path): set(record.tags) - {"minified"} for record in records}
            assert found == said_by_git(tree, list(found)), (engine, seed)
            marked += sum(map(bool, found.values()))
        shutil.rmtree(tree.top)
    assert marked
