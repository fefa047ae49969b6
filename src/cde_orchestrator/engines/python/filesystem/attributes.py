"""``linguist-vendored`` and ``linguist-generated`` from ``.gitattributes``. The twin of ``cde_filesystem::attributes``.

Lines are patterns, as in gitignore(5) but without negation, followed by attributes: ``name`` and ``name=value`` set
one, ``-name`` unsets it, ``!name`` takes back what weaker lines said. As in gitattributes(5), each attribute is settled
by the strongest line that names it: within a file the last, and a deeper file before one above. A macro (``[attr]``)
that is settled as set names its own attributes in its place. ``name=false`` counts as unset, as on code hosts.

>>> rules = parse_attributes(b"dist/** linguist-generated\\n*.min.js -linguist-generated\\n", {}, fold=False)
>>> [decide([(rules, name, b"dist/" + name)], {}) for name in (b"a.js", b"a.min.js")]
[{b'linguist-generated': True}, {b'linguist-generated': False}]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .ignore import Pattern, parse_pattern

__all__ = ["AttributeList", "Macros", "decide", "matters", "parse_attributes"]

_NAMES = (b"linguist-generated", b"linguist-vendored")
_BLANK = b" \t\r\n"
_MACRO = b"[attr]"
_MAX_LINE = 2048
_ESCAPES = {0x61: 7, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9, 0x76: 11}
_VALID_NAME = re.compile(rb"(?!-|builtin_)[-A-Za-z0-9_.]+")

# What a word says of an attribute: set, unset, unspecified, or a value.
Setting = bool | bytes | None
Words = tuple[tuple[bytes, Setting], ...]
Macros = dict[bytes, Words]


@dataclass(slots=True)
class AttributeList:
    """The lines of one file, in order."""

    lines: list[tuple[Pattern, Words]]


def _unquote(line: bytes) -> tuple[bytes, bytes] | None:
    """The text in C-style double quotes at the start of ``line``, and what follows."""
    text = bytearray()
    index = 1
    while index < len(line):
        byte = line[index]
        index += 1
        if byte == 0x22:
            return bytes(text), line[index:]
        if byte != 0x5C:
            text.append(byte)
            continue
        octal = line[index : index + 3]
        if len(octal) == 3 and octal[:1] in b"0123" and all(0x30 <= digit <= 0x37 for digit in octal):
            text.append(int(octal, 8))
            index += 3
        elif index < len(line) and (line[index] in _ESCAPES or line[index] in b'\\"'):
            text.append(_ESCAPES.get(line[index], line[index]))
            index += 1
        else:
            return None
    return None


def _words(text: bytes) -> Words | None:
    """The attributes of a line, or ``None`` if one has no valid name, which makes the line void."""
    found: list[tuple[bytes, Setting]] = []
    for word in re.split(rb"[ \t\r\n]+", text):
        if not word:
            continue
        name, equals, value = word.partition(b"=")
        setting: Setting = value if equals else True
        if name[:1] in (b"-", b"!"):
            setting = False if name[:1] == b"-" else None
            name = name[1:]
        if not _VALID_NAME.fullmatch(name):
            return None
        found.append((name, setting))
    return tuple(found)


def parse_attributes(content: bytes, macros: Macros, *, fold: bool, defines: bool = False) -> AttributeList:
    """The lines of a ``.gitattributes``.

    Where ``defines``, which git allows at the top of a repository, macros that are not known yet are added to
    ``macros``.
    """
    lines: list[tuple[Pattern, Words]] = []
    own: Macros = {}
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        line = raw.removesuffix(b"\r").partition(b"\0")[0]
        too_long = len(line) >= _MAX_LINE
        line = line.lstrip(_BLANK)
        if not line or line.startswith(b"#") or too_long:
            continue
        quoted = _unquote(line) if line.startswith(b'"') else None
        if quoted is None:
            cut = next((at for at, byte in enumerate(line) if byte in _BLANK), len(line))
            quoted = line[:cut], line[cut:]
        text, words = quoted[0], _words(quoted[1])
        if words is None:
            continue
        if text.startswith(_MACRO) and text != _MACRO:
            name = text[len(_MACRO) :]
            if defines and _VALID_NAME.fullmatch(name):
                own[name] = words
        elif words and not text.startswith(b"!"):
            lines.append((parse_pattern(text.partition(b"\0")[0], number, fold=fold), words))
    for name, words in own.items():
        macros.setdefault(name, words)
    return AttributeList(lines)


def matters(lists: Iterable[AttributeList], macros: Macros) -> bool:
    """Whether one of the two attributes is named at all; in most repositories none is."""
    every = [words for one in lists for _, words in one.lines] + list(macros.values())
    return any(name in _NAMES for words in every for name, _ in words)


def decide(files: Iterable[tuple[AttributeList, bytes, bytes]], macros: Macros) -> dict[bytes, bool]:
    """What is said of an entry.

    ``files`` holds each list, the strongest first, with the entry's name and its path from there. The answer has
    those of the two attributes that are settled as set or unset.
    """
    settled: dict[bytes, Setting] = {}
    for rules, name, path in files:
        for pattern, words in reversed(rules.lines):
            relevant = any(word in _NAMES or word in macros for word, _ in words)
            if relevant and not pattern.directory_only and pattern.matches(name, path):
                _settle(settled, words, macros)
    said: dict[bytes, bool] = {}
    for attribute in _NAMES:
        setting = settled.get(attribute)
        if setting is not None:
            said[attribute] = setting not in (False, b"false")
    return said


def _settle(settled: dict[bytes, Setting], words: Sequence[tuple[bytes, Setting]], macros: Macros) -> None:
    """Settles what is not settled yet; the last word is the strongest. Each name is settled once, so this ends."""
    pending = list(words)
    while pending:
        name, setting = pending.pop()
        if name in settled or not (name in _NAMES or name in macros):
            continue
        settled[name] = setting
        if setting is True and name in macros:
            pending.extend(macros[name])
