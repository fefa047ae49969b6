"""The simple statements of a logical line: documentation and assignments.

The twin of ``cde_code::languages::python::statements``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ......domain.code import SymbolKind
from ...model import Found, FoundSymbol
from ...tokens import CLOSE, OPEN, STRING, WORD, Tokens
from ...wording import first_sentence, one_line
from .exports import Exports
from .measures import Measures

__all__ = ["Statements"]

_CONSTANT = re.compile(rb"_*[A-Z][0-9A-Z_]*\Z")
_LONGEST_VALUE = 80
_NOT_TEXT = frozenset(b"bBfFtT")


class Statements:
    """Takes the statements of one file."""

    def __init__(self, tokens: Tokens, found: Found, measures: Measures | None) -> None:
        self.tokens = tokens
        self.found = found
        self.measures = measures
        self.exports = Exports()
        # The symbol whose first statement may be its documentation.
        self.undocumented: int | None = None
        self.seen: set[tuple[int | None, bytes]] = set()

    def take(self, line: Sequence[int], parent: int | None) -> None:
        """Takes simple statements, which semicolons separate, inside of the definition ``parent``."""
        begin = 0
        for position in range(len(line) + 1):
            if position == len(line) or self._is_sign(line[position], 0x3B):
                if begin < position:
                    self._statement(line[begin:position], parent)
                begin = position + 1

    def _is(self, index: int, word: bytes) -> bool:
        return self.tokens.kinds[index] == WORD and self.tokens.text(index) == word

    def _is_sign(self, index: int, sign: int) -> bool:
        tokens = self.tokens
        return tokens.ends[index] - tokens.starts[index] == 1 and tokens.source[tokens.starts[index]] == sign

    def _statement(self, statement: Sequence[int], parent: int | None) -> None:
        tokens = self.tokens
        undocumented, self.undocumented = self.undocumented, None
        if self.measures is not None:
            self.measures.statement(statement)
        if tokens.kinds[statement[0]] == STRING:
            if all(tokens.kinds[index] == STRING for index in statement):
                self.found.documentation.extend(statement)
                if undocumented is not None and self.measures is None:
                    self.found.symbols[undocumented].doc = self._documentation(statement)
            return
        if self.measures is not None or tokens.kinds[statement[0]] != WORD or len(statement) < 2:
            return
        if self._is(statement[0], b"lambda"):
            return
        if parent is None:
            self.exports.statement(tokens, statement)
        elif self.found.symbols[parent].kind != "class":
            return
        self._assignment(statement, parent)

    def _documentation(self, statement: Sequence[int]) -> str | None:
        pieces = []
        for index in statement:
            literal = self.tokens.text(index)
            quote = min(at for at in (literal.find(b'"'), literal.find(b"'")) if at >= 0)
            if not _NOT_TEXT.isdisjoint(literal[:quote]):
                return None
            width = 3 if literal[quote : quote + 3] in (b'"""', b"'''") else 1
            closed = len(literal) >= quote + 2 * width and literal.endswith(literal[quote : quote + width])
            pieces.append(literal[quote + width : len(literal) - width if closed else len(literal)])
        return first_sentence(b"".join(pieces).decode("utf-8", "replace"))

    def _assignment(self, statement: Sequence[int], parent: int | None) -> None:
        """Takes ``NAME = value``, ``NAME: type``, ``A, B = value`` and ``type NAME = value``."""
        tokens = self.tokens
        if self._is(statement[0], b"type") and tokens.kinds[statement[1]] == WORD and len(statement) > 3:
            self._bind(statement, statement[1], parent, "type")
            return
        names = []
        for at in range(0, len(statement) - 1, 2):
            if tokens.kinds[statement[at]] != WORD:
                return
            names.append(statement[at])
            sign = statement[at + 1]
            if self._is_sign(sign, 0x2C):
                continue
            follows = statement[at + 2] if at + 2 < len(statement) else None
            if self._is_sign(sign, 0x3D):
                if follows is not None and self._is_sign(follows, 0x3D):
                    return
                if self._is_chain(statement, at + 2):
                    continue
                break
            if self._is_sign(sign, 0x3A) and len(names) == 1 and follows is not None:
                break
            return
        else:
            return
        for name in names:
            word = tokens.text(name)
            kind: SymbolKind = "constant" if _CONSTANT.match(word) else "variable"
            if parent is not None:
                kind = "field"
            self._bind(statement, name, parent, kind)

    def _is_chain(self, statement: Sequence[int], at: int) -> bool:
        """Whether another name and a sign of assignment follow: ``A = B = value``."""
        return (
            at + 2 < len(statement)
            and self.tokens.kinds[statement[at]] == WORD
            and self._is_sign(statement[at + 1], 0x3D)
            and not self._is_sign(statement[at + 2], 0x3D)
        )

    def _bind(self, statement: Sequence[int], name: int, parent: int | None, kind: SymbolKind) -> None:
        """Adds a name unless its scope has it already: only the first assignment counts as its definition."""
        tokens = self.tokens
        word = tokens.text(name)
        if (parent, word) in self.seen:
            return
        self.seen.add((parent, word))
        self.found.symbols.append(
            FoundSymbol(
                name=word,
                kind=kind,
                start=tokens.starts[statement[0]],
                name_start=tokens.starts[name],
                end=tokens.ends[statement[-1]],
                parent=parent,
                signature=self._value(statement),
            )
        )

    def _value(self, statement: Sequence[int]) -> str:
        """An assignment, whose value is left out where it is long."""
        whole = one_line(self.tokens, statement[0], statement[-1] + 1)
        if len(whole) <= _LONGEST_VALUE:
            return whole
        depth = 0
        for index in statement:
            kind = self.tokens.kinds[index]
            depth += (kind == OPEN) - (kind == CLOSE)
            if not depth and self._is_sign(index, 0x3D):
                return one_line(self.tokens, statement[0], index + 1) + " …"
        return whole
