"""What is known of source code: definitions with their places, and measures of files and functions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .fields import PATH

__all__ = [
    "FileMetrics",
    "FunctionMetrics",
    "KindCount",
    "LanguageMetrics",
    "LanguageSymbols",
    "MetricsSummary",
    "Symbol",
    "SymbolKind",
    "SymbolSummary",
]

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

    ``qualified_name`` joins the names of what it stands in with dots. ``line`` and ``end_line`` count from 1,
    ``column`` is that of the name in code points from 1, ``start`` and ``end`` are byte offsets in the file's text as
    UTF-8 without a byte order mark. ``signature`` is the head of the definition on one line, ``doc`` the first sentence
    of its documentation, ``parent`` the qualified name of what it stands in, ``exported`` whether its file offers it to
    others, ``decorators`` what is written above it. ``ref`` is ``path#Lline-Lend@hash12``.
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


@dataclass(frozen=True, slots=True)
class FunctionMetrics:
    """How large and how complex a function is.

    ``code`` are its lines with code on them, ``parameters`` those that it takes (``self`` is one), ``nesting`` the
    deepest level of its control structures. ``cyclomatic`` is McCabe's number as lizard counts it, without the
    functions inside; ``cognitive`` is SonarSource's, with them. ``ref`` is ``path#Lline-Lend@hash12``.
    """

    name: str
    line: int
    end_line: int
    code: int
    parameters: int
    nesting: int
    cyclomatic: int
    cognitive: int
    ref: str = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class FileMetrics:
    """How large and how complex a file is.

    Each of its ``lines`` is ``code`` if any code is on it, also inside of a string; else ``comment`` if a comment is,
    or a string that stands alone as documentation; else ``blank``. ``cyclomatic`` and ``cognitive`` are sums over its
    functions, the latter without those inside of others, which count there. Functions are in the order in which they
    begin.
    """

    path: str = field(metadata=PATH)
    language: str
    lines: int
    code: int
    comment: int
    blank: int
    cyclomatic: int
    cognitive: int
    functions: tuple[FunctionMetrics, ...]


@dataclass(frozen=True, slots=True)
class LanguageMetrics:
    """The files of one language in numbers."""

    language: str
    files: int
    lines: int
    code: int
    comment: int
    blank: int
    functions: int
    cyclomatic: int
    cognitive: int


@dataclass(frozen=True, slots=True)
class MetricsSummary:
    """All files in numbers, and by language, most lines of code first."""

    files: int
    lines: int
    code: int
    comment: int
    blank: int
    functions: int
    cyclomatic: int
    cognitive: int
    languages: tuple[LanguageMetrics, ...]
