"""The pages that Microsoft's publishing system redirects: a link to one leads on, though the file is gone."""

from __future__ import annotations

from collections.abc import Iterator

from .....domain.documents import Json
from ...filesystem.read import read_outside_scope
from ...filesystem.tree import PythonTree
from .target import parent, place

__all__ = ["redirected"]

_CONFIG = b".openpublishing.publish.config.json"
_USUAL = ".openpublishing.redirection.json"
_LARGEST_FILE = 8 * 1024 * 1024
_MOST_FILES = 64


def redirected(tree: PythonTree) -> frozenset[bytes]:
    """The paths of all sources that a file of redirections names."""
    found = set()
    config = _read(tree, _CONFIG)
    files = config.get("redirection_files")
    named = [name for name in files if isinstance(name, str)] if isinstance(files, list) else [_USUAL]
    for name in named[:_MOST_FILES]:
        file = place(b"", name.encode("utf-8", "surrogatepass"))
        if file.above or "\0" in name:
            continue
        for folder, path in _sources(_read(tree, file.path).get("redirections"), parent(file.path)):
            there = place(folder, path.lstrip("/").encode("utf-8", "surrogatepass"))
            if not there.above:
                found.add(there.path)
    return frozenset(found)


def _sources(redirections: Json, folder: bytes) -> Iterator[tuple[bytes, str]]:
    """Paths as written, and the folder that each starts at."""
    if isinstance(redirections, dict):
        yield from ((folder, path) for path in redirections)
    for entry in redirections if isinstance(redirections, list) else []:
        if isinstance(entry, dict):
            for start, key in ((folder, "source_path"), (b"", "source_path_from_root")):
                path = entry.get(key)
                if isinstance(path, str):
                    yield start, path


def _read(tree: PythonTree, path: bytes) -> dict[str, Json]:
    content = read_outside_scope(tree, path, _LARGEST_FILE)
    if content is None:
        return {}
    from ..frontmatter import parse_file  # noqa: PLC0415 - its parsers take long to import, and few trees need them
    from ..frontmatter.block import BlockError  # noqa: PLC0415

    try:
        value = parse_file(content.decode("utf-8").removeprefix("\ufeff"), "json")
    except (BlockError, UnicodeDecodeError):
        return {}
    return value if isinstance(value, dict) else {}
