"""What is known of source code: definitions with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .fields import PATH

__all__ = ["KindCount", "LanguageSymbols", "Symbol", "SymbolKind", "SymbolSummary"]

SymbolKind = Literal[
    "module",
    "class",
    "struct",
    "enum",
    "trait",
    "interface",
    "function",
    "method",
    "field",
    "constant",
    "variable",
    "type",
    "macro",
]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A definition.

    ``qualified_name`` joins the names of what it stands in with dots. ``line`` and ``end_line`` count from 1, ``column``
    is that of the name in code points from 1, ``start`` and ``end`` are byte offsets in the file's text as UTF-8 without
    a byte order mark. ``signature`` is the head of the definition on one line, ``doc`` the first sentence of its
    documentation, ``parent`` the qualified name of what it stands in, ``exported`` whether its file offers it to others,
    ``decorators`` what is written above it. ``ref`` is ``path#Lline-Lend@hash12``.
    """

    name: str
    qualified_name: str
    kind: SymbolKind
    language: str
    path: str = field(metadata=PATH)
    line: int
    column: int
    end_line: int
    start: int
    end: int
    signature: str
    doc: str | None
    parent: str | None
    exported: bool
    decorators: tuple[str, ...]
    ref: str = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class LanguageSymbols:
    """How much of one language was read: files, their lines, and definitions in them."""

    language: str
    files: int
    lines: int
    symbols: int


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many definitions of one kind there are."""

    kind: SymbolKind
    count: int


@dataclass(frozen=True, slots=True)
class SymbolSummary:
    """The definitions in numbers: by language, most files first, and by kind in the order of :data:`SymbolKind`.

    Definitions that were not asked for are counted neither here nor there; their files are.
    """

    files: int
    lines: int
    symbols: int
    languages: tuple[LanguageSymbols, ...]
    kinds: tuple[KindCount, ...]
