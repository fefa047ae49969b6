"""A regular expression run as an automaton: time proportional to the text, whatever the expression.

A tree of nodes becomes a nondeterministic automaton (Thompson 1968); the sets of its states become states of a
deterministic one as texts need them, and are kept for the next text.

>>> Automaton(Repeat(one_of(frozenset(b"ab")), 2, None)).is_match(b"xxba")
True
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Assertion", "Automaton", "Node", "Repeat", "assertion", "choice", "one_of", "sequence"]

Assertion = Literal["start", "end", "word", "inside"]

_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class _OneOf:
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Assertion:
    kind: Assertion


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """``node`` at least ``low`` and at most ``high`` times (``None``: any number)."""

    node: Node
    low: int
    high: int | None


Node = _OneOf | _Assertion | _Sequence | _Choice | Repeat


def one_of(members: frozenset[int]) -> Node:
    """One byte of a set."""
    return _OneOf(members)


def assertion(kind: Assertion) -> Node:
    """The start or end of the text, a word boundary, or a place that is none."""
    return _Assertion(kind)


def sequence(parts: Iterable[Node]) -> Node:
    """One after the other."""
    return _Sequence(tuple(parts))


def choice(parts: Iterable[Node]) -> Node:
    """Any of several."""
    return _Choice(tuple(parts))


class Automaton:
    """Tells whether an expression occurs in a text."""

    __slots__ = ("_accept", "_edges", "_finals", "_kept", "_members", "_sets", "_start", "_steps", "_tests")

    def __init__(self, node: Node) -> None:
        # Per state: the bytes it takes (None: none), the test it makes (None: none), and where it leads.
        self._members: list[frozenset[int] | None] = []
        self._tests: list[Assertion | None] = []
        self._edges: list[list[int]] = []
        self._accept = self._state()
        self._start = self._build(node, self._accept)
        # A deterministic state is a set of states not yet followed, and what came before: -1 nothing, 0 no word byte,
        # 1 a word byte.
        self._kept: dict[tuple[frozenset[int], int], int] = {}
        self._sets: list[tuple[frozenset[int], int]] = []
        self._steps: list[list[int | None]] = []
        self._finals: list[bool | None] = []

    def _state(
        self, edges: Iterable[int] = (), members: frozenset[int] | None = None, test: Assertion | None = None
    ) -> int:
        self._members.append(members)
        self._tests.append(test)
        self._edges.append(list(edges))
        return len(self._edges) - 1

    def _build(self, node: Node, after: int) -> int:
        """The first state of ``node`` when ``after`` follows it."""
        if isinstance(node, _OneOf):
            return self._state([after], members=node.members)
        if isinstance(node, _Assertion):
            return self._state([after], test=node.kind)
        if isinstance(node, _Sequence):
            for part in reversed(node.parts):
                after = self._build(part, after)
            return after
        if isinstance(node, _Choice):
            return self._state([self._build(part, after) for part in node.parts])
        if node.high is None:
            loop = self._state([after])
            self._edges[loop].append(self._build(node.node, loop))
            first = loop
        else:
            first = after
            for _ in range(node.high - node.low):
                first = self._state([after, self._build(node.node, first)])
        for _ in range(node.low):
            first = self._build(node.node, first)
        return first

    def is_match(self, text: bytes) -> bool:
        """Whether the expression occurs in ``text``."""
        if len(self._steps) > _MOST_KEPT:
            self._kept.clear()
            self._sets.clear()
            self._steps.clear()
            self._finals.clear()
        state = self._keep(frozenset(), -1)
        steps = self._steps
        for byte in text:
            following = steps[state][byte]
            if following is None:
                following = self._step(state, byte)
            if following < 0:
                return True
            state = following
        final = self._finals[state]
        if final is None:
            final = self._finals[state] = self._accept in self._closure(*self._sets[state], None)
        return final

    def _keep(self, states: frozenset[int], before: int) -> int:
        key = (states, before)
        known = self._kept.get(key)
        if known is None:
            known = self._kept[key] = len(self._steps)
            self._sets.append(key)
            self._steps.append([None] * 256)
            self._finals.append(None)
        return known

    def _step(self, state: int, byte: int) -> int:
        """The state after ``byte``, or -1 for a match before it."""
        reached = self._closure(*self._sets[state], byte)
        if self._accept in reached:
            following = -1
        else:
            heads = {
                self._edges[one][0]
                for one in reached
                if (members := self._members[one]) is not None and byte in members
            }
            following = self._keep(frozenset(heads), 1 if byte in _WORD else 0)
        self._steps[state][byte] = following
        return following

    def _closure(self, states: frozenset[int], before: int, following: int | None) -> set[int]:
        """Everything reachable without taking a byte; a match may also begin here."""
        boundary = (before == 1) != (following in _WORD)
        holds = {"start": before == -1, "end": following is None, "word": boundary, "inside": not boundary}
        reached: set[int] = set()
        pending = [*states, self._start]
        while pending:
            one = pending.pop()
            if one in reached:
                continue
            reached.add(one)
            test = self._tests[one]
            if self._members[one] is None and (test is None or holds[test]):
                pending.extend(self._edges[one])
        return reached
