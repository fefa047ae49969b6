"""Records of a verification: the same questions put to both engines, and where their answers differ."""

from __future__ import annotations

from dataclasses import dataclass, field

from .fields import PATH

__all__ = ["ComparedOperation", "Difference", "VerificationSummary"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two answers differ.

    ``path`` is the file that was asked about, or ``None`` for a question about the whole tree. ``pointer`` is a JSON
    Pointer (RFC 6901) into the answer, or ``#byte`` and an offset where the values are equal and only their spelling
    differs. ``rust`` and ``python`` are the two values as JSON text, shortened; ``None`` means absent.
    """

    path: str | None = field(metadata=PATH)
    pointer: str
    rust: str | None
    python: str | None


@dataclass(frozen=True, slots=True)
class ComparedOperation:
    """One operation, put to both engines ``calls`` times.

    ``bytes`` counts the JSON that was compared (of one engine), ``differing`` the calls whose answers differ, and
    ``differences`` holds the first places of the first calls that do.
    """

    operation: str
    calls: int
    bytes: int
    differing: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class VerificationSummary:
    """Totals over all operations; the engines are equal on this tree if and only if ``differing`` is 0."""

    operations: int
    calls: int
    bytes: int
    differing: int
