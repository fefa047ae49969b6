"""What the loops over Python sources share: the files outside of hidden folders."""

from __future__ import annotations

import os
from collections.abc import Iterator

__all__ = ["sources"]


def sources(root: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of every Python file below ``root``."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith((".py", ".pyi")) and not name.startswith("."):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    yield path, file.read()
