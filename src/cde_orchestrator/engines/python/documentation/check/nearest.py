"""The nearest known name to one that is not known, within a budget, so that a hostile document cannot make it slow."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Budget", "distance", "nearest", "only_extended"]

_LONGEST = 200
_COMPARED = 16
_SHORTEST_PART = 4


class Budget:
    """What one document may spend on suggestions: 1 for a name looked at, 16 more for one compared."""

    __slots__ = ("left",)

    def __init__(self, left: int = 100_000) -> None:
        self.left = left


def distance(one: bytes, two: bytes, limit: int) -> int:
    """The Levenshtein distance in bytes, or ``limit + 1`` where it is greater. O(limit * length)."""
    if abs(len(one) - len(two)) > limit:
        return limit + 1
    before = [min(column, limit + 1) for column in range(len(two) + 1)]
    for row, byte in enumerate(one, 1):
        low, high = max(1, row - limit), min(len(two), row + limit)
        current = [limit + 1] * (len(two) + 1)
        if row <= limit:
            current[0] = row
        for column in range(low, high + 1):
            same = before[column - 1] + (byte != two[column - 1])
            current[column] = min(same, before[column] + 1, current[column - 1] + 1, limit + 1)
        before = current
    return before[len(two)]


def nearest(wanted: bytes, known: Iterable[bytes], budget: Budget) -> bytes | None:
    """The nearest of ``known`` by edit distance, the first by bytes among equals.

    ``None`` where none is within a third of the length (at most 4), where the name is too short to tell (under 3
    bytes) or too long, or where the budget is spent.
    """
    if not 3 <= len(wanted) <= _LONGEST:
        return None
    limit = min(4, len(wanted) // 3)
    best: tuple[int, bytes] | None = None
    for name in known:
        if budget.left <= 0:
            return None
        budget.left -= 1
        if abs(len(name) - len(wanted)) > limit:
            continue
        budget.left -= _COMPARED
        found = distance(wanted, name, limit)
        if found <= limit and (best is None or (found, name) < best):
            best = (found, name)
    return best[1] if best else None


def only_extended(wanted: bytes, known: Iterable[bytes], budget: Budget) -> bytes | None:
    """The one of ``known`` that has more words than ``wanted`` at one end, or fewer, where words are joined by hyphens.

    ``None`` where there are several, or where the budget is spent.
    """
    best: bytes | None = None
    for name in known:
        if budget.left <= 0:
            return None
        budget.left -= 1
        short, long = sorted((wanted, name), key=len)
        if len(short) < _SHORTEST_PART or not (long.startswith(short + b"-") or long.endswith(b"-" + short)):
            continue
        if best is not None and best != name:
            return None
        best = name
    return best
