"""Where a front matter block begins and ends, and what can be said about it before its format is parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Block", "BlockError", "find_block"]

MAX_BYTES = 256 * 1024
"""A longer block is not parsed."""
MAX_DEPTH = 64
"""Collections inside each other; a block with more is an error."""

_BREAK = r"(?:\r\n|\n|\r)"
_END_OF_LINE = rf"[ \t]*(?:{_BREAK}|\Z)"
_YAML_OPENING = re.compile(rf"---[ \t]*{_BREAK}")
_YAML_CLOSING = re.compile(rf"(?<=[\r\n])(?:---|\.\.\.){_END_OF_LINE}")
_TOML_OPENING = re.compile(rf"\+\+\+[ \t]*{_BREAK}")
_TOML_CLOSING = re.compile(rf"(?<=[\r\n])\+\+\+{_END_OF_LINE}")
_JSON_STRING = re.compile(r'"(?:[^"\\\r\n]|\\[^\r\n])*"')
_JSON_OPENING = re.compile(rf"\{{[ \t\r\n]*(?:\}}|{_JSON_STRING.pattern}[ \t\r\n]*:)")
_JSON_MARK = re.compile(r'[{}"]')
_CLOSING_OF_LINE = re.compile(_END_OF_LINE)
# Lines of a block whose closing fence is missing: a key, what belongs to a key, a comment.
_YAML_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*:(?:[ \t\r\n]|\Z)")
_YAML_OTHER = re.compile(r"[ \t#]|-(?:[ \t\r\n]|\Z)")
_TOML_KEY = re.compile(r"[A-Za-z0-9_-]+[ \t]*=")
_TOML_OTHER = re.compile(r"[ \t#\[]")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_BLANK_LINE = re.compile(_END_OF_LINE)


class BlockError(Exception):
    """The block cannot be read. ``line`` counts from 0 in its content, ``column`` from 1 in code points."""

    def __init__(self, message: str, line: int, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Block:
    """A block. ``content`` is what stands between the fences; ``end`` is where the body begins, in code points.

    ``first_line`` is the document's line on which the content begins. ``error`` is set where a fence is missing.
    """

    format: Literal["yaml", "toml", "json"]
    content: str
    first_line: int
    line_count: int
    end: int
    error: str | None = None


def find_block(text: str) -> Block | None:
    """The block at the very start of a document, or ``None``. Linear in the text up to the block's end."""
    if text.startswith("---"):
        return _fenced(text, "yaml", _YAML_OPENING, _YAML_CLOSING) or _unclosed(text, "yaml", _YAML_OPENING)
    if text.startswith("+++"):
        return _fenced(text, "toml", _TOML_OPENING, _TOML_CLOSING) or _unclosed(text, "toml", _TOML_OPENING)
    if text.startswith("{"):
        return _json_object(text)
    return None


def _count_lines(text: str) -> int:
    """Lines that ``text`` has begun, where it ends with a line break or the document ends with it."""
    breaks = text.count("\n") + text.count("\r") - text.count("\r\n")
    return breaks if text.endswith(("\n", "\r")) else breaks + 1


def _fenced(
    text: str, name: Literal["yaml", "toml"], opening: re.Pattern[str], closing: re.Pattern[str]
) -> Block | None:
    start = opening.match(text)
    end = start and closing.search(text, start.end())
    if start is None or end is None:
        return None
    return Block(name, text[start.end() : end.start()], 2, _count_lines(text[: end.end()]), end.end())


def _unclosed(text: str, name: Literal["yaml", "toml"], opening: re.Pattern[str]) -> Block | None:
    """A block without closing fence, where its author clearly meant one; else the fence is a thematic break or text.

    The lines up to the first blank one must begin with a key and all read as keys, as belonging to a key, or as
    comments; in YAML, where one key could be prose (``Note: ...``), there must be two. The block ends there.
    """
    start = opening.match(text)
    key, other, needed = (_YAML_KEY, _YAML_OTHER, 2) if name == "yaml" else (_TOML_KEY, _TOML_OTHER, 1)
    if start is None or not (key.match(text, start.end()) or (name == "toml" and text.startswith("[", start.end()))):
        return None
    position = start.end()
    keys = 0
    while position < len(text) and not _BLANK_LINE.match(text, position):
        if key.match(text, position):
            keys += 1
        elif not other.match(text, position):
            return None
        line = _LINE.match(text, position)
        position = line.end() if line else len(text)
    if keys < needed:
        return None
    fence = text[:3]
    return Block(name, "", 1, _count_lines(text[:position]), position, f"the front matter is not closed by {fence}")


def _json_object(text: str) -> Block | None:
    """An object whose first key is in quotes, up to the brace that closes it at the end of a line."""
    if _JSON_OPENING.match(text) is None:
        return None
    depth = 0
    position = 0
    while (mark := _JSON_MARK.search(text, position)) is not None:
        position = mark.end()
        if mark[0] == '"':
            string = _JSON_STRING.match(text, mark.start())
            if string is None:
                break
            position = string.end()
        elif mark[0] == "{":
            depth += 1
        elif depth > 1:
            depth -= 1
        else:
            end = _CLOSING_OF_LINE.match(text, position)
            if end is None:
                return None
            return Block("json", text[:position], 1, _count_lines(text[: end.end()]), end.end())
    position = 0
    while position < len(text) and not _BLANK_LINE.match(text, position):
        line = _LINE.match(text, position)
        position = line.end() if line else len(text)
    return Block("json", "", 1, _count_lines(text[:position]), position, "the front matter is not closed by }")
