"""Sections compared without comparing each with each.

A section is the set of its runs of five words. Sets that share much have, with high probability, the same smallest hash
(Broder, "On the resemblance and containment of documents", 1997). One hash function serves for all: its values are
dealt into bins and the smallest of each is kept (Li, Owen and Zhang, "One permutation hashing", 2012), an empty bin
borrowing from the next (Shrivastava and Li, 2014). What is found so is compared exactly before it is reported.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from .page import Page

__all__ = ["Sketch", "own_text", "shared_permille", "sketches"]

# Words in a run, and the fewest of a section that is compared.
_RUN = 5
_FEWEST_WORDS = 50
_BINS = 32
# Bits of a hash below those that choose the bin.
_BITS = 27
_EMPTY = 2**32 - 1
# Bins that have to agree for a comparison.
_BAND = 4
_PUNCTUATION = bytes(code for code in range(128) if not chr(code).isalnum())


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a section: its heading is on ``line``, its own text between the characters given."""

    line: int
    start: int
    end: int
    bins: tuple[int, ...]

    def bands(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """What two sections have to share to be compared: any of these."""
        for number in range(_BINS // _BAND):
            yield number, self.bins[number * _BAND : (number + 1) * _BAND]


def own_text(text: str, sketch: Sketch) -> str:
    """The text of a section up to the next heading."""
    return text[sketch.start : sketch.end]


def shared_permille(one: str, two: str) -> int:
    """Runs of words that two texts share, in thousandths of all that occur in either."""
    first, second = set(_runs(_words(one))), set(_runs(_words(two)))
    shared = len(first & second)
    return shared * 1000 // max(len(first) + len(second) - shared, 1)


def sketches(page: Page) -> Iterator[Sketch]:
    """The sketches of the sections with enough words."""
    headings = page.document.headings
    for place, heading in enumerate(headings):
        start = page.line_start(heading.line + 1)
        is_last = place + 1 == len(headings)
        end = len(page.text) if is_last else page.line_start(headings[place + 1].line)
        words = _words(page.text[start:end])
        if len(words) >= _FEWEST_WORDS:
            yield Sketch(heading.line, start, end, _bins(words))


def _bins(words: list[bytes]) -> tuple[int, ...]:
    smallest = [_EMPTY] * _BINS
    mask = (1 << _BITS) - 1
    for run in _runs(words):
        value = zlib.crc32(run)
        number = value >> _BITS
        smallest[number] = min(smallest[number], value & mask)
    bins = []
    for number in range(_BINS):
        distance = next((far for far in range(_BINS) if smallest[(number + far) % _BINS] != _EMPTY), 0)
        bins.append(min(smallest[(number + distance) % _BINS] + (distance << _BITS), _EMPTY))
    return tuple(bins)


def _words(text: str) -> list[bytes]:
    """The words of ``text``, the case of ASCII letters ignored; what a word is the module ``metrics`` says."""
    found = text.encode("utf-8", "surrogatepass").lower().split()
    return [word for word in found if word.translate(None, _PUNCTUATION)]


def _runs(words: list[bytes]) -> Iterator[bytes]:
    return (b" ".join(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1))
