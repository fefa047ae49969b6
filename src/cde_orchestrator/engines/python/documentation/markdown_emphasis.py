"""Delimiter runs: which asterisks, underscores and tildes are markup and which are text (CommonMark 6.2, GFM 6.5).

Only that question matters here: records hold text without markup, not what is emphasised.
"""

from __future__ import annotations

from typing import Final

from .markdown_syntax import is_punctuation, is_space

__all__ = ["Delimiter", "flanking", "match_delimiters"]

_TILDES: Final = 5
_NOT_BOTH: Final = {"_": 0, "*": 1}
_BASE: Final = {"*": 2, "_": 6}


class Delimiter:
    """A run of ``count`` equal characters at ``start``.

    ``closed`` of them, from the left, close emphasis and ``opened``, from the right, open it; the others are text.
    """

    __slots__ = ("can_close", "can_open", "character", "closed", "count", "opened", "start")

    def __init__(self, character: str, start: int, count: int, can_open: bool, can_close: bool) -> None:
        self.character = character
        self.start = start
        self.count = count
        self.can_open = can_open
        self.can_close = can_close
        self.closed = 0
        self.opened = 0


def flanking(text: str, start: int, count: int) -> tuple[bool, bool]:
    """Whether the run of ``count`` characters at ``start`` can open and can close emphasis."""
    character = text[start]
    before = text[start - 1] if start > 0 else "\n"
    after = text[start + count] if start + count < len(text) else "\n"
    space_before = is_space(before)
    space_after = is_space(after)
    marks_before = is_punctuation(before)
    marks_after = is_punctuation(after)
    intraword = character == "*"
    pair = character == "~" and count > 1
    can_open = not space_after and (
        space_before
        or (intraword and not marks_after)
        or pair
        or (character == "~" and before == "~" and not marks_after)
        or marks_before
    )
    can_close = not space_before and (
        ((intraword or pair) and not marks_before) or (character == "~" and before == "~") or space_after or marks_after
    )
    return can_open, can_close


class _Opener:
    __slots__ = ("both", "count", "delimiter", "run")

    def __init__(self, delimiter: Delimiter, count: int, run: int, both: bool) -> None:
        self.delimiter = delimiter
        self.count = count
        self.run = run
        self.both = both


class _Stack:
    """Openers, and lower bounds below which closers of some kind find nothing, so that the search is linear."""

    __slots__ = ("bounds", "openers")

    def __init__(self) -> None:
        self.openers: list[_Opener] = []
        self.bounds = [0] * 9

    def push(self, opener: _Opener) -> None:
        if opener.delimiter.character == "~":
            self.bounds[_TILDES] = min(self.bounds[_TILDES], len(self.openers))
        self.openers.append(opener)

    def _bound(self, character: str, run: int, both: bool) -> int:
        if character == "~":
            return self.bounds[_TILDES]
        bound = self.bounds[_BASE[character] + run % 3]
        return bound if both else min(bound, self.bounds[_NOT_BOTH[character]])

    def _raise_bound(self, character: str, run: int, both: bool) -> None:
        top = len(self.openers)
        if character == "~":
            self.bounds[_TILDES] = top
            return
        self.bounds[_BASE[character] + run % 3] = top
        if not both:
            self.bounds[_NOT_BOTH[character]] = top

    def find(self, character: str, run: int, both: bool) -> _Opener | None:
        """Removes and returns the nearest opener that the closer matches (the rule of three included)."""
        lowest = min(len(self.openers), self._bound(character, run, both))
        for index in range(len(self.openers) - 1, lowest - 1, -1):
            opener = self.openers[index]
            if opener.delimiter.character != character or (character == "~" and opener.run != run):
                continue
            if (not both and not opener.both) or (run + opener.run) % 3 != 0 or run % 3 == 0:
                del self.openers[index:]
                self.bounds = [min(bound, index) for bound in self.bounds]
                return opener
        self._raise_bound(character, run, both)
        return None


def match_delimiters(delimiters: list[Delimiter]) -> None:
    """Sets ``opened`` and ``closed`` of each of the ``delimiters`` of one sequence of inlines, given in order."""
    stack = _Stack()
    for delimiter in delimiters:
        count = run = delimiter.count
        both = delimiter.can_open and delimiter.can_close
        if delimiter.can_close:
            while count > 0:
                opener = stack.find(delimiter.character, run, both)
                if opener is None:
                    break
                matched = min(count, opener.count)
                opener.delimiter.opened += matched
                delimiter.closed += matched
                opener.count -= matched
                count -= matched
                if opener.count:
                    stack.push(opener)
        if count and delimiter.can_open:
            stack.push(_Opener(delimiter, count, run, both))
