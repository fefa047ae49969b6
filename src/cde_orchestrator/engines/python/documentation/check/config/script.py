"""The tokens of a configuration that is a program in JavaScript or TypeScript, which is looked at and never run."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from .told import Problem

__all__ = ["Token", "closing", "tokens", "values_of"]


@dataclass(frozen=True, slots=True)
class Token:
    """A name or keyword, a string literal without its backslashes, a sign, or something else of no interest."""

    kind: Literal["name", "text", "sign", "other"]
    text: str = ""

    def is_sign(self, sign: str) -> bool:
        """Whether it is this sign."""
        return self.kind == "sign" and self.text == sign


_OTHER = Token("other")
_SKIPPED = re.compile(r"[ \t\r\n]+|//[^\n]*|/\*(?:.*?\*/|.*)", re.DOTALL)
_WORD = re.compile(r"[A-Za-z0-9_$]+")
_EXPRESSION = re.compile(r"/(?:[^\n\\/\[]|\\[^\n]|\[(?:[^\n\\\]]|\\[^\n])*\])*/")
_QUOTED = {
    "'": re.compile(r"'((?:[^'\\\n]|\\.)*)'", re.DOTALL),
    '"': re.compile(r'"((?:[^"\\\n]|\\.)*)"', re.DOTALL),
    "`": re.compile(r"`((?:[^`\\]|\\.)*)`", re.DOTALL),
}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BEFORE_EXPRESSION = frozenset("(,=:[!&|?{};")


def tokens(text: str) -> list[Token]:
    """The tokens of ``text`` without comments. Linear. Raises :class:`Problem`."""
    found: list[Token] = []
    position = 0
    # Up to here no regular expression ends: each line is looked through in vain once.
    barren_until = 0
    while position < len(text):
        skipped = _SKIPPED.match(text, position)
        if skipped is not None:
            position = skipped.end()
            continue
        char = text[position]
        word = _WORD.match(text, position)
        if word is not None:
            found.append(_OTHER if char in "0123456789" else Token("name", word[0]))
            position = word.end()
        elif char in _QUOTED:
            quoted = _QUOTED[char].match(text, position)
            if quoted is None:
                raise Problem("a quote is not closed", text.count("\n", 0, position) + 1)
            found.append(_OTHER if char == "`" else Token("text", _ESCAPED.sub(r"\1", quoted[1])))
            position = quoted.end()
        else:
            begins = char == "/" and position >= barren_until and _begins_expression(found[-1] if found else None)
            expression = _EXPRESSION.match(text, position) if begins else None
            if begins and expression is None:
                line_end = text.find("\n", position)
                barren_until = len(text) if line_end < 0 else line_end
            found.append(Token("sign", char) if expression is None else _OTHER)
            position = position + 1 if expression is None else expression.end()
    return found


def _begins_expression(before: Token | None) -> bool:
    """Whether a slash after ``before`` begins a regular expression: a value cannot end there."""
    if before is None:
        return True
    if before.kind == "sign":
        return before.text in _BEFORE_EXPRESSION
    return before.kind == "name" and before.text == "return"


def closing(found: Sequence[Token], opened: int) -> int:
    """The position behind the bracket that closes the one at ``opened``, or the end of the tokens."""
    depth = 0
    for index in range(opened, len(found)):
        token = found[index]
        if token.kind != "sign":
            continue
        if token.text in "{[(":
            depth += 1
        elif token.text in "}])":
            depth = max(depth - 1, 0)
            if not depth:
                return index + 1
    return len(found)


def values_of(found: Sequence[Token], opened: int, keys: Collection[str]) -> dict[str, int]:
    """Where the values of ``keys`` first begin among the direct entries of the object that opens at ``opened``."""
    values: dict[str, int] = {}
    depth = 0
    for index in range(opened, len(found)):
        token = found[index]
        if token.kind == "sign":
            if token.text in "{[(":
                depth += 1
            elif token.text in "}])":
                depth = max(depth - 1, 0)
                if not depth:
                    break
        elif depth == 1 and token.kind != "other" and token.text in keys and token.text not in values:
            before = found[index - 1]
            begins = before.is_sign("{") or before.is_sign(",")
            if begins and index + 1 < len(found) and found[index + 1].is_sign(":"):
                values[token.text] = index + 2
    return values
