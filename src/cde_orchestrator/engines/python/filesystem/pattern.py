"""Regular expressions in the dialect "CDE regex 1", which means the same to both engines.

============================================= ==================================================================
literals, ``\\`` before punctuation,           bytes; a character beyond ASCII is its UTF-8 bytes
``\\n \\t \\r \\f \\v``, ``\\xHH``
``.``                                         any byte but a line feed
``[a-z_]``, ``[^a]`` with ASCII members       one byte in the set or out of it
``\\w \\d \\s``, ``\\W \\D \\S``, ``\\b \\B``        ASCII
``(a)``, ``(?:a)``, ``a|b``                   groups and alternatives
``* + ? {2} {2,} {2,5}``, lazy with ``?``     repeats, counts to 1000
``^``, ``$``                                  start and end of the text
``(?i)``, ``(?s)`` at the very start          ASCII case ignored; ``.`` takes a line feed
============================================= ==================================================================

Everything else is refused by name. The twin of ``cde_filesystem::pattern``.

Python's own matcher can take exponential time, so a pattern becomes a nondeterministic automaton that is made
deterministic as it runs (Thompson 1968): time proportional to the text, whatever the pattern.

>>> Pattern(r"^docs/.*\\.md$").is_match(b"docs/a/b.md")
True
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ....domain.paths import escape_path
from ....errors import InvalidArgumentError
from .automaton import Automaton, Node, Repeat, assertion, choice, one_of, sequence

__all__ = ["Pattern"]

_LONGEST = 4096
_DEEPEST = 50
_MOST_REPEATS = 1000
_LARGEST = 5000
_HINT = (
    "the dialect CDE regex 1 has literals, ., classes, \\w \\d \\s \\b \\B, groups, |, repeats, ^, $, "
    "and (?i) or (?s) at the start"
)
_ALL = frozenset(range(256))
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_DIGIT = frozenset(b"0123456789")
_SPACE = frozenset(b"\t\n\v\f\r ")
_PERL_CLASSES = {
    b"w": _WORD,
    b"d": _DIGIT,
    b"s": _SPACE,
    b"W": _ALL - _WORD,
    b"D": _ALL - _DIGIT,
    b"S": _ALL - _SPACE,
}
_CONTROL = {b"n": 0x0A, b"t": 0x09, b"r": 0x0D, b"f": 0x0C, b"v": 0x0B}
_PUNCTUATION = frozenset(b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ")
_REFUSED_GROUPS = (
    ((b"=", b"!"), "a look-ahead"),
    ((b"<=", b"<!"), "a look-behind"),
    ((b"P", b"<", b"'"), "a named group"),
    ((b">",), "an atomic group"),
    ((b"#",), "a comment"),
    ((b"(",), "a condition"),
    ((b"i", b"s"), "flags that are not at its start"),
)


class _RefusedError(Exception):
    """Says what a pattern has that it may not."""


class Pattern:
    """A compiled pattern. Raises :class:`InvalidArgumentError` for what is outside of the dialect."""

    __slots__ = ("_automaton",)

    def __init__(self, text: str) -> None:
        raw = os.fsencode(text)
        try:
            if len(raw) > _LONGEST:
                raise _RefusedError("more than 4096 bytes")
            node = _Parser(raw).parse()
        except _RefusedError as error:
            raise InvalidArgumentError(f"the pattern `{escape_path(text)}` has {error}", hint=_HINT) from None
        self._automaton = Automaton(node)

    def is_match(self, text: bytes) -> bool:
        """Whether the pattern occurs in ``text``."""
        return self._automaton.is_match(text)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the pattern; ``size`` counts its byte sets once repeats are written out."""

    node: Node
    nullable: bool
    size: int
    anchor: bool = False


