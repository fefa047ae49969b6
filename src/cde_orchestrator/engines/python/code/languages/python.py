"""Python: definitions by the lines that begin them and the indentation that ends them.

The grammar is that of the language reference; agreement with CPython's ``ast`` is a test. The twin of
``cde_code::languages::python``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import Found, FoundSymbol
from ..tokens import CLOSE, COMMENT, NEWLINE, OPEN, STRING, WORD, Tokens
from ..wording import first_sentence, one_line
from .python_exports import Exports

__all__ = ["recognise"]

_HEADERS = frozenset(
    (b"if", b"elif", b"else", b"for", b"while", b"try", b"except", b"finally", b"with", b"async", b"match", b"case")
)
_CONSTANT = re.compile(rb"_*[A-Z][0-9A-Z_]*\Z")
_BLANK_BYTES = re.compile(rb"[^\t\f]+")
_TAB = 8
_LONGEST_VALUE = 80
_NOT_TEXT = frozenset(b"bBfFtT")


@dataclass(slots=True)
class _Block:
    """A header whose suite is open: how far it is indented, and the symbol it defines."""

    indent: int
    symbol: int | None


def recognise(tokens: Tokens) -> Found:
    """The definitions of a file. Linear in its tokens."""
    return _Recogniser(tokens).run()


class _Recogniser:
    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.found = Found()
        self.blocks: list[_Block] = []
        self.decorators: list[str] = []
        self.exports = Exports()
        # The symbol whose first statement may be its documentation.
        self.undocumented: int | None = None
        self.seen: set[tuple[int | None, bytes]] = set()
        self.end = 0

    def run(self) -> Found:
        """Takes one logical line after the other."""
        line: list[int] = []
        depth = 0
        kinds = self.tokens.kinds
        for index, kind in enumerate(kinds):
            if kind == COMMENT:
                continue
            if kind == NEWLINE:
                if depth and not self._begins_definition(index + 1):
                    continue
                if depth:
                    self.tokens.report(self.tokens.starts[line[-1]], "a bracket is not closed")
                    depth = 0
                if line:
                    self._line(line)
                    line = []
                continue
            if kind == OPEN:
                depth += 1
            elif kind == CLOSE:
                if not depth:
                    self.tokens.report(self.tokens.starts[index], "a bracket closes that was not opened")
                depth = max(depth - 1, 0)
            line.append(index)
        if depth:
            self.tokens.report(self.tokens.starts[line[-1]], "a bracket is not closed")
        if line:
            self._line(line)
        self._close(0)
        self.exports.mark(self.found.symbols)
        self.found.problem = self.tokens.problem
        return self.found

    def _begins_definition(self, index: int) -> bool:
        """Whether a keyword stands at ``index`` that no bracket can hold, so that one before it was not closed."""
        return index < len(self.tokens.kinds) and self._is(index, b"def", b"class")

    def _is(self, index: int, *words: bytes) -> bool:
        return self.tokens.kinds[index] == WORD and self.tokens.text(index) in words

    def _line(self, line: list[int]) -> None:
        indent = self._indent(line[0])
        self._close(indent)
        at = 0
        first = line[0]
        if self.tokens.text(first) == b"@":
            self.decorators.append(one_line(self.tokens, line[1], line[-1] + 1) if len(line) > 1 else "")
        else:
            at = self._header(line, indent)
            self.decorators = []
            self._statements(line, at)
        self.end = self.tokens.ends[line[-1]]

    def _indent(self, index: int) -> int:
        """How far the line that begins with the token at ``index`` is indented; tabs go to multiples of eight."""
        start = self.tokens.starts[index]
        begin = self.tokens.line_starts[self.tokens.line_of(start) - 1]
        blanks = self.tokens.source[begin:start]
        if b"\t" not in blanks and b"\f" not in blanks:
            return len(blanks)
        width = 0
        for blank in blanks:
            if blank == 0x09:
                width = (width // _TAB + 1) * _TAB
            elif blank == 0x0C:
                width = 0
            else:
                width += 1
        return width

    def _close(self, indent: int) -> None:
        """Ends the suites that a line indented by ``indent`` does not belong to."""
        while self.blocks and self.blocks[-1].indent >= indent:
            symbol = self.blocks.pop().symbol
            if symbol is not None:
                self.found.symbols[symbol].end = self.end
                if self.undocumented == symbol:
                    self.undocumented = None

    def _enclosing(self) -> int | None:
        return next((block.symbol for block in reversed(self.blocks) if block.symbol is not None), None)

    def _header(self, line: list[int], indent: int) -> int:
        """Takes the header of a compound statement at the beginning of ``line``; the index of what follows it."""
        at = 1 if self._is(line[0], b"async") and len(line) > 1 else 0
        word = self.tokens.text(line[at]) if self.tokens.kinds[line[at]] == WORD else b""
        defines = word in (b"def", b"class") and len(line) > at + 1 and self.tokens.kinds[line[at + 1]] == WORD
        if not defines and word not in _HEADERS:
            return 0
        colon = self._colon(line)
        if colon is None:
            if not defines:
                return 0
            self.tokens.report(self.tokens.starts[line[0]], "a definition has no colon")
            colon = len(line)
        symbol = None
        if defines:
            symbol = self._define(line, at, colon, word)
        elif word in (b"match", b"case") and colon < 2:
            return 0
        self.blocks.append(_Block(indent, symbol))
        self.undocumented = symbol
        return colon + 1

    def _colon(self, line: list[int]) -> int | None:
        """Where the colon stands that ends a header: outside of brackets, and not that of a lambda."""
        depth = 0
        lambdas = 0
        tokens = self.tokens
        for at, index in enumerate(line):
            kind = tokens.kinds[index]
            if kind == OPEN:
                depth += 1
            elif kind == CLOSE:
                depth -= 1
            elif depth <= 0:
                if kind == WORD and tokens.text(index) == b"lambda":
                    lambdas += 1
                elif tokens.source[tokens.starts[index]] == 0x3A and kind != STRING:
                    if not lambdas:
                        return at
                    lambdas -= 1
        return None

    def _define(self, line: list[int], at: int, colon: int, word: bytes) -> int:
        tokens = self.tokens
        name = line[at + 1]
        parent = self._enclosing()
        kind = "class"
        if word == b"def":
            in_class = parent is not None and self.found.symbols[parent].kind == "class"
            kind = "method" if in_class else "function"
        last = line[colon - 1]
        self.found.symbols.append(
            FoundSymbol(
                name=tokens.text(name),
                kind=kind,
                start=tokens.starts[line[0]],
                name_start=tokens.starts[name],
                end=tokens.ends[line[-1]],
                parent=parent,
                signature=one_line(tokens, line[0], last + 1),
                decorators=tuple(self.decorators),
            )
        )
        return len(self.found.symbols) - 1

    def _statements(self, line: list[int], at: int) -> None:
        """Takes the simple statements from ``at`` on, which semicolons separate."""
        begin = at
        for position in range(at, len(line) + 1):
            if position == len(line) or self._is_sign(line[position], 0x3B):
                if begin < position:
                    self._statement(line[begin:position])
                begin = position + 1

    def _is_sign(self, index: int, sign: int) -> bool:
        tokens = self.tokens
        return tokens.ends[index] - tokens.starts[index] == 1 and tokens.source[tokens.starts[index]] == sign

    def _statement(self, statement: list[int]) -> None:
        tokens = self.tokens
        undocumented, self.undocumented = self.undocumented, None
        if tokens.kinds[statement[0]] == STRING:
            if undocumented is not None and all(tokens.kinds[index] == STRING for index in statement):
                self.found.symbols[undocumented].doc = self._documentation(statement)
            return
        if tokens.kinds[statement[0]] != WORD or len(statement) < 2 or self._is(statement[0], b"lambda"):
            return
        parent = self._enclosing()
        if parent is None:
            self.exports.statement(tokens, statement)
        elif self.found.symbols[parent].kind != "class":
            return
        self._assignment(statement, parent)

    def _documentation(self, statement: list[int]) -> str | None:
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

    def _assignment(self, statement: list[int], parent: int | None) -> None:
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
            if parent is not None:
                kind = "field"
            else:
                kind = "constant" if _CONSTANT.match(word) else "variable"
            self._bind(statement, name, parent, kind)

    def _is_chain(self, statement: list[int], at: int) -> bool:
        """Whether another name and a sign of assignment follow: ``A = B = value``."""
        return (
            at + 2 < len(statement)
            and self.tokens.kinds[statement[at]] == WORD
            and self._is_sign(statement[at + 1], 0x3D)
            and not self._is_sign(statement[at + 2], 0x3D)
        )

    def _bind(self, statement: list[int], name: int, parent: int | None, kind: str) -> None:
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

    def _value(self, statement: list[int]) -> str:
        """An assignment, whose value is left out where it is long."""
        whole = one_line(self.tokens, statement[0], statement[-1] + 1)
        if len(whole) <= _LONGEST_VALUE:
            return whole
        depth = 0
        for at, index in enumerate(statement):
            kind = self.tokens.kinds[index]
            depth += (kind == OPEN) - (kind == CLOSE)
            if not depth and self._is_sign(index, 0x3D):
                return one_line(self.tokens, statement[0], index + 1) + " …"
        return whole
