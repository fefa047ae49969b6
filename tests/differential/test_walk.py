"""Both engines walk the same trees to the same answers: files, tags, what was skipped, diagnostics, errors."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from conftest import require_core
from support.files_answers import outcome
from support.git_trees import HostileTree, ignore_file, make_hostile_tree
from support.walks import in_environment, list_answer

SEEDS = 600
CHUNK = 50

VENDORED = (b"node_modules", b"target", b"vendor", b"__pycache__", b"venv", b"third_party")
ATTRIBUTES = (
    b"*.c linguist-generated\n[attr]foreign linguist-vendored -linguist-generated\n",
    b"foo* foreign\n*.o -linguist-vendored linguist-generated=true\n",
    b'"a b" linguist-vendored\n/build/** linguist-generated=false\n* !linguist-generated\n',
    b"** linguist-vendored\n*.gz linguist-vendored=0\n\xff\xfe junk\n\\# x\n# linguist-vendored\n",
)


def compare(root: bytes | Path, **options: Any) -> object:
    """The outcome on the Python engine, after a comparison with that of the Rust engine."""
    python, rust = (outcome(partial(list_answer, engine, root, **options)) for engine in ("python", "rust"))
    assert rust == python
    return python


def enrich(tree: HostileTree, rng: random.Random) -> None:
    """Adds what only CDE reads, and folders that are known by name or content."""
    for folder in tree.folders:
        path = Path(os.fsdecode(folder))
        names = [os.fsencode(entry) for entry in os.listdir(path)]
        for name, chance in ((".ignore", 0.15), (".cdeignore", 0.15)):
            if rng.random() < chance:
                (path / name).write_bytes(ignore_file(rng, names))
        if rng.random() < 0.2:
            (path / ".gitattributes").write_bytes(b"".join(rng.sample(ATTRIBUTES, 2)))
        if rng.random() < 0.2:
            inner = path / os.fsdecode(rng.choice(VENDORED))
            if not inner.exists():
                (inner / "lib").mkdir(parents=True)
                (inner / "lib" / "x.c").write_text("")
                (inner / rng.choice(["pyvenv.cfg", "CACHEDIR.TAG", "foo"])).write_text("")
                (path / rng.choice(["Cargo.toml", "package.json"])).touch()
        if rng.random() < 0.1 and not (path / "link").is_symlink():
            (path / "link").symlink_to(os.path.relpath(rng.choice(tree.folders), folder))
    if rng.random() < 0.2:
        (tree.top / ".git" / "info" / "attributes").write_bytes(rng.choice(ATTRIBUTES))


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_hostile_trees(first: int, tmp_path: Path) -> None:
    require_core()
    for seed in range(first, first + CHUNK):
        tree = make_hostile_tree(tmp_path, 1_000_000 + seed)
        rng = random.Random(seed)
        enrich(tree, rng)
        if rng.random() < 0.3:
            shutil.rmtree(tree.top / ".git")
        with in_environment(tree.environment):
            for folder in [tree.folders[0], rng.choice(tree.folders)]:
                compare(
                    folder,
                    hidden=rng.random() < 0.5,
                    ignore=rng.random() < 0.8,
                    follow=rng.random() < 0.3,
                    max_depth=rng.choice([None, None, 1, 2, 3]),
                )
        shutil.rmtree(tree.top)


def damaged(content: bytes, rng: random.Random) -> bytes:
    """``content`` cut off or with a few bytes changed."""
    if rng.random() < 0.3:
        return content[: rng.randrange(len(content) + 1)]
    changed = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        changed[rng.randrange(len(changed))] = rng.choice([0, 0xFF, 0x80, rng.randrange(256)])
    return bytes(changed)


@pytest.mark.parametrize("first", range(0, 300, 100))
def test_a_damaged_index(first: int, tmp_path: Path) -> None:
    """The walk ends and both engines say the same, whatever the bytes of the index are."""
    require_core()
    reported = 0
    for seed in range(first, first + 100):
        tree = make_hostile_tree(tmp_path, 2_000_000 + seed)
        rng = random.Random(seed)
        index = tree.top / ".git" / "index"
        if index.exists():
            index.write_bytes(damaged(index.read_bytes(), rng))
            with in_environment(tree.environment):
                said = compare(tree.top, hidden=True)
            reported += b"git-index-invalid" in said if isinstance(said, bytes) else 0
        shutil.rmtree(tree.top)
    assert reported


def _linked_index(words: bytes) -> bytes:
    """An index without entries and with a ``link`` extension whose bitmaps are ``words``."""
    body = b"\1" * 20 + words
    return b"DIRC\0\0\0\2\0\0\0\0link" + len(body).to_bytes(4, "big") + body + b"\0" * 20


def test_damaged_bitmaps(tmp_path: Path) -> None:
    require_core()
    tree = make_hostile_tree(tmp_path, 1)
    base = tree.top / ".git" / ("sharedindex." + "01" * 20)
    (tree.top / ".git" / "index").unlink(missing_ok=True)
    rng = random.Random(7)
    markers = [
        0,
        1,
        3,
        (1 << 33) | 1,
        0xFFFF_FFFF_FFFF_FFFF,
        (0xFFFF_FFFF << 1) | 1,
        0xFFFF_FFFF << 1,
        2 << 33,
        129,
        1 << 63,
    ]
    for _ in range(300):
        words = b""
        for _ in range(rng.randint(0, 2)):
            chosen = [rng.choice(markers) for _ in range(rng.randint(0, 4))]
            count = len(chosen) if rng.random() < 0.8 else rng.choice([0, 1, 9, 0xFFFF_FFFF])
            words += rng.randbytes(4) + count.to_bytes(4, "big")
            words += b"".join(marker.to_bytes(8, "big") for marker in chosen) + rng.randbytes(4)
        (tree.top / ".git" / "index").write_bytes(_linked_index(words))
        base.write_bytes(b"DIRC\0\0\0\2\0\0\0\0" + b"\0" * 20)
        with in_environment(tree.environment):
            compare(tree.top)


CONFIG_LINES = [
    "excludesFile = a\0b", "path = mo\0re", "excludesFile = ./x//y", "excludesFile = ~nobody/x",
    "[core]", "[Core]", '[core "x"]', "[core", "core]", "[]", "ignoreCase", "ignoreCase = yes", "ignorecase=0x",
    "excludesFile = ~/x", 'excludesFile = "~/x', "excludesFile = a\\\\b", "excludesFile = a\\q", "[include]",
    "path = more", "path = ./config", "path = ../x", '[includeIf "gitdir:./"]', '[includeIf "gitdir:/"]',
    '[includeIf "gitdir/i:**/.GIT"]', '[includeIf "onbranch:m*"]', '[includeIf "gitdir:[["]', "# comment",
    "; \\", "x = \\", "  y", "\ty = 1 ; z", "-z = 1", "1 = 2", '[x.y "a\\"b"]', "\x00", "é = 1", "[extensions]",
    "worktreeConfig = true", "objectFormat = sha256",
]  # fmt: skip


def test_settings(tmp_path: Path) -> None:
    """Files of settings, mostly broken ones, that include themselves and each other."""
    require_core()
    tree = make_hostile_tree(tmp_path, 3)
    git = tree.top / ".git"
    rng = random.Random(11)
    for _ in range(300):
        for path in (git / "config", git / "more", git / "config.worktree", tmp_path / "home3" / ".gitconfig"):
            end = rng.choice(["\n", "\r\n"])
            path.write_text(end.join(rng.choice(CONFIG_LINES) for _ in range(rng.randint(1, 8))), newline="")
        with in_environment(tree.environment):
            compare(tree.top, hidden=rng.random() < 0.5)


GIT_FILES = [
    b"gitdir: ../tree5/.git\n", b"gitdir: ../tree5/.git\r\n\n", b"gitdir: ../tree5/.git\0x", b"gitdir: ", b"",
    b"gitdir:../tree5/.git", b"gitdir: ../tree5/.git/worktrees/one", b"gitdir: .", b"gitdir: /",
    b"gitdir: " + b"x/" * 3000, b"gitdir: \xff",
]  # fmt: skip
COMMON_DIRS = [b"../..\n", b"../..", b".\n", b"../..\0x", b"", b"/nowhere", b"x" * 5000, b"\0", b"../../../.git/\r\n"]
HEADS = [
    b"ref: refs/heads/x\n",
    b"ref:refs/",
    b"ref: \t\n refs/x",
    b"refs/x",
    b"0" * 40,
    b"g" * 40,
    b"",
    b"ref: \0",
    b"f" * 39,
]


def test_git_folders(tmp_path: Path) -> None:
    """What makes a folder a repository: ``.git`` files, ``commondir`` and ``HEAD`` in many forms."""
    require_core()
    tree = make_hostile_tree(tmp_path, 5)
    rng = random.Random(13)
    other = tmp_path / "other"
    shutil.copytree(tree.top, other, symlinks=True, ignore=shutil.ignore_patterns(".git"), copy_function=_copy)
    worktree = tree.top / ".git" / "worktrees" / "one"
    worktree.mkdir(parents=True)
    (tree.top / ".git" / "info" / "exclude").write_text("*.c\n")
    for _ in range(200):
        (other / ".git").write_bytes(rng.choice(GIT_FILES))
        (worktree / "commondir").write_bytes(rng.choice(COMMON_DIRS))
        (worktree / "HEAD").write_bytes(rng.choice(HEADS))
        (tree.top / ".git" / "HEAD").write_bytes(rng.choice([*HEADS, HEADS[0], HEADS[0]]))
        with in_environment(tree.environment):
            for root in (other, tmp_path, worktree, tree.top / ".git", tree.top):
                compare(root, hidden=True)


def _copy(source: str, target: str) -> None:
    # Copying a FIFO would wait for a writer.
    if os.path.isfile(source):
        shutil.copyfile(source, target, follow_symlinks=False)


@pytest.mark.parametrize(
    "root",
    [
        lambda base: base / "none",
        lambda base: base / "file",
        lambda base: base / "file" / "x",
        lambda base: base / "dangling",
        lambda base: base / "loop",
        lambda base: b"",
        lambda base: os.fsencode(base) + b"/nul\0",
        lambda base: os.fsencode(base) + b"/" + b"x" * 300,
        lambda base: os.fsencode(base) + b"/x" * 3000,
        lambda base: os.fsencode(base) + b"/\xff",
    ],
)
def test_roots_that_cannot_be_walked(root: Callable[[Path], Path | bytes], tmp_path: Path) -> None:
    require_core()
    (tmp_path / "file").write_text("")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    said = compare(root(tmp_path))
    assert isinstance(said, tuple)


def test_a_depth_of_nothing(tmp_path: Path) -> None:
    require_core()
    assert compare(tmp_path, max_depth=0) == (
        "InvalidArgumentError", "invalid-argument", "max_depth must be at least 1, not 0", None, None
    )  # fmt: skip
