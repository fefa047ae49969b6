"""Where a repository is hosted: the addresses of its remotes and the names of its branches, read from git's own files.

The twin of ``cde_filesystem::remotes``. Only the repository's own ``config`` is read, and no file that it includes: an
address of the user's other configuration says nothing about this tree. Nothing is run, and sizes and numbers are
bounded.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from .files import read_regular_file
from .git_config import ConfigSyntaxError, parse_config
from .repository import find_repository

__all__ = ["Remotes", "remotes_of"]

_MAX_FILE_BYTES = 1 << 20
_MAX_REMOTES = 16
_MAX_ADDRESS = 2048


@dataclass(frozen=True, slots=True)
class Remotes:
    """What git's files say about the place of a tree on hosts of code.

    ``prefix`` is the path from the top of the repository to the tree, empty or with a trailing slash; ``addresses`` are
    those configured, in their order, the first ones where there are very many. ``current`` is the branch that is
    checked out, ``default`` the one that ``origin`` shows first, where they are known.
    """

    prefix: bytes
    addresses: tuple[bytes, ...]
    current: bytes | None
    default: bytes | None


def remotes_of(folder: bytes) -> Remotes | None:
    """Those of the repository around ``folder``, which is absolute and without links.

    ``None`` outside of any, and in one of which only parts may be checked out.
    """
    repository = find_repository(folder)
    if repository is None or os.path.lexists(os.path.join(repository.git_dir, b"info/sparse-checkout")):
        return None
    common = repository.common_dir
    return Remotes(
        prefix=repository.prefix,
        addresses=_addresses(os.path.join(common, b"config")),
        current=_branch(os.path.join(repository.git_dir, b"HEAD"), b"refs/heads/"),
        default=_branch(os.path.join(common, b"refs/remotes/origin/HEAD"), b"refs/remotes/origin/"),
    )


def _addresses(config: bytes) -> tuple[bytes, ...]:
    found: list[bytes] = []
    try:
        for key, value in parse_config(read_regular_file(config, _MAX_FILE_BYTES)):
            is_address = key.startswith("remote.") and key.endswith(".url")
            if value is not None and is_address and len(value) <= _MAX_ADDRESS and len(found) < _MAX_REMOTES:
                found.append(value)
    except (OSError, ConfigSyntaxError):
        pass  # what stands before a line that cannot be read counts; the walk reports the line
    return tuple(found)


def _branch(path: bytes, prefix: bytes) -> bytes | None:
    """The branch below ``prefix`` that the symbolic reference at ``path`` names."""
    try:
        content = read_regular_file(path, _MAX_FILE_BYTES)
    except OSError:
        return None
    target = content[4:].strip(b" \t\r\n")
    if not content.startswith(b"ref:") or not target.startswith(prefix):
        return None
    return target[len(prefix) :] or None
