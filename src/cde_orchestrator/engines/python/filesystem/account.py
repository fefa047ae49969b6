"""Entries passed over, by reason. The twin of ``cde_core::SkipCounter``."""

from __future__ import annotations

import os
from bisect import bisect_right

from ....domain.envelope import Skipped

__all__ = ["SkipCounter"]

_EXAMPLES = 3


class SkipCounter:
    """Counts entries and keeps the first three paths of each reason; the order of arrival does not matter."""

    __slots__ = ("_reasons",)

    def __init__(self) -> None:
        self._reasons: dict[str, tuple[int, list[bytes]]] = {}

    def add(self, reason: str, path: bytes) -> None:
        """Counts one entry."""
        count, examples = self._reasons.get(reason, (0, []))
        if len(examples) < _EXAMPLES or path < examples[-1]:
            examples.insert(bisect_right(examples, path), path)
            del examples[_EXAMPLES:]
        self._reasons[reason] = (count + 1, examples)

    def finish(self) -> tuple[Skipped, ...]:
        """The account, sorted by reason."""
        return tuple(
            Skipped(reason, count, tuple(os.fsdecode(path) for path in examples))
            for reason, (count, examples) in sorted(self._reasons.items())
        )
