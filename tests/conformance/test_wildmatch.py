"""Wildcards mean what they mean in git: a table of cases, and git itself as the oracle for both engines.

``data/wildmatch.json`` holds text, pattern, and whether they match as a path, as a path without regard to case, as a
name (where a star crosses slashes), and as a name without regard to case. The cases cover what git's t3070 covers.
"""
# ruff: noqa: PTH103 - names are bytes, which pathlib does not take

from __future__ import annotations

import itertools
import json
import os
import random
from pathlib import Path

import pytest

from cde_orchestrator.engines.python.filesystem.wildmatch import CASEFOLD, PATHNAME, PatternTooComplexError, wildmatch
from support.git_trees import GLOBS, NAMES, git_files, make_git_dir, portable
from support.walks import all_listers, in_environment

CASES = [tuple(case) for case in json.loads((Path(__file__).parent / "data" / "wildmatch.json").read_text("utf-8"))]
MODES = (PATHNAME, PATHNAME | CASEFOLD, 0, CASEFOLD)


@pytest.mark.parametrize(("text", "pattern", "expected"), CASES)
def test_cases(text: str, pattern: str, expected: str) -> None:
    found = "".join(str(int(wildmatch(pattern.encode(), text.encode(), mode))) for mode in MODES)
    assert found == expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (b"**/" * 60 + b"x", b"a/" * 80 + b"y"),
        (b"*a" * 50_000 + b"b", b"a" * 4000),
        (b"a*" * 3000 + b"[b", b"a" * 3000),
    ],
)
def test_repetition_does_not_explode(pattern: bytes, text: bytes) -> None:
    assert wildmatch(pattern, text, PATHNAME) is False


def test_a_match_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(PatternTooComplexError):
        wildmatch(b"[" + b"a" * 300_000 + b"]", b"a", PATHNAME)


def _random_glob(rng: random.Random) -> bytes:
    pieces = [
        b"*",
        b"**",
        b"?",
        b"/",
        b"a",
        b"b",
        b"B",
        b"\\",
        b"[ab]",
        b"[!a]",
        b"[a-",
        b"]",
        b"[[:alpha:]]",
        b"-",
        b".",
    ]
    return portable(b"".join(rng.choice(pieces) for _ in range(rng.randint(1, 9))))


TEXTS = [
    b"a",
    b"b",
    b"ab",
    b"aB",
    b"a.b",
    b"a/b",
    b"a/ab/b",
    b"b/a.b/a",
    b"-",
    b"a]",
    b"B/B/B/B",
    b"a\\b",
    b"[",
    b"ba/-/]",
]


@pytest.mark.parametrize("fold", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_git_agrees_on_random_globs(fold: bool, seed: int, tmp_path: Path) -> None:
    """One folder per glob, each with the glob as its ignore file and the same files."""
    rng = random.Random(seed)
    globs = [_random_glob(rng) for _ in range(60)]
    if seed == 0:
        globs = [*GLOBS, *(b"/" + glob for glob in GLOBS)]
    top = tmp_path / "tree"
    make_git_dir(top / ".git")
    if fold:
        with (top / ".git" / "config").open("a") as config:
            config.write("\tignoreCase = true\n")
    for number, glob in enumerate(globs):
        for text in TEXTS:
            # A file cannot be where another one needs a folder.
            name = text if b"/" in text else b"as-file/" + text
            path = os.path.join(os.fsencode(top), b"%03d" % number, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb"):
                pass
        (top / f"{number:03}" / ".gitignore").write_bytes(glob + b"\n")
    environment = {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
    expected = git_files(top, environment)
    with in_environment(environment):
        for engine, listed in all_listers().items():
            assert (engine, listed(os.fsencode(top), True)) == (engine, expected)


def test_every_glob_against_every_name() -> None:
    """A glob and the same glob in a set of one mean the same, so the two ways through the matcher agree."""
    for glob, name in itertools.product(GLOBS, NAMES):
        if b"[" in glob or b"\\" in glob:
            continue
        sets = b"".join(bytes((byte,)) if byte in b"*?/" else b"[%c]" % byte for byte in glob)
        if b"^" in name or b"!" in name:
            continue
        assert wildmatch(sets, name) == wildmatch(glob, name), (glob, name)
