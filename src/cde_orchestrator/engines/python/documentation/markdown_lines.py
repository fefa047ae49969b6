"""Reading the start of a line: indentation in columns, container markers, and what kind of block begins there.

A tab stands for the spaces up to the next multiple of four columns (CommonMark 2.2). A cursor that has used only part
of a tab remembers how many of its columns are left.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["BLANK", "FENCE", "HEADING", "SETEXT", "Cursor", "html_block_end", "is_rule", "list_marker", "table_columns"]

BLANK: Final = re.compile(r"[ \t\x0b\x0c]*\Z")
HEADING: Final = re.compile(r"(#{1,6})(?=[\t-\r ]|\Z)")
SETEXT: Final = re.compile(r"(=+|-+)[ \t\x0b\x0c]*\Z")
FENCE: Final = re.compile(r"(`{3,})([^`]*)\Z|(~{3,})(.*)\Z", re.DOTALL)
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_LIST_MARKER = re.compile(r"([-+*])|([0-9]{1,9})([.)])")
_PIPE = re.compile(r"(?<!\\)\|")

_HTML_START = re.compile(
    r"<(?:(pre|style|script|textarea)(?=[\t-\r >]|\Z)|(!--)|(\?)|((?-i:!\[CDATA\[))|(![a-z]))", re.IGNORECASE
)
_HTML_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    "track|ul"
)
_HTML_BLOCK = re.compile(rf"</?(?:{_HTML_NAMES})(?=[ \t\r\n>]|/>|\Z)", re.IGNORECASE)


class Cursor:
    """A place in a line, ``ix``, and how many columns of a partly used tab before it are left, ``rest``."""

    __slots__ = ("_tab", "ix", "rest", "text")

    def __init__(self, text: str, ix: int = 0) -> None:
        self.text = text
        self.ix = ix
        self.rest = 0
        self._tab = ix

    def save(self) -> tuple[int, int, int]:
        """What :meth:`restore` needs to come back here."""
        return self.ix, self._tab, self.rest

    def restore(self, saved: tuple[int, int, int]) -> None:
        """Goes back to where :meth:`save` was called."""
        self.ix, self._tab, self.rest = saved

    def skip_columns(self, limit: int) -> int:
        """Skips up to ``limit`` columns of spaces and tabs, and returns how many."""
        wanted = limit
        if self.rest:
            taken = min(self.rest, wanted)
            self.rest -= taken
            wanted -= taken
        text = self.text
        length = len(text)
        while wanted > 0 and self.ix < length:
            character = text[self.ix]
            if character == " ":
                self.ix += 1
                wanted -= 1
            elif character == "\t":
                width = 4 - (self.ix - self._tab) % 4
                self.ix += 1
                self._tab = self.ix
                taken = min(width, wanted)
                wanted -= taken
                self.rest = width - taken
            else:
                break
        return limit - wanted

    def skip_all(self) -> None:
        """Skips all spaces and tabs."""
        self.rest = 0
        text = self.text
        while self.ix < len(text) and text[self.ix] in " \t":
            self.ix += 1

    @property
    def at_end(self) -> bool:
        """Whether nothing is left of the line."""
        return self.ix >= len(self.text)

    @property
    def blank(self) -> bool:
        """Whether only whitespace is left of the line."""
        return BLANK.match(self.text, self.ix) is not None

    def skip_quote_marker(self) -> bool:
        """Skips ``>`` and one column after it."""
        if not self.text.startswith(">", self.ix):
            return False
        self.ix += 1
        self.skip_columns(1)
        return True

    def skip_list_marker(self, indent: int) -> tuple[str, int] | None:
        """Skips a list marker that stands ``indent`` columns in.

        Returns the character that tells lists apart and the indentation of the item's content (5.2).
        """
        match = _LIST_MARKER.match(self.text, self.ix)
        if match is None or (match[1] is not None and is_rule(self.text, self.ix)):
            return None
        saved = self.save()
        self.ix = match.end()
        if self.skip_columns(1) != 1 and not self.at_end:
            self.restore(saved)
            return None
        indent += len(match[0]) + 1
        if not self.blank:
            saved = self.save()
            further = self.skip_columns(4)
            if further < 4:
                indent += further
            else:
                self.restore(saved)
        return match[1] or match[3], indent

    def skip_task_marker(self) -> tuple[bool, int] | None:
        """Skips ``[ ]`` or ``[x]`` before whitespace, and returns whether it is done and where it begins (GFM 5.3)."""
        saved = self.save()
        self.skip_columns(3)
        start = self.ix
        text = self.text
        mark = text[start + 1 : start + 2]
        marked = (
            text.startswith("[", start) and mark != "" and mark in " \t\x0b\x0cxX" and text.startswith("]", start + 2)
        )
        after = text[start + 3 : start + 4]
        if not marked or (after != "" and after not in "\t\n\x0b\x0c\r "):
            self.restore(saved)
            return None
        self.ix = start + 3
        return mark in "xX", start


def is_rule(text: str, ix: int) -> bool:
    """Whether a thematic break is at ``ix`` (4.1)."""
    return text[ix : ix + 1] in ("*", "-", "_") and _RULE.match(text, ix) is not None


def list_marker(text: str, ix: int) -> tuple[bool, bool] | None:
    """For a list marker at ``ix``: whether it may interrupt a paragraph by its kind or number, and its item's content.

    ``None`` where there is no marker. The second value tells whether the item begins with content on this line.
    """
    match = _LIST_MARKER.match(text, ix)
    if match is None or text[match.end() : match.end() + 1] not in ("", " ", "\t"):
        return None
    first = match[1] is not None or int(match[2]) == 1
    return first, BLANK.match(text, match.end()) is None


def html_block_end(text: str, ix: int) -> str | None:
    """What ends the HTML block that begins with ``<`` at ``ix``: a piece of text, or ``""`` for a blank line (4.6).

    ``None`` where no block of the kinds 1 to 6 begins. Both engines look for the closing tag of the opened element, in
    lower case.
    """
    match = _HTML_START.match(text, ix)
    if match is not None:
        if match[1] is not None:
            return f"</{match[1].lower()}>"
        return "-->" if match[2] else "?>" if match[3] else "]]>" if match[4] else ">"
    return "" if _HTML_BLOCK.match(text, ix) else None


def table_columns(header: str, ix: int) -> int:
    """How many cells the would-be header row at ``ix`` has; 0 where it has no pipe."""
    pipes = [match.start() for match in _PIPE.finditer(header, ix)]
    if not pipes:
        return 0
    count = len(pipes)
    if header[ix:].lstrip(" \t\x0b\x0c").startswith("|"):
        count -= 1
    return count if BLANK.match(header, pipes[-1] + 1) else count + 1
