"""What the three formats share: numbers that JSON can hold, and the record of keys given twice."""

from __future__ import annotations

import math

from .....domain.documents import DuplicateKey

__all__ = ["Duplicates", "as_float", "as_integer", "fits"]

_LARGEST = 2**127
# Digits of the largest whole number with 128 bits.
_DIGITS = 39
_MAX_RECORDS = 100
_MAX_PATH = 256


def fits(number: int) -> bool:
    """Whether a whole number has at most 128 bits, as the native engine's numbers have."""
    return -_LARGEST <= number < _LARGEST


def as_integer(text: str) -> int | str:
    """A whole number in decimal digits with or without sign, or its text where it has more than 128 bits."""
    if len(text.lstrip("+-").lstrip("0")) > _DIGITS:
        return text
    number = int(text)
    return number if fits(number) else text


def as_float(text: str) -> float | str:
    """A number with a fraction or an exponent, or its text where it is beyond what 64 bits hold."""
    number = float(text)
    return number if math.isfinite(number) else text


class Duplicates:
    """Keys given twice. ``path`` are the keys and indices that lead to the value being read.

    Only the first hundred are kept, with at most 256 characters of their dotted path: a hostile block could repeat a
    short key below a long one and make the record much larger than itself.
    """

    def __init__(self, first_line: int) -> None:
        self._first_line = first_line
        self._found: list[DuplicateKey] = []
        self.path: list[str] = []

    @property
    def wanted(self) -> bool:
        """Whether one more would be kept."""
        return len(self._found) < _MAX_RECORDS

    def add(self, line: int) -> None:
        """Records the key that ``path`` leads to; ``line`` counts from 0 in the content."""
        if self.wanted:
            self._found.append(DuplicateKey(".".join(self.path)[:_MAX_PATH], self._first_line + line))

    def found(self) -> tuple[DuplicateKey, ...]:
        """All that were recorded, in the order of the block."""
        return tuple(self._found)
