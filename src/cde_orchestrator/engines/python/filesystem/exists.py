"""Whether something exists below a root, for paths that are not in scope. The twin of ``cde_filesystem::presence``.

Never looks outside of the root: a path with ``..`` is refused, and a link that leads out of the root counts as missing.
A name counts only in its exact case, also on a file system that takes no notice of case.
"""

from __future__ import annotations

import os
import stat
from typing import Literal

__all__ = ["Presence", "presence"]

Presence = Literal["missing", "file", "directory", "unknown"]


def presence(root: bytes, path: bytes) -> Presence:
    """What ``path``, relative to ``root`` and with ``/``, is; ``unknown`` where the system refuses to tell.

    A name that is too long or holds NUL is missing. A handful of system calls per component of the path.
    """
    parts = path.split(b"/")
    if b"\0" in path or b".." in parts:
        return "missing"
    full = os.path.join(root, path) if path else root
    try:
        mode = os.stat(full).st_mode
        inside = os.path.realpath(root, strict=True)
        real = os.path.realpath(full, strict=True)
    except PermissionError:
        return "unknown"
    except (OSError, ValueError):
        return "missing"
    if real != inside and not real.startswith(inside.rstrip(b"/") + b"/"):
        return "missing"
    folder = root
    for part in parts:
        if not _has_exact_name(folder, part):
            return "missing"
        folder = os.path.join(folder, part)
    return "directory" if stat.S_ISDIR(mode) else "file"


def _has_exact_name(folder: bytes, name: bytes) -> bool:
    """Whether the existing entry ``name`` is spelt so in ``folder``.

    The folder is listed only where the name with its case swapped is the same entry, so that the listing of a large
    folder is paid for on file systems that take no notice of case, and nowhere else.
    """
    swapped = name.swapcase()
    if swapped == name:
        return True
    try:
        first = os.lstat(os.path.join(folder, name))
        second = os.lstat(os.path.join(folder, swapped))
        if (first.st_dev, first.st_ino) != (second.st_dev, second.st_ino):
            return True
        return name in os.listdir(folder)
    except OSError:
        return True
