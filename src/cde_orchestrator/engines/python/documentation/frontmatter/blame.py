"""The line of a block that keeps it from being parsed.

Parsers report where they noticed that something is wrong, which for a quote or bracket that is not closed is the end of
the block, and each parser notices elsewhere. Both engines therefore name the line by what they agree on, which text is
accepted: the line after the longest beginning of the block that is accepted. For what was not closed it is the line
that opened it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["first_bad_line"]

_MAX_PARSED = 512 * 1024


def first_bad_line(text: str, entry: re.Pattern[str], accepts: Callable[[str], bool]) -> int:
    """The line, from 0. ``text`` is not accepted and ends with a line break; ``entry`` matches the first line of an
    entry at the top level.

    Entries are searched by halves, then the lines of the entry one by one from its end. Before more than half a MiB
    would have been parsed the search ends with the first line of what is left to search.
    """
    search = _Search(text, accepts)
    last_line = len(search.ends) - 1
    entries = [0, *(line for line in range(1, last_line) if entry.match(text, search.ends[line])), last_line]
    accepted, refused = 0, len(entries) - 1
    while refused - accepted > 1:
        middle = (accepted + refused) // 2
        answer = search.accepts(entries[middle])
        if answer is None:
            return entries[accepted]
        if answer:
            accepted = middle
        else:
            refused = middle
    first, last = entries[accepted], entries[refused]
    for line in range(last - 1, first, -1):
        answer = search.accepts(line)
        if answer is None:
            return first
        if answer:
            return line
    return first


class _Search:
    """Asks whether the first lines of a text are accepted, as long as the limit allows."""

    def __init__(self, text: str, accepts: Callable[[str], bool]) -> None:
        self._text = text
        self._accepts = accepts
        self._left = _MAX_PARSED
        self.ends = [0, *(match.end() for match in re.finditer("\n", text))]

    def accepts(self, line: int) -> bool | None:
        beginning = self._text[: self.ends[line]]
        self._left -= len(beginning.encode())
        return None if self._left < 0 else self._accepts(beginning)
