"""``list_files``: what is listed, filtered and found, on both engines."""

from __future__ import annotations

import os

import pytest

from cde_orchestrator.domain.files import FileRecord
from cde_orchestrator.domain.options import FileFilter, TreeOptions
from cde_orchestrator.engines.select import Engines
from cde_orchestrator.errors import InvalidArgumentError
from conftest import TreeMaker

FILES: dict[str, str | bytes] = {
    "README.md": "# Read me\n",
    "docs/guide.md": "# Guide\n",
    "docs/deep/er/notes.rst": "Notes\n=====\n",
    "src/app.py": "print()\n",
    "src/lib.h": "namespace x {}\n",
    "tool": "#!/usr/bin/env python3\n",
    "logo.png": b"\x89PNG\r\n\0",
    "empty.txt": b"",
}


def listed(engines: Engines, root: object, **query: object) -> list[str]:
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    answer = engines.filesystem.list_files(tree, FileFilter(**query))  # type: ignore[arg-type]
    return [record.path for record in answer.items]


def test_every_file_by_path_bytes(engines: Engines, make_tree: TreeMaker) -> None:
    assert listed(engines, make_tree(FILES)) == sorted(FILES)


def test_a_record_says_what_names_and_metadata_tell(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    os.utime(root / "src/lib.h", ns=(1, 1_700_000_000_123_456_789))
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    answer = engines.filesystem.list_files(tree, FileFilter())
    records = {record.path: record for record in answer.items}
    assert records["src/lib.h"] == FileRecord(
        "src/lib.h", 15, 1_700_000_000_123_456_789, "file", "C", False, None, None, ()
    )
    assert (records["tool"].language, records["tool"].binary) == (None, None)
    assert (records["logo.png"].language, records["logo.png"].binary) == (None, True)
    assert answer.schema == "cde.files.list/1"
    assert answer.snapshot is None
    assert answer.completeness.state == "complete"
    assert answer.completeness.scanned == len(FILES)


def test_without_details_nothing_is_asked(engines: Engines, make_tree: TreeMaker) -> None:
    tree = engines.filesystem.open_tree(str(make_tree(FILES)), TreeOptions())
    answer = engines.filesystem.list_files(tree, FileFilter(details=False))
    assert {(record.size, record.mtime_ns) for record in answer.items} == {(None, None)}
    assert answer.summary.bytes is None  # type: ignore[attr-defined]


def test_with_hash_contents_are_read(engines: Engines, make_tree: TreeMaker) -> None:
    tree = engines.filesystem.open_tree(str(make_tree(FILES)), TreeOptions())
    answer = engines.filesystem.list_files(tree, FileFilter(hash=True))
    records = {record.path: record for record in answer.items}
    assert records["src/lib.h"].language == "C++"
    assert records["tool"].language == "Python"
    assert records["README.md"].encoding == "utf-8"
    assert records["logo.png"].encoding is None
    assert records["empty.txt"].hash == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert answer.snapshot is not None
    again = engines.filesystem.list_files(tree, FileFilter())
    assert again.items[0].hash is None, "a listing must not depend on what was read before"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"globs": ("*.md",)}, ["README.md", "docs/guide.md"]),
        ({"globs": ("docs/**",), "excludes": ("*.md",)}, ["docs/deep/er/notes.rst"]),
        ({"globs": ("docs/",)}, ["docs/deep/er/notes.rst", "docs/guide.md"]),
        ({"globs": ("/README*", "src/*.{py,h}")}, ["README.md", "src/app.py", "src/lib.h"]),
        ({"types": ("py", "Markdown")}, ["README.md", "docs/guide.md", "src/app.py"]),
        ({"types": (".RST",)}, ["docs/deep/er/notes.rst"]),
        ({"max_size": 0}, ["empty.txt"]),
        ({"min_size": 12, "max_size": 15}, ["docs/deep/er/notes.rst", "src/lib.h"]),
        ({"name": "guide*"}, ["docs/guide.md"]),
        ({"name": "docs/**/*.rst"}, ["docs/deep/er/notes.rst"]),
        ({"name": r"^docs/.*\.(md|rst)$", "name_kind": "regex"}, ["docs/deep/er/notes.rst", "docs/guide.md"]),
        ({"name": "(?i)readme", "name_kind": "regex", "details": False}, ["README.md"]),
    ],
    ids=str,
)
def test_filters(engines: Engines, make_tree: TreeMaker, query: dict[str, object], expected: list[str]) -> None:
    assert listed(engines, make_tree(FILES), **query) == expected


def test_a_time_is_exclusive_and_works_without_details(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"old": "", "new": ""})
    os.utime(root / "old", ns=(0, 1000))
    os.utime(root / "new", ns=(0, 1001))
    assert listed(engines, root, changed_after_ns=1000, details=False) == ["new"]


def test_finding_has_a_schema_of_its_own(engines: Engines, make_tree: TreeMaker) -> None:
    tree = engines.filesystem.open_tree(str(make_tree(FILES)), TreeOptions())
    assert engines.filesystem.list_files(tree, FileFilter(name="*.md")).schema == "cde.files.find/1"


def test_links_are_listed_as_links(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    (root / "link.md").symlink_to("README.md")
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    answer = engines.filesystem.list_files(tree, FileFilter(globs=("link.md",), hash=True))
    (record,) = answer.items
    assert (record.kind, record.size, record.language, record.hash) == ("symlink", len("README.md"), None, None)
    assert answer.summary.symlinks == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "message", "hint"),
    [
        ({"types": ("pyton",)}, "unknown file type `pyton`", "the nearest known type is `python`"),
        ({"types": ("",)}, "unknown file type ``", None),
        ({"globs": ("a[",)}, "the glob `a[` has an unclosed `[`", None),
        ({"excludes": ("",)}, "a glob cannot be empty", None),
        ({"name": "{a"}, "the glob `{a` has an unclosed `{`", None),
        ({"name": r"(a)\1", "name_kind": "regex"}, "the pattern `(a)\\1` has a back-reference", None),
    ],
    ids=str,
)
def test_bad_filters(
    engines: Engines, make_tree: TreeMaker, query: dict[str, object], message: str, hint: str | None
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        listed(engines, make_tree(FILES), **query)
    assert caught.value.message == message
    assert caught.value.hint
    assert hint is None or caught.value.hint == hint


@pytest.mark.parametrize("rule", [".gitignore", ".ignore"])
def test_a_root_that_is_ignored_says_so(engines: Engines, make_tree: TreeMaker, rule: str) -> None:
    root = make_tree({".git/HEAD": "ref: refs/heads/main\n", ".git/objects/": "", ".git/refs/": "", rule: "/build\n"})
    (root / "build" / "out").mkdir(parents=True)
    (root / "build" / "out" / "README.md").write_text("# Built\n")
    tree = engines.filesystem.open_tree(str(root / "build" / "out"), TreeOptions())
    answer = engines.filesystem.list_files(tree, FileFilter())
    assert list(answer.items) == []
    assert [(one.path, one.code) for one in answer.diagnostics] == [(".", "root-ignored")]
    assert "--no-ignore" in answer.diagnostics[0].message
    tree = engines.filesystem.open_tree(str(root / "build" / "out"), TreeOptions(ignore=False))
    answer = engines.filesystem.list_files(tree, FileFilter())
    assert [record.path for record in answer.items] == ["README.md"]
    assert answer.diagnostics == ()
