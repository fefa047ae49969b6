"""``tree_summary`` and ``duplicates`` on both engines."""

from __future__ import annotations

import os

from cde_orchestrator.domain.files import DuplicateGroup, FolderSummary, LanguageSummary
from cde_orchestrator.domain.options import TreeOptions
from cde_orchestrator.engines.select import Engines
from conftest import TreeMaker


def test_counts_by_language_and_folder(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree(
        {
            "README.md": "# One\n\ntext",
            "src/a.py": "x = 1\n",
            "src/deep/b.py": "y = 22\n",
            "src/logo.png": b"\0\n\n",
            "what": "?\n",
        }
    )
    (root / "link.py").symlink_to("src/a.py")
    for place, name in enumerate(["README.md", "src/a.py", "src/deep/b.py", "src/logo.png", "what"]):
        os.utime(root / name, ns=(0, 1000 - place))
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    answer = engines.filesystem.tree_summary(tree)
    assert list(answer.items) == [
        LanguageSummary("Python", 2, 13, 2),
        LanguageSummary("Markdown", 1, 11, 3),
        LanguageSummary(None, 2, 5, 1),
    ]
    summary = answer.summary
    assert summary.folders == (  # type: ignore[attr-defined]
        FolderSummary(".", 2, 13, 4),
        FolderSummary("src", 3, 16, 2),
    )
    assert (summary.files, summary.bytes, summary.lines, summary.binary_files) == (5, 29, 6, 1)  # type: ignore[attr-defined]
    assert (summary.largest, summary.deepest, summary.newest) == ("README.md", "src/deep/b.py", "README.md")  # type: ignore[attr-defined]
    assert [(one.reason, one.count) for one in answer.completeness.skipped] == [("symlink", 1)]
    assert answer.completeness.scanned == 5


def test_an_empty_tree(engines: Engines, make_tree: TreeMaker) -> None:
    tree = engines.filesystem.open_tree(str(make_tree({})), TreeOptions())
    summary = engines.filesystem.tree_summary(tree).summary
    assert (summary.files, summary.largest, summary.deepest, summary.newest) == (0, None, None, None)  # type: ignore[attr-defined]
    assert list(engines.filesystem.duplicates(tree, min_size=0).items) == []


def test_vendored_and_packed_files_are_left_to_those_who_ask(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"node_modules/x/i.js": "x\n", "packed.js": "y" * 2000, "own.js": "z\n"})
    counted = engines.filesystem.tree_summary(engines.filesystem.open_tree(str(root), TreeOptions()))
    assert counted.summary.files == 1  # type: ignore[attr-defined]
    assert [one.reason for one in counted.completeness.skipped] == ["minified", "vendored"]
    asked = engines.filesystem.tree_summary(engines.filesystem.open_tree(str(root), TreeOptions(vendored=True)))
    assert asked.summary.files == 3  # type: ignore[attr-defined]


def test_duplicates_are_grouped_by_what_they_waste(engines: Engines, make_tree: TreeMaker) -> None:
    long = "x" * 20_000
    root = make_tree(
        {
            "a": "same",
            "b/c": "same",
            "d": "same",
            "e": "else",
            "long1": long + "a",
            "long2": long + "b",
            "long3": long + "a",
            "empty1": "",
            "empty2": "",
        }
    )
    os.link(root / "a", root / "hard")
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    answer = engines.filesystem.duplicates(tree, min_size=1)
    assert [(group.size, group.paths) for group in answer.items] == [
        (20_001, ("long1", "long3")),
        (4, ("a", "b/c", "d")),
    ]
    assert isinstance(answer.items[0], DuplicateGroup)
    summary = answer.summary
    assert (summary.groups, summary.files, summary.wasted_bytes) == (2, 5, 20_009)  # type: ignore[attr-defined]
    everything = engines.filesystem.duplicates(tree, min_size=0)
    assert everything.items[-1].paths == ("empty1", "empty2")
    assert list(engines.filesystem.duplicates(tree, min_size=5).items) == [answer.items[0]]
