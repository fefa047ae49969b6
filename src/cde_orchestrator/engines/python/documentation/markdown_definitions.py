"""Link reference definitions: read before a paragraph, over line ends and container prefixes (CommonMark 4.7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .markdown_lines import BLANK
from .markdown_syntax import scan_destination, tidy_title, unescape

__all__ = ["RawDefinition", "read_definition"]

_ESCAPE: Final = r"""\\[!-/:-@\[-`{-~]"""
_LABEL_PART = re.compile(rf"(?:[^\[\]\\]|{_ESCAPE}|\\)*+")
_TITLE_PARTS: Final = {
    '"': re.compile(r'(?:[^"\\]|\\.|\\\Z)*+'),
    "'": re.compile(r"(?:[^'\\]|\\.|\\\Z)*+"),
    "(": re.compile(r"(?:[^()\\]|\\.|\\\Z)*+"),
}
_CLOSERS: Final = {'"': '"', "'": "'", "(": ")"}
_INLINE_SPACE = re.compile(r"[ \t\x0b\x0c]*")
_MAX_LABEL_BYTES: Final = 1000

# The place where the text goes on after the end of a line, or None where a paragraph could not go on. The argument
# tells whether a setext underline ends it even where the line is a lazy continuation.
NextLine = Callable[[int, bool], tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class RawDefinition:
    """A definition as read: the label as written, the rest resolved. ``end_line`` is the index of its last line."""

    label: str
    target: str
    title: str | None
    line: int
    end_line: int


def read_definition(lines: list[str], line: int, ix: int, next_line: NextLine) -> RawDefinition | None:
    """The definition whose ``[`` stands at ``ix`` of ``lines[line]``, if there is one."""
    labelled = _read_label(lines, line, ix + 1, next_line)
    if labelled is None:
        return None
    label, label_line, label_ix = labelled
    if not lines[label_line].startswith(":", label_ix):
        return None
    place = _skip_space(lines, label_line, label_ix + 1, next_line)
    if place is None:
        return None
    destination = scan_destination(lines[place[0]], place[1])
    if destination is None or destination[1] == place[1]:
        return None
    target = unescape(destination[0])
    end = place[0]
    untitled = RawDefinition(label, target, None, line, end)
    after = _skip_space(lines, end, destination[1], next_line)
    if after is None:
        return untitled
    if after == (end, destination[1]):
        return None
    titled = _read_title(lines, *after, next_line)
    if titled is not None and BLANK.match(lines[titled[1]], titled[2]):
        return RawDefinition(label, target, tidy_title(titled[0]), line, titled[1])
    return untitled if after[0] > end else None


def _read_label(lines: list[str], line: int, ix: int, next_line: NextLine) -> tuple[str, int, int] | None:
    parts: list[str] = []
    while True:
        text = lines[line]
        match = _LABEL_PART.match(text, ix)
        end = ix if match is None else match.end()
        parts.append(text[ix:end])
        if end < len(text):
            if text[end] == "[":
                return None
            break
        place = next_line(line, False)
        if place is None:
            return None
        line, ix = place
        if BLANK.match(lines[line], ix):
            return None
    label = "\n".join(parts)
    if not label.strip("\t\n\x0b\x0c\r ") or _cost(label) >= _MAX_LABEL_BYTES:
        return None
    return label, line, end + 1


def _cost(label: str) -> int:
    if len(label) < 250:
        return 0
    escapes = len(re.findall(_ESCAPE, label))
    spaces = sum(1 for character in label if character in "\t\n\x0b\x0c\r ")
    return 2 * escapes + spaces + len(label.encode()) - sum(map(str.isascii, label))


def _skip_space(lines: list[str], line: int, ix: int, next_line: NextLine) -> tuple[int, int] | None:
    """The place after whitespace with at most one line end."""
    for _ in range(2):
        match = _INLINE_SPACE.match(lines[line], ix)
        ix = ix if match is None else match.end()
        if ix < len(lines[line]):
            return line, ix
        place = next_line(line, True)
        if place is None:
            return None
        line, ix = place
    match = _INLINE_SPACE.match(lines[line], ix)
    ix = ix if match is None else match.end()
    return (line, ix) if ix < len(lines[line]) else None


def _read_title(lines: list[str], line: int, ix: int, next_line: NextLine) -> tuple[str, int, int] | None:
    opener = lines[line][ix : ix + 1]
    pattern = _TITLE_PARTS.get(opener)
    if pattern is None:
        return None
    ix += 1
    parts: list[str] = []
    while True:
        text = lines[line]
        match = pattern.match(text, ix)
        end = ix if match is None else match.end()
        parts.append(text[ix:end])
        if end < len(text):
            if text[end] != _CLOSERS[opener]:
                return None
            return "\n".join(parts), line, end + 1
        place = next_line(line, True)
        if place is None:
            return None
        line, ix = place
        while ix < len(lines[line]) and lines[line][ix] in " \t":
            ix += 1
        if BLANK.match(lines[line], ix):
            return None
