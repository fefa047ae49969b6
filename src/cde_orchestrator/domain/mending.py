"""What became of the fixes that findings offer, one record a document."""

from __future__ import annotations

from dataclasses import dataclass, field

from .fields import PATH

__all__ = ["MendedDocument"]


@dataclass(frozen=True, slots=True)
class MendedDocument:
    """A document that has fixes.

    ``fixes`` were applied, of those offered; one that overlaps an earlier one waits for the next run. ``diff`` is a
    unified diff with three lines of context, as bytes, because a document may hold any. ``written`` tells whether the
    file was replaced; ``problem`` is why it could not be mended, in one sentence without a full stop.
    """

    path: str = field(metadata=PATH)
    fixes: int
    diff: bytes = b""
    written: bool = False
    problem: str | None = None
