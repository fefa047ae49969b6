"""The known name that is most like an unknown one."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["nearest"]


def nearest(unknown: str, known: Iterable[str], *, least: float = 0.0) -> str | None:
    """The most similar of ``known``, or ``None`` if none is at least ``least`` (0 to 1) alike."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - needed after a mistake only

    ranked = [(SequenceMatcher(None, unknown.lower(), name.lower()).ratio(), name) for name in known]
    best = max(ranked, key=lambda pair: (pair[0], pair[1]), default=None)
    return best[1] if best is not None and best[0] >= least else None
