"""What a recogniser of a language finds in one file, before it becomes records. The twin of ``cde_code::model``."""

from __future__ import annotations

from dataclasses import dataclass, field

from ....domain.code import SymbolKind
from .tokens import Problem

__all__ = ["Found", "FoundFunction", "FoundSymbol"]


@dataclass(slots=True)
class FoundSymbol:
    """A definition: offsets are bytes of the source, ``parent`` is the index of the symbol it stands in."""

    name: bytes
    kind: SymbolKind
    start: int
    name_start: int
    end: int = 0
    parent: int | None = None
    signature: str = ""
    doc: str | None = None
    decorators: tuple[str, ...] = ()
    exported: bool = False


@dataclass(frozen=True, slots=True)
class FoundFunction:
    """How complex a function is: ``symbol`` is its index among the definitions."""

    symbol: int
    parameters: int
    nesting: int
    cyclomatic: int
    cognitive: int


@dataclass(slots=True)
class Found:
    """The definitions of a file in the order in which they begin, and the first thing in it that cannot be read.

    Where they were asked for: its functions in the order in which they end, and tokens that are documentation.
    """

    symbols: list[FoundSymbol] = field(default_factory=list)
    functions: list[FoundFunction] = field(default_factory=list)
    documentation: list[int] = field(default_factory=list)
    problem: Problem | None = None