class _Parser:
    def __init__(self, text: bytes) -> None:
        self._text = text
        self._at = 0
        self._ignore_case = False
        self._dot_all = False

    def parse(self) -> Node:
        while flags := self._leading_flags():
            self._ignore_case |= b"i" in flags
            self._dot_all |= b"s" in flags
        part = self._alternatives(0)
        if self._at < len(self._text):
            raise _RefusedError("a `)` without `(`")
        return part.node

    def _leading_flags(self) -> bytes | None:
        rest = self._text[self._at :]
        if not rest.startswith(b"(?"):
            return None
        inner, closed, _ = rest[2:].partition(b")")
        if not inner or not closed or inner.strip(b"is"):
            return None
        self._at += len(inner) + 3
        return inner

    def _peek(self, offset: int = 0) -> bytes:
        return self._text[self._at + offset : self._at + offset + 1]

    def _alternatives(self, depth: int) -> _Part:
        parts = [self._sequence(depth)]
        while self._peek() == b"|":
            self._at += 1
            parts.append(self._sequence(depth))
            _check_size(parts)
        if len(parts) == 1:
            return parts[0]
        return _Part(choice(part.node for part in parts), any(part.nullable for part in parts), _total(parts))

    def _sequence(self, depth: int) -> _Part:
        parts: list[_Part] = []
        while self._peek() not in (b"", b"|", b")"):
            parts.append(self._repeated(self._atom(depth)))
            _check_size(parts)
        return _Part(sequence(part.node for part in parts), all(part.nullable for part in parts), _total(parts))

    def _atom(self, depth: int) -> _Part:
        byte = self._peek()
        self._at += 1
        if byte == b"(":
            return self._group(depth)
        if byte == b"[":
            return self._class()
        if byte == b".":
            return _set(_ALL if self._dot_all else _ALL - {0x0A})
        if byte in (b"^", b"$"):
            return _Part(assertion("start" if byte == b"^" else "end"), nullable=True, size=1, anchor=True)
        if byte in (b"*", b"+", b"?"):
            raise _RefusedError(f"a `{byte.decode()}` with nothing to repeat")
        if byte == b"{":
            raise _RefusedError("a `{` that is no repeat")
        if byte == b"\\":
            return self._escape()
        return self._character() if byte >= b"\x80" else self._literal(byte[0])

    def _group(self, depth: int) -> _Part:
        if depth >= _DEEPEST:
            raise _RefusedError("groups nested deeper than 50")
        if self._peek() == b"?":
            if self._peek(1) != b":":
                rest = self._text[self._at + 1 :]
                named = (reason for starts, reason in _REFUSED_GROUPS if rest.startswith(starts))
                raise _RefusedError(next(named, "flags other than i and s"))
            self._at += 2
        inner = self._alternatives(depth + 1)
        if not self._peek():
            raise _RefusedError("an unclosed `(`")
        self._at += 1
        return replace(inner, anchor=False)

    def _repeated(self, atom: _Part) -> _Part:
        bounds = self._repeat()
        if bounds is None:
            return atom
        low, high = bounds
        self._at += self._peek() == b"?"
        if self._peek() == b"+":
            raise _RefusedError("a possessive repeat")
        if self._peek() in (b"*", b"?", b"{"):
            raise _RefusedError("a repeat of a repeat")
        if atom.anchor:
            raise _RefusedError("a repeat of an anchor")
        if atom.nullable and (high is None or high > 1):
            raise _RefusedError("a repeat of what can be empty")
        times = max(low + 1 if high is None else high, 1)
        return _Part(Repeat(atom.node, low, high), atom.nullable or low == 0, atom.size * times)

    def _repeat(self) -> tuple[int, int | None] | None:
        """The bounds of a repeat, if one stands here."""
        byte = self._peek()
        low, high = 0, None
        if byte == b"+":
            low = 1
        elif byte == b"?":
            high = 1
        elif byte == b"{":
            self._at += 1
            low = self._number()
            high = low
            if self._peek() == b",":
                self._at += 1
                high = None if self._peek() == b"}" else self._number()
            if self._peek() != b"}":
                raise _RefusedError("a `{` that is no repeat")
            if high is not None and high < low:
                raise _RefusedError("a repeat whose bounds run backwards")
        elif byte != b"*":
            return None
        self._at += 1
        return low, high

    def _number(self) -> int:
        start, number = self._at, 0
        while (digit := self._peek()) and digit in b"0123456789":
            number = number * 10 + int(digit)
            if number > _MOST_REPEATS:
                raise _RefusedError("a repeat of more than 1000")
            self._at += 1
        if self._at == start:
            raise _RefusedError("a `{` that is no repeat")
        return number

    def _escape(self) -> _Part:
        byte = self._peek()
        if not byte:
            raise _RefusedError("a `\\` at its end")
        self._at += 1
        if byte in (b"b", b"B"):
            return _Part(assertion("word" if byte == b"b" else "inside"), nullable=True, size=1, anchor=True)
        if byte == b"0":
            raise _RefusedError("an octal escape")
        if byte in _bytes_of(b"123456789"):
            raise _RefusedError("a back-reference")
        if byte in _bytes_of(b"AzZG"):
            raise _RefusedError("an absolute anchor")
        if byte in (b"p", b"P"):
            raise _RefusedError("a Unicode class")
        members = _PERL_CLASSES.get(byte)
        return self._literal(self._escaped_byte(byte)) if members is None else _set(members)

    def _escaped_byte(self, byte: bytes) -> int:
        """The byte that an escape stands for, after its first byte."""
        if byte in _CONTROL:
            return _CONTROL[byte]
        if byte == b"x":
            digits = self._text[self._at : self._at + 2]
            self._at += 2
            if len(digits) != 2 or digits.strip(b"0123456789abcdefABCDEF"):
                raise _RefusedError("a `\\x` without two hex digits")
            return int(digits, 16)
        if byte[0] in _PUNCTUATION:
            return byte[0]
        if b"!" <= byte <= b"~":
            raise _RefusedError(f"the unknown escape `\\{byte.decode()}`")
        raise _RefusedError("an unknown escape")

    def _class(self) -> _Part:
        members: set[int] = set()
        negated = self._peek() == b"^"
        self._at += negated
        start = self._at
        while True:
            if self._peek() == b"]" and self._at > start:
                break
            if self._text[self._at : self._at + 2] in (b"&&", b"~~", b"--"):
                raise _RefusedError("a set operator")
            member = self._member()
            if isinstance(member, frozenset):
                members |= member
                continue
            high = member
            if self._peek() == b"-" and self._peek(1) != b"]":
                self._at += 1
                end = self._member()
                if isinstance(end, frozenset):
                    raise _RefusedError("a range that ends in a class")
                high = end
            if high < member:
                raise _RefusedError("a range that runs backwards")
            members.update(range(member, high + 1))
        self._at += 1
        if self._ignore_case:
            members |= _other_case(members)
        held = _ALL - members if negated else frozenset(members)
        if not held:
            raise _RefusedError("a class that holds nothing")
        return _set(held)

    def _member(self) -> int | frozenset[int]:
        byte = self._peek()
        if not byte:
            raise _RefusedError("an unclosed `[`")
        self._at += 1
        if byte == b"[":
            raise _RefusedError("a named class" if self._peek() == b":" else "a `[` inside of a class")
        if byte == b"\\":
            escaped = self._peek()
            if not escaped:
                raise _RefusedError("a `\\` at its end")
            self._at += 1
            members = _PERL_CLASSES.get(escaped)
            return self._escaped_byte(escaped) if members is None else members
        if byte >= b"\x80":
            raise _RefusedError("a character beyond ASCII in a class")
        return byte[0]

    def _character(self) -> _Part:
        """A character beyond ASCII, whose first byte was just read, as one repeatable part."""
        start = self._at - 1
        while b"\x80" <= self._peek() < b"\xc0":
            self._at += 1
        parts = self._text[start : self._at]
        return _Part(sequence(one_of(frozenset((byte,))) for byte in parts), nullable=False, size=len(parts))

    def _literal(self, byte: int) -> _Part:
        members = {byte}
        return _set(frozenset(members | _other_case(members) if self._ignore_case else members))


def _bytes_of(text: bytes) -> Iterable[bytes]:
    return (text[at : at + 1] for at in range(len(text)))


def _other_case(members: set[int]) -> set[int]:
    return {byte ^ 0x20 for byte in members if 0x41 <= byte & ~0x20 <= 0x5A}


def _set(members: frozenset[int]) -> _Part:
    return _Part(one_of(members), nullable=False, size=1)


def _total(parts: list[_Part]) -> int:
    return sum(part.size for part in parts)


def _check_size(parts: list[_Part]) -> None:
    if _total(parts) > _LARGEST:
        raise _RefusedError("repeats that come to more than 5000 bytes")
