"""Lists of attributes in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lines import BLANKS

__all__ = ["Attributes", "first_text", "named", "parts"]

_NAME = re.compile(r"[0-9A-Za-z-]+\Z")
_QUOTES = "\"'"
_SHORTHAND = re.compile(r"[#.%]")


def parts(text: str) -> list[str]:
    """The parts between commas that stand in no double quotes."""
    if '"' not in text:
        return text.split(",")
    found = []
    start = 0
    quoted = False
    for place, one in enumerate(text):
        if one == '"':
            quoted = not quoted
        elif one == "," and not quoted:
            found.append(text[start:place])
            start = place + 1
    return [*found, text[start:]]


def _columns(value: str) -> int | None:
    """``1,2,a`` or ``3*``: how many columns that is."""
    count = 0
    for part in re.split("[,;]", value):
        digits, star, _ = part.strip(BLANKS).partition("*")
        count += int(digits) if star and len(digits) <= 3 and digits.isascii() and digits.isdigit() else 1
    return count if value else None


@dataclass(slots=True)
class Attributes:
    """What the lines in brackets above a block say of it. ``columns`` tells how many a table has."""

    id: str | None = None
    style: str = ""
    language: str | None = None
    columns: int | None = None
    header: bool = False

    def add(self, inner: str) -> None:
        """Adds those of a line without its brackets."""
        if len(inner) > 1 and inner.startswith("[") and inner.endswith("]"):
            self.id = inner[1:-1].partition(",")[0].strip(BLANKS) or self.id
            return
        position = 0
        for part in parts(inner):
            name, mark, value = part.strip(BLANKS).partition("=")
            if mark:
                self._named(name.strip(BLANKS), value.strip(BLANKS).strip(_QUOTES))
                continue
            position += 1
            if position == 1:
                self._shorthand(name)
            elif position == 2 and self.style in {"source", ""} and name:
                self.language = name
                self.style = "source"

    def _named(self, name: str, value: str) -> None:
        if name == "id" and value:
            self.id = value
        elif name == "cols":
            self.columns = _columns(value)
        elif name in {"options", "opts"}:
            self.header = self.header or "header" in value
        elif name == "language":
            self.language = value

    def _shorthand(self, text: str) -> None:
        """``style#id.role%option``."""
        self.style = _SHORTHAND.split(text, maxsplit=1)[0] or self.style
        _, mark, rest = text.partition("#")
        if mark:
            self.id = _SHORTHAND.split(rest, maxsplit=1)[0] or self.id
        options = text.split("%")[1:]
        self.header = self.header or any(re.split("[#.]", option, maxsplit=1)[0] == "header" for option in options)


def first_text(inner: str) -> str:
    """The text that a link's or image's attributes begin with."""
    text = (parts(inner)[0] if "=" in inner or '"' in inner else inner).strip(BLANKS)
    name, mark, _ = text.partition("=")
    return "" if mark and _NAME.match(name) else text.strip('"')


def named(inner: str, wanted: str) -> str | None:
    """The value of the attribute ``wanted``."""
    for part in parts(inner):
        name, mark, value = part.partition("=")
        if mark and name.strip(BLANKS) == wanted:
            return value.strip(BLANKS).strip(_QUOTES)
    return None
