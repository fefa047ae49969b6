"""``conf.py``: assignments of literals at the start of a line, found without running or parsing Python."""

from __future__ import annotations

import re

from .told import Folder, Told

__all__ = ["told"]

# How many bytes a list may take.
_LONGEST = 4096
_TEXT = r"(?:'([^'\"\\\n]*)'|\"([^'\"\\\n]*)\")"
_SPACE = r"[ \t\r\n]*"
_LIST = re.compile(rf"{_SPACE}\[{_SPACE}(?:{_TEXT}{_SPACE}(?:,{_SPACE}{_TEXT}{_SPACE})*,?{_SPACE})?\]")
_ITEM = re.compile(_TEXT)


def told(text: str) -> Told:
    """What ``text`` tells."""
    return Told(served=[*_folders(text, "html_extra_path"), *_folders(text, "html_static_path")])


def _folders(text: str, key: str) -> list[Folder]:
    """The texts in the list that is last assigned to ``key``; none where it holds anything else."""
    found: list[Folder] = []
    for match in re.finditer(rf"^{key}[ \t]*=(?!=)", text, re.MULTILINE):
        # A list of more bytes than the limit is none, wherever the limit falls in a character.
        rest = text[match.end() : match.end() + _LONGEST]
        listed = _LIST.match(rest.encode()[:_LONGEST].decode("utf-8", "ignore"))
        found = []
        if listed is not None:
            found = [Folder(key, item[1] or item[2] or "") for item in _ITEM.finditer(listed[0])]
    return found
