"""Which names a module offers: those in ``__all__`` where it is told literally, else those without an underscore.

The twin of ``cde_code::languages::python::exports``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import FoundSymbol
from ...tokens import STRING, Tokens

__all__ = ["Exports"]

_BEGINNINGS = (
    (b"__all__", b"="),
    (b"__all__", b"+", b"="),
    (b"__all__", b".", b"extend", b"("),
    (b"__all__", b".", b"append", b"("),
)
_BETWEEN = frozenset((b"(", b")", b"[", b"]", b","))


class Exports:
    """Collects what a module says of ``__all__``."""

    def __init__(self) -> None:
        self.names: set[bytes] = set()
        self.told = False
        self.certain = True

    def statement(self, tokens: Tokens, statement: Sequence[int]) -> None:
        """Takes a statement at the level of the module."""
        if tokens.text(statement[0]) != b"__all__":
            return
        for beginning in _BEGINNINGS:
            width = len(beginning)
            if tuple(tokens.text(index) for index in statement[:width]) == beginning:
                self._literals(tokens, statement[width:])
                return
        # An annotation, or something that cannot be told.
        equals = next((at for at, index in enumerate(statement) if tokens.text(index) == b"="), None)
        if equals is not None and tokens.text(statement[1]) == b":":
            self._literals(tokens, statement[equals + 1 :])

    def _literals(self, tokens: Tokens, value: Sequence[int]) -> None:
        self.told = True
        for index in value:
            text = tokens.text(index)
            if tokens.kinds[index] == STRING and len(text) > 1 and text[:1] == text[-1:]:
                self.names.add(text[1:-1])
            elif text not in _BETWEEN:
                self.certain = False

    def mark(self, symbols: Sequence[FoundSymbol]) -> None:
        """Tells of each symbol whether the module offers it. A symbol stands behind its parent."""
        listed = self.told and self.certain
        for symbol in symbols:
            if symbol.parent is None:
                by_name = not symbol.name.startswith(b"_")
                symbol.exported = symbol.name in self.names or (by_name and not listed)
                continue
            parent = symbols[symbol.parent]
            special = symbol.name.startswith(b"__") and symbol.name.endswith(b"__")
            public = special or not symbol.name.startswith(b"_")
            symbol.exported = parent.exported and parent.kind == "class" and public
