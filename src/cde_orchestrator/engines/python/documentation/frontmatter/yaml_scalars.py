"""The four kinds of YAML scalars (YAML 1.2.2, chapters 7 and 8): each function reads one and tells where it ends.

The text ends with a line break and U+0000, and has no carriage return. All are linear in what they read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["BLANKS", "Scalar", "YamlDepthError", "YamlSyntaxError", "scan_block", "scan_plain", "scan_quoted"]

BLANKS = re.compile(r"[ \t]+")
_SPACES = re.compile(r" *")
# What belongs to a plain scalar up to the next blank: a colon only if a character follows that cannot end it.
_PLAIN_IN_BLOCK = re.compile(r"(?:[^ \t\n\0:]|:(?![ \t\n\0]))+")
_PLAIN_IN_FLOW = re.compile(r"(?:[^ \t\n\0:,\[\]{}]|:(?![ \t\n\0,\[\]{}]))+")
_IN_SINGLE_QUOTES = re.compile(r"(?:[^' \t\n\0]|'')+")
_IN_DOUBLE_QUOTES = re.compile(r"[^\"\\ \t\n\0]+")
_HEX = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})")
_LOW_SURROGATE = re.compile(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")
_BLOCK_HEADER = re.compile(r"[|>](?:([-+])([1-9])?|([1-9])([-+])?)?")
_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}


class YamlSyntaxError(Exception):
    """The text is not YAML."""


class YamlDepthError(YamlSyntaxError):
    """More collections are open than are kept track of."""


class Scalar(NamedTuple):
    """A scalar's value, and where what follows it begins.

    ``comment_line`` is the line of the comment that ended a plain scalar.
    """

    value: str
    end: int
    line: int
    line_start: int
    comment_line: int | None = None


def scan_plain(text: str, position: int, line: int, line_start: int, indent: int, *, in_flow: bool) -> Scalar:
    """A plain scalar. Its further lines have at least ``indent`` columns before them, in flow collections any."""
    run = _PLAIN_IN_FLOW if in_flow else _PLAIN_IN_BLOCK
    if in_flow and text[position] == "-" and text[position + 1] in ",[]{}":
        raise YamlSyntaxError("a value cannot begin with this character")
    chunks: list[str] = []
    gap = ""
    comment_line = None
    while True:
        match = run.match(text, position)
        if match is not None:
            chunks += (gap, match[0])
            position = match.end()
        if text[position] not in " \t\n":
            break
        start = position
        blanks = BLANKS.match(text, position)
        if blanks is not None:
            position = blanks.end()
        if text[position] != "\n":
            if text[position] == "#":
                comment_line = None if in_flow else line
                break
            gap = text[start:position]
            continue
        breaks = 0
        while True:
            char = text[position]
            if char == "\n":
                breaks += 1
                position += 1
                line += 1
                line_start = position
            elif char == " ":
                position += 1
            elif char == "\t":
                position = _skip_tab(text, position, indented=position - line_start >= indent)
            else:
                break
        gap = "\n" * (breaks - 1) or " "
        if text[position] == "#" or (not in_flow and position - line_start < indent):
            break
    if not chunks:
        raise YamlSyntaxError("a value cannot begin with this character")
    return Scalar("".join(chunks), position, line, line_start, comment_line)


def _skip_tab(text: str, position: int, *, indented: bool) -> int:
    """A tab before a continuation line; within the indentation only an empty line or a comment may follow it."""
    if indented:
        return position + 1
    match = BLANKS.match(text, position)
    position = match.end() if match else position
    if text[position] == "#":
        return text.index("\n", position)
    if text[position] not in "\n\0":
        raise YamlSyntaxError("a tab cannot indent")
    return position


def scan_quoted(text: str, position: int, line: int, line_start: int, quote: str) -> Scalar:
    """A scalar in single or double quotes; its further lines may have any indentation."""
    run = _IN_SINGLE_QUOTES if quote == "'" else _IN_DOUBLE_QUOTES
    chunks: list[str] = []
    position += 1
    while True:
        # Blanks at the beginning of a line, also after an escaped line break, are not content.
        at_line_start = False
        while True:
            match = run.match(text, position)
            if match is not None:
                position = match.end()
                chunks.append(match[0].replace("''", "'") if quote == "'" else match[0])
            elif text[position] != "\\" or quote == "'":
                break
            elif text[position + 1] == "\n":
                position += 2
                line += 1
                line_start = position
                at_line_start = True
                break
            else:
                char, position = _escaped(text, position + 1)
                chunks.append(char)
        char = text[position]
        if char == quote and not at_line_start:
            return Scalar("".join(chunks), position + 1, line, line_start)
        if char == "\0":
            raise YamlSyntaxError("a quote is not closed")
        blanks = ""
        breaks = 0
        folded = not at_line_start
        while char in " \t\n":
            if char == "\n":
                breaks += 1
                position += 1
                line += 1
                line_start = position
                at_line_start = True
            else:
                match = BLANKS.match(text, position)
                found = match[0] if match else char
                position += len(found)
                if not at_line_start:
                    blanks = found
            char = text[position]
        if not at_line_start:
            chunks.append(blanks)
        elif not folded:
            chunks.append("\n" * breaks)
        else:
            chunks.append("\n" * (breaks - 1) or " ")


def _escaped(text: str, position: int) -> tuple[str, int]:
    """The character that the escape after a backslash stands for, and the position behind it."""
    simple = _ESCAPES.get(text[position])
    if simple is not None:
        return simple, position + 1
    match = _HEX.match(text, position)
    if match is None:
        raise YamlSyntaxError("an escape is unknown")
    code = int(match[match.lastindex or 0], 16)
    position = match.end()
    if match[2] and 0xD800 <= code < 0xDC00 and (low := _LOW_SURROGATE.match(text, position)):
        # A pair as JSON writes it.
        code = 0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00
        position = low.end()
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        raise YamlSyntaxError("an escape is no character")
    return chr(code), position


def scan_block(text: str, position: int, line: int, indent: int) -> Scalar:
    """A literal or folded scalar below a collection that is indented by ``indent`` (-1 at the root)."""
    folded = text[position] == ">"
    header = _BLOCK_HEADER.match(text, position)
    chomping = header and (header[1] or header[4])
    increment = int((header and (header[2] or header[3])) or 0)
    position = _end_of_header(text, header.end() if header else position)
    line += 1
    line_start = position
    if text[position] == "\t":
        raise YamlSyntaxError("a tab cannot indent")
    breaks = 0
    if increment:
        wanted = max(indent, 0) + increment
    else:
        wanted = max(indent + 1, 0)
        while True:
            match = _SPACES.match(text, position)
            position = match.end() if match else position
            wanted = max(wanted, position - line_start)
            if text[position] != "\n":
                break
            breaks += 1
            position += 1
            line += 1
            line_start = position
    # After this the position is at the first character of a line that has content, or is not part of the scalar.
    if increment:
        position, line, line_start, breaks = _skip_indent(text, position, line, line_start, wanted)
    if text[position] == "\0":
        return Scalar("\n" * breaks if chomping == "+" else "", position, line, line_start)
    if indent < position - line_start < wanted and not (
        indent < 0 and position == line_start and text[position] == "#"
    ):
        raise YamlSyntaxError("a line of a block scalar is indented too little")
    chunks: list[str] = []
    more = was_blank = False
    while position - line_start == wanted and text[position] != "\0":
        is_blank = text[position] in " \t"
        if more and folded and not was_blank and not is_blank:
            chunks.append("\n" * breaks or " ")
        else:
            chunks.append("\n" * (breaks + more))
        was_blank = is_blank
        end = text.index("\n", position)
        chunks.append(text[position:end])
        more = True
        position, line, line_start, breaks = _skip_indent(text, end + 1, line + 1, end + 1, wanted)
    if more and chomping != "-":
        chunks.append("\n")
    if chomping == "+":
        chunks.append("\n" * breaks)
    return Scalar("".join(chunks), position, line, line_start)


def _end_of_header(text: str, position: int) -> int:
    """The beginning of the line after a block scalar's indicators."""
    blanks = BLANKS.match(text, position)
    if blanks is not None:
        position = blanks.end()
        if text[position] == "#":
            position = text.index("\n", position)
    if text[position] != "\n":
        raise YamlSyntaxError("something follows the indicators of a block scalar")
    return position + 1


def _skip_indent(text: str, position: int, line: int, line_start: int, wanted: int) -> tuple[int, int, int, int]:
    """Skips up to ``wanted`` spaces and empty lines; also returns the number of those lines."""
    breaks = 0
    while True:
        while text[position] == " " and position - line_start < wanted:
            position += 1
        if text[position] != "\n":
            return position, line, line_start, breaks
        breaks += 1
        position += 1
        line += 1
        line_start = position
