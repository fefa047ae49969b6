"""What can be built and run by name: targets of Makefiles, scripts of ``package.json``, recipes of justfiles.

Nothing is run. A name counts as known if any file of its kind in the tree has it, and as unknown only if each of these
files says everything it has: an include or a computed name leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from ....filesystem.read import ReadProblem, read_file
from ....filesystem.tree import PythonTree
from ...frontmatter import parse_front_matter
from ..index import TreeIndex
from .place import Place

__all__ = ["Builder", "Manifests"]

Builder = Literal["make", "just", "npm"]

_MOST_FILES = 200
_MOST_BYTES = 1 << 20
_ENTRIES: dict[Builder, tuple[bytes, ...]] = {
    "make": (b"Makefile", b"makefile", b"GNUmakefile"),
    "just": (b"justfile", b"Justfile", b".justfile"),
    "npm": (b"package.json",),
}
_PARTS: dict[Builder, bytes | None] = {"make": b".mk", "just": b".just", "npm": None}
_INCLUDES = frozenset((b"include", b"-include", b"sinclude"))
_IMPORTS = frozenset((b"import", b"import?", b"mod", b"mod?"))
_COMPUTED = re.compile(rb"\$[({](?:eval|call)")
_SPACE = re.compile(rb"[ \t]+")
_SIGN = re.compile(rb"[:=]")
_RECIPE = re.compile(rb"[A-Za-z0-9_-]+")


class _Known:
    """What the files of one kind have, and whether there may be more.

    ``patterns`` are what stands before and behind the ``%`` of pattern rules.
    """

    __slots__ = ("names", "open", "patterns")

    def __init__(self) -> None:
        self.names: set[bytes] = set()
        self.patterns: list[tuple[bytes, bytes]] = []
        self.open = False


class Manifests:
    """The files of all kinds in one tree, read when they are needed."""

    def __init__(self, tree: PythonTree, index: TreeIndex) -> None:
        self._tree = tree
        self._index = index
        self._known: dict[Builder, _Known] = {}

    def lacks(self, builder: Builder, place: Place, name: str) -> bool:
        """Whether ``name`` is surely unknown to the builder, which has a file at ``place`` or around it."""
        if not self._has_entry(builder, place) or (builder == "npm" and name == "env"):
            return False
        if builder not in self._known:
            self._known[builder] = self._read(builder)
        known, raw = self._known[builder], name.encode()
        if known.open or raw in known.names:
            return False
        for before, behind in known.patterns:
            if len(raw) >= len(before) + len(behind) and raw.startswith(before) and raw.endswith(behind):
                return False
        # A target that is a file or folder needs no rule.
        return builder != "make" or self._index.find(raw) is None

    def _has_entry(self, builder: Builder, place: Place) -> bool:
        folder = place.folder
        while True:
            prefix = folder + b"/" if folder else b""
            found = (self._index.find(prefix + name) for name in _ENTRIES[builder])
            if any(entry is not None and not entry.folder for entry in found):
                return True
            if not folder or place.alone:
                return False
            folder = folder.rpartition(b"/")[0]

    def _read(self, builder: Builder) -> _Known:
        known = _Known()
        part = _PARTS[builder]
        count = 0
        for index, path in enumerate(self._index.files):
            name = path.rpartition(b"/")[2]
            if name not in _ENTRIES[builder] and not (part is not None and name.endswith(part)):
                continue
            try:
                content, _ = read_file(self._tree, index, _MOST_BYTES)
            except ReadProblem:
                content = None
            if count == _MOST_FILES or content is None:
                known.open = True
                break
            count += 1
            if builder == "npm":
                _read_scripts(content, known)
                continue
            read_line = _read_make_line if builder == "make" else _read_just_line
            for line in content.split(b"\n"):
                read_line(line.removesuffix(b"\r"), known)
        return known


def _words(text: bytes) -> Iterator[bytes]:
    return (word for word in _SPACE.split(text) if word)


def _read_make_line(line: bytes, known: _Known) -> None:
    if line.startswith((b"\t", b"#")):
        return
    first = next(_words(line), b"")
    if first in _INCLUDES or _COMPUTED.search(line):
        known.open = True
    sign = _SIGN.search(line)
    if sign is None:
        return
    behind = line[sign.end() :].removeprefix(b":")
    if sign[0] == b"=" or behind.startswith(b"="):
        return
    for target in _words(line[: sign.start()]):
        if b"$" in target:
            known.open = True
        elif b"%" in target:
            before, _, after = target.partition(b"%")
            known.patterns.append((before, after))
        else:
            known.names.add(target)
    if first.startswith(b".PHONY"):
        known.names.update(_words(behind))


def _read_just_line(line: bytes, known: _Known) -> None:
    first = next(_words(line), b"")
    if first in _IMPORTS:
        known.open = True
    line = line.removeprefix(b"@")
    if first == b"alias":
        line = line[5:].lstrip(b" \t\n\r\f")
    name = _RECIPE.match(line)
    colon = line.find(b":")
    is_variable = colon >= 0 and line[colon : colon + 2] == b":="
    if name is not None and colon >= 0 and (first == b"alias" or not is_variable):
        known.names.add(name[0])


def _read_scripts(content: bytes, known: _Known) -> None:
    """The scripts of a ``package.json``; one that cannot be read leaves open what there is."""
    try:
        parsed = parse_front_matter(content.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError:
        parsed = None
    if parsed is None or parsed.data is None:
        known.open = True
        return
    scripts = parsed.data.get("scripts")
    if isinstance(scripts, dict):
        known.names.update(name.encode("utf-8", "surrogatepass") for name in scripts)
