"""What every answer has in common: who answered, about what, how completely, and the items.

The envelope's JSON form is fixed by the public contract; see ``docs/concepts/receipts-and-completeness.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, Protocol, TypeVar

from .encoding import to_json
from .fields import PATH

__all__ = ["Answer", "Completeness", "Diagnostic", "EngineInfo", "Result", "Severity", "Skipped"]

Severity = Literal["error", "warning", "hint"]
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Which engine answered: its name (``rust`` or ``python``), its version and why it was chosen."""

    name: str
    version: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Entries passed over for one reason: how many, and the first three by path as examples."""

    reason: str
    count: int
    examples: tuple[str, ...] = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of the question was answered.

    ``state`` is ``complete``, ``partial`` (a limit, a cancel, an unreadable file) or ``unknown``; ``scanned`` counts
    the files looked at; ``skipped`` is sorted by reason; ``limits`` names each limit that was reached.
    """

    state: Literal["complete", "partial", "unknown"]
    scanned: int
    skipped: tuple[Skipped, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One file that could not be read or parsed as asked; ``line`` and ``column`` count from 1, or are ``None``."""

    path: str = field(metadata=PATH)
    line: int | None
    column: int | None
    code: str
    severity: Severity
    message: str


class Answer(Protocol[T_co]):
    """The shape of every answer, whichever engine gave it."""

    @property
    def schema(self) -> str:
        """Name and major version of the JSON form, ``cde.<capability>.<verb>/1``."""

    @property
    def engine(self) -> EngineInfo:
        """Which engine answered."""

    @property
    def root(self) -> str:
        """The path that was asked about, as given."""

    @property
    def snapshot(self) -> str | None:
        """``sha256:`` and the digest over the contents in scope, where the operation read them."""

    @property
    def completeness(self) -> Completeness:
        """How much of the question was answered."""

    @property
    def summary(self) -> Any:
        """Counts over all items; each operation's documentation names the class."""

    @property
    def items(self) -> Sequence[T_co]:
        """The records, sorted by path bytes unless the operation ranks them."""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """Files that could not be read or parsed as asked, sorted by path, line and code."""

    def to_json(self) -> bytes:
        """The envelope as JSON bytes."""


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """An :class:`Answer` held in plain Python objects: what the Python engine and the use cases return."""

    schema: str
    engine: EngineInfo
    root: str = field(metadata=PATH)
    snapshot: str | None
    completeness: Completeness
    summary: object
    items: Sequence[T]
    diagnostics: Sequence[Diagnostic] = field(default_factory=tuple)

    def to_json(self) -> bytes:
        """The envelope as JSON bytes; ``snapshot`` is absent where there is none."""
        encoded = to_json(self)
        if self.snapshot is None:
            encoded = encoded.replace(b'"snapshot":null,', b"", 1)
        return encoded
