"""The sidebars of Docusaurus: lists of documents' ids, as far as they are literals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....filesystem.tree import PythonTree
from ..target import parent, place
from .script import Token, closing, tokens
from .text import read_text
from .told import Lists, Problem

__all__ = ["read", "without_number"]

_EXTENSIONS = ("", ".js", ".ts", ".json", ".cjs", ".mjs", ".cts", ".mts")
_WORDS = frozenset(("true", "false", "null", "undefined"))
_SIGNS = frozenset("{}[],:")
_NUMBER = re.compile(r"[0-9]+ *[-_.]+ *(?=[^-_. ])")


def read(tree: PythonTree, path: bytes, other: str) -> Lists | None:
    """The lists in the file ``other``, as the configuration at ``path`` names it."""
    if other.startswith("/"):
        return None
    for extension in _EXTENSIONS:
        there = place(parent(path), (other + extension).encode("utf-8", "surrogatepass"))
        index = None if there.above else tree.find(there.path)
        if index is not None:
            try:
                return _lists(tokens(read_text(tree, index)[0]))
            except Problem:
                return None
    return None


def _lists(found: Sequence[Token]) -> Lists | None:
    """The lists in the first object that is assigned or exported; ``None`` where it holds more than literals."""
    opened = next((index for index, token in enumerate(found) if token.is_sign("{") and _is_start(found, index)), None)
    if opened is None:
        return None
    lists = Lists()
    for index in range(opened, closing(found, opened)):
        token = found[index]
        is_key = index + 1 < len(found) and found[index + 1].is_sign(":")
        if token.kind == "other" or (token.kind == "sign" and token.text in _SIGNS):
            continue
        if token.kind == "name" and (is_key or token.text in _WORDS):
            continue
        if token.kind != "text":
            return None
        if is_key:
            continue
        key = _key_before(found, index)
        if key == "dirName":
            lists.folders.append(token.text)
        elif key is None or key == "id":
            lists.ids.append(token.text)
    return lists


def _is_start(found: Sequence[Token], index: int) -> bool:
    if not index:
        return True
    before = found[index - 1]
    return before.is_sign("=") or (before.kind == "name" and before.text == "default")


def _key_before(found: Sequence[Token], index: int) -> str | None:
    """The key whose value is the text at ``index``; ``None`` for an element of a list."""
    if index < 2 or not found[index - 1].is_sign(":"):
        return None
    key = found[index - 2]
    return key.text if key.kind in {"name", "text"} else None


def without_number(name: str) -> str:
    """``name`` without a number before it, which Docusaurus leaves out of an id: ``01-intro``."""
    match = _NUMBER.match(name)
    return name if match is None else name[match.end() :]
