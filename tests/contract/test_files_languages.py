"""The language table is what its source says, and both engines read it by the same rules."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cde_orchestrator.domain.options import FileFilter, TreeOptions
from cde_orchestrator.engines.select import Engines
from conftest import TreeMaker

ROOT = Path(__file__).parents[2]
TABLE: dict[str, Any] = tomllib.loads((ROOT / "data" / "languages.toml").read_text(encoding="utf-8"))


def test_the_generated_tables_are_up_to_date() -> None:
    process = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "generate_tables.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode, process.stderr) == (0, "")


def languages(engines: Engines, root: Path, *, read: bool) -> dict[str, str | None]:
    tree = engines.filesystem.open_tree(str(root), TreeOptions(hidden=True, ignore=False))
    answer = engines.filesystem.list_files(tree, FileFilter(hash=read))
    return {item.path: item.language for item in answer.items}


def test_every_entry_of_the_table_is_found(engines: Engines, make_tree: TreeMaker) -> None:
    expected: dict[str, str] = {}
    for name, entry in TABLE["languages"].items():
        expected.update({f"x/file.{extension}": name for extension in entry.get("extensions", "").split()})
        expected.update({f"y/{filename}": name for filename in entry.get("filenames", "").split()})
    expected.update({f"x/file.{extension}": rule["default"] for extension, rule in TABLE["shared"].items()})
    root = make_tree(dict.fromkeys(expected, ""))
    assert languages(engines, root, read=False) == expected
    assert languages(engines, root, read=True) == expected


def test_every_interpreter_and_marker_decides(engines: Engines, make_tree: TreeMaker) -> None:
    files: dict[str, str] = {}
    expected: dict[str, str] = {}
    for name, entry in TABLE["languages"].items():
        for interpreter in entry.get("interpreters", "").split():
            # A version is cut off only where the whole word is not known, so these show no version.
            version = "" if interpreter[-1].isdigit() else "9.1"
            for form, line in {"bare": f"/bin/{interpreter} -x", "env": f"/usr/bin/env {interpreter}{version}"}.items():
                files[f"{form}/{interpreter}"] = f"#!{line}\n"
                expected[f"{form}/{interpreter}"] = name
    for extension, rule in TABLE["shared"].items():
        for place, (language, *markers) in enumerate(rule["rules"]):
            for number, marker in enumerate(markers):
                path = f"{place}-{number}/file.{extension}"
                files[path] = f"\n\t {marker}\n"
                # A marker of an earlier language that this one begins with takes it.
                taken = [
                    other
                    for other, *others in rule["rules"]
                    if any(f"{marker}\n".lstrip(" \t").startswith(one) for one in others)
                ]
                expected[path] = taken[0] if taken else language
    assert languages(engines, make_tree(files), read=True) == expected


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.py", "#!/usr/bin/perl\n", "Python"),
        ("a", "\n\n\n\n# -*- mode: ruby -*-\n", "Ruby"),
        ("a", "\n\n\n\n\n# -*- mode: ruby -*-\n", None),
        ("a", "#!/bin/sh\n# vim: ft=python\n", "Python"),
        ("a", "#!/usr/bin/env -S X=1 node --flag\n", "JavaScript"),
        ("a", "#!\n", None),
        ("a.h", "// -*- C++ -*-\n@interface X\n", "C++"),
        ("a.png", "#!/bin/sh\n", None),
        ("a.unknown", "#!/bin/sh\n", "Shell"),
        (".h", "class A {\n", None),
    ],
)
def test_rules(engines: Engines, make_tree: TreeMaker, name: str, content: str, expected: str | None) -> None:
    assert languages(engines, make_tree({name: content}), read=True) == {name: expected}
