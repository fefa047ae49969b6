"""What the lexer must know of a language. The twin of ``cde_code::syntax``."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Syntax"]


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a language writes comments and strings; prefixes of strings are in lower case."""

    language: str
    line_comments: tuple[str, ...]
    string_prefixes: frozenset[bytes]
