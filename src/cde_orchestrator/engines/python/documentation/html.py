"""The little of HTML that documentation needs: where tags and comments are, their links, anchors and directives.

The same scanner as the Rust core's ``html`` module, on text that the Markdown parser has already found to be HTML. It
reads tags by the inline grammar of CommonMark (6.6) and passes over whatever is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .markdown_syntax import unescape_entities

__all__ = ["HTML_LINE", "INLINE_HTML_TAG", "HtmlComment", "HtmlTag", "parse_directive", "read_directive", "scan_html"]

_SPACE: Final = "[\\t\\n\\x0b\\x0c\\r ]"
_ATTRIBUTE: Final = rf"[A-Za-z_:][A-Za-z0-9_.:-]*+(?:{_SPACE}*+={_SPACE}*+(?:\"[^\"]*+\"|'[^']*+'|[^'\" =<>`\n\r]++))?+"
_OPEN: Final = rf"<[A-Za-z][A-Za-z0-9-]*+(?:{_SPACE}++{_ATTRIBUTE})*+{_SPACE}*+/?>"
_CLOSE: Final = r"</[A-Za-z][A-Za-z0-9-]*+[ \t\x0b\x0c]*+>"

INLINE_HTML_TAG: Final = re.compile(rf"{_OPEN}|{_CLOSE}")
HTML_LINE: Final = re.compile(rf"(?:{_OPEN}|{_CLOSE})[ \t\x0b\x0c]*\Z")

# Comments, processing instructions, CDATA sections and declarations, by what they begin with, and what ends them.
_MARKED = re.compile(r"<(?:!--|\?|!\[CDATA\[|![A-Za-z])")
_CLOSERS: Final = {"!-": "-->", "?": "?>", "![": "]]>", "!": ">"}
_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
_PAIR = re.compile(
    rf"{_SPACE}+([A-Za-z_:][A-Za-z0-9_.:-]*+)"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"([^\"]*+)\"|'([^']*+)'|([^'\" =<>`\n\r]++)))?+"
)
_VALUE_BREAK = re.compile(r"[ \t]*\r?\n[ \t]*")
_DIRECTIVE = re.compile(r"[\t\n\x0b\x0c\r ]*cde-([a-z][a-z0-9-]*)((?:[\t\n\x0b\x0c\r ].*)?)\Z", re.DOTALL)
_BLANKS = re.compile(r"[\t\n\x0b\x0c\r ]+")
_WANTED: Final = frozenset({"href", "src", "alt", "id", "name", "title"})


@dataclass(frozen=True, slots=True)
class HtmlTag:
    """An opening tag: its lower-case name, where it is in the text, and those attributes that matter here.

    The first of several attributes of one name wins; an attribute without a value is the empty text. A line break in a
    value becomes one space.
    """

    name: str
    start: int
    end: int
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class HtmlComment:
    """A comment and where it is in the text."""

    start: int
    end: int
    text: str


def _attributes(tag: str, start: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _PAIR.finditer(tag, start):
        name = match[1].lower()
        if name in _WANTED and name not in found:
            value = match[2] or match[3] or match[4] or ""
            found[name] = unescape_entities(_VALUE_BREAK.sub(" ", value))
    return found


def scan_html(text: str) -> Iterator[HtmlTag | HtmlComment]:
    """The opening tags and comments of ``text`` in order. O(length).

    Processing instructions, CDATA sections and declarations are passed over; what is not closed ends the scan.
    """
    place = text.find("<")
    while place >= 0:
        passed = _MARKED.match(text, place)
        if passed is not None:
            closer = _CLOSERS[passed[0][1:3] if passed[0][1] == "!" and passed[0][2] in "-[" else passed[0][1]]
            # The marks of an empty comment share their hyphens.
            close = text.find(closer, place + 2)
            if close < 0:
                return
            end = close + len(closer)
            if closer == "-->":
                yield HtmlComment(place, end, text[place:end])
            place = text.find("<", end)
            continue
        match = INLINE_HTML_TAG.match(text, place)
        if match is None:
            place = text.find("<", place + 1)
            continue
        name = _NAME.match(text, place)
        if name is not None:
            yield HtmlTag(name[1].lower(), place, match.end(), _attributes(match[0], name.end() - place))
        place = text.find("<", match.end())


def parse_directive(comment: str) -> tuple[str, str] | None:
    """Name and arguments of ``<!-- cde-NAME ARGUMENTS -->``; whitespace in the arguments is collapsed."""
    if not comment.startswith("<!--") or not comment.endswith("-->"):
        return None
    return read_directive(comment[len("<!--") : -len("-->")])


def read_directive(content: str) -> tuple[str, str] | None:
    """Name and arguments of a comment's content ``cde-NAME ARGUMENTS``; whitespace in the arguments is collapsed."""
    match = _DIRECTIVE.match(content)
    return None if match is None else (match[1], _BLANKS.sub(" ", match[2]).strip(" "))
