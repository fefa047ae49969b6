"""Nonsense that looks like Python: the pieces that a lexer and a recogniser may trip over, in any order."""

from __future__ import annotations

import random

__all__ = ["PYTHON_PIECES", "python_source"]

PYTHON_PIECES = (
    "def f(a, b=1):", "async def g(*, x: int = 2) -> None:", "class C(B, metaclass=M):", "class D:",
    "def h[T](x: T):", "@decorated(1, [2])", "@a.b", "if x:", "elif y:", "else:", "for a in b:", "while True:",
    "try:", "except E as e:", "finally:", "with a as b:", "match x:", "case [1, *_]:", "match = 1", "type X = int",
    "type = 3", "lambda: 0", "x = lambda y: y", "if lambda: 1:", "pass", "return", "X = 1", "_LIMIT: int = 4",
    "a, b = c", "A = B = 3", "x == 1", "__all__ = ['f', \"C\"]", "__all__ += ('X',)", "__all__ = names()",
    "__all__.append('g')", "import a; X = 2", '"""A doc. And more."""', "'''Not closed.", '"""', "'", '"',
    'f"{x["a"]}"', "f'{x:{y}}'", 'f"{{{x}}}"', 'f"{', "rb'a'", "b'doc'", "u'doc'", "r'\\'", "'a\\\n b'", "'a\\",
    "'one' \"two\"", "# comment", "#", "(", ")", "[", "]", "{", "}", "\\\n", "\n", "\n\n", "\r\n", "\r", "    ", "\t",
    "        ", "\f", "\u000b", " ", ";", ":", ",", "=", "...", "é", "π: int = 3", "def ü(): ...", "\u0000", "﻿",
    "0x1F", "1_000.5e3", "a.b", "->", "$", "?", "x = (\n  1,\n)", "def", "class", "async",
    "def f(\n    a,\n    # why\n    b,\n):", "return a if b else c if d else e", "x = a and b or c and (d and e)",
    "f(x)", "self.f()", "return f", "return [a if b else c for d in e if g or h]", "x[a and b:c and d]",
    "{a if b else c: d}", "lambda a, b=c and d: e if g else h", "def d(f):", "def w(*a, **k):",
    "def g(a, /, b, *, c):", "case a if b:", "VERY_LONG = " + "'a' + " * 30 + "'b'",
)  # fmt: skip


def python_source(chance: random.Random) -> str:
    """Lines with pieces at odd indentations."""
    lines = []
    for _ in range(chance.randint(1, 20)):
        indent = chance.choice(("", "", "    ", "    ", "        ", "\t", " \t", "   "))
        pieces = chance.choices(PYTHON_PIECES, k=chance.choice((1, 1, 1, 2, 3, 5)))
        lines.append(indent + chance.choice((" ", "", " ")).join(pieces))
    return chance.choice(("\n", "\n", "\n", "\r\n", "\r")).join(lines) + chance.choice(("\n", "", "\\"))
