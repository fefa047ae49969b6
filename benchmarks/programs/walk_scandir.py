"""Listing with the standard library: ``walk_scandir.py walk|lstat|rglob DIRECTORY``."""

import os
import sys
from pathlib import Path

from timed import measure, root


def walk() -> list[str]:
    """Every file by ``os.walk``."""
    return [os.path.join(folder, name) for folder, _, names in os.walk(root()) for name in names]


def lstat() -> list[tuple[str, int, int]]:
    """Every file with size and time by ``os.walk`` and ``os.lstat``."""
    found = []
    for folder, _, names in os.walk(root()):
        for name in names:
            path = os.path.join(folder, name)
            status = os.lstat(path)
            found.append((path, status.st_size, status.st_mtime_ns))
    return found


def rglob() -> list[Path]:
    """Every file by ``pathlib``."""
    return [path for path in Path(root()).rglob("*") if path.is_file()]


measure({"walk": walk, "lstat": lstat, "rglob": rglob}[sys.argv[1]])
