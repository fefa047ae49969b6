"""Strict JSON (RFC 8259) with the line of a key that is given twice."""

from __future__ import annotations

import re

from .....domain.documents import Json
from .block import MAX_DEPTH, BlockError
from .values import Duplicates, as_float, as_integer

__all__ = ["check_sequence", "parse_json", "read_json"]

_SPACE = re.compile(r"[ \t\r\n]*")
_TEXT = re.compile(r'[^"\\\x00-\x1f]*')
_ESCAPE = re.compile(r'["\\/bfnrt]|u([0-9A-Fa-f]{4})')
_LOW_SURROGATE = re.compile(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([Ee][-+]?[0-9]+)?")
_SIMPLE = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS: dict[str, Json] = {"null": None, "true": True, "false": False}


def parse_json(content: str, duplicates: Duplicates) -> dict[str, Json]:
    """The object that ``content`` is; it begins with ``{``."""
    reader = _Reader(content, duplicates)
    value, position = reader.value(0, 0)
    if position != len(content) or not isinstance(value, dict):
        raise reader.error(position)
    return value


def read_json(content: str) -> Json:
    """The one value that ``content`` is. Raises :class:`BlockError`."""
    reader = _Reader(content, Duplicates(0))
    value, position = reader.value(reader.skip(0), 0)
    if reader.skip(position) != len(content):
        raise reader.error(position)
    return value


def check_sequence(content: str) -> None:
    """Raises :class:`BlockError` unless ``content`` is values one after the other."""
    reader = _Reader(content, Duplicates(0))
    position = reader.skip(0)
    while position < len(content):
        position = reader.skip(reader.value(position, 0)[1])


class _Reader:
    def __init__(self, text: str, duplicates: Duplicates) -> None:
        self._text = text
        self._duplicates = duplicates

    def error(self, position: int, message: str = "the JSON cannot be parsed") -> BlockError:
        before = self._text[:position]
        lines = before.count("\n") + before.count("\r") - before.count("\r\n")
        line_start = max(before.rfind("\n"), before.rfind("\r")) + 1
        return BlockError(message, lines, position - line_start + 1)

    def _line(self, position: int) -> int:
        text = self._text
        return text.count("\n", 0, position) + text.count("\r", 0, position) - text.count("\r\n", 0, position)

    def skip(self, position: int) -> int:
        """Where the space at ``position`` ends."""
        match = _SPACE.match(self._text, position)
        return match.end() if match else position

    def value(self, position: int, depth: int) -> tuple[Json, int]:
        """The value at ``position`` inside ``depth`` collections, and the position behind it."""
        text = self._text
        char = text[position : position + 1]
        if char in ("{", "["):
            if depth == MAX_DEPTH:
                raise self.error(position, f"the JSON is nested deeper than {MAX_DEPTH} levels")
            return self._object(position, depth) if char == "{" else self._list(position, depth)
        if char == '"':
            return self._string(position)
        for word, constant in _WORDS.items():
            if text.startswith(word, position):
                return constant, position + len(word)
        match = _NUMBER.match(text, position)
        if match is None:
            raise self.error(position)
        whole = match[1] is None and match[2] is None
        return (as_integer(match[0]) if whole else as_float(match[0])), match.end()

    def _list(self, position: int, depth: int) -> tuple[Json, int]:
        items: list[Json] = []
        position = self.skip(position + 1)
        if self._text[position : position + 1] == "]":
            return items, position + 1
        while True:
            self._duplicates.path.append(str(len(items)))
            value, position = self.value(position, depth + 1)
            self._duplicates.path.pop()
            items.append(value)
            position = self.skip(position)
            char = self._text[position : position + 1]
            if char == "]":
                return items, position + 1
            if char != ",":
                raise self.error(position)
            position = self.skip(position + 1)

    def _object(self, position: int, depth: int) -> tuple[Json, int]:
        entries: dict[str, Json] = {}
        position = self.skip(position + 1)
        if self._text[position : position + 1] == "}":
            return entries, position + 1
        while True:
            key_position = position
            if self._text[position : position + 1] != '"':
                raise self.error(position)
            key, position = self._string(position)
            position = self.skip(position)
            if self._text[position : position + 1] != ":":
                raise self.error(position)
            self._duplicates.path.append(key)
            if key in entries and self._duplicates.wanted:
                self._duplicates.add(self._line(key_position))
            value, position = self.value(self.skip(position + 1), depth + 1)
            self._duplicates.path.pop()
            entries[key] = value
            position = self.skip(position)
            char = self._text[position : position + 1]
            if char == "}":
                return entries, position + 1
            if char != ",":
                raise self.error(position)
            position = self.skip(position + 1)

    def _string(self, position: int) -> tuple[str, int]:
        chunks = []
        position += 1
        while True:
            match = _TEXT.match(self._text, position)
            if match is not None:
                chunks.append(match[0])
                position = match.end()
            char = self._text[position : position + 1]
            if char == '"':
                return "".join(chunks), position + 1
            escape = _ESCAPE.match(self._text, position + 1) if char == "\\" else None
            if escape is None:
                raise self.error(position)
            code = int(escape[1], 16) if escape[1] else ord(_SIMPLE[escape[0]])
            start, position = position, escape.end()
            if 0xD800 <= code < 0xDC00 and (low := _LOW_SURROGATE.match(self._text, position)):
                code = 0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00
                position = low.end()
            if 0xD800 <= code < 0xE000:
                raise self.error(start)
            chunks.append(chr(code))
