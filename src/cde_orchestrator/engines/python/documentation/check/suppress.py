"""Comments by which a document turns rules off: ``<!-- cde-ignore RULE -->`` and ``<!-- cde-ignore-file RULE -->``."""

from __future__ import annotations

import re

from .....domain.documents import Directive, Document
from .rules import rules_named

__all__ = ["Suppressions", "scope_of", "words_of"]

_SEPARATOR = re.compile(r"[, \t\r\n]+")
_UNUSED = "unused-directive"


class Suppressions:
    """The rules that a document turns off, in all of it or on single lines, and which of them were needed.

    Names are those of rules or groups, separated by commas or spaces; none at all means every rule, except that a
    comment is needless. ``cde-ignore`` holds for the line on which the comment starts and for the next one.
    """

    __slots__ = ("_needed",)

    def __init__(self, document: Document) -> None:
        # By the comment's line, 0 for those about the whole document, and the rule, ``None`` for all.
        self._needed: dict[tuple[int, str | None], bool] = {}
        for directive in document.directives:
            line = scope_of(directive)
            if line is not None:
                for rule in _rules(directive.arguments):
                    self._needed[line, rule] = False

    def covers(self, rule: str, line: int) -> bool:
        """Whether ``rule`` is turned off on ``line``; what turns it off is needed."""
        covered = False
        for start in {0, line - 1, line}:
            for key in ((start, rule), (start, None)):
                if key in self._needed and (key[1] is not None or rule != _UNUSED):
                    self._needed[key] = covered = True
        return covered

    def was_needed(self, line: int, rule: str | None) -> bool:
        """Whether a comment on ``line`` (0: about the whole document) turned ``rule`` off where it found something."""
        return self._needed.get((line, rule), False)


def scope_of(directive: Directive) -> int | None:
    """0 for a comment about the whole document, its line for one about lines, ``None`` for another."""
    if directive.name == "ignore-file":
        return 0
    return directive.line if directive.name == "ignore" else None


def words_of(arguments: str) -> list[str]:
    """The names in ``arguments``."""
    return [word for word in _SEPARATOR.split(arguments) if word]


def _rules(arguments: str) -> set[str | None]:
    """The rules that ``arguments`` name; ``None`` stands for all."""
    words = words_of(arguments)
    if not words:
        return {None}
    names: set[str | None] = set()
    for word in words:
        names |= rules_named(word)
    return names
