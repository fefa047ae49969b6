"""What a line begins with. Each function looks at one line and at nothing else."""

from __future__ import annotations

import re
from typing import Literal

from ..lines import BLANKS

__all__ = ["Delimited", "block_macro", "delimiter", "entry", "is_attributes", "item", "term", "title", "underline"]

# Code as it stands; nothing that is shown as text; a comment; other blocks; a table.
Delimited = Literal["code", "opaque", "comment", "container", "table"]

_RUN = re.compile(r"([-.+/=*_])\1{3,}\Z")
_FENCE = re.compile(r"```[^` \t]*\Z")
_TABLE = re.compile(r"[|,:!]={3,}\Z")
_TITLE = re.compile(r"(={1,6}|#{1,6})[ \t]")
_ITEM = re.compile(
    r"(?:(\*{1,5}|-)|\.{1,5}|[0-9]{1,9}\.|[A-Za-z][.)]|<(?:\.|[0-9]{1,9})>)[ \t\x0b\x0c]+(?=[^ \t\x0b\x0c])"
)
_COLONS = re.compile(r":{2,}")
_AFTER_TERM = re.compile(r"[ \t][ \t\x0b\x0c]*|\Z")
_MACRO = re.compile(r"([0-9A-Za-z_-]+)::(?![ \t:])([^\[]*)\[(.*)\]\Z", re.DOTALL)
_ENTRY = re.compile(r":(!*[0-9A-Za-z_][0-9A-Za-z_-]*!*):(?=[ \t]|\Z)")
_ATTRIBUTES = re.compile(r"[0-9A-Za-z_#.%,\"']")
_UNDERLINES = "=-~^+"


def delimiter(line: str) -> Delimited | None:
    """What the delimiter on a line opens."""
    if line == "--":
        return "container"
    run = _RUN.match(line)
    if run is not None:
        if run[1] in "-.":
            return "code"
        return "opaque" if run[1] == "+" else "comment" if run[1] == "/" else "container"
    if _FENCE.match(line):
        return "code"
    return "table" if _TABLE.match(line) else None


def title(line: str) -> tuple[int, str] | None:
    """Level and text of a title in one line."""
    found = _TITLE.match(line)
    if found is None:
        return None
    marks = found[1]
    text = line[len(marks) :].lstrip(BLANKS)
    # The same marks may close the title.
    closed = text.removesuffix(marks)
    if closed != text and closed.endswith((" ", "\t")):
        text = closed.rstrip(BLANKS)
    return (len(marks), text) if text else None


def underline(text: str, line: str) -> int | None:
    """The level that a line underlines its title with, if it fits its length."""
    level = _UNDERLINES.find(line[0]) if line else -1
    if level < 0 or len(line) < 2 or line != line[0] * len(line) or abs(len(text) - len(line)) > 1:
        return None
    return level + 1 if any(not one.isascii() or one.isalnum() for one in text) else None


def item(line: str) -> tuple[int, bool] | None:
    """The length of an item's marker with the whitespace after it, and whether the item may be a task."""
    found = _ITEM.match(line)
    return None if found is None else (found.end(), found[1] is not None)


def term(line: str) -> tuple[int, int] | None:
    """Where the term ends and the description begins of a line ``term:: description``."""
    for found in _COLONS.finditer(line, 1):
        after = _AFTER_TERM.match(line, found.end())
        if len(found[0]) <= 4 and after is not None:
            return found.start(), after.end()
    return None


def block_macro(line: str) -> tuple[str, str, str] | None:
    """Name, target and attributes of a block macro ``name::target[attributes]``."""
    found = _MACRO.match(line)
    return None if found is None else (found[1], found[2], found[3])


def entry(line: str) -> tuple[str, str] | None:
    """Name and value of an attribute entry ``:name: value``."""
    found = _ENTRY.match(line)
    return None if found is None else (found[1], line[found.end() :].strip(BLANKS))


def is_attributes(line: str) -> bool:
    """Whether a line is a list of attributes in brackets."""
    if len(line) < 2 or not line.startswith("[") or not line.endswith("]"):
        return False
    inner = line[1:-1]
    return not inner or (inner[0] == "[" and inner[-1] == "]") or _ATTRIBUTES.match(inner) is not None
