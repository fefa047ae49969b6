"""What a line begins with. Each function looks at one line and at nothing else."""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "SPACE",
    "WIDE",
    "bullet",
    "enumerator",
    "field_name",
    "is_adornment",
    "is_doctest",
    "is_explicit",
    "is_word",
    "line_block",
    "same_enumeration",
    "simple_name",
]

# Whitespace and punctuation beyond ASCII, as far as they stand beside words.
SPACE: Final = "\t-\r \x85\xa0\u2000-\u200a\u2028\u2029\u3000"
WIDE = (
    "\xa1\xa7\xab\xb6\xb7\xbb\xbf\u2010-\u2027\u2030-\u205e"
    "\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20"
)
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_EXPLICIT = re.compile(r"\.\.(?:[ \t]|\Z)")
_BULLET = re.compile(r"[-+*•‣⁃](?:[ \t\x0b\x0c]+|\Z)")
_NUMBER = re.compile(r"(\(?)(#|[0-9]{1,9}|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}|[A-Za-z])([.)])")
_AFTER = re.compile(r"[ \t\x0b\x0c]+|\Z")
_FIELD_COLON = re.compile(r"\\.|\\\Z|:(`)?", re.DOTALL)
_LINE_BLOCK = re.compile(r"\|(?:[ \t\x0b\x0c]+|\Z)")
_DOCTEST = re.compile(r">>>(?:[ \t\x0b\x0c]|\Z)")
# Letters and digits, and what may be one.
_WORD = re.compile(f"[^\\x00-/:-@\\[-`{{-\\x7f{SPACE}{WIDE}]+")


def is_adornment(line: str) -> bool:
    """Whether the line is one ASCII punctuation mark over and over."""
    return line[:1] in _PUNCTUATION and line == line[0] * len(line)


def is_explicit(line: str) -> bool:
    """Whether the line begins explicit markup."""
    return _EXPLICIT.match(line) is not None


def bullet(line: str) -> int | None:
    """The length of a bullet with the whitespace after it."""
    found = _BULLET.match(line)
    return None if found is None else found.end()


def _enumeration(line: str) -> tuple[str, int] | None:
    """The form of ``(x)``, ``x)`` or ``x.`` that a line begins with, and its length."""
    found = _NUMBER.match(line)
    if found is None or (found[1] and found[3] == "."):
        return None
    return found[1] or found[3], found.end()


def enumerator(line: str) -> int | None:
    """The length of an item's number with the whitespace after it."""
    found = _enumeration(line)
    if found is None:
        return None
    after = _AFTER.match(line, found[1])
    return None if after is None else after.end()


def same_enumeration(line: str, following: str) -> bool:
    """Whether ``following`` begins with a number in the same form as ``line``."""
    one, other = _enumeration(line), _enumeration(following)
    return one is not None and other is not None and one[0] == other[0] and enumerator(following) is not None


def field_name(line: str) -> int | None:
    """The length of a field's name with its colons and the whitespace after it."""
    if line[:1] != ":" or line[1:2] in {"", ":", " "}:
        return None
    for found in _FIELD_COLON.finditer(line, 1):
        if found[0][0] == "\\":
            continue
        if found[1]:
            return None
        after = _AFTER.match(line, found.end())
        if after is not None and line[found.start() - 1] != " ":
            return after.end()
    return None


def line_block(line: str) -> int | None:
    """The length of the bar of a line block with the whitespace after it."""
    found = _LINE_BLOCK.match(line)
    return None if found is None else found.end()


def is_doctest(line: str) -> bool:
    """Whether the line begins a session of Python's interpreter."""
    return _DOCTEST.match(line) is not None


def is_word(one: str) -> bool:
    """Whether ``one`` is a letter or a digit, or may be one."""
    return _WORD.match(one) is not None


def simple_name(text: str, start: int = 0) -> int:
    """Where the simple name ends that begins at ``start``: letters and digits, joined by single ``-``, ``.``, ``_``,
    ``+``, ``:``."""
    place = start
    found = _WORD.match(text, place)
    while found is not None:
        place = found.end()
        found = _WORD.match(text, place + 1) if text[place : place + 1] in {"-", ".", "_", "+", ":"} else None
    return place
