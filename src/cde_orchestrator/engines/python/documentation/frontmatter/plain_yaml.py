"""The YAML that nearly all front matter is: keys with a value on the same line, and lists of such values.

Reading it line by line is several times as fast as scanning tokens. What is not plainly of this kind is left to the
full parser: the result is the same wherever there is one, which the tests compare.
"""

from __future__ import annotations

import re

from .....domain.documents import Json
from .core_schema import resolve
from .values import Duplicates

__all__ = ["parse_plain_yaml"]

# Printable characters (YAML 1.2.2, section 5.1) without those that need a second look: tab, U+0085 and U+FEFF.
_CHARS = " -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_COMMENT = re.compile(f"#[{_CHARS}]*")
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_.\-]{0,127}):(?: +(.+))?")
_ITEM = re.compile("( *)- (.+)")
# No colon before a space or at the end, no hash after a space.
_PLAIN = re.compile(f"(?=[A-Za-z0-9_/.(<+$~])(?!.*(?::(?: |$)| #))[{_CHARS}]+")
_DOUBLE_QUOTED = re.compile(rf'"((?:(?!["\\])[{_CHARS}])*)"')
_SINGLE_QUOTED = re.compile(f"'((?:(?!')[{_CHARS}])*)'")
_IN_BRACKETS = re.compile(
    rf"{_DOUBLE_QUOTED.pattern}|{_SINGLE_QUOTED.pattern}|([A-Za-z0-9_](?:[A-Za-z0-9_./ +-]*[A-Za-z0-9_./+-])?)"
)
_SPACES = re.compile(" *")


def parse_plain_yaml(content: str, duplicates: Duplicates) -> dict[str, Json] | None:
    """The mapping that ``content`` is, or ``None`` where it is none or is not plainly of this kind. Linear."""
    entries: dict[str, Json] = {}
    repeated: list[tuple[str, int]] = []
    key = ""
    # The list that a key without a value may have below it, and its indentation.
    items: list[Json] | None = None
    indent = 0
    try:
        for number, raw in enumerate(content.replace("\r\n", "\n").split("\n")):
            line = raw.rstrip(" ")
            if not line:
                continue
            match = _KEY.fullmatch(line)
            if match is not None:
                key, text = match.groups()
                if key in entries:
                    repeated.append((key, number))
                items = [] if text is None else None
                entries[key] = None if text is None else _value(text)
            elif line[0] != "#":
                match = _ITEM.fullmatch(line)
                if match is None or items is None or (items and len(match[1]) != indent):
                    return None
                indent = len(match[1])
                items.append(_scalar(match[2]))
                entries[key] = items
            elif not _COMMENT.fullmatch(line):
                return None
    except _NotPlainError:
        return None
    for repeated_key, number in repeated:
        if duplicates.wanted:
            duplicates.path[:] = [repeated_key]
            duplicates.add(number)
    return entries or None


class _NotPlainError(Exception):
    """The full parser has to read it."""


def _value(text: str) -> Json:
    if text[0] != "[":
        return _scalar(text)
    items: list[Json] = []
    position = _after_spaces(text, 1)
    if text[position:] == "]":
        return items
    while True:
        match = _IN_BRACKETS.match(text, position)
        if match is None:
            raise _NotPlainError
        plain = match[3]
        items.append(resolve(plain) if plain is not None else match[match.lastindex or 0])
        position = _after_spaces(text, match.end())
        if text[position:] == "]":
            return items
        if text[position : position + 1] != ",":
            raise _NotPlainError
        position = _after_spaces(text, position + 1)


def _after_spaces(text: str, position: int) -> int:
    match = _SPACES.match(text, position)
    return match.end() if match else position


def _scalar(text: str) -> Json:
    quote = text[0]
    if quote not in "\"'":
        if _PLAIN.fullmatch(text) is None:
            raise _NotPlainError
        return resolve(text)
    match = (_DOUBLE_QUOTED if quote == '"' else _SINGLE_QUOTED).fullmatch(text)
    if match is None:
        raise _NotPlainError
    return match[1]
