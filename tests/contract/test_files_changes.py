"""``snapshot`` and ``changes_since`` on both engines."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cde_orchestrator.domain.files import SnapshotEntry
from cde_orchestrator.domain.options import TreeOptions
from cde_orchestrator.engines.select import Engines
from cde_orchestrator.errors import InvalidArgumentError
from conftest import TreeMaker

LONG_AGO = 1_600_000_000_000_000_000


def snapshot(engines: Engines, root: Path) -> list[SnapshotEntry]:
    return list(engines.filesystem.snapshot(engines.filesystem.open_tree(str(root), TreeOptions())).items)


def changes(
    engines: Engines, root: Path, before: Sequence[SnapshotEntry], taken_ns: int
) -> tuple[list[tuple[str, str, str | None]], tuple[int, int]]:
    answer = engines.filesystem.changes_since(
        engines.filesystem.open_tree(str(root), TreeOptions()), before, taken_ns=taken_ns
    )
    summary = answer.summary
    kinds = (summary.unchanged, summary.hashed)  # type: ignore[attr-defined]
    return [(change.kind, change.path, change.old_path) for change in answer.items], kinds


def later() -> int:
    """A time so late that nothing on disk is racy."""
    return time.time_ns() + 10_000_000_000


def test_an_untouched_tree_is_not_read(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1", "b/c": "2"})
    before = snapshot(engines, root)
    assert changes(engines, root, before, later()) == ([], (2, 0))


def test_what_is_racy_is_hashed(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1", "b": "2"})
    before = snapshot(engines, root)
    assert changes(engines, root, before, LONG_AGO) == ([], (2, 2))


def test_a_write_that_keeps_size_and_time_is_seen(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1", "b": "2"})
    os.utime(root / "a", ns=(LONG_AGO, LONG_AGO))
    before = snapshot(engines, root)
    (root / "a").write_text("3")
    os.utime(root / "a", ns=(LONG_AGO, LONG_AGO))
    found, _ = changes(engines, root, before, later())
    assert found == [("changed", "a", None)]
    # Had the change time been the same as well, within the clock's grain, the racy rule would have caught it.
    now = snapshot(engines, root)[0]
    same_metadata = [replace(now, hash=before[0].hash), before[1]]
    assert changes(engines, root, same_metadata, now.ctime_ns)[0] == [("changed", "a", None)]


def test_every_kind_of_change(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"gone": "g", "kept": "k", "longer": "l", "moved": "content", "touched": "t"})
    before = snapshot(engines, root)
    (root / "gone").unlink()
    (root / "longer").write_text("ll")
    (root / "sub").mkdir()
    (root / "moved").rename(root / "sub/there")
    (root / "new").write_text("n!")
    os.utime(root / "touched", ns=(1, 1))
    found, (unchanged, hashed) = changes(engines, root, before, later())
    assert found == [
        ("removed", "gone", None),
        ("changed", "longer", None),
        ("added", "new", None),
        ("renamed", "sub/there", "moved"),
    ]
    # `touched` and the renamed file; a changed size needs no digest, and `new` has the size of nothing that is gone.
    assert (unchanged, hashed) == (2, 2)


def test_renames_pair_in_order_of_path(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "same", "b": "same", "c": "same", "empty": ""})
    before = snapshot(engines, root)
    for name in ("a", "b", "c", "empty"):
        (root / name).unlink()
    for name in ("x", "y"):
        (root / name).write_text("same")
    (root / "z").write_text("")
    found, _ = changes(engines, root, before, later())
    assert found == [
        ("removed", "c", None),
        ("removed", "empty", None),
        ("renamed", "x", "a"),
        ("renamed", "y", "b"),
        ("added", "z", None),
    ]


def test_a_link_changes_with_what_it_holds(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1"})
    (root / "link").symlink_to("aa")
    before = snapshot(engines, root)
    (root / "link").unlink()
    (root / "link").symlink_to("bb")
    assert changes(engines, root, before, later())[0] == [("changed", "link", None)]


def test_the_tree_of_the_snapshot_may_be_asked_again(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1"})
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    before = engines.filesystem.snapshot(tree).items
    (root / "a").write_text("2")
    answer = engines.filesystem.changes_since(tree, list(before), taken_ns=0)
    assert [change.path for change in answer.items] == ["a"]


def test_the_order_and_repetition_of_entries_do_not_matter(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1", "b": "2"})
    before = snapshot(engines, root)
    stale = replace(before[0], size=99)
    assert changes(engines, root, [before[1], stale, before[0]], later()) == ([], (2, 0))


@pytest.mark.parametrize("taken_ns", [0, 1 << 62])
def test_nothing_before_means_all_is_added(engines: Engines, make_tree: TreeMaker, taken_ns: int) -> None:
    root = make_tree({"a": "1", "b": "2"})
    assert changes(engines, root, [], taken_ns)[0] == [("added", "a", None), ("added", "b", None)]


def test_the_entries_of_an_answer_are_a_sequence(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1", "b": "2", "c": "3"})
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    items = engines.filesystem.snapshot(tree).items
    assert [entry.path for entry in items] == ["a", "b", "c"]
    assert (items[-1], list(items[:2])) == (items[2], [items[0], items[1]])
    with pytest.raises(IndexError):
        items[3]
    # Handed over whole or entry by entry, they say the same.
    (root / "b").unlink()
    fresh = engines.filesystem.open_tree(str(root), TreeOptions())
    whole, single = (
        engines.filesystem.changes_since(fresh, before, taken_ns=later()) for before in (items, list(items))
    )
    assert whole.to_json() == single.to_json()
    assert [change.path for change in whole.items] == ["b"]


@pytest.mark.parametrize(
    "digest", ["", "sha256:", "sha256:" + "g" * 64, "sha512:" + "0" * 64, "0" * 64, "sha256:" + "é" * 64]
)
def test_a_digest_must_be_one(engines: Engines, make_tree: TreeMaker, digest: str) -> None:
    root = make_tree({"a": "1"})
    before = [replace(entry, hash=digest) for entry in snapshot(engines, root)]
    with pytest.raises(InvalidArgumentError) as caught:
        changes(engines, root, before, later())
    assert caught.value.message == f"'{digest}' is not a SHA-256 digest"
    assert caught.value.hint == "a digest is written as sha256: and 64 hex digits"


def test_a_digest_may_be_in_upper_case(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1"})
    before = [replace(entry, hash="sha256:" + entry.hash[7:].upper()) for entry in snapshot(engines, root)]
    assert changes(engines, root, before, 0) == ([], (1, 1))
