"""Putting the accounts of several answers over one tree together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from ..domain.envelope import Completeness, Diagnostic, Skipped

__all__ = ["merge_completeness", "merge_diagnostics"]

_EXAMPLES = 3


def merge_completeness(parts: Sequence[Completeness]) -> Completeness:
    """One account of answers that share a walk.

    What the walk passed over is in every part, so for each reason the largest count stands, never the sum.
    """
    skipped: dict[str, Skipped] = {}
    for entry in (entry for part in parts for entry in part.skipped):
        known = skipped.get(entry.reason)
        examples = {*entry.examples, *(known.examples if known else ())}
        skipped[entry.reason] = Skipped(
            entry.reason,
            max(entry.count, known.count if known else 0),
            tuple(sorted(examples, key=os.fsencode)[:_EXAMPLES]),
        )
    states = {part.state for part in parts}
    return Completeness(
        "partial" if "partial" in states else "unknown" if "unknown" in states else "complete",
        max((part.scanned for part in parts), default=0),
        tuple(skipped[reason] for reason in sorted(skipped)),
        tuple(sorted({limit for part in parts for limit in part.limits})),
    )


def merge_diagnostics(parts: Iterable[Sequence[Diagnostic]]) -> tuple[Diagnostic, ...]:
    """Every diagnostic once, by path bytes, line, column and code."""
    return tuple(
        sorted(
            {diagnostic for part in parts for diagnostic in part},
            key=lambda one: (os.fsencode(one.path), one.line or 0, one.column or 0, one.code, one.message),
        )
    )
