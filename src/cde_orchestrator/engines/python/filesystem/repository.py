"""Which git repository a folder belongs to. The twin of ``cde_filesystem::repository``.

Follows git's own search: from the folder upwards, ``.git`` as a folder or as a file that names one, not across a file
system border and not above ``GIT_CEILING_DIRECTORIES``. Whatever ``core.worktree`` or ``GIT_DIR`` say is not looked at:
the files asked about are those at the path that was asked about.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass

from .files import read_regular_file

__all__ = ["Repository", "find_repository", "is_nested_repository"]

_MAX_SMALL_FILE = 1 << 20
_OBJECT_ID = re.compile(rb"[0-9a-fA-F]{40}")
_SPACES = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class Repository:
    """``top`` is the worktree's folder, ``git_dir`` its own git folder, ``common_dir`` the one worktrees share.

    All are absolute and without links. ``prefix`` is the path from ``top`` to the folder asked about, empty or with a
    trailing slash.
    """

    top: bytes
    git_dir: bytes
    common_dir: bytes
    prefix: bytes


def _read_small(path: bytes) -> bytes | None:
    try:
        return read_regular_file(path, _MAX_SMALL_FILE)
    except OSError:
        return None


def _common_dir(git_dir: bytes) -> bytes:
    content = _read_small(os.path.join(git_dir, b"commondir"))
    if content is None:
        return git_dir
    return os.path.realpath(os.path.join(git_dir, content.rstrip(b"\r\n").partition(b"\0")[0]))


def _has_head(git_dir: bytes) -> bool:
    path = os.path.join(git_dir, b"HEAD")
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode):
            return os.readlink(path).startswith(b"refs/")  # noqa: PTH115 - pathlib has no bytes
    except OSError:
        return False
    content = _read_small(path)
    if content is None:
        return False
    if content.startswith(b"ref:") and content[4:].lstrip(_SPACES).startswith(b"refs/"):
        return True
    return _OBJECT_ID.match(content) is not None


def _is_git_dir(path: bytes) -> bool:
    """Whether ``path`` looks like a git folder: a valid ``HEAD``, ``objects`` and ``refs``."""
    if not _has_head(path):
        return False
    common = _common_dir(path)
    return all(os.access(os.path.join(common, name), os.X_OK) for name in (b"objects", b"refs"))


def _follow_git_file(path: bytes) -> bytes | None:
    """The git folder that the file ``path`` names, if it is one."""
    content = _read_small(path)
    if content is None or not content.startswith(b"gitdir: "):
        return None
    target = content[len(b"gitdir: ") :].rstrip(b"\r\n").partition(b"\0")[0]
    if not target:
        return None
    git_dir = os.path.join(os.path.dirname(path), target)
    return os.path.realpath(git_dir) if _is_git_dir(git_dir) else None


def is_nested_repository(folder: bytes, git_dir: bytes | None) -> bool:
    """Whether ``folder``, which has an entry ``.git``, is the top of a repository other than that of ``git_dir``."""
    path = os.path.join(folder, b".git")
    try:
        is_file = stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False
    found = _follow_git_file(path) is not None if is_file else _is_git_dir(path)
    return found and (git_dir is None or os.path.realpath(path) != git_dir)


def _ceilings() -> frozenset[bytes]:
    resolve = True
    found = set()
    for path in os.environb.get(b"GIT_CEILING_DIRECTORIES", b"").split(b":"):
        if not path:
            # What follows an empty entry is taken literally, so that slow file systems are not touched.
            resolve = False
        elif path.startswith(b"/"):
            found.add(os.path.realpath(path) if resolve else path.rstrip(b"/"))
    return frozenset(found)


def find_repository(folder: bytes) -> Repository | None:
    """The repository whose worktree holds ``folder``, which is absolute and without links.

    ``None`` outside of any, in a bare repository or a ``.git`` folder, and below a ``.git`` file that leads nowhere.
    """
    ceilings = _ceilings()
    current = folder
    try:
        device = os.stat(folder).st_dev
        while True:
            path = os.path.join(current, b".git")
            if os.path.isfile(path):
                git_dir = _follow_git_file(path)
                return None if git_dir is None else _repository(folder, current, git_dir)
            if _is_git_dir(path):
                return _repository(folder, current, os.path.realpath(path))
            if _is_git_dir(current):
                return None
            parent = os.path.dirname(current)
            if parent == current or parent in ceilings or os.stat(parent).st_dev != device:
                return None
            current = parent
    except OSError:
        return None


def _repository(folder: bytes, top: bytes, git_dir: bytes) -> Repository:
    relative = folder[len(top) :].lstrip(b"/")
    return Repository(top, git_dir, _common_dir(git_dir), relative + b"/" if relative else b"")
