"""Python: definitions by the lines that begin them and the indentation that ends them.

The grammar is that of the language reference; agreement with CPython's ``ast`` is a test. The twin of
``cde_code::languages::python``.
"""

from __future__ import annotations

from dataclasses import dataclass

from ......domain.code import SymbolKind
from ...model import Found, FoundSymbol
from ...tokens import CLOSE, COMMENT, NEWLINE, OPEN, STRING, WORD, Tokens
from ...wording import one_line
from .measures import Measures
from .statements import Statements

__all__ = ["recognise"]

_HEADERS = frozenset(
    (b"if", b"elif", b"else", b"for", b"while", b"try", b"except", b"finally", b"with", b"async", b"match", b"case")
)
_TAB = 8


@dataclass(slots=True)
class _Block:
    """A header whose suite is open: how far it is indented, its keyword, and the symbol it defines."""

    indent: int
    word: bytes
    symbol: int | None


def recognise(tokens: Tokens, *, measured: bool = False) -> Found:
    """The definitions of a file; or its functions and classes without a description, and their measures. Linear."""
    return _Recogniser(tokens, Measures(tokens) if measured else None).run()


class _Recogniser:
    def __init__(self, tokens: Tokens, measures: Measures | None) -> None:
        self.measures = measures
        self.tokens = tokens
        self.found = Found()
        self.blocks: list[_Block] = []
        self.decorators: list[str] = []
        self.statements = Statements(tokens, self.found, measures)
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
        self.statements.exports.mark(self.found.symbols)
        self.found.problem = self.tokens.problem
        if self.measures is not None:
            self.found.functions = self.measures.closed
        return self.found

    def _begins_definition(self, index: int) -> bool:
        """Whether a keyword stands at ``index`` that no bracket can hold, so that one before it was not closed."""
        return index < len(self.tokens.kinds) and self._is(index, b"def", b"class")

    def _is(self, index: int, *words: bytes) -> bool:
        return self.tokens.kinds[index] == WORD and self.tokens.text(index) in words

    def _line(self, line: list[int]) -> None:
        indent = self._indent(line[0])
        self._close(indent)
        first = line[0]
        if self.measures is not None:
            self.measures.begin(line, is_direct=bool(self.blocks) and self.blocks[-1].word == b"def")
        if self.tokens.text(first) == b"@":
            if self.measures is not None:
                self.measures.statement(line)
            else:
                self.decorators.append(one_line(self.tokens, line[1], line[-1] + 1) if len(line) > 1 else "")
        else:
            at = self._header(line, indent)
            self.decorators = []
            self.statements.take(line[at:], self._enclosing())
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
            block = self.blocks.pop()
            symbol = block.symbol
            if self.measures is not None:
                if block.word == b"def":
                    self.measures.close_function()
                else:
                    self.measures.close(block.word)
            if symbol is not None:
                self.found.symbols[symbol].end = self.end
                if self.statements.undocumented == symbol:
                    self.statements.undocumented = None

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
        self.blocks.append(_Block(indent, word, symbol))
        self.statements.undocumented = symbol
        if self.measures is not None:
            header = line[at:colon]
            if symbol is None:
                self.measures.header(header, word)
            elif word == b"def":
                self.measures.open_function(symbol, self.found.symbols[symbol], header)
            else:
                self.measures.statement(header)
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
        kind: SymbolKind = "class"
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
                signature=one_line(tokens, line[0], last + 1) if self.measures is None else "",
                decorators=tuple(self.decorators),
            )
        )
        return len(self.found.symbols) - 1
