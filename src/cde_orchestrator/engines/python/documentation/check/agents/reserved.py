"""Lines that speak of something that need not exist."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["is_reserved", "is_reserved_at"]

# Words around a path that make it one to come, one that is gone, or none in earnest.
_RESERVED = re.compile(
    rb"add|avoid|create|delete|deprecat|e\.g\.|example|formerly|generat|if |instead of|legacy|like|moved|named|never"
    rb"|new |no longer|not available|not exist|optional|output|place|put |remove|rename|replace|save|such as|that repo"
    rb"|would|writ"
)

# How far above an item the line is looked for that introduces its list.
_MOST_ITEM_LINES = 30
_MOVE = re.compile("move ", re.IGNORECASE | re.ASCII)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]+[.)])[ \t]")


def is_reserved_at(lines: Sequence[str], number: int) -> bool:
    """Whether line ``number`` (from 1), or the one that introduces the list in which it is an item, is such a line."""
    at = number - 1
    line = lines[at] if at < len(lines) else ""
    if is_reserved(line):
        return True
    if not _ITEM.match(line):
        return False
    for before in reversed(lines[max(at - _MOST_ITEM_LINES, 0) : at]):
        text = before.strip(" \t")
        if text and not _ITEM.match(text):
            return text.endswith(":") and (is_reserved(text) or _MOVE.search(text) is not None)
    return False


def is_reserved(line: str) -> bool:
    """Whether the line speaks of something that need not exist."""
    # Bytes, because the case of ASCII letters alone is ignored.
    return _RESERVED.search(line.encode("utf-8", "surrogatepass").lower()) is not None
