"""How complex the functions of a Python file are, counted while their lines go by.

Cyclomatic complexity is 1 and one more for each word of :data:`_CONDITIONS`, as lizard counts it, ``case`` included.
Cognitive complexity follows G. Ann Campbell, "Cognitive Complexity" (SonarSource, 2023), appendix B: a nested function
counts in the one around it, one level deeper, but for a decorator, which holds a function and its return and nothing
else. The twin of ``cde_code::languages::python::measures``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...model import FoundFunction, FoundSymbol
from ...tokens import OPEN, SIGN, WORD, Tokens
from .expressions import added_by

__all__ = ["Measures"]

_CONDITIONS = frozenset((b"if", b"elif", b"for", b"while", b"except", b"finally", b"and", b"or"))
_STRUCTURES = frozenset((b"if", b"for", b"while", b"except", b"match"))
_HYBRIDS = frozenset((b"elif", b"else"))
_NESTING = frozenset((*_STRUCTURES, *_HYBRIDS))


@dataclass(slots=True)
class _Open:
    """A function whose lines go by: ``around`` is the nesting that it begins at in the function around it."""

    symbol: int
    name: bytes
    is_method: bool
    around: int
    parameters: int
    cyclomatic: int = 1
    cognitive: int = 0
    structures: int = 0
    # Those of the functions inside, which stand one level deeper.
    inner_structures: int = 0
    nesting: int = 0
    deepest: int = 0
    recurs: bool = False
    # The first words of its own statements: what tells a decorator.
    statements: list[bytes] = field(default_factory=list)


class Measures:
    """Counts for the functions that are open, the innermost last."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.open: list[_Open] = []
        self.closed: list[FoundFunction] = []

    def begin(self, line: Sequence[int], *, is_direct: bool) -> None:
        """A logical line begins, outside or inside of a function; a direct one is a statement of its own."""
        first = self.tokens.text(line[0])
        if self.open and is_direct and first != b"@" and len(self.open[-1].statements) < 3:
            self.open[-1].statements.append(first)

    def open_function(self, number: int, symbol: FoundSymbol, header: Sequence[int]) -> None:
        """The function ``symbol``, the definition of this number, is defined by ``header``, which ends at the colon."""
        around = self.open[-1].nesting if self.open else 0
        parameters = self._parameters(header[2:])
        self.open.append(_Open(number, symbol.name, symbol.kind == "method", around, parameters))
        self._words(header)
        self._expression(header)

    def header(self, header: Sequence[int], word: bytes) -> None:
        """A compound statement begins that defines nothing."""
        if not self.open:
            return
        function = self.open[-1]
        self._words(header)
        if word == b"case":
            function.cyclomatic += 1
        elif word in _STRUCTURES:
            function.cognitive += 1 + function.nesting
            function.structures += 1
        elif word in _HYBRIDS:
            function.cognitive += 1
        self._expression(header[1:])
        if word in _NESTING:
            function.nesting += 1
            function.deepest = max(function.deepest, function.nesting)

    def close(self, word: bytes) -> None:
        """The suite of a compound statement that defines nothing ends."""
        if self.open and word in _NESTING:
            self.open[-1].nesting -= 1

    def close_function(self) -> None:
        """The innermost function ends."""
        done = self.open.pop()
        if done.statements == [b"def", b"return"]:
            # What its only function counted for standing one level deep.
            done.cognitive -= done.inner_structures
        done.cognitive += done.recurs
        if self.open:
            outer = self.open[-1]
            outer.cognitive += done.cognitive + done.structures * (done.around + 1)
            outer.structures += done.structures
            outer.inner_structures += done.structures
        self.closed.append(FoundFunction(done.symbol, done.parameters, done.deepest, done.cyclomatic, done.cognitive))

    def statement(self, statement: Sequence[int]) -> None:
        """A simple statement inside of a function or outside."""
        if self.open:
            self._words(statement)
            self._expression(statement)

    def _words(self, indexes: Sequence[int]) -> None:
        kinds, starts, ends, source = self.tokens.kinds, self.tokens.starts, self.tokens.ends, self.tokens.source
        function = self.open[-1]
        for place, index in enumerate(indexes):
            if kinds[index] != WORD:
                continue
            word = source[starts[index] : ends[index]]
            if word in _CONDITIONS:
                function.cyclomatic += 1
            elif word == function.name and not function.recurs:
                function.recurs = self._calls(indexes, place, function)

    def _calls(self, indexes: Sequence[int], place: int, function: _Open) -> bool:
        """Whether the name at ``place`` is called: alone, or in a method as that of ``self`` or ``cls``."""
        tokens = self.tokens
        if place + 1 == len(indexes) or tokens.text(indexes[place + 1]) != b"(":
            return False
        before = tokens.text(indexes[place - 1]) if place else b""
        if before != b".":
            return before not in (b"def", b"class") and not function.is_method
        return function.is_method and place > 1 and tokens.text(indexes[place - 2]) in (b"self", b"cls")

    def _expression(self, indexes: Sequence[int]) -> None:
        function = self.open[-1]
        added = added_by(self.tokens, indexes)
        function.cognitive += added.sequences + added.levels + added.conditionals * (1 + function.nesting)
        function.structures += added.conditionals

    def _parameters(self, header: Sequence[int]) -> int:
        """How many parameters stand in the brackets behind the name; ``*`` and ``/`` alone are none."""
        kinds = self.tokens.kinds
        depth = 0
        count = 0
        is_filled = False
        is_list = False
        in_lambda = False
        for index in header:
            text = self.tokens.text(index)
            if depth == 1 and in_lambda:
                # Its own commas part no parameters.
                in_lambda = text != b":"
            if kinds[index] == OPEN:
                depth += 1
                if depth == 1 and text == b"(":
                    is_list = True
                    continue
            elif text in (b")", b"]", b"}"):
                depth -= 1
                if not depth and is_list:
                    return count + is_filled
            elif depth == 1 and text == b"lambda":
                in_lambda = True
            elif depth == 1 and text == b"," and not in_lambda:
                if is_list:
                    count += is_filled
                is_filled = False
                continue
            if depth >= 1 and is_list and not (kinds[index] == SIGN and text in (b"*", b"/")):
                is_filled = True
        return count + is_filled
