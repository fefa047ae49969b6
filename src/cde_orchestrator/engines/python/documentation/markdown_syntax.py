"""The lexical pieces that both phases of the Markdown parser need: escapes, labels, destinations, titles.

Sections name the CommonMark specification, version 0.31.2. Where the specification leaves a choice, or the Rust core's
parser takes another one, the comment says which one both engines take.
"""

from __future__ import annotations

import re
from functools import cache
from html.entities import html5
from typing import Final

from .markdown_unicode import NEWER_FOLDS, NEWER_FULL_FOLDS, PUNCTUATION

__all__ = [
    "ESCAPABLE",
    "WHITESPACE",
    "fold_label",
    "is_punctuation",
    "is_space",
    "resolve_entity",
    "scan_destination",
    "scan_label",
    "scan_title",
    "split_fragment",
    "tidy_title",
    "unescape",
    "unescape_entities",
]

# ASCII punctuation (2.4): exactly these can be escaped by a backslash.
ESCAPABLE: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ESCAPE: Final = r"""\\[!-/:-@\[-`{-~]"""
# Whitespace within a line, as the parser of the Rust core takes it: vertical tab and form feed count.
WHITESPACE: Final = " \t\x0b\x0c"

_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([0-9A-Za-z]+));")
_UNESCAPE = re.compile(rf"{_ESCAPE}|&(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[0-9A-Za-z]+);")
_LABEL = re.compile(rf"((?:[^\[\]\\]|{_ESCAPE}|\\)*+)\]")
_POINTY = re.compile(rf"<((?:[^\n<>\\]|{_ESCAPE}|\\)*+)>")
_BARE_STOP = re.compile(rf"[\x00-\x20()]|{_ESCAPE}")
_TITLES = {
    '"': re.compile(rf'"((?:[^"\\]|{_ESCAPE}|\\)*+)"'),
    "'": re.compile(rf"'((?:[^'\\]|{_ESCAPE}|\\)*+)'"),
    "(": re.compile(rf"\(((?:[^()\\]|{_ESCAPE}|\\)*+)\)"),
}
_LABEL_SPACE = re.compile(r"[\t-\r ]+")
_TITLE_BREAK = re.compile(r"[ \t\r\x0b\x0c]*\n[ \t\r\x0b\x0c]*")
_MAX_PARENTHESES = 32
_MAX_LABEL_COST = 1000
# The property White_Space of the Unicode standard; `str.isspace` also takes U+001C to U+001F.
_SPACES = frozenset(
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def is_space(character: str) -> bool:
    """Whether ``character`` is Unicode whitespace."""
    return character in _SPACES


@cache
def _punctuation() -> frozenset[str]:
    found: set[str] = set()
    for entry in PUNCTUATION.split():
        first, _, last = entry.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


@cache
def _newer_folds() -> dict[int, int | str]:
    folds: dict[int, int | str] = dict(NEWER_FULL_FOLDS)
    for entry in NEWER_FOLDS.split():
        codes, _, delta = entry.partition("/")
        first, _, last = codes.partition("-")
        for code in range(int(first, 16), int(last, 16) + 1):
            folds[code] = code + int(delta)
    return folds


def is_punctuation(character: str) -> bool:
    """Whether ``character`` is punctuation or a symbol (2.1, "Unicode punctuation character")."""
    return character in ESCAPABLE or (character > "\x7f" and character in _punctuation())


def resolve_entity(text: str, start: int) -> tuple[str, int] | None:
    """The characters of the entity or numeric reference at ``start`` and where it ends (2.5)."""
    match = _ENTITY.match(text, start)
    if match is None:
        return None
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        value = html5.get(name + ";")
        return None if value is None else (value, match.end())
    code = int(decimal) if decimal is not None else int(hexadecimal, 16)
    valid = 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF
    return (chr(code) if valid else "\ufffd"), match.end()


def _unescape_match(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == "\\":
        return found[1]
    entity = resolve_entity(found, 0)
    return found if entity is None else entity[0]


def unescape(text: str) -> str:
    """``text`` with backslash escapes and entities resolved."""
    if "\\" not in text and "&" not in text:
        return text
    return _UNESCAPE.sub(_unescape_match, text)


def unescape_entities(text: str) -> str:
    """``text`` with entities resolved; a backslash stands for itself, as in HTML."""
    if "&" not in text:
        return text
    return _ENTITY.sub(_unescape_match, text)


def fold_label(label: str) -> str:
    """The form under which labels match (4.7): whitespace collapsed and trimmed, Unicode case fold."""
    label = _LABEL_SPACE.sub(" ", label).strip(" ")
    if not label.isascii():
        label = label.translate(_newer_folds())
    return label.casefold()


def scan_label(text: str, start: int) -> tuple[str, int] | None:
    """The raw label whose opening bracket is before ``start``, and the place after its closing bracket.

    The specification allows 999 characters; both engines count escapes, whitespace and non-ASCII bytes only.
    """
    match = _LABEL.match(text, start)
    if match is None:
        return None
    label = match[1]
    if not label.strip("\t\n\x0b\x0c\r "):
        return None
    if len(label) * 4 >= _MAX_LABEL_COST and _label_cost(label) >= _MAX_LABEL_COST:
        return None
    return label, match.end()


def _label_cost(label: str) -> int:
    escapes = len(re.findall(_ESCAPE, label))
    return (
        2 * escapes
        + sum(1 for c in label if c in "\t\n\x0b\x0c\r ")
        + len(label.encode())
        - sum(map(str.isascii, label))
    )


def scan_destination(text: str, start: int) -> tuple[str, int] | None:
    """The raw link destination at ``start``, possibly empty, and where it ends (6.3)."""
    if text.startswith("<", start):
        match = _POINTY.match(text, start)
        return None if match is None else (match[1], match.end())
    nesting = 0
    place = start
    while True:
        found = _BARE_STOP.search(text, place)
        if found is None:
            end = len(text)
            break
        place = found.end()
        character = found[0]
        if character == "(":
            if nesting > _MAX_PARENTHESES:
                return None
            nesting += 1
        elif character == ")":
            if nesting == 0:
                end = found.start()
                break
            nesting -= 1
        elif character[0] != "\\":
            end = found.start()
            break
    return None if nesting else (text[start:end], end)


def scan_title(text: str, start: int) -> tuple[str, int] | None:
    """The raw link title at ``start`` and where it ends (6.3)."""
    pattern = _TITLES.get(text[start : start + 1])
    match = None if pattern is None else pattern.match(text, start)
    return None if match is None else (match[1], match.end())


def tidy_title(raw: str) -> str | None:
    """A title as records show it: escapes resolved, whitespace around line breaks dropped, ``None`` when empty."""
    title = unescape(raw)
    if "\n" in title or "\r" in title:
        title = _TITLE_BREAK.sub("\n", title.replace("\r\n", "\n").replace("\r", "\n"))
    return title or None


def split_fragment(destination: str) -> tuple[str, str | None]:
    """Target and fragment of a destination, split at the first ``#``."""
    target, mark, fragment = destination.partition("#")
    return target, fragment if mark else None
