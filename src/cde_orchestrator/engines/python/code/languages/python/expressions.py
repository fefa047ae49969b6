"""What an expression adds to the cognitive complexity: conditional expressions and sequences of ``and`` and ``or``.

The twin of ``cde_code::languages::python::expressions``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...tokens import CLOSE, OPEN, WORD, Tokens

__all__ = ["Added", "added_by"]

_Part = tuple[int, int, int]


@dataclass(slots=True)
class Added:
    """Sequences of like operators, conditional expressions, and the levels at which these stand, summed up."""

    sequences: int = 0
    conditionals: int = 0
    levels: int = 0


@dataclass(slots=True)
class _Segment:
    """What stands between two commas or colons: words that matter, and the parts in brackets, each by its place."""

    words: list[bytes] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)
    # How many words stand before each part.
    before: list[int] = field(default_factory=list)


def added_by(tokens: Tokens, indexes: Sequence[int]) -> Added:
    """What the expressions among the tokens ``indexes`` add. Linear.

    What stands in brackets is read apart: it continues no sequence of operators around it, and is as deep as the
    conditional expressions that hold it, a lambda counting as one.
    """
    added = Added()
    closings = _closings(tokens, indexes)
    waiting: list[_Part] = [(0, len(indexes), 0)]
    while waiting:
        place, end, level = waiting.pop()
        segment = _Segment()
        in_parameters = False
        while place < end:
            index = indexes[place]
            kind = tokens.kinds[index]
            if kind == OPEN:
                segment.parts.append((place + 1, closings[place]))
                segment.before.append(len(segment.words))
                place = closings[place]
            elif kind == WORD:
                word = tokens.text(index)
                if word in (b"and", b"or", b"if", b"else", b"for", b"lambda"):
                    segment.words.append(word)
                    in_parameters = in_parameters or word == b"lambda"
            elif in_parameters:
                in_parameters = tokens.text(index) != b":"
            elif tokens.text(index) in (b",", b":"):
                _take(segment, level, added, waiting)
                segment = _Segment()
            place += 1
        _take(segment, level, added, waiting)
    return added


def _closings(tokens: Tokens, indexes: Sequence[int]) -> dict[int, int]:
    """The place of the bracket that closes each one that opens, or the end."""
    closings: dict[int, int] = {}
    opened: list[int] = []
    for place, index in enumerate(indexes):
        if tokens.kinds[index] == OPEN:
            opened.append(place)
        elif tokens.kinds[index] == CLOSE and opened:
            closings[opened.pop()] = place
    closings.update((place, len(indexes)) for place in opened)
    return closings


def _take(segment: _Segment, level: int, added: Added, waiting: list[_Part]) -> None:
    conditionals = segment.words.count(b"else")
    seen = 0
    operator = None
    parts = zip(segment.parts, segment.before, strict=True)
    part = next(parts, None)
    for number in range(len(segment.words) + 1):
        while part is not None and part[1] == number:
            waiting.append((*part[0], level + min(seen + 1, conditionals)))
            part = next(parts, None)
        if number == len(segment.words):
            break
        word = segment.words[number]
        if word in (b"and", b"or"):
            added.sequences += word != operator
            operator = word
            continue
        operator = None
        if word == b"else":
            added.conditionals += 1
            added.levels += level + seen
            seen += 1
        elif word == b"lambda":
            level += 1
