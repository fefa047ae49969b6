"""Trees that resist: special files, links in place of files, any bytes in names, vanishing files, no permission."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cde_orchestrator.domain.options import FileFilter, TreeOptions
from cde_orchestrator.engines.select import Engines, new_cancel_token
from cde_orchestrator.errors import (
    NotADirectoryPathError,
    OperationCancelledError,
    PathNotFoundError,
    PermissionDeniedError,
)
from conftest import TreeMaker
from support.files_answers import body

LATE = 1 << 62


@pytest.fixture
def open_root() -> Iterator[Path]:
    """A directory that every user may enter, unlike those of pytest."""
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    yield root
    for folder, _, _ in os.walk(root):
        Path(folder).chmod(0o755)
    shutil.rmtree(root)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Permissions bind the superuser too while this holds."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_special_files_are_never_opened(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1", "b": "1"})
    os.mkfifo(root / "pipe")
    (root / "dangling").symlink_to("nowhere")
    (root / "loop").symlink_to("loop")
    files = engines.filesystem
    tree = files.open_tree(str(root), TreeOptions())
    assert [item.path for item in files.list_files(tree, FileFilter(hash=True)).items] == ["a", "b", "dangling", "loop"]
    assert files.tree_summary(tree).summary.files == 2  # type: ignore[attr-defined]
    assert len(files.duplicates(tree, min_size=0).items) == 1
    assert len(files.snapshot(tree).items) == 4


@pytest.mark.parametrize("kind", ["fifo", "link", "folder"])
def test_what_takes_the_place_of_a_file_is_reported(engines: Engines, make_tree: TreeMaker, kind: str) -> None:
    root = make_tree({"a": "1", "b": "2", "outside": "secret"})
    files = engines.filesystem
    tree = files.open_tree(str(root), TreeOptions())
    before = list(files.snapshot(tree).items)
    fresh = files.open_tree(str(root), TreeOptions())
    (root / "a").unlink()
    if kind == "fifo":
        os.mkfifo(root / "a")
    elif kind == "link":
        (root / "a").symlink_to("outside")
    else:
        (root / "a").mkdir()
    listed = files.list_files(fresh, FileFilter(hash=True, details=False))
    assert listed.items[0].hash is None
    assert [(one.path, one.code, one.message) for one in listed.diagnostics] == [
        ("a", "unreadable-file", "not a regular file")
    ]
    assert listed.completeness.state == "partial"
    changed = files.changes_since(fresh, before, taken_ns=LATE)
    kinds = [(change.kind, change.path) for change in changed.items]
    assert kinds == ([("changed", "a")] if kind == "link" else [("removed", "a")])


def test_files_that_vanish_are_normal(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1", "b": "1", "c/d": "1"})
    files = engines.filesystem
    tree = files.open_tree(str(root), TreeOptions())
    shutil.rmtree(root / "c")
    (root / "b").unlink()
    for answer in (
        files.list_files(tree, FileFilter()),
        files.list_files(tree, FileFilter(hash=True)),
        files.tree_summary(tree),
        files.duplicates(tree, min_size=1),
        files.snapshot(tree),
    ):
        assert answer.completeness.state == "complete"
        assert not answer.diagnostics
        assert [(one.reason, one.count) for one in answer.completeness.skipped] == [("vanished", 2)]
    assert [item.path for item in files.list_files(tree, FileFilter()).items] == ["a"]


def test_a_root_that_vanishes(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1"})
    files = engines.filesystem
    tree = files.open_tree(str(root), TreeOptions())
    shutil.rmtree(root)
    answer = files.list_files(tree, FileFilter())
    assert list(answer.items) == []
    assert answer.completeness.skipped[0].reason == "vanished"


def test_unreadable_files_leave_a_gap_that_is_said(engines: Engines, open_root: Path) -> None:
    for name in ("a", "b", "c"):
        (open_root / name).write_text("same")
        (open_root / name).chmod(0o644)
    files = engines.filesystem
    (open_root / "b").chmod(0)
    with unprivileged():
        tree = files.open_tree(str(open_root), TreeOptions())
        answers = [
            files.list_files(tree, FileFilter(hash=True)),
            files.tree_summary(tree),
            files.duplicates(tree, min_size=1),
            files.snapshot(tree),
        ]
        plain = files.list_files(tree, FileFilter())
        with pytest.raises(PermissionDeniedError):
            files.read_text(str(open_root / "b"), max_bytes=100)
    for answer in answers:
        assert [(one.path, one.code, one.message) for one in answer.diagnostics] == [
            ("b", "unreadable-file", "permission denied")
        ]
        assert answer.completeness.state == "partial"
        assert ("unreadable", 1) in [(one.reason, one.count) for one in answer.completeness.skipped]
    assert answers[2].items[0].paths == ("a", "c")  # type: ignore[attr-defined]
    assert plain.completeness.state == "complete"


def test_an_unreadable_file_is_neither_changed_nor_unchanged(engines: Engines, open_root: Path) -> None:
    (open_root / "a").write_text("1")
    files = engines.filesystem
    before = list(files.snapshot(files.open_tree(str(open_root), TreeOptions())).items)
    (open_root / "a").chmod(0)
    with unprivileged():
        tree = files.open_tree(str(open_root), TreeOptions())
        answer = files.changes_since(tree, before, taken_ns=LATE)
    summary = answer.summary
    assert (list(answer.items), summary.unchanged, summary.hashed) == ([], 0, 0)  # type: ignore[attr-defined]
    assert answer.completeness.state == "partial"


def test_names_of_any_bytes(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"plain": "1"})
    names = [b"new\nline", b"bad\xff\xfe", b"back\\xff", b"tab\t", "é".encode(), b"-", b"*", b"$(x)", b"a" * 255]
    for name in names:
        Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_text("1")
    files = engines.filesystem
    tree = files.open_tree(str(root), TreeOptions())
    items = files.list_files(tree, FileFilter(hash=True)).items
    assert [os.fsencode(item.path) for item in items] == sorted([*names, b"plain"])
    assert os.fsencode(files.duplicates(tree, min_size=1).items[0].paths[0]) == b"$(x)"
    assert {item.hash for item in items if stat.S_ISREG((root / item.path).stat().st_mode)} == {items[0].hash}
    written = body(files.snapshot(tree))
    assert b'"bad\\\\xff\\\\xfe"' in written
    assert b'"back\\\\x5cxff"' in written
    read = files.read_text(os.fsdecode(os.fsencode(root) + b"/bad\xff\xfe"), max_bytes=10).items[0]
    assert read.path.endswith("bad\udcff\udcfe")


def test_paths_longer_than_the_kernel_takes(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({})
    folder = os.open(root, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=folder)
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    deep = os.open("file.md", os.O_WRONLY | os.O_CREAT, dir_fd=folder)
    os.write(deep, b"# Deep\n")
    os.close(deep)
    os.symlink("file.md", "link", dir_fd=folder)
    os.close(folder)
    files = engines.filesystem
    tree = files.open_tree(str(root), TreeOptions())
    answer = files.list_files(tree, FileFilter(hash=True))
    assert [(item.kind, item.size, item.hash is None) for item in answer.items] == [
        ("file", 7, False),
        ("symlink", 7, True),
    ]
    before = files.snapshot(tree)
    assert len(before.items) == 2
    assert files.changes_since(tree, list(before.items), taken_ns=0).summary.hashed == 2  # type: ignore[attr-defined]


def test_times_beyond_what_64_bits_of_nanoseconds_hold(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1"})
    try:
        os.utime(root / "a", ns=(0, 10_000_000_000 * 1_000_000_000))
    except OSError:
        pytest.skip("the file system keeps no such time")
    kept = (root / "a").stat().st_mtime_ns
    (item,) = engines.filesystem.list_files(engines.filesystem.open_tree(str(root), TreeOptions()), FileFilter()).items
    assert item.mtime_ns == min(kept, (1 << 63) - 1)


def test_a_cancelled_token_stops_every_operation(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({f"{number}": "x" * 100 for number in range(600)})
    files = engines.filesystem
    tree = files.open_tree(str(root), TreeOptions())
    token = new_cancel_token()
    token.cancel()
    for call in (
        lambda: files.list_files(tree, FileFilter(), cancel=token),
        lambda: files.list_files(tree, FileFilter(details=False, globs=("*",)), cancel=token),
        lambda: files.tree_summary(tree, cancel=token),
        lambda: files.duplicates(tree, min_size=0, cancel=token),
        lambda: files.snapshot(tree, cancel=token),
        lambda: files.changes_since(tree, [], taken_ns=0, cancel=token),
    ):
        with pytest.raises(OperationCancelledError):
            call()


def test_roots_that_cannot_be_opened(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a": "1"})
    with pytest.raises(PathNotFoundError):
        engines.filesystem.open_tree(str(root / "gone"), TreeOptions())
    with pytest.raises(NotADirectoryPathError):
        engines.filesystem.open_tree(str(root / "a"), TreeOptions())
    with pytest.raises(NotADirectoryPathError):
        engines.filesystem.read_text(str(root / "a" / "b"), max_bytes=1)


def test_a_glob_of_many_stars_is_no_trap(engines: Engines, make_tree: TreeMaker) -> None:
    """Backtracking over all of them would not end before the machine does."""
    root = make_tree({"a" * 200: "", "b/" + "a/" * 60 + "c": ""})
    files = engines.filesystem
    tree = files.open_tree(str(root), TreeOptions())
    for query in (
        FileFilter(globs=("*a" * 60 + "b",)),
        FileFilter(globs=("**/a/" * 40 + "b",)),
        FileFilter(globs=("**/*a*/" * 30 + "b",)),
        FileFilter(name="(a+)+b$", name_kind="regex"),
        FileFilter(name="(a|a)*(a|a)*(a|a)*b$", name_kind="regex"),
    ):
        assert list(files.list_files(tree, query).items) == []
