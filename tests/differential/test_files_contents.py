"""Both engines learn the same from the same bytes."""

from __future__ import annotations

import os
import sysconfig
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cde_orchestrator.domain.options import FileFilter, TreeOptions
from cde_orchestrator.engines.select import Engines, select_engine
from conftest import require_core
from support.files_answers import outcome


@pytest.fixture(scope="module")
def pair() -> tuple[Engines, Engines]:
    require_core()
    return select_engine("python"), select_engine("rust")


NAMES = [
    "a",
    "a.h",
    "a.m",
    "a.pl",
    "a.ts",
    "a.v",
    "a.js",
    "a.md",
    "a.png",
    "run",
    "Makefile",
    "a.inc",
    "a.d.ts",
    "a.PY",
]

LINES = b"""\
#!/usr/bin/env python3 -u
#!/bin/sh
#! /usr/bin/env -S node
# -*- mode: ruby; x: y -*-
-*- C++ -*-
// vim: set ft=perl:
ex: syntax=go
vi:ft=
class A {
  namespace x
@interface X
% matlab
:- module(x).
use strict;
<?xml?>
module m;
Theorem t.
\xef\xbb\xbf#!/bin/sh
text
"""
lines = st.sampled_from(LINES.split(b"\n"))
endings = st.sampled_from([b"\n", b"\r\n", b"\r", b""])
texts = st.lists(st.tuples(lines, endings)).map(lambda parts: b"".join(line + end for line, end in parts))
wide = st.tuples(st.sampled_from([b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b""]), st.binary(max_size=40)).map(
    b"".join
)
DAMAGED = b"a,\n,\xc3\xa9,\xe9,\xe2\x82,\xf0\x9f\x98,\x80,\x81,\xff,\xed\xa0\x80"
damaged = st.lists(st.sampled_from(DAMAGED.split(b","))).map(b"".join)
large = st.tuples(texts, st.integers(65_530, 65_545), damaged).map(lambda part: part[0] + b"x" * part[1] + part[2])
contents = st.binary(max_size=60) | texts | wide | damaged | large


@given(st.sampled_from(NAMES), contents)
@example("a", b"\xff\xfe" + b"x" * 65_533 + b"\n\0a")
@example("a", b"a" * 65_535 + b"\xc3\xa9\xe9")
@example("a", b"a" * 8191 + b"\0")
@example("a", b"a" * 8192 + b"\0")
@example("a.js", b"x" * 1024)
@example("a", b"\xfe\xff\n")
def test_facts_and_text(pair: tuple[Engines, Engines], name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        answers = []
        for engines in pair:
            files = engines.filesystem
            tree = files.open_tree(folder, TreeOptions())
            answers.append(
                [
                    outcome(lambda files=files, tree=tree: files.list_files(tree, FileFilter(hash=True))),  # type: ignore[misc]
                    outcome(lambda files=files, tree=tree: files.tree_summary(tree)),  # type: ignore[misc]
                    outcome(lambda files=files: files.read_text(str(path), max_bytes=100_000)),  # type: ignore[misc]
                    outcome(lambda files=files: files.read_text(str(path), max_bytes=len(content) // 2)),  # type: ignore[misc]
                ]
            )
        assert answers[0] == answers[1]


def test_the_standard_library(pair: tuple[Engines, Engines]) -> None:
    root = sysconfig.get_path("stdlib")
    answers = []
    for engines in pair:
        files = engines.filesystem
        tree = files.open_tree(os.path.join(root, "test"), TreeOptions(hidden=True, ignore=False, vendored=True))
        if len(tree) == 0:
            pytest.skip("this Python has no test suite installed")
        answers.append(
            [
                outcome(lambda files=files, tree=tree: files.list_files(tree, FileFilter(hash=True))),  # type: ignore[misc]
                outcome(lambda files=files, tree=tree: files.tree_summary(tree)),  # type: ignore[misc]
                outcome(lambda files=files, tree=tree: files.duplicates(tree, min_size=0)),  # type: ignore[misc]
                outcome(lambda files=files, tree=tree: files.snapshot(tree)),  # type: ignore[misc]
            ]
        )
    assert answers[0] == answers[1]
