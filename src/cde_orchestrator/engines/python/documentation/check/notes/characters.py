"""Characters that nobody sees: they break search and copied commands, or hide text from a reviewer.

Controls of the bidirectional algorithm make code read otherwise than it runs (Boucher and Anderson, "Trojan Source",
2021); tag characters and the supplement of variation selectors carry text that only machines read.
"""

from __future__ import annotations

import re
from typing import Literal

from ..report import Remark
from .page import Page

__all__ = ["note_characters"]

Kind = Literal["control", "joiner", "mark", "bidirectional", "tag", "selector", "invisible"]

_SEEN_BY_NOBODY = re.compile(
    "(?P<control>[\x00-\x08\x0b\x0e-\x1f\x7f])|(?P<joiner>[\u200b-\u200d\u2060])|(?P<mark>[\u200e\u200f])"
    "|(?P<bidirectional>[\u202a-\u202e\u2066-\u2069])|(?P<tag>[\U000e0000-\U000e007f])"
    "|(?P<selector>[\U000e0100-\U000e01ef])|(?P<invisible>[\u2061-\u2064\ufeff])"
)
# Letters of scripts that use joiners and have no spaces, and emoji; everything from Arabic on but punctuation.
_JOINED = re.compile("[\u0600-\u1fff\u2070-\ufefe\uff00-\U0010ffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FLAG = re.compile("\U0001f3f4[\U000e0000-\U000e007f]{0,15}\\Z")
_LONGEST_FLAG = 16
_REACH = 2000
_NAMES = {
    "\u200b": " (zero width space)",
    "\u200c": " (zero width non-joiner)",
    "\u200d": " (zero width joiner)",
    "\u200e": " (left-to-right mark)",
    "\u200f": " (right-to-left mark)",
    "\u2060": " (word joiner)",
    "\ufeff": " (byte order mark)",
}
_KINDS: dict[str, str] = {
    "control": " (control character)",
    "bidirectional": " (changes the direction of text)",
    "tag": " (tag character)",
    "selector": " (variation selector)",
}


def note_characters(page: Page, remarks: list[Remark]) -> None:
    """Notes the first such character of each line and kind."""
    found: dict[tuple[int, str], tuple[int, str, int]] = {}
    right_to_left: bool | None = None
    for match in _SEEN_BY_NOBODY.finditer(page.text):
        kind = match.lastgroup or ""
        if kind == "mark":
            if right_to_left is None:
                right_to_left = _RIGHT_TO_LEFT.search(page.text) is not None
            is_meant = right_to_left
        else:
            is_meant = _is_meant(page.text, match.start(), kind)
        if is_meant:
            continue
        line, column = page.place(match.start())
        if kind == "control" and page.is_front_matter(line):
            continue
        first = found.get((line, kind))
        found[line, kind] = (column, match[0], 0) if first is None else (first[0], first[1], first[2] + 1)
    for (line, kind), (column, character, more) in found.items():
        remarks.append(_remark(line, column, kind, character, more))


def _is_meant(text: str, position: int, kind: str) -> bool:
    if kind == "joiner":
        around = text[max(position - 1, 0) : position] + text[position + 1 : position + 2]
        return _JOINED.search(around) is not None
    if kind == "bidirectional":
        return _RIGHT_TO_LEFT.search(_line_around(text, position)) is not None
    if kind == "tag":
        return _FLAG.search(text[max(position - _LONGEST_FLAG, 0) : position]) is not None
    return kind == "selector" and _IDEOGRAPH.match(text, position - 1) is not None if position else False


def _line_around(text: str, position: int) -> str:
    """The line that holds ``position``, up to a bound on each side."""
    before = re.split(r"[\r\n]", text[max(position - _REACH, 0) : position])[-1]
    return before + re.split(r"[\r\n]", text[position : position + _REACH])[0]


def _remark(line: int, column: int, kind: str, character: str, more: int) -> Remark:
    rule = "bidirectional-character" if kind == "bidirectional" else "invisible-character"
    code_point = f"U+{ord(character):04X}"
    name = _NAMES.get(character, _KINDS.get(kind, ""))
    others = f", and {more} more on this line" if more else ""
    severity: Literal["hint"] | None = "hint" if kind in {"joiner", "mark"} else None
    return Remark(rule, line, column, f"{code_point}{name}{others}", code_point, severity=severity)
