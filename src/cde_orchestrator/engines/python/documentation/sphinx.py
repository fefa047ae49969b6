"""Which ``.txt`` files are reStructuredText: those of a documentation of Sphinx whose ``conf.py`` says so.

The configuration is a program. It is not run: a bounded search looks for the assignment of ``source_suffix`` at the
start of a line, and for ``.txt`` in quotes in it. The twin of the Rust core's ``sphinx`` module.
"""

from __future__ import annotations

from ..filesystem.read import ReadProblem, read_file
from ..filesystem.tree import PythonTree

__all__ = ["TextFolders"]

# A larger configuration is not looked at, nor more of them; and how far an assignment may reach.
_MAX_BYTES = 1 << 18
_MOST_FILES = 1000
_LONGEST = 2000
_NAME = b"source_suffix"
_SPACE = b" \t\n\x0c\r"
_CLOSES = {b"[": b"]", b"{": b"}", b"(": b")"}


class TextFolders:
    """The folders below which ``.txt`` files are reStructuredText. Reads each ``conf.py`` of a tree that has any."""

    __slots__ = ("_folders",)

    def __init__(self, tree: PythonTree) -> None:
        self._folders: set[bytes] = set()
        if not any(path.endswith(b".txt") for path in tree.files):
            return
        count = 0
        for index, path in enumerate(tree.files):
            folder, _, name = path.rpartition(b"/")
            if name != b"conf.py" or tree.kind(index) != "file":
                continue
            count += 1
            if count > _MOST_FILES:
                return
            try:
                content, _ = read_file(tree, index, _MAX_BYTES)
            except ReadProblem:
                continue
            if _names_text(content):
                self._folders.add(folder)

    def hold(self, path: bytes) -> bool:
        """Whether the file at ``path`` is such a text."""
        if not self._folders or not path.endswith(b".txt"):
            return False
        while path:
            path = path.rpartition(b"/")[0]
            if path in self._folders:
                return True
        return False


def _names_text(content: bytes) -> bool:
    """Whether the last assignment of ``source_suffix`` holds ``.txt``."""
    named = False
    start = content.find(_NAME)
    while start >= 0:
        if start == 0 or content[start - 1 : start] == b"\n":
            place = start + len(_NAME)
            while content[place : place + 1] and content[place : place + 1] in _SPACE:
                place += 1
            if content[place : place + 1] == b"=":
                value = content[place + 1 : place + 1 + _LONGEST].lstrip(_SPACE)
                value = value.partition(_CLOSES.get(value[:1], b"\n"))[0]
                named = b'".txt"' in value or b"'.txt'" in value
        start = content.find(_NAME, start + len(_NAME))
    return named
