"""The walk finds what ``git ls-files --cached --others --exclude-standard`` lists, on hostile trees made from numbers.

A failure names the seed: ``make_hostile_tree(base, seed)`` makes the same tree again.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from support.git_trees import git_files, is_hidden, make_hostile_tree
from support.walks import Lister, all_listers, in_environment

SEEDS = 2000
CHUNK = 50


def is_below_another_git(folder: bytes, top: bytes) -> bool:
    """Whether ``folder`` is in a nested repository, or in what git refuses to take for one."""
    while len(folder) > len(top):
        if os.path.exists(os.path.join(folder, b".git")):
            return True
        folder = os.path.join(os.path.dirname(folder.rstrip(b"/")), b"")
    return False


def differences(base: Path, seed: int, listers: dict[str, Lister]) -> list[str]:
    """What differs from git in the tree ``seed``, from its top and, for some trees, from a folder in it."""
    tree = make_hostile_tree(base, seed)
    folders = tree.folders[:1]
    if seed % 4 == 0:
        folders.append(tree.folders[seed // 4 % len(tree.folders)])
    found = []
    for folder in folders:
        if is_below_another_git(folder, tree.folders[0]):
            continue
        expected = git_files(folder, tree.environment)
        for engine, listed in listers.items():
            with in_environment(tree.environment):
                everything, visible = listed(folder, True), listed(folder, False)
            if everything != expected:
                missing, extra = set(expected) - set(everything), set(everything) - set(expected)
                found.append(f"{engine}, seed {seed}, {folder!r}: missing {sorted(missing)}, extra {sorted(extra)}")
            if visible != [path for path in expected if not is_hidden(path)]:
                found.append(f"{engine}, seed {seed}, {folder!r}: hidden files differ")
    shutil.rmtree(tree.top)
    return found


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_hostile_trees(first: int, tmp_path: Path) -> None:
    listers = all_listers()
    found = [line for seed in range(first, first + CHUNK) for line in differences(tmp_path, seed, listers)]
    assert found == []
