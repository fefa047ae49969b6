"""Comments by which a document turns rules off: ``<!-- cde-ignore RULE -->`` and ``<!-- cde-ignore-file RULE -->``."""

from __future__ import annotations

import re

from .....domain.documents import Document
from .rules import rules_named

__all__ = ["Suppressions"]

_SEPARATOR = re.compile(r"[, \t\r\n]+")


class Suppressions:
    """The rules that a document turns off, in all of it or on single lines.

    Names are those of rules or groups, separated by commas or spaces; none at all means every rule. ``cde-ignore``
    holds for the line on which the comment starts and for the next one.
    """

    __slots__ = ("_file", "_lines")

    def __init__(self, document: Document) -> None:
        self._file: set[str | None] = set()
        self._lines: dict[int, set[str | None]] = {}
        for directive in document.directives:
            if directive.name == "ignore-file":
                self._file |= _names(directive.arguments)
            elif directive.name == "ignore":
                for line in (directive.line, directive.line + 1):
                    self._lines.setdefault(line, set()).update(_names(directive.arguments))

    def covers(self, rule: str, line: int) -> bool:
        """Whether ``rule`` is turned off on ``line``."""
        if rule in self._file or None in self._file:
            return True
        names = self._lines.get(line)
        return names is not None and (rule in names or None in names)


def _names(arguments: str) -> set[str | None]:
    """The rules that ``arguments`` name; ``None`` stands for all."""
    words = [word for word in _SEPARATOR.split(arguments) if word]
    if not words:
        return {None}
    names: set[str | None] = set()
    for word in words:
        names |= rules_named(word)
    return names
