"""Paths that a file for agents mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ......domain.documents import Document
from ..index import TreeIndex
from ..origin import shown
from ..report import Report
from .place import Place
from .reserved import is_reserved_at

__all__ = ["Paths", "check_paths", "path_of"]

_LONGEST = 300
# How many paths of one document are looked up.
_MOST_PATHS = 500
_LINE = re.compile(r"[0-9:]*")
_SIGNS = re.compile(r"[A-Za-z0-9._/@+-]*")
_EXTENSION = re.compile(r"[^/]\.[A-Za-z][A-Za-z0-9]{0,7}\Z")
# Folders with what one gives to agents, which need not be there.
_AGENT_FOLDERS = frozenset((".agents", ".claude", ".codex", ".cursor", ".gemini", ".opencode", ".windsurf"))
_OTHER_PATH = re.compile(r"(?:\./)?([A-Za-z0-9][A-Za-z0-9._-]*)/[A-Za-z0-9._/-]*")
# Parts that stand for others.
_PLACEHOLDERS = frozenset(
    ("...", "bar", "baz", "dir", "file", "filename", "foo", "name", "path", "to", "x", "xx", "xxx", "your")
)


class Paths:
    """Looks up paths as people write them: from the document's folder, from one around it, or from the middle."""

    def __init__(self, index: TreeIndex) -> None:
        self._index = index
        self._by_name: dict[bytes, list[bytes]] | None = None

    def is_missing(self, place: Place, path: str) -> bool:
        """Whether ``path`` is surely missing: its first folder exists, and nothing in the tree or on disk ends so."""
        first = path.partition("/")[0].encode()
        whole = path.rstrip("/").encode()
        is_claimed = False
        base = place.folder
        while True:
            prefix = base + b"/" if base else b""
            if base == place.folder or not place.alone:
                found = self._index.find(prefix + first)
                is_claimed |= found is not None and found.folder
            if self._index.find(prefix + whole) is not None or self._index.probe(prefix + whole) != "missing":
                return False
            if not base:
                return is_claimed and not self._has_ending(path)
            base = base.rpartition(b"/")[0]

    def _has_ending(self, path: str) -> bool:
        ending = b"/" + path.encode()
        if path.endswith("/"):
            return any(ending in file for file in self._index.files)
        if self._by_name is None:
            self._by_name = {}
            for file in self._index.files:
                self._by_name.setdefault(file.rpartition(b"/")[2], []).append(file)
        return any(file.endswith(ending) for file in self._by_name.get(ending.rpartition(b"/")[2], ()))

    def is_elsewhere(self, place: Place, word: str) -> bool:
        """Whether ``word`` is a path whose first folder a skill does not have: its commands are for another folder."""
        found = _OTHER_PATH.fullmatch(word)
        if found is None:
            return False
        prefix = place.folder + b"/" if place.folder else b""
        return self._index.find(prefix + found[1].encode()) is None

    def meant(self, path: str) -> str | None:
        """The one file of that name."""
        found = self._index.only_file_named(path.rpartition("/")[2].encode())
        try:
            return None if found is None else found.decode("utf-8")
        except UnicodeDecodeError:
            return None


def path_of(text: str) -> str | None:
    """The path that ``text`` is, without a line number and a leading ``./``.

    Relative, with a slash, and with an extension or a slash at its end; ``None`` for anything that may be something
    else.

    >>> path_of("./src/a.py:10"), path_of("src/lib/"), path_of("src/lib"), path_of("path/to/a.py"), path_of("a/*.py")
    ('src/a.py', 'src/lib/', None, None, None)
    """
    path, _, line = text.removeprefix("./").partition(":")
    bare = path.removesuffix("/")
    if _LINE.fullmatch(line) is None or len(path) > _LONGEST or _SIGNS.fullmatch(path) is None or "/" not in bare:
        return None
    if path.startswith(("/", "@", "-")) or not (path.endswith("/") or _EXTENSION.search(bare)):
        return None
    parts = bare.split("/")
    is_whole = all(part and part != ".." and _stem(part).lower() not in _PLACEHOLDERS for part in parts)
    return path if is_whole else None


def _stem(part: str) -> str:
    """``part`` up to its first dot that is not its first sign."""
    dot = part.find(".", 1)
    return part if dot < 0 or part == "..." else part[:dot]


def check_paths(paths: Paths, document: Document, place: Place, lines: Sequence[str], report: Report) -> None:
    """Reports paths in code spans that are missing, each once."""
    if not report.wants("agent-path-missing"):
        return
    seen: set[str] = set()
    for code in document.inline_code:
        path = path_of(code.text)
        if path is None or len(seen) == _MOST_PATHS or path in seen:
            continue
        if is_reserved_at(lines, code.line) or (path.endswith("/") and path.partition("/")[0] in _AGENT_FOLDERS):
            continue
        seen.add(path)
        # What a command of the document writes is not there yet.
        if paths.is_missing(place, path) and not any(f"> {path}" in line for line in lines):
            message = f"no file or folder '{shown(path.encode())}'"
            report.add("agent-path-missing", code.line, code.column, message, code.text, suggestion=paths.meant(path))
